//! What a program has surely done before it needs it: DIM before an element, DEF before the function.
//!
//! In GW-BASIC both happen while the program runs: an array that is used first has the upper bound
//! 10, and a later DIM of it is an error. Where the text shows that a DIM comes first and but once, the
//! array costs what it costs elsewhere; the others are made at run time, and looked for.
//!
//! In: the statements of the main program. Out: [`Sure`]. Most programs have all of them before
//! anything jumps; for the rest each statement gets the set of what is done before it, by a forward
//! analysis over the jumps in which a GOSUB does what all RETURNs of its subroutine have done.

use super::names::Key;
use super::{Checker, ProcInfo};
use crate::ast::{Expr, ExprKind, Stmt, StmtKind, walk};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::map::{Map, Set};

/// Names that are looked at; a set of them is one word.
const MAX_NAMES: usize = 64;
/// Statements of a program that is analysed, and how often: a bound on the time.
const MAX_STATEMENTS: usize = 20_000;
const MAX_SWEEPS: usize = 200;

/// Arrays by their canonical names, functions by theirs.
#[derive(Default)]
pub(super) struct Sure {
    /// DIM or DEF comes before every use.
    pub(super) first: Set<Key>,
    /// It is never reached again.
    pub(super) once: Set<Key>,
}

/// A statement, as far as it matters.
#[derive(Clone, Copy, Default)]
struct Node {
    does: u64,
    uses: u64,
    /// It goes on with the next statement.
    falls: bool,
    /// It may do so without the GOSUB that it holds.
    skips: bool,
    returns: bool,
    /// It does away with everything: CLEAR.
    clears: bool,
    /// An error may lead here from anywhere.
    handler: bool,
}

#[derive(Default)]
struct Graph {
    nodes: Vec<Node>,
    edges: Vec<(u32, u32)>,
    /// GOSUBs and where they go.
    calls: Vec<(u32, u32)>,
    /// The number of the subroutine at each place; those behind the 63rd are one.
    owners: Map<u32, usize>,
    /// There is something that this does not understand.
    unclear: bool,
}

/// A block that is open while the statements go by.
enum Open {
    For(u32),
    While(u32),
    If { at: u32, els: Option<u32> },
}

