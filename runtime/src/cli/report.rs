//! The report after a run: what happened in memory, heap, cache and bus.

use super::json::{array, object, string};
use super::load::Symbol;
use crate::cost::{Costs, Counts};
use crate::heap::HeapStats;
use crate::memory::{BusStats, Region, Stats};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;
use wasm_common::backend::Profile;

/// Everything that was counted.
pub(super) struct Report {
    pub(super) symbols: Vec<SymbolUse>,
    /// Accesses below `window_size`.
    pub(super) fast: Region,
    pub(super) total: Region,
    /// Bytes that are, or on the device would be, fast.
    pub(super) window_size: u32,
    /// The same when the run had a window.
    pub(super) window: Option<u32>,
    pub(super) cache: Option<CacheReport>,
    pub(super) heap: HeapStats,
    /// Accesses to blocks of the heap, by the source line that asked for them.
    pub(super) blocks: BTreeMap<u32, Region>,
    pub(super) instructions: u64,
    pub(super) wall: Duration,
}

/// A symbol and how often the program touched it.
pub(super) struct SymbolUse {
    pub(super) symbol: Symbol,
    pub(super) accesses: Region,
}

/// The page cache and the bus under it.
pub(super) struct CacheReport {
    pub(super) stats: Stats,
    pub(super) bus: BusStats,
    pub(super) chip_bytes: u32,
    /// Clock of the chip.
    pub(super) mhz: u32,
}

fn sum(region: Region) -> u64 {
    region.loads + region.stores
}

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

impl Report {
    /// What the compilers can place by; blocks of the heap by source line, and the rest.
    pub(super) fn profile(&self) -> Profile {
        let (mut profile, mut rest) = (Profile::default(), self.total);
        for used in &self.symbols {
            let Region { loads, stores } = used.accesses;
            profile.add(&used.symbol.name, loads, stores);
            rest.loads = rest.loads.saturating_sub(loads);
            rest.stores = rest.stores.saturating_sub(stores);
        }
        for (line, &Region { loads, stores }) in &self.blocks {
            profile.add(&format!("(heap: line {line})"), loads, stores);
            rest.loads = rest.loads.saturating_sub(loads);
            rest.stores = rest.stores.saturating_sub(stores);
        }
        profile.add("(other)", rest.loads, rest.stores);
        profile
    }

    /// Accesses beyond the window.
    fn slow(&self) -> Region {
        Region {
            loads: self.total.loads - self.fast.loads,
            stores: self.total.stores - self.fast.stores,
        }
    }

