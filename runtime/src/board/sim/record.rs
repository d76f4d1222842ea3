//! Records what a run shows and does: as JSON lines, as an animated GIF, or as one PNG.
//!
//! JSON lines have every event, as it happens. A picture is written when the run ends: only then is
//! it known which channels it has.

use super::FRAME_MS;
use crate::board::{CHANNELS, Rgb};
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Pixels of the picture for one LED, along each side.
const CELL: usize = 8;
/// Pictures that a GIF or PNG takes at most: 11 minutes at 30 a second.
const MAX_FRAMES: usize = 20_000;
/// LEDs in all those pictures: 48 MiB of colours.
const MAX_LEDS: usize = 1 << 24;
/// LEDs side by side in a GIF, whose width has 16 bits.
const MAX_GIF: usize = u16::MAX as usize / CELL;

/// Takes what happens, in order of time. An error ends the recording, and is told by
/// [`Recorder::finish`].
pub struct Recorder {
    path: PathBuf,
    kind: Kind,
    /// JSON lines so far; the file is made with the first.
    lines: Option<BufWriter<File>>,
    channels: Pixels,
    frames: Vec<Frame>,
    /// LEDs in all `frames`.
    leds: usize,
    failed: Option<io::Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A line for each event.
    Lines,
    /// Written at the end.
    Gif,
    /// Written at the end: a row of LEDs for each picture, time downwards.
    Png,
}

impl Kind {
    /// What a file's name asks for.
    fn of(path: &Path) -> Result<Self, &'static str> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("jsonl") => Ok(Self::Lines),
            Some("gif") => Ok(Self::Gif),
            Some("png") => Ok(Self::Png),
            _ => Err("expected a name that ends with .jsonl, .gif or .png"),
        }
    }
}

type Pixels = [Vec<Rgb>; CHANNELS as usize];

/// All channels at a time.
struct Frame {
    ms: u64,
    channels: Pixels,
}

impl Recorder {
    /// Whether a file of this name can be recorded into.
    ///
    /// # Errors
    /// What name was expected.
    pub fn check_name(path: &Path) -> Result<(), &'static str> {
        Kind::of(path).map(|_| ())
    }

    /// Records into a file, in the format that its name ends with. It is made, or what it held
    /// replaced, when there is something to write.
    ///
    /// # Errors
    /// When the file cannot be made where it shall be, or its name ends with none of `.jsonl`,
    /// `.gif`, `.png`.
    pub fn new(path: &Path) -> io::Result<Self> {
        let kind = Kind::of(path).map_err(io::Error::other)?;
        if path.is_dir() {
            return Err(io::Error::other("expected a file, found a folder"));
        }
        let folder = path.parent().unwrap_or(path);
        if !folder.as_os_str().is_empty() && !folder.is_dir() {
            let message = format!("there is no folder {} to write it into", folder.display());
            return Err(io::Error::other(message));
        }
        Ok(Self {
            path: path.into(),
            kind,
            lines: None,
            channels: Pixels::default(),
            frames: Vec::new(),
            leds: 0,
            failed: None,
        })
    }

    /// The pixels of a channel are shown. Whether the run is to go on: not when a picture would be
    /// too wide, or nothing can be written.
    pub(super) fn show(&mut self, ms: u64, channel: u32, pixels: &[Rgb]) -> bool {
        if self.kind == Kind::Lines {
            let colors: Vec<String> =
                pixels.iter().map(|c| format!("\"{:02x}{:02x}{:02x}\"", c.r, c.g, c.b)).collect();
            let pixels = colors.join(",");
            return self
                .line(&format!("{{\"ms\":{ms},\"channel\":{channel},\"pixels\":[{pixels}]}}\n"));
        }
        if let Some(kept) = self.channels.get_mut((channel as usize).wrapping_sub(1)) {
            pixels.clone_into(kept);
        }
        let width = self.channels.iter().map(Vec::len).sum();
        if self.kind == Kind::Gif && width > MAX_GIF {
            return self.fail(io::Error::other(format!(
                "a GIF has {MAX_GIF} LEDs side by side at most, found {width}: record a .png or \
                 .jsonl, or fewer"
            )));
        }
        self.keep(ms, width);
        true
    }

    /// A pin is driven. Whether the run is to go on.
    pub(super) fn pin(&mut self, ms: u64, gpio: u32, high: bool) -> bool {
        let level = u8::from(high);
        self.kind != Kind::Lines
            || self.line(&format!("{{\"ms\":{ms},\"pin\":{gpio},\"level\":{level}}}\n"))
    }

    fn line(&mut self, line: &str) -> bool {
        let opened = match self.lines.take() {
            Some(lines) => Ok(lines),
            None => File::create(&self.path).map(BufWriter::new),
        };
        let written = opened.and_then(|mut lines| {
            lines.write_all(line.as_bytes())?;
            self.lines = Some(lines);
            Ok(())
        });
        written.map_or_else(|error| self.fail(error), |()| true)
    }

    /// Keeps the channels as a picture of `width` LEDs. One that follows sooner than the device
    /// shows pictures takes the place of the last; so channels shown at the same time make one.
    fn keep(&mut self, ms: u64, width: usize) {
        if self.failed.is_some() {
            return;
        }
        let replaced = self.frames.pop_if(|last| ms.saturating_sub(last.ms) < FRAME_MS);
        self.leds -= replaced.as_ref().map_or(0, Frame::leds);
        if self.frames.len() == MAX_FRAMES || self.leds + width > MAX_LEDS {
            let (taken, until) = (self.frames.len(), ms / 1000);
            self.fail(io::Error::other(format!(
                "it was full after {taken} pictures, at second {until}, and ends there: record \
                 less, or a .jsonl"
            )));
            return;
        }
        let ms = replaced.map_or(ms, |replaced| replaced.ms);
        self.frames.push(Frame { ms, channels: self.channels.clone() });
        self.leds += width;
    }

    /// Keeps the first error, and says that the run is not to go on.
    fn fail(&mut self, error: io::Error) -> bool {
        self.failed.get_or_insert(error);
        false
    }

    /// Writes what is still to be written.
    ///
    /// # Errors
    /// When nothing was shown, or not all of it is in the file.
    pub fn finish(&mut self) -> io::Result<()> {
        let frames = std::mem::take(&mut self.frames);
        let written = match (self.kind, self.lines.take()) {
            (Kind::Lines, Some(mut lines)) => lines.flush(),
            (Kind::Gif, _) if !frames.is_empty() => gif(&self.path, &frames),
            (Kind::Png, _) if !frames.is_empty() => png(&self.path, &frames),
            _ => Err(io::Error::other("nothing was shown, so nothing is written")),
        };
        let path = self.path.display();
        let outcome = self.failed.take().map_or(written, Err);
        outcome.map_err(|error| io::Error::other(format!("{path}: {error}")))
    }
}

