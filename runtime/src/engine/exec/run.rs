//! Dispatch: from one operation to the next.
//!
//! Where LLVM makes a call in tail position a jump and the build is optimised (`threaded_dispatch`,
//! set by `build.rs`), every operation is a function that ends in a call of the next one's.
//! Everywhere else it is one loop with a `match`.
//!
//! Nothing in the language promises that jump, so nothing relies on it:
//!
//! - An instance tries its dispatch out when it is made ([`is_flat`]), and takes the loop if the calls
//!   are calls: this generic code is made in the crate that uses it, which may be less optimised
//!   than this one. (Not on ARM: no flash for both.)
//! - Whenever a run looks whether to go on, which is every few thousand operations at most, it
//!   measures the native stack. If that has grown, the run leaves all the calls and goes on where
//!   it was ([`Stop::Deep`]).

use super::super::code::{INS, Ins, Op};
use super::super::host::Host;
use super::super::module::Module;
#[cfg(threaded_dispatch)]
use super::machine::native_stack;
use super::machine::{Break, Machine, Regs, level};
#[cfg(threaded_dispatch)]
use super::slow;
use super::step::step;
use super::{Dispatch, Frame, State, Stop, Stopped};
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
    let frames = state.frames.as_mut_ptr();
    // SAFETY: the caller's, and what the translator promises.
    let End { stop, regs, frame, .. } =
        unsafe { start(outermost.as_ptr(), module, state, memory, host) };
    // SAFETY: `frame` goes from the first entry on, one entry a call.
    let depth = unsafe { frame.offset_from(frames) } as usize;
    let offset = (regs.ins as usize).wrapping_sub(module.code.as_ptr() as usize) / INS;
    let code = if offset < module.code.len() { offset as u32 } else { u32::MAX };
    let weight = match stop {
        Some(_) => module.position(code).map_or(0, |position| position.weight),
        None => 0,
    };
    state.executed = state.count(regs.left, weight);
    match stop {
        None => Ok(()),
        Some(stop) => Err(Stopped { stop, code, depth }),
    }
}

/// Starts at `code`, in the first frame.
///
/// # Safety
/// As for [`run`]; what is executed from `code` on must be made for that frame.
unsafe fn start<M: Memory>(
    code: *const Ins,
    module: &Module,
    state: &mut State,
    memory: &mut M,
    host: &mut dyn Host,
) -> End {
    let stack = state.stack.as_mut_ptr();
    let left = state.grant(state.executed, 0, module.max_weight);
    let mut regs =
        Regs { pc: code, ins: code, fp: stack, mem: core::ptr::null_mut(), fast: 0, left };
    regs.look(memory);
    let frames = state.frames.as_mut_ptr();
    let dispatch = state.dispatch;
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
        native_end: 0,
        rewound: false,
        state,
        memory,
        host,
    };
    // SAFETY: the caller's.
    unsafe {
        match dispatch {
            #[cfg(not(all(threaded_dispatch, target_arch = "arm")))]
            Dispatch::Loop => looping::dispatch(regs, machine),
            #[cfg(threaded_dispatch)]
            _ => threaded::dispatch(regs, machine),
            #[cfg(not(threaded_dispatch))]
            Dispatch::Threaded => looping::dispatch(regs, machine),
        }
    }
}

/// Whether operations of the threaded dispatch jump to each other: some that do nothing are
/// executed, and the native stack measured at their end.
///
/// # Safety
/// As for [`run`].
#[cfg(threaded_dispatch)]
pub(in super::super) unsafe fn is_flat<M: Memory>(
    module: &Module,
    state: &mut State,
    memory: &mut M,
    host: &mut dyn Host,
) -> bool {
    const PROBES: usize = 64;
    let mut code = [Ins::new(Op::Result, 0, 0, 0, 0); PROBES + 1];
    code[PROBES].op = Op::Exit;
    state.dispatch = Dispatch::Threaded;
    // SAFETY: the caller's; these operations touch nothing.
    let end = unsafe { start(code.as_ptr(), module, state, memory, host) };
    // A call pushes a return address at least, and code that calls keeps the stack aligned.
    end.native < PROBES * 2 * size_of::<usize>()
}

