//! Constants and strings: spelling to value (C11 6.4.4, 6.4.5).
//!
//! In: one token's text, or several strings' texts. Out: the value, or what is wrong with it.

use crate::ast::{CharLit, Encoding, FloatLit, FloatSuffix, IntLit, StringLit};
use crate::codes;
use alloc::{borrow::Cow, string::String, vec::Vec};
use wasm_common::text::{format, text};
use wasm_common::{
    diag::Diagnostic,
    number,
    source::{self, Span},
};

type Result<T> = core::result::Result<T, Diagnostic>;

/// A numeric constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer.
    Int(IntLit),
    /// A floating one.
    Float(FloatLit),
}

/// The value of a preprocessing number.
///
/// # Errors
/// If it is neither an integer nor a floating constant, or too large for 64 bits.
pub fn number(text: &str, span: Span) -> Result<Number> {
    let plain: Cow<'_, str> =
        if text.contains('\'') { text.replace('\'', "").into() } else { text.into() };
    let lower = plain.as_bytes().get(1).map_or(0, u8::to_ascii_lowercase);
    let (digits, radix) = match (plain.as_bytes()[0], lower) {
        (b'0', b'x') => (&plain[2..], 16),
        (b'0', b'b') => (&plain[2..], 2),
        _ => (&*plain, 10),
    };
    if !separators_are_between_digits(text, radix) {
        return Err(bad_number(span, text!("a `'` stands between two digits")));
    }
    let floating = match radix {
        16 => digits.contains(['.', 'p', 'P']),
        10 => digits.contains(['.', 'e', 'E']),
        _ => false,
    };
    if floating {
        return float(digits, radix == 16, text, span).map(Number::Float);
    }
    let octal = radix == 10 && digits.len() > 1 && digits.starts_with('0');
    integer(digits, if octal { 8 } else { radix }, text, span).map(Number::Int)
}

/// C23 6.4.4.1: no separator beside a prefix, a point, an exponent or another one.
fn separators_are_between_digits(text: &str, radix: u32) -> bool {
    let digit = |b: Option<&u8>| b.is_some_and(|&b| char::from(b).is_digit(radix));
    let bytes = text.as_bytes();
    let mut separators = bytes.iter().enumerate().filter(|&(_, &b)| b == b'\'');
    separators.all(|(at, _)| digit(bytes.get(at.wrapping_sub(1))) && digit(bytes.get(at + 1)))
}

fn bad_number(span: Span, text: impl Into<alloc::string::String>) -> Diagnostic {
    codes::BAD_NUMBER.error(span, text)
}

fn integer(digits: &str, radix: u32, text: &str, span: Span) -> Result<IntLit> {
    let end = digits.find(|c: char| !c.is_digit(radix.max(10))).unwrap_or(digits.len());
    let (digits, suffix) = digits.split_at(end);
    if digits.is_empty() {
        return Err(bad_number(span, format!("`{text}` has no digits")));
    }
    let mut value = 0_u64;
    for c in digits.chars() {
        let Some(digit) = c.to_digit(radix) else {
            let kind = if radix == 8 { "octal" } else { "binary" };
            let message = format!("`{c}` is no {kind} digit");
            let help = text!("a leading 0 makes a number octal");
            let diagnostic = bad_number(span, message);
            return Err(if radix == 8 { diagnostic.help(help) } else { diagnostic });
        };
        let next = value.checked_mul(u64::from(radix)).and_then(|v| v.checked_add(digit.into()));
        value = next
            .ok_or_else(|| bad_number(span, text!("integer constant does not fit in 64 bits")))?;
    }
    let (unsigned, longs) = match suffix {
        "" => (false, 0),
        "u" | "U" => (true, 0),
        "l" | "L" => (false, 1),
        "ll" | "LL" => (false, 2),
        "ul" | "uL" | "Ul" | "UL" | "lu" | "lU" | "Lu" | "LU" => (true, 1),
        "ull" | "uLL" | "Ull" | "ULL" | "llu" | "llU" | "LLu" | "LLU" => (true, 2),
        _ => return Err(bad_suffix(suffix, span)),
    };
    Ok(IntLit { value, decimal: radix == 10, unsigned, longs })
}

fn bad_suffix(suffix: &str, span: Span) -> Diagnostic {
    if suffix.contains(['i', 'j', 'I', 'J']) {
        return codes::UNSUPPORTED.error(span, text!("imaginary constants are not supported"));
    }
    bad_number(span, format!("`{suffix}` is no suffix of a number"))
}

