//! FORs and NEXTs, as the text pairs them: what does not pair up, or is jumped into, must be paired
//! while the program runs.

use super::{Checker, ProcInfo};
use crate::ast::{Expr, Stmt, StmtKind, walk};
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
        let pairs = Pairs::new(info.stmts(self.sources), &|var| self.loop_name(var));
        self.func.loops.endless = pairs.endless;
        self.func.loops.open_whiles = pairs.open_whiles;
        self.func.loops.crossed = pairs.crossed;
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
    /// FORs, counted from 0, that have no NEXT, and no NEXT anywhere names their variable.
    endless: Vec<u32>,
    /// WHILEs, counted from 0, without WEND.
    open_whiles: Vec<u32>,
    /// The FORs, counted from 0, whose NEXT names another variable, and the line of that NEXT.
    crossed: Map<u32, u32>,
    /// Where line numbers and labels are.
    places: Map<String, usize>,
    /// Where something jumps, and to which of them.
    jumps: Vec<(usize, String)>,
}

impl Pairs {
    /// Pairs the FORs and NEXTs of a procedure in the order of the text.
    fn new(stmts: impl Iterator<Item = Stmt>, var_name: &dyn Fn(&Expr) -> Option<String>) -> Self {
        let mut out = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut named = Set::new();
        let (mut count, mut whiles, mut line) = (0, 0, 0);
        for (at, stmt) in stmts.enumerate() {
            match &stmt.kind {
                StmtKind::For { var, .. } => {
                    let name = var_name(var).unwrap_or_default();
                    open.push(Open { name, from: at, count });
                    count += 1;
                }
                StmtKind::Next(vars) if vars.is_empty() => {
                    if let Some(Open { name, from, .. }) = open.pop() {
                        out.loops.push(Pair { name, from, to: at });
                    }
                }
                StmtKind::Next(vars) => {
                    for name in vars.iter().filter_map(var_name) {
                        out.next(&name, at, line, &mut open);
                        named.insert(name);
                    }
                }
                StmtKind::While(_) => {
                    out.open_whiles.push(whiles);
                    whiles += 1;
                }
                StmtKind::Wend => _ = out.open_whiles.pop(),
                StmtKind::Line(number) => {
                    line = *number;
                    out.places.insert(number.to_string(), at);
                }
                StmtKind::Label(name) => _ = out.places.insert(name.clone(), at),
                kind => {
                    let targets = walk::targets(kind).iter();
                    out.jumps.extend(targets.map(|target| (at, target.text.clone())));
                }
            }
        }
        let without = open.iter().filter(|open| !named.contains(&open.name));
        out.endless.extend(without.map(|open| open.count));
        out.unpaired.extend(open.into_iter().map(|open| open.name));
        out
    }

    /// NEXT of the variable `name`, on this line. It belongs to the innermost FOR, as GW-BASIC looks
    /// for it when it gets to the FOR, and makes an error of that if the names differ.
    fn next(&mut self, name: &str, at: usize, line: u32, open: &mut Vec<Open>) {
        match open.pop() {
            Some(Open { name: own, from, .. }) if own == name => {
                self.loops.push(Pair { name: own, from, to: at });
            }
            Some(Open { name: own, count, .. }) => {
                self.crossed.insert(count, line);
                self.unpaired.extend([own, name.to_string()]);
            }
            None => self.unpaired.push(name.to_string()),
        }
    }
}

/// A FOR whose NEXT has not come yet, and how many FORs stand before it.
struct Open {
    name: String,
    from: usize,
    count: u32,
}
