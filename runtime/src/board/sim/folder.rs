//! A folder of the desktop as the device's file system.
//!
//! Only regular files and directories are there, symbolic links to them too. What else a folder
//! can hold (a pipe, a device, a link to nothing, a name that is not UTF-8) the device does not
//! have: it is neither listed nor opened.

use crate::board::handles::Handles;
use crate::board::listing::Listing;
use crate::board::{Entry, Failed, FileId, Storage, path};
use std::fs::{self, DirEntry, File, Metadata, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use wasm_common::abi::files::FileMode;

/// Everything below one folder.
pub struct Folder {
    root: PathBuf,
    open: Handles<File>,
    listing: Listing,
}

impl Folder {
    /// The folder at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), open: Handles::new(), listing: Listing::default() }
    }

    /// Where `path`, one of [`path::plain`], is on the desktop. On Windows a backslash would
    /// separate too, and a colon name a drive or a stream of a file.
    fn real(&self, path: &str) -> Result<PathBuf, Failed> {
        let foreign = cfg!(windows) && path.contains(['\\', ':']);
        if foreign { Err(Failed) } else { Ok(self.root.join(path)) }
    }

    fn file(&mut self, file: FileId) -> Result<&mut File, Failed> {
        self.open.get(file).map(|(_, file)| file)
    }
}

/// A file or directory as the device has it; `None` for anything else.
fn entry(name: &str, data: &Metadata) -> Option<Entry> {
    let modified = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (data.is_file() || data.is_dir()).then(|| Entry {
        name: name.into(),
        is_dir: data.is_dir(),
        size: if data.is_dir() { 0 } else { shown(data.len()) },
        modified: modified.map_or(0, |since| since.as_secs() as u32),
    })
}

/// As much of a length as the device can count.
fn shown(len: u64) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The entries of a directory; one that cannot be looked at does not hide the others.
fn list(dir: &Path) -> Result<Vec<Entry>, Failed> {
    let known =
        |item: DirEntry| entry(item.file_name().to_str()?, &fs::metadata(item.path()).ok()?);
    Ok(done(fs::read_dir(dir))?.filter_map(|item| known(item.ok()?)).collect())
}

fn done<T>(result: std::io::Result<T>) -> Result<T, Failed> {
    result.map_err(|_| Failed)
}

impl Storage for Folder {
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        let path = path::below_root(path)?;
        let real = self.real(&path)?;
        // Opening a pipe would wait for its other end, and opening a device can do anything.
        if fs::metadata(&real).is_ok_and(|data| !data.is_file()) {
            return Err(Failed);
        }
        let file = done(
            OpenOptions::new()
                .read(true)
                .write(mode.writes())
                .create(mode.creates())
                .truncate(mode.truncates())
                .open(real),
        )?;
        Ok(self.open.add(path, file))
    }

    fn close(&mut self, file: FileId) {
        self.open.close(file);
    }

    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        let file = self.file(file)?;
        let len = into.len().min((u32::MAX - offset) as usize);
        done(file.seek(SeekFrom::Start(offset.into())))?;
        done(file.read(&mut into[..len]))
    }

    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        let file = self.file(file)?;
        if from.len() > (u32::MAX - offset) as usize {
            return Err(Failed);
        }
        done(file.seek(SeekFrom::Start(offset.into())))?;
        done(file.write_all(from))
    }

    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        done(self.file(file)?.metadata()).map(|data| shown(data.len()))
    }

    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        done(self.file(file)?.set_len(size.into()))
    }

    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        done(self.file(file)?.flush())
    }

    fn remove(&mut self, path: &str) -> Result<(), Failed> {
        let path = path::below_root(path)?;
        if self.stat(&path)?.is_dir || self.open.hold(&path) {
            return Err(Failed);
        }
        done(fs::remove_file(self.real(&path)?))
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let (from, to) = (path::below_root(from)?, path::below_root(to)?);
        let is_dir = self.stat(&from)?.is_dir;
        if from == to {
            return Ok(());
        }
        let there = self.stat(&to);
        self.open.check_rename((&from, is_dir), (&to, there))?;
        done(fs::rename(self.real(&from)?, self.real(&to)?))
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        done(fs::create_dir(self.real(&path::below_root(path)?)?))
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        done(fs::remove_dir(self.real(&path::below_root(path)?)?))
    }

    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        let path = path::plain(path)?;
        entry(path::name(&path), &done(fs::metadata(self.real(&path)?))?).ok_or(Failed)
    }

    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        let path = path::plain(path)?;
        let real = self.real(&path)?;
        self.listing.entry(&path, index, || list(&real))
    }
}
