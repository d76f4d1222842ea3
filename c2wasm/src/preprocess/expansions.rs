//! Which macros were used where, for notes in diagnostics.
//!
//! Tokens of a macro's body carry the span of the macro's name in the user's text. A diagnostic
//! at such a place gets a note with the macro's definition. Forgotten after each top-level item.

use crate::names::{Name, Names};
use alloc::vec::Vec;
use wasm_common::text::format;
use wasm_common::{diag::Diagnostic, source::Span};

/// The uses of macros in one top-level item, in source order.
#[derive(Clone, Debug, Default)]
pub struct Expansions {
    uses: Vec<Use>,
}

/// One outermost use.
#[derive(Clone, Copy, Debug)]
struct Use {
    site: Span,
    name: Name,
    definition: Option<Span>,
}

/// Uses remembered per item; later ones get no note.
const MAX_USES: usize = 4096;

impl Expansions {
    /// Forgets all: a new item begins.
    pub fn clear(&mut self) {
        self.uses.clear();
    }

    /// Macro `name`, defined at `definition` (nowhere if it is built in), was used at `site`.
    pub fn record(&mut self, site: Span, name: Name, definition: Option<Span>) {
        if self.uses.len() < MAX_USES {
            self.uses.push(Use { site, name, definition });
        }
    }

    /// `diagnostic` with a note if its place is a use of a macro.
    pub fn annotate(&self, diagnostic: Diagnostic, names: &Names) -> Diagnostic {
        match self.uses.iter().find(|one| one.site == diagnostic.span) {
            Some(&Use { name, definition: Some(definition), .. }) => {
                let text = format!("in the expansion of macro `{}`", names.text(name));
                diagnostic.label(definition, text)
            }
            _ => diagnostic,
        }
    }
}
