//! The command line.

use super::help;
use crate::board::CHANNELS;
use crate::board::sim::Recorder;
use crate::compile::Language;
use crate::memory::Geometry;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use wasm_common::backend::OptLevel;
use wasm_common::cli::opt_level;

/// Programs for microcontrollers with 4 KB of fast memory: compile, run, inspect.
#[derive(Parser)]
#[command(
    name = "wasmcu",
    version,
    long_about = help::DESCRIPTION,
    after_help = help::EXAMPLES,
    after_long_help = [help::MANUAL, help::EXAMPLES].concat()
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Compile (.c, .bas, .wat) and run a program
    Run(Box<Run>),
    /// Run a program, and start it again each time its source is saved
    Watch(Box<Run>),
    /// Write a first program, which blinks: NAME.c or NAME.bas
    New(New),
    /// Compare with the times that ConeZ measured on its device
    Bench(Bench),
    /// What programs can import from the device: a reference, or the C header
    Imports(Imports),
    /// Show what a module imports, exports and where its data lies
    Inspect(Inspect),
    /// The device's command line, on this terminal
    Shell(Shell),
    /// Explain a message of a compiler by its code, as C0201 or B0105; without one, list all
    Explain(Explain),
}

const DIALECTS: [&str; 4] = ["conez", "qb", "gw", "ansi"];

#[derive(Args)]
pub(super) struct New {
    /// File to write, named .c or .bas
    #[arg(value_parser = source_name)]
    pub(super) file: PathBuf,
    /// Dialect of BASIC: conez, qb, gw or ansi
    #[arg(hide_possible_values = true, value_parser = DIALECTS)]
    pub(super) dialect: Option<String>,
}

#[derive(Args)]
pub(super) struct Explain {
    /// Code of a message
    pub(super) code: Option<String>,
}

#[derive(Args, Clone)]
#[command(after_help = help::EXAMPLES, after_long_help = [help::MANUAL, help::EXAMPLES].concat())]
pub(super) struct Run {
    /// Program: .c, .bas, .wasm or .wat; `-` is standard input
    pub(super) file: PathBuf,

    #[command(flatten)]
    pub(super) device: Device,
    #[command(flatten)]
    pub(super) limits: Limits,
    #[command(flatten)]
    pub(super) compile: Compile,

    /// Show counts after the run: symbols, loads and stores, cache, bus, heap, instructions, time
    #[arg(long)]
    pub(super) report: bool,
    /// Write the loads and stores of each object, for the compilers' `--profile`
    #[arg(long, value_name = "FILE")]
    pub(super) profile: Option<PathBuf>,
    /// The report as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// The device to run on.
#[derive(Args, Clone)]
#[command(next_help_heading = "Device")]
pub(super) struct Device {
    /// Linear memory: one flat buffer, or a window in fast RAM and PSRAM behind a cache
    #[arg(long, value_enum, default_value_t = MemoryKind::Flat)]
    pub(super) memory: MemoryKind,
    /// Bytes of fast RAM at address 0
    #[arg(long, value_name = "BYTES", default_value_t = 4096, value_parser = window)]
    pub(super) window: u32,
    /// Page cache: pages times bytes a page (a power of two, 32 to 4096)
    #[arg(long, value_name = "PAGESxSIZE", default_value = "64x512", value_parser = cache)]
    pub(super) cache: (u32, u32),
    /// Clock of the PSRAM chip
    #[arg(long, value_name = "MHZ", default_value_t = 80, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) spi_mhz: u32,
    /// Pixels on channels 1 to 4, drawn in the terminal
    #[arg(long, value_name = "N[,N..]", value_parser = leds)]
    pub(super) leds: Option<Strips>,
    /// Folder that is the device's file system (by default one in RAM, gone after the run)
    #[arg(long, value_name = "DIR")]
    pub(super) files: Option<PathBuf>,
    /// What the device senses over time (TOML)
    #[arg(long, value_name = "FILE")]
    pub(super) scenario: Option<PathBuf>,
    /// Record LEDs (and pins, as .jsonl) into a .jsonl, .gif or .png file
    #[arg(long, value_name = "FILE", value_parser = record_name)]
    pub(super) record: Option<PathBuf>,
    /// Start RND and RANDOM here, so that runs repeat; RANDOMIZE changes nothing
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) seed: Option<i32>,
    /// Numbers for RND, by blanks, one for each call (for RND(0), which repeats, or none); then its own
    #[arg(long, value_name = "FILE", conflicts_with = "seed")]
    pub(super) rnd: Option<PathBuf>,
    /// Print what is read from standard input: a run with a file as input looks as one at a terminal
    #[arg(long)]
    pub(super) echo: bool,
    /// Delays take no time and the clock moves only by them: runs repeat exactly
    #[arg(long)]
    pub(super) virtual_time: bool,
}

