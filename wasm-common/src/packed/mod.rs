//! Texts that a compiler carries along (headers, libraries), at a third of their size.
//!
//! A symbol is a byte or, from 256 on, a rule that stands for two symbols; a text is a row of symbols.
//! Rules are numbered by their left symbols, so that a tree of two bits a symbol says what these are;
//! right symbols and texts are one row of codes, as wide as the last symbol wants them. So a text
//! unpacks by itself, with no memory but its own, and the decoder is a few lines.
//!
//! In: an archive made by `pack.rs` in a build script. Out: a text, as it was.

#[cfg(test)]
mod pack;

use alloc::{borrow::Cow, string::String, vec::Vec};

/// Symbols below are bytes.
const BYTES: usize = 256;
/// How many rules share a place in the tree that is known.
const STEP: usize = 16;

/// An archive of texts, known by their numbers.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// The right symbol of each rule, then the texts: the low bits first, and two bytes behind them.
    pub codes: &'static [u8],
    /// Bits of a code, at most 16.
    pub width: u8,
    /// For each symbol a one for each rule of which it is the left symbol, then a zero.
    pub tree: &'static [u8],
    /// The left symbols of the rules 0, `STEP`, 2 `STEP` and so on.
    pub lefts: &'static [u16],
    /// The first code of each text, and the end of the last.
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
            (start..end).for_each(|at| self.unpack(self.code(at.into()), take));
        }
    }

    /// Gives away what a symbol stands for. Recursion ends: a rule is made of symbols that were there
    /// before it.
    fn unpack(&self, mut symbol: usize, take: &mut dyn FnMut(&[u8])) {
        while let Some(rule) = symbol.checked_sub(BYTES) {
            self.unpack(self.left(rule), take);
            symbol = self.code(rule);
        }
        take(&[symbol as u8]);
    }

    /// Code number `at`.
    fn code(&self, at: usize) -> usize {
        let bit = at * usize::from(self.width);
        let bytes = self.codes.get(bit / 8..).and_then(<[u8]>::first_chunk);
        let [a, b, c] = bytes.copied().unwrap_or_default().map(u32::from);
        ((a | b << 8 | c << 16) >> (bit % 8)) as usize & ((1 << self.width) - 1)
    }

    /// The left symbol of a rule: how many zeros stand before its one.
    fn left(&self, rule: usize) -> usize {
        let mut ones = rule / STEP * STEP;
        let mut zeros = self.lefts.get(rule / STEP).copied().unwrap_or_default().into();
        while let Some(byte) = self.tree.get((ones + zeros) / 8) {
            let is_one = byte >> ((ones + zeros) % 8) & 1 != 0;
            if is_one && ones == rule {
                return zeros;
            }
            ones += usize::from(is_one);
            zeros += usize::from(!is_one);
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(texts: &[&str]) -> Packed {
        let archive = pack::pack(texts);
        Packed {
            codes: archive.codes.leak(),
            width: archive.width,
            tree: archive.tree.leak(),
            lefts: archive.lefts.leak(),
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

    fn size(packed: &Packed) -> usize {
        packed.codes.len() + packed.tree.len() + 2 * packed.lefts.len()
    }

    #[test]
    fn the_longer_the_better() {
        let text = include_str!("pack.rs");
        assert!(size(&packed(&[text])) < text.len());
        let packed = packed(&[text, text, text]);
        assert!(size(&packed) < text.len() * 3 / 2);
        assert_eq!(packed.text(1), text);
    }
}
