//! Block parameters that always get the same value become that value.
//!
//! "The same" looks through the parameter itself (a loop that leaves a variable alone) and through
//! parameters that were replaced before. A value that every edge brings is known in the block, as
//! it is known at the end of each predecessor.

use super::edges;
use crate::ir::{Function, Inst, Replacements, SymbolTable, Value};
use crate::map::Map;
use alloc::vec::Vec;

/// Replaces such parameters.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let incoming = func.incoming();
    // Parameters by the values that they get: to be looked at again when one is replaced.
    let mut users: Map<Value, Vec<Value>> = Map::new();
    let mut work = Vec::new();
    for (data, edges) in func.blocks.iter().zip(incoming.iter()).skip(1) {
        for (index, &param) in data.params.iter().enumerate() {
            work.push(param);
            for &args in edges {
                users.entry(func.args(args)[index]).or_default().push(param);
            }
        }
    }
    let mut replaced = Replacements::new();
    while let Some(param) = work.pop() {
        let Inst::Param { block, index } = *func.inst(param) else { continue };
        if replaced.get(param) != param {
            continue;
        }
        let mut values = incoming
            .of(block.0 as usize)
            .iter()
            .map(|&args| replaced.get(func.args(args)[usize::from(index)]))
            .filter(|&value| value != param);
        let Some(first) = values.next() else { continue };
        if values.any(|value| value != first) {
            continue;
        }
        replaced.set(param, first);
        let again = users.remove(&param).unwrap_or_default();
        work.extend_from_slice(&again);
        users.entry(first).or_default().extend(again);
    }
    replaced.apply(func);
    edges::retain_params(func, |param| replaced.peek(param) == param);
}
