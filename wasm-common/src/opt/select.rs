//! Short branches to selects: `if (a > b) m = a;` without a jump.
//!
//! ```text
//! b0: branch c, b1, b2(x)            b0: y = ...
//! b1: y = ...; jump b2(y)     =>         z = select y, x, c
//! b2(p): ...                             jump b2(z)
//! ```
//!
//! Both sides are computed then, so they must be pure and short: on an interpreter a select costs
//! about what the branch did.

use super::edges;
use crate::ir::{
    Block, Function, Inst, Loc, NaryOp, Number, SymbolTable, Target, Terminator, Value,
};
use crate::map::Set;
use alloc::vec::Vec;

/// Operations (constants are free) that may be computed in vain.
const MOST_OPERATIONS: usize = 2;
/// Values that may be selected.
const MOST_SELECTS: usize = 1;

/// Replaces such branches.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let counts = edges::counts(func);
    // Inner branches come later in order, and outer ones may become short when they are gone.
    let mut blocks: Vec<Block> = func.block_ids().collect();
    blocks.reverse();
    for block in blocks {
        if counts[block.0 as usize] > 0 {
            convert(func, &counts, block);
        }
    }
}

fn convert(func: &mut Function, counts: &[u32], block: Block) {
    let Terminator::Branch { cond, then, els } = func.block(block).term else { return };
    let (then_arm, els_arm) = (arm(func, counts, then), arm(func, counts, els));
    // Each arm leads to where the other one leads, or is.
    let (then_end, els_end) = match (then_arm, els_arm) {
        (Some(t), Some(e)) if t.block == e.block => (t, e),
        (Some(t), _) if t.block == els.block => (t, els),
        (_, Some(e)) if e.block == then.block => (then, e),
        _ if then.block == els.block => (then, els),
        _ => return,
    };
    if then_end.block == block {
        return;
    }
    let arms: Vec<Block> = [(then, then_end), (els, els_end)]
        .into_iter()
        .filter(|(edge, end)| edge.block != end.block)
        .map(|(edge, _)| edge.block)
        .collect();
    let pairs: Vec<(Value, Value)> = func
        .args(then_end.args)
        .iter()
        .copied()
        .zip(func.args(els_end.args).iter().copied())
        .collect();
    let selects = pairs.iter().filter(|(a, b)| a != b).count();
    let operations = operations(func, &arms);
    if selects > MOST_SELECTS || operations > MOST_OPERATIONS {
        return;
    }
    for arm in arms {
        let insts = core::mem::take(&mut func.block_mut(arm).insts);
        func.block_mut(block).insts.extend(insts);
        func.block_mut(arm).term = Terminator::Unreachable;
    }
    let loc = func.block(block).loc;
    let args: Vec<Value> =
        pairs.into_iter().map(|(a, b)| selected(func, block, loc, [a, b, cond])).collect();
    let args = func.make_args(&args);
    func.block_mut(block).term = Terminator::Jump(Target { block: then_end.block, args });
}

/// Where the block goes that `edge` alone enters, if all that it does is pure.
fn arm(func: &Function, counts: &[u32], edge: Target) -> Option<Target> {
    let data = func.block(edge.block);
    if counts[edge.block.0 as usize] != 1 || !data.params.is_empty() {
        return None;
    }
    let pure = data.insts.iter().all(|&value| func.inst(value).is_pure());
    match data.term {
        Terminator::Jump(target) if pure && target.block != edge.block => Some(target),
        _ => None,
    }
}

/// How many operations there are in all arms together; what both do is done once.
fn operations(func: &Function, arms: &[Block]) -> usize {
    let mut numbers = Set::new();
    let insts = arms.iter().flat_map(|&arm| &func.block(arm).insts).map(|&value| func.inst(value));
    insts
        .filter(|inst| matches!(inst, Inst::Unary(..) | Inst::Binary(..) | Inst::Nary(..)))
        .filter(|inst| Number::of(func, inst).is_none_or(|number| numbers.insert(number)))
        .count()
}

fn selected(func: &mut Function, block: Block, loc: Loc, operands: [Value; 3]) -> Value {
    if operands[0] == operands[1] {
        return operands[0];
    }
    let ty = func.ty(operands[0]);
    let args = func.make_args(&operands);
    func.append(block, Inst::Nary(NaryOp::Select, args), ty, loc)
}
