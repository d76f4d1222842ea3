//! Typed tree to IR, one function at a time.
//!
//! In: what the checker made of an item. Out: functions and data objects, handed to the back end
//! at once; nothing of an item stays but its symbols.
//!
//! How C lies on WebAssembly (as clang's wasm32 C ABI, but that records of one member are passed
//! in memory too):
//! - Scalars are values; narrow integers are kept extended as their type says.
//! - Locals whose address is not taken are SSA variables, the others lie in the frame. Static
//!   scalars whose address is not taken are wasm globals, other objects lie in memory.
//! - A record is passed as the address of a copy, and returned through an address that comes
//!   first among the parameters.
//! - Variable arguments lie in the caller's frame, packed as [`wasm_common::abi::args`] says; the
//!   callee gets their address last.

mod adapter;
mod belief;
mod bits;
mod builtin;
mod call;
mod convert;
mod data;
mod entry;
mod expr;
mod function;
mod globals;
mod place;
mod program;
mod record;
mod stmt;
mod switch;
mod types;

pub use globals::Globals;
pub use program::{Problem, Program, Undefined, UnitSymbols};

use crate::check::{Checked, Unit};
use crate::names::Names;
use wasm_common::source::SourceMap;

/// What the lowering of an item reads besides the item.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The unit's types and entities.
    pub unit: &'a Unit,
    /// Spellings.
    pub names: &'a Names,
    /// For lines.
    pub sources: &'a SourceMap,
}

/// Lowers an item into the program.
#[inline(never)]
pub fn lower(
    checked: Checked,
    context: Context<'_>,
    program: &mut Program,
    symbols: &mut UnitSymbols,
) {
    let Checked { tree, objects, function } = checked;
    for object in objects {
        data::define(&object, &tree, context, program, symbols);
    }
    let function = function.and_then(|def| function::lower(&def, &tree, context, program, symbols));
    drop(tree);
    if let Some(function) = function {
        program.define(function);
    }
}
