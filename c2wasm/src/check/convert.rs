//! Conversions that the language makes or allows: assignment, arguments, results, casts
//! (C11 6.3, 6.5.4, 6.5.16.1).

use super::tree::{ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::{Expr, TypeName};
use crate::types::{QTy, Ty, TypeKind};
use wasm_common::number;
use wasm_common::source::Span;
use wasm_common::text::format;

impl Checker<'_, '_> {
    /// Whether a value is a null pointer constant (6.3.2.3p3).
    pub(super) fn is_null(&self, id: ExprId) -> bool {
        let ty = self.tree.ty(id);
        self.tree.as_int(id) == Some(0)
            && (self.types().is_integer(ty)
                || ty == Ty::NULLPTR
                || self.types().pointee(ty) == Some(Ty::VOID.into()))
    }

    /// `id` as it is assigned to an object of type `to`. `what` starts the message: "assigning
    /// to", "passing to".
    pub(super) fn assign_convert(&mut self, id: ExprId, to: Ty, what: &str, span: Span) -> ExprId {
        let from = self.tree.ty(id);
        if from == to || self.tree.is_error(id) {
            return id;
        }
        let types = self.types();
        if types.is_arithmetic(to) && types.is_arithmetic(from) {
            self.check_constant(id, to);
            return self.convert(id, to);
        }
        if to == Ty::ERROR || (to == Ty::BOOL && types.is_scalar(from)) {
            return self.convert(id, to);
        }
        let fits = match (self.types().pointee(to), self.types().pointee(from)) {
            (Some(a), Some(b)) => {
                if !self.is_null(id) {
                    self.check_pointers(a, b, (to, from), what, span);
                }
                true
            }
            (Some(_), None) if self.is_null(id) || from == Ty::NULLPTR => true,
            (Some(_), None) | (None, Some(_))
                if self.types().is_scalar(to) && self.both_words(to, from) =>
            {
                let message =
                    format!("{what} {} from {} without a cast", self.show(to), self.show(from));
                self.warn(&codes::INT_CONVERSION, span, message);
                true
            }
            (None, None) if to == Ty::NULLPTR => self.is_null(id),
            _ => false,
        };
        if fits {
            return self.convert(id, to);
        }
        if self.types().is_record(to) && self.types().compatible(from, to) {
            return id;
        }
        let message =
            format!("{what} {} from {}: they do not convert", self.show(to), self.show(from));
        self.bad(&codes::BAD_CONVERSION, span, message)
    }

    /// One is a pointer, the other an integer.
    fn both_words(&self, a: Ty, b: Ty) -> bool {
        let types = self.types();
        (types.is_pointer(a) && types.is_integer(b)) || (types.is_integer(a) && types.is_pointer(b))
    }

    fn check_pointers(&mut self, to: QTy, from: QTy, whole: (Ty, Ty), what: &str, span: Span) {
        let void = to.ty == Ty::VOID || from.ty == Ty::VOID;
        let types = self.types();
        let characters = types.is_character(to.ty) && types.is_character(from.ty);
        if !void && !characters && !types.compatible(to.ty, from.ty) {
            let same =
                types.is_integer(to.ty) && types.to_unsigned(to.ty) == types.to_unsigned(from.ty);
            if !same {
                let message = format!("{what} {} from {}", self.show(whole.0), self.show(whole.1));
                self.warn(&codes::POINTER_TYPES, span, message);
            }
        } else if !to.quals.has(from.quals) {
            let message = format!(
                "{what} {} from {} loses a qualifier",
                self.show(whole.0),
                self.show(whole.1)
            );
            self.warn(&codes::DISCARDED_QUALS, span, message);
        }
    }

    /// Warns when an implicit conversion changes a constant.
    pub(super) fn check_constant(&mut self, id: ExprId, to: Ty) {
        if !self.warns(&codes::CONSTANT_CONVERSION) || to == Ty::BOOL {
            return;
        }
        let (from, span) = (self.tree.ty(id), self.tree.span(id));
        let types = self.types();
        let changed = match *self.tree.kind(id) {
            ExprKind::Int(value) if types.is_integer(to) && types.bits(from) != types.bits(to) => {
                !self.keeps_meaning(value, from, to)
            }
            ExprKind::Float(value) if types.is_integer(to) => value as i64 as f64 != value,
            _ => false,
        };
        if changed {
            let shown = match *self.tree.kind(id) {
                ExprKind::Int(value) if self.types().is_signed(from) => format!("{}", value as i64),
                ExprKind::Int(value) => format!("{value}"),
                ExprKind::Float(value) => number::text(value),
                _ => return,
            };
            let message = format!("conversion to {} changes the constant {shown}", self.show(to));
            self.warn(&codes::CONSTANT_CONVERSION, span, message);
        }
    }

    /// Whether a constant is in the range of `to`, or an idiom that is meant: -1 for all ones, 0xFF
    /// for a character's bits.
    fn keeps_meaning(&self, value: u64, from: Ty, to: Ty) -> bool {
        let types = self.types();
        let bits = types.bits(to);
        if types.is_signed(from) && (value as i64) < 0 {
            return value as i64 >> (bits - 1) == -1;
        }
        let sign = types.is_signed(to) && !types.is_character(to);
        value.checked_shr(bits - u32::from(sign)).unwrap_or(0) == 0
    }

    /// `(type)operand`
    pub(super) fn cast(&mut self, name: &TypeName, operand: &Expr, span: Span) -> ExprId {
        let (to, mut before) = self.type_name_apart(name);
        let value = self.value(operand);
        if self.tree.is_error(value) {
            return value;
        }
        let id = self.cast_value(value, to.ty, span);
        before.push(id);
        self.sequence(before, span)
    }

    fn cast_value(&mut self, value: ExprId, to: Ty, span: Span) -> ExprId {
        let from = self.tree.ty(value);
        let types = self.types();
        if to == Ty::VOID || to == Ty::ERROR {
            return self.add(ExprKind::Convert(value), to, span);
        }
        if types.is_scalar(to) && types.is_scalar(from) {
            let mixed = (types.is_float(to) && !types.is_arithmetic(from))
                || (types.is_float(from) && !types.is_arithmetic(to));
            if !mixed {
                let id = self.convert(value, to);
                // A cast is no longer the bit-field that was read.
                if id == value && self.bit_width(value).is_some() {
                    return self.add(ExprKind::Convert(value), to, span);
                }
                return id;
            }
        }
        if from == to {
            return value;
        }
        if let TypeKind::Record(id) = *self.types().kind(to)
            && self.types().record(id).is_union
            && let Some(place) = self.cast_to_union(value, to, span)
        {
            return place;
        }
        let message = format!("{} does not convert to {}", self.show(from), self.show(to));
        self.bad(&codes::BAD_CONVERSION, span, message)
    }

    /// GNU's cast of a member's value to its union.
    fn cast_to_union(&mut self, value: ExprId, to: Ty, span: Span) -> Option<ExprId> {
        let from = self.tree.ty(value);
        let field =
            *self.types().fields(to).iter().find(|f| f.ty.ty == from && f.bits.is_none())?;
        let local = self.temporary(to, span);
        let place = self.add(ExprKind::Local(local), to, span);
        let member = ExprKind::Member { base: place, offset: field.offset, bits: None };
        let member = self.add(member, field.ty, span);
        let assign = self.add(ExprKind::Assign(member, value), from, span);
        let load = self.add(ExprKind::Load(place), to, span);
        Some(self.sequence(alloc::vec![assign, load], span))
    }
}
