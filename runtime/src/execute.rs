//! A loaded instance from its entry point to its end.

use crate::engine::{Extern, Instance, Trap, TrapKind};
use crate::host::Device;
use crate::memory::Memory;
use alloc::vec;
use wasm_common::abi::names;

/// How a run ended.
pub enum End {
    /// By itself, with this status.
    Exit(i32),
    /// By `abort` or a failed `assert`, in this line.
    Aborted(u32),
    /// The program was at fault.
    Trap(Trap),
    /// A BASIC program stopped with this error, and has said so itself.
    Error(i32),
    /// Somebody asked for it.
    Stopped,
    /// Nothing to call.
    NoEntry,
}

/// Calls the entry points: `setup` and `loop` (over and over, `loops` times at most), or `_start`
/// or `main`.
pub fn execute<M: Memory>(
    instance: &mut Instance<M>,
    device: &mut Device<'_>,
    loops: Option<u64>,
) -> End {
    let has = |name| parameters(instance, name).is_some();
    let (setup, repeat) = (has(names::SETUP), has(names::LOOP));
    let ended = if setup || repeat {
        set_up_and_loop(instance, device, loops, (setup, repeat))
    } else if let Some(entry) = [names::START, names::MAIN].into_iter().find(|name| has(name)) {
        call(instance, device, entry).map(|status| End::Exit(status.unwrap_or(0)))
    } else {
        Ok(End::NoEntry)
    };
    ended.unwrap_or_else(|trap| end_of(instance, trap))
}

fn set_up_and_loop<M: Memory>(
    instance: &mut Instance<M>,
    device: &mut Device<'_>,
    loops: Option<u64>,
    (setup, repeat): (bool, bool),
) -> Result<End, Trap> {
    if setup {
        call(instance, device, names::SETUP)?;
    }
    let mut done = 0;
    while repeat && loops.is_none_or(|loops| done < loops) {
        if device.board().stop_requested() {
            return Ok(End::Stopped);
        }
        call(instance, device, names::LOOP)?;
        done += 1;
    }
    Ok(End::Exit(0))
}

/// What a trap means: an end that was asked for, by the program or from outside, is none, nor is an
/// error of BASIC.
fn end_of<M: Memory>(instance: &Instance<M>, trap: Trap) -> End {
    let global = |name, absent| instance.global(name).map_or(absent, |bits| bits as u32 as i32);
    match (&trap.kind, global(names::EXIT, -1), global(names::ERR, 0)) {
        (TrapKind::Stopped, ..) => End::Stopped,
        (TrapKind::Unreachable, -1, 0) => End::Trap(trap),
        (TrapKind::Unreachable, -1, error) => End::Error(error),
        (TrapKind::Unreachable, names::ABORTED, _) => End::Aborted(trap.line().unwrap_or(0)),
        (TrapKind::Unreachable, status, _) => End::Exit(status),
        _ => End::Trap(trap),
    }
}

/// Number of parameters of an exported function.
fn parameters<M: Memory>(instance: &Instance<M>, name: &str) -> Option<usize> {
    instance.module().exports().find_map(|(export, kind)| match kind {
        Extern::Function(_, ty) if export == name => Some(ty.params.len()),
        _ => None,
    })
}

/// Calls an export with zeros (`argc` and `argv` of a `main` that wants them); its i32 result.
fn call<M: Memory>(
    instance: &mut Instance<M>,
    device: &mut Device<'_>,
    name: &str,
) -> Result<Option<i32>, Trap> {
    let arguments = vec![0; parameters(instance, name).unwrap_or(0)];
    let results = instance.call(name, &arguments, device)?;
    Ok(results.first().map(|&bits| bits as u32 as i32))
}
