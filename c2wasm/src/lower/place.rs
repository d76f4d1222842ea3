//! Places: where an object is, reading it and writing it.

use super::function::{Lowering, STACK_ALIGN, Storage};
use super::types::{ir_type, load_op, store_op};
use crate::check::EntityKind;
use crate::check::tree::{ExprId, ExprKind, LocalId};
use crate::types::{BitField, Ty};
use wasm_common::ir::{BinOp, LoadOp, StoreOp, Symbol, SymbolKind, Value, Variable};

/// Where an object is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In an SSA variable.
    Variable(Variable),
    /// In a wasm global.
    Global(Symbol),
    /// In memory.
    Memory(Memory),
}

/// A place in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Memory {
    pub(super) addr: Value,
    pub(super) offset: u32,
    pub(super) bits: Option<BitField>,
    pub(super) volatile: bool,
}

impl Memory {
    pub(super) fn at(addr: Value) -> Self {
        Self { addr, offset: 0, bits: None, volatile: false }
    }
}

impl Lowering<'_> {
    /// Where the place `id` is.
    pub(super) fn place(&mut self, id: ExprId) -> Place {
        let volatile = self.tree.expr(id).ty.is_volatile();
        let mut place = match *self.tree.kind(id) {
            ExprKind::Local(local) => self.local_place(local),
            ExprKind::Literal(local, ref init) => {
                self.initialize_aggregate(local, init);
                self.local_place(local)
            }
            ExprKind::Entity(entity) => {
                let symbol = self.symbol(entity, None);
                if self.context.unit.entity(entity).kind == EntityKind::Function {
                    Place::Memory(Memory::at(self.builder.func_addr(symbol)))
                } else if matches!(
                    self.program.backend.symbols.get(symbol).kind,
                    SymbolKind::Global(_)
                ) {
                    Place::Global(symbol)
                } else {
                    Place::Memory(Memory::at(self.builder.symbol_addr(symbol, 0)))
                }
            }
            ExprKind::String(text) => {
                let symbol = self.string_symbol(text);
                Place::Memory(Memory::at(self.builder.symbol_addr(symbol, 0)))
            }
            ExprKind::Deref(pointer) => Place::Memory(Memory::at(self.value(pointer))),
            ExprKind::Member { base, offset, bits } => {
                let memory = self.memory(base);
                Place::Memory(Memory { offset: memory.offset + offset, bits, ..memory })
            }
            // A record value lies in memory.
            _ => Place::Memory(Memory::at(self.value(id))),
        };
        if let Place::Memory(memory) = &mut place {
            memory.volatile |= volatile;
        }
        place
    }

    /// A place that is known to be in memory.
    pub(super) fn memory(&mut self, id: ExprId) -> Memory {
        match self.place(id) {
            Place::Memory(memory) => memory,
            // The checker marks what must be in memory.
            Place::Variable(_) | Place::Global(_) => Memory::at(self.builder.i32_const(0)),
        }
    }

    pub(super) fn local_place(&mut self, id: LocalId) -> Place {
        let volatile = self.tree.local(id).ty.is_volatile();
        match self.storage(id) {
            Storage::Variable(variable) => Place::Variable(variable),
            Storage::Slot(slot) => {
                let addr = self.builder.slot_addr(slot, 0);
                Place::Memory(Memory { volatile, ..Memory::at(addr) })
            }
            Storage::Aligned(slot, align) => {
                let addr = self.builder.slot_addr(slot, 0);
                let addr = self.aligned(addr, align);
                Place::Memory(Memory { volatile, ..Memory::at(addr) })
            }
            Storage::Pointer(variable) => {
                let addr = self.builder.get(variable);
                Place::Memory(Memory { volatile, ..Memory::at(addr) })
            }
        }
    }

    /// The address of a place in memory.
    pub(super) fn address_of(&mut self, memory: Memory) -> Value {
        self.offset_by(memory.addr, memory.offset)
    }

    /// The first multiple of `align` from an address on that the stack pointer can have.
    pub(super) fn aligned(&mut self, addr: Value, align: u32) -> Value {
        if align <= STACK_ALIGN {
            return addr;
        }
        let addr = self.offset_by(addr, align - STACK_ALIGN);
        let mask = self.builder.i32_const(-(align as i32));
        self.builder.binary(BinOp::I32And, addr, mask)
    }

    pub(super) fn offset_by(&mut self, addr: Value, offset: u32) -> Value {
        if offset == 0 {
            return addr;
        }
        let offset = self.builder.i32_const(offset as i32);
        self.builder.binary(BinOp::I32Add, addr, offset)
    }

    /// The scalar of type `ty` in a place.
    pub(super) fn load_place(&mut self, place: &Place, ty: Ty) -> Value {
        match *place {
            Place::Variable(variable) => self.builder.get(variable),
            Place::Global(symbol) => {
                let ty = ir_type(self.types(), ty);
                self.builder.global_get(symbol, ty)
            }
            Place::Memory(memory) => match memory.bits {
                Some(bits) => self.load_bits(memory, bits, ty),
                None => {
                    let op = load_op(self.types(), ty);
                    self.load(op, memory)
                }
            },
        }
    }

    pub(super) fn load(&mut self, op: LoadOp, memory: Memory) -> Value {
        let Memory { addr, offset, volatile, .. } = memory;
        match volatile {
            true => self.builder.volatile_load(op, addr, offset),
            false => self.builder.load(op, addr, offset),
        }
    }

    pub(super) fn store(&mut self, op: StoreOp, memory: Memory, value: Value) {
        let Memory { addr, offset, volatile, .. } = memory;
        match volatile {
            true => self.builder.volatile_store(op, addr, value, offset),
            false => self.builder.store(op, addr, value, offset),
        }
    }

    /// Stores a scalar; the value that the place then has.
    pub(super) fn store_place(&mut self, place: &Place, ty: Ty, value: Value) -> Value {
        match *place {
            Place::Variable(variable) => self.builder.def(variable, value),
            Place::Global(symbol) => self.builder.global_set(symbol, value),
            Place::Memory(memory) => match memory.bits {
                Some(bits) => return self.store_bits(memory, bits, ty, value),
                None => {
                    let op = store_op(self.types(), ty);
                    self.store(op, memory, value);
                }
            },
        }
        value
    }
}
