//! What PSRAM hangs on: the bus trait, its errors and counts.

use core::fmt;

/// A transfer that the chip or its bus refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BusError {
    /// The bus itself failed.
    Bus,
    /// The chip did not answer with the ID of a working part; what it answered.
    BadId(u8, u8),
    /// Chip select was low for longer than 8 us: this many nanoseconds.
    SelectTooLong(u64),
    /// A command ran across the end of a 1 KiB device page, from this address.
    CrossesPage(u32),
    /// A command that the chip does not know or not in this state.
    Command(u8),
    /// An address outside the chip.
    Address(u32),
    /// The clock is too slow for even one byte within 8 us, or too fast for the chip.
    Clock(u32),
}

impl fmt::Display for BusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bus => f.write_str("the bus failed"),
            Self::BadId(kind, good) => write!(f, "no working chip: ID {kind:#04x} {good:#04x}"),
            Self::SelectTooLong(ns) => write!(f, "chip selected for {ns} ns, 8000 at most"),
            Self::CrossesPage(addr) => write!(f, "command at {addr:#x} crosses a device page"),
            Self::Command(byte) => write!(f, "command {byte:#04x} not accepted"),
            Self::Address(addr) => write!(f, "address {addr:#x} outside the chip"),
            Self::Clock(mhz) => write!(f, "a clock of {mhz} MHz does not suit the chip"),
        }
    }
}

impl core::error::Error for BusError {}

/// What has crossed a bus so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BusStats {
    /// Commands: times that chip select went low.
    pub commands: u64,
    /// Data bytes read.
    pub read_bytes: u64,
    /// Data bytes written.
    pub written_bytes: u64,
    /// Time on the bus, in nanoseconds.
    pub nanoseconds: u64,
}

/// Byte-addressed memory behind a bus. An implementation splits transfers as its chip needs.
pub trait PsramBus {
    /// Bytes it holds.
    fn capacity(&self) -> u32;

    /// Reads `into.len()` bytes from `addr`.
    ///
    /// # Errors
    /// If the range lies outside the chip or the bus fails.
    fn read(&mut self, addr: u32, into: &mut [u8]) -> Result<(), BusError>;

    /// Writes `from` to `addr`.
    ///
    /// # Errors
    /// If the range lies outside the chip or the bus fails.
    fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), BusError>;

    /// What has crossed the bus, for those that count.
    fn stats(&self) -> BusStats {
        BusStats::default()
    }
}

impl embedded_hal::spi::Error for BusError {
    fn kind(&self) -> embedded_hal::spi::ErrorKind {
        embedded_hal::spi::ErrorKind::Other
    }
}
