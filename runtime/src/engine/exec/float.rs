//! The float operations that `core` has not: the platform's with `std`; without, few instructions
//! rather than the fastest.

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

#[cfg(feature = "std")]
macro_rules! to_integer {
    ($($name:ident: $int:ty as $bits:ty)*) => {
        $(pub(super) fn $name(x: f64) -> $bits {
            x as $int as $bits
        })*
    };
}
#[cfg(feature = "std")]
to_integer!(i32_of: i32 as u32 u32_of: u32 as u32 i64_of: i64 as u64 u64_of: u64 as u64);

#[cfg(not(feature = "std"))]
pub(super) use libm::{sqrt as sqrt64, sqrtf as sqrt32};
#[cfg(not(feature = "std"))]
pub(super) use small::*;

#[cfg(any(not(feature = "std"), test))]
mod small {
    macro_rules! rounding {
        ($float:ident: $trunc:ident $ceil:ident $floor:ident $nearest:ident) => {
            /// Toward zero. A NaN stays.
            #[inline(never)]
            pub(in super::super) fn $trunc(x: $float) -> $float {
                const FRACTION: u32 = $float::MANTISSA_DIGITS - 1;
                let bits = x.to_bits();
                let exponent = (bits << 1 >> (FRACTION + 1)) as i32;
                // How many bits of the fraction are left of the point:
                match exponent - ($float::MAX_EXP - 1) {
                    ..0 => (0.0 as $float).copysign(x),
                    whole if whole < FRACTION as i32 => {
                        let behind = FRACTION - whole as u32;
                        $float::from_bits(bits >> behind << behind)
                    }
                    _ => x,
                }
            }

            pub(in super::super) fn $ceil(x: $float) -> $float {
                let whole = $trunc(x);
                if whole < x { whole + 1.0 } else { whole }
            }

            pub(in super::super) fn $floor(x: $float) -> $float {
                let whole = $trunc(x);
                if whole > x { whole - 1.0 } else { whole }
            }

            /// To the nearest integer, halves to even.
            pub(in super::super) fn $nearest(x: $float) -> $float {
                // Sums in this range have no fraction.
                const WHOLE: $float = 1.0 / $float::EPSILON;
                if x.abs() < WHOLE { (x.abs() + WHOLE - WHOLE).copysign(x) } else { x }
            }
        };
    }

    /// The integral part without its sign, as far as there are bits; 0 for a NaN.
    #[inline(never)]
    fn magnitude(x: f64) -> u64 {
        let bits = x.to_bits();
        let digits = bits << 11 | 1 << 63;
        match (bits >> 52 & 0x7FF) as u32 {
            ..1023 => 0,
            exponent @ ..1087 => digits >> (1086 - exponent),
            _ if x.is_nan() => 0,
            _ => u64::MAX,
        }
    }

    /// As `x as u64` does, and so on: the nearest integer toward zero that there is.
    pub(in super::super) fn u64_of(x: f64) -> u64 {
        if x.is_sign_negative() { 0 } else { magnitude(x) }
    }

    pub(in super::super) fn i64_of(x: f64) -> u64 {
        match magnitude(x) {
            size if x.is_sign_negative() => size.min(1 << 63).wrapping_neg(),
            size => size.min(i64::MAX as u64),
        }
    }

    pub(in super::super) fn u32_of(x: f64) -> u32 {
        u64_of(x).min(u32::MAX.into()) as u32
    }

    pub(in super::super) fn i32_of(x: f64) -> u32 {
        (i64_of(x) as i64).clamp(i32::MIN.into(), i32::MAX.into()) as u32
    }

    rounding!(f32: trunc32 ceil32 floor32 nearest32);
    rounding!(f64: trunc64 ceil64 floor64 nearest64);
}

#[cfg(test)]
mod tests {
    use super::small;
    use proptest::prelude::*;

    fn same32(x: f32) -> bool {
        let pairs = [
            (small::trunc32(x), x.trunc()),
            (small::ceil32(x), x.ceil()),
            (small::floor32(x), x.floor()),
            (small::nearest32(x), x.round_ties_even()),
        ];
        pairs.iter().all(|(ours, std)| ours.to_bits() == std.to_bits() || x.is_nan())
    }

    fn same64(x: f64) -> bool {
        let pairs = [
            (small::trunc64(x), x.trunc()),
            (small::ceil64(x), x.ceil()),
            (small::floor64(x), x.floor()),
            (small::nearest64(x), x.round_ties_even()),
        ];
        pairs.iter().all(|(ours, std)| ours.to_bits() == std.to_bits() || x.is_nan())
    }

    fn same_integers(x: f64) -> bool {
        let wide = (small::i64_of(x), small::u64_of(x)) == (x as i64 as u64, x as u64);
        wide && (small::i32_of(x), small::u32_of(x)) == (x as i32 as u32, x as u32)
    }

    #[test]
    fn edges_round_as_the_platform_does() {
        for x in [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.5, 8_388_607.5, 8_388_608.0, 1e30, f32::MAX] {
            assert!(same32(x) && same32(-x) && same64(x.into()) && same64((-x).into()), "{x}");
        }
        for x in [f64::INFINITY, f64::MIN_POSITIVE, 5e-324, 4_503_599_627_370_495.5, 2e15 + 0.5] {
            assert!(same64(x) && same64(-x) && same32(x as f32), "{x}");
        }
        for power in [0, 1, 31, 32, 52, 53, 62, 63, 64, 65, 1000] {
            let x = 2.0_f64.powi(power);
            for x in [x, x.next_up(), x.next_down(), x - 0.5, x + 1.0, f64::NAN, f64::INFINITY] {
                assert!(same_integers(x) && same_integers(-x), "{x}");
            }
        }
        assert!(small::trunc64(f64::NAN).is_nan() && small::nearest32(f32::NAN).is_nan());
    }

    proptest! {
        #[test]
        fn numbers_round_as_the_platform_does(x in any::<f32>(), y in any::<f64>(), z in -9e15..9e15) {
            prop_assert!(same_integers(y) && same_integers(z * 1e4));
            prop_assert!(same32(x) && same64(y) && same64(z) && same32(z as f32 / 1e8));
        }
    }
}
