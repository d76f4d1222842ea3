//! The headers, the library's files and the predefined macros, as the build script packed them:
//! without comments, in the lines that they have in their files.

use alloc::borrow::Cow;
use wasm_common::packed::Packed;

// `ARCHIVE`: the texts of `HEADERS`, of `LIBC`, and the lines of `predefined.h`.
include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The names of the standard headers, sorted.
pub(crate) const fn headers() -> &'static [&'static str] {
    HEADERS
}

/// The standard header `name`.
pub(crate) fn header(name: &str) -> Option<Cow<'static, str>> {
    HEADERS.iter().position(|header| *header == name).map(|number| ARCHIVE.text(number))
}

/// Gives the bytes of the standard header `name` to `take`, piece by piece.
pub(crate) fn header_bytes(name: &str, take: &mut dyn FnMut(&[u8])) {
    if let Some(number) = HEADERS.iter().position(|header| *header == name) {
        ARCHIVE.bytes(number, take);
    }
}

/// The library's file `name`.
pub(crate) fn libc(name: &str) -> Option<Cow<'static, str>> {
    let number = LIBC.iter().position(|file| *file == name)?;
    Some(ARCHIVE.text(HEADERS.len() + number))
}

/// How many definitions of predefined macros there are.
pub(crate) const fn predefined_count() -> usize {
    ARCHIVE.lengths.len() - HEADERS.len() - LIBC.len()
}

/// A line of `predefined.h`, from 0.
pub(crate) fn predefined(line: usize) -> Cow<'static, str> {
    ARCHIVE.text(HEADERS.len() + LIBC.len() + line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// The words of a text; comments are words too.
    fn words(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    #[test]
    fn texts_are_what_is_packed() {
        for (number, plain) in ARCHIVE.plain.iter().enumerate() {
            assert_eq!(ARCHIVE.unpacked(number), *plain);
        }
    }

    #[test]
    fn files_keep_their_lines_and_code() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");
        let read = |path: String| std::fs::read_to_string(path).unwrap();
        let headers =
            HEADERS.iter().map(|n| (header(n), read(alloc::format!("{folder}include/{n}"))));
        let files = LIBC.iter().map(|n| (libc(n), read(alloc::format!("{folder}libc/{n}"))));
        for (packed, file) in headers.chain(files) {
            let packed = packed.unwrap();
            assert_eq!(packed.lines().count(), file.lines().count());
            for (packed, line) in packed.lines().zip(file.lines()) {
                let comments = line.contains("*/") || line.contains("/*") || line.contains("//");
                assert!(words(packed) == words(line) || comments || packed.is_empty(), "{line}");
            }
        }
    }
}
