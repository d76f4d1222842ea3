//! The page cache of [`Windowed`](super::Windowed) memory: which pages are in fast RAM, which bytes
//! of them are newer than the bus.
//!
//! A table with an entry a page finds a page's frame without a search: 2 bytes a page. A frame
//! notes its changed bytes in 32 granules and writes back only those; a page that was never
//! written back is known to be zero, and one that is overwritten whole is not read first.

use super::windowed::{Policy, Stats};
use super::{BusError, PsramBus};
use alloc::{vec, vec::Vec};

/// In `resident`: the page is on the bus only.
pub(super) const ABSENT: u16 = 0xFFFF;
/// In `resident`: the page was never on the bus; it is all zero.
pub(super) const FRESH: u16 = 0xFFFE;
/// In `Frame::page`: none.
const NO_PAGE: u32 = u32::MAX;

/// Bits of a frame's `dirty`.
const GRANULES: u32 = 32;
/// Bytes in a granule at least: then a load or store touches two at most.
const GRANULE: u32 = 8;

#[derive(Clone, Copy, Debug)]
struct Frame {
    page: u32,
    /// Granules that are newer than the bus.
    dirty: u32,
    /// When it was used last, in misses ([`Policy::Lru`]), or whether it was ([`Policy::Clock`]).
    used: u32,
    /// Whether the bus has never seen the page: all of it must be written back if any.
    fresh: bool,
}

#[derive(Debug)]
pub(super) struct Cache<B> {
    pub(super) bus: B,
    pub(super) stats: Stats,
    /// The frames' bytes.
    bytes: Vec<u8>,
    frames: Vec<Frame>,
    /// For each page its frame, or `FRESH` or `ABSENT`. The page that the window ends in is never
    /// here, so that whatever is found here lies outside the window.
    resident: Vec<u16>,
    /// That page, and what would be here for it.
    edge: (u32, u16),
    /// Bytes in a page, less one.
    mask: usize,
    /// log2 of bytes in a page, and in a granule.
    shift: u32,
    granule_shift: u32,
    /// What `used` is set to, and how much more after each miss: 1 and 0 for `Clock`. Counting
    /// misses, not uses, makes a hit cheap, and orders what was used between two misses at random.
    now: u32,
    step: u32,
    hand: usize,
}

impl<B: PsramBus> Cache<B> {
    /// For a memory whose first `window` bytes lie elsewhere.
    pub(super) fn new(bus: B, window: u32, page_size: u32, pages: u32) -> Self {
        let frame = Frame { page: NO_PAGE, dirty: 0, used: 0, fresh: false };
        Self {
            bus,
            stats: Stats::default(),
            bytes: vec![0; page_size as usize * pages as usize],
            frames: vec![frame; pages as usize],
            resident: Vec::new(),
            edge: (window / page_size, FRESH),
            mask: page_size as usize - 1,
            shift: page_size.trailing_zeros(),
            granule_shift: (page_size / GRANULES).max(GRANULE).trailing_zeros(),
            now: 1,
            step: 0,
            hand: 0,
        }
    }

    pub(super) fn set_policy(&mut self, policy: Policy) {
        self.step = u32::from(policy == Policy::Lru);
    }

    /// Makes the table cover `size` bytes of memory; what is new is zero. False without the RAM.
    pub(super) fn extend_to(&mut self, size: u32) -> bool {
        let pages = (size >> self.shift) as usize;
        if self.resident.try_reserve_exact(pages.saturating_sub(self.resident.len())).is_err() {
            return false;
        }
        self.resident.resize(pages, FRESH);
        if let Some(edge) = self.resident.get_mut(self.edge.0 as usize) {
            *edge = ABSENT;
        }
        true
    }

    pub(super) fn rest_of_page(&self, addr: u32) -> usize {
        (1 << self.shift) - self.offset(addr)
    }

    fn offset(&self, addr: u32) -> usize {
        addr as usize & ((1 << self.shift) - 1)
    }

    /// For `N` bytes at `addr` in one page that is in the cache: its frame, the offset in the page,
    /// and where the bytes are. Notes that the frame is used.
    #[inline(always)]
    fn find<const N: usize>(&mut self, addr: u64) -> Option<(&mut Frame, usize, *mut [u8; N])> {
        let offset = addr as usize & self.mask;
        let frame = *self.resident.get(usize::try_from(addr >> self.shift).ok()?)?;
        if frame >= FRESH || offset + (N - 1) > self.mask {
            return None;
        }
        let index = usize::from(frame);
        debug_assert!(index < self.frames.len());
        // SAFETY: what `resident` holds below FRESH is the number of a frame, and `bytes` has `size`
        // bytes for each; the checks would double the time of a hit.
        unsafe {
            let bytes = self.bytes.as_mut_ptr().add((index << self.shift) + offset).cast();
            let frame = self.frames.get_unchecked_mut(index);
            frame.used = self.now;
            Some((frame, offset, bytes))
        }
    }

    /// Loads from a page in the cache.
    #[inline(always)]
    pub(super) fn hit<const N: usize>(&mut self, addr: u64) -> Option<[u8; N]> {
        let (_, _, bytes) = self.find::<N>(addr)?;
        // SAFETY: `find` gives bytes of the cache.
        Some(unsafe { bytes.read() })
    }

