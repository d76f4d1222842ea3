//! Arithmetic, comparisons, conversions: one table from opcodes to what they take, give and
//! become, and the forms with immediates.

use super::super::code::{Op, Rare};
use super::super::module::ValType::{self, F32, F64, I32, I64};
use super::super::reader::Result;
use super::Body;
use super::stack::{Arg, Entry, Place};

/// Relation of two integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rel {
    Eq,
    Ne,
    LtS,
    LtU,
    GtS,
    GtU,
    LeS,
    LeU,
    GeS,
    GeU,
}

/// What an opcode becomes.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Eqz(ValType),
    Compare(Rel, ValType),
    /// A comparison of floats; true: operands swapped.
    CompareFloat(Op, ValType, bool),
    Unary(Op, ValType, ValType),
    RareUnary(Rare, ValType, ValType),
    Binary(Op, ValType),
    RareBinary(Rare, ValType),
    /// The same bits under another type, or the low half of them.
    Same(ValType, ValType),
}

const RELATIONS: [Rel; 10] = [
    Rel::Eq,
    Rel::Ne,
    Rel::LtS,
    Rel::LtU,
    Rel::GtS,
    Rel::GtU,
    Rel::LeS,
    Rel::LeU,
    Rel::GeS,
    Rel::GeU,
];

