//! The shapes of tokens, before anybody asks what a word means. In: the rest of a line. Out: the longest
//! shape that it begins with.

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

/// The shape, and its length; `text` begins with no blank and is not empty.
pub(super) fn shape(text: &str) -> (Raw, usize) {
    let bytes = text.as_bytes();
    let one = |raw| (raw, 1);
    match bytes[0] {
        b'\'' => (Raw::Comment, text.len()),
        b'_' => underscore(bytes),
        b'A'..=b'Z' | b'a'..=b'z' => (Raw::Word, word(bytes)),
        b'0'..=b'9' | b'.' | b'&' => number(bytes),
        b'<' | b'>' | b'=' => relation(bytes),
        b'"' => one(Raw::Quote),
        b'(' | b'[' => one(Raw::Open),
        b')' | b']' => one(Raw::Close),
        b',' => one(Raw::Comma),
        b';' => one(Raw::Semicolon),
        b':' => one(Raw::Colon),
        b'?' => one(Raw::Question),
        b'#' => one(Raw::Hash),
        b'+' => one(Raw::Plus),
        b'-' => one(Raw::Minus),
        b'*' => one(Raw::Star),
        b'/' => one(Raw::Slash),
        b'\\' => one(Raw::Backslash),
        b'^' => one(Raw::Caret),
        _ => (Raw::Stray, text.chars().next().map_or(1, char::len_utf8)),
    }
}

/// How many bytes at the beginning are of a class.
fn run(bytes: &[u8], class: fn(u8) -> bool) -> usize {
    bytes.iter().position(|&b| !class(b)).unwrap_or(bytes.len())
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

fn is_digit(b: u8) -> bool {
    b.is_ascii_digit()
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t')
}

/// Length of the suffix that the bytes behind a name or number begin with: `&&`, or one of `suffixes`.
fn suffix(bytes: &[u8], suffixes: &[u8]) -> usize {
    match bytes {
        [b'&', b'&', ..] => 2,
        [first, ..] if suffixes.contains(first) => 1,
        _ => 0,
    }
}

/// Words joined by dots, and a suffix.
fn word(bytes: &[u8]) -> usize {
    let mut end = run(bytes, is_word);
    while let [b'.', next, ..] = bytes[end..]
        && is_word(next)
    {
        end += 1 + run(&bytes[end + 1..], is_word);
    }
    end + suffix(&bytes[end..], b"%&!#$")
}

/// `_` may begin a word, and at the end of a line it continues that.
fn underscore(bytes: &[u8]) -> (Raw, usize) {
    let word = word(bytes);
    let mark = 1 + run(&bytes[1..], is_space);
    if word > mark {
        (Raw::Word, word)
    } else if mark == bytes.len() {
        (Raw::Underscore, mark)
    } else {
        (Raw::Stray, mark)
    }
}

/// What begins with a digit, a dot or `&`.
fn number(bytes: &[u8]) -> (Raw, usize) {
    if let [b'&', b'h' | b'H' | b'o' | b'O', ..] | [b'0', b'x' | b'X', ..] = bytes {
        let digits = run(&bytes[2..], |b| b.is_ascii_hexdigit());
        if digits > 0 {
            let end = 2 + digits;
            return (Raw::Radix, end + suffix(&bytes[end..], b"%&"));
        }
    }
    if bytes[0] == b'&' {
        let digits = run(&bytes[1..], |b| matches!(b, b'0'..=b'7'));
        return if digits > 0 { (Raw::Radix, 1 + digits) } else { (Raw::Stray, 1) };
    }
    let mut end = run(bytes, is_digit);
    if bytes.get(end) == Some(&b'.') {
        let digits = run(&bytes[end + 1..], is_digit);
        if end + digits == 0 {
            return (Raw::Dot, 1);
        }
        end += 1 + digits;
    }
    end += exponent(&bytes[end..]);
    (Raw::Number, end + suffix(&bytes[end..], b"%&!#"))
}

/// Length of `E+10` or `D5`, or 0.
fn exponent(bytes: &[u8]) -> usize {
    let sign = match bytes {
        [b'e' | b'E' | b'd' | b'D', b'+' | b'-', ..] => 2,
        [b'e' | b'E' | b'd' | b'D', ..] => 1,
        _ => return 0,
    };
    match run(&bytes[sign..], is_digit) {
        0 => 0,
        digits => sign + digits,
    }
}

fn relation(bytes: &[u8]) -> (Raw, usize) {
    let second = 1 + run(&bytes[1..], is_space);
    let raw = match (bytes[0], bytes.get(second)) {
        (b'<', Some(b'>')) | (b'>', Some(b'<')) => Raw::Ne,
        (b'<', Some(b'=')) | (b'=', Some(b'<')) => Raw::Le,
        (b'>', Some(b'=')) | (b'=', Some(b'>')) => Raw::Ge,
        (b'<', _) => return (Raw::Lt, 1),
        (b'>', _) => return (Raw::Gt, 1),
        _ => return (Raw::Eq, 1),
    };
    (raw, second + 1)
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
