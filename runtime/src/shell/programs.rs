//! Commands that compile, run and look at programs.

use super::{Outcome, Session, command};
use crate::board::Board;
use crate::engine::{Instance, Limits, Module};
use crate::execute::{End, execute};
use crate::heap::HeapStats;
use crate::host::Device;
use crate::memory::Memory;
use alloc::{format, string::String, string::ToString};

/// What runs the shell's programs: an engine on this device's memory.
pub trait Machine {
    /// Runs a module until it ends, or for so many instructions, by [`run_on`] a memory of this
    /// device; the program's output goes to the board.
    ///
    /// # Errors
    /// Why the module cannot run at all.
    fn run(
        &mut self,
        wasm: &[u8],
        board: &mut dyn Board,
        fuel: Option<u64>,
    ) -> Result<Ended, String>;

    /// What linear memory is made of, and what it did in the last run: lines of text.
    fn describe(&self) -> String;

    /// Writes and reads the PSRAM, and says what it found.
    ///
    /// # Errors
    /// What is wrong with it.
    fn test_psram(&mut self) -> Result<String, String>;

    /// Starts to watch how much of its own RAM the device takes.
    fn watch(&mut self) {}

    /// The RAM taken since [`Machine::watch`]; `None` where nobody counts.
    fn watched(&self) -> Option<Watched> {
        None
    }
}

/// The device's own RAM, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// Heap in use now.
    pub heap: usize,
    /// Heap in use at most.
    pub heap_peak: usize,
    /// Stack in use at most.
    pub stack_peak: usize,
}

/// How a program ended, and what it used.
#[derive(Clone, Debug)]
pub struct Ended {
    /// "exit 0", "stopped", "error 9" (of BASIC), or the trap.
    pub how: String,
    /// Whether it is to be told without being asked.
    pub failed: bool,
    /// Whether Ctrl-C ended it.
    pub stopped: bool,
    /// Instructions executed.
    pub instructions: u64,
    /// Bytes of linear memory.
    pub memory: u32,
    /// What the allocators did.
    pub heap: HeapStats,
}

/// The last program that ran.
#[derive(Clone, Debug)]
pub(super) struct LastRun {
    name: String,
    ended: Ended,
    milliseconds: u64,
    ram: Option<Watched>,
}

/// Runs a module from its entry point to its end on `memory`; gives the memory's instance to
/// `after`, for its counters.
///
/// # Errors
/// If the module is invalid, needs imports that are not here, or has nothing to run.
pub fn run_on<M: Memory>(
    wasm: &[u8],
    memory: M,
    board: &mut dyn Board,
    limits: &Limits,
    fuel: Option<u64>,
    after: impl FnOnce(&Instance<M>),
) -> Result<Ended, String> {
    let module = Module::new(wasm, limits).map_err(|error| format!("invalid module: {error}"))?;
    let mut device = Device::new(board);
    let mut instance =
        Instance::new(module, memory, &mut device).map_err(|error| error.to_string())?;
    let size = instance.memory().size();
    device.lay_out(|global| instance.global(global).map(|bits| bits as u32), size);
    instance.set_fuel(fuel);
    let end = execute(&mut instance, &mut device, None);
    let heap = device.heap_stats();
    device.finish();
    after(&instance);
    let stopped = matches!(end, End::Stopped);
    let (how, failed) = match end {
        End::Exit(status) => (format!("exit {status}"), status != 0),
        End::Aborted(line) => (format!("aborted in line {line}"), true),
        End::Stopped => (String::from("stopped"), true),
        End::Trap(trap) => (format!("trap: {trap}"), true),
        End::Error(number) => (format!("error {number}"), false),
        End::NoEntry => return Err("exports none of setup, loop, _start, main".into()),
    };
    let memory = instance.memory().size();
    Ok(Ended { how, failed, stopped, instructions: instance.instructions(), memory, heap })
}

