//! Attitude and acceleration.

use super::{Calls, Device, Outcome, give};
use crate::board::Motion;

pub(super) const CALLS: Calls = &[
    ("get_roll", |d, _, _| motion(d, |m| m.roll)),
    ("get_pitch", |d, _, _| motion(d, |m| m.pitch)),
    ("get_yaw", |d, _, _| motion(d, |m| m.yaw)),
    ("get_acc_x", |d, _, _| motion(d, |m| m.acc[0])),
    ("get_acc_y", |d, _, _| motion(d, |m| m.acc[1])),
    ("get_acc_z", |d, _, _| motion(d, |m| m.acc[2])),
    ("imu_valid", |d, _, _| give(d.board.motion().is_some())),
    ("imu_present", |d, _, _| give(d.board.motion().is_some())),
];

fn motion(device: &mut Device<'_>, part: impl Fn(Motion) -> f32) -> Outcome {
    give(part(device.board.motion().unwrap_or_default()))
}
