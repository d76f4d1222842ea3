//! Pins.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "pin_set",
        group: Group::Gpio,
        users: Users::C,
        memory: Touch::No,
        ours: false,
        c: prototype("void pin_set(int gpio)"),
        doc: told("Makes the pin an output and drives it high."),
        bad_input: told("gpio outside 0 to 48 is ignored"),
    },
    Import {
        name: "pin_clear",
        group: Group::Gpio,
        users: Users::C,
        memory: Touch::No,
        ours: false,
        c: prototype("void pin_clear(int gpio)"),
        doc: told("Makes the pin an output and drives it low."),
        bad_input: told("gpio outside 0 to 48 is ignored"),
    },
    Import {
        name: "pin_read",
        group: Group::Gpio,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("int pin_read(int gpio)"),
        doc: told("Makes the pin an input and returns its level, 0 or 1."),
        bad_input: told("gpio outside 0 to 48 gives 0"),
    },
    Import {
        name: "analog_read",
        group: Group::Gpio,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("int analog_read(int gpio)"),
        doc: told("Raw ADC reading, 0 to 4095."),
        bad_input: told("only GPIO 1 to 3; others give 0"),
    },
];
