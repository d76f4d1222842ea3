//! Tokens to syntax tree, one top-level item at a time.

pub mod literal;

use crate::ast::{BinaryOp, Item};
use crate::lex::Kind;
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

/// The binary operator that a token is, if any.
pub(crate) fn binary_operator(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::Star => BinaryOp::Mul,
        Kind::Slash => BinaryOp::Div,
        Kind::Percent => BinaryOp::Rem,
        Kind::Plus => BinaryOp::Add,
        Kind::Minus => BinaryOp::Sub,
        Kind::Shl => BinaryOp::Shl,
        Kind::Shr => BinaryOp::Shr,
        Kind::Lt => BinaryOp::Lt,
        Kind::Gt => BinaryOp::Gt,
        Kind::Le => BinaryOp::Le,
        Kind::Ge => BinaryOp::Ge,
        Kind::EqEq => BinaryOp::Eq,
        Kind::Ne => BinaryOp::Ne,
        Kind::Amp => BinaryOp::And,
        Kind::Caret => BinaryOp::Xor,
        Kind::Pipe => BinaryOp::Or,
        Kind::AndAnd => BinaryOp::LogicalAnd,
        Kind::OrOr => BinaryOp::LogicalOr,
        _ => return None,
    })
}
