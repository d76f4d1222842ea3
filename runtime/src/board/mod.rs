//! What a device is made of, as the host imports see it: one trait a thing.
//!
//! Every method has a default, which is the smallest device: no strip, no pins, no sensors, no
//! files, nothing to read. [`Null`] is that device; a real board overrides what it has.
//!
//! Invariant: no method waits, but [`Clock::sleep`], [`Console::read`] and [`Console::wait_key`],
//! and the first two end when a stop is asked for.

mod handles;
mod listing;
mod null;
pub mod path;
mod ram_disk;
#[cfg(feature = "std")]
pub mod sim;
pub mod typing;

pub use handles::Handles;
pub use null::Null;
pub use ram_disk::RamDisk;

use alloc::string::String;
use wasm_common::abi::files::FileMode;

/// Where text goes and comes from.
pub trait Console {
    /// Program output.
    fn write(&mut self, bytes: &[u8]) {
        let _ = bytes;
    }

    /// Error output.
    fn write_error(&mut self, bytes: &[u8]) {
        self.write(bytes);
    }

    /// Waits until there is input and reads at most to the end of a line (which is read too);
    /// 0 bytes at the end of input, or when a stop was asked for.
    fn read(&mut self, into: &mut [u8]) -> usize {
        let _ = into;
        0
    }

    /// The next byte of input, if one is there.
    fn key(&mut self) -> Key {
        Key::End
    }

    /// The next byte of input, waiting for it; a board that cannot wait gives `None`.
    fn wait_key(&mut self) -> Key {
        self.key()
    }

    /// Columns of the terminal.
    fn columns(&self) -> usize {
        80
    }

    /// Whether Ctrl-C asks what runs to stop, from now on, or is a key like others. At each change a
    /// stop that was asked for is over, and what was typed before it is gone.
    fn let_ctrl_c_stop(&mut self, on: bool) {
        let _ = on;
    }
}

/// What waits on the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// This byte.
    Byte(u8),
    /// Nothing yet.
    None,
    /// Nothing, ever again.
    End,
}

/// Time, and the request to stop.
pub trait Clock {
    /// Milliseconds since boot.
    fn uptime_ms(&mut self) -> u64 {
        0
    }

    /// Milliseconds since 1970-01-01 00:00 UTC, when a source of it is there.
    fn epoch_ms(&mut self) -> Option<i64> {
        None
    }

    /// Seconds that local time is ahead of UTC.
    fn utc_offset(&mut self) -> i32 {
        0
    }

    /// Waits; less when a stop is asked for.
    fn sleep(&mut self, ms: u64) {
        let _ = ms;
    }

    /// Whether somebody asked the program to stop.
    fn stop_requested(&mut self) -> bool {
        false
    }

    /// 32 random bits; always the same on a board without a source of chance.
    fn random(&mut self) -> u32 {
        0
    }
}

/// A colour as the strip gets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

/// LED channels, numbered from 1 to [`CHANNELS`].
pub trait Leds {
    /// Pixels on a channel.
    fn led_count(&self, channel: u32) -> usize {
        let _ = channel;
        0
    }

    /// The pixels of a channel are to be shown.
    fn show(&mut self, channel: u32, pixels: &[Rgb]) {
        let _ = (channel, pixels);
    }
}

/// LED channels of a device.
pub const CHANNELS: u32 = 4;

/// Pins that a device can have: GPIO 0 to 48, as on an ESP32-S3.
pub const PINS: u32 = 49;

/// Pins, by GPIO number; the host lets through only numbers that a device can have.
pub trait Pins {
    /// Makes the pin an output of this level.
    fn set_pin(&mut self, gpio: u32, high: bool) {
        let _ = (gpio, high);
    }

    /// Makes the pin an input and reads it.
    fn pin(&mut self, gpio: u32) -> bool {
        let _ = gpio;
        false
    }

    /// Reads the pin's voltage, 0 to 4095.
    fn analog(&mut self, gpio: u32) -> u16 {
        let _ = gpio;
        0
    }
}

/// A position.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fix {
    /// Degrees, north positive.
    pub lat: f32,
    /// Degrees, east positive.
    pub lon: f32,
    /// Metres.
    pub alt: f32,
    /// Kilometres an hour.
    pub speed: f32,
    /// Course in degrees.
    pub dir: f32,
}

/// Attitude and acceleration.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Motion {
    /// Degrees.
    pub roll: f32,
    /// Degrees.
    pub pitch: f32,
    /// Degrees.
    pub yaw: f32,
    /// g along x, y, z.
    pub acc: [f32; 3],
}

