//! Console input, and output by stream.

use super::guest::{self, CHUNK};
use super::{Calls, Device, Outcome, give};
use crate::board::Key;
use crate::engine::HostError;
use crate::memory::GuestMemory;
use ::alloc::{vec, vec::Vec};

pub(super) const CALLS: Calls = &[
    ("console_read", |d, a, m| console_read(d, a.u32(0), a.i32(1), m)),
    ("console_key", |d, _, _| {
        give(match d.board.key() {
            Key::Byte(byte) => byte.into(),
            Key::None => -1,
            Key::End => -2,
        })
    }),
    ("console_write", |d, a, m| {
        let Ok(bytes) = guest::bytes(m, a.u32(1), a.u32(2)) else { return give(-1) };
        match a.i32(0) {
            1 => d.print(&bytes),
            2 => d.board.write_error(&bytes),
            _ => return give(-1),
        }
        give(bytes.len() as u32)
    }),
    ("console_column", |d, _, _| give(d.column)),
    ("basic_input_line", |d, _, m| {
        let line = line(d, m.size() as usize)?;
        // The user ended the line, so the cursor is at the margin.
        d.column = if line.is_some() { 0 } else { d.column };
        give(line.map_or(0, |line| d.new_string(m, &line)))
    }),
    ("basic_input_stay", |d, _, m| {
        let line = line(d, m.size() as usize)?;
        d.column = d.column.saturating_add(line.as_ref().map_or(0, Vec::len) as u32);
        give(line.map_or(0, |line| d.new_string(m, &line)))
    }),
    ("basic_input_chars", |d, a, m| {
        // More than memory holds can never be given back.
        let mut bytes = vec![0; a.i32(0).max(0).min(m.size().min(0x1_0000) as i32) as usize];
        let mut len = 0;
        while len < bytes.len() {
            match read(d, &mut bytes[len..])? {
                0 => break,
                read => len += read,
            }
        }
        give(d.new_string(m, &bytes[..len]))
    }),
    ("basic_inkey", |d, _, m| match d.board.key() {
        Key::Byte(byte) if byte != 0 => give(d.new_string(m, &[byte])),
        _ => give(d.new_string(m, b"")),
    }),
];

fn console_read(
    device: &mut Device<'_>,
    address: u32,
    max_len: i32,
    memory: &mut dyn GuestMemory,
) -> Outcome {
    if max_len <= 0 || guest::check(memory, address, max_len as u32).is_err() {
        return give(-1);
    }
    let mut line = [0; 4 * CHUNK];
    let room = (max_len as usize).min(line.len());
    let len = read(device, &mut line[..room])?;
    match memory.write(address, &line[..len]) {
        Ok(()) => give(len as u32),
        Err(_) => give(-1),
    }
}

/// Reads from the console; 0 bytes at the end of input.
///
/// # Errors
/// `Stopped`, when a stop ended the wait: that is no end of input, which a program would report.
fn read(device: &mut Device<'_>, into: &mut [u8]) -> Result<usize, HostError> {
    match device.board.read(into).min(into.len()) {
        0 if device.board.stop_requested() => Err(HostError::Stopped),
        len => Ok(len),
    }
}

/// The next line without its end; `None` at the end of input. A line longer than `limit` bytes
/// is cut.
fn line(device: &mut Device<'_>, limit: usize) -> Result<Option<Vec<u8>>, HostError> {
    let mut line = Vec::new();
    loop {
        let mut chunk = [0; CHUNK];
        let len = read(device, &mut chunk)?;
        if len == 0 {
            break;
        }
        let ended = chunk[len - 1] == b'\n';
        let room = limit.saturating_sub(line.len());
        line.extend_from_slice(&chunk[..len.min(room)]);
        if ended {
            while matches!(line.last(), Some(b'\n' | b'\r')) {
                line.pop();
            }
            return Ok(Some(line));
        }
    }
    Ok((!line.is_empty()).then_some(line))
}
