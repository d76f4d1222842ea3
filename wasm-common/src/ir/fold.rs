//! Constants and what operations make of them: wrapping integers, IEEE 754 floats.
//!
//! In: an operation and constant operands. Out: the constant that WebAssembly computes (core
//! specification 4.3), or `None` where it would trap or where its result is a NaN whose bits the
//! specification leaves open. The compilers fold with it and the reference interpreter runs on it,
//! so a fold can never differ from a run.

use super::{BinOp, Imm64, Inst, Type, UnOp};

/// A value that is known; floats by their bits, so that every NaN is itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Const {
    /// i32.
    I32(i32),
    /// i64.
    I64(i64),
    /// Bits of an f32.
    F32(u32),
    /// Bits of an f64.
    F64(u64),
}

impl Const {
    /// Zero of a type (+0.0 for floats).
    pub fn zero(ty: Type) -> Self {
        Self::from_bits(ty, 0)
    }

    /// The value of type `ty` whose bits are the low bits of `bits`.
    pub fn from_bits(ty: Type, bits: u64) -> Self {
        match ty {
            Type::I32 => Self::I32(bits as i32),
            Type::I64 => Self::I64(bits as i64),
            Type::F32 => Self::F32(bits as u32),
            Type::F64 => Self::F64(bits),
        }
    }

    /// Its bits, zero-extended.
    pub fn bits(self) -> u64 {
        match self {
            Self::I32(v) => u64::from(v as u32),
            Self::I64(v) => v as u64,
            Self::F32(v) => u64::from(v),
            Self::F64(v) => v,
        }
    }

    /// Its type.
    pub fn ty(self) -> Type {
        match self {
            Self::I32(_) => Type::I32,
            Self::I64(_) => Type::I64,
            Self::F32(_) => Type::F32,
            Self::F64(_) => Type::F64,
        }
    }

    /// The integer, sign-extended; `None` for floats.
    pub fn int(self) -> Option<i64> {
        match self {
            Self::I32(v) => Some(i64::from(v)),
            Self::I64(v) => Some(v),
            Self::F32(_) | Self::F64(_) => None,
        }
    }

    /// An integer of type `ty`, wrapped to its width.
    pub fn of_int(ty: Type, value: i64) -> Self {
        if ty == Type::I32 { Self::I32(value as i32) } else { Self::I64(value) }
    }

    /// The instruction that makes it.
    pub fn inst(self) -> Inst {
        match self {
            Self::I32(v) => Inst::I32Const(v),
            Self::I64(v) => Inst::I64Const(Imm64::new(v as u64)),
            Self::F32(v) => Inst::F32Const(v),
            Self::F64(v) => Inst::F64Const(Imm64::new(v)),
        }
    }

    /// What `inst` makes, if that is a constant.
    pub fn of_inst(inst: &Inst) -> Option<Self> {
        match *inst {
            Inst::I32Const(v) => Some(Self::I32(v)),
            Inst::I64Const(v) => Some(Self::I64(v.bits() as i64)),
            Inst::F32Const(v) => Some(Self::F32(v)),
            Inst::F64Const(v) => Some(Self::F64(v.bits())),
            _ => None,
        }
    }

    fn i32(self) -> i32 {
        self.bits() as i32
    }

    fn i64(self) -> i64 {
        self.bits() as i64
    }

    fn f32(self) -> f32 {
        f32::from_bits(self.bits() as u32)
    }

    fn f64(self) -> f64 {
        f64::from_bits(self.bits())
    }
}

impl From<i32> for Const {
    fn from(v: i32) -> Self {
        Self::I32(v)
    }
}

impl From<u32> for Const {
    fn from(v: u32) -> Self {
        Self::I32(v as i32)
    }
}

impl From<bool> for Const {
    fn from(v: bool) -> Self {
        Self::I32(i32::from(v))
    }
}

impl From<i64> for Const {
    fn from(v: i64) -> Self {
        Self::I64(v)
    }
}

impl From<u64> for Const {
    fn from(v: u64) -> Self {
        Self::I64(v as i64)
    }
}

impl From<f32> for Const {
    fn from(v: f32) -> Self {
        Self::F32(v.to_bits())
    }
}

impl From<f64> for Const {
    fn from(v: f64) -> Self {
        Self::F64(v.to_bits())
    }
}

