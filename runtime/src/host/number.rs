//! Text to numbers: what stands at the start of a text, for VAL, `strtod` and `sscanf`.

use ::alloc::string::String;
use wasm_common::number;

/// Bytes of white space at the start.
pub(super) fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|b| b.is_ascii_whitespace() || **b == 0x0B).count()
}

/// What may stand where a number is expected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// C: `inf`, `nan`, `0x` floats.
    C,
    /// BASIC: exponents with D, `&H` and `&O`.
    Basic,
}

/// The float at the start of `text`, after blanks, and the bytes it takes; `None` when there is no
/// number. `T` is rounded to once.
pub(super) fn float<T: Float>(text: &[u8], syntax: Syntax) -> Option<(T, usize)> {
    let start = blanks(text);
    let rest = &text[start..];
    if syntax == Syntax::Basic && rest.first() == Some(&b'&') {
        let (value, len) = integer(rest, 0, syntax)?;
        return Some((T::from_f64(value as f64), start + len));
    }
    let sign = usize::from(matches!(rest.first(), Some(b'+' | b'-')));
    let special = match syntax {
        Syntax::C => special::<T>(&rest[sign..]),
        Syntax::Basic => None,
    };
    if let Some((size, len)) = special {
        let value = if rest[0] == b'-' { -size } else { size };
        return Some((value, start + sign + len));
    }
    let len = sign + decimal_len(&rest[sign..], syntax)?;
    let text: String = rest[..len]
        .iter()
        .map(|&b| if matches!(b, b'd' | b'D') { 'e' } else { char::from(b) })
        .collect();
    Some((T::parse(&text)?, start + len))
}

/// `f32` or `f64`.
pub(super) trait Float: core::ops::Neg<Output = Self> + Sized {
    fn parse(text: &str) -> Option<Self>;
    fn from_f64(value: f64) -> Self;
    /// `mantissa` times 2 to the `exponent`.
    fn from_binary(mantissa: u64, exponent: i32) -> Self;
}

/// The number behind a sign.
fn signed<T: core::ops::Neg<Output = T>>(text: &str, read: fn(&str) -> Option<T>) -> Option<T> {
    match text.strip_prefix('-') {
        Some(size) => read(size).map(T::neg),
        None => read(text.strip_prefix('+').unwrap_or(text)),
    }
}

impl Float for f32 {
    fn parse(text: &str) -> Option<Self> {
        signed(text, number::single)
    }

    fn from_f64(value: f64) -> Self {
        value as Self
    }

    fn from_binary(mantissa: u64, exponent: i32) -> Self {
        libm::scalbnf(mantissa as Self, exponent)
    }
}

impl Float for f64 {
    fn parse(text: &str) -> Option<Self> {
        signed(text, number::double)
    }

    fn from_f64(value: f64) -> Self {
        value
    }

    fn from_binary(mantissa: u64, exponent: i32) -> Self {
        libm::scalbn(mantissa as Self, exponent)
    }
}

/// Infinity, NaN or a hexadecimal float, without a sign, and its bytes.
fn special<T: Float>(text: &[u8]) -> Option<(T, usize)> {
    let starts = |word: &str| {
        text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word.as_bytes()))
    };
    if starts("infinity") {
        Some((T::from_f64(f64::INFINITY), 8))
    } else if starts("inf") {
        Some((T::from_f64(f64::INFINITY), 3))
    } else if starts("nan") {
        Some((T::from_f64(f64::NAN), 3 + tag_len(&text[3..])))
    } else if starts("0x") {
        hexadecimal(&text[2..]).map(|(value, len)| (value, len + 2))
    } else {
        None
    }
}

/// Bytes of what may stand behind `nan`: letters and digits in parentheses.
fn tag_len(text: &[u8]) -> usize {
    let word = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
    let inner = text.iter().skip(1).take_while(word).count();
    let closed = text.first() == Some(&b'(') && text.get(1 + inner) == Some(&b')');
    if closed { inner + 2 } else { 0 }
}

/// Hexadecimal digits with a point and a binary exponent. Of digits beyond 64 bits only counts that
/// they are not all zero.
fn hexadecimal<T: Float>(text: &[u8]) -> Option<(T, usize)> {
    let (mut mantissa, mut exponent) = (0u64, 0i32);
    let (mut at, mut digits, mut point) = (0, 0, false);
    while let Some(&b) = text.get(at) {
        if b == b'.' && !point {
            point = true;
        } else if let Some(digit) = char::from(b).to_digit(16) {
            digits += 1;
            let full = mantissa >> 60 != 0;
            if full {
                mantissa |= u64::from(digit != 0);
            } else {
                mantissa = mantissa << 4 | u64::from(digit);
            }
            exponent = exponent.saturating_add(4 * (i32::from(full) - i32::from(point)));
        } else {
            break;
        }
        at += 1;
    }
    if digits == 0 {
        return None;
    }
    if let Some((shift, len)) = exponent_after(&text[at..], b"pP") {
        exponent = exponent.saturating_add(shift);
        at += len;
    }
    Some((T::from_binary(mantissa, exponent), at))
}

