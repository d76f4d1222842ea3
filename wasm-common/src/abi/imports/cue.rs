//! The cue timeline.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "cue_playing",
        group: Group::Cue,
        users: Users::C,
        memory: Touch::No,
        ours: false,
        c: prototype("int cue_playing(void)"),
        doc: told("1 while a cue timeline plays."),
        bad_input: told(""),
    },
    Import {
        name: "cue_elapsed",
        group: Group::Cue,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("long long cue_elapsed(void)"),
        doc: told("Milliseconds since the cue timeline started, 0 when stopped."),
        bad_input: told(""),
    },
];
