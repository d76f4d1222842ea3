//! From what a run counted to the time that a device takes for it.
//!
//! In: instructions, accesses in the window, page hits and misses, traffic on the bus. Out:
//! nanoseconds. The defaults are those of ConeZ's device, an ESP32-S3 whose interpreter takes a mutex
//! and searches a list at each access beyond the window. They were fitted to the times it measured
//! for its bench program (100 sieves of 1024 flags, 1000 times 1024 bytes written, 1000 times 1024
//! bytes read; 75.5 million instructions):
//!
//! - an instruction: all the time without PSRAM, 8539 ms, by their number;
//! - the window: what the sieve, which lies in it, takes longer than without PSRAM, by its 352,300
//!   accesses;
//! - hits: least squares of the relative errors of the five times with data behind the cache;
//! - misses and traffic do not show in these times, as all data fits the cache: a miss is taken as a
//!   store that hits, and the bus is what the chip's clock says.
//!
//! | time | measured | model | error |
//! |---|---|---|---|
//! | sieve, window | 1617 ms | 1617 ms | 0 |
//! | sieve, cache | 8294 ms | 7365 ms | -11.2 % |
//! | write, cache | 24705 ms | 25174 ms | +1.9 % |
//! | write, cache behind the window | 23779 ms | 25174 ms | +5.9 % |
//! | read, cache | 9948 ms | 9868 ms | -0.8 % |
//! | read, cache behind the window | 9648 ms | 9868 ms | +2.3 % |

use crate::memory::{BusStats, Region, Stats};

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// WebAssembly instructions.
    pub instructions: u64,
    /// Loads and stores in the window.
    pub window: u64,
    /// Loads that found their page in the cache.
    pub load_hits: u64,
    /// Stores that found their page in the cache.
    pub store_hits: u64,
    /// Pages that were not in the cache.
    pub misses: u64,
    /// What moved between cache and chip. Its own time is not looked at.
    pub bus: BusStats,
}

impl Counts {
    /// From the accesses in the window, all accesses, and what cache and bus counted.
    #[must_use]
    pub fn new(
        instructions: u64,
        fast: Region,
        total: Region,
        cache: &Stats,
        bus: BusStats,
    ) -> Self {
        let loads = total.loads.saturating_sub(fast.loads);
        let stores = total.stores.saturating_sub(fast.stores);
        // Which of the two missed is not counted: a page is brought in for the first of many.
        let load_misses = cache.misses.min(loads);
        Self {
            instructions,
            window: fast.loads + fast.stores,
            load_hits: loads - load_misses,
            store_hits: stores.saturating_sub(cache.misses - load_misses),
            misses: cache.misses,
            bus,
        }
    }

    /// What was counted since `before`.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        let (now, then) = (&self.bus, &before.bus);
        Self {
            instructions: self.instructions - before.instructions,
            window: self.window - before.window,
            load_hits: self.load_hits.saturating_sub(before.load_hits),
            store_hits: self.store_hits.saturating_sub(before.store_hits),
            misses: self.misses - before.misses,
            bus: BusStats {
                commands: now.commands - then.commands,
                read_bytes: now.read_bytes - then.read_bytes,
                written_bytes: now.written_bytes - then.written_bytes,
                nanoseconds: now.nanoseconds - then.nanoseconds,
            },
        }
    }
}

/// Nanoseconds that a device takes for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// An instruction, with its access if that is to plain RAM.
    pub instruction: u64,
    /// A load or store in the window, beyond the instruction.
    pub window: u64,
    /// A load whose page is in the cache, beyond the instruction.
    pub load_hit: u64,
    /// A store whose page is in the cache, beyond the instruction.
    pub store_hit: u64,
    /// Finding a place for a page, without the traffic.
    pub miss: u64,
    /// Clock of the PSRAM chip.
    pub mhz: u32,
}

/// Bytes of a command and its address, with the dummy clocks of a fast read.
const HEADER: u64 = 5;
/// Nanoseconds that the chip rests between commands (tCPH).
const DESELECTED: u64 = 50;

