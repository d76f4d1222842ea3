//! Nodes that fold constants as they are made (C11 6.6).
//!
//! In: checked operands. Out: a node, an [`ExprKind::Int`], [`ExprKind::Float`] or
//! [`ExprKind::Symbol`] wherever the operands allow it.

use super::tree::{Base, ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::BinaryOp;
use crate::types::{Ty, TypeKind};
use wasm_common::source::Span;
use wasm_common::text::text;

impl Checker<'_, '_> {
    /// `id` as the scalar type `to`, or `void`, without a question.
    pub(super) fn convert(&mut self, id: ExprId, to: Ty) -> ExprId {
        let from = self.tree.ty(id);
        if from == to || self.tree.is_error(id) {
            return id;
        }
        let span = self.tree.span(id);
        let kind = match *self.tree.kind(id) {
            ExprKind::Int(value) => self.fold_int_to(value, from, to),
            ExprKind::Float(value) => self.fold_float_to(value, to),
            ExprKind::Symbol(..) if to == Ty::BOOL => Some(ExprKind::Int(1)),
            ref symbol @ ExprKind::Symbol(..) if self.keeps_address(to) => Some(symbol.clone()),
            _ => None,
        };
        self.add(kind.unwrap_or(ExprKind::Convert(id)), to, span)
    }

    /// Whether a pointer keeps all its bits as `to`.
    fn keeps_address(&self, to: Ty) -> bool {
        let types = self.types();
        types.is_pointer(to) || (types.is_integer(to) && types.bits(to) == 32)
    }

    fn fold_int_to(&self, value: u64, from: Ty, to: Ty) -> Option<ExprKind> {
        let types = self.types();
        Some(match to {
            Ty::VOID => return None,
            Ty::BOOL => ExprKind::Int(u64::from(value != 0)),
            Ty::FLOAT if types.is_signed(from) => ExprKind::Float(f64::from(value as i64 as f32)),
            Ty::FLOAT => ExprKind::Float(f64::from(value as f32)),
            _ if types.is_float(to) && types.is_signed(from) => {
                ExprKind::Float(value as i64 as f64)
            }
            _ if types.is_float(to) => ExprKind::Float(value as f64),
            _ if types.is_scalar(to) => ExprKind::Int(types.wrap(to, value)),
            _ => return None,
        })
    }

    fn fold_float_to(&self, value: f64, to: Ty) -> Option<ExprKind> {
        let types = self.types();
        Some(match to {
            Ty::VOID => return None,
            Ty::BOOL => ExprKind::Int(u64::from(value != 0.0)),
            Ty::FLOAT => ExprKind::Float(f64::from(value as f32)),
            _ if types.is_float(to) => ExprKind::Float(value),
            // Saturating, as the code does at run time; narrower types are cut from int.
            _ if types.is_integer(to) => {
                let bits = match (types.bits(to), types.is_signed(to)) {
                    (64, true) => value as i64 as u64,
                    (64, false) => value as u64,
                    (32, false) => u64::from(value as u32),
                    _ => value as i32 as i64 as u64,
                };
                ExprKind::Int(types.wrap(to, bits))
            }
            _ => return None,
        })
    }

    /// `-a`, `~a` on an operand of the result's type.
    pub(super) fn negate(&mut self, id: ExprId, complement: bool, span: Span) -> ExprId {
        let ty = self.tree.ty(id);
        let kind = match (self.tree.kind(id), complement) {
            (ExprKind::Int(value), true) => ExprKind::Int(self.types().wrap(ty, !value)),
            (ExprKind::Int(value), false) => {
                ExprKind::Int(self.types().wrap(ty, value.wrapping_neg()))
            }
            (ExprKind::Float(value), false) => ExprKind::Float(-value),
            (_, true) => ExprKind::BitNot(id),
            (_, false) => ExprKind::Neg(id),
        };
        self.add(kind, ty, span)
    }

    /// Whether a constant scalar is not 0; `None` for what is not constant.
    pub(super) fn truth(&self, id: ExprId) -> Option<bool> {
        match *self.tree.kind(id) {
            ExprKind::Int(value) => Some(value != 0),
            ExprKind::Float(value) => Some(value != 0.0),
            ExprKind::Symbol(base, _) => match base {
                Base::String(_) => Some(true),
                // A weak function that nobody defines has no address.
                Base::Entity(id) => (!self.unit.entity(id).attributes.weak).then_some(true),
            },
            _ => None,
        }
    }

    /// `!a`
    pub(super) fn logical_not(&mut self, id: ExprId, span: Span) -> ExprId {
        let kind = match self.truth(id) {
            Some(truth) => ExprKind::Int(u64::from(!truth)),
            None => ExprKind::Not(id),
        };
        self.add(kind, Ty::INT, span)
    }

    /// Arithmetic, bit and shift operators; operands as [`ExprKind::Binary`] wants them.
    pub(super) fn arithmetic(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let ty = self.tree.ty(a);
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) && self.tree.as_int(b) == Some(0) {
            self.warn(&codes::DIVISION, span, text!("division by zero"));
        }
        let kind = match (self.tree.kind(a), self.tree.kind(b)) {
            (&ExprKind::Int(x), &ExprKind::Int(y)) => self.fold_ints(op, x, y, ty, span),
            (&ExprKind::Float(x), &ExprKind::Float(y)) => fold_floats(op, x, y, ty),
            // Addresses in integers, as old C keeps them.
            (&ExprKind::Symbol(base, x), &ExprKind::Int(y)) => match op {
                BinaryOp::Add => Some(ExprKind::Symbol(base, x.wrapping_add(y as i32))),
                BinaryOp::Sub => Some(ExprKind::Symbol(base, x.wrapping_sub(y as i32))),
                _ => None,
            },
            (&ExprKind::Int(x), &ExprKind::Symbol(base, y)) if op == BinaryOp::Add => {
                Some(ExprKind::Symbol(base, y.wrapping_add(x as i32)))
            }
            _ => None,
        };
        self.add(kind.unwrap_or(ExprKind::Binary(op, a, b)), ty, span)
    }

    fn fold_ints(&mut self, op: BinaryOp, x: u64, y: u64, ty: Ty, span: Span) -> Option<ExprKind> {
        let signed = self.types().is_signed(ty);
        let bits = self.types().bits(ty);
        let (sx, sy, by) = (x as i64, y as i64, y as u32 & (bits - 1));
        // In 64 bits, and whether that is too few for signed numbers.
        let (wide, overflows) = match op {
            BinaryOp::Add => (x.wrapping_add(y), sx.checked_add(sy).is_none()),
            BinaryOp::Sub => (x.wrapping_sub(y), sx.checked_sub(sy).is_none()),
            BinaryOp::Mul => (x.wrapping_mul(y), sx.checked_mul(sy).is_none()),
            BinaryOp::Div | BinaryOp::Rem if y == 0 => return None,
            // No constant, as in gcc.
            BinaryOp::Shl | BinaryOp::Shr if sy < 0 => return None,
            // INT_MIN / -1 traps at run time; here it wraps, as everything else does.
            BinaryOp::Div if signed => (sx.wrapping_div(sy) as u64, sx.checked_div(sy).is_none()),
            BinaryOp::Rem if signed => (sx.wrapping_rem(sy) as u64, false),
            BinaryOp::Div => (x / y, false),
            BinaryOp::Rem => (x % y, false),
            BinaryOp::And => (x & y, false),
            BinaryOp::Or => (x | y, false),
            BinaryOp::Xor => (x ^ y, false),
            BinaryOp::Shl => (x << by, false),
            BinaryOp::Shr if signed => ((sx >> by) as u64, false),
            BinaryOp::Shr => (x >> by, false),
            _ => return None,
        };
        let value = self.types().wrap(ty, wide);
        let arithmetic =
            matches!(op, BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div);
        if signed && arithmetic && (overflows || value != wide) {
            let message =
                alloc::format!("constant overflows {}: wraps to {}", self.show(ty), value as i64);
            self.warn(&codes::OVERFLOW, span, message);
        }
        Some(ExprKind::Int(value))
    }

    /// A comparison of two operands of one type.
    pub(super) fn comparison(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let ty = self.tree.ty(a);
        let result = match (self.tree.kind(a), self.tree.kind(b)) {
            (&ExprKind::Int(x), &ExprKind::Int(y)) if self.types().is_signed(ty) => {
                Some(compare(op, &(x as i64), &(y as i64)))
            }
            (&ExprKind::Int(x), &ExprKind::Int(y)) => Some(compare(op, &x, &y)),
            (&ExprKind::Float(x), &ExprKind::Float(y)) => Some(compare(op, &x, &y)),
            (&ExprKind::Symbol(p, x), &ExprKind::Symbol(q, y)) if p == q => {
                Some(compare(op, &x, &y))
            }
            (&ExprKind::Symbol(p, 0), &ExprKind::Symbol(q, 0)) if self.are_apart(p, q) => {
                match op {
                    BinaryOp::Eq => Some(false),
                    BinaryOp::Ne => Some(true),
                    _ => None,
                }
            }
            (ExprKind::Symbol(..), ExprKind::Int(0)) | (ExprKind::Int(0), ExprKind::Symbol(..)) => {
                let symbol = if self.tree.as_int(a).is_some() { b } else { a };
                match (op, self.truth(symbol)) {
                    (BinaryOp::Eq, Some(truth)) => Some(!truth),
                    (BinaryOp::Ne, Some(truth)) => Some(truth),
                    _ => None,
                }
            }
            _ => None,
        };
        let kind = result.map_or(ExprKind::Binary(op, a, b), |r| ExprKind::Int(u64::from(r)));
        self.add(kind, Ty::INT, span)
    }

    /// Whether two names are of different objects, whatever defines them.
    fn are_apart(&self, p: Base, q: Base) -> bool {
        let plain = |base| match base {
            Base::Entity(id) => {
                let attributes = &self.unit.entity(id).attributes;
                !attributes.weak && attributes.alias().is_none()
            }
            Base::String(_) => false,
        };
        p != q && plain(p) && plain(q)
    }

    /// A pointer plus a number of bytes.
    pub(super) fn offset(&mut self, pointer: ExprId, bytes: ExprId, ty: Ty, span: Span) -> ExprId {
        let kind = match (self.tree.kind(pointer), self.tree.as_int(bytes)) {
            (&ExprKind::Symbol(base, at), Some(n)) => {
                ExprKind::Symbol(base, at.wrapping_add(n as i32))
            }
            (&ExprKind::Int(at), Some(n)) => {
                ExprKind::Int(self.types().wrap(ty, at.wrapping_add(n)))
            }
            _ => ExprKind::Offset(pointer, bytes),
        };
        self.add(kind, ty, span)
    }

    /// The address of a place.
    pub(super) fn address(&mut self, place: ExprId, ty: Ty, span: Span) -> ExprId {
        let kind = match *self.tree.kind(place) {
            ExprKind::Deref(pointer) => {
                // `&*p` is `p`.
                return self.convert(pointer, ty);
            }
            ExprKind::Member { base, offset, bits: None } => {
                let pointer = self.address(base, ty, span);
                if offset == 0 {
                    return pointer;
                }
                let bytes = self.int(i64::from(offset), Ty::INT, span);
                return self.offset(pointer, bytes, ty, span);
            }
            ExprKind::Entity(id) => {
                if self.unevaluated == 0 {
                    self.unit.entity_mut(id).address_taken = true;
                }
                ExprKind::Symbol(Base::Entity(id), 0)
            }
            ExprKind::String(id) => ExprKind::Symbol(Base::String(id), 0),
            ExprKind::Local(id) | ExprKind::Literal(id, _) => {
                self.tree.local_mut(id).address_taken = true;
                ExprKind::Address(place)
            }
            _ => ExprKind::Address(place),
        };
        self.add(kind, ty, span)
    }

    /// What `pointer` points to, as a place: `*&x` is `x`.
    pub(super) fn dereference(&mut self, pointer: ExprId, span: Span) -> ExprId {
        let TypeKind::Pointer(to) = *self.types().kind(self.tree.ty(pointer)) else {
            return self.error_node(span);
        };
        self.add(ExprKind::Deref(pointer), to, span)
    }
}

fn fold_floats(op: BinaryOp, x: f64, y: f64, ty: Ty) -> Option<ExprKind> {
    let value = match op {
        BinaryOp::Add => x + y,
        BinaryOp::Sub => x - y,
        BinaryOp::Mul => x * y,
        BinaryOp::Div => x / y,
        _ => return None,
    };
    // Rounding a double result to single gives the single result for these four.
    let value = if ty == Ty::FLOAT { f64::from(value as f32) } else { value };
    Some(ExprKind::Float(value))
}

fn compare<T: PartialOrd>(op: BinaryOp, x: &T, y: &T) -> bool {
    match op {
        BinaryOp::Lt => x < y,
        BinaryOp::Gt => x > y,
        BinaryOp::Le => x <= y,
        BinaryOp::Ge => x >= y,
        BinaryOp::Eq => x == y,
        _ => x != y,
    }
}
