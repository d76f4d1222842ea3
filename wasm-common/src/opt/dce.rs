//! Dead code: instructions whose value nobody needs, and parameters that only feed such.
//!
//! What is needed is what has an effect, what terminators test or return, and what these use.
//! A cycle of parameters that only feeds itself goes too. Linear time.

use super::edges;
use crate::ir::{Function, Inst, SymbolTable, Value};
use alloc::{vec, vec::Vec};

/// Drops what is not needed.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let needed = needed(func);
    edges::retain_params(func, |param| needed[param.0 as usize]);
    for data in &mut func.blocks {
        data.insts.retain(|value| needed[value.0 as usize]);
    }
}

/// Which values are needed.
fn needed(func: &Function) -> Vec<bool> {
    let incoming = func.incoming();
    let mut needed = vec![false; func.num_values()];
    let mut work: Vec<Value> = Vec::new();
    for data in &func.blocks {
        work.extend(data.insts.iter().filter(|&&value| func.inst(value).has_effect()));
        work.extend(data.term.operand());
    }
    while let Some(value) = work.pop() {
        if core::mem::replace(&mut needed[value.0 as usize], true) {
            continue;
        }
        let inst = func.inst(value);
        work.extend(func.operands(inst));
        if let Inst::Param { block, index } = *inst {
            let args = incoming.of(block.0 as usize).iter();
            work.extend(args.map(|&args| func.args(args)[usize::from(index)]));
        }
    }
    needed
}
