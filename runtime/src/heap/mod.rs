//! The allocators: the low heap, which starts where static data ends and so lies in the window as
//! far as it reaches, and the string pool.
//!
//! In: sizes and addresses that a program passes, whatever they are. Out: addresses of zeroed
//! blocks, or 0.
//!
//! All bookkeeping is on the host's side, two bits for every four bytes up to the highest ever
//! used (`region`): nothing of the window goes to headers, no search walks a chain through
//! PSRAM, nothing that a program overwrites can harm the host, and the number of blocks has no
//! limit but the space. Free neighbours merge by themselves, since free space has no structure.

mod bits;
mod region;

use crate::memory::GuestMemory;
use alloc::vec::Vec;
use core::ops::Range;
use region::Region;

/// The two regions of one run.
#[derive(Clone, Debug)]
pub struct Heap {
    low: Region,
    pool: Region,
    ignored: u32,
    /// The source line that the program is in.
    line: u32,
    /// Every block so far, if that is wanted.
    log: Option<Vec<Block>>,
}

/// A block of memory, as a profile wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The source line that asked for it; 0 when that is not known.
    pub line: u32,
    /// Where it lies, or lay.
    pub addresses: Range<u32>,
}

/// Blocks that are noted at most.
const MOST_RECORDED: usize = 1 << 16;

/// What the run report says of the allocators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeapStats {
    /// Most bytes of the low heap in use at once.
    pub low_peak: u32,
    /// Bytes that the low heap has.
    pub low_size: u32,
    /// Most bytes of the pool in use at once.
    pub pool_peak: u32,
    /// Bytes that the pool has.
    pub pool_size: u32,
    /// Blocks allocated and not freed, of both regions.
    pub live_blocks: u32,
    /// Bytes in them.
    pub live_bytes: u32,
    /// Calls of `free` and `realloc` with an address that is no block.
    pub ignored_frees: u32,
}

impl Heap {
    /// An empty heap in these address ranges. They should not overlap; one that ends before it
    /// starts is empty.
    pub fn new(low: Range<u32>, pool: Range<u32>) -> Self {
        Self { low: Region::new(low), pool: Region::new(pool), ignored: 0, line: 0, log: None }
    }

    /// A zeroed block of `size` bytes (at least one), from the low heap or, when that is full,
    /// from the pool; 0 when neither has room.
    pub fn alloc(&mut self, memory: &mut dyn GuestMemory, size: u32) -> u32 {
        let address = self.low.alloc(size).or_else(|| self.pool.alloc(size));
        self.zeroed(memory, address, size)
    }

    /// A zeroed block from the pool alone, where strings live; 0 when it has no room.
    pub fn alloc_pool(&mut self, memory: &mut dyn GuestMemory, size: u32) -> u32 {
        let address = self.pool.alloc(size);
        self.zeroed(memory, address, size)
    }

    fn zeroed(&mut self, memory: &mut dyn GuestMemory, address: Option<u32>, size: u32) -> u32 {
        let Some(address) = address else { return 0 };
        // A region that reaches past memory (a module can lie about its pool) gives nothing.
        if memory.fill(address, 0, size).is_err() {
            self.release(address);
            return 0;
        }
        if let Some(log) = self.log.as_mut().filter(|log| log.len() < MOST_RECORDED) {
            let addresses = address..address.saturating_add(size);
            log.push(Block { line: self.line, addresses });
        }
        address
    }

    /// The program is in this source line now.
    pub fn at_line(&mut self, line: u32) {
        self.line = line;
    }

    /// From now on, notes each new block.
    pub fn record(&mut self) {
        self.log = Some(Vec::new());
    }

    /// The blocks since [`Self::record`], freed ones too, in their order.
    pub fn recorded(&self) -> &[Block] {
        self.log.as_deref().unwrap_or_default()
    }

    /// Releases the block at `address`; anything else is counted and ignored.
    pub fn free(&mut self, address: u32) {
        if !self.release(address) {
            self.ignored = self.ignored.saturating_add(1);
        }
    }

    /// Releases the string at `address`. What lies outside the pool (a literal, a block of the
    /// low heap) stays as it is and does not count.
    pub fn free_pool(&mut self, address: u32) {
        if self.pool.contains(address) && !self.pool.free(address) {
            self.ignored = self.ignored.saturating_add(1);
        }
    }

    fn release(&mut self, address: u32) -> bool {
        self.low.free(address) || self.pool.free(address)
    }

    /// Resizes the block at `address`, in place when it can, else into either region; 0 when
    /// there is no room (the block stays) or `address` is no block. Size 0 frees; address 0
    /// allocates. What the block gains is zero.
    pub fn realloc(&mut self, memory: &mut dyn GuestMemory, address: u32, size: u32) -> u32 {
        if address == 0 {
            return self.alloc(memory, size);
        }
        if size == 0 {
            self.free(address);
            return 0;
        }
        let region = if self.low.contains(address) { &mut self.low } else { &mut self.pool };
        let Some(old) = region.size_of(address) else {
            self.ignored = self.ignored.saturating_add(1);
            return 0;
        };
        if region.resize(address, size) {
            if size > old && memory.fill(address + old, 0, size - old).is_err() {
                region.resize(address, old);
                return 0;
            }
            return address;
        }
        let moved = self.alloc(memory, size);
        if moved != 0 && memory.copy(moved, address, old.min(size)).is_ok() {
            self.release(address);
        }
        moved
    }

    /// Bytes of the block at `address` (its size rounded up to four), or `None` when there is
    /// no such block.
    pub fn size_of(&self, address: u32) -> Option<u32> {
        self.low.size_of(address).or_else(|| self.pool.size_of(address))
    }

    /// The counts of this run so far.
    pub fn stats(&self) -> HeapStats {
        HeapStats {
            low_peak: self.low.peak(),
            low_size: self.low.size(),
            pool_peak: self.pool.peak(),
            pool_size: self.pool.size(),
            live_blocks: self.low.blocks() + self.pool.blocks(),
            live_bytes: self.low.used() + self.pool.used(),
            ignored_frees: self.ignored,
        }
    }
}

#[cfg(test)]
mod tests;
