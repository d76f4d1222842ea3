//! Pins.

use super::{Calls, give};
use crate::board::{ANALOG, PINS};

pub(super) const CALLS: Calls = &[
    ("pin_set", |d, a, _| set(d, a.u32(0), true)),
    ("pin_clear", |d, a, _| set(d, a.u32(0), false)),
    ("pin_read", |d, a, _| give(a.u32(0) < PINS && d.board.pin(a.u32(0)))),
    ("analog_read", |d, a, _| {
        let level = if ANALOG.contains(&a.u32(0)) { d.board.analog(a.u32(0)) } else { 0 };
        give(u32::from(level.min(4095)))
    }),
];

fn set(device: &mut super::Device<'_>, gpio: u32, high: bool) -> super::Outcome {
    if gpio < PINS {
        device.board.set_pin(gpio, high);
    }
    give(())
}