/// Why an operation has no result; the names are WebAssembly's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArithmeticTrap {
    /// Division or remainder by zero.
    DivideByZero,
    /// Smallest integer divided by -1, or a float too large for the integer type.
    IntegerOverflow,
    /// A NaN converted to an integer.
    InvalidConversion,
}

/// Folds a unary operation; `None` if it traps or gives a NaN with open bits.
pub fn unary(op: UnOp, a: Const) -> Option<Const> {
    let value = eval_unary(op, a).ok()?;
    (exact_unary(op) || !is_nan(value)).then_some(value)
}

/// Folds a binary operation; `None` if it traps or gives a NaN with open bits.
pub fn binary(op: BinOp, a: Const, b: Const) -> Option<Const> {
    let value = eval_binary(op, a, b).ok()?;
    let exact = matches!(op, BinOp::F32Copysign | BinOp::F64Copysign);
    (exact || !is_nan(value)).then_some(value)
}

fn exact_unary(op: UnOp) -> bool {
    use UnOp::*;
    matches!(op, F32Abs | F32Neg | F64Abs | F64Neg | F32ReinterpretI32 | F64ReinterpretI64)
}

fn is_nan(value: Const) -> bool {
    match value {
        Const::F32(_) => value.f32().is_nan(),
        Const::F64(_) => value.f64().is_nan(),
        Const::I32(_) | Const::I64(_) => false,
    }
}

/// NaNs that arithmetic makes are the canonical one, as on every engine that matters to us.
fn arith32(v: f32) -> Const {
    if v.is_nan() { Const::F32(0x7FC0_0000) } else { v.into() }
}

fn arith64(v: f64) -> Const {
    if v.is_nan() { Const::F64(0x7FF8_0000_0000_0000) } else { v.into() }
}

/// A truncation that traps: `min` and `max` are exclusive bounds that the operand type holds.
fn checked_trunc(v: f64, min: f64, max: f64) -> Result<f64, ArithmeticTrap> {
    if v.is_nan() {
        return Err(ArithmeticTrap::InvalidConversion);
    }
    let v = libm::trunc(v);
    if v > min && v < max { Ok(v) } else { Err(ArithmeticTrap::IntegerOverflow) }
}

const TWO_31: f64 = 2_147_483_648.0;
const TWO_32: f64 = 4_294_967_296.0;
const TWO_63: f64 = 9_223_372_036_854_775_808.0;
const TWO_64: f64 = 18_446_744_073_709_551_616.0;

fn to_i32(v: f64) -> Result<Const, ArithmeticTrap> {
    Ok((checked_trunc(v, -TWO_31 - 1.0, TWO_31)? as i32).into())
}

fn to_u32(v: f64) -> Result<Const, ArithmeticTrap> {
    Ok((checked_trunc(v, -1.0, TWO_32)? as u32).into())
}

fn to_i64(v: f64) -> Result<Const, ArithmeticTrap> {
    // No f64 lies between -2^63 and the next one below it, so that one is the exclusive bound.
    Ok((checked_trunc(v, -TWO_63 - 2048.0, TWO_63)? as i64).into())
}

fn to_u64(v: f64) -> Result<Const, ArithmeticTrap> {
    Ok((checked_trunc(v, -1.0, TWO_64)? as u64).into())
}

