//! The parts of operations that are calls out of line. All give a value that fits registers, or
//! `None` with the reason in `Machine::stop`: a result in memory would keep the compiler from making
//! the next operation a jump.

use super::super::code::Ins;
use super::machine::Machine;
use super::{Stop, arith, bulk, calls};
use crate::memory::{Memory, PAGE};

/// Keeps the reason of a failure.
#[inline(always)]
fn ok<M, T>(m: &mut Machine<'_, M>, result: Result<T, impl Into<Stop>>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(stop) => {
            m.stop = Some(stop.into());
            None
        }
    }
}

/// Loads what is not in the window, zero-extended.
#[inline(never)]
pub(super) fn load<M: Memory, const N: usize>(m: &mut Machine<'_, M>, addr: u64) -> Option<u64> {
    match m.memory.load::<N>(addr) {
        Ok(found) => {
            let mut bytes = [0; 8];
            bytes[..N].copy_from_slice(&found);
            Some(u64::from_le_bytes(bytes))
        }
        Err(out) => ok(m, Err(out)),
    }
}

/// Stores what is not in the window.
#[inline(never)]
pub(super) fn store<M: Memory, const N: usize>(
    m: &mut Machine<'_, M>,
    addr: u64,
    value: u64,
) -> Option<()> {
    let bytes = value.to_le_bytes();
    let done = m.memory.store(addr, *bytes.first_chunk::<N>()?);
    ok(m, done)
}

/// At a call, a return or a `Check` at a place of that weight, when nothing is left: what is left after the
/// host was asked.
#[cold]
#[inline(never)]
pub(super) fn poll<M>(m: &mut Machine<'_, M>, left: isize, weight: u32) -> Option<isize> {
    if m.is_deep() {
        return ok(m, Err(Stop::Deep));
    }
    let more = m.state.poll(m.module, m.host, left, weight);
    ok(m, more)
}

/// The same at a jump back, by instruction `ins` over `weight` instructions of the module.
#[cold]
#[inline(never)]
pub(super) fn poll_back<M>(
    m: &mut Machine<'_, M>,
    ins: *const Ins,
    left: isize,
    weight: i32,
) -> Option<isize> {
    if m.is_deep() {
        return ok(m, Err(Stop::Deep));
    }
    let index = ((ins as usize - m.code as usize) / size_of::<Ins>()) as u32;
    let more = m.state.poll_back(m.module, m.host, left, index, weight);
    ok(m, more)
}

/// Calls import `index`.
///
/// # Safety
/// As for [`calls::host`].
#[inline(never)]
pub(super) unsafe fn host<M: Memory>(
    m: &mut Machine<'_, M>,
    index: u32,
    frame: *const u32,
    result: *mut u32,
) -> Option<()> {
    let ty = m.module.function_type(index);
    let number = m.state.numbers[index as usize];
    if let Some(global) = m.state.line_global {
        // SAFETY: it is an index of a global.
        m.host.line(unsafe { *m.globals.add(global as usize) } as u32);
    }
    // SAFETY: the caller's.
    let done = unsafe { calls::host(ty, number, m.host, m.memory, frame, result) };
    if let Err(said) = done {
        m.state.said = Some(said);
        m.stop = Some(Stop::Host);
        return None;
    }
    Some(())
}

/// The operation `Rare` of `ins`.
///
/// # Safety
/// As for [`arith::rare`].
#[inline(never)]
pub(super) unsafe fn rare<M>(m: &mut Machine<'_, M>, ins: *const Ins, fp: *mut u32) -> Option<()> {
    // SAFETY: the caller's.
    let done = unsafe { arith::rare(*ins, fp) };
    ok(m, done)
}

/// `memory.grow`: the pages before, or -1.
#[inline(never)]
pub(super) fn grow<M: Memory>(m: &mut Machine<'_, M>, delta: u32) -> Option<u32> {
    let before = m.memory.size() / PAGE;
    let (_, max) = m.module.memory.unwrap_or_default();
    let bound = max.unwrap_or(u32::MAX).min(m.module.limits.pages).min(0xFFFF);
    Some(match before.checked_add(delta) {
        Some(pages) if pages <= bound && m.memory.grow_to(pages) => before,
        _ => u32::MAX,
    })
}

#[inline(never)]
pub(super) fn copy<M: Memory>(m: &mut Machine<'_, M>, to: u32, from: u32, len: u32) -> Option<()> {
    let done = m.memory.copy(to, from, len);
    ok(m, done)
}

#[inline(never)]
pub(super) fn fill<M: Memory>(m: &mut Machine<'_, M>, to: u32, byte: u32, len: u32) -> Option<()> {
    let done = m.memory.fill(to, byte as u8, len);
    ok(m, done)
}

/// The operation `Bulk` of `ins`.
///
/// # Safety
/// The operands' slots must be in the frame at `fp`.
#[inline(never)]
pub(super) unsafe fn bulk<M: Memory>(
    m: &mut Machine<'_, M>,
    ins: *const Ins,
    fp: *const u32,
) -> Option<()> {
    // SAFETY: the caller's.
    let (ins, operands) = unsafe {
        let ins = *ins;
        (ins, [ins.a, ins.b, ins.c].map(|slot| *fp.add(usize::from(slot))))
    };
    let done = bulk::bulk(m.module, m.state, m.memory, ins, operands);
    ok(m, done)
}
