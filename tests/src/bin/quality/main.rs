//! How good is the code, and what does it cost to make it?
//!
//! Four tables: each program of `tests/quality` compiled by us and by clang and run on our engine
//! (instructions executed, bytes of module, time; ours divided by clang's); the time and the memory
//! that each level takes to compile it; the twins in BASIC against our own C;
//! and what placing data is worth on the simulated device.
//!
//! `cargo run --release -p tests --bin quality` needs Debian's `clang` and `lld`. A result that
//! differs from clang's, or a twin's from C's, ends it with 1.

use runtime::engine::{Host, Instance, Limits, Module, NoHost};
use runtime::host::Device;
use runtime::memory::Flat;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use tests::compile::{LEVELS, Language, OptLevel, Options, compile};
use tests::heap::{self, Counted};
use tests::machine::board::BenchBoard;
use tests::placement::{self, Evidence};
use wasm_common::backend;

#[global_allocator]
static HEAP: Counted = Counted;

/// What one module did.
struct Measured {
    result: u32,
    instructions: u64,
    bytes: usize,
    seconds: f64,
}

/// Calls `entry` once for its count, then again for the best time of five.
fn measure(wasm: &[u8], entry: &str, host: &mut impl Host) -> Result<Measured, String> {
    let module = Module::new(wasm, &Limits::default()).map_err(|error| error.to_string())?;
    let memory = Flat::new(64);
    let mut instance = Instance::new(module, memory, host).map_err(|error| error.to_string())?;
    let mut call = || instance.call(entry, &[], host).map_err(|trap| trap.to_string());
    let result = call()?.first().map_or(0, |&bits| bits as u32);
    let seconds = (0..5).map(|_| {
        let start = Instant::now();
        call().map(|_| start.elapsed().as_secs_f64())
    });
    let seconds = seconds.collect::<Result<Vec<_>, _>>()?.into_iter().fold(f64::MAX, f64::min);
    let instructions = instance.instructions() / 6;
    Ok(Measured { result, instructions, bytes: code_size(wasm), seconds })
}