impl Checker<'_> {
    /// Finds what is sure of the arrays of `names` and of all functions.
    pub(super) fn sure(&self, info: &ProcInfo, names: Vec<Key>) -> Sure {
        let mut names = names;
        let bodies: Vec<_> = self.outline.procs.iter().filter(|p| p.expr.is_some()).collect();
        names.extend(bodies.iter().map(|function| self.canonical(&function.name)));
        names.truncate(MAX_NAMES);
        if names.is_empty() {
            return Sure::default();
        }
        let bits: Map<Key, u32> = names.iter().cloned().zip(0..).collect();
        let functions = bits.iter().filter(|(name, _)| name.text.starts_with("FN"));
        let functions = functions.fold(0, |all, (_, bit)| all | 1u64 << bit);
        let within = bodies.iter().filter_map(|function| function.expr.as_ref());
        let within = within.fold(0, |all, body| all | self.bits_of(body, &bits));
        let seen = Seen { bits: &bits, functions, within };
        if self.outline.procs.len() > 1 + bodies.len() {
            // Procedures may use them from anywhere.
            return Sure::default();
        }
        self.at_the_start(info, &seen).or_else(|| self.anywhere(info, &seen)).unwrap_or_default()
    }

    /// What is sure of a program that jumps before all is done.
    fn anywhere(&self, info: &ProcInfo, seen: &Seen<'_>) -> Option<Sure> {
        let graph = self.graph(info, seen);
        if graph.unclear {
            return None;
        }
        let (done, maybe) = (graph.solve(true)?, graph.solve(false)?);
        let (mut early, mut again, mut used, mut declared) = (0, 0, seen.functions, 0);
        for (at, node) in graph.nodes.iter().enumerate() {
            used |= node.uses;
            early |= node.uses & !done[at];
            again |= node.does & maybe[at];
            // A DIM above all uses that nothing leads to can only be meant as Minimal BASIC has it.
            if done[at] == u64::MAX && !self.outline.traps_errors {
                declared |= node.does & !used;
            }
        }
        Some(seen.sure(early & !declared, again))
    }

    /// Arrays and functions in an expression.
    fn bits_of(&self, expr: &Expr, bits: &Map<Key, u32>) -> u64 {
        let mut found = 0;
        walk::deep(expr, &mut |part| {
            if let ExprKind::Name(name) | ExprKind::Call(name, _) = &part.kind
                && (matches!(part.kind, ExprKind::Call(..)) || name.text.starts_with("FN"))
                && let Some(bit) = bits.get(&self.canonical(name))
            {
                found |= 1 << bit;
            }
        });
        found
    }

    /// What a statement does and uses.
    fn node(&self, stmt: &Stmt, seen: &Seen<'_>) -> Node {
        let bit = |name| seen.bits.get(&self.canonical(name)).map_or(0, |bit| 1u64 << bit);
        let mut node = Node { falls: true, ..Node::default() };
        if let StmtKind::DefFn { name, .. } = &stmt.kind {
            node.does = bit(name);
            return node;
        }
        walk::roots(&stmt.kind, &mut |root| node.uses |= self.bits_of(root, seen.bits));
        if let StmtKind::Dim { items, .. } = &stmt.kind {
            for item in items.iter().filter(|item| item.bounds.is_some()) {
                node.does |= bit(&item.name);
            }
        }
        if node.uses & seen.functions != 0 {
            node.uses |= seen.within;
        }
        node
    }

    /// What is sure when all is done before anything jumps, and `None` where it is not: less work.
    fn at_the_start(&self, info: &ProcInfo, seen: &Seen<'_>) -> Option<Sure> {
        let mut places: Map<String, u32> = Map::new();
        let (mut done, mut order) = (0, Vec::new());
        let (mut straight, mut back) = (true, u32::MAX);
        for (at, stmt) in (0u32..).zip(info.stmts(self.sources)) {
            let node = self.node(&stmt, seen);
            straight &= is_straight(&stmt.kind);
            if straight {
                if let StmtKind::Line(number) = &stmt.kind {
                    places.insert(number.to_string(), at);
                }
                if node.uses & !done != 0 || node.does & done != 0 {
                    return None;
                }
                done |= node.does;
                order.push((at, node.does));
                order.pop_if(|last| last.1 == 0);
                continue;
            }
            if node.does != 0 || node.uses & !done != 0 || stmt.kind == StmtKind::Clear {
                return None;
            }
            let targets = walk::targets(&stmt.kind).iter();
            let known = targets.filter_map(|target| places.get(&target.text)).copied();
            back = known.fold(back, u32::min);
            if let StmtKind::Return(Some(_)) = stmt.kind {
                back = 0;
            }
        }
        let again = order.iter().filter(|done| done.0 >= back).fold(0, |all, done| all | done.1);
        Some(seen.sure(0, again))
    }

    fn graph(&self, info: &ProcInfo, seen: &Seen<'_>) -> Graph {
        let mut builder = GraphBuilder::default();
        for stmt in info.stmts(self.sources).take(MAX_STATEMENTS + 1) {
            let node = self.node(&stmt, seen);
            builder.add(&stmt, node);
        }
        builder.finish()
    }
}

/// The names that are looked at.
struct Seen<'a> {
    bits: &'a Map<Key, u32>,
    functions: u64,
    /// What the functions use: any of them may use what one does.
    within: u64,
}

impl Seen<'_> {
    /// The names without those that are used too early, and those that are reached again.
    fn sure(&self, early: u64, again: u64) -> Sure {
        let which = |not: u64| {
            let kept = self.bits.iter().filter(|(_, bit)| not >> **bit & 1 == 0);
            kept.map(|(name, _)| name.clone()).collect()
        };
        Sure { first: which(early), once: which(again) }
    }
}

