//! Functions that the compiler knows: instructions, the library, the device's imports.
//!
//! Types are written as letters, result first: `v` void, `b` _Bool, `h` unsigned short, `i` int,
//! `u` unsigned (and `size_t`), `l` long, `m` unsigned long, `L` long long, `U` unsigned long
//! long, `f` float, `d` double, `D` long double, `p` `void *`, `P` `const void *`, `s` `char *`,
//! `S` `const char *`, `.` further arguments. `FILE *` and other pointers count as `void *`.

mod library;
mod operations;

pub use library::{LibraryFunction, functions, library};
pub use operations::{Operation, operation, operations};

use wasm_common::abi::imports;

/// The type of a library function or host import, in letters.
pub fn signature(name: &str) -> Option<&'static str> {
    if let Some(function) = library(name) {
        return Some(function.signature);
    }
    imports::by_name(name).map(|import| import.c.letters())
}

/// The header that declares a library function or host import.
pub fn header_of(name: &str) -> Option<&'static str> {
    if let Some(function) = library(name) {
        return Some(function.header);
    }
    imports::by_name(name).map(|_| crate::include::DEVICE)
}

/// Whose rules a format follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// printf's.
    Print,
    /// scanf's.
    Scan,
}

/// How a function takes a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatUse {
    /// Whose rules it follows.
    pub family: Family,
    /// Which argument it is.
    pub position: usize,
    /// The first argument that it prints or reads into, if they are arguments of the same call.
    pub values: Option<usize>,
}

/// How the library function `name` takes a format that its further arguments must match.
pub fn format_use(name: &str) -> Option<FormatUse> {
    let (family, position) = match name {
        "printf" => (Family::Print, 0),
        "fprintf" | "sprintf" => (Family::Print, 1),
        "snprintf" => (Family::Print, 2),
        "scanf" => (Family::Scan, 0),
        "fscanf" | "sscanf" => (Family::Scan, 1),
        _ => return None,
    };
    Some(FormatUse { family, position, values: Some(position + 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prototypes_of_imports_become_letters() {
        assert_eq!(signature("host_printf"), Some("iSP"));
        assert_eq!(signature("get_epoch_ms"), Some("L"));
        assert_eq!(signature("led_show"), Some("v"));
        assert_eq!(signature("nothing"), None);
    }
}
