//! Where each variable lives, once everything that uses it is known.
//!
//! A variable, or the pointer to an array, that only the main program uses is a local of it: locals
//! cost nothing in an engine, globals a load. But where the main program is full of jumps that nothing
//! structures (line numbers, GOSUB, ON ERROR), each label would pass every variable on, so there they
//! stay global; and so they do where both are so many that to follow each through all takes too long.

use crate::tree::{Array, ProcId, Program, Shape, Storage, Ty, Users};
use alloc::boxed::Box;

/// Labels times variables, up to which the main program's variables are locals.
const MAX_EDGES: usize = 20_000;
/// Bytes of the main program's statements times variables, likewise: each is followed through them.
const MAX_WAYS: usize = 8_000_000;

pub(super) fn decide(program: &mut Program) {
    let Some(main) = program.procs.first() else { return };
    let labels = main.body.labels;
    let ways = if program.uses_gosub || program.traps_errors { labels * 4 } else { labels };
    let size = main.body.size();
    let crowded = |count: usize| {
        count.saturating_mul(ways) > MAX_EDGES || count.saturating_mul(size) > MAX_WAYS
    };
    let vars = program.vars.iter().filter(|var| var.users.only_main()).count();
    let crowded_vars = crowded(vars);
    let dynamic = |array: &Array| array.users.owner().is_none() && array.shape == Shape::Dynamic;
    if crowded(program.arrays.iter().filter(|array| dynamic(array)).count()) {
        for array in program.arrays.iter_mut().filter(|array| dynamic(array)) {
            array.users = Users::Many;
        }
    }
    for var in &mut program.vars {
        let scalar = matches!(var.ty, Ty::Num(_) | Ty::Str);
        let only_main = var.users.only_main() && !crowded_vars;
        if scalar && only_main && var.storage == Storage::Global {
            var.users = Users::Owner(ProcId(0));
            var.storage = Storage::Local;
        }
        // The main program runs once: its frame may as well be static memory.
        if var.users == Users::Owner(ProcId(0)) && var.storage == Storage::Frame {
            var.users = Users::One(ProcId(0));
            var.storage = Storage::Memory;
        }
        if matches!(var.storage, Storage::Local | Storage::Frame | Storage::Reference) {
            // Only what outlives a call has a symbol.
            var.name = Box::default();
        }
    }
    program.note_owners();
}
