//! Position and geometry on a sphere.

use super::{Calls, Device, Outcome, give};
use crate::board::Fix;

pub(super) const CALLS: Calls = &[
    ("get_lat", |d, _, _| last(d, |f| f.lat)),
    ("get_lon", |d, _, _| last(d, |f| f.lon)),
    ("get_alt", |d, _, _| last(d, |f| f.alt)),
    ("get_speed", |d, _, _| last(d, |f| f.speed)),
    ("get_dir", |d, _, _| last(d, |f| f.dir)),
    ("gps_valid", |d, _, _| give(d.board.fix().is_some())),
    ("gps_present", |d, _, _| give(d.board.has_gps())),
    ("get_origin_lat", |d, _, _| give(d.board.origin().0)),
    ("get_origin_lon", |d, _, _| give(d.board.origin().1)),
    ("has_origin", |d, _, _| give(leg(d).is_some())),
    ("origin_dist", |d, _, _| give(leg(d).map_or(0.0, |leg| leg.distance() as f32))),
    ("origin_bearing", |d, _, _| give(leg(d).map_or(0.0, |leg| leg.bearing() as f32))),
];

/// A part of the last position; 0 before the first fix.
fn last(device: &mut Device<'_>, part: impl Fn(Fix) -> f32) -> Outcome {
    give(part(device.board.last_fix().unwrap_or_default()))
}

/// From the origin to the position, in radians.
struct Leg {
    from: (f64, f64),
    to: (f64, f64),
}

fn leg(device: &mut Device<'_>) -> Option<Leg> {
    let fix = device.board.fix()?;
    let origin = device.board.origin();
    let radians =
        |(lat, lon): (f32, f32)| (f64::from(lat).to_radians(), f64::from(lon).to_radians());
    (origin != (0.0, 0.0)).then(|| Leg { from: radians(origin), to: radians((fix.lat, fix.lon)) })
}

/// Mean radius of the earth (IUGG), in metres.
const EARTH: f64 = 6_371_008.8;

impl Leg {
    /// Great-circle distance in metres (haversine).
    fn distance(&self) -> f64 {
        let half = |a: f64, b: f64| libm::sin((b - a) / 2.0);
        let (lat, lon) = (half(self.from.0, self.to.0), half(self.from.1, self.to.1));
        let h = lat * lat + libm::cos(self.from.0) * libm::cos(self.to.0) * lon * lon;
        2.0 * EARTH * libm::asin(libm::sqrt(h.clamp(0.0, 1.0)))
    }

    /// Initial bearing in degrees, 0 to 360.
    fn bearing(&self) -> f64 {
        let turn = self.to.1 - self.from.1;
        let y = libm::sin(turn) * libm::cos(self.to.0);
        let x = libm::cos(self.from.0) * libm::sin(self.to.0)
            - libm::sin(self.from.0) * libm::cos(self.to.0) * libm::cos(turn);
        libm::fmod(libm::atan2(y, x).to_degrees() + 360.0, 360.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_degree_of_longitude_at_the_equator() {
        let leg = Leg { from: (0.0, 0.0), to: (0.0, 1f64.to_radians()) };
        assert!((leg.distance() - 111_195.0).abs() < 1.0);
        assert!((leg.bearing() - 90.0).abs() < 1e-9);
        let back = Leg { from: leg.to, to: leg.from };
        assert!((back.bearing() - 270.0).abs() < 1e-9);
    }
}