/// Evaluates a unary operation as WebAssembly does.
///
/// # Errors
/// The trap.
pub fn eval_unary(op: UnOp, a: Const) -> Result<Const, ArithmeticTrap> {
    use UnOp::*;
    Ok(match op {
        I32Eqz => (a.i32() == 0).into(),
        I64Eqz => (a.i64() == 0).into(),
        I32Clz => a.i32().leading_zeros().into(),
        I32Ctz => a.i32().trailing_zeros().into(),
        I32Popcnt => a.i32().count_ones().into(),
        I64Clz => u64::from(a.i64().leading_zeros()).into(),
        I64Ctz => u64::from(a.i64().trailing_zeros()).into(),
        I64Popcnt => u64::from(a.i64().count_ones()).into(),
        F32Abs => Const::F32(a.f32().to_bits() & 0x7FFF_FFFF),
        F32Neg => Const::F32(a.f32().to_bits() ^ 0x8000_0000),
        F32Ceil => arith32(libm::ceilf(a.f32())),
        F32Floor => arith32(libm::floorf(a.f32())),
        F32Trunc => arith32(libm::truncf(a.f32())),
        F32Nearest => arith32(libm::rintf(a.f32())),
        F32Sqrt => arith32(libm::sqrtf(a.f32())),
        F64Abs => Const::F64(a.f64().to_bits() & !(1 << 63)),
        F64Neg => Const::F64(a.f64().to_bits() ^ 1 << 63),
        F64Ceil => arith64(libm::ceil(a.f64())),
        F64Floor => arith64(libm::floor(a.f64())),
        F64Trunc => arith64(libm::trunc(a.f64())),
        F64Nearest => arith64(libm::rint(a.f64())),
        F64Sqrt => arith64(libm::sqrt(a.f64())),
        I32WrapI64 => (a.i64() as i32).into(),
        I32TruncF32S => to_i32(f64::from(a.f32()))?,
        I32TruncF32U => to_u32(f64::from(a.f32()))?,
        I32TruncF64S => to_i32(a.f64())?,
        I32TruncF64U => to_u32(a.f64())?,
        I64ExtendI32S => i64::from(a.i32()).into(),
        I64ExtendI32U => u64::from(a.i32() as u32).into(),
        I64TruncF32S => to_i64(f64::from(a.f32()))?,
        I64TruncF32U => to_u64(f64::from(a.f32()))?,
        I64TruncF64S => to_i64(a.f64())?,
        I64TruncF64U => to_u64(a.f64())?,
        F32ConvertI32S => (a.i32() as f32).into(),
        F32ConvertI32U => (a.i32() as u32 as f32).into(),
        F32ConvertI64S => (a.i64() as f32).into(),
        F32ConvertI64U => (a.i64() as u64 as f32).into(),
        F32DemoteF64 => arith32(a.f64() as f32),
        F64ConvertI32S => f64::from(a.i32()).into(),
        F64ConvertI32U => f64::from(a.i32() as u32).into(),
        F64ConvertI64S => (a.i64() as f64).into(),
        F64ConvertI64U => (a.i64() as u64 as f64).into(),
        F64PromoteF32 => arith64(f64::from(a.f32())),
        I32ReinterpretF32 => Const::I32(a.bits() as i32),
        I64ReinterpretF64 => Const::I64(a.bits() as i64),
        F32ReinterpretI32 => Const::F32(a.bits() as u32),
        F64ReinterpretI64 => Const::F64(a.bits()),
        I32Extend8S => i32::from(a.i32() as i8).into(),
        I32Extend16S => i32::from(a.i32() as i16).into(),
        I64Extend8S => i64::from(a.i64() as i8).into(),
        I64Extend16S => i64::from(a.i64() as i16).into(),
        I64Extend32S => i64::from(a.i64() as i32).into(),
        // Rust's float to int casts saturate and send NaN to 0, as these do.
        I32TruncSatF32S => (a.f32() as i32).into(),
        I32TruncSatF32U => (a.f32() as u32).into(),
        I32TruncSatF64S => (a.f64() as i32).into(),
        I32TruncSatF64U => (a.f64() as u32).into(),
        I64TruncSatF32S => (a.f32() as i64).into(),
        I64TruncSatF32U => (a.f32() as u64).into(),
        I64TruncSatF64S => (a.f64() as i64).into(),
        I64TruncSatF64U => (a.f64() as u64).into(),
    })
}

/// Integer operations, the same for both widths.
macro_rules! int {
    ($a:expr, $b:expr, $int:ident, $uint:ident, div_s) => {
        match ($a, $b) {
            (_, 0) => return Err(ArithmeticTrap::DivideByZero),
            (a, b) => a.checked_div(b).ok_or(ArithmeticTrap::IntegerOverflow)?.into(),
        }
    };
    ($a:expr, $b:expr, $int:ident, $uint:ident, rem_s) => {
        match ($a, $b) {
            (_, 0) => return Err(ArithmeticTrap::DivideByZero),
            (a, b) => a.wrapping_rem(b).into(),
        }
    };
    ($a:expr, $b:expr, $int:ident, $uint:ident, $unsigned:ident) => {
        ($a as $uint).$unsigned($b as $uint).ok_or(ArithmeticTrap::DivideByZero)?.into()
    };
}

