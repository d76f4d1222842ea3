//! BASIC from the rules alone: a syntax tree, its text, its meaning, and programs at random.
//!
//! This is the reference for dialect conez. It shares no code and no author's reading with
//! `bas2wasm`: everything here follows `spec/basic.md` and the conez probes. [`eval`] walks the tree;
//! [`text`] writes it down with as few parentheses as the precedence table allows, so that a
//! compiler that binds operators otherwise computes something else.

pub mod ast;
pub mod eval;
pub mod generate;
pub mod text;
mod value;
