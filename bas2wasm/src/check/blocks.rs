//! Blocks to labels and jumps.
//!
//! IF, SELECT, DO and the loops are a stack while the list of statements goes by. Where NEXT finds
//! its FOR only at run time ([`Dialect::dynamic_loops`](crate::dialect::Dialect)), a NEXT that the
//! stack does not explain jumps by a variable that says which FOR ran last; a FOR and a NEXT that
//! belong together on paper cost nothing more than elsewhere.

use super::names::Key;
use super::operators::compare;
use super::{Checked, Checker};
use crate::ast::{self, BinaryOp, CaseItem, Exit, ExprKind};
use crate::codes;
use crate::tree::{Arith, Expr, ForStart, Kind, Label, Loop, Number, Op, Place, Ty, VarId};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::map::Map;
use wasm_common::source::Span;

/// Blocks inside one another: a bound on the labels that one statement may look through.
const MAX_BLOCKS: usize = 256;

/// An open block.
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) span: Span,
}

pub(super) enum BlockKind {
    /// `next`: the next ELSEIF or ELSE. `line`: it ends with its line.
    If {
        next: Label,
        end: Label,
        seen_else: bool,
        line: bool,
    },
    /// `info` is `None` after an error in the FOR.
    For {
        info: Option<Loop>,
        name: String,
        next: Label,
    },
    While {
        test: Label,
        done: Label,
    },
    Do {
        test: Label,
        top: Label,
        done: Label,
        tested: bool,
    },
    Select {
        value: Option<VarId>,
        next: Label,
        end: Label,
        seen_else: bool,
    },
}

/// FORs of a procedure with NEXTs that do not match them one to one.
#[derive(Default)]
pub(super) struct Loops {
    /// Variables whose NEXT finds its FOR at run time.
    pub(super) dynamic: Vec<String>,
    /// Variables whose FOR no NEXT belongs to.
    pub(super) endless: Vec<String>,
    /// FORs, counted from 0, whose NEXT names another variable, and the line of that NEXT.
    pub(super) crossed: Map<u32, u32>,
    /// FORs so far.
    count: u32,
    state: Map<String, DynamicLoops>,
    /// All FORs of each such variable.
    groups: Vec<Vec<Loop>>,
}

impl Loops {
    /// The FORs of each variable whose NEXT finds its FOR at run time.
    pub(super) fn take(&mut self) -> Vec<Vec<Loop>> {
        core::mem::take(&mut self.groups)
    }
}

struct DynamicLoops {
    limit: VarId,
    step: VarId,
    active: VarId,
    /// Which of `groups` they are.
    group: u32,
}

