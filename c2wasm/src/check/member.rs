//! Members, elements, `offsetof` (C11 6.5.2.1, 6.5.2.3, 7.19).

use super::tree::{ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::{BinaryOp, Designator, Expr, Ident, TypeName};
use crate::types::{QTy, Ty};
use wasm_common::diag::nearest::nearest;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// `base.name`, `base->name`
    pub(super) fn member(&mut self, base: &Expr, arrow: bool, name: Ident, span: Span) -> ExprId {
        let base = if arrow { self.value(base) } else { self.expr(base) };
        if self.tree.is_error(base) {
            return base;
        }
        let ty = self.tree.ty(base);
        let pointee = self.types().pointee(ty);
        let record = match (arrow, pointee) {
            (true, Some(to)) if self.types().is_record(to.ty) => self.dereference(base, span),
            (false, _) if self.types().is_record(ty) => base,
            (false, Some(to)) if self.types().is_record(to.ty) => {
                let error =
                    codes::BAD_OPERAND.error(name.span, format!("{} is a pointer", self.show(ty)));
                self.report(error.help(text!("write `->` instead of `.`")));
                let value = self.rvalue(base);
                self.dereference(value, span)
            }
            (true, _) if self.types().is_record(ty) => {
                let error =
                    codes::BAD_OPERAND.error(name.span, format!("{} is no pointer", self.show(ty)));
                self.report(error.help(text!("write `.` instead of `->`")));
                base
            }
            _ => {
                let message = format!("{} has no members", self.show(ty));
                return self.bad(&codes::BAD_OPERAND, name.span, message);
            }
        };
        self.member_of(record, name, span)
    }

    /// The member `name` of a record, through anonymous members.
    pub(super) fn member_of(&mut self, record: ExprId, name: Ident, span: Span) -> ExprId {
        let ty = self.tree.ty(record);
        let Some(path) = self.types().find_field(ty, name.name) else {
            return self.no_member(ty, name);
        };
        let mut place = record;
        for index in path {
            place = self.field_place(place, index as usize, span);
        }
        place
    }

    /// The member number `index` of a record.
    pub(super) fn field_place(&mut self, record: ExprId, index: usize, span: Span) -> ExprId {
        let outer = self.tree.expr(record).ty;
        let field = self.types().fields(outer.ty)[index];
        let ty = self.unit.types.qualify(field.ty, outer.quals);
        let kind = ExprKind::Member { base: record, offset: field.offset, bits: field.bits };
        self.add(kind, ty, span)
    }

    pub(super) fn no_member(&mut self, ty: Ty, name: Ident) -> ExprId {
        if self.session.tainted.contains(&name.name) {
            return self.error_node(name.span);
        }
        let text = self.text(name.name);
        let mut message = format!("{} has no member `{text}`", self.show(ty));
        if !self.types().is_complete(ty) {
            message = format!("{} is incomplete: its members are not known here", self.show(ty));
        }
        let near = {
            let fields = self.types().fields(ty).iter().filter_map(|f| f.name);
            nearest(self.text(name.name), fields.map(|f| self.text(f)))
        };
        let mut error = codes::NO_MEMBER.error(name.span, message);
        if let Some(near) = near {
            error = error.help(format!("did you mean `{near}`?"));
        }
        self.report(error);
        self.error_node(name.span)
    }

    /// `a[i]`, also written `i[a]`.
    pub(super) fn index(&mut self, base: &Expr, index: &Expr, span: Span) -> ExprId {
        // An element of a `register` array is no use of its address.
        let (a, b) = (self.expr(base), self.value(index));
        let a = self.rvalue(a);
        if self.tree.is_error(a) || self.tree.is_error(b) {
            return self.error_node(span);
        }
        let (ta, tb) = (self.tree.ty(a), self.tree.ty(b));
        let types = self.types();
        let (pointer, index) = match (types.is_pointer(ta), types.is_pointer(tb)) {
            (true, false) if types.is_integer(tb) => (a, b),
            (false, true) if types.is_integer(ta) => (b, a),
            (true, false) => {
                let message = format!("an index must be an integer, not {}", self.show(tb));
                return self.bad(&codes::BAD_OPERAND, index.span, message);
            }
            _ => {
                let message = format!("`[]` needs an array or a pointer, not {}", self.show(ta));
                return self.bad(&codes::BAD_OPERAND, base.span, message);
            }
        };
        if self.types().callee(self.tree.ty(pointer)).is_some() {
            return self.bad(&codes::BAD_OPERAND, base.span, text!("functions have no elements"));
        }
        let moved = self.move_pointer(false, pointer, index, span);
        if self.tree.is_error(moved) {
            return moved;
        }
        self.dereference(moved, span)
    }

    /// `offsetof(type, member.sub[2])`: a constant unless an index is not.
    pub(super) fn offset_of(&mut self, name: &TypeName, path: &[Designator], span: Span) -> ExprId {
        let mut ty: QTy = self.type_name(name);
        let mut offset = self.int(0, Ty::SIZE, span);
        for step in path {
            let (at, to) = match step {
                Designator::Field(field) => {
                    let Some(path) = self.types().find_field(ty.ty, field.name) else {
                        return self.no_member(ty.ty, *field);
                    };
                    let mut bytes = 0i64;
                    for index in path {
                        let field = self.types().fields(ty.ty)[index as usize];
                        if field.bits.is_some() {
                            let message = text!("a bit-field has no address");
                            return self.bad(&codes::BAD_OPERAND, span, message);
                        }
                        bytes += i64::from(field.offset);
                        ty = field.ty;
                    }
                    (self.int(bytes, Ty::SIZE, span), ty)
                }
                Designator::Index(index) | Designator::Range(index, _) => {
                    let Some((element, _)) = self.types().as_array(ty.ty) else {
                        let message = format!("{} is no array", self.show(ty));
                        return self.bad(&codes::BAD_OPERAND, span, message);
                    };
                    let index = self.value(index);
                    if !self.types().is_integer(self.tree.ty(index)) || self.tree.is_error(index) {
                        return self.error_node(span);
                    }
                    let index = self.convert(index, Ty::SIZE);
                    let size = self.size_of(element.ty, span);
                    (self.arithmetic(BinaryOp::Mul, index, size, span), element)
                }
            };
            ty = to;
            offset = self.arithmetic(BinaryOp::Add, offset, at, span);
        }
        offset
    }
}
