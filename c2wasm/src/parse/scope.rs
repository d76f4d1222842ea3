//! Which names are typedefs where: the one thing that C's grammar must know of declarations.

use crate::names::Name;
use alloc::vec::Vec;
use wasm_common::frugal;

/// The typedef names in force, by scope.
#[derive(Clone, Debug, Default)]
pub(super) struct Typedefs {
    /// By [`Name::index`]: what is known of it, of [`TYPEDEF`] and [`DECLARED`].
    facts: Vec<u8>,
    /// What inner scopes changed, to be undone at their end.
    changes: Vec<(Name, bool)>,
}

/// It means a type here.
const TYPEDEF: u8 = 1;
/// It was declared somewhere before, as anything.
const DECLARED: u8 = 2;

/// A scope's beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScopeMark(usize);

impl Typedefs {
    /// Whether `name` means a type here.
    pub(super) fn contains(&self, name: Name) -> bool {
        self.has(name, TYPEDEF)
    }

    fn has(&self, name: Name, fact: u8) -> bool {
        self.facts.get(name.index()).is_some_and(|facts| facts & fact != 0)
    }

    fn set_typedef(&mut self, name: Name, is_typedef: bool) {
        let facts = &mut self.facts[name.index()];
        *facts = *facts & !TYPEDEF | if is_typedef { TYPEDEF } else { 0 };
    }

    /// Begins a scope.
    pub(super) fn open(&self) -> ScopeMark {
        ScopeMark(self.changes.len())
    }

    /// Ends the scope begun at `mark`, and any inside it.
    pub(super) fn close(&mut self, mark: ScopeMark) {
        while self.changes.len() > mark.0
            && let Some((name, before)) = self.changes.pop()
        {
            self.set_typedef(name, before);
        }
    }

    /// From here to the end of the scope `name` is a typedef, or something else.
    pub(super) fn declare(&mut self, name: Name, is_typedef: bool) {
        frugal::lengthen(&mut self.facts, name.index() + 1, 0);
        self.facts[name.index()] |= DECLARED;
        let before = self.contains(name);
        if before == is_typedef {
            return;
        }
        self.set_typedef(name, is_typedef);
        self.changes.push((name, before));
    }

    /// Whether anything of this name was declared before, in whatever scope.
    pub(super) fn declared(&self, name: Name) -> bool {
        self.has(name, DECLARED)
    }

    /// All declarations so far are of file scope: nothing will undo them.
    pub(super) fn settle(&mut self) {
        self.changes.clear();
    }

    /// The typedef names in force.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.facts.iter().enumerate().filter(|one| one.1 & TYPEDEF != 0).map(|one| one.0)
    }
}
