//! A scenario: what the simulated device senses over time, from a TOML file.
//!
//! ```toml
//! start = 2025-06-20T12:00:00Z  # when it is at boot, or seconds since 1970
//! utc_offset = 7200             # seconds that local time is ahead
//! [origin]
//! lat = 48.1
//! lon = 11.5
//! [gps]                         # a table that is not there is a sensor that is not there
//! lat = [[0, 48.10], [60, 48.12]]   # [second, value] pairs: straight between, constant outside
//! lon = 11.5                        # or one value for all time
//! [imu]                         # roll pitch yaw acc_x acc_y acc_z
//! [env]                         # temperature humidity brightness battery_voltage
//!                               # solar_voltage battery_percentage battery_runtime
//! [analog]                      # by pin: 0 to 4095
//! 1 = [[0, 0], [10, 4095]]
//! [pins]                        # by pin: level changes, 0 or 1, at the second given
//! 4 = [[0, 0], [2.5, 1]]
//! [params]                      # by number: the device sets it at the second given
//! 3 = [[5, 42]]
//! [cue]
//! start = 2.0                   # second at which the timeline starts to play
//! ```

use crate::board::{ANALOG, Environment, Fix, Motion, PARAMS, PINS};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use toml::value::{Datetime, Offset};
use toml::{Table, Value};

/// What is sensed, by time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    /// Milliseconds since 1970 at boot, if the file says so.
    pub start_ms: Option<i64>,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset: i32,
    /// Latitude and longitude of the origin.
    pub origin: (f32, f32),
    gps: Option<Tracks>,
    imu: Option<Tracks>,
    env: Tracks,
    analog: BTreeMap<u32, Track>,
    pins: BTreeMap<u32, Track>,
    params: BTreeMap<u32, Track>,
    cue_start: Option<f64>,
}

/// A value over time: pairs of second and value, by time.
#[derive(Clone, Debug, Default, PartialEq)]
struct Track(Vec<(f64, f64)>);

type Tracks = BTreeMap<String, Track>;

impl Track {
    /// The value at `second`, straight between pairs; 0 for an empty track.
    fn at(&self, second: f64) -> f64 {
        let after = self.0.partition_point(|&(time, _)| time <= second);
        match (after.checked_sub(1).map(|i| self.0[i]), self.0.get(after)) {
            (Some((t0, v0)), Some(&(t1, v1))) => v0 + (v1 - v0) * (second - t0) / (t1 - t0),
            (Some((_, value)), None) | (None, Some(&(_, value))) => value,
            (None, None) => 0.0,
        }
    }

    /// The last value given at or before `second`.
    fn step(&self, second: f64) -> Option<f64> {
        let after = self.0.partition_point(|&(time, _)| time <= second);
        after.checked_sub(1).map(|i| self.0[i].1)
    }

    /// The last moment, `second` at most, up to which the value given was not 0.
    fn on_until(&self, second: f64) -> Option<f64> {
        let after = self.0.partition_point(|&(time, _)| time <= second);
        let on = self.0[..after].iter().rposition(|&(_, value)| value != 0.0)?;
        Some(if on + 1 < after { self.0[on + 1].0 } else { second })
    }

    /// Values given after `from` and not after `to`, the last of them.
    fn change(&self, from: f64, to: f64) -> Option<f64> {
        let passed = |second| self.0.partition_point(|&(time, _)| time <= second);
        (passed(to) > passed(from)).then(|| self.0[passed(to) - 1].1)
    }
}

/// What a value can be.
type Limits = RangeInclusive<f64>;

/// The names that a table can have.
type Known = &'static [(&'static str, Limits)];

/// More than any sensor gives, and far from what an `f32` cannot hold.
const ANY: Limits = -1e9..=1e9;
const LAT: Limits = -90.0..=90.0;
/// A way across the date line goes on past 180, or begins before -180.
const LON: Limits = -360.0..=360.0;

const ORIGIN: Known = &[("lat", LAT), ("lon", LON)];
const GPS: Known =
    &[("lat", LAT), ("lon", LON), ("alt", ANY), ("speed", ANY), ("dir", ANY), ("fix", ANY)];
const IMU: Known =
    &[("roll", ANY), ("pitch", ANY), ("yaw", ANY), ("acc_x", ANY), ("acc_y", ANY), ("acc_z", ANY)];
