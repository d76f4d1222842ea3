//! Source files, positions in them, and where they come from.
//!
//! In: file texts, read through [`Files`]. Out: [`Span`]s that name bytes of a file, and lines
//! and columns for people. A [`Span`] is small enough to sit in every token and AST node.

mod bytes;

pub use bytes::{decode, latin, push_bytes};

use crate::map::Map;
use alloc::{borrow::Cow, string::String, vec::Vec};
use core::cell::OnceCell;
use core::fmt;

/// Index of a file in a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u16);

/// A half-open range of bytes, `start..end`, of one file: 12 bits for the file, 26 for the first
/// byte, 26 for the length. Two registers carry it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The first byte, and the file's higher bits.
    start: u32,
    /// The length, and the file's lower bits.
    length: u32,
}

/// Bits of the file in each half of a [`Span`].
const FILE_BITS: u32 = 6;
const FILE_MASK: u32 = (1 << FILE_BITS) - 1;

/// The bytes of the largest file.
pub const MAX_FILE: usize = (u32::MAX >> FILE_BITS) as usize;
/// How many files a [`SourceMap`] has, the last of which stands for all that it has no room for.
pub const MAX_FILES: usize = 1 << (2 * FILE_BITS);

impl Span {
    /// The range `start..end` of `file`, which [fits](SourceMap::fits).
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let file = u32::from(file.0);
        let start = (start as u32) << FILE_BITS | file >> FILE_BITS & FILE_MASK;
        Self { start, length: file & FILE_MASK }.with_end(end as u32)
    }

    /// The file.
    pub fn file(self) -> FileId {
        FileId(((self.start & FILE_MASK) << FILE_BITS | self.length & FILE_MASK) as u16)
    }

    /// The first byte.
    pub fn start(self) -> u32 {
        self.start >> FILE_BITS
    }

    /// One past the last byte.
    pub fn end(self) -> u32 {
        self.start() + (self.length >> FILE_BITS)
    }

    /// The same end with another start.
    #[must_use]
    pub fn with_start(self, start: u32) -> Self {
        Self { start: start << FILE_BITS | self.start & FILE_MASK, ..self }.with_end(self.end())
    }

    /// The same start with another end.
    #[must_use]
    pub fn with_end(self, end: u32) -> Self {
        let length = end.saturating_sub(self.start());
        Self { length: length << FILE_BITS | self.length & FILE_MASK, ..self }
    }

    /// The smallest span that covers `self` and `other`; `self` if they lie in different files.
    pub fn to(self, other: Self) -> Self {
        if (self.start ^ other.start | self.length ^ other.length) & FILE_MASK != 0 {
            return self;
        }
        let end = self.end().max(other.end());
        Self { start: self.start.min(other.start), ..self }.with_end(end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file().0, self.start(), self.end())
    }
}

/// Bytes of a block of text; the lines before each block are counted. By bytes, not by lines, so that
/// a line of any length is found as fast as others.
const BLOCK: usize = 256;

/// Makes a text that is built in, by its file's name: gives its bytes to `take`, piece by piece.
pub type Maker = fn(name: &str, take: &mut dyn FnMut(&[u8]));

/// One source file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name that messages use, as the user wrote it.
    pub name: String,
    /// The whole text; what is built in is not copied. Empty once it is forgotten or put away.
    pub text: Cow<'static, str>,
    /// Makes the text again, if it is built in.
    maker: Option<Maker>,
    /// How many lines end before each [`BLOCK`]; of most headers nobody asks.
    ends: OnceCell<Vec<u32>>,
    /// By position: what a `#line` directive says of the lines behind it.
    directives: Vec<LineDirective>,
}

/// What `#line` says: the lines from `from` on are others', shifted by `shift` (C11 6.10.4).
#[derive(Clone, Copy, Debug)]
struct LineDirective {
    from: u32,
    file: FileId,
    shift: i64,
}

impl SourceFile {
    fn new(name: String, text: Cow<'static, str>) -> Self {
        Self { name, text, maker: None, ends: OnceCell::new(), directives: Vec::new() }
    }

    /// How many lines of `text`, which is the whole, end before each block, and before its end.
    fn ends(&self, text: &str) -> &[u32] {
        self.ends.get_or_init(|| {
            let mut ends = Vec::with_capacity(text.len() / BLOCK + 2);
            let mut before = 0;
            ends.push(before);
            for block in text.as_bytes().chunks(BLOCK) {
                before += line_ends(block);
                ends.push(before);
            }
            ends
        })
    }

