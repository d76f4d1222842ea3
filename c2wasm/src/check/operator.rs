//! Binary operators and `?:` (C11 6.5.5 to 6.5.15).

use super::tree::{ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::{BinaryOp, BinaryTail, Expr, Quals};
use crate::types::{QTy, Ty};
use alloc::{vec, vec::Vec};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// `a + b - c`: a run of operators of one precedence, from the left.
    pub(super) fn binary_run(&mut self, first: &Expr, rest: &[BinaryTail], span: Span) -> ExprId {
        if let Some(BinaryTail { op: op @ (BinaryOp::LogicalAnd | BinaryOp::LogicalOr), .. }) =
            rest.first()
        {
            return self.logical(*op == BinaryOp::LogicalAnd, first, rest, span);
        }
        let mut left = self.value(first);
        for tail in rest {
            let right = self.value(&tail.operand);
            let whole = first.span.to(tail.operand.span);
            let _ = tail.op_span;
            left = self.binary(tail.op, left, right, whole);
        }
        left
    }

    /// `a op b` on values.
    pub(super) fn binary(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        if self.tree.is_error(a) || self.tree.is_error(b) {
            return self.error_node(span);
        }
        match op {
            BinaryOp::Shl | BinaryOp::Shr => self.shift(op, a, b, span),
            BinaryOp::Lt | BinaryOp::Gt | BinaryOp::Le | BinaryOp::Ge => {
                self.compare(op, a, b, span)
            }
            BinaryOp::Eq | BinaryOp::Ne => self.compare(op, a, b, span),
            BinaryOp::Add | BinaryOp::Sub if self.is_pointer(a) || self.is_pointer(b) => {
                self.pointer_arithmetic(op, a, b, span)
            }
            _ => self.arithmetic_operator(op, a, b, span),
        }
    }

    fn is_pointer(&self, id: ExprId) -> bool {
        self.types().is_pointer(self.tree.ty(id))
    }

    fn arithmetic_operator(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        let integers_only =
            matches!(op, BinaryOp::Rem | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor);
        let types = self.types();
        let fits = |ty| types.is_integer(ty) || (!integers_only && types.is_float(ty));
        if !fits(ta) || !fits(tb) {
            return self.bad_operands(op, ta, tb, span);
        }
        let (a, b) = self.usual_conversions(a, b);
        self.arithmetic(op, a, b, span)
    }

    pub(super) fn bad_operands(&mut self, op: BinaryOp, a: Ty, b: Ty, span: Span) -> ExprId {
        let message =
            format!("`{}` does not take {} and {}", op.spelling(), self.show(a), self.show(b));
        self.bad(&codes::BAD_OPERAND, span, message)
    }

    /// Both operands in their common type.
    pub(super) fn usual_conversions(&mut self, a: ExprId, b: ExprId) -> (ExprId, ExprId) {
        let (a, b) = (self.promote(a), self.promote(b));
        let common = self.types().common(self.tree.ty(a), self.tree.ty(b));
        (self.convert(a, common), self.convert(b, common))
    }

    fn shift(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        if !self.types().is_integer(ta) || !self.types().is_integer(tb) {
            return self.bad_operands(op, ta, tb, span);
        }
        let (a, b) = (self.promote(a), self.promote(b));
        let bits = self.types().bits(self.tree.ty(a));
        if self.tree.as_int(b).is_some_and(|count| count >= u64::from(bits)) {
            let message = format!("the shift count is not between 0 and {}", bits - 1);
            self.warn(&codes::SHIFT, self.tree.span(b), message);
        }
        let b = self.convert(b, Ty::INT);
        self.arithmetic(op, a, b, span)
    }

    /// `p + n`, `n + p`, `p - n`, `p - q`.
    fn pointer_arithmetic(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        let (pointer, index) = match (self.is_pointer(a), self.is_pointer(b)) {
            (true, true) if op == BinaryOp::Sub => return self.pointer_difference(a, b, span),
            (true, false) => (a, b),
            (false, true) if op == BinaryOp::Add => (b, a),
            _ => return self.bad_operands(op, ta, tb, span),
        };
        if !self.types().is_integer(self.tree.ty(index)) {
            return self.bad_operands(op, ta, tb, span);
        }
        self.move_pointer(op == BinaryOp::Sub, pointer, index, span)
    }

    /// `pointer` moved by `index` elements.
    pub(super) fn move_pointer(
        &mut self,
        back: bool,
        pointer: ExprId,
        index: ExprId,
        span: Span,
    ) -> ExprId {
        let ty = self.tree.ty(pointer);
        let Some(to) = self.types().pointee(ty) else { return self.error_node(span) };
        let size = self.size_of(to.ty, span);
        if self.tree.is_error(size) {
            return size;
        }
        let index = self.promote(index);
        let index = self.convert(index, Ty::INT);
        let size = self.convert(size, Ty::INT);
        let mut bytes = match (self.tree.as_int(index), self.tree.as_int(size)) {
            // Addresses wrap without a warning.
            (Some(index), Some(size)) => self.int(index.wrapping_mul(size) as i64, Ty::INT, span),
            (_, Some(1)) => index,
            _ => self.arithmetic(BinaryOp::Mul, index, size, span),
        };
        if back {
            bytes = self.negate(bytes, false, span);
        }
        self.offset(pointer, bytes, ty, span)
    }

    fn pointer_difference(&mut self, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        let (Some(pa), Some(pb)) = (self.types().pointee(ta), self.types().pointee(tb)) else {
            return self.error_node(span);
        };
        if !self.types().compatible(pa.ty, pb.ty) && !self.same_size_integers(pa.ty, pb.ty) {
            return self.bad_operands(BinaryOp::Sub, ta, tb, span);
        }
        let size = self.size_of(pa.ty, span);
        if self.tree.is_error(size) {
            return size;
        }
        match (self.tree.kind(a), self.tree.kind(b), self.tree.as_int(size)) {
            (&ExprKind::Symbol(p, x), &ExprKind::Symbol(q, y), Some(n)) if p == q && n > 0 => {
                self.int(i64::from(x.wrapping_sub(y)) / n as i64, Ty::PTRDIFF, span)
            }
            (&ExprKind::Int(x), &ExprKind::Int(y), Some(n)) if n > 0 => {
                self.int((x.wrapping_sub(y) as i32 / n as i32).into(), Ty::PTRDIFF, span)
            }
            (.., Some(n)) => {
                self.add(ExprKind::Difference(a, b, n.max(1) as u32), Ty::PTRDIFF, span)
            }
            (.., None) => {
                let bytes = self.add(ExprKind::Difference(a, b, 1), Ty::PTRDIFF, span);
                let size = self.convert(size, Ty::PTRDIFF);
                self.arithmetic(BinaryOp::Div, bytes, size, span)
            }
        }
    }

    fn same_size_integers(&self, a: Ty, b: Ty) -> bool {
        let types = self.types();
        types.is_integer(a) && types.is_integer(b) && types.size(a) == types.size(b)
    }

    fn compare(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        let types = self.types();
        if types.is_arithmetic(ta) && types.is_arithmetic(tb) {
            self.check_signs(op, a, b, span);
            let (a, b) = self.usual_conversions(a, b);
            return self.comparison(op, a, b, span);
        }
        if !types.is_scalar(ta) || !types.is_scalar(tb) || types.is_float(ta) || types.is_float(tb)
        {
            return self.bad_operands(op, ta, tb, span);
        }
        self.compare_pointers(op, a, b, span)
    }

    /// Comparison where at least one side is a pointer; both become `void *`, so that the node's
    /// operands have one type.
    fn compare_pointers(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        match (self.types().pointee(ta), self.types().pointee(tb)) {
            (Some(pa), Some(pb)) => {
                let void = pa.ty == Ty::VOID || pb.ty == Ty::VOID;
                if !void && !self.types().compatible(pa.ty, pb.ty) {
                    let message = format!("comparison of {} with {}", self.show(ta), self.show(tb));
                    self.warn(&codes::COMPARE_TYPES, span, message);
                }
            }
            (None, None) => {}
            (pointer, _) => {
                let other = if pointer.is_some() { b } else { a };
                if !self.is_null(other) {
                    let message = format!("comparison of {} with {}", self.show(ta), self.show(tb));
                    self.warn(&codes::COMPARE_TYPES, span, message);
                }
            }
        }
        let pointer = self.unit.types.pointer(Ty::VOID);
        let (a, b) = (self.convert(a, pointer), self.convert(b, pointer));
        self.comparison(op, a, b, span)
    }

    /// Warns where a negative value would become a huge one, or the result is known.
    fn check_signs(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        if !self.types().is_integer(ta) || !self.types().is_integer(tb) {
            return;
        }
        let types = self.types();
        let (pa, pb) = (types.promote(ta), types.promote(tb));
        let common = types.common(pa, pb);
        for (side, other, own) in [(a, b, pa), (b, a, pb)] {
            let becomes_unsigned = self.types().is_signed(own) && !self.types().is_signed(common);
            let negative = self.tree.as_int(side).map(|v| (v as i64) < 0);
            if becomes_unsigned
                && negative != Some(false)
                && self.tree.as_int(other).is_none_or(|v| v > 0x7FFF_FFFF || negative.is_some())
                || becomes_unsigned && negative == Some(true)
            {
                let message = format!("comparison of {} with {}", self.show(ta), self.show(tb));
                self.warn(&codes::SIGN_COMPARE, span, message);
                return;
            }
        }
        let zero_right = self.tree.as_int(b) == Some(0);
        if zero_right && !self.types().is_signed(pa) && matches!(op, BinaryOp::Lt | BinaryOp::Ge) {
            let always = if op == BinaryOp::Lt { "never" } else { "always" };
            self.warn(
                &codes::TAUTOLOGY,
                span,
                format!("an unsigned value is {always} {} 0", op.spelling()),
            );
        }
    }

    /// `a && b && c`, `a || b`.
    fn logical(&mut self, and: bool, first: &Expr, rest: &[BinaryTail], span: Span) -> ExprId {
        let mut operands = Vec::with_capacity(rest.len() + 1);
        let mut decided = false;
        let mut wrong = false;
        for expr in core::iter::once(first).chain(rest.iter().map(|tail| &tail.operand)) {
            self.unevaluated += u32::from(decided);
            let value = self.value(expr);
            let value = self.scalar(value);
            self.unevaluated -= u32::from(decided);
            wrong |= self.tree.is_error(value);
            if decided || wrong {
                continue;
            }
            match self.truth(value) {
                // What cannot change the result is dropped; what decides it ends the run.
                Some(truth) if truth == and => {}
                Some(_) => {
                    decided = true;
                    operands.push(value);
                }
                None => operands.push(value),
            }
        }
        if wrong {
            return self.error_node(span);
        }
        match operands[..] {
            [] => self.int(i64::from(and), Ty::INT, span),
            [_] if decided => self.int(i64::from(!and), Ty::INT, span),
            [only] => {
                let not = self.logical_not(only, span);
                self.logical_not(not, span)
            }
            _ => self.add(ExprKind::Logical(and, operands), Ty::INT, span),
        }
    }

    pub(super) fn conditional(
        &mut self,
        condition: &Expr,
        then: Option<&Expr>,
        otherwise: &Expr,
        span: Span,
    ) -> ExprId {
        let Some(then) = then else { return self.elvis(condition, otherwise, span) };
        let condition = self.condition(condition);
        let known = self.truth(condition);
        let dead_then = u32::from(known == Some(false));
        let dead_else = u32::from(known == Some(true));
        self.unevaluated += dead_then;
        let a = self.value(then);
        self.unevaluated -= dead_then;
        self.unevaluated += dead_else;
        let b = self.value(otherwise);
        self.unevaluated -= dead_else;
        self.choose(condition, a, b, span)
    }

    /// `c ?: b`: the condition is evaluated once.
    fn elvis(&mut self, condition: &Expr, otherwise: &Expr, span: Span) -> ExprId {
        let value = self.value(condition);
        let value = self.scalar(value);
        let b = self.value(otherwise);
        if self.tree.is_error(value) || self.tree.is_error(b) {
            return self.error_node(span);
        }
        if self.truth(value).is_some() {
            return self.choose(value, value, b, span);
        }
        let (keep, kept) = self.keep(value);
        let chosen = self.choose(kept, kept, b, span);
        self.sequence(vec![keep, chosen], span)
    }

    /// `c ? a : b` on values (6.5.15).
    fn choose(&mut self, c: ExprId, a: ExprId, b: ExprId, span: Span) -> ExprId {
        if [c, a, b].iter().any(|&id| self.tree.is_error(id)) {
            return self.error_node(span);
        }
        let Some(ty) = self.common_result(a, b) else {
            let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
            let message =
                format!("`?:` cannot choose between {} and {}", self.show(ta), self.show(tb));
            return self.bad(&codes::BAD_OPERAND, span, message);
        };
        let (a, b) = if self.types().is_arithmetic(ty) {
            (self.promote(a), self.promote(b))
        } else {
            (a, b)
        };
        let (a, b) = (self.convert(a, ty), self.convert(b, ty));
        match self.truth(c) {
            Some(true) if self.is_constant(c) => self.retyped(a, ty, span),
            Some(false) if self.is_constant(c) => self.retyped(b, ty, span),
            _ => self.add(ExprKind::Conditional(c, a, b), ty, span),
        }
    }

    fn is_constant(&self, id: ExprId) -> bool {
        matches!(self.tree.kind(id), ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Symbol(..))
    }

    /// A chosen operand, which is not the node that it was: no bit-field, no null constant.
    fn retyped(&mut self, id: ExprId, ty: Ty, span: Span) -> ExprId {
        if self.tree.ty(id) == ty && self.is_constant(id) {
            return id;
        }
        self.add(ExprKind::Comma(vec![id]), ty, span)
    }

    fn common_result(&mut self, a: ExprId, b: ExprId) -> Option<Ty> {
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        let types = self.types();
        if types.is_arithmetic(ta) && types.is_arithmetic(tb) {
            let promoted = |id, ty| match self.bit_width(id) {
                Some(width) => types.promote_bits(ty, width),
                None => ty,
            };
            return Some(types.common(promoted(a, ta), promoted(b, tb)));
        }
        if ta == tb {
            return Some(ta);
        }
        if ta == Ty::VOID || tb == Ty::VOID {
            return Some(Ty::VOID);
        }
        match (types.pointee(ta), types.pointee(tb)) {
            (Some(pa), Some(pb)) => Some(self.common_pointer(a, b, pa, pb)),
            (Some(_), None) if self.is_null(b) || types.is_integer(tb) => self.mixed(b, ta),
            (None, Some(_)) if self.is_null(a) || types.is_integer(ta) => self.mixed(a, tb),
            _ => None,
        }
    }

    fn mixed(&mut self, integer: ExprId, pointer: Ty) -> Option<Ty> {
        if !self.is_null(integer) {
            let span = self.tree.span(integer);
            self.warn(&codes::INT_CONVERSION, span, text!("`?:` mixes a pointer and an integer"));
        }
        Some(pointer)
    }

    fn common_pointer(&mut self, a: ExprId, b: ExprId, pa: QTy, pb: QTy) -> Ty {
        let quals: Quals = pa.quals | pb.quals;
        let target = if self.is_null(a) && pa.ty == Ty::VOID {
            pb.ty
        } else if self.is_null(b) && pb.ty == Ty::VOID {
            pa.ty
        } else if pa.ty == Ty::VOID || pb.ty == Ty::VOID {
            Ty::VOID
        } else if self.types().compatible(pa.ty, pb.ty) {
            self.unit.types.composite(pa.ty, pb.ty)
        } else {
            let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
            let message = format!("`?:` chooses between {} and {}", self.show(ta), self.show(tb));
            self.warn(&codes::POINTER_TYPES, self.tree.span(b), message);
            Ty::VOID
        };
        let target = self.unit.types.qualify(target.into(), quals);
        self.unit.types.pointer(target)
    }
}
