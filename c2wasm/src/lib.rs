//! C to WebAssembly.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod ast;
pub mod builtins;
pub mod check;
pub mod codes;
pub mod include;
pub mod lex;
pub mod lower;
pub mod names;
pub mod parse;
pub mod preprocess;
pub mod session;
pub mod types;
