//! Operands of `sizeof`, `_Alignof` and `typeof`: looked at for their type. Where that varies,
//! what it depends on is evaluated all the same (C11 6.5.3.4p2).

use super::Checker;
use super::tree::{ExprId, ExprKind};
use crate::ast::Expr;
use crate::types::Ty;
use alloc::{vec, vec::Vec};

impl Checker<'_, '_> {
    /// An operand, and what must be evaluated before its type is used: nothing, unless it mentions
    /// an array of variable length.
    pub(super) fn unevaluated_expr(&mut self, operand: &Expr) -> (ExprId, Vec<ExprId>) {
        self.unevaluated += 1;
        let outer = core::mem::take(&mut self.pending);
        let id = self.expr(operand);
        let mut before = core::mem::replace(&mut self.pending, outer);
        self.unevaluated -= 1;
        if !self.types().is_variably_modified(self.tree.ty(id)) {
            before.clear();
        } else if self.has_effects(id) {
            let (value, span) = (self.rvalue(id), self.tree.span(id));
            before.push(self.add(ExprKind::Convert(value), Ty::VOID, span));
        }
        (id, before)
    }

    /// Whether evaluating a node can change anything.
    pub(super) fn has_effects(&self, id: ExprId) -> bool {
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            match self.tree.kind(id) {
                ExprKind::Assign(..)
                | ExprKind::Call(_)
                | ExprKind::Builtin(..)
                | ExprKind::Literal(..)
                | ExprKind::Statement(..) => return true,
                ExprKind::Deref(a)
                | ExprKind::Load(a)
                | ExprKind::Address(a)
                | ExprKind::Convert(a)
                | ExprKind::Neg(a)
                | ExprKind::BitNot(a)
                | ExprKind::Not(a)
                | ExprKind::Member { base: a, .. } => todo.push(*a),
                ExprKind::Binary(_, a, b)
                | ExprKind::Offset(a, b)
                | ExprKind::Difference(a, b, _) => todo.extend([*a, *b]),
                ExprKind::Conditional(a, b, c) => todo.extend([*a, *b, *c]),
                ExprKind::Logical(_, list) | ExprKind::Comma(list) => todo.extend(list),
                ExprKind::Error
                | ExprKind::Local(_)
                | ExprKind::Entity(_)
                | ExprKind::String(_)
                | ExprKind::Int(_)
                | ExprKind::Float(_)
                | ExprKind::Symbol(..) => {}
            }
        }
        false
    }
}
