//! Execution: the machine's state, and everything around the dispatch loop in [`run`] that is not
//! an operation itself.

mod arith;
mod bulk;
mod calls;
mod float;
mod machine;
mod run;
mod slow;
mod step;

use super::TrapKind;
use super::code::{INS, Ins};
use super::host::{Host, HostError};
use super::module::{ExportKind, Module};
use crate::memory::Memory;
use alloc::vec::Vec;

pub(super) use bulk::{init_memory, init_table};
#[cfg(threaded_dispatch)]
pub(super) use run::is_flat;
pub(super) use run::run;

/// Instructions after which the host is asked whether to go on, at the next branch back or call.
const POLL_EVERY: u64 = 2048;

/// Why the loop stopped short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Unreachable,
    Memory,
    Table,
    UndefinedElement,
    UninitializedElement,
    TypeMismatch,
    DivisionByZero,
    IntegerOverflow,
    InvalidConversion,
    StackExhausted,
    OutOfFuel,
    /// The host said so; what it said is in [`State::said`].
    Host,
    /// The native stack has grown too much: no end, the dispatch goes on from its start.
    Deep,
}

/// How the engine gets from one operation to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// One loop with a `match`.
    Loop,
    /// Every operation jumps to the next: faster where there are registers enough.
    Threaded,
}

/// Bytes of native stack after which a run leaves its native calls, at the next look.
#[cfg(threaded_dispatch)]
const NATIVE_ROOM: usize = 16 << 10;

/// A caller: where it goes on, and its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) pc: *const Ins,
    pub(super) fp: *mut u32,
}

/// What a running module has besides code and linear memory.
#[derive(Debug)]
pub(super) struct State {
    pub(super) globals: Vec<u64>,
    pub(super) table: Vec<u32>,
    /// Data and element segments that were dropped.
    pub(super) dropped_data: Vec<bool>,
    pub(super) dropped_elements: Vec<bool>,
    /// The host's number for each imported function.
    pub(super) numbers: Vec<u32>,
    /// The global that is exported as `__line`.
    pub(super) line_global: Option<u32>,
    /// The value stack: every frame in it is as the translator laid it out.
    pub(super) stack: Vec<u32>,
    pub(super) frames: Vec<Frame>,
    /// Instructions executed by all runs before this one; after a run, with it.
    pub(super) executed: u64,
    /// Value of `executed` at which fuel runs out; `None`: never.
    pub(super) fuel_end: Option<u64>,
    /// Value of `executed` from which on the host is to be asked whether to go on.
    next_poll: u64,
    /// In a run: what `left` was counted down from, so that `limit - left` plus the weight of the
    /// place in the function is what has been executed.
    limit: u64,
    /// What the host said when it stopped the run.
    said: Option<HostError>,
    pub(super) dispatch: Dispatch,
    /// [`NATIVE_ROOM`], or less in a test.
    #[cfg(threaded_dispatch)]
    pub(super) native_room: usize,
}

// SAFETY: the pointers in `frames` mean nothing between runs.
unsafe impl Send for State {}

/// A run that stopped: why, where, and how many frames were active.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) stop: Stop,
    /// Index of the instruction, when it is in the module's code.
    pub(super) code: u32,
    /// Entries of `frames` in use, the first of which belongs to the outermost call.
    pub(super) depth: usize,
}

impl State {
    pub(super) fn new(module: &Module) -> Self {
        let limits = &module.limits;
        let none = Frame { pc: core::ptr::null(), fp: core::ptr::null_mut() };
        Self {
            globals: Vec::new(),
            table: Vec::new(),
            dropped_data: alloc::vec![false; module.data.len()],
            dropped_elements: alloc::vec![false; module.elements.len()],
            numbers: Vec::new(),
            line_global: module.export(ExportKind::Global, wasm_common::abi::names::LINE),
            stack: alloc::vec![0; limits.stack_slots as usize],
            frames: alloc::vec![none; limits.call_depth.max(1) as usize],
            executed: 0,
            fuel_end: None,
            next_poll: 0,
            limit: 0,
            said: None,
            dispatch: Dispatch::Loop,
            #[cfg(threaded_dispatch)]
            native_room: NATIVE_ROOM,
        }
    }

