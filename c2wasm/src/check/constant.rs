//! Constant expressions (C11 6.6) and `_Static_assert`.

use super::tree::ExprId;
use super::{Checker, codes};
use crate::ast::{Expr, StaticAssert};
use crate::session::Edition;
use crate::types::Ty;
use alloc::string::String;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// The value of an integer constant expression, as the 64 bits of its type, and the type.
    /// Reports what is not one; `what` says where it is needed.
    pub(super) fn integer_constant(&mut self, expr: &Expr, what: &str) -> Option<(u64, Ty)> {
        let id = self.value(expr);
        self.constant_of(id, what)
    }

    pub(super) fn constant_of(&mut self, id: ExprId, what: &str) -> Option<(u64, Ty)> {
        if self.tree.is_error(id) {
            return None;
        }
        let (ty, span) = (self.tree.ty(id), self.tree.span(id));
        match self.tree.as_int(id) {
            Some(value) if self.types().is_integer(ty) => Some((value, ty)),
            _ => {
                let message = format!("{what} must be an integer constant");
                self.error(&codes::NOT_CONSTANT, span, message);
                None
            }
        }
    }

    pub(super) fn static_assert(&mut self, assertion: &StaticAssert) {
        let what = "the condition of `_Static_assert`";
        self.extension(Some(Edition::C11), assertion.condition.span, "`_Static_assert`");
        let Some((0, _)) = self.integer_constant(&assertion.condition, what) else { return };
        let text =
            assertion.message.as_ref().map(|m| String::from_utf8_lossy(&m.bytes).into_owned());
        let message = match text {
            Some(text) => format!("static assertion failed: {text}"),
            None => text!("static assertion failed").into(),
        };
        self.error(&codes::STATIC_ASSERT, assertion.condition.span, message);
    }
}
