//! Blocks to labels and jumps.
//!
//! IF, SELECT, DO and the loops are a stack while the list of statements goes by; FOR and NEXT are in
//! [`loops`](super::loops).

use super::operators::compare;
use super::{Checked, Checker};
use crate::ast::{self, BinaryOp, CaseItem, Exit};
use crate::codes;
use crate::tree::{Arith, Expr, Kind, Label, Loop, Op, Place, Ty, VarId};
use alloc::boxed::Box;
use alloc::string::String;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

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

impl Checker<'_> {
    pub(super) fn open(&mut self, kind: BlockKind) {
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
            Some(at) if at + 1 == self.func.blocks.len() => at,
            Some(at) if line => {
                if !self.func.dialect.dynamic_loops {
                    self.leaves_the_line(at + 1);
                }
                at
            }
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

    /// A block that begins in the line of an IF and does not end there.
    fn leaves_the_line(&mut self, at: usize) {
        let Block { kind, span } = &self.func.blocks[at];
        let (name, end) = kind.words();
        let message =
            format!("this {name} begins in the line of an IF, where its {end} is missing");
        let help = "END IF ends an IF of several lines, whose THEN is the last word of its first";
        self.diagnostics.push(codes::BLOCK.error(*span, message).help(help));
    }

    /// "END IF without IF", or that something inside is still open.
    pub(super) fn not_open(&mut self, word: &str, opener: &str) {
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

    pub(super) fn while_loop(&mut self, cond: &ast::Expr) {
        let count = self.func.loops.whiles;
        self.func.loops.whiles += 1;
        if self.func.loops.open_whiles.contains(&count) {
            let (span, help) = (self.func.span, "the program stops when it gets here");
            self.warn(codes::LATE_ERROR, span, "WHILE without WEND", help);
            return self.raise(29);
        }
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
            _ if dynamic => {
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
                self.error(
                    codes::BLOCK,
                    cond.span,
                    text!("this DO has its condition at the top already"),
                );
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
            self.error(codes::BLOCK, span, text!("CASE after CASE ELSE"));
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
        let load = || Expr::new(ty, Kind::Load(Box::new(Place::Var(value))));
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
            (&BlockKind::Do { test, done, .. }, Exit::Do) => Some(if leave { done } else { test }),
            (&BlockKind::Select { end, .. }, Exit::Select) => Some(end),
            _ => None,
        });
        match target {
            Some(label) => self.push(Op::Jump(label)),
            None => {
                let word = if leave { "EXIT" } else { "CONTINUE" };
                let span = self.func.span;
                let message = format!("{word} {} outside a {0}", what.as_str());
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