    /// What has been executed, at a place of that weight.
    fn count(&self, left: isize, weight: u32) -> u64 {
        self.limit.wrapping_sub(left as i64 as u64).wrapping_add(u64::from(weight))
    }

    /// How far the run may go before it must look again, when `executed` is what was executed up to
    /// a place of that weight. The closer fuel comes to its end, the sooner: a place can lie as far
    /// into its function as `max_weight`.
    fn grant(&mut self, executed: u64, weight: u32, max_weight: u32) -> isize {
        let fuel = self.fuel_end.map_or(u64::MAX, |end| end.saturating_sub(max_weight.into()));
        let start = executed.wrapping_sub(u64::from(weight));
        self.limit = (executed + POLL_EVERY).min(fuel);
        self.limit.wrapping_sub(start) as i64 as isize
    }

    /// At a branch back or call, when `left` is used up: the new value of `left`.
    #[cold]
    #[inline(never)]
    fn poll(
        &mut self,
        module: &Module,
        host: &mut dyn Host,
        left: isize,
        weight: u32,
    ) -> Result<isize, Stop> {
        let executed = self.count(left, weight);
        if self.fuel_end.is_some_and(|end| executed > end) {
            return Err(Stop::OutOfFuel);
        }
        if executed >= self.next_poll {
            self.next_poll = executed + POLL_EVERY;
            host.poll().map_err(|error| self.host_said(error))?;
        }
        Ok(self.grant(executed, weight, module.max_weight))
    }

    /// The same at a jump back, by instruction `index` over `weight` instructions of the module. How
    /// far its target lies in its function is looked up only where fuel may depend on it.
    #[cold]
    #[inline(never)]
    fn poll_back(
        &mut self,
        module: &Module,
        host: &mut dyn Host,
        left: isize,
        index: u32,
        weight: i32,
    ) -> Result<isize, Stop> {
        let most = self.count(left, module.max_weight);
        let place = match self.fuel_end {
            Some(end) if most > end => module.position(index).map_or(0, |at| at.weight),
            _ => weight as u32,
        };
        self.poll(module, host, left, place.wrapping_sub(weight as u32))
    }

    fn host_said(&mut self, error: HostError) -> Stop {
        self.said = Some(error);
        Stop::Host
    }

    /// Where the caller in entry `depth` of the frames was: the index of its call.
    pub(super) fn return_address(&self, module: &Module, depth: usize) -> Option<u32> {
        let after = self.frames.get(depth)?.pc as usize;
        let start = module.code.as_ptr() as usize;
        let index = after.wrapping_sub(start) / INS;
        (index <= module.code.len()).then(|| index.saturating_sub(1) as u32)
    }

    /// The public name of a stop.
    pub(super) fn kind<M: Memory>(&mut self, stop: Stop, memory: &mut M) -> TrapKind {
        match stop {
            Stop::Unreachable => TrapKind::Unreachable,
            Stop::Memory => match memory.fault() {
                Some(fault) => TrapKind::MemoryFault(fault),
                None => TrapKind::MemoryOutOfBounds,
            },
            Stop::Table => TrapKind::TableOutOfBounds,
            Stop::UndefinedElement => TrapKind::UndefinedElement,
            Stop::UninitializedElement => TrapKind::UninitializedElement,
            Stop::TypeMismatch => TrapKind::IndirectCallTypeMismatch,
            Stop::DivisionByZero => TrapKind::DivisionByZero,
            Stop::IntegerOverflow => TrapKind::IntegerOverflow,
            Stop::InvalidConversion => TrapKind::InvalidConversion,
            Stop::StackExhausted | Stop::Deep => TrapKind::StackExhausted,
            Stop::OutOfFuel => TrapKind::OutOfFuel,
            Stop::Host => match self.said.take() {
                Some(HostError::Trap(text)) => TrapKind::Host(text),
                _ => TrapKind::Stopped,
            },
        }
    }
}