/// Whether a program goes on behind a statement with the next one, always.
fn is_straight(kind: &StmtKind) -> bool {
    matches!(
        kind,
        StmtKind::Line(_)
            | StmtKind::Let(..)
            | StmtKind::Print { .. }
            | StmtKind::Dim { .. }
            | StmtKind::DefFn { .. }
            | StmtKind::Data(_)
            | StmtKind::OptionBase(_)
            | StmtKind::DefType(..)
            | StmtKind::Randomize(_)
            | StmtKind::Read(_)
            | StmtKind::Input { .. }
            | StmtKind::Ignored(_)
    )
}

#[derive(Default)]
struct GraphBuilder {
    out: Graph,
    open: Vec<Open>,
    places: Map<String, u32>,
    /// Jumps and GOSUBs (`true`) to lines that may not have come yet.
    jumps: Vec<(u32, String, bool)>,
    handlers: Vec<String>,
}

impl GraphBuilder {
    fn add(&mut self, stmt: &Stmt, mut node: Node) {
        let at = self.out.nodes.len() as u32;
        let targets = walk::targets(&stmt.kind).iter().map(|target| target.text.clone());
        match &stmt.kind {
            StmtKind::Line(number) => _ = self.places.insert(number.to_string(), at),
            StmtKind::Label(name) => _ = self.places.insert(name.clone(), at),
            StmtKind::OnError(_) => self.handlers.extend(targets),
            StmtKind::Gosub(_) | StmtKind::On { gosub: true, .. } => {
                node.skips = matches!(stmt.kind, StmtKind::On { .. });
                self.jumps.extend(targets.map(|target| (at, target, true)));
            }
            StmtKind::Goto(_) | StmtKind::On { .. } | StmtKind::Resume(_) => {
                node.falls = matches!(stmt.kind, StmtKind::On { .. });
                self.jumps.extend(targets.map(|target| (at, target, false)));
            }
            StmtKind::Return(value) => {
                (node.falls, node.returns) = (false, value.is_none());
                // RETURN with a line: it could be any.
                self.out.unclear |= value.is_some();
            }
            StmtKind::End | StmtKind::Stop | StmtKind::Bye | StmtKind::Break => node.falls = false,
            StmtKind::Clear => node.clears = true,
            StmtKind::LineIf(_) => self.open.push(Open::If { at, els: None }),
            StmtKind::LineElse => {
                node.falls = false;
                self.otherwise(at);
            }
            StmtKind::LineEnd => self.end_if(at),
            StmtKind::For { .. } => self.open.push(Open::For(at)),
            StmtKind::While(_) => self.open.push(Open::While(at)),
            StmtKind::Next(vars) => (0..vars.len().max(1)).for_each(|_| self.next(at)),
            StmtKind::Wend => {
                node.falls = false;
                self.wend(at);
            }
            StmtKind::If(_)
            | StmtKind::ElseIf(_)
            | StmtKind::Else
            | StmtKind::EndIf
            | StmtKind::Do(_)
            | StmtKind::Loop(_)
            | StmtKind::Select(_)
            | StmtKind::Exit(_)
            | StmtKind::Continue(_) => self.out.unclear = true,
            _ => {}
        }
        self.out.nodes.push(node);
    }

    fn otherwise(&mut self, at: u32) {
        let ifs = self.open.iter_mut().rev();
        let found = ifs.into_iter().find_map(|open| match open {
            Open::If { at, els } => Some((at, els)),
            _ => None,
        });
        if let Some((from, els)) = found {
            self.out.edges.push((*from, at + 1));
            *els = Some(at);
        }
    }

    /// FORs of the line may be open still.
    fn end_if(&mut self, at: u32) {
        let Some(place) = self.open.iter().rposition(|open| matches!(open, Open::If { .. })) else {
            self.out.unclear = true;
            return;
        };
        if let Open::If { at: from, els } = self.open.remove(place) {
            self.out.edges.push((els.unwrap_or(from), at));
        }
    }

    fn next(&mut self, at: u32) {
        let place = self.open.iter().rposition(|open| matches!(open, Open::For(_)));
        match place.map(|place| self.open.remove(place)) {
            Some(Open::For(from)) => self.out.edges.extend([(from, at), (at, from + 1)]),
            _ => self.out.unclear = true,
        }
    }