fn float(digits: &str, hex: bool, text: &str, span: Span) -> Result<FloatLit> {
    let end = float_end(digits.as_bytes(), hex);
    let (digits, suffix) = digits.split_at(end);
    let suffix = match suffix {
        "" | "f64" | "F64" | "f32x" | "F32x" | "d" | "D" => FloatSuffix::None,
        "f" | "F" | "f32" | "F32" => FloatSuffix::F,
        "l" | "L" | "f64x" | "F64x" => FloatSuffix::L,
        _ => return Err(bad_suffix(suffix, span)),
    };
    let malformed = || bad_number(span, format!("`{text}` is not a floating constant"));
    let single = suffix == FloatSuffix::F;
    let value = if hex {
        hex_float(digits, if single { 24 } else { 53 }).ok_or_else(malformed)?
    } else if single {
        number::single(digits).ok_or_else(malformed)?.into()
    } else {
        number::double(digits).ok_or_else(malformed)?
    };
    Ok(FloatLit { value, suffix })
}

/// Length of digits, point and exponent.
fn float_end(text: &[u8], hex: bool) -> usize {
    let digit = |b: &u8| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
    let mantissa = text.iter().take_while(|&b| digit(b) || *b == b'.').count();
    let exponent = if hex { b'p' } else { b'e' };
    match text.get(mantissa) {
        Some(e) if e.to_ascii_lowercase() == exponent => {
            let sign = text.get(mantissa + 1).is_some_and(|b| matches!(b, b'+' | b'-'));
            let start = mantissa + 1 + usize::from(sign);
            start + text[start..].iter().take_while(|b| b.is_ascii_digit()).count()
        }
        _ => mantissa,
    }
}

/// `1.8p3`, rounded once to `precision` bits (half to even); `None` if malformed.
fn hex_float(text: &str, precision: u32) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let exponent = exponent.parse::<i64>().ok().or_else(|| {
        let digits = exponent.trim_start_matches(['+', '-']);
        let large = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        large.then_some(if exponent.starts_with('-') { -1_000_000 } else { 1_000_000 })
    })?;
    let mut bits = 0_u64;
    let mut scale = exponent.clamp(-1_000_000, 1_000_000);
    for (index, c) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = c.to_digit(16)?;
        let in_fraction = index >= whole.len();
        // Two digits more than any precision; of the others it counts whether one is not zero.
        if bits >> 56 == 0 {
            bits = bits << 4 | u64::from(digit);
            scale -= if in_fraction { 4 } else { 0 };
        } else {
            bits |= u64::from(digit != 0);
            scale += if in_fraction { 0 } else { 4 };
        }
    }
    Some(round(bits, scale, precision))
}

/// `bits * 2^scale` with `precision` bits, as the nearest number of that format.
fn round(bits: u64, scale: i64, precision: u32) -> f64 {
    let least = if precision == 24 { -149 } else { -1074 };
    let length = i64::from(64 - bits.leading_zeros());
    let drop = (length - i64::from(precision)).max(least - scale);
    let (mut kept, scale) = match drop {
        ..=0 => (bits, scale),
        64.. => (0, 0),
        _ => {
            let half = 1_u64 << (drop - 1);
            let rest = bits & ((half << 1) - 1);
            let kept = bits >> drop;
            let up = rest > half || rest == half && kept & 1 == 1;
            (kept + u64::from(up), scale + drop)
        }
    };
    let mut scale = scale;
    while kept != 0 && kept & 1 == 0 {
        kept >>= 1;
        scale += 1;
    }
    let largest = if precision == 24 { 128 } else { 1024 };
    if kept == 0 {
        return 0.0;
    }
    if i64::from(64 - kept.leading_zeros()) + scale > largest {
        return f64::INFINITY;
    }
    let mut value = kept as f64;
    // Exact: `kept` has at most 53 bits and the result is representable.
    let step = |scale: i64| f64::from_bits(((scale + 1023) as u64) << 52);
    while scale != 0 {
        let part = scale.clamp(-1000, 1000);
        value *= step(part);
        scale -= part;
    }
    value
}