/// Slow sensors; `None` where there is no sensor.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Environment {
    /// Degrees Celsius.
    pub temperature: Option<f32>,
    /// Percent.
    pub humidity: Option<f32>,
    /// Lux.
    pub brightness: Option<f32>,
    /// Volts.
    pub battery_voltage: Option<f32>,
    /// Volts.
    pub solar_voltage: Option<f32>,
    /// Percent.
    pub battery_percentage: Option<f32>,
    /// Minutes.
    pub battery_runtime: Option<f32>,
}

/// Sensors.
pub trait Sensors {
    /// Whether there is a GPS receiver.
    fn has_gps(&self) -> bool {
        false
    }

    /// The position, when there is a fix.
    fn fix(&mut self) -> Option<Fix> {
        None
    }

    /// The position when there was a fix last: the present one, or the one before it was lost.
    fn last_fix(&mut self) -> Option<Fix> {
        self.fix()
    }

    /// Latitude and longitude of the configured origin.
    fn origin(&self) -> (f32, f32) {
        (0.0, 0.0)
    }

    /// Milliseconds until the next edge of the GPS pulse; `None` without a fix.
    fn next_pulse_ms(&mut self) -> Option<u64> {
        None
    }

    /// Attitude, when there is an IMU.
    fn motion(&mut self) -> Option<Motion> {
        None
    }

    /// Slow sensors.
    fn environment(&mut self) -> Environment {
        Environment::default()
    }

    /// Milliseconds since the cue timeline started, while it plays.
    fn cue_ms(&mut self) -> Option<u64> {
        None
    }
}

/// Pins with an analog converter.
pub const ANALOG: core::ops::RangeInclusive<u32> = 1..=3;

/// Shared parameters of a device, numbered from 0.
pub const PARAMS: u32 = 16;

/// Shared parameters, which a program and the rest of the device exchange.
pub trait Params {
    /// Parameter `id`, 0 to 15.
    fn param(&mut self, id: u32) -> i32 {
        let _ = id;
        0
    }

    /// Sets it.
    fn set_param(&mut self, id: u32, value: i32) {
        let _ = (id, value);
    }
}

/// A file or directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Last component of its path.
    pub name: String,
    /// Is a directory.
    pub is_dir: bool,
    /// Bytes; 0 for a directory, `u32::MAX` for a file of more.
    pub size: u32,
    /// Seconds since 1970.
    pub modified: u32,
}

/// An operation on the file system that did not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// Number of an open file, chosen by the storage.
pub type FileId = u32;

/// The file system. Paths are absolute, `/` between components, checked by the host; slashes more
/// than one and at the end mean nothing. Files are read and written at offsets, so that a storage
/// keeps no positions; of a file longer than `u32::MAX` bytes it shows that many. A file that is
/// open is neither removed nor renamed, nor is the directory that it is in.
#[allow(clippy::missing_errors_doc, reason = "every error is `Failed`: there is no such thing")]
pub trait Storage {
    /// Opens a file.
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        let _ = (path, mode);
        Err(Failed)
    }

    /// Closes it.
    fn close(&mut self, file: FileId) {
        let _ = file;
    }

    /// Reads at `offset`; the bytes read, 0 at or past the end.
    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        let _ = (file, offset, into);
        Err(Failed)
    }

    /// Writes all of `from` at `offset`, which is no more than the size.
    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        let _ = (file, offset, from);
        Err(Failed)
    }

    /// Bytes in the file.
    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        let _ = file;
        Err(Failed)
    }

    /// Sets its size; what is new is zero.
    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        let _ = (file, size);
        Err(Failed)
    }

    /// Writes out what is buffered.
    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        let _ = file;
        Err(Failed)
    }

    /// Removes a file.
    fn remove(&mut self, path: &str) -> Result<(), Failed> {
        let _ = path;
        Err(Failed)
    }

    /// Renames a file or directory; a file goes if a file gets its name. Any other name that is
    /// there is refused, but for its own, which changes nothing.
    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let _ = (from, to);
        Err(Failed)
    }

    /// Makes a directory, in one that is there.
    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        let _ = path;
        Err(Failed)
    }

    /// Removes an empty directory, but never the root.
    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        let _ = path;
        Err(Failed)
    }

    /// What is at a path.
    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        let _ = path;
        Err(Failed)
    }

    /// Entry number `index` of a directory, in an order that stays while it is not changed; `None`
    /// past the last. `.` and `..` are not entries. Who walks a directory begins with 0: what was
    /// read then may serve the rest of the walk.
    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        let _ = (path, index);
        Err(Failed)
    }

    /// Bytes in all and free, when the storage is bounded.
    fn capacity(&mut self) -> Option<(u64, u64)> {
        None
    }
}

/// A whole device.
pub trait Board: Console + Clock + Leds + Pins + Sensors + Params + Storage {}

impl<T: Console + Clock + Leds + Pins + Sensors + Params + Storage> Board for T {}
