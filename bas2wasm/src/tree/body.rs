//! The statements of a procedure that has been checked, while the others are.
//!
//! Lowering needs to know how all procedures use a variable, so the checked ones wait. They wait as
//! bytes ([`pack`](super::pack)), and each statement is a tree again only while it is lowered.

use super::pack::Pack;
use super::{Op, Stmt};
use alloc::vec::Vec;
use wasm_common::frugal;
use wasm_common::ir::Loc;

/// A list of statements, and what has to be known of it as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    bytes: Vec<u8>,
    /// Where the last statement stands, and its BASIC line: most of the next ones do too.
    last: (Loc, u32),
    /// Labels in it.
    pub(crate) labels: usize,
    /// It has GOSUBs.
    pub(crate) gosubs: bool,
    /// It has an ON ERROR.
    pub(crate) traps_errors: bool,
}

const FIRST: u8 = 1;
const MOVED: u8 = 2;

impl Body {
    /// Appends a statement.
    pub(crate) fn push(&mut self, stmt: &Stmt) {
        match stmt.op {
            Op::Label(_) => self.labels += 1,
            Op::Gosub(_) | Op::OnGosub { .. } => self.gosubs = true,
            Op::OnError(_) => self.traps_errors = true,
            _ => {}
        }
        let place = (stmt.loc, stmt.number);
        let moved = core::mem::replace(&mut self.last, place) != place;
        let flags = if stmt.first { FIRST } else { 0 } | if moved { MOVED } else { 0 };
        frugal::push(&mut self.bytes, flags);
        if moved {
            stmt.loc.0.pack(&mut self.bytes);
            stmt.number.pack(&mut self.bytes);
        }
        stmt.op.pack(&mut self.bytes);
    }

    /// Gives back the room for more statements.
    pub(crate) fn finish(mut self) -> Self {
        self.bytes.shrink_to_fit();
        self
    }

    /// Whether there are no statements.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// How many bytes the statements take.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The statements in order.
    pub(crate) fn stmts(&self) -> impl Iterator<Item = Stmt> {
        let (mut rest, mut place) = (&self.bytes[..], <(Loc, u32)>::default());
        core::iter::from_fn(move || {
            let (&flags, after) = rest.split_first()?;
            rest = after;
            if flags & MOVED != 0 {
                place = (Loc(u32::unpack(&mut rest)), u32::unpack(&mut rest));
            }
            let op = Op::unpack(&mut rest);
            Some(Stmt { op, loc: place.0, number: place.1, first: flags & FIRST != 0 })
        })
    }
}
