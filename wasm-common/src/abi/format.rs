//! The pieces of a `printf` format (C11, 7.21.6.1).
//!
//! In: the bytes of a format. Out: an iterator over literal text, `%%` and conversions, which
//! never fails: what is not a conversion comes out as [`Piece::Bad`] and prints as it stands. The
//! compilers check arguments with it, the host prints with it, so they cannot disagree.

use super::imports::ValType;

/// A piece of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text without `%`.
    Literal(&'a [u8]),
    /// `%%`.
    Percent,
    /// A conversion.
    Conversion(Conversion),
    /// From `%` on, something that is no conversion; an unfinished one at the end too.
    Bad(&'a [u8]),
}

/// A conversion: `%`, flags, width, precision, length, letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// Flags.
    pub flags: Flags,
    /// Least width.
    pub width: Option<Count>,
    /// Precision; `.` alone is 0.
    pub precision: Option<Count>,
    /// Length modifier.
    pub length: Length,
    /// The letter, one of `diouxXcspneEfFgGaA`.
    pub letter: u8,
    /// Offset of its `%` in the format.
    pub start: usize,
    /// Offset behind its letter.
    pub end: usize,
}

/// Flags of a conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`: left-justified.
    pub left: bool,
    /// `+`: a sign always.
    pub plus: bool,
    /// Blank: a blank where a plus would be.
    pub space: bool,
    /// `#`: the alternative form.
    pub alternate: bool,
    /// `0`: filled with zeros.
    pub zero: bool,
}

/// A width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// In the format; no more than [`MAX_COUNT`].
    Fixed(u32),
    /// `*`: the next argument, an int.
    Argument,
}

/// No width or precision counts for more than this, so that `%2000000000d` costs bounded time.
pub const MAX_COUNT: u32 = 4095;

/// Length modifier of a conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// None.
    #[default]
    Int,
    /// `hh`.
    Char,
    /// `h`.
    Short,
    /// `l`: 32 bits too.
    Long,
    /// `ll` or `j`.
    LongLong,
    /// `z` or `t`: 32 bits.
    Size,
    /// `L`: double here.
    LongDouble,
}

impl Conversion {
    /// Type of its value in the argument block.
    pub fn value(&self) -> ValType {
        match self.letter {
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'a' | b'A' => ValType::F64,
            b'd' | b'i' | b'o' | b'u' | b'x' | b'X' if self.length == Length::LongLong => {
                ValType::I64
            }
            _ => ValType::I32,
        }
    }

    /// Types of all the arguments that it takes, in order: one i32 for each `*`, then the value.
    pub fn arguments(&self) -> impl Iterator<Item = ValType> {
        let stars = [self.width, self.precision].map(|c| c == Some(Count::Argument));
        let stars = stars.into_iter().filter(|&star| star).map(|_| ValType::I32);
        stars.chain([self.value()])
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
        let rest = &self.format[start..];
        let first = *rest.first()?;
        if first != b'%' {
            let len = rest.iter().position(|&b| b == b'%').unwrap_or(rest.len());
            self.at += len;
            return Some(Piece::Literal(&rest[..len]));
        }
        if rest.get(1) == Some(&b'%') {
            self.at += 2;
            return Some(Piece::Percent);
        }
        self.at += 1;
        match self.conversion(start) {
            Some(conversion) => Some(Piece::Conversion(conversion)),
            None => Some(Piece::Bad(&self.format[start..self.at])),
        }
    }
}

impl Pieces<'_> {
    /// Reads a conversion after its `%`; on `None`, `at` is behind what was looked at.
    fn conversion(&mut self, start: usize) -> Option<Conversion> {
        let flags = self.flags();
        let width = self.count();
        let precision = match self.peek() {
            Some(b'.') => {
                self.at += 1;
                Some(self.count().unwrap_or(Count::Fixed(0)))
            }
            _ => None,
        };
        let length = Length::eat(self.format, &mut self.at);
        let letter = self.peek()?;
        if !b"diouxXcspneEfFgGaA".contains(&letter) {
            return None;
        }
        self.at += 1;
        Some(Conversion { flags, width, precision, length, letter, start, end: self.at })
    }

    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        while let Some(b) = self.peek() {
            match b {
                b'-' => flags.left = true,
                b'+' => flags.plus = true,
                b' ' => flags.space = true,
                b'#' => flags.alternate = true,
                b'0' => flags.zero = true,
                // POSIX: thousands in groups, of which the C locale has none.
                b'\'' => {}
                _ => break,
            }
            self.at += 1;
        }
        flags
    }

    fn count(&mut self) -> Option<Count> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            return Some(Count::Argument);
        }
        let mut count = None;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let value = count.unwrap_or(0u32) * 10 + u32::from(digit - b'0');
            count = Some(value.min(MAX_COUNT));
            self.at += 1;
        }
        count.map(Count::Fixed)
    }
}

impl Length {
    /// Reads a length modifier at `at`, which moves behind it.
    pub(super) fn eat(format: &[u8], at: &mut usize) -> Self {
        let (length, bytes) = match &format[*at..] {
            [b'h', b'h', ..] => (Self::Char, 2),
            [b'h', ..] => (Self::Short, 1),
            [b'l', b'l', ..] => (Self::LongLong, 2),
            [b'l', ..] => (Self::Long, 1),
            [b'j', ..] => (Self::LongLong, 1),
            [b'z' | b't', ..] => (Self::Size, 1),
            [b'L', ..] => (Self::LongDouble, 1),
            _ => (Self::Int, 0),
        };
        *at += bytes;
        length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn only(format: &str) -> Conversion {
        match pieces(format.as_bytes()).collect::<Vec<_>>()[..] {
            [Piece::Conversion(c)] => c,
            ref other => panic!("{format}: {other:?}"),
        }
    }

    #[test]
    fn a_conversion_in_full() {
        let c = only("%-+08.3lld");
        assert!(c.flags.left && c.flags.plus && c.flags.zero && !c.flags.alternate);
        assert_eq!((c.width, c.precision), (Some(Count::Fixed(8)), Some(Count::Fixed(3))));
        assert_eq!((c.length, c.letter, c.value()), (Length::LongLong, b'd', ValType::I64));
    }

    #[test]
    fn stars_take_arguments_before_the_value() {
        let types: Vec<_> = only("%*.*f").arguments().collect();
        assert_eq!(types, [ValType::I32, ValType::I32, ValType::F64]);
    }

    #[test]
    fn text_percent_and_junk() {
        let all: Vec<_> = pieces(b"a%%b%q%").collect();
        let expected = [
            Piece::Literal(b"a"),
            Piece::Percent,
            Piece::Literal(b"b"),
            Piece::Bad(b"%"),
            Piece::Literal(b"q"),
            Piece::Bad(b"%"),
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn a_point_alone_is_precision_0_and_counts_are_bounded() {
        assert_eq!(only("%.f").precision, Some(Count::Fixed(0)));
        assert_eq!(only("%99999999999999d").width, Some(Count::Fixed(MAX_COUNT)));
    }

    proptest! {
        /// Every byte of the format is in exactly one piece.
        #[test]
        fn pieces_cover_the_format(format in "[%a-z0-9.*# +-]{0,30}") {
            let covered: usize = pieces(format.as_bytes())
                .map(|p| match p {
                    Piece::Literal(t) | Piece::Bad(t) => t.len(),
                    Piece::Percent => 2,
                    Piece::Conversion(c) => c.end - c.start,
                })
                .sum();
            prop_assert_eq!(covered, format.len());
        }
    }
}