/// The exponent that starts with one of `letters`, and its bytes.
fn exponent_after(text: &[u8], letters: &[u8]) -> Option<(i32, usize)> {
    if !letters.contains(text.first()?) {
        return None;
    }
    let sign = usize::from(matches!(text.get(1), Some(b'+' | b'-')));
    let digits = text[1 + sign..].iter().take_while(|b| b.is_ascii_digit());
    let mut value = 0i32;
    let mut len = 0;
    for digit in digits {
        value = value.saturating_mul(10).saturating_add(i32::from(digit - b'0'));
        len += 1;
    }
    let value = if text.get(1) == Some(&b'-') { -value } else { value };
    (len > 0).then_some((value, 1 + sign + len))
}

/// Bytes of an unsigned decimal float.
fn decimal_len(text: &[u8], syntax: Syntax) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(0);
    let part = if text.get(whole) == Some(&b'.') { Some(digits(whole + 1)) } else { None };
    if whole + part.unwrap_or(0) == 0 {
        return None;
    }
    let len = whole + part.map_or(0, |p| p + 1);
    let letters: &[u8] = if syntax == Syntax::Basic { b"eEdD" } else { b"eE" };
    Some(len + exponent_after(&text[len..], letters).map_or(0, |(_, bytes)| bytes))
}

/// The integer at the start of `text`, after blanks and a sign, and the bytes it takes. Base 0
/// takes it from a prefix: `0x`, in C a leading `0`, in BASIC `&H` and `&O`. Wraps at 128 bits.
pub(super) fn integer(text: &[u8], base: u32, syntax: Syntax) -> Option<(i128, usize)> {
    let start = blanks(text);
    let sign = usize::from(matches!(text.get(start), Some(b'+' | b'-')));
    let rest = &text[start + sign..];
    let (base, prefix) = prefix(rest, base, syntax);
    let mut value = 0i128;
    let mut digits = 0;
    for digit in rest[prefix..].iter().map_while(|&b| char::from(b).to_digit(base)) {
        value = value.wrapping_mul(base.into()).wrapping_add(digit.into());
        digits += 1;
    }
    // `0x` without digits is the number 0.
    let (prefix, digits) =
        if digits == 0 && prefix == 2 && rest[0] == b'0' { (0, 1) } else { (prefix, digits) };
    let value = if text.get(start) == Some(&b'-') { value.wrapping_neg() } else { value };
    (digits > 0).then_some((value, start + sign + prefix + digits))
}

/// The base, and the bytes of the prefix that names it.
fn prefix(text: &[u8], base: u32, syntax: Syntax) -> (u32, usize) {
    match (text, base) {
        ([b'0', b'x' | b'X', ..], 0 | 16) => (16, 2),
        ([b'&', b'h' | b'H', ..], 0) if syntax == Syntax::Basic => (16, 2),
        ([b'&', b'o' | b'O', ..], 0) if syntax == Syntax::Basic => (8, 2),
        ([b'0', ..], 0) if syntax == Syntax::C => (8, 0),
        (_, 0) => (10, 0),
        _ => (base.clamp(2, 36), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats() {
        let c = |text: &str| float::<f64>(text.as_bytes(), Syntax::C);
        assert_eq!(c("  -1.5e3x"), Some((-1500.0, 8)));
        assert_eq!(c("1e"), Some((1.0, 1)));
        assert_eq!(c("1e+"), Some((1.0, 1)));
        assert_eq!(c(".5."), Some((0.5, 2)));
        assert_eq!(c("."), None);
        assert_eq!(c("-inf"), Some((f64::NEG_INFINITY, 4)));
        assert_eq!(c("0x1.8p1"), Some((3.0, 7)));
        assert_eq!(c("0x"), Some((0.0, 1)));
        assert_eq!(c("0x1.000000000000080000001p0"), Some((1.0 + f64::EPSILON, 27)));
        assert_eq!(
            float::<f32>(b"0x1.00000100000001p0", Syntax::C),
            Some((1.0 + f32::EPSILON, 20))
        );
        let nan = |text: &str| c(text).map(|(value, len)| (value.is_nan(), len));
        assert_eq!(nan("nan(1_x)z"), Some((true, 8)));
        assert_eq!(nan("nan(1"), Some((true, 3)));
        assert_eq!(c(""), None);
        let basic = |text: &str| float::<f64>(text.as_bytes(), Syntax::Basic);
        assert_eq!(basic("1.5D2"), Some((150.0, 5)));
        assert_eq!(basic("&HFF"), Some((255.0, 4)));
        assert_eq!(basic("inf"), None);
    }

    #[test]
    fn integers() {
        let c = |text: &str, base| integer(text.as_bytes(), base, Syntax::C);
        assert_eq!(c(" -42,", 10), Some((-42, 4)));
        assert_eq!(c("0x1F", 0), Some((31, 4)));
        assert_eq!(c("017", 0), Some((15, 3)));
        assert_eq!(c("0xg", 0), Some((0, 1)));
        assert_eq!(c("z", 10), None);
        assert_eq!(integer(b"017", 0, Syntax::Basic), Some((17, 3)));
        assert_eq!(integer(b"&o17", 0, Syntax::Basic), Some((15, 4)));
    }
}
