//! The device's file system: littlefs, which survives a loss of power at any time.
//!
//! A handle is a path and a mode; each operation opens the file, does its work and closes it, so
//! that what was written is on the disk when it returns.

use crate::disk::Disk;
use alloc::borrow::ToOwned;
use littlefs2::{
    fs::{Allocation, File, Filesystem, Metadata},
    io::SeekFrom,
    path::{Path, PathBuf},
};
use runtime::board::{Entry, Failed, FileId, Handles, Storage, path};
use wasm_common::abi::files::FileMode;

/// A mounted file system, and the files open in it.
pub struct Files<'d> {
    fs: Filesystem<'d, Disk>,
    open: Handles<(PathBuf, FileMode)>,
}

/// Any error of littlefs.
fn failed(_: littlefs2::io::Error) -> Failed {
    Failed
}

/// A path as littlefs wants it.
fn path(text: &str) -> Result<PathBuf, Failed> {
    PathBuf::try_from(path::plain(text)?.as_str()).map_err(|_| Failed)
}

impl<'d> Files<'d> {
    /// Mounts the disk; one that has no file system gets an empty one.
    pub fn mount(cache: &'d mut Allocation<Disk>, disk: &'d mut Disk) -> Result<Self, Failed> {
        let format = |_, disk: &mut Disk| Filesystem::format(disk);
        let fs = Filesystem::mount_or_else(cache, disk, |error, disk, _| format(error, disk));
        Ok(Self { fs: fs.map_err(failed)?, open: Handles::new() })
    }

    /// The path of what can be made, moved and removed: not the root, and nothing that is open.
    fn movable(&self, text: &str) -> Result<PathBuf, Failed> {
        let plain = path::below_root(text)?;
        if self.open.hold(&plain) { Err(Failed) } else { path(&plain) }
    }

    /// Opens the file of a handle for one piece of work.
    fn with<R>(
        &mut self,
        file: FileId,
        write: bool,
        work: impl FnOnce(&File<'_, '_, Disk>) -> littlefs2::io::Result<R>,
    ) -> Result<R, Failed> {
        let (_, (path, mode)) = self.open.get(file)?;
        if write && !mode.writes() || !write && !mode.reads() {
            return Err(Failed);
        }
        self.fs
            .open_file_with_options_and_then(|o| o.read(true).write(write), path, work)
            .map_err(failed)
    }

    fn describe(name: &Path, meta: &Metadata) -> Entry {
        let size = if meta.is_dir() { 0 } else { meta.len() as u32 };
        let name = name.as_str().rsplit('/').next().unwrap_or("").to_owned();
        Entry { name, is_dir: meta.is_dir(), size, modified: 0 }
    }
}

impl Storage for Files<'_> {
    fn open(&mut self, name: &str, mode: FileMode) -> Result<FileId, Failed> {
        let plain = path::below_root(name)?;
        let path = path(&plain)?;
        let (write, create, truncate) = (mode.writes(), mode.creates(), mode.truncates());
        self.fs
            .open_file_with_options_and_then(
                |o| o.read(true).write(write).create(create).truncate(truncate),
                &path,
                |_| Ok(()),
            )
            .map_err(failed)?;
        Ok(self.open.add(plain, (path, mode)))
    }

    fn close(&mut self, file: FileId) {
        self.open.close(file);
    }

    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        self.with(file, false, |file| {
            file.seek(SeekFrom::Start(offset))?;
            file.read(into)
        })
    }

    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        let written = self.with(file, true, |file| {
            file.seek(SeekFrom::Start(offset))?;
            file.write(from)
        })?;
        if written == from.len() { Ok(()) } else { Err(Failed) }
    }

    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        let (_, (path, _)) = self.open.get(file)?;
        Ok(self.fs.metadata(path).map_err(failed)?.len() as u32)
    }

    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        self.with(file, true, |file| file.set_len(size as usize))
    }

    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        self.open.get(file).map(drop)
    }

    fn remove(&mut self, name: &str) -> Result<(), Failed> {
        self.fs.remove(&self.movable(name)?).map_err(failed)
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let (from, to) = (path::below_root(from)?, path::below_root(to)?);
        let is_dir = self.stat(&from)?.is_dir;
        if from == to {
            return Ok(());
        }
        let there = self.stat(&to);
        self.open.check_rename((&from, is_dir), (&to, there))?;
        self.fs.rename(&path(&from)?, &path(&to)?).map_err(failed)
    }

    fn make_dir(&mut self, name: &str) -> Result<(), Failed> {
        self.fs.create_dir(&path(name)?).map_err(failed)
    }

    fn remove_dir(&mut self, name: &str) -> Result<(), Failed> {
        self.fs.remove_dir(&self.movable(name)?).map_err(failed)
    }

    fn stat(&mut self, name: &str) -> Result<Entry, Failed> {
        let path = path(name)?;
        Ok(Self::describe(&path, &self.fs.metadata(&path).map_err(failed)?))
    }

    fn entry(&mut self, name: &str, index: usize) -> Result<Option<Entry>, Failed> {
        let found = self.fs.read_dir_and_then(&path(name)?, |entries| {
            // `.` and `..` come first.
            entries.skip(2 + index).next().transpose()
        });
        let found = found.map_err(failed)?;
        Ok(found.map(|entry| Self::describe(entry.file_name(), &entry.metadata())))
    }

    fn capacity(&mut self) -> Option<(u64, u64)> {
        let free = self.fs.available_space().ok()?;
        Some((self.fs.total_space() as u64, free as u64))
    }
}
