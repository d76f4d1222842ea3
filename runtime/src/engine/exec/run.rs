//! Dispatch: from one operation to the next.
//!
//! Where the target passes enough arguments in registers and the build is optimised
//! (`threaded_dispatch`, set by `build.rs`), every operation is a function that ends in a jump to
//! the next one's: LLVM makes a call in that place a jump. Everywhere else it is one loop with a
//! `match`, which is what small targets are best served by. A build with debug assertions has the
//! loop too: there the crate that makes an `Instance`, and with it this generic code, may well be
//! less optimised than this crate.

use super::super::code::{INS, Ins, Op};
use super::super::host::Host;
use super::super::module::Module;
use super::machine::{Break, Machine, Regs, level};
use super::step::step;
use super::{Frame, State, Stop, Stopped};
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
    let machine = Machine {
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
    let End { stop, left, ins, frame } = unsafe { dispatch(regs, machine) };
    // SAFETY: `frame` goes from the first entry on, one entry a call.
    let depth = unsafe { frame.offset_from(frames) } as usize;
    let offset = (ins as usize).wrapping_sub(module.code.as_ptr() as usize) / INS;
    let code = if offset < module.code.len() { offset as u32 } else { u32::MAX };
    let weight = match stop {
        Some(_) => module.position(code).map_or(0, |position| position.weight),
        None => 0,
    };
    state.executed = state.count(left, weight);
    match stop {
        None => Ok(()),
        Some(stop) => Err(Stopped { stop, code, depth }),
    }
}

/// Why and where a run ended, and what was left.
struct End {
    stop: Option<Stop>,
    left: isize,
    ins: *const Ins,
    frame: *mut Frame,
}

impl End {
    fn new<M>(stop: Option<Stop>, r: &Regs, machine: &Machine<'_, M>) -> Self {
        Self { stop, left: r.left, ins: r.ins, frame: machine.frame }
    }
}

#[cfg(any(not(threaded_dispatch), debug_assertions))]
use looping::dispatch;
#[cfg(all(threaded_dispatch, not(debug_assertions)))]
use threaded::dispatch;

#[cfg(any(not(threaded_dispatch), debug_assertions))]
mod looping {
    use super::{Break, End, Machine, Memory, Op, Regs, level, step};
    use crate::engine::code::for_each_op;

