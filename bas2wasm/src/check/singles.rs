//! Literals of singles as GW-BASIC reads them: the digits as a whole number, divided or multiplied by
//! ten as often as the exponent says, with eight bits behind the mantissa and no more. `singles.bas`
//! does the same for what a running program reads, and says where the algorithms are from.

use wasm_common::number;
use wasm_common::text::format;

/// A mantissa of 32 bits, 24 and eight behind them, and the power of two that it is multiplied by.
#[derive(Clone, Copy)]
struct Wide {
    mantissa: u64,
    power: i32,
}

const TOP: u64 = 1 << 31;

/// The largest single.
pub(super) const LARGEST: f64 = 1.701_411_733_192_644_3e38;

impl Wide {
    /// The leading one brought to the top.
    fn normal(mut self) -> Self {
        while self.mantissa != 0 && self.mantissa < TOP {
            self.mantissa *= 2;
            self.power -= 1;
        }
        self
    }

    /// Long division in which the divisor loses the bits that are shifted out of it.
    fn tenth(self) -> Self {
        let (mut rest, mut divisor, mut quotient) = (self.mantissa, 10 << 28, 0);
        while divisor > 0 {
            quotient *= 2;
            if rest > divisor {
                rest -= divisor;
                quotient += 1;
            }
            divisor /= 2;
        }
        Self { mantissa: quotient, power: self.power - 3 }.normal()
    }

    fn ten_times(self) -> Self {
        let lost = u64::from(self.mantissa & 3 != 0);
        let (mut mantissa, mut power) = (self.mantissa + self.mantissa / 4, self.power + 3);
        if mantissa >= TOP * 2 {
            mantissa /= 2;
            power += 1;
        }
        Self { mantissa: mantissa | lost, power }
    }

    /// The nearest single, halves to even.
    fn single(self) -> f64 {
        let (kept, rest) = (self.mantissa >> 8, self.mantissa & 255);
        let up = rest > 128 || (rest == 128 && kept & 1 == 1);
        let mut value = (kept + u64::from(up)) as f64;
        for _ in 0..(self.power + 8).unsigned_abs() {
            value *= if self.power > -8 { 2.0 } else { 0.5 };
        }
        value
    }
}

/// The single that a literal of this value and of up to seven digits is; longer ones, which are
/// doubles, and those far from 1 are left as they are.
pub(super) fn literal(value: f64) -> f64 {
    let text = number::text(value);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_end_matches('0');
    let Ok(number) = digits.parse::<u64>() else { return value };
    let tens = (all.len() - digits.len()) as i32 - fraction.len() as i32;
    if number == 0 || number > 9_999_999 || tens.abs() > 36 {
        return value;
    }
    let mut wide = Wide { mantissa: number, power: 0 }.normal();
    for _ in 0..tens.unsigned_abs() {
        wide = if tens < 0 { wide.tenth() } else { wide.ten_times() };
    }
    wide.single()
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn literals_are_those_of_gw_basic() {
        // What PC-BASIC has in memory for each.
        let known = [
            (0.5, 0.5),
            (12.25, 12.25),
            (1e6, 1e6),
            (0.1, 0.100_000_001_490_116_12),
            (72.757, 72.756_996_154_785_16),
            (0.794, 0.793_999_969_959_259),
            (3306.474, 3_306.473_876_953_125),
        ];
        for (written, single) in known {
            assert_eq!(literal(written), single, "{written}");
        }
        assert_eq!(literal(0.123_456_789), 0.123_456_789);
    }
}
