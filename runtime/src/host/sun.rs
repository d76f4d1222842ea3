//! The sun's place and its rising and setting, from time and position (NOAA solar calculator,
//! after Meeus, "Astronomical Algorithms"; good to about a minute between 1900 and 2100).

use super::env::ABSENT;
use super::{Calls, Device, give};

pub(super) const CALLS: Calls = &[
    ("get_sunrise", |d, _, _| give(today(d, RISE).map_or(-1, |minute| minute as i32))),
    ("get_sunset", |d, _, _| give(today(d, SET).map_or(-1, |minute| minute as i32))),
    ("sun_valid", |d, _, _| give(sky(d).is_some())),
    ("is_daylight", |d, _, _| {
        give(sky(d).map_or(-1, |sky| i32::from(sky.elevation > -HORIZON_DIP)))
    }),
    ("get_sun_azimuth", |d, _, _| give(sky(d).map_or(ABSENT, |sky| sky.azimuth as f32))),
    ("get_sun_elevation", |d, _, _| give(sky(d).map_or(ABSENT, |sky| sky.elevation as f32))),
];

/// Degrees below the horizon at which the upper limb shows: refraction and radius.
const HORIZON_DIP: f64 = 0.833;
const MINUTES: f64 = 1440.0;

/// Where the sun is seen, in degrees.
struct Sky {
    azimuth: f64,
    elevation: f64,
}

/// The sun on its way round, for a moment.
struct Sun {
    /// Radians.
    declination: f64,
    /// Minutes that the sundial is ahead of the clock.
    equation: f64,
}

/// The sun `days` after 2000-01-01 12:00 UTC.
fn sun(days: f64) -> Sun {
    let t = days / 36_525.0;
    let turn = |degrees: f64| libm::fmod(degrees, 360.0).to_radians();
    let mean = turn(280.466_46 + t * (36_000.769_83 + t * 0.000_303_2));
    let anomaly = turn(357.529_11 + t * (35_999.050_29 - t * 0.000_153_7));
    let eccentricity = 0.016_708_634 - t * (0.000_042_037 + t * 0.000_000_126_7);
    let center = (1.914_602 - t * (0.004_817 + t * 0.000_014)) * libm::sin(anomaly)
        + (0.019_993 - t * 0.000_101) * libm::sin(2.0 * anomaly)
        + 0.000_289 * libm::sin(3.0 * anomaly);
    let node = turn(125.04 - 1934.136 * t);
    let apparent = mean + (center - 0.005_69 - 0.004_78 * libm::sin(node)).to_radians();
    let tilt = 23.439_291 - t * (0.013_004_2 + t * 0.000_000_16);
    let tilt = (tilt + 0.002_56 * libm::cos(node)).to_radians();
    let y = libm::tan(tilt / 2.0) * libm::tan(tilt / 2.0);
    let equation = y * libm::sin(2.0 * mean) - 2.0 * eccentricity * libm::sin(anomaly)
        + 4.0 * eccentricity * y * libm::sin(anomaly) * libm::cos(2.0 * mean)
        - 0.5 * y * y * libm::sin(4.0 * mean)
        - 1.25 * eccentricity * eccentricity * libm::sin(2.0 * anomaly);
    Sun {
        declination: libm::asin(libm::sin(tilt) * libm::sin(apparent)),
        equation: 4.0 * equation.to_degrees(),
    }
}

/// Days of UTC since 2000-01-01 12:00.
fn days(epoch_ms: i64) -> f64 {
    epoch_ms as f64 / 86_400_000.0 - 10_957.5
}

fn sky(device: &mut Device<'_>) -> Option<Sky> {
    let now = device.board.epoch_ms()?;
    let fix = device.board.fix()?;
    let sun = sun(days(now));
    let minute = now.rem_euclid(86_400_000) as f64 / 60_000.0;
    let hour_angle = (minute + sun.equation + 4.0 * f64::from(fix.lon)) / 4.0 - 180.0;
    Some(place(&sun, f64::from(fix.lat).to_radians(), hour_angle.to_radians()))
}

fn place(sun: &Sun, lat: f64, hour_angle: f64) -> Sky {
    let (sin, cos) = (libm::sin, libm::cos);
    let height =
        sin(lat) * sin(sun.declination) + cos(lat) * cos(sun.declination) * cos(hour_angle);
    let south = cos(hour_angle) * sin(lat) - libm::tan(sun.declination) * cos(lat);
    let azimuth = libm::atan2(sin(hour_angle), south).to_degrees() + 180.0;
    Sky {
        azimuth: libm::fmod(azimuth, 360.0),
        elevation: libm::asin(height.clamp(-1.0, 1.0)).to_degrees(),
    }
}

