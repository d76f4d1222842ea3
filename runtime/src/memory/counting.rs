//! Any memory, with every load and store counted by address.

use super::{BusError, GuestMemory, Memory, OutOfBounds};
use alloc::{vec, vec::Vec};

/// Loads and stores that touched a range of addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Region {
    /// Loads.
    pub loads: u64,
    /// Stores.
    pub stores: u64,
}

/// Wraps a memory and counts every load and store that the program executes, each at the
/// 4-byte granule of its first byte. What the host and bulk instructions move is not counted.
///
/// It has no window of its own, so the program runs slower and otherwise the same: same results,
/// same instruction count.
#[derive(Debug)]
pub struct Counting<M> {
    inner: M,
    granules: Vec<Region>,
    rest: Region,
}

impl<M: Memory> Counting<M> {
    /// Counts by granule below `limit` bytes, and in one sum above.
    pub fn new(inner: M, limit: u32) -> Self {
        Self {
            inner,
            granules: vec![Region::default(); limit as usize / 4],
            rest: Region::default(),
        }
    }

    /// The memory inside.
    pub fn inner(&self) -> &M {
        &self.inner
    }

    /// The memory inside.
    pub fn inner_mut(&mut self) -> &mut M {
        &mut self.inner
    }

    /// Accesses of the granules in `start..end`; both are rounded to granules, outwards.
    #[must_use]
    pub fn region(&self, start: u32, end: u32) -> Region {
        let last = (end as usize).div_ceil(4).min(self.granules.len());
        let first = (start as usize / 4).min(last);
        let zero = Region::default();
        self.granules[first..last].iter().fold(zero, |sum, granule| Region {
            loads: sum.loads + granule.loads,
            stores: sum.stores + granule.stores,
        })
    }

    /// All accesses.
    #[must_use]
    pub fn total(&self) -> Region {
        let counted = self.region(0, u32::MAX);
        Region { loads: counted.loads + self.rest.loads, stores: counted.stores + self.rest.stores }
    }

    fn at(&mut self, addr: u64) -> &mut Region {
        let granule = usize::try_from(addr / 4).ok();
        match granule.and_then(|granule| self.granules.get_mut(granule)) {
            Some(region) => region,
            None => &mut self.rest,
        }
    }

    /// The bytes at `addr` when all of them are in the inner window.
    fn in_window<const N: usize>(&mut self, addr: u64) -> Option<*mut [u8; N]> {
        let (window, len) = self.inner.window();
        let end = addr.checked_add(N as u64)?;
        (end <= u64::from(len)).then(|| window.wrapping_add(addr as usize).cast())
    }
}

impl<M: Memory> GuestMemory for Counting<M> {
    fn size(&self) -> u32 {
        self.inner.size()
    }

    fn read(&mut self, addr: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        self.inner.read(addr, into)
    }

    fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        self.inner.write(addr, from)
    }

    fn fill(&mut self, addr: u32, byte: u8, len: u32) -> Result<(), OutOfBounds> {
        self.inner.fill(addr, byte, len)
    }

    fn copy(&mut self, dst: u32, src: u32, len: u32) -> Result<(), OutOfBounds> {
        self.inner.copy(dst, src, len)
    }
}

// SAFETY: an empty window is valid.
unsafe impl<M: Memory> Memory for Counting<M> {
    fn window(&mut self) -> (*mut u8, u32) {
        (core::ptr::dangling_mut(), 0)
    }

    fn load<const N: usize>(&mut self, addr: u64) -> Result<[u8; N], OutOfBounds> {
        self.at(addr).loads += 1;
        match self.in_window::<N>(addr) {
            // SAFETY: `in_window` checked the range against the window just asked for.
            Some(bytes) => Ok(unsafe { bytes.read() }),
            None => self.inner.load(addr),
        }
    }

    fn store<const N: usize>(&mut self, addr: u64, bytes: [u8; N]) -> Result<(), OutOfBounds> {
        self.at(addr).stores += 1;
        match self.in_window::<N>(addr) {
            // SAFETY: `in_window` checked the range against the window just asked for.
            Some(place) => unsafe { place.write(bytes) },
            None => self.inner.store(addr, bytes)?,
        }
        Ok(())
    }

    fn grow_to(&mut self, pages: u32) -> bool {
        self.inner.grow_to(pages)
    }

    fn fault(&mut self) -> Option<BusError> {
        self.inner.fault()
    }
}
