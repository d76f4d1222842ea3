//! WebAssembly instructions before they are bytes: labels are names, symbols are not resolved.

use super::{address::Base, flow::Node};
use crate::frugal;
use crate::ir::{BinOp, Loc, NaryOp, SigId, Symbol, UnOp};
use alloc::vec::Vec;

/// A place that branches go to: the start of the block's code, or of the loop that it heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Label(pub(crate) u32);

impl Label {
    /// Where control enters a block from before.
    pub(crate) fn block(node: Node) -> Self {
        Self(node * 2)
    }

    /// Whether it is the end of a WebAssembly block, and not the start of a loop.
    pub(crate) fn is_block(self) -> bool {
        self.0.is_multiple_of(2)
    }

    /// Where control goes around a loop again.
    pub(crate) fn again(header: Node) -> Self {
        Self(header * 2 + 1)
    }
}

/// An instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Op {
    Block(Label),
    Loop(Label),
    If,
    Else,
    /// Ends a block or loop, or (without a label) an `if`.
    End(Option<Label>),
    Br(Label),
    BrIf(Label),
    /// Its labels are in [`Code::tables`].
    BrTable(u32),
    Return,
    Unreachable,
    Drop,
    Get(u32),
    Set(u32),
    Tee(u32),
    I32(i32),
    I64(u64),
    F32(u32),
    F64(u64),
    Unary(UnOp),
    Binary(BinOp),
    /// Opcode, log2 of the width, constant part.
    Memory {
        code: u8,
        align: u8,
        base: Base,
        offset: i32,
    },
    Nary(NaryOp),
    Call(Symbol),
    CallIndirect(SigId),
    GlobalGet(Symbol),
    GlobalSet(Symbol),
    SymbolAddr(Symbol, i32),
    FuncAddr(Symbol),
    /// The frame's address plus a constant.
    FrameAddr(u32),
    /// Adds the frame's address, unless the linker knows it and puts it into the memory operand.
    FrameIndex,
    /// Makes the frame, if there is one on the shadow stack.
    Prologue,
    /// Gives it back.
    Epilogue,
    /// Stores the line into `__line`.
    Line(u32),
    /// No code: what follows comes from there.
    Mark(Loc),
}

/// A function's instructions.
#[derive(Default)]
pub(crate) struct Code {
    pub(crate) ops: Vec<Op>,
    /// Labels of the `br_table`s, the default last.
    pub(crate) tables: Vec<Vec<Label>>,
}

impl Code {
    /// No instructions, and room for so many.
    pub(crate) fn with_room(ops: usize) -> Self {
        Self { ops: Vec::with_capacity(ops), tables: Vec::new() }
    }

    /// Adds an instruction, or what it makes of the ones before it.
    pub(crate) fn push(&mut self, op: Op) {
        match (self.ops.last().copied(), op) {
            (Some(Op::Set(x)), Op::Get(y)) if x == y => self.replace(Op::Tee(x)),
            (Some(Op::Get(x)), Op::Set(y)) if x == y => self.pop(),
            (Some(Op::Tee(x)), Op::Set(y)) if x == y => self.replace(Op::Set(x)),
            (Some(Op::Tee(x)), Op::Drop) => self.replace(Op::Set(x)),
            (Some(last), Op::Drop) if is_free_to_drop(last) => self.pop(),
            (Some(Op::Binary(compare)), Op::Unary(UnOp::I32Eqz)) => match inverse(compare) {
                Some(inverse) => self.replace(Op::Binary(inverse)),
                None => frugal::push(&mut self.ops, op),
            },
            _ => frugal::push(&mut self.ops, op),
        }
    }

    fn pop(&mut self) {
        self.ops.pop();
    }

    fn replace(&mut self, op: Op) {
        self.ops.pop();
        self.push(op);
    }

    /// Turns the condition on the stack, which only its being zero matters of, around.
    pub(crate) fn negate(&mut self) {
        if let Some(Op::Unary(UnOp::I32Eqz)) = self.ops.last() {
            self.pop();
        } else {
            self.push(Op::Unary(UnOp::I32Eqz));
        }
    }
}

fn is_free_to_drop(op: Op) -> bool {
    matches!(op, Op::Get(_) | Op::I32(_) | Op::I64(_) | Op::F32(_) | Op::F64(_))
}

/// The comparison that is true when `op` is false. Floats have one only for equality: NaN.
fn inverse(op: BinOp) -> Option<BinOp> {
    use BinOp::*;
    const PAIRS: [(BinOp, BinOp); 12] = [
        (I32Eq, I32Ne),
        (I32LtS, I32GeS),
        (I32LtU, I32GeU),
        (I32GtS, I32LeS),
        (I32GtU, I32LeU),
        (I64Eq, I64Ne),
        (I64LtS, I64GeS),
        (I64LtU, I64GeU),
        (I64GtS, I64LeS),
        (I64GtU, I64LeU),
        (F32Eq, F32Ne),
        (F64Eq, F64Ne),
    ];
    PAIRS.iter().find_map(|&(a, b)| match op {
        _ if op == a => Some(b),
        _ if op == b => Some(a),
        _ => None,
    })
}