/// The table: opcodes 0x45 to 0xC4 (WebAssembly core, 5.4.7), in their order.
const fn shape(opcode: u8) -> Shape {
    use Shape::{Binary, CompareFloat, RareBinary, RareUnary, Same, Unary};
    match opcode {
        0x45 => Shape::Eqz(I32),
        0x46..=0x4F => Shape::Compare(RELATIONS[opcode as usize - 0x46], I32),
        0x50 => Shape::Eqz(I64),
        0x51..=0x5A => Shape::Compare(RELATIONS[opcode as usize - 0x51], I64),
        0x5B => CompareFloat(Op::FEq, F32, false),
        0x5C => CompareFloat(Op::FNe, F32, false),
        0x5D => CompareFloat(Op::FLt, F32, false),
        0x5E => CompareFloat(Op::FLt, F32, true),
        0x5F => CompareFloat(Op::FLe, F32, false),
        0x60 => CompareFloat(Op::FLe, F32, true),
        0x61 => CompareFloat(Op::DEq, F64, false),
        0x62 => CompareFloat(Op::DNe, F64, false),
        0x63 => CompareFloat(Op::DLt, F64, false),
        0x64 => CompareFloat(Op::DLt, F64, true),
        0x65 => CompareFloat(Op::DLe, F64, false),
        0x66 => CompareFloat(Op::DLe, F64, true),
        0x67 => RareUnary(Rare::Clz, I32, I32),
        0x68 => RareUnary(Rare::Ctz, I32, I32),
        0x69 => RareUnary(Rare::Popcnt, I32, I32),
        0x6A => Binary(Op::Add, I32),
        0x6B => Binary(Op::Sub, I32),
        0x6C => Binary(Op::Mul, I32),
        0x6D => Binary(Op::DivS, I32),
        0x6E => Binary(Op::DivU, I32),
        0x6F => Binary(Op::RemS, I32),
        0x70 => Binary(Op::RemU, I32),
        0x71 => Binary(Op::And, I32),
        0x72 => Binary(Op::Or, I32),
        0x73 => Binary(Op::Xor, I32),
        0x74 => Binary(Op::Shl, I32),
        0x75 => Binary(Op::ShrS, I32),
        0x76 => Binary(Op::ShrU, I32),
        0x77 => Binary(Op::Rotl, I32),
        0x78 => Binary(Op::Rotr, I32),
        0x79 => RareUnary(Rare::Clz64, I64, I64),
        0x7A => RareUnary(Rare::Ctz64, I64, I64),
        0x7B => RareUnary(Rare::Popcnt64, I64, I64),
        0x7C => Binary(Op::Add64, I64),
        0x7D => Binary(Op::Sub64, I64),
        0x7E => Binary(Op::Mul64, I64),
        0x7F => RareBinary(Rare::DivS64, I64),
        0x80 => RareBinary(Rare::DivU64, I64),
        0x81 => RareBinary(Rare::RemS64, I64),
        0x82 => RareBinary(Rare::RemU64, I64),
        0x83 => Binary(Op::And64, I64),
        0x84 => Binary(Op::Or64, I64),
        0x85 => Binary(Op::Xor64, I64),
        0x86 => Binary(Op::Shl64, I64),
        0x87 => Binary(Op::ShrS64, I64),
        0x88 => Binary(Op::ShrU64, I64),
        0x89 => Binary(Op::Rotl64, I64),
        0x8A => RareBinary(Rare::Rotr64, I64),
        0x8B => RareUnary(Rare::FAbs, F32, F32),
        0x8C => Unary(Op::FNeg, F32, F32),
        0x8D => RareUnary(Rare::FCeil, F32, F32),
        0x8E => RareUnary(Rare::FFloor, F32, F32),
        0x8F => RareUnary(Rare::FTrunc, F32, F32),
        0x90 => RareUnary(Rare::FNearest, F32, F32),
        0x91 => RareUnary(Rare::FSqrt, F32, F32),
        0x92 => Binary(Op::FAdd, F32),
        0x93 => Binary(Op::FSub, F32),
        0x94 => Binary(Op::FMul, F32),
        0x95 => Binary(Op::FDiv, F32),
        0x96 => RareBinary(Rare::FMin, F32),
        0x97 => RareBinary(Rare::FMax, F32),
        0x98 => RareBinary(Rare::FCopysign, F32),
        0x99 => RareUnary(Rare::DAbs, F64, F64),
        0x9A => Unary(Op::DNeg, F64, F64),
        0x9B => RareUnary(Rare::DCeil, F64, F64),
        0x9C => RareUnary(Rare::DFloor, F64, F64),
        0x9D => RareUnary(Rare::DTrunc, F64, F64),
        0x9E => RareUnary(Rare::DNearest, F64, F64),
        0x9F => RareUnary(Rare::DSqrt, F64, F64),
        0xA0 => Binary(Op::DAdd, F64),
        0xA1 => Binary(Op::DSub, F64),
        0xA2 => Binary(Op::DMul, F64),
        0xA3 => Binary(Op::DDiv, F64),
        0xA4 => RareBinary(Rare::DMin, F64),
        0xA5 => RareBinary(Rare::DMax, F64),
        0xA6 => RareBinary(Rare::DCopysign, F64),
        0xA7 => Same(I64, I32),
        0xA8 => RareUnary(Rare::I32F32S, F32, I32),
        0xA9 => RareUnary(Rare::I32F32U, F32, I32),
        0xAA => RareUnary(Rare::I32F64S, F64, I32),
        0xAB => RareUnary(Rare::I32F64U, F64, I32),
        0xAC => Unary(Op::ExtendS, I32, I64),
        0xAD => Unary(Op::ExtendU, I32, I64),
        0xAE => RareUnary(Rare::I64F32S, F32, I64),
        0xAF => RareUnary(Rare::I64F32U, F32, I64),
        0xB0 => RareUnary(Rare::I64F64S, F64, I64),
        0xB1 => RareUnary(Rare::I64F64U, F64, I64),
        0xB2 => RareUnary(Rare::F32I32S, I32, F32),
        0xB3 => RareUnary(Rare::F32I32U, I32, F32),
        0xB4 => RareUnary(Rare::F32I64S, I64, F32),
        0xB5 => RareUnary(Rare::F32I64U, I64, F32),
        0xB6 => RareUnary(Rare::F32F64, F64, F32),
        0xB7 => RareUnary(Rare::F64I32S, I32, F64),
        0xB8 => RareUnary(Rare::F64I32U, I32, F64),
        0xB9 => RareUnary(Rare::F64I64S, I64, F64),
        0xBA => RareUnary(Rare::F64I64U, I64, F64),
        0xBB => RareUnary(Rare::F64F32, F32, F64),
        0xBC => Same(F32, I32),
        0xBD => Same(F64, I64),
        0xBE => Same(I32, F32),
        0xBF => Same(I64, F64),
        0xC0 => Unary(Op::Extend8, I32, I32),
        0xC1 => Unary(Op::Extend16, I32, I32),
        0xC2 => RareUnary(Rare::Extend8S64, I64, I64),
        0xC3 => RareUnary(Rare::Extend16S64, I64, I64),
        _ => RareUnary(Rare::Extend32S64, I64, I64),
    }
}