#[derive(Args)]
pub(super) struct Shell {
    #[command(flatten)]
    pub(super) device: Device,
}

/// When a run ends that does not end by itself.
#[derive(Args, Clone)]
#[command(next_help_heading = "Limits")]
pub(super) struct Limits {
    /// Instructions to execute at most
    #[arg(long, value_name = "N")]
    pub(super) fuel: Option<u64>,
    /// Seconds after which to stop
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<f64>,
    /// Calls of `loop` after which to stop
    #[arg(long, value_name = "N")]
    pub(super) loops: Option<u64>,
}

/// The compilers' options.
#[derive(Args, Clone)]
#[command(next_help_heading = "Compiler")]
pub(super) struct Compile {
    /// Language of standard input (`-`): c, bas or wat
    #[arg(short = 'x', value_name = "LANGUAGE", hide_possible_values = true, value_parser = ["c", "bas", "wat"])]
    pub(super) language: Option<String>,
    /// Folder to search for included files
    #[arg(short = 'I', value_name = "DIR")]
    pub(super) include: Vec<String>,
    /// Define a macro (C)
    #[arg(short = 'D', value_name = "NAME[=VALUE]")]
    pub(super) define: Vec<String>,
    /// Optimise: 0, 1, 2 or s
    #[arg(short = 'O', value_name = "LEVEL", default_value = "2", value_parser = opt_level)]
    pub(super) opt: OptLevel,
    /// Dialect of BASIC: conez, qb, gw or ansi
    #[arg(long, value_name = "NAME", hide_possible_values = true, value_parser = DIALECTS)]
    pub(super) dialect: Option<String>,
    /// Make `#` a double in ConeZ BASIC
    #[arg(long)]
    pub(super) float64: bool,
    /// Call the host in every loop, for one that can stop a program only then (BASIC)
    #[arg(long = "yield")]
    pub(super) yields: bool,
}

#[derive(Args)]
pub(super) struct Bench {
    /// Optimise: 0, 1, 2 or s
    #[arg(short = 'O', value_name = "LEVEL", default_value = "2", value_parser = opt_level)]
    pub(super) opt: OptLevel,
}

#[derive(Args)]
pub(super) struct Imports {
    /// conez_api.h instead of the reference
    #[arg(long)]
    pub(super) header: bool,
}

#[derive(Args)]
pub(super) struct Inspect {
    /// Module (.wasm or .wat), or a source file to compile first; `-` is standard input
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) compile: Compile,
    /// Bytes of fast RAM at address 0
    #[arg(long, value_name = "BYTES", default_value_t = 4096, value_parser = window)]
    pub(super) window: u32,
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MemoryKind {
    /// One buffer
    Flat,
    /// A window in fast RAM, the rest in PSRAM behind a page cache
    Psram,
}

fn source_name(text: &str) -> Result<PathBuf, String> {
    match Language::of(text) {
        Some(_) => Ok(text.into()),
        None => Err("the name says the language: let it end in .c or .bas".into()),
    }
}

fn cache(text: &str) -> Result<(u32, u32), String> {
    let expected = || format!("expected PAGESxSIZE such as 64x512, found `{text}`");
    let (pages, size) = text.split_once(['x', 'X']).ok_or_else(expected)?;
    let pages = pages.parse().map_err(|_| expected())?;
    let size: u32 = size.parse().map_err(|_| expected())?;
    let Geometry { window, .. } = Geometry::default();
    let geometry = Geometry { window, page_size: size, pages };
    if geometry.is_valid() {
        Ok((pages, size))
    } else {
        Err("a cache has 1 to 65000 pages of 32 to 4096 bytes, a power of two".into())
    }
}

/// Pixels on each channel.
pub(super) type Strips = [usize; CHANNELS as usize];

fn leds(text: &str) -> Result<Strips, String> {
    let mut strips = Strips::default();
    let counts: Vec<&str> = text.split(',').collect();
    if counts.len() > strips.len() {
        return Err(format!("there are {CHANNELS} channels"));
    }
    for (strip, count) in strips.iter_mut().zip(counts) {
        let count: u16 = count.parse().map_err(|_| "expected 0 to 65535 pixels a channel")?;
        *strip = count.into();
    }
    Ok(strips)
}

fn record_name(text: &str) -> Result<PathBuf, &'static str> {
    let path = PathBuf::from(text);
    Recorder::check_name(&path).map(|()| path)
}

fn window(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(bytes @ 0..=0x10_0000) => Ok(bytes),
        _ => Err("expected 0 to 1048576 bytes".into()),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.0..=1e9).contains(&seconds) => Ok(seconds),
        _ => Err("expected a number of seconds".into()),
    }
}
