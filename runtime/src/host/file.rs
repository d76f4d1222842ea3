//! Files and directories: four of each open at a time, positions kept here.

use super::guest::{self, CHUNK, path, text};
use super::{Args, Calls, Device, Outcome, give};
use crate::board::{Board, Failed, FileId};
use crate::memory::GuestMemory;
use ::alloc::{string::String, vec::Vec};
use wasm_common::abi::files::{
    DIRENT_NAME, FileMode, KIND_DIR, KIND_FILE, MAX_DIRS, MAX_FILES, SEEK_CUR, SEEK_END, SEEK_SET,
};

pub(super) const CALLS: Calls = &[
    ("file_open", |d, a, m| {
        let Some(mode) = FileMode::from_number(a.u32(1)) else { return give(-1) };
        give(path(m, a.u32(0)).and_then(|p| d.files.open(d.board, &p, mode)).unwrap_or(-1))
    }),
    ("file_write", |d, a, m| {
        if a.i32(2) <= 0 {
            return give(-1);
        }
        let Ok(bytes) = guest::bytes(m, a.u32(1), a.u32(2)) else { return give(-1) };
        give(d.files.write(d.board, a.u32(0), &bytes).map_or(-1, |()| bytes.len() as i32))
    }),
    ("file_writeln", |d, a, m| {
        let Ok(mut line) = text(m, a.u32(1)) else { return give(-1) };
        line.push(b'\n');
        status(d.files.write(d.board, a.u32(0), &line))
    }),
    ("file_delete", |d, a, m| at_path(d, m, a.u32(0), |board, path| board.remove(path))),
    ("file_rename", |d, a, m| {
        let Some(to) = path(m, a.u32(1)) else { return give(-1) };
        at_path(d, m, a.u32(0), |board, from| board.rename(from, &to))
    }),
    ("file_mkdir", |d, a, m| at_path(d, m, a.u32(0), |board, path| board.make_dir(path))),
    ("file_rmdir", |d, a, m| at_path(d, m, a.u32(0), |board, path| board.remove_dir(path))),
    ("dir_open", |d, a, m| {
        let Some(path) = path(m, a.u32(0)) else { return give(-1) };
        let is_dir = path == "/" || d.board.stat(&path).is_ok_and(|entry| entry.is_dir);
        // One that cannot be read is refused here: its reader would take it for empty.
        let readable = is_dir && d.board.entry(&path, 0).is_ok();
        give(if readable { d.files.open_dir(path) } else { -1 })
    }),
    ("file_read", |d, a, m| give(file_read(d, a, m).unwrap_or(-1))),
    ("file_readln", |d, a, m| give(file_readln(d, a, m).unwrap_or(-1))),
    ("file_readln_str", |d, a, m| {
        // A line longer than memory could not be given back: it is cut.
        let limit = m.size() as usize;
        match d.files.line(d.board, a.u32(0), limit) {
            Ok(Some(line)) => give(d.new_string(m, &line)),
            _ => give(0),
        }
    }),
    ("dir_read", |d, a, m| give(dir_read(d, a, m).unwrap_or(-1))),
    ("file_stat", |d, a, m| give(file_stat(d, a, m).map_or(-1, |()| 0))),
    ("file_close", |d, a, _| {
        d.files.close(d.board, a.u32(0));
        give(())
    }),
    ("file_size", |d, a, _| {
        let size = d.files.get(a.u32(0)).and_then(|file| d.board.size(file.id));
        give(size.map_or(-1, shown))
    }),
    ("file_seek", |d, a, _| {
        let sought = d.files.seek(d.board, a.u32(0), a.i32(1), a.u32(2));
        status(sought)
    }),
    ("file_tell", |d, a, _| give(d.files.get(a.u32(0)).map_or(-1, |file| shown(file.at)))),
    ("file_eof", |d, a, _| {
        let Ok(file) = d.files.get(a.u32(0)) else { return give(1) };
        give(d.board.size(file.id).is_ok_and(|size| file.at >= size))
    }),
    ("file_truncate", |d, a, _| {
        let Ok(size) = u32::try_from(a.i32(1)) else { return give(-1) };
        let file = d.files.get(a.u32(0)).and_then(|f| f.writable());
        status(file.and_then(|file| d.board.set_size(file.id, size)))
    }),
    ("file_flush", |d, a, _| status(d.files.get(a.u32(0)).and_then(|file| d.board.flush(file.id)))),
    ("dir_close", |d, a, _| {
        if let Some(slot) = d.files.dirs.get_mut(a.u32(0) as usize) {
            *slot = None;
        }
        give(())
    }),
];

