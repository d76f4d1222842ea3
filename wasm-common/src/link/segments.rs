//! Initial contents of memory, without the zeros that are there anyway.

use super::patch::Numbers;
use crate::ir::DataObject;
use alloc::vec::Vec;

/// Zeros that a segment may hold before it is worth a new one: the header of a segment takes
/// about as many bytes.
const GAP: usize = 8;

/// Pieces of memory by address: what is not zero, and few zeros between.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    pub(crate) list: Vec<(u32, Vec<u8>)>,
}

impl Segments {
    /// Adds an object at `address`, which is behind all others.
    pub(crate) fn add(&mut self, address: u32, object: &DataObject, numbers: &Numbers) {
        let mut bytes = object.bytes.clone();
        bytes.truncate(object.size as usize);
        for reloc in &object.relocs {
            let at = reloc.offset as usize;
            if bytes.len() < at + 4 {
                bytes.resize(at + 4, 0);
            }
            let target = numbers.addresses.get(&reloc.target);
            let target = target.or_else(|| numbers.table.get(&reloc.target));
            let value = target.copied().unwrap_or(0).wrapping_add_signed(reloc.addend);
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        self.bytes(address, &bytes);
    }

    fn bytes(&mut self, address: u32, bytes: &[u8]) {
        let mut at = 0;
        while let Some(skip) = bytes[at..].iter().position(|&byte| byte != 0) {
            let start = at + skip;
            let len = bytes[start..].iter().position(|&byte| byte == 0);
            at = len.map_or(bytes.len(), |len| start + len);
            self.piece(address + start as u32, &bytes[start..at]);
        }
    }

    fn piece(&mut self, address: u32, piece: &[u8]) {
        if let Some((start, bytes)) = self.list.last_mut() {
            let gap = address as usize - (*start as usize + bytes.len());
            if gap <= GAP {
                bytes.resize(bytes.len() + gap, 0);
                return bytes.extend_from_slice(piece);
            }
        }
        self.list.push((address, piece.to_vec()));
    }
}
