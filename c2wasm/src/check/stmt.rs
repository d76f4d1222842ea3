//! Statements (C11 6.8).

use super::regions::Regions;
use super::switch::SwitchState;
use super::tree::{ExprId, ExprKind, LabelId, Stmt, StmtKind};
use super::{Checker, codes};
use crate::ast::{self, Expr, ForInit, Ident, Label, LabelKind, StringLit};
use crate::names::Name;
use crate::session::Edition;
use crate::types::Ty;
use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};
use wasm_common::map::Map;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// Where control may jump to in the current function.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    labels: Map<Name, LabelUse>,
    /// The `switch`es around, innermost last.
    pub(super) switches: Vec<SwitchState>,
    pub(super) loops: u32,
    pub(super) regions: Regions,
}

#[derive(Debug, Clone, Copy)]
struct LabelUse {
    id: LabelId,
    defined: Option<Span>,
    used: Option<Span>,
    /// Its number among those whose address is taken; 0 is none.
    address: u32,
}

impl Checker<'_, '_> {
    pub(super) fn jumps(&mut self) -> &mut Jumps {
        &mut self.state.as_mut().expect("statements stand in functions").jumps
    }

    /// Statements in the current scope; whether they declare arrays of variable length.
    pub(super) fn statements(&mut self, list: &[ast::Stmt], out: &mut Vec<Stmt>) -> bool {
        if self.is_pedantic() {
            self.pedantic_statements(list);
        }
        let outer = self.set_allocates(false);
        let region = self.jumps().regions.current;
        // GNU's `__label__` names: hidden meanings, to be restored at the block's end.
        let mut hidden: Vec<(Name, Option<LabelUse>)> = Vec::new();
        for stmt in list {
            match &stmt.kind {
                ast::StmtKind::Declaration(declaration) => self.local_declaration(declaration, out),
                ast::StmtKind::LocalLabels(names) => {
                    for name in names {
                        hidden.push((name.name, self.jumps().labels.remove(&name.name)));
                    }
                }
                _ => {
                    self.check_order(out, stmt);
                    let stmt = self.statement(stmt);
                    if !matches!(stmt.kind, StmtKind::Empty) {
                        out.push(stmt);
                    }
                }
            }
        }
        for (name, before) in hidden.into_iter().rev() {
            let here = self.jumps().labels.remove(&name);
            if let Some(label) = here {
                self.check_label(name, &label);
            }
            if let Some(before) = before {
                self.jumps().labels.insert(name, before);
            }
        }
        self.jumps().regions.current = region;
        self.set_allocates(outer)
    }

    /// What follows in this block lies in a region that no jump may enter.
    pub(super) fn enter_region(&mut self, what: &'static str, span: Span) {
        if let Some(state) = &mut self.state {
            state.jumps.regions.enter(what, span);
        }
    }

    fn set_allocates(&mut self, value: bool) -> bool {
        self.state.as_mut().is_some_and(|state| core::mem::replace(&mut state.allocates, value))
    }

    fn block(&mut self, block: &ast::Block) -> Stmt {
        self.unit.scopes.enter();
        let mut stmts = Vec::new();
        let allocates = self.statements(&block.stmts, &mut stmts);
        self.leave_scope();
        Stmt { kind: StmtKind::Block(stmts, allocates), span: block.span }
    }

    /// A block whose last expression statement is its value (GNU).
    pub(super) fn block_with_value(&mut self, block: &ast::Block) -> (Stmt, Option<ExprId>) {
        self.unit.scopes.enter();
        let region = self.jumps().regions.current;
        self.enter_region("a statement expression", block.span);
        let mut stmts = Vec::new();
        let mut last = block.stmts.split_last();
        let mut labels: &[Label] = &[];
        let mut value = None;
        if let Some((ast::Stmt { kind: ast::StmtKind::Labeled { labels: l, body }, .. }, rest)) =
            last
            && matches!(body.kind, ast::StmtKind::Expr(_))
        {
            labels = l;
            last = Some((body, rest));
        }
        let allocates = match last {
            Some((ast::Stmt { kind: ast::StmtKind::Expr(expr), .. }, rest)) => {
                let allocates = self.statements(rest, &mut stmts);
                self.labels(labels, &mut stmts);
                value = Some(self.value(expr));
                allocates
            }
            _ => self.statements(&block.stmts, &mut stmts),
        };
        self.jumps().regions.current = region;
        self.leave_scope();
        (Stmt { kind: StmtKind::Block(stmts, allocates), span: block.span }, value)
    }

