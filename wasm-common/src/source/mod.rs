//! Source files, positions in them, and where they come from.
//!
//! In: file texts, read through [`Files`]. Out: [`Span`]s that name bytes of a file, and lines
//! and columns for people. A [`Span`] is small enough to sit in every token and AST node.

use alloc::{collections::BTreeMap, string::String, vec, vec::Vec};

/// Index of a file in a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u16);

/// A half-open range of bytes, `start..end`, of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start: start as u32, end: end as u32 }
    }

    /// The smallest span that covers `self` and `other`; `self` if they lie in different files.
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One source file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name that messages use, as the user wrote it.
    pub name: String,
    /// The whole text.
    pub text: String,
    line_starts: Vec<u32>,
}

impl SourceFile {
    fn new(name: String, text: String) -> Self {
        let mut line_starts = vec![0];
        line_starts
            .extend(text.bytes().enumerate().filter(|b| b.1 == b'\n').map(|b| b.0 as u32 + 1));
        Self { name, text, line_starts }
    }

    /// Line (from 1) and column (from 1, in characters) of byte `offset`.
    pub fn line_col(&self, offset: u32) -> (u32, u32) {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1] as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(end - start, |s| s.chars().count());
        (line as u32, column as u32 + 1)
    }

    /// Line (from 1) of byte `offset`; cheaper than [`Self::line_col`].
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|&start| start <= offset) as u32
    }

    /// The text of line `line` (from 1), without its line end; empty when there is no such line.
    pub fn line(&self, line: u32) -> &str {
        let Some(&start) = self.line_starts.get((line as usize).wrapping_sub(1)) else { return "" };
        let rest = &self.text[start as usize..];
        rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
    }
}

/// All files of one compilation, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    by_name: BTreeMap<String, FileId>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; a file of the same name keeps its id and its first text.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let name = name.into();
        if let Some(&id) = self.by_name.get(&name) {
            return id;
        }
        let id = FileId(self.files.len() as u16);
        self.by_name.insert(name.clone(), id);
        self.files.push(SourceFile::new(name, text.into()));
        id
    }

    /// The file with this id.
    ///
    /// # Panics
    /// If `id` is not of this map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[usize::from(id.0)]
    }

    /// All files, in the order of their ids.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The text that `span` covers.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column, both from 1, of the start of `span`.
    pub fn line_col(&self, span: Span) -> (u32, u32) {
        self.file(span.file).line_col(span.start)
    }
}

/// Where a compiler reads files: a folder, the device's file system, a map in a test.
///
/// Libraries never open files themselves.
pub trait Files {
    /// The bytes of the file at `path`, or `None` when there is none.
    fn read(&mut self, path: &str) -> Option<Vec<u8>>;
}

/// No files at all.
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&mut self, _path: &str) -> Option<Vec<u8>> {
        None
    }
}

impl Files for BTreeMap<String, Vec<u8>> {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }
}
