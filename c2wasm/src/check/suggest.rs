//! "Did you mean": the nearest name.

use super::scope::What;
use super::tree::ExprId;
use super::{Checker, codes};
use crate::names::Name;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use wasm_common::source::Span;

/// The candidate closest to `text`, if it is close enough to be a slip.
pub(crate) fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let limit = match text.len() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
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

impl Checker<'_, '_> {
    /// Reports a name that means nothing, once: later uses are silent, and so are names whose
    /// declaration may have been in text that was skipped.
    pub(super) fn undeclared(&mut self, name: Name, span: Span) -> ExprId {
        if self.session.tainted.contains(&name) {
            self.unit.scopes.declare(name, What::Poisoned, span);
            return self.error_node(span);
        }
        let text = self.text(name).to_string();
        let mut error = codes::UNDECLARED.error(span, format!("`{text}` is not declared"));
        if let Some(header) = crate::builtins::header_of(&text) {
            error = error.help(format!("it is a library function: write `#include <{header}>`"));
        } else if let Some(near) = self.nearest_name(&text) {
            error = error.help(format!("did you mean `{near}`?"));
        }
        self.report(error);
        self.unit.scopes.declare(name, What::Poisoned, span);
        self.error_node(span)
    }

    fn nearest_name(&self, text: &str) -> Option<String> {
        let names = &self.session.names;
        let known = self.unit.scopes.names().filter(|m| !matches!(m.what, What::Poisoned));
        let known = known.map(|m| m.name).chain(self.session.prototypes.names());
        nearest(text, known.map(|name| names.text(name)))
    }
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
