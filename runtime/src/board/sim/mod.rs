//! The desktop as a board: the terminal is its console, a thread reads its input, its clock is
//! real or virtual, its strip is drawn in the terminal, its files are a folder or only in RAM.

mod console;
mod folder;
mod record;
mod scenario;
mod strip;
#[cfg(test)]
mod tests;

pub use console::Source;
pub use folder::Folder;
pub use record::Recorder;
pub use scenario::Scenario;

use super::{
    CHANNELS, Clock, Console, Entry, Environment, Failed, FileId, Fix, Key, Leds, Motion, Params,
    Pins, RamDisk, Rgb, Sensors, Storage,
};
use console::Input;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use strip::{Painter, terminal_size};
use wasm_common::abi::files::FileMode;
use wasm_common::cli::unless_closed;

/// Milliseconds between two pictures of the strip: 30 a second, as on the device.
const FRAME_MS: u64 = 33;

/// How a [`Sim`] shall be.
pub struct Setup {
    /// Where the console's input comes from.
    pub input: Box<dyn Read + Send>,
    /// What that is.
    pub source: Source,
    /// Writes what is read to `output` too, as a terminal does.
    pub echo: bool,
    /// Where program output goes.
    pub output: Box<dyn Write>,
    /// Where everything else goes.
    pub messages: Box<dyn Write>,
    /// Set by anybody who wants the program to stop.
    pub stop: Arc<AtomicBool>,
    /// Delays take no time and the clock moves only by them, so that runs repeat exactly.
    pub virtual_time: bool,
    /// Pixels on the channels.
    pub leds: [usize; CHANNELS as usize],
    /// Draws the pixels on `messages`.
    pub draw: bool,
    /// The file system.
    pub storage: Box<dyn Storage>,
    /// What is sensed.
    pub scenario: Scenario,
    /// Takes what the program shows and drives.
    pub recorder: Option<Recorder>,
    /// First state of the random numbers; `None` takes it from the clock.
    pub seed: Option<u64>,
}

impl Default for Setup {
    /// Nothing on the console, 50 pixels on channel 1, a megabyte of files in RAM, real time.
    fn default() -> Self {
        Self {
            input: Box::new(io::empty()),
            source: Source::default(),
            echo: false,
            output: Box::new(io::sink()),
            messages: Box::new(io::sink()),
            stop: Arc::default(),
            virtual_time: false,
            leds: [50, 0, 0, 0],
            draw: false,
            storage: Box::new(RamDisk::new(1 << 20)),
            scenario: Scenario::default(),
            recorder: None,
            seed: None,
        }
    }
}

/// The desktop as a board.
pub struct Sim {
    setup: Setup,
    input: Input,
    painter: Painter,
    /// Columns and lines of the terminal.
    size: fn() -> (usize, usize),
    started: Instant,
    /// Milliseconds slept, which is all the time there is when it is virtual.
    slept: u64,
    random: u64,
    params: [i32; 16],
    /// Seconds up to which the scenario has set parameters.
    params_until: f64,
    pins: [bool; 64],
    /// Why output cannot be written any more.
    lost: Option<io::Error>,
}

impl Sim {
    /// A board made as `setup` says.
    pub fn new(mut setup: Setup) -> Self {
        let input = std::mem::replace(&mut setup.input, Box::new(io::empty()));
        let (source, stop) = (setup.source, setup.stop.clone());
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let fixed = setup.seed.or(setup.virtual_time.then_some(0));
        Self {
            random: fixed.unwrap_or_else(|| now() as u64),
            setup,
            input: Input::new(input, source, stop),
            painter: Painter::default(),
            size: terminal_size,
            started: Instant::now(),
            slept: 0,
            params: [0; 16],
            params_until: f64::NEG_INFINITY,
            pins: [false; 64],
            lost: None,
        }
    }

    /// Ends a run: everything written is out, the last picture of the strip stays, the record is
    /// complete.
    ///
    /// # Errors
    /// When the output could not be written, or the record is not complete. A reader who went away
    /// has seen enough.
    pub fn finish(&mut self) -> Result<(), String> {
        self.flush();
        if self.setup.draw {
            self.painter.leave(&mut self.setup.messages, (self.size)());
        }
        let recorded = self.setup.recorder.take().map_or(Ok(()), |mut recorder| recorder.finish());
        recorded.map_err(|error| format!("recording: {error}"))?;
        unless_closed(self.lost.take().map_or(Ok(()), Err))
            .map_err(|error| format!("output: {error}"))
    }

    fn second(&mut self) -> f64 {
        self.uptime_ms() as f64 / 1000.0
    }

