//! Operations on segments and the table.

use super::super::code::{Bulk, Ins};
use super::super::module::Module;
use super::{State, Stop};
use crate::memory::{Memory, OutOfBounds};

impl From<OutOfBounds> for Stop {
    fn from(_: OutOfBounds) -> Self {
        Self::Memory
    }
}

/// The `Bulk` operation of `ins` on destination, source and length.
#[inline(never)]
pub(super) fn bulk<M: Memory>(
    module: &Module,
    state: &mut State,
    memory: &mut M,
    ins: Ins,
    [to, from, len]: [u32; 3],
) -> Result<(), Stop> {
    let index = (ins.imm >> 8) as usize;
    let operation = ins.imm & 0xFF;
    if operation == Bulk::MemoryInit as u32 {
        let items: &[u8] = if state.dropped_data[index] { &[] } else { &module.data[index].items };
        init_memory(memory, items, to, from, len)
    } else if operation == Bulk::DataDrop as u32 {
        state.dropped_data[index] = true;
        Ok(())
    } else if operation == Bulk::TableInit as u32 {
        let items: &[u32] =
            if state.dropped_elements[index] { &[] } else { &module.elements[index].items };
        init_table(&mut state.table, items, to, from, len)
    } else if operation == Bulk::ElemDrop as u32 {
        state.dropped_elements[index] = true;
        Ok(())
    } else {
        let (source, target) = (range(from, len), range(to, len));
        let size = state.table.len();
        if source.end.max(target.end) > size {
            return Err(Stop::Table);
        }
        state.table.copy_within(source, target.start);
        Ok(())
    }
}

/// Copies `len` bytes of a data segment, from `from`, to memory at `to`.
pub(in super::super) fn init_memory<M: Memory>(
    memory: &mut M,
    items: &[u8],
    to: u32,
    from: u32,
    len: u32,
) -> Result<(), Stop> {
    let bytes = items.get(range(from, len)).ok_or(Stop::Memory)?;
    Ok(memory.write(to, bytes)?)
}

/// Copies `len` elements of a segment, from `from`, to the table at `to`.
pub(in super::super) fn init_table(
    table: &mut [u32],
    items: &[u32],
    to: u32,
    from: u32,
    len: u32,
) -> Result<(), Stop> {
    let items = items.get(range(from, len)).ok_or(Stop::Table)?;
    table.get_mut(range(to, len)).ok_or(Stop::Table)?.copy_from_slice(items);
    Ok(())
}

/// A range of indices; on a 32-bit machine one that overflows is past every end.
fn range(start: u32, len: u32) -> core::ops::Range<usize> {
    let start = start as usize;
    start..start.saturating_add(len as usize)
}
