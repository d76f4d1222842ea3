//! The host imports: what a compiled program can ask of the device.
//!
//! In: import numbers and raw arguments from the engine. Out: raw results, and effects on a
//! [`Board`]. Signatures come from the one table in [`wasm_common::abi::imports`]; each group has
//! a file here with one entry an import, and a test holds the two together.
//!
//! Invariants: linear memory is touched only through [`GuestMemory`]'s checked copies; no
//! argument makes the host panic or allocate more than the guest's memory is large.

mod alloc;
mod calendar;
mod color;
mod compression;
mod console;
mod cue;
mod digits;
mod env;
mod file;
mod format;
mod gpio;
mod gps;
mod guest;
mod imu;
mod led;
mod lut;
mod math;
mod number;
mod output;
mod printf;
mod random;
mod scanf;
mod string;
mod sun;
mod system;
mod time;
mod using;

#[cfg(feature = "std")]
pub(crate) use compression::crc32;

pub use random::Fixed;

use crate::board::Board;
use crate::engine::{Host, HostError};
use crate::heap::{Heap, HeapStats};
use crate::memory::GuestMemory;
use ::alloc::vec::Vec;
use wasm_common::abi::imports::{self, Group};
use wasm_common::abi::{memory_map, names};

/// The host of one run: a board, and what the imports keep from call to call.
pub struct Device<'b> {
    board: &'b mut dyn Board,
    heap: Heap,
    column: u32,
    strips: led::Strips,
    files: file::Files,
    lut: Vec<i32>,
    rnd: random::Rnd,
}

/// What an import gives the engine.
type Outcome = Result<u64, HostError>;

/// An import's implementation.
type Call = fn(&mut Device<'_>, Args<'_>, &mut dyn GuestMemory) -> Outcome;

/// The imports of one group, by name.
type Calls = &'static [(&'static str, Call)];

/// The implementations of a group.
fn calls(group: Group) -> Calls {
    match group {
        Group::Led => led::CALLS,
        Group::Gpio => gpio::CALLS,
        Group::Gps => gps::CALLS,
        Group::Imu => imu::CALLS,
        Group::Env => env::CALLS,
        Group::Cue => cue::CALLS,
        Group::Time => time::CALLS,
        Group::System => system::CALLS,
        Group::Output => output::CALLS,
        Group::Format => format::CALLS,
        Group::Lut => lut::CALLS,
        Group::File => file::CALLS,
        Group::Math => math::CALLS,
        Group::Alloc => alloc::CALLS,
        Group::String => string::CALLS,
        Group::Console => console::CALLS,
        Group::Random => random::CALLS,
        Group::Sun => sun::CALLS,
        Group::Compression => compression::CALLS,
    }
}

impl<'b> Device<'b> {
    /// A host over `board`, without a heap until [`Device::lay_out`].
    pub fn new(board: &'b mut dyn Board) -> Self {
        Self {
            board,
            heap: Heap::new(0..0, 0..0),
            column: 0,
            strips: led::Strips::default(),
            files: file::Files::default(),
            lut: Vec::new(),
            rnd: random::Rnd::default(),
        }
    }

    /// Lays the allocators out for a module: `global` gives the value of an exported i32 global,
    /// `memory` the bytes of linear memory. Without `_heap_ptr` all blocks come from the pool.
    pub fn lay_out(&mut self, global: impl Fn(&str) -> Option<u32>, memory: u32) {
        let bounds = global(names::POOL_START).zip(global(names::POOL_END));
        let (start, end) = bounds.unwrap_or((memory_map::POOL_START, memory_map::POOL_END));
        let (start, end) = (start.min(memory), end.min(memory));
        let low = global(names::HEAP_PTR).unwrap_or(start).max(memory_map::DATA_START);
        self.heap = Heap::new(low.min(start)..start, start..end);
    }

    /// The allocators' counts.
    pub fn heap_stats(&self) -> HeapStats {
        self.heap.stats()
    }

    /// The allocators.
    pub fn heap(&mut self) -> &mut Heap {
        &mut self.heap
    }

    /// Decides the random numbers of BASIC's RND.
    pub fn fix_random(&mut self, fixed: Fixed) {
        self.rnd.fix(fixed);
    }

    /// The board.
    pub fn board(&mut self) -> &mut dyn Board {
        self.board
    }

    /// Ends the run: closes what the program left open and takes gamma off.
    pub fn finish(&mut self) {
        self.files.close_all(self.board);
        self.strips = led::Strips::default();
    }

    /// Prints, and keeps the column.
    fn print(&mut self, bytes: &[u8]) {
        let after_line_end = bytes.iter().rev().take_while(|&&b| b != b'\n').count();
        let fresh = after_line_end < bytes.len();
        let before = if fresh { 0 } else { self.column };
        self.column = before.saturating_add(after_line_end as u32);
        self.board.write(bytes);
    }

