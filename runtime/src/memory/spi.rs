//! [`PsramBus`] over an SPI PSRAM chip: LY68L6400, APS6404L, ESP-PSRAM64H (datasheets: 24-bit
//! addresses; chip select low for 8 us at most, as the chip refreshes itself in between).

use super::{BusError, BusStats, PsramBus};
use embedded_hal::spi::{Operation, SpiDevice};

/// Bytes of the chips above.
pub(super) const CAPACITY: u32 = 8 << 20;
/// Bytes of a device page, which no command may cross.
pub(super) const DEVICE_PAGE: u32 = 1024;

pub(super) const RESET_ENABLE: u8 = 0x66;
pub(super) const RESET: u8 = 0x99;
pub(super) const READ_ID: u8 = 0x9F;
pub(super) const WRITE: u8 = 0x02;
/// Up to [`SLOW_READ_MHZ`].
pub(super) const READ: u8 = 0x03;
/// With 8 dummy clocks after the address.
pub(super) const FAST_READ: u8 = 0x0B;
pub(super) const SLOW_READ_MHZ: u32 = 33;
pub(super) const MAX_MHZ: u32 = 133;

/// First two bytes of the ID of a good chip.
pub(super) const GOOD_ID: [u8; 2] = [0x0D, 0x5D];

/// Microseconds that a command may keep the chip selected: 8, less 1 for the controller to select
/// and deselect it.
const SELECTED_US: u32 = 7;

/// An SPI PSRAM chip on embedded-hal's `SpiDevice`: resets it, checks its ID, and splits transfers
/// so that chip select is low for 8 us at most and no command crosses a 1 KiB device page.
#[derive(Debug)]
pub struct SpiChip<S> {
    spi: S,
    read_command: u8,
    /// Data bytes of one command at most.
    read_burst: u32,
    write_burst: u32,
    stats: BusStats,
}

impl<S: SpiDevice> SpiChip<S> {
    /// Resets the chip and reads its ID. `mhz` is the clock `spi` runs at.
    ///
    /// # Errors
    /// If the clock is too slow for the chip (a single byte would break the 8 us rule) or above
    /// 133 MHz, the bus fails, or no working chip answers.
    pub fn new(spi: S, mhz: u32) -> Result<Self, BusError> {
        let read_command = if mhz > SLOW_READ_MHZ { FAST_READ } else { READ };
        let bytes = SELECTED_US * mhz.min(MAX_MHZ) / 8;
        let read_header = if read_command == FAST_READ { 5 } else { 4 };
        let read_burst = bytes.saturating_sub(read_header);
        let write_burst = bytes.saturating_sub(4);
        if read_burst == 0 || write_burst == 0 || mhz > MAX_MHZ {
            return Err(BusError::Clock(mhz));
        }
        let stats = BusStats::default();
        let mut chip = Self { spi, read_command, read_burst, write_burst, stats };
        chip.transaction(&mut [Operation::Write(&[RESET_ENABLE])])?;
        chip.transaction(&mut [Operation::Write(&[RESET])])?;
        let mut id = [0; 2];
        let header = [READ_ID, 0, 0, 0];
        chip.transaction(&mut [Operation::Write(&header), Operation::Read(&mut id)])?;
        if id == GOOD_ID { Ok(chip) } else { Err(BusError::BadId(id[0], id[1])) }
    }

    /// The SPI device, such as the simulated chip, for its counts.
    pub fn spi(&self) -> &S {
        &self.spi
    }

    fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), BusError> {
        self.stats.commands += 1;
        self.spi.transaction(operations).map_err(|_| BusError::Bus)
    }

    /// How many of `len` bytes at `addr` the next command may move.
    fn burst(addr: u32, len: usize, most: u32) -> usize {
        let rest_of_page = DEVICE_PAGE - addr % DEVICE_PAGE;
        len.min(rest_of_page.min(most) as usize)
    }
}

fn check(addr: u32, len: usize) -> Result<(), BusError> {
    let end = u64::from(addr) + len as u64;
    if end <= u64::from(CAPACITY) { Ok(()) } else { Err(BusError::Address(addr)) }
}

/// Command and address; fast reads send all five bytes, the last of which is the dummy clocks.
fn header(command: u8, addr: u32) -> [u8; 5] {
    let [_, high, middle, low] = addr.to_be_bytes();
    [command, high, middle, low, 0]
}

impl<S: SpiDevice> PsramBus for SpiChip<S> {
    fn capacity(&self) -> u32 {
        CAPACITY
    }

    fn read(&mut self, mut addr: u32, mut into: &mut [u8]) -> Result<(), BusError> {
        check(addr, into.len())?;
        self.stats.read_bytes += into.len() as u64;
        while !into.is_empty() {
            let now = Self::burst(addr, into.len(), self.read_burst);
            let (part, rest) = into.split_at_mut(now);
            let header = header(self.read_command, addr);
            let header = if self.read_command == FAST_READ { &header[..] } else { &header[..4] };
            self.transaction(&mut [Operation::Write(header), Operation::Read(part)])?;
            addr += now as u32;
            into = rest;
        }
        Ok(())
    }

    fn write(&mut self, mut addr: u32, mut from: &[u8]) -> Result<(), BusError> {
        check(addr, from.len())?;
        self.stats.written_bytes += from.len() as u64;
        while !from.is_empty() {
            let now = Self::burst(addr, from.len(), self.write_burst);
            let (part, rest) = from.split_at(now);
            let header = header(WRITE, addr);
            self.transaction(&mut [Operation::Write(&header[..4]), Operation::Write(part)])?;
            addr += now as u32;
            from = rest;
        }
        Ok(())
    }

    /// Commands and data bytes; the time only a simulated chip knows.
    fn stats(&self) -> BusStats {
        self.stats
    }
}
