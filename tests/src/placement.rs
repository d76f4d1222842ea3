//! What the place of data is worth: a program compiled with different plans, run on the simulated
//! device.
//!
//! The device is the one that the cost model in `runtime` was fitted to: a window of 4 KiB, and
//! behind it 64 pages of 512 bytes in front of a PSRAM chip at 80 MHz.

use crate::compile::{self, Language, OptLevel, Options};
use crate::machine::board::BenchBoard;
use runtime::cost::{Costs, Counts};
use runtime::engine::{Instance, Limits, Module};
use runtime::host::Device;
use runtime::memory::{Counting, Geometry, Region, SimChip, SpiChip, Windowed};
use std::path::Path;
use wasm_common::backend::{Output, Profile};

/// Clock of the simulated chip.
const MHZ: u32 = 80;
/// Addresses that are counted one by one.
const COUNTED: u32 = 1 << 16;

/// What decides where data lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Nothing: the order of declaration.
    None,
    /// The compiler's estimate.
    Estimate,
    /// What a run of the program counted.
    Profile,
}

/// What a run cost.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Percent of the accesses to objects that the plan expected in the window.
    pub expected: f64,
    /// Percent of all accesses that were in the window.
    pub inside: f64,
    /// Milliseconds that the device takes.
    pub milliseconds: f64,
    /// Accesses to each object, for another compilation.
    pub profile: Profile,
}

/// Compiles and runs the program in `path`.
///
/// # Errors
/// When it does not compile, or traps; a message.
pub fn run(path: &Path, evidence: Evidence) -> Result<Placed, String> {
    execute(&match evidence {
        Evidence::None => build(path, Some(declaration_order(&build(path, None)?)))?,
        Evidence::Estimate => build(path, None)?,
        Evidence::Profile => build(path, Some(run(path, Evidence::Estimate)?.profile))?,
    })
}

fn build(path: &Path, profile: Option<Profile>) -> Result<Output, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let language = Language::of(path).ok_or("no language")?;
    let options = Options { profile, ..Options::default() };
    compile::compile(language, &path.to_string_lossy(), &text, OptLevel::O2, &options)
        .map_err(|problems| problems.first().map_or_else(String::new, ToString::to_string))
}

/// A made-up profile in which what is declared earlier is hotter, byte for byte: it leads to the
/// order of declaration.
fn declaration_order(output: &Output) -> Profile {
    let mut objects: Vec<_> = output.layout.objects.iter().collect();
    objects.sort_by_key(|object| object.symbol);
    let mut profile = Profile::default();
    for (rank, object) in objects.iter().rev().enumerate() {
        profile.add(&object.name, u64::from(object.size) * (rank as u64 + 1), 0);
    }
    profile
}

fn execute(output: &Output) -> Result<Placed, String> {
    let geometry = Geometry::default();
    let chip = SpiChip::new(SimChip::new(MHZ), MHZ).map_err(|error| error.to_string())?;
    let memory = Counting::new(Windowed::new(chip, geometry), COUNTED);
    let module =
        Module::new(&output.wasm, &Limits::default()).map_err(|error| error.to_string())?;
    let entry = if module.exports().any(|(name, _)| name == "main") { "main" } else { "setup" };
    let mut board = BenchBoard::default();
    let mut device = Device::new(&mut board);
    let mut instance =
        Instance::new(module, memory, &mut device).map_err(|error| error.to_string())?;
    device.lay_out(|name| instance.global(name).map(|bits| bits as u32), COUNTED);
    instance.call(entry, &[], &mut device).map_err(|trap| trap.to_string())?;
    let memory = instance.memory();
    let (fast, total) = (memory.region(0, geometry.window), memory.total());
    let windowed = memory.inner();
    let stats = windowed.stats();
    let bus = windowed.bus().spi().stats();
    let counts = Counts::new(instance.instructions(), fast, total, &stats, bus);
    let mut profile = Profile::default();
    for object in &output.layout.objects {
        let Region { loads, stores } =
            memory.region(object.address, object.address.saturating_add(object.size));
        profile.add(&object.name, loads, stores);
    }
    let sum = |region: Region| (region.loads + region.stores) as f64;
    Ok(Placed {
        expected: output.layout.expected_in_window().unwrap_or(0.0),
        inside: 100.0 * sum(fast) / sum(total).max(1.0),
        milliseconds: Costs::conez(MHZ).nanoseconds(&counts) as f64 / 1e6,
        profile,
    })
}