/// [`shape`] as data.
static SHAPES: [Shape; 0x80] = {
    let mut shapes = [Shape::Eqz(I32); 0x80];
    let mut i = 0;
    while i < 0x80 {
        shapes[i] = shape(0x45 + i as u8);
        i += 1;
    }
    shapes
};

/// The form with an immediate for the last operand, and whether operands may change places.
const fn immediate(op: Op) -> Option<(Op, bool)> {
    Some(match op {
        Op::Mul => (Op::MulI, true),
        Op::And => (Op::AndI, true),
        Op::Or => (Op::OrI, true),
        Op::Xor => (Op::XorI, true),
        Op::Shl => (Op::ShlI, false),
        Op::ShrS => (Op::ShrSI, false),
        Op::ShrU => (Op::ShrUI, false),
        Op::Rotl => (Op::RotlI, false),
        Op::DivS => (Op::DivSI, false),
        Op::DivU => (Op::DivUI, false),
        Op::RemS => (Op::RemSI, false),
        Op::RemU => (Op::RemUI, false),
        Op::Add64 => (Op::AddI64, true),
        Op::Mul64 => (Op::MulI64, true),
        Op::And64 => (Op::AndI64, true),
        Op::Or64 => (Op::OrI64, true),
        Op::Xor64 => (Op::XorI64, true),
        Op::Shl64 => (Op::ShlI64, false),
        Op::ShrS64 => (Op::ShrSI64, false),
        Op::ShrU64 => (Op::ShrUI64, false),
        Op::Rotl64 => (Op::RotlI64, false),
        _ => return None,
    })
}

/// A constant as a 32-bit immediate: i64 constants must be the extension of one.
fn as_immediate(entry: Entry) -> Option<u32> {
    match (entry.place, entry.ty) {
        (Place::Const(bits), Some(I64)) => {
            i32::try_from(bits as i64).ok().map(|short| short as u32)
        }
        (Place::Const(bits), _) => Some(bits as u32),
        _ => None,
    }
}