    /// The whole text, made again if it was put away.
    pub fn whole_text(&self) -> Cow<'_, str> {
        match self.maker {
            Some(_) if self.text.is_empty() => Cow::Owned(self.made(0, None)),
            _ => Cow::Borrowed(&self.text),
        }
    }

    /// What there is from byte `start` to the end of its line.
    pub fn line_from(&self, start: u32) -> Cow<'_, str> {
        match self.maker {
            Some(_) if self.text.is_empty() => Cow::Owned(self.made(start, Some(b'\n'))),
            _ => {
                let rest = self.text.get(start as usize..).unwrap_or_default();
                Cow::Borrowed(rest.split_inclusive('\n').next().unwrap_or_default())
            }
        }
    }

    /// The text from byte `start` to the first `last` after it, or to its end.
    fn made(&self, start: u32, last: Option<u8>) -> String {
        let (mut before, mut done, mut bytes) = (start as usize, false, Vec::new());
        let mut take = |piece: &[u8]| {
            let skipped = before.min(piece.len());
            before -= skipped;
            let piece = if done { &[] } else { &piece[skipped..] };
            let end = piece.iter().position(|&byte| Some(byte) == last);
            done |= end.is_some();
            bytes.extend_from_slice(&piece[..end.map_or(piece.len(), |end| end + 1)]);
        };
        if let Some(maker) = self.maker {
            maker(&self.name, &mut take);
        }
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Whether it is a header that a compiler has built in, `<name.h>`.
    pub fn is_header(&self) -> bool {
        self.name.starts_with('<') && self.name.ends_with(".h>")
    }

    /// Line (from 1) and column (from 1, in characters) of byte `offset`.
    pub fn line_col(&self, offset: u32) -> (u32, u32) {
        let text = self.whole_text();
        let line = self.line_in(&text, offset);
        let start = self.start_in(&text, line).unwrap_or(0) as usize;
        let end = (offset as usize).min(text.len());
        let column = text.get(start..end).map_or(end - start, |s| s.chars().count());
        (line, column as u32 + 1)
    }

    /// Line (from 1) of byte `offset`; cheaper than [`Self::line_col`].
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_in(&self.whole_text(), offset)
    }

    fn line_in(&self, text: &str, offset: u32) -> u32 {
        let end = (offset as usize).min(text.len());
        let block = end / BLOCK;
        let rest = text.as_bytes().get(block * BLOCK..end).unwrap_or_default();
        self.ends(text).get(block).map_or(1, |before| before + line_ends(rest) + 1)
    }

    /// The byte at which line `line` (from 1) starts.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.start_in(&self.whole_text(), line)
    }

    fn start_in(&self, text: &str, line: u32) -> Option<u32> {
        let Some(ends) = line.checked_sub(1)?.checked_sub(1) else { return Some(0) };
        // The block in which the line before ends, and which of its line ends that is.
        let counts = self.ends(text);
        let block = counts.partition_point(|&before| before <= ends).checked_sub(1)?;
        let nth = (ends - counts[block]) as usize;
        let rest = text.as_bytes().get(block * BLOCK..)?;
        let (end, _) = rest.iter().enumerate().filter(|end| *end.1 == b'\n').nth(nth)?;
        Some((block * BLOCK + end) as u32 + 1)
    }

    /// The text of line `line` (from 1), without its line end; empty when there is no such line.
    pub fn line(&self, line: u32) -> &str {
        let Some(start) = self.line_start(line) else { return "" };
        let rest = self.text.get(start as usize..).unwrap_or_default();
        rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
    }
}

fn line_ends(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte == b'\n')).sum()
}