/// A program in BASIC: its result is what it prints.
fn measure_twin(wasm: &[u8]) -> Result<Measured, String> {
    let mut board = BenchBoard::default();
    let measured = measure(wasm, "setup", &mut Device::new(&mut board))?;
    let text = String::from_utf8_lossy(&board.output);
    let printed = text.lines().last().and_then(|line| line.trim().parse::<i32>().ok());
    let printed = printed.ok_or_else(|| format!("it printed `{text}`"))?;
    Ok(Measured { result: printed as u32, ..measured })
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

fn text(source: &Path) -> Result<String, String> {
    std::fs::read_to_string(source).map_err(|error| format!("{}: {error}", source.display()))
}

fn ours(source: &Path, opt: OptLevel) -> Result<Vec<u8>, String> {
    let language = Language::of(source).ok_or("no language")?;
    compile(language, &source.to_string_lossy(), &text(source)?, opt, &Options::default())
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
        let (us, them) = (
            measure(&ours(source, opt)?, "bench", &mut NoHost)?,
            measure(&clang(source, level)?, "bench", &mut NoHost)?,
        );
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

fn sources(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    paths
}

/// The best time of five to compile a program, in milliseconds, and the memory that it takes at its
/// worst, in KiB; for each level.
fn cost(source: &Path) -> Result<Vec<f64>, String> {
    let name = source.to_string_lossy();
    let text = &text(source)?;
    let mut row = Vec::new();
    for opt in LEVELS {
        let backend = backend::Options { opt, ..backend::Options::default() };
        let options = c2wasm::Options { backend, ..c2wasm::Options::default() };
        let source = [c2wasm::Source { name: &name, text }];
        let once = || {
            let mut no_files = std::collections::BTreeMap::<String, Vec<u8>>::new();
            let start = Instant::now();
            let (output, peak) = heap::peak(|| c2wasm::compile(&source, &options, &mut no_files));
            output.map(|_| (start.elapsed().as_secs_f64(), peak)).map_err(|_| "does not compile")
        };
        let runs = (0..5).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
        row.push(1e3 * runs.iter().map(|run| run.0).fold(f64::MAX, f64::min));
        row.push(runs.iter().map(|run| run.1).max().unwrap_or(0) as f64 / 1024.0);
    }
    Ok(row)
}

/// Instructions and time of a program in BASIC, divided by those of its twin in C.
fn twin(source: &Path) -> Result<Vec<f64>, String> {
    let stem = source.file_stem().unwrap_or_default();
    let folder = source.parent().and_then(Path::parent).unwrap_or(source);
    let c = folder.join(stem).with_extension("c");
    let mut ratios = Vec::new();
    for opt in [OptLevel::O1, OptLevel::O2] {
        let twin = measure_twin(&ours(source, opt)?)?;
        let original = measure(&ours(&c, opt)?, "bench", &mut NoHost)?;
        if twin.result != original.result {
            let (twin, original) = (twin.result as i32, original.result as i32);
            return Err(format!("{opt:?} gives {twin}, C {original}"));
        }
        ratios.push(twin.instructions as f64 / original.instructions as f64);
        ratios.push(twin.seconds / original.seconds);
    }
    Ok(ratios)
}

/// What each kind of evidence makes of the programs whose hot data is larger than the window.
fn placements() -> bool {
    let mut all_well = true;
    for source in sources("quality/layout") {
        println!("{}", source.file_name().unwrap_or_default().to_string_lossy());
        for evidence in [Evidence::None, Evidence::Estimate, Evidence::Profile] {
            match placement::run(&source, evidence) {
                Ok(run) => println!(
                    "  {:<14}| {:>8} |  {:>6.2} % | {:>10.2}",
                    format!("{evidence:?}"),
                    match evidence {
                        Evidence::None => String::from("-"),
                        _ => format!("{:.2} %", run.expected),
                    },
                    run.inside,
                    run.milliseconds
                ),
                Err(why) => {
                    println!("  {evidence:?}: {why}");
                    all_well = false;
                }
            }
        }
    }
    all_well
}

/// Prints a row for each source, and the geometric mean of each column; whether all went well.
fn table(
    sources: Vec<PathBuf>,
    group: usize,
    row: impl Fn(&Path) -> Result<Vec<f64>, String>,
) -> bool {
    let mut logs: Vec<f64> = Vec::new();
    let (mut good, mut all_well) = (0, true);
    for source in sources {
        let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match row(&source) {
            Ok(numbers) => {
                print_row(&name, &numbers, group);
                logs.resize(numbers.len(), 0.0);
                logs.iter_mut().zip(&numbers).for_each(|(sum, number)| *sum += number.ln());
                good += 1;
            }
            Err(why) => {
                println!("{name:<16}| {why}");
                all_well = false;
            }
        }
    }
    let means: Vec<f64> = logs.iter().map(|sum| (sum / f64::from(good.max(1))).exp()).collect();
    print_row("geometric mean", &means, group);
    all_well
}

fn print_row(name: &str, numbers: &[f64], group: usize) {
    print!("{name:<16}");
    for numbers in numbers.chunks(group) {
        print!("|");
        numbers.iter().for_each(|number| print!(" {number:>8.2}"));
        print!(" ");
    }
    println!();
}

fn main() -> ExitCode {
    print!("{:<16}", "ours / clang");
    for (name, _, level) in PAIRS {
        print!("| {:>8} {:>8} {:>8} ", format!("{name}/{level}"), "size", "time");
    }
    println!();
    let mut all_well = table(sources("quality"), 3, row);
    print!("\n{:<16}", "to compile");
    for level in LEVELS {
        print!("| {:>8} {:>8} ", format!("{level:?} ms"), "KiB");
    }
    println!();
    all_well &= table(sources("quality"), 2, cost);
    println!("\n{:<16}| -O1 inst     time |      -O2     time ", "BASIC / C");
    all_well &= table(sources("quality/basic"), 2, twin);
    println!("\n{:<16}| expected | in window |  device ms, by each plan", "placed by");
    all_well &= placements();
    ExitCode::from(u8::from(!all_well))
}