impl Body<'_> {
    pub(super) fn numeric(&mut self, opcode: u8) -> Result<()> {
        match SHAPES[usize::from(opcode - 0x45)] {
            Shape::Eqz(ty) => self.eqz(ty),
            Shape::Compare(rel, ty) => self.compare(rel, ty),
            Shape::CompareFloat(op, ty, swap) => {
                let rhs = self.pop(Some(ty))?;
                let lhs = self.pop(Some(ty))?;
                let (lhs, rhs) = (self.operand(lhs), self.operand(rhs));
                let (b, c) = if swap { (rhs, lhs) } else { (lhs, rhs) };
                let result = self.push_temp(I32)?;
                self.emit(op, result, b, c, 0);
                Ok(())
            }
            Shape::Unary(op, from, to) => self.unary(op, from, to, 0),
            Shape::RareUnary(rare, from, to) => self.unary(Op::Rare, from, to, rare as u32),
            Shape::Binary(op, ty) => self.binary(op, ty),
            Shape::RareBinary(rare, ty) => {
                let rhs = self.pop(Some(ty))?;
                let lhs = self.pop(Some(ty))?;
                self.slots(Op::Rare, ty, lhs, rhs, rare as u32)
            }
            Shape::Same(from, to) => self.reinterpret(from, to),
        }
    }

    /// Saturating conversions, 0xFC 0 to 7.
    pub(super) fn saturate(&mut self, sub: u32) -> Result<()> {
        const ALL: [(Rare, ValType, ValType); 8] = [
            (Rare::SatI32F32S, F32, I32),
            (Rare::SatI32F32U, F32, I32),
            (Rare::SatI32F64S, F64, I32),
            (Rare::SatI32F64U, F64, I32),
            (Rare::SatI64F32S, F32, I64),
            (Rare::SatI64F32U, F32, I64),
            (Rare::SatI64F64S, F64, I64),
            (Rare::SatI64F64U, F64, I64),
        ];
        let (rare, from, to) = ALL[sub as usize];
        self.unary(Op::Rare, from, to, rare as u32)
    }

    fn unary(&mut self, op: Op, from: ValType, to: ValType, imm: u32) -> Result<()> {
        let value = self.pop(Some(from))?;
        let value = self.operand(value);
        let result = self.push_temp(to)?;
        if op == Op::Rare {
            self.note();
        }
        self.emit(op, result, value, Arg::None, imm);
        Ok(())
    }

    fn reinterpret(&mut self, from: ValType, to: ValType) -> Result<()> {
        let mut value = self.pop(Some(from))?;
        if from.is_64() != to.is_64() {
            // Whatever made all 64 bits must not be sent to a slot for 32.
            self.fusable = None;
        }
        value.place = match value.place {
            Place::Const(bits) if !to.is_64() => Place::Const(bits & 0xFFFF_FFFF),
            Place::Plus(..) | Place::Sum(..) => {
                self.copy_to(value, value.slot);
                Place::Temp
            }
            same => same,
        };
        self.push(to, value.place)
    }

    /// Emits `op` on two slots.
    fn slots(&mut self, op: Op, ty: ValType, lhs: Entry, rhs: Entry, imm: u32) -> Result<()> {
        let (b, c) = (self.operand(lhs), self.operand(rhs));
        let result = self.push_temp(ty)?;
        if matches!(op, Op::Rare | Op::DivS | Op::DivU | Op::RemS | Op::RemU) {
            self.note();
        }
        self.emit(op, result, b, c, imm);
        Ok(())
    }

    fn binary(&mut self, op: Op, ty: ValType) -> Result<()> {
        let rhs = self.pop(Some(ty))?;
        let lhs = self.pop(Some(ty))?;
        match op {
            Op::Add => return self.add(lhs, rhs),
            Op::Sub => return self.sub(lhs, rhs),
            Op::Sub64 => {
                if let Some(negated) = as_immediate(rhs).and_then(|imm| (imm as i32).checked_neg())
                {
                    return self.with_immediate(Op::AddI64, ty, lhs, negated as u32);
                }
            }
            _ => {}
        }
        if let Some((with_imm, commutes)) = immediate(op) {
            match (as_immediate(lhs), as_immediate(rhs)) {
                (_, Some(imm)) if divides_safely(op, imm) => {
                    return self.with_immediate(with_imm, ty, lhs, imm);
                }
                (Some(imm), None) if commutes => {
                    return self.with_immediate(with_imm, ty, rhs, imm);
                }
                _ => {}
            }
        }
        self.slots(op, ty, lhs, rhs, 0)
    }

    fn with_immediate(&mut self, op: Op, ty: ValType, value: Entry, imm: u32) -> Result<()> {
        let value = self.operand(value);
        let result = self.push_temp(ty)?;
        self.emit(op, result, value, Arg::None, imm);
        Ok(())
    }

    /// i32 sums stay symbolic where they can: an address may take them up.
    fn add(&mut self, lhs: Entry, rhs: Entry) -> Result<()> {
        let (value, constant) = match (lhs.place, rhs.place) {
            (_, Place::Const(bits)) => (lhs, bits as u32),
            (Place::Const(bits), Place::Local(_)) => (rhs, bits as u32),
            (Place::Const(bits), _) => return self.with_immediate(Op::AddI, I32, rhs, bits as u32),
            (Place::Temp, Place::Local(slot)) => {
                return self.push(I32, Place::Sum(lhs.slot, slot));
            }
            (Place::Local(one), Place::Local(other)) => {
                return self.push(I32, Place::Sum(one, other));
            }
            _ => return self.slots(Op::Add, I32, lhs, rhs, 0),
        };
        self.plus(value, constant)
    }

    fn sub(&mut self, lhs: Entry, rhs: Entry) -> Result<()> {
        match (lhs.place, rhs.place) {
            (_, Place::Const(bits)) => self.plus(lhs, (bits as u32).wrapping_neg()),
            (Place::Const(bits), _) => self.with_immediate(Op::SubI, I32, rhs, bits as u32),
            _ => self.slots(Op::Sub, I32, lhs, rhs, 0),
        }
    }

    /// `value`, whose own slot the result will have, or which is a local, plus a constant.
    fn plus(&mut self, value: Entry, constant: u32) -> Result<()> {
        let place = match value.place {
            Place::Temp => Place::Plus(value.slot, constant),
            Place::Local(slot) => Place::Plus(slot, constant),
            Place::Plus(slot, before) => Place::Plus(slot, before.wrapping_add(constant)),
            Place::Const(bits) => Place::Const(u64::from((bits as u32).wrapping_add(constant))),
            Place::Sum(..) => {
                self.copy_to(value, value.slot);
                Place::Plus(value.slot, constant)
            }
        };
        self.push(I32, place)
    }

    fn eqz(&mut self, ty: ValType) -> Result<()> {
        let value = self.pop(Some(ty))?;
        if ty == I32
            && value.place == Place::Temp
            && let Some(mut made) = self.take_last(value.slot)
        {
            let negation = negation(made.op);
            if let Some((op, swap)) = negation {
                made.op = op;
                if swap {
                    core::mem::swap(&mut made.b, &mut made.c);
                }
            }
            self.code.push(made);
            if negation.is_some() {
                self.fusable = Some(self.code.len() - 1);
                return self.push(I32, Place::Temp);
            }
        }
        let op = if ty == I64 { Op::EqI64 } else { Op::EqI };
        self.with_result(op, value, 0)
    }

    /// A comparison with an immediate.
    fn with_result(&mut self, op: Op, value: Entry, imm: u32) -> Result<()> {
        let value = self.operand(value);
        let result = self.push_temp(I32)?;
        self.emit(op, result, value, Arg::None, imm);
        Ok(())
    }

    fn compare(&mut self, rel: Rel, ty: ValType) -> Result<()> {
        let rhs = self.pop(Some(ty))?;
        let lhs = self.pop(Some(ty))?;
        let with_imm = match (as_immediate(lhs), as_immediate(rhs)) {
            (_, Some(imm)) => compare_immediate(rel, ty, imm).map(|(op, imm)| (op, lhs, imm)),
            (Some(imm), None) => {
                compare_immediate(rel.swapped(), ty, imm).map(|(op, imm)| (op, rhs, imm))
            }
            _ => None,
        };
        if let Some((op, value, imm)) = with_imm {
            return self.with_result(op, value, imm);
        }
        let (lhs, rhs) = (self.operand(lhs), self.operand(rhs));
        let (op, swap) = rel.op(ty);
        let (b, c) = if swap { (rhs, lhs) } else { (lhs, rhs) };
        let result = self.push_temp(I32)?;
        self.emit(op, result, b, c, 0);
        Ok(())
    }
}

