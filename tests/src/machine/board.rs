//! A board for tests: output kept, input given, time that passes only when the program waits.

use runtime::board::{
    Clock, Console, Entry, Failed, FileId, Key, Leds, Params, Pins, Rgb, Sensors, Storage,
};
use std::collections::BTreeMap;
use wasm_common::abi::files::FileMode;

/// Everything that a run can see of the world, the same in every run.
#[derive(Clone, Debug, Default)]
pub struct BenchBoard {
    /// What the program printed, errors included.
    pub output: Vec<u8>,
    /// What it has not read yet of its input.
    pub input: Vec<u8>,
    /// Files by absolute path.
    pub files: BTreeMap<String, Vec<u8>>,
    dirs: Vec<String>,
    open: Vec<Option<String>>,
    now_ms: u64,
    params: [i32; 16],
    random: u32,
    /// The pixels last shown, by channel, up to the last that is lit.
    pub shown: BTreeMap<u32, Vec<Rgb>>,
}

/// Pixels on each of the four channels.
const PIXELS: [usize; 4] = [50, 30, 10, 0];

impl BenchBoard {
    /// A board whose console gives `input`, with these files.
    #[must_use]
    pub fn new(input: &[u8], files: &BTreeMap<String, Vec<u8>>) -> Self {
        Self { input: input.to_vec(), files: files.clone(), random: 1, ..Self::default() }
    }

    fn file(&mut self, id: FileId) -> Result<&mut Vec<u8>, Failed> {
        let path = self.open.get(id as usize).and_then(Option::as_ref).ok_or(Failed)?;
        self.files.get_mut(path).ok_or(Failed)
    }
}

impl Console for BenchBoard {
    fn write(&mut self, bytes: &[u8]) {
        self.output.extend_from_slice(bytes);
    }

    fn read(&mut self, into: &mut [u8]) -> usize {
        let line =
            self.input.iter().position(|&byte| byte == b'\n').map_or(self.input.len(), |at| at + 1);
        let len = line.min(into.len());
        into[..len].copy_from_slice(&self.input[..len]);
        self.input.drain(..len);
        len
    }

    fn key(&mut self) -> Key {
        if self.input.is_empty() { Key::End } else { Key::Byte(self.input.remove(0)) }
    }
}

impl Clock for BenchBoard {
    fn uptime_ms(&mut self) -> u64 {
        self.now_ms
    }

    fn epoch_ms(&mut self) -> Option<i64> {
        // 2026-11-20 12:00:00 UTC.
        Some(1_795_176_000_000 + self.now_ms as i64)
    }

    fn sleep(&mut self, ms: u64) {
        self.now_ms += ms;
    }

    fn random(&mut self) -> u32 {
        self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.random.rotate_left(16)
    }
}

impl Leds for BenchBoard {
    fn led_count(&self, channel: u32) -> usize {
        PIXELS.get(channel.wrapping_sub(1) as usize).copied().unwrap_or(0)
    }

    /// Says in the output what a strip shows when it changes, as the conez probes want it.
    fn show(&mut self, channel: u32, pixels: &[Rgb]) {
        let lit =
            pixels.len() - pixels.iter().rev().take_while(|&&rgb| rgb == Rgb::default()).count();
        let shown = pixels[..lit].to_vec();
        if self.shown.insert(channel, shown.clone()).unwrap_or_default() == shown {
            return;
        }
        let text = |rgb: &Rgb| format!(" {}/{}/{}", rgb.r, rgb.g, rgb.b);
        let pixels: String = shown.iter().map(text).collect();
        self.output.extend_from_slice(format!("[leds{pixels}]\n").as_bytes());
    }
}

impl Pins for BenchBoard {}
impl Sensors for BenchBoard {}

impl Params for BenchBoard {
    fn param(&mut self, id: u32) -> i32 {
        self.params.get(id as usize).copied().unwrap_or(0)
    }

    fn set_param(&mut self, id: u32, value: i32) {
        if let Some(param) = self.params.get_mut(id as usize) {
            *param = value;
        }
    }
}

impl Storage for BenchBoard {
    fn open(&mut self, path: &str, mode: FileMode) -> Result<FileId, Failed> {
        let fresh = match mode {
            FileMode::Write | FileMode::WriteUpdate => true,
            FileMode::Append | FileMode::AppendUpdate => !self.files.contains_key(path),
            FileMode::Read | FileMode::ReadUpdate => false,
        };
        if fresh {
            self.files.insert(path.into(), Vec::new());
        }
        if !self.files.contains_key(path) {
            return Err(Failed);
        }
        self.open.push(Some(path.into()));
        Ok(self.open.len() as FileId - 1)
    }

    fn close(&mut self, file: FileId) {
        if let Some(open) = self.open.get_mut(file as usize) {
            *open = None;
        }
    }

    fn read_at(&mut self, file: FileId, offset: u32, into: &mut [u8]) -> Result<usize, Failed> {
        let bytes = self.file(file)?.get(offset as usize..).unwrap_or(&[]);
        let len = bytes.len().min(into.len());
        into[..len].copy_from_slice(&bytes[..len]);
        Ok(len)
    }

    fn write_at(&mut self, file: FileId, offset: u32, from: &[u8]) -> Result<(), Failed> {
        let (bytes, end) = (self.file(file)?, offset as usize + from.len());
        if bytes.len() < end {
            bytes.resize(end, 0);
        }
        bytes[offset as usize..end].copy_from_slice(from);
        Ok(())
    }

    fn size(&mut self, file: FileId) -> Result<u32, Failed> {
        Ok(self.file(file)?.len() as u32)
    }

    fn set_size(&mut self, file: FileId, size: u32) -> Result<(), Failed> {
        self.file(file)?.resize(size as usize, 0);
        Ok(())
    }

    fn flush(&mut self, file: FileId) -> Result<(), Failed> {
        self.file(file).map(|_| ())
    }

    fn remove(&mut self, path: &str) -> Result<(), Failed> {
        self.files.remove(path).map(|_| ()).ok_or(Failed)
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let bytes = self.files.remove(from).ok_or(Failed)?;
        self.files.insert(to.into(), bytes);
        Ok(())
    }

    fn make_dir(&mut self, path: &str) -> Result<(), Failed> {
        if self.dirs.iter().any(|dir| dir == path) {
            return Err(Failed);
        }
        self.dirs.push(path.into());
        Ok(())
    }

    fn remove_dir(&mut self, path: &str) -> Result<(), Failed> {
        let at = self.dirs.iter().position(|dir| dir == path).ok_or(Failed)?;
        self.dirs.remove(at);
        Ok(())
    }

    fn stat(&mut self, path: &str) -> Result<Entry, Failed> {
        let name = path.rsplit('/').next().unwrap_or("").to_string();
        if self.dirs.iter().any(|dir| dir == path) {
            return Ok(Entry { name, is_dir: true, size: 0, modified: 0 });
        }
        let size = self.files.get(path).ok_or(Failed)?.len() as u32;
        Ok(Entry { name, is_dir: false, size, modified: 0 })
    }

    fn entry(&mut self, path: &str, index: usize) -> Result<Option<Entry>, Failed> {
        let prefix = format!("{}/", path.trim_end_matches('/'));
        let inside =
            |full: &&String| full.strip_prefix(&prefix).is_some_and(|rest| !rest.contains('/'));
        let names: Vec<String> =
            self.files.keys().chain(&self.dirs).filter(inside).cloned().collect();
        names.get(index).map(|full| self.stat(full)).transpose()
    }
}
