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
            ([$($op:ident)*] [$($pair:ident = $first:ident $second:ident;)*]) => {
                match (*r.ins).op {
                    $(Op::$op => step::<M, { Op::$op as u8 }, false>(&mut r, m),)*
                    $(Op::$pair => match step::<M, { Op::$first as u8 }, false>(&mut r, m) {
                        Ok(()) => {
                            r.advance();
                            step::<M, { Op::$second as u8 }, false>(&mut r, m)
                        }
                        stopped => stopped,
                    },)*
                }
            };
        }
        loop {
            r.advance();
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
    use super::{Break, End, Ins, Machine, Memory, Op, Regs, step};
    use crate::engine::code::for_each_op;
    use core::marker::PhantomData;

    /// The last argument of an operation's function; the others are the registers.
    #[repr(C)]
    struct Context<'a, 'b, M> {
        /// The functions of all operations: here, as this needs no instruction to find.
        handlers: [Handler<M>; Op::ALL.len()],
        machine: &'a mut Machine<'b, M>,
        /// How and where the run ended.
        end: End,
    }

    type Handler<M> =
        unsafe fn(*const Ins, *mut u32, *mut u8, usize, isize, *mut Context<'_, '_, M>);

    struct Table<M>(PhantomData<M>);

    impl<M: Memory> Table<M> {
        const HANDLERS: [Handler<M>; Op::ALL.len()] = {
            macro_rules! handlers {
                ([$($op:ident)*] [$($pair:ident = $first:ident $second:ident;)*]) => {
                    [
                        $(single::<M, { Op::$op as u8 }>,)*
                        $(pair::<M, { Op::$first as u8 }, { Op::$second as u8 }>,)*
                    ]
                };
            }
            for_each_op!(handlers)
        };
    }

    /// Jumps to the function of the next operation.
    macro_rules! next {
        ($r:ident, $context:ident) => {{
            let next = (&raw const (*$context).handlers).cast::<Handler<M>>();
            let next = *next.add((*$r.pc).op as usize);
            next($r.pc, $r.fp, $r.mem, $r.fast, $r.left, $context)
        }};
    }

    /// Executes one operation and goes on; or, when it turns out to need calls, leaves it to
    /// [`careful`].
    unsafe fn single<M: Memory, const OP: u8>(
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
            match step::<M, OP, true>(&mut r, (*context).machine) {
                Ok(()) => next!(r, context),
                Err(Break::Slow) => careful::<M, OP>(ins, fp, mem, fast, left, context),
                Err(Break::End(stop)) => (*context).end = (stop, r.left, r.ins),
            }
        }
    }

    /// Executes one operation, with calls, and goes on. Not inlined: it saves registers.
    #[inline(never)]
    unsafe fn careful<M: Memory, const OP: u8>(
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
            match step::<M, OP, false>(&mut r, (*context).machine) {
                Ok(()) | Err(Break::Slow) => next!(r, context),
                Err(Break::End(stop)) => (*context).end = (stop, r.left, r.ins),
            }
        }
    }

    /// Executes two operations and goes on; what needs calls is left to [`careful`].
    unsafe fn pair<M: Memory, const FIRST: u8, const SECOND: u8>(
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
            match step::<M, FIRST, true>(&mut r, (*context).machine) {
                Ok(()) => {}
                Err(Break::Slow) => {
                    return careful::<M, FIRST>(ins, fp, mem, fast, left, context);
                }
                Err(Break::End(stop)) => return (*context).end = (stop, r.left, r.ins),
            }
            r.advance();
            let (ins, fp, mem, fast, left) = (r.ins, r.fp, r.mem, r.fast, r.left);
            match step::<M, SECOND, true>(&mut r, (*context).machine) {
                Ok(()) => next!(r, context),
                Err(Break::Slow) => careful::<M, SECOND>(ins, fp, mem, fast, left, context),
                Err(Break::End(stop)) => (*context).end = (stop, r.left, r.ins),
            }
        }
    }

    /// # Safety
    /// As for [`run`](super::run).
    pub(super) unsafe fn dispatch<M: Memory>(r: Regs, machine: &mut Machine<'_, M>) -> End {
        let handlers = Table::<M>::HANDLERS;
        let mut context = Context { handlers, machine, end: (None, 0, r.ins) };
        let context = &raw mut context;
        // SAFETY: the caller's.
        unsafe {
            next!(r, context);
            (*context).end
        }
    }
}
