//! The shapes of tokens, before anybody asks what a word means. In: the rest of a line. Out: the longest
//! shape that it begins with. Logos tells the words and numbers apart; what is one character, or two with
//! blanks between, would only be more of its states, each at a dozen bytes of flash, and is looked at behind it.

use logos::Logos;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raw {
    /// `'` and all behind it.
    Comment,
    /// `_` and blanks at the end of the line, which continue it.
    Underscore,
    /// With the suffix of its type, as numbers have theirs.
    Word,
    Number,
    /// `&H1F`, `&O17`, `0x1F`, `&17`.
    Radix,
    /// Where a string ends depends on the dialect, so the scanner finds it.
    Quote,
    Open,
    Close,
    Comma,
    Semicolon,
    Colon,
    Question,
    Hash,
    Dot,
    Plus,
    Minus,
    Star,
    Slash,
    Backslash,
    Caret,
    Eq,
    /// This and the other two that are written with two characters may have blanks between them.
    Ne,
    Lt,
    Gt,
    Le,
    Ge,
    /// Nothing begins so.
    Stray,
}

/// How many blanks stand at the beginning.
pub(super) fn blanks(text: &str) -> usize {
    run(text.as_bytes(), |b| matches!(b, b' ' | b'\t' | b'\r' | 0x0c))
}

/// A shape by what it begins with.
#[derive(Logos, Clone, Copy, Debug)]
#[logos(utf8 = false)]
enum Shape {
    #[token("'", comment)]
    #[regex(r"_[ \t]*", underscore, priority = 20)]
    #[regex(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*(&&|[%&!#$])?", |_| Raw::Word)]
    #[regex(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eEdD][+-]?[0-9]+)?(&&|[%&!#])?", |_| Raw::Number)]
    #[regex(r"(&[hHoO]|0[xX])[0-9A-Fa-f]+(&&|[%&])?", |_| Raw::Radix, priority = 10)]
    #[regex(r"&[0-7]+", |_| Raw::Radix, priority = 10)]
    #[regex(r"[<>=]", relation)]
    #[regex(r"(?s-u:.)", other, priority = 1)]
    Token(Raw),
}

type Lexer<'t> = logos::Lexer<'t, Shape>;

/// The shape, and its length; `text` begins with no blank and is not empty.
pub(super) fn shape(text: &str) -> (Raw, usize) {
    let mut lexer = Shape::lexer(text.as_bytes());
    let found = lexer.next().and_then(Result::ok);
    (found.map_or(Raw::Stray, |Shape::Token(raw)| raw), lexer.span().end)
}

/// How many bytes at the beginning are of a class.
fn run(bytes: &[u8], class: fn(u8) -> bool) -> usize {
    bytes.iter().position(|&b| !class(b)).unwrap_or(bytes.len())
}

fn comment(lexer: &mut Lexer<'_>) -> Raw {
    lexer.bump(lexer.remainder().len());
    Raw::Comment
}

/// `_` continues a line only at its end.
fn underscore(lexer: &mut Lexer<'_>) -> Raw {
    if lexer.remainder().is_empty() { Raw::Underscore } else { Raw::Stray }
}

fn relation(lexer: &mut Lexer<'_>) -> Raw {
    let (first, rest) = (lexer.slice()[0], lexer.remainder());
    let blanks = run(rest, |b| matches!(b, b' ' | b'\t'));
    let raw = match (first, rest.get(blanks)) {
        (b'<', Some(b'>')) | (b'>', Some(b'<')) => Raw::Ne,
        (b'<', Some(b'=')) | (b'=', Some(b'<')) => Raw::Le,
        (b'>', Some(b'=')) | (b'=', Some(b'>')) => Raw::Ge,
        (b'<', _) => return Raw::Lt,
        (b'>', _) => return Raw::Gt,
        _ => return Raw::Eq,
    };
    lexer.bump(blanks + 1);
    raw
}

fn other(lexer: &mut Lexer<'_>) -> Raw {
    match lexer.slice()[0] {
        b'"' => Raw::Quote,
        b'(' | b'[' => Raw::Open,
        b')' | b']' => Raw::Close,
        b',' => Raw::Comma,
        b';' => Raw::Semicolon,
        b':' => Raw::Colon,
        b'?' => Raw::Question,
        b'#' => Raw::Hash,
        b'.' => Raw::Dot,
        b'+' => Raw::Plus,
        b'-' => Raw::Minus,
        b'*' => Raw::Star,
        b'/' => Raw::Slash,
        b'\\' => Raw::Backslash,
        b'^' => Raw::Caret,
        _ => {
            // The rest of a character that is not ASCII.
            lexer.bump(run(lexer.remainder(), |b| matches!(b, 0x80..0xc0)));
            Raw::Stray
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shapes of a line, with their texts.
    fn shapes(line: &str) -> alloc::string::String {
        let (mut out, mut at) = (alloc::string::String::new(), blanks(line));
        while at < line.len() {
            let (raw, length) = shape(&line[at..]);
            out += &alloc::format!("{raw:?}({}) ", &line[at..at + length]);
            at += length;
            at += blanks(&line[at..]);
        }
        out
    }

    #[test]
    fn words_have_dots_and_suffixes() {
        assert_eq!(shapes("a.b_1&& c. d$"), "Word(a.b_1&&) Word(c) Dot(.) Word(d$) ");
        assert_eq!(shapes("_x _% _ y _  "), "Word(_x) Word(_%) Stray(_ ) Word(y) Underscore(_  ) ");
    }

    #[test]
    fn numbers() {
        assert_eq!(
            shapes("1.5E+3# .5 1e 2.&& 7."),
            "Number(1.5E+3#) Number(.5) Number(1) Word(e) Number(2.&&) Number(7.) "
        );
        assert_eq!(
            shapes("&H1F& 0x &o7 &178 &9"),
            "Radix(&H1F&) Number(0) Word(x) Radix(&o7) Radix(&17) Number(8) Stray(&) Number(9) "
        );
    }

    #[test]
    fn relations_may_have_blanks_inside() {
        assert_eq!(
            shapes("a< >b= <c>=d < 1"),
            "Word(a) Ne(< >) Word(b) Le(= <) Word(c) Ge(>=) Word(d) Lt(<) Number(1) "
        );
    }

    #[test]
    fn what_begins_nothing_is_one_character() {
        assert_eq!(shapes("é@'x"), "Stray(é) Stray(@) Comment('x) ");
    }
}
