//! The sun's place and its rising and setting, from time and position (NOAA solar calculator,
//! after Meeus, "Astronomical Algorithms"; good to about a minute between 1900 and 2100).

use super::env::ABSENT;
use super::{Calls, Device, give};

pub(super) const CALLS: Calls = &[
    ("get_sunrise", |d, _, _| give(day(d).map_or(-1, |day| day.minute(day.sunrise)))),
    ("get_sunset", |d, _, _| give(day(d).map_or(-1, |day| day.minute(day.sunset)))),
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

/// Rising and setting of a day, in minutes of UTC.
struct Day {
    sunrise: f64,
    sunset: f64,
    /// Minutes that local time is ahead.
    offset: f64,
}

impl Day {
    fn minute(&self, utc: f64) -> i32 {
        libm::floor((utc + self.offset + 10.0 * MINUTES) % MINUTES) as i32
    }
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

/// Rising and setting on the local day; `None` without time or position, and where the sun does
/// not rise or set.
fn day(device: &mut Device<'_>) -> Option<Day> {
    let now = device.board.epoch_ms()?;
    let fix = device.board.fix()?;
    let offset = i64::from(device.board.utc_offset()) * 1000;
    let midnight = (now.saturating_add(offset)).div_euclid(86_400_000) * 86_400_000 - offset;
    let rise_set = rise_and_set(days(midnight) + 0.5, fix.lat.into(), fix.lon.into())?;
    Some(Day { sunrise: rise_set.0, sunset: rise_set.1, offset: offset as f64 / 60_000.0 })
}

/// Minutes of UTC of sunrise and sunset on the day whose noon is `noon`.
fn rise_and_set(noon: f64, lat: f64, lon: f64) -> Option<(f64, f64)> {
    let event = |side: f64| {
        let mut at = MINUTES / 2.0;
        // The sun moves on while the day passes: the second round takes its place at the event.
        for _ in 0..2 {
            let sun = sun(noon + (at - MINUTES / 2.0) / MINUTES);
            let lat = lat.to_radians();
            let cosine = libm::cos((90.0 + HORIZON_DIP).to_radians())
                / (libm::cos(lat) * libm::cos(sun.declination))
                - libm::tan(lat) * libm::tan(sun.declination);
            if !(-1.0..=1.0).contains(&cosine) {
                return None;
            }
            at = 720.0 - 4.0 * (lon + side * libm::acos(cosine).to_degrees()) - sun.equation;
        }
        Some(at)
    };
    Some((event(1.0)?, event(-1.0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon UTC of 2024-06-20, a solstice, in days since 2000-01-01 12:00.
    const SOLSTICE: f64 = 8_937.0;

    #[test]
    fn summer_solstice_in_greenwich() {
        let sun = sun(SOLSTICE);
        assert!((sun.declination.to_degrees() - 23.44).abs() < 0.01);
        assert!((sun.equation + 1.8).abs() < 0.2);
        // Published times: 03:43 and 20:22 UTC (51.48 N, 0 W).
        let (rise, set) = rise_and_set(SOLSTICE, 51.48, 0.0).unwrap();
        assert!((rise - 223.0).abs() < 2.0, "{rise}");
        assert!((set - 1_222.0).abs() < 2.0, "{set}");
    }

    #[test]
    fn no_sunrise_near_the_pole() {
        assert!(rise_and_set(SOLSTICE, 80.0, 0.0).is_none());
    }

    #[test]
    fn noon_is_in_the_south_and_highest() {
        let sky = place(&sun(SOLSTICE), 51.48f64.to_radians(), 0.0);
        assert!((sky.azimuth - 180.0).abs() < 0.01);
        assert!((sky.elevation - (90.0 - 51.48 + 23.44)).abs() < 0.02);
    }
}
