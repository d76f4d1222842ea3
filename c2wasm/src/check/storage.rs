//! Where storage classes, function specifiers and `_Alignas` may stand (C11 6.7.1, 6.7.4, 6.7.5,
//! 6.8.5p3).

use super::specifiers::Specs;
use super::{Checker, codes};
use crate::ast::{Declaration, Derived, ForInit, InitDeclarator, Quals, Storage};
use crate::types::{QTy, Ty};
use alloc::string::ToString;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// What the definition of a function may be.
pub(super) const OF_FUNCTION: Storage =
    Storage(Storage::EXTERN.0 | Storage::STATIC.0 | Storage::INLINE.0 | Storage::NORETURN.0);

/// What only a function may be.
const FUNCTION_ONLY: [(Storage, &str); 2] =
    [(Storage::INLINE, "inline"), (Storage::NORETURN, "_Noreturn")];

impl Checker<'_, '_> {
    /// Reports the specifiers that `what` cannot have.
    pub(super) fn check_storage(
        &mut self,
        storage: Storage,
        allowed: Storage,
        what: &str,
        span: Span,
    ) {
        for (specifier, keyword) in Storage::ALL {
            if storage.has(specifier) && !allowed.has(specifier) {
                let message = format!("{what} cannot be `{keyword}`");
                self.error(&codes::BAD_STORAGE, span, message);
                return;
            }
        }
    }

    /// Reports what only functions can be, on the declaration of something else.
    pub(super) fn check_object_storage(&mut self, specs: &Specs, span: Span) {
        for (specifier, keyword) in FUNCTION_ONLY {
            if specs.storage.has(specifier) {
                let message = format!("only a function can be `{keyword}`");
                self.error(&codes::BAD_STORAGE, span, message);
            }
        }
    }

    /// Reports `_Alignas` where none can be, or one that asks for less than the type does.
    pub(super) fn check_alignas(&mut self, specs: &Specs, ty: QTy, object: bool, span: Span) {
        let Some(align) = specs.alignas else { return };
        let problem = if !object || specs.storage.has(Storage::REGISTER) {
            "`_Alignas` stands only on objects and members that have an address".to_string()
        } else if align != 0 && align < self.types().align(ty.ty) {
            format!("{} needs an alignment of {}", self.show(ty), self.types().align(ty.ty))
        } else {
            return;
        };
        self.error(&codes::BAD_ATTRIBUTE, span, problem);
    }

    /// A `for` declares variables of its own and nothing else.
    pub(super) fn check_for_storage(&mut self, init: &ForInit) {
        let ForInit::Declaration(declaration) = init else { return };
        let Declaration { specs, declarators, .. } = &**declaration;
        let allowed = Storage(Storage::AUTO.0 | Storage::REGISTER.0 | Storage::CONSTEXPR.0);
        let span = declarators.first().map_or(specs.span, |item| item.declarator.span);
        self.check_storage(specs.storage, allowed, "a variable of a `for`", span);
        let function = |item: &InitDeclarator| {
            matches!(item.declarator.derived.first(), Some(Derived::Function(_)))
        };
        if let Some(item) = declarators.iter().find(|item| function(item)) {
            let message = text!("a `for` declares no functions");
            self.error(&codes::BAD_STORAGE, item.declarator.span, message);
        }
    }

    /// Whether `ty` can be the type of an object or function in `_Generic` or `_Alignas`; reports
    /// it if not.
    pub(super) fn check_object_type(&mut self, ty: Ty, what: &str, span: Span) -> bool {
        let types = self.types();
        let problem = if types.as_function(ty).is_some() {
            "a function type"
        } else if types.is_variable_length(ty) {
            "an array of variable length"
        } else if !types.is_complete(ty) {
            "incomplete"
        } else {
            return true;
        };
        let message = format!("{what} {} is {problem}", self.show(ty));
        self.error(&codes::BAD_TYPE, span, message);
        false
    }

    /// Reports `static` and qualifiers in brackets that are no parameter's outermost
    /// (6.7.6.2p1).
    pub(super) fn check_brackets(&mut self, derived: &[Derived], span: Span) {
        let wrong = |step: &Derived| {
            matches!(step, Derived::Array { quals, is_static, .. }
            if *is_static || *quals != Quals::NONE)
        };
        if derived.iter().any(wrong) {
            let message =
                text!("only a parameter's outermost `[]` can hold `static` or a qualifier");
            self.error(&codes::BAD_TYPE, span, message);
        }
    }

    /// Reports `restrict` on anything but a pointer to objects (6.7.3p2).
    pub(super) fn check_restrict(&mut self, to: Option<QTy>, quals: Quals, span: Span) {
        let object = to.is_some_and(|to| self.types().as_function(to.ty).is_none());
        if quals.has(Quals::RESTRICT) && !object {
            self.error(
                &codes::BAD_TYPE,
                span,
                text!("only a pointer to an object can be `restrict`"),
            );
        }
    }
}
