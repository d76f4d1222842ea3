//! "Did you mean": of many names the one that another is a slip of.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The candidate closest to `text`, if it is close enough to be a slip.
pub fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut nearest = Nearest::to(text);
    candidates.for_each(|candidate| nearest.offer(candidate));
    nearest.best()
}

/// The best of the candidates for `text` so far; of those that are as good, the first in the alphabet.
#[derive(Debug)]
pub struct Nearest<'t> {
    text: &'t str,
    best: Option<(usize, String)>,
}

impl<'t> Nearest<'t> {
    /// No candidate yet.
    pub fn to(text: &'t str) -> Self {
        Self { text, best: None }
    }

    /// Looks at a candidate.
    pub fn offer(&mut self, candidate: &str) {
        let limit = match self.text.len() {
            0..=3 => 1,
            4..=7 => 2,
            8..=64 => 3,
            // The time grows with the square.
            _ => return,
        };
        if candidate.len().abs_diff(self.text.len()) > limit || candidate == self.text {
            return;
        }
        let far = distance(self.text.as_bytes(), candidate.as_bytes());
        let better = self.best.as_ref().is_none_or(|(d, best)| (far, candidate) < (*d, best));
        if far <= limit && far < candidate.len() && better {
            self.best = Some((far, candidate.to_string()));
        }
    }

    /// The best, if it is close enough to be a slip.
    pub fn best(self) -> Option<String> {
        self.best.map(|best| best.1)
    }
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from `a` to `b`.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for j in 0..b.len() {
            let replaced = last[j] + usize::from(a[i] != b[j]);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = core::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["print", "printf", "count", "x"];
        assert_eq!(nearest("pritnf", names.into_iter()).as_deref(), Some("printf"));
        assert_eq!(nearest("coutn", names.into_iter()).as_deref(), Some("count"));
        assert_eq!(nearest("y", names.into_iter()), None);
        assert_eq!(nearest("elephant", names.into_iter()), None);
    }
}
