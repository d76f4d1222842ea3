//! A file system in RAM: for boards without flash, and for runs that shall leave nothing behind.

use super::handles::Handles;
use super::listing::Listing;
use super::{Entry, Failed, FileId, Storage, path};
use alloc::collections::BTreeMap;
use alloc::{string::String, vec, vec::Vec};
use wasm_common::abi::files::FileMode;

/// Files and directories by path, as [`path::below_root`] gives it.
///
/// Invariant: `used` is what all nodes take, and no more than `capacity`.
#[derive(Clone, Debug)]
pub struct RamDisk {
    nodes: BTreeMap<String, Node>,
    open: Handles<()>,
    listing: Listing,
    used: usize,
    capacity: usize,
}

/// What a file or directory takes beside its path and content: about what the map does for it. A
/// program that makes empty ones fills the disk too, not the memory under it.
const NODE: usize = 64;

#[derive(Clone, Debug)]
enum Node {
    File(Vec<u8>),
    Dir,
}

impl Node {
    fn is_dir(&self) -> bool {
        matches!(self, Self::Dir)
    }

    fn entry(&self, name: &str) -> Entry {
        let size = match self {
            Self::File(bytes) => bytes.len() as u32,
            Self::Dir => 0,
        };
        Entry { name: name.into(), is_dir: self.is_dir(), size, modified: 0 }
    }
}

/// Bytes that a node takes.
fn cost(key: &str, node: &Node) -> usize {
    let content = match node {
        Node::File(bytes) => bytes.len(),
        Node::Dir => 0,
    };
    NODE + key.len() + content
}

impl RamDisk {
    /// An empty disk of `capacity` bytes: for content, for paths, and 64 for each file or
    /// directory.
    pub fn new(capacity: usize) -> Self {
        Self {
            nodes: BTreeMap::new(),
            open: Handles::new(),
            listing: Listing::default(),
            used: 0,
            capacity,
        }
    }

    /// Something that took `old` bytes takes `new` from now on.
    fn charge(&mut self, old: usize, new: usize) -> Result<(), Failed> {
        let used = (self.used - old).checked_add(new).filter(|&used| used <= self.capacity);
        self.used = used.ok_or(Failed)?;
        Ok(())
    }

    fn is_dir(&self, key: &str) -> bool {
        key.is_empty() || self.nodes.get(key).is_some_and(Node::is_dir)
    }

    /// A new node, whose directory must be there.
    fn make(&mut self, key: String, node: Node) -> Result<(), Failed> {
        if !self.is_dir(path::parent(&key)) {
            return Err(Failed);
        }
        self.charge(0, cost(&key, &node))?;
        self.nodes.insert(key, node);
        Ok(())
    }

    fn forget(&mut self, key: &str) {
        if let Some(node) = self.nodes.remove(key) {
            self.used -= cost(key, &node);
        }
    }

    /// Gives all that is at and below `from` its new path; a file that has it goes.
    fn move_to(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let mut rests = vec![String::new()];
        rests.extend(below(&self.nodes, from).map(|(rest, _)| ["/", rest].concat()));
        let replaced = self.nodes.get(to).map_or(0, |node| cost(to, node));
        self.charge(replaced + rests.len() * from.len(), rests.len() * to.len())?;
        self.nodes.remove(to);
        for rest in rests {
            if let Some(node) = self.nodes.remove(&[from, &rest].concat()) {
                self.nodes.insert([to, &rest].concat(), node);
            }
        }
        Ok(())
    }

    fn content(&mut self, file: FileId) -> Result<&mut Vec<u8>, Failed> {
        let (key, ()) = self.open.get(file)?;
        match self.nodes.get_mut(key) {
            Some(Node::File(bytes)) => Ok(bytes),
            _ => Err(Failed),
        }
    }

    fn resize(&mut self, file: FileId, size: usize) -> Result<&mut Vec<u8>, Failed> {
        let old = self.content(file)?.len();
        self.charge(old, size)?;
        let bytes = self.content(file)?;
        bytes.resize(size, 0);
        Ok(bytes)
    }
}

/// Everything below a directory, by what its path has after the directory's.
fn below<'n>(
    nodes: &'n BTreeMap<String, Node>,
    dir: &str,
) -> impl Iterator<Item = (&'n str, &'n Node)> {
    let mut prefix = String::from(dir);
    if !prefix.is_empty() {
        prefix.push('/');
    }
    nodes
        .range(prefix.clone()..)
        .map_while(move |(key, node)| Some((key.strip_prefix(&*prefix)?, node)))
}

