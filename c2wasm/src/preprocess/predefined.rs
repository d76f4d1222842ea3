//! Macros that exist before the first line (C11 6.10.8, and gcc's for its own headers and
//! tests). They are read when their name first comes up: a program uses few of them.

use crate::session::{Edition, MacroOption, Standard};
use crate::texts;
use alloc::{borrow::Cow, string::String};
use core::cmp::Ordering;
use wasm_common::text::format;

/// Whether `name` looks like a predefined macro: few names have to be searched for.
pub(super) fn may_be(name: &str) -> bool {
    let third = name.strip_prefix("__").and_then(|rest| rest.as_bytes().first());
    third.is_some_and(|c| c.is_ascii_uppercase() || b"cw".contains(c)) || name == "_ILP32"
}

/// What follows `#define` for the macro `name` under `standard`.
pub(super) fn definition(name: &str, standard: Standard) -> Option<Cow<'static, str>> {
    let gnu_inline = standard.edition == Edition::C89;
    let made = match name {
        "__STDC_VERSION__" => match standard.edition {
            Edition::C89 => None,
            Edition::C99 => Some("__STDC_VERSION__ 199901L"),
            Edition::C11 => Some("__STDC_VERSION__ 201112L"),
            Edition::C17 => Some("__STDC_VERSION__ 201710L"),
            Edition::C23 => Some("__STDC_VERSION__ 202311L"),
        },
        "__STRICT_ANSI__" => (!standard.gnu).then_some("__STRICT_ANSI__ 1"),
        "__GNUC_GNU_INLINE__" => gnu_inline.then_some("__GNUC_GNU_INLINE__ 1"),
        "__GNUC_STDC_INLINE__" => (!gnu_inline).then_some("__GNUC_STDC_INLINE__ 1"),
        _ => return find(name).map(Cow::Owned),
    };
    made.map(Cow::Borrowed)
}

/// The definition of `name` in `predefined.h`, by bisection: what does not depend on the standard,
/// sorted; gcc 12's names with the data model of spec/c.md.
fn find(name: &str) -> Option<String> {
    let (mut low, mut high) = (0, texts::predefined_count());
    while low < high {
        let middle = low + (high - low) / 2;
        let line = texts::predefined(middle);
        let definition = line.strip_prefix("#define ")?;
        match name.cmp(defined_name(definition)) {
            Ordering::Less => high = middle,
            Ordering::Equal => return Some(definition.into()),
            Ordering::Greater => low = middle + 1,
        }
    }
    None
}

/// The name that a definition begins with.
fn defined_name(definition: &str) -> &str {
    definition.split([' ', '(']).next().unwrap_or(definition)
}

/// The command line as directives.
pub(super) fn command_line(macros: &[MacroOption]) -> String {
    let mut text = String::new();
    for one in macros {
        text += &match one {
            MacroOption::Define(text) => match text.split_once('=') {
                Some((name, body)) => format!("#define {name} {body}\n"),
                None => format!("#define {text} 1\n"),
            },
            MacroOption::Undefine(name) => format!("#undef {name}\n"),
            MacroOption::Include(file) => format!("#include \"{file}\"\n"),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        const ALL: &str = include_str!("predefined.h");
        let lines = ALL.lines().map(|line| line.strip_prefix("#define ").expect("a definition"));
        for line in lines.clone() {
            assert_eq!(find(defined_name(line)).as_deref(), Some(line));
            assert!(may_be(defined_name(line)), "{line}");
        }
        let names = lines.map(defined_name);
        assert!(names.clone().zip(names.skip(1)).all(|(a, b)| a < b), "sorted");
        for absent in ["", "_", "__A", "__zz", "__STDC", "int"] {
            assert_eq!(find(absent), None);
        }
    }
}
