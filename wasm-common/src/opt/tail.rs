//! Tail recursion: a call of itself right before the return becomes a jump to the start.
//!
//! Only in functions without a frame, as the address of a slot may live on in the arguments.

use crate::ir::{Block, Function, Inst, Replacements, SymbolTable, Target, Terminator, Value};
use alloc::vec::Vec;

/// Replaces such calls.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    // A frame's address may live on in the arguments.
    if !func.slots.is_empty() {
        return;
    }
    let calls: Vec<Block> =
        func.block_ids().filter(|&block| tail_call(func, block).is_some()).collect();
    if calls.is_empty() {
        return;
    }
    let head = move_entry(func);
    for block in calls {
        let block = if block == Function::ENTRY { head } else { block };
        let Some(args) = tail_call(func, block) else { continue };
        let args = func.make_args(&args);
        let data = func.block_mut(block);
        data.insts.pop();
        data.term = Terminator::Jump(Target { block: head, args });
    }
}

/// The arguments, if `block` ends by returning what the function itself returns.
fn tail_call(func: &Function, block: Block) -> Option<Vec<Value>> {
    let data = func.block(block);
    let &last = data.insts.last()?;
    let Inst::Call { func: callee, args } = *func.inst(last) else { return None };
    let returned = match data.term {
        Terminator::Return(Some(value)) => value == last,
        Terminator::Return(None) => true,
        _ => false,
    };
    (callee == func.symbol && returned).then(|| func.args(args).to_vec())
}

/// Moves what the entry does to a block that can be jumped to, and has its parameters.
fn move_entry(func: &mut Function) -> Block {
    let head = func.add_block();
    let params = func.block(Function::ENTRY).params.clone();
    for ty in func.sig.params.clone() {
        func.add_param(head, ty);
    }
    let entry = func.block_mut(Function::ENTRY);
    let insts = core::mem::take(&mut entry.insts);
    let term = core::mem::replace(&mut entry.term, Terminator::Unreachable);
    let loc = entry.loc;
    let data = func.block_mut(head);
    data.insts = insts;
    data.term = term;
    data.loc = loc;
    let mut replaced = Replacements::new();
    for (&param, &new) in params.iter().zip(&func.block(head).params.clone()) {
        replaced.set(param, new);
    }
    replaced.apply(func);
    let args = func.make_args(&params);
    func.block_mut(Function::ENTRY).term = Terminator::Jump(Target { block: head, args });
    head
}