/// A size or position as programs see it: of a file longer than they can count, the most they can.
fn shown(bytes: u32) -> i32 {
    i32::try_from(bytes).unwrap_or(i32::MAX)
}

fn status(result: Result<(), Failed>) -> Outcome {
    give(if result.is_ok() { 0 } else { -1 })
}

fn at_path(
    device: &mut Device<'_>,
    memory: &mut dyn GuestMemory,
    address: u32,
    act: impl FnOnce(&mut dyn Board, &str) -> Result<(), Failed>,
) -> Outcome {
    status(path(memory, address).ok_or(Failed).and_then(|path| act(device.board, &path)))
}

/// An open file.
#[derive(Clone, Copy)]
struct Open {
    id: FileId,
    mode: FileMode,
    at: u32,
}

impl Open {
    fn readable(self) -> Result<Self, Failed> {
        if self.mode.reads() { Ok(self) } else { Err(Failed) }
    }

    fn writable(self) -> Result<Self, Failed> {
        if self.mode.writes() { Ok(self) } else { Err(Failed) }
    }
}

/// An open directory.
struct OpenDir {
    path: String,
    next: usize,
}

/// What a program has open; a handle is a place in one of the arrays.
#[derive(Default)]
pub(super) struct Files {
    files: [Option<Open>; MAX_FILES],
    dirs: [Option<OpenDir>; MAX_DIRS],
}

impl Files {
    fn open(&mut self, board: &mut dyn Board, path: &str, mode: FileMode) -> Option<i32> {
        let slot = self.files.iter().position(Option::is_none)?;
        let id = board.open(path, mode).ok()?;
        self.files[slot] = Some(Open { id, mode, at: 0 });
        Some(slot as i32)
    }

    fn open_dir(&mut self, path: String) -> i32 {
        let Some(slot) = self.dirs.iter().position(Option::is_none) else { return -1 };
        self.dirs[slot] = Some(OpenDir { path, next: 0 });
        slot as i32
    }

    fn get(&self, handle: u32) -> Result<Open, Failed> {
        self.files.get(handle as usize).copied().flatten().ok_or(Failed)
    }

    fn set_position(&mut self, handle: u32, at: u32) {
        if let Some(Some(file)) = self.files.get_mut(handle as usize) {
            file.at = at;
        }
    }

    fn close(&mut self, board: &mut dyn Board, handle: u32) {
        if let Some(file) = self.files.get_mut(handle as usize).and_then(Option::take) {
            board.close(file.id);
        }
    }

    pub(super) fn close_all(&mut self, board: &mut dyn Board) {
        (0..MAX_FILES as u32).for_each(|handle| self.close(board, handle));
        self.dirs = Default::default();
    }

    fn write(&mut self, board: &mut dyn Board, handle: u32, bytes: &[u8]) -> Result<(), Failed> {
        let file = self.get(handle)?.writable()?;
        let at = if file.mode.appends() { board.size(file.id)? } else { file.at };
        let end = u32::try_from(bytes.len()).ok().and_then(|len| at.checked_add(len));
        let end = end.filter(|&end| i32::try_from(end).is_ok()).ok_or(Failed)?;
        board.write_at(file.id, at, bytes)?;
        self.set_position(handle, end);
        Ok(())
    }

    fn read(
        &mut self,
        board: &mut dyn Board,
        handle: u32,
        into: &mut [u8],
    ) -> Result<usize, Failed> {
        let file = self.get(handle)?.readable()?;
        let len = board.read_at(file.id, file.at, into)?.min(into.len());
        self.set_position(handle, file.at.saturating_add(len as u32));
        Ok(len)
    }

    fn seek(
        &mut self,
        board: &mut dyn Board,
        handle: u32,
        offset: i32,
        whence: u32,
    ) -> Result<(), Failed> {
        let file = self.get(handle)?;
        let size = i64::from(board.size(file.id)?);
        let from = match whence {
            SEEK_SET => 0,
            SEEK_CUR => file.at.into(),
            SEEK_END => size,
            _ => return Err(Failed),
        };
        let target = from + i64::from(offset);
        if !(0..=size).contains(&target) {
            return Err(Failed);
        }
        self.set_position(handle, target as u32);
        Ok(())
    }

