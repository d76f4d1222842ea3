//! The look-up table: one table of numbers in memory, files `/LUT_<n>.csv` to load it from.

use super::{Args, Calls, Device, Outcome, give};
use crate::board::{Board, Failed, FileId};
use crate::memory::GuestMemory;
use ::alloc::{format, string::String, vec::Vec};
use wasm_common::abi::files::FileMode;

/// Bytes read from a file at once.
const CHUNK: usize = 256;
/// Bytes of a number that count: more digits change nothing.
const LONGEST: usize = 64;

pub(super) const CALLS: Calls = &[
    ("lut_load", lut_load),
    ("lut_save", |d, a, _| give(path(a.i32(0)).is_some_and(|p| save(d, &p).is_ok()))),
    ("lut_check", |d, a, _| {
        let mut entries = 0;
        let counted = path(a.i32(0)).and_then(|p| {
            numbers(d.board, &p, &mut |_| {
                entries += 1;
                Ok(())
            })
            .ok()
        });
        give(counted.map_or(-1, |()| entries))
    }),
    ("lut_get", |d, a, _| give(d.lut.get(a.u32(0) as usize).copied().unwrap_or(0))),
    ("lut_set", lut_set),
    ("lut_size", |d, _, _| give(d.lut.len() as u32)),
];

fn lut_load(device: &mut Device<'_>, a: Args<'_>, memory: &mut dyn GuestMemory) -> Outcome {
    // A table takes no more memory than the program has.
    let most = memory.size() as usize / size_of::<i32>();
    match path(a.i32(0)).and_then(|p| load(device.board, &p, most).ok()) {
        Some(table) => {
            device.lut = table;
            give(device.lut.len() as u32)
        }
        None => give(0),
    }
}

fn lut_set(device: &mut Device<'_>, a: Args<'_>, _: &mut dyn GuestMemory) -> Outcome {
    if let Some(entry) = device.lut.get_mut(a.u32(0) as usize) {
        *entry = a.i32(1);
    }
    give(())
}

fn path(number: i32) -> Option<String> {
    (0..=255).contains(&number).then(|| format!("/LUT_{number}.csv"))
}

/// The table in a file, whole: one of more than `most` entries is none.
fn load(board: &mut dyn Board, path: &str, most: usize) -> Result<Vec<i32>, Failed> {
    let mut table = Vec::new();
    numbers(board, path, &mut |number| {
        if table.len() == most {
            return Err(Failed);
        }
        table.try_reserve(1).map_err(|_| Failed)?;
        table.push(number);
        Ok(())
    })?;
    Ok(table)
}

/// What is done with each number of a file.
type Take<'t> = &'t mut dyn FnMut(i32) -> Result<(), Failed>;

/// The numbers of a file, with anything between them; words that are no number are left out.
fn numbers(board: &mut dyn Board, path: &str, take: Take<'_>) -> Result<(), Failed> {
    let file = board.open(path, FileMode::Read)?;
    let done = read(board, file, take);
    board.close(file);
    done
}

fn read(board: &mut dyn Board, file: FileId, take: Take<'_>) -> Result<(), Failed> {
    let mut chunk = [0; CHUNK];
    let mut word = String::new();
    let mut offset = 0u32;
    loop {
        let len = board.read_at(file, offset, &mut chunk)?;
        for &byte in &chunk[..len] {
            if !byte.is_ascii_alphanumeric() && !b"+-.".contains(&byte) {
                number(&word).map_or(Ok(()), &mut *take)?;
                word.clear();
            } else if word.len() < LONGEST {
                word.push(byte.into());
            }
        }
        if len == 0 {
            return number(&word).map_or(Ok(()), take);
        }
        offset = offset.checked_add(len as u32).ok_or(Failed)?;
    }
}

/// The number that a word is, without its fraction and as near as an entry can be.
fn number(word: &str) -> Option<i32> {
    word.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| number as i32)
}

fn save(device: &mut Device<'_>, path: &str) -> Result<(), Failed> {
    let entries: Vec<String> = device.lut.iter().map(|n| format!("{n}")).collect();
    let text = entries.join(",") + "\n";
    let file = device.board.open(path, FileMode::Write)?;
    let written = device.board.write_at(file, 0, text.as_bytes());
    device.board.close(file);
    written
}
