//! Console input, and output by stream. All ours.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "console_read",
        group: Group::Console,
        users: Users::C,
        memory: Touch::Write,
        ours: true,
        c: prototype("int console_read(void *buffer, int max_len)"),
        doc: told(
            "Waits for console input and copies up to `max_len` bytes of it, at most to the end of the line, which is included; 0 at the end of input.",
        ),
        bad_input: told("max_len <= 0 or out of bounds gives -1"),
    },
    Import {
        name: "console_key",
        group: Group::Console,
        users: Users::Both,
        memory: Touch::No,
        ours: true,
        c: prototype("int console_key(void)"),
        doc: told(
            "The next byte of console input if one is waiting, -1 if none is, -2 at the end of input. Does not wait.",
        ),
        bad_input: told(""),
    },
    Import {
        name: "console_write",
        group: Group::Console,
        users: Users::C,
        memory: Touch::Read,
        ours: true,
        c: prototype("int console_write(int stream, const void *data, int len)"),
        doc: told("Writes bytes to stream 1 (output) or 2 (errors); returns `len`."),
        bad_input: told("another stream, len < 0 or out of bounds gives -1"),
    },
    Import {
        name: "console_column",
        group: Group::Console,
        users: Users::Basic,
        memory: Touch::No,
        ours: true,
        c: prototype("int console_column(void)"),
        doc: told("Bytes printed since the last line end: the column, from 0."),
        bad_input: told(""),
    },
    Import {
        name: "basic_input_line",
        group: Group::Console,
        users: Users::Basic,
        memory: Touch::Write,
        ours: true,
        c: prototype("char *basic_input_line(void)"),
        doc: told(
            "Waits for a line of console input and returns it as a new pool string without its line end; 0 at the end of input or when the pool is full.",
        ),
        bad_input: told(""),
    },
    Import {
        name: "basic_input_stay",
        group: Group::Console,
        users: Users::Basic,
        memory: Touch::Write,
        ours: true,
        c: prototype("char *basic_input_stay(void)"),
        doc: told("As `basic_input_line`, but the cursor stays behind the reply (`INPUT ;`)."),
        bad_input: told(""),
    },
    Import {
        name: "basic_input_chars",
        group: Group::Console,
        users: Users::Basic,
        memory: Touch::Write,
        ours: true,
        c: prototype("char *basic_input_chars(int count)"),
        doc: told(
            "Waits for `count` bytes of console input (fewer at its end) and returns them as a new pool string.",
        ),
        bad_input: told("count < 0 is 0; pool full gives 0"),
    },
    Import {
        name: "basic_inkey",
        group: Group::Console,
        users: Users::Basic,
        memory: Touch::Write,
        ours: true,
        c: prototype("char *basic_inkey(void)"),
        doc: told(
            "INKEY$: a new pool string with the byte that waits on the console, empty if none does; 0 when the pool is full.",
        ),
        bad_input: told(""),
    },
];
