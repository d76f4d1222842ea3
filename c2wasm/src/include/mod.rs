//! The standard headers, whose text is inside the compiler.
//!
//! `conez_api.h` is generated from the ABI table, so it cannot differ from the imports.

use crate::texts;
use alloc::{borrow::Cow, string::String};
use core::fmt::{self, Write};

/// The name of the device's header.
const DEVICE: &str = "conez_api.h";

/// The text of the built-in header `name`.
pub fn header(name: &str) -> Option<Cow<'static, str>> {
    if name == DEVICE {
        return Some(Cow::Owned(device_header()));
    }
    texts::header(name)
}

/// Gives the bytes of the built-in header `<name>` to `take`, piece by piece: from here come the
/// texts that are not kept.
pub fn make(name: &str, take: &mut dyn FnMut(&[u8])) {
    struct Bytes<'t>(&'t mut dyn FnMut(&[u8]));
    impl Write for Bytes<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            (self.0)(text.as_bytes());
            Ok(())
        }
    }
    let name = name.trim_matches(['<', '>']);
    if name == DEVICE {
        // It takes everything.
        let _ = wasm_common::abi::c_header::write(&mut Bytes(take));
    } else {
        texts::header_bytes(name, take);
    }
}

fn device_header() -> String {
    wasm_common::abi::c_header::text()
}

/// The built-in header that `name` may be a slip of.
pub fn nearest(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let all = texts::headers().iter().copied().chain([DEVICE]);
    let same = all.clone().find(|known| *known == name).map(String::from);
    same.or_else(|| wasm_common::diag::nearest::nearest(name, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_made_as_they_are() {
        for name in texts::headers().iter().copied().chain([DEVICE]) {
            let mut bytes = alloc::vec::Vec::new();
            make(&alloc::format!("<{name}>"), &mut |piece| bytes.extend_from_slice(piece));
            assert_eq!(header(name).unwrap().as_bytes(), bytes);
        }
    }

    #[test]
    fn slips_find_their_header() {
        assert_eq!(nearest("stdoi.h").as_deref(), Some("stdio.h"));
        assert_eq!(nearest("strng.h").as_deref(), Some("string.h"));
        assert_eq!(nearest("sys/time.h").as_deref(), Some("time.h"));
        assert_eq!(nearest("my_sensors.h"), None);
    }
}