/// The sides of noon, as signs of the hour angle.
const RISE: f64 = 1.0;
const SET: f64 = -1.0;

/// Minutes past local midnight at which the sun rises or sets on the local date; `None` without time
/// or position, and where the sun does not rise or set.
fn today(device: &mut Device<'_>, side: f64) -> Option<f64> {
    let now = device.board.epoch_ms()?;
    let fix = device.board.fix()?;
    let offset = i64::from(device.board.utc_offset()) * 1000;
    let date = now.saturating_add(offset).div_euclid(86_400_000) * 86_400_000;
    on_date(days(date), offset as f64 / 60_000.0, (fix.lat.into(), fix.lon.into()), side)
}

/// Minutes past midnight of the event on this date, where clocks are `offset` minutes ahead of UTC.
/// What comes before or after midnight belongs to the date beside it, so this date's is that of the
/// noon on its other side.
fn on_date(date: f64, offset: f64, place: (f64, f64), side: f64) -> Option<f64> {
    let minute = event(date, place, side)? + offset;
    let off = libm::floor(minute / MINUTES);
    let minute = if off == 0.0 { minute } else { event(date - off, place, side)? + offset };
    Some(minute - MINUTES * libm::floor(minute / MINUTES))
}

/// Minutes after `midnight` of UTC at which the sun rises before, or sets after, the noon that this
/// place has on that date.
fn event(midnight: f64, (lat, lon): (f64, f64), side: f64) -> Option<f64> {
    let lat = lat.to_radians();
    let mut cosine = 0.0f64;
    let mut at = MINUTES / 2.0 - 4.0 * lon;
    // The sun moves on while the day passes: from noon, each round comes nearer to the event.
    for _ in 0..3 {
        let sun = sun(midnight + at / MINUTES);
        cosine = libm::cos((90.0 + HORIZON_DIP).to_radians())
            / (libm::cos(lat) * libm::cos(sun.declination))
            - libm::tan(lat) * libm::tan(sun.declination);
        let hour_angle = libm::acos(cosine.clamp(-1.0, 1.0)).to_degrees();
        at = MINUTES / 2.0 - 4.0 * (lon + side * hour_angle) - sun.equation;
    }
    (-1.0..=1.0).contains(&cosine).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon UTC of 2024-06-20, a solstice, in days since 2000-01-01 12:00.
    const SOLSTICE: f64 = 8_937.0;
    /// Midnight before it.
    const MIDNIGHT: f64 = SOLSTICE - 0.5;

    #[test]
    fn summer_solstice_in_greenwich() {
        let sun = sun(SOLSTICE);
        assert!((sun.declination.to_degrees() - 23.44).abs() < 0.01);
        assert!((sun.equation + 1.8).abs() < 0.2);
        // Published times: 03:43 and 20:22 UTC (51.48 N, 0 W).
        let [rise, set] = [RISE, SET].map(|side| event(MIDNIGHT, (51.48, 0.0), side).unwrap());
        assert!((rise - 223.0).abs() < 2.0, "{rise}");
        assert!((set - 1_222.0).abs() < 2.0, "{set}");
    }

    #[test]
    fn no_sunrise_near_the_pole() {
        assert!(event(MIDNIGHT, (80.0, 0.0), RISE).is_none());
    }

    /// NOAA's equations at the event's own instant, for 2025-03-21 and 2025-05-11.
    #[test]
    fn far_from_greenwich() {
        for (date, lat, lon, hours, side, expected) in [
            (9_210.5, 64.73, 177.5, 12.0, RISE, 368.3),
            (9_210.5, 64.73, 177.5, 12.0, SET, 1_108.0),
            (9_210.5, -36.8, 174.8, 13.0, RISE, 444.5),
            (9_210.5, -36.8, 174.8, 13.0, SET, 1_171.2),
            (9_210.5, -77.0, 166.0, 13.0, RISE, 471.3),
            (9_210.5, -77.0, 166.0, 13.0, SET, 1_211.7),
            // The sun of the day before sets after midnight.
            (9_261.5, 65.5, -168.0, -8.0, SET, 22.5),
        ] {
            let minute = on_date(date, 60.0 * hours, (lat, lon), side).unwrap();
            assert!((minute - expected).abs() < 0.5, "{lat} {lon}: {minute}, not {expected}");
        }
    }

    #[test]
    fn noon_is_in_the_south_and_highest() {
        let sky = place(&sun(SOLSTICE), 51.48f64.to_radians(), 0.0);
        assert!((sky.azimuth - 180.0).abs() < 0.01);
        assert!((sky.elevation - (90.0 - 51.48 + 23.44)).abs() < 0.02);
    }
}
