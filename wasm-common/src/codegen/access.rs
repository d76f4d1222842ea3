//! How often a function touches which object.
//!
//! In: a function and its loops. Out: a [`Summary`] for the layout: accesses and calls, each
//! weighted by 8 for every loop around it. An access counts for the object, parameter or frame that
//! its address was computed from, as far as that can be seen.

use super::flow::{Flow, NONE, Node};
use crate::ir::{
    BinOp, Function, Inst, NaryOp, Symbol, SymbolKind, SymbolTable, Terminator, Value,
};
use alloc::{vec, vec::Vec};

/// What an address was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    /// A static object.
    Symbol(Symbol),
    /// What a parameter of the function points to.
    Param(u16),
    /// The function's frame.
    Frame,
}

/// Accesses and calls of a function that runs once.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    /// What is accessed, and how often.
    pub(crate) accesses: Vec<(Root, u64)>,
    /// What is called of the program's own functions.
    pub(crate) calls: Vec<CallSite>,
}

/// All calls of a function with the same arguments.
#[derive(Debug)]
pub(crate) struct CallSite {
    pub(crate) callee: Symbol,
    pub(crate) weight: u64,
    /// What its arguments point to, as far as anything is known of them.
    pub(crate) args: Vec<Option<Root>>,
}

/// Loops that count; more are no hotter.
const MAX_DEPTH: u32 = 8;

/// How often code in that many loops runs, for each time that the function does.
pub(crate) fn frequency(depth: u32) -> u64 {
    8u64.pow(depth.min(MAX_DEPTH))
}

impl Summary {
    /// Looks at `function`.
    pub(crate) fn new(function: &Function, flow: &Flow, symbols: &SymbolTable) -> Self {
        let mut roots = vec![None; function.num_values()];
        for (index, param) in function.block(Function::ENTRY).params.iter().enumerate() {
            roots[param.0 as usize] = Some(Root::Param(index as u16));
        }
        let mut summary = Self::default();
        for node in flow.nodes() {
            params(function, flow, node, &mut roots);
            let weight = frequency(flow.depth(node));
            for &value in &function.block(flow.block(node)).insts {
                roots[value.0 as usize] = root(function, value, &roots);
                summary.inst(function, value, weight, &roots, symbols);
            }
        }
        summary.accesses.sort_unstable();
        summary.accesses.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 = kept.1.saturating_add(if same { next.1 } else { 0 });
            same
        });
        summary.calls.sort_unstable_by(|a, b| (a.callee, &a.args).cmp(&(b.callee, &b.args)));
        summary.calls.dedup_by(|next, kept| {
            let same = next.callee == kept.callee && next.args == kept.args;
            kept.weight = kept.weight.saturating_add(if same { next.weight } else { 0 });
            same
        });
        summary
    }

    fn inst(
        &mut self,
        function: &Function,
        value: Value,
        weight: u64,
        roots: &[Option<Root>],
        symbols: &SymbolTable,
    ) {
        let of = |value: Value| roots[value.0 as usize];
        match *function.inst(value) {
            Inst::Load { addr, .. }
            | Inst::Store { addr, .. }
            | Inst::VolatileLoad { addr, .. }
            | Inst::VolatileStore { addr, .. } => {
                self.accesses.extend(of(addr).map(|root| (root, weight)));
            }
            Inst::Nary(NaryOp::MemoryCopy | NaryOp::MemoryFill, args) => {
                let roots = function.args(args).iter().take(2).filter_map(|&arg| of(arg));
                self.accesses.extend(roots.map(|root| (root, weight * 4)));
            }
            Inst::Call { func, args } if !is_import(symbols, func) => {
                let args = function.args(args);
                let known = args.iter().rposition(|&arg| of(arg).is_some()).map_or(0, |at| at + 1);
                let args = args[..known].iter().map(|&arg| of(arg)).collect();
                self.calls.push(CallSite { callee: func, weight, args });
            }
            _ => {}
        }
    }
}

/// Whether the host has the function: what it does to memory is not known.
fn is_import(symbols: &SymbolTable, func: Symbol) -> bool {
    matches!(&symbols.get(func).kind, SymbolKind::Func(func) if func.import.is_some())
}

/// A block parameter points where the first argument does that is known already.
fn params(function: &Function, flow: &Flow, node: Node, roots: &mut [Option<Root>]) {
    if node == 0 {
        return;
    }
    for (index, &param) in function.block(flow.block(node)).params.iter().enumerate() {
        roots[param.0 as usize] = flow.preds(node).iter().find_map(|&pred| {
            let Terminator::Jump(target) = &function.block(flow.block(pred)).term else {
                return None;
            };
            debug_assert_ne!(pred, NONE);
            roots[function.args(target.args)[index].0 as usize]
        });
    }
}

fn root(function: &Function, value: Value, roots: &[Option<Root>]) -> Option<Root> {
    let of = |value: Value| roots[value.0 as usize];
    match *function.inst(value) {
        Inst::SymbolAddr { symbol, .. } => Some(Root::Symbol(symbol)),
        Inst::SlotAddr { .. } => Some(Root::Frame),
        Inst::Binary(BinOp::I32Add | BinOp::I32Sub, a, b) => of(a).xor(of(b)),
        Inst::Nary(NaryOp::Select, args) => {
            let args = function.args(args);
            of(args[0]).or(of(args[1]))
        }
        _ => None,
    }
}
