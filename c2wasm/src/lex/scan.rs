//! Where a token ends (C11 6.4). In: text, splices and trigraphs seen through. Out: kinds and ranges
//! that follow one another and cover all of it, blanks and comments too; each is the longest that fits.
//! Identifiers in ASCII are [`Kind::Ident`]; what has other letters is [`Kind::Other`], and who reads that
//! asks whether they are letters.

use super::Kind;
use core::ops::Range;

/// The tokens of a text.
pub(super) struct Scan<'t> {
    text: &'t str,
    /// Where the next one begins.
    at: usize,
}

impl<'t> Scan<'t> {
    /// From the beginning.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Behind the last token that was given.
    pub(super) fn end(&self) -> usize {
        self.at
    }
}

impl Iterator for Scan<'_> {
    type Item = (Kind, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let (kind, length) = token(self.text.get(start..).filter(|rest| !rest.is_empty())?);
        self.at += length;
        Some((kind, start..self.at))
    }
}

/// Up to the end of the line.
fn line_comment(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Past `*/`; without one, everything is the comment.
fn block_comment(text: &str) -> (Kind, usize) {
    match text[2..].find("*/") {
        Some(inside) => (Kind::Blank, inside + 4),
        None => (Kind::OpenComment, text.len()),
    }
}

/// The kind and length of the token that `rest` begins with.
fn token(rest: &str) -> (Kind, usize) {
    let text = rest.as_bytes();
    let (first, second) = (text[0], text.get(1).copied().unwrap_or(0));
    match first {
        b' ' | b'\t' | b'\r' | 0x0b | 0x0c => (Kind::Blank, run(text, is_blank)),
        b'\n' => (Kind::Newline, 1),
        b'"' | b'\'' => literal(text, 0),
        b'\\' | 0x80.. => (Kind::Other, foreign(text).max(1)),
        b'0'..=b'9' => (Kind::Number, number(text, 1)),
        b'.' if second.is_ascii_digit() => (Kind::Number, number(text, 2)),
        b'u' if second == b'8' && matches!(text.get(2), Some(b'"' | b'\'')) => literal(text, 2),
        b'u' | b'U' | b'L' if matches!(second, b'"' | b'\'') => literal(text, 1),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => identifier(text),
        b'/' if second == b'/' => (Kind::Blank, line_comment(rest)),
        b'/' if second == b'*' => block_comment(rest),
        _ => punctuator(first, second, text),
    }
}

fn run(text: &[u8], of: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|&b| !of(b)).unwrap_or(text.len())
}

fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | 0x0b | 0x0c)
}

/// Whether an identifier can go on with this byte; `$` as gcc.
fn is_word(b: u8) -> bool {
    /// A bit for each byte.
    const WORD: [u32; 8] = {
        let mut word = [0; 8];
        let mut b = 0u8;
        while b < 0x80 {
            if b.is_ascii_alphanumeric() || b == b'_' || b == b'$' {
                word[b as usize / 32] |= 1 << (b % 32);
            }
            b += 1;
        }
        word
    };
    WORD[usize::from(b / 32)] >> (b % 32) & 1 != 0
}

/// Length of the universal character name (C11 6.4.3) that `text` begins with, or 0.
fn universal(text: &[u8]) -> usize {
    let digits = match text {
        [b'\\', b'u', ..] => 4,
        [b'\\', b'U', ..] => 8,
        _ => return 0,
    };
    let is_whole = text.get(2..2 + digits).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    if is_whole { 2 + digits } else { 0 }
}

fn identifier(text: &[u8]) -> (Kind, usize) {
    let end = run(text, is_word);
    match text.get(end) {
        Some(b'\\' | 0x80..) if let length @ 1.. = foreign(&text[end..]) => {
            (Kind::Other, end + length)
        }
        _ => (Kind::Ident, end),
    }
}

/// How long an identifier is, or the rest of one, in letters of any kind; 0 if it does not begin here.
fn foreign(text: &[u8]) -> usize {
    let mut end = 0;
    while let Some(&b) = text.get(end) {
        end += match universal(&text[end..]) {
            0 if is_word(b) || !b.is_ascii() => 1,
            0 => break,
            length => length,
        };
    }
    end
}

/// Where the preprocessing number ends of which `end` bytes are known (C11 6.4.8, and C23's `'`).
fn number(text: &[u8], mut end: usize) -> usize {
    while let Some(&b) = text.get(end) {
        let second = text.get(end + 1).copied().unwrap_or(0);
        end += match b {
            b'e' | b'E' | b'p' | b'P' if matches!(second, b'+' | b'-') => 2,
            b'\'' if second.is_ascii_alphanumeric() || second == b'_' => 2,
            b'.' => 1,
            _ if is_word(b) => 1,
            _ => break,
        };
    }
    end
}

