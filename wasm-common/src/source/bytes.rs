//! Texts that are not UTF-8: each byte that is none goes through the compiler as one character
//! that no one else uses, and comes out as that byte again.

use alloc::{string::String, vec::Vec};

/// Byte `b` is the character `FIRST + b`, of the last private use area.
const FIRST: u32 = 0x10_FF00;

/// The text of a file.
pub fn decode(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut text = String::new();
        for part in error.as_bytes().utf8_chunks() {
            text += part.valid();
            text.extend(
                part.invalid().iter().filter_map(|&b| char::from_u32(FIRST + u32::from(b))),
            );
        }
        text
    })
}

/// A character of a text as wide literals have it: bytes that are no UTF-8 are taken for Latin-1.
pub fn latin(c: char) -> char {
    if u32::from(c) >= FIRST { char::from(u32::from(c) as u8) } else { c }
}

/// Appends the bytes that `text` had in its file.
pub fn push_bytes(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = rest.find(|c| u32::from(c) >= FIRST) {
        let (before, after) = rest.split_at(at);
        out.extend_from_slice(before.as_bytes());
        let mut chars = after.chars();
        out.extend(chars.next().map(|c| u32::from(c) as u8));
        rest = chars.as_str();
    }
    out.extend_from_slice(rest.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for bytes in [b"\xe4\xf6 and \xc3\xa4".as_slice(), b"\xff\xed\xa0\x80\xc3", b"plain", b""] {
            let mut back = Vec::new();
            push_bytes(&decode(bytes.into()), &mut back);
            assert_eq!(back, bytes);
        }
    }
}
