//! Cleaning the graph: known branches, jumps through empty blocks, straight lines.
//!
//! What always holds: no instruction is copied, so nothing grows but terminators; reducible graphs
//! stay reducible.

use super::edges;
use crate::ir::{
    Block, Function, Inst, Replacements, SymbolTable, Target, Terminator, Value, simplify,
};
use alloc::vec::Vec;

/// How long a chain of empty blocks is followed at once.
const CHAIN: usize = 16;
/// Rounds until nothing changes, at most: each works on what the one before left.
const ROUNDS: usize = 6;

/// Cleans up, and drops what is not reached any more.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    for _ in 0..ROUNDS {
        let mut changed = fold_branches(func);
        changed |= thread_jumps(func);
        changed |= merge_lines(func);
        if !changed {
            break;
        }
    }
    drop_unreachable(func);
}

/// Empties unreachable blocks, so that what they use is not used. They go for good when the
/// function is compacted.
fn drop_unreachable(func: &mut Function) {
    let reachable = func.reachable();
    for (data, reachable) in func.blocks.iter_mut().zip(reachable) {
        if !reachable {
            data.params.clear();
            data.insts.clear();
            data.term = Terminator::Unreachable;
        }
    }
}

/// Branches whose way is known, or does not matter.
fn fold_branches(func: &mut Function) -> bool {
    let mut changed = false;
    for block in func.block_ids() {
        let new = match &func.block(block).term {
            Terminator::Branch { cond, then, els } => folded_branch(func, *cond, *then, *els),
            Terminator::Switch { index, targets, default } => {
                folded_switch(func, *index, targets, *default)
            }
            _ => None,
        };
        if let Some(term) = new {
            func.block_mut(block).term = term;
            changed = true;
        }
    }
    changed
}

fn folded_branch(func: &Function, cond: Value, then: Target, els: Target) -> Option<Terminator> {
    if same_target(func, then, els) {
        return Some(Terminator::Jump(then));
    }
    let (test, negated) = simplify::condition(func, cond);
    let (then, els) = if negated { (els, then) } else { (then, els) };
    if let Some(known) = simplify::constant(func, test) {
        return Some(Terminator::Jump(if known.bits() != 0 { then } else { els }));
    }
    (test != cond).then_some(Terminator::Branch { cond: test, then, els })
}

fn folded_switch(
    func: &Function,
    index: Value,
    targets: &[Target],
    default: Target,
) -> Option<Terminator> {
    if let Some(known) = simplify::constant(func, index) {
        let target = targets.get(known.bits() as usize).copied().unwrap_or(default);
        return Some(Terminator::Jump(target));
    }
    let useful = targets.iter().rposition(|&target| !same_target(func, target, default));
    match useful {
        None => Some(Terminator::Jump(default)),
        Some(0) => Some(Terminator::Branch { cond: index, then: default, els: targets[0] }),
        Some(last) if last + 1 < targets.len() => {
            Some(Terminator::Switch { index, targets: targets[..=last].to_vec(), default })
        }
        Some(_) => None,
    }
}

fn same_target(func: &Function, a: Target, b: Target) -> bool {
    a.block == b.block && func.args(a.args) == func.args(b.args)
}

/// Empty blocks that jumps can pass by: nothing but their own terminator uses their parameters.
fn passable(func: &Function) -> Vec<bool> {
    let uses = edges::use_counts(func);
    let is_passable = |data: &crate::ir::BlockData| {
        if !data.insts.is_empty() {
            return false;
        }
        let own_uses = |param: Value| {
            let args = data.term.targets().flat_map(|target| func.args(target.args));
            args.filter(|&&arg| arg == param).count()
                + usize::from(data.term.operand() == Some(param))
        };
        data.params.iter().all(|&param| uses[param.0 as usize] as usize == own_uses(param))
    };
    func.blocks.iter().map(is_passable).collect()
}

