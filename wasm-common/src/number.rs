//! Decimal numbers to floats and back, exact and small: the core library's way has ten kilobytes of
//! tables.
//!
//! Always holds: what is read is the float that is nearest to the text, ties going to the even one
//! (IEEE 754, 5.12.2); what is written is the shortest text that reads as the same float.

use alloc::string::String;
use alloc::vec::Vec;

/// The double that `text` says: digits, at most one point, an exponent with `e`. `None` if it is
/// written in another way.
pub fn double(text: &str) -> Option<f64> {
    let (decimal, short) = Decimal::read(text)?;
    Some(short.unwrap_or_else(|| decimal.round(53, -1022)))
}

/// The single that `text` says, as [`double`] reads it, rounded once.
pub fn single(text: &str) -> Option<f32> {
    Some(Decimal::read(text)?.0.round(24, -126) as f32)
}

/// The shortest decimal that reads as `value`, without an exponent.
pub fn text(value: f64) -> String {
    let size = value.abs();
    let mut out = String::from(if value.is_sign_negative() { "-" } else { "" });
    if size.is_nan() {
        return "NaN".into();
    }
    if size.is_infinite() {
        return out + "inf";
    }
    let exact = Decimal::exact(size);
    let shown =
        (1..17).map(|count| exact.cut(count, true)).find(|short| short.round(53, -1022) == size);
    shown.unwrap_or_else(|| exact.cut(17, true)).write(0, &mut out);
    out
}

/// `size`, which is neither negative nor infinite, with `precision` digits behind the point.
pub fn fixed(size: f64, precision: usize) -> String {
    let exact = Decimal::exact(size);
    let precision = precision.min(i32::MAX as usize / 2);
    let mut out = String::new();
    match exact.point.saturating_add(precision as i32) {
        // Less than a tenth of what the last digit counts.
        ..0 => Decimal { digits: Vec::new(), point: 0 },
        count => exact.cut(count, false),
    }
    .write(precision, &mut out);
    out
}

/// One digit, `precision` digits behind the point, and the exponent of `size`, which is neither
/// negative nor infinite.
pub fn scientific(size: f64, precision: usize) -> (String, i32) {
    let exact = Decimal::exact(size);
    let mut shown =
        exact.cut(i32::try_from(precision).unwrap_or(i32::MAX).saturating_add(1), false);
    let exponent = if shown.digits.is_empty() { 0 } else { shown.point - 1 };
    shown.point = 1;
    let mut out = String::new();
    shown.write(precision, &mut out);
    (out, exponent)
}

/// A positive number: its digits stand behind a point that is moved `point` places to the right.
/// Neither the first nor the last digit is 0; zero has none.
#[derive(Clone)]
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// Digits that decide a rounding: the longest double that lies between two others has 767. Of what
/// comes behind, only counts that it is not zero.
const DIGITS: usize = 800;
/// The furthest shift in one step.
const STEP: i32 = 59;

impl Decimal {
    /// Reads a text; also its double where a multiplication of exact numbers tells it (Clinger,
    /// "How to read floating point numbers accurately", 1990).
    fn read(text: &str) -> Option<(Self, Option<f64>)> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (text, 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = || whole.bytes().chain(part.bytes());
        if digits().next().is_none() || !digits().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let zeros = digits().take_while(|&byte| byte == b'0').count();
        let length = |text: &str| i32::try_from(text.len()).unwrap_or(i32::MAX);
        let point = (length(whole) - zeros as i32).saturating_add(exponent);
        let mut out = Self { digits: Vec::new(), point };
        digits().skip(zeros).for_each(|byte| out.push(byte - b'0'));
        let number = out.digits.iter().try_fold(0, |number: u64, &digit| {
            (number < 1 << 49).then(|| 10 * number + u64::from(digit))
        });
        out.trim();
        let scale = exponent.saturating_sub(length(part));
        let short = number.filter(|_| scale.abs() <= 22).map(|number| {
            let power = (0..scale.abs()).fold(1.0, |power, _| 10.0 * power);
            if scale < 0 { number as f64 / power } else { number as f64 * power }
        });
        Some((out, short))
    }

