//! The dispatch loop: one `match` over the operations of `code.rs`.
//!
//! # Safety
//! The one place in the engine with unchecked accesses. It rests on what the translator made of a
//! validated module:
//!
//! - Every slot number in a function's code is below the `frame` size of that function, and a call
//!   checks that a whole frame fits the value stack before it enters it.
//! - Every branch leads to an instruction of the same function, and no function's last
//!   instruction is one that goes on to the next.
//! - Function, global and segment indices were checked against their sections.
//!
//! Linear memory is accessed directly only below `fast`, which comes from `Memory::window` and is
//! asked for again after each other use of the memory.

use super::super::code::{INS, Ins, Op};
use super::super::host::Host;
use super::super::module::Module;
use super::{EXIT, Frame, State, Stop, Stopped, arith, bulk, calls};
use crate::memory::{Memory, PAGE};

/// The start of the window, and the addresses below which 8 bytes may be accessed there.
#[inline(always)]
fn window<M: Memory>(memory: &mut M) -> (*mut u8, usize) {
    let (start, len) = memory.window();
    (start, (len as usize).saturating_sub(7))
}

/// An address that does not wrap around; where `usize` has 32 bits, one that would is past every
/// window.
#[inline(always)]
fn address(base: u32, offset: u32) -> usize {
    (base as usize).saturating_add(offset as usize)
}