    /// A statement with a scope of its own (6.8.4p3, 6.8.5p5).
    pub(super) fn scoped(&mut self, stmt: &ast::Stmt) -> Stmt {
        match &stmt.kind {
            ast::StmtKind::Block(block) => return self.block(block),
            ast::StmtKind::Declaration(_) => {
                let message =
                    text!("a declaration is no statement: it needs braces around it here");
                self.error(&codes::MISPLACED, stmt.span, message);
            }
            _ => {}
        }
        self.unit.scopes.enter();
        let stmt = self.statement(stmt);
        self.leave_scope();
        stmt
    }

    fn statement(&mut self, stmt: &ast::Stmt) -> Stmt {
        // A selection or iteration statement is a block itself, but in C89 (6.8.4p3, 6.8.5p5).
        if is_block(stmt) && self.edition() != Edition::C89 {
            self.unit.scopes.enter();
            let stmt = self.plain_statement(stmt);
            self.leave_scope();
            return stmt;
        }
        self.plain_statement(stmt)
    }

    fn plain_statement(&mut self, stmt: &ast::Stmt) -> Stmt {
        let span = stmt.span;
        let kind = match &stmt.kind {
            ast::StmtKind::Empty => StmtKind::Empty,
            ast::StmtKind::Attributes(_) => StmtKind::FallThrough,
            ast::StmtKind::LocalLabels(_) => StmtKind::Empty,
            ast::StmtKind::Expr(expr) => {
                let value = self.value(expr);
                self.warn_unused_value(value);
                StmtKind::Expr(value)
            }
            ast::StmtKind::Declaration(declaration) => {
                // After a label: C23 allows it.
                let mut stmts = Vec::new();
                self.local_declaration(declaration, &mut stmts);
                StmtKind::Block(stmts, false)
            }
            ast::StmtKind::StaticAssert(assertion) => {
                self.static_assert(assertion);
                StmtKind::Empty
            }
            ast::StmtKind::Block(block) => return self.block(block),
            ast::StmtKind::Labeled { labels, body } => {
                let mut stmts = Vec::new();
                self.labels(labels, &mut stmts);
                stmts.push(self.statement(body));
                StmtKind::Block(stmts, false)
            }
            ast::StmtKind::If(chain) => self.if_chain(chain),
            ast::StmtKind::Switch(value, body) => self.switch(value, body),
            ast::StmtKind::While(condition, body) => {
                let condition = self.condition(condition);
                StmtKind::While(condition, Box::new(self.looped(body)))
            }
            ast::StmtKind::DoWhile(body, condition) => {
                let body = self.looped(body);
                StmtKind::DoWhile(Box::new(body), self.condition(condition))
            }
            ast::StmtKind::For(parts) => return self.for_loop(parts, span),
            ast::StmtKind::Goto(label) => self.goto(*label),
            ast::StmtKind::GotoComputed(target) => {
                let value = self.value(target);
                let pointer = self.unit.types.pointer(Ty::VOID);
                StmtKind::GotoComputed(self.assign_convert(
                    value,
                    pointer,
                    "jumping to",
                    target.span,
                ))
            }
            ast::StmtKind::Break => self.break_statement(span),
            ast::StmtKind::Continue => self.continue_statement(span),
            ast::StmtKind::Return(value) => self.return_statement(value.as_ref(), span),
            ast::StmtKind::Asm(asm) => self.asm(asm),
        };
        self.with_pending(Stmt { kind, span })
    }

    /// The statement after what its types needed evaluated.
    fn with_pending(&mut self, stmt: Stmt) -> Stmt {
        if self.pending.is_empty() {
            return stmt;
        }
        let span = stmt.span;
        let mut stmts = Vec::new();
        self.flush_pending(&mut stmts);
        stmts.push(stmt);
        Stmt { kind: StmtKind::Block(stmts, false), span }
    }

    fn looped(&mut self, body: &ast::Stmt) -> Stmt {
        self.jumps().loops += 1;
        let body = self.scoped(body);
        self.jumps().loops -= 1;
        body
    }

    fn if_chain(&mut self, chain: &ast::If) -> StmtKind {
        let mut arms = Vec::with_capacity(chain.arms.len());
        for (condition, body) in &chain.arms {
            let condition = self.condition(condition);
            if matches!(body.kind, ast::StmtKind::Empty) && chain.otherwise.is_none() {
                self.warn(
                    &codes::EMPTY_BODY,
                    body.span,
                    text!("`;` is the whole body of this `if`"),
                );
            }
            arms.push((condition, self.scoped(body)));
        }
        let otherwise = chain.otherwise.as_ref().map(|body| Box::new(self.scoped(body)));
        StmtKind::If(arms, otherwise)
    }

