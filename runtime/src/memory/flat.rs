//! Linear memory in one buffer.

use super::{GuestMemory, Memory, OutOfBounds, PAGE};
use alloc::vec::Vec;

/// What a [`Flat`] memory lies in.
pub trait Buffer: AsRef<[u8]> + AsMut<[u8]> {
    /// Makes the buffer at least `len` bytes long; false when it cannot be.
    fn reserve_to(&mut self, len: usize) -> bool;
}

impl Buffer for Vec<u8> {
    fn reserve_to(&mut self, len: usize) -> bool {
        let missing = len.saturating_sub(self.len());
        if self.try_reserve_exact(missing).is_err() {
            return false;
        }
        self.resize(self.len() + missing, 0);
        true
    }
}

impl Buffer for &mut [u8] {
    fn reserve_to(&mut self, len: usize) -> bool {
        len <= self.len()
    }
}

/// Linear memory in one buffer: a `Vec<u8>` of its own, or a given `&mut [u8]` such as
/// memory-mapped PSRAM.
#[derive(Debug)]
pub struct Flat<B = Vec<u8>> {
    buffer: B,
    size: u32,
    max_pages: u32,
}

impl Flat {
    /// An empty memory that allocates as it grows, up to `max_pages`.
    #[must_use]
    pub fn new(max_pages: u32) -> Self {
        Self { buffer: Vec::new(), size: 0, max_pages: max_pages.min(0xFFFF) }
    }
}

impl<'a> Flat<&'a mut [u8]> {
    /// An empty memory inside `buffer`, which bounds its growth and need not be zeroed.
    pub fn over(buffer: &'a mut [u8]) -> Self {
        let pages = buffer.len() / PAGE as usize;
        Self { buffer, size: 0, max_pages: u32::try_from(pages).unwrap_or(0xFFFF).min(0xFFFF) }
    }
}

impl<B: Buffer> Flat<B> {
    /// All of linear memory.
    pub fn bytes(&mut self) -> &mut [u8] {
        &mut self.buffer.as_mut()[..self.size as usize]
    }

    fn range(&mut self, addr: u32, len: usize) -> Result<&mut [u8], OutOfBounds> {
        let start = addr as usize;
        let end = start.checked_add(len).ok_or(OutOfBounds)?;
        self.bytes().get_mut(start..end).ok_or(OutOfBounds)
    }
}

impl<B: Buffer> GuestMemory for Flat<B> {
    fn size(&self) -> u32 {
        self.size
    }

    fn read(&mut self, addr: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        into.copy_from_slice(self.range(addr, into.len())?);
        Ok(())
    }

    fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        self.range(addr, from.len())?.copy_from_slice(from);
        Ok(())
    }

    fn fill(&mut self, addr: u32, byte: u8, len: u32) -> Result<(), OutOfBounds> {
        self.range(addr, len as usize)?.fill(byte);
        Ok(())
    }

    fn copy(&mut self, dst: u32, src: u32, len: u32) -> Result<(), OutOfBounds> {
        let len = len as usize;
        self.range(dst, len)?;
        self.range(src, len)?;
        self.bytes().copy_within(src as usize..src as usize + len, dst as usize);
        Ok(())
    }
}

// SAFETY: the window is the initialised part of the buffer, which moves only in `grow_to`.
unsafe impl<B: Buffer> Memory for Flat<B> {
    fn window(&mut self) -> (*mut u8, u32) {
        (self.buffer.as_mut().as_mut_ptr(), self.size)
    }

    #[cold]
    fn load<const N: usize>(&mut self, addr: u64) -> Result<[u8; N], OutOfBounds> {
        let mut bytes = [0; N];
        self.read(u32::try_from(addr).map_err(|_| OutOfBounds)?, &mut bytes)?;
        Ok(bytes)
    }

    #[cold]
    fn store<const N: usize>(&mut self, addr: u64, bytes: [u8; N]) -> Result<(), OutOfBounds> {
        self.write(u32::try_from(addr).map_err(|_| OutOfBounds)?, &bytes)
    }

    fn grow_to(&mut self, pages: u32) -> bool {
        if pages > self.max_pages {
            return false;
        }
        let (old, new) = (self.size as usize, pages as usize * PAGE as usize);
        if new < old || !self.buffer.reserve_to(new) {
            return false;
        }
        self.size = pages * PAGE;
        self.buffer.as_mut()[old..new].fill(0);
        true
    }
}
