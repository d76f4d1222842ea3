//! What each operation does: one `match`, cut to a single arm for each operation by [`run`].
//!
//! [`run`]: super::run
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

use super::super::code::{Ins, op};
use super::super::module::{Function, NULL};
use super::machine::{Break, Machine, Regs, level};
use super::{Frame, Stop, slow};
use crate::memory::{Memory, PAGE};

/// An address that does not wrap around; where `usize` has 32 bits, one that would is past every
/// window.
#[inline(always)]
fn address(base: u32, offset: u32) -> usize {
    (base as usize).saturating_add(offset as usize)
}

/// Executes operation number `OP`, the one `r.ins` points to, with `r.pc` behind it, up to `LEVEL`.
///
/// # Safety
/// As for the whole file; see also [`run`](super::run::run).
// `!(x < y)` is not `x >= y`: NaN.
#[allow(clippy::too_many_lines, clippy::neg_cmp_op_on_partial_ord)]
#[inline(always)]
pub(super) unsafe fn step<M: Memory, const OP: u8, const LEVEL: u8>(
    r: &mut Regs,
    m: &mut Machine<'_, M>,
) -> Result<(), Break> {
    // SAFETY: the reasons at the head of the file.
    unsafe {
        /// A field of the instruction.
        macro_rules! field {
            ($field:ident) => {
                (*r.ins).$field
            };
        }
        /// Its `b` and `c` as one number: one load, which LLVM does not make of two.
        macro_rules! bc {
            () => {
                u16::from_le(r.ins.cast::<u16>().add(1).read())
            };
        }
        macro_rules! slot {
            ($number:expr) => {
                r.fp.add($number as usize)
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
                bc!() as i16 as i32
            };
        }
        /// A base slot: `bc`.
        macro_rules! base {
            () => {
                slot!(bc!())
            };
        }
        macro_rules! stop {
            ($stop:expr) => {
                return Err(Break::End(Some($stop)))
            };
        }
        /// The value of a call out of line, which may end the run.
        macro_rules! call {
            ($call:expr) => {{
                if LEVEL < level::CALLS {
                    return Err(Break::Slow);
                }
                match $call {
                    Some(value) => value,
                    None => return Err(Break::End(m.stop)),
                }
            }};
        }
        /// Asks whether to go on when nothing is left at this place.
        macro_rules! check {
            () => {{
                let weight = field!(imm);
                if r.left < weight as isize {
                    r.left = call!(slow::poll(m, r.left, weight));
                }
            }};
        }
        /// Jumps by so many instructions, over so many of the module's; asks whether to go on when it
        /// goes back and nothing is left.
        macro_rules! jump {
            ($distance:expr, $weight:expr) => {{
                let (distance, weight): (i32, i32) = ($distance, $weight);
                r.pc = r.pc.wrapping_offset(distance as isize);
                r.left -= weight as isize;
                if r.left < 0 && distance < 0 {
                    // All jumps do then the same, but for those of a table.
                    if LEVEL < level::CALLS && OP != op::BrTable {
                        return Err(Break::Back);
                    }
                    let left = r.left;
                    r.left += weight as isize;
                    r.left = call!(slow::poll_back(m, r.ins, left, weight));
                }
            }};
        }
        macro_rules! branch {
            ($condition:expr) => {
                if $condition {
                    let (distance, weight) = Ins::short(field!(imm));
                    jump!(distance, weight);
                }
            };
        }
        /// Calls a function, with `pc` after the second word of the call: it says what has been used
        /// up.
        macro_rules! enter {
            ($function:expr, $fp:expr) => {{
                let function: *const Function = $function;
                let callee: *mut u32 = $fp;
                // A base slot lies in the caller's frame, so this cannot be negative.
                let room = m.stack_end.wrapping_sub(callee as usize);
                if room < (*function).frame as usize * size_of::<u32>() || m.frame == m.frames_end {
                    // A way to stop needs registers that a call does not.
                    if LEVEL < level::CALLS {
                        return Err(Break::Slow);
                    }
                    stop!(Stop::StackExhausted);
                }
                let used = (*r.pc.wrapping_sub(1)).imm as isize;
                if r.left < used {
                    r.left = call!(slow::poll(m, r.left - used, 0));
                } else {
                    r.left -= used;
                }
                *m.frame = Frame { pc: r.pc, fp: r.fp };
                m.frame = m.frame.add(1);
                r.fp = callee;
                r.pc = m.code.add((*function).entry as usize);
            }};
        }
        /// Back to the caller. The word before the place where it goes on says where a single result
        /// goes, and the caller's weight there.
        macro_rules! leave {
            () => {{
                r.left -= field!(imm) as isize;
                m.frame = m.frame.sub(1);
                let caller = *m.frame;
                r.fp = caller.fp;
                r.pc = caller.pc;
                r.ins = r.pc.wrapping_sub(1);
                r.left += field!(imm) as isize;
            }};
        }
        macro_rules! load {
            ($type:ty, $fast:expr, $exact:expr, $set:ident, $convert:ty as $to:ty) => {{
                let ea: usize = $fast;
                let has_tried = LEVEL == level::CALLS && level::TRIED;
                let value = if !has_tried && ea < r.fast {
                    <$type>::from_le(r.mem.add(ea).cast::<$type>().read_unaligned())
                } else if LEVEL < level::CALLS && !level::QUICK {
                    return Err(Break::Slow);
                } else if let Some(bytes) = m.memory.quick_load(ea) {
                    <$type>::from_le_bytes(bytes)
                } else {
                    call!(slow::load::<M, { size_of::<$type>() }>(m, $exact)) as $type
                };
                $set!(value as $convert as $to)
            }};
        }
        macro_rules! store {
            ($type:ty, $fast:expr, $exact:expr, $value:expr) => {{
                let ea: usize = $fast;
                let has_tried = LEVEL == level::CALLS && level::TRIED;
                if !has_tried && ea < r.fast {
                    let value = $value as $type;
                    r.mem.add(ea).cast::<$type>().write_unaligned(value.to_le())
                } else if LEVEL < level::CALLS && !level::QUICK {
                    return Err(Break::Slow);
                } else if !m.memory.quick_store(ea, || ($value as $type).to_le_bytes()) {
                    let value = $value as $type as u64;
                    call!(slow::store::<M, { size_of::<$type>() }>(m, $exact, value));
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
                let exact = u64::from(base) + u64::from(offset);
                $access!($type, address(base, offset), exact, $($rest)*)
            }};
        }
        macro_rules! sum {
            ($access:ident!($type:ty, $($rest:tt)*)) => {{
                let (base, offset) = (w!(b).wrapping_add(w!(c)), field!(imm));
                let exact = u64::from(base) + u64::from(offset);
                $access!($type, address(base, offset), exact, $($rest)*)
            }};
        }
        macro_rules! absolute {
            ($access:ident!($type:ty, $($rest:tt)*)) => {{
                let ea = field!(imm);
                $access!($type, ea as usize, u64::from(ea), $($rest)*)
            }};
        }

        match OP {
            op::Br => jump!(field!(imm) as i32, (*r.ins).weight()),
            op::BrZ => branch!(w!(a) == 0),
            op::BrNz => branch!(w!(a) != 0),
            op::BrEq => branch!(w!(a) == w!(b)),
            op::BrNe => branch!(w!(a) != w!(b)),
            op::BrLtS => branch!((w!(a) as i32) < w!(b) as i32),
            op::BrLtU => branch!(w!(a) < w!(b)),
            op::BrLeS => branch!(w!(a) as i32 <= w!(b) as i32),
            op::BrLeU => branch!(w!(a) <= w!(b)),
            op::BrEqI => branch!(w!(a) as i32 == short!()),
            op::BrNeI => branch!(w!(a) as i32 != short!()),
            op::BrLtSI => branch!((w!(a) as i32) < short!()),
            op::BrLtUI => branch!(w!(a) < short!() as u32),
            op::BrGeSI => branch!(w!(a) as i32 >= short!()),
            op::BrGeUI => branch!(w!(a) >= short!() as u32),
            op::BrEq64 => branch!(l!(a) == l!(b)),
            op::BrNe64 => branch!(l!(a) != l!(b)),
            op::BrLtS64 => branch!((l!(a) as i64) < l!(b) as i64),
            op::BrLtU64 => branch!(l!(a) < l!(b)),
            op::BrLeS64 => branch!(l!(a) as i64 <= l!(b) as i64),
            op::BrLeU64 => branch!(l!(a) <= l!(b)),
            op::BrFEq => branch!(f!(a) == f!(b)),
            op::BrFNe => branch!(f!(a) != f!(b)),
            op::BrFLt => branch!(f!(a) < f!(b)),
            op::BrFLe => branch!(f!(a) <= f!(b)),
            op::BrFNlt => branch!(!(f!(a) < f!(b))),
            op::BrFNle => branch!(!(f!(a) <= f!(b))),
            op::BrDEq => branch!(d!(a) == d!(b)),
            op::BrDNe => branch!(d!(a) != d!(b)),
            op::BrDLt => branch!(d!(a) < d!(b)),
            op::BrDLe => branch!(d!(a) <= d!(b)),
            op::BrDNlt => branch!(!(d!(a) < d!(b))),
            op::BrDNle => branch!(!(d!(a) <= d!(b))),

            op::BrTable => {
                let index = w!(a).min(field!(imm)) as usize;
                let row = r.pc.wrapping_add(index);
                r.pc = row.wrapping_add(1);
                jump!((*row).imm as i32, (*row).weight());
            }
            op::Unreachable => stop!(Stop::Unreachable),
            op::Check => check!(),
            // After deep recursion there is much to return through.
            op::Ret => {
                check!();
                leave!();
            }
            op::Ret32 => {
                check!();
                let value = w!(a);
                leave!();
                set!(value);
            }
            op::Ret64 => {
                check!();
                let value = l!(a);
                leave!();
                set64!(value);
            }
            op::RetN => {
                check!();
                core::ptr::copy(base!(), r.fp, (*r.pc).imm as usize);
                leave!();
            }
            op::Call => {
                let callee = m.functions.add(field!(imm) as usize);
                r.pc = r.pc.wrapping_add(1);
                enter!(callee, base!());
            }
            op::CallHost => {
                call!(slow::host(m, field!(imm), base!(), slot!(field!(a))));
                r.look(m.memory);
            }
            op::CallIndirect => {
                let imm = field!(imm);
                let element = w!(b) as usize;
                let index = if element < m.elements { *m.table.add(element) } else { NULL };
                if index == NULL {
                    stop!(if element < m.elements {
                        Stop::UninitializedElement
                    } else {
                        Stop::UndefinedElement
                    });
                }
                let callee = m.functions.add(index as usize);
                if (*callee).ty != imm >> 16 {
                    stop!(Stop::TypeMismatch);
                }
                r.pc = r.pc.wrapping_add(1);
                enter!(callee, slot!(imm & 0xFFFF));
            }
            op::Result => {}
            op::Exit => return Err(Break::End(None)),

            op::Copy32 => set!(w!(b)),
            op::Copy64 => set64!(l!(b)),
            op::CopyN => {
                let imm = field!(imm);
                core::ptr::copy(slot!(imm & 0xFFFF), base!(), (imm >> 16) as usize);
            }
            op::Zero => base!().write_bytes(0, field!(imm) as usize),
            op::Const32 => set!(field!(imm)),
            op::Const64 => set64!(imm64!()),
            op::ConstWide => {
                let high = (*r.pc).imm;
                set64!(u64::from(high) << 32 | u64::from(field!(imm)));
                r.pc = r.pc.wrapping_add(1);
            }
            op::GetFar32 => set!(*slot!(field!(imm))),
            op::GetFar64 => {
                set64!(slot!(field!(imm)).cast::<u64>().read_unaligned());
            }
            op::SetFar32 => *slot!(field!(imm)) = w!(a),
            op::SetFar64 => {
                slot!(field!(imm)).cast::<u64>().write_unaligned(l!(a));
            }
            op::GlobalGet32 => set!(*m.globals.add(field!(imm) as usize) as u32),
            op::GlobalGet64 => set64!(*m.globals.add(field!(imm) as usize)),
            op::GlobalSet32 => {
                *m.globals.add(field!(imm) as usize) = u64::from(w!(a));
            }
            op::GlobalSet64 => *m.globals.add(field!(imm) as usize) = l!(a),
            op::GlobalSetI => {
                *m.globals.add(bc!() as usize) = u64::from(field!(imm));
            }
            op::Select32 => {
                let condition = *slot!(field!(imm));
                set!(if condition != 0 { w!(b) } else { w!(c) });
            }
            op::Select64 => {
                let condition = *slot!(field!(imm));
                set64!(if condition != 0 { l!(b) } else { l!(c) });
            }

            op::Add => set!(w!(b).wrapping_add(w!(c))),
            op::Sub => set!(w!(b).wrapping_sub(w!(c))),
            op::Mul => set!(w!(b).wrapping_mul(w!(c))),
            op::DivS => match (w!(b) as i32, w!(c) as i32) {
                (_, 0) => stop!(Stop::DivisionByZero),
                (i32::MIN, -1) => stop!(Stop::IntegerOverflow),
                (dividend, divisor) => set!(dividend.wrapping_div(divisor) as u32),
            },
            op::DivU => match w!(b).checked_div(w!(c)) {
                Some(quotient) => set!(quotient),
                None => stop!(Stop::DivisionByZero),
            },
            op::RemS => match w!(c) as i32 {
                0 => stop!(Stop::DivisionByZero),
                divisor => set!((w!(b) as i32).wrapping_rem(divisor) as u32),
            },
            op::RemU => match w!(b).checked_rem(w!(c)) {
                Some(rest) => set!(rest),
                None => stop!(Stop::DivisionByZero),
            },
            op::And => set!(w!(b) & w!(c)),
            op::Or => set!(w!(b) | w!(c)),
            op::Xor => set!(w!(b) ^ w!(c)),
            op::Shl => set!(w!(b).wrapping_shl(w!(c))),
            op::ShrS => set!((w!(b) as i32).wrapping_shr(w!(c)) as u32),
            op::ShrU => set!(w!(b).wrapping_shr(w!(c))),
            op::Rotl => set!(w!(b).rotate_left(w!(c) & 31)),
            op::Rotr => set!(w!(b).rotate_right(w!(c) & 31)),
            op::AddI => set!(w!(b).wrapping_add(field!(imm))),
            op::SubI => set!(field!(imm).wrapping_sub(w!(b))),
            op::MulI => set!(w!(b).wrapping_mul(field!(imm))),
            op::AndI => set!(w!(b) & field!(imm)),
            op::OrI => set!(w!(b) | field!(imm)),
            op::XorI => set!(w!(b) ^ field!(imm)),
            op::ShlI => set!(w!(b).wrapping_shl(field!(imm))),
            op::ShrSI => set!((w!(b) as i32).wrapping_shr(field!(imm)) as u32),
            op::ShrUI => set!(w!(b).wrapping_shr(field!(imm))),
            op::RotlI => set!(w!(b).rotate_left(field!(imm) & 31)),
            // The translator does not make these with divisors that trap.
            op::DivSI => set!((w!(b) as i32).wrapping_div(field!(imm) as i32) as u32),
            op::DivUI => set!(w!(b).checked_div(field!(imm)).unwrap_or(0)),
            op::RemSI => set!((w!(b) as i32).wrapping_rem(field!(imm) as i32) as u32),
            op::RemUI => set!(w!(b).checked_rem(field!(imm)).unwrap_or(0)),
            op::Extend8 => set!(w!(b) as i8 as u32),
            op::Extend16 => set!(w!(b) as i16 as u32),
            op::Eq => set!(u32::from(w!(b) == w!(c))),
            op::Ne => set!(u32::from(w!(b) != w!(c))),
            op::LtS => set!(u32::from((w!(b) as i32) < w!(c) as i32)),
            op::LtU => set!(u32::from(w!(b) < w!(c))),
            op::LeS => set!(u32::from(w!(b) as i32 <= w!(c) as i32)),
            op::LeU => set!(u32::from(w!(b) <= w!(c))),
            op::EqI => set!(u32::from(w!(b) == field!(imm))),
            op::NeI => set!(u32::from(w!(b) != field!(imm))),
            op::LtSI => set!(u32::from((w!(b) as i32) < field!(imm) as i32)),
            op::LtUI => set!(u32::from(w!(b) < field!(imm))),
            op::GeSI => set!(u32::from(w!(b) as i32 >= field!(imm) as i32)),
            op::GeUI => set!(u32::from(w!(b) >= field!(imm))),

            op::Add64 => set64!(l!(b).wrapping_add(l!(c))),
            op::Sub64 => set64!(l!(b).wrapping_sub(l!(c))),
            op::Mul64 => set64!(l!(b).wrapping_mul(l!(c))),
            op::And64 => set64!(l!(b) & l!(c)),
            op::Or64 => set64!(l!(b) | l!(c)),
            op::Xor64 => set64!(l!(b) ^ l!(c)),
            op::Shl64 => set64!(l!(b).wrapping_shl(w!(c))),
            op::ShrS64 => set64!((l!(b) as i64).wrapping_shr(w!(c)) as u64),
            op::ShrU64 => set64!(l!(b).wrapping_shr(w!(c))),
            op::Rotl64 => set64!(l!(b).rotate_left(w!(c) & 63)),
            op::AddI64 => set64!(l!(b).wrapping_add(imm64!())),
            op::MulI64 => set64!(l!(b).wrapping_mul(imm64!())),
            op::AndI64 => set64!(l!(b) & imm64!()),
            op::OrI64 => set64!(l!(b) | imm64!()),
            op::XorI64 => set64!(l!(b) ^ imm64!()),
            op::ShlI64 => set64!(l!(b).wrapping_shl(field!(imm))),
            op::ShrSI64 => set64!((l!(b) as i64).wrapping_shr(field!(imm)) as u64),
            op::ShrUI64 => set64!(l!(b).wrapping_shr(field!(imm))),
            op::RotlI64 => set64!(l!(b).rotate_left(field!(imm) & 63)),
            op::Eq64 => set!(u32::from(l!(b) == l!(c))),
            op::Ne64 => set!(u32::from(l!(b) != l!(c))),
            op::LtS64 => set!(u32::from((l!(b) as i64) < l!(c) as i64)),
            op::LtU64 => set!(u32::from(l!(b) < l!(c))),
            op::LeS64 => set!(u32::from(l!(b) as i64 <= l!(c) as i64)),
            op::LeU64 => set!(u32::from(l!(b) <= l!(c))),
            op::EqI64 => set!(u32::from(l!(b) == imm64!())),
            op::NeI64 => set!(u32::from(l!(b) != imm64!())),
            op::ExtendS => set64!(w!(b) as i32 as u64),
            op::ExtendU => set64!(u64::from(w!(b))),

            op::FAdd => setf!(f!(b) + f!(c)),
            op::FSub => setf!(f!(b) - f!(c)),
            op::FMul => setf!(f!(b) * f!(c)),
            op::FDiv => setf!(f!(b) / f!(c)),
            op::FNeg => set!(w!(b) ^ 0x8000_0000),
            op::FEq => set!(u32::from(f!(b) == f!(c))),
            op::FNe => set!(u32::from(f!(b) != f!(c))),
            op::FLt => set!(u32::from(f!(b) < f!(c))),
            op::FLe => set!(u32::from(f!(b) <= f!(c))),
            op::DAdd => setd!(d!(b) + d!(c)),
            op::DSub => setd!(d!(b) - d!(c)),
            op::DMul => setd!(d!(b) * d!(c)),
            op::DDiv => setd!(d!(b) / d!(c)),
            op::DNeg => set64!(l!(b) ^ (1 << 63)),
            op::DEq => set!(u32::from(d!(b) == d!(c))),
            op::DNe => set!(u32::from(d!(b) != d!(c))),
            op::DLt => set!(u32::from(d!(b) < d!(c))),
            op::DLe => set!(u32::from(d!(b) <= d!(c))),
            op::Rare => call!(slow::rare(m, r.ins, r.fp)),

            op::Load32W => wrapping!(load!(u32, set, u32 as u32)),
            op::Load8SW => wrapping!(load!(u8, set, i8 as u32)),
            op::Load8UW => wrapping!(load!(u8, set, u8 as u32)),
            op::Load16SW => wrapping!(load!(u16, set, i16 as u32)),
            op::Load16UW => wrapping!(load!(u16, set, u16 as u32)),
            op::Load64W => wrapping!(load!(u64, set64, u64 as u64)),
            op::Load32O => offset!(load!(u32, set, u32 as u32)),
            op::Load8SO => offset!(load!(u8, set, i8 as u32)),
            op::Load8UO => offset!(load!(u8, set, u8 as u32)),
            op::Load16SO => offset!(load!(u16, set, i16 as u32)),
            op::Load16UO => offset!(load!(u16, set, u16 as u32)),
            op::Load64O => offset!(load!(u64, set64, u64 as u64)),
            op::Load32X => sum!(load!(u32, set, u32 as u32)),
            op::Load8SX => sum!(load!(u8, set, i8 as u32)),
            op::Load8UX => sum!(load!(u8, set, u8 as u32)),
            op::Load16SX => sum!(load!(u16, set, i16 as u32)),
            op::Load16UX => sum!(load!(u16, set, u16 as u32)),
            op::Load64X => sum!(load!(u64, set64, u64 as u64)),
            op::Load32A => absolute!(load!(u32, set, u32 as u32)),
            op::Load8UA => absolute!(load!(u8, set, u8 as u32)),
            op::Store32W => wrapping!(store!(u32, w!(a))),
            op::Store8W => wrapping!(store!(u8, w!(a))),
            op::Store16W => wrapping!(store!(u16, w!(a))),
            op::Store64W => wrapping!(store!(u64, l!(a))),
            op::Store32O => offset!(store!(u32, w!(a))),
            op::Store8O => offset!(store!(u8, w!(a))),
            op::Store16O => offset!(store!(u16, w!(a))),
            op::Store64O => offset!(store!(u64, l!(a))),
            op::Store32X => sum!(store!(u32, w!(a))),
            op::Store8X => sum!(store!(u8, w!(a))),
            op::Store16X => sum!(store!(u16, w!(a))),
            op::Store64X => sum!(store!(u64, l!(a))),
            op::Store32A => absolute!(store!(u32, w!(a))),
            op::Store8A => absolute!(store!(u8, w!(a))),
            op::Store32IW => wrapping!(store!(u32, field!(a) as i8)),
            op::Store8IW => wrapping!(store!(u8, field!(a))),

            op::MemorySize => set!(m.memory.size() / PAGE),
            op::MemoryGrow => {
                set!(call!(slow::grow(m, w!(b))));
                r.look(m.memory);
            }
            op::MemoryCopy => {
                call!(slow::copy(m, w!(a), w!(b), w!(c)));
                r.look(m.memory);
            }
            op::MemoryFill => {
                call!(slow::fill(m, w!(a), w!(b), w!(c)));
                r.look(m.memory);
            }
            op::Bulk => {
                call!(slow::bulk(m, r.ins, r.fp));
                r.look(m.memory);
            }
            _ => core::hint::unreachable_unchecked(),
        }
    }
    Ok(())
}
