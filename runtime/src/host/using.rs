//! PRINT USING: a number in a field such as `**$##,###.##^^^^-` (QuickBASIC 4.5 language reference).

use super::digits;
use ::alloc::{format, string::String, vec::Vec};
use wasm_common::abi::format::MAX_COUNT;

/// A numeric field, taken apart.
#[derive(Default)]
struct Field {
    /// Places before the point, commas and what `**` and `$$` add included.
    whole: usize,
    /// Places after the point.
    decimals: Option<usize>,
    /// Filled with `*` instead of blanks.
    stars: bool,
    /// A dollar sign before the number.
    dollar: bool,
    /// Commas between thousands.
    commas: bool,
    /// `+` before the number.
    sign_before: bool,
    /// `+` after the number.
    sign_after: bool,
    /// `-` after the number when it is negative.
    minus_after: bool,
    /// `^^^^` or `^^^^^`: places for the exponent.
    exponent: usize,
}

/// The number in the field; a field without `#` gives `%g` text.
pub(super) fn number(field: &[u8], value: f64) -> Vec<u8> {
    match parse(field) {
        Some(field) if value.is_finite() => render(&field, value).into_bytes(),
        _ => digits::general_text(value, 6).into_bytes(),
    }
}

fn parse(text: &[u8]) -> Option<Field> {
    let mut f = Field::default();
    let mut rest = text;
    let mut take = |prefix: &[u8]| match rest.strip_prefix(prefix) {
        Some(after) => {
            rest = after;
            true
        }
        None => false,
    };
    f.sign_before = take(b"+");
    if take(b"**$") {
        (f.stars, f.dollar, f.whole) = (true, true, 3);
    } else if take(b"**") {
        (f.stars, f.whole) = (true, 2);
    } else if take(b"$$") {
        (f.dollar, f.whole) = (true, 2);
    }
    let mut places = 0;
    loop {
        if take(b"#") {
            places += 1;
        } else if take(b",") {
            (f.commas, places) = (true, places + 1);
        } else {
            break;
        }
    }
    f.whole += places;
    if take(b".") {
        let mut decimals = 0;
        while take(b"#") {
            decimals += 1;
        }
        f.decimals = Some(decimals);
    }
    if take(b"^^^^^") {
        f.exponent = 5;
    } else if take(b"^^^^") {
        f.exponent = 4;
    }
    if !f.sign_before {
        f.sign_after = take(b"+");
        f.minus_after = !f.sign_after && take(b"-");
    }
    let digits = f.whole + f.decimals.unwrap_or(0);
    (digits > 0 && digits <= MAX_COUNT as usize).then_some(f)
}

fn render(field: &Field, value: f64) -> String {
    let decimals = field.decimals.unwrap_or(0);
    let (body, exponent) = if field.exponent > 0 {
        scientific(field, value.abs(), decimals)
    } else {
        (format!("{:.decimals$}", value.abs()), String::new())
    };
    let negative = value < 0.0;
    let (whole, part) = body.split_once('.').unwrap_or((&body, ""));
    let mut number = String::new();
    if (negative || field.sign_before) && !field.sign_after && !field.minus_after {
        number.push(if negative { '-' } else { '+' });
    }
    if field.dollar {
        number.push('$');
    }
    let room = field.whole + usize::from(field.sign_before);
    // Without room for it, the zero before the point goes.
    let no_zero = whole == "0" && decimals > 0 && number.len() + 1 > room;
    if !no_zero {
        number.push_str(&if field.commas { thousands(whole) } else { whole.into() });
    }
    let fill = if field.stars { "*" } else { " " };
    let mut text = if number.len() > room {
        format!("%{number}")
    } else {
        fill.repeat(room - number.len()) + &number
    };
    if field.decimals.is_some() {
        text.push('.');
        text.push_str(part);
    }
    text.push_str(&exponent);
    match (field.sign_after, field.minus_after, negative) {
        (true, _, true) | (_, true, true) => text.push('-'),
        (true, _, false) => text.push('+'),
        (_, true, false) => text.push(' '),
        _ => {}
    }
    text
}

/// Digits and exponent that use all places before the point but the sign's.
fn scientific(field: &Field, size: f64, decimals: usize) -> (String, String) {
    let sign_place = usize::from(!field.sign_before && !field.sign_after && !field.minus_after);
    let whole = field.whole.saturating_sub(sign_place).max(usize::from(field.whole > 0));
    let shown = (whole + decimals).max(1);
    let text = format!("{size:.*e}", shown - 1);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent = exponent.parse::<i32>().unwrap_or(0) + 1 - whole as i32;
    let exponent = if size == 0.0 { 0 } else { exponent };
    let (front, back) = digits.split_at(whole.min(digits.len()));
    let front = if front.is_empty() { "0" } else { front };
    let sign = if exponent < 0 { '-' } else { '+' };
    let places = field.exponent - 2;
    (format!("{front}.{back}"), format!("E{sign}{:0places$}", exponent.abs()))
}

fn thousands(whole: &str) -> String {
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_the_manual() {
        let cases = [
            ("##.##", 0.78, " 0.78"),
            ("###.##", 987.654, "987.65"),
            ("##.##", 10.2, "10.20"),
            ("##.##", 111.22, "%111.22"),
            (".##", 0.999, "%1.00"),
            ("+##.##", -68.95, "-68.95"),
            ("+##.##", 2.4, " +2.40"),
            ("##.##-", -68.95, "68.95-"),
            ("##.##-", 22.449, "22.45 "),
            ("**#.#", 12.39, "*12.4"),
            ("**#.#", -0.9, "*-0.9"),
            ("$$###.##", 456.78, " $456.78"),
            ("**$##.##", 2.34, "***$2.34"),
            ("####,.##", 1234.5, "1,234.50"),
            ("##.##^^^^", 234.56, " 2.35E+02"),
            (".####^^^^-", -888_888.0, ".8889E+06-"),
            ("+.##^^^^", 123.0, "+.12E+03"),
        ];
        for (field, value, text) in cases {
            assert_eq!(String::from_utf8_lossy(&number(field.as_bytes(), value)), text, "{field}");
        }
    }
}
