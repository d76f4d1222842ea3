//! Numbers to text, as C's `printf` and BASIC's `PRINT` write them. No memory, no output.

use ::alloc::{format, string::String};
use wasm_common::abi::format::{Flags, Length};
use wasm_common::number::{self, scientific};

/// Bytes of an integer with this length modifier.
pub(super) fn size_of(length: Length) -> usize {
    match length {
        Length::Char => 1,
        Length::Short => 2,
        Length::LongLong => 8,
        Length::Int | Length::Long | Length::Size | Length::LongDouble => 4,
    }
}

/// An integer argument, cut to its length, with the conversion's letter.
pub(super) struct Integer {
    letter: u8,
    negative: bool,
    magnitude: u64,
}

impl Integer {
    /// From the raw bits of the argument.
    pub(super) fn new(letter: u8, length: Length, bits: u64) -> Self {
        let unused = 64 - 8 * size_of(length) as u32;
        if matches!(letter, b'd' | b'i') {
            let value = (bits as i64) << unused >> unused;
            return Self { letter, negative: value < 0, magnitude: value.unsigned_abs() };
        }
        Self { letter, negative: false, magnitude: bits << unused >> unused }
    }

    /// Its digits, filled up to `precision`.
    pub(super) fn text(&self, precision: Option<usize>, alternate: bool) -> String {
        let n = self.magnitude;
        if n == 0 && precision == Some(0) && !(alternate && self.letter == b'o') {
            return String::new();
        }
        match self.letter {
            b'x' | b'p' => format!("{n:x}"),
            b'X' => format!("{n:X}"),
            b'o' if alternate && n != 0 => format!("0{n:o}"),
            b'o' => format!("{n:o}"),
            _ => format!("{n}"),
        }
    }

    /// What stands before the digits and before any zeros: sign or `0x`.
    pub(super) fn prefix(&self, flags: &Flags) -> &'static str {
        match self.letter {
            b'd' | b'i' => sign(self.negative, flags),
            b'p' => "0x",
            b'x' if flags.alternate && self.magnitude != 0 => "0x",
            b'X' if flags.alternate && self.magnitude != 0 => "0X",
            _ => "",
        }
    }
}

fn sign(negative: bool, flags: &Flags) -> &'static str {
    match (negative, flags.plus, flags.space) {
        (true, _, _) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        (false, false, false) => "",
    }
}

/// Prefix (sign and `0x`) and body of a float, for a letter of `eEfFgGaA`.
pub(super) fn float(
    letter: u8,
    flags: &Flags,
    precision: Option<usize>,
    value: f64,
) -> (String, String) {
    // WebAssembly leaves the sign of a NaN open, so it says nothing.
    let negative = value.is_sign_negative() && !value.is_nan();
    let mut prefix = String::from(sign(negative, flags));
    let size = value.abs();
    let mut body = if size.is_nan() {
        "nan".into()
    } else if size.is_infinite() {
        "inf".into()
    } else {
        let six = precision.unwrap_or(6);
        match letter.to_ascii_lowercase() {
            b'e' => exponent(size, six, flags.alternate),
            b'f' => fixed(size, six, flags.alternate),
            b'g' => general(size, six, flags.alternate),
            _ => {
                prefix.push_str("0x");
                hexadecimal(size, precision, flags.alternate)
            }
        }
    };
    if letter.is_ascii_uppercase() {
        body.make_ascii_uppercase();
        prefix.make_ascii_uppercase();
    }
    (prefix, body)
}

fn fixed(size: f64, precision: usize, alternate: bool) -> String {
    let point = if alternate && precision == 0 { "." } else { "" };
    number::fixed(size, precision) + point
}

