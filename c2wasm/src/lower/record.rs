//! Records and other aggregates: copies and initializers.

use super::data;
use super::function::Lowering;
use super::place::{Memory, Place};
use crate::check::tree::{ExprKind, Init, InitItem, LocalId, StringId};
use crate::types::Ty;
use alloc::vec::Vec;
use wasm_common::ir::{LoadOp, NaryOp, StoreOp, Symbol, Value};

/// Objects up to this many bytes are copied and filled by single loads and stores.
const INLINE_BYTES: u32 = 32;

impl Lowering<'_> {
    /// Copies `size` bytes; the ranges may overlap, so that all is read before it is written.
    pub(super) fn copy(&mut self, to: Memory, from: Memory, size: u32, align: u32) {
        if size > INLINE_BYTES || to.volatile || from.volatile {
            let (to, from) = (self.address_of(to), self.address_of(from));
            let size = self.builder.i32_const(size as i32);
            self.builder.nary(NaryOp::MemoryCopy, &[to, from, size]);
            return;
        }
        let mut parts: Vec<(u32, StoreOp, Value)> = Vec::new();
        for (at, width) in chunks(size, align) {
            let (load, store) = match width {
                8 => (LoadOp::I64Load, StoreOp::I64Store),
                4 => (LoadOp::I32Load, StoreOp::I32Store),
                2 => (LoadOp::I32Load16U, StoreOp::I32Store16),
                _ => (LoadOp::I32Load8U, StoreOp::I32Store8),
            };
            let value = self.builder.load(load, from.addr, from.offset + at);
            parts.push((at, store, value));
        }
        for (at, store, value) in parts {
            self.builder.store(store, to.addr, value, to.offset + at);
        }
    }

    /// The symbol of a string literal.
    pub(super) fn string_symbol(&mut self, id: StringId) -> Symbol {
        let text = &self.tree.strings[id.0 as usize];
        self.program.string(&text.bytes, text.encoding.width() as u32)
    }

    /// Gives a local aggregate its first value.
    pub(super) fn initialize_aggregate(&mut self, local: LocalId, init: &Init) {
        let ty = self.tree.local(local).ty.ty;
        let size = self.types().size(ty).unwrap_or(0);
        let place = self.local_place(local);
        let Place::Memory(memory) = place else {
            // A scalar in braces, or a compound literal of scalar type.
            if let Some(item) = init.items.last() {
                let value = self.value(item.value);
                self.store_place(&place, ty, value);
            }
            return;
        };
        // Values may mention the object itself or jump; constants go first, in one piece.
        let constant = |item: &InitItem| {
            matches!(
                self.tree.kind(item.value),
                ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::String(_)
            )
        };
        let ordered = !init.designated || init.items.iter().all(constant);
        let constants: Vec<InitItem> = match ordered {
            true => init.items.iter().filter(|item| constant(item)).copied().collect(),
            false => Vec::new(),
        };
        let all_dynamic = constants.is_empty();
        if !(all_dynamic && init.covers) {
            let bytes = data::image(
                size,
                &Init { items: constants, ..Init::default() },
                self.tree,
                self.types(),
            );
            self.set_bytes(memory, &bytes, size, self.types().align(ty));
        }
        for item in &init.items {
            if !(ordered && constant(item)) {
                self.initialize_item(memory, item);
            }
        }
    }

    fn initialize_item(&mut self, whole: Memory, item: &InitItem) {
        let memory = Memory { offset: whole.offset + item.offset, bits: item.bits, ..whole };
        let ty = item.ty.ty;
        if let &ExprKind::String(text) = self.tree.kind(item.value) {
            let mut bytes = self.tree.strings[text.0 as usize].bytes.clone();
            let size = self.types().size(ty).unwrap_or(0);
            bytes.truncate(size as usize);
            self.set_bytes(memory, &bytes, size, 1);
            return;
        }
        if matches!(self.tree.kind(item.value), ExprKind::Int(_)) && !self.types().is_scalar(ty) {
            let size = self.types().size(ty).unwrap_or(0);
            self.set_bytes(memory, &[], size, 1);
            return;
        }
        let value = self.value(item.value);
        if self.types().is_scalar(ty) {
            self.store_place(&Place::Memory(memory), ty, value);
        } else {
            let size = self.types().size(ty).unwrap_or(0);
            self.copy(memory, Memory::at(value), size, self.types().align(ty));
        }
    }

    /// Sets `size` bytes to `bytes` with zeros behind them.
    fn set_bytes(&mut self, memory: Memory, bytes: &[u8], size: u32, align: u32) {
        let used = bytes.iter().rposition(|&b| b != 0).map_or(0, |last| last as u32 + 1);
        if size <= INLINE_BYTES {
            for (at, width) in chunks(size, align) {
                let mut word = [0; 8];
                for (i, byte) in word.iter_mut().enumerate().take(width as usize) {
                    *byte = bytes.get(at as usize + i).copied().unwrap_or(0);
                }
                self.store_constant(memory, at, width, u64::from_le_bytes(word));
            }
            return;
        }
        let to = self.address_of(memory);
        if used < size {
            let rest = self.offset_by(to, used);
            let (zero, length) =
                (self.builder.i32_const(0), self.builder.i32_const((size - used) as i32));
            self.builder.nary(NaryOp::MemoryFill, &[rest, zero, length]);
        }
        if used > 0 {
            let symbol = self.program.string(&bytes[..used as usize], align);
            let from = self.builder.symbol_addr(symbol, 0);
            let length = self.builder.i32_const(used as i32);
            self.builder.nary(NaryOp::MemoryCopy, &[to, from, length]);
        }
    }

    fn store_constant(&mut self, memory: Memory, at: u32, width: u32, bits: u64) {
        let offset = memory.offset + at;
        let (op, value) = match width {
            8 => (StoreOp::I64Store, self.builder.i64_const(bits as i64)),
            4 => (StoreOp::I32Store, self.builder.i32_const(bits as i32)),
            2 => (StoreOp::I32Store16, self.builder.i32_const(bits as i32)),
            _ => (StoreOp::I32Store8, self.builder.i32_const(bits as i32)),
        };
        self.builder.store(op, memory.addr, value, offset);
    }

    /// A copy of a record in the frame: what a callee may change.
    pub(super) fn copied(&mut self, value: Value, ty: Ty) -> Value {
        let size = self.types().size(ty).unwrap_or(0);
        let align = self.types().align(ty);
        let slot = self.builder.add_slot(size.max(1), align.min(16));
        let to = self.builder.slot_addr(slot, 0);
        self.copy(Memory::at(to), Memory::at(value), size, align);
        to
    }
}

/// Offsets and widths of aligned pieces that make up `size` bytes.
fn chunks(size: u32, align: u32) -> impl Iterator<Item = (u32, u32)> {
    let mut at = 0;
    core::iter::from_fn(move || {
        let left = size - at;
        let width = [8, 4, 2].into_iter().find(|&w| w <= left && w <= align.max(1)).unwrap_or(1);
        (left > 0).then(|| {
            let from = at;
            at += width;
            (from, width)
        })
    })
}
