//! This board as the host imports and the shell see it.

use crate::{clock, console, storage::Files, uart::Uart};
use core::sync::atomic::Ordering;
use runtime::board::typing::{CTRL_C, Lines, Returns};
use runtime::board::{
    Clock, Console, Entry, Failed, FileId, Key, Leds, Params, Pins, Sensors, Storage,
};
use wasm_common::abi::files::FileMode;

/// Serial port, tick, file system, parameters, and as many pixels and pins as the desktop has. There
/// are no sensors.
pub struct Board<'d> {
    uart: Uart,
    returns: Returns,
    lines: Lines,
    files: Files<'d>,
    params: [i32; 16],
    random: u64,
    pins: u64,
    /// Driven by a script: what is typed into a program is not echoed, and its time is virtual, as
    /// with `wasmcu run --virtual-time`.
    scripted: bool,
    /// Milliseconds that programs slept, which is all the time there is when it is virtual.
    slept: u64,
}

/// 2025-01-01 00:00 UTC: when virtual time begins.
const VIRTUAL_START: i64 = 1_735_689_600_000;
/// Pixels on channel 1.
const PIXELS: usize = 50;

impl<'d> Board<'d> {
    /// A board around its port and its files.
    pub fn new(uart: Uart, files: Files<'d>, scripted: bool) -> Self {
        Self {
            uart,
            returns: Returns::default(),
            lines: Lines::default(),
            files,
            params: [0; 16],
            random: 0,
            pins: 0,
            scripted,
            slept: 0,
        }
    }

    fn stopping(&self) -> bool {
        console::STOP.load(Ordering::Relaxed)
    }
}

impl Console for Board<'_> {
    fn write(&mut self, bytes: &[u8]) {
        console::write(&mut self.uart, bytes);
    }

    fn read(&mut self, into: &mut [u8]) -> usize {
        let Self { uart, returns, lines, scripted, .. } = self;
        let echo = |bytes: &[u8]| {
            if !*scripted {
                console::write(uart, bytes);
            }
        };
        lines.read(into, || wait_or_stop(returns), echo)
    }

    fn key(&mut self) -> Key {
        next_key(&mut self.returns).map_or(Key::None, Key::Byte)
    }

    fn let_ctrl_c_stop(&mut self, on: bool) {
        self.lines.clear();
        console::let_ctrl_c_stop(on);
    }
}

/// The next key that was received.
fn next_key(returns: &mut Returns) -> Option<u8> {
    loop {
        let byte = console::read()?;
        if returns.is_key(byte) {
            return Some(byte);
        }
    }
}

/// The next key, which is waited for; `None` at a stop.
fn wait_or_stop(returns: &mut Returns) -> Option<u8> {
    while !console::STOP.load(Ordering::Relaxed) {
        match next_key(returns) {
            // Typed before the program began that it shall stop.
            Some(CTRL_C) => console::STOP.store(true, Ordering::Relaxed),
            Some(key) => return Some(key),
            None => cortex_m::asm::wfi(),
        }
    }
    None
}

impl Clock for Board<'_> {
    fn uptime_ms(&mut self) -> u64 {
        if self.scripted { self.slept } else { u64::from(clock::milliseconds()) }
    }

    fn epoch_ms(&mut self) -> Option<i64> {
        self.scripted.then(|| VIRTUAL_START.saturating_add_unsigned(self.slept))
    }

    fn sleep(&mut self, ms: u64) {
        if self.scripted && console::RUNNING.load(Ordering::Relaxed) {
            self.slept = self.slept.saturating_add(ms);
            return;
        }
        let start = clock::milliseconds();
        while u64::from(clock::milliseconds().wrapping_sub(start)) < ms && !self.stopping() {
            cortex_m::asm::wfi();
        }
    }

    fn stop_requested(&mut self) -> bool {
        self.stopping()
    }

    /// SplitMix64 (Steele, Lea, Flood 2014), stirred by the time of each call unless there is a
    /// script.
    fn random(&mut self) -> u32 {
        if !self.scripted {
            self.random ^= u64::from(clock::milliseconds());
        }
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ z >> 31) >> 32) as u32
    }
}

impl Leds for Board<'_> {
    fn led_count(&self, channel: u32) -> usize {
        if channel == 1 { PIXELS } else { 0 }
    }
}

impl Pins for Board<'_> {
    fn set_pin(&mut self, gpio: u32, high: bool) {
        let bit = 1u64.checked_shl(gpio).unwrap_or(0);
        self.pins = if high { self.pins | bit } else { self.pins & !bit };
    }

    fn pin(&mut self, gpio: u32) -> bool {
        self.pins & 1u64.checked_shl(gpio).unwrap_or(0) != 0
    }
}

impl Sensors for Board<'_> {}

impl Params for Board<'_> {
    fn param(&mut self, id: u32) -> i32 {
        self.params.get(id as usize).copied().unwrap_or(0)
    }

    fn set_param(&mut self, id: u32, value: i32) {
        if let Some(param) = self.params.get_mut(id as usize) {
            *param = value;
        }
    }
}

impl Storage for Board<'_> {
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        self.files.open(path, mode)
    }

    fn close(&mut self, file: FileId) {
        self.files.close(file);
    }

    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        self.files.read_at(file, offset, into)
    }

    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        self.files.write_at(file, offset, from)
    }

    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        self.files.size(file)
    }

    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        self.files.set_size(file, size)
    }

    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        self.files.flush(file)
    }

    fn remove(&mut self, path: &str) -> Result<(), Failed> {
        self.files.remove(path)
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        self.files.rename(from, to)
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        self.files.make_dir(path)
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        self.files.remove_dir(path)
    }

    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        self.files.stat(path)
    }

    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        self.files.entry(path, index)
    }

    fn capacity(&mut self) -> Option<(u64, u64)> {
        self.files.capacity()
    }
}
