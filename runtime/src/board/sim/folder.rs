//! A folder of the desktop as the device's file system.

use crate::board::{Entry, Failed, FileId, Storage};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::UNIX_EPOCH;
use wasm_common::abi::files::FileMode;

/// Everything below one folder.
pub struct Folder {
    root: PathBuf,
    open: Vec<Option<File>>,
}

impl Folder {
    /// The folder at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), open: Vec::new() }
    }

    /// Where `path` is on the desktop. Paths that climb out were refused before; on a desktop a
    /// backslash or drive letter could too.
    fn real(&self, path: &str) -> Result<PathBuf, Failed> {
        let climbs = path.split('/').any(|part| part == ".." || part.contains(['\\', ':']));
        if climbs { Err(Failed) } else { Ok(self.root.join(path.trim_start_matches('/'))) }
    }

    fn file(&mut self, file: FileId) -> Result<&mut File, Failed> {
        self.open.get_mut(file as usize).and_then(Option::as_mut).ok_or(Failed)
    }
}

fn entry(name: String, data: &Metadata) -> Entry {
    let modified = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Entry {
        name,
        is_dir: data.is_dir(),
        size: if data.is_dir() { 0 } else { u32::try_from(data.len()).unwrap_or(u32::MAX) },
        modified: modified.map_or(0, |since| since.as_secs() as u32),
    }
}

fn done<T>(result: std::io::Result<T>) -> Result<T, Failed> {
    result.map_err(|_| Failed)
}

impl Storage for Folder {
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        let file = done(
            OpenOptions::new()
                .read(true)
                .write(mode.writes())
                .create(mode.creates())
                .truncate(mode.truncates())
                .open(self.real(path)?),
        )?;
        if !done(file.metadata())?.is_file() {
            return Err(Failed);
        }
        let free = self.open.iter().position(Option::is_none);
        let slot = free.unwrap_or_else(|| {
            self.open.push(None);
            self.open.len() - 1
        });
        self.open[slot] = Some(file);
        Ok(slot as FileId)
    }

    fn close(&mut self, file: FileId) {
        if let Some(slot) = self.open.get_mut(file as usize) {
            *slot = None;
        }
    }

    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        let file = self.file(file)?;
        done(file.seek(SeekFrom::Start(offset.into())))?;
        done(file.read(into))
    }

    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        let file = self.file(file)?;
        done(file.seek(SeekFrom::Start(offset.into())))?;
        done(file.write_all(from))
    }

    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        let len = done(self.file(file)?.metadata())?.len();
        u32::try_from(len).map_err(|_| Failed)
    }

    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        done(self.file(file)?.set_len(size.into()))
    }

    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        done(self.file(file)?.flush())
    }

    fn remove(&mut self, path: &str) -> Result<(), Failed> {
        done(fs::remove_file(self.real(path)?))
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        done(fs::rename(self.real(from)?, self.real(to)?))
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        done(fs::create_dir(self.real(path)?))
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        done(fs::remove_dir(self.real(path)?))
    }

    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        let data = done(fs::metadata(self.real(path)?))?;
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        Ok(entry(name.into(), &data))
    }

    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        let mut names: Vec<_> = done(fs::read_dir(self.real(path)?))?
            .filter_map(|item| item.ok()?.file_name().into_string().ok())
            .collect();
        names.sort_unstable();
        let Some(name) = names.into_iter().nth(index) else { return Ok(None) };
        let data = done(fs::metadata(self.real(path)?.join(&name)))?;
        Ok(Some(entry(name, &data)))
    }
}