/// All files of one compilation, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    by_name: Map<String, FileId>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; a file of the same name keeps its id and its first text, unless that is
    /// forgotten.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> FileId {
        let name = name.into();
        if let Some(&id) = self.by_name.get(&name) {
            return id;
        }
        let id = self.push(SourceFile::new(name.clone(), text.into()));
        self.by_name.insert(name, id);
        id
    }

    fn push(&mut self, file: SourceFile) -> FileId {
        self.files.truncate(MAX_FILES - 1);
        self.files.push(file);
        FileId((self.files.len() - 1) as u16)
    }

    /// Whether positions in this file can be told: it is neither too large nor one too many.
    pub fn fits(&self, id: FileId) -> bool {
        usize::from(id.0) + 1 < MAX_FILES && self.file(id).text.len() <= MAX_FILE
    }

    /// Gives a file another text, before anything is said of it.
    pub fn replace_text(&mut self, id: FileId, text: impl Into<Cow<'static, str>>) {
        let file = &mut self.files[usize::from(id.0)];
        *file = SourceFile::new(core::mem::take(&mut file.name), text.into());
    }

    /// Adds a file whose text is built in; `maker` can make it again.
    pub fn add_built_in(
        &mut self,
        name: String,
        text: impl Into<Cow<'static, str>>,
        maker: Maker,
    ) -> FileId {
        let id = self.add(name, text);
        self.files[usize::from(id.0)].maker = Some(maker);
        id
    }

    /// Frees the text of a file that is built in and not read any more: it can be made again.
    pub fn put_away(&mut self, id: FileId) {
        let file = &mut self.files[usize::from(id.0)];
        if file.maker.is_some() && matches!(file.text, Cow::Owned(_)) {
            file.text = Cow::Borrowed("");
        }
    }

    /// Makes the text of a file that was put away, to be read again.
    pub fn bring_back(&mut self, id: FileId) {
        let file = &mut self.files[usize::from(id.0)];
        if let Cow::Owned(text) = file.whole_text() {
            file.text = Cow::Owned(text);
        }
    }

    /// The text of a file, which has none any more.
    pub fn take_text(&mut self, id: FileId) -> Cow<'static, str> {
        let file = &mut self.files[usize::from(id.0)];
        core::mem::take(&mut file.text)
    }

    /// Frees the text of a file about which nothing is said any more.
    pub fn forget_text(&mut self, id: FileId) {
        self.take_text(id);
    }

    /// The file with this id.
    ///
    /// # Panics
    /// If `id` is not of this map.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[usize::from(id.0)]
    }

    /// All files, in the order of their ids.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The text that `span` covers.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file()).text.get(span.start() as usize..span.end() as usize).unwrap_or("")
    }

    /// Notes a `#line` directive that ends at byte `from` of `file`: what follows is the line that
    /// lies `shift` lines behind its own, of the file `name` (of the same as before, if `None`).
    pub fn add_line_directive(&mut self, file: FileId, from: u32, name: Option<&str>, shift: i64) {
        let before = self.files[usize::from(file.0)].directives.last().map(|last| last.file);
        let target = name.map_or(before.unwrap_or(file), |name| self.name_only(name));
        let directives = &mut self.files[usize::from(file.0)].directives;
        // A file that is included again has its directives already.
        if directives.last().is_none_or(|last| last.from < from) {
            directives.push(LineDirective { from, file: target, shift });
        }
    }

    /// The file of this name, or one without a text that stands for it: a file of the same name
    /// that is read later is another.
    fn name_only(&mut self, name: &str) -> FileId {
        let known = self.files.iter().position(|file| file.name == name);
        match known {
            Some(known) => FileId(known as u16),
            None => self.push(SourceFile::new(String::from(name), Cow::Borrowed(""))),
        }
    }

    /// Whether two spans are known to start on one line: a look at what lies between them, if
    /// they are neighbours.
    pub fn share_a_line(&self, a: Span, b: Span) -> bool {
        let (start, end) = (a.start().min(b.start()), a.start().max(b.start()));
        if end - start > BLOCK as u32 / 4 {
            return false;
        }
        let between = self.file(a.file()).text.as_bytes().get(start as usize..end as usize);
        a.file() == b.file() && between.is_some_and(|bytes| !bytes.contains(&b'\n'))
    }

    /// File and line of the start of `span` as `#line` directives have it: what a line table says.
    pub fn presumed_line(&self, span: Span) -> (FileId, u32) {
        let file = self.file(span.file());
        let line = file.line_of(span.start());
        let before = file.directives.partition_point(|directive| directive.from <= span.start());
        match before.checked_sub(1).map(|last| file.directives[last]) {
            None => (span.file(), line),
            Some(last) => (last.file, u32::try_from(i64::from(line) + last.shift).unwrap_or(line)),
        }
    }

    /// File, line and column of the start of `span` as `#line` directives have it: what messages
    /// say. Line and column count from 1.
    pub fn presumed_place(&self, span: Span) -> (FileId, u32, u32) {
        let (file, line) = self.presumed_line(span);
        (file, line, self.line_col(span).1)
    }

    /// Line and column, both from 1, of the start of `span` in the file as it was read.
    pub fn line_col(&self, span: Span) -> (u32, u32) {
        self.file(span.file()).line_col(span.start())
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

impl Files for alloc::collections::BTreeMap<String, Vec<u8>> {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_their_bytes_and_back() {
        for text in ["", "\n", "a", "a\n\nbc\n", &"line\n".repeat(150), &"\n".repeat(600)] {
            let mut sources = SourceMap::new();
            let file = sources.add("t", String::from(text));
            let starts: Vec<usize> =
                core::iter::once(0).chain(text.match_indices('\n').map(|end| end.0 + 1)).collect();
            for offset in 0..text.len() + 2 {
                let line = starts.iter().filter(|&&start| start <= offset.min(text.len())).count();
                assert_eq!(sources.file(file).line_of(offset as u32), line as u32, "{text:?}");
            }
            for (line, &start) in (1..).zip(&starts) {
                assert_eq!(sources.file(file).line_start(line), Some(start as u32), "{text:?}");
            }
            assert_eq!(sources.file(file).line_start(0), None);
            assert_eq!(sources.file(file).line_start(starts.len() as u32 + 1), None);
        }
    }

    #[test]
    fn spans_hold_every_file_and_position() {
        let positions = [0, 1, 77, MAX_FILE - 1, MAX_FILE];
        for file in [0, 63, 64, MAX_FILES as u16 - 1].map(FileId) {
            for (start, end) in positions.into_iter().zip(positions.into_iter().skip(1)) {
                let span = Span::new(file, start, end);
                let parts = (span.file(), span.start() as usize, span.end() as usize);
                assert_eq!(parts, (file, start, end));
                assert_eq!(Span::new(file, end, end).with_start(start as u32), span);
                assert_eq!(Span::new(file, start, start).to(Span::new(file, end, end)), span);
                let other = Span::new(FileId(file.0 ^ 1), 0, MAX_FILE);
                assert_eq!(span.to(other), span);
            }
        }
    }

    #[test]
    fn what_has_no_positions_does_not_fit() {
        let mut sources = SourceMap::new();
        let large = sources.add("large", " ".repeat(MAX_FILE + 1));
        let largest = sources.add("largest", " ".repeat(MAX_FILE));
        assert_eq!((sources.fits(large), sources.fits(largest)), (false, true));
        let mut add = |n: usize| sources.add(alloc::format!("{n}"), "");
        let ids: Vec<FileId> = (2..MAX_FILES + 9).map(&mut add).collect();
        let fit = ids.iter().filter(|&&id| sources.fits(id)).count();
        assert_eq!(fit, MAX_FILES - 3);
    }

    #[test]
    fn a_text_that_was_put_away_is_made_again() {
        const TEXT: &str = "one\n\nthree\nfour";
        let mut sources = SourceMap::new();
        let maker: Maker = |_, take| TEXT.as_bytes().chunks(3).for_each(take);
        let file = sources.add_built_in("<t.h>".into(), String::from(TEXT), maker);
        let lines = |sources: &SourceMap| {
            let file = sources.file(file);
            assert_eq!(file.whole_text(), TEXT);
            (0..TEXT.len() as u32)
                .map(|at| (file.line_from(at).into_owned(), file.line_col(at)))
                .collect::<Vec<_>>()
        };
        let before = lines(&sources);
        sources.put_away(file);
        assert_eq!(sources.file(file).text, "");
        assert_eq!(lines(&sources), before);
        sources.bring_back(file);
        assert_eq!(sources.file(file).text, TEXT);
    }

    #[test]
    fn a_line_directive_renames_what_follows() {
        let mut sources = SourceMap::new();
        let main = sources.add("main.c", "a\n# 7 \"other.c\"\nb\nc\n");
        sources.add_line_directive(main, 15, Some("other.c"), 7 - 3);
        let at = |start| sources.presumed_line(Span::new(main, start, start + 1));
        let other = at(16).0;
        assert_eq!(at(0), (main, 1));
        assert_eq!((at(16).1, at(18).1), (7, 8));
        assert_eq!(sources.file(other).name, "other.c");
        assert_eq!(sources.line_col(Span::new(main, 16, 17)), (3, 1));
    }
}
