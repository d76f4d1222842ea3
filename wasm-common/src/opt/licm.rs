//! Loop-invariant code motion: what a loop computes again and again from what it does not change is
//! computed before it.
//!
//! Constants and addresses stay where they are, as they cost nothing to make again. A load moves
//! when nothing in the loop may write there, and either the loop makes it in every first iteration
//! or it lies within an object; so that no load is made that the program would not have made.

use super::alias::{Aliases, Classes, Read};
use super::loops::{Entered, homes};
use crate::ir::{Block, Function, Inst, SymbolTable, Value, simplify};
use alloc::{vec, vec::Vec};

/// Moves what can be moved, out of as many loops as possible.
pub fn run(func: &mut Function, symbols: &SymbolTable) {
    let Some(entered) = Entered::new(func) else { return };
    let mut pass = Pass {
        symbols,
        entered: &entered,
        aliases: Aliases::new(func, &entered.cfg),
        homes: homes(func),
        in_loop: vec![false; func.blocks.len()],
    };
    for index in 0..entered.loops.list.len() {
        pass.hoist(func, index);
    }
}

struct Pass<'a> {
    symbols: &'a SymbolTable,
    entered: &'a Entered,
    aliases: Aliases,
    /// The block of each value, as it moves.
    homes: Vec<Block>,
    /// The blocks of the loop that is looked at.
    in_loop: Vec<bool>,
}

impl Pass<'_> {
    fn hoist(&mut self, func: &mut Function, index: usize) {
        let entered = self.entered;
        let blocks = &entered.loops.list[index].blocks;
        let to = entered.preheaders[index];
        self.mark(blocks, true);
        let writes = self.writes(func, blocks);
        for &block in blocks {
            let certain = self.entered.is_certain(func, index, block);
            let insts = core::mem::take(&mut func.block_mut(block).insts);
            let mut kept = Vec::with_capacity(insts.len());
            for value in insts {
                let inst = func.inst(value);
                let moves = !inst.is_constant()
                    && self.may_move(func, inst, writes, certain)
                    && func.operands(inst).all(|operand| self.is_invariant(func, operand));
                if moves {
                    self.move_to(func, value, to);
                } else {
                    kept.push(value);
                }
            }
            func.block_mut(block).insts = kept;
        }
        self.mark(blocks, false);
    }

    fn mark(&mut self, blocks: &[Block], inside: bool) {
        for block in blocks {
            self.in_loop[block.0 as usize] = inside;
        }
    }

    fn writes(&self, func: &Function, blocks: &[Block]) -> Classes {
        let insts = blocks.iter().flat_map(|&block| &func.block(block).insts);
        let writes = insts.filter_map(|&value| self.aliases.write(func, func.inst(value)));
        writes.fold(Classes::NONE, |all, write| all.with(self.aliases.write_classes(&write)))
    }

    fn may_move(&self, func: &Function, inst: &Inst, writes: Classes, certain: bool) -> bool {
        if inst.is_pure() {
            return true;
        }
        if let Inst::Binary(op, _, divisor) = *inst {
            // Only divisions get here; by such a constant they cannot trap.
            let divisor = simplify::constant(func, divisor).and_then(|c| c.int());
            return op.can_trap() && divisor.is_some_and(|n| n != 0 && n != -1);
        }
        let Some(read) = Read::of(func, inst) else { return false };
        let safe = match read {
            Read::Global(_) => true,
            Read::Place(place) => certain || place.is_within_object(func, self.symbols),
        };
        safe && !self.aliases.may_clobber(writes, &read)
    }

    fn is_invariant(&self, func: &Function, value: Value) -> bool {
        !self.in_loop[self.homes[value.0 as usize].0 as usize] || func.inst(value).is_constant()
    }

    /// Moves an instruction, and the constants that it uses, to the end of `to`.
    fn move_to(&mut self, func: &mut Function, value: Value, to: Block) {
        let mut lifted = Vec::new();
        let in_loop = &self.in_loop;
        let homes = &self.homes;
        func.rewrite_operands(value, &mut |operand, func| {
            if !in_loop[homes[operand.0 as usize].0 as usize] {
                return operand;
            }
            // A constant: the loop keeps its own.
            let copy = func.copy_inst(operand, |inner| inner);
            lifted.push(copy);
            copy
        });
        self.homes.resize(func.num_values(), to);
        self.homes[value.0 as usize] = to;
        let insts = &mut func.block_mut(to).insts;
        insts.extend(lifted);
        insts.push(value);
    }
}
