//! "Did you mean": of many names the one that another is a slip of.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The candidate closest to `text`, if it is close enough to be a slip.
pub fn nearest<'a>(text: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<String> {
    let limit = match text.len() {
        0..=3 => 1,
        4..=7 => 2,
        8..=64 => 3,
        // The time grows with the square.
        _ => return None,
    };
    let close = |c: &&str| c.len().abs_diff(text.len()) <= limit && *c != text;
    let scored = candidates.filter(close).map(|c| (distance(text.as_bytes(), c.as_bytes()), c));
    let best = scored.filter(|&(d, c)| d <= limit && d < c.len()).min_by_key(|&(d, c)| (d, c))?;
    Some(best.1.to_string())
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
        assert_eq!(nearest("pritnf", &mut names.into_iter()).as_deref(), Some("printf"));
        assert_eq!(nearest("coutn", &mut names.into_iter()).as_deref(), Some("count"));
        assert_eq!(nearest("y", &mut names.into_iter()), None);
        assert_eq!(nearest("elephant", &mut names.into_iter()), None);
    }
}
