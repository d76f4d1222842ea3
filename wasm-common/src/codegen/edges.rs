//! Edges made simple: afterwards only jumps carry arguments.
//!
//! A branch or switch that passes arguments gets a block of its own on that edge, so that the
//! moves into the target's parameters have a place where nothing else can see them.

use crate::ir::{Block, Function, Target, Terminator, Value};
use crate::map::Map;
use alloc::vec::Vec;

/// Splits the edges of branches and switches that carry arguments. Edges of one switch with the
/// same target and arguments share a block. Returns whether there were any.
pub(crate) fn split(function: &mut Function) -> bool {
    let blocks = function.blocks.len();
    for block in function.block_ids() {
        let mut term =
            core::mem::replace(&mut function.block_mut(block).term, Terminator::Unreachable);
        if !matches!(term, Terminator::Jump(_)) {
            split_targets(function, block, &mut term);
        }
        function.block_mut(block).term = term;
    }
    function.blocks.len() > blocks
}

fn split_targets(function: &mut Function, from: Block, term: &mut Terminator) {
    let mut made: Map<(Block, Vec<Value>), Block> = Map::new();
    for target in term.targets_mut() {
        let values = function.args(target.args).to_vec();
        if values.is_empty() {
            continue;
        }
        let to = *target;
        let block = *made.entry((to.block, values)).or_insert_with(|| {
            let block = function.add_block();
            let loc = function.block(from).loc;
            let data = function.block_mut(block);
            (data.term, data.loc) = (Terminator::Jump(to), loc);
            block
        });
        *target = Target { block, args: function.make_args(&[]) };
    }
}
