//! The lines typed before.

use alloc::{collections::VecDeque, string::String};

/// Lines kept.
const DEPTH: usize = 32;

/// Earlier lines, oldest first.
#[derive(Debug, Default)]
pub(super) struct History {
    lines: VecDeque<String>,
}

impl History {
    /// Remembers a line, unless it is blank or the same as the last.
    pub(super) fn add(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() || self.get(1) == Some(line) {
            return;
        }
        if self.lines.len() == DEPTH {
            self.lines.pop_front();
        }
        self.lines.push_back(String::from(line));
    }

    /// The line `age` back: 1 is the newest.
    pub(super) fn get(&self, age: usize) -> Option<&str> {
        let index = self.lines.len().checked_sub(age)?;
        self.lines.get(index).map(String::as_str)
    }

    /// Oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_newest_without_repeats() {
        let mut history = History::default();
        for n in 0..40 {
            history.add(&alloc::format!("line {n}"));
            history.add(&alloc::format!("line {n}"));
        }
        history.add("   ");
        assert_eq!(history.iter().count(), DEPTH);
        assert_eq!(history.get(1), Some("line 39"));
        assert_eq!(history.get(DEPTH), Some("line 8"));
        assert_eq!(history.get(DEPTH + 1), None);
        assert_eq!(history.get(0), None);
    }
}
