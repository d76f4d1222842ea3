//! One interface to everything that can run a compiled program.
//!
//! A [`Machine`] takes an [`Output`] (the module, and the IR that it was made of) and a [`World`]
//! (input, files), and gives a [`Run`]: what was printed and how it ended. All machines use the
//! same host imports over the same board, so two runs differ only where compiler, engine or memory
//! are wrong.

pub mod board;
mod engine;
mod interpreter;
mod wasmi;

use board::BenchBoard;
use std::collections::BTreeMap;
use std::fmt;
use wasm_common::abi::names;
use wasm_common::backend::Output;

pub use runtime::memory::Geometry;

/// What a program finds.
#[derive(Clone, Debug)]
pub struct World {
    /// Its console input.
    pub input: Vec<u8>,
    /// Files by absolute path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// How often `loop` is called.
    pub loops: u32,
    /// WebAssembly instructions that it may execute.
    pub fuel: u64,
}

impl Default for World {
    fn default() -> Self {
        Self { input: Vec::new(), files: BTreeMap::new(), loops: 3, fuel: 2_000_000_000 }
    }
}

impl World {
    fn board(&self) -> BenchBoard {
        BenchBoard::new(&self.input, &self.files)
    }
}

/// Why a run ended before its time; the same word on every machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `unreachable`: what a compiler emits for a failed check or `abort`.
    Unreachable,
    /// An access outside memory.
    Memory,
    /// Integer division by zero.
    Divide,
    /// A quotient or converted float that does not fit.
    Overflow,
    /// A NaN converted to an integer.
    Conversion,
    /// A bad indirect call.
    Table,
    /// Calls nested too deep.
    Stack,
    /// Out of fuel.
    Fuel,
    /// A host import refused; its text.
    Host(String),
    /// The module cannot be run at all: invalid, or an import is missing.
    Load(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(text) | Self::Load(text) => f.write_str(text),
            other => write!(f, "{other:?}"),
        }
    }
}

/// How a run went.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it printed.
    pub output: String,
    /// The result of `main`, or why there is none.
    pub end: Result<i32, Fault>,
    /// The source line of the fault, where the machine knows it.
    pub line: Option<u32>,
    /// Instructions executed, in the machine's own count.
    pub instructions: Option<u64>,
    /// Blocks that it allocated and did not free.
    pub live: usize,
}

impl Run {
    /// A run that did not come about.
    fn refused(why: impl fmt::Display) -> Self {
        let end = Err(Fault::Load(why.to_string()));
        Self { output: String::new(), end, line: None, instructions: None, live: 0 }
    }

    /// Whether a program cannot tell the two apart. How deep calls may nest is each machine's own
    /// business (and where emitted code checks the shadow stack, running out is `unreachable`); so
    /// after running out of stack, only that counts.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let stack = |run: &Self| run.end == Err(Fault::Stack);
        let ends = |run: &Self| matches!(run.end, Err(Fault::Stack | Fault::Unreachable));
        if (stack(self) && ends(other)) || (ends(self) && stack(other)) {
            return true;
        }
        self.output == other.output && self.end == other.end
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.output)?;
        match (&self.end, self.line) {
            (Ok(status), _) => write!(f, "[exit {status}]"),
            (Err(fault), Some(line)) => write!(f, "[{fault} in line {line}]"),
            (Err(fault), None) => write!(f, "[{fault}]"),
        }
    }
}

/// Something that runs programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// Our engine, memory in one buffer.
    Flat,
    /// Our engine, a window and a page cache over PSRAM without a chip's timing.
    Windowed(Geometry),
    /// Our engine, the default window and cache, over the simulated chip.
    Chip,
    /// wasmi.
    Wasmi,
    /// The reference interpreter of the IR.
    Interpreter,
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Windowed(Geometry { window, page_size, pages }) => {
                write!(f, "window {window}, cache {pages}x{page_size}")
            }
            other => write!(f, "{other:?}"),
        }
    }
}

/// A window and a cache of `pages` pages of `page_size` bytes.
#[must_use]
pub const fn windowed(window: u32, page_size: u32, pages: u32) -> Machine {
    Machine::Windowed(Geometry { window, page_size, pages })
}

/// Machines that between them have every kind of edge: no window, odd windows, one page.
pub const ALL: &[Machine] = &[
    Machine::Flat,
    Machine::Interpreter,
    Machine::Wasmi,
    windowed(4096, 512, 64),
    windowed(0, 32, 1),
    windowed(64, 64, 2),
    windowed(1021, 32, 3),
    windowed(4095, 128, 4),
];

impl Machine {
    /// Whether the machine is to be trusted with this module.
    #[must_use]
    pub fn suits(self, wasm: &[u8]) -> bool {
        self != Self::Wasmi || wasmi::suits(wasm)
    }

    /// Runs `image` in `world`.
    #[must_use]
    pub fn run(self, image: &Output, world: &World) -> Run {
        match self {
            Self::Interpreter => interpreter::run(image, world),
            _ => self.run_module(&image.wasm, world),
        }
    }

    /// Runs a module; the interpreter, which needs IR, refuses.
    #[must_use]
    pub fn run_module(self, wasm: &[u8], world: &World) -> Run {
        match self {
            Self::Flat => engine::flat(wasm, world),
            Self::Windowed(geometry) => engine::windowed(wasm, world, geometry),
            Self::Chip => engine::chip(wasm, world),
            Self::Wasmi => wasmi::run(wasm, world),
            Self::Interpreter => Run::refused("a module has no IR"),
        }
    }
}

/// A program in some machine, ready to be called.
trait Callable {
    /// Whether it exports a function of this name.
    fn has(&self, export: &str) -> bool;

    /// Calls an export with zeros for arguments; its i32 result, 0 when it has none.
    fn call(&mut self, export: &str) -> Result<i32, Fault>;

    /// The value of an exported i32 global.
    fn global(&self, export: &str) -> Option<u32>;
}

/// Runs a program as the device does. A trap with a status in `__exit` is the program's own end.
fn drive(program: &mut dyn Callable, loops: u32) -> Result<i32, Fault> {
    let status = |program: &dyn Callable| program.global(names::EXIT).map(|bits| bits as i32);
    match entries(program, loops) {
        Err(Fault::Unreachable) => match status(program) {
            Some(status) if status != -1 => Ok(status),
            _ => Err(Fault::Unreachable),
        },
        other => other,
    }
}

/// Calls `setup` and `loop` if there is one of them, else the entry.
fn entries(program: &mut dyn Callable, loops: u32) -> Result<i32, Fault> {
    let (setup, again) = (program.has("setup"), program.has("loop"));
    if !setup && !again {
        let entry = ["_start", "main"].into_iter().find(|name| program.has(name));
        return program.call(entry.ok_or_else(|| Fault::Load("no entry".into()))?);
    }
    if setup {
        program.call("setup")?;
    }
    for _ in 0..if again { loops } else { 0 } {
        program.call("loop")?;
    }
    Ok(0)
}