const ENV: Known = &[
    ("temperature", ANY),
    ("humidity", ANY),
    ("brightness", ANY),
    ("battery_voltage", ANY),
    ("solar_voltage", ANY),
    ("battery_percentage", ANY),
    ("battery_runtime", ANY),
];
const CUE: Known = &[("start", ANY)];

/// Seconds since 1970 to the end of year 9999.
const START: Limits = 0.0..=253_402_300_799.0;
/// Seconds of a day, east and west.
const UTC_OFFSET: Limits = -86_400.0..=86_400.0;
const LEVEL: Limits = 0.0..=1.0;
const VOLTAGE: Limits = 0.0..=4095.0;
const PARAM: Limits = i32::MIN as f64..=i32::MAX as f64;

impl Scenario {
    /// Reads the text of a scenario file.
    ///
    /// # Errors
    /// What is wrong with it, and under which key.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: Table = text.parse().map_err(|error| format!("{error}"))?;
        let mut scenario = Self::default();
        for (key, value) in &table {
            scenario.entry(key, value).map_err(|error| format!("`{key}`: {error}"))?;
        }
        Ok(scenario)
    }

    fn entry(&mut self, key: &str, value: &Value) -> Result<(), String> {
        match key {
            "start" => self.start_ms = Some((start(value)? * 1000.0) as i64),
            "utc_offset" => self.utc_offset = number(value, &UTC_OFFSET)? as i32,
            "origin" => {
                let values = named(value, ORIGIN, number)?;
                let part = |name| values.get(name).copied().unwrap_or(0.0) as f32;
                self.origin = (part("lat"), part("lon"));
            }
            "gps" => self.gps = Some(named(value, GPS, track)?),
            "imu" => self.imu = Some(named(value, IMU, track)?),
            "env" => self.env = named(value, ENV, track)?,
            "analog" => self.analog = numbered(value, ANALOG, &VOLTAGE)?,
            "pins" => self.pins = numbered(value, 0..=PINS - 1, &LEVEL)?,
            "params" => self.params = numbered(value, 0..=PARAMS - 1, &PARAM)?,
            "cue" => self.cue_start = named(value, CUE, number)?.get("start").copied(),
            _ => {
                return Err("expected start, utc_offset, origin, gps, imu, env, analog, pins, \
                            params or cue"
                    .into());
            }
        }
        Ok(())
    }

    pub(super) fn has_gps(&self) -> bool {
        self.gps.is_some()
    }

    pub(super) fn fix(&self, second: f64) -> Option<Fix> {
        let gps = self.gps.as_ref()?;
        let fixed = gps.get("fix").is_none_or(|t| t.step(second).is_some_and(|f| f != 0.0));
        fixed.then(|| position(gps, second))
    }

    /// The position when there was a fix last.
    pub(super) fn last_fix(&self, second: f64) -> Option<Fix> {
        let gps = self.gps.as_ref()?;
        let until = gps.get("fix").map_or(Some(second), |t| t.on_until(second))?;
        Some(position(gps, until))
    }

    pub(super) fn motion(&self, second: f64) -> Option<Motion> {
        let imu = self.imu.as_ref()?;
        let part = |name| imu.get(name).map_or(0.0, |t: &Track| t.at(second)) as f32;
        Some(Motion {
            roll: part("roll"),
            pitch: part("pitch"),
            yaw: part("yaw"),
            acc: [part("acc_x"), part("acc_y"), part("acc_z")],
        })
    }

    pub(super) fn environment(&self, second: f64) -> Environment {
        let part = |name| self.env.get(name).map(|t: &Track| t.at(second) as f32);
        Environment {
            temperature: part("temperature"),
            humidity: part("humidity"),
            brightness: part("brightness"),
            battery_voltage: part("battery_voltage"),
            solar_voltage: part("solar_voltage"),
            battery_percentage: part("battery_percentage"),
            battery_runtime: part("battery_runtime"),
        }
    }

    pub(super) fn analog(&self, gpio: u32, second: f64) -> u16 {
        self.analog.get(&gpio).map_or(0, |t| t.at(second) as u16)
    }

    /// The level that the scenario gives a pin; `None` leaves it as the program set it.
    pub(super) fn pin(&self, gpio: u32, second: f64) -> Option<bool> {
        self.pins.get(&gpio)?.step(second).map(|level| level != 0.0)
    }

    /// Parameters that the device sets after second `from` and not after `to`.
    pub(super) fn params(&self, from: f64, to: f64) -> impl Iterator<Item = (u32, i32)> + '_ {
        self.params.iter().filter_map(move |(&id, t)| Some((id, t.change(from, to)? as i32)))
    }

    pub(super) fn cue_ms(&self, second: f64) -> Option<u64> {
        let playing = second - self.cue_start?;
        (playing >= 0.0).then_some((playing * 1000.0) as u64)
    }
}

