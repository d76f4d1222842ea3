//! A command line's words: blanks split, quotes keep together, `*` and `?` match file names.
//!
//! In: what was typed. Out: the words, wildcards expanded against a directory listing that the
//! caller gives. A quoted or escaped wildcard stands for itself.

use alloc::{string::String, vec::Vec};

/// A word, and where a wildcard in it is meant as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Its characters, without quotes.
    pub(super) text: String,
    /// Whether it has a wildcard that is not quoted.
    pub(super) has_wildcard: bool,
}

/// Splits `line`; `Err` names the quote that is not closed.
pub(super) fn split(line: &str) -> Result<Vec<Word>, char> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut quote = None;
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
                inside(&mut word, c);
                word.get_or_insert_default().has_wildcard |= matches!(c, '*' | '?');
            }
        }
    }
    words.extend(word);
    quote.map_or(Ok(words), Err)
}

/// Whether `name` matches `pattern`, in which `*` is any run of characters and `?` any one.
/// Linear in the product of the lengths, without recursion.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(&c) if c == '?' || c == name[n] => {
                p += 1;
                n += 1;
            }
            // A mismatch: let the last star take one character more.
            _ => match &mut star {
                Some((at, taken)) => {
                    *taken += 1;
                    (p, n) = (*at + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
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
        assert!(!split("rm '*.c'").unwrap()[1].has_wildcard);
        assert!(split("rm *.c").unwrap()[1].has_wildcard);
    }

    #[test]
    fn wildcards() {
        assert!(matches("*.c", "bench.c"));
        assert!(matches("b?nch*", "bench.wasm"));
        assert!(!matches("*.c", "bench.cc"));
        assert!(matches("*a*b*", "xxaxxbxx"));
        assert!(matches("*", ""));
        assert!(!matches("?", ""));
    }

    proptest! {
        #[test]
        fn splitting_never_fails_otherwise(line in "\\PC{0,60}") {
            let _ = split(&line);
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
