//! What `c2wasm`, `bas2wasm` and the device share.
//!
//! Data flows one way, and no module here knows of a front end:
//!
//! ```text
//! source, diag      files, spans and messages
//! frugal            vectors for small machines
//! map               ordered maps and sets that take little flash
//! number            decimal numbers to floats and back
//! packed, text      texts that take little flash
//! abi               the contract between compiled modules and the device
//! ir -> opt -> codegen -> link        IR, passes, function bodies, module
//! ```
#![cfg_attr(not(feature = "std"), no_std)]
// The allocator of the compilers' programs is what is unsafe here; no library links it.
#![cfg_attr(not(feature = "cli"), forbid(unsafe_code))]
#![deny(unsafe_code)]
extern crate alloc;
// What `terse` makes names it so.
extern crate self as wasm_common;

pub mod abi;
pub mod backend;
#[cfg(feature = "cli")]
pub mod cli;
mod codegen;
pub mod diag;
pub mod frugal;
pub mod ir;
pub mod link;
pub mod map;
pub mod number;
pub mod opt;
pub mod packed;
pub mod source;
pub mod text;
