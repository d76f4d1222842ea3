//! The page cache of [`Windowed`](super::Windowed) memory: which pages are in fast RAM, which bytes
//! of them are newer than the bus.
//!
//! A page is found in two steps. `recent` has pages used since the last miss, by address: all that a
//! load or store needs to know is there, in one comparison. A table with an entry a page (2 bytes)
//! finds any other without a search. Bytes that changed are known by granules, so that only those
//! are written back; a page that was never written back is known to be zero, and one that is
//! overwritten whole is not read first.

use super::windowed::{Policy, Stats};
use super::{BusError, PsramBus};
use alloc::{vec, vec::Vec};

/// In `resident`: the page is on the bus only.
pub(super) const ABSENT: u16 = 0xFFFF;
/// In `resident`: the page was never on the bus; it is all zero.
pub(super) const FRESH: u16 = 0xFFFE;
/// In `Frame::page`: none.
const NO_PAGE: u32 = u32::MAX;

/// Bytes in a granule, and their log2. A load or store touches two at most.
const GRANULE: usize = 16;
const GRANULE_SHIFT: u32 = GRANULE.trailing_zeros();

/// Entries of `recent`, and log2 of the bytes after which an address has the next one. A constant,
/// as shifting by one is cheaper: a page larger than this may have several entries, smaller ones
/// share one.
const RECENT: usize = 32;
const RECENT_SHIFT: u32 = 8;

#[derive(Clone, Copy, Debug)]
struct Frame {
    page: u32,
    /// When it was used last, in misses ([`Policy::Lru`]), or whether it was ([`Policy::Clock`]).
    used: u32,
    /// Whether the bus has never seen the page: all of it must be written back if any.
    fresh: bool,
}

/// A page that was used since the last miss.
#[derive(Clone, Copy, Debug)]
struct Recent {
    /// Its first address.
    start: usize,
    /// The first of its bytes in the cache.
    bytes: *mut u8,
}

#[derive(Debug)]
pub(super) struct Cache<B> {
    /// Where the entry for an address says no other page, a page that is in the cache and has been
    /// noted as used since the last miss.
    recent: [Recent; RECENT],
    /// Bytes in a page, less those at its end where accesses of 1, 2, 4 and 8 bytes would leave it;
    /// 0 when nothing in `recent` holds.
    reach: [usize; 4],
    /// What a place in `bytes` is added to, as a number of granules, for its place in `dirty`.
    dirty_base: *mut bool,
    /// The frames' bytes, from `first` on, so that granules have addresses of whole granules.
    bytes: Vec<u8>,
    first: usize,
    /// Whether each granule is newer than the bus.
    dirty: Vec<bool>,
    pub(super) bus: B,
    pub(super) stats: Stats,
    frames: Vec<Frame>,
    /// For each page its frame, or `FRESH` or `ABSENT`. The page that the window ends in is never
    /// here, so that whatever is found here lies outside the window.
    resident: Vec<u16>,
    /// That page, and what would be here for it.
    edge: (u32, u16),
    /// log2 of bytes in a page.
    shift: u32,
    /// What `used` is set to, and how much more after each miss: 1 and 0 for `Clock`.
    now: u32,
    step: u32,
    hand: usize,
    /// Whether the page after one that was expected is fetched too, and which is expected.
    read_ahead: bool,
    expected: u32,
}

// SAFETY: the pointers go to `bytes` and `dirty`, which move with the cache.
unsafe impl<B: Send> Send for Cache<B> {}

impl<B: PsramBus> Cache<B> {
    /// For a memory whose first `window` bytes lie elsewhere.
    pub(super) fn new(bus: B, window: u32, page_size: u32, pages: u32) -> Self {
        let frame = Frame { page: NO_PAGE, used: 0, fresh: false };
        let size = page_size as usize * pages as usize;
        let mut bytes = vec![0; size + GRANULE - 1];
        let mut dirty = vec![false; size / GRANULE];
        let first = bytes.as_ptr().addr().wrapping_neg() % GRANULE;
        let granule = (bytes.as_ptr().addr() + first) / GRANULE;
        Self {
            recent: [Recent { start: 0, bytes: bytes.as_mut_ptr() }; RECENT],
            reach: [0; 4],
            dirty_base: dirty.as_mut_ptr().wrapping_sub(granule),
            bytes,
            first,
            dirty,
            bus,
            stats: Stats::default(),
            frames: vec![frame; pages as usize],
            resident: Vec::new(),
            edge: (window / page_size, FRESH),
            shift: page_size.trailing_zeros(),
            now: 1,
            step: 0,
            hand: 0,
            read_ahead: false,
            expected: 0,
        }
    }

    pub(super) fn set_policy(&mut self, policy: Policy) {
        self.step = u32::from(policy == Policy::Lru);
    }

