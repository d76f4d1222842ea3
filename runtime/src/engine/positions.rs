//! Which instruction of the module a translated instruction came from: what a trap needs.
//!
//! For each function a run of pairs (instructions since the last pair, module bytes since the last
//! pair), uleb128, for the instructions that may trap or call.

use super::module::Module;
use super::reader::Reader;
use alloc::vec::Vec;

/// Writes one function's pairs.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    start: usize,
    code: usize,
    offset: usize,
}

impl Recorder {
    /// Starts a function whose code starts at `code` and whose body at `offset`.
    pub(super) fn new(positions: &[u8], code: usize, offset: usize) -> Self {
        Self { start: positions.len(), code, offset }
    }

    /// Notes that the instruction at `code` came from `offset`. Both only grow; of several at one
    /// place the first counts.
    pub(super) fn note(&mut self, positions: &mut Vec<u8>, code: usize, offset: usize) {
        if code < self.code || (code == self.code && positions.len() > self.start) {
            return;
        }
        push(positions, code - self.code);
        push(positions, offset - self.offset);
        (self.code, self.offset) = (code, offset);
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
    /// The defined function that instruction `code` belongs to, and the offset in the module of
    /// the last noted instruction up to it.
    pub(super) fn position(&self, code: u32) -> Option<(u32, u32)> {
        let defined = &self.functions[self.imported as usize..];
        let nth = defined.partition_point(|function| function.entry <= code).checked_sub(1)?;
        let function = &defined[nth];
        let end = defined.get(nth + 1).map_or(self.positions.len(), |next| next.positions as usize);
        let pairs = self.positions.get(function.positions as usize..end)?;
        let mut pairs = Reader::new(pairs, 0);
        let (mut at, mut offset) = (function.entry, function.body);
        while let (Ok(code_delta), Ok(offset_delta)) = (pairs.u32(), pairs.u32()) {
            at += code_delta;
            if at > code {
                break;
            }
            offset += offset_delta;
        }
        Some((self.imported + nth as u32, offset))
    }
}
