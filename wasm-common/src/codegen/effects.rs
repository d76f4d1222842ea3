//! What must not change places.
//!
//! In: instructions. Out: which kinds of state each reads and writes ([`Effects`]), and whether one
//! may move down to where a tree needs it ([`Tally`]).

use crate::ir::{BinOp, Function, Inst, NaryOp, SymbolKind, SymbolTable, UnOp, Value};
use alloc::vec::Vec;

/// Kinds of state: memory, and wasm globals.
const KINDS: usize = 2;
const MEMORY: u8 = 1;
const GLOBALS: u8 = 2;
const ALL: u8 = MEMORY | GLOBALS;

/// What an instruction reads and writes: a bit for each kind of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Effect {
    reads: u8,
    writes: u8,
}

impl Effect {
    /// Whether the instruction can happen anywhere.
    pub(crate) fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// Tells the effects of a function's instructions.
pub(crate) struct Effects<'a> {
    pub(crate) function: &'a Function,
    pub(crate) symbols: &'a SymbolTable,
}

impl Effects<'_> {
    /// The effect of `value`. What may trap reads everything: it stays behind what was written
    /// before, and before what is written after.
    pub(crate) fn of(&self, value: Value) -> Effect {
        let (reads, writes) = match self.function.inst(value) {
            Inst::Unary(op, _) if UnOp::can_trap(*op) => (ALL, 0),
            Inst::Binary(op, ..) if BinOp::can_trap(*op) => (ALL, 0),
            Inst::Load { .. } | Inst::Nary(NaryOp::MemorySize, _) => (MEMORY, 0),
            Inst::Store { .. } => (0, MEMORY),
            Inst::VolatileLoad { .. }
            | Inst::VolatileStore { .. }
            | Inst::Nary(NaryOp::MemoryCopy | NaryOp::MemoryFill, _) => (MEMORY, MEMORY),
            Inst::GlobalGet(symbol) => match &self.symbols.get(*symbol).kind {
                SymbolKind::Global(global) if !global.mutable => (0, 0),
                _ => (GLOBALS, 0),
            },
            Inst::GlobalSet(..) => (0, GLOBALS),
            inst if inst.is_pure() => (0, 0),
            _ => (ALL, ALL),
        };
        Effect { reads, writes }
    }
}

/// Effects of a block's instructions, counted so that "is there a write between these two places"
/// takes no time; and how far the tree being planned has taken them up already.
#[derive(Default)]
pub(crate) struct Tally {
    /// How many instructions before each place read, and write, each kind.
    before: Vec<[Count; KINDS]>,
    /// From here to the tree's root every access of this kind is in the tree, in its order.
    taken: [Count; KINDS],
}

#[derive(Clone, Copy, Default)]
struct Count {
    reads: u32,
    writes: u32,
}

impl Tally {
    /// Counts the effects of a block.
    pub(crate) fn start(&mut self, effects: impl Iterator<Item = Effect>) {
        self.before.clear();
        let mut sum = [Count::default(); KINDS];
        self.before.push(sum);
        for effect in effects {
            for (kind, count) in sum.iter_mut().enumerate() {
                count.reads += u32::from(effect.reads >> kind & 1);
                count.writes += u32::from(effect.writes >> kind & 1);
            }
            self.before.push(sum);
        }
    }

    /// Starts a tree whose root is at `place`.
    pub(crate) fn anchor(&mut self, place: usize) {
        let place = place as u32;
        self.taken = [Count { reads: place, writes: place }; KINDS];
    }

    /// Whether the instruction at `place` may move down to the start of the tree; if so, it is
    /// taken as part of it.
    pub(crate) fn take(&mut self, place: u32, effect: Effect) -> bool {
        let free = |kind: usize| {
            let Count { reads, writes } = self.taken[kind];
            let touches = (effect.reads | effect.writes) >> kind & 1 != 0;
            let changes = effect.writes >> kind & 1 != 0;
            (!touches || self.between(place, writes, kind).writes == 0)
                && (!changes || self.between(place, reads, kind).reads == 0)
        };
        if !(0..KINDS).all(free) {
            return false;
        }
        for kind in 0..KINDS {
            if (effect.reads | effect.writes) >> kind & 1 != 0 {
                let reads = self.taken[kind].reads;
                if self.between(place, reads, kind).reads == 0 {
                    self.taken[kind].reads = reads.min(place);
                }
                self.taken[kind].writes = self.taken[kind].writes.min(place);
            }
        }
        true
    }

    /// Counts the accesses strictly between two places.
    fn between(&self, from: u32, to: u32, kind: usize) -> Count {
        if to <= from {
            return Count::default();
        }
        let [from, to] = [from as usize + 1, to as usize].map(|at| self.before[at][kind]);
        Count { reads: to.reads - from.reads, writes: to.writes - from.writes }
    }
}
