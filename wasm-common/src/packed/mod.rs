//! Texts that a compiler carries along (headers, libraries), at a third of their size.
//!
//! An archive is one row of pairs of 12-bit codes. A code below 256 is a byte, 0 being none; code
//! 256 + n stands for pair n. The first pairs are the vocabulary, each text is a run of pairs behind
//! it. So a text unpacks by itself, with no memory but its own, and the decoder is a few lines.
//!
//! In: an archive made by `pack.rs` in a build script. Out: a text, as it was.

#[cfg(test)]
mod pack;

use alloc::{borrow::Cow, string::String, vec::Vec};

/// An archive of texts, known by their numbers.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// Three bytes a pair.
    pub pairs: &'static [u8],
    /// The first pair of each text, and the end of the last.
    pub starts: &'static [u16],
    /// The bytes of each text.
    pub lengths: &'static [u16],
    /// The texts themselves, where time counts more than room; otherwise none.
    pub plain: &'static [&'static str],
}

impl Packed {
    /// Text number `text`; empty when there is none.
    pub fn text(&self, text: usize) -> Cow<'static, str> {
        match self.plain.get(text) {
            Some(plain) => Cow::Borrowed(plain),
            None => Cow::Owned(self.unpacked(text)),
        }
    }

    /// The same out of the pairs.
    pub fn unpacked(&self, text: usize) -> String {
        let length = self.lengths.get(text).copied().unwrap_or_default();
        let mut bytes = Vec::with_capacity(length.into());
        self.bytes(text, &mut |piece| bytes.extend_from_slice(piece));
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Gives the bytes of text number `text` to `take`, piece by piece.
    pub fn bytes(&self, text: usize, take: &mut dyn FnMut(&[u8])) {
        if let Some(&[start, end]) = self.starts.get(text..).and_then(<[u16]>::first_chunk) {
            (start..end).for_each(|pair| self.unpack(pair.into(), take));
        }
    }

    /// Gives away what a pair stands for. Recursion ends: a pair of the vocabulary is made of those
    /// before it.
    fn unpack(&self, mut pair: usize, take: &mut dyn FnMut(&[u8])) {
        loop {
            let bytes = self.pairs.get(3 * pair..).and_then(<[u8]>::first_chunk);
            let [a, b, c] = bytes.copied().unwrap_or_default().map(usize::from);
            match a | (c & 0xf) << 8 {
                0 => {}
                byte @ 1..256 => take(&[byte as u8]),
                code => self.unpack(code - 256, take),
            }
            match b | (c >> 4) << 8 {
                0 => return,
                byte @ 1..256 => return take(&[byte as u8]),
                code => pair = code - 256,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(texts: &[&str]) -> Packed {
        let archive = pack::pack(texts);
        Packed {
            pairs: archive.pairs.leak(),
            starts: archive.starts.leak(),
            lengths: archive.lengths.leak(),
            plain: &[],
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn texts_come_back(texts in prop::collection::vec("[a-c \né]{0,60}", 0..6)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let packed = packed(&texts);
            for (number, text) in texts.iter().enumerate() {
                prop_assert_eq!(&packed.text(number), text);
            }
            prop_assert_eq!(packed.text(texts.len()), "");
        }
    }

    #[test]
    fn the_longer_the_better() {
        let text = include_str!("pack.rs");
        assert!(packed(&[text]).pairs.len() < text.len());
        let packed = packed(&[text, text, text]);
        assert!(packed.pairs.len() < text.len() * 3 / 2);
        assert_eq!(packed.text(1), text);
    }
}
