//! The syntax tree of C11 with the C23 and GNU parts of this dialect.
//!
//! In: what [`parse`](crate::parse) recognised. Out: what the checker reads, one top-level
//! [`Item`] at a time.
//!
//! What always holds:
//! - Depth is bounded by [`FrontOptions::max_nesting`](crate::session::FrontOptions): what users
//!   write long is flat here (operator runs, `else if` chains, runs of labels, declarators), so
//!   that dropping, checking and printing may recurse.
//! - Literals are decoded, adjacent strings joined, attribute names without underscores.
//! - Names are not resolved; only typedef names were told from other identifiers.
//! - A span covers the whole node, in the file where the user wrote it (for tokens of a macro's
//!   body: the macro's name where it was used).

mod decl;
mod expr;
mod print;
mod stmt;

pub use crate::names::Name;
pub use decl::*;
pub use expr::*;
pub use print::print_item;
pub use stmt::*;

use alloc::{boxed::Box, vec::Vec};
use wasm_common::source::Span;

/// A name and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ident {
    /// The spelling.
    pub name: Name,
    /// Where.
    pub span: Span,
}

/// What a translation unit is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A function with its body.
    Function(Box<FunctionDef>),
    /// Objects, functions without body, types.
    Declaration(Box<Declaration>),
    /// `_Static_assert(...);`
    StaticAssert(Box<StaticAssert>),
    /// `asm("...");` outside of functions.
    Asm(Box<Asm>),
}

/// A function with its body.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionDef {
    /// Storage class, result's base type, attributes.
    pub specs: Specifiers,
    /// Name and type; the outermost derivation is [`Derived::Function`].
    pub declarator: Declarator,
    /// Attributes and `asm` name between declarator and body.
    pub attributes: Vec<Attribute>,
    /// Declarations of the parameters of a K&R definition, between `)` and `{`.
    pub kr_params: Vec<Declaration>,
    /// The body.
    pub body: Block,
    /// From the first specifier to the closing brace.
    pub span: Span,
}
