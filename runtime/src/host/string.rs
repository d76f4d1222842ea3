//! BASIC strings: NUL-terminated bytes in the pool. Pointer 0 is the empty string.

use super::number::{Syntax, float, integer};
use super::{Calls, Device, Outcome, digits, give, guest::basic_text};
use crate::memory::GuestMemory;
use ::alloc::{format, vec::Vec};

pub(super) const CALLS: Calls = &[
    ("basic_str_alloc", |d, a, m| give(d.heap.alloc_pool(m, a.i32(0).max(4) as u32))),
    ("basic_str_chr", |d, a, m| new(d, m, &[a.u32(0) as u8])),
    ("basic_str_from_int", |d, a, m| new(d, m, format!("{}", a.i32(0)).as_bytes())),
    ("basic_str_from_i64", |d, a, m| new(d, m, format!("{}", a.i64(0)).as_bytes())),
    ("basic_str_from_float", |d, a, m| {
        new(d, m, digits::general_text(f64::from(a.f32(0)), 6).as_bytes())
    }),
    ("basic_str_from_f64", |d, a, m| new(d, m, digits::general_text(a.f64(0), 15).as_bytes())),
    ("basic_str_print_f32", |d, a, m| {
        new(d, m, digits::basic_text(f64::from(a.f32(0)), 7, 'E').as_bytes())
    }),
    ("basic_str_print_f64", |d, a, m| new(d, m, digits::basic_text(a.f64(0), 16, 'D').as_bytes())),
    ("basic_str_using", |d, a, m| {
        let field = basic_text(m, a.u32(0));
        new(d, m, &super::using::number(&field, a.f64(1)))
    }),
    ("basic_str_repeat", |d, a, m| repeat(d, m, a.i32(0), a.u32(1) as u8)),
    ("basic_str_space", |d, a, m| repeat(d, m, a.i32(0), b' ')),
    ("basic_str_hex", |d, a, m| new(d, m, format!("{:X}", a.u32(0)).as_bytes())),
    ("basic_str_oct", |d, a, m| new(d, m, format!("{:o}", a.u32(0)).as_bytes())),
    ("basic_str_free", |d, a, _| {
        d.heap.free_pool(a.u32(0));
        give(())
    }),
    ("basic_str_len", |_, a, m| give(basic_text(m, a.u32(0)).len() as u32)),
    ("basic_str_cmp", |_, a, m| {
        let (left, right) = (basic_text(m, a.u32(0)), basic_text(m, a.u32(1)));
        give(left.cmp(&right) as i32)
    }),
    ("basic_str_asc", |_, a, m| {
        let first = basic_text(m, a.u32(0)).first().copied();
        give(u32::from(first.unwrap_or(0)))
    }),
    ("basic_str_instr", |_, a, m| {
        let (text, word) = (basic_text(m, a.u32(0)), basic_text(m, a.u32(1)));
        give(position(&text, &word, a.i32(2).max(1) as usize))
    }),
    ("basic_str_to_int", |_, a, m| {
        let (value, hexadecimal) = whole(&basic_text(m, a.u32(0)));
        let decimal = value.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        give(if hexadecimal { value as i32 } else { decimal })
    }),
    ("basic_str_to_i64", |_, a, m| {
        let (value, hexadecimal) = whole(&basic_text(m, a.u32(0)));
        let decimal = value.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        give(if hexadecimal { value as i64 } else { decimal })
    }),
    ("basic_str_to_float", |_, a, m| {
        give(float::<f32>(&basic_text(m, a.u32(0)), Syntax::Basic).map_or(0.0, |(v, _)| v))
    }),
    ("basic_str_to_f64", |_, a, m| {
        give(float::<f64>(&basic_text(m, a.u32(0)), Syntax::Basic).map_or(0.0, |(v, _)| v))
    }),
    ("basic_str_copy", |d, a, m| edit(d, m, a.u32(0), |_| {})),
    ("basic_str_concat", |d, a, m| {
        let second = basic_text(m, a.u32(1));
        edit(d, m, a.u32(0), |text| text.extend_from_slice(&second))
    }),
    ("basic_str_mid", |d, a, m| {
        let (start, len) = (a.i32(1).max(1) as usize - 1, a.i32(2).max(0) as usize);
        edit(d, m, a.u32(0), |text| {
            text.drain(..start.min(text.len()));
            text.truncate(len);
        })
    }),
    ("basic_str_left", |d, a, m| {
        let n = a.i32(1).max(0) as usize;
        edit(d, m, a.u32(0), |text| text.truncate(n))
    }),
    ("basic_str_right", |d, a, m| {
        let n = a.i32(1).max(0) as usize;
        edit(d, m, a.u32(0), |text| {
            text.drain(..text.len().saturating_sub(n));
        })
    }),
    ("basic_str_upper", |d, a, m| edit(d, m, a.u32(0), |text| text.make_ascii_uppercase())),
    ("basic_str_lower", |d, a, m| edit(d, m, a.u32(0), |text| text.make_ascii_lowercase())),
    ("basic_str_trim", |d, a, m| edit(d, m, a.u32(0), |text| *text = text.trim_ascii().to_vec())),
    ("basic_str_ltrim", |d, a, m| {
        edit(d, m, a.u32(0), |text| *text = text.trim_ascii_start().to_vec())
    }),
    ("basic_str_rtrim", |d, a, m| {
        edit(d, m, a.u32(0), |text| *text = text.trim_ascii_end().to_vec())
    }),
    ("basic_str_mid_assign", |d, a, m| {
        let (start, count) = (a.i32(1).max(1) as usize - 1, a.i32(2).max(0) as usize);
        let source = basic_text(m, a.u32(3));
        edit(d, m, a.u32(0), |text| {
            let places = text.iter_mut().skip(start).take(count);
            places.zip(&source).for_each(|(place, &byte)| *place = byte);
        })
    }),
];

