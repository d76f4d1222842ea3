//! The interner: every spelling of a compilation once.
//!
//! In: identifiers, numbers and literals as written. Out: [`Name`]s, four bytes each, that
//! compare as integers. A `Name` is only meaningful to the [`Names`] that made it.

use alloc::{string::String, vec, vec::Vec};
use wasm_common::frugal::{self, hash};

/// A spelling in a [`Names`] table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Name(u32);

impl Name {
    /// The empty spelling, the first of every table.
    pub const EMPTY: Self = Self(0);

    /// Position in the table: dense, so it can index side tables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All spellings, in one buffer, found again by an open-addressed hash table.
#[derive(Clone, Debug)]
pub struct Names {
    text: String,
    /// End of each spelling in `text`.
    ends: Vec<u32>,
    /// Name + 1, or 0; the length is a power of two and at most half of it is used.
    slots: Vec<u32>,
}

impl Default for Names {
    fn default() -> Self {
        Self::new()
    }
}

impl Names {
    /// A table with the empty spelling only.
    pub fn new() -> Self {
        let mut names = Self { text: String::new(), ends: Vec::new(), slots: vec![0; 256] };
        names.intern("");
        names
    }

    /// The name of `text`, new or known.
    pub fn intern(&mut self, text: &str) -> Name {
        let slot = self.slot_of(text, hash(text));
        if let Some(known) = self.slots[slot].checked_sub(1) {
            return Name(known);
        }
        let name = self.ends.len() as u32;
        if self.text.len() + text.len() > self.text.capacity() {
            self.text.reserve_exact(self.text.len() / 4 + text.len() + 256);
        }
        self.text.push_str(text);
        frugal::push(&mut self.ends, self.text.len() as u32);
        self.slots[slot] = name + 1;
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        Name(name)
    }

    /// The name of `text` if it has one.
    pub fn lookup(&self, text: &str) -> Option<Name> {
        self.lookup_hashed(text, hash(text))
    }

    /// The same, for who knows the [`hash`] of `text`.
    pub(crate) fn lookup_hashed(&self, text: &str, hash: u32) -> Option<Name> {
        self.slots[self.slot_of(text, hash)].checked_sub(1).map(Name)
    }

    /// The spelling of `name`.
    pub fn text(&self, name: Name) -> &str {
        self.text_at(name.index())
    }

    /// The name with this [`Name::index`], which must be below [`Self::len`].
    pub fn name_at(&self, index: usize) -> Name {
        debug_assert!(index < self.len(), "{index} names nothing");
        Name(index as u32)
    }

    /// The spelling of the name with this [`Name::index`].
    pub fn text_at(&self, index: usize) -> &str {
        let end = self.ends[index] as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..end]
    }

    /// How many spellings there are; every [`Name::index`] is below it.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never: the empty spelling is always there.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The slot that holds `text`, or the free one where it belongs.
    fn slot_of(&self, text: &str, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(known) = self.slots[slot].checked_sub(1) {
            if self.text(Name(known)) == text {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots = vec![0; mask + 1];
        for name in 0..self.ends.len() as u32 {
            let mut slot = hash(self.text(Name(name))) as usize & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = name + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn names_are_dense_and_stable() {
        let mut names = Names::new();
        assert_eq!(names.intern(""), Name::EMPTY);
        let all: Vec<Name> = (0..1000).map(|i| names.intern(&format!("name{i}"))).collect();
        for (i, &name) in all.iter().enumerate() {
            assert_eq!(names.text(name), format!("name{i}"));
            assert_eq!(names.intern(&format!("name{i}")), name);
            assert_eq!(name.index(), i + 1);
        }
        assert_eq!(names.lookup("absent"), None);
    }
}