/// Jumps past empty blocks.
fn thread_jumps(func: &mut Function) -> bool {
    let passable = passable(func);
    let mut changed = false;
    for block in func.block_ids() {
        let mut term = func.block(block).term.clone();
        let mut moved = false;
        for target in term.targets_mut() {
            moved |= follow(func, &passable, target);
        }
        if let Terminator::Jump(target) = term
            && target.block != block
            && passable[target.block.0 as usize]
            && target.block != Function::ENTRY
            && !matches!(func.block(target.block).term, Terminator::Jump(_))
            && worth_copying(func, target.block)
        {
            term = inlined_terminator(func, target);
            moved = true;
        }
        if moved {
            func.block_mut(block).term = term;
            changed = true;
        }
    }
    changed
}

/// Whether the terminator of an empty block may stand in place of a jump to it.
fn worth_copying(func: &Function, block: Block) -> bool {
    let data = func.block(block);
    match data.term {
        Terminator::Return(_) | Terminator::Unreachable => true,
        // Testing its own parameter: where the jump comes from, more is known about it.
        Terminator::Branch { cond, .. } => data.params.contains(&cond),
        _ => false,
    }
}

/// Moves `target` past empty blocks; whether it moved.
fn follow(func: &mut Function, passable: &[bool], target: &mut Target) -> bool {
    let mut moved = false;
    for _ in 0..CHAIN {
        let block = target.block;
        if !passable[block.0 as usize] {
            break;
        }
        let next = match func.block(block).term {
            Terminator::Jump(next) => next,
            Terminator::Branch { cond, then, els } => {
                let cond = argument(func, *target, cond);
                let Some(known) = simplify::constant(func, cond) else { break };
                if known.bits() != 0 { then } else { els }
            }
            _ => break,
        };
        if next.block == block {
            break;
        }
        *target = composed(func, *target, next);
        moved = true;
    }
    moved
}

/// What `value` is when its block is entered by `edge`.
fn argument(func: &Function, edge: Target, value: Value) -> Value {
    match *func.inst(value) {
        Inst::Param { block, index } if block == edge.block => {
            func.args(edge.args)[usize::from(index)]
        }
        _ => value,
    }
}

/// The edge `next`, which leaves the block that `edge` enters, as seen from before `edge`.
fn composed(func: &mut Function, edge: Target, next: Target) -> Target {
    let args: Vec<Value> =
        func.args(next.args).iter().map(|&arg| argument(func, edge, arg)).collect();
    Target { block: next.block, args: func.make_args(&args) }
}

/// The terminator of the block that `edge` enters, as seen from before `edge`.
fn inlined_terminator(func: &mut Function, edge: Target) -> Terminator {
    let mut term = func.block(edge.block).term.clone();
    if let Some(operand) = term.operand_mut() {
        *operand = argument(func, edge, *operand);
    }
    for target in term.targets_mut() {
        *target = composed(func, edge, *target);
    }
    term
}

/// Blocks with one way in that is a jump become part of where the jump is.
fn merge_lines(func: &mut Function) -> bool {
    let counts = edges::counts(func);
    let mut replaced = Replacements::new();
    let mut changed = false;
    for block in func.block_ids() {
        if counts[block.0 as usize] == 0 {
            continue;
        }
        while let Terminator::Jump(target) = func.block(block).term
            && target.block != block
            && counts[target.block.0 as usize] == 1
        {
            absorb(func, block, target, &mut replaced);
            changed = true;
        }
    }
    replaced.apply(func);
    changed
}

fn absorb(func: &mut Function, block: Block, edge: Target, replaced: &mut Replacements) {
    let empty = crate::ir::BlockData {
        params: Vec::new(),
        insts: Vec::new(),
        term: Terminator::Unreachable,
        loc: crate::ir::Loc::NONE,
    };
    let next = core::mem::replace(func.block_mut(edge.block), empty);
    for (&param, &arg) in next.params.iter().zip(func.args(edge.args)) {
        replaced.set(param, arg);
    }
    let data = func.block_mut(block);
    data.insts.extend(next.insts);
    data.term = next.term;
    data.loc = next.loc;
}
