//! Calls (C11 6.5.2.2) and `va_arg`.

use super::entity::{EntityKind, Linkage};
use super::scope::What;
use super::tree::{Call, EntityId, ExprId, ExprKind};
use super::{Checker, Entity, codes};
use crate::ast::{self, BinaryOp, Expr, TypeName};
use crate::names::Name;
use crate::types::{FuncType, Ty};
use alloc::{boxed::Box, string::ToString, vec::Vec};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    pub(super) fn call(&mut self, callee: &Expr, args: &[Expr], span: Span) -> ExprId {
        if let ast::ExprKind::Ident(name) = callee.unparen().kind {
            if let Some(result) = self.builtin_call(name, args, span) {
                return result;
            }
            let builtin = self.text(name).starts_with("__builtin_");
            if !builtin && self.unit.scopes.find(name).is_none() {
                self.declare_implicitly(name, callee.span);
            }
        }
        let function = self.value(callee);
        let values: Vec<ExprId> = args.iter().map(|arg| self.value(arg)).collect();
        if self.tree.is_error(function) {
            return function;
        }
        let ty = self.tree.ty(function);
        let to = self.types().pointee(ty).map_or(ty, |to| to.ty);
        let Some(func) = self.types().as_function(to).cloned() else {
            let message = format!("{} is no function and cannot be called", self.show(ty));
            return self.bad(&codes::BAD_CALL, callee.span, message);
        };
        let Some(args) = self.arguments(&func, function, values, span) else {
            return self.error_node(span);
        };
        self.check_result(func.result, span);
        let named = func.prototype.then_some(func.params.len() as u32);
        self.check_format_call(function, &args);
        let call = Call { callee: function, func: to, args, named };
        self.add(ExprKind::Call(Box::new(call)), func.result, span)
    }

    fn check_result(&mut self, result: Ty, span: Span) {
        if result != Ty::VOID && !self.types().is_complete(result) {
            let message =
                format!("the function returns {}, which is incomplete", self.show(result));
            self.error(&codes::INCOMPLETE, span, message);
        }
    }

    /// The arguments, converted to the parameters' types.
    fn arguments(
        &mut self,
        func: &FuncType,
        function: ExprId,
        values: Vec<ExprId>,
        span: Span,
    ) -> Option<Vec<ExprId>> {
        let (given, needed) = (values.len(), func.params.len());
        if func.prototype && (given < needed || (given > needed && !func.variadic)) {
            if values.iter().any(|&id| self.tree.is_error(id)) {
                return None;
            }
            let least = if func.variadic { "at least " } else { "" };
            let plural = if needed == 1 { "" } else { "s" };
            let message =
                format!("the function takes {least}{needed} argument{plural}, not {given}");
            let mut error = codes::BAD_CALL.error(span, message);
            if let Some(entity) = self.called_entity(function) {
                let declared = self.unit.entity(entity).span;
                if !self.unit.entity(entity).builtin {
                    error = error.label(declared, text!("declared here"));
                }
            }
            self.report(error);
            return None;
        }
        let mut args = Vec::with_capacity(given);
        for (i, value) in values.into_iter().enumerate() {
            let arg = match func.params.get(i) {
                Some(&param) => {
                    let at = self.tree.span(value);
                    let value = self.member_of_union(value, param);
                    self.assign_convert(value, param, "passing to", at)
                }
                None => self.promoted_argument(value),
            };
            args.push(arg);
        }
        (!args.iter().any(|&id| self.tree.is_error(id))).then_some(args)
    }

    /// GNU: an argument for a transparent union may be any of its members.
    fn member_of_union(&mut self, value: ExprId, param: Ty) -> ExprId {
        let from = self.tree.ty(value);
        let Some(id) = self.types().as_record(param) else { return value };
        if from == param || !self.types().record(id).is_union || self.types().is_record(from) {
            return value;
        }
        let pointers = self.types().is_pointer(from);
        let fits = |f: &&crate::types::Field| {
            f.ty.ty == from || (pointers && self.types().is_pointer(f.ty.ty))
        };
        let Some(field) = self.types().fields(param).iter().find(fits).copied() else {
            return value;
        };
        let span = self.tree.span(value);
        let local = self.temporary(param, span);
        let place = self.add(ExprKind::Local(local), param, span);
        let member = ExprKind::Member { base: place, offset: field.offset, bits: None };
        let member = self.add(member, field.ty, span);
        let value = self.convert(value, field.ty.ty);
        let assign = self.add(ExprKind::Assign(member, value), field.ty.ty, span);
        let load = self.add(ExprKind::Load(place), param, span);
        self.sequence(alloc::vec![assign, load], span)
    }

    /// The default argument promotions (6.5.2.2p6).
    fn promoted_argument(&mut self, value: ExprId) -> ExprId {
        if self.tree.is_error(value) {
            return value;
        }
        let ty = self.tree.ty(value);
        if ty == Ty::VOID {
            let span = self.tree.span(value);
            return self.bad(&codes::BAD_CALL, span, text!("an argument without a value"));
        }
        match self.tree.ty(value) {
            Ty::FLOAT => self.convert(value, Ty::DOUBLE),
            ty if self.types().is_integer(ty) => self.promote(value),
            _ => value,
        }
    }

    /// The function that a callee names.
    pub(super) fn called_entity(&self, function: ExprId) -> Option<EntityId> {
        match self.symbol_base(function) {
            Some(super::tree::Base::Entity(id)) => Some(id),
            _ => None,
        }
    }

    /// C89's `extern int name();`. Since C99 that is an error; library functions get their type.
    fn declare_implicitly(&mut self, name: Name, span: Span) {
        if self.session.tainted.contains(&name) {
            return;
        }
        let text = self.text(name).to_string();
        if let Some(entity) = self.library_function(name, span) {
            self.unit.scopes.declare_in_file(name, What::Entity(entity), span);
        } else if self.is_old_c() {
            let entity = self.implicit_entity(name, span);
            self.unit.scopes.declare_in_file(name, What::Entity(entity), span);
        } else {
            // The name's use reports it, with the nearest one.
            return;
        }
        let message = format!("`{text}` is called but not declared");
        let header = crate::builtins::header_of(&text);
        let help = header.map(|header| format!("write `#include <{header}>`"));
        let diagnostic = if self.is_old_c() {
            codes::IMPLICIT_FUNCTION.warning(span, message)
        } else {
            codes::IMPLICIT_FUNCTION.error(span, message)
        };
        if !self.is_old_c() || self.warns(&codes::IMPLICIT_FUNCTION) {
            self.report(match help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
    }

    fn implicit_entity(&mut self, name: Name, span: Span) -> EntityId {
        let func =
            FuncType { result: Ty::INT, params: Vec::new(), variadic: false, prototype: false };
        let ty = self.unit.types.function(func);
        let entity = self.external_function(name, ty, span);
        self.unit.entity_mut(entity).implicit = true;
        entity
    }

    /// The function `name` with external linkage, known or new, without being in scope.
    pub(super) fn external_function(&mut self, name: Name, ty: Ty, span: Span) -> EntityId {
        let known = self.find_external(name);
        known.unwrap_or_else(|| {
            self.add_entity(Entity {
                linkage: Linkage::External,
                used: true,
                ..Entity::new(name, EntityKind::Function, ty.into(), span)
            })
        })
    }

    /// `va_arg(list, type)`: takes the next argument from the list, and moves it on. Records lie
    /// elsewhere; the list holds their address.
    pub(super) fn va_arg(&mut self, list: &Expr, name: &TypeName, span: Span) -> ExprId {
        let ty = self.type_name(name).ty;
        let place = self.expr(list);
        if self.tree.is_error(place) {
            return place;
        }
        let list_ty = self.tree.ty(place);
        if !self.is_place(place) || !self.types().is_pointer(list_ty) {
            let message = format!("`va_arg` needs a `va_list`, not {}", self.show(list_ty));
            return self.bad(&codes::BAD_CALL, list.span, message);
        }
        if !self.types().is_complete(ty) {
            let message = format!("{} is incomplete", self.show(ty));
            return self.bad(&codes::INCOMPLETE, span, message);
        }
        let record = !self.types().is_scalar(ty);
        let stored =
            if record { self.unit.types.pointer(ty) } else { self.types().promote_argument(ty) };
        let size = self.types().size(stored).unwrap_or(4);
        let (mut steps, place) = self.stabilize(place);
        let mut at = self.rvalue(place);
        if size == 8 {
            let seven = self.int(7, Ty::UINT, span);
            let mask = self.int(-8, Ty::UINT, span);
            let word = self.convert(at, Ty::UINT);
            let up = self.arithmetic(BinaryOp::Add, word, seven, span);
            let aligned = self.arithmetic(BinaryOp::And, up, mask, span);
            at = self.convert(aligned, list_ty);
        }
        let (keep, at) = self.keep(at);
        steps.push(keep);
        let bytes = self.int(i64::from(size), Ty::INT, span);
        let next = self.offset(at, bytes, list_ty, span);
        steps.push(self.add(ExprKind::Assign(place, next), list_ty, span));
        let pointer = self.unit.types.pointer(stored);
        let pointer = self.convert(at, pointer);
        let slot = self.dereference(pointer, span);
        let value = self.rvalue(slot);
        let value = if record {
            let target = self.dereference(value, span);
            self.rvalue(target)
        } else {
            self.convert(value, ty)
        };
        steps.push(value);
        self.sequence(steps, span)
    }
}
