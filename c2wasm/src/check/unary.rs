//! Prefix and postfix operators, `sizeof`, `_Alignof` (C11 6.5.2.4, 6.5.3).

use super::tree::{ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::{BinaryOp, Expr, Step, TypeName, UnaryOp};
use crate::types::{Length, QTy, Ty, TypeKind};
use alloc::vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &Expr, span: Span) -> ExprId {
        match op {
            UnaryOp::Increment => self.prefix(BinaryOp::Add, operand, span),
            UnaryOp::Decrement => self.prefix(BinaryOp::Sub, operand, span),
            UnaryOp::AddressOf => self.address_of(operand, span),
            UnaryOp::Deref => self.indirection(operand, span),
            UnaryOp::Not => {
                let value = self.value(operand);
                let value = self.scalar(value);
                if self.tree.is_error(value) {
                    return value;
                }
                self.logical_not(value, span)
            }
            UnaryOp::Plus | UnaryOp::Minus | UnaryOp::BitNot => self.sign(op, operand, span),
            UnaryOp::Real => self.value(operand),
            UnaryOp::Imag => {
                let value = self.value(operand);
                let zero = self.int(0, Ty::INT, span);
                let ty = self.tree.ty(value);
                self.convert(zero, ty)
            }
        }
    }

    fn sign(&mut self, op: UnaryOp, operand: &Expr, span: Span) -> ExprId {
        let value = self.value(operand);
        if self.tree.is_error(value) {
            return value;
        }
        let ty = self.tree.ty(value);
        let integer = self.types().is_integer(ty);
        if !integer && (op == UnaryOp::BitNot || !self.types().is_arithmetic(ty)) {
            let needed = if op == UnaryOp::BitNot { "an integer" } else { "a number" };
            let message = format!("`{}` needs {needed}, not {}", op.spelling(), self.show(ty));
            return self.bad(&codes::BAD_OPERAND, span, message);
        }
        let value = self.promote(value);
        match op {
            UnaryOp::Plus if !matches!(self.tree.kind(value), ExprKind::Load(_)) => value,
            UnaryOp::Plus => {
                let ty = self.tree.ty(value);
                // No longer a place's own load: `+bits` has its promoted type.
                self.add(ExprKind::Convert(value), ty, span)
            }
            _ => self.negate(value, op == UnaryOp::BitNot, span),
        }
    }

    /// The integer promotions; a bit-field promotes by its width.
    pub(super) fn promote(&mut self, value: ExprId) -> ExprId {
        let ty = self.tree.ty(value);
        let to = match self.bit_width(value) {
            Some(width) => self.types().promote_bits(ty, width),
            None => self.types().promote(ty),
        };
        self.convert(value, to)
    }

    /// The width of the bit-field that a value was read from, or assigned to.
    pub(super) fn bit_width(&self, value: ExprId) -> Option<u32> {
        let place = match *self.tree.kind(value) {
            ExprKind::Load(place) | ExprKind::Assign(place, _) => place,
            ExprKind::Comma(ref list) => return self.bit_width(*list.last()?),
            _ => return None,
        };
        match *self.tree.kind(place) {
            ExprKind::Member { bits: Some(bits), .. } => Some(u32::from(bits.width)),
            _ => None,
        }
    }

    /// `*e`; on a function it is the function.
    fn indirection(&mut self, operand: &Expr, span: Span) -> ExprId {
        let value = self.value(operand);
        if self.tree.is_error(value) {
            return value;
        }
        if self.types().pointee(self.tree.ty(value)).is_none() {
            let message = format!("`*` needs a pointer, not {}", self.show(self.tree.ty(value)));
            return self.bad(&codes::BAD_OPERAND, span, message);
        }
        self.dereference(value, span)
    }

    /// `&e`
    fn address_of(&mut self, operand: &Expr, span: Span) -> ExprId {
        let place = self.expr(operand);
        if self.tree.is_error(place) {
            return place;
        }
        if matches!(self.tree.kind(place), ExprKind::Member { bits: Some(_), .. }) {
            return self.bad(&codes::BAD_OPERAND, span, text!("a bit-field has no address"));
        }
        let qty = self.tree.expr(place).ty;
        if !self.is_place(place) && !self.types().is_record(qty.ty) {
            return self.bad(&codes::BAD_OPERAND, span, text!("`&` needs an object, not a value"));
        }
        self.mark_used(place);
        if let Some(bad) = self.refuse_register(place, span) {
            return bad;
        }
        let pointer = self.unit.types.pointer(qty);
        self.address(place, pointer, span)
    }

    /// Reports that the address of a place in a `register` local is taken, if it is one.
    pub(super) fn refuse_register(&mut self, place: ExprId, span: Span) -> Option<ExprId> {
        let local = self.local_of(place).filter(|&local| self.tree.local(local).register)?;
        let text = self.text(self.tree.local(local).name);
        let message = format!("`{text}` is `register`: it has no address");
        Some(self.bad(&codes::BAD_OPERAND, span, message))
    }

    /// `++e` and `--e` are `e += 1`.
    fn prefix(&mut self, op: BinaryOp, operand: &Expr, span: Span) -> ExprId {
        let place = self.expr(operand);
        if !self.check_assignable(place, span) {
            return self.error_node(span);
        }
        let (mut before, place) = self.stabilize(place);
        let old = self.rvalue(place);
        let Some(new) = self.step(op, old, span) else { return self.error_node(span) };
        let ty = self.tree.ty(place);
        let new = self.convert(new, ty);
        before.push(self.add(ExprKind::Assign(place, new), ty, span));
        self.sequence(before, span)
    }

    /// `e++` and `e--`: the old value goes through a temporary.
    pub(super) fn postfix(&mut self, step: Step, operand: &Expr, span: Span) -> ExprId {
        let op = match step {
            Step::Increment => BinaryOp::Add,
            Step::Decrement => BinaryOp::Sub,
        };
        let place = self.expr(operand);
        if !self.check_assignable(place, span) {
            return self.error_node(span);
        }
        let (mut before, place) = self.stabilize(place);
        let old = self.rvalue(place);
        let ty = self.tree.ty(place);
        let (keep, old) = self.keep(old);
        before.push(keep);
        let Some(new) = self.step(op, old, span) else { return self.error_node(span) };
        let new = self.convert(new, ty);
        before.push(self.add(ExprKind::Assign(place, new), ty, span));
        before.push(old);
        self.sequence(before, span)
    }

    /// One more or less than `old`.
    fn step(&mut self, op: BinaryOp, old: ExprId, span: Span) -> Option<ExprId> {
        let one = self.int(1, Ty::INT, span);
        let ty = self.tree.ty(old);
        if !self.types().is_scalar(ty) {
            let message = format!("{} cannot be counted up or down", self.show(ty));
            self.error(&codes::BAD_OPERAND, span, message);
            return None;
        }
        let new = self.binary(op, old, one, span);
        (!self.tree.is_error(new)).then_some(new)
    }

    /// An assignment of `value` to a new temporary, and the temporary's value.
    pub(super) fn keep(&mut self, value: ExprId) -> (ExprId, ExprId) {
        let (ty, span) = (self.tree.ty(value), self.tree.span(value));
        let local = self.temporary(ty, span);
        let place = self.add(ExprKind::Local(local), ty, span);
        let assign = self.add(ExprKind::Assign(place, value), ty, span);
        let load = self.add(ExprKind::Load(place), ty, span);
        (assign, load)
    }

    /// `place` so that it can be used twice, and what must be evaluated before.
    pub(super) fn stabilize(&mut self, place: ExprId) -> (vec::Vec<ExprId>, ExprId) {
        let expr = self.tree.expr(place).clone();
        match expr.kind {
            ExprKind::Deref(pointer) => {
                if matches!(self.tree.kind(pointer), ExprKind::Symbol(..) | ExprKind::Int(_)) {
                    return (vec![], place);
                }
                let (keep, pointer) = self.keep(pointer);
                (vec![keep], self.add(ExprKind::Deref(pointer), expr.ty, expr.span))
            }
            ExprKind::Member { base, offset, bits } => {
                let (before, base) = self.stabilize(base);
                let member = ExprKind::Member { base, offset, bits };
                (before, self.add(member, expr.ty, expr.span))
            }
            _ => (vec![], place),
        }
    }

    // Sizes.

    pub(super) fn sizeof_expr(&mut self, operand: &Expr, span: Span) -> ExprId {
        let (id, before) = self.unevaluated_expr(operand);
        if matches!(self.tree.kind(id), ExprKind::Member { bits: Some(_), .. }) {
            return self.bad(&codes::BAD_OPERAND, span, text!("a bit-field has no size in bytes"));
        }
        if self.tree.is_error(id) {
            return self.int(4, Ty::SIZE, span);
        }
        self.mark_used(id);
        let ty = self.tree.ty(id);
        self.size_after(before, ty, span)
    }

    pub(super) fn sizeof_type(&mut self, ty: &TypeName, span: Span) -> ExprId {
        let (ty, before) = self.type_name_apart(ty);
        self.size_after(before, ty.ty, span)
    }

    /// The size of `ty`; only one that varies needs anything evaluated (6.5.3.4p2).
    fn size_after(&mut self, mut before: vec::Vec<ExprId>, ty: Ty, span: Span) -> ExprId {
        if !self.types().is_variable_length(ty) {
            before.clear();
        }
        before.push(self.size_of(ty, span));
        self.sequence(before, span)
    }

    /// Bytes of an object of type `ty`: a constant, or what a local remembers.
    pub(super) fn size_of(&mut self, ty: Ty, span: Span) -> ExprId {
        if let Some(size) = self.types().size(ty) {
            return self.int(i64::from(size), Ty::SIZE, span);
        }
        match *self.types().kind(ty) {
            // GNU: arithmetic on void and functions counts bytes.
            TypeKind::Void | TypeKind::Function(_) => {
                self.extension(None, span, "size of `void` and functions");
                self.int(1, Ty::SIZE, span)
            }
            TypeKind::Array(_, Length::Variable(local)) => {
                let local = super::LocalId(local);
                self.tree.local_mut(local).used = true;
                let place = self.add(ExprKind::Local(local), Ty::SIZE, span);
                self.add(ExprKind::Load(place), Ty::SIZE, span)
            }
            // In a prototype, where no value is ever needed.
            TypeKind::Array(_, Length::Star) => {
                let local = self.temporary(Ty::SIZE, span);
                self.add(ExprKind::Local(local), Ty::SIZE, span)
            }
            TypeKind::Array(element, Length::Known(length)) => {
                let size = self.size_of(element.ty, span);
                let length = self.int(i64::from(length), Ty::SIZE, span);
                self.arithmetic(BinaryOp::Mul, size, length, span)
            }
            _ => {
                let message = format!("{} is incomplete: it has no size", self.show(ty));
                self.bad(&codes::INCOMPLETE, span, message)
            }
        }
    }

    pub(super) fn alignof_expr(&mut self, operand: &Expr, span: Span) -> ExprId {
        let (id, _) = self.unevaluated_expr(operand);
        if matches!(self.tree.kind(id), ExprKind::Member { bits: Some(_), .. }) {
            return self.bad(&codes::BAD_OPERAND, span, text!("a bit-field has no alignment"));
        }
        let natural = self.types().align(self.tree.ty(id));
        let align = match *self.tree.kind(id) {
            ExprKind::Local(local) => self.tree.local(local).align.max(natural),
            ExprKind::Entity(entity) => match &self.unit.entity(entity).attributes {
                packed if packed.packed && packed.align != 0 => packed.align,
                attributes => attributes.align.max(natural),
            },
            _ => natural,
        };
        self.int(i64::from(align), Ty::SIZE, span)
    }

    pub(super) fn alignof_type(&mut self, name: &TypeName, span: Span) -> ExprId {
        let outer = core::mem::take(&mut self.pending);
        let (ty, align): (QTy, u32) = self.type_name_aligned(name);
        self.pending = outer;
        let known = ty.ty == Ty::VOID || self.types().as_array(ty.ty).is_some();
        if !known && !self.types().is_complete(ty.ty) && self.types().as_function(ty.ty).is_none() {
            let message = format!("{} is incomplete: it has no alignment", self.show(ty));
            return self.bad(&codes::INCOMPLETE, span, message);
        }
        self.int(i64::from(align), Ty::SIZE, span)
    }
}