fn position(gps: &Tracks, second: f64) -> Fix {
    let part = |name| gps.get(name).map_or(0.0, |t: &Track| t.at(second)) as f32;
    Fix {
        lat: part("lat"),
        lon: part("lon"),
        alt: part("alt"),
        speed: part("speed"),
        dir: part("dir"),
    }
}

fn number(value: &Value, limits: &Limits) -> Result<f64, String> {
    let number = match value {
        Value::Integer(n) => *n as f64,
        Value::Float(n) => *n,
        Value::Boolean(b) => f64::from(u8::from(*b)),
        _ => return Err(format!("expected a number, found {}", value.type_str())),
    };
    if !number.is_finite() {
        return Err(format!("expected a finite number, found {number}"));
    }
    if !limits.contains(&number) {
        let (start, end) = (limits.start(), limits.end());
        return Err(format!("expected {start} to {end}, found {number:?}"));
    }
    Ok(number)
}

/// Seconds since 1970.
fn start(value: &Value) -> Result<f64, String> {
    match value {
        Value::Datetime(moment) => number(&Value::Float(seconds(moment)?), &START),
        _ => number(value, &START),
    }
}

fn seconds(moment: &Datetime) -> Result<f64, String> {
    let Datetime { date: Some(date), time: Some(time), offset: Some(offset) } = moment else {
        return Err(format!(
            "expected date, time and zone, such as 2025-01-01T12:00:00Z, found {moment}"
        ));
    };
    // Years that begin in March put the leap day last; the epoch is day 719,468 after year 0.
    let (year, month) = (i64::from(date.year), i64::from(date.month));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5;
    let days = before + i64::from(date.day) - 1 - 719_468;
    let ahead = match offset {
        Offset::Z => 0,
        Offset::Custom { minutes } => i64::from(*minutes),
    };
    let minutes = (24 * days + i64::from(time.hour)) * 60 + i64::from(time.minute) - ahead;
    Ok(60.0 * minutes as f64 + f64::from(time.second) + f64::from(time.nanosecond) / 1e9)
}

fn track(value: &Value, limits: &Limits) -> Result<Track, String> {
    let Value::Array(pairs) = value else {
        // From boot on: a time that is later than none, which a change is looked for after.
        return Ok(Track(vec![(0.0, number(value, limits)?)]));
    };
    let mut track = Vec::new();
    for pair in pairs {
        let [time, value] = pair.as_array().map(Vec::as_slice).unwrap_or_default() else {
            return Err("expected pairs of second and value".into());
        };
        let pair = (number(time, &ANY)?, number(value, limits)?);
        if track.last().is_some_and(|&(last, _)| last >= pair.0) {
            return Err(format!("second {} does not come after the one before it", pair.0));
        }
        track.push(pair);
    }
    if track.is_empty() {
        return Err("expected at least one pair of second and value, such as [[0, 1]]".into());
    }
    Ok(Track(track))
}

fn table(value: &Value) -> Result<&Table, String> {
    value.as_table().ok_or_else(|| format!("expected a table, found {}", value.type_str()))
}

/// A table whose names are known, each read within its limits.
fn named<T>(
    value: &Value,
    known: Known,
    read: impl Fn(&Value, &Limits) -> Result<T, String>,
) -> Result<BTreeMap<String, T>, String> {
    let mut all = BTreeMap::new();
    for (name, value) in table(value)? {
        let Some((_, limits)) = known.iter().find(|(known, _)| known == name) else {
            let names: Vec<_> = known.iter().map(|&(name, _)| name).collect();
            return Err(format!("`{name}`: expected one of {}", names.join(", ")));
        };
        let read = read(value, limits).map_err(|error| format!("`{name}`: {error}"))?;
        all.insert(name.clone(), read);
    }
    Ok(all)
}

