//! Linear memory as the host sees it.

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
