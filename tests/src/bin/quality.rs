//! How good is the code? Each program of `tests/quality` is compiled by us and by clang, and run
//! on our engine: instructions executed and bytes of module, ours divided by clang's.
//!
//! `cargo run --release -p tests --bin quality` needs Debian's `clang` and `lld`. A result that
//! differs from clang's ends it with 1.

use runtime::engine::{Host, HostError, Instance, Limits, Module};
use runtime::memory::{Flat, GuestMemory};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use tests::compile::{Language, OptLevel, Options, compile};

/// What one module did.
struct Measured {
    result: u32,
    instructions: u64,
    bytes: usize,
    seconds: f64,
}

/// The programs need no imports.
struct NoImports;

impl Host for NoImports {
    fn resolve(&self, _: &str, _: &str, _: &[u8], _: &[u8]) -> Option<u32> {
        None
    }

    fn call(&mut self, _: u32, _: &[u64], _: &mut dyn GuestMemory) -> Result<u64, HostError> {
        Err(HostError::Trap("there are no imports".into()))
    }
}

/// Calls `bench` once for its count, then again for the best time of five.
fn measure(wasm: &[u8]) -> Result<Measured, String> {
    let module = Module::new(wasm, &Limits::default()).map_err(|error| error.to_string())?;
    let memory = Flat::new(64);
    let mut instance =
        Instance::new(module, memory, &mut NoImports).map_err(|error| error.to_string())?;
    let mut call = || instance.call("bench", &[], &mut NoImports).map_err(|trap| trap.to_string());
    let result = call()?.first().map_or(0, |&bits| bits as u32);
    let seconds = (0..5).map(|_| {
        let start = Instant::now();
        call().map(|_| start.elapsed().as_secs_f64())
    });
    let seconds = seconds.collect::<Result<Vec<_>, _>>()?.into_iter().fold(f64::MAX, f64::min);
    let instructions = instance.instructions() / 6;
    Ok(Measured { result, instructions, bytes: code_size(wasm), seconds })
}

/// Bytes without custom sections: names and line tables are not code.
fn code_size(wasm: &[u8]) -> usize {
    let sections = wasmparser::Parser::new(0).parse_all(wasm).flatten();
    let custom = sections.filter_map(|payload| match payload {
        wasmparser::Payload::CustomSection(section) => {
            let range = section.range();
            Some((range.end - range.start) as usize + 2)
        }
        _ => None,
    });
    wasm.len() - custom.sum::<usize>()
}

fn clang(source: &Path, level: &str) -> Result<Vec<u8>, String> {
    let out = std::env::temp_dir().join(format!("quality-{}.wasm", std::process::id()));
    let status = Command::new("clang")
        .args(["--target=wasm32", level, "-nostdlib", "-mbulk-memory", "-ffp-contract=off"])
        .args(["-Wl,--no-entry", "-Wl,--strip-all", "-o"])
        .args([&out, source])
        .status()
        .map_err(|error| format!("clang: {error}"))?;
    let wasm = std::fs::read(&out).map_err(|error| format!("clang: {status}, {error}"));
    let _ = std::fs::remove_file(&out);
    wasm
}

fn ours(source: &Path, opt: OptLevel) -> Result<Vec<u8>, String> {
    let text = std::fs::read_to_string(source).map_err(|error| error.to_string())?;
    let name = source.to_string_lossy();
    compile(Language::C, &name, &text, opt, &Options::default())
        .map(|output| output.wasm)
        .map_err(|problems| problems.first().map_or_else(String::new, ToString::to_string))
}

/// Our levels, and what each is compared with.
const PAIRS: [(&str, OptLevel, &str); 3] =
    [("-O1", OptLevel::O1, "-O2"), ("-O2", OptLevel::O2, "-O2"), ("-Os", OptLevel::Os, "-Os")];

/// A row of ratios: instructions, size and time for each pair.
fn row(source: &Path) -> Result<Vec<f64>, String> {
    let mut ratios = Vec::new();
    for (_, opt, level) in PAIRS {
        let (us, them) = (measure(&ours(source, opt)?)?, measure(&clang(source, level)?)?);
        if us.result != them.result {
            return Err(format!(
                "{opt:?} gives {}, clang {}",
                us.result as i32, them.result as i32
            ));
        }
        ratios.push(us.instructions as f64 / them.instructions as f64);
        ratios.push(us.bytes as f64 / them.bytes as f64);
        ratios.push(us.seconds / them.seconds);
    }
    Ok(ratios)
}

fn sources() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("quality");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn main() -> ExitCode {
    print!("{:<16}", "ours / clang");
    for (name, _, level) in PAIRS {
        print!("| {name} / {level:<3}    size   time ");
    }
    println!();
    let mut logs = vec![0.0; 3 * PAIRS.len()];
    let (mut good, mut failed) = (0, false);
    for source in sources() {
        let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match row(&source) {
            Ok(ratios) => {
                print_row(&name, &ratios);
                logs.iter_mut().zip(&ratios).for_each(|(sum, ratio)| *sum += ratio.ln());
                good += 1;
            }
            Err(why) => {
                println!("{name:<16}| {why}");
                failed = true;
            }
        }
    }
    let means: Vec<f64> = logs.iter().map(|sum| (sum / f64::from(good.max(1))).exp()).collect();
    print_row("geometric mean", &means);
    ExitCode::from(u8::from(failed))
}

fn print_row(name: &str, ratios: &[f64]) {
    print!("{name:<16}");
    for pair in ratios.chunks(3) {
        print!("| {:>9.2} {:>7.2} {:>6.2} ", pair[0], pair[1], pair[2]);
    }
    println!();
}