fn with_exponent(digits: &str, exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

fn exponent(size: f64, precision: usize, alternate: bool) -> String {
    let (digits, exponent) = scientific(size, precision);
    let point = if alternate && precision == 0 { "." } else { "" };
    with_exponent(&(digits + point), exponent)
}

fn general(size: f64, precision: usize, alternate: bool) -> String {
    let significant = precision.max(1);
    let (digits, exponent) = scientific(size, significant - 1);
    let keep = |text: String| if alternate { text } else { without_zeros(text) };
    if exponent < -4 || exponent >= significant as i32 {
        with_exponent(&keep(digits), exponent)
    } else {
        keep(fixed(size, (significant as i32 - 1 - exponent) as usize, alternate))
    }
}

/// Cuts zeros at the end of a fraction, and its point when nothing is left.
fn without_zeros(text: String) -> String {
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').into()
}

/// `%a` without its `0x`.
fn hexadecimal(size: f64, precision: Option<usize>, alternate: bool) -> String {
    const FRACTION: u32 = 52;
    let bits = size.to_bits();
    let biased = (bits >> FRACTION) as i32;
    let fraction = bits & ((1 << FRACTION) - 1);
    let (mut mantissa, exponent) = match (biased, fraction) {
        (0, 0) => (0, 0),
        (0, _) => (fraction, -1022),
        _ => (fraction | 1 << FRACTION, biased - 1023),
    };
    let digits = precision.unwrap_or(13);
    if digits < 13 {
        let cut = 4 * (13 - digits as u32);
        let half = 1u64 << (cut - 1);
        let rest = mantissa & ((1 << cut) - 1);
        mantissa >>= cut;
        if rest > half || (rest == half && mantissa & 1 == 1) {
            mantissa += 1;
        }
        mantissa <<= cut;
    }
    let mut text = format!("{:x}", mantissa >> FRACTION);
    let mut tail = format!("{:013x}", mantissa & ((1 << FRACTION) - 1));
    match precision {
        None => tail.truncate(tail.trim_end_matches('0').len()),
        Some(p) if p <= 13 => tail.truncate(p),
        Some(p) => tail.extend(core::iter::repeat_n('0', p - 13)),
    }
    if !tail.is_empty() || alternate {
        text.push('.');
        text.push_str(&tail);
    }
    format!("{text}p{exponent:+}")
}

/// `%.<precision>g` text with its sign.
pub(super) fn general_text(value: f64, precision: usize) -> String {
    let (prefix, body) = float(b'g', &Flags::default(), Some(precision), value);
    prefix + &body
}

/// The text that QuickBASIC's PRINT gives a number of at most `significant` digits: no zero before
/// the point, an exponent only where the digits do not fit, marked `letter`.
pub(super) fn basic_text(value: f64, significant: usize, letter: char) -> String {
    if !value.is_finite() {
        return general_text(value, significant);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let (digits, exponent) = scientific(value.abs(), significant - 1);
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let count = digits.len() as i32;
    let limit = significant as i32;
    if digits.is_empty() {
        return "0".into();
    }
    if (0..limit).contains(&exponent) {
        let point = exponent + 1;
        if count <= point {
            return format!("{sign}{digits}{}", "0".repeat((point - count) as usize));
        }
        let (whole, part) = digits.split_at(point as usize);
        return format!("{sign}{whole}.{part}");
    }
    // A fraction is written out as long as all of its digits fit.
    if exponent < 0 && count - exponent - 1 <= limit {
        return format!("{sign}.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let mark = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{first}{point}{rest}{letter}{mark}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_as_c_writes_it() {
        let cases = [
            (0.0, "0"),
            (1.0, "1"),
            (0.1, "0.1"),
            (100_000.0, "100000"),
            (1_000_000.0, "1e+06"),
            (0.0001, "0.0001"),
            (0.000_012_345_67, "1.23457e-05"),
            (-2.5, "-2.5"),
            (2.714_285_714, "2.71429"),
            (1e100, "1e+100"),
            (999_999.5, "1e+06"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (value, text) in cases {
            assert_eq!(general_text(value, 6), text);
        }
    }

    #[test]
    fn hexadecimal_as_c_writes_it() {
        let cases = [
            (1.0, None, "1p+0"),
            (0.0, None, "0p+0"),
            (0.1, None, "1.999999999999ap-4"),
            (1.5, Some(0), "2p+0"),
            (0.1, Some(3), "1.99ap-4"),
            (5e-324, None, "0.0000000000001p-1022"),
            (3.0, Some(2), "1.80p+1"),
        ];
        for (value, precision, text) in cases {
            assert_eq!(hexadecimal(value, precision, false), text);
        }
    }

    #[test]
    fn basic_print_digits() {
        let cases = [
            (0.0, "0"),
            (0.5, ".5"),
            (-0.25, "-.25"),
            (1234567.0, "1234567"),
            (12345678.0, "1.234568E+07"),
            (0.001, ".001"),
            (f64::from(1.0f32 / 3.0), ".3333333"),
            (1e-10, "1E-10"),
            (100.0, "100"),
        ];
        for (value, text) in cases {
            assert_eq!(basic_text(value, 7, 'E'), text);
        }
        assert_eq!(basic_text(1e20, 16, 'D'), "1D+20");
    }
}
