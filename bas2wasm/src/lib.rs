//! BASIC to WebAssembly, for microcontrollers.
//!
//! ```text
//! text -> lex -> parse -> ast -> check -> tree -> lower -> IR (wasm-common) -> module
//! ```
//!
//! One front end for four dialects ([`dialect`]); one stage a module, one direction. Everything
//! that a dialect changes is a flag; every builtin is a row of one table; every message code is
//! listed in [`codes`].
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod ast;
mod builtins;
mod check;
pub mod codes;
mod compile;
pub mod dialect;
mod lex;
mod lower;
pub mod parse;
pub mod reference;
mod tree;

pub use compile::{Failure, Options, Output, compile, tree_text};