    /// The digits of a double.
    fn exact(value: f64) -> Self {
        let bits = value.to_bits();
        let exponent = (bits >> 52) as i32;
        let hidden = if exponent == 0 { 0 } else { 1 << 52 };
        let mut number = bits & ((1 << 52) - 1) | hidden;
        let mut digits = Vec::new();
        while number > 0 {
            digits.push((number % 10) as u8);
            number /= 10;
        }
        digits.reverse();
        let mut out = Self { point: digits.len() as i32, digits };
        out.trim();
        out.shift(exponent.max(1) - 1075);
        out
    }

    /// Writes it with at least `precision` digits behind the point.
    fn write(&self, precision: usize, out: &mut String) {
        let zeros = |count: i32| core::iter::repeat_n('0', count.max(0) as usize);
        let mut digits = self.digits.iter().map(|&digit| char::from(b'0' + digit));
        let length = self.digits.len() as i32;
        out.extend(zeros(1 - self.point.max(0)));
        out.extend(digits.by_ref().take(self.point.max(0) as usize));
        out.extend(zeros(self.point - length));
        if digits.len() > 0 || precision > 0 {
            out.push('.');
            out.extend(zeros(if length > 0 { -self.point } else { 0 }));
            out.extend(digits);
            let behind = if length > 0 { length - self.point } else { 0 };
            out.extend(zeros(precision as i32 - behind.max(0)));
        }
    }

    /// Appends a digit, as far as that can matter.
    fn push(&mut self, digit: u8) {
        match self.digits.get_mut(DIGITS) {
            Some(last) => *last |= u8::from(digit != 0),
            None => self.digits.push(digit),
        }
    }

    /// Cuts zeros at the end.
    fn trim(&mut self) {
        let zeros = self.digits.iter().rev().take_while(|&&digit| digit == 0).count();
        self.digits.truncate(self.digits.len() - zeros);
    }

    /// Multiplies by two to the power of `by`.
    fn shift(&mut self, mut by: i32) {
        while by != 0 {
            let step = by.clamp(-STEP, STEP);
            match step {
                0.. => self.shift_left(step as u32),
                _ => self.shift_right(-step as u32),
            }
            by -= step;
        }
    }

    fn shift_left(&mut self, by: u32) {
        let mut rest = 0;
        let mut digits = Vec::with_capacity(self.digits.len() + 20);
        let mut old = self.digits.iter().rev();
        loop {
            match old.next() {
                Some(&digit) => rest += u64::from(digit) << by,
                None if rest == 0 => break,
                None => self.point += 1,
            }
            digits.push((rest % 10) as u8);
            rest /= 10;
        }
        self.digits.clear();
        digits.into_iter().rev().for_each(|digit| self.push(digit));
        self.trim();
    }

    fn shift_right(&mut self, by: u32) {
        let old = core::mem::take(&mut self.digits);
        let mut old = old.into_iter();
        let mut rest = 0;
        while rest != 0 || old.len() > 0 {
            rest = 10 * rest + u64::from(old.next().unwrap_or(0));
            let digit = (rest >> by) as u8;
            rest &= (1 << by) - 1;
            if digit == 0 && self.digits.is_empty() {
                self.point -= 1;
            } else {
                self.push(digit);
            }
        }
        self.trim();
    }

    /// The digits before the point, rounded half to even.
    fn whole(&self) -> u64 {
        let digit = |at: i32| usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied();
        let number = (0..self.point).fold(0, |n, at| 10 * n + u64::from(digit(at).unwrap_or(0)));
        let up = match digit(self.point) {
            Some(5) if self.digits.len() as i32 == self.point + 1 => number % 2 == 1,
            Some(first) => first >= 5,
            None => false,
        };
        number + u64::from(up)
    }

