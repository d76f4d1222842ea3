//! A command line's words: blanks split, quotes keep together, `*` and `?` match file names.
//!
//! In: what was typed. Out: the words, wildcards expanded against a directory listing that the
//! caller gives. A quoted or escaped wildcard stands for itself.

use alloc::{string::String, vec::Vec};

/// A word, and where wildcards in it are meant as such.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Its characters, without quotes.
    pub(super) text: String,
    /// The offsets of its wildcards that are not quoted.
    wild: Vec<usize>,
}

/// One of what a name must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// This character.
    Char(char),
    /// Any character: `?`.
    One,
    /// Any characters: `*`.
    Run,
}

impl Word {
    pub(super) fn has_wildcard(&self) -> bool {
        !self.wild.is_empty()
    }

    /// The pattern that the word is from `start` on.
    pub(super) fn pattern(&self, start: usize) -> Vec<Piece> {
        let piece = |(at, c): (usize, char)| match c {
            '*' if self.wild.contains(&(start + at)) => Piece::Run,
            '?' if self.wild.contains(&(start + at)) => Piece::One,
            _ => Piece::Char(c),
        };
        self.text[start..].char_indices().map(piece).collect()
    }
}

/// What of a line was split: words, one that may go on, and the quote that it is in.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) words: Vec<Word>,
    pub(super) last: Option<Word>,
    pub(super) quote: Option<char>,
}

/// Splits `line`, which may end anywhere.
pub(super) fn split_part(line: &str) -> Split {
    let Split { mut words, last: mut word, mut quote } = Split::default();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let inside = |word: &mut Option<Word>, c| word.get_or_insert_default().text.push(c);
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some('\''), _) => inside(&mut word, c),
            (_, '\\') => inside(&mut word, chars.next().unwrap_or('\\')),
            (Some(_), _) => inside(&mut word, c),
            (None, '"' | '\'') => {
                word.get_or_insert_default();
                quote = Some(c);
            }
            (None, _) if c.is_whitespace() => words.extend(word.take()),
            (None, _) => {
                let word = word.get_or_insert_default();
                if matches!(c, '*' | '?') {
                    word.wild.push(word.text.len());
                }
                word.text.push(c);
            }
        }
    }
    Split { words, last: word, quote }
}

/// Splits a whole line; `Err` names the quote that is not closed.
pub(super) fn split(line: &str) -> Result<Vec<Word>, char> {
    let Split { mut words, last, quote } = split_part(line);
    words.extend(last);
    quote.map_or(Ok(words), Err)
}

/// `text` so that it stands for itself behind what opened `quote`, or outside quotes.
pub(super) fn quoted(text: &str, quote: Option<char>) -> String {
    let mut quoted = String::new();
    for c in text.chars() {
        let special = match quote {
            Some('\'') => false,
            Some(_) => matches!(c, '"' | '\\'),
            None => c.is_whitespace() || matches!(c, '"' | '\'' | '\\' | '*' | '?'),
        };
        quoted.extend(special.then_some('\\'));
        quoted.push(c);
    }
    quoted
}

/// Whether `name` matches `pattern`. Linear in the product of the lengths, without recursion.
pub(super) fn matches(pattern: &[Piece], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let (mut p, mut n) = (0, 0);
    let mut run: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(Piece::Run) => {
                run = Some((p, n));
                p += 1;
            }
            Some(&piece) if piece == Piece::One || piece == Piece::Char(name[n]) => {
                p += 1;
                n += 1;
            }
            // A mismatch: let the last run take one character more.
            _ => match &mut run {
                Some((at, taken)) => {
                    *taken += 1;
                    (p, n) = (*at + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&piece| piece == Piece::Run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(line: &str) -> Vec<String> {
        split(line).unwrap().into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn quotes_and_escapes_keep_blanks() {
        assert_eq!(texts(r#"  cp "a b" 'c "d' e\ f "" "#), ["cp", "a b", "c \"d", "e f", ""]);
        assert_eq!(split("echo \"open"), Err('"'));
        assert!(!split("rm '*.c'").unwrap()[1].has_wildcard());
        assert!(split("rm *.c").unwrap()[1].has_wildcard());
    }

    /// Whether the word `pattern` matches `name`.
    fn matches(pattern: &str, name: &str) -> bool {
        super::matches(&split(pattern).unwrap()[0].pattern(0), name)
    }

    #[test]
    fn a_quoted_wildcard_is_a_character() {
        assert!(matches(r#""a*"?"#, "a*1"));
        assert!(!matches(r#""a*"?"#, "ab1"));
        assert!(matches(r"\?*", "?x") && !matches(r"\?*", "ax"));
    }

    #[test]
    fn wildcards() {
        assert!(matches("*.c", "bench.c"));
        assert!(matches("b?nch*", "bench.wasm"));
        assert!(!matches("*.c", "bench.cc"));
        assert!(matches("*a*b*", "xxaxxbxx"));
        assert!(super::matches(&[Piece::Run], ""));
        assert!(!super::matches(&[Piece::One], ""));
    }

    proptest! {
        #[test]
        fn splitting_never_fails_otherwise(line in "\\PC{0,60}") {
            let _ = split(&line);
        }

        #[test]
        fn what_is_quoted_stands_for_itself(text in "\\PC{1,12}", quote in 0..3) {
            let quote = [None, Some('"'), Some('\'')][quote as usize];
            prop_assume!(quote != Some('\'') || !text.contains('\''));
            let mark = quote.map(String::from).unwrap_or_default();
            let words = split(&(mark.clone() + &quoted(&text, quote) + &mark)).unwrap();
            prop_assert_eq!(words.len(), 1);
            prop_assert_eq!((&words[0].text, words[0].has_wildcard()), (&text, false));
        }

        #[test]
        fn a_name_matches_itself_and_its_prefix_with_a_star(name in "[a-z.]{1,12}", cut in 0usize..12) {
            let cut = cut.min(name.len());
            prop_assert!(matches(&name, &name));
            let pattern = alloc::format!("{}*", &name[..cut]);
            prop_assert!(matches(&pattern, &name));
        }
    }
}
