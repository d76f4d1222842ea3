//! What control flow tells: functions that end without a value, unused values.

use super::tree::{ExprId, ExprKind, Stmt, StmtKind};
use super::{Checker, codes};
use crate::ast::{self, BinaryOp};
use crate::types::Ty;
use alloc::string::ToString;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// Warns when a function that returns a value can reach its end.
    pub(super) fn check_flow(
        &mut self,
        body: &Stmt,
        def: &ast::FunctionDef,
        result: Ty,
        end: Span,
    ) {
        let Some(state) = &self.state else { return };
        let is_main = state.name == self.unit.names.main;
        let wanted =
            result != Ty::VOID && !is_main && !matches!(def.specs.ty, ast::TypeSpec::Implicit);
        if wanted && self.warns(&codes::RETURN_TYPE) && self.falls_through(body) {
            let text = self.text(state.name).to_string();
            let message = format!("`{text}` can end without returning a value");
            self.warn(&codes::RETURN_TYPE, end, message);
        }
    }

    /// Whether control can reach the end of a statement; `goto` counts as reaching nothing, and a
    /// label as reached.
    fn falls_through(&self, stmt: &Stmt) -> bool {
        match &stmt.kind {
            StmtKind::Block(stmts, _) => {
                let mut reached = true;
                for stmt in stmts {
                    let label = self.holds_label(stmt);
                    reached = (reached || label) && self.falls_through(stmt);
                }
                reached
            }
            StmtKind::If(arms, otherwise) => {
                otherwise.as_ref().is_none_or(|o| self.falls_through(o))
                    || arms.iter().any(|(_, body)| self.falls_through(body))
            }
            StmtKind::Switch(switch) => {
                switch.default.is_none() || self.falls_through(&switch.body) || breaks(&switch.body)
            }
            StmtKind::While(condition, body) => {
                self.truth(*condition) != Some(true) || breaks(body)
            }
            StmtKind::DoWhile(body, condition) => {
                self.truth(*condition) != Some(true) || breaks(body)
            }
            StmtKind::For(condition, _, body) => {
                condition.is_some_and(|c| self.truth(c) != Some(true)) || breaks(body)
            }
            StmtKind::Goto(_) | StmtKind::GotoComputed(_) | StmtKind::Return(_) => false,
            StmtKind::Break | StmtKind::Continue => false,
            StmtKind::Expr(id) => !self.never_returns(*id),
            _ => true,
        }
    }

    fn holds_label(&self, stmt: &Stmt) -> bool {
        match &stmt.kind {
            StmtKind::Label(_) => true,
            StmtKind::Block(stmts, _) => stmts.iter().any(|s| self.holds_label(s)),
            StmtKind::While(_, body) | StmtKind::DoWhile(body, _) | StmtKind::For(_, _, body) => {
                self.holds_label(body)
            }
            StmtKind::If(arms, otherwise) => {
                arms.iter().any(|(_, s)| self.holds_label(s))
                    || otherwise.as_ref().is_some_and(|s| self.holds_label(s))
            }
            _ => false,
        }
    }

    /// Whether an expression statement ends the program.
    pub(super) fn never_returns(&self, id: ExprId) -> bool {
        match self.tree.kind(id) {
            ExprKind::Call(call) => self.called_entity(call.callee).is_some_and(|entity| {
                let entity = self.unit.entity(entity);
                let text = self.text(entity.name);
                entity.attributes.noreturn || ["exit", "abort", "_Exit"].contains(&text)
            }),
            ExprKind::Builtin(super::tree::Builtin::Trap | super::tree::Builtin::Exit, _) => true,
            ExprKind::Comma(list) => list.iter().any(|&id| self.never_returns(id)),
            _ => false,
        }
    }

    /// Warns where `next` can never be reached, or is a `case` that the statement before runs into.
    pub(super) fn check_order(&mut self, before: &[Stmt], next: &ast::Stmt) {
        let Some(last) = before.last() else { return };
        let labels: &[ast::Label] = match &next.kind {
            ast::StmtKind::Labeled { labels, .. } => labels,
            ast::StmtKind::Empty
            | ast::StmtKind::Attributes(_)
            | ast::StmtKind::StaticAssert(_) => return,
            _ => &[],
        };
        let jump = matches!(
            last.kind,
            StmtKind::Goto(_)
                | StmtKind::GotoComputed(_)
                | StmtKind::Return(_)
                | StmtKind::Break
                | StmtKind::Continue
        );
        if jump && labels.is_empty() && !matches!(next.kind, ast::StmtKind::Break) {
            self.warn(&codes::UNREACHABLE, next.span, text!("this is never executed"));
        }
        let case = labels.first().filter(|l| !matches!(l.kind, ast::LabelKind::Name(..)));
        if let Some(case) = case
            && self.warns(&codes::FALLTHROUGH)
            && !matches!(last.kind, StmtKind::FallThrough | StmtKind::Label(_))
            && !is_label(last)
            && self.falls_through(last)
        {
            let warning =
                codes::FALLTHROUGH.warning(case.span, text!("the case before runs into this one"));
            self.report(
                warning.help(text!("write `break;`, or `[[fallthrough]];` if that is meant")),
            );
        }
    }

    pub(super) fn warn_deprecated(&mut self, id: super::EntityId, span: Span) {
        let entity = self.unit.entity(id);
        let rare = entity.attributes.rare.as_deref();
        if let Some(reason) = rare.and_then(|rare| rare.deprecated.as_deref()) {
            let warning = codes::DEPRECATED
                .warning(span, format!("`{}` is deprecated", self.text(entity.name)));
            let warning =
                if reason.is_empty() { warning } else { warning.help(reason.to_string()) };
            if self.warns(&codes::DEPRECATED) {
                self.report(warning);
            }
        }
    }

    /// Warns of a call whose result must be used.
    fn warn_unused_result(&mut self, call: ExprId, callee: ExprId) {
        let entity = self.called_entity(callee).map(|id| self.unit.entity(id));
        if let Some(entity) = entity.filter(|entity| entity.attributes.nodiscard) {
            let message = format!("the result of `{}` is not used", self.text(entity.name));
            self.warn(&codes::UNUSED_RESULT, self.tree.span(call), message);
        }
    }

    /// Warns about `a == b;` and the like.
    pub(super) fn warn_unused_value(&mut self, id: ExprId) {
        if let ExprKind::Call(call) = self.tree.kind(id) {
            return self.warn_unused_result(id, call.callee);
        }
        if !self.warns(&codes::UNUSED_VALUE) {
            return;
        }
        let what = match self.tree.kind(id) {
            ExprKind::Binary(op, ..) => match op {
                BinaryOp::Eq => "the result of `==` is not used; `=` assigns",
                _ => "the result of this operation is not used",
            },
            ExprKind::Neg(_) | ExprKind::BitNot(_) | ExprKind::Not(_) => {
                "the result of this operation is not used"
            }
            ExprKind::Offset(..) | ExprKind::Difference(..) => {
                "the result of this operation is not used"
            }
            _ => return,
        };
        let span = self.tree.span(id);
        self.warn(&codes::UNUSED_VALUE, span, what);
    }
}

/// Whether a statement is labels before nothing.
fn is_label(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Label(_) | StmtKind::Empty => true,
        StmtKind::Block(stmts, _) => stmts.iter().all(is_label),
        _ => false,
    }
}

/// Whether a `break` in a loop's or switch's body leaves it.
fn breaks(stmt: &Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Break => true,
        StmtKind::Block(stmts, _) => stmts.iter().any(breaks),
        StmtKind::If(arms, otherwise) => {
            arms.iter().any(|(_, s)| breaks(s)) || otherwise.as_ref().is_some_and(|s| breaks(s))
        }
        _ => false,
    }
}
