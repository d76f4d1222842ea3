//! Locals that are read before they are given a value.
//!
//! In: the typed tree of a function. Out: warnings. One walk in the order of execution carries,
//! for each local, whether some path or every path so far left it without a value. Ways back (of
//! loops and of `goto`) are not followed, so a loop's body is seen as in its first round; what a
//! loop assigns counts as assigned behind it. A local whose address is taken counts as assigned
//! from there on.
//!
//! The walk goes down operands with a list of what is still to do and recurses only into what has
//! branches, whose nesting the parser bounds.

use super::declarator::ParamDecl;
use super::tree::{Builtin, ExprId, ExprKind, LabelId, LocalId, Stmt, StmtKind, Switch};
use super::{Checker, codes};
use crate::names::Name;
use alloc::{vec, vec::Vec};
use wasm_common::map::Map;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// Warns about the locals of a function's `body` that may be read without a value.
    pub(super) fn check_values(&mut self, body: &Stmt, params: &[ParamDecl]) {
        let wanted = self.warns(&codes::UNINITIALIZED) || self.warns(&codes::MAYBE_UNINITIALIZED);
        // After an error a value may be missing because its initializer was not understood.
        if !wanted || self.session.diagnostics.has_errors() {
            return;
        }
        let mut walk = Walk::new(self);
        params.iter().for_each(|param| walk.state.assign(param.local));
        walk.stmt(body);
        let found = walk.found;
        for (local, span, always) in found {
            let declared = self.tree.local(local).span;
            let name = self.text(self.tree.local(local).name);
            let (code, message) = match always {
                true => (&codes::UNINITIALIZED, format!("`{name}` is read before it has a value")),
                false => (
                    &codes::MAYBE_UNINITIALIZED,
                    format!("`{name}` may be read before it has a value"),
                ),
            };
            if self.warns(code) {
                let warning = code.warning(span, message).label(declared, text!("declared here"));
                self.report(warning.help(text!("give it a value where it is declared")));
            }
        }
    }
}

/// A set of locals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Set(Vec<u64>);

impl Set {
    fn has(&self, local: LocalId) -> bool {
        self.0.get(local.0 as usize / 64).is_some_and(|word| word >> (local.0 % 64) & 1 != 0)
    }

    fn remove(&mut self, local: LocalId) {
        if let Some(word) = self.0.get_mut(local.0 as usize / 64) {
            *word &= !(1 << (local.0 % 64));
        }
    }

    fn insert(&mut self, local: LocalId) {
        let index = local.0 as usize / 64;
        if self.0.len() <= index {
            self.0.resize(index + 1, 0);
        }
        self.0[index] |= 1 << (local.0 % 64);
    }
}

/// What is known at a place of the program.
#[derive(Clone, Debug, Default)]
struct State {
    /// Locals that no path here gives a value.
    never: Set,
    /// Locals that some path here gives no value.
    maybe: Set,
    /// Whether nothing comes here.
    dead: bool,
}

impl State {
    fn dead() -> Self {
        Self { dead: true, ..Self::default() }
    }

    fn assign(&mut self, local: LocalId) {
        self.never.remove(local);
        self.maybe.remove(local);
    }

    /// What is known where two paths meet.
    fn join(&mut self, other: &Self) {
        if other.dead {
            return;
        }
        if self.dead {
            *self = other.clone();
            return;
        }
        for (a, b) in self.never.0.iter_mut().zip(&other.never.0) {
            *a &= b;
        }
        for (a, b) in self.maybe.0.iter_mut().zip(&other.maybe.0) {
            *a |= b;
        }
    }
}

/// What is still to do in an expression.
enum Todo {
    Visit(ExprId),
    /// A place whose subexpressions are evaluated, but which is not read.
    Place(ExprId),
    Assign(LocalId),
    Read(LocalId, Span),
}

struct Walk<'w, 'c, 's> {
    checker: &'w Checker<'c, 's>,
    state: State,
    /// What comes to labels by jumps forward.
    labels: Map<LabelId, State>,
    /// What leaves the loops and `switch`es around.
    breaks: Vec<State>,
    /// Locals read too early, where, and whether no path gives them a value.
    found: Vec<(LocalId, Span, bool)>,
    /// Those among them, so that each is reported once.
    reported: Set,
}

