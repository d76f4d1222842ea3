//! Accesses to pieces of slots become uses of variables.

use super::accesses::{Block as BlockOperation, SlotPlace, SlotUses, block_operation, slot_place};
use crate::ir::{
    BinOp, Block, Cfg, Const, Function, Inst, LoadOp, Loc, NaryOp, Replacements, Slot, StoreOp,
    Type, UnOp, Value, Variable, Variables,
};
use crate::map::Map;
use alloc::vec::Vec;

/// Takes apart the slots that are good.
pub(super) fn run(func: &mut Function, slots: &[SlotUses]) {
    let cfg = Cfg::new(func);
    let mut variables = Variables::of(func);
    let mut pieces = Map::new();
    for (index, slot) in slots.iter().enumerate().filter(|(_, slot)| slot.is_good()) {
        for (&offset, &(_, ty)) in &slot.pieces {
            pieces.insert((Slot(index as u32), offset), (variables.declare(ty), ty));
        }
    }
    let mut pass = Promotion { slots, pieces, replaced: Replacements::new() };
    variables.visit(func, &cfg, |variables, func, block| pass.block(variables, func, block));
    pass.replaced.apply(func);
    variables.finish(func);
}

struct Promotion<'a> {
    slots: &'a [SlotUses],
    pieces: Map<SlotPlace, (Variable, Type)>,
    /// Loads by the values that they read.
    replaced: Replacements,
}

impl Promotion<'_> {
    fn piece(&self, func: &Function, addr: Value, offset: u16) -> Option<(Variable, Type)> {
        self.pieces.get(&slot_place(func, addr, offset)?).copied()
    }

    fn is_good(&self, place: Option<SlotPlace>) -> Option<SlotPlace> {
        place.filter(|(slot, _)| self.slots[slot.0 as usize].is_good())
    }

    fn block(&mut self, variables: &mut Variables, func: &mut Function, block: Block) {
        let insts = core::mem::take(&mut func.block_mut(block).insts);
        let mut kept = Vec::with_capacity(insts.len());
        for value in insts {
            match *func.inst(value) {
                Inst::Load { op, offset, addr } => match self.piece(func, addr, offset) {
                    Some((variable, ty)) => {
                        let held = variables.get(func, variable, block);
                        self.load(func, value, op, (held, ty), &mut kept);
                    }
                    None => kept.push(value),
                },
                Inst::Store { op, offset, addr, value: stored } => {
                    match self.piece(func, addr, offset) {
                        Some((variable, ty)) => {
                            let stored = self.replaced.get(stored);
                            let stored = converted(func, stored, op.ty(), ty, &mut kept);
                            variables.def(variable, block, stored);
                        }
                        None => kept.push(value),
                    }
                }
                ref inst => match block_operation(func, inst) {
                    Some(operation)
                        if self.is_good(operation.to).is_some()
                            || self.is_good(operation.from).is_some() =>
                    {
                        let inst = *inst;
                        self.operation(variables, func, block, &inst, &operation, &mut kept);
                    }
                    _ => kept.push(value),
                },
            }
        }
        func.block_mut(block).insts = kept;
    }

    fn load(
        &mut self,
        func: &mut Function,
        value: Value,
        op: LoadOp,
        (held, ty): (Value, Type),
        kept: &mut Vec<Value>,
    ) {
        let Some(narrowed) = narrowed(op) else {
            if ty == op.ty() {
                self.replaced.set(value, held);
            } else {
                *func.inst_mut(value) = Inst::Unary(reinterpretation(op.ty()), held);
                kept.push(value);
            }
            return;
        };
        *func.inst_mut(value) = match narrowed {
            Narrowed::Signed(extend) => Inst::Unary(extend, held),
            Narrowed::Unsigned(and, mask) => {
                let mask = func.add_inst(mask.inst(), Some(mask.ty()), Loc::NONE);
                kept.push(mask);
                Inst::Binary(and, held, mask)
            }
        };
        kept.push(value);
    }

    /// A copy or fill with a slot that is taken apart.
    fn operation(
        &mut self,
        variables: &mut Variables,
        func: &mut Function,
        block: Block,
        inst: &Inst,
        operation: &BlockOperation,
        kept: &mut Vec<Value>,
    ) {
        let Inst::Nary(op, args) = *inst else { return };
        let (to, from) = (func.args(args)[0], func.args(args)[1]);
        let (to_slot, from_slot) = (self.is_good(operation.to), self.is_good(operation.from));
        let Some((slot, start)) = to_slot.or(from_slot) else { return };
        let pieces: Vec<_> = self.slots[slot.0 as usize].within(start, operation.len).collect();
        let mut moved = Vec::new();
        for &(at, width, ty) in &pieces {
            let distance = at - start;
            let value = match (op, from_slot) {
                (NaryOp::MemoryFill, _) => filled(func, from, width, ty, kept),
                (_, Some((slot, start))) => {
                    let (variable, held) = self.pieces[&(slot, start + distance)];
                    let value = variables.get(func, variable, block);
                    converted(func, value, held, ty, kept)
                }
                (_, None) => {
                    let (addr, offset) = displaced(func, from, distance, kept);
                    let load = Inst::Load { op: load_op(width, ty), offset, addr };
                    let value = func.add_inst(load, Some(ty), Loc::NONE);
                    kept.push(value);
                    value
                }
            };
            moved.push((distance, width, ty, value));
        }
        for (distance, width, ty, value) in moved {
            match to_slot {
                Some((slot, start)) => {
                    let (variable, _) = self.pieces[&(slot, start + distance)];
                    variables.def(variable, block, value);
                }
                None => {
                    let (addr, offset) = displaced(func, to, distance, kept);
                    let store = Inst::Store { op: store_op(width, ty), offset, addr, value };
                    kept.push(func.add_inst(store, None, Loc::NONE));
                }
            }
        }
    }
}