    fn for_loop(&mut self, parts: &ast::For, span: Span) -> Stmt {
        self.unit.scopes.enter();
        let outer = self.set_allocates(false);
        let region = self.jumps().regions.current;
        let mut stmts = Vec::new();
        self.check_for_storage(&parts.init);
        match &parts.init {
            ForInit::None => {}
            ForInit::Expr(expr) => {
                let value = self.value(expr);
                self.warn_unused_value(value);
                stmts.push(Stmt { kind: StmtKind::Expr(value), span: expr.span });
            }
            ForInit::Declaration(declaration) => self.local_declaration(declaration, &mut stmts),
        }
        let condition = parts.condition.as_ref().map(|c| self.condition(c));
        let step = parts.step.as_ref().map(|step| {
            let value = self.value(step);
            self.warn_unused_value(value);
            value
        });
        let body = self.looped(&parts.body);
        stmts.push(Stmt { kind: StmtKind::For(condition, step, Box::new(body)), span });
        let allocates = self.set_allocates(outer);
        self.jumps().regions.current = region;
        self.leave_scope();
        Stmt { kind: StmtKind::Block(stmts, allocates), span }
    }

    // Jumps.

    fn labels(&mut self, labels: &[Label], out: &mut Vec<Stmt>) {
        for label in labels {
            self.pedantic_label(label);
            let id = match &label.kind {
                LabelKind::Name(name, _) => Some(self.define_label(*name)),
                LabelKind::Case(first, last) => self.case(first, last.as_ref(), label.span),
                LabelKind::Default => self.default_label(label.span),
            };
            if let Some(id) = id {
                out.push(Stmt { kind: StmtKind::Label(id), span: label.span });
            }
        }
    }

    fn label(&mut self, name: Name) -> LabelUse {
        if let Some(&known) = self.jumps().labels.get(&name) {
            return known;
        }
        let label = LabelUse { id: self.tree.add_label(), defined: None, used: None, address: 0 };
        self.jumps().labels.insert(name, label);
        label
    }

    fn label_use(&mut self, label: Ident) -> LabelId {
        let mut entry = self.label(label.name);
        entry.used = entry.used.or(Some(label.span));
        self.jumps().labels.insert(label.name, entry);
        entry.id
    }

    fn goto(&mut self, label: Ident) -> StmtKind {
        let id = self.label_use(label);
        self.jumps().regions.jump(id, label.span);
        StmtKind::Goto(id)
    }

    fn define_label(&mut self, label: Ident) -> LabelId {
        let mut entry = self.label(label.name);
        if let Some(before) = entry.defined {
            let text = self.text(label.name).to_string();
            let message = format!("label `{text}` is defined twice");
            self.twice(&codes::REDEFINED, label.span, message, before);
        }
        entry.defined = Some(label.span);
        self.jumps().regions.label(entry.id);
        self.jumps().labels.insert(label.name, entry);
        entry.id
    }

    /// `&&label`: the number of the label, as a constant.
    pub(super) fn label_address(&mut self, label: Ident, span: Span) -> ExprId {
        if self.state.is_none() {
            return self.bad(
                &codes::MISPLACED,
                span,
                text!("a label's address needs a function around it"),
            );
        }
        self.label_use(label);
        let mut entry = self.label(label.name);
        if entry.address == 0 {
            self.tree.address_labels.push(entry.id);
            entry.address = self.tree.address_labels.len() as u32;
            self.jumps().labels.insert(label.name, entry);
        }
        let pointer = self.unit.types.pointer(Ty::VOID);
        self.int(i64::from(entry.address), pointer, span)
    }

    /// Reports labels that were used but not defined.
    pub(super) fn finish_jumps(&mut self) {
        for (name, label) in core::mem::take(&mut self.jumps().labels) {
            self.check_label(name, &label);
        }
        let regions = core::mem::take(&mut self.jumps().regions);
        self.check_regions(&regions);
    }

    fn check_label(&mut self, name: Name, label: &LabelUse) {
        let text = self.text(name).to_string();
        match (label.used, label.defined) {
            (Some(used), None) => {
                let message = format!("label `{text}` is not defined in this function");
                self.error(&codes::NO_LABEL, used, message);
            }
            (None, Some(defined)) => {
                self.warn(&codes::UNUSED, defined, format!("label `{text}` is never used"));
            }
            _ => {}
        }
    }

