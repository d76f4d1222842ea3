//! Loop rotation: `while (c) body` becomes `if (c) do body while (c)`.
//!
//! ```text
//! b1(i):                               b4(i'):  test; branch c', b2, b3    (entered from outside)
//!   test; branch c, b2, b3      =>     b2: body; jump b1
//! b2: body; jump b1                    b1(i):   test; branch c, b2, b3
//! ```
//!
//! One jump an iteration is saved, and what the body does it now does at least once, so that it can
//! be moved out. Values of the header that are used elsewhere come from either copy; they become
//! variables. All loops at once, so that the function is walked once.

use super::copies::{self, Copy};
use super::loops::{Loop, Loops};
use crate::ir::{Block, Cfg, Dominators, Function, Inst, SymbolTable, Terminator, Value};
use alloc::vec::Vec;

/// More operations than this in a header are not copied.
const MOST_OPERATIONS: usize = 16;

/// Rotates the loops that are worth it.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let cfg = Cfg::new(func);
    let dominators = Dominators::new(func, &cfg);
    let loops = Loops::new(func, &cfg, &dominators);
    let chosen: Vec<usize> =
        (0..loops.list.len()).filter(|&index| is_worth_it(func, &loops, index)).collect();
    if chosen.is_empty() {
        return;
    }
    for &index in &chosen {
        lift_constants(func, loops.list[index].header);
    }
    let mut copies = Vec::new();
    for &index in &chosen {
        copies.push(copy_header(func, &cfg, &loops, index));
    }
    copies::join(func, &copies);
}

fn is_worth_it(func: &Function, loops: &Loops, index: usize) -> bool {
    let Loop { header, latches, .. } = &loops.list[index];
    let exits = |block: Block| {
        func.block(block).term.targets().any(|target| !loops.contains(index, target.block))
    };
    let data = func.block(*header);
    let one_exit = match data.term {
        Terminator::Branch { then, els, .. } => {
            loops.contains(index, then.block) != loops.contains(index, els.block)
        }
        _ => false,
    };
    let operations = data.insts.iter().map(|&value| cost(func.inst(value))).sum::<usize>();
    one_exit && !latches.iter().any(|&latch| exits(latch)) && operations <= MOST_OPERATIONS
}

fn cost(inst: &Inst) -> usize {
    match inst {
        inst if inst.is_constant() => 0,
        Inst::Call { .. } | Inst::CallIndirect { .. } => 8,
        _ => 1,
    }
}

/// Constants of a header reach everything from the entry, so that they need no variables.
fn lift_constants(func: &mut Function, header: Block) {
    let insts = core::mem::take(&mut func.block_mut(header).insts);
    let (constants, rest): (Vec<Value>, Vec<Value>) =
        insts.into_iter().partition(|&value| func.inst(value).is_constant());
    func.block_mut(header).insts = rest;
    func.block_mut(Function::ENTRY).insts.splice(0..0, constants);
}

/// Makes the copy of a header that is entered from outside the loop.
fn copy_header(func: &mut Function, cfg: &Cfg, loops: &Loops, index: usize) -> Copy {
    let header = loops.list[index].header;
    let copy = Copy::of(func, &[header]);
    for &pred in cfg.preds(header).iter().filter(|&&pred| !loops.contains(index, pred)) {
        for target in func.block_mut(pred).term.targets_mut() {
            if target.block == header {
                target.block = copy.block(header);
            }
        }
    }
    copy
}
