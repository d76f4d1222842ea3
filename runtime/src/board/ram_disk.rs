//! A file system in RAM: for boards without flash, and for runs that shall leave nothing behind.

use super::{Entry, Failed, FileId, Storage};
use alloc::collections::BTreeMap;
use alloc::{string::String, vec::Vec};
use wasm_common::abi::files::FileMode;

/// Files and directories by path, without the slash at the start.
#[derive(Clone, Debug)]
pub struct RamDisk {
    nodes: BTreeMap<String, Node>,
    open: Vec<Option<String>>,
    used: usize,
    capacity: usize,
}

#[derive(Clone, Debug)]
enum Node {
    File(Vec<u8>),
    Dir,
}

impl RamDisk {
    /// An empty disk that holds `capacity` bytes of file content.
    pub fn new(capacity: usize) -> Self {
        Self { nodes: BTreeMap::new(), open: Vec::new(), used: 0, capacity }
    }

    fn key(path: &str) -> &str {
        path.trim_matches('/')
    }

    fn has_parent(&self, key: &str) -> bool {
        key.rsplit_once('/').is_none_or(|(dir, _)| matches!(self.nodes.get(dir), Some(Node::Dir)))
    }

    fn content(&mut self, file: FileId) -> Result<&mut Vec<u8>, Failed> {
        let key = self.open.get(file as usize).and_then(Option::as_ref).ok_or(Failed)?;
        match self.nodes.get_mut(key) {
            Some(Node::File(bytes)) => Ok(bytes),
            _ => Err(Failed),
        }
    }

    fn resize(&mut self, file: FileId, size: usize) -> Result<&mut Vec<u8>, Failed> {
        let old = self.content(file)?.len();
        let used = self.used - old + size;
        if used > self.capacity {
            return Err(Failed);
        }
        self.used = used;
        let bytes = self.content(file)?;
        bytes.resize(size, 0);
        Ok(bytes)
    }

    fn is_open(&self, key: &str) -> bool {
        self.open.iter().flatten().any(|open| open == key)
    }

    fn entry_of(key: &str, node: &Node) -> Entry {
        let name = key.rsplit('/').next().unwrap_or(key).into();
        match node {
            Node::File(bytes) => {
                Entry { name, is_dir: false, size: bytes.len() as u32, modified: 0 }
            }
            Node::Dir => Entry { name, is_dir: true, size: 0, modified: 0 },
        }
    }
}

impl Storage for RamDisk {
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        let key = Self::key(path);
        match self.nodes.get(key) {
            Some(Node::File(_)) => {}
            None if mode.creates() && !key.is_empty() && self.has_parent(key) => {
                self.nodes.insert(key.into(), Node::File(Vec::new()));
            }
            _ => return Err(Failed),
        }
        let free = self.open.iter().position(Option::is_none);
        let slot = free.unwrap_or_else(|| {
            self.open.push(None);
            self.open.len() - 1
        });
        self.open[slot] = Some(key.into());
        let file = slot as FileId;
        if mode.truncates() {
            self.resize(file, 0)?;
        }
        Ok(file)
    }

    fn close(&mut self, file: FileId) {
        if let Some(slot) = self.open.get_mut(file as usize) {
            *slot = None;
        }
    }

    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        let bytes = self.content(file)?;
        let rest = bytes.get(offset as usize..).unwrap_or(&[]);
        let len = rest.len().min(into.len());
        into[..len].copy_from_slice(&rest[..len]);
        Ok(len)
    }

    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        let end = (offset as usize).checked_add(from.len()).ok_or(Failed)?;
        let size = self.content(file)?.len().max(end);
        self.resize(file, size)?[offset as usize..end].copy_from_slice(from);
        Ok(())
    }

    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        Ok(self.content(file)?.len() as u32)
    }

    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        self.resize(file, size as usize).map(|_| ())
    }

    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        self.content(file).map(|_| ())
    }

    fn remove(&mut self, path: &str) -> Result<(), Failed> {
        let key = Self::key(path);
        match self.nodes.get(key) {
            Some(Node::File(bytes)) if !self.is_open(key) => {
                self.used -= bytes.len();
                self.nodes.remove(key);
                Ok(())
            }
            _ => Err(Failed),
        }
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let (from, to) = (Self::key(from), Self::key(to));
        let inside = to.strip_prefix(from).is_some_and(|rest| rest.starts_with('/'));
        if from == to || inside || self.is_open(from) || self.is_open(to) || !self.has_parent(to) {
            return Err(Failed);
        }
        if !self.nodes.contains_key(from) || matches!(self.nodes.get(to), Some(Node::Dir)) {
            return Err(Failed);
        }
        if let Some(Node::File(bytes)) = self.nodes.remove(to) {
            self.used -= bytes.len();
        }
        let moves = |key: &str| {
            let rest = key.strip_prefix(from)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| String::from(to) + rest)
        };
        let moved: Vec<_> =
            self.nodes.keys().filter_map(|k| Some((k.clone(), moves(k)?))).collect();
        for (old, new) in moved {
            if let Some(node) = self.nodes.remove(&old) {
                self.nodes.insert(new, node);
            }
        }
        Ok(())
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        let key = Self::key(path);
        if key.is_empty() || self.nodes.contains_key(key) || !self.has_parent(key) {
            return Err(Failed);
        }
        self.nodes.insert(key.into(), Node::Dir);
        Ok(())
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        let key = Self::key(path);
        let empty = self.entry(path, 0)?.is_none();
        if key.is_empty() || !empty {
            return Err(Failed);
        }
        self.nodes.remove(key).map(|_| ()).ok_or(Failed)
    }

    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        match Self::key(path) {
            "" => Ok(Self::entry_of("", &Node::Dir)),
            key => self.nodes.get(key).map(|node| Self::entry_of(key, node)).ok_or(Failed),
        }
    }

    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        if !self.stat(path)?.is_dir {
            return Err(Failed);
        }
        let key = Self::key(path);
        let child = |name: &&String| {
            let rest = if key.is_empty() {
                Some(name.as_str())
            } else {
                name.strip_prefix(key).and_then(|rest| rest.strip_prefix('/'))
            };
            rest.is_some_and(|rest| !rest.contains('/'))
        };
        let found = self.nodes.iter().filter(|(name, _)| child(name)).nth(index);
        Ok(found.map(|(name, node)| Self::entry_of(name, node)))
    }

    fn capacity(&mut self) -> Option<(u64, u64)> {
        Some((self.capacity as u64, (self.capacity - self.used) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_in_directories() {
        let mut disk = RamDisk::new(100);
        assert!(disk.open("/a/b", FileMode::Write).is_err());
        disk.make_dir("/a").unwrap();
        let file = disk.open("/a/b", FileMode::Write).unwrap();
        disk.write_at(file, 0, b"hello").unwrap();
        assert!(disk.write_at(file, 5, &[0; 96]).is_err());
        assert!(disk.remove("/a/b").is_err());
        disk.close(file);
        assert!(disk.remove_dir("/a").is_err());
        disk.rename("/a", "/c").unwrap();
        assert_eq!(disk.stat("/c/b").unwrap().size, 5);
        assert_eq!(disk.entry("/", 0).unwrap().unwrap().name, "c");
        assert!(disk.entry("/", 1).unwrap().is_none());
        assert!(disk.rename("/c", "/c/d").is_err());
        disk.remove("/c/b").unwrap();
        disk.remove_dir("/c").unwrap();
        assert_eq!(disk.capacity(), Some((100, 100)));
    }
}
