//! Formatting into memory, scanning from it.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "host_snprintf",
        group: Group::Format,
        users: Users::C,
        memory: Touch::ReadWrite,
        ours: false,
        c: prototype(
            "int host_snprintf(char *buffer, int size, const char *format, const void *args)",
        ),
        doc: told(
            "snprintf: as `host_printf` into `buffer` of `size` bytes, NUL-terminated; returns the length that would have been written.",
        ),
        bad_input: told(
            "a bad format returns -1; a buffer out of bounds is not written but the length returned; a size of 2147483647 or more is none, and the end of memory ends the text",
        ),
    },
    Import {
        name: "host_sscanf",
        group: Group::Format,
        users: Users::Neither,
        memory: Touch::ReadWrite,
        ours: false,
        c: prototype("int host_sscanf(const char *text, const char *format, const void *pointers)"),
        doc: told(
            "sscanf: C11 7.21.6.2 on `text`; `pointers` is an argument block of the addresses to store through (`%f` f32, `%lf` f64). Returns the items stored, -1 at end of input before the first.",
        ),
        bad_input: told(
            "a bad text, format or pointer ends the conversion; the items so far, or -1",
        ),
    },
    Import {
        name: "host_strtod",
        group: Group::Format,
        users: Users::C,
        memory: Touch::ReadWrite,
        ours: true,
        c: prototype("double host_strtod(const char *text, char **end)"),
        doc: told(
            "strtod: C11 7.22.1.3, correctly rounded; stores the end of the number through `end` unless it is null.",
        ),
        bad_input: told("a bad text gives 0 and its own address; a bad `end` is not written"),
    },
];
