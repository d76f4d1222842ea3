//! Environment and power.

use super::{Calls, Device, Outcome, give};
use crate::board::Environment;

pub(super) const CALLS: Calls = &[
    ("get_temp", |d, _, _| sensor(d, |e| e.temperature)),
    ("get_humidity", |d, _, _| sensor(d, |e| e.humidity)),
    ("get_brightness", |d, _, _| sensor(d, |e| e.brightness)),
    ("get_bat_voltage", |d, _, _| sensor(d, |e| e.battery_voltage)),
    ("get_solar_voltage", |d, _, _| sensor(d, |e| e.solar_voltage)),
    ("get_battery_percentage", |d, _, _| sensor(d, |e| e.battery_percentage)),
    ("get_battery_runtime", |d, _, _| sensor(d, |e| e.battery_runtime)),
];

/// What a sensor that is not there reads.
pub(super) const ABSENT: f32 = -1000.0;

fn sensor(device: &mut Device<'_>, part: impl Fn(Environment) -> Option<f32>) -> Outcome {
    give(part(device.board.environment()).unwrap_or(ABSENT))
}