    /// Where a symbol lies.
    fn place(&self, symbol: &Symbol) -> &'static str {
        let end = u64::from(symbol.address) + u64::from(symbol.size);
        match symbol.address {
            _ if end <= self.window_size.into() => "in",
            start if start < self.window_size => "partly",
            _ => "out",
        }
    }

    /// Accesses beyond the window that found their page in the cache.
    fn hits(&self, cache: &CacheReport) -> u64 {
        sum(self.slow()).saturating_sub(cache.stats.misses)
    }

    /// Nanoseconds that ConeZ's device would take, by the cost model.
    fn device_time(&self) -> u64 {
        match &self.cache {
            Some(CacheReport { stats, bus, mhz, .. }) => {
                let counts = Counts::new(self.instructions, self.fast, self.total, stats, *bus);
                Costs::conez(*mhz).nanoseconds(&counts)
            }
            // All of it in plain RAM.
            None => {
                let counts = Counts { instructions: self.instructions, ..Counts::default() };
                Costs::conez(1).nanoseconds(&counts)
            }
        }
    }

    /// For people.
    pub(super) fn table(&self) -> String {
        let mut out = String::from("\n");
        // A String takes everything written to it.
        let _ = self.write_table(&mut out);
        out
    }

    fn write_table(&self, out: &mut String) -> std::fmt::Result {
        if !self.symbols.is_empty() {
            writeln!(out, "address     size window        loads       stores symbol")?;
        }
        for used in &self.symbols {
            let Symbol { name, address, size } = &used.symbol;
            let Region { loads, stores } = used.accesses;
            let place = self.place(&used.symbol);
            writeln!(out, "{address:>7} {size:>8} {place:<6} {loads:>12} {stores:>12} {name}")?;
        }
        let kind = if self.window.is_some() { "window" } else { "window (if it had one)" };
        let share = percent(sum(self.fast), sum(self.total));
        let slow = self.slow();
        writeln!(out, "{:<26} {:>14} {:>14}", "region", "loads", "stores")?;
        writeln!(
            out,
            "{kind:<26} {:>14} {:>14}  {share:.3} % of all",
            self.fast.loads, self.fast.stores
        )?;
        writeln!(out, "{:<26} {:>14} {:>14}", "beyond", slow.loads, slow.stores)?;
        if let Some(cache) = &self.cache {
            self.write_cache(out, cache)?;
        }
        let heap = &self.heap;
        let mut line = |name: &str, value: String| writeln!(out, "{name:<26} {value:>14}");
        line("peak low heap", format!("{} of {}", heap.low_peak, heap.low_size))?;
        line("peak string pool", format!("{} of {}", heap.pool_peak, heap.pool_size))?;
        line("live allocations", format!("{} ({} bytes)", heap.live_blocks, heap.live_bytes))?;
        line("ignored frees", heap.ignored_frees.to_string())?;
        line("instructions", self.instructions.to_string())?;
        line("ConeZ's device (model)", format!("{:.3} s", self.device_time() as f64 / 1e9))?;
        line("wall time", format!("{:.3} s", self.wall.as_secs_f64()))
    }

    fn write_cache(&self, out: &mut String, cache: &CacheReport) -> std::fmt::Result {
        let CacheReport { stats, bus, .. } = cache;
        let hits = self.hits(cache);
        let share = percent(hits, hits + stats.misses);
        writeln!(out, "{:<26} {hits:>14}  {share:.3} %", "page hits")?;
        writeln!(out, "{:<26} {:>14}", "page misses", stats.misses)?;
        writeln!(out, "{:<26} {:>14}", "evictions", stats.evictions)?;
        writeln!(out, "{:<26} {:>14}", "write-backs", stats.write_backs)?;
        writeln!(out, "{:<26} {:>14}", "straddling accesses", stats.straddles)?;
        writeln!(out, "{:<26} {:>14}", "SPI commands", bus.commands)?;
        writeln!(out, "{:<26} {:>14}", "SPI bytes read", bus.read_bytes)?;
        writeln!(out, "{:<26} {:>14}", "SPI bytes written", bus.written_bytes)?;
        writeln!(out, "{:<26} {:>11} us", "SPI bus time", bus.nanoseconds / 1000)
    }

    /// For programs: one line.
    pub(super) fn json(&self) -> String {
        let region =
            |r: Region| object(&[("loads", r.loads.to_string()), ("stores", r.stores.to_string())]);
        let symbols = self.symbols.iter().map(|used| {
            object(&[
                ("name", string(&used.symbol.name)),
                ("address", used.symbol.address.to_string()),
                ("size", used.symbol.size.to_string()),
                ("window", string(self.place(&used.symbol))),
                ("loads", used.accesses.loads.to_string()),
                ("stores", used.accesses.stores.to_string()),
            ])
        });
        let heap = &self.heap;
        let mut fields = vec![
            ("symbols", array(symbols)),
            ("window_bytes", self.window_size.to_string()),
            ("window", region(self.fast)),
            ("beyond", region(self.slow())),
        ];
        if let Some(cache) = &self.cache {
            fields.push(("cache", self.json_cache(cache)));
        }
        fields.extend([
            ("peak_low_heap", heap.low_peak.to_string()),
            ("peak_pool", heap.pool_peak.to_string()),
            ("live_blocks", heap.live_blocks.to_string()),
            ("live_bytes", heap.live_bytes.to_string()),
            ("ignored_frees", heap.ignored_frees.to_string()),
            ("instructions", self.instructions.to_string()),
            ("device_nanoseconds", self.device_time().to_string()),
            ("wall_seconds", format!("{:.6}", self.wall.as_secs_f64())),
        ]);
        object(&fields)
    }

    fn json_cache(&self, cache: &CacheReport) -> String {
        let CacheReport { stats, bus, chip_bytes, .. } = cache;
        object(&[
            ("hits", self.hits(cache).to_string()),
            ("misses", stats.misses.to_string()),
            ("evictions", stats.evictions.to_string()),
            ("write_backs", stats.write_backs.to_string()),
            ("straddles", stats.straddles.to_string()),
            ("spi_commands", bus.commands.to_string()),
            ("spi_read_bytes", bus.read_bytes.to_string()),
            ("spi_written_bytes", bus.written_bytes.to_string()),
            ("spi_nanoseconds", bus.nanoseconds.to_string()),
            ("chip_bytes", chip_bytes.to_string()),
        ])
    }
}