    /// Output that cannot be written is a reason to stop.
    fn checked(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.stop();
            self.lost.get_or_insert(error);
        }
    }

    fn stop(&self) {
        self.setup.stop.store(true, Ordering::Relaxed);
    }

    /// Passes on what the program wrote, and takes the strip away: what somebody else writes to the
    /// terminal next finds the cursor after the text.
    pub fn flush(&mut self) {
        self.pass_on();
        if self.setup.draw {
            self.painter.hide(&mut self.setup.messages);
        }
    }

    fn pass_on(&mut self) {
        let result = self.setup.output.flush();
        self.checked(result);
    }

    /// A key that came with a line: the terminal has echoed its end.
    fn typed(&mut self, key: Key) -> Key {
        if self.setup.source == Source::Lines && matches!(key, Key::Byte(_)) {
            self.painter.typed(&mut self.setup.messages);
        }
        key
    }

    /// Draws what waits to be drawn.
    fn paint(&mut self) {
        if self.setup.draw && self.painter.waiting() {
            self.pass_on();
            let now = self.started.elapsed().as_millis() as u64;
            self.painter.draw(&mut self.setup.messages, now, (self.size)());
        }
    }

    /// The same, when its time has come.
    fn paint_if_due(&mut self) {
        if self.painter.due(self.started.elapsed().as_millis() as u64) {
            self.paint();
        }
    }

    /// Sets the parameters that the scenario has set since this was asked last.
    fn catch_up(&mut self) {
        let now = self.second();
        for (id, value) in self.setup.scenario.params(self.params_until, now) {
            if let Some(param) = self.params.get_mut(id as usize) {
                *param = value;
            }
        }
        self.params_until = now;
    }

    fn stopped(&self) -> bool {
        self.setup.stop.load(Ordering::Relaxed)
    }
}

impl Console for Sim {
    fn write(&mut self, bytes: &[u8]) {
        if self.setup.draw {
            self.painter.text(&mut self.setup.messages, bytes);
        }
        let result = self.setup.output.write_all(bytes);
        self.checked(result);
        self.paint_if_due();
    }

    fn write_error(&mut self, bytes: &[u8]) {
        self.pass_on();
        if self.setup.draw {
            self.painter.text(&mut self.setup.messages, bytes);
        }
        let result = self.setup.messages.write_all(bytes);
        self.checked(result);
    }

    fn read(&mut self, into: &mut [u8]) -> usize {
        self.pass_on();
        // It may wait for long.
        self.paint();
        let (output, mut echoed) = (&mut self.setup.output, Ok(()));
        let len = self.input.read(into, |bytes| {
            let shown = output.write_all(bytes).and_then(|()| output.flush());
            echoed = std::mem::replace(&mut echoed, Ok(())).and(shown);
        });
        self.checked(echoed);
        self.painter.typed(&mut self.setup.messages);
        if self.setup.echo {
            self.write(&into[..len]);
        }
        len
    }

    fn key(&mut self) -> Key {
        self.pass_on();
        let key = if self.lost.is_some() { Key::End } else { self.input.key() };
        self.typed(key)
    }

    fn wait_key(&mut self) -> Key {
        self.pass_on();
        self.paint();
        let key = if self.lost.is_some() { Key::End } else { self.input.wait_key() };
        self.typed(key)
    }

    /// A script is shown as a whole, whoever reads it.
    fn columns(&self) -> usize {
        match self.setup.source {
            Source::Keyboard => (self.size)().0,
            Source::Lines | Source::Script => usize::MAX,
        }
    }

    fn let_ctrl_c_stop(&mut self, on: bool) {
        if self.lost.is_none() {
            self.input.let_ctrl_c_stop(on);
        }
    }
}

/// Longest sleep between looks at the stop flag.
const NAP: Duration = Duration::from_millis(10);

impl Clock for Sim {
    fn uptime_ms(&mut self) -> u64 {
        if self.setup.virtual_time { self.slept } else { self.started.elapsed().as_millis() as u64 }
    }