impl Storage for RamDisk {
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        let key = path::below_root(path)?;
        match self.nodes.get(&key) {
            Some(Node::File(_)) => {}
            None if mode.creates() => self.make(key.clone(), Node::File(Vec::new()))?,
            _ => return Err(Failed),
        }
        let file = self.open.add(key, ());
        if mode.truncates() {
            self.resize(file, 0)?;
        }
        Ok(file)
    }

    fn close(&mut self, file: FileId) {
        self.open.close(file);
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
        let key = path::below_root(path)?;
        if self.stat(&key)?.is_dir || self.open.hold(&key) {
            return Err(Failed);
        }
        self.forget(&key);
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let (from, to) = (path::below_root(from)?, path::below_root(to)?);
        let is_dir = self.stat(&from)?.is_dir;
        if from == to {
            return Ok(());
        }
        let there = self.stat(&to);
        self.open.check_rename((&from, is_dir), (&to, there))?;
        if path::is_within(&to, &from) || !self.is_dir(path::parent(&to)) {
            return Err(Failed);
        }
        self.move_to(&from, &to)
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        let key = path::below_root(path)?;
        if self.nodes.contains_key(&key) { Err(Failed) } else { self.make(key, Node::Dir) }
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        let key = path::below_root(path)?;
        if !self.is_dir(&key) || below(&self.nodes, &key).next().is_some() {
            return Err(Failed);
        }
        self.forget(&key);
        Ok(())
    }

    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        let key = path::plain(path)?;
        let node = if key.is_empty() { Some(&Node::Dir) } else { self.nodes.get(&key) };
        node.map(|node| node.entry(path::name(&key))).ok_or(Failed)
    }

    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        let dir = path::plain(path)?;
        if !self.is_dir(&dir) {
            return Err(Failed);
        }
        self.listing.entry(&dir, index, || {
            let children = below(&self.nodes, &dir).filter(|(rest, _)| !rest.contains('/'));
            Ok(children.map(|(name, node)| node.entry(name)).collect())
        })
    }

    fn capacity(&mut self) -> Option<(u64, u64)> {
        Some((self.capacity as u64, (self.capacity - self.used) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a disk says is free.
    fn free(disk: &mut RamDisk) -> u64 {
        disk.capacity().unwrap().1
    }

    #[test]
    fn what_is_on_the_disk_takes_of_its_capacity() {
        let mut disk = RamDisk::new(300);
        disk.make_dir("/dir").unwrap();
        let file = disk.open("/dir/b", FileMode::Write).unwrap();
        disk.write_at(file, 0, b"hello").unwrap();
        assert_eq!(free(&mut disk), 300 - (64 + 3) - (64 + 5 + 5));
        assert!(disk.write_at(file, 5, &[0; 160]).is_err());
        assert!(disk.set_size(file, u32::MAX).is_err());
        disk.close(file);
        disk.rename("/dir", "/d").unwrap();
        assert_eq!((free(&mut disk), disk.stat("/d/b").unwrap().size), (163, 5));
        assert!(disk.rename("/d", &"/long".repeat(20)).is_err());
        disk.remove("/d/b").unwrap();
        disk.remove_dir("/d").unwrap();
        assert_eq!(free(&mut disk), 300);
    }

    #[test]
    fn a_file_that_is_replaced_gives_back_what_it_took() {
        let mut disk = RamDisk::new(300);
        for path in ["/a", "/b"] {
            let file = disk.open(path, FileMode::Write).unwrap();
            disk.write_at(file, 0, &[0; 20]).unwrap();
            disk.close(file);
        }
        disk.rename("/a", "/b").unwrap();
        assert_eq!(free(&mut disk), 300 - 85);
    }

    #[test]
    fn empty_files_and_directories_fill_the_disk() {
        let mut disk = RamDisk::new(1 << 14);
        let files = (0..).take_while(|i| disk.open(&format!("/f{i}"), FileMode::Write).is_ok());
        assert!((200..256).contains(&files.count()));
        assert!(disk.make_dir("/a-directory").is_err());
        disk.remove("/f0").unwrap_err();
    }
}
