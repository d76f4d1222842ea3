//! Dispatch: from one operation to the next.
//!
//! Where the target passes enough arguments in registers and the build is optimised
//! (`threaded_dispatch`, set by `build.rs`), every operation is a function that ends in a jump to
//! the next one's: LLVM makes a call in that place a jump. Everywhere else it is one loop with a
//! `match`, which is what small targets are best served by.

use super::super::code::{INS, Ins, Op};
use super::super::host::Host;
use super::super::module::Module;
use super::step::{Break, Machine, Regs, step};
use super::{State, Stop, Stopped};
use crate::memory::Memory;

/// Runs function `function` of `module` to its end. Its arguments are in the first slots of
/// `state.stack`; its results will be.
///
/// # Safety
/// `state` must be as `Instance` makes it for `module`: one value a global, one number an import,
/// table elements that are `NULL` or function indices.
pub(in super::super) unsafe fn run<M: Memory>(
    module: &Module,
    state: &mut State,
    memory: &mut M,
    host: &mut dyn Host,
    function: u32,
) -> Result<(), Stopped> {
    // What calls the function: its results stay where its frame is, at slot 0.
    let outermost = [
        Ins::new(Op::Call, 0, 0, 0, function),
        Ins::new(Op::Result, 0, 0, 0, 0),
        Ins::new(Op::Exit, 0, 0, 0, 0),
    ];
    let stack = state.stack.as_mut_ptr();
    let mut regs = Regs {
        pc: outermost.as_ptr(),
        ins: outermost.as_ptr(),
        fp: stack,
        mem: core::ptr::null_mut(),
        fast: 0,
        left: state.grant(state.executed, 0, module.max_weight),
    };
    regs.look(memory);
    let frames = state.frames.as_mut_ptr();
    let mut machine = Machine {
        module,
        code: module.code.as_ptr(),
        functions: module.functions.as_ptr(),
        globals: state.globals.as_mut_ptr(),
        stack_end: stack as usize + state.stack.len() * size_of::<u32>(),
        frame: frames,
        frames_end: frames.wrapping_add(state.frames.len()),
        table: state.table.as_ptr(),
        elements: state.table.len(),
        stop: None,
        state,
        memory,
        host,
    };
    // SAFETY: the caller's, and what the translator promises.
    let (stop, left, ins) = unsafe { dispatch(regs, &mut machine) };
    // SAFETY: `frame` goes from the first entry on, one entry a call.
    let depth = unsafe { machine.frame.offset_from(frames) } as usize;
    let offset = (ins as usize).wrapping_sub(machine.code as usize) / INS;
    let code = if offset < module.code.len() { offset as u32 } else { u32::MAX };
    let weight = match stop {
        Some(_) => module.position(code).map_or(0, |position| position.weight),
        None => 0,
    };
    let state = machine.state;
    state.executed = state.count(left, weight);
    match stop {
        None => Ok(()),
        Some(stop) => Err(Stopped { stop, code, depth }),
    }
}

/// Why a run ended, what was left, and at which instruction.
type End = (Option<Stop>, isize, *const Ins);

#[cfg(not(threaded_dispatch))]
use looping::dispatch;
#[cfg(threaded_dispatch)]
use threaded::dispatch;

#[cfg(not(threaded_dispatch))]
mod looping {
    use super::{Break, End, Machine, Memory, Op, Regs, step};
    use crate::engine::code::for_each_op;

    /// # Safety
    /// As for [`run`](super::run).
    pub(super) unsafe fn dispatch<M: Memory>(mut r: Regs, m: &mut Machine<'_, M>) -> End {
        macro_rules! one_of {
            ($($op:ident)*) => {
                match (*r.ins).op {
                    $(Op::$op => step::<M, { Op::$op as u8 }, false>(&mut r, m),)*
                }
            };
        }
        loop {
            r.ins = r.pc;
            r.pc = r.pc.wrapping_add(1);
            // SAFETY: the caller's.
            match unsafe { for_each_op!(one_of) } {
                Ok(()) | Err(Break::Slow) => {}
                Err(Break::End(stop)) => return (stop, r.left, r.ins),
            }
        }
    }
}

#[cfg(threaded_dispatch)]
mod threaded {
    use super::{Break, End, Ins, Machine, Memory, Op, Regs, Stop, step};
    use crate::engine::code::for_each_op;
    use core::marker::PhantomData;

    /// What an operation's function gets: as much as there are argument registers. The end of a run
    /// goes to the last of them.
    struct Context<'a, 'b, M> {
        machine: &'a mut Machine<'b, M>,
        stop: Option<Stop>,
        left: isize,
        ins: *const Ins,
    }

    type Handler<M> =
        unsafe fn(*const Ins, *mut u32, *mut u8, usize, isize, *mut Context<'_, '_, M>);

    struct Table<M>(PhantomData<M>);

    impl<M: Memory> Table<M> {
        const HANDLERS: [Handler<M>; Op::ALL.len()] = {
            macro_rules! handlers {
                ($($op:ident)*) => {
                    [$(handle::<M, { Op::$op as u8 }, true>,)*]
                };
            }
            for_each_op!(handlers)
        };
    }

    /// Executes one operation and jumps to the next; or, when it turns out to need calls, to the
    /// form of this function that can make them.
    unsafe fn handle<M: Memory, const OP: u8, const QUICK: bool>(
        ins: *const Ins,
        fp: *mut u32,
        mem: *mut u8,
        fast: usize,
        left: isize,
        context: *mut Context<'_, '_, M>,
    ) {
        let mut r = Regs { pc: ins.wrapping_add(1), ins, fp, mem, fast, left };
        // SAFETY: the caller's.
        unsafe {
            match step::<M, OP, QUICK>(&mut r, (*context).machine) {
                Ok(()) => {
                    let next = &Table::<M>::HANDLERS[(*r.pc).op as usize];
                    next(r.pc, r.fp, r.mem, r.fast, r.left, context);
                }
                Err(Break::Slow) => {
                    handle::<M, OP, false>(ins, fp, mem, fast, left, context);
                }
                Err(Break::End(stop)) => {
                    (*context).stop = stop;
                    (*context).left = r.left;
                    (*context).ins = r.ins;
                }
            }
        }
    }

    /// # Safety
    /// As for [`run`](super::run).
    pub(super) unsafe fn dispatch<M: Memory>(r: Regs, machine: &mut Machine<'_, M>) -> End {
        let mut context = Context { machine, stop: None, left: 0, ins: r.ins };
        // SAFETY: the caller's.
        unsafe {
            let first = &Table::<M>::HANDLERS[(*r.pc).op as usize];
            first(r.pc, r.fp, r.mem, r.fast, r.left, &raw mut context);
        }
        (context.stop, context.left, context.ins)
    }
}
