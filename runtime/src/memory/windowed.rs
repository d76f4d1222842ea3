//! Linear memory in two parts: a window in fast RAM and pages cached from PSRAM.
//!
//! Linear address `a` lies in the window when `a < window`, else at address `a` of the bus, perhaps
//! with a newer copy in the cache. What always holds:
//!
//! - `resident[p]` is the frame that holds page `p`, and that frame's `page` is `p`.
//! - A page that was never written back is `FRESH`: it reads as zero and is not fetched.
//! - Bytes of a frame in granules that are not `dirty` equal what the bus has (or zero, when fresh).

use super::cache::Cache;
use super::{BusError, GuestMemory, Memory, OutOfBounds, PAGE, PsramBus};
use alloc::{vec, vec::Vec};

/// Sizes of a [`Windowed`] memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// Bytes of linear memory, from address 0, that lie in fast RAM.
    pub window: u32,
    /// Bytes in a cached page: a power of two, 32 to 4096.
    pub page_size: u32,
    /// Pages in the cache: 1 to 65000.
    pub pages: u32,
}

impl Default for Geometry {
    /// A 4 KiB window, 64 pages of 512 bytes.
    fn default() -> Self {
        Self { window: 4096, page_size: 512, pages: 64 }
    }
}

impl Geometry {
    /// Whether the rules stated at the fields hold.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.page_size.is_power_of_two()
            && (32..=4096).contains(&self.page_size)
            && (1..=65_000).contains(&self.pages)
    }
}

/// Which page makes room for another.
///
/// Measured with all data behind the simulated chip at 40 MHz and a cache of 4 KiB (`cargo bench -p
/// runtime -- bus`), milliseconds on the bus:
///
/// | pages | FFT: clock | LRU | clock, reading ahead | sieve: clock | LRU | clock, reading ahead |
/// |---|---|---|---|---|---|---|
/// | 8 of 512 bytes | 1712 | 1711 | 1307 | 320 | 320 | 342 |
/// | 16 of 256 bytes | 905 | 1041 | 897 | 217 | 216 | 227 |
///
/// So the one that needs no search is the default. Small pages cost less, as no burst is longer than
/// 30 bytes at that clock and what is fetched in vain counts; for the same reason reading ahead saves
/// no command by itself, gains where pages are missed in order before they are put out, loses
/// elsewhere, and is an option.
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
    /// Pages asked for that were not in the cache.
    pub misses: u64,
    /// Of these, pages that had to be read from the bus.
    pub fetches: u64,
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
    window: Vec<u8>,
    cache: Cache<B>,
    size: u32,
    /// One page, for copies.
    scratch: Vec<u8>,
    straddles: u64,
    fault: Option<BusError>,
}

/// A stretch of linear memory that lies in one place.
#[derive(Clone, Copy)]
enum Piece {
    Window,
    Page,
}

impl<B: PsramBus> Windowed<B> {
    /// An empty memory that can grow to what the bus holds.
    ///
    /// # Panics
    /// If `geometry` is not valid.
    pub fn new(bus: B, geometry: Geometry) -> Self {
        assert!(geometry.is_valid(), "{geometry:?}");
        Self {
            window: vec![0; geometry.window as usize],
            cache: Cache::new(bus, geometry.window, geometry.page_size, geometry.pages),
            size: 0,
            scratch: vec![0; geometry.page_size as usize],
            straddles: 0,
            fault: None,
        }
    }

