//! `wasmcu shell`: the device's shell on this terminal.

use super::Done;
use super::options::{Device, MemoryKind, Shell as Options};
use super::run::{MAX_PAGES, chip, setup, windowed};
use crate::board::Board;
use crate::board::sim::{Setup, Sim, Source};
use crate::engine::Limits;
use crate::memory::Flat;
use crate::shell::{Ended, Machine, Shell, run_on, test_psram};
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

/// Runs the shell until it is left. On a terminal each key comes as it is typed.
pub(super) fn shell(options: &Options) -> Done {
    let is_terminal = io::stdin().is_terminal();
    let mut board = Sim::new(Setup {
        source: if is_terminal { Source::Keyboard } else { Source::Script },
        output: Box::new(Screen { to: io::stdout(), is_raw: is_terminal }),
        messages: Box::new(Screen { to: io::stderr(), is_raw: is_terminal }),
        ..setup(&options.device, &Arc::default())?
    });
    let machine = Desktop { memory: options.device.clone(), last: String::new() };
    let raw = is_terminal.then(Raw::enter).transpose()?;
    Shell::new(Box::new(machine)).run(&mut board);
    let finished = board.finish();
    drop(raw);
    finished.map(|()| 0)
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

/// A stream of this process; a raw terminal wants a carriage return with each line end.
struct Screen<W> {
    to: W,
    is_raw: bool,
}

impl<W: Write> Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_raw {
            for line in bytes.split_inclusive(|&byte| byte == b'\n') {
                let text = line.strip_suffix(b"\n");
                self.to.write_all(text.unwrap_or(line))?;
                self.to.write_all(if text.is_some() { b"\r\n" } else { b"" })?;
            }
        } else {
            self.to.write_all(bytes)?;
        }
        self.to.flush()?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The engine on the memory that the options ask for.
struct Desktop {
    memory: Device,
    last: String,
}

impl Machine for Desktop {
    fn run(
        &mut self,
        wasm: &[u8],
        board: &mut dyn Board,
        fuel: Option<u64>,
    ) -> Result<Ended, String> {
        if self.memory.memory == MemoryKind::Flat {
            return run_on(wasm, Flat::new(MAX_PAGES), board, &Limits::default(), fuel, |_| ());
        }
        let mut last = String::new();
        let memory = windowed(&self.memory)?;
        let ended = run_on(wasm, memory, board, &Limits::default(), fuel, |instance| {
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
