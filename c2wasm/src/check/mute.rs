//! `#pragma GCC diagnostic`: which warnings are off, or errors, from where on.
//!
//! Pragmas are read ahead of what is checked, so that they are kept by place, and held against the
//! messages of a unit when it ends.

use super::warnings;
use alloc::vec::Vec;
use wasm_common::diag::{Diagnostic, Severity};
use wasm_common::map::Map;
use wasm_common::source::{FileId, Span};

/// What becomes of a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Ignored,
    Warning,
    Error,
}

/// Fates by the warning's name; the empty one is of all.
type Fates = Map<&'static str, Fate>;

/// The pragmas of a unit.
#[derive(Debug, Default)]
pub struct Mutes {
    now: Fates,
    pushed: Vec<Fates>,
    /// What holds from an offset in a file on, in order.
    changes: Map<FileId, Vec<(u32, Fates)>>,
}

impl Mutes {
    /// Heeds what stands behind `diagnostic`; other words than gcc's mean nothing.
    pub(crate) fn heed(&mut self, words: &[&str], at: Span) {
        match *words {
            ["push"] => self.pushed.push(self.now.clone()),
            ["pop"] => self.now = self.pushed.pop().unwrap_or_default(),
            [fate, option] => {
                let fate = match fate {
                    "ignored" => Fate::Ignored,
                    "warning" => Fate::Warning,
                    "error" => Fate::Error,
                    _ => return,
                };
                let name = option.trim_matches('"').strip_prefix("-W");
                let Some(name) = name.and_then(warnings::pragma_name) else { return };
                self.now.insert(name, fate);
            }
            _ => return,
        }
        let changes = self.changes.entry(at.file()).or_default();
        if changes.last().is_some_and(|last| last.0 > at.start()) {
            // The file is read once more.
            changes.clear();
        }
        changes.push((at.start(), self.now.clone()));
    }

    /// Makes of a message what the pragmas before it say; false if nothing is left of it.
    pub fn judge(&self, diagnostic: &mut Diagnostic) -> bool {
        if diagnostic.severity != Severity::Warning {
            return true;
        }
        let Some(changes) = self.changes.get(&diagnostic.span.file()) else { return true };
        let before = changes.partition_point(|change| change.0 <= diagnostic.span.start());
        let Some((_, fates)) = before.checked_sub(1).map(|last| &changes[last]) else {
            return true;
        };
        match fates.get(diagnostic.warning).or_else(|| fates.get("")) {
            Some(Fate::Ignored) => false,
            Some(Fate::Error) => {
                diagnostic.severity = Severity::Error;
                true
            }
            Some(Fate::Warning) | None => true,
        }
    }
}
