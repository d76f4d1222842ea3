//! Values of BASIC, and what the operators do with them.
//!
//! i32 and i64 wrap; `/` of integers truncates, and an integer divided by 0 has no value;
//! comparisons give -1 or 0.

use super::ast::{Op, Ty};

/// A value with its type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Int(i32),
    Long(i64),
    Single(f32),
    Text(String),
}

use Value::{Int, Long, Single, Text};

/// What a variable holds at first.
pub(super) fn zero(ty: Ty) -> Value {
    match ty {
        Ty::Int => Int(0),
        Ty::Long => Long(0),
        Ty::Single => Single(0.0),
        Ty::Text => Text(String::new()),
    }
}

/// Whether IF takes it for true: anything but 0.
pub(super) fn truthy(value: &Value) -> bool {
    !matches!(value, Int(0) | Long(0)) && !matches!(value, Single(value) if *value == 0.0)
}

/// A number as a single.
pub(super) fn as_f32(value: &Value) -> f32 {
    match value {
        Int(value) => *value as f32,
        Long(value) => *value as f32,
        Single(value) => *value,
        Text(_) => unreachable!("a text in arithmetic"),
    }
}

/// An integer as 64 bits.
pub(super) fn as_i64(value: &Value) -> i64 {
    match value {
        Int(value) => (*value).into(),
        Long(value) => *value,
        other => unreachable!("{other:?} as an integer"),
    }
}

/// Their order; none when one is NaN.
pub(super) fn compare(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Text(a), Text(b)) => Some(a.cmp(b)),
        (Single(_), _) | (_, Single(_)) => as_f32(a).partial_cmp(&as_f32(b)),
        _ => Some(as_i64(a).cmp(&as_i64(b))),
    }
}

/// -1 if the comparison holds, else 0.
pub(super) fn comparison(op: Op, a: &Value, b: &Value) -> Value {
    let order = compare(a, b);
    let holds = match op {
        Op::Ne => order.is_none_or(std::cmp::Ordering::is_ne),
        Op::Eq => order.is_some_and(std::cmp::Ordering::is_eq),
        Op::Lt => order.is_some_and(std::cmp::Ordering::is_lt),
        Op::Gt => order.is_some_and(std::cmp::Ordering::is_gt),
        Op::Le => order.is_some_and(std::cmp::Ordering::is_le),
        _ => order.is_some_and(std::cmp::Ordering::is_ge),
    };
    Int(if holds { -1 } else { 0 })
}

/// Arithmetic of singles.
pub(super) fn floating(op: Op, a: f32, b: f32) -> f32 {
    match op {
        Op::Add => a + b,
        Op::Sub => a - b,
        Op::Mul => a * b,
        Op::Div => a / b,
        other => unreachable!("{other:?} of floats is not generated"),
    }
}

/// Arithmetic of integers of a width; none when it divides by 0.
macro_rules! integer_arithmetic {
    ($($name:ident $int:ty)*) => {$(
        pub(super) fn $name(op: Op, a: $int, b: $int) -> Option<$int> {
            Some(match op {
                Op::Add => a.wrapping_add(b),
                Op::Sub => a.wrapping_sub(b),
                Op::Mul => a.wrapping_mul(b),
                Op::Div | Op::IntDiv => a.checked_div(b)?,
                Op::Mod if b == 0 => return None,
                Op::Mod => a.wrapping_rem(b),
                Op::And => a & b,
                Op::Or => a | b,
                Op::Xor => a ^ b,
                other => unreachable!("{other:?} is a comparison"),
            })
        }
    )*};
}

integer_arithmetic! { integer32 i32 integer64 i64 }

/// As `>` and FORMAT print it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Text(text) => text.clone(),
        other => general(other),
    }
}

/// An integer as `%d`, a float as `%g`: six significant digits, no trailing zeros (C11 7.21.6.1).
pub(super) fn general(value: &Value) -> String {
    let value = match value {
        Int(value) => return value.to_string(),
        Long(value) => return value.to_string(),
        Single(value) => f64::from(*value),
        Text(_) => unreachable!("STR$ of a text"),
    };
    if value == 0.0 || !value.is_finite() {
        let sign = if value.is_sign_negative() { "-" } else { "" };
        return if value == 0.0 {
            format!("{sign}0")
        } else if value.is_nan() {
            "nan".into()
        } else {
            format!("{sign}inf")
        };
    }
    let scientific = format!("{value:.5e}");
    let (digits, exponent) = scientific.split_once('e').expect("has an exponent");
    let exponent: i32 = exponent.parse().expect("a number");
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text.to_string(),
    };
    if (-4..6).contains(&exponent) {
        return trim(&format!("{value:.*}", (5 - exponent) as usize));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trim(digits), exponent.abs())
}