/// The prefix of a literal, and what lies between its quotes.
fn split_literal(text: &str, quote: char) -> (Encoding, &str) {
    let start = text.find(quote).unwrap_or(0);
    let encoding = match &text[..start] {
        "L" => Encoding::Wide,
        "u" => Encoding::Utf16,
        "U" => Encoding::Utf32,
        "u8" => Encoding::Utf8,
        _ => Encoding::Plain,
    };
    (encoding, &text[start + 1..text.len() - 1])
}

/// The value of a character constant.
///
/// # Errors
/// For malformed escapes, and more than one character behind `u` and `U`.
pub fn character(text: &str, span: Span) -> Result<CharLit> {
    let (encoding, inside) = split_literal(text, '\'');
    let mut units = Units::new(encoding);
    units.decode(inside, span)?;
    let Units { bytes, unknown_escape, .. } = units;
    let width = encoding.width();
    let count = bytes.len() / width;
    let several = count > 1;
    if several && !matches!(encoding, Encoding::Plain | Encoding::Wide) || count == 0 {
        let text = text!("a character constant with a prefix must be one character of its type");
        return Err(codes::BAD_ESCAPE.error(span, text));
    }
    let value = match encoding {
        Encoding::Plain if !several => i32::from(bytes[0] as i8),
        Encoding::Plain => bytes.iter().fold(0, |value: i32, &b| value << 8 | i32::from(b)),
        _ => {
            bytes[bytes.len() - width..].iter().rev().fold(0, |value, &b| value << 8 | i32::from(b))
        }
    };
    Ok(CharLit { value, encoding, several, unknown_escape })
}

/// The bytes of adjacent string literals, joined (C11 5.1.1.2, phase 6).
///
/// # Errors
/// For malformed escapes, and prefixes that do not go together.
pub fn string<'t>(parts: impl Iterator<Item = (&'t str, Span)> + Clone) -> Result<StringLit> {
    let mut encoding = Encoding::Plain;
    let mut whole: Option<Span> = None;
    for (text, span) in parts.clone() {
        let own = split_literal(text, '"').0;
        if own != Encoding::Plain && encoding != Encoding::Plain && own != encoding {
            let text = text!("adjacent strings have different prefixes");
            return Err(codes::BAD_ESCAPE.error(span, text));
        }
        encoding = if own == Encoding::Plain { encoding } else { own };
        whole = Some(whole.map_or(span, |all| all.to(span)));
    }
    let mut units = Units::new(encoding);
    for (text, span) in parts {
        units.decode(split_literal(text, '"').1, span)?;
    }
    let Units { bytes, unknown_escape, .. } = units;
    Ok(StringLit { bytes, encoding, span: whole.unwrap_or_default(), unknown_escape })
}

/// The elements of a literal.
struct Units {
    bytes: Vec<u8>,
    encoding: Encoding,
    unknown_escape: Option<char>,
}

impl Units {
    fn new(encoding: Encoding) -> Self {
        Self { bytes: Vec::new(), encoding, unknown_escape: None }
    }

    /// Appends the characters of `text`, escapes decoded.
    fn decode(&mut self, text: &str, span: Span) -> Result<()> {
        let mut rest = text;
        while let Some(at) = rest.find('\\') {
            self.encode(&rest[..at]);
            rest = self.escape(&rest[at + 1..], span)?;
        }
        self.encode(rest);
        Ok(())
    }

    fn encode(&mut self, text: &str) {
        match self.encoding {
            Encoding::Plain | Encoding::Utf8 => source::push_bytes(text, &mut self.bytes),
            _ => text.chars().for_each(|c| self.encode_char(source::latin(c))),
        }
    }