    fn epoch_ms(&mut self) -> Option<i64> {
        /// 2025-01-01 00:00 UTC: when virtual time begins.
        const VIRTUAL_START: i64 = 1_735_689_600_000;
        let given = self.setup.scenario.start_ms;
        if let Some(start) = given.or(self.setup.virtual_time.then_some(VIRTUAL_START)) {
            return Some(start.saturating_add_unsigned(self.uptime_ms()));
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(now.as_millis()).ok()
    }

    fn utc_offset(&mut self) -> i32 {
        self.setup.scenario.utc_offset
    }

    fn sleep(&mut self, ms: u64) {
        self.slept = self.slept.saturating_add(ms);
        if self.setup.virtual_time {
            return;
        }
        self.pass_on();
        let start = Instant::now();
        let wanted = Duration::from_millis(ms);
        while !self.stopped() {
            // What was shown too soon after another picture waits for its time.
            self.paint_if_due();
            let left = wanted.saturating_sub(start.elapsed());
            if left.is_zero() {
                break;
            }
            std::thread::sleep(left.min(NAP));
        }
    }

    /// Asked for every now and then, so what waits to be drawn is looked after here too.
    fn stop_requested(&mut self) -> bool {
        self.paint_if_due();
        self.stopped()
    }

    /// SplitMix64: repeatable from its seed.
    fn random(&mut self) -> u32 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ z >> 31) >> 32) as u32
    }
}

impl Leds for Sim {
    fn led_count(&self, channel: u32) -> usize {
        self.setup.leds.get((channel as usize).wrapping_sub(1)).copied().unwrap_or(0)
    }

    fn show(&mut self, channel: u32, pixels: &[Rgb]) {
        let ms = self.uptime_ms();
        if let Some(recorder) = &mut self.setup.recorder
            && !recorder.show(ms, channel, pixels)
        {
            self.stop();
        }
        if self.setup.draw {
            // Not drawn yet: other channels may follow, and everything that takes time looks.
            self.painter.show(channel, pixels);
        }
    }
}

impl Pins for Sim {
    fn set_pin(&mut self, gpio: u32, high: bool) {
        let ms = self.uptime_ms();
        if let Some(recorder) = &mut self.setup.recorder
            && !recorder.pin(ms, gpio, high)
        {
            self.stop();
        }
        if let Some(pin) = self.pins.get_mut(gpio as usize) {
            *pin = high;
        }
    }

    fn pin(&mut self, gpio: u32) -> bool {
        let second = self.second();
        let driven = self.setup.scenario.pin(gpio, second);
        driven.unwrap_or_else(|| self.pins.get(gpio as usize).copied().unwrap_or(false))
    }

    fn analog(&mut self, gpio: u32) -> u16 {
        let second = self.second();
        self.setup.scenario.analog(gpio, second)
    }
}

impl Sensors for Sim {
    fn has_gps(&self) -> bool {
        self.setup.scenario.has_gps()
    }

    fn fix(&mut self) -> Option<Fix> {
        let second = self.second();
        self.setup.scenario.fix(second)
    }

    fn last_fix(&mut self) -> Option<Fix> {
        let second = self.second();
        self.setup.scenario.last_fix(second)
    }

    fn origin(&self) -> (f32, f32) {
        self.setup.scenario.origin
    }

    /// The pulse comes with every full second.
    fn next_pulse_ms(&mut self) -> Option<u64> {
        self.fix()?;
        Some(1000 - self.uptime_ms() % 1000)
    }

    fn motion(&mut self) -> Option<Motion> {
        let second = self.second();
        self.setup.scenario.motion(second)
    }

    fn environment(&mut self) -> Environment {
        let second = self.second();
        self.setup.scenario.environment(second)
    }

    fn cue_ms(&mut self) -> Option<u64> {
        let second = self.second();
        self.setup.scenario.cue_ms(second)
    }
}

impl Params for Sim {
    fn param(&mut self, id: u32) -> i32 {
        self.catch_up();
        self.params.get(id as usize).copied().unwrap_or(0)
    }

    fn set_param(&mut self, id: u32, value: i32) {
        // What the device set earlier must not come over this later.
        self.catch_up();
        if let Some(param) = self.params.get_mut(id as usize) {
            *param = value;
        }
    }
}

impl Storage for Sim {
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        self.setup.storage.open(path, mode)
    }

    fn close(&mut self, file: FileId) {
        self.setup.storage.close(file);
    }

    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        self.setup.storage.read_at(file, offset, into)
    }

    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        self.setup.storage.write_at(file, offset, from)
    }

    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        self.setup.storage.size(file)
    }

    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        self.setup.storage.set_size(file, size)
    }

    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        self.setup.storage.flush(file)
    }

    fn remove(&mut self, path: &str) -> Result<(), Failed> {
        self.setup.storage.remove(path)
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        self.setup.storage.rename(from, to)
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        self.setup.storage.make_dir(path)
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        self.setup.storage.remove_dir(path)
    }

    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        self.setup.storage.stat(path)
    }

    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        self.setup.storage.entry(path, index)
    }

    fn capacity(&mut self) -> Option<(u64, u64)> {
        self.setup.storage.capacity()
    }
}
