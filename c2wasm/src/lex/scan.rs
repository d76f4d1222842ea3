//! Where a token ends (C11 6.4). In: text, splices and trigraphs seen through. Out: kinds and ranges
//! that follow one another and cover all of it, blanks and comments too; each is the longest that fits.
//! Identifiers in ASCII are [`Kind::Ident`]; what has other letters is [`Kind::Other`], and who reads that
//! asks whether they are letters.
//!
//! Logos finds out what begins. What its states would only spell out, each at a dozen bytes of flash, is
//! read behind it: which punctuator it is, the rest of a literal, letters that are not ASCII.

use super::Kind;
use core::ops::Range;
use logos::Logos;

/// A token by what it begins with.
#[derive(Logos, Clone, Copy, Debug)]
#[logos(utf8 = false)]
enum Shape {
    #[regex(r"[ \t\r\x0b\x0c]+", |_| Kind::Blank)]
    #[token("//", line_comment)]
    #[token("/*", block_comment)]
    #[token("\n", |_| Kind::Newline)]
    #[regex(r"[A-Za-z_$][A-Za-z0-9_$]*", identifier)]
    #[regex(r"\.?[0-9]([eEpP][+-]|[.A-Za-z0-9_$]|'[A-Za-z0-9_])*", |_| Kind::Number)]
    #[regex(r#"(u8|[uUL])?["']"#, literal)]
    #[regex(r"(?s-u:.)", other, priority = 1)]
    Token(Kind),
}

type Lexer<'t> = logos::Lexer<'t, Shape>;

/// The tokens of a text.
pub(super) struct Scan<'t>(Lexer<'t>);

impl<'t> Scan<'t> {
    /// From the beginning.
    pub(super) fn new(text: &'t str) -> Self {
        Self(Shape::lexer(text.as_bytes()))
    }

    /// Behind the last token that was given.
    pub(super) fn end(&self) -> usize {
        self.0.span().end
    }
}

impl Iterator for Scan<'_> {
    type Item = (Kind, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // Every byte begins something.
        let kind = self.0.next()?.map_or(Kind::Other, |Shape::Token(kind)| kind);
        Some((kind, self.0.span()))
    }
}

/// Up to the end of the line.
fn line_comment(lexer: &mut Lexer<'_>) -> Kind {
    lexer.bump(run(lexer.remainder(), |b| b != b'\n'));
    Kind::Blank
}

/// Past `*/`; without one, everything is the comment.
fn block_comment(lexer: &mut Lexer<'_>) -> Kind {
    let rest = lexer.remainder();
    match rest.windows(2).position(|two| two == b"*/") {
        Some(inside) => {
            lexer.bump(inside + 2);
            Kind::Blank
        }
        None => {
            lexer.bump(rest.len());
            Kind::OpenComment
        }
    }
}

fn run(text: &[u8], of: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|&b| !of(b)).unwrap_or(text.len())
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

/// With letters of another kind behind it, it is none yet.
fn identifier(lexer: &mut Lexer<'_>) -> Kind {
    let rest = lexer.remainder();
    match rest.first() {
        Some(b'\\' | 0x80..) if let length @ 1.. = foreign(rest) => {
            lexer.bump(length);
            Kind::Other
        }
        _ => Kind::Ident,
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

/// The string or character constant whose quote was read: up to where it is closed, or its line ends.
fn literal(lexer: &mut Lexer<'_>) -> Kind {
    let (quote, rest) = (lexer.slice().last().copied(), lexer.remainder());
    let mut end = 0;
    loop {
        match rest.get(end) {
            None | Some(b'\n') => {
                lexer.bump(end);
                return Kind::OpenLiteral;
            }
            Some(b'\\') if !matches!(rest.get(end + 1), None | Some(b'\n')) => end += 2,
            byte if byte == quote.as_ref() => break,
            _ => end += 1,
        }
    }
    lexer.bump(end + 1);
    match quote {
        Some(b'"') => Kind::String,
        _ if end == 0 => Kind::OpenLiteral,
        _ => Kind::Char,
    }
}

/// A punctuator (C11 6.4.6), an identifier in letters of another kind, or what starts no token.
fn other(lexer: &mut Lexer<'_>) -> Kind {
    let (first, rest) = (lexer.slice()[0], lexer.remainder());
    let (kind, more) = match first {
        b'\\' | 0x80.. => {
            // What the first byte began, which is not ASCII or the name of a character.
            let text = &lexer.source()[lexer.span().start..];
            (Kind::Other, foreign(text).saturating_sub(1))
        }
        _ => punctuator(first, rest),
    };
    lexer.bump(more);
    kind
}

/// The punctuator that `first` begins and `rest` goes on with, and how many bytes of that are its own.
fn punctuator(first: u8, rest: &[u8]) -> (Kind, usize) {
    let (second, third) = match *rest {
        [second, third, ..] => (second, third),
        [second] => (second, 0),
        [] => (0, 0),
    };
    match (first, second) {
        (b'.', b'.') if third == b'.' => (Kind::Ellipsis, 2),
        (b'<', b'<') if third == b'=' => (Kind::ShlAssign, 2),
        (b'>', b'>') if third == b'=' => (Kind::ShrAssign, 2),
        (b'%', b':') if rest.starts_with(b":%:") => (Kind::HashHash, 3),
        (b'<', b':') => (Kind::LBracket, 1),
        (b':', b'>') => (Kind::RBracket, 1),
        (b'<', b'%') => (Kind::LBrace, 1),
        (b'%', b'>') => (Kind::RBrace, 1),
        (b'%', b':') => (Kind::Hash, 1),
        (b'#', b'#') => (Kind::HashHash, 1),
        (b'-', b'>') => (Kind::Arrow, 1),
        (b'+', b'+') => (Kind::PlusPlus, 1),
        (b'-', b'-') => (Kind::MinusMinus, 1),
        (b'<', b'<') => (Kind::Shl, 1),
        (b'>', b'>') => (Kind::Shr, 1),
        (b'&', b'&') => (Kind::AndAnd, 1),
        (b'|', b'|') => (Kind::OrOr, 1),
        (b':', b':') => (Kind::ColonColon, 1),
        (_, b'=') if let Some(kind) = assignment(first) => (kind, 1),
        _ => (single(first), 0),
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
