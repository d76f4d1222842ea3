//! The files that a storage has open.

use super::{Entry, Failed, FileId, path};
use alloc::{string::String, vec::Vec};

/// What is open, by number, each with its path (as [`path::below_root`] gives it).
#[derive(Clone, Debug)]
pub struct Handles<T>(Vec<Option<(String, T)>>);

impl<T> Default for Handles<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Handles<T> {
    /// Nothing.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The lowest number that is free.
    pub fn add(&mut self, path: String, file: T) -> FileId {
        let free = self.0.iter().position(Option::is_none);
        let slot = free.unwrap_or_else(|| {
            self.0.push(None);
            self.0.len() - 1
        });
        self.0[slot] = Some((path, file));
        slot as FileId
    }

    /// Path and file of a number.
    ///
    /// # Errors
    /// If nothing is open by it.
    pub fn get(&mut self, file: FileId) -> Result<&mut (String, T), Failed> {
        self.0.get_mut(file as usize).and_then(Option::as_mut).ok_or(Failed)
    }

    /// The number is free again.
    pub fn close(&mut self, file: FileId) {
        if let Some(slot) = self.0.get_mut(file as usize) {
            *slot = None;
        }
    }

    /// Whether `from`, a directory or not, can get the name `to`, at which `there` was found: only a
    /// file goes for it, and only for a file, and nothing that is open moves.
    ///
    /// # Errors
    /// If it cannot.
    pub fn check_rename(
        &self,
        (from, is_dir): (&str, bool),
        (to, there): (&str, Result<Entry, Failed>),
    ) -> Result<(), Failed> {
        let taken = there.is_ok_and(|there| there.is_dir || is_dir);
        if taken || self.hold(from) || self.hold(to) { Err(Failed) } else { Ok(()) }
    }

    /// Whether the file at `path`, or one in the directory there, is open.
    pub fn hold(&self, path: &str) -> bool {
        self.0.iter().flatten().any(|(open, _)| path::is_within(open, path))
    }
}
