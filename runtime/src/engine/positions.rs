//! Which instruction of the module a translated instruction came from: what a trap needs.
//!
//! For each function a run of triples, uleb128: instructions, bytes of the module and instructions
//! of the module since the last triple, for those that may trap, call or branch.

use super::module::Module;
use super::reader::Reader;
use alloc::vec::Vec;

/// Writes one function's triples.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    start: usize,
    code: usize,
    offset: usize,
    weight: u32,
}

/// Where in the module an instruction came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    /// Index of the function.
    pub(super) function: u32,
    /// Offset in the module, in bytes.
    pub(super) offset: u32,
    /// Instructions of the function up to and including it.
    pub(super) weight: u32,
}

impl Recorder {
    /// Starts a function whose code starts at `code` and whose body at `offset`.
    pub(super) fn new(positions: &[u8], code: usize, offset: usize) -> Self {
        Self { start: positions.len(), code, offset, weight: 0 }
    }

    /// Notes that the instruction at `code` came from `offset`, where there are `weight` so far. All
    /// only grow; of several at one place the first counts.
    pub(super) fn note(
        &mut self,
        positions: &mut Vec<u8>,
        code: usize,
        offset: usize,
        weight: u32,
    ) {
        if code < self.code || (code == self.code && positions.len() > self.start) {
            return;
        }
        push(positions, code - self.code);
        push(positions, offset - self.offset);
        push(positions, (weight - self.weight) as usize);
        (self.code, self.offset, self.weight) = (code, offset, weight);
    }
}

fn push(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

impl Module {
    /// Where the last noted instruction up to instruction `code` came from.
    pub(super) fn position(&self, code: u32) -> Option<Position> {
        let defined = &self.functions[self.imported as usize..];
        let nth = defined.partition_point(|function| function.entry <= code).checked_sub(1)?;
        let function = &defined[nth];
        let end = defined.get(nth + 1).map_or(self.positions.len(), |next| next.positions as usize);
        let triples = self.positions.get(function.positions as usize..end)?;
        let mut triples = Reader::new(triples, 0);
        let mut at = function.entry;
        let mut found =
            Position { function: self.imported + nth as u32, offset: function.body, weight: 0 };
        while let (Ok(code_delta), Ok(offset_delta), Ok(weight_delta)) =
            (triples.u32(), triples.u32(), triples.u32())
        {
            at += code_delta;
            if at > code {
                break;
            }
            found.offset += offset_delta;
            found.weight += weight_delta;
        }
        Some(found)
    }
}
