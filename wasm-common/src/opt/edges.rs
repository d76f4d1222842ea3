//! What travels along edges: arguments for block parameters.

use crate::ir::{Function, Inst, Value};
use alloc::{vec, vec::Vec};

/// How many edges lead to each block from reachable ones; the entry has one more.
pub(super) fn counts(func: &Function) -> Vec<u32> {
    let mut counts: Vec<u32> = func.incoming().iter().map(|args| args.len() as u32).collect();
    counts[0] += 1;
    counts
}

/// Drops the parameters that `keep` refuses, but for the function's own, and the arguments for
/// them.
pub(super) fn retain_params(func: &mut Function, keep: impl Fn(Value) -> bool) {
    let mut kept: Vec<Vec<bool>> = Vec::with_capacity(func.blocks.len());
    for data in &func.blocks {
        kept.push(data.params.iter().map(|&param| keep(param)).collect());
    }
    kept[0].fill(true);
    if kept.iter().flatten().all(|&keep| keep) {
        return;
    }
    for block in func.block_ids() {
        let mut term = func.block(block).term.clone();
        for target in term.targets_mut() {
            let kept = &kept[target.block.0 as usize];
            if kept.contains(&false) {
                let args: Vec<Value> = only(func.args(target.args), kept).collect();
                target.args = func.make_args(&args);
            }
        }
        let params: Vec<Value> = only(&func.block(block).params, &kept[block.0 as usize]).collect();
        for (index, &param) in params.iter().enumerate() {
            *func.inst_mut(param) = Inst::Param { block, index: index as u16 };
        }
        let data = func.block_mut(block);
        data.term = term;
        data.params = params;
    }
}

fn only<'a>(values: &'a [Value], kept: &'a [bool]) -> impl Iterator<Item = Value> + 'a {
    values.iter().zip(kept).filter(|(_, keep)| **keep).map(|(&value, _)| value)
}

/// How often each value is used: as an operand, tested, returned or passed on.
pub(super) fn use_counts(func: &Function) -> Vec<u32> {
    let mut counts = vec![0; func.num_values()];
    for data in &func.blocks {
        for &value in &data.insts {
            for operand in func.operands(func.inst(value)) {
                counts[operand.0 as usize] += 1;
            }
        }
        if let Some(operand) = data.term.operand() {
            counts[operand.0 as usize] += 1;
        }
        for target in data.term.targets() {
            for &arg in func.args(target.args) {
                counts[arg.0 as usize] += 1;
            }
        }
    }
    counts
}
