//! What a run works on: registers, and all the rest.

use super::super::code::Ins;
use super::super::host::Host;
use super::super::module::{Function, Module};
use super::{Frame, State, Stop};
use crate::memory::Memory;

/// What the operations keep in registers.
#[derive(Clone, Copy)]
pub(super) struct Regs {
    /// The next instruction.
    pub(super) pc: *const Ins,
    /// The instruction in execution.
    pub(super) ins: *const Ins,
    /// The first slot of the frame.
    pub(super) fp: *mut u32,
    /// The window on linear memory, and the addresses below which 8 bytes may be accessed in it.
    pub(super) mem: *mut u8,
    pub(super) fast: usize,
    /// Counted down by jumps; see `State::limit`.
    pub(super) left: isize,
}

impl Regs {
    /// Goes to the next instruction.
    #[inline(always)]
    pub(super) fn advance(&mut self) {
        self.ins = self.pc;
        self.pc = self.pc.wrapping_add(1);
    }

    /// Looks where the window is.
    #[inline(always)]
    pub(super) fn look<M: Memory>(&mut self, memory: &mut M) {
        let (start, len) = memory.window();
        (self.mem, self.fast) = (start, (len as usize).saturating_sub(7));
    }
}

/// The rest of a run's state.
pub(super) struct Machine<'a, M> {
    pub(super) module: &'a Module,
    pub(super) state: &'a mut State,
    pub(super) memory: &'a mut M,
    pub(super) host: &'a mut dyn Host,
    pub(super) code: *const Ins,
    pub(super) functions: *const Function,
    pub(super) globals: *mut u64,
    /// Address of the end of the value stack.
    pub(super) stack_end: usize,
    /// Where the next caller goes.
    pub(super) frame: *mut Frame,
    pub(super) frames_end: *mut Frame,
    pub(super) table: *const u32,
    pub(super) elements: usize,
    /// Why a call out of line ended the run.
    pub(super) stop: Option<Stop>,
    /// Where the native stack is, or below, when it has grown more than it should.
    pub(super) native_end: usize,
    /// Whether the run has gone on after [`Stop::Deep`], and has not looked since.
    pub(super) rewound: bool,
}

impl<M> Machine<'_, M> {
    /// Whether the run must leave its native calls. Not twice at the same place: it always gets on.
    pub(super) fn is_deep(&mut self) -> bool {
        !core::mem::take(&mut self.rewound) && native_stack() < self.native_end
    }
}

/// An address in the native stack's last frame, or close to it. The stacks of all targets that the
/// threaded dispatch is for grow down.
#[inline(always)]
pub(super) fn native_stack() -> usize {
    let here = 0_u8;
    core::hint::black_box(&raw const here).addr()
}

/// Why an operation is not followed by the next.
pub(super) enum Break {
    /// Nothing was done: it needs a higher level.
    Slow,
    /// Nothing was done: it jumps back, and nothing is left.
    Back,
    /// The run ends: with a reason, or regularly.
    End(Option<Stop>),
}

/// How far a step goes before it gives up with [`Break::Slow`]: a compiler saves registers for the
/// most that a function may do, before it knows whether that will be done.
pub(super) mod level {
    /// Registers and the window, and what `Memory::quick_load` does if `QUICK`.
    #[cfg(threaded_dispatch)]
    pub(in super::super) const DIRECT: u8 = 0;
    /// Everything.
    pub(in super::super) const CALLS: u8 = 1;
    /// Whether `DIRECT` tries `Memory::quick_load`: on ARM that would take more registers than there
    /// are without saving some first.
    pub(in super::super) const QUICK: bool = !cfg!(target_arch = "arm");
    /// Whether `CALLS` only comes after `DIRECT`, so that it need not try the window again.
    pub(in super::super) const TRIED: bool = cfg!(all(threaded_dispatch, target_arch = "arm"));
}
