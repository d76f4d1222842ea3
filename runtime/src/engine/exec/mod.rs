//! Execution: the machine's state, and everything around the dispatch loop in [`run`] that is not
//! an operation itself.

mod arith;
mod bulk;
mod calls;
mod run;

use super::TrapKind;
use super::code::{INS, Ins, Op};
use super::host::{Host, HostError};
use super::module::Module;
use crate::memory::Memory;
use alloc::vec::Vec;

pub(super) use bulk::{init_memory, init_table};
pub(super) use run::run;

/// Instructions after which the host is asked whether to go on, at the next branch or call.
const POLL_EVERY: u64 = 4096;

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
}

/// A caller: where it goes on, and its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) pc: *const Ins,
    pub(super) fp: *mut u32,
}

/// What an outermost call returns to: as if `EXIT[0]` had called it.
static EXIT: [Ins; 2] = [Ins::new(Op::Call, 0, 0, 0, 0), Ins::new(Op::Exit, 0, 0, 0, 0)];

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
    /// The value stack: every frame in it is as the translator laid it out.
    pub(super) stack: Vec<u32>,
    pub(super) frames: Vec<Frame>,
    /// Instructions that may still be executed; `None`: no limit.
    pub(super) fuel: Option<u64>,
    /// Instructions executed before the current grant.
    pub(super) executed: u64,
    /// Instructions granted until the next poll.
    granted: u64,
    /// What the host said when it stopped the run.
    said: Option<HostError>,
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
            stack: alloc::vec![0; limits.stack_slots as usize],
            frames: alloc::vec![none; limits.call_depth as usize + 1],
            fuel: None,
            executed: 0,
            granted: 0,
            said: None,
        }
    }

    /// Allows a stretch of instructions; how many.
    fn grant(&mut self) -> u64 {
        self.granted = self.fuel.unwrap_or(u64::MAX).min(POLL_EVERY);
        self.granted
    }

    /// Accounts for what was executed of the last grant. `left` is what remains of it in bytes of
    /// code, negative when it was overdrawn. False when that was more than the fuel.
    fn account(&mut self, left: isize) -> bool {
        let left = left / INS as isize;
        let used = self.granted.wrapping_add_signed(-(left as i64));
        self.granted = 0;
        self.executed += used;
        match &mut self.fuel {
            None => true,
            Some(fuel) => {
                let enough = used <= *fuel;
                *fuel = fuel.saturating_sub(used);
                enough
            }
        }
    }

    /// At a branch or call when the grant is used up: accounts, asks the host, grants again. The
    /// new grant in bytes of code.
    #[cold]
    fn poll(&mut self, left: isize, host: &mut dyn Host) -> Result<isize, Stop> {
        if !self.account(left) {
            return Err(Stop::OutOfFuel);
        }
        host.poll().map_err(|error| self.host_said(error))?;
        Ok(self.grant() as isize * INS as isize)
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
            Stop::StackExhausted => TrapKind::StackExhausted,
            Stop::OutOfFuel => TrapKind::OutOfFuel,
            Stop::Host => match self.said.take() {
                Some(HostError::Trap(text)) => TrapKind::Host(text),
                _ => TrapKind::Stopped,
            },
        }
    }
}
