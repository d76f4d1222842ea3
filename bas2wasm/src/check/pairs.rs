//! FORs and NEXTs, as the text pairs them: what does not pair up, or is jumped into, must be paired
//! while the program runs.

use super::blocks::var_name;
use super::{Checker, ProcInfo};
use crate::ast::{StmtKind, walk};
use alloc::string::ToString;
use alloc::vec::Vec;
use wasm_common::map::{Map, Set};

impl<'a> Checker<'a> {
    /// Finds the loop variables whose NEXT must find its FOR at run time: those whose FORs and NEXTs
    /// do not pair up in the text, and those whose loops are jumped into.
    pub(super) fn count_loops(&mut self, info: &ProcInfo<'a>) {
        if !self.func.dialect.dynamic_loops {
            return;
        }
        let pairs = pairs(info);
        self.func.loops.endless = pairs.endless.iter().map(ToString::to_string).collect();
        let dynamic = &mut self.func.loops.dynamic;
        dynamic.extend(pairs.unpaired.iter().map(ToString::to_string));
        if pairs.loops.is_empty() {
            return;
        }
        let mut places = Map::new();
        for (at, stmt) in info.stmts.iter().enumerate() {
            match &stmt.kind {
                StmtKind::Line(number) => _ = places.insert(number.to_string(), at),
                StmtKind::Label(name) => _ = places.insert(name.clone(), at),
                _ => {}
            }
        }
        for (at, stmt) in info.stmts.iter().enumerate() {
            for target in walk::targets(&stmt.kind) {
                let Some(&to) = places.get(&target.text) else { continue };
                let entered = pairs.loops.iter().filter(|l| l.holds(to) && !l.holds(at));
                dynamic.extend(entered.map(|l| l.name.to_string()));
            }
        }
    }
}

/// A FOR and its NEXT, as the text pairs them.
struct Pair<'a> {
    name: &'a str,
    from: usize,
    to: usize,
}

impl Pair<'_> {
    /// Whether the statement at `at` is inside.
    fn holds(&self, at: usize) -> bool {
        self.from < at && at <= self.to
    }
}

#[derive(Default)]
struct Pairs<'a> {
    loops: Vec<Pair<'a>>,
    /// Variables of FORs and NEXTs without a partner.
    unpaired: Vec<&'a str>,
    /// Variables of FORs that no NEXT names.
    endless: Vec<&'a str>,
}

/// Pairs the FORs and NEXTs of a procedure in the order of the text.
fn pairs<'a>(info: &ProcInfo<'a>) -> Pairs<'a> {
    let mut out = Pairs::default();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let (mut named, mut bare) = (Set::new(), false);
    for (at, stmt) in info.stmts.iter().enumerate() {
        match &stmt.kind {
            StmtKind::For { var, .. } => open.extend(var_name(var).map(|name| (name, at))),
            StmtKind::Next(vars) if vars.is_empty() => {
                bare = true;
                if let Some((name, from)) = open.pop() {
                    out.loops.push(Pair { name, from, to: at });
                }
            }
            StmtKind::Next(vars) => {
                for name in vars.iter().filter_map(var_name) {
                    named.insert(name);
                    if let Some((name, from)) = open.pop_if(|last| last.0 == name) {
                        out.loops.push(Pair { name, from, to: at });
                        continue;
                    }
                    // Not the innermost: what is inside it stays open for a later NEXT.
                    if let Some(outer) = open.iter().rposition(|&(n, _)| n == name) {
                        out.unpaired.extend(open.drain(outer..).map(|(name, _)| name));
                    }
                    out.unpaired.push(name);
                }
            }
            _ => {}
        }
    }
    let without = open.iter().map(|&(name, _)| name);
    out.endless.extend(without.filter(|name| !bare && !named.contains(name)));
    out.unpaired.extend(open.into_iter().map(|(name, _)| name));
    out
}
