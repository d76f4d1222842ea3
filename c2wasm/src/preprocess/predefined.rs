//! Macros that exist before the first line (C11 6.10.8, and gcc's for its own headers and
//! tests). They are read when their name first comes up: a program uses few of them.

use crate::session::{Edition, MacroOption, Standard};
use alloc::{format, string::String};

/// Whether `name` looks like a predefined macro: few names have to be searched for.
pub(super) fn may_be(name: &str) -> bool {
    let third = name.as_bytes().get(2);
    name.starts_with('_') && third.is_some_and(|c| c.is_ascii_uppercase() || b"cw".contains(c))
}

/// What follows `#define` for the macro `name` under `standard`.
pub(super) fn definition(name: &str, standard: Standard) -> Option<&'static str> {
    let gnu_inline = standard.edition == Edition::C89;
    match name {
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
        _ => find(name),
    }
}

/// The definition of `name` in [`COMMON`], by bisection.
fn find(name: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, COMMON.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = COMMON[..middle].rfind('\n').map_or(0, |before| before + 1);
        let end = COMMON[start..].find('\n').map_or(COMMON.len(), |length| start + length);
        let line = COMMON[start..end].strip_prefix("#define ")?;
        match name.cmp(defined_name(line)) {
            core::cmp::Ordering::Less => high = start,
            core::cmp::Ordering::Equal => return Some(line),
            core::cmp::Ordering::Greater => low = end + 1,
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

/// What does not depend on the standard, sorted: gcc 12's names with the data model of
/// spec/c.md.
const COMMON: &str = include_str!("predefined.h");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        let lines = COMMON.lines().map(|line| line.strip_prefix("#define ").expect("a definition"));
        for line in lines.clone() {
            assert_eq!(find(defined_name(line)), Some(line));
            assert!(may_be(defined_name(line)), "{line}");
        }
        let names = lines.map(defined_name);
        assert!(names.clone().zip(names.skip(1)).all(|(a, b)| a < b), "sorted");
        for absent in ["", "_", "__A", "__zz", "__STDC", "int"] {
            assert_eq!(find(absent), None);
        }
    }
}