    /// The same with another replacement policy.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Self {
        self.cache.set_policy(policy);
        self
    }

    /// The same with or without reading ahead: when pages are missed one after the other, each is
    /// fetched with the next. See [`Policy`] for why it is not the default.
    #[must_use]
    pub fn with_read_ahead(mut self, on: bool) -> Self {
        self.cache.set_read_ahead(on);
        self
    }

    /// What the cache did so far.
    pub fn stats(&self) -> Stats {
        Stats { straddles: self.straddles, ..self.cache.stats }
    }

    /// The bus.
    pub fn bus(&self) -> &B {
        &self.cache.bus
    }

    /// Writes all changed pages back.
    ///
    /// # Errors
    /// If the bus fails.
    pub fn flush(&mut self) -> Result<(), BusError> {
        self.cache.flush()
    }

    /// Whether `len` bytes at `addr` lie inside memory.
    fn check(&self, addr: u32, len: usize) -> Result<(), OutOfBounds> {
        let end = u64::from(addr) + len as u64;
        if end <= u64::from(self.size) { Ok(()) } else { Err(OutOfBounds) }
    }

    /// Where `addr` lies, and how many of `len` bytes from there lie in the same place.
    fn piece(&self, addr: u32, len: usize) -> (Piece, usize) {
        let window = self.window.len();
        if (addr as usize) < window {
            (Piece::Window, len.min(window - addr as usize))
        } else {
            (Piece::Page, len.min(self.cache.rest_of_page(addr)))
        }
    }

    /// The bytes of one piece, for reading.
    fn bytes(&mut self, addr: u32, piece: Piece, len: usize) -> Result<&[u8], OutOfBounds> {
        match piece {
            Piece::Window => Ok(&self.window[addr as usize..addr as usize + len]),
            Piece::Page => match self.cache.read(addr) {
                Ok(page) => Ok(&page[..len]),
                Err(error) => {
                    self.fault = Some(error);
                    Err(OutOfBounds)
                }
            },
        }
    }

    /// The bytes of one piece, all of which will be written.
    fn bytes_mut(&mut self, addr: u32, piece: Piece, len: usize) -> Result<&mut [u8], OutOfBounds> {
        match piece {
            Piece::Window => Ok(&mut self.window[addr as usize..addr as usize + len]),
            Piece::Page => match self.cache.overwrite(addr, len) {
                Ok(bytes) => Ok(bytes),
                Err(error) => {
                    self.fault = Some(error);
                    Err(OutOfBounds)
                }
            },
        }
    }

    /// Calls `f` on every piece of a checked range, with its offset in the range.
    fn overwrite(
        &mut self,
        mut addr: u32,
        len: usize,
        mut f: impl FnMut(usize, &mut [u8]),
    ) -> Result<(), OutOfBounds> {
        self.check(addr, len)?;
        let mut done = 0;
        while done < len {
            let (piece, now) = self.piece(addr, len - done);
            f(done, self.bytes_mut(addr, piece, now)?);
            done += now;
            addr = addr.wrapping_add(now as u32);
        }
        Ok(())
    }

    /// Loads what is not a plain page hit: the end of the window, a straddle, a miss.
    #[inline(never)]
    fn load_any<const N: usize>(&mut self, addr: u64) -> Result<[u8; N], OutOfBounds> {
        let addr = u32::try_from(addr).map_err(|_| OutOfBounds)?;
        self.check(addr, N)?;
        self.count_straddle(addr, N);
        let mut bytes = [0; N];
        self.read(addr, &mut bytes)?;
        Ok(bytes)
    }

    #[inline(never)]
    fn store_any<const N: usize>(&mut self, addr: u64, bytes: [u8; N]) -> Result<(), OutOfBounds> {
        let addr = u32::try_from(addr).map_err(|_| OutOfBounds)?;
        self.check(addr, N)?;
        self.count_straddle(addr, N);
        // All pages are brought in before the first byte changes.
        let mut before = [0; N];
        self.read(addr, &mut before)?;
        self.write(addr, &bytes)
    }

    /// The address, when its page is in the cache, where it is then found at once.
    fn look_up(&mut self, addr: u64) -> Option<usize> {
        let addr = usize::try_from(addr).ok()?;
        self.cache.look_up(addr).then_some(addr)
    }

    fn count_straddle(&mut self, addr: u32, len: usize) {
        let (_, first) = self.piece(addr, len);
        self.straddles += u64::from(first < len);
    }

    /// Copies `len` bytes, which fit the scratch page.
    fn copy_part(&mut self, dst: u32, src: u32, len: usize) -> Result<(), OutOfBounds> {
        let mut scratch = core::mem::take(&mut self.scratch);
        let read = self.read(src, &mut scratch[..len]);
        let done = read.and_then(|()| self.write(dst, &scratch[..len]));
        self.scratch = scratch;
        done
    }
}