impl Checker<'_> {
    fn open(&mut self, kind: BlockKind) {
        if self.func.blocks.len() >= MAX_BLOCKS {
            let message = format!("blocks inside one another deeper than {MAX_BLOCKS}");
            let span = self.func.span;
            self.error(codes::TOO_DEEP, span, message);
        }
        self.func.blocks.push(Block { kind, span: self.func.span });
    }

    fn branch(&mut self, cond: Option<Expr>, then: Label, els: Label) {
        if let (None, Some(code)) = (&cond, self.func.late.take()) {
            self.raise(code);
        }
        let cond = cond.unwrap_or(Expr::i32(0));
        self.push(Op::Branch { cond, then, els });
    }

    pub(super) fn if_block(&mut self, cond: &ast::Expr, line: bool) {
        let cond = self.condition(cond);
        let [then, next, end] = [self.func.label(), self.func.label(), self.func.label()];
        self.branch(cond, then, next);
        if line && self.out.traps_errors && self.func.dialect.dynamic_loops {
            // GW-BASIC skips to the next colon.
            let skip = self.func.label();
            self.push(Op::ResumeNextAt(skip));
            self.func.skips.push(skip);
        }
        self.label_here(then);
        self.open(BlockKind::If { next, end, seen_else: false, line });
    }

    /// The innermost IF, for ELSE and ELSEIF.
    fn current_if(&mut self, word: &str) -> Checked<(Label, Label)> {
        let span = self.func.span;
        match self.func.blocks.last().map(|b| &b.kind) {
            Some(BlockKind::If { seen_else: true, .. }) => {
                self.error(codes::BLOCK, span, format!("{word} after ELSE"));
                None
            }
            Some(&BlockKind::If { next, end, .. }) => Some((next, end)),
            _ => {
                self.error(codes::BLOCK, span, format!("{word} without IF"));
                None
            }
        }
    }

    pub(super) fn else_if(&mut self, cond: &ast::Expr) -> Checked<()> {
        let (old, stop) = self.current_if("ELSEIF")?;
        self.push(Op::Jump(stop));
        self.label_here(old);
        let cond = self.condition(cond);
        let (then, new) = (self.func.label(), self.func.label());
        self.branch(cond, then, new);
        self.label_here(then);
        if let Some(Block { kind: BlockKind::If { next, .. }, .. }) = self.func.blocks.last_mut() {
            *next = new;
        }
        Some(())
    }

    pub(super) fn else_block(&mut self) -> Checked<()> {
        let (old, stop) = self.current_if("ELSE")?;
        self.push(Op::Jump(stop));
        self.label_here(old);
        if let Some(Block { kind: BlockKind::If { seen_else, .. }, .. }) =
            self.func.blocks.last_mut()
        {
            *seen_else = true;
        }
        Some(())
    }

    /// END IF, or the end of a single-line IF.
    pub(super) fn end_if(&mut self, line: bool) {
        // A FOR that began on the line may be closed on a later one.
        let inner = self.func.blocks.iter().rposition(|b| matches!(b.kind, BlockKind::If { .. }));
        let at = match inner {
            Some(at) if line && self.func.dialect.dynamic_loops => at,
            Some(at) if at + 1 == self.func.blocks.len() => at,
            _ => return self.not_open("END IF", "IF"),
        };
        let block = self.func.blocks.remove(at);
        if let BlockKind::If { next, end, seen_else, .. } = block.kind {
            if !seen_else {
                self.label_here(next);
            }
            self.label_here(end);
        }
    }

    /// "END IF without IF", or that something inside is still open.
    fn not_open(&mut self, word: &str, opener: &str) {
        let span = self.func.span;
        match self.func.blocks.last() {
            Some(block) if !matches!(block.kind, BlockKind::If { line: true, .. }) => {
                let (name, end) = block.kind.words();
                let diagnostic =
                    codes::BLOCK.error(span, format!("`{word}` here, but a {name} is still open"));
                let label = format!("this {name} needs its {end} first");
                self.diagnostics.push(diagnostic.label(block.span, label));
                // One error is enough for this pair.
                self.func.blocks.pop();
            }
            _ => self.error(codes::BLOCK, span, format!("`{word}` without {opener}")),
        }
    }

    pub(super) fn for_loop(
        &mut self,
        var: &ast::Expr,
        from: &ast::Expr,
        to: &ast::Expr,
        step: Option<&ast::Expr>,
    ) {
        let next = self.func.label();
        let count = self.func.loops.count;
        self.func.loops.count += 1;
        if let Some(line) = self.func.loops.crossed.get(&count).copied() {
            self.crossed(line);
        }
        let info = self.for_start(var, from, to, step);
        let name = self.loop_name(var).unwrap_or_default();
        self.open(BlockKind::For { info, name, next });
    }

    /// A FOR whose NEXT, on this line, names another variable.
    fn crossed(&mut self, line: u32) {
        let (span, help) = (self.func.span, "the program stops when it gets here");
        let message = format!("the NEXT of this FOR, in line {line}, has another variable");
        self.warn(codes::LATE_ERROR, span, message, help);
        let own = core::mem::replace(&mut self.func.number, line);
        self.raise(1);
        self.func.number = own;
    }

    fn for_start(
        &mut self,
        var: &ast::Expr,
        from: &ast::Expr,
        to: &ast::Expr,
        step: Option<&ast::Expr>,
    ) -> Checked<Loop> {
        let Place::Var(id) = self.place(var)? else {
            self.error(codes::NOT_A_VARIABLE, var.span, "the variable of FOR cannot be an element");
            return None;
        };
        let ty = self.out.vars[id.0 as usize].ty;
        if ty.num().is_none() {
            self.error(codes::TYPE_MISMATCH, var.span, "the variable of FOR is a number");
            return None;
        }
        let (from, to) = (self.typed(from, ty), self.typed(to, ty));
        let step = match step {
            Some(step) => Some(self.typed(step, ty)?),
            None => None,
        };
        let (from, to) = (from?, to?);
        let (body, done) = (self.func.label(), self.func.label());
        let name = self.loop_name(var).unwrap_or_default();
        if self.func.loops.endless.contains(&name) {
            self.raise(26);
        }
        let dynamic = self.func.loops.dynamic.contains(&name);
        let info = if dynamic {
            self.dynamic_for(&name, id, ty, body, done)
        } else {
            let (kept, fixed) = match &step {
                None => (None, 1),
                Some(Expr { kind: Kind::Number(Number::Int(fixed)), .. }) => (None, *fixed),
                Some(_) => (Some(self.hidden(ty)), 0),
            };
            let limit = self.hidden(ty);
            Loop { var: id, limit, step: kept, fixed, body, done, active: None }
        };
        let step = if info.step.is_some() { Some(step.unwrap_or(self.one(ty))) } else { None };
        self.push(Op::ForStart(Box::new(ForStart { info: info.clone(), from, to, step })));
        self.label_here(body);
        Some(info)
    }

    fn one(&self, ty: Ty) -> Expr {
        if matches!(ty, Ty::F32 | Ty::F64) { Expr::float(ty, 1.0) } else { Expr::int(ty, 1) }
    }

    fn dynamic_for(&mut self, name: &str, var: VarId, ty: Ty, body: Label, done: Label) -> Loop {
        if !self.func.loops.state.contains_key(name) {
            let (limit, step, active) = (self.hidden(ty), self.hidden(ty), self.hidden(Ty::I32));
            let group = self.func.loops.groups.len() as u32;
            self.func.loops.groups.push(Vec::new());
            let state = DynamicLoops { limit, step, active, group };
            self.func.loops.state.insert(name.to_string(), state);
        }
        let Loops { state, groups, .. } = &mut self.func.loops;
        let state = &state[name];
        let group = &mut groups[state.group as usize];
        let number = group.len() as u32 + 1;
        let info = Loop {
            var,
            limit: state.limit,
            step: Some(state.step),
            fixed: 0,
            body,
            done,
            active: Some((state.active, number)),
        };
        group.push(info.clone());
        info
    }

    pub(super) fn next(&mut self, vars: &[ast::Expr]) {
        if vars.is_empty() {
            return self.next_of(None);
        }
        for var in vars {
            self.next_of(Some(var));
        }
    }

    fn next_of(&mut self, var: Option<&ast::Expr>) {
        let name = var.and_then(|var| self.loop_name(var));
        let at = self.func.blocks.iter().rposition(|block| match &block.kind {
            BlockKind::For { name: own, .. } => name.as_ref().is_none_or(|name| name == own),
            _ => false,
        });
        let inner = at.and_then(|at| match &self.func.blocks[at].kind {
            BlockKind::For { name, .. } => Some(name.clone()),
            _ => None,
        });
        let own = name.clone().or(inner);
        if let Some(own) = own.filter(|own| self.func.loops.dynamic.contains(own)) {
            return self.dynamic_next(&own, at);
        }
        let last = self.func.blocks.len();
        // GW-BASIC's WHILE may end inside a FOR, and a FOR inside a WHILE.
        let inner_ifs = |from: usize, blocks: &[Block]| {
            blocks[from..].iter().all(|b| match b.kind {
                BlockKind::If { line, .. } => line,
                BlockKind::While { .. } => true,
                _ => false,
            })
        };
        match at {
            Some(at)
                if at + 1 == last
                    || (self.func.dialect.dynamic_loops
                        && inner_ifs(at + 1, &self.func.blocks)) =>
            {
                let block = self.func.blocks.remove(at);
                if let BlockKind::For { info, next, .. } = block.kind {
                    self.label_here(next);
                    if let Some(info) = info {
                        let done = info.done;
                        self.push(Op::ForNext(Box::new(info)));
                        self.label_here(done);
                    }
                }
            }
            Some(_) => self.not_open("NEXT", "FOR"),
            None => match (self.func.blocks.last(), &name) {
                (
                    Some(Block { kind: BlockKind::For { info: Some(info), .. }, span }),
                    Some(name),
                ) => {
                    let other = self.out.vars[info.var.0 as usize].name.clone();
                    let other = other.trim_end_matches(['!', '#']);
                    let (span, at) = (*span, self.func.span);
                    let diagnostic =
                        codes::BLOCK.error(at, format!("`NEXT {name}` closes a FOR of `{other}`"));
                    self.diagnostics.push(diagnostic.label(span, "this FOR is still open"));
                    self.func.blocks.pop();
                }
                _ if self.func.dialect.dynamic_loops => self.next_without_for(),
                _ => self.not_open("NEXT", "FOR"),
            },
        }
    }

    /// A NEXT that no FOR comes before is an error when the program gets there.
    fn next_without_for(&mut self) {
        self.raise(1);
    }

    /// A NEXT that jumps to the FOR of its variable that ran last.
    fn dynamic_next(&mut self, name: &str, at: Option<usize>) {
        let Some(group) = self.func.loops.state.get(name).map(|state| state.group) else {
            return self.next_without_for();
        };
        self.push(Op::ForNextAny(group));
        if let Some(at) = at {
            let block = self.func.blocks.remove(at);
            if let BlockKind::For { info, next, .. } = block.kind {
                self.label_here(next);
                if let Some(info) = info {
                    self.label_here(info.done);
                }
            }
        }
    }

    pub(super) fn while_loop(&mut self, cond: &ast::Expr) {
        let [test, body, done] = [self.func.label(), self.func.label(), self.func.label()];
        self.label_here(test);
        let cond = self.condition(cond);
        self.branch(cond, body, done);
        self.label_here(body);
        self.open(BlockKind::While { test, done });
    }

    pub(super) fn wend(&mut self) {
        let dynamic = self.func.dialect.dynamic_loops;
        let at = self.func.blocks.iter().rposition(|b| matches!(b.kind, BlockKind::While { .. }));
        let inner = &self.func.blocks[at.map_or(0, |at| at + 1)..];
        let fors = inner.iter().all(|b| dynamic && matches!(b.kind, BlockKind::For { .. }));
        match at {
            Some(at) if fors => {
                let block = self.func.blocks.remove(at);
                if let BlockKind::While { test, done } = block.kind {
                    self.push(Op::Jump(test));
                    self.label_here(done);
                }
            }
            None if dynamic => {
                let (span, help) = (self.func.span, "the program stops when it gets here");
                self.warn(codes::LATE_ERROR, span, "`WEND` without WHILE", help);
                self.raise(30);
            }
            _ => self.not_open("WEND", "WHILE"),
        }
    }

    pub(super) fn do_loop(&mut self, cond: Option<&(bool, ast::Expr)>) {
        let [test, top, done] = [self.func.label(), self.func.label(), self.func.label()];
        let tested = cond.is_some();
        if let Some((until, cond)) = cond {
            self.label_here(test);
            let cond = self.condition(cond);
            let (then, els) = if *until { (done, top) } else { (top, done) };
            self.branch(cond, then, els);
        }
        self.label_here(top);
        self.open(BlockKind::Do { test, top, done, tested });
    }

    pub(super) fn loop_end(&mut self, cond: Option<&(bool, ast::Expr)>) {
        let Some(&Block { kind: BlockKind::Do { test, top, done, tested }, .. }) =
            self.func.blocks.last()
        else {
            return self.not_open("LOOP", "DO");
        };
        self.func.blocks.pop();
        if tested {
            if let Some((_, cond)) = cond {
                self.error(codes::BLOCK, cond.span, "this DO has its condition at the top already");
            }
            self.push(Op::Jump(test));
        } else {
            self.label_here(test);
            match cond {
                None => self.push(Op::Jump(top)),
                Some((until, cond)) => {
                    let cond = self.condition(cond);
                    let (then, els) = if *until { (done, top) } else { (top, done) };
                    self.branch(cond, then, els);
                }
            }
        }
        self.label_here(done);
    }

    pub(super) fn select(&mut self, value: &ast::Expr) {
        let (next, end) = (self.func.label(), self.func.label());
        let value = self.expr(value).map(|value| {
            let ty = if value.ty == Ty::I16 { Ty::I32 } else { value.ty };
            let var = self.hidden(ty);
            let span = self.func.span;
            let value = self.convert(value, ty, span).unwrap_or(Expr::i32(0));
            self.push(Op::Store(Place::Var(var), value));
            var
        });
        self.push(Op::Jump(next));
        self.open(BlockKind::Select { value, next, end, seen_else: false });
    }

    /// `None` for CASE ELSE.
    pub(super) fn case(&mut self, items: Option<&[CaseItem]>) {
        let Some(&Block { kind: BlockKind::Select { value, next, end, seen_else }, .. }) =
            self.func.blocks.last()
        else {
            return self.not_open("CASE", "SELECT");
        };
        let span = self.func.span;
        if seen_else {
            self.error(codes::BLOCK, span, "CASE after CASE ELSE");
        }
        self.push(Op::Jump(end));
        self.label_here(next);
        let (body, new) = (self.func.label(), self.func.label());
        match items {
            None => self.label_here(body),
            Some(items) => {
                for item in items {
                    let cond = value.and_then(|value| self.case_test(value, item));
                    let on = self.func.label();
                    self.branch(cond, body, on);
                    self.label_here(on);
                }
                self.push(Op::Jump(new));
                self.label_here(body);
            }
        }
        if let Some(Block { kind: BlockKind::Select { next, seen_else, .. }, .. }) =
            self.func.blocks.last_mut()
        {
            *next = new;
            *seen_else |= items.is_none();
        }
    }

    fn case_test(&mut self, value: VarId, item: &CaseItem) -> Checked<Expr> {
        let ty = self.out.vars[value.0 as usize].ty;
        let load = || Expr { ty, kind: Kind::Load(Box::new(Place::Var(value))) };
        let test = |this: &mut Self, op, operand: &ast::Expr| {
            let right = this.expr(operand)?;
            if right.ty.is_text() || ty.is_text() {
                let right = this.convert(right, ty, operand.span)?;
                return Some(compare(op, load(), right));
            }
            let wide = super::operators::wider(ty.num()?, right.ty.num()?);
            let wide = Ty::Num(super::operators::wider(wide, crate::ast::NumType::I32));
            let left = this.convert(load(), wide, operand.span)?;
            let right = this.convert(right, wide, operand.span)?;
            Some(compare(op, left, right))
        };
        match item {
            CaseItem::Value(operand) => test(self, BinaryOp::Eq, operand),
            CaseItem::Is(op, operand) => test(self, *op, operand),
            CaseItem::Range(low, high) => {
                let (low, high) = (test(self, BinaryOp::Ge, low)?, test(self, BinaryOp::Le, high)?);
                Some(super::operators::arith(Arith::And, Ty::I32, low, high))
            }
        }
    }

    pub(super) fn end_select(&mut self) {
        match self.func.blocks.last() {
            Some(&Block { kind: BlockKind::Select { next, end, .. }, .. }) => {
                self.func.blocks.pop();
                self.label_here(next);
                self.label_here(end);
            }
            _ => self.not_open("END SELECT", "SELECT"),
        }
    }

    /// EXIT and CONTINUE of blocks.
    pub(super) fn exit(&mut self, what: Exit, leave: bool) {
        let target = self.func.blocks.iter().rev().find_map(|block| match (&block.kind, what) {
            (BlockKind::For { info, next, .. }, Exit::For) => {
                let done = info.as_ref().map(|info| info.done);
                Some(if leave { done.unwrap_or(*next) } else { *next })
            }
            (&BlockKind::While { test, done }, Exit::While) => {
                Some(if leave { done } else { test })
            }
            (&BlockKind::Do { test, top, done, tested }, Exit::Do) => {
                let _ = (top, tested);
                Some(if leave { done } else { test })
            }
            (&BlockKind::Select { end, .. }, Exit::Select) => Some(end),
            _ => None,
        });
        match target {
            Some(label) => self.push(Op::Jump(label)),
            None => {
                let word = if leave { "EXIT" } else { "CONTINUE" };
                let span = self.func.span;
                let message =
                    format!("{word} {} outside a {0}", what.as_str()).replace("{0}", what.as_str());
                self.error(codes::BLOCK, span, message);
            }
        }
    }

    /// At the end of a procedure: every block must be closed.
    pub(super) fn close_blocks(&mut self) {
        for block in core::mem::take(&mut self.func.blocks) {
            let (word, end) = block.kind.words();
            let span = block.span;
            if let BlockKind::For { info, next, .. } = &block.kind
                && self.func.dialect.dynamic_loops
            {
                // Its NEXT stands before it in the text, or nowhere: then it runs once.
                self.label_here(*next);
                if let Some(info) = info {
                    self.label_here(info.done);
                }
                continue;
            }
            self.error(codes::BLOCK, span, format!("this {word} has no {end}"));
        }
    }
}

impl BlockKind {
    /// What it is called, and what closes it.
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::If { .. } => ("IF", "END IF"),
            Self::For { .. } => ("FOR", "NEXT"),
            Self::While { .. } => ("WHILE", "WEND"),
            Self::Do { .. } => ("DO", "LOOP"),
            Self::Select { .. } => ("SELECT", "END SELECT"),
        }
    }
}

impl Checker<'_> {
    /// The name of a loop variable, with the suffix that it has or that its type is.
    pub(super) fn loop_name(&self, var: &ast::Expr) -> Option<String> {
        let ExprKind::Name(name) = &var.kind else { return None };
        let Key { text, suffix } = self.canonical(name);
        Some(match suffix {
            Some(suffix) => format!("{text}{suffix}"),
            None => text,
        })
    }
}
