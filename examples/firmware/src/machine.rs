//! Where the shell's programs run: the engine, on this board's memory.

use crate::ram;
use alloc::string::String;
use runtime::board::Board;
use runtime::engine::Limits;
use runtime::shell::{Ended, Machine, Watched, run_on};

/// This board.
#[derive(Default)]
pub struct Mps2 {
    last: String,
}

/// Bounds that fit this board's RAM.
fn limits() -> Limits {
    Limits {
        nesting: 2_000,
        stack_slots: 8 * 1024,
        call_depth: 512,
        code_bytes: 256 << 10,
        ..Limits::default()
    }
}

impl Machine for Mps2 {
    fn run(
        &mut self,
        wasm: &[u8],
        board: &mut dyn Board,
        fuel: Option<u64>,
    ) -> Result<Ended, String> {
        self.run_in_psram(wasm, board, fuel)
    }

    fn describe(&self) -> String {
        alloc::format!("{}{}", psram::ABOUT, self.last)
    }

    fn test_psram(&mut self) -> Result<String, String> {
        psram::test()
    }

    fn watch(&mut self) {
        ram::watch();
    }

    fn watched(&self) -> Option<Watched> {
        Some(ram::watched())
    }
}

/// The SPI chip behind its cache.
#[cfg(not(feature = "mapped"))]
mod psram {
    use super::*;
    use alloc::{format, string::ToString};
    use runtime::memory::{Geometry, SimChip, SpiChip, Windowed};

    pub(super) const ABOUT: &str = "window 4096 bytes; cache 64 pages of 512 bytes; SPI at 40 MHz";
    const MHZ: u32 = 40;

    fn chip() -> Result<SpiChip<SimChip>, String> {
        SpiChip::new(SimChip::new(MHZ), MHZ).map_err(|error| error.to_string())
    }

    pub(super) fn test() -> Result<String, String> {
        runtime::shell::test_psram(&mut chip()?)
    }

    impl Mps2 {
        pub(super) fn run_in_psram(
            &mut self,
            wasm: &[u8],
            board: &mut dyn Board,
            fuel: Option<u64>,
        ) -> Result<Ended, String> {
            let memory = Windowed::new(chip()?, Geometry::default());
            run_on(wasm, memory, board, &limits(), fuel, |instance| {
                let stats = instance.memory().stats();
                let bus = instance.memory().bus().spi().stats();
                self.last = format!(
                    "\nlast run: {} pages brought in, {} put out\n{} commands, {} bytes read, {} written",
                    stats.misses, stats.evictions, bus.commands, bus.read_bytes, bus.written_bytes
                );
            })
        }
    }
}

/// PSRAM that the processor addresses by itself.
#[cfg(feature = "mapped")]
mod psram {
    use super::*;
    use runtime::memory::Flat;

    pub(super) const ABOUT: &str = "16 MB of memory-mapped PSRAM at 0x21000000";
    const SIZE: usize = crate::PSRAM.1;

    /// All of it.
    fn buffer() -> &'static mut [u8] {
        // SAFETY: the board has this memory there, nothing else uses it, and
        // both callers are done with it when they return.
        unsafe { core::slice::from_raw_parts_mut(crate::PSRAM.0 as *mut u8, SIZE) }
    }

    pub(super) fn test() -> Result<String, String> {
        for round in [0x5A, 0xA5] {
            let value = |at: usize| (at ^ at >> 8 ^ at >> 16) as u8 ^ round;
            buffer().iter_mut().enumerate().for_each(|(at, byte)| *byte = value(at));
            if let Some(at) = buffer().iter().enumerate().position(|(at, &byte)| byte != value(at))
            {
                return Err(alloc::format!("address {at:#x} does not hold what was written"));
            }
        }
        Ok(alloc::format!("{SIZE} bytes written and read twice: all good"))
    }

    impl Mps2 {
        pub(super) fn run_in_psram(
            &mut self,
            wasm: &[u8],
            board: &mut dyn Board,
            fuel: Option<u64>,
        ) -> Result<Ended, String> {
            self.last.clear();
            run_on(wasm, Flat::over(buffer()), board, &limits(), fuel, |_| ())
        }
    }
}