impl<B: PsramBus> GuestMemory for Windowed<B> {
    fn size(&self) -> u32 {
        self.size
    }

    fn read(&mut self, mut addr: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        self.check(addr, into.len())?;
        let mut done = 0;
        while done < into.len() {
            let (piece, now) = self.piece(addr, into.len() - done);
            into[done..done + now].copy_from_slice(self.bytes(addr, piece, now)?);
            done += now;
            addr = addr.wrapping_add(now as u32);
        }
        Ok(())
    }

    fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        self.overwrite(addr, from.len(), |at, bytes| {
            bytes.copy_from_slice(&from[at..at + bytes.len()]);
        })
    }

    fn fill(&mut self, addr: u32, byte: u8, len: u32) -> Result<(), OutOfBounds> {
        self.overwrite(addr, len as usize, |_, bytes| bytes.fill(byte))
    }

    fn copy(&mut self, dst: u32, src: u32, len: u32) -> Result<(), OutOfBounds> {
        self.check(dst, len as usize)?;
        self.check(src, len as usize)?;
        // In parts that end where pages of the destination do, so that whole pages are not fetched
        // before they are overwritten; from the end when the destination lies higher.
        let page = self.scratch.len() as u32;
        let mut left = len;
        if dst <= src {
            let mut at = 0;
            while left > 0 {
                let now = left.min(page - dst.wrapping_add(at) % page);
                self.copy_part(dst + at, src + at, now as usize)?;
                at += now;
                left -= now;
            }
        } else {
            while left > 0 {
                let rest = dst.wrapping_add(left) % page;
                let now = left.min(if rest == 0 { page } else { rest });
                left -= now;
                self.copy_part(dst + left, src + left, now as usize)?;
            }
        }
        Ok(())
    }
}

// SAFETY: the window is a buffer of its own that never moves.
unsafe impl<B: PsramBus> Memory for Windowed<B> {
    #[inline(always)]
    fn window(&mut self) -> (*mut u8, u32) {
        let len = (self.window.len() as u32).min(self.size);
        (self.window.as_mut_ptr(), len)
    }

    #[inline(always)]
    fn quick_load<const N: usize>(&mut self, addr: usize) -> Option<[u8; N]> {
        self.cache.hit(addr)
    }

    #[inline(always)]
    fn quick_store<const N: usize>(
        &mut self,
        addr: usize,
        value: impl FnOnce() -> [u8; N],
    ) -> bool {
        self.cache.hit_store(addr, value)
    }

    fn load<const N: usize>(&mut self, addr: u64) -> Result<[u8; N], OutOfBounds> {
        match self.look_up(addr).and_then(|addr| self.cache.hit(addr)) {
            Some(bytes) => Ok(bytes),
            None => self.load_any(addr),
        }
    }

    fn store<const N: usize>(&mut self, addr: u64, bytes: [u8; N]) -> Result<(), OutOfBounds> {
        let done = self.look_up(addr).is_some_and(|addr| self.cache.hit_store(addr, || bytes));
        if done { Ok(()) } else { self.store_any(addr, bytes) }
    }

    fn grow_to(&mut self, pages: u32) -> bool {
        let Some(size) = pages.checked_mul(PAGE) else { return false };
        if size < self.size || size > self.cache.bus.capacity() || !self.cache.extend_to(size) {
            return false;
        }
        self.size = size;
        true
    }

    fn fault(&mut self) -> Option<BusError> {
        self.fault.take()
    }
}