/// Whether a division by this immediate can neither trap nor overflow.
fn divides_safely(op: Op, imm: u32) -> bool {
    match op {
        Op::DivS | Op::RemS => imm != 0 && imm != u32::MAX,
        Op::DivU | Op::RemU => imm != 0,
        _ => true,
    }
}

impl Rel {
    /// The relation of the operands in the other order.
    fn swapped(self) -> Self {
        match self {
            Self::Eq | Self::Ne => self,
            Self::LtS => Self::GtS,
            Self::LtU => Self::GtU,
            Self::GtS => Self::LtS,
            Self::GtU => Self::LtU,
            Self::LeS => Self::GeS,
            Self::LeU => Self::GeU,
            Self::GeS => Self::LeS,
            Self::GeU => Self::LeU,
        }
    }

    /// The operation on two slots, and whether they change places.
    fn op(self, ty: ValType) -> (Op, bool) {
        let (narrow, wide, swap) = match self {
            Self::Eq => (Op::Eq, Op::Eq64, false),
            Self::Ne => (Op::Ne, Op::Ne64, false),
            Self::LtS => (Op::LtS, Op::LtS64, false),
            Self::LtU => (Op::LtU, Op::LtU64, false),
            Self::GtS => (Op::LtS, Op::LtS64, true),
            Self::GtU => (Op::LtU, Op::LtU64, true),
            Self::LeS => (Op::LeS, Op::LeS64, false),
            Self::LeU => (Op::LeU, Op::LeU64, false),
            Self::GeS => (Op::LeS, Op::LeS64, true),
            Self::GeU => (Op::LeU, Op::LeU64, true),
        };
        (if ty == I64 { wide } else { narrow }, swap)
    }
}

