//! Declarators: a base type and its derivations to a type (C11 6.7.6).

use super::scope::What;
use super::tree::{ExprId, ExprKind, LocalId};
use super::{Checker, codes};
use crate::ast::{ArraySize, Declarator, Derived, Expr, Param, Params, Quals, Storage, TypeSpec};
use crate::names::Name;
use crate::session::{DEFAULT_NESTING, Edition};
use crate::types::{FuncType, Length, MAX_OBJECT, QTy, Ty, TypeKind};
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// A checked parameter.
#[derive(Clone, Debug)]
pub(super) struct ParamDecl {
    /// Its name, if it has one.
    pub(super) name: Option<Name>,
    /// Its adjusted type.
    pub(super) ty: QTy,
    /// Where.
    pub(super) span: Span,
    /// The local that it is.
    pub(super) local: LocalId,
}

impl Checker<'_, '_> {
    /// The type that `declarator` gives its name.
    pub(super) fn declared_type(&mut self, base: QTy, declarator: &Declarator) -> QTy {
        self.derive(base, &declarator.derived, declarator.span)
    }

    /// Applies derivations from the last to the first.
    pub(super) fn derive(&mut self, base: QTy, derived: &[Derived], span: Span) -> QTy {
        let mut ty = base;
        for step in derived.iter().rev() {
            ty = match step {
                Derived::Pointer { .. } if ty.ty == Ty::ERROR => ty,
                Derived::Pointer { quals, .. } => {
                    self.check_restrict(Some(ty), *quals, span);
                    QTy::new(self.unit.types.pointer(ty), *quals)
                }
                Derived::Array { size, .. } => self.array_of(ty, size, span),
                Derived::Function(params) => self.function_of(ty, params, span),
            };
        }
        self.bounded(ty, span)
    }

    /// `ty`, unless it nests too deeply.
    pub(super) fn bounded(&mut self, ty: QTy, span: Span) -> QTy {
        if u32::from(self.types().depth(ty.ty)) <= DEFAULT_NESTING {
            return ty;
        }
        let message = text!("the type nests too deeply");
        self.error(&crate::codes::NESTING, span, message);
        Ty::ERROR.into()
    }

    fn array_of(&mut self, element: QTy, size: &ArraySize, span: Span) -> QTy {
        let problem = match self.types().kind(element.ty) {
            TypeKind::Error => return element,
            TypeKind::Function(_) => Some("an array cannot hold functions; use pointers to them"),
            _ if !self.types().is_complete(element.ty) => {
                Some("an array needs elements of a complete type")
            }
            _ => None,
        };
        if let Some(problem) = problem {
            self.error(&codes::BAD_TYPE, span, problem);
            return Ty::ERROR.into();
        }
        let length = match size {
            ArraySize::Unknown => Length::Unknown,
            ArraySize::Star => Length::Star,
            ArraySize::Expr(expr) => {
                let length = self.array_length(element, expr);
                match length {
                    Length::Known(0) => {
                        self.extension(None, expr.span, "arrays without elements");
                    }
                    Length::Variable(_) | Length::Star => {
                        self.extension(Some(Edition::C99), expr.span, "arrays of variable length");
                    }
                    _ => {}
                }
                length
            }
        };
        // Only a prototype has `[*]`, and it does not matter there.
        let length = if self.types().has_star(element.ty) { Length::Star } else { length };
        // The size of an array of variable length elements varies too.
        let length = match length {
            Length::Known(n) if self.types().is_variable_length(element.ty) => {
                let count = self.int(i64::from(n), Ty::SIZE, span);
                self.variable_length(element, count)
            }
            other => other,
        };
        self.unit.types.array(element, length).into()
    }

    fn array_length(&mut self, element: QTy, expr: &Expr) -> Length {
        let id = self.value(expr);
        let ty = self.tree.ty(id);
        if self.tree.is_error(id) {
            return Length::Known(1);
        }
        if !self.types().is_integer(ty) {
            let message = format!("an array's length must be an integer, not {}", self.show(ty));
            self.error(&codes::BAD_TYPE, expr.span, message);
            return Length::Known(1);
        }
        let Some(value) = self.tree.as_int(id) else {
            if self.state.is_some() {
                return self.variable_length(element, id);
            }
            // In a prototype at file scope the length does not matter.
            if self.unit.scopes.depth() > 0 {
                return Length::Star;
            }
            let message =
                text!("an array's length outside of functions must be an integer constant");
            self.error(&codes::NOT_CONSTANT, expr.span, message);
            return Length::Known(1);
        };
        if self.types().is_signed(ty) && (value as i64) < 0 {
            self.error(&codes::BAD_TYPE, expr.span, text!("an array's length cannot be negative"));
            return Length::Known(1);
        }
        let size = u64::from(self.types().size(element.ty).unwrap_or(1).max(1));
        if value.checked_mul(size).is_none_or(|bytes| bytes > MAX_OBJECT) {
            self.error(
                &codes::TOO_LARGE,
                expr.span,
                text!("the array is larger than any object can be"),
            );
            return Length::Known(1);
        }
        Length::Known(value as u32)
    }

    /// A variable length: its bytes are computed here, into a local that the type names.
    fn variable_length(&mut self, element: QTy, count: ExprId) -> Length {
        let span = self.tree.span(count);
        let local = self.temporary(Ty::SIZE, span);
        self.tree.local_mut(local).used = true;
        let size = self.size_of(element.ty, span);
        let count = self.convert(count, Ty::SIZE);
        let bytes = self.arithmetic(crate::ast::BinaryOp::Mul, count, size, span);
        let place = self.add(ExprKind::Local(local), Ty::SIZE, span);
        let assign = self.add(ExprKind::Assign(place, bytes), Ty::SIZE, span);
        self.pending.push(assign);
        Length::Variable(local.0)
    }