    fn wend(&mut self, at: u32) {
        let place = self.open.iter().rposition(|open| matches!(open, Open::While(_)));
        match place.map(|place| self.open.remove(place)) {
            Some(Open::While(from)) => self.out.edges.extend([(from, at + 1), (at, from)]),
            _ => self.out.unclear = true,
        }
    }

    fn finish(mut self) -> Graph {
        let out = &mut self.out;
        out.unclear |= out.nodes.len() > MAX_STATEMENTS || !self.open.is_empty();
        for (from, target, call) in &self.jumps {
            if let Some(&to) = self.places.get(target) {
                let edges = if *call { &mut out.calls } else { &mut out.edges };
                edges.push((*from, to));
            }
        }
        for target in &self.handlers {
            if let Some(&to) = self.places.get(target) {
                out.nodes[to as usize].handler = true;
            }
        }
        let last = out.nodes.len() as u32;
        out.edges.retain(|edge| edge.1 < last);
        out.edges.sort_unstable();
        out.calls.sort_unstable();
        for &(_, to) in &out.calls {
            let count = out.owners.len().min(63);
            out.owners.entry(to).or_insert(count);
        }
        self.out
    }
}

impl Graph {
    /// What is done before each statement: surely (`must`), or perhaps. `None` if that takes too long.
    fn solve(&self, must: bool) -> Option<Vec<u64>> {
        let top = if must { u64::MAX } else { 0 };
        let meet = |into: &mut u64, from: u64| {
            let old = *into;
            *into = if must { old & from } else { old | from };
            *into != old
        };
        let mut before: Vec<u64> = Vec::with_capacity(self.nodes.len());
        before.extend(self.nodes.iter().enumerate().map(|(at, node)| match (at, node.handler) {
            (_, true) => !top,
            (0, false) => 0,
            _ => top,
        }));
        let owned = self.owned()?;
        let mut back = [top; 64];
        for _ in 0..MAX_SWEEPS {
            let mut changed = false;
            let (mut edge, mut call) = (0, 0);
            for (at, node) in self.nodes.iter().enumerate() {
                let out = if node.clears { 0 } else { before[at] | node.does };
                let mut on = out;
                while let Some(&(_, to)) = self.edges.get(edge).filter(|e| e.0 as usize == at) {
                    changed |= meet(&mut before[to as usize], out);
                    edge += 1;
                }
                let mut returned = top;
                let first = call;
                while let Some(&(_, to)) = self.calls.get(call).filter(|c| c.0 as usize == at) {
                    changed |= meet(&mut before[to as usize], out);
                    meet(&mut returned, back[self.owners[&to]]);
                    call += 1;
                }
                if call > first && !(must && node.skips) {
                    on |= returned;
                }
                if node.falls && at + 1 < before.len() {
                    changed |= meet(&mut before[at + 1], on);
                }
                if node.returns {
                    for (owner, back) in back.iter_mut().enumerate() {
                        if owned[at] >> owner & 1 == 1 {
                            changed |= meet(back, out);
                        }
                    }
                }
            }
            if !changed {
                return Some(before);
            }
        }
        None
    }

    /// Which subroutines each statement belongs to: those whose beginning leads there.
    fn owned(&self) -> Option<Vec<u64>> {
        let mut owners = alloc::vec![0u64; self.nodes.len()];
        for &(_, to) in &self.calls {
            owners[to as usize] |= 1 << self.owners[&to];
        }
        for _ in 0..MAX_SWEEPS {
            let mut changed = false;
            let mut edge = 0;
            for (at, node) in self.nodes.iter().enumerate() {
                let mine = owners[at];
                let mut reach = |to: usize| {
                    changed |= owners[to] | mine != owners[to];
                    owners[to] |= mine;
                };
                while let Some(&(_, to)) = self.edges.get(edge).filter(|e| e.0 as usize == at) {
                    reach(to as usize);
                    edge += 1;
                }
                if node.falls && at + 1 < self.nodes.len() {
                    reach(at + 1);
                }
            }
            if !changed {
                return Some(owners);
            }
        }
        None
    }
}
