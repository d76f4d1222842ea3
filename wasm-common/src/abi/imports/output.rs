//! Program output.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "print_i32",
        group: Group::Output,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("void print_i32(int value)"),
        doc: told("Prints `%d` and a line end."),
        bad_input: told(""),
    },
    Import {
        name: "print_f32",
        group: Group::Output,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("void print_f32(float value)"),
        doc: told("Prints `%g` and a line end."),
        bad_input: told(""),
    },
    Import {
        name: "print_i64",
        group: Group::Output,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("void print_i64(long long value)"),
        doc: told("Prints `%lld` and a line end."),
        bad_input: told(""),
    },
    Import {
        name: "print_f64",
        group: Group::Output,
        users: Users::C,
        memory: Touch::No,
        ours: false,
        c: prototype("void print_f64(double value)"),
        doc: told("Prints `%g` and a line end."),
        bad_input: told(""),
    },
    Import {
        name: "print_str",
        group: Group::Output,
        users: Users::C,
        memory: Touch::Read,
        ours: false,
        c: prototype("void print_str(const char *text, int len)"),
        doc: told("Prints `len` bytes as they are, without a line end."),
        bad_input: told("traps: len < 0 or a range outside memory"),
    },
    Import {
        name: "host_printf",
        group: Group::Output,
        users: Users::Both,
        memory: Touch::Read,
        ours: false,
        c: prototype("int host_printf(const char *format, const void *args)"),
        doc: told(
            "printf: formats the argument block `args` by the NUL-terminated `format`; returns the bytes printed. Any length; h, hh, l, ll, z, j, t, flags, width, precision and `*` as C11 7.21.6.1; i64 and f64 8-aligned in the block.",
        ),
        bad_input: told(
            "a bad format, block or string ends the output (nothing of a short one is printed) and returns 0",
        ),
    },
];