    fn function_of(&mut self, result: QTy, params: &Params, span: Span) -> QTy {
        let (params, variadic, prototype) = match params {
            Params::Unspecified => (Vec::new(), false, self.edition() == Edition::C23),
            Params::Names(names) => {
                if let Some(name) = names.first() {
                    self.error(
                        &codes::BAD_TYPE,
                        name.span,
                        text!("parameter names without types belong to a definition"),
                    );
                }
                (Vec::new(), false, false)
            }
            Params::Prototype { params, variadic } => {
                // Names of a prototype live in a scope of their own.
                self.unit.scopes.enter();
                let outer = core::mem::take(&mut self.pending);
                let params = self.parameters(params, *variadic, span);
                self.pending = outer;
                self.unit.scopes.leave(|_, _| {});
                (params.iter().map(|p| p.ty.ty).collect(), *variadic, true)
            }
        };
        self.function_type(result, params, variadic, prototype, span).into()
    }

    pub(super) fn function_type(
        &mut self,
        result: QTy,
        params: Vec<Ty>,
        variadic: bool,
        prototype: bool,
        span: Span,
    ) -> Ty {
        let result = match self.types().kind(result.ty) {
            TypeKind::Array(..) => {
                self.error(&codes::BAD_TYPE, span, text!("a function cannot return an array"));
                Ty::ERROR
            }
            TypeKind::Function(_) => {
                self.error(&codes::BAD_TYPE, span, text!("a function cannot return a function"));
                Ty::ERROR
            }
            _ => result.ty,
        };
        self.unit.types.function(FuncType { result, params, variadic, prototype })
    }

    /// The parameters of a prototype, as locals of the current scope; each is declared as it comes,
    /// so that the next may use it.
    pub(super) fn parameters(
        &mut self,
        params: &[Param],
        variadic: bool,
        span: Span,
    ) -> Vec<ParamDecl> {
        if variadic && params.is_empty() && self.edition() < Edition::C23 {
            self.error(
                &codes::BAD_TYPE,
                span,
                text!("`...` needs a parameter before it until C23"),
            );
        }
        let params = if self.is_void_alone(params) && !variadic { &[] } else { params };
        let mut list: Vec<ParamDecl> = Vec::with_capacity(params.len());
        for param in params {
            let decl = self.parameter(param);
            if let Some(name) = decl.name {
                if let Some(before) = self.unit.scopes.find_here(name) {
                    let text = alloc::string::String::from(self.text(name));
                    let message = format!("two parameters are called `{text}`");
                    self.twice(&codes::REDEFINED, decl.span, message, before.span);
                }
                self.unit.scopes.declare(name, What::Local(decl.local), decl.span);
            }
            list.push(decl);
        }
        list
    }

    /// Whether the one parameter is a typedef of `void`: none at all, as with `void` (6.7.6.3p10).
    fn is_void_alone(&self, params: &[Param]) -> bool {
        let [Param { specs, declarator, .. }] = params else { return false };
        let TypeSpec::Typedef(name) = specs.ty else { return false };
        let meaning = self.unit.scopes.find(name.name).map(|m| m.what);
        declarator.name.is_none()
            && declarator.derived.is_empty()
            && specs.quals == Quals::NONE
            && matches!(meaning, Some(What::Typedef(ty, _)) if ty == Ty::VOID.into())
    }

    pub(super) fn parameter(&mut self, param: &Param) -> ParamDecl {
        let specs = self.specifiers(&param.specs);
        self.check_storage(specs.storage, Storage::REGISTER, "a parameter", param.span);
        self.check_alignas(&specs, specs.ty, false, param.span);
        let mut attributes = specs.attributes.clone();
        self.read_attributes(&param.attributes, &mut attributes);
        self.refuse_vector(&mut attributes);
        let ty = self.declared_type(specs.ty, &param.declarator);
        let ty = self.adjusted(ty, &param.declarator);
        let span = param.declarator.name.map_or(param.span, |name| name.span);
        self.check_brackets(param.declarator.derived.get(1..).unwrap_or_default(), span);
        let ty = if ty.ty == Ty::VOID {
            self.error(&codes::INCOMPLETE, span, text!("a parameter cannot be `void`"));
            Ty::ERROR.into()
        } else {
            ty
        };
        let name = param.declarator.name.map(|n| n.name);
        let local = self.tree.add_local(name.unwrap_or(Name::EMPTY), ty, span);
        self.tree.local_mut(local).used |= attributes.unused;
        self.tree.local_mut(local).register = specs.storage.has(Storage::REGISTER);
        ParamDecl { name, ty, span, local }
    }

    /// The adjusted type of a parameter (6.7.6.3p7, p8).
    pub(super) fn adjusted(&mut self, ty: QTy, declarator: &Declarator) -> QTy {
        let quals = match declarator.derived.first() {
            Some(Derived::Array { quals, .. }) => *quals,
            _ => Quals::NONE,
        };
        self.unit.types.adjust_param(ty, quals)
    }

    /// A new temporary.
    pub(super) fn temporary(&mut self, ty: impl Into<QTy>, span: Span) -> LocalId {
        self.tree.add_local(Name::EMPTY, ty.into(), span)
    }
}
