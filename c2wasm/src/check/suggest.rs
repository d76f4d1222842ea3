//! "Did you mean": the nearest name.

use super::scope::What;
use super::tree::ExprId;
use super::{Checker, codes};
use crate::names::Name;
use alloc::string::{String, ToString};
use wasm_common::diag::nearest::Nearest;
use wasm_common::source::Span;
use wasm_common::text::format;

impl Checker<'_, '_> {
    /// Reports a name that means nothing, once: later uses are silent, and so are names whose
    /// declaration may have been in text that was skipped.
    pub(super) fn undeclared(&mut self, name: Name, span: Span) -> ExprId {
        if self.session.tainted.contains(&name) {
            self.unit.scopes.declare(name, What::Poisoned, span);
            return self.error_node(span);
        }
        let text = self.text(name).to_string();
        let mut error = codes::UNDECLARED.error(span, format!("`{text}` is not declared"));
        if let Some(header) = crate::builtins::header_of(&text) {
            error = error.help(format!("it is a library function: write `#include <{header}>`"));
        } else if let Some(near) = self.nearest_name(&text) {
            error = error.help(format!("did you mean `{near}`?"));
        }
        self.report(error);
        self.unit.scopes.declare(name, What::Poisoned, span);
        self.error_node(span)
    }

    fn nearest_name(&self, text: &str) -> Option<String> {
        let session = &self.session;
        // Nobody is told any more, and each look is one at every name.
        if session.diagnostics.is_full() {
            return None;
        }
        let mut nearest = Nearest::to(text);
        let known = self.unit.scopes.names().filter(|m| !matches!(m.what, What::Poisoned));
        known.for_each(|m| nearest.offer(session.names.text(m.name)));
        session.prototypes.each_name(session.sources, |name| nearest.offer(name));
        nearest.best()
    }
}
