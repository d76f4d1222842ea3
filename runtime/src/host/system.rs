//! Parameters, waits, stop and random numbers.

use super::{Args, Calls, Device, Outcome, give};
use crate::board::{Board, PARAMS};
use crate::engine::HostError;
use wasm_common::abi::files::{WAIT_EQ, WAIT_GT, WAIT_LT, WAIT_NE};

/// The parameter that a device sets to 1 to stop a program.
const STOP: u32 = 0;
/// Milliseconds between looks at a parameter that is waited for.
const LOOK: u64 = 10;

pub(super) const CALLS: Calls = &[
    ("get_param", |d, a, _| give(param(d.board, a.u32(0)))),
    ("set_param", |d, a, _| {
        if a.u32(0) < PARAMS {
            d.board.set_param(a.u32(0), a.i32(1));
        }
        give(())
    }),
    ("should_stop", |d, _, _| give(d.board.stop_requested() || param(d.board, STOP) == 1)),
    ("random_int", |d, a, _| give(random_int(d.board, a.i32(0), a.i32(1)))),
    ("wait_pps", |d, a, _| wait_pps(d, a.i32(0))),
    ("wait_param", wait_param),
];

fn param(board: &mut dyn Board, id: u32) -> i32 {
    if id < PARAMS { board.param(id) } else { 0 }
}

/// A number in [min, max), each as likely as the others to within one in 2^32.
fn random_int(board: &mut dyn Board, min: i32, max: i32) -> i32 {
    if min >= max {
        return min;
    }
    let range = max.abs_diff(min);
    let scaled = (u64::from(board.random()) * u64::from(range)) >> 32;
    min.wrapping_add(scaled as i32)
}

/// 0 or less waits for ever.
fn limit(timeout_ms: i32) -> Option<u64> {
    u64::try_from(timeout_ms).ok().filter(|&ms| ms > 0)
}

fn wait_pps(device: &mut Device<'_>, timeout_ms: i32) -> Outcome {
    let Some(pulse) = device.board.next_pulse_ms() else { return give(-1) };
    let edge = limit(timeout_ms).is_none_or(|ms| pulse <= ms);
    let ms = limit(timeout_ms).map_or(pulse, |ms| ms.min(pulse));
    stopped_is_0(device.wait(Some(ms), ms.max(1), |_| false)).map(|result| match result {
        Some(_) => edge.into(),
        None => 0,
    })
}

fn wait_param(
    device: &mut Device<'_>,
    a: Args<'_>,
    _: &mut dyn crate::memory::GuestMemory,
) -> Outcome {
    let (id, condition, value) = (a.u32(0), a.u32(1), a.i32(2));
    let matches = |board: &mut dyn Board| {
        let now = param(board, id);
        match condition {
            WAIT_GT => now > value,
            WAIT_LT => now < value,
            WAIT_EQ => now == value,
            WAIT_NE => now != value,
            _ => false,
        }
    };
    let matched = stopped_is_0(device.wait(limit(a.i32(3)), LOOK, matches))?;
    give(matched.unwrap_or(false))
}

/// A wait that ended by a stop gives 0, so that the program can clean up; the engine ends it soon
/// after.
fn stopped_is_0(waited: Result<bool, HostError>) -> Result<Option<bool>, HostError> {
    match waited {
        Ok(done) => Ok(Some(done)),
        Err(HostError::Stopped) => Ok(None),
        Err(error) => Err(error),
    }
}
