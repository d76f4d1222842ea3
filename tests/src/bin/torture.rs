//! gcc's torture suite against c2wasm: `torture [--std NAME] [-OLEVEL] [--compile] PATH...`.
//!
//! Every `.c` file is compiled as old C without warnings, run on the engine, and passes if `main`
//! returns 0 or the program calls `exit(0)`. Prints `passed N of M` and each failing file with the
//! first thing that went wrong. A path is a file or a folder.

use c2wasm::Failure;
use c2wasm::check::Warnings;
use c2wasm::check::codes::UNDEFINED;
use c2wasm::session::Standard;
use runtime::engine::{Instance, Limits, Module};
use runtime::execute::{End, execute};
use runtime::host::Device;
use runtime::memory::{Flat, GuestMemory};
use std::collections::BTreeMap;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tests::machine::board::BenchBoard;
use wasm_common::cli::Disk;
use wasm_common::diag::{Severity, render::short};
use wasm_common::opt::OptLevel;

/// Instructions that a test may execute.
const FUEL: u64 = 300_000_000;
/// Pages of memory that a test may have.
const PAGES: u32 = 64;
/// Stack of the thread that compiles and runs one test.
const STACK: usize = 16 << 20;

fn main() -> ExitCode {
    let mut paths = Vec::new();
    let (mut standard, mut level, mut compile_only) = (String::from("gnu89"), OptLevel::O1, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--std" => standard = arguments.next().unwrap_or(standard),
            "--compile" => compile_only = true,
            "-O0" => level = OptLevel::O0,
            "-O1" => level = OptLevel::O1,
            "-O2" => level = OptLevel::O2,
            "-Os" => level = OptLevel::Os,
            _ => paths.extend(programs(Path::new(&argument))),
        }
    }
    if paths.is_empty() {
        eprintln!("usage: torture [--std NAME] [-O0|-O1|-O2|-Os] [--compile] PATH...");
        return ExitCode::from(2);
    }
    panic::set_hook(Box::new(|_| {}));
    let mut failed = Vec::new();
    for path in &paths {
        if let Err(why) = isolated(path, &standard, level, compile_only) {
            println!("{}: {why}", path.file_name().unwrap_or_default().to_string_lossy());
            failed.push(path);
        }
    }
    println!("passed {} of {}", paths.len() - failed.len(), paths.len());
    ExitCode::SUCCESS
}

/// The C files at `path`, sorted.
fn programs(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_path_buf()] };
    let all = entries.flatten().map(|entry| entry.path());
    let mut list: Vec<PathBuf> = all.filter(|p| p.extension().is_some_and(|e| e == "c")).collect();
    list.sort();
    list
}

/// One test on a thread of its own, so that a panic is a failure like any other.
fn isolated(
    path: &Path,
    standard: &str,
    level: OptLevel,
    compile_only: bool,
) -> Result<(), String> {
    let (path, standard) = (path.to_path_buf(), standard.to_string());
    let thread = std::thread::Builder::new().stack_size(STACK);
    let running = thread.spawn(move || check(&path, &standard, level, compile_only));
    let Ok(running) = running else { return Err("no thread".into()) };
    running.join().unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
        Err(format!("panic: {}", text.unwrap_or_default()))
    })
}

fn check(path: &Path, standard: &str, level: OptLevel, compile_only: bool) -> Result<(), String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let source = String::from_utf8_lossy(&bytes);
    let name = path.to_string_lossy();
    let mut options = c2wasm::Options { warnings: Warnings::none(), ..c2wasm::Options::default() };
    options.front.standard = Standard::from_name(standard).unwrap_or_default();
    options.backend.opt = level;
    options.shared = compile_only;
    let sources = [c2wasm::Source { name: &name, text: &source }];
    let image = match c2wasm::compile(&sources, &options, &mut Disk::default()) {
        Ok(image) => image,
        Err(failure) => return refused(&failure, compile_only),
    };
    if compile_only {
        return Ok(());
    }
    run(&image.wasm)
}

/// Why a program is refused; a part of one may use what it does not define.
fn refused(failure: &Failure, is_part: bool) -> Result<(), String> {
    let mut errors = failure.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    match errors.find(|d| !is_part || d.code != UNDEFINED.code) {
        Some(first) => Err(short(first, &failure.sources)),
        None if is_part => Ok(()),
        None => Err("no message".into()),
    }
}

/// Runs a module as the device does.
fn run(wasm: &[u8]) -> Result<(), String> {
    let mut board = BenchBoard::new(&[], &BTreeMap::new());
    let mut device = Device::new(&mut board);
    let module = Module::new(wasm, &Limits::default()).map_err(|error| error.to_string())?;
    let instance = Instance::new(module, Flat::new(PAGES), &mut device);
    let mut instance = instance.map_err(|error| error.to_string())?;
    let size = instance.memory().size();
    device.lay_out(|name: &str| instance.global(name).map(|bits| bits as u32), size);
    instance.set_fuel(Some(FUEL));
    match execute(&mut instance, &mut device, None) {
        End::Exit(0) => Ok(()),
        End::Aborted(_) => Err("abort".into()),
        End::Exit(status) => Err(format!("exit {status}")),
        End::Trap(trap) => Err(format!("{} in line {}", trap.kind, trap.line().unwrap_or(0))),
        End::Error(number) => Err(format!("error {number}")),
        End::Stopped => Err("stopped".into()),
        End::NoEntry => Err("no entry".into()),
    }
}
