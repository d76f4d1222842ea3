//! Linear memory in two parts: a window in fast RAM and pages cached from PSRAM.

use super::{BusError, GuestMemory, Memory, OutOfBounds, PsramBus};

/// Sizes of a [`Windowed`] memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// Bytes of linear memory, from address 0, that lie in fast RAM.
    pub window: u32,
    /// Bytes in a cached page: a power of two, 32 to 4096.
    pub page_size: u32,
    /// Pages in the cache, 1 at least.
    pub pages: u32,
}

impl Default for Geometry {
    /// A 4 KiB window, 64 pages of 512 bytes.
    fn default() -> Self {
        Self { window: 4096, page_size: 512, pages: 64 }
    }
}

/// Which page makes room for another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Second chance: a hand goes round and takes the first page not used since it last passed.
    #[default]
    Clock,
    /// The page used least recently.
    Lru,
}

/// What the page cache did so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Pages brought in.
    pub misses: u64,
    /// Pages put out to make room.
    pub evictions: u64,
    /// Evictions and flushes that had bytes to write back.
    pub write_backs: u64,
    /// Loads and stores that crossed the edge of the window or of a page.
    pub straddles: u64,
}

/// Linear memory in two parts: a window in fast RAM and pages cached from PSRAM, write-back.
#[derive(Debug)]
pub struct Windowed<B> {
    bus: B,
}

impl<B: PsramBus> Windowed<B> {
    /// An empty memory that can grow to what the bus holds.
    ///
    /// # Panics
    /// If `geometry` breaks a rule stated there.
    pub fn new(bus: B, geometry: Geometry) -> Self {
        let _ = geometry;
        Self { bus }
    }

    /// The same with another replacement policy.
    #[must_use]
    pub fn with_policy(self, _policy: Policy) -> Self {
        self
    }

    /// What the cache did so far.
    pub fn stats(&self) -> Stats {
        todo!()
    }

    /// The bus.
    pub fn bus(&self) -> &B {
        &self.bus
    }

    /// Writes all changed pages back.
    ///
    /// # Errors
    /// If the bus fails.
    pub fn flush(&mut self) -> Result<(), BusError> {
        todo!()
    }
}

impl<B: PsramBus> GuestMemory for Windowed<B> {
    fn size(&self) -> u32 {
        todo!()
    }

    fn read(&mut self, _addr: u32, _into: &mut [u8]) -> Result<(), OutOfBounds> {
        todo!()
    }

    fn write(&mut self, _addr: u32, _from: &[u8]) -> Result<(), OutOfBounds> {
        todo!()
    }

    fn fill(&mut self, _addr: u32, _byte: u8, _len: u32) -> Result<(), OutOfBounds> {
        todo!()
    }

    fn copy(&mut self, _dst: u32, _src: u32, _len: u32) -> Result<(), OutOfBounds> {
        todo!()
    }
}

// SAFETY: the window is a buffer of its own that never moves.
unsafe impl<B: PsramBus> Memory for Windowed<B> {
    fn window(&mut self) -> (*mut u8, u32) {
        todo!()
    }

    fn load<const N: usize>(&mut self, _addr: u64) -> Result<[u8; N], OutOfBounds> {
        todo!()
    }

    fn store<const N: usize>(&mut self, _addr: u64, _bytes: [u8; N]) -> Result<(), OutOfBounds> {
        todo!()
    }

    fn grow_to(&mut self, _pages: u32) -> bool {
        todo!()
    }

    fn fault(&mut self) -> Option<BusError> {
        todo!()
    }
}
