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

use super::loops::{Loop, Loops, homes, is_constant};
use crate::ir::{
    Block, Cfg, Dominators, Function, Inst, SymbolTable, Target, Terminator, Value, Variable,
    Variables,
};
use alloc::{collections::BTreeMap, vec::Vec};

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
    join(func, &copies);
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
        inst if is_constant(inst) => 0,
        Inst::Call { .. } | Inst::CallIndirect { .. } => 8,
        _ => 1,
    }
}

/// Constants of a header reach everything from the entry, so that they need no variables.
fn lift_constants(func: &mut Function, header: Block) {
    let insts = core::mem::take(&mut func.block_mut(header).insts);
    let (constants, rest): (Vec<Value>, Vec<Value>) =
        insts.into_iter().partition(|&value| is_constant(func.inst(value)));
    func.block_mut(header).insts = rest;
    func.block_mut(Function::ENTRY).insts.splice(0..0, constants);
}

/// A header, its copy, and the copy's values by the header's.
struct Copy {
    header: Block,
    copy: Block,
    values: BTreeMap<Value, Value>,
}

/// Makes the copy of a header that is entered from outside the loop.
fn copy_header(func: &mut Function, cfg: &Cfg, loops: &Loops, index: usize) -> Copy {
    let header = loops.list[index].header;
    let copy = func.add_block();
    let mut values = BTreeMap::new();
    for param in func.block(header).params.clone() {
        if let Some(ty) = func.ty(param) {
            values.insert(param, func.add_param(copy, ty));
        }
    }
    for value in func.block(header).insts.clone() {
        let made = func.copy_inst(value, |operand| *values.get(&operand).unwrap_or(&operand));
        func.block_mut(copy).insts.push(made);
        values.insert(value, made);
    }
    let mut term = func.block(header).term.clone();
    for target in term.targets_mut() {
        let args = func.args(target.args).to_vec();
        *target = Target { block: target.block, args: func.make_args(&args) };
    }
    func.block_mut(copy).term = term;
    func.block_mut(copy).loc = func.block(header).loc;
    func.map_terminator(copy, |operand| *values.get(&operand).unwrap_or(&operand));
    for &pred in cfg.preds(header).iter().filter(|&&pred| !loops.contains(index, pred)) {
        for target in func.block_mut(pred).term.targets_mut() {
            if target.block == header {
                target.block = copy;
            }
        }
    }
    // Copies of headers made before this one may enter this loop too.
    Copy { header, copy, values }
}

/// Values of the headers, used in other blocks, become whichever copy's value reaches there.
fn join(func: &mut Function, copies: &[Copy]) {
    let home = homes(func);
    let mut variables = Variables::of(func);
    for block in func.block_ids() {
        variables.seal(func, block);
    }
    let mut variable_of: BTreeMap<Value, Variable> = BTreeMap::new();
    for Copy { header, copy, values } in copies {
        for (&original, &copied) in values {
            let Some(ty) = func.ty(original) else { continue };
            let variable = variables.declare(ty);
            variables.def(variable, *header, original);
            variables.def(variable, *copy, copied);
            variable_of.insert(original, variable);
        }
    }
    for block in func.block_ids() {
        let mut elsewhere = |value: Value, func: &mut Function| match variable_of.get(&value) {
            Some(&variable) if home[value.0 as usize] != block => {
                variables.get(func, variable, block)
            }
            _ => value,
        };
        for index in 0..func.block(block).insts.len() {
            let value = func.block(block).insts[index];
            func.rewrite_operands(value, &mut elsewhere);
        }
        func.rewrite_terminator(block, &mut elsewhere);
    }
    variables.finish(func);
}
