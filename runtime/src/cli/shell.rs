//! `wasmcu shell`: the device's shell on this terminal.

use super::Done;
use super::options::{Device, MemoryKind, Shell as Options};
use super::run::{MAX_PAGES, chip, setup, windowed};
use crate::board::Board;
use crate::board::sim::{Setup, Sim};
use crate::engine::{Instance, Limits};
use crate::memory::{Flat, Memory};
use crate::shell::{Ended, Machine, Shell, run_on, test_psram};
use std::io::{self, IsTerminal, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs the shell until it is left. On a terminal each key comes as it is typed.
pub(super) fn shell(options: &Options) -> Done {
    let interrupt = Interrupt::default();
    let is_terminal = io::stdin().is_terminal();
    let mut board = Sim::new(Setup {
        input: Box::new(Keys { interrupt: interrupt.clone() }),
        output: Box::new(Screen { is_raw: is_terminal }),
        ..setup(&options.device, &interrupt.stop)?
    });
    let machine = Desktop { memory: options.device.clone(), interrupt, last: String::new() };
    let _raw = is_terminal.then(Raw::enter).transpose()?;
    Shell::new(Box::new(machine)).run(&mut board);
    Ok(0)
}

/// The terminal without line editing and signals of its own, as long as this lives.
struct Raw;

impl Raw {
    fn enter() -> Result<Self, String> {
        crossterm::terminal::enable_raw_mode().map_err(|error| format!("terminal: {error}"))?;
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // The terminal went away: nothing is left to restore.
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// Ctrl-C: a key for the line editor, and the wish to stop while a program runs.
#[derive(Clone, Default)]
struct Interrupt {
    running: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
}

/// Standard input, in which Ctrl-C is taken out while a program runs.
struct Keys {
    interrupt: Interrupt,
}

const CTRL_C: u8 = 3;

impl Read for Keys {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = io::stdin().read(into)?;
        if into[..len].contains(&CTRL_C) && self.interrupt.running.load(Ordering::Relaxed) {
            self.interrupt.stop.store(true, Ordering::Relaxed);
        }
        Ok(len)
    }
}

/// Standard output; a raw terminal wants a carriage return with each line end.
struct Screen {
    is_raw: bool,
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut output = io::stdout().lock();
        if self.is_raw {
            for line in bytes.split_inclusive(|&byte| byte == b'\n') {
                let text = line.strip_suffix(b"\n");
                output.write_all(text.unwrap_or(line))?;
                output.write_all(if text.is_some() { b"\r\n" } else { b"" })?;
            }
        } else {
            output.write_all(bytes)?;
        }
        output.flush()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

/// The engine on the memory that the options ask for.
struct Desktop {
    memory: Device,
    interrupt: Interrupt,
    last: String,
}

impl Desktop {
    fn run_on<M: Memory>(
        &self,
        wasm: &[u8],
        memory: M,
        board: &mut dyn Board,
        fuel: Option<u64>,
        after: impl FnOnce(&Instance<M>),
    ) -> Result<Ended, String> {
        self.interrupt.stop.store(false, Ordering::Relaxed);
        self.interrupt.running.store(true, Ordering::Relaxed);
        let ended = run_on(wasm, memory, board, &Limits::default(), fuel, after);
        self.interrupt.running.store(false, Ordering::Relaxed);
        self.interrupt.stop.store(false, Ordering::Relaxed);
        ended
    }
}

impl Machine for Desktop {
    fn run(
        &mut self,
        wasm: &[u8],
        board: &mut dyn Board,
        fuel: Option<u64>,
    ) -> Result<Ended, String> {
        if self.memory.memory == MemoryKind::Flat {
            return self.run_on(wasm, Flat::new(MAX_PAGES), board, fuel, |_| ());
        }
        let mut last = String::new();
        let ended = self.run_on(wasm, windowed(&self.memory)?, board, fuel, |instance| {
            let (cache, bus) = (instance.memory().stats(), instance.memory().bus().spi().stats());
            last = format!(
                "\nlast run: {} pages brought in, {} put out\n{} commands, {} bytes read, {} written",
                cache.misses, cache.evictions, bus.commands, bus.read_bytes, bus.written_bytes
            );
        });
        self.last = last;
        ended
    }

    fn describe(&self) -> String {
        if self.memory.memory == MemoryKind::Flat {
            return "linear memory is flat: no PSRAM (`wasmcu shell --memory psram` has it)".into();
        }
        let (pages, size) = self.memory.cache;
        format!(
            "window {} bytes; cache {pages} pages of {size} bytes; SPI at {} MHz{}",
            self.memory.window, self.memory.spi_mhz, self.last
        )
    }

    fn test_psram(&mut self) -> Result<String, String> {
        test_psram(&mut chip(&self.memory)?)
    }
}
