//! Which names are typedefs where: the one thing that C's grammar must know of declarations.

use crate::names::Name;
use alloc::vec::Vec;

/// The typedef names in force, by scope.
#[derive(Clone, Debug, Default)]
pub(super) struct Typedefs {
    /// By [`Name::index`].
    is_typedef: Vec<bool>,
    /// By [`Name::index`]: declared somewhere before, as anything.
    is_declared: Vec<bool>,
    /// What inner scopes changed, to be undone at their end.
    changes: Vec<(Name, bool)>,
}

/// A scope's beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScopeMark(usize);

impl Typedefs {
    /// Whether `name` means a type here.
    pub(super) fn contains(&self, name: Name) -> bool {
        self.is_typedef.get(name.index()).is_some_and(|&is| is)
    }

    /// Begins a scope.
    pub(super) fn open(&self) -> ScopeMark {
        ScopeMark(self.changes.len())
    }

    /// Ends the scope begun at `mark`, and any inside it.
    pub(super) fn close(&mut self, mark: ScopeMark) {
        for (name, before) in self.changes.drain(mark.0..).rev() {
            self.is_typedef[name.index()] = before;
        }
    }

    /// From here to the end of the scope `name` is a typedef, or something else.
    pub(super) fn declare(&mut self, name: Name, is_typedef: bool) {
        if self.is_declared.len() <= name.index() {
            self.is_declared.resize(name.index() + 1, false);
        }
        self.is_declared[name.index()] = true;
        let before = self.contains(name);
        if before == is_typedef {
            return;
        }
        if self.is_typedef.len() <= name.index() {
            self.is_typedef.resize(name.index() + 1, false);
        }
        self.is_typedef[name.index()] = is_typedef;
        self.changes.push((name, before));
    }

    /// Whether anything of this name was declared before, in whatever scope.
    pub(super) fn declared(&self, name: Name) -> bool {
        self.is_declared.get(name.index()).is_some_and(|&is| is)
    }

    /// All declarations so far are of file scope: nothing will undo them.
    pub(super) fn settle(&mut self) {
        self.changes.clear();
    }

    /// The typedef names in force.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.is_typedef.iter().enumerate().filter(|one| *one.1).map(|one| one.0)
    }
}
