//! A simulated 8 MB SPI PSRAM chip: an embedded-hal `SpiDevice` that holds to the datasheet, fails
//! on what a real chip would get wrong, and counts what crosses the bus.

use super::spi::{
    CAPACITY, DEVICE_PAGE, FAST_READ, GOOD_ID, MAX_MHZ, READ, READ_ID, RESET, RESET_ENABLE,
    SLOW_READ_MHZ, WRITE,
};
use super::{BusError, BusStats};
use alloc::vec::Vec;
use embedded_hal::spi::{ErrorType, Operation, SpiDevice};

/// Nanoseconds that the chip may be selected (tCEM), and must be deselected between commands
/// (tCPH).
const SELECTED_MAX_NS: u64 = 8000;
const DESELECTED_NS: u64 = 50;

/// What bytes hold that were never written.
const NEVER_WRITTEN: u8 = 0xA5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Since power came on: only a reset is understood.
    Off,
    ResetEnabled,
    Ready,
}

/// A simulated 8 MB SPI PSRAM chip. What was never written reads as noise.
#[derive(Debug)]
pub struct SimChip {
    mhz: u32,
    state: State,
    /// Up to the highest byte written.
    memory: Vec<u8>,
    stats: BusStats,
}

/// The command in progress.
struct Command {
    code: u8,
    /// Bytes sent or received so far.
    at: usize,
    addr: u32,
}

impl SimChip {
    /// A chip that has just been powered on, clocked at `mhz`.
    #[must_use]
    pub fn new(mhz: u32) -> Self {
        let stats = BusStats::default();
        Self { mhz: mhz.max(1), state: State::Off, memory: Vec::new(), stats }
    }

    /// What has crossed the bus so far.
    #[must_use]
    pub fn stats(&self) -> BusStats {
        self.stats
    }

    fn begin(&mut self, code: u8) -> Result<Command, BusError> {
        let state = match (self.state, code) {
            (_, RESET_ENABLE) => State::ResetEnabled,
            (State::ResetEnabled, RESET) => State::Ready,
            (State::Ready, WRITE | FAST_READ | READ_ID) => State::Ready,
            (State::Ready, READ) if self.mhz <= SLOW_READ_MHZ => State::Ready,
            _ => return Err(BusError::Command(code)),
        };
        self.state = state;
        Ok(Command { code, at: 1, addr: 0 })
    }

    /// The chip takes a byte.
    fn send(&mut self, command: &mut Command, byte: u8) -> Result<(), BusError> {
        let header = if command.code == FAST_READ { 5 } else { 4 };
        match command.code {
            RESET_ENABLE | RESET => return Err(BusError::Command(byte)),
            _ if command.at < 4 => command.addr = command.addr << 8 | u32::from(byte),
            _ if command.at < header => {}
            WRITE => {
                let index = self.place(command, header)?;
                if index >= self.memory.len() {
                    self.memory.resize(index + 1, NEVER_WRITTEN);
                }
                self.memory[index] = byte;
                self.stats.written_bytes += 1;
            }
            code => return Err(BusError::Command(code)),
        }
        command.at += 1;
        Ok(())
    }

    /// The chip gives a byte.
    fn receive(&mut self, command: &mut Command) -> Result<u8, BusError> {
        let header = if command.code == FAST_READ { 5 } else { 4 };
        if command.at < header {
            return Err(BusError::Command(command.code));
        }
        let byte = match command.code {
            READ | FAST_READ => {
                let index = self.place(command, header)?;
                self.stats.read_bytes += 1;
                self.memory.get(index).copied().unwrap_or(NEVER_WRITTEN)
            }
            READ_ID => GOOD_ID.get(command.at - header).copied().unwrap_or_default(),
            code => return Err(BusError::Command(code)),
        };
        command.at += 1;
        Ok(byte)
    }

    /// Where the next data byte lies.
    fn place(&self, command: &Command, header: usize) -> Result<usize, BusError> {
        let addr = command.addr + (command.at - header) as u32;
        if command.addr >= CAPACITY {
            return Err(BusError::Address(command.addr));
        }
        if addr / DEVICE_PAGE != command.addr / DEVICE_PAGE {
            return Err(BusError::CrossesPage(command.addr));
        }
        Ok(addr as usize)
    }

    /// Accounts for a command of so many bytes.
    fn end(&mut self, bytes: usize) -> Result<(), BusError> {
        let selected = bytes as u64 * 8 * 1000 / u64::from(self.mhz);
        self.stats.commands += 1;
        self.stats.nanoseconds += selected + DESELECTED_NS;
        if selected > SELECTED_MAX_NS {
            return Err(BusError::SelectTooLong(selected));
        }
        Ok(())
    }
}

impl ErrorType for SimChip {
    type Error = BusError;
}

impl SpiDevice for SimChip {
    fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), BusError> {
        if self.mhz > MAX_MHZ {
            return Err(BusError::Clock(self.mhz));
        }
        let mut command: Option<Command> = None;
        for operation in operations {
            match operation {
                Operation::Write(bytes) => {
                    for &byte in *bytes {
                        match &mut command {
                            None => command = Some(self.begin(byte)?),
                            Some(command) => self.send(command, byte)?,
                        }
                    }
                }
                Operation::Read(bytes) => {
                    let Some(command) = &mut command else { return Err(BusError::Command(0)) };
                    for byte in bytes.iter_mut() {
                        *byte = self.receive(command)?;
                    }
                }
                _ => return Err(BusError::Bus),
            }
        }
        self.end(command.map_or(0, |command| command.at))
    }
}
