//! This board as the host imports and the shell see it.

use crate::{clock, console, storage::Files, uart::Uart};
use core::sync::atomic::Ordering;
use runtime::board::{
    Clock, Console, Entry, Failed, FileId, Key, Leds, Params, Pins, Sensors, Storage,
};
use wasm_common::abi::files::FileMode;

/// Serial port, tick, file system, and parameters. There are no LEDs, pins or sensors.
pub struct Board<'d> {
    uart: Uart,
    files: Files<'d>,
    params: [i32; 16],
    random: u32,
}

impl<'d> Board<'d> {
    /// A board around its port and its files.
    pub fn new(uart: Uart, files: Files<'d>) -> Self {
        Self { uart, files, params: [0; 16], random: 0x2545_F491 }
    }

    fn stopping(&self) -> bool {
        console::STOP.load(Ordering::Relaxed)
    }
}

impl Console for Board<'_> {
    fn write(&mut self, bytes: &[u8]) {
        console::write(&mut self.uart, bytes);
    }

    /// A line as it is typed, echoed, with backspace.
    fn read(&mut self, into: &mut [u8]) -> usize {
        let mut len = 0;
        while len < into.len() && !self.stopping() {
            match console::read() {
                None => cortex_m::asm::wfi(),
                Some(8 | 127) if len > 0 => {
                    len -= 1;
                    self.write(b"\x08 \x08");
                }
                Some(8 | 127) => {}
                Some(byte) => {
                    into[len] = if byte == b'\r' { b'\n' } else { byte };
                    len += 1;
                    self.write(&[into[len - 1]]);
                    if into[len - 1] == b'\n' {
                        break;
                    }
                }
            }
        }
        len
    }

    fn key(&mut self) -> Key {
        console::read().map_or(Key::None, Key::Byte)
    }
}

impl Clock for Board<'_> {
    fn uptime_ms(&mut self) -> u64 {
        u64::from(clock::milliseconds())
    }

    fn sleep(&mut self, ms: u64) {
        let start = clock::milliseconds();
        while u64::from(clock::milliseconds().wrapping_sub(start)) < ms && !self.stopping() {
            cortex_m::asm::wfi();
        }
    }

    fn stop_requested(&mut self) -> bool {
        self.stopping()
    }

    /// xorshift32 (Marsaglia 2003), stirred by the time of each call.
    fn random(&mut self) -> u32 {
        let mut x = self.random ^ clock::milliseconds().max(1);
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        self.random = x.max(1);
        self.random
    }
}

impl Leds for Board<'_> {}
impl Pins for Board<'_> {}
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
