//! Arithmetic that is more than one Rust operator: float rounding and minima, conversions, and the
//! operations that are rare enough to share a slower path.

use super::super::code::{Ins, Rare};
use super::{Stop, float};

/// The lesser of two numbers, or the greater. A NaN gives a quiet NaN, -0 is less than 0.
macro_rules! extreme {
    ($name:ident, $float:ty) => {
        fn $name(x: $float, y: $float, least: bool) -> $float {
            if x.is_nan() || y.is_nan() {
                x + y
            } else if (x < y || x == y && x.is_sign_negative()) == least {
                x
            } else {
                y
            }
        }
    };
}

extreme!(extreme32, f32);
extreme!(extreme64, f64);

/// Rounds with `f`, a NaN to a quiet one.
fn round32(x: f32, f: fn(f32) -> f32) -> f32 {
    if x.is_nan() { x + x } else { f(x) }
}

/// The same.
fn round64(x: f64, f: fn(f64) -> f64) -> f64 {
    if x.is_nan() { x + x } else { f(x) }
}

/// Whether the integral part of `x` is an integer from `least` on, below `end`: powers of two, or 0,
/// so that they are exact.
macro_rules! integral {
    ($name:ident, $float:ty) => {
        fn $name(x: $float, least: $float, end: $float) -> Result<$float, Stop> {
            if x.is_nan() {
                Err(Stop::InvalidConversion)
            } else if x < end && (x > least - 1.0 || x >= least) {
                Ok(x)
            } else {
                Err(Stop::IntegerOverflow)
            }
        }
    };
}

integral!(integral32, f32);
integral!(integral64, f64);

/// 2 to the 31st, 32nd, 63rd and 64th.
const P31: f32 = (1_u32 << 31) as f32;
const P32: f32 = (1_u64 << 32) as f32;
const P63: f32 = (1_u64 << 63) as f32;
const P64: f32 = (1_u128 << 64) as f32;

fn div_s64(x: u64, y: u64) -> Result<u64, Stop> {
    let (x, y) = (x as i64, y as i64);
    if y == 0 {
        return Err(Stop::DivisionByZero);
    }
    x.checked_div(y).map(|q| q as u64).ok_or(Stop::IntegerOverflow)
}

