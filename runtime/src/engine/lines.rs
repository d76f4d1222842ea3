//! The line table: custom section `conez.lines`, read when asked. The only place in the runtime
//! that knows its format:
//!
//! ```text
//! table    = count of files, { length, bytes }     uleb128, names in UTF-8
//!            { function }                          in code order
//! function = index, file, count, { entry }         uleb128; file by position, from 0
//! entry    = offset delta, line delta              uleb128, sleb128
//! ```
//!
//! Offsets count from the start of the function's body (its locals), lines from 0. An entry holds
//! up to the next one.

use super::Line;
use super::reader::{Reader, Result};
use alloc::string::String;

pub(super) const SECTION: &str = "conez.lines";

/// The line of the instruction `offset` bytes into the body of function `index`.
pub(super) fn lookup(section: &[u8], index: u32, offset: u32) -> Option<Line> {
    find(Reader::new(section, 0), index, offset).ok().flatten()
}

fn find(mut table: Reader<'_>, wanted: u32, offset: u32) -> Result<Option<Line>> {
    let mut files = table;
    for _ in 0..table.u32()? {
        table.name()?;
    }
    while !table.is_empty() {
        let (index, file, count) = (table.u32()?, table.u32()?, table.u32()?);
        let (mut at, mut line, mut found) = (0_u32, 0_i32, None);
        for _ in 0..count {
            at = at.saturating_add(table.u32()?);
            line = line.wrapping_add(table.i32()?);
            if at <= offset {
                found = u32::try_from(line).ok();
            }
        }
        if index == wanted {
            let file = name(&mut files, file)?;
            return Ok(found.map(|line| Line { file, line }));
        }
    }
    Ok(None)
}

fn name(files: &mut Reader<'_>, wanted: u32) -> Result<String> {
    for i in 0..files.u32()? {
        let file = files.name()?;
        if i == wanted {
            return Ok(file.into());
        }
    }
    Ok(String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_file_and_line() {
        let table = [
            1, 3, b'a', b'.', b'c', // files
            4, 0, 2, 2, 10, 5, 1, // function 4: line 10 from 2, line 11 from 7
            5, 0, 2, 2, 20, 5, 0x7F, // function 5: line 20 from 2, line 19 from 7
        ];
        let at = |index, offset| lookup(&table, index, offset).map(|line| line.line);
        assert_eq!(at(4, 1), None);
        assert_eq!(at(4, 2), Some(10));
        assert_eq!(at(4, 7), Some(11));
        assert_eq!(at(5, 6), Some(20));
        assert_eq!(at(5, 900), Some(19));
        assert_eq!(at(6, 2), None);
        assert_eq!(lookup(&table, 4, 2).map(|line| line.file).as_deref(), Some("a.c"));
    }
}
