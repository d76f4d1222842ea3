//! Include files from disk.

use wasm_common::source::Files;

/// Paths as they are, from the current folder.
#[derive(Debug)]
pub(crate) struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(path).ok()
    }
}
