//! BASIC's generator. All ours.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "basic_rnd",
        group: Group::Random,
        users: Users::Basic,
        memory: Touch::No,
        ours: true,
        c: prototype("float basic_rnd(float x)"),
        doc: told(
            "QuickBASIC's RND: x > 0 the next number in [0, 1), x = 0 the last one again, x < 0 one that depends on x alone. 24-bit generator `s * 16598013 + 12820163`; starts at 327680 in every run.",
        ),
        bad_input: told("NaN counts as greater than 0"),
    },
    Import {
        name: "basic_randomize",
        group: Group::Random,
        users: Users::Basic,
        memory: Touch::No,
        ours: true,
        c: prototype("void basic_randomize(double seed)"),
        doc: told("RANDOMIZE: seeds `basic_rnd` from the number."),
        bad_input: told("any number is a seed"),
    },
    Import {
        name: "basic_rnd_kind",
        group: Group::Random,
        users: Users::Basic,
        memory: Touch::No,
        ours: true,
        c: prototype("void basic_rnd_kind(int kind)"),
        doc: told(
            "Chooses the generator of `basic_rnd`, and starts it anew: 0 QuickBASIC's, 1 GW-BASIC's (`s * 214013 + 2531011`, starts at 5228370).",
        ),
        bad_input: told("another kind counts as 0"),
    },
];
