//! What a file believes of an external name, to be held against what other files do.
//!
//! Each unit has its own types, so beliefs are compared as text. What C lets differ between
//! declarations is left out of it: qualifiers, lengths of arrays, parameters without a prototype.

use super::Context;
use crate::check::Entity;
use crate::types::{Describe, Ty, TypeKind, Types};
use alloc::{string::String, vec::Vec};
use wasm_common::source::Span;

/// The type of an external name in one file.
#[derive(Clone, Debug)]
pub(super) struct Belief {
    /// As a message shows it.
    pub(super) text: String,
    /// The declaration.
    pub(super) span: Span,
    /// The object's type, or the function's result.
    head: String,
    /// What arguments are passed as, where the declaration says it.
    params: Option<Vec<String>>,
    variadic: bool,
}

impl Belief {
    /// What a user's declaration says; one that came of a call alone says nothing.
    pub(super) fn of(entity: &Entity, context: Context<'_>) -> Option<Self> {
        if entity.implicit || entity.builtin {
            return None;
        }
        let types = &context.unit.types;
        let describe = Describe { types, names: context.names };
        let text = |ty: Ty| describe.qty(plain(types, ty));
        let (head, params, variadic) = match types.as_function(entity.ty.ty) {
            Some(func) => {
                let params = super::program::passed_types(func, Some(entity));
                let params = params.map(|list| list.iter().map(|&ty| text(ty)).collect());
                (text(func.result), params, func.variadic)
            }
            None => (text(entity.ty.ty), None, false),
        };
        Some(Self { text: describe.qty(entity.ty.ty), span: entity.span, head, params, variadic })
    }

    /// Whether both can be true.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let params = match (&self.params, &other.params) {
            (Some(mine), Some(theirs)) => mine == theirs && self.variadic == other.variadic,
            _ => true,
        };
        params && self.head == other.head
    }
}

/// The type that stands for all that are compatible with it: an array's element, and `int` for
/// enumerations.
fn plain(types: &Types, mut ty: Ty) -> Ty {
    while let Some((element, _)) = types.as_array(ty) {
        ty = element.ty;
    }
    match types.kind(ty) {
        TypeKind::Enum(_) | TypeKind::UInt => Ty::INT,
        _ => ty,
    }
}