impl Session<'_> {
    fn run_module(&mut self, name: &str, wasm: &[u8], fuel: Option<u64>) -> Outcome {
        let start = self.board.uptime_ms();
        self.shell.machine.watch();
        let ended = self.shell.machine.run(wasm, self.board, fuel)?;
        let ram = self.shell.machine.watched();
        let milliseconds = self.board.uptime_ms().saturating_sub(start);
        if ended.stopped {
            self.print("^C\n");
        }
        if ended.failed {
            self.print(&format!("{name}: {}\n", ended.how));
        }
        self.shell.last_run = Some(LastRun { name: name.into(), ended, milliseconds, ram });
        Ok(())
    }

    fn last_run(&self) -> Result<LastRun, String> {
        self.shell.last_run.clone().ok_or_else(|| "nothing ran yet".into())
    }
}

/// Whether `bytes` are a module, whatever their name.
fn is_module(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\0asm")
}

pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let (name, fuel) = match args {
        [name] => (name, None),
        [flag, fuel, name] if flag == "-n" => {
            (name, Some(command::number(fuel, "a number of instructions")?))
        }
        _ => return Err(command::usage("run")),
    };
    let bytes = session.read_all(name)?;
    if is_module(&bytes) {
        return session.run_module(name, &bytes, fuel);
    }
    let wasm = session.build(name, bytes)?;
    session.run_module(name, &wasm, fuel)
}

pub(super) fn compile(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let (name, mut rest) = args.split_first().ok_or_else(|| command::usage("compile"))?;
    let mut output = None;
    let mut run = false;
    while let Some((arg, after)) = rest.split_first() {
        rest = match (arg.as_str(), after) {
            ("-o", [file, after @ ..]) => {
                output = Some(file.clone());
                after
            }
            ("run", _) => {
                run = true;
                after
            }
            _ => return Err(command::usage("compile")),
        };
    }
    let output = output.unwrap_or_else(|| {
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        format!("{stem}.wasm")
    });
    if session.resolve(&output) == session.resolve(name) {
        return Err(format!("{output}: is the source itself; give another name with -o"));
    }
    session.check_target(&output)?;
    let source = session.read_all(name)?;
    let size = source.len();
    let wasm = session.build(name, source)?;
    session.write_all(&output, &wasm)?;
    session.print(&format!("{output}: {} bytes from {size}\n", wasm.len()));
    if run { session.run_module(&output, &wasm, None) } else { Ok(()) }
}

pub(super) fn stop(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    session.print("nothing is running: Ctrl-C stops a program while it runs\n");
    Ok(())
}

pub(super) fn ps(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    let LastRun { name, ended, milliseconds, .. } = session.last_run()?;
    let speed = ended.instructions.checked_div(milliseconds).unwrap_or(0);
    session.print(&format!(
        "{name}: {}\n{} instructions in {milliseconds} ms ({speed} a ms)\n",
        ended.how, ended.instructions
    ));
    Ok(())
}

fn most(ram: Watched) -> String {
    format!("{} bytes of heap and {} of stack at most", ram.heap_peak, ram.stack_peak)
}

pub(super) fn mem(session: &mut Session<'_>, _args: &[String]) -> Outcome {
    if let Some(now) = session.shell.machine.watched() {
        session.print(&format!("this device: {} bytes of heap in use\n", now.heap));
    }
    if let Some((name, ram)) = session.shell.last_build.clone() {
        session.print(&format!("compiling {name}: {}\n", most(ram)));
    }
    let LastRun { name, ended, ram, .. } = session.last_run()?;
    if let Some(ram) = ram {
        session.print(&format!("running {name}: {}\n", most(ram)));
    }
    let heap = ended.heap;
    session.print(&format!(
        "{name}: {} bytes of linear memory\n\
         low heap {} of {} bytes at most, string pool {} of {}\n\
         {} blocks ({} bytes) never freed, {} frees of what was no block\n",
        ended.memory,
        heap.low_peak,
        heap.low_size,
        heap.pool_peak,
        heap.pool_size,
        heap.live_blocks,
        heap.live_bytes,
        heap.ignored_frees,
    ));
    Ok(())
}

pub(super) fn psram(session: &mut Session<'_>, args: &[String]) -> Outcome {
    let text = match args.first().map(String::as_str) {
        None => session.shell.machine.describe(),
        Some("test") => session.shell.machine.test_psram()?,
        Some(_) => return Err(command::usage("psram")),
    };
    session.print(text.trim_end());
    session.print("\n");
    Ok(())
}
