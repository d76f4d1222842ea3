//! Blocks in order, and the branches between them (Ramsey, "Beyond Relooper", ICFP 2022).
//!
//! In: an [`Emitter`] for a function with reducible flow. Out: its whole code. Each block's code
//! is followed by that of the blocks it dominates. One with a single way in stands right where the
//! branch to it would be; one where several ways meet stands behind a WebAssembly block that ends
//! there; and what is entered from inside a loop but does not belong to it stands behind the
//! loop's end. The recursion over the dominator tree is a stack of [`Task`]s.

use super::{
    emit::Emitter,
    flow::{Flow, NONE, Node},
    op::{Label, Op},
};
use crate::ir::{Lists, Terminator};
use alloc::{vec, vec::Vec};

/// Nested constructs from which on the smaller part of an `if` is nested and the other follows.
const DEEP: u32 = 64;

/// What is still to be done; the last task is the next.
#[derive(Clone, Copy)]
enum Task {
    /// A block with all that it dominates.
    Tree(Node),
    /// A block and its terminator.
    Body(Node),
    Op(Op),
}

/// Where a branch leads.
#[derive(Clone, Copy)]
enum Arm {
    /// To a place that has a label.
    Label(Label),
    /// To a block that stands right there.
    Tree(Node),
}

/// Where each block stands.
struct Places {
    /// Whether branches reach the block through a label.
    labelled: Vec<bool>,
    /// Labelled blocks without code, which branches pass over.
    skipped: Vec<bool>,
    /// Labelled blocks that stand behind a block's code, inside its loop if it heads one.
    inside: Lists<Node>,
    /// Labelled blocks that stand behind the loop that a block heads.
    behind: Lists<Node>,
}

impl Places {
    fn new(emitter: &Emitter<'_>) -> Self {
        let flow = emitter.flow;
        let is_labelled = |node: Node| {
            let idom = flow.idom(node);
            let ways = flow.preds(node).iter().filter(|&&pred| pred < node).count();
            let switched = || matches!(emitter.terminator(idom), Terminator::Switch { .. });
            node > 0 && (ways > 1 || switched() || left_loop(flow, idom, node) != NONE)
        };
        let labelled: Vec<bool> = flow.nodes().map(is_labelled).collect();
        let mut skipped = vec![false; flow.len()];
        let (mut inside, mut behind) = (Vec::new(), Vec::new());
        for node in flow.nodes() {
            if !labelled[node as usize] {
                continue;
            }
            if !flow.is_header(node)
                && emitter.is_empty(node)
                && (flow.succs(node)[0] <= node || labelled[flow.succs(node)[0] as usize])
            {
                skipped[node as usize] = true;
                continue;
            }
            let idom = flow.idom(node);
            match left_loop(flow, idom, node) {
                NONE => inside.push((idom as usize, node)),
                header => behind.push((header as usize, node)),
            }
        }
        let lists = |pairs: Vec<_>| Lists::new(flow.len(), pairs.into_iter());
        Self { labelled, skipped, inside: lists(inside), behind: lists(behind) }
    }
}

/// Header of the outermost loop that holds `from` but not `to`.
fn left_loop(flow: &Flow, from: Node, to: Node) -> Node {
    let header = flow.header(to);
    let around = if header == to { flow.outer(to) } else { header };
    let (mut left, mut at) = (NONE, flow.header(from));
    while at != around && at != NONE {
        left = at;
        at = flow.outer(at);
    }
    left
}

/// Emits the whole function.
pub(crate) fn emit(emitter: &mut Emitter<'_>) {
    let places = &Places::new(emitter);
    let mut builder = Builder { emitter, places, tasks: vec![Task::Tree(0)], open: 0 };
    if builder.emitter.has_frame {
        builder.op(Op::Prologue);
    }
    while let Some(task) = builder.tasks.pop() {
        match task {
            Task::Tree(node) => builder.tree(node),
            Task::Body(node) => builder.body(node),
            Task::Op(op) => builder.op(op),
        }
    }
}

struct Builder<'a, 'f> {
    emitter: &'a mut Emitter<'f>,
    places: &'a Places,
    tasks: Vec<Task>,
    /// Constructs that are open.
    open: u32,
}

impl Builder<'_, '_> {
    fn op(&mut self, op: Op) {
        match op {
            Op::Block(_) | Op::Loop(_) | Op::If => self.open += 1,
            Op::End(_) => self.open -= 1,
            _ => {}
        }
        self.emitter.code.push(op);
    }

    fn tree(&mut self, node: Node) {
        let places = self.places;
        let (inside, behind) = (places.inside.of(node as usize), places.behind.of(node as usize));
        let is_header = self.emitter.flow.is_header(node);
        // First comes last: the stack turns the order around.
        let start = self.tasks.len();
        behind.iter().rev().for_each(|&next| self.open(next));
        if is_header {
            let line = self.emitter.lines.before_loop(node);
            self.tasks.extend(line.map(|line| Task::Op(Op::Line(line))));
            self.tasks.push(Task::Op(Op::Loop(Label::again(node))));
        }
        inside.iter().rev().for_each(|&next| self.open(next));
        self.tasks.push(Task::Body(node));
        inside.iter().for_each(|&next| self.close(next));
        if is_header {
            self.tasks.push(Task::Op(Op::End(Some(Label::again(node)))));
        }
        behind.iter().for_each(|&next| self.close(next));
        self.tasks[start..].reverse();
    }

