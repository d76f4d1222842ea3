//! Dead stores: what is overwritten before anything can read it, or is left in a slot that nobody
//! can look at after the return.
//!
//! Each block is walked from its end. A call, and whatever else may look at memory, keeps what was
//! stored before it; a trap does not, as nothing runs afterwards.

use super::alias::{Aliases, Place, Read};
use crate::ir::{Cfg, Function, Inst, NaryOp, SymbolTable, Terminator, Value};
use alloc::vec::Vec;

/// How many later stores, and how many reads, are remembered at once.
const MOST_STORES: usize = 32;

/// Drops such stores.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let cfg = Cfg::new(func);
    let aliases = Aliases::new(func, &cfg);
    for block in func.block_ids() {
        let returns = matches!(func.block(block).term, Terminator::Return(_));
        let mut after = After { aliases: &aliases, stores: Vec::new(), returns, reads: Vec::new() };
        let mut insts = core::mem::take(&mut func.block_mut(block).insts);
        insts.reverse();
        insts.retain(|&value| !after.makes_dead(func, value));
        insts.reverse();
        func.block_mut(block).insts = insts;
    }
}

/// What happens to memory from a place in a block to its end.
struct After<'a> {
    aliases: &'a Aliases,
    /// What is overwritten before it is read.
    stores: Vec<Place>,
    /// Whether the function returns, and what it reads from private slots before that.
    returns: bool,
    reads: Vec<Place>,
}

impl After<'_> {
    /// Whether `value` is a store in vain; if not, notes what it does.
    fn makes_dead(&mut self, func: &Function, value: Value) -> bool {
        let inst = func.inst(value);
        match *inst {
            Inst::Store { op, offset, addr, .. } => {
                let place = Place::new(func, addr, offset, op.width());
                if self.is_dead(&place) {
                    return true;
                }
                if self.stores.len() < MOST_STORES {
                    self.stores.push(place);
                }
            }
            Inst::Nary(NaryOp::MemoryFill, _) => {}
            Inst::GlobalGet(_) | Inst::GlobalSet(..) => {}
            _ if inst.is_pure() => {}
            _ => match Read::of(func, inst) {
                Some(Read::Place(place)) => self.keep_for(&place),
                _ => {
                    self.stores.clear();
                    self.returns = false;
                }
            },
        }
        false
    }

    fn is_dead(&self, place: &Place) -> bool {
        let covered = |later: &Place| {
            let (a, b) = (&later.address, &place.address);
            let start = i64::from(b.disp) - i64::from(a.disp);
            let end = place.width.map(|width| start + i64::from(width));
            (a.root, a.index) == (b.root, b.index)
                && start >= 0
                && end.zip(later.width).is_some_and(|(end, width)| end <= i64::from(width))
        };
        let unread = || !self.reads.iter().any(|read| self.aliases.meet(read, place));
        (self.returns && self.aliases.is_private(place.address.root) && unread())
            || self.stores.iter().any(covered)
    }

    fn keep_for(&mut self, read: &Place) {
        self.stores.retain(|store| !self.aliases.meet(store, read));
        if self.aliases.is_private(read.address.root) {
            self.returns &= self.reads.len() < MOST_STORES;
            self.reads.push(*read);
        }
    }
}