impl Costs {
    /// ConeZ's device with a chip clocked at `mhz`; see the head of this file.
    #[must_use]
    pub const fn conez(mhz: u32) -> Self {
        let (load_hit, store_hit) = (6760, 20_640);
        Self { instruction: 113, window: 179, load_hit, store_hit, miss: store_hit, mhz }
    }

    /// The time that the device takes, in nanoseconds.
    #[must_use]
    pub fn nanoseconds(&self, counts: &Counts) -> u64 {
        let times = [
            (counts.instructions, self.instruction),
            (counts.window, self.window),
            (counts.load_hits, self.load_hit),
            (counts.store_hits, self.store_hit),
            (counts.misses, self.miss),
            (1, self.bus(&counts.bus)),
        ];
        times
            .iter()
            .fold(0, |sum: u64, (count, each)| sum.saturating_add(count.saturating_mul(*each)))
    }

    /// One bit a clock.
    fn bus(&self, bus: &BusStats) -> u64 {
        let headers = bus.commands.saturating_mul(HEADER);
        let bytes = headers.saturating_add(bus.read_bytes).saturating_add(bus.written_bytes);
        let bits = bytes.saturating_mul(8);
        let moving = bits.saturating_mul(1000) / u64::from(self.mhz.max(1));
        moving.saturating_add(bus.commands.saturating_mul(DESELECTED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Loads and stores of the phases of ConeZ's program, as its text says.
    const SIEVE: (u64, u64) = (105_200, 247_100);
    const WRITE: (u64, u64) = (0, 1_024_000);
    const READ: (u64, u64) = (1_024_000, 0);

    /// Milliseconds for a phase that takes `plain` ms without PSRAM.
    fn model(plain: u64, (loads, stores): (u64, u64), in_window: bool) -> u64 {
        let costs = Costs::conez(80);
        let counts = if in_window {
            Counts { window: loads + stores, ..Counts::default() }
        } else {
            Counts { load_hits: loads, store_hits: stores, ..Counts::default() }
        };
        plain + (costs.nanoseconds(&counts) + 500_000) / 1_000_000
    }

    /// The table at the head of the file: measured, model, and how far apart at most.
    #[test]
    fn residuals() {
        let table = [
            (1617, model(1554, SIEVE, true), 0.1),
            (8294, model(1554, SIEVE, false), 11.3),
            (24_705, model(4039, WRITE, false), 2.0),
            (23_779, model(4039, WRITE, false), 6.0),
            (9948, model(2946, READ, false), 0.9),
            (9648, model(2946, READ, false), 2.4),
        ];
        for (measured, model, percent) in table {
            let error = (model as f64 / measured as f64 - 1.0) * 100.0;
            assert!(error.abs() < percent, "{measured} ms, the model says {model}: {error:.1} %");
        }
    }

    #[test]
    fn an_instruction_is_all_the_time_by_their_number() {
        let counts = Counts { instructions: 75_500_000, ..Counts::default() };
        let ms = Costs::conez(80).nanoseconds(&counts) / 1_000_000;
        assert!((ms as i64 - (1554 + 4039 + 2946)).abs() < 10, "{ms}");
    }

    /// 512 bytes at 80 MHz in 8 commands: 552 bytes of 100 ns, and 8 pauses.
    #[test]
    fn the_bus_takes_what_its_clock_says() {
        let bus = BusStats { commands: 8, read_bytes: 512, ..BusStats::default() };
        let counts = Counts { bus, ..Counts::default() };
        assert_eq!(Costs::conez(80).nanoseconds(&counts), 552 * 100 + 8 * 50);
        assert_eq!(Costs::conez(40).nanoseconds(&counts), 552 * 200 + 8 * 50);
    }

    #[test]
    fn no_counts_overflow() {
        let most = u64::MAX;
        let bus = BusStats { commands: most, read_bytes: most, ..BusStats::default() };
        let counts = Counts {
            instructions: most,
            window: most,
            load_hits: most,
            store_hits: most,
            misses: most,
            bus,
        };
        assert_eq!(Costs::conez(0).nanoseconds(&counts), most);
    }
}