/// A new string; bytes from a NUL on do not count.
fn new(device: &mut Device<'_>, memory: &mut dyn GuestMemory, bytes: &[u8]) -> Outcome {
    let bytes = bytes.split(|&b| b == 0).next().unwrap_or(&[]);
    give(device.new_string(memory, bytes))
}

/// A new string: the one at `address`, changed.
fn edit(
    device: &mut Device<'_>,
    memory: &mut dyn GuestMemory,
    address: u32,
    change: impl FnOnce(&mut Vec<u8>),
) -> Outcome {
    let mut text = basic_text(memory, address);
    change(&mut text);
    new(device, memory, &text)
}

/// `count` times the same byte; more than memory holds gives 0, without making them first.
fn repeat(device: &mut Device<'_>, memory: &mut dyn GuestMemory, count: i32, byte: u8) -> Outcome {
    let count = if byte == 0 { 0 } else { count.max(0) as u32 };
    let address = device.heap.alloc_pool(memory, count.saturating_add(1));
    if address != 0 && memory.fill(address, byte, count).is_err() {
        device.heap.free(address);
        return give(0u32);
    }
    give(address)
}

/// 1-based position of `word` in `text` at or after the 1-based `start`; 0 if there is none. An
/// empty word is found at `start` while that is in the text.
fn position(text: &[u8], word: &[u8], start: usize) -> u32 {
    let Some(rest) = text.get(start - 1..) else { return 0 };
    if word.is_empty() {
        return if rest.is_empty() { 0 } else { start as u32 };
    }
    let found = rest.windows(word.len()).position(|part| part == word);
    found.map_or(0, |at| (start + at) as u32)
}

/// The integer at the start, and whether it was written with a base other than ten.
fn whole(text: &[u8]) -> (i128, bool) {
    let digits = text.trim_ascii_start();
    let digits = digits.strip_prefix(b"-").unwrap_or(digits);
    let other_base = matches!(digits, [b'0', b'x' | b'X', ..] | [b'&', ..]);
    (integer(text, 0, Syntax::Basic).map_or(0, |(value, _)| value), other_base)
}
