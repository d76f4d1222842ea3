//! Slots to values: variables and aggregates whose address only serves to access them.
//!
//! A slot is taken apart when every use of its address is a load, a store, a fill or a copy at a
//! constant place, and no two accesses overlap without being equal. Each piece then becomes a
//! variable, and the variables become values (Braun's way, as in the builder). Copies of such
//! aggregates become moves of their pieces. Linear in the function and the pieces.

mod accesses;
mod promote;

use crate::ir::{Function, SymbolTable};

/// Takes slots apart.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let slots = accesses::find(func);
    if slots.iter().any(|slot| slot.is_good()) {
        promote::run(func, &slots);
    }
}