/// A table of tracks by number.
fn numbered(
    value: &Value,
    numbers: RangeInclusive<u32>,
    limits: &Limits,
) -> Result<BTreeMap<u32, Track>, String> {
    let mut tracks = BTreeMap::new();
    for (name, value) in table(value)? {
        let Some(number) = name.parse().ok().filter(|number| numbers.contains(number)) else {
            let (start, end) = (numbers.start(), numbers.end());
            return Err(format!("`{name}`: expected a number from {start} to {end}"));
        };
        let track = track(value, limits).map_err(|error| format!("`{name}`: {error}"))?;
        tracks.insert(number, track);
    }
    Ok(tracks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_over_time() {
        let s = Scenario::parse(
            "start = 10\n[gps]\nlat = [[10, 1.0], [20, 2.0]]\nlon = 7\nfix = [[5, 1], [30, 0]]\n\
             [env]\nhumidity = 40\n[pins]\n4 = [[2, 1]]\n[params]\n3 = [[1, 5], [2, 6]]\n\
             [cue]\nstart = 3\n",
        )
        .unwrap();
        assert_eq!(s.start_ms, Some(10_000));
        let lat = |second| s.fix(second).map(|f| f.lat);
        assert_eq!(
            [0.0, 5.0, 15.0, 25.0, 30.0].map(lat),
            [None, Some(1.0), Some(1.5), Some(2.0), None]
        );
        assert_eq!((s.pin(4, 1.0), s.pin(4, 2.0), s.pin(5, 9.0)), (None, Some(true), None));
        assert_eq!(s.params(0.0, 1.0).collect::<Vec<_>>(), [(3, 5)]);
        assert_eq!(s.params(0.5, 9.0).collect::<Vec<_>>(), [(3, 6)]);
        assert_eq!(s.params(2.0, 9.0).count(), 0);
        assert_eq!((s.cue_ms(2.0), s.cue_ms(4.5)), (None, Some(1500)));
        assert_eq!(s.environment(0.0).humidity, Some(40.0));
        assert!(s.motion(0.0).is_none() && s.has_gps());
    }

    #[test]
    fn a_start_is_a_number_or_a_date() {
        for (start, ms) in [
            ("1735689600", 1_735_689_600_000),
            ("1970-01-01T00:00:00Z", 0),
            ("2025-01-01T00:00:00Z", 1_735_689_600_000),
            ("2024-02-29 23:59:59.5+05:30", 1_709_231_399_500),
            ("2000-03-01T00:00:00-08:00", 951_897_600_000),
        ] {
            let scenario = Scenario::parse(&format!("start = {start}")).unwrap();
            assert_eq!(scenario.start_ms, Some(ms), "{start}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            ("[gps]\nlatt = 1", "`gps`: `latt`: expected one of lat"),
            ("[gps]\nlat = \"x\"", "`gps`: `lat`: expected a number, found string"),
            ("[gps]\nlat = [[2, 1], [1, 1]]", "second 1 does not come after"),
            ("[gps]\nlat = [[2]]", "pairs"),
            ("[gps]\nlat = []", "`gps`: `lat`: expected at least one pair"),
            ("[gps]\nlat = nan", "`lat`: expected a finite number, found NaN"),
            ("[gps]\nlat = [[0, 1], [5, 90.5]]", "`lat`: expected -90 to 90, found 90.5"),
            ("[gps]\nlon = 1e308", "`lon`: expected -360 to 360, found 1e308"),
            ("[gps]\nlat = [[inf, 1]]", "`lat`: expected a finite number, found inf"),
            ("[origin]\nlat = [[0, 1]]", "`origin`: `lat`: expected a number, found array"),
            ("[pins]\nx = 1", "`pins`: `x`: expected a number from 0 to 48"),
            ("[pins]\n60 = 1", "`pins`: `60`: expected a number from 0 to 48"),
            ("[pins]\n4 = 2", "`pins`: `4`: expected 0 to 1, found 2"),
            ("[params]\n20 = 1", "`params`: `20`: expected a number from 0 to 15"),
            ("[params]\n2 = 3e9", "`2`: expected -2147483648 to 2147483647, found 3000000000"),
            ("[analog]\n7 = 1", "`analog`: `7`: expected a number from 1 to 3"),
            ("[analog]\n1 = 4096", "`1`: expected 0 to 4095, found 4096"),
            ("start = 2025-01-01", "`start`: expected date, time and zone"),
            ("start = -1", "`start`: expected 0 to 253402300799, found -1"),
            ("utc_offset = 1e6", "`utc_offset`: expected -86400 to 86400"),
            ("gps = 1", "expected a table"),
            ("speed = 1", "`speed`: expected start"),
            ("x", "line 1"),
        ] {
            let error = Scenario::parse(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