/// The string or character constant whose quote is at `open`: where it is closed, or its line ends.
fn literal(text: &[u8], open: usize) -> (Kind, usize) {
    let quote = text[open];
    let mut end = open + 1;
    loop {
        match text.get(end) {
            None | Some(b'\n') => return (Kind::OpenLiteral, end),
            Some(b'\\') if !matches!(text.get(end + 1), None | Some(b'\n')) => end += 2,
            Some(&b) => {
                end += 1;
                if b == quote {
                    break;
                }
            }
        }
    }
    match quote {
        b'"' => (Kind::String, end),
        _ if end == open + 2 => (Kind::OpenLiteral, end),
        _ => (Kind::Char, end),
    }
}

/// A punctuator (C11 6.4.6), or one character that starts no token.
fn punctuator(first: u8, second: u8, text: &[u8]) -> (Kind, usize) {
    let third = text.get(2).copied().unwrap_or(0);
    match (first, second) {
        (b'.', b'.') if third == b'.' => (Kind::Ellipsis, 3),
        (b'<', b'<') if third == b'=' => (Kind::ShlAssign, 3),
        (b'>', b'>') if third == b'=' => (Kind::ShrAssign, 3),
        (b'%', b':') if text.starts_with(b"%:%:") => (Kind::HashHash, 4),
        (b'<', b':') => (Kind::LBracket, 2),
        (b':', b'>') => (Kind::RBracket, 2),
        (b'<', b'%') => (Kind::LBrace, 2),
        (b'%', b'>') => (Kind::RBrace, 2),
        (b'%', b':') => (Kind::Hash, 2),
        (b'#', b'#') => (Kind::HashHash, 2),
        (b'-', b'>') => (Kind::Arrow, 2),
        (b'+', b'+') => (Kind::PlusPlus, 2),
        (b'-', b'-') => (Kind::MinusMinus, 2),
        (b'<', b'<') => (Kind::Shl, 2),
        (b'>', b'>') => (Kind::Shr, 2),
        (b'&', b'&') => (Kind::AndAnd, 2),
        (b'|', b'|') => (Kind::OrOr, 2),
        (b':', b':') => (Kind::ColonColon, 2),
        (_, b'=') if let Some(kind) = assignment(first) => (kind, 2),
        _ => (single(first), 1),
    }
}

/// What ends in `=`, by what stands before it.
fn assignment(first: u8) -> Option<Kind> {
    Some(match first {
        b'<' => Kind::Le,
        b'>' => Kind::Ge,
        b'=' => Kind::EqEq,
        b'!' => Kind::Ne,
        b'*' => Kind::StarAssign,
        b'/' => Kind::SlashAssign,
        b'%' => Kind::PercentAssign,
        b'+' => Kind::PlusAssign,
        b'-' => Kind::MinusAssign,
        b'&' => Kind::AmpAssign,
        b'^' => Kind::CaretAssign,
        b'|' => Kind::PipeAssign,
        _ => return None,
    })
}

fn single(byte: u8) -> Kind {
    match byte {
        b'(' => Kind::LParen,
        b')' => Kind::RParen,
        b'[' => Kind::LBracket,
        b']' => Kind::RBracket,
        b'{' => Kind::LBrace,
        b'}' => Kind::RBrace,
        b'.' => Kind::Dot,
        b'&' => Kind::Amp,
        b'*' => Kind::Star,
        b'+' => Kind::Plus,
        b'-' => Kind::Minus,
        b'~' => Kind::Tilde,
        b'!' => Kind::Not,
        b'/' => Kind::Slash,
        b'%' => Kind::Percent,
        b'<' => Kind::Lt,
        b'>' => Kind::Gt,
        b'^' => Kind::Caret,
        b'|' => Kind::Pipe,
        b'?' => Kind::Question,
        b':' => Kind::Colon,
        b';' => Kind::Semi,
        b',' => Kind::Comma,
        b'=' => Kind::Assign,
        b'#' => Kind::Hash,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuators_are_what_they_are_written_as() {
        for &kind in Kind::PUNCTUATORS {
            let spelling = kind.spelling();
            assert_eq!(Scan::new(spelling).next(), Some((kind, 0..spelling.len())));
            let more = alloc::format!("{spelling}a");
            assert_eq!(Scan::new(&more).next(), Some((kind, 0..spelling.len())));
        }
    }

    #[test]
    fn tokens_cover_the_text() {
        let text = "\u{feff}int\\u00e4\\u12 x=1e+5.f'a;/*é*/L'\\'' u8\"é\\\"\\\n'' @\0/* é";
        let mut end = 0;
        for (_, range) in Scan::new(text) {
            assert_eq!(range.start, end);
            assert!(!range.is_empty() && text.is_char_boundary(range.end), "{range:?}");
            end = range.end;
        }
        assert_eq!(end, text.len());
    }
}