    /// Stores to a page in the cache; false when it is not there.
    #[inline(always)]
    pub(super) fn hit_store<const N: usize>(&mut self, addr: u64, bytes: [u8; N]) -> bool {
        let granule_shift = self.granule_shift;
        let Some((frame, offset, place)) = self.find::<N>(addr) else { return false };
        frame.dirty |= 1 << (offset >> granule_shift);
        if N > 1 {
            frame.dirty |= 1 << ((offset + N - 1) >> granule_shift);
        }
        // SAFETY: `find` gives bytes of the cache.
        unsafe { place.write(bytes) };
        true
    }

    /// The bytes from `addr` to the end of its page.
    pub(super) fn read(&mut self, addr: u32) -> Result<&[u8], BusError> {
        let frame = self.bring(addr >> self.shift, true)?;
        let page = &self.bytes[frame << self.shift..][..1 << self.shift];
        Ok(&page[self.offset(addr)..])
    }

    /// `len` bytes from `addr`, in one page, all of which will be written.
    pub(super) fn overwrite(&mut self, addr: u32, len: usize) -> Result<&mut [u8], BusError> {
        let offset = self.offset(addr);
        let frame = self.bring(addr >> self.shift, len < 1 << self.shift)?;
        let (first, last) =
            (offset >> self.granule_shift, (offset + len - 1) >> self.granule_shift);
        // `last` is 31 at most: from `first` to `last`, both included.
        self.frames[frame].dirty |= (u32::MAX >> (31 - (last - first))) << first;
        Ok(&mut self.bytes[(frame << self.shift) + offset..][..len])
    }

    /// The frame with `page`, brought in if need be, its bytes only if they are wanted.
    fn bring(&mut self, page: u32, wanted: bool) -> Result<usize, BusError> {
        let known = *self.place(page);
        if known < FRESH {
            self.frames[usize::from(known)].used = self.now;
            return Ok(known.into());
        }
        self.stats.misses += 1;
        self.now = self.now.wrapping_add(self.step);
        let frame = self.victim();
        self.evict(frame)?;
        let bytes = &mut self.bytes[frame << self.shift..][..1 << self.shift];
        if known == FRESH {
            bytes.fill(0);
        } else if wanted {
            self.bus.read(page << self.shift, bytes)?;
            self.stats.fetches += 1;
        }
        let fresh = known == FRESH;
        self.frames[frame] = Frame { page, dirty: 0, used: self.now, fresh };
        *self.place(page) = frame as u16;
        Ok(frame)
    }

    /// Where it says which frame holds `page`.
    fn place(&mut self, page: u32) -> &mut u16 {
        let (edge, place) = &mut self.edge;
        if page == *edge { place } else { &mut self.resident[page as usize] }
    }

    /// The frame to use next.
    fn victim(&mut self) -> usize {
        if self.step > 0 {
            let ages = self.frames.iter().map(|frame| self.now.wrapping_sub(frame.used));
            let ages = ages.zip(&self.frames).enumerate();
            let oldest = ages.max_by_key(|(_, (age, frame))| (frame.page == NO_PAGE, *age));
            return oldest.map_or(0, |(index, _)| index);
        }
        loop {
            let index = self.hand;
            self.hand = if index + 1 == self.frames.len() { 0 } else { index + 1 };
            let frame = &mut self.frames[index];
            if core::mem::take(&mut frame.used) == 0 {
                return index;
            }
        }
    }

    /// Empties a frame.
    fn evict(&mut self, index: usize) -> Result<(), BusError> {
        let frame = self.frames[index];
        if frame.page == NO_PAGE {
            return Ok(());
        }
        self.stats.evictions += 1;
        self.write_back(index)?;
        let fresh = self.frames[index].fresh;
        *self.place(frame.page) = if fresh { FRESH } else { ABSENT };
        self.frames[index].page = NO_PAGE;
        Ok(())
    }

    /// Writes a frame's changed bytes to the bus, each run of granules at once.
    fn write_back(&mut self, index: usize) -> Result<(), BusError> {
        let frame = &mut self.frames[index];
        if frame.dirty == 0 {
            return Ok(());
        }
        let size = 1_usize << self.shift;
        let granule = 1_usize << self.granule_shift;
        let mut dirty = if frame.fresh { u32::MAX } else { frame.dirty };
        let bytes = &self.bytes[index << self.shift..][..size];
        self.stats.write_backs += 1;
        while dirty != 0 {
            let first = dirty.trailing_zeros() as usize;
            let run = (!(dirty >> first)).trailing_zeros() as usize;
            let start = first * granule;
            let end = ((first + run) * granule).min(size);
            if start < size {
                self.bus.write((frame.page << self.shift) + start as u32, &bytes[start..end])?;
            }
            dirty = if first + run >= 32 { 0 } else { dirty >> (first + run) << (first + run) };
        }
        frame.dirty = 0;
        frame.fresh = false;
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<(), BusError> {
        (0..self.frames.len()).try_for_each(|index| self.write_back(index))
    }
}
