//! DEFINT and its kin: the type of a name without suffix, by its first letter.
//!
//! Each holds from where it stands in the text; in GW-BASIC, where it is a matter of the run what comes
//! first, the first of a letter holds before it too. What stands in another file, which includes this one
//! or is included, comes before all of it.

use crate::ast::{Name, NumType};
use alloc::vec::Vec;
use wasm_common::frugal;
use wasm_common::source::Span;

/// The statements, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Letters(Vec<Defined>);

#[derive(Debug)]
struct Defined {
    span: Span,
    /// A bit for each letter.
    letters: u32,
    ty: Option<NumType>,
}

impl Letters {
    /// Takes in a statement; `ranges` are of letters from 0.
    pub(super) fn add(&mut self, span: Span, ty: Option<NumType>, ranges: &[(u8, u8)]) {
        let range = |&(from, to): &(u8, u8)| (2u32 << to.max(from)) - (1 << from);
        let letters = ranges.iter().map(range).fold(0, |all, range| all | range);
        // QuickBASIC writes the same in front of each procedure.
        if !self.0.last().is_some_and(|last| last.letters == letters && last.ty == ty) {
            frugal::push(&mut self.0, Defined { span, letters, ty });
        }
    }

    /// What is said of a name: a number's type, or `None` for a string. `early`: what is said later counts
    /// if nothing else is.
    pub(super) fn find(&self, name: &Name, early: bool) -> Option<Option<NumType>> {
        // A name that was cut out of junk may be empty; no letter is its first.
        let first = name.text.bytes().next().unwrap_or_default();
        let letter = 1u32.checked_shl(first.wrapping_sub(b'A').into())?;
        let before =
            |span: Span| span.file() != name.span.file() || span.start() < name.span.start();
        let all = || self.0.iter().filter(|defined| defined.letters & letter != 0);
        let found = all().rev().find(|defined| before(defined.span));
        let found = found.or_else(|| all().next().filter(|_| early))?;
        Some(found.ty)
    }
}