impl<'w, 'c, 's> Walk<'w, 'c, 's> {
    fn new(checker: &'w Checker<'c, 's>) -> Self {
        let mut state = State::default();
        for (index, local) in checker.tree.locals.iter().enumerate() {
            let types = checker.types();
            let kept = types.is_scalar(local.ty.ty) || types.is_record(local.ty.ty);
            if kept && local.name != Name::EMPTY {
                state.never.insert(LocalId(index as u32));
            }
        }
        state.maybe = state.never.clone();
        Self {
            checker,
            state,
            labels: Map::new(),
            breaks: Vec::new(),
            found: Vec::new(),
            reported: Set::default(),
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Empty | StmtKind::FallThrough => {}
            StmtKind::Expr(id) => self.expr(*id),
            StmtKind::Block(stmts, _) => stmts.iter().for_each(|stmt| self.stmt(stmt)),
            StmtKind::Init(local, init) => {
                init.items.iter().for_each(|item| self.expr(item.value));
                self.state.assign(*local);
            }
            StmtKind::Allocate(local, size) => {
                self.expr(*size);
                self.state.assign(*local);
            }
            StmtKind::If(arms, otherwise) => self.if_stmt(arms, otherwise.as_deref()),
            StmtKind::Switch(switch) => self.switch(switch),
            StmtKind::While(condition, body) => self.loop_stmt(Some(*condition), None, body),
            StmtKind::For(condition, step, body) => self.loop_stmt(*condition, *step, body),
            StmtKind::DoWhile(body, condition) => {
                self.breaks.push(State::dead());
                self.stmt(body);
                // A `continue` may have come from anywhere in the body.
                self.state.dead = false;
                let (_, leaves) = self.condition(*condition);
                self.state = leaves;
                self.leave();
            }
            StmtKind::Label(label) => self.label(*label),
            StmtKind::Goto(label) => {
                let state = core::mem::replace(&mut self.state, State::dead());
                self.labels.entry(*label).or_insert_with(State::dead).join(&state);
            }
            StmtKind::GotoComputed(id) => {
                self.expr(*id);
                self.state = State::dead();
            }
            StmtKind::Break => {
                let state = core::mem::replace(&mut self.state, State::dead());
                if let Some(around) = self.breaks.last_mut() {
                    around.join(&state);
                }
            }
            StmtKind::Continue => self.state = State::dead(),
            StmtKind::Return(value) => {
                value.iter().for_each(|&id| self.expr(id));
                self.state = State::dead();
            }
        }
    }

    fn if_stmt(&mut self, arms: &[(ExprId, Stmt)], otherwise: Option<&Stmt>) {
        let mut after = State::dead();
        for (condition, body) in arms {
            let (holds, fails) = self.condition(*condition);
            self.state = holds;
            self.stmt(body);
            after.join(&self.state);
            self.state = fails;
        }
        otherwise.into_iter().for_each(|stmt| self.stmt(stmt));
        self.state.join(&after);
    }

    fn switch(&mut self, switch: &Switch) {
        self.expr(switch.value);
        let labels = switch.cases.iter().map(|case| case.label).chain(switch.default);
        for label in labels {
            self.labels.entry(label).or_insert_with(State::dead).join(&self.state);
        }
        let none = match switch.default {
            Some(_) => State::dead(),
            None => self.state.clone(),
        };
        self.breaks.push(none);
        self.state = State::dead();
        self.stmt(&switch.body);
        self.leave();
    }

    fn loop_stmt(&mut self, condition: Option<ExprId>, step: Option<ExprId>, body: &Stmt) {
        let leaves = match condition {
            Some(condition) => {
                let (holds, fails) = self.condition(condition);
                self.state = holds;
                fails
            }
            None => State::dead(),
        };
        self.breaks.push(State::dead());
        self.stmt(body);
        let mut after = leaves.clone();
        if !after.dead {
            after.join(&self.state);
            // The loop is taken to run at least once.
            if !self.state.dead {
                after.maybe = self.state.maybe.clone();
            }
        }
        if let Some(step) = step {
            self.expr(step);
        }
        self.state = after;
        self.leave();
    }

    /// Goes on behind a loop or `switch`.
    fn leave(&mut self) {
        if let Some(broken) = self.breaks.pop() {
            self.state.join(&broken);
        }
    }

    /// A label that only later jumps come to is entered with everything assigned.
    fn label(&mut self, label: LabelId) {
        if let Some(state) = self.labels.remove(&label) {
            self.state.join(&state);
        }
        if self.state.dead {
            self.state = State::default();
        }
    }

    /// What is known where a condition holds, and where it fails.
    fn condition(&mut self, id: ExprId) -> (State, State) {
        match self.checker.tree.kind(id) {
            ExprKind::Int(value) => {
                let state = core::mem::take(&mut self.state);
                if *value != 0 { (state, State::dead()) } else { (State::dead(), state) }
            }
            ExprKind::Not(operand) => {
                let (holds, fails) = self.condition(*operand);
                (fails, holds)
            }
            ExprKind::Logical(and, operands) => {
                let mut early = State::dead();
                for &operand in operands {
                    let (holds, fails) = self.condition(operand);
                    let (goes_on, stops) = if *and { (holds, fails) } else { (fails, holds) };
                    early.join(&stops);
                    self.state = goes_on;
                }
                let all = core::mem::take(&mut self.state);
                if *and { (all, early) } else { (early, all) }
            }
            _ => {
                self.expr(id);
                (self.state.clone(), core::mem::take(&mut self.state))
            }
        }
    }

