//! A test of the PSRAM: every byte is written and read back, twice, with different values.

use crate::memory::{BusError, PsramBus};
use alloc::{format, string::String};

/// Bytes moved at a time.
const BLOCK: u32 = 1024;

/// Writes and reads all of `bus`, and says how much is good. What was in it is lost.
///
/// # Errors
/// The first address that does not hold what was written, or what the bus reports.
pub fn test_psram(bus: &mut dyn PsramBus) -> Result<String, String> {
    let size = bus.capacity();
    for round in [0x5A, 0xA5] {
        let fault = |error: BusError| format!("PSRAM: {error}");
        let blocks = || (0..size).step_by(BLOCK as usize);
        for start in blocks() {
            bus.write(start, &block(start, round)).map_err(fault)?;
        }
        for start in blocks() {
            let mut found = [0; BLOCK as usize];
            bus.read(start, &mut found).map_err(fault)?;
            let expected = block(start, round);
            if let Some(at) = (0..found.len()).find(|&at| found[at] != expected[at]) {
                let (want, got) = (expected[at], found[at]);
                let address = start as usize + at;
                return Err(format!("address {address:#x}: wrote {want:#04x}, read {got:#04x}"));
            }
        }
    }
    Ok(format!("{size} bytes written and read twice: all good"))
}

/// What the block at `start` should hold: each byte depends on all bits of its address, so that
/// an address line that is stuck shows.
fn block(start: u32, round: u8) -> [u8; BLOCK as usize] {
    core::array::from_fn(|at| {
        let address = start + at as u32;
        (address ^ address >> 8 ^ address >> 16) as u8 ^ round
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{SimChip, SpiChip};

    /// A chip whose address line 12 is stuck at zero.
    struct Stuck(SpiChip<SimChip>);

    impl PsramBus for Stuck {
        fn capacity(&self) -> u32 {
            1 << 16
        }

        fn read(&mut self, addr: u32, into: &mut [u8]) -> Result<(), BusError> {
            self.0.read(addr & !0x1000, into)
        }

        fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), BusError> {
            self.0.write(addr & !0x1000, from)
        }
    }

    #[test]
    fn a_good_chip_passes_and_a_stuck_line_shows() {
        let chip = || SpiChip::new(SimChip::new(80), 80).unwrap();
        assert_eq!(
            test_psram(&mut chip()).unwrap(),
            "8388608 bytes written and read twice: all good"
        );
        let why = test_psram(&mut Stuck(chip())).unwrap_err();
        assert!(why.starts_with("address 0x0: wrote 0x5a"), "{why}");
    }
}