    /// # Safety
    /// As for [`run`](super::run).
    pub(super) unsafe fn dispatch<M: Memory>(mut r: Regs, mut machine: Machine<'_, M>) -> End {
        let m = &mut machine;
        macro_rules! one_of {
            ([$($op:ident)*] [$($pair:ident = $first:ident $second:ident;)*]) => {
                match (*r.ins).op {
                    $(Op::$op => step::<M, { Op::$op as u8 }, { level::CALLS }>(&mut r, m),)*
                    $(Op::$pair => match step::<M, { Op::$first as u8 }, { level::CALLS }>(&mut r, m) {
                        Ok(()) => {
                            r.advance();
                            step::<M, { Op::$second as u8 }, { level::CALLS }>(&mut r, m)
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
                Err(Break::End(stop)) => return End::new(stop, &r, m),
            }
        }
    }
}

#[cfg(all(threaded_dispatch, not(debug_assertions)))]
mod threaded {
    use super::{Break, End, Ins, Machine, Memory, Op, Regs, Stop, level, step};
    use crate::engine::code::for_each_op;
    use core::marker::PhantomData;

    /// The last argument of an operation's function; the others are the registers.
    #[repr(C)]
    struct Context<'a, M> {
        /// The functions of all operations: here, as this needs no instruction to find.
        handlers: [Handler<M>; Op::ALL.len()],
        machine: Machine<'a, M>,
        /// How and where the run ended.
        end: Option<End>,
    }

    type Handler<M> = unsafe fn(*const Ins, *mut u32, *mut u8, usize, isize, *mut Context<'_, M>);

    struct Table<M>(PhantomData<M>);

    impl<M: Memory> Table<M> {
        const HANDLERS: [Handler<M>; Op::ALL.len()] = {
            macro_rules! handlers {
                ([$($op:ident)*] [$($pair:ident = $first:ident $second:ident;)*]) => {
                    [
                        $(single::<M, { Op::$op as u8 }, { level::DIRECT }>,)*
                        $(pair::<M, { Op::$first as u8 }, { Op::$second as u8 }, { level::DIRECT }>,)*
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

    /// Executes one operation and goes on; or leaves it to the next level.
    #[inline(never)]
    unsafe fn single<M: Memory, const OP: u8, const LEVEL: u8>(
        ins: *const Ins,
        fp: *mut u32,
        mem: *mut u8,
        fast: usize,
        left: isize,
        context: *mut Context<'_, M>,
    ) {
        let mut r = Regs { pc: ins.wrapping_add(1), ins, fp, mem, fast, left };
        // SAFETY: the caller's.
        unsafe {
            match step::<M, OP, LEVEL>(&mut r, &mut (*context).machine) {
                Ok(()) => next!(r, context),
                Err(Break::Slow) if LEVEL == level::DIRECT => {
                    single::<M, OP, { level::CACHED }>(ins, fp, mem, fast, left, context);
                }
                Err(Break::Slow) => {
                    single::<M, OP, { level::CALLS }>(ins, fp, mem, fast, left, context);
                }
                Err(Break::End(stop)) => end(stop, &r, context),
            }
        }
    }

    /// Executes two operations and goes on; what needs more than `CACHED` is left to [`single`].
    #[inline(never)]
    unsafe fn pair<M: Memory, const FIRST: u8, const SECOND: u8, const LEVEL: u8>(
        ins: *const Ins,
        fp: *mut u32,
        mem: *mut u8,
        fast: usize,
        left: isize,
        context: *mut Context<'_, M>,
    ) {
        let mut r = Regs { pc: ins.wrapping_add(1), ins, fp, mem, fast, left };
        // SAFETY: the caller's.
        unsafe {
            match step::<M, FIRST, LEVEL>(&mut r, &mut (*context).machine) {
                Ok(()) => {}
                Err(Break::Slow) if LEVEL == level::DIRECT => {
                    return pair::<M, FIRST, SECOND, { level::CACHED }>(
                        ins, fp, mem, fast, left, context,
                    );
                }
                Err(Break::Slow) => {
                    return single::<M, FIRST, { level::CALLS }>(ins, fp, mem, fast, left, context);
                }
                Err(Break::End(stop)) => return end(stop, &r, context),
            }
            r.advance();
            let (ins, fp, mem, fast, left) = (r.ins, r.fp, r.mem, r.fast, r.left);
            match step::<M, SECOND, LEVEL>(&mut r, &mut (*context).machine) {
                Ok(()) => next!(r, context),
                Err(Break::Slow) if LEVEL == level::DIRECT => {
                    single::<M, SECOND, { level::CACHED }>(ins, fp, mem, fast, left, context);
                }
                Err(Break::Slow) => {
                    single::<M, SECOND, { level::CALLS }>(ins, fp, mem, fast, left, context);
                }
                Err(Break::End(stop)) => end(stop, &r, context),
            }
        }
    }

    /// Notes how and where the run ended.
    #[cold]
    unsafe fn end<M>(stop: Option<Stop>, r: &Regs, context: *mut Context<'_, M>) {
        // SAFETY: the caller's.
        unsafe { (*context).end = Some(End::new(stop, r, &(*context).machine)) }
    }

    /// # Safety
    /// As for [`run`](super::run).
    pub(super) unsafe fn dispatch<M: Memory>(r: Regs, machine: Machine<'_, M>) -> End {
        let mut context = Context { handlers: Table::<M>::HANDLERS, machine, end: None };
        let raw = &raw mut context;
        // SAFETY: the caller's.
        unsafe { next!(r, raw) };
        let Context { machine, end, .. } = context;
        end.unwrap_or_else(|| End::new(None, &r, &machine))
    }
}
