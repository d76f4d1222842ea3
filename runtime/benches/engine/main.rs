//! `cargo bench -p runtime`: the engine and its memories in numbers, with wasmi beside them.
//!
//! - `speed`: seven programs through wasmi and through ours on every memory;
//! - `load`: bytes of wasm per second to the first call, memory taken;
//! - `bulk`: memory.fill, memory.copy, memory.grow;
//! - `bus`: what page cache policies cost on the simulated chip.
//!
//! Times are the least of several rounds, taken in turns so that a busy machine is unfair to all.
//! Arguments choose tables, or programs, by name: `cargo bench -p runtime -- speed fft`.

mod allocations;
mod bulk;
mod bus;
mod load;
mod speed;

use runtime::engine::{Host, HostError, Instance, Limits, Module};
use runtime::memory::{Geometry, GuestMemory, Memory, SimChip, SpiChip, Windowed};
use std::time::{Duration, Instant};

/// Name, module, argument of `run`.
type Program = (&'static str, &'static [u8], u64);

const PROGRAMS: [Program; 7] = [
    ("fft", include_bytes!("programs/fft.wasm"), 8),
    ("mix", include_bytes!("programs/mix.wasm"), 12),
    ("sieve", include_bytes!("programs/sieve.wasm"), 20),
    ("write", include_bytes!("programs/write.wasm"), 600),
    ("read", include_bytes!("programs/read.wasm"), 600),
    ("fib", include_bytes!("programs/fib.wasm"), 23),
    ("vm", include_bytes!("programs/vm.wasm"), 130),
];

/// A host that has every import; none does anything.
struct AnyHost;

impl Host for AnyHost {
    fn resolve(&self, _: &str, _: &str, _: &[u8], _: &[u8]) -> Option<u32> {
        Some(0)
    }

    fn call(&mut self, _: u32, _: &[u64], _: &mut dyn GuestMemory) -> Result<u64, HostError> {
        Ok(0)
    }
}

fn instance<M: Memory>(bytes: &[u8], memory: M) -> Instance<M> {
    let module = Module::new(bytes, &Limits::default()).expect("a valid module");
    Instance::new(module, memory, &mut AnyHost).expect("it links")
}

type Psram = Windowed<SpiChip<SimChip>>;

/// A windowed memory on a simulated chip at `mhz`.
fn psram(mhz: u32, window: u32, page_size: u32, pages: u32) -> Psram {
    let chip = SpiChip::new(SimChip::new(mhz), mhz).expect("a good chip");
    Windowed::new(chip, Geometry { window, page_size, pages })
}

/// Prints a table about the programs.
type Table = fn(&[Program]);

fn time(f: impl FnOnce()) -> Duration {
    let start = Instant::now();
    f();
    start.elapsed()
}

fn main() {
    let tables: [(&str, Table); 4] = [
        ("speed", speed::table),
        ("load", load::table),
        ("bulk", bulk::table),
        ("bus", bus::table),
    ];
    let args: Vec<_> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let asked = |name: &str| args.iter().any(|arg| arg == name);
    let some = tables.iter().any(|(name, _)| asked(name));
    let few = PROGRAMS.iter().any(|(name, ..)| asked(name));
    let programs: Vec<_> = PROGRAMS.into_iter().filter(|(name, ..)| !few || asked(name)).collect();
    for (name, table) in tables {
        if !some || asked(name) {
            table(&programs);
            println!();
        }
    }
}
