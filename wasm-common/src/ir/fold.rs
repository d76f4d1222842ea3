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

    /// An integer, sign-extended.
    fn signed(self) -> i64 {
        self.int().unwrap_or_default()
    }

    /// A float: each of f32 is one of f64.
    fn float(self) -> f64 {
        match self {
            Self::F32(bits) => f64::from(f32::from_bits(bits)),
            _ => f64::from_bits(self.bits()),
        }
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
        Const::F32(_) | Const::F64(_) => value.float().is_nan(),
        Const::I32(_) | Const::I64(_) => false,
    }
}

/// A result of arithmetic as a float of type `ty`. NaNs are the canonical one, as on every engine that
/// matters to us.
fn arith(ty: Type, v: f64) -> Const {
    match (ty, v.is_nan()) {
        (Type::F32, true) => Const::F32(0x7FC0_0000),
        (Type::F32, false) => (v as f32).into(),
        (_, true) => Const::F64(0x7FF8_0000_0000_0000),
        (_, false) => v.into(),
    }
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

/// Evaluates a unary operation as WebAssembly does. One of f32 is that of f64, rounded: both have the same
/// exact result, and f64 has more than twice the bits, so that rounding twice is rounding once.
///
/// # Errors
/// The trap.
pub fn eval_unary(op: UnOp, a: Const) -> Result<Const, ArithmeticTrap> {
    use UnOp::*;
    Ok(match op {
        I32Eqz | I64Eqz => (a.bits() == 0).into(),
        I32Clz => a.i32().leading_zeros().into(),
        I32Ctz => a.i32().trailing_zeros().into(),
        I32Popcnt => a.i32().count_ones().into(),
        I64Clz => u64::from(a.i64().leading_zeros()).into(),
        I64Ctz => u64::from(a.i64().trailing_zeros()).into(),
        I64Popcnt => u64::from(a.i64().count_ones()).into(),
        F32Abs => Const::F32(a.bits() as u32 & 0x7FFF_FFFF),
        F32Neg => Const::F32(a.bits() as u32 ^ 0x8000_0000),
        F64Abs => Const::F64(a.bits() & !(1 << 63)),
        F64Neg => Const::F64(a.bits() ^ 1 << 63),
        F32Ceil | F64Ceil => arith(a.ty(), libm::ceil(a.float())),
        F32Floor | F64Floor => arith(a.ty(), libm::floor(a.float())),
        F32Trunc | F64Trunc => arith(a.ty(), libm::trunc(a.float())),
        F32Nearest | F64Nearest => arith(a.ty(), libm::rint(a.float())),
        F32Sqrt | F64Sqrt => arith(a.ty(), libm::sqrt(a.float())),
        I32WrapI64 => (a.i64() as i32).into(),
        I32TruncF32S | I32TruncF64S => to_i32(a.float())?,
        I32TruncF32U | I32TruncF64U => to_u32(a.float())?,
        I64TruncF32S | I64TruncF64S => to_i64(a.float())?,
        I64TruncF32U | I64TruncF64U => to_u64(a.float())?,
        I64ExtendI32S => a.signed().into(),
        I64ExtendI32U => a.bits().into(),
        F32ConvertI32S | F32ConvertI64S => (a.signed() as f32).into(),
        F32ConvertI32U | F32ConvertI64U => (a.bits() as f32).into(),
        F32DemoteF64 => arith(Type::F32, a.float()),
        F64ConvertI32S | F64ConvertI64S => (a.signed() as f64).into(),
        F64ConvertI32U | F64ConvertI64U => (a.bits() as f64).into(),
        F64PromoteF32 => arith(Type::F64, a.float()),
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
        I32TruncSatF32S | I32TruncSatF64S => (a.float() as i32).into(),
        I32TruncSatF32U | I32TruncSatF64U => (a.float() as u32).into(),
        I64TruncSatF32S | I64TruncSatF64S => (a.float() as i64).into(),
        I64TruncSatF32U | I64TruncSatF64U => (a.float() as u64).into(),
    })
}

/// Evaluates a binary operation as WebAssembly does. Integers of both widths are extended to 64 bits
/// and their results wrapped; floats are as in [`eval_unary`].
///
/// # Errors
/// The trap.
pub fn eval_binary(op: BinOp, a: Const, b: Const) -> Result<Const, ArithmeticTrap> {
    use BinOp::*;
    let ty = a.ty();
    let int = |value| Const::of_int(ty, value);
    let bits = if ty == Type::I32 { 32 } else { 64 };
    let count = b.bits() as u32 & (bits - 1);
    let divisor = || if b.bits() == 0 { Err(ArithmeticTrap::DivideByZero) } else { Ok(b.bits()) };
    Ok(match op {
        I32Eq | I64Eq => (a.bits() == b.bits()).into(),
        I32Ne | I64Ne => (a.bits() != b.bits()).into(),
        I32LtS | I64LtS => (a.signed() < b.signed()).into(),
        I32LtU | I64LtU => (a.bits() < b.bits()).into(),
        I32GtS | I64GtS => (a.signed() > b.signed()).into(),
        I32GtU | I64GtU => (a.bits() > b.bits()).into(),
        I32LeS | I64LeS => (a.signed() <= b.signed()).into(),
        I32LeU | I64LeU => (a.bits() <= b.bits()).into(),
        I32GeS | I64GeS => (a.signed() >= b.signed()).into(),
        I32GeU | I64GeU => (a.bits() >= b.bits()).into(),
        F32Eq | F64Eq => (a.float() == b.float()).into(),
        F32Ne | F64Ne => (a.float() != b.float()).into(),
        F32Lt | F64Lt => (a.float() < b.float()).into(),
        F32Gt | F64Gt => (a.float() > b.float()).into(),
        F32Le | F64Le => (a.float() <= b.float()).into(),
        F32Ge | F64Ge => (a.float() >= b.float()).into(),
        I32Add | I64Add => int(a.signed().wrapping_add(b.signed())),
        I32Sub | I64Sub => int(a.signed().wrapping_sub(b.signed())),
        I32Mul | I64Mul => int(a.signed().wrapping_mul(b.signed())),
        I32DivS | I64DivS => {
            divisor()?;
            let quotient = a.signed().checked_div(b.signed());
            let fits = quotient.filter(|&quotient| int(quotient).signed() == quotient);
            int(fits.ok_or(ArithmeticTrap::IntegerOverflow)?)
        }
        I32DivU | I64DivU => int((a.bits() / divisor()?).cast_signed()),
        I32RemS | I64RemS => {
            divisor()?;
            int(a.signed().wrapping_rem(b.signed()))
        }
        I32RemU | I64RemU => int((a.bits() % divisor()?).cast_signed()),
        I32And | I64And => int(a.signed() & b.signed()),
        I32Or | I64Or => int(a.signed() | b.signed()),
        I32Xor | I64Xor => int(a.signed() ^ b.signed()),
        I32Shl | I64Shl => int(a.signed() << count),
        I32ShrS | I64ShrS => int(a.signed() >> count),
        I32ShrU | I64ShrU => int((a.bits() >> count).cast_signed()),
        I32Rotl => a.i32().rotate_left(count).into(),
        I32Rotr => a.i32().rotate_right(count).into(),
        I64Rotl => a.i64().rotate_left(count).into(),
        I64Rotr => a.i64().rotate_right(count).into(),
        F32Add | F64Add => arith(ty, a.float() + b.float()),
        F32Sub | F64Sub => arith(ty, a.float() - b.float()),
        F32Mul | F64Mul => arith(ty, a.float() * b.float()),
        F32Div | F64Div => arith(ty, a.float() / b.float()),
        F32Min | F64Min => arith(ty, min(a.float(), b.float())),
        F32Max | F64Max => arith(ty, -min(-a.float(), -b.float())),
        F32Copysign => Const::F32(copy_sign(a.bits(), b.bits(), 1 << 31) as u32),
        F64Copysign => Const::F64(copy_sign(a.bits(), b.bits(), 1 << 63)),
    })
}

fn copy_sign(a: u64, b: u64, sign: u64) -> u64 {
    a & !sign | b & sign
}

/// WebAssembly's minimum: NaN wins, and -0 is less than +0.
fn min(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        return a + b;
    }
    if a == b {
        // Only zeros can be equal and differ: the negative one has the smaller reciprocal.
        return if 1.0 / a < 1.0 / b { a } else { b };
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

    proptest::proptest! {
        /// Singles through doubles, against the machine's own.
        #[test]
        fn singles_are_rounded_as_if_once(a: u32, b: u32) {
            use BinOp::*;
            let (x, y) = (f32::from_bits(a), f32::from_bits(b));
            let canonical = |v: f32| if v.is_nan() { Const::F32(0x7FC0_0000) } else { v.into() };
            let results = [(F32Add, x + y), (F32Sub, x - y), (F32Mul, x * y), (F32Div, x / y)];
            for (op, v) in results {
                proptest::prop_assert_eq!(eval_binary(op, x.into(), y.into()), Ok(canonical(v)));
            }
            for (op, v) in [(UnOp::F32Sqrt, x.sqrt()), (UnOp::F32Nearest, x.round_ties_even())] {
                proptest::prop_assert_eq!(eval_unary(op, x.into()), Ok(canonical(v)));
            }
            for (op, v) in [(UnOp::F32Ceil, x.ceil()), (UnOp::F32Floor, x.floor())] {
                proptest::prop_assert_eq!(eval_unary(op, x.into()), Ok(canonical(v)));
            }
        }
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
