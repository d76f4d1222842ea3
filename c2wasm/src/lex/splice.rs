//! Line splices: translation phases 1 and 2 (C11 5.1.1.2).
//!
//! In: a file's text. Out: the text without backslash-newlines, and where they were, so that
//! offsets map back. Most files have none and are lexed in place.

use alloc::{string::String, vec::Vec};

/// A text with its splices taken out.
#[derive(Clone, Debug)]
pub(super) struct Spliced {
    pub(super) text: String,
    /// For each splice, where it was in `text`, and bytes removed up to and including it.
    cuts: Vec<(u32, u32)>,
}

impl Spliced {
    /// The text without splices (and with trigraphs replaced if asked), `None` if nothing changes.
    pub(super) fn new(source: &str, trigraphs: bool) -> Option<Self> {
        let mut spliced = Self { text: String::new(), cuts: Vec::new() };
        let mut copied = 0;
        let mut at = 0;
        let candidate = |text: &str| {
            // One character is looked for much faster than two.
            if trigraphs { text.find(['\\', '?']) } else { text.find('\\') }
        };
        while let Some(found) = candidate(&source[at..]) {
            at += found;
            let rest = &source[at..];
            let (length, by) = match (splice_len(rest, trigraphs), trigraph(rest)) {
                (Some(length), _) => (length, None),
                (None, Some(c)) if trigraphs => (3, Some(c)),
                _ => {
                    at += 1;
                    continue;
                }
            };
            spliced.text.push_str(&source[copied..at]);
            spliced.cut(length, by);
            at += length;
            copied = at;
        }
        if spliced.cuts.is_empty() {
            return None;
        }
        spliced.text.push_str(&source[copied..]);
        Some(spliced)
    }

    /// `length` bytes of the source are left out at the end of `text`, `by` stands for them.
    fn cut(&mut self, length: usize, by: Option<char>) {
        self.text.extend(by);
        let removed = self.cuts.last().map_or(0, |cut| cut.1) + length as u32;
        let removed = removed - by.map_or(0, char::len_utf8) as u32;
        self.cuts.push((self.text.len() as u32, removed));
    }

    /// Where byte `offset` of the spliced text is in the source.
    pub(super) fn source_offset(&self, offset: usize) -> usize {
        let before = self.cuts.partition_point(|cut| cut.0 as usize <= offset);
        offset + before.checked_sub(1).map_or(0, |last| self.cuts[last].1 as usize)
    }
}

/// Length of a backslash, blanks (as gcc allows) and the newline at the start of `text`.
fn splice_len(text: &str, trigraphs: bool) -> Option<usize> {
    let trigraph = if trigraphs { text.strip_prefix("??/") } else { None };
    let rest = text.strip_prefix('\\').or(trigraph)?;
    let line = rest.trim_start_matches([' ', '\t', '\r', '\x0b', '\x0c']);
    line.starts_with('\n').then(|| text.len() - line.len() + 1)
}

/// The character of a trigraph at the start of `text` (C11 5.2.1.1).
fn trigraph(text: &str) -> Option<char> {
    let third = text.strip_prefix("??")?.chars().next()?;
    let (_, character) = [
        ('=', '#'),
        ('(', '['),
        ('/', '\\'),
        (')', ']'),
        ('\'', '^'),
        ('<', '{'),
        ('!', '|'),
        ('>', '}'),
        ('-', '~'),
    ]
    .into_iter()
    .find(|pair| pair.0 == third)?;
    Some(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_map_back() {
        let source = "ab\\\ncd\\ \n\\\nef";
        let spliced = Spliced::new(source, false).unwrap();
        assert_eq!(spliced.text, "abcdef");
        for (offset, byte) in spliced.text.bytes().enumerate() {
            assert_eq!(source.as_bytes()[spliced.source_offset(offset)], byte);
        }
    }

    #[test]
    fn trigraphs_only_on_request() {
        assert!(Spliced::new("x ??= y", false).is_none());
        let spliced = Spliced::new("??=define a ??/\nb ??!", true).unwrap();
        assert_eq!(spliced.text, "#define a b |");
    }
}