/// Evaluates a binary operation as WebAssembly does.
///
/// # Errors
/// The trap.
pub fn eval_binary(op: BinOp, a: Const, b: Const) -> Result<Const, ArithmeticTrap> {
    use BinOp::*;
    Ok(match op {
        I32Eq => (a.i32() == b.i32()).into(),
        I32Ne => (a.i32() != b.i32()).into(),
        I32LtS => (a.i32() < b.i32()).into(),
        I32LtU => ((a.i32() as u32) < b.i32() as u32).into(),
        I32GtS => (a.i32() > b.i32()).into(),
        I32GtU => (a.i32() as u32 > b.i32() as u32).into(),
        I32LeS => (a.i32() <= b.i32()).into(),
        I32LeU => (a.i32() as u32 <= b.i32() as u32).into(),
        I32GeS => (a.i32() >= b.i32()).into(),
        I32GeU => (a.i32() as u32 >= b.i32() as u32).into(),
        I64Eq => (a.i64() == b.i64()).into(),
        I64Ne => (a.i64() != b.i64()).into(),
        I64LtS => (a.i64() < b.i64()).into(),
        I64LtU => ((a.i64() as u64) < b.i64() as u64).into(),
        I64GtS => (a.i64() > b.i64()).into(),
        I64GtU => (a.i64() as u64 > b.i64() as u64).into(),
        I64LeS => (a.i64() <= b.i64()).into(),
        I64LeU => (a.i64() as u64 <= b.i64() as u64).into(),
        I64GeS => (a.i64() >= b.i64()).into(),
        I64GeU => (a.i64() as u64 >= b.i64() as u64).into(),
        F32Eq => (a.f32() == b.f32()).into(),
        F32Ne => (a.f32() != b.f32()).into(),
        F32Lt => (a.f32() < b.f32()).into(),
        F32Gt => (a.f32() > b.f32()).into(),
        F32Le => (a.f32() <= b.f32()).into(),
        F32Ge => (a.f32() >= b.f32()).into(),
        F64Eq => (a.f64() == b.f64()).into(),
        F64Ne => (a.f64() != b.f64()).into(),
        F64Lt => (a.f64() < b.f64()).into(),
        F64Gt => (a.f64() > b.f64()).into(),
        F64Le => (a.f64() <= b.f64()).into(),
        F64Ge => (a.f64() >= b.f64()).into(),
        I32Add => a.i32().wrapping_add(b.i32()).into(),
        I32Sub => a.i32().wrapping_sub(b.i32()).into(),
        I32Mul => a.i32().wrapping_mul(b.i32()).into(),
        I32DivS => int!(a.i32(), b.i32(), i32, u32, div_s),
        I32DivU => int!(a.i32(), b.i32(), i32, u32, checked_div),
        I32RemS => int!(a.i32(), b.i32(), i32, u32, rem_s),
        I32RemU => int!(a.i32(), b.i32(), i32, u32, checked_rem),
        I32And => (a.i32() & b.i32()).into(),
        I32Or => (a.i32() | b.i32()).into(),
        I32Xor => (a.i32() ^ b.i32()).into(),
        I32Shl => a.i32().wrapping_shl(b.i32() as u32).into(),
        I32ShrS => a.i32().wrapping_shr(b.i32() as u32).into(),
        I32ShrU => (a.i32() as u32).wrapping_shr(b.i32() as u32).into(),
        I32Rotl => a.i32().rotate_left(b.i32() as u32 & 31).into(),
        I32Rotr => a.i32().rotate_right(b.i32() as u32 & 31).into(),
        I64Add => a.i64().wrapping_add(b.i64()).into(),
        I64Sub => a.i64().wrapping_sub(b.i64()).into(),
        I64Mul => a.i64().wrapping_mul(b.i64()).into(),
        I64DivS => int!(a.i64(), b.i64(), i64, u64, div_s),
        I64DivU => int!(a.i64(), b.i64(), i64, u64, checked_div),
        I64RemS => int!(a.i64(), b.i64(), i64, u64, rem_s),
        I64RemU => int!(a.i64(), b.i64(), i64, u64, checked_rem),
        I64And => (a.i64() & b.i64()).into(),
        I64Or => (a.i64() | b.i64()).into(),
        I64Xor => (a.i64() ^ b.i64()).into(),
        I64Shl => a.i64().wrapping_shl(b.i64() as u32).into(),
        I64ShrS => a.i64().wrapping_shr(b.i64() as u32).into(),
        I64ShrU => (a.i64() as u64).wrapping_shr(b.i64() as u32).into(),
        I64Rotl => a.i64().rotate_left(b.i64() as u32 & 63).into(),
        I64Rotr => a.i64().rotate_right(b.i64() as u32 & 63).into(),
        F32Add => arith32(a.f32() + b.f32()),
        F32Sub => arith32(a.f32() - b.f32()),
        F32Mul => arith32(a.f32() * b.f32()),
        F32Div => arith32(a.f32() / b.f32()),
        F32Min => arith32(min(a.f32(), b.f32())),
        F32Max => arith32(-min(-a.f32(), -b.f32())),
        F32Copysign => Const::F32(copy_sign(a.bits(), b.bits(), 1 << 31) as u32),
        F64Add => arith64(a.f64() + b.f64()),
        F64Sub => arith64(a.f64() - b.f64()),
        F64Mul => arith64(a.f64() * b.f64()),
        F64Div => arith64(a.f64() / b.f64()),
        F64Min => arith64(min(a.f64(), b.f64())),
        F64Max => arith64(-min(-a.f64(), -b.f64())),
        F64Copysign => Const::F64(copy_sign(a.bits(), b.bits(), 1 << 63)),
    })
}

