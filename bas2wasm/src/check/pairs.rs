//! FORs and NEXTs, as the text pairs them: what does not pair up, or is jumped into, must be paired
//! while the program runs.

use super::blocks::var_name;
use super::{Checker, ProcInfo};
use crate::ast::{Stmt, StmtKind, walk};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::map::{Map, Set};

impl Checker<'_> {
    /// Finds the loop variables whose NEXT must find its FOR at run time: those whose FORs and NEXTs
    /// do not pair up in the text, and those whose loops are jumped into.
    pub(super) fn count_loops(&mut self, info: &ProcInfo) {
        if !self.func.dialect.dynamic_loops {
            return;
        }
        let pairs = Pairs::new(info.stmts(self.sources));
        self.func.loops.endless = pairs.endless;
        let dynamic = &mut self.func.loops.dynamic;
        dynamic.extend(pairs.unpaired);
        for (at, target) in pairs.jumps {
            let Some(&to) = pairs.places.get(&target) else { continue };
            let entered = pairs.loops.iter().filter(|l| l.holds(to) && !l.holds(at));
            dynamic.extend(entered.map(|l| l.name.clone()));
        }
    }
}

/// A FOR and its NEXT, as the text pairs them.
struct Pair {
    name: String,
    from: usize,
    to: usize,
}

impl Pair {
    /// Whether the statement at `at` is inside.
    fn holds(&self, at: usize) -> bool {
        self.from < at && at <= self.to
    }
}

#[derive(Default)]
struct Pairs {
    loops: Vec<Pair>,
    /// Variables of FORs and NEXTs without a partner.
    unpaired: Vec<String>,
    /// Variables of FORs that no NEXT names.
    endless: Vec<String>,
    /// Where line numbers and labels are.
    places: Map<String, usize>,
    /// Where something jumps, and to which of them.
    jumps: Vec<(usize, String)>,
}

impl Pairs {
    /// Pairs the FORs and NEXTs of a procedure in the order of the text.
    fn new(stmts: impl Iterator<Item = Stmt>) -> Self {
        let mut out = Self::default();
        let mut open: Vec<(String, usize)> = Vec::new();
        let mut named = Set::new();
        for (at, stmt) in stmts.enumerate() {
            match &stmt.kind {
                StmtKind::For { var, .. } => {
                    open.extend(var_name(var).map(|name| (name.to_string(), at)));
                }
                StmtKind::Next(vars) if vars.is_empty() => {
                    if let Some((name, from)) = open.pop() {
                        out.loops.push(Pair { name, from, to: at });
                    }
                }
                StmtKind::Next(vars) => {
                    for name in vars.iter().filter_map(var_name) {
                        named.insert(name.to_string());
                        out.next(name, at, &mut open);
                    }
                }
                StmtKind::Line(number) => _ = out.places.insert(number.to_string(), at),
                StmtKind::Label(name) => _ = out.places.insert(name.clone(), at),
                kind => {
                    let targets = walk::targets(kind).iter();
                    out.jumps.extend(targets.map(|target| (at, target.text.clone())));
                }
            }
        }
        let without = open.iter().map(|(name, _)| name);
        out.endless.extend(without.filter(|name| !named.contains(*name)).cloned());
        out.unpaired.extend(open.into_iter().map(|(name, _)| name));
        out
    }

    /// NEXT of the variable `name`.
    fn next(&mut self, name: &str, at: usize, open: &mut Vec<(String, usize)>) {
        if let Some((name, from)) = open.pop_if(|last| last.0 == name) {
            self.loops.push(Pair { name, from, to: at });
            return;
        }
        // Not the innermost: what is inside it stays open for a later NEXT.
        if let Some(outer) = open.iter().rposition(|(n, _)| n == name) {
            self.unpaired.extend(open.drain(outer..).map(|(name, _)| name));
        }
        self.unpaired.push(name.to_string());
    }
}
