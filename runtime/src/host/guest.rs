//! Strings and buffers of the guest, read with every bound checked.

use crate::memory::{GuestMemory, OutOfBounds};
use ::alloc::{string::String, vec, vec::Vec};
use wasm_common::abi::files::{MAX_PATH, PROTECTED};

/// Bytes moved at once where a length is not known beforehand.
pub(super) const CHUNK: usize = 64;

/// The NUL-terminated bytes at `address`, without the NUL.
///
/// # Errors
/// If memory ends before a NUL.
pub(super) fn text(memory: &mut dyn GuestMemory, address: u32) -> Result<Vec<u8>, OutOfBounds> {
    text_up_to(memory, address, u32::MAX)
}

/// The same, but `limit` bytes at most; a NUL need not follow those.
///
/// # Errors
/// If memory ends before a NUL and before `limit` bytes.
pub(super) fn text_up_to(
    memory: &mut dyn GuestMemory,
    address: u32,
    limit: u32,
) -> Result<Vec<u8>, OutOfBounds> {
    let mut all = Vec::new();
    let mut at = address;
    let mut left = limit as usize;
    while left > 0 {
        let mut chunk = [0; CHUNK];
        let room = memory.size().saturating_sub(at) as usize;
        let len = room.min(CHUNK).min(left);
        if len == 0 {
            return Err(OutOfBounds);
        }
        memory.read(at, &mut chunk[..len])?;
        if let Some(end) = chunk[..len].iter().position(|&b| b == 0) {
            all.extend_from_slice(&chunk[..end]);
            return Ok(all);
        }
        all.extend_from_slice(&chunk[..len]);
        at += len as u32;
        left -= len;
    }
    Ok(all)
}

/// The NUL-terminated `wchar_t`s at `address`, as UTF-8 of at most `limit` bytes; no character is
/// cut. What is no character becomes U+FFFD.
///
/// # Errors
/// If memory ends before the NUL and before `limit` bytes.
pub(super) fn wide_text(
    memory: &mut dyn GuestMemory,
    address: u32,
    limit: usize,
) -> Result<Vec<u8>, OutOfBounds> {
    let mut all = Vec::new();
    let mut at = address;
    while all.len() < limit {
        let unit = memory.read_u32(at)?;
        let mut buffer = [0; 4];
        let text = character(unit).encode_utf8(&mut buffer).as_bytes();
        if unit == 0 || all.len() + text.len() > limit {
            break;
        }
        all.extend_from_slice(text);
        at = at.checked_add(4).ok_or(OutOfBounds)?;
    }
    Ok(all)
}

/// The character that a `wchar_t` is.
pub(super) fn character(unit: u32) -> char {
    char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A BASIC string: pointer 0 and one that leaves memory are the empty string.
pub(super) fn basic_text(memory: &mut dyn GuestMemory, address: u32) -> Vec<u8> {
    if address == 0 { Vec::new() } else { text(memory, address).unwrap_or_default() }
}

/// `len` bytes at `address`.
///
/// # Errors
/// If they are not all inside memory; nothing is allocated then.
pub(super) fn bytes(
    memory: &mut dyn GuestMemory,
    address: u32,
    len: u32,
) -> Result<Vec<u8>, OutOfBounds> {
    check(memory, address, len)?;
    let mut all = vec![0; len as usize];
    memory.read(address, &mut all)?;
    Ok(all)
}

/// Whether `len` bytes at `address` lie inside memory.
///
/// # Errors
/// If they do not.
pub(super) fn check(memory: &dyn GuestMemory, address: u32, len: u32) -> Result<(), OutOfBounds> {
    match address.checked_add(len) {
        Some(end) if end <= memory.size() => Ok(()),
        _ => Err(OutOfBounds),
    }
}

/// A path that a program may use: absolute, without `..`, not too long, not of the protected
/// file.
pub(super) fn path(memory: &mut dyn GuestMemory, address: u32) -> Option<String> {
    if address == 0 {
        return None;
    }
    let bytes = text_up_to(memory, address, MAX_PATH as u32).ok()?;
    let path = String::from_utf8(bytes).ok()?;
    allowed(&path).then_some(path)
}

/// The rule of [`path`].
pub(crate) fn allowed(path: &str) -> bool {
    let last = path.rsplit('/').find(|part| !matches!(*part, "" | ".")).unwrap_or("");
    path.starts_with('/')
        && path.len() < MAX_PATH
        && !path.contains("..")
        && !last.eq_ignore_ascii_case(PROTECTED)
}
