//! `wasmcu bench`: the table that ConeZ measured on its device, with what the cost model says of our
//! module beside it.

use super::Done;
use super::options::Bench;
use super::run::MAX_PAGES;
use crate::board::Null;
use crate::compile::{Settings, compile};
use crate::cost::{Costs, Counts};
use crate::engine::{Instance, Limits, Module};
use crate::host::Device;
use crate::memory::{Counting, Flat, Geometry, Memory, SimChip, SpiChip, Windowed};
use std::fmt::Write as _;
use wasm_common::source::NoFiles;

const SOURCE: &[u8] = include_bytes!("bench.c");
const PHASES: [&str; 3] = ["primes", "write", "read"];
/// What `primes` and `read` return.
const PRIMES: u64 = 172;
const CHECKSUM: u64 = 130_560_000;
/// Clock of the chip in the table.
const MHZ: u32 = 80;

/// A row: what the device is, the type of a byte, and milliseconds as ConeZ measured them.
struct Row {
    name: &'static str,
    place: Place,
    byte: &'static str,
    measured: Option<[u64; 3]>,
}

/// Where linear memory lies.
enum Place {
    Ram,
    /// Behind the cache, from this address on.
    Psram(u32),
}

const ROWS: [Row; 4] = [
    Row {
        name: "DRAM only",
        place: Place::Ram,
        byte: "unsigned char",
        measured: Some([1554, 4039, 2946]),
    },
    Row {
        name: "PSRAM cache only",
        place: Place::Psram(0),
        byte: "unsigned char",
        measured: Some([8294, 24705, 9948]),
    },
    Row {
        name: "window, 4-byte unsigned char",
        place: Place::Psram(4096),
        byte: "unsigned",
        measured: Some([1617, 23779, 9648]),
    },
    Row {
        name: "window, the bug fixed",
        place: Place::Psram(4096),
        byte: "unsigned char",
        measured: None,
    },
];

/// Prints the table on standard output.
pub(super) fn bench(options: &Bench) -> Done {
    let mut out = String::from(HEAD);
    for row in &ROWS {
        let settings = Settings {
            opt: options.opt,
            define: vec![format!("BYTE={}", row.byte)],
            ..Settings::default()
        };
        let times = modelled(&build(&settings)?, row)?;
        let measured = match row.measured {
            Some(times) => columns(times, ' '),
            None => columns(unmeasured(), '~'),
        };
        // A String takes everything written to it.
        let _ = writeln!(out, "{:<30}{measured}  {}", row.name, columns(times, ' '));
    }
    let _ = writeln!(out, "\n{PRIMES} primes, checksum {CHECKSUM}\n{NOTE}");
    super::print(&out)
}

const HEAD: &str = "\
milliseconds, PSRAM at 80 MHz    measured by ConeZ        cost model, our module
                                primes   write    read   primes   write    read
";
const NOTE: &str = "\
~ never measured: what the cost model says of ConeZ's module";

fn columns(times: [u64; 3], mark: char) -> String {
    times.map(|time| format!("{:>8}", format!("{mark}{time}"))).concat()
}

/// The last row for ConeZ's module: without PSRAM, and each access of the source in the window.
fn unmeasured() -> [u64; 3] {
    let plain = ROWS[0].measured.unwrap_or_default();
    let accesses = [352_300, 1_024_000, 1_024_000];
    std::array::from_fn(|phase| {
        let counts = Counts { window: accesses[phase], ..Counts::default() };
        plain[phase] + milliseconds(&counts)
    })
}

fn milliseconds(counts: &Counts) -> u64 {
    (Costs::conez(MHZ).nanoseconds(counts) + 500_000) / 1_000_000
}

fn build(settings: &Settings) -> Result<Vec<u8>, String> {
    let made = compile("bench.c", SOURCE, settings, &mut NoFiles)?;
    made.module.map(|(wasm, _)| wasm).ok_or_else(|| "bench.c: not compiled".into())
}

/// Milliseconds of each phase on the row's memory.
fn modelled(wasm: &[u8], row: &Row) -> Result<[u64; 3], String> {
    match row.place {
        Place::Ram => {
            let memory = Counting::new(Flat::new(MAX_PAGES), 0);
            phases(wasm, row, memory, |instance| Counts {
                instructions: instance.instructions(),
                ..Counts::default()
            })
        }
        Place::Psram(window) => {
            let chip = SpiChip::new(SimChip::new(MHZ), MHZ).map_err(|error| error.to_string())?;
            let memory = Windowed::new(chip, Geometry { window, ..Geometry::default() });
            phases(wasm, row, Counting::new(memory, 1 << 16), |instance| counted(instance, window))
        }
    }
}

/// What an instance did so far.
fn counted(instance: &Instance<Counting<Windowed<SpiChip<SimChip>>>>, window: u32) -> Counts {
    let memory = instance.memory();
    let (fast, total) = (memory.region(0, window), memory.total());
    let stats = memory.inner().stats();
    Counts::new(instance.instructions(), fast, total, &stats, memory.inner().bus().spi().stats())
}

fn phases<M: Memory>(
    wasm: &[u8],
    row: &Row,
    memory: M,
    counted: impl Fn(&Instance<M>) -> Counts,
) -> Result<[u64; 3], String> {
    let mut board = Null;
    let mut device = Device::new(&mut board);
    let module = Module::new(wasm, &Limits::default()).map_err(|error| error.to_string())?;
    let mut instance =
        Instance::new(module, memory, &mut device).map_err(|error| error.to_string())?;
    let mut times = [0; 3];
    for (time, phase) in times.iter_mut().zip(PHASES) {
        let before = counted(&instance);
        let result = instance.call(phase, &[], &mut device).map_err(|trap| trap.to_string())?;
        let counts = counted(&instance).since(&before);
        *time = milliseconds(&counts);
        let expected = match phase {
            "primes" => Some(PRIMES),
            "read" if row.byte == "unsigned char" => Some(CHECKSUM),
            _ => None,
        };
        if expected.is_some_and(|expected| result != [expected]) {
            return Err(format!("{}: {phase} gave {result:?}", row.name));
        }
    }
    Ok(times)
}