    /// The next line without its end, LF or CR LF; `None` at the end of the file. Of a line longer
    /// than `limit` bytes the rest stays for the next call.
    fn line(
        &mut self,
        board: &mut dyn Board,
        handle: u32,
        limit: usize,
    ) -> Result<Option<Vec<u8>>, Failed> {
        let start = self.get(handle)?.readable()?.at;
        // The end of a line that just fits goes with it.
        let (mut line, ended) = self.up_to_feed(board, handle, limit.saturating_add(2))?;
        let mut taken = line.len() + usize::from(ended);
        if ended && line.last() == Some(&b'\r') {
            line.pop();
        }
        if line.len() > limit {
            line.truncate(limit);
            taken = limit;
        }
        self.set_position(handle, start.saturating_add(taken as u32));
        Ok((taken > 0).then_some(line))
    }

    /// What is before the next line feed, `most` bytes of it, and whether the line feed was found.
    fn up_to_feed(
        &mut self,
        board: &mut dyn Board,
        handle: u32,
        most: usize,
    ) -> Result<(Vec<u8>, bool), Failed> {
        let mut line = Vec::new();
        let mut chunk = [0; CHUNK];
        while line.len() < most {
            let room = CHUNK.min(most - line.len());
            let len = self.read(board, handle, &mut chunk[..room])?;
            let end = chunk[..len].iter().position(|&b| b == b'\n');
            line.extend_from_slice(&chunk[..end.unwrap_or(len)]);
            if len == 0 || end.is_some() {
                return Ok((line, len > 0));
            }
        }
        Ok((line, false))
    }
}

fn file_read(
    device: &mut Device<'_>,
    a: Args<'_>,
    memory: &mut dyn GuestMemory,
) -> Result<i32, Failed> {
    let len = u32::try_from(a.i32(2)).ok().filter(|&len| len > 0).ok_or(Failed)?;
    guest::check(memory, a.u32(1), len).map_err(|_| Failed)?;
    let mut chunk = [0; 4 * CHUNK];
    let mut done = 0;
    while done < len {
        let room = ((len - done) as usize).min(chunk.len());
        let read = device.files.read(device.board, a.u32(0), &mut chunk[..room])?;
        if read == 0 {
            break;
        }
        memory.write(a.u32(1) + done, &chunk[..read]).map_err(|_| Failed)?;
        done += read as u32;
    }
    Ok(done as i32)
}

fn file_readln(
    device: &mut Device<'_>,
    a: Args<'_>,
    memory: &mut dyn GuestMemory,
) -> Result<i32, Failed> {
    // A buffer for the NUL alone would hold no line, and a loop until the end would not end.
    let len = u32::try_from(a.i32(2)).ok().filter(|&len| len > 1).ok_or(Failed)?;
    guest::check(memory, a.u32(1), len).map_err(|_| Failed)?;
    let line = device.files.line(device.board, a.u32(0), len as usize - 1)?;
    let mut line = line.unwrap_or_default();
    line.push(0);
    memory.write(a.u32(1), &line).map_err(|_| Failed)?;
    Ok(line.len() as i32 - 1)
}

fn dir_read(
    device: &mut Device<'_>,
    a: Args<'_>,
    memory: &mut dyn GuestMemory,
) -> Result<i32, Failed> {
    guest::check(memory, a.u32(1), 4 + DIRENT_NAME).map_err(|_| Failed)?;
    let slot = device.files.dirs.get_mut(a.u32(0) as usize);
    let dir = slot.and_then(Option::as_mut).ok_or(Failed)?;
    let Some(entry) = device.board.entry(&dir.path, dir.next)? else { return Ok(0) };
    dir.next += 1;
    let kind = if entry.is_dir { KIND_DIR } else { KIND_FILE };
    let mut record = kind.to_le_bytes().to_vec();
    record.extend(entry.name.bytes().take(DIRENT_NAME as usize - 1));
    record.resize(4 + DIRENT_NAME as usize, 0);
    memory.write(a.u32(1), &record).map_err(|_| Failed)?;
    Ok(1)
}

fn file_stat(
    device: &mut Device<'_>,
    a: Args<'_>,
    memory: &mut dyn GuestMemory,
) -> Result<(), Failed> {
    let path = path(memory, a.u32(0)).ok_or(Failed)?;
    let entry = device.board.stat(&path)?;
    let kind = if entry.is_dir { KIND_DIR } else { KIND_FILE };
    let words = [shown(entry.size) as u32, kind, entry.modified].map(u32::to_le_bytes);
    memory.write(a.u32(1), words.as_flattened()).map_err(|_| Failed)
}
