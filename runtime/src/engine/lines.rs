//! The line table of a module, read when asked. Its format is the linker's:
//! [`wasm_common::link::lines`].

use super::Line;
use alloc::string::ToString;
use wasm_common::link::lines::{self, LineTable};

pub(super) const SECTION: &str = lines::SECTION;

/// The line of the instruction `offset` bytes into the body of function `index`.
pub(super) fn lookup(section: &[u8], index: u32, offset: u32) -> Option<Line> {
    let table = LineTable::new(section);
    let found = table.line(index, offset)?;
    let file = table.file(found.file).unwrap_or_default().to_string();
    Some(Line { file, line: found.line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use wasm_common::link::lines::{FunctionLines, encode};

    #[test]
    fn finds_file_and_line() {
        let line = |line| lines::Line { file: 0, line };
        let functions = [
            FunctionLines { function: 4, entries: vec![(2, line(10)), (7, line(11))] },
            FunctionLines { function: 5, entries: vec![(2, line(20)), (7, line(19))] },
        ];
        let table = encode(&["a.c".into()], &functions);
        let at = |index, offset| lookup(&table, index, offset).map(|line| line.line);
        assert_eq!(at(4, 1), None);
        assert_eq!(at(4, 2), Some(10));
        assert_eq!(at(4, 7), Some(11));
        assert_eq!(at(5, 6), Some(20));
        assert_eq!(at(5, 900), Some(19));
        assert_eq!(at(6, 2), None);
        assert_eq!(lookup(&table, 4, 2).map(|line| line.file).as_deref(), Some("a.c"));
    }

    #[test]
    fn junk_knows_nothing() {
        assert_eq!(lookup(&[0xFF; 9], 0, 0), None);
        assert_eq!(lookup(&[], 0, 0), None);
    }
}