    fn encode_char(&mut self, c: char) {
        let out = &mut self.bytes;
        match self.encoding {
            Encoding::Plain | Encoding::Utf8 => {
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Encoding::Utf16 => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|u| out.extend(u.to_le_bytes()));
            }
            Encoding::Utf32 | Encoding::Wide => out.extend((c as u32).to_le_bytes()),
        }
    }

    /// Decodes what follows a backslash; gives the rest.
    fn escape<'t>(&mut self, text: &'t str, span: Span) -> Result<&'t str> {
        let bad = |text: String| Err(codes::BAD_ESCAPE.error(span, text));
        let Some(c) = text.chars().next() else {
            return bad(text!("nothing follows the backslash").into());
        };
        let after = &text[c.len_utf8()..];
        let simple = match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\x07',
            'b' => '\x08',
            'v' => '\x0b',
            'f' => '\x0c',
            'e' | 'E' => '\x1b',
            '\\' | '\'' | '"' | '?' => c,
            '0'..='7' => {
                let length = text.bytes().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                return self.numeric(&text[..length], 8, span).map(|()| &text[length..]);
            }
            'x' => {
                let length = after.bytes().take_while(u8::is_ascii_hexdigit).count();
                if length == 0 {
                    return bad(text!("`\\x` must be followed by hexadecimal digits").into());
                }
                return self.numeric(&after[..length], 16, span).map(|()| &after[length..]);
            }
            'u' | 'U' => {
                let length = if c == 'u' { 4 } else { 8 };
                let digits = after.get(..length).and_then(|d| u32::from_str_radix(d, 16).ok());
                let Some(c) = digits.and_then(char::from_u32) else {
                    return bad(text!(
                        "a universal character name needs 4 or 8 digits of a character"
                    )
                    .into());
                };
                self.encode_char(c);
                return Ok(&after[length..]);
            }
            _ => {
                self.unknown_escape.get_or_insert(c);
                c
            }
        };
        self.encode_char(simple);
        Ok(after)
    }

    /// An octal or hexadecimal escape: one element.
    fn numeric(&mut self, digits: &str, radix: u32, span: Span) -> Result<()> {
        let width = self.encoding.width();
        let value = u32::from_str_radix(digits, radix).ok();
        match value.filter(|v| width == 4 || v >> (8 * width) == 0) {
            Some(value) => self.bytes.extend_from_slice(&value.to_le_bytes()[..width]),
            None => {
                let text = format!("escape `{digits}` does not fit in {} bits", 8 * width);
                return Err(codes::BAD_ESCAPE.error(span, text));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Number {
        number(text, Span::default()).unwrap()
    }

    fn float_value(text: &str) -> f64 {
        match value(text) {
            Number::Float(float) => float.value,
            Number::Int(_) => panic!("{text} is an integer"),
        }
    }

    #[test]
    fn integers() {
        let int = |value, decimal, unsigned, longs| {
            Number::Int(IntLit { value, decimal, unsigned, longs })
        };
        assert_eq!(value("0"), int(0, true, false, 0));
        assert_eq!(value("0777uLL"), int(511, false, true, 2));
        assert_eq!(value("0xFfFfFfFfFfFfFfFf"), int(u64::MAX, false, false, 0));
        assert_eq!(value("0b1'01"), int(5, false, false, 0));
        for bad in ["08", "1x", "0x", "18446744073709551616", "1lul", "0b2"] {
            assert!(number(bad, Span::default()).is_err(), "{bad}");
        }
    }

    #[test]
    fn floats_round_once() {
        assert_eq!(float_value("1e-400"), 0.0);
        assert_eq!(float_value("0x1.8p3"), 12.0);
        assert_eq!(float_value("0x1p-1074"), 5e-324);
        assert_eq!(float_value("0x0.8p-1074"), 0.0);
        assert_eq!(float_value("0x1.00000000000008p0"), 1.0);
        assert_eq!(float_value("0x1.000000000000081p0"), 1.0 + f64::EPSILON);
        assert_eq!(float_value("0x1.fffffep127f"), f64::from(f32::MAX));
        assert_eq!(float_value("0x1p1024"), f64::INFINITY);
        assert_eq!(float_value("0.1f"), f64::from(0.1_f32));
        for bad in ["1e", "1.0q", "0x1.0", "1..2"] {
            assert!(number(bad, Span::default()).is_err(), "{bad}");
        }
    }

    #[test]
    fn characters() {
        let value = |text| character(text, Span::default()).unwrap().value;
        assert_eq!(value(r"'\377'"), -1);
        assert_eq!(value("'ab'"), 0x6162);
        assert_eq!(value(r"L'\x1234'"), 0x1234);
        assert_eq!(value("u'ä'"), 0xe4);
        assert_eq!(value(r"'\''"), 39);
        assert!(character("U'ab'", Span::default()).is_err());
    }

    #[test]
    fn strings_join_and_widen() {
        let parts = [("\"a\"", Span::default()), ("L\"\\x42\"", Span::default())];
        let joined = string(parts.into_iter()).unwrap();
        assert_eq!(joined.bytes, [b'a', 0, 0, 0, 0x42, 0, 0, 0]);
        assert_eq!(joined.len_with_zero(), 3);
        assert!(string([("\"\\400\"", Span::default())].into_iter()).is_err());
    }
}
