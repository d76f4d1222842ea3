//! The C library, in C: compiled like any other source, only the files that are needed, and of
//! those only what is reached goes into the module.
//!
//! [`crate::builtins::library`] says which file defines which function.

use crate::builtins;
use crate::texts;
use alloc::borrow::Cow;

/// Objects and helpers of the library that are no library functions by themselves.
const OTHERS: &[(&str, &str)] = &[
    ("stdin", "stdio.c"),
    ("stdout", "stdio.c"),
    ("stderr", "stdio.c"),
    ("errno", "errno.c"),
    ("__run_atexit", "exit.c"),
    ("__write_stream", "stdio.c"),
    ("__read_stream", "stdio.c"),
    ("__inline_printf", "printf_inline.c"),
    ("__inline_fprintf", "printf_inline.c"),
    ("__inline_sprintf", "printf_inline.c"),
    ("__inline_snprintf", "printf_inline.c"),
    ("__inline_vprintf", "printf_inline.c"),
    ("__inline_vfprintf", "printf_inline.c"),
    ("__inline_vsprintf", "printf_inline.c"),
    ("__inline_vsnprintf", "printf_inline.c"),
];

/// What [`CONSOLE_FILE`] defines in place of other files.
const TO_STDOUT: &[&str] = &["printf", "vprintf", "putchar", "puts"];

/// Output to stdout where that may be a file; to the console it needs no stream.
const CONSOLE_FILE: &str = "console_file.c";

/// The file that defines the function or object `name`; `redirects` says that the program may
/// make a file of stdout.
pub fn file_of(name: &str, redirects: bool) -> Option<&'static str> {
    if redirects && TO_STDOUT.contains(&name) {
        return Some(CONSOLE_FILE);
    }
    let other = OTHERS.iter().find(|other| other.0 == name).map(|other| other.1);
    let library = || builtins::library(name).map(|function| function.file);
    other.or_else(library).filter(|file| !file.is_empty())
}

/// The text of a file.
pub fn text(file: &str) -> Option<Cow<'static, str>> {
    texts::libc(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_table_exists() {
        for function in builtins::functions().filter(|f| !f.file.is_empty()) {
            assert!(text(function.file).is_some(), "{}", function.file);
        }
    }
}
