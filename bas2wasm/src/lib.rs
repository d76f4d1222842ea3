//! BASIC to WebAssembly.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
extern crate alloc;

pub mod ast;
pub mod codes;
pub mod dialect;
mod lex;
pub mod parse;
