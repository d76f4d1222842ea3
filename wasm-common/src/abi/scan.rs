//! The pieces of a `scanf` format (C11, 7.21.6.2).
//!
//! In: the bytes of a format. Out: an iterator over white space, bytes to match and conversions.
//! The compilers check arguments with it, the host scans with it.

use super::format::{Length, MAX_COUNT};

/// A piece of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// White space: matches any amount of it.
    Blanks,
    /// This byte (`%%` is the byte `%`).
    Byte(u8),
    /// A conversion.
    Conversion(Conversion<'a>),
    /// `%` with something that is no conversion.
    Bad,
}

/// A conversion: `%`, `*`, width, length, letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion<'a> {
    /// `*`: nothing is stored, no pointer taken.
    pub suppress: bool,
    /// Bytes to read at most.
    pub width: Option<u32>,
    /// Length modifier.
    pub length: Length,
    /// The letter, one of `diouxXpcs[neEfFgGaA`.
    pub letter: u8,
    /// What stands between `[` and `]`, without a leading `^`.
    pub set: &'a [u8],
    /// The set began with `^`.
    pub negated: bool,
    /// Offset of its `%` in the format.
    pub start: usize,
    /// Offset behind it.
    pub end: usize,
}

impl Conversion<'_> {
    /// Whether `byte` belongs to the text that `%s` or `%[` reads.
    pub fn takes(&self, byte: u8) -> bool {
        if self.letter != b'[' {
            return !byte.is_ascii_whitespace();
        }
        let mut rest = self.set;
        while let [first, tail @ ..] = rest {
            if let [b'-', last, after @ ..] = tail {
                if (*first..=*last).contains(&byte) {
                    return !self.negated;
                }
                rest = after;
            } else if *first == byte {
                return !self.negated;
            } else {
                rest = tail;
            }
        }
        self.negated
    }
}

/// The pieces of `format`.
pub fn pieces(format: &[u8]) -> Pieces<'_> {
    Pieces { format, at: 0 }
}

/// See [`pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    format: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        let first = self.peek()?;
        self.at += 1;
        if first.is_ascii_whitespace() {
            while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
                self.at += 1;
            }
            return Some(Piece::Blanks);
        }
        if first != b'%' {
            return Some(Piece::Byte(first));
        }
        if self.eat(b"%") {
            return Some(Piece::Byte(b'%'));
        }
        Some(self.conversion(start).map_or(Piece::Bad, Piece::Conversion))
    }
}

impl<'a> Pieces<'a> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn eat(&mut self, text: &[u8]) -> bool {
        let found = self.format[self.at..].starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn conversion(&mut self, start: usize) -> Option<Conversion<'a>> {
        let suppress = self.eat(b"*");
        let mut width = None;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let value = width.unwrap_or(0u32) * 10 + u32::from(digit - b'0');
            width = Some(value.min(MAX_COUNT));
            self.at += 1;
        }
        let width = width.filter(|&w| w > 0);
        let length = Length::eat(self.format, &mut self.at);
        let letter = self.peek()?;
        if !b"diouxXpcs[neEfFgGaA".contains(&letter) {
            return None;
        }
        self.at += 1;
        let (set, negated) = if letter == b'[' { self.set()? } else { (&[][..], false) };
        Some(Conversion { suppress, width, length, letter, set, negated, start, end: self.at })
    }

    /// The set after `[`; a `]` right at its start belongs to it.
    fn set(&mut self) -> Option<(&'a [u8], bool)> {
        let negated = self.eat(b"^");
        let from = self.at;
        let first = usize::from(self.peek() == Some(b']'));
        let rest = &self.format[from + first..];
        let len = first + rest.iter().position(|&b| b == b']')?;
        self.at = from + len + 1;
        Some((&self.format[from..from + len], negated))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn conversion(format: &str) -> Conversion<'_> {
        match pieces(format.as_bytes()).collect::<Vec<_>>()[..] {
            [Piece::Conversion(c)] => c,
            ref other => panic!("{format}: {other:?}"),
        }
    }

    #[test]
    fn sets() {
        let c = conversion("%8[a-c]");
        assert_eq!(c.width, Some(8));
        assert!(c.takes(b'b') && !c.takes(b'd') && !c.takes(b'-'));
        let c = conversion("%[^]x-]");
        assert!(!c.takes(b']') && !c.takes(b'x') && !c.takes(b'-') && c.takes(b'a'));
    }

    #[test]
    fn pieces_in_order() {
        let all: Vec<_> = pieces(b"a \t%*lld%%%q%[").collect();
        assert!(matches!(all[0], Piece::Byte(b'a')));
        assert!(matches!(all[1], Piece::Blanks));
        let Piece::Conversion(c) = all[2] else { panic!("{all:?}") };
        assert!(c.suppress && c.length == Length::LongLong && c.letter == b'd');
        assert_eq!(all[3..], [Piece::Byte(b'%'), Piece::Bad, Piece::Byte(b'q'), Piece::Bad]);
    }
}
