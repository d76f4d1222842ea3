//! Instructions appended to a block by passes.

use crate::ir::{BinOp, Block, Function, Inst, NaryOp, Type, Value};

/// Appends instructions to a block.
pub(super) struct Maker<'a> {
    pub func: &'a mut Function,
    pub block: Block,
}

impl Maker<'_> {
    pub(super) fn append(&mut self, inst: Inst) -> Value {
        let loc = self.func.block(self.block).loc;
        self.func.append(self.block, inst, Some(Type::I32), loc)
    }

    pub(super) fn constant(&mut self, value: i32) -> Value {
        self.append(Inst::I32Const(value))
    }

    pub(super) fn binary(&mut self, op: BinOp, a: Value, b: Value) -> Value {
        self.append(Inst::Binary(op, a, b))
    }

    /// `addr + offset`.
    pub(super) fn displaced(&mut self, addr: Value, offset: u16) -> Value {
        let offset = self.constant(offset.into());
        self.binary(BinOp::I32Add, addr, offset)
    }

    /// An operation of the rarer kind.
    pub(super) fn nary(&mut self, op: NaryOp, operands: &[Value], ty: Option<Type>) -> Value {
        let args = self.func.make_args(operands);
        let loc = self.func.block(self.block).loc;
        self.func.append(self.block, Inst::Nary(op, args), ty, loc)
    }

    /// A loop's bound before the loop: a constant in it is made again.
    pub(super) fn bound(&mut self, bound: Option<Value>) -> Value {
        match bound {
            None => self.constant(0),
            Some(bound) => match *self.func.inst(bound) {
                Inst::I32Const(value) => self.constant(value),
                inst if inst.is_constant() => self.append(inst),
                _ => bound,
            },
        }
    }
}
