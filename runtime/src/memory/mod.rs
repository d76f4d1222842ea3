//! Linear memory: what the host sees of it ([`GuestMemory`]), what the engine needs of it
//! ([`Memory`]), and the memories there are.
//!
//! - [`Flat`]: one buffer, its own or a given one (memory-mapped PSRAM).
//! - [`Windowed`]: the first bytes in fast RAM, the rest behind a page cache on a [`PsramBus`].
//! - [`Counting`]: any of them, with every load and store counted by address.

mod bus;
mod cache;
mod chip;
mod counting;
mod flat;
mod spi;
mod windowed;

pub use bus::{BusError, BusStats, PsramBus};
pub use chip::SimChip;
pub use counting::{Counting, Region};
pub use flat::{Buffer, Flat};
pub use spi::SpiChip;
pub use windowed::{Geometry, Policy, Stats, Windowed};

/// An access outside linear memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBounds;

/// Checked access to guest memory, for host imports and segments. Object-safe; every slice and
/// copy is checked as a whole before the first byte moves.
pub trait GuestMemory {
    /// Bytes of linear memory now.
    fn size(&self) -> u32;

    /// Copies `into.len()` bytes from `addr`.
    ///
    /// # Errors
    /// If the range is not inside memory; nothing is copied then.
    fn read(&mut self, addr: u32, into: &mut [u8]) -> Result<(), OutOfBounds>;

    /// Copies `from` to `addr`.
    ///
    /// # Errors
    /// If the range is not inside memory; nothing is written then.
    fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), OutOfBounds>;

    /// Sets `len` bytes from `addr` to `byte`.
    ///
    /// # Errors
    /// If the range is not inside memory; nothing is written then.
    fn fill(&mut self, addr: u32, byte: u8, len: u32) -> Result<(), OutOfBounds>;

    /// `memmove`: `len` bytes from `src` to `dst`; they may overlap.
    ///
    /// # Errors
    /// If either range is not inside memory; nothing is written then.
    fn copy(&mut self, dst: u32, src: u32, len: u32) -> Result<(), OutOfBounds>;

    /// The little-endian 32-bit word at `addr`.
    ///
    /// # Errors
    /// If it is not inside memory.
    fn read_u32(&mut self, addr: u32) -> Result<u32, OutOfBounds> {
        let mut bytes = [0; 4];
        self.read(addr, &mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// Stores `value` at `addr`, little-endian.
    ///
    /// # Errors
    /// If it is not inside memory.
    fn write_u32(&mut self, addr: u32, value: u32) -> Result<(), OutOfBounds> {
        self.write(addr, &value.to_le_bytes())
    }
}

/// Bytes in a wasm page.
pub const PAGE: u32 = 0x1_0000;

/// Linear memory as the engine uses it: a window that it reads and writes directly, and slow
/// paths for everything else.
///
/// # Safety
/// [`Memory::window`] must return a pointer that is valid for reads and writes of that many bytes
/// until [`Memory::grow_to`] or a method of [`GuestMemory`] is called; loads and stores leave it valid.
pub unsafe trait Memory: GuestMemory {
    /// The bytes from address 0 that may be accessed directly, and how many there are (0 is
    /// allowed).
    fn window(&mut self) -> (*mut u8, u32);

    /// Loads `N` bytes (1, 2, 4 or 8) at `addr`, which need not be inside the window, if that takes
    /// no calls: this is compiled into every load of the engine. `None` leaves it to
    /// [`Memory::load`]. `usize::MAX` stands for all addresses from there on.
    #[inline(always)]
    fn quick_load<const N: usize>(&mut self, addr: usize) -> Option<[u8; N]> {
        let _ = addr;
        None
    }

    /// Stores what `value` gives as [`Memory::quick_load`] loads; false leaves it to
    /// [`Memory::store`]. A function, as the address alone may take all registers there are.
    #[inline(always)]
    fn quick_store<const N: usize>(
        &mut self,
        addr: usize,
        value: impl FnOnce() -> [u8; N],
    ) -> bool {
        let _ = (addr, value);
        false
    }

    /// Loads `N` bytes at `addr`, which need not be inside the window.
    ///
    /// # Errors
    /// If they are not inside memory.
    fn load<const N: usize>(&mut self, addr: u64) -> Result<[u8; N], OutOfBounds>;

    /// Stores `N` bytes at `addr`, which need not be inside the window.
    ///
    /// # Errors
    /// If they are not inside memory; nothing is written then.
    fn store<const N: usize>(&mut self, addr: u64, bytes: [u8; N]) -> Result<(), OutOfBounds>;

    /// Makes memory `pages` wasm pages large, at least what it is now; what is new reads as zero.
    /// False, and nothing changes, when that is more than it can hold.
    fn grow_to(&mut self, pages: u32) -> bool;

    /// The bus error behind the last `OutOfBounds`, if it was one; taken by asking.
    fn fault(&mut self) -> Option<BusError> {
        None
    }
}
