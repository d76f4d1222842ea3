//! Copies of blocks within a function, and the values that come from either.

use super::loops::homes;
use crate::ir::{Block, Function, Value, Variable, Variables};
use crate::map::Map;
use alloc::vec::Vec;

/// A copy of some blocks: which block and value each one became.
#[derive(Debug, Default)]
pub(super) struct Copy {
    blocks: Map<Block, Block>,
    values: Map<Value, Value>,
}

impl Copy {
    /// Copies `blocks`, each after those that dominate it. Targets and operands among them lead to
    /// the copies, others stay.
    pub(super) fn of(func: &mut Function, blocks: &[Block]) -> Self {
        let mut copy = Self::default();
        for &block in blocks {
            let made = func.add_block();
            copy.blocks.insert(block, made);
            for param in func.block(block).params.clone() {
                if let Some(ty) = func.ty(param) {
                    copy.values.insert(param, func.add_param(made, ty));
                }
            }
        }
        for &block in blocks {
            let made = copy.block(block);
            for value in func.block(block).insts.clone() {
                let new = func.copy_inst(value, |operand| copy.value(operand));
                func.block_mut(made).insts.push(new);
                copy.values.insert(value, new);
            }
        }
        for &block in blocks {
            copy.terminator(func, block);
        }
        copy
    }

    fn terminator(&self, func: &mut Function, block: Block) {
        let mut term = func.block(block).term.clone();
        if let Some(operand) = term.operand_mut() {
            *operand = self.value(*operand);
        }
        for target in term.targets_mut() {
            let args: Vec<Value> =
                func.args(target.args).iter().map(|&arg| self.value(arg)).collect();
            target.args = func.make_args(&args);
            target.block = self.block(target.block);
        }
        let loc = func.block(block).loc;
        let made = func.block_mut(self.block(block));
        made.term = term;
        made.loc = loc;
    }

    /// What `block` became; itself if it was not copied.
    pub(super) fn block(&self, block: Block) -> Block {
        self.blocks.get(&block).copied().unwrap_or(block)
    }

    /// What `value` became; itself if it was not copied.
    pub(super) fn value(&self, value: Value) -> Value {
        self.values.get(&value).copied().unwrap_or(value)
    }
}

/// Where copied values are used outside their block and its copies, the one that reaches there is
/// used: they become variables that each copy assigns.
pub(super) fn join(func: &mut Function, copies: &[Copy]) {
    let home = homes(func);
    // The copies of each block among themselves: uses within a copy were renamed with it.
    let mut variables = Variables::of(func);
    for block in func.block_ids() {
        variables.seal(func, block);
    }
    let mut variable_of: Map<Value, Variable> = Map::new();
    for copy in copies {
        for (&original, &copied) in &copy.values {
            let Some(ty) = func.ty(original) else { continue };
            let block = home[original.0 as usize];
            let variable = *variable_of.entry(original).or_insert_with(|| {
                let variable = variables.declare(ty);
                variables.def(variable, block, original);
                variable
            });
            variables.def(variable, copy.block(block), copied);
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
