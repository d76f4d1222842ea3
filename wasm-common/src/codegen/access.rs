//! How often a function touches which object.
//!
//! In: a function and its loops. Out: a [`Summary`] for the layout: accesses and calls, each
//! weighted by 8 for every loop around it. An access counts for the object, parameter or frame that
//! its address was computed from, as far as that can be seen.

use super::body::{read, unsigned};
use super::flow::{Flow, NONE, Node};
use crate::ir::{
    BinOp, Function, Inst, NaryOp, Symbol, SymbolKind, SymbolTable, Terminator, Value,
};
use alloc::{boxed::Box, vec, vec::Vec};

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

/// Accesses and calls of a function that runs once. All bodies have theirs until the link, so it is
/// packed: numbers in LEB128.
#[derive(Debug)]
pub(crate) struct Summary {
    /// For each object or the like: what it is, how often it is accessed.
    accesses: Box<[u8]>,
    /// For each [`CallSite`]: the callee, how often it is called, how many arguments follow, and what
    /// each of them points to.
    calls: Box<[u8]>,
}

/// All calls of a function with the same arguments.
#[derive(Debug)]
pub(crate) struct CallSite<'a> {
    pub(crate) callee: Symbol,
    pub(crate) weight: u64,
    count: u64,
    args: &'a [u8],
}

impl CallSite<'_> {
    /// What its arguments point to, as far as anything is known of them.
    pub(crate) fn args(&self) -> impl Iterator<Item = Option<Root>> {
        let mut rest = self.args;
        (0..self.count).map(move |_| unpack(read(&mut rest)))
    }
}

/// A root as a number.
fn pack(root: Option<Root>) -> u64 {
    match root {
        None => 0,
        Some(Root::Frame) => 1,
        Some(Root::Param(param)) => 2 + 2 * u64::from(param),
        Some(Root::Symbol(symbol)) => 3 + 2 * u64::from(symbol.0),
    }
}

fn unpack(number: u64) -> Option<Root> {
    match number {
        0 => None,
        1 => Some(Root::Frame),
        even if even % 2 == 0 => Some(Root::Param((even / 2 - 1) as u16)),
        odd => Some(Root::Symbol(Symbol((odd / 2 - 1) as u32))),
    }
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
        let mut found = Found::default();
        for node in flow.nodes() {
            params(function, flow, node, &mut roots);
            let weight = frequency(flow.depth(node));
            for &value in &function.block(flow.block(node)).insts {
                roots[value.0 as usize] = root(function, value, &roots);
                found.inst(function, value, weight, &roots, symbols);
            }
        }
        found.packed()
    }

    /// What is accessed, and how often.
    pub(crate) fn accesses(&self) -> impl Iterator<Item = (Root, u64)> {
        let mut rest = &self.accesses[..];
        core::iter::from_fn(move || {
            let root = (!rest.is_empty()).then(|| unpack(read(&mut rest)))??;
            Some((root, read(&mut rest)))
        })
    }

    /// What is called of the program's own functions.
    pub(crate) fn calls(&self) -> impl Iterator<Item = CallSite<'_>> {
        let mut rest = &self.calls[..];
        core::iter::from_fn(move || {
            let from = &mut rest;
            let callee = (!from.is_empty()).then(|| Symbol(read(from) as u32))?;
            let (weight, count) = (read(from), read(from));
            let args = *from;
            (0..count).for_each(|_| _ = read(from));
            Some(CallSite { callee, weight, count, args })
        })
    }
}

/// What a function does, as it is found.
#[derive(Default)]
struct Found {
    accesses: Vec<(Root, u64)>,
    calls: Vec<(Symbol, Vec<Option<Root>>, u64)>,
}

impl Found {
    /// Each thing once.
    fn packed(mut self) -> Summary {
        self.accesses.sort_unstable();
        self.accesses.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 = kept.1.saturating_add(if same { next.1 } else { 0 });
            same
        });
        self.calls.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        self.calls.dedup_by(|next, kept| {
            let same = (next.0, &next.1) == (kept.0, &kept.1);
            kept.2 = kept.2.saturating_add(if same { next.2 } else { 0 });
            same
        });
        let (mut accesses, mut calls) = (Vec::new(), Vec::new());
        for (root, weight) in self.accesses {
            unsigned(&mut accesses, pack(Some(root)));
            unsigned(&mut accesses, weight);
        }
        for (callee, args, weight) in self.calls {
            unsigned(&mut calls, callee.0.into());
            unsigned(&mut calls, weight);
            unsigned(&mut calls, args.len() as u64);
            args.into_iter().for_each(|root| unsigned(&mut calls, pack(root)));
        }
        Summary { accesses: accesses.into(), calls: calls.into() }
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
                self.calls.push((func, args, weight));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_read_as_it_was_found() {
        let roots = [Root::Symbol(Symbol(300)), Root::Param(0), Root::Param(7), Root::Frame];
        let accesses: Vec<_> = roots.iter().map(|&root| (root, 8)).collect();
        let args = vec![None, Some(Root::Frame), Some(Root::Symbol(Symbol(0)))];
        let calls =
            vec![(Symbol(5), args.clone(), 1 << 40), (Symbol(6), vec![], 1), (Symbol(5), args, 2)];
        let twice = [accesses.clone(), accesses].concat();
        let summary = Found { accesses: twice, calls }.packed();
        let read: Vec<_> = summary.accesses().collect();
        assert!(roots.iter().all(|&root| read.contains(&(root, 16))) && read.len() == 4);
        let calls: Vec<_> =
            summary.calls().map(|c| (c.callee.0, c.weight, c.args().count())).collect();
        assert_eq!(calls, [(5, (1 << 40) + 2, 3), (6, 1, 0)]);
        let first = summary.calls().next().unwrap();
        assert_eq!(first.args().nth(2), Some(Some(Root::Symbol(Symbol(0)))));
    }
}
