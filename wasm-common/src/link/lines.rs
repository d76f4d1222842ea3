//! The line table: which source line each place in the code comes from.
//!
//! Custom section `conez.lines`, all numbers LEB128:
//!
//! ```text
//! files      count, then for each: length, name in UTF-8
//! functions  count, then for each, by index:
//!              function index, file, count of entries, then for each entry:
//!                code, then the line as a signed difference to the entry before (to 0 at first)
//! ```
//!
//! `code` is the difference to the entry before of the offset in the function's body (from its
//! first byte, the count of local declarations; to 0 at first). It is never 0, because no
//! instruction starts at offset 0 and no two at the same place: a `code` of 0 instead says that a
//! file number follows in the place of the line, and that the entries after it are in that file.
//!
//! An entry holds from its offset to that of the next one. The offset of a trap is that of the
//! instruction that trapped; for a call further up the chain, that of the call instruction.

use super::{
    patch::{signed, unsigned},
    reader::Reader,
};
use crate::frugal;
use alloc::{string::String, vec::Vec};

/// Name of the section.
pub const SECTION: &str = "conez.lines";

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which file, by its number in the table.
    pub file: u32,
    /// Line, from 1.
    pub line: u32,
}

/// The lines of a function: offset in its body, and what starts there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionLines {
    /// Index of the function in the module.
    pub function: u32,
    /// By offset.
    pub entries: Vec<(u32, Line)>,
}

/// The contents of the section; `functions` by index.
pub fn encode(files: &[String], functions: &[FunctionLines]) -> Vec<u8> {
    let mut table = Encoder::default();
    functions.iter().for_each(|function| table.add(function));
    table.finish(files)
}

/// Makes the contents of the section, one function after the other.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    functions: u32,
    bytes: Vec<u8>,
}

impl Encoder {
    /// Adds a function, whose index is larger than those before.
    pub(super) fn add(&mut self, function: &FunctionLines) {
        if function.entries.is_empty() {
            return;
        }
        self.functions += 1;
        let first = function.entries.first().map_or(0, |entry| entry.1.file);
        let (mut last, mut offset, mut count) = (Line { file: first, line: 0 }, 0, 0);
        let mut entries = Vec::new();
        for &(at, line) in &function.entries {
            if line.file != last.file {
                unsigned(&mut entries, 0);
                unsigned(&mut entries, line.file.into());
                count += 1;
            }
            unsigned(&mut entries, (at - offset).into());
            signed(&mut entries, i64::from(line.line) - i64::from(last.line));
            (last, offset) = (line, at);
            count += 1;
        }
        let bytes = &mut self.bytes;
        unsigned(bytes, function.function.into());
        unsigned(bytes, first.into());
        unsigned(bytes, count);
        entries.iter().for_each(|&byte| frugal::push(bytes, byte));
    }

    /// The contents of the section.
    pub(super) fn finish(self, files: &[String]) -> Vec<u8> {
        let mut bytes = Vec::new();
        unsigned(&mut bytes, files.len() as u64);
        for file in files {
            unsigned(&mut bytes, file.len() as u64);
            bytes.extend_from_slice(file.as_bytes());
        }
        unsigned(&mut bytes, self.functions.into());
        bytes.reserve_exact(self.bytes.len());
        bytes.extend_from_slice(&self.bytes);
        bytes
    }
}

/// Looks up lines in the section's contents, which may be anything: a malformed table knows
/// nothing.
#[derive(Clone, Copy, Debug)]
pub struct LineTable<'a> {
    bytes: &'a [u8],
}

impl<'a> LineTable<'a> {
    /// A table over the section's contents.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Name of a file.
    pub fn file(&self, number: u32) -> Option<&'a str> {
        let mut reader = Reader::new(self.bytes);
        if number >= reader.unsigned()? {
            return None;
        }
        for _ in 0..number {
            reader.name()?;
        }
        core::str::from_utf8(reader.name()?).ok()
    }

    /// The line at an offset of the body of a function.
    pub fn line(&self, function: u32, offset: u32) -> Option<Line> {
        let mut reader = Reader::new(self.bytes);
        for _ in 0..reader.unsigned()? {
            reader.name()?;
        }
        for _ in 0..reader.unsigned()? {
            let index = reader.unsigned()?;
            let found = function_line(&mut reader, offset)?;
            if index == function {
                return found;
            }
        }
        None
    }
}

/// Reads a function's entries; the line of the last one that is not behind `offset`.
fn function_line(reader: &mut Reader<'_>, offset: u32) -> Option<Option<Line>> {
    let mut file = reader.unsigned()?;
    let (mut at, mut line, mut found) = (0u32, 0i64, None);
    for _ in 0..reader.unsigned()? {
        let code = reader.unsigned()?;
        if code == 0 {
            file = reader.unsigned()?;
            continue;
        }
        at = at.checked_add(code)?;
        line = line.checked_add(reader.signed()?)?;
        if at <= offset {
            found = Some(Line { file, line: u32::try_from(line).ok()? });
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{string::ToString, vec};
    use proptest::prelude::*;

    #[test]
    fn entries_hold_until_the_next() {
        let at = |file, line| Line { file, line };
        let entries = vec![(3, at(1, 10)), (9, at(1, 7)), (200, at(0, 300)), (201, at(1, 8))];
        let functions = [FunctionLines { function: 5, entries }];
        let files = ["a.c", "b.h"].map(ToString::to_string);
        let bytes = encode(&files, &functions);
        let table = LineTable::new(&bytes);
        assert_eq!([0, 1, 2].map(|file| table.file(file)), [Some("a.c"), Some("b.h"), None]);
        let lines = [2, 3, 8, 9, 199, 200, 999].map(|offset| table.line(5, offset));
        let expected = [(1, 10), (1, 10), (1, 7), (1, 7), (0, 300), (1, 8)];
        assert_eq!(lines[0], None);
        assert_eq!(lines[1..], expected.map(|(file, line)| Some(at(file, line))));
        assert_eq!(table.line(4, 3), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_table(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let table = LineTable::new(&bytes);
            let _ = (table.line(0, 5), table.line(3, u32::MAX), table.file(0), table.file(9));
        }

        #[test]
        fn what_is_encoded_is_found(
            steps in prop::collection::vec((1u32..500, 0u32..3, 1u32..0x40_0000), 1..40),
        ) {
            let mut at = 0;
            let entries: Vec<_> = steps
                .iter()
                .map(|&(step, file, line)| {
                    at += step;
                    (at, Line { file, line })
                })
                .collect();
            let bytes = encode(&[], &[FunctionLines { function: 1, entries: entries.clone() }]);
            for (offset, line) in entries {
                prop_assert_eq!(LineTable::new(&bytes).line(1, offset), Some(line));
            }
        }
    }
}
