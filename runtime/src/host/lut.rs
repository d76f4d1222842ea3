//! The look-up table: one table of numbers in memory, files `/LUT_<n>.csv` to load it from.

use super::{Calls, Device, Outcome, give};
use crate::board::{Board, Failed};
use ::alloc::{format, string::String, vec, vec::Vec};
use wasm_common::abi::files::FileMode;

/// Entries in a table at most; what a file has beyond is left out.
const MAX_ENTRIES: usize = 4096;
/// Bytes of a file that can hold those.
const MAX_BYTES: u32 = 64 * 1024;

pub(super) const CALLS: Calls = &[
    ("lut_load", |d, a, _| match path(a.i32(0)).and_then(|p| load(d.board, &p).ok()) {
        Some(table) => {
            d.lut = table;
            give(d.lut.len() as u32)
        }
        None => give(0),
    }),
    ("lut_save", |d, a, _| give(path(a.i32(0)).is_some_and(|p| save(d, &p).is_ok()))),
    ("lut_check", |d, a, _| {
        let table = path(a.i32(0)).and_then(|p| load(d.board, &p).ok());
        give(table.map_or(-1, |t| t.len() as i32))
    }),
    ("lut_get", |d, a, _| give(d.lut.get(a.u32(0) as usize).copied().unwrap_or(0))),
    ("lut_set", lut_set),
    ("lut_size", |d, _, _| give(d.lut.len() as u32)),
];

fn lut_set(
    device: &mut Device<'_>,
    a: super::Args<'_>,
    _: &mut dyn crate::memory::GuestMemory,
) -> Outcome {
    if let Some(entry) = device.lut.get_mut(a.u32(0) as usize) {
        *entry = a.i32(1);
    }
    give(())
}

fn path(number: i32) -> Option<String> {
    (0..=255).contains(&number).then(|| format!("/LUT_{number}.csv"))
}

/// Numbers with anything between them.
fn load(board: &mut dyn Board, path: &str) -> Result<Vec<i32>, Failed> {
    let file = board.open(path, FileMode::Read)?;
    let bytes = read(board, file);
    board.close(file);
    let bytes = bytes?;
    let text = String::from_utf8_lossy(&bytes);
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '-');
    Ok(words.filter_map(|word| word.parse().ok()).take(MAX_ENTRIES).collect())
}

fn read(board: &mut dyn Board, file: u32) -> Result<Vec<u8>, Failed> {
    let mut bytes = vec![0; board.size(file)?.min(MAX_BYTES) as usize];
    let mut len = 0;
    while len < bytes.len() {
        match board.read_at(file, len as u32, &mut bytes[len..])? {
            0 => break,
            read => len += read,
        }
    }
    bytes.truncate(len);
    Ok(bytes)
}

fn save(device: &mut Device<'_>, path: &str) -> Result<(), Failed> {
    let entries: Vec<String> = device.lut.iter().map(|n| format!("{n}")).collect();
    let text = entries.join(",") + "\n";
    let file = device.board.open(path, FileMode::Write)?;
    let written = device.board.write_at(file, 0, text.as_bytes());
    device.board.close(file);
    written
}