    pub(super) fn set_read_ahead(&mut self, on: bool) {
        self.read_ahead = on;
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

    /// The bytes of a frame.
    fn page(&mut self, frame: usize) -> &mut [u8] {
        &mut self.bytes[self.first + (frame << self.shift)..][..1 << self.shift]
    }

    pub(super) fn rest_of_page(&self, addr: u32) -> usize {
        (1 << self.shift) - self.offset(addr)
    }

    fn offset(&self, addr: u32) -> usize {
        addr as usize & ((1 << self.shift) - 1)
    }

    /// Where the `N` bytes at `addr` are, if they are in one recent page.
    #[inline(always)]
    fn recent<const N: usize>(&self, addr: usize) -> Option<*mut [u8; N]> {
        const { assert!(N.is_power_of_two() && N <= 8) };
        let Recent { start, bytes } = self.recent[(addr >> RECENT_SHIFT) % RECENT];
        let offset = addr.wrapping_sub(start);
        let inside = offset < self.reach[N.trailing_zeros() as usize];
        inside.then(|| bytes.wrapping_add(offset).cast())
    }

    /// Loads from a recent page.
    #[inline(always)]
    pub(super) fn hit<const N: usize>(&self, addr: usize) -> Option<[u8; N]> {
        let place = self.recent::<N>(addr)?;
        // SAFETY: `N` bytes from there lie in one page of the cache (`reach`).
        Some(unsafe { place.read() })
    }

    /// Stores to a recent page what `value` gives; false when it is not one.
    #[inline(always)]
    pub(super) fn hit_store<const N: usize>(
        &mut self,
        addr: usize,
        value: impl FnOnce() -> [u8; N],
    ) -> bool {
        let Some(place) = self.recent::<N>(addr) else { return false };
        // SAFETY: as in `hit`; there is a `dirty` for every granule.
        unsafe {
            place.write(value());
            *self.dirty_base.wrapping_add(place.addr() / GRANULE) = true;
            if N > 1 {
                *self.dirty_base.wrapping_add((place.addr() + N - 1) / GRANULE) = true;
            }
        }
        true
    }

    /// Makes the page of `addr` a recent one, if it is in the cache and outside the window's last.
    pub(super) fn look_up(&mut self, addr: usize) -> bool {
        let page = addr >> self.shift;
        let Some(&frame) = self.resident.get(page) else { return false };
        if frame >= FRESH {
            return false;
        }
        let frame = usize::from(frame);
        self.frames[frame].used = self.now;
        let start = page << self.shift;
        // From the vector's own pointer, so that borrowing a page elsewhere leaves it valid.
        let bytes = self.bytes.as_mut_ptr().wrapping_add(self.first + (frame << self.shift));
        let recent = Recent { start, bytes };
        if self.reach[0] == 0 {
            self.recent.fill(recent);
            self.reach = [1, 2, 4, 8].map(|len| (1 << self.shift) + 1 - len);
        }
        self.recent[(addr >> RECENT_SHIFT) % RECENT] = recent;
        true
    }

    /// The bytes from `addr` to the end of its page.
    pub(super) fn read(&mut self, addr: u32) -> Result<&[u8], BusError> {
        let frame = self.bring(addr >> self.shift, true)?;
        let offset = self.offset(addr);
        Ok(&self.page(frame)[offset..])
    }

    /// `len` bytes from `addr`, in one page, all of which will be written.
    pub(super) fn overwrite(&mut self, addr: u32, len: usize) -> Result<&mut [u8], BusError> {
        let frame = self.bring(addr >> self.shift, len < 1 << self.shift)?;
        let start = (frame << self.shift) + self.offset(addr);
        let end = start + len;
        self.dirty[start >> GRANULE_SHIFT..=(end - 1) >> GRANULE_SHIFT].fill(true);
        Ok(&mut self.bytes[self.first..][start..end])
    }

    /// The frame with `page`, brought in if need be, its bytes only if they are wanted.
    fn bring(&mut self, page: u32, wanted: bool) -> Result<usize, BusError> {
        let known = *self.place(page);
        if known < FRESH {
            self.frames[usize::from(known)].used = self.now;
            return Ok(known.into());
        }
        self.stats.misses += 1;
        let next = page + 1;
        let run = self.read_ahead && page == self.expected && known == ABSENT && wanted;
        self.expected = next;
        // First what may be needed, so that it cannot put out what is.
        if run && next != self.edge.0 && self.resident.get(next as usize) == Some(&ABSENT) {
            self.fetch(next, ABSENT, true)?;
            self.expected = next + 1;
        }
        self.fetch(page, known, wanted)
    }

    /// Brings `page` into a frame.
    fn fetch(&mut self, page: u32, known: u16, wanted: bool) -> Result<usize, BusError> {
        self.now = self.now.wrapping_add(self.step);
        self.reach = [0; 4];
        let frame = self.victim();
        self.evict(frame)?;
        let fresh = known == FRESH;
        let bytes = &mut self.bytes[self.first + (frame << self.shift)..][..1 << self.shift];
        if fresh {
            bytes.fill(0);
        } else if wanted {
            self.bus.read(page << self.shift, bytes)?;
            self.stats.fetches += 1;
        }
        self.frames[frame] = Frame { page, used: self.now, fresh };
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
        let granules = 1 << (self.shift - GRANULE_SHIFT);
        let dirty = &mut self.dirty[index * granules..][..granules];
        if !dirty.contains(&true) {
            return Ok(());
        }
        let frame = &mut self.frames[index];
        if frame.fresh {
            dirty.fill(true);
        }
        self.stats.write_backs += 1;
        let mut bytes = &self.bytes[self.first + (index << self.shift)..];
        let mut addr = frame.page << self.shift;
        for run in dirty.chunk_by(bool::eq) {
            let (now, rest) = bytes.split_at(run.len() << GRANULE_SHIFT);
            if run[0] {
                self.bus.write(addr, now)?;
            }
            addr += now.len() as u32;
            bytes = rest;
        }
        dirty.fill(false);
        frame.fresh = false;
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<(), BusError> {
        (0..self.frames.len()).try_for_each(|index| self.write_back(index))
    }
}