    fn expr(&mut self, id: ExprId) {
        let mut todo = vec![Todo::Visit(id)];
        while let Some(next) = todo.pop() {
            match next {
                Todo::Visit(id) => self.visit(id, &mut todo),
                Todo::Place(id) => self.place(id, &mut todo),
                Todo::Assign(local) => self.state.assign(local),
                Todo::Read(local, span) => self.read(local, span),
            }
        }
    }

    /// Pushes what evaluating a node does, the last first.
    fn visit(&mut self, id: ExprId, todo: &mut Vec<Todo>) {
        let tree = &self.checker.tree;
        match tree.kind(id) {
            ExprKind::Load(place) => {
                if let Some(local) = self.root(*place) {
                    todo.push(Todo::Read(local, tree.span(id)));
                }
                todo.push(Todo::Place(*place));
            }
            ExprKind::Address(place) => {
                todo.extend(self.root(*place).map(Todo::Assign));
                todo.push(Todo::Place(*place));
            }
            ExprKind::Assign(place, value) => {
                let target = self.root(*place);
                todo.extend(target.map(Todo::Assign));
                todo.push(Todo::Place(*place));
                // `int x = x;` says that x has no value, and that this is meant.
                let itself = matches!(*tree.kind(*value), ExprKind::Load(from)
                    if target.is_some() && self.root(from) == target);
                if !itself {
                    todo.push(Todo::Visit(*value));
                }
            }
            ExprKind::Convert(a) | ExprKind::Neg(a) | ExprKind::BitNot(a) => {
                todo.push(Todo::Visit(*a));
            }
            ExprKind::Binary(_, a, b) | ExprKind::Offset(a, b) | ExprKind::Difference(a, b, _) => {
                todo.extend([Todo::Visit(*b), Todo::Visit(*a)]);
            }
            ExprKind::Builtin(Builtin::Trap | Builtin::Exit, _) => self.branching(id),
            ExprKind::Comma(list) | ExprKind::Builtin(_, list) => {
                todo.extend(list.iter().rev().map(|&id| Todo::Visit(id)));
            }
            ExprKind::Call(_) | ExprKind::Statement(..) => self.branching(id),
            ExprKind::Not(_) | ExprKind::Logical(..) | ExprKind::Conditional(..) => {
                self.branching(id);
            }
            _ => todo.push(Todo::Place(id)),
        }
    }

    /// Nodes that decide what is evaluated.
    fn branching(&mut self, id: ExprId) {
        match self.checker.tree.kind(id) {
            ExprKind::Call(call) => {
                self.expr(call.callee);
                call.args.iter().for_each(|&id| self.expr(id));
                if self.checker.never_returns(id) {
                    self.state = State::dead();
                }
            }
            ExprKind::Builtin(..) => self.state = State::dead(),
            ExprKind::Statement(body, value) => {
                self.stmt(body);
                value.iter().for_each(|&id| self.expr(id));
            }
            ExprKind::Conditional(condition, a, b) => {
                let (holds, fails) = self.condition(*condition);
                self.state = holds;
                self.expr(*a);
                let after = core::mem::replace(&mut self.state, fails);
                self.expr(*b);
                self.state.join(&after);
            }
            _ => {
                let (mut holds, fails) = self.condition(id);
                holds.join(&fails);
                self.state = holds;
            }
        }
    }

    /// Pushes what finding a place does.
    fn place(&mut self, id: ExprId, todo: &mut Vec<Todo>) {
        match self.checker.tree.kind(id) {
            ExprKind::Deref(pointer) => todo.push(Todo::Visit(*pointer)),
            ExprKind::Member { base, .. } => todo.push(Todo::Place(*base)),
            ExprKind::Literal(_, init) => {
                todo.extend(init.items.iter().rev().map(|item| Todo::Visit(item.value)));
            }
            ExprKind::Local(_)
            | ExprKind::Entity(_)
            | ExprKind::String(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Symbol(..)
            | ExprKind::Error => {}
            // The value of a record lies in memory and is a place, too.
            _ => todo.push(Todo::Visit(id)),
        }
    }

    /// The local that a place is, or is a member of.
    fn root(&self, id: ExprId) -> Option<LocalId> {
        self.checker.local_of(id)
    }

    fn read(&mut self, local: LocalId, span: Span) {
        let (never, maybe) = (self.state.never.has(local), self.state.maybe.has(local));
        if maybe && !self.state.dead && !self.reported.has(local) {
            self.reported.insert(local);
            self.found.push((local, span, never));
        }
        self.state.assign(local);
    }
}
