//! Included files: beside the program, then in the `-I` folders.

use std::path::{Path, PathBuf};
use wasm_common::source::Files;

pub(crate) struct Folders {
    folders: Vec<PathBuf>,
}

impl Folders {
    pub(crate) fn new(source: &str, include: &[String]) -> Self {
        let beside = Path::new(source).parent().map(Path::to_path_buf).unwrap_or_default();
        let folders = [beside].into_iter().chain(include.iter().map(PathBuf::from)).collect();
        Self { folders }
    }
}

impl Files for Folders {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.folders.iter().find_map(|folder| std::fs::read(folder.join(path)).ok())
    }
}
