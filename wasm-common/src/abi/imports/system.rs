//! Parameters, waits, stop and random numbers.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "get_param",
        group: Group::System,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("int get_param(int id)"),
        doc: told("Reads shared parameter 0 to 15; parameter 0 is the stop flag."),
        bad_input: told("a bad id gives 0"),
    },
    Import {
        name: "set_param",
        group: Group::System,
        users: Users::C,
        memory: Touch::No,
        ours: false,
        c: prototype("void set_param(int id, int value)"),
        doc: told("Writes a shared parameter."),
        bad_input: told("a bad id is ignored"),
    },
    Import {
        name: "should_stop",
        group: Group::System,
        users: Users::C,
        memory: Touch::No,
        ours: false,
        c: prototype("int should_stop(void)"),
        doc: told("1 when a stop was requested or parameter 0 is 1."),
        bad_input: told(""),
    },
    Import {
        name: "random_int",
        group: Group::System,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("int random_int(int min, int max)"),
        doc: told("A random number in [min, max)."),
        bad_input: told("min>=max returns min"),
    },
    Import {
        name: "wait_pps",
        group: Group::System,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("int wait_pps(int timeout_ms)"),
        doc: told("Waits for the GPS pulse: 1 edge, 0 timeout or stop, -1 no fix."),
        bad_input: told("timeout<=0 waits forever"),
    },
    Import {
        name: "wait_param",
        group: Group::System,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("int wait_param(int id, int condition, int value, int timeout_ms)"),
        doc: told(
            "Waits until parameter `id` compares true with `value` (0 greater, 1 less, 2 equal, 3 not equal): 1 match, 0 timeout or stop.",
        ),
        bad_input: told(
            "a bad id reads 0; an unknown condition never matches; timeout <= 0 waits for ever",
        ),
    },
];
