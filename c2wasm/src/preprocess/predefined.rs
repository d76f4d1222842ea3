//! Macros that exist before the first line (C11 6.10.8, and gcc's for its own headers and
//! tests), as text that is read like a file.

use crate::session::{Edition, MacroOption, Standard};
use alloc::{format, string::String};

/// The predefined macros under `standard`.
pub(super) fn text(standard: Standard) -> String {
    let mut text = String::from(COMMON);
    let version = match standard.edition {
        Edition::C89 => "",
        Edition::C99 => "#define __STDC_VERSION__ 199901L\n",
        Edition::C11 => "#define __STDC_VERSION__ 201112L\n",
        Edition::C17 => "#define __STDC_VERSION__ 201710L\n",
        Edition::C23 => "#define __STDC_VERSION__ 202311L\n",
    };
    text += version;
    text += if standard.gnu { "" } else { "#define __STRICT_ANSI__ 1\n" };
    let gnu_inline = standard.edition == Edition::C89;
    text += if gnu_inline {
        "#define __GNUC_GNU_INLINE__ 1\n"
    } else {
        "#define __GNUC_STDC_INLINE__ 1\n"
    };
    text
}

/// `-D` and `-U` as directives.
pub(super) fn command_line(macros: &[MacroOption]) -> String {
    let mut text = String::new();
    for one in macros {
        text += &match one {
            MacroOption::Define(text) => match text.split_once('=') {
                Some((name, body)) => format!("#define {name} {body}\n"),
                None => format!("#define {text} 1\n"),
            },
            MacroOption::Undefine(name) => format!("#undef {name}\n"),
        };
    }
    text
}

/// What does not depend on the standard: gcc 12's names with the data model of spec/c.md.
const COMMON: &str = include_str!("predefined.h");