    fn open(&mut self, next: Node) {
        self.tasks.push(Task::Op(Op::Block(Label::block(next))));
    }

    fn close(&mut self, next: Node) {
        self.tasks.extend([Task::Op(Op::End(Some(Label::block(next)))), Task::Tree(next)]);
    }

    fn body(&mut self, node: Node) {
        self.emitter.body(node);
        match self.emitter.terminator(node) {
            Terminator::Jump(target) => {
                let arm = self.arm(node, self.emitter.flow.node(target.block));
                self.go(arm);
            }
            Terminator::Branch { then, els, .. } => {
                let [then, els] = [then, els].map(|t| self.emitter.flow.node(t.block));
                if !self.go_around(node, then, els) {
                    let [then, els] = [then, els].map(|to| self.arm(node, to));
                    self.branch(then, els);
                }
            }
            Terminator::Switch { targets, default, .. } => {
                let nodes = targets.iter().chain([default]);
                let nodes: Vec<Node> =
                    nodes.map(|target| self.emitter.flow.node(target.block)).collect();
                self.switch(node, &nodes);
            }
            Terminator::Return(_) => {
                if self.emitter.has_frame {
                    self.op(Op::Epilogue);
                }
                self.op(Op::Return);
            }
            Terminator::Unreachable => self.op(Op::Unreachable),
        }
    }

    /// What a branch from `from` to `to` comes to; blocks without code are passed over.
    fn arm(&self, mut from: Node, mut to: Node) -> Arm {
        let flow = self.emitter.flow;
        while to > from && !self.places.labelled[to as usize] {
            if !self.emitter.is_empty(to) || flow.is_header(to) {
                return Arm::Tree(to);
            }
            (from, to) = (to, flow.succs(to)[0]);
        }
        Arm::Label(self.label(from, to))
    }

    /// The label by which `from` reaches `to`.
    fn label(&self, mut from: Node, mut to: Node) -> Label {
        while to > from && self.places.skipped[to as usize] {
            (from, to) = (to, self.emitter.flow.succs(to)[0]);
        }
        if to <= from { Label::again(to) } else { Label::block(to) }
    }

    fn go(&mut self, arm: Arm) {
        match arm {
            Arm::Label(label) => self.op(Op::Br(label)),
            Arm::Tree(node) => self.tasks.push(Task::Tree(node)),
        }
    }

    /// A branch at the end of a loop, one arm of which only prepares the next round: if that does no
    /// harm, it is done in any case, and the branch goes around the loop itself.
    fn go_around(&mut self, node: Node, then: Node, els: Node) -> bool {
        let prepares = |arm: Node, other: Node| {
            let jumps = matches!(self.emitter.terminator(arm), Terminator::Jump(_));
            let [to, ..] = self.emitter.flow.succs(arm) else { return false };
            let own = arm > node && !self.places.labelled[arm as usize];
            own && jumps && *to <= node && self.emitter.is_harmless(arm, other)
        };
        let (arm, other) = if prepares(then, els) {
            (then, els)
        } else if prepares(els, then) {
            self.emitter.code.negate();
            (els, then)
        } else {
            return false;
        };
        self.emitter.body(arm);
        self.op(Op::BrIf(Label::again(self.emitter.flow.succs(arm)[0])));
        let rest = self.arm(node, other);
        self.go(rest);
        true
    }

    fn branch(&mut self, then: Arm, els: Arm) {
        match (then, els) {
            (Arm::Label(label), els) => {
                self.op(Op::BrIf(label));
                self.go(els);
            }
            (then, Arm::Label(label)) => {
                self.emitter.code.negate();
                self.op(Op::BrIf(label));
                self.go(then);
            }
            (Arm::Tree(then), Arm::Tree(els)) if self.open < DEEP => {
                self.op(Op::If);
                let parts = [Task::Op(Op::End(None)), Task::Tree(els), Task::Op(Op::Else)];
                self.tasks.extend(parts.into_iter().chain([Task::Tree(then)]));
            }
            (Arm::Tree(then), Arm::Tree(els)) => {
                let flow = self.emitter.flow;
                let (mut nested, mut next) = (then, els);
                if flow.dominated(then) > flow.dominated(els) {
                    (nested, next) = (els, then);
                    self.emitter.code.negate();
                }
                self.op(Op::If);
                let parts = [Task::Tree(next), Task::Op(Op::End(None)), Task::Tree(nested)];
                self.tasks.extend(parts);
            }
        }
    }

    fn switch(&mut self, from: Node, targets: &[Node]) {
        let labels = targets.iter().map(|&to| self.label(from, to)).collect();
        let tables = &mut self.emitter.code.tables;
        tables.push(labels);
        let table = tables.len() as u32 - 1;
        self.op(Op::BrTable(table));
    }
}
