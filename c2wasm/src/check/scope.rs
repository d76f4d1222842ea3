//! Scopes and name spaces (C11 6.2.1, 6.2.3).
//!
//! Each name's innermost meaning is found by its number; a scope remembers what it hid. Labels
//! and members have name spaces of their own elsewhere.

use super::tree::{EntityId, LocalId};
use crate::names::Name;
use crate::types::{QTy, Ty};
use alloc::vec::Vec;
use wasm_common::{frugal, map::Map, source::Span};

/// What an ordinary identifier means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// The name.
    pub name: Name,
    /// What.
    pub what: What,
    /// Where it was declared.
    pub span: Span,
    /// How many scopes are around it: 0 is the file.
    pub depth: u32,
}

/// The kinds of ordinary identifier.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// A local variable.
    Local(LocalId),
    /// A static object or a function.
    Entity(EntityId),
    /// A typedef, with the alignment that its attributes ask for, or 0.
    Typedef(QTy, u32),
    /// A constant of an enumeration.
    Constant(u64, Ty),
    /// Declared with an error; uses are not reported again.
    Poisoned,
}

/// What a tag means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    /// The record or enumeration.
    pub ty: Ty,
    /// How many scopes are around it.
    pub depth: u32,
}

/// All names in force.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    ordinary: Table<Meaning>,
    /// Few names are tags.
    tags: Map<Name, Option<Tag>>,
    hidden: Vec<Hidden>,
    /// Length of `hidden` at the start of each scope but the file's.
    starts: Vec<usize>,
}

#[derive(Debug)]
enum Hidden {
    Ordinary(Name, Option<Meaning>),
    Tag(Name, Option<Tag>),
}

impl Scopes {
    /// How many scopes are open besides the file's.
    pub(super) fn depth(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Opens a scope.
    pub(super) fn enter(&mut self) {
        self.starts.push(self.hidden.len());
    }

    /// Closes the innermost scope, and calls `gone` for each ordinary name declared in it.
    pub(super) fn leave(&mut self, mut gone: impl FnMut(Name, Meaning)) {
        let start = self.starts.pop().unwrap_or(0);
        for hidden in self.hidden.drain(start..).rev() {
            match hidden {
                Hidden::Ordinary(name, before) => {
                    let now = core::mem::replace(self.ordinary.slot(name), before);
                    if let Some(meaning) = now {
                        gone(name, meaning);
                    }
                }
                Hidden::Tag(name, before) => {
                    self.tags.insert(name, before);
                }
            }
        }
    }

    /// Pretends that only the file's scope is open, until [`Self::resume`]: what is declared
    /// meanwhile belongs to the file.
    pub(super) fn suspend(&mut self) -> Vec<usize> {
        core::mem::take(&mut self.starts)
    }

    /// Opens the scopes again that [`Self::suspend`] gave.
    pub(super) fn resume(&mut self, starts: Vec<usize>) {
        self.starts = starts;
    }

    /// What `name` means here.
    pub(super) fn find(&self, name: Name) -> Option<Meaning> {
        self.ordinary.get(name)
    }

    /// What `name` means if it was declared in the innermost scope.
    pub(super) fn find_here(&self, name: Name) -> Option<Meaning> {
        self.find(name).filter(|meaning| meaning.depth == self.depth())
    }

    /// Declares `name` in the innermost scope.
    pub(super) fn declare(&mut self, name: Name, what: What, span: Span) {
        let meaning = Some(Meaning { name, what, span, depth: self.depth() });
        let slot = self.ordinary.slot(name);
        if self.starts.is_empty() && slot.is_some_and(|inner| inner.depth > 0) {
            // Suspended, and an inner declaration hides the file's: that comes back later.
            self.set_hidden(name, meaning);
            return;
        }
        let before = core::mem::replace(slot, meaning);
        if !self.starts.is_empty() {
            self.hidden.push(Hidden::Ordinary(name, before));
        }
    }

    /// Changes what the outermost declaration that hides `name` hides.
    fn set_hidden(&mut self, name: Name, meaning: Option<Meaning>) {
        for hidden in &mut self.hidden {
            if let Hidden::Ordinary(hider, before) = hidden
                && *hider == name
            {
                *before = meaning;
                return;
            }
        }
    }

    /// Declares `name` in the file's scope if nothing hides it.
    pub(super) fn declare_in_file(&mut self, name: Name, what: What, span: Span) {
        let slot = self.ordinary.slot(name);
        if slot.is_none() {
            *slot = Some(Meaning { name, what, span, depth: 0 });
        }
    }

    /// What the tag `name` means here.
    pub(super) fn find_tag(&self, name: Name) -> Option<Tag> {
        self.tags.get(&name).copied().flatten()
    }

    /// What the tag `name` means if it was declared in the innermost scope.
    pub(super) fn find_tag_here(&self, name: Name) -> Option<Tag> {
        self.find_tag(name).filter(|tag| tag.depth == self.depth())
    }

    /// Declares a tag in the innermost scope.
    pub(super) fn declare_tag(&mut self, name: Name, ty: Ty) {
        let tag = Some(Tag { ty, depth: self.depth() });
        let before = self.tags.swap(name, Some(tag)).flatten();
        if !self.starts.is_empty() {
            self.hidden.push(Hidden::Tag(name, before));
        }
    }

    /// Every ordinary name in force, for suggestions.
    pub(super) fn names(&self) -> impl Iterator<Item = &Meaning> {
        self.ordinary.entries.iter().flatten()
    }
}

/// What names mean now in one name space. Most names mean nothing there, so that a meaning is
/// found through a small index.
#[derive(Debug)]
struct Table<T> {
    /// By [`Name::index`]: the place in `entries` plus 1, or 0.
    index: Vec<u32>,
    /// Of every name that ever had a meaning.
    entries: Vec<Option<T>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { index: Vec::new(), entries: Vec::new() }
    }
}

impl<T: Copy> Table<T> {
    fn get(&self, name: Name) -> Option<T> {
        let entry = self.index.get(name.index())?.checked_sub(1)?;
        self.entries[entry as usize]
    }

    fn slot(&mut self, name: Name) -> &mut Option<T> {
        frugal::lengthen(&mut self.index, name.index() + 1, 0);
        let entry = &mut self.index[name.index()];
        if *entry == 0 {
            frugal::push(&mut self.entries, None);
            *entry = self.entries.len() as u32;
        }
        &mut self.entries[*entry as usize - 1]
    }
}
