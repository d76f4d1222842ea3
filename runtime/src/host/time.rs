//! Clocks and the calendar.

use super::calendar::{Moment, is_leap, moment};
use super::{Calls, Device, Outcome, give};
use ::alloc::format;

pub(super) const CALLS: Calls = &[
    ("get_epoch_ms", |d, _, _| give(d.board.epoch_ms().unwrap_or(0))),
    ("get_uptime_ms", |d, _, _| give(d.board.uptime_ms() as i64)),
    ("get_last_comm_ms", |_, _, _| give(0i64)),
    ("millis", |d, _, _| give(d.board.uptime_ms() as u32)),
    ("millis64", |d, _, _| give(d.board.uptime_ms() as i64)),
    ("delay_ms", |d, a, _| {
        let ms = a.i32(0).max(0) as u64;
        d.wait(Some(ms), ms, |_| false)?;
        give(())
    }),
    ("time_valid", |d, _, _| give(d.board.epoch_ms().is_some())),
    ("get_year", |d, _, _| field(d, |m| m.year as u32)),
    ("get_month", |d, _, _| field(d, |m| m.month)),
    ("get_day", |d, _, _| field(d, |m| m.day)),
    ("get_hour", |d, _, _| field(d, |m| m.hour)),
    ("get_minute", |d, _, _| field(d, |m| m.minute)),
    ("get_second", |d, _, _| field(d, |m| m.second)),
    ("get_day_of_week", |d, _, _| field(d, |m| m.weekday)),
    ("get_day_of_year", |d, _, _| field(d, |m| m.day_of_year)),
    ("get_is_leap_year", |d, _, _| field(d, |m| is_leap(m.year).into())),
    ("basic_timer", |d, _, _| {
        let local = local_ms(d).map(|ms| ms.rem_euclid(86_400_000));
        let ms = local.unwrap_or_else(|| d.board.uptime_ms() as i64);
        give(ms as f64 / 1000.0)
    }),
    ("basic_date", |d, _, m| {
        let t = now(d).unwrap_or(moment(0));
        give(d.new_string(m, format!("{:02}-{:02}-{:04}", t.month, t.day, t.year).as_bytes()))
    }),
    ("basic_time", |d, _, m| {
        let t = now(d).unwrap_or(moment(0));
        give(d.new_string(m, format!("{:02}:{:02}:{:02}", t.hour, t.minute, t.second).as_bytes()))
    }),
];

/// Local milliseconds since 1970, when the clock knows them.
fn local_ms(device: &mut Device<'_>) -> Option<i64> {
    let offset = i64::from(device.board.utc_offset()) * 1000;
    device.board.epoch_ms().map(|ms| ms.saturating_add(offset))
}

fn now(device: &mut Device<'_>) -> Option<Moment> {
    local_ms(device).map(|ms| moment(ms.div_euclid(1000)))
}

fn field(device: &mut Device<'_>, part: impl Fn(Moment) -> u32) -> Outcome {
    give(now(device).map_or(0, part))
}