    fn break_statement(&mut self, span: Span) -> StmtKind {
        let jumps = self.jumps();
        if jumps.loops == 0 && jumps.switches.is_empty() {
            self.error(
                &codes::MISPLACED,
                span,
                text!("`break` stands outside of loops and `switch`"),
            );
            return StmtKind::Empty;
        }
        StmtKind::Break
    }

    fn continue_statement(&mut self, span: Span) -> StmtKind {
        let jumps = self.jumps();
        let around: u32 = jumps.loops + jumps.switches.iter().map(|s| s.loops).sum::<u32>();
        if around == 0 {
            self.error(&codes::MISPLACED, span, text!("`continue` stands outside of loops"));
            return StmtKind::Empty;
        }
        StmtKind::Continue
    }

    fn return_statement(&mut self, value: Option<&Expr>, span: Span) -> StmtKind {
        let Some(state) = &self.state else { return StmtKind::Empty };
        let (result, noreturn) = (state.result, state.noreturn);
        if noreturn {
            self.warn(&codes::RETURN_TYPE, span, text!("a function that is `_Noreturn` returns"));
        }
        let Some(value) = value else {
            if result != Ty::VOID {
                let message = format!("a value of type {} must be returned", self.show(result));
                self.bad_return(span, message);
            }
            return StmtKind::Return(None);
        };
        let id = self.value(value);
        if self.tree.is_error(id) {
            return StmtKind::Return(None);
        }
        if result != Ty::VOID {
            let id = self.assign_convert(id, result, "a result of type", value.span);
            return StmtKind::Return(Some(id));
        }
        if self.tree.ty(id) == Ty::VOID {
            self.extension(None, value.span, "results of type `void`");
        } else {
            let message = text!("a `void` function returns no value");
            self.bad_return(value.span, message.into());
        }
        let stmts = alloc::vec![
            Stmt { kind: StmtKind::Expr(id), span },
            Stmt { kind: StmtKind::Return(None), span },
        ];
        StmtKind::Block(stmts, false)
    }

    /// GNU and old C only warn of a value too many or missing.
    fn bad_return(&mut self, span: Span, message: String) {
        if self.unit.standard.gnu || self.is_old_c() {
            self.warn(&codes::BAD_RETURN, span, message);
        } else {
            self.error(&codes::BAD_RETURN, span, message);
        }
    }

    // asm

    /// Only an empty template has a meaning: operands that share a place are copied.
    fn asm(&mut self, asm: &ast::Asm) -> StmtKind {
        self.check_asm_text(&asm.template, asm.span);
        let mut stmts = Vec::new();
        let outputs: Vec<ExprId> = asm.outputs.iter().map(|o| self.expr(&o.expr)).collect();
        for input in &asm.inputs {
            let value = self.value(&input.expr);
            let tied = core::str::from_utf8(&input.constraint.bytes)
                .ok()
                .and_then(|c| c.parse::<usize>().ok());
            let kind = match tied.and_then(|i| outputs.get(i)) {
                Some(&place) if self.check_assignable(place, input.expr.span) => {
                    let ty = self.tree.ty(place);
                    let value = self.assign_convert(value, ty, "assigning to", input.expr.span);
                    StmtKind::Expr(self.add(ExprKind::Assign(place, value), ty, asm.span))
                }
                _ => StmtKind::Expr(value),
            };
            stmts.push(Stmt { kind, span: asm.span });
        }
        // What is only written stays as it is, but its place is evaluated.
        for (&place, operand) in outputs.iter().zip(&asm.outputs) {
            let value = self.rvalue(place);
            stmts.push(Stmt { kind: StmtKind::Expr(value), span: operand.expr.span });
        }
        StmtKind::Block(stmts, false)
    }

    pub(super) fn check_asm_text(&mut self, template: &StringLit, span: Span) {
        let text = core::str::from_utf8(&template.bytes).unwrap_or("?");
        let mut lines = text.lines().map(str::trim);
        if !lines.all(|line| line.is_empty() || line.starts_with('#') || line.starts_with("//")) {
            self.error(
                &codes::UNSUPPORTED,
                span,
                text!("assembler instructions are not supported"),
            );
        }
    }
}

fn is_block(stmt: &ast::Stmt) -> bool {
    matches!(
        stmt.kind,
        ast::StmtKind::If(_)
            | ast::StmtKind::Switch(..)
            | ast::StmtKind::While(..)
            | ast::StmtKind::DoWhile(..)
    )
}