impl Frame {
    fn leds(&self) -> usize {
        self.channels.iter().map(Vec::len).sum()
    }

    /// One row of cells as RGB bytes, each channel as wide as `widths` says.
    fn row(&self, widths: &Widths) -> Vec<u8> {
        let mut row = Vec::new();
        for (pixels, &width) in self.channels.iter().zip(widths) {
            for i in 0..width {
                let Rgb { r, g, b } = pixels.get(i).copied().unwrap_or_default();
                row.extend([r, g, b].repeat(CELL));
            }
        }
        row
    }
}

/// LEDs of each channel that was used at any time; so every channel has its place at all times.
type Widths = [usize; CHANNELS as usize];

fn widths(frames: &[Frame]) -> Widths {
    let mut widths = Widths::default();
    for frame in frames {
        for (width, pixels) in widths.iter_mut().zip(&frame.channels) {
            *width = pixels.len().max(*width);
        }
    }
    widths
}

fn gif(path: &Path, frames: &[Frame]) -> io::Result<()> {
    /// Hundredths of a second that the last picture stays.
    const LAST: u64 = 100;
    let widths = widths(frames);
    let wide = u16::try_from(CELL * widths.iter().sum::<usize>()).map_err(io::Error::other)?;
    let out = BufWriter::new(File::create(path)?);
    let mut encoder = gif::Encoder::new(out, wide, CELL as u16, &[]).map_err(io::Error::other)?;
    encoder.set_repeat(gif::Repeat::Infinite).map_err(io::Error::other)?;
    for (i, frame) in frames.iter().enumerate() {
        let rgb = frame.row(&widths).repeat(CELL);
        let mut picture = gif::Frame::from_rgb_speed(wide, CELL as u16, &rgb, 10);
        let next = frames.get(i + 1).map_or(frame.ms + 10 * LAST, |next| next.ms);
        // From the rounded start to the rounded end, so that rounding does not add up.
        picture.delay = u16::try_from(next / 10 - frame.ms / 10).unwrap_or(u16::MAX);
        encoder.write_frame(&picture).map_err(io::Error::other)?;
    }
    encoder.into_inner().map_err(io::Error::other)?.flush()
}

/// A PNG (ISO 15948) of 8-bit RGB without filters, in one IDAT chunk.
fn png(path: &Path, frames: &[Frame]) -> io::Result<()> {
    let widths = widths(frames);
    let wide = u32::try_from(CELL * widths.iter().sum::<usize>()).map_err(io::Error::other)?;
    let high = u32::try_from(frames.len()).map_err(io::Error::other)?;
    let mut header = Vec::new();
    header.extend(wide.to_be_bytes());
    header.extend(high.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(b"\x89PNG\r\n\x1a\n")?;
    chunk(&mut out, *b"IHDR", &header)?;
    chunk(&mut out, *b"IDAT", &packed(frames, &widths))?;
    chunk(&mut out, *b"IEND", &[])?;
    out.flush()
}

/// The rows as a zlib stream, packed one by one: unpacked, they may take half a gigabyte.
fn packed(frames: &[Frame], widths: &Widths) -> Vec<u8> {
    let (mut packer, mut packed) = (CompressorOxide::default(), Vec::new());
    let mut pack = |bytes: &[u8], flush| {
        compress_to_output(&mut packer, bytes, flush, |piece| {
            packed.extend_from_slice(piece);
            true
        })
    };
    for frame in frames {
        // No filter.
        pack(&[0], TDEFLFlush::None);
        pack(&frame.row(widths), TDEFLFlush::None);
    }
    pack(&[], TDEFLFlush::Finish);
    packed
}

fn chunk(out: &mut impl Write, name: [u8; 4], data: &[u8]) -> io::Result<()> {
    let mut bytes = name.to_vec();
    bytes.extend(data);
    let len = u32::try_from(data.len()).map_err(io::Error::other)?;
    out.write_all(&len.to_be_bytes())?;
    out.write_all(&bytes)?;
    out.write_all(&crate::host::crc32(&bytes).to_be_bytes())
}