fn copy_sign(a: u64, b: u64, sign: u64) -> u64 {
    a & !sign | b & sign
}

/// WebAssembly's minimum: NaN wins, and -0 is less than +0.
fn min<T>(a: T, b: T) -> T
where
    T: Copy + PartialOrd + core::ops::Div<Output = T> + core::ops::Add<Output = T> + From<i8>,
{
    #[expect(clippy::eq_op, reason = "only a NaN differs from itself")]
    if a != a || b != b {
        return a + b;
    }
    if a == b {
        // Only zeros can be equal and differ: the negative one has the smaller reciprocal.
        let one = T::from(1);
        return if one / a < one / b { a } else { b };
    }
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minimum_and_maximum_know_zeros_and_nans() {
        let min = |a: f32, b: f32| binary(BinOp::F32Min, a.into(), b.into());
        let max = |a: f32, b: f32| binary(BinOp::F32Max, a.into(), b.into());
        assert_eq!(min(0.0, -0.0), Some((-0.0f32).into()));
        assert_eq!(min(-0.0, 0.0), Some((-0.0f32).into()));
        assert_eq!(max(0.0, -0.0), Some(0.0f32.into()));
        assert_eq!(max(-0.0, 0.0), Some(0.0f32.into()));
        assert_eq!(min(1.0, 2.0), Some(1.0f32.into()));
        assert_eq!(max(1.0, 2.0), Some(2.0f32.into()));
        assert_eq!(min(1.0, f32::NAN), None);
    }

    #[test]
    fn what_would_trap_is_not_folded() {
        assert_eq!(binary(BinOp::I32DivS, 1.into(), 0.into()), None);
        assert_eq!(binary(BinOp::I32DivS, i32::MIN.into(), (-1).into()), None);
        assert_eq!(binary(BinOp::I32RemS, i32::MIN.into(), (-1).into()), Some(0.into()));
        assert_eq!(binary(BinOp::I64DivU, 1i64.into(), 0i64.into()), None);
        assert_eq!(unary(UnOp::I32TruncF64S, 2147483648.0f64.into()), None);
        assert_eq!(unary(UnOp::I32TruncF64S, (-2147483648.9f64).into()), Some(i32::MIN.into()));
        assert_eq!(unary(UnOp::I64TruncF64S, (-TWO_63).into()), Some(i64::MIN.into()));
        assert_eq!(unary(UnOp::I32TruncF32U, f32::NAN.into()), None);
        assert_eq!(unary(UnOp::I32TruncSatF32U, f32::NAN.into()), Some(0.into()));
    }

    #[test]
    fn integers_wrap_and_shifts_take_their_count_modulo_the_width() {
        assert_eq!(binary(BinOp::I32Add, i32::MAX.into(), 1.into()), Some(i32::MIN.into()));
        assert_eq!(binary(BinOp::I32Shl, 1.into(), 33.into()), Some(2.into()));
        assert_eq!(binary(BinOp::I64ShrU, (-1i64).into(), 127i64.into()), Some(1i64.into()));
        assert_eq!(binary(BinOp::I32Rotl, 1.into(), (-1).into()), Some(i32::MIN.into()));
    }
}