/// How a load takes part of a value.
enum Narrowed {
    Signed(UnOp),
    Unsigned(BinOp, Const),
}

fn narrowed(op: LoadOp) -> Option<Narrowed> {
    use LoadOp::*;
    Some(match op {
        I32Load8S => Narrowed::Signed(UnOp::I32Extend8S),
        I32Load16S => Narrowed::Signed(UnOp::I32Extend16S),
        I64Load8S => Narrowed::Signed(UnOp::I64Extend8S),
        I64Load16S => Narrowed::Signed(UnOp::I64Extend16S),
        I64Load32S => Narrowed::Signed(UnOp::I64Extend32S),
        I32Load8U => Narrowed::Unsigned(BinOp::I32And, Const::I32(0xFF)),
        I32Load16U => Narrowed::Unsigned(BinOp::I32And, Const::I32(0xFFFF)),
        I64Load8U => Narrowed::Unsigned(BinOp::I64And, Const::I64(0xFF)),
        I64Load16U => Narrowed::Unsigned(BinOp::I64And, Const::I64(0xFFFF)),
        I64Load32U => Narrowed::Unsigned(BinOp::I64And, Const::I64(0xFFFF_FFFF)),
        I32Load | I64Load | F32Load | F64Load => return None,
    })
}

/// `value` of type `from` as one of type `to` with the same bits.
fn converted(
    func: &mut Function,
    value: Value,
    from: Type,
    to: Type,
    kept: &mut Vec<Value>,
) -> Value {
    if from == to {
        return value;
    }
    let value = func.add_inst(Inst::Unary(reinterpretation(to), value), Some(to), Loc::NONE);
    kept.push(value);
    value
}

/// From the type of the same size to `to`.
fn reinterpretation(to: Type) -> UnOp {
    match to {
        Type::I32 => UnOp::I32ReinterpretF32,
        Type::I64 => UnOp::I64ReinterpretF64,
        Type::F32 => UnOp::F32ReinterpretI32,
        Type::F64 => UnOp::F64ReinterpretI64,
    }
}

/// The value of a piece whose bytes are all the constant `byte`.
fn filled(func: &mut Function, byte: Value, width: u32, ty: Type, kept: &mut Vec<Value>) -> Value {
    let byte = Const::of_inst(func.inst(byte)).map_or(0, Const::bits) & 0xFF;
    let bits = byte.wrapping_mul(0x0101_0101_0101_0101) >> (64 - 8 * width);
    let value = Const::from_bits(ty, bits);
    let value = func.add_inst(value.inst(), Some(ty), Loc::NONE);
    kept.push(value);
    value
}

/// `addr + distance` as the address and offset of an access.
fn displaced(
    func: &mut Function,
    addr: Value,
    distance: u32,
    kept: &mut Vec<Value>,
) -> (Value, u16) {
    if let Ok(offset) = u16::try_from(distance) {
        return (addr, offset);
    }
    let distance = Const::from(distance);
    let distance = func.add_inst(distance.inst(), Some(Type::I32), Loc::NONE);
    let inst = Inst::Binary(BinOp::I32Add, addr, distance);
    let sum = func.add_inst(inst, Some(Type::I32), Loc::NONE);
    kept.extend([distance, sum]);
    (sum, 0)
}

fn load_op(width: u32, ty: Type) -> LoadOp {
    match (ty, width) {
        (Type::I32, 1) => LoadOp::I32Load8U,
        (Type::I32, 2) => LoadOp::I32Load16U,
        (Type::I32, _) => LoadOp::I32Load,
        (Type::I64, 1) => LoadOp::I64Load8U,
        (Type::I64, 2) => LoadOp::I64Load16U,
        (Type::I64, 4) => LoadOp::I64Load32U,
        (Type::I64, _) => LoadOp::I64Load,
        (Type::F32, _) => LoadOp::F32Load,
        (Type::F64, _) => LoadOp::F64Load,
    }
}

fn store_op(width: u32, ty: Type) -> StoreOp {
    match (ty, width) {
        (Type::I32, 1) => StoreOp::I32Store8,
        (Type::I32, 2) => StoreOp::I32Store16,
        (Type::I32, _) => StoreOp::I32Store,
        (Type::I64, 1) => StoreOp::I64Store8,
        (Type::I64, 2) => StoreOp::I64Store16,
        (Type::I64, 4) => StoreOp::I64Store32,
        (Type::I64, _) => StoreOp::I64Store,
        (Type::F32, _) => StoreOp::F32Store,
        (Type::F64, _) => StoreOp::F64Store,
    }
}