/// The operation on a slot and an immediate: `x <= k` is `x < k + 1` unless that overflows.
fn compare_immediate(rel: Rel, ty: ValType, imm: u32) -> Option<(Op, u32)> {
    if ty == I64 {
        return match rel {
            Rel::Eq => Some((Op::EqI64, imm)),
            Rel::Ne => Some((Op::NeI64, imm)),
            _ => None,
        };
    }
    let signed_next = (imm as i32).checked_add(1).map(|next| next as u32);
    let unsigned_next = imm.checked_add(1);
    Some(match rel {
        Rel::Eq => (Op::EqI, imm),
        Rel::Ne => (Op::NeI, imm),
        Rel::LtS => (Op::LtSI, imm),
        Rel::LtU => (Op::LtUI, imm),
        Rel::GeS => (Op::GeSI, imm),
        Rel::GeU => (Op::GeUI, imm),
        Rel::LeS => (Op::LtSI, signed_next?),
        Rel::LeU => (Op::LtUI, unsigned_next?),
        Rel::GtS => (Op::GeSI, signed_next?),
        Rel::GtU => (Op::GeUI, unsigned_next?),
    })
}

/// The comparison that holds exactly when this one does not, and whether its operands change
/// places.
fn negation(op: Op) -> Option<(Op, bool)> {
    Some(match op {
        Op::Eq => (Op::Ne, false),
        Op::Ne => (Op::Eq, false),
        Op::LtS => (Op::LeS, true),
        Op::LtU => (Op::LeU, true),
        Op::LeS => (Op::LtS, true),
        Op::LeU => (Op::LtU, true),
        Op::EqI => (Op::NeI, false),
        Op::NeI => (Op::EqI, false),
        Op::LtSI => (Op::GeSI, false),
        Op::LtUI => (Op::GeUI, false),
        Op::GeSI => (Op::LtSI, false),
        Op::GeUI => (Op::LtUI, false),
        Op::Eq64 => (Op::Ne64, false),
        Op::Ne64 => (Op::Eq64, false),
        Op::LtS64 => (Op::LeS64, true),
        Op::LtU64 => (Op::LeU64, true),
        Op::LeS64 => (Op::LtS64, true),
        Op::LeU64 => (Op::LtU64, true),
        Op::EqI64 => (Op::NeI64, false),
        Op::NeI64 => (Op::EqI64, false),
        Op::FEq => (Op::FNe, false),
        Op::FNe => (Op::FEq, false),
        Op::DEq => (Op::DNe, false),
        Op::DNe => (Op::DEq, false),
        _ => return None,
    })
}