/// Why and where a run ended.
struct End {
    stop: Option<Stop>,
    regs: Regs,
    frame: *mut Frame,
    /// Bytes of native stack that the dispatch took.
    #[cfg(threaded_dispatch)]
    native: usize,
}

#[cfg(not(all(threaded_dispatch, target_arch = "arm")))]
mod looping {
    use super::{Break, End, Machine, Memory, Op, Regs, level, step};
    use crate::engine::code::for_each_op;

    /// # Safety
    /// As for [`run`](super::run).
    pub(super) unsafe fn dispatch<M: Memory>(regs: Regs, mut machine: Machine<'_, M>) -> End {
        let m = &mut machine;
        // A copy, as the argument itself would stay in memory.
        let Regs { pc, ins, fp, mem, fast, left } = regs;
        let mut r = Regs { pc, ins, fp, mem, fast, left };
        /// Executes an operation. Each has its own look at how it ended: most of them know.
        macro_rules! one {
            ($op:ident) => {
                match step::<M, { Op::$op as u8 }, { level::CALLS }>(&mut r, m) {
                    Ok(()) | Err(Break::Slow | Break::Back) => {}
                    Err(Break::End(stop)) => {
                        let frame = m.frame;
                        return End {
                            stop,
                            regs: r,
                            frame,
                            #[cfg(threaded_dispatch)]
                            native: 0,
                        };
                    }
                }
            };
        }
        macro_rules! one_of {
            ([$($op:ident)*] [$($pair:ident = $first:ident $second:ident;)*]) => {
                match (*r.ins).op {
                    $(Op::$op => one!($op),)*
                    $(Op::$pair => {
                        one!($first);
                        r.advance();
                        one!($second);
                    })*
                }
            };
        }
        loop {
            r.advance();
            // SAFETY: the caller's.
            unsafe { for_each_op!(one_of) }
        }
    }
}

#[cfg(threaded_dispatch)]
mod threaded {
    use super::{
        Break, End, Ins, Machine, Memory, Op, Regs, Stop, level, native_stack, slow, step,
    };
    use crate::engine::code::{for_each_op, op};
    use core::marker::PhantomData;

    /// The registers that are arguments only where six of those are passed in registers. Where it is
    /// four, a fifth argument would be on the stack, so that the function could not be jumped to; and
    /// with less than two registers to work in, most operations would have to save some first.
    #[derive(Clone, Copy)]
    struct Rest {
        window: Window,
        left: isize,
    }

    /// See [`Regs`].
    #[derive(Clone, Copy)]
    struct Window {
        mem: *mut u8,
        fast: usize,
    }

    impl Rest {
        #[inline(always)]
        fn of(r: &Regs) -> Self {
            Self { window: Window { mem: r.mem, fast: r.fast }, left: r.left }
        }
    }

    /// What of [`Rest`] is carried as arguments: all of it.
    #[cfg(not(target_arch = "arm"))]
    mod carried {
        use super::Rest;

        pub(super) type Window = super::Window;
        pub(super) type Left = isize;

        #[inline(always)]
        pub(super) fn get(window: Window, left: Left, _: &Rest) -> Rest {
            Rest { window, left }
        }

        #[inline(always)]
        pub(super) fn put<const OP: u8>(now: Rest, _: Rest, _: &mut Rest) -> (Window, Left) {
            (now.window, now.left)
        }
    }

    /// What of [`Rest`] is carried as arguments: nothing.
    #[cfg(target_arch = "arm")]
    mod carried {
        use super::Rest;
        use crate::engine::code::op;

        pub(super) type Window = ();
        pub(super) type Left = ();

        #[inline(always)]
        pub(super) fn get((): Window, (): Left, kept: &Rest) -> Rest {
            *kept
        }

