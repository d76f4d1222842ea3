//! Arithmetic that is more than one Rust operator: float rounding and minima, conversions, and the
//! operations that are rare enough to share a slower path.

use super::super::code::{Ins, Rare};
use super::Stop;

/// The float operations that `core` has not.
mod float {
    #[cfg(feature = "std")]
    macro_rules! from_std {
        ($float:ty: $($name:ident = $method:ident)*) => {
            $(pub(super) fn $name(x: $float) -> $float {
                x.$method()
            })*
        };
    }
    #[cfg(feature = "std")]
    from_std!(f32: ceil32 = ceil floor32 = floor trunc32 = trunc nearest32 = round_ties_even
        sqrt32 = sqrt);
    #[cfg(feature = "std")]
    from_std!(f64: ceil64 = ceil floor64 = floor trunc64 = trunc nearest64 = round_ties_even
        sqrt64 = sqrt);
    #[cfg(not(feature = "std"))]
    pub(super) use libm::{
        ceil as ceil64, ceilf as ceil32, floor as floor64, floorf as floor32, rint as nearest64,
        rintf as nearest32, sqrt as sqrt64, sqrtf as sqrt32, trunc as trunc64, truncf as trunc32,
    };
}

/// Makes functions for both float types. A NaN operand gives a quiet NaN, -0 is less than 0.
macro_rules! floats {
    ($float:ty, $min:ident, $max:ident, $round:ident) => {
        fn $min(x: $float, y: $float) -> $float {
            if x.is_nan() || y.is_nan() {
                x + y
            } else if x < y || (x == y && x.is_sign_negative()) {
                x
            } else {
                y
            }
        }

        fn $max(x: $float, y: $float) -> $float {
            if x.is_nan() || y.is_nan() {
                x + y
            } else if x > y || (x == y && x.is_sign_positive()) {
                x
            } else {
                y
            }
        }

        /// Rounds with `f`, a NaN to a quiet one.
        fn $round(x: $float, f: fn($float) -> $float) -> $float {
            if x.is_nan() { x + x } else { f(x) }
        }
    };
}

floats!(f32, min32, max32, round32);
floats!(f64, min64, max64, round64);

/// `x` as an integer of the given type, if its integral part fits it.
macro_rules! to_int {
    ($x:expr, $int:ty, $float:ty) => {{
        let x: $float = $x;
        // Both bounds are exact: powers of two.
        let below = 2.0 * ((<$int>::MAX / 2 + 1) as $float);
        let above = <$int>::MIN as $float;
        if x.is_nan() {
            Err(Stop::InvalidConversion)
        } else if x < below && (x > above - 1.0 || x >= above) {
            Ok(x as $int)
        } else {
            Err(Stop::IntegerOverflow)
        }
    }};
}

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
        Rare::FMin => setf(min32(f(b), f(c))),
        Rare::FMax => setf(max32(f(b), f(c))),
        Rare::FCopysign => set(w(b) & 0x7FFF_FFFF | w(c) & 0x8000_0000),
        Rare::DAbs => set64(l(b) & (u64::MAX >> 1)),
        Rare::DSqrt => setd(float::sqrt64(d(b))),
        Rare::DCeil => setd(round64(d(b), float::ceil64)),
        Rare::DFloor => setd(round64(d(b), float::floor64)),
        Rare::DTrunc => setd(round64(d(b), float::trunc64)),
        Rare::DNearest => setd(round64(d(b), float::nearest64)),
        Rare::DMin => setd(min64(d(b), d(c))),
        Rare::DMax => setd(max64(d(b), d(c))),
        Rare::DCopysign => set64(l(b) & (u64::MAX >> 1) | l(c) & (1 << 63)),
        Rare::I32F32S => set(to_int!(f(b), i32, f32)? as u32),
        Rare::I32F32U => set(to_int!(f(b), u32, f32)?),
        Rare::I32F64S => set(to_int!(d(b), i32, f64)? as u32),
        Rare::I32F64U => set(to_int!(d(b), u32, f64)?),
        Rare::I64F32S => set64(to_int!(f(b), i64, f32)? as u64),
        Rare::I64F32U => set64(to_int!(f(b), u64, f32)?),
        Rare::I64F64S => set64(to_int!(d(b), i64, f64)? as u64),
        Rare::I64F64U => set64(to_int!(d(b), u64, f64)?),
        Rare::SatI32F32S => set(f(b) as i32 as u32),
        Rare::SatI32F32U => set(f(b) as u32),
        Rare::SatI32F64S => set(d(b) as i32 as u32),
        Rare::SatI32F64U => set(d(b) as u32),
        Rare::SatI64F32S => set64(f(b) as i64 as u64),
        Rare::SatI64F32U => set64(f(b) as u64),
        Rare::SatI64F64S => set64(d(b) as i64 as u64),
        Rare::SatI64F64U => set64(d(b) as u64),
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