/// Runs function `index` of `module` to its end. Its arguments are in the first slots of
/// `state.stack`; its results will be.
///
/// # Safety
/// `state` must be as `Instance` makes it for `module`: one value a global, one number an import,
/// table elements that are `NULL` or function indices, and `function` not an import.
// `!(x < y)` is not `x >= y`: NaN.
#[allow(clippy::too_many_lines, clippy::neg_cmp_op_on_partial_ord)]
pub(in super::super) unsafe fn run<M: Memory>(
    module: &Module,
    state: &mut State,
    memory: &mut M,
    host: &mut dyn Host,
    function: u32,
) -> Result<(), Stopped> {
    let code = module.code.as_ptr();
    let functions = module.functions.as_ptr();
    let globals = state.globals.as_mut_ptr();
    let stack = state.stack.as_mut_ptr();
    let stack_end = stack as usize + state.stack.len() * size_of::<u32>();
    let frames = state.frames.as_mut_ptr();
    let frames_end = frames.wrapping_add(state.frames.len());

    let mut pc: *const Ins = &raw const EXIT[1];
    let mut ins: *const Ins = pc;
    let mut fp = stack;
    let mut frame = frames;
    let (mut mem, mut fast) = window(memory);
    // Counted down by jumps; see `State::limit`.
    let mut left = state.grant(state.executed, 0, module.max_weight);

    // SAFETY: the contract of this function, and the reasons at the head of the file.
    let stop: Option<Stop> = unsafe {
        'run: {
            /// A field of the instruction.
            macro_rules! field {
                ($field:ident) => {
                    (*ins).$field
                };
            }
            macro_rules! slot {
                ($number:expr) => {
                    fp.add($number as usize)
                };
            }
            /// The 32-bit, 64-bit, f32 and f64 values in the slot that a field names.
            macro_rules! w {
                ($field:ident) => {
                    *slot!(field!($field))
                };
            }
            macro_rules! l {
                ($field:ident) => {
                    slot!(field!($field)).cast::<u64>().read_unaligned()
                };
            }
            macro_rules! f {
                ($field:ident) => {
                    f32::from_bits(w!($field))
                };
            }
            macro_rules! d {
                ($field:ident) => {
                    f64::from_bits(l!($field))
                };
            }
            /// Results to slot a.
            macro_rules! set {
                ($value:expr) => {{
                    let value: u32 = $value;
                    *slot!(field!(a)) = value
                }};
            }
            macro_rules! set64 {
                ($value:expr) => {{
                    let value: u64 = $value;
                    slot!(field!(a)).cast::<u64>().write_unaligned(value)
                }};
            }
            macro_rules! setf {
                ($value:expr) => {
                    set!(f32::to_bits($value))
                };
            }
            macro_rules! setd {
                ($value:expr) => {
                    set64!(f64::to_bits($value))
                };
            }
            macro_rules! imm64 {
                () => {
                    field!(imm) as i32 as u64
                };
            }
            /// The short immediate of a branch.
            macro_rules! short {
                () => {
                    (*ins).bc() as i16 as i32
                };
            }
            /// A base slot: `bc`.
            macro_rules! base {
                () => {
                    slot!((*ins).bc())
                };
            }
            macro_rules! stop {
                ($stop:expr) => {{
                    let stop = $stop;
                    break 'run Some(stop);
                }};
            }
            macro_rules! attempt {
                ($result:expr) => {
                    match $result {
                        Ok(value) => value,
                        Err(stop) => stop!(Stop::from(stop)),
                    }
                };
            }
            /// Jumps by so many instructions, over so many of the module's; asks whether to go on
            /// when it goes back and nothing is left.
            macro_rules! jump {
                ($distance:expr, $weight:expr) => {{
                    let (distance, weight): (i32, i32) = ($distance, $weight);
                    pc = pc.wrapping_offset(distance as isize);
                    left -= weight as isize;
                    if left < 0 && distance < 0 {
                        let index = ins.offset_from(code) as u32;
                        match state.poll_back(module, host, left, index, weight) {
                            Ok(more) => left = more,
                            Err(stop) => {
                                left += weight as isize;
                                stop!(stop);
                            }
                        }
                    }
                }};
            }
            macro_rules! branch {
                ($condition:expr) => {
                    if $condition {
                        let imm = field!(imm) as i32;
                        jump!(i32::from(imm as i16), imm >> 16);
                    }
                };
            }
            /// Calls a function, with `pc` after the second word of the call: it says what has been
            /// used up.
            macro_rules! enter {
                ($function:expr, $fp:expr) => {{
                    let function = $function;
                    let callee: *mut u32 = $fp;
                    let room = stack_end.wrapping_sub(callee as usize);
                    if room < function.frame as usize * size_of::<u32>()
                        || room > isize::MAX as usize
                        || frame == frames_end
                    {
                        stop!(Stop::StackExhausted);
                    }
                    let used = (*pc.wrapping_sub(1)).imm as isize;
                    left -= used;
                    if left < 0 {
                        match state.poll(module, host, left, 0) {
                            Ok(more) => left = more,
                            Err(stop) => {
                                left += used;
                                stop!(stop);
                            }
                        }
                    }
                    *frame = Frame { pc, fp };
                    frame = frame.add(1);
                    fp = callee;
                    pc = code.add(function.entry as usize);
                }};
            }
            /// Back to the caller. The word before the place where it goes on says where a single
            /// result goes, and the caller's weight there.
            macro_rules! leave {
                () => {{
                    left -= field!(imm) as isize;
                    frame = frame.sub(1);
                    let caller = *frame;
                    fp = caller.fp;
                    pc = caller.pc;
                    ins = pc.wrapping_sub(1);
                    left += field!(imm) as isize;
                }};
            }
            macro_rules! load {
                ($type:ty, $fast:expr, $exact:expr, $set:ident, $convert:ty as $to:ty) => {{
                    let ea: usize = $fast;
                    let value = if ea < fast {
                        mem.add(ea).cast::<$type>().read_unaligned()
                    } else {
                        let bytes = attempt!(memory.load($exact));
                        (mem, fast) = window(memory);
                        <$type>::from_ne_bytes(bytes)
                    };
                    $set!(<$type>::from_le(value) as $convert as $to)
                }};
            }
            macro_rules! store {
                ($type:ty, $fast:expr, $exact:expr, $value:expr) => {{
                    let ea: usize = $fast;
                    let value = <$type>::to_le($value as $type);
                    if ea < fast {
                        mem.add(ea).cast::<$type>().write_unaligned(value)
                    } else {
                        attempt!(memory.store($exact, value.to_ne_bytes()));
                        (mem, fast) = window(memory);
                    }
                }};
            }
            /// The addressing modes: for the fast path, and exact.
            macro_rules! wrapping {
        ($access:ident!($type:ty, $($rest:tt)*)) => {{
            let ea = w!(b).wrapping_add(field!(imm));
            $access!($type, ea as usize, u64::from(ea), $($rest)*)
        }};
    }
            macro_rules! offset {
        ($access:ident!($type:ty, $($rest:tt)*)) => {{
            let (base, offset) = (w!(b), field!(imm));
            $access!($type, address(base, offset), u64::from(base) + u64::from(offset), $($rest)*)
        }};
    }
            macro_rules! sum {
        ($access:ident!($type:ty, $($rest:tt)*)) => {{
            let (base, offset) = (w!(b).wrapping_add(w!(c)), field!(imm));
            $access!($type, address(base, offset), u64::from(base) + u64::from(offset), $($rest)*)
        }};
    }
            macro_rules! absolute {
        ($access:ident!($type:ty, $($rest:tt)*)) => {{
            let ea = field!(imm);
            $access!($type, ea as usize, u64::from(ea), $($rest)*)
        }};
    }

            let outermost = *functions.add(function as usize);
            enter!(outermost, fp);
            loop {
                ins = pc;
                pc = pc.wrapping_add(1);
                match field!(op) {
                    Op::Br => jump!(field!(imm) as i32, (*ins).weight()),
                    Op::BrZ => branch!(w!(a) == 0),
                    Op::BrNz => branch!(w!(a) != 0),
                    Op::BrEq => branch!(w!(a) == w!(b)),
                    Op::BrNe => branch!(w!(a) != w!(b)),
                    Op::BrLtS => branch!((w!(a) as i32) < w!(b) as i32),
                    Op::BrLtU => branch!(w!(a) < w!(b)),
                    Op::BrLeS => branch!(w!(a) as i32 <= w!(b) as i32),
                    Op::BrLeU => branch!(w!(a) <= w!(b)),
                    Op::BrEqI => branch!(w!(a) as i32 == short!()),
                    Op::BrNeI => branch!(w!(a) as i32 != short!()),
                    Op::BrLtSI => branch!((w!(a) as i32) < short!()),
                    Op::BrLtUI => branch!(w!(a) < short!() as u32),
                    Op::BrGeSI => branch!(w!(a) as i32 >= short!()),
                    Op::BrGeUI => branch!(w!(a) >= short!() as u32),
                    Op::BrEq64 => branch!(l!(a) == l!(b)),
                    Op::BrNe64 => branch!(l!(a) != l!(b)),
                    Op::BrLtS64 => branch!((l!(a) as i64) < l!(b) as i64),
                    Op::BrLtU64 => branch!(l!(a) < l!(b)),
                    Op::BrLeS64 => branch!(l!(a) as i64 <= l!(b) as i64),
                    Op::BrLeU64 => branch!(l!(a) <= l!(b)),
                    Op::BrFEq => branch!(f!(a) == f!(b)),
                    Op::BrFNe => branch!(f!(a) != f!(b)),
                    Op::BrFLt => branch!(f!(a) < f!(b)),
                    Op::BrFLe => branch!(f!(a) <= f!(b)),
                    Op::BrFNlt => branch!(!(f!(a) < f!(b))),
                    Op::BrFNle => branch!(!(f!(a) <= f!(b))),
                    Op::BrDEq => branch!(d!(a) == d!(b)),
                    Op::BrDNe => branch!(d!(a) != d!(b)),
                    Op::BrDLt => branch!(d!(a) < d!(b)),
                    Op::BrDLe => branch!(d!(a) <= d!(b)),
                    Op::BrDNlt => branch!(!(d!(a) < d!(b))),
                    Op::BrDNle => branch!(!(d!(a) <= d!(b))),

                    Op::BrTable => {
                        let index = w!(a).min(field!(imm)) as usize;
                        let row = pc.wrapping_add(index);
                        pc = row.wrapping_add(1);
                        jump!((*row).imm as i32, (*row).weight());
                    }
                    Op::Unreachable => stop!(Stop::Unreachable),
                    Op::Check => {
                        let weight = field!(imm);
                        if left < weight as isize {
                            left = attempt!(state.poll(module, host, left, weight));
                        }
                    }
                    Op::Ret => leave!(),
                    Op::Ret32 => {
                        let value = w!(a);
                        leave!();
                        set!(value);
                    }
                    Op::Ret64 => {
                        let value = l!(a);
                        leave!();
                        set64!(value);
                    }
                    Op::RetN => {
                        core::ptr::copy(base!(), fp, (*pc).imm as usize);
                        leave!();
                    }
                    Op::Call => {
                        let callee = &*functions.add(field!(imm) as usize);
                        pc = pc.wrapping_add(1);
                        enter!(callee, base!());
                    }
                    Op::CallHost => {
                        let call = {
                            let context = (module, &mut *state, &mut *host);
                            calls::host(context, memory, field!(imm), base!(), slot!(field!(a)))
                        };
                        attempt!(call);
                        (mem, fast) = window(memory);
                    }
                    Op::CallIndirect => {
                        let imm = field!(imm);
                        let callee = attempt!(calls::indirect(module, state, w!(b), imm >> 16));
                        pc = pc.wrapping_add(1);
                        enter!(callee, slot!(imm & 0xFFFF));
                    }
                    Op::Result => {}
                    Op::Exit => break 'run None,

                    Op::Copy32 => set!(w!(b)),
                    Op::Copy64 => set64!(l!(b)),
                    Op::CopyN => {
                        let imm = field!(imm);
                        core::ptr::copy(slot!(imm & 0xFFFF), base!(), (imm >> 16) as usize);
                    }
                    Op::Zero => base!().write_bytes(0, field!(imm) as usize),
                    Op::Const32 => set!(field!(imm)),
                    Op::Const64 => set64!(imm64!()),
                    Op::ConstWide => {
                        let high = (*pc).imm;
                        set64!(u64::from(high) << 32 | u64::from(field!(imm)));
                        pc = pc.wrapping_add(1);
                    }
                    Op::GetFar32 => set!(*slot!(field!(imm))),
                    Op::GetFar64 => {
                        set64!(slot!(field!(imm)).cast::<u64>().read_unaligned());
                    }
                    Op::SetFar32 => *slot!(field!(imm)) = w!(a),
                    Op::SetFar64 => {
                        slot!(field!(imm)).cast::<u64>().write_unaligned(l!(a));
                    }
                    Op::GlobalGet32 => set!(*globals.add(field!(imm) as usize) as u32),
                    Op::GlobalGet64 => set64!(*globals.add(field!(imm) as usize)),
                    Op::GlobalSet32 => {
                        *globals.add(field!(imm) as usize) = u64::from(w!(a));
                    }
                    Op::GlobalSet64 => *globals.add(field!(imm) as usize) = l!(a),
                    Op::GlobalSetI => {
                        *globals.add((*ins).bc() as usize) = u64::from(field!(imm));
                    }
                    Op::Select32 => {
                        let condition = *slot!(field!(imm));
                        set!(if condition != 0 { w!(b) } else { w!(c) });
                    }
                    Op::Select64 => {
                        let condition = *slot!(field!(imm));
                        set64!(if condition != 0 { l!(b) } else { l!(c) });
                    }

                    Op::Add => set!(w!(b).wrapping_add(w!(c))),
                    Op::Sub => set!(w!(b).wrapping_sub(w!(c))),
                    Op::Mul => set!(w!(b).wrapping_mul(w!(c))),
                    Op::DivS => set!(attempt!(arith::div_s(w!(b), w!(c)))),
                    Op::DivU => match w!(b).checked_div(w!(c)) {
                        Some(quotient) => set!(quotient),
                        None => stop!(Stop::DivisionByZero),
                    },
                    Op::RemS => match w!(c) as i32 {
                        0 => stop!(Stop::DivisionByZero),
                        divisor => set!((w!(b) as i32).wrapping_rem(divisor) as u32),
                    },
                    Op::RemU => match w!(b).checked_rem(w!(c)) {
                        Some(rest) => set!(rest),
                        None => stop!(Stop::DivisionByZero),
                    },
                    Op::And => set!(w!(b) & w!(c)),
                    Op::Or => set!(w!(b) | w!(c)),
                    Op::Xor => set!(w!(b) ^ w!(c)),
                    Op::Shl => set!(w!(b).wrapping_shl(w!(c))),
                    Op::ShrS => set!((w!(b) as i32).wrapping_shr(w!(c)) as u32),
                    Op::ShrU => set!(w!(b).wrapping_shr(w!(c))),
                    Op::Rotl => set!(w!(b).rotate_left(w!(c) & 31)),
                    Op::Rotr => set!(w!(b).rotate_right(w!(c) & 31)),
                    Op::AddI => set!(w!(b).wrapping_add(field!(imm))),
                    Op::SubI => set!(field!(imm).wrapping_sub(w!(b))),
                    Op::MulI => set!(w!(b).wrapping_mul(field!(imm))),
                    Op::AndI => set!(w!(b) & field!(imm)),
                    Op::OrI => set!(w!(b) | field!(imm)),
                    Op::XorI => set!(w!(b) ^ field!(imm)),
                    Op::ShlI => set!(w!(b).wrapping_shl(field!(imm))),
                    Op::ShrSI => set!((w!(b) as i32).wrapping_shr(field!(imm)) as u32),
                    Op::ShrUI => set!(w!(b).wrapping_shr(field!(imm))),
                    Op::RotlI => set!(w!(b).rotate_left(field!(imm) & 31)),
                    // The translator does not make these with divisors that trap.
                    Op::DivSI => set!((w!(b) as i32).wrapping_div(field!(imm) as i32) as u32),
                    Op::DivUI => set!(w!(b).checked_div(field!(imm)).unwrap_or(0)),
                    Op::RemSI => set!((w!(b) as i32).wrapping_rem(field!(imm) as i32) as u32),
                    Op::RemUI => set!(w!(b).checked_rem(field!(imm)).unwrap_or(0)),
                    Op::Clz => set!(w!(b).leading_zeros()),
                    Op::Ctz => set!(w!(b).trailing_zeros()),
                    Op::Popcnt => set!(w!(b).count_ones()),
                    Op::Extend8 => set!(w!(b) as i8 as u32),
                    Op::Extend16 => set!(w!(b) as i16 as u32),
                    Op::Eq => set!(u32::from(w!(b) == w!(c))),
                    Op::Ne => set!(u32::from(w!(b) != w!(c))),
                    Op::LtS => set!(u32::from((w!(b) as i32) < w!(c) as i32)),
                    Op::LtU => set!(u32::from(w!(b) < w!(c))),
                    Op::LeS => set!(u32::from(w!(b) as i32 <= w!(c) as i32)),
                    Op::LeU => set!(u32::from(w!(b) <= w!(c))),
                    Op::EqI => set!(u32::from(w!(b) == field!(imm))),
                    Op::NeI => set!(u32::from(w!(b) != field!(imm))),
                    Op::LtSI => set!(u32::from((w!(b) as i32) < field!(imm) as i32)),
                    Op::LtUI => set!(u32::from(w!(b) < field!(imm))),
                    Op::GeSI => set!(u32::from(w!(b) as i32 >= field!(imm) as i32)),
                    Op::GeUI => set!(u32::from(w!(b) >= field!(imm))),

                    Op::Add64 => set64!(l!(b).wrapping_add(l!(c))),
                    Op::Sub64 => set64!(l!(b).wrapping_sub(l!(c))),
                    Op::Mul64 => set64!(l!(b).wrapping_mul(l!(c))),
                    Op::And64 => set64!(l!(b) & l!(c)),
                    Op::Or64 => set64!(l!(b) | l!(c)),
                    Op::Xor64 => set64!(l!(b) ^ l!(c)),
                    Op::Shl64 => set64!(l!(b).wrapping_shl(w!(c))),
                    Op::ShrS64 => set64!((l!(b) as i64).wrapping_shr(w!(c)) as u64),
                    Op::ShrU64 => set64!(l!(b).wrapping_shr(w!(c))),
                    Op::Rotl64 => set64!(l!(b).rotate_left(w!(c) & 63)),
                    Op::AddI64 => set64!(l!(b).wrapping_add(imm64!())),
                    Op::MulI64 => set64!(l!(b).wrapping_mul(imm64!())),
                    Op::AndI64 => set64!(l!(b) & imm64!()),
                    Op::OrI64 => set64!(l!(b) | imm64!()),
                    Op::XorI64 => set64!(l!(b) ^ imm64!()),
                    Op::ShlI64 => set64!(l!(b).wrapping_shl(field!(imm))),
                    Op::ShrSI64 => set64!((l!(b) as i64).wrapping_shr(field!(imm)) as u64),
                    Op::ShrUI64 => set64!(l!(b).wrapping_shr(field!(imm))),
                    Op::RotlI64 => set64!(l!(b).rotate_left(field!(imm) & 63)),
                    Op::Eq64 => set!(u32::from(l!(b) == l!(c))),
                    Op::Ne64 => set!(u32::from(l!(b) != l!(c))),
                    Op::LtS64 => set!(u32::from((l!(b) as i64) < l!(c) as i64)),
                    Op::LtU64 => set!(u32::from(l!(b) < l!(c))),
                    Op::LeS64 => set!(u32::from(l!(b) as i64 <= l!(c) as i64)),
                    Op::LeU64 => set!(u32::from(l!(b) <= l!(c))),
                    Op::EqI64 => set!(u32::from(l!(b) == imm64!())),
                    Op::NeI64 => set!(u32::from(l!(b) != imm64!())),
                    Op::ExtendS => set64!(w!(b) as i32 as u64),
                    Op::ExtendU => set64!(u64::from(w!(b))),

                    Op::FAdd => setf!(f!(b) + f!(c)),
                    Op::FSub => setf!(f!(b) - f!(c)),
                    Op::FMul => setf!(f!(b) * f!(c)),
                    Op::FDiv => setf!(f!(b) / f!(c)),
                    Op::FNeg => set!(w!(b) ^ 0x8000_0000),
                    Op::FAbs => set!(w!(b) & 0x7FFF_FFFF),
                    Op::FSqrt => setf!(arith::sqrt32(f!(b))),
                    Op::FEq => set!(u32::from(f!(b) == f!(c))),
                    Op::FNe => set!(u32::from(f!(b) != f!(c))),
                    Op::FLt => set!(u32::from(f!(b) < f!(c))),
                    Op::FLe => set!(u32::from(f!(b) <= f!(c))),
                    Op::DAdd => setd!(d!(b) + d!(c)),
                    Op::DSub => setd!(d!(b) - d!(c)),
                    Op::DMul => setd!(d!(b) * d!(c)),
                    Op::DDiv => setd!(d!(b) / d!(c)),
                    Op::DNeg => set64!(l!(b) ^ (1 << 63)),
                    Op::DAbs => set64!(l!(b) & (u64::MAX >> 1)),
                    Op::DSqrt => setd!(arith::sqrt64(d!(b))),
                    Op::DEq => set!(u32::from(d!(b) == d!(c))),
                    Op::DNe => set!(u32::from(d!(b) != d!(c))),
                    Op::DLt => set!(u32::from(d!(b) < d!(c))),
                    Op::DLe => set!(u32::from(d!(b) <= d!(c))),
                    Op::Rare => attempt!(arith::rare(*ins, fp)),

                    Op::Load32W => wrapping!(load!(u32, set, u32 as u32)),
                    Op::Load8SW => wrapping!(load!(u8, set, i8 as u32)),
                    Op::Load8UW => wrapping!(load!(u8, set, u8 as u32)),
                    Op::Load16SW => wrapping!(load!(u16, set, i16 as u32)),
                    Op::Load16UW => wrapping!(load!(u16, set, u16 as u32)),
                    Op::Load64W => wrapping!(load!(u64, set64, u64 as u64)),
                    Op::Load32O => offset!(load!(u32, set, u32 as u32)),
                    Op::Load8SO => offset!(load!(u8, set, i8 as u32)),
                    Op::Load8UO => offset!(load!(u8, set, u8 as u32)),
                    Op::Load16SO => offset!(load!(u16, set, i16 as u32)),
                    Op::Load16UO => offset!(load!(u16, set, u16 as u32)),
                    Op::Load64O => offset!(load!(u64, set64, u64 as u64)),
                    Op::Load32X => sum!(load!(u32, set, u32 as u32)),
                    Op::Load8SX => sum!(load!(u8, set, i8 as u32)),
                    Op::Load8UX => sum!(load!(u8, set, u8 as u32)),
                    Op::Load16SX => sum!(load!(u16, set, i16 as u32)),
                    Op::Load16UX => sum!(load!(u16, set, u16 as u32)),
                    Op::Load64X => sum!(load!(u64, set64, u64 as u64)),
                    Op::Load32A => absolute!(load!(u32, set, u32 as u32)),
                    Op::Load8UA => absolute!(load!(u8, set, u8 as u32)),
                    Op::Store32W => wrapping!(store!(u32, w!(a))),
                    Op::Store8W => wrapping!(store!(u8, w!(a))),
                    Op::Store16W => wrapping!(store!(u16, w!(a))),
                    Op::Store64W => wrapping!(store!(u64, l!(a))),
                    Op::Store32O => offset!(store!(u32, w!(a))),
                    Op::Store8O => offset!(store!(u8, w!(a))),
                    Op::Store16O => offset!(store!(u16, w!(a))),
                    Op::Store64O => offset!(store!(u64, l!(a))),
                    Op::Store32X => sum!(store!(u32, w!(a))),
                    Op::Store8X => sum!(store!(u8, w!(a))),
                    Op::Store16X => sum!(store!(u16, w!(a))),
                    Op::Store64X => sum!(store!(u64, l!(a))),
                    Op::Store32A => absolute!(store!(u32, w!(a))),
                    Op::Store8A => absolute!(store!(u8, w!(a))),
                    Op::Store32IW => wrapping!(store!(u32, field!(a) as i8)),
                    Op::Store8IW => wrapping!(store!(u8, field!(a))),

                    Op::MemorySize => set!(memory.size() / PAGE),
                    Op::MemoryGrow => {
                        set!(bulk::grow(module, memory, w!(b)));
                        (mem, fast) = window(memory);
                    }
                    Op::MemoryCopy => {
                        attempt!(memory.copy(w!(a), w!(b), w!(c)));
                        (mem, fast) = window(memory);
                    }
                    Op::MemoryFill => {
                        attempt!(memory.fill(w!(a), w!(b) as u8, w!(c)));
                        (mem, fast) = window(memory);
                    }
                    Op::Bulk => {
                        let operands = [w!(a), w!(b), w!(c)];
                        attempt!(bulk::bulk(module, state, memory, *ins, operands));
                        (mem, fast) = window(memory);
                    }
                }
            }
        }
    };
    let offset = (ins as usize).wrapping_sub(code as usize) / INS;
    let code = if offset < module.code.len() { offset as u32 } else { u32::MAX };
    let weight = match stop {
        Some(_) => module.position(code).map_or(0, |position| position.weight),
        None => 0,
    };
    state.executed = state.count(left, weight);
    let Some(stop) = stop else { return Ok(()) };
    // SAFETY: both point into `state.frames`.
    let depth = unsafe { frame.offset_from(frames) } as usize;
    Err(Stopped { stop, code, depth })
}