    /// A new pool string; 0 when the pool is full.
    fn new_string(&mut self, memory: &mut dyn GuestMemory, bytes: &[u8]) -> u32 {
        let Some(size) = u32::try_from(bytes.len()).ok().and_then(|len| len.checked_add(1)) else {
            return 0;
        };
        let address = self.heap.alloc_pool(memory, size);
        // The block was just zeroed, NUL included, so it can be written.
        if address != 0 && memory.write(address, bytes).is_err() {
            self.heap.free(address);
            return 0;
        }
        address
    }

    /// Waits `ms` milliseconds in all, in steps no longer than `step`, until `done` says so.
    /// True when it did.
    ///
    /// # Errors
    /// `Stopped`, when a stop was asked for.
    fn wait(
        &mut self,
        ms: Option<u64>,
        step: u64,
        mut done: impl FnMut(&mut dyn Board) -> bool,
    ) -> Result<bool, HostError> {
        let start = self.board.uptime_ms();
        // Time slept counts too: the clock of a small board may stand still.
        let mut slept = 0;
        loop {
            if done(self.board) {
                return Ok(true);
            }
            if self.board.stop_requested() {
                return Err(HostError::Stopped);
            }
            let waited = self.board.uptime_ms().saturating_sub(start).max(slept);
            let left = ms.map_or(step, |ms| ms.saturating_sub(waited));
            if left == 0 {
                return Ok(false);
            }
            self.board.sleep(left.min(step));
            slept = slept.saturating_add(left.min(step));
        }
    }
}

/// Where an import's implementation is: group in the upper bits, place in its group below.
fn find(name: &str) -> Option<u32> {
    let group = imports::by_name(name)?.group;
    let place = calls(group).iter().position(|(n, _)| *n == name)?;
    Some((group as u32) << 8 | place as u32)
}

impl Host for Device<'_> {
    fn resolve(&self, module: &str, name: &str, params: &[u8], results: &[u8]) -> Option<u32> {
        let import = imports::by_name(name)?;
        let fits = module == names::IMPORT_MODULE && import.has_signature(params, results);
        if fits { find(name) } else { None }
    }

    fn signature(&self, module: &str, name: &str) -> Option<(Vec<u8>, Vec<u8>)> {
        let import = imports::by_name(name).filter(|_| module == names::IMPORT_MODULE)?;
        let byte = imports::ValType::byte;
        Some((import.params().map(byte).collect(), import.result().map(byte).into_iter().collect()))
    }

    fn line(&mut self, line: u32) {
        self.heap.at_line(line);
    }

    fn call(&mut self, number: u32, args: &[u64], memory: &mut dyn GuestMemory) -> Outcome {
        let group = Group::ALL.get((number >> 8) as usize);
        match group.and_then(|&group| calls(group).get((number & 0xFF) as usize)) {
            Some((_, call)) => call(self, Args(args), memory),
            None => Err(HostError::Trap("no such import".into())),
        }
    }

    fn poll(&mut self) -> Result<(), HostError> {
        if self.board.stop_requested() { Err(HostError::Stopped) } else { Ok(()) }
    }
}

/// The raw arguments of a call; one that is missing reads as 0.
#[derive(Clone, Copy)]
struct Args<'a>(&'a [u64]);

impl Args<'_> {
    fn i64(self, index: usize) -> i64 {
        self.0.get(index).copied().unwrap_or(0) as i64
    }

    fn u32(self, index: usize) -> u32 {
        self.i64(index) as u32
    }

    fn i32(self, index: usize) -> i32 {
        self.i64(index) as i32
    }

    fn f32(self, index: usize) -> f32 {
        f32::from_bits(self.u32(index))
    }

    fn f64(self, index: usize) -> f64 {
        f64::from_bits(self.i64(index) as u64)
    }
}

/// A result, as the raw bits that the engine wants.
trait Bits {
    fn bits(self) -> u64;
}

impl Bits for () {
    fn bits(self) -> u64 {
        0
    }
}

impl Bits for u32 {
    fn bits(self) -> u64 {
        self.into()
    }
}

impl Bits for i32 {
    fn bits(self) -> u64 {
        (self as u32).into()
    }
}

impl Bits for bool {
    fn bits(self) -> u64 {
        self.into()
    }
}

impl Bits for i64 {
    fn bits(self) -> u64 {
        self as u64
    }
}

impl Bits for f32 {
    fn bits(self) -> u64 {
        self.to_bits().into()
    }
}

impl Bits for f64 {
    fn bits(self) -> u64 {
        self.to_bits()
    }
}

/// A result without an error.
#[allow(clippy::unnecessary_wraps, reason = "every import returns an Outcome")]
fn give<T: Bits>(value: T) -> Outcome {
    Ok(value.bits())
}

#[cfg(test)]
mod tests;
