//! One range of addresses, handed out first fit in granules of four bytes.
//!
//! Two bits a granule: is it used, and does a block start in it. A block reaches to the next
//! granule that is free or starts another.
//!
//! Invariants: a start bit is set only on a used granule; nothing of `n` granules fits before
//! `hints[n - 1]` (and of more than [`CLASSES`], before the last), so that a search starts near its
//! end and is still first fit, which keeps blocks low, in the window.

use super::bits::Bits;
use core::ops::Range;

/// Bytes that one pair of bits stands for.
const GRANULE: u32 = 4;

/// Sizes, in granules, that have a hint of their own.
const CLASSES: usize = 16;

#[derive(Clone, Debug)]
pub(super) struct Region {
    base: u32,
    granules: u32,
    used: Bits,
    starts: Bits,
    hints: [u32; CLASSES],
    used_granules: u32,
    peak_granules: u32,
    blocks: u32,
}

impl Region {
    /// An empty region. The base is rounded up to 8, so that even granules are 8-aligned.
    pub(super) fn new(range: Range<u32>) -> Self {
        let base = range.start.checked_next_multiple_of(8).unwrap_or(u32::MAX);
        Self {
            base,
            granules: range.end.saturating_sub(base) / GRANULE,
            used: Bits::default(),
            starts: Bits::default(),
            hints: [0; CLASSES],
            used_granules: 0,
            peak_granules: 0,
            blocks: 0,
        }
    }

    /// Address of a block of `size` bytes: 8-aligned from 8 bytes on, else 4-aligned.
    pub(super) fn alloc(&mut self, size: u32) -> Option<u32> {
        let count = granules(size);
        let start = self.find(count, if count >= 2 { 2 } else { 1 })?;
        self.take(start, start + count);
        self.starts.set(start);
        self.blocks += 1;
        // What is larger did not fit before this block either.
        for hint in self.hints.iter_mut().skip(count as usize - 1) {
            *hint = (*hint).max(start + count);
        }
        Some(self.base + start * GRANULE)
    }

    /// First fit.
    fn find(&self, count: u32, align: u32) -> Option<u32> {
        let mut at = self.hints[(count as usize).min(CLASSES) - 1];
        loop {
            at = self.used.next_clear(at, self.granules).next_multiple_of(align);
            let end = at.checked_add(count).filter(|&end| end <= self.granules)?;
            let blocked = self.used.next_set(at, end);
            if blocked == end {
                return Some(at);
            }
            at = blocked;
        }
    }

    fn take(&mut self, from: u32, to: u32) {
        self.used.fill(from, to, true);
        self.used_granules += to - from;
        self.peak_granules = self.peak_granules.max(self.used_granules);
    }

    fn give_back(&mut self, from: u32, to: u32) {
        self.used.fill(from, to, false);
        self.used_granules -= to - from;
        // A new fit of n granules holds one of these, so it starts fewer than n before them.
        for (hint, reach) in self.hints.iter_mut().zip(0..) {
            *hint = (*hint).min(from.saturating_sub(reach));
        }
    }

    /// Releases the block at `address`; false when there is none.
    pub(super) fn free(&mut self, address: u32) -> bool {
        let Some((start, end)) = self.block(address) else { return false };
        self.starts.clear(start);
        self.give_back(start, end);
        self.blocks -= 1;
        true
    }

    /// Makes the block at `address` hold `size` bytes without moving it; false, and no change,
    /// when there is no such block or its neighbour is in the way.
    pub(super) fn resize(&mut self, address: u32, size: u32) -> bool {
        let Some((start, end)) = self.block(address) else { return false };
        let Some(wanted) = start.checked_add(granules(size)).filter(|&e| e <= self.granules) else {
            return false;
        };
        let aligned = size < 8 || start % 2 == 0;
        if !aligned || (wanted > end && self.used.next_set(end, wanted) < wanted) {
            return false;
        }
        if wanted > end {
            self.take(end, wanted);
        } else {
            self.give_back(wanted, end);
        }
        true
    }

    /// Bytes of the block at `address`.
    pub(super) fn size_of(&self, address: u32) -> Option<u32> {
        self.block(address).map(|(start, end)| (end - start) * GRANULE)
    }

    /// Whether `address` lies in this region.
    pub(super) fn contains(&self, address: u32) -> bool {
        address >= self.base && address - self.base < self.granules * GRANULE
    }

    /// First and last-but-one granule of the block that starts at `address`.
    fn block(&self, address: u32) -> Option<(u32, u32)> {
        let offset = address.checked_sub(self.base)?;
        let start = offset / GRANULE;
        if offset % GRANULE != 0 || start >= self.granules || !self.starts.get(start) {
            return None;
        }
        let limit = self.used.next_clear(start, self.granules);
        Some((start, self.starts.next_set(start + 1, limit)))
    }

    pub(super) fn size(&self) -> u32 {
        self.granules * GRANULE
    }

    pub(super) fn used(&self) -> u32 {
        self.used_granules * GRANULE
    }

    pub(super) fn peak(&self) -> u32 {
        self.peak_granules * GRANULE
    }

    pub(super) fn blocks(&self) -> u32 {
        self.blocks
    }
}

/// Granules that hold `size` bytes; one at least, so that every block has its own address.
fn granules(size: u32) -> u32 {
    size.div_ceil(GRANULE).max(1)
}
