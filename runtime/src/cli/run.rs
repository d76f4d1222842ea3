//! `wasmcu run`.

use super::load::{self, Program, Symbol};
use super::options::{Device as DeviceOptions, MemoryKind, Run};
use super::report::{CacheReport, Report, SymbolUse};
use super::stop::Stop;
use super::{Done, FAILED};
use crate::board::sim::{Folder, Recorder, Scenario, Setup, Sim, Source};
use crate::board::{RamDisk, Storage};
use crate::engine::{Instance, Limits, Module, Trap, TrapKind};
use crate::execute::{End, execute};
use crate::heap::{Block, HeapStats};
use crate::host::{Device, Fixed};
use crate::memory::{
    Counting, Flat, Geometry, Memory, PsramBus, Region, SimChip, SpiChip, Windowed,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use wasm_common::{abi::names, cli::is_screen, link::layout};

/// Pages that a program on flat memory may grow to.
pub(super) const MAX_PAGES: u32 = 1024;
/// Linear memory below this is counted by address for the report.
const COUNTED: u32 = 1 << 20;
/// Bytes of files in a run without `--files`.
const RAM_DISK: usize = 4 << 20;

/// Compiles if need be, runs, reports.
pub(super) fn run(options: &Run) -> Done {
    let Run { file, compile, device, .. } = options;
    let loaded = load::load(file, compile, device.window, &mut |_| ())?;
    program(options, &loaded, &Stop::new(options.limits.timeout)?)
}

/// Runs what is loaded, and reports.
pub(super) fn program(options: &Run, program: &Program, stop: &Stop) -> Done {
    let module = Module::new(&program.wasm, &Limits::default())
        .map_err(|error| format!("{}: invalid module: {error}", options.file.display()))?;
    let mut board = Sim::new(setup(&options.device, &stop.flag)?);
    let session = Session { options, program, stop };
    let code = match options.device.memory {
        MemoryKind::Flat => session.with(module, Flat::new(MAX_PAGES), &mut board, |_| None),
        MemoryKind::Psram => {
            let memory = windowed(&options.device)?;
            let mhz = options.device.spi_mhz;
            session.with(module, memory, &mut board, |memory| cache_report(memory, mhz))
        }
    };
    let finished = board.finish();
    let (code, report) = code?;
    finished?;
    if let (Some(report), Some(path)) = (&report, &options.profile) {
        let written = std::fs::write(path, report.profile().to_string());
        written.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if let Some(report) = report.filter(|_| options.report || options.json) {
        let text = if options.json { report.json() + "\n" } else { report.table() };
        // Standard error may be closed: then nobody wants the report.
        let _ = io::stderr().write_all(text.as_bytes());
    }
    Ok(code)
}

/// The device's file system.
fn storage(options: &DeviceOptions) -> Result<Box<dyn Storage>, String> {
    match &options.files {
        Some(folder) if folder.is_dir() => Ok(Box::new(Folder::new(folder))),
        Some(folder) => Err(format!("{}: not a folder", folder.display())),
        None => Ok(Box::new(RamDisk::new(RAM_DISK))),
    }
}

/// The simulated board that the options ask for, on this process's standard streams.
pub(super) fn setup(options: &DeviceOptions, stop: &Arc<AtomicBool>) -> Result<Setup, String> {
    let storage = storage(options)?;
    let output = io::stdout().lock();
    Ok(Setup {
        input: Box::new(io::stdin()),
        source: Source::Lines,
        echo: options.echo,
        // Lines appear as they are finished in a terminal; into a file they go in larger pieces.
        output: if output.is_terminal() {
            Box::new(output)
        } else {
            Box::new(io::BufWriter::new(output))
        },
        messages: Box::new(io::stderr()),
        stop: stop.clone(),
        virtual_time: options.virtual_time,
        leds: options.leds.unwrap_or(Setup::default().leds),
        draw: options.leds.is_some() && is_screen(),
        storage,
        scenario: scenario(options.scenario.as_deref())?,
        recorder: recorder(options.record.as_deref())?,
        seed: options.seed.map(|seed| seed as u64),
    })
}

/// The numbers of RND that the options decide.
fn fixed_random(options: &DeviceOptions) -> Result<Fixed, String> {
    let Some(path) = &options.rnd else {
        return Ok(options.seed.map_or(Fixed::No, |seed| Fixed::Seed(seed.into())));
    };
    let wrong = |why: String| format!("{}: {why}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let number = |word: &str| word.parse().map_err(|_| wrong(format!("`{word}` is no number")));
    let numbers: Result<_, String> = text.split_whitespace().map(number).collect();
    numbers.map(Fixed::Numbers)
}

fn scenario(path: Option<&Path>) -> Result<Scenario, String> {
    let Some(path) = path else { return Ok(Scenario::default()) };
    let text = std::fs::read_to_string(path);
    text.map_err(|error| error.to_string())
        .and_then(|text| Scenario::parse(&text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

fn recorder(path: Option<&Path>) -> Result<Option<Recorder>, String> {
    let Some(path) = path else { return Ok(None) };
    let recorder = Recorder::new(path);
    recorder.map(Some).map_err(|error| format!("{}: {error}", path.display()))
}

pub(super) type Psram = Windowed<SpiChip<SimChip>>;

/// The simulated chip, as its driver finds it.
pub(super) fn chip(options: &DeviceOptions) -> Result<SpiChip<SimChip>, String> {
    let mhz = options.spi_mhz;
    SpiChip::new(SimChip::new(mhz), mhz).map_err(|error| format!("PSRAM: {error}"))
}

pub(super) fn windowed(options: &DeviceOptions) -> Result<Psram, String> {
    let chip = chip(options)?;
    let (pages, page_size) = options.cache;
    Ok(Windowed::new(chip, Geometry { window: options.window, page_size, pages }))
}

fn cache_report(memory: &Psram, mhz: u32) -> Option<CacheReport> {
    let (stats, bus) = (memory.stats(), memory.bus().spi().stats());
    Some(CacheReport { stats, bus, chip_bytes: memory.bus().capacity(), mhz })
}

/// What the allocators did.
struct Allocated {
    stats: HeapStats,
    /// Where blocks lay, for a profile.
    blocks: Vec<Block>,
}

impl Allocated {
    /// Accesses to blocks by the source line that asked for them. Where blocks followed one another
    /// at an address, all accesses there count for the last.
    fn uses<M: Memory>(&self, memory: &Counting<M>) -> BTreeMap<u32, Region> {
        let mut taken = BTreeSet::new();
        let mut uses: BTreeMap<u32, Region> = BTreeMap::new();
        for block in self.blocks.iter().rev() {
            let sum = uses.entry(block.line).or_default();
            for address in
                block.addresses.clone().step_by(4).filter(|&address| taken.insert(address))
            {
                let Region { loads, stores } = memory.region(address, address + 1);
                sum.loads += loads;
                sum.stores += stores;
            }
        }
        uses
    }
}

/// What a run needs besides memory and board.
struct Session<'a> {
    options: &'a Run,
    program: &'a Program,
    stop: &'a Stop,
}

impl Session<'_> {
    /// Runs on `memory`: counted when a report is wanted, else at full speed.
    fn with<M: Memory>(
        &self,
        module: Module,
        memory: M,
        board: &mut Sim,
        cache: impl Fn(&M) -> Option<CacheReport>,
    ) -> Result<(u8, Option<Report>), String> {
        let Run { report, json, profile, .. } = self.options;
        if !report && !json && profile.is_none() {
            return Ok((self.go(module, memory, board)?.0, None));
        }
        let start = Instant::now();
        let (code, instance, heap) = self.go(module, Counting::new(memory, COUNTED), board)?;
        let wall = start.elapsed();
        let memory = instance.memory();
        let window = match self.options.device.memory {
            MemoryKind::Flat => None,
            MemoryKind::Psram => Some(self.options.device.window),
        };
        let symbols = symbols(self.program, instance.module());
        let uses = symbols.into_iter().map(|symbol| {
            let end = symbol.address.saturating_add(symbol.size);
            SymbolUse { accesses: memory.region(symbol.address, end), symbol }
        });
        let report = Report {
            symbols: uses.collect(),
            fast: memory.region(0, self.options.device.window),
            total: memory.total(),
            window_size: self.options.device.window,
            window,
            cache: cache(memory.inner()),
            blocks: heap.uses(memory),
            heap: heap.stats,
            instructions: instance.instructions(),
            wall,
        };
        Ok((code, Some(report)))
    }

    /// Instantiates, runs and says on standard error how it ended.
    fn go<M: Memory>(
        &self,
        module: Module,
        memory: M,
        board: &mut Sim,
    ) -> Result<(u8, Instance<M>, Allocated), String> {
        let name = self.options.file.display();
        let mut device = Device::new(board);
        device.fix_random(fixed_random(&self.options.device)?);
        let mut instance = Instance::new(module, memory, &mut device)
            .map_err(|error| format!("{name}: {error}"))?;
        let size = instance.memory().size();
        device.lay_out(|global| instance.global(global).map(|bits| bits as u32), size);
        if self.options.profile.is_some() {
            device.heap().record();
        }
        instance.set_fuel(self.options.limits.fuel);
        let end = execute(&mut instance, &mut device, self.options.limits.loops);
        let heap =
            Allocated { stats: device.heap_stats(), blocks: device.heap().recorded().to_vec() };
        device.finish();
        board.flush();
        let code = self.tell(end)?;
        Ok((code, instance, heap))
    }

    fn tell(&self, end: End) -> Done {
        let name = self.options.file.display();
        match end {
            // As a shell sees it: the low eight bits.
            End::Exit(status) => Ok(status as u8),
            End::Aborted(line) => {
                complain(&format!("{name}: aborted in line {line}"));
                Ok(names::ABORTED as u8)
            }
            End::Trap(trap) => {
                complain(&format!("{name}: trap: {trap}"));
                self.program.symbols.iter().for_each(|symbol| suspect(&trap, symbol));
                Ok(FAILED)
            }
            End::Error(_) => Ok(FAILED),
            End::Stopped => {
                if let Some(reason) = self.stop.reason() {
                    complain(&format!("{name}: {reason}"));
                }
                Ok(0)
            }
            End::NoEntry => {
                Err(format!("{name}: exports none of setup, loop, _start, main: nothing to run"))
            }
        }
    }
}

/// Where the data lies: from the compiler, or from the module's own layout section.
pub(super) fn symbols(program: &Program, module: &Module) -> Vec<Symbol> {
    if !program.symbols.is_empty() {
        return program.symbols.clone();
    }
    module.custom(layout::SECTION).map(load::symbols).unwrap_or_default()
}

/// A function that finds its stack full can but execute `unreachable`.
fn suspect(trap: &Trap, symbol: &Symbol) {
    if trap.kind == TrapKind::Unreachable && symbol.name == layout::STACK {
        let size = symbol.size;
        complain(&format!(
            "help: the stack of {size} bytes may be full; `c2wasm --stack BYTES` gives more"
        ));
    }
}

/// A line on standard error, which may be closed.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
