//! The standard headers, whose text is inside the compiler.
//!
//! `conez_api.h` is generated from the ABI table: a test compares them, and writes the file when
//! `BLESS` is set.

use crate::texts;
use alloc::{borrow::Cow, string::String};

/// The name of the device's header.
pub(crate) const DEVICE: &str = "conez_api.h";

/// The text of the built-in header `name`.
pub fn header(name: &str) -> Option<Cow<'static, str>> {
    texts::header(name)
}

/// Gives the bytes of the built-in header `<name>` to `take`, piece by piece: from here come the
/// texts that are not kept.
pub fn make(name: &str, take: &mut dyn FnMut(&[u8])) {
    texts::header_bytes(name.trim_matches(['<', '>']), take);
}

/// The built-in header that `name` may be a slip of.
pub fn nearest(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let all = texts::headers().iter().copied();
    let same = all.clone().find(|known| *known == name).map(String::from);
    same.or_else(|| wasm_common::diag::nearest::nearest(name, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_made_as_they_are() {
        for name in texts::headers() {
            let mut bytes = alloc::vec::Vec::new();
            make(&alloc::format!("<{name}>"), &mut |piece| bytes.extend_from_slice(piece));
            assert_eq!(header(name).unwrap().as_bytes(), bytes);
        }
    }

    #[test]
    fn the_device_s_header_is_that_of_the_table() {
        let text = wasm_common::abi::c_header::text();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/include/conez_api.h");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(file, &text).unwrap();
        }
        assert!(text == std::fs::read_to_string(file).unwrap(), "BLESS=1 writes {file}");
    }

    #[test]
    fn slips_find_their_header() {
        assert_eq!(nearest("stdoi.h").as_deref(), Some("stdio.h"));
        assert_eq!(nearest("strng.h").as_deref(), Some("string.h"));
        assert_eq!(nearest("sys/time.h").as_deref(), Some("time.h"));
        assert_eq!(nearest("my_sensors.h"), None);
    }
}
