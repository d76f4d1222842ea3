//! Objects to module.
//!
//! In: the symbol table and the encoded functions. Out: a module that holds what can be reached
//! from its exports, and the [`Layout`] of its data. The same input gives the same bytes.

mod error;
mod layout;
pub mod lines;

pub use error::LinkError;
pub use layout::{Layout, PlacedObject};

/// Bytes of shadow stack for recursive functions and `alloca`, unless the user asks for more.
/// Frames of functions that cannot be active twice are static objects and need none.
pub const SHADOW_STACK: u32 = 8192;