    /// The nearest number of at most `count` digits; of two the upper one if `tie_up`, else the even one.
    fn cut(&self, count: i32, tie_up: bool) -> Self {
        let count = usize::try_from(count).unwrap_or(0).min(self.digits.len());
        let mut out = Self { digits: self.digits[..count].to_vec(), point: self.point };
        let odd = out.digits.last().is_some_and(|last| last % 2 == 1);
        let up = match self.digits[count..] {
            [5] => odd || tie_up,
            [first, ..] => first >= 5,
            [] => false,
        };
        if up {
            let nines = out.digits.iter().rev().take_while(|&&digit| digit == 9).count();
            out.digits.truncate(count - nines);
            match out.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    out.digits.push(1);
                    out.point += 1;
                }
            }
        }
        out.trim();
        out
    }

    /// The nearest float with `precision` bits, of which the smallest normal one is two to the power
    /// of `least`.
    fn round(&self, precision: i32, least: i32) -> f64 {
        if self.digits.is_empty() || self.point < -330 {
            return 0.0;
        }
        if self.point > 310 {
            return f64::INFINITY;
        }
        // To a number from a half to one, times two to the power of `exponent`.
        let (mut number, mut exponent) = (self.clone(), 0);
        loop {
            let by = match number.point {
                1.. => -(3 * (number.point - 1)).clamp(1, STEP),
                0 if number.digits[0] >= 5 => break,
                _ => (-3 * number.point).clamp(1, STEP),
            };
            number.shift(by);
            exponent -= by;
        }
        let bits = precision.min(precision + exponent - 1 - least);
        if bits < 0 {
            return 0.0;
        }
        number.shift(bits);
        libm::scalbn(number.whole() as f64, exponent - bits)
    }
}

/// An exponent; one that is too large for its type is as large as that can be.
fn read_exponent(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse().unwrap_or(i32::MAX);
    Some(if text.starts_with('-') { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn doubles_as_the_core_library(bits: u64) {
            let value = f64::from_bits(bits & !(1 << 63));
            prop_assume!(value.is_finite());
            prop_assert_eq!(text(value), value.to_string());
            prop_assert_eq!(double(&text(value)), Some(value));
            prop_assert_eq!(double(&format!("{value:e}")), Some(value));
            let precision = bits as usize % 40;
            prop_assert_eq!(fixed(value, precision), format!("{value:.precision$}"));
            let (digits, exponent) = scientific(value, precision);
            prop_assert_eq!(format!("{digits}e{exponent}"), format!("{value:.precision$e}"));
        }

        #[test]
        fn few_digits_as_the_core_library(number in 0u32..100_000, scale in 0i32..8, precision in 0usize..9) {
            // Many of these are halfway between two texts.
            let value = f64::from(number) / f64::from(1 << scale);
            prop_assert_eq!(fixed(value, precision), format!("{value:.precision$}"));
            let (digits, exponent) = scientific(value, precision);
            prop_assert_eq!(format!("{digits}e{exponent}"), format!("{value:.precision$e}"));
        }

        #[test]
        fn texts_as_the_core_library(text in "[0-9]{0,25}(\\.[0-9]{0,25})?([eE][+-]?[0-9]{0,3})?") {
            prop_assert_eq!(double(&text), text.parse().ok());
            prop_assert_eq!(single(&text), text.parse().ok());
        }

        #[test]
        fn halves_between_singles(bits in 0u32..0x7F80_0000, more in "[0-9]{0,3}") {
            let (low, high) = (f32::from_bits(bits), f32::from_bits(bits + 1));
            let high = if high.is_finite() { f64::from(high) } else { 2f64.powi(128) };
            let mut half = ((f64::from(low) + high) / 2.0).to_string();
            half += if half.contains('.') { "" } else { "." };
            half += &more;
            prop_assert_eq!(single(&half), half.parse().ok());
        }
    }

    #[test]
    fn far_ends() {
        let long = format!("0.{}1{}", "0".repeat(400), "7".repeat(1000));
        let tie = "2.2250738585072011360574097967091319759348195463516456480234261097248222220210";
        let largest = "1.7976931348623158079372897140530341507993413271003782693617377898e308";
        for text in [&long, tie, largest, "1e-400", "1e400", "0e99999999999", "5e-324", "2.4e-324"]
        {
            assert_eq!(double(text), text.parse().ok(), "{text}");
        }
        let half = format!("{:.1100}", f64::from_bits(1) / 2.0 + 0.0);
        assert_eq!(double(&half), half.parse().ok());
        assert_eq!(double("1e99999999999"), Some(f64::INFINITY));
        for bad in ["", ".", "e5", "1e", "1.2.3", "0x5", "+1", "inf", " 1"] {
            assert_eq!(double(bad), None, "{bad}");
        }
        assert_eq!(text(-0.0), "-0");
        // Of two shortest texts as near as each other, the core library takes the upper.
        assert_eq!(text(2_266_413_032_027_929.0 / 4.0), "566603258006982.3");
        assert_eq!(text(f64::NEG_INFINITY), "-inf");
    }
}