/// The operation `Rare` number `imm` on slots b and c.
///
/// # Safety
/// The slots must be in the frame at `fp`, as the translator laid them out.
pub(super) unsafe fn rare(ins: Ins, fp: *mut u32) -> Result<(), Stop> {
    let slot = |number: u8| fp.wrapping_add(usize::from(number));
    // SAFETY: the caller's.
    let w = |number: u8| unsafe { *slot(number) };
    // SAFETY: the caller's.
    let l = |number: u8| unsafe { slot(number).cast::<u64>().read_unaligned() };
    let f = |number: u8| f32::from_bits(w(number));
    let d = |number: u8| f64::from_bits(l(number));
    let (b, c) = (ins.b, ins.c);
    // SAFETY: the caller's.
    let set = |bits: u32| unsafe { *slot(ins.a) = bits };
    // SAFETY: the caller's.
    let set64 = |bits: u64| unsafe { slot(ins.a).cast::<u64>().write_unaligned(bits) };
    let setf = |value: f32| set(value.to_bits());
    let setd = |value: f64| set64(value.to_bits());
    let nonzero = |y: u64| if y == 0 { Err(Stop::DivisionByZero) } else { Ok(y) };
    match Rare::ALL[ins.imm as usize] {
        Rare::DivS64 => set64(div_s64(l(b), l(c))?),
        Rare::DivU64 => set64(l(b) / nonzero(l(c))?),
        Rare::RemS64 => set64((l(b) as i64).wrapping_rem(nonzero(l(c))? as i64) as u64),
        Rare::RemU64 => set64(l(b) % nonzero(l(c))?),
        Rare::Rotr64 => set64(l(b).rotate_right(l(c) as u32 & 63)),
        Rare::Clz => set(w(b).leading_zeros()),
        Rare::Ctz => set(w(b).trailing_zeros()),
        Rare::Popcnt => set(w(b).count_ones()),
        Rare::Clz64 => set64(u64::from(l(b).leading_zeros())),
        Rare::Ctz64 => set64(u64::from(l(b).trailing_zeros())),
        Rare::Popcnt64 => set64(u64::from(l(b).count_ones())),
        Rare::Extend8S64 => set64(l(b) as i8 as u64),
        Rare::Extend16S64 => set64(l(b) as i16 as u64),
        Rare::Extend32S64 => set64(l(b) as i32 as u64),
        Rare::FAbs => set(w(b) & 0x7FFF_FFFF),
        Rare::FSqrt => setf(float::sqrt32(f(b))),
        Rare::FCeil => setf(round32(f(b), float::ceil32)),
        Rare::FFloor => setf(round32(f(b), float::floor32)),
        Rare::FTrunc => setf(round32(f(b), float::trunc32)),
        Rare::FNearest => setf(round32(f(b), float::nearest32)),
        Rare::FMin => setf(extreme32(f(b), f(c), true)),
        Rare::FMax => setf(extreme32(f(b), f(c), false)),
        Rare::FCopysign => set(w(b) & 0x7FFF_FFFF | w(c) & 0x8000_0000),
        Rare::DAbs => set64(l(b) & (u64::MAX >> 1)),
        Rare::DSqrt => setd(float::sqrt64(d(b))),
        Rare::DCeil => setd(round64(d(b), float::ceil64)),
        Rare::DFloor => setd(round64(d(b), float::floor64)),
        Rare::DTrunc => setd(round64(d(b), float::trunc64)),
        Rare::DNearest => setd(round64(d(b), float::nearest64)),
        Rare::DMin => setd(extreme64(d(b), d(c), true)),
        Rare::DMax => setd(extreme64(d(b), d(c), false)),
        Rare::DCopysign => set64(l(b) & (u64::MAX >> 1) | l(c) & (1 << 63)),
        Rare::I32F32S => set(integral32(f(b), -P31, P31)? as i32 as u32),
        Rare::I32F32U => set(integral32(f(b), 0.0, P32)? as u32),
        Rare::I32F64S => set(float::i32_of(integral64(d(b), f64::from(-P31), P31.into())?)),
        Rare::I32F64U => set(float::u32_of(integral64(d(b), 0.0, P32.into())?)),
        Rare::I64F32S => set64(float::i64_of(integral32(f(b), -P63, P63)?.into())),
        Rare::I64F32U => set64(float::u64_of(integral32(f(b), 0.0, P64)?.into())),
        Rare::I64F64S => set64(float::i64_of(integral64(d(b), f64::from(-P63), P63.into())?)),
        Rare::I64F64U => set64(float::u64_of(integral64(d(b), 0.0, P64.into())?)),
        Rare::SatI32F32S => set(f(b) as i32 as u32),
        Rare::SatI32F32U => set(f(b) as u32),
        Rare::SatI32F64S => set(float::i32_of(d(b))),
        Rare::SatI32F64U => set(float::u32_of(d(b))),
        Rare::SatI64F32S => set64(float::i64_of(f(b).into())),
        Rare::SatI64F32U => set64(float::u64_of(f(b).into())),
        Rare::SatI64F64S => set64(float::i64_of(d(b))),
        Rare::SatI64F64U => set64(float::u64_of(d(b))),
        Rare::F32I32S => setf(w(b) as i32 as f32),
        Rare::F32I32U => setf(w(b) as f32),
        Rare::F32I64S => setf(l(b) as i64 as f32),
        Rare::F32I64U => setf(l(b) as f32),
        Rare::F64I32S => setd(f64::from(w(b) as i32)),
        Rare::F64I32U => setd(f64::from(w(b))),
        Rare::F64I64S => setd(l(b) as i64 as f64),
        Rare::F64I64U => setd(l(b) as f64),
        Rare::F32F64 => setf(d(b) as f32),
        Rare::F64F32 => setd(f64::from(f(b))),
    }
    Ok(())
}
