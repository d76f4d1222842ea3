//! The device: a WebAssembly engine on split memory, the allocators, the host imports.
#![cfg_attr(not(feature = "std"), no_std)]
extern crate alloc;

pub mod board;
#[cfg(feature = "std")]
pub mod cli;
#[cfg(feature = "compilers")]
pub mod compile;
pub mod cost;
pub mod engine;
pub mod execute;
pub mod heap;
pub mod host;
pub mod memory;
pub mod shell;
