//! Instructions: twelve bytes each, operands by index.

use super::{BinOp, Block, LoadOp, SigId, Slot, StoreOp, Symbol, UnOp};

/// An instruction of a [`Function`](super::Function), and the value that it computes, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(pub u32);

/// A run of operands in the function's pool; see [`Function::args`](super::Function::args).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Args(pub(super) u32);

/// 64 bits in two halves, so that an instruction needs only 4-byte alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Imm64 {
    lo: u32,
    hi: u32,
}

impl Imm64 {
    /// From the bits.
    pub fn new(bits: u64) -> Self {
        Self { lo: bits as u32, hi: (bits >> 32) as u32 }
    }

    /// The bits.
    pub fn bits(self) -> u64 {
        u64::from(self.hi) << 32 | u64::from(self.lo)
    }
}

/// Operations with three operands, or with effects beyond a load or store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NaryOp {
    /// `(a, b, condition)`: a if the condition is not zero, else b.
    Select,
    /// `(destination, source, length)`; the ranges may overlap.
    MemoryCopy,
    /// `(destination, byte, length)`.
    MemoryFill,
    /// `()`: pages of linear memory, i32.
    MemorySize,
    /// `(pages)`: grows linear memory; the old size in pages, or -1.
    MemoryGrow,
    /// `(bytes)`: takes bytes from the shadow stack until the function returns or the stack is
    /// restored; the address, 16-aligned. Traps when the stack is exhausted.
    StackAlloc,
    /// `()`: the shadow stack pointer, for [`NaryOp::StackRestore`].
    StackSave,
    /// `(saved)`: gives back what was taken since.
    StackRestore,
}

/// What an instruction does. `offset` of a load or store is added to the address without
/// wrapping, as in WebAssembly; an address that would pass 2^32 traps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inst {
    /// A parameter of a block (of the function, for the entry block); listed in the block's
    /// `params`, not among its instructions.
    Param {
        /// The block.
        block: Block,
        /// Which of its parameters.
        index: u16,
    },
    /// A constant.
    I32Const(i32),
    /// A constant.
    I64Const(Imm64),
    /// A constant, as bits.
    F32Const(u32),
    /// A constant, as bits.
    F64Const(Imm64),
    /// One operand.
    Unary(UnOp, Value),
    /// Two operands.
    Binary(BinOp, Value, Value),
    /// Reads memory. May be dropped, repeated or moved where nothing writes in between.
    Load {
        /// Type, width, extension.
        op: LoadOp,
        /// Constant part of the address.
        offset: u16,
        /// i32.
        addr: Value,
    },
    /// Writes memory.
    Store {
        /// Type and width.
        op: StoreOp,
        /// Constant part of the address.
        offset: u16,
        /// i32.
        addr: Value,
        /// What is written.
        value: Value,
    },
    /// A load that happens exactly as written (C11 6.7.3p7).
    VolatileLoad {
        /// Type, width, extension.
        op: LoadOp,
        /// Constant part of the address.
        offset: u16,
        /// i32.
        addr: Value,
    },
    /// A store that happens exactly as written.
    VolatileStore {
        /// Type and width.
        op: StoreOp,
        /// Constant part of the address.
        offset: u16,
        /// i32.
        addr: Value,
        /// What is written.
        value: Value,
    },
    /// Address of a data symbol plus a constant; i32.
    SymbolAddr {
        /// A data symbol.
        symbol: Symbol,
        /// Added, wrapping.
        addend: i32,
    },
    /// Table index of a function, for `CallIndirect`; i32, never 0.
    FuncAddr(Symbol),
    /// Address of a stack slot plus a constant; i32.
    SlotAddr {
        /// The slot.
        slot: Slot,
        /// Added, wrapping.
        addend: i32,
    },
    /// Reads a wasm global.
    GlobalGet(Symbol),
    /// Writes a wasm global.
    GlobalSet(Symbol, Value),
    /// Calls a function or an import.
    Call {
        /// The callee.
        func: Symbol,
        /// Its arguments.
        args: Args,
    },
    /// Calls through the table: the first argument is the table index.
    CallIndirect {
        /// Signature without the table index.
        sig: SigId,
        /// Table index, then the arguments.
        args: Args,
    },
    /// Everything else.
    Nary(NaryOp, Args),
}

impl Inst {
    /// Whether it is a constant, or an address that is one after linking: one instruction that depends
    /// on nothing, cheaper to make again than to keep.
    pub fn is_constant(&self) -> bool {
        matches!(
            self,
            Self::I32Const(_)
                | Self::I64Const(_)
                | Self::F32Const(_)
                | Self::F64Const(_)
                | Self::SymbolAddr { .. }
                | Self::FuncAddr(_)
                | Self::SlotAddr { .. }
        )
    }

    /// Whether it may be dropped when its value is unused, and computed again or elsewhere:
    /// no effect, no trap, and no dependence on memory or globals.
    pub fn is_pure(&self) -> bool {
        match self {
            Self::Unary(op, _) => !op.can_trap(),
            Self::Binary(op, ..) => !op.can_trap(),
            Self::Param { .. } | Self::Nary(NaryOp::Select, _) => true,
            _ => self.is_constant(),
        }
    }

    /// Whether it must stay even when its value is unused. Loads may go: an access out of bounds
    /// is a fault of the program, not a result.
    pub fn has_effect(&self) -> bool {
        match self {
            Self::Load { .. } | Self::GlobalGet(_) => false,
            Self::Nary(NaryOp::MemorySize | NaryOp::StackSave, _) => false,
            _ => !self.is_pure(),
        }
    }
}

impl NaryOp {
    /// Every operation of this kind, with its name in the text form.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Select, "select"),
        (Self::MemoryCopy, "memory.copy"),
        (Self::MemoryFill, "memory.fill"),
        (Self::MemorySize, "memory.size"),
        (Self::MemoryGrow, "memory.grow"),
        (Self::StackAlloc, "stack.alloc"),
        (Self::StackSave, "stack.save"),
        (Self::StackRestore, "stack.restore"),
    ];

    /// Its name in the text form.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// How many operands it takes. All are i32, but for the first two of a select.
    pub fn arity(self) -> usize {
        match self {
            Self::Select | Self::MemoryCopy | Self::MemoryFill => 3,
            Self::MemoryGrow | Self::StackAlloc | Self::StackRestore => 1,
            Self::MemorySize | Self::StackSave => 0,
        }
    }

    /// Whether it has a value: that of its operands for a select, i32 for the others.
    pub fn has_result(self) -> bool {
        !matches!(self, Self::MemoryCopy | Self::MemoryFill | Self::StackRestore)
    }
}

impl UnOp {
    /// Whether some operand makes it trap.
    pub fn can_trap(self) -> bool {
        use UnOp::*;
        matches!(
            self,
            I32TruncF32S
                | I32TruncF32U
                | I32TruncF64S
                | I32TruncF64U
                | I64TruncF32S
                | I64TruncF32U
                | I64TruncF64S
                | I64TruncF64U
        )
    }
}

impl BinOp {
    /// Whether some operands make it trap.
    pub fn can_trap(self) -> bool {
        use BinOp::*;
        matches!(
            self,
            I32DivS | I32DivU | I32RemS | I32RemU | I64DivS | I64DivU | I64RemS | I64RemU
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Inst;

    #[test]
    fn an_instruction_takes_twelve_bytes() {
        assert_eq!(core::mem::size_of::<Inst>(), 12);
    }
}