        /// Stores what operation `OP` may have changed.
        #[inline(always)]
        pub(super) fn put<const OP: u8>(now: Rest, old: Rest, kept: &mut Rest) -> (Window, Left) {
            if now.window.mem != old.window.mem {
                kept.window.mem = now.window.mem;
            }
            if now.window.fast != old.window.fast {
                kept.window.fast = now.window.fast;
            }
            // Jumps and calls come first.
            if OP <= op::CallHost {
                kept.left = now.left;
            }
            ((), ())
        }
    }

    /// The last argument of an operation's function; the others are the registers.
    #[repr(C)]
    struct Context<'a, M> {
        /// The functions of all operations: here, as this needs no instruction to find.
        handlers: [Handler<M>; Op::ALL.len()],
        kept: Rest,
        machine: Machine<'a, M>,
        /// Where the native stack was when the dispatch began.
        native_start: usize,
        /// How and where the run ended.
        end: Option<End>,
    }

    type Handler<M> =
        unsafe fn(*const Ins, *mut u32, carried::Window, carried::Left, *mut Context<'_, M>);

    struct Table<M>(PhantomData<M>);

    impl<M: Memory> Table<M> {
        const HANDLERS: [Handler<M>; Op::ALL.len()] = {
            macro_rules! handlers {
                ([$($op:ident)*] [$($pair:ident = $first:ident $second:ident;)*]) => {
                    [
                        $(single::<M, { Op::$op as u8 }, { least(Op::$op) }>,)*
                        $(pair::<M, { Op::$first as u8 }, { Op::$second as u8 }>,)*
                    ]
                };
            }
            for_each_op!(handlers)
        };
    }

    /// The level at which an operation begins.
    const fn least(op: Op) -> u8 {
        match op {
            // Too long to be there twice.
            Op::CallIndirect => level::CALLS,
            _ => level::DIRECT,
        }
    }

    /// Jumps to the function of the next operation.
    macro_rules! next {
        ($op:expr, $r:ident, $before:ident, $context:ident) => {{
            let next = (&raw const (*$context).handlers).cast::<Handler<M>>();
            let next = *next.add((*$r.pc).op as usize);
            let (window, left) =
                carried::put::<{ $op }>(Rest::of(&$r), $before, &mut (*$context).kept);
            next($r.pc, $r.fp, window, left, $context)
        }};
    }

    /// Ends the run at the operation in execution, with a reason or regularly.
    macro_rules! end {
        ($op:expr, $stop:expr, $r:ident, $before:ident, $context:ident) => {{
            let (window, left) =
                carried::put::<{ $op }>(Rest::of(&$r), $before, &mut (*$context).kept);
            (*$context).machine.stop = $stop;
            end($r.ins, $r.fp, window, left, $context)
        }};
    }

    /// The registers at the start of an operation.
    #[inline(always)]
    fn registers(ins: *const Ins, fp: *mut u32, rest: Rest) -> Regs {
        let Rest { window: Window { mem, fast }, left } = rest;
        Regs { pc: ins.wrapping_add(1), ins, fp, mem, fast, left }
    }

    /// Executes one operation and goes on; or leaves it to level `CALLS`.
    #[inline(never)]
    unsafe fn single<M: Memory, const OP: u8, const LEVEL: u8>(
        ins: *const Ins,
        fp: *mut u32,
        window: carried::Window,
        left: carried::Left,
        context: *mut Context<'_, M>,
    ) {
        // SAFETY: the caller's.
        unsafe {
            let before = carried::get(window, left, &(*context).kept);
            let mut r = registers(ins, fp, before);
            match step::<M, OP, LEVEL>(&mut r, &mut (*context).machine) {
                Ok(()) => next!(OP, r, before, context),
                Err(Break::Slow) => {
                    single::<M, OP, { level::CALLS }>(ins, fp, window, left, context);
                }
                Err(Break::Back) => back(ins, fp, window, left, context),
                Err(Break::End(stop)) => end!(OP, stop, r, before, context),
            }
        }
    }

    /// Executes two operations and goes on; what needs more than `DIRECT` is left to [`single`].
    #[inline(never)]
    unsafe fn pair<M: Memory, const FIRST: u8, const SECOND: u8>(
        ins: *const Ins,
        fp: *mut u32,
        window: carried::Window,
        left: carried::Left,
        context: *mut Context<'_, M>,
    ) {
        // SAFETY: the caller's.
        unsafe {
            let before = carried::get(window, left, &(*context).kept);
            let mut r = registers(ins, fp, before);
            match step::<M, FIRST, { level::DIRECT }>(&mut r, &mut (*context).machine) {
                Ok(()) => {}
                Err(Break::Slow) => {
                    return single::<M, FIRST, { level::CALLS }>(ins, fp, window, left, context);
                }
                Err(Break::Back) => return back(ins, fp, window, left, context),
                Err(Break::End(stop)) => return end!(FIRST, stop, r, before, context),
            }
            r.advance();
            let (ins, fp, between) = (r.ins, r.fp, Rest::of(&r));
            match step::<M, SECOND, { level::DIRECT }>(&mut r, &mut (*context).machine) {
                Ok(()) => next!(SECOND, r, before, context),
                Err(Break::Slow) => {
                    let (window, left) =
                        carried::put::<FIRST>(between, before, &mut (*context).kept);
                    single::<M, SECOND, { level::CALLS }>(ins, fp, window, left, context);
                }
                Err(Break::Back) => {
                    let (window, left) =
                        carried::put::<FIRST>(between, before, &mut (*context).kept);
                    back(ins, fp, window, left, context);
                }
                Err(Break::End(stop)) => end!(SECOND, stop, r, before, context),
            }
        }
    }

    /// A jump back, taken when nothing is left: asks whether to go on.
    #[cold]
    #[inline(never)]
    unsafe fn back<M: Memory>(
        ins: *const Ins,
        fp: *mut u32,
        window: carried::Window,
        left: carried::Left,
        context: *mut Context<'_, M>,
    ) {
        // SAFETY: the caller's.
        unsafe {
            let before = carried::get(window, left, &(*context).kept);
            let mut r = registers(ins, fp, before);
            let (distance, weight) = match (*ins).op {
                Op::Br => ((*ins).imm as i32, (*ins).weight()),
                _ => Ins::short((*ins).imm),
            };
            let machine = &mut (*context).machine;
            match slow::poll_back(machine, ins, r.left - weight as isize, weight) {
                Some(left) => {
                    r.left = left;
                    r.pc = r.pc.wrapping_offset(distance as isize);
                    next!(op::Br, r, before, context)
                }
                None => end!(op::Br, (*context).machine.stop, r, before, context),
            }
        }
    }

    /// Notes how and where the run ended. The registers are arguments, so that no operation keeps
    /// them in memory.
    #[cold]
    unsafe fn end<M>(
        ins: *const Ins,
        fp: *mut u32,
        window: carried::Window,
        left: carried::Left,
        context: *mut Context<'_, M>,
    ) {
        // SAFETY: the caller's.
        let context = unsafe { &mut *context };
        let regs = registers(ins, fp, carried::get(window, left, &context.kept));
        let native = context.native_start.saturating_sub(native_stack());
        let Machine { stop, frame, .. } = context.machine;
        context.end = Some(End { stop, regs, frame, native });
    }

    /// # Safety
    /// As for [`run`](super::run).
    pub(super) unsafe fn dispatch<M: Memory>(mut r: Regs, mut machine: Machine<'_, M>) -> End {
        let native_start = native_stack();
        machine.native_end = native_start.saturating_sub(machine.state.native_room);
        let mut context = Context {
            handlers: Table::<M>::HANDLERS,
            kept: Rest::of(&r),
            machine,
            native_start,
            end: None,
        };
        let raw = &raw mut context;
        loop {
            // SAFETY: the caller's; the context lives on, and is used through `raw` only.
            let end = unsafe {
                let before = (*raw).kept;
                next!(0, r, before, raw);
                (*raw).end.take()
            };
            match end {
                Some(End { stop: Some(Stop::Deep), regs, .. }) => {
                    r = Regs { pc: regs.ins, ..regs };
                    // SAFETY: as above.
                    unsafe { (*raw).machine.rewound = true };
                }
                Some(end) => return end,
                // Only `end` ends the chain of calls.
                None => unreachable!(),
            }
        }
    }
}
