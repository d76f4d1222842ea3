//! C to WebAssembly.
//!
//! ```text
//! lex -> preprocess -> parse -> check -> lower -> wasm_common::backend
//!        include       ast      types
//!                               builtins            libc (compiled the same way, on demand)
//! ```
//!
//! [`compile`] takes source texts and gives a module, or diagnostics. All stages work on one
//! top-level item at a time and forget it: the largest function decides how much memory it takes.
//!
//! | to change | look at |
//! |---|---|
//! | what a token, directive or macro is | `lex`, `preprocess` |
//! | the grammar, what is parsed into what | `parse`, `ast` |
//! | types, sizes, layouts | `types` |
//! | what is legal, which conversion happens, a warning | `check` |
//! | how C lies on WebAssembly: calls, records, varargs | `lower` |
//! | a builtin or library function's type | `builtins` |
//! | a library function's code | `libc/*.c` |
//! | a standard header | `include/*.h` |
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod ast;
pub mod builtins;
pub mod check;
pub mod codes;
mod compile;
pub mod include;
pub mod lex;
pub mod libc;
pub mod lower;
pub mod names;
pub mod parse;
pub mod preprocess;
#[cfg(feature = "std")]
pub mod reference;
pub mod session;
mod texts;
pub mod types;

pub use compile::{
    Failure, Options, Output, Source, Text, compile, compile_owned, preprocess_only, syntax_tree,
};
