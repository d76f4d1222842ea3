//! Assignment (C11 6.5.16) and what may be assigned to.

use super::tree::{ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::{BinaryOp, Expr, Quals};
use crate::types::{Ty, TypeKind};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    pub(super) fn assignment(
        &mut self,
        op: Option<BinaryOp>,
        op_span: Span,
        target: &Expr,
        value: &Expr,
        span: Span,
    ) -> ExprId {
        let place = self.expr(target);
        let assignable = self.check_assignable(place, target.span);
        let value = self.value(value);
        if !assignable || self.tree.is_error(value) {
            return self.error_node(span);
        }
        let Some(op) = op else { return self.simple_assignment(place, value, span) };
        let (mut before, place) = self.stabilize(place);
        // What the right operand changes is seen by the left, as in gcc and clang.
        let mut value = value;
        if self.has_effects(value) && self.tree.ty(value) != Ty::VOID {
            let (keep, kept) = self.keep(value);
            before.push(keep);
            value = kept;
        }
        let old = self.rvalue(place);
        let new = self.binary(op, old, value, op_span);
        if self.tree.is_error(new) {
            return new;
        }
        let ty = self.tree.ty(place);
        if self.types().is_pointer(self.tree.ty(new)) != self.types().is_pointer(ty) {
            return self.bad_operands(op, ty, self.tree.ty(value), span);
        }
        let new = self.convert(new, ty);
        before.push(self.add(ExprKind::Assign(place, new), ty, span));
        self.sequence(before, span)
    }

    fn simple_assignment(&mut self, place: ExprId, value: ExprId, span: Span) -> ExprId {
        let ty = self.tree.ty(place);
        let value = self.assign_convert(value, ty, "assigning to", self.tree.span(value));
        if self.tree.is_error(value) {
            return value;
        }
        self.check_bits_constant(place, value);
        self.add(ExprKind::Assign(place, value), ty, span)
    }

    /// Warns when a constant loses bits in a bit-field.
    fn check_bits_constant(&mut self, place: ExprId, value: ExprId) {
        let &ExprKind::Member { bits: Some(bits), .. } = self.tree.kind(place) else { return };
        let Some(constant) = self.tree.as_int(value) else { return };
        let spare = 64 - u32::from(bits.width);
        let signed = ((constant << spare) as i64 >> spare) as u64;
        if constant != constant << spare >> spare && constant != signed {
            let message = format!("{} does not fit in {} bits", constant as i64, bits.width);
            self.warn(&codes::CONSTANT_CONVERSION, self.tree.span(value), message);
        }
    }

    /// Whether a place can be assigned to; reports it if not.
    pub(super) fn check_assignable(&mut self, place: ExprId, span: Span) -> bool {
        if self.tree.is_error(place) {
            return false;
        }
        let qty = self.tree.expr(place).ty;
        let problem = if !self.is_lvalue(place) {
            text!("a value cannot be assigned to: an object is needed").into()
        } else {
            match self.types().kind(qty.ty) {
                TypeKind::Array(..) => text!("an array cannot be assigned to").into(),
                TypeKind::Function(_) => text!("a function cannot be assigned to").into(),
                _ if !self.types().is_complete(qty.ty) => {
                    format!("{} is incomplete", self.show(qty))
                }
                _ if qty.is_const() => {
                    format!("the object is {}: it cannot change", self.show(qty))
                }
                _ if self.has_const_member(qty.ty, 0) => {
                    format!("{} has a const member: it cannot change", self.show(qty))
                }
                _ => return true,
            }
        };
        self.error(&codes::NOT_ASSIGNABLE, span, problem);
        false
    }

    /// Whether a node is a place that does not lie in a record value.
    fn is_lvalue(&self, mut id: ExprId) -> bool {
        while let ExprKind::Member { base, .. } = *self.tree.kind(id) {
            id = base;
        }
        self.is_place(id)
    }

    fn has_const_member(&self, ty: Ty, depth: u32) -> bool {
        // A struct inside itself is impossible; the bound is for what the parser lets nest.
        depth < 64
            && self.types().fields(ty).iter().any(|f| {
                let element = self.types().as_array(f.ty.ty).map_or(f.ty, |(e, _)| e);
                element.quals.has(Quals::CONST) || self.has_const_member(element.ty, depth + 1)
            })
    }
}
