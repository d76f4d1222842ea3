//! Tokens to the tree.
//!
//! In: files. Out: one flat list of statements, included files spliced in, and diagnostics: at most one
//! for a line, and a line that is wrong leaves behind the block that it would have opened or
//! closed, so that nothing cascades.
//!
//! A chumsky parser reads one logical line ([`line`]). Inside it a driver of our own reads statements,
//! because a statement is known by its first word, and that word may be a variable: `NAME = 3`,
//! `LINE$ = ""`. Three tokens of look-ahead decide, without backtracking.

mod cursor;
mod declare;
mod expr;
mod fault;
mod file;
mod flow;
mod late;
mod line;
mod lines;
mod order;
mod output;

pub use file::parse;
pub(crate) use file::{choose, read};
pub(crate) use line::STATEMENT_WORDS;
pub(crate) use lines::{Place, Run, again};
