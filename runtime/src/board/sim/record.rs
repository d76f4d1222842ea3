//! Records what a run shows and does: as JSON lines, as an animated GIF, or as one PNG.

use crate::board::{CHANNELS, Rgb};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Pixels of the picture for one LED, along each side.
const CELL: usize = 8;
/// Pictures that a GIF or PNG takes at most: half an hour at 30 a second would be 54,000.
const MAX_FRAMES: usize = 20_000;

/// Takes what happens, in order of time.
pub struct Recorder {
    kind: Kind,
    channels: [Vec<Rgb>; CHANNELS as usize],
    frames: Vec<Frame>,
}

enum Kind {
    /// A line for each event.
    Lines(BufWriter<File>),
    /// Written at the end.
    Gif(File),
    /// Written at the end: a row of LEDs for each picture, time downwards.
    Png(File),
}

/// All channels, one after the other, at a time.
struct Frame {
    ms: u64,
    pixels: Vec<Rgb>,
}

impl Recorder {
    /// Records into a new file, in the format that its name ends with.
    ///
    /// # Errors
    /// When the file cannot be made, or its name ends with none of `.jsonl`, `.gif`, `.png`.
    pub fn new(path: &Path) -> io::Result<Self> {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        let kind = match extension {
            "jsonl" => Kind::Lines(BufWriter::new(File::create(path)?)),
            "gif" => Kind::Gif(File::create(path)?),
            "png" => Kind::Png(File::create(path)?),
            _ => {
                return Err(io::Error::other(
                    "expected a name that ends with .jsonl, .gif or .png",
                ));
            }
        };
        Ok(Self { kind, channels: Default::default(), frames: Vec::new() })
    }

    /// The pixels of a channel are shown.
    pub(super) fn show(&mut self, ms: u64, channel: u32, pixels: &[Rgb]) -> io::Result<()> {
        if let Kind::Lines(out) = &mut self.kind {
            let colors: Vec<String> =
                pixels.iter().map(|c| format!("\"{:02x}{:02x}{:02x}\"", c.r, c.g, c.b)).collect();
            let pixels = colors.join(",");
            return writeln!(out, "{{\"ms\":{ms},\"channel\":{channel},\"pixels\":[{pixels}]}}");
        }
        if let Some(kept) = self.channels.get_mut((channel as usize).wrapping_sub(1)) {
            pixels.clone_into(kept);
        }
        let pixels = self.channels.concat();
        // Channels shown at the same time make one picture.
        if self.frames.last().is_some_and(|last| last.ms == ms) {
            self.frames.pop();
        }
        if self.frames.len() < MAX_FRAMES {
            self.frames.push(Frame { ms, pixels });
        }
        Ok(())
    }

    /// A pin is driven.
    pub(super) fn pin(&mut self, ms: u64, gpio: u32, high: bool) -> io::Result<()> {
        match &mut self.kind {
            Kind::Lines(out) => {
                let level = u8::from(high);
                writeln!(out, "{{\"ms\":{ms},\"pin\":{gpio},\"level\":{level}}}")
            }
            Kind::Gif(_) | Kind::Png(_) => Ok(()),
        }
    }

    /// Writes what is still to be written.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        let width = self.frames.iter().map(|frame| frame.pixels.len()).max().unwrap_or(0);
        let frames = std::mem::take(&mut self.frames);
        match &mut self.kind {
            Kind::Lines(out) => out.flush(),
            _ if width == 0 => Ok(()),
            Kind::Gif(out) => gif(out, &frames, width),
            Kind::Png(out) => png(out, &frames, width),
        }
    }
}

/// One row of cells as RGB bytes, `width` LEDs wide.
fn row(frame: &Frame, width: usize) -> Vec<u8> {
    let mut row = Vec::with_capacity(3 * CELL * width);
    for i in 0..width {
        let Rgb { r, g, b } = frame.pixels.get(i).copied().unwrap_or_default();
        row.extend([r, g, b].repeat(CELL));
    }
    row
}

fn gif(out: &mut File, frames: &[Frame], width: usize) -> io::Result<()> {
    /// Hundredths of a second that the last picture stays.
    const LAST: u64 = 100;
    let too_wide = |_| io::Error::other("too many LEDs for a GIF");
    let wide = u16::try_from(CELL * width).map_err(too_wide)?;
    let mut encoder =
        gif::Encoder::new(BufWriter::new(out), wide, CELL as u16, &[]).map_err(io::Error::other)?;
    encoder.set_repeat(gif::Repeat::Infinite).map_err(io::Error::other)?;
    for (i, frame) in frames.iter().enumerate() {
        let rgb = row(frame, width).repeat(CELL);
        let mut picture = gif::Frame::from_rgb_speed(wide, CELL as u16, &rgb, 10);
        let next = frames.get(i + 1).map_or(frame.ms + 10 * LAST, |next| next.ms);
        // From the rounded start to the rounded end, so that rounding does not add up.
        picture.delay = u16::try_from(next / 10 - frame.ms / 10).unwrap_or(u16::MAX);
        encoder.write_frame(&picture).map_err(io::Error::other)?;
    }
    Ok(())
}

/// A PNG (ISO 15948) of 8-bit RGB without filters, in one IDAT chunk.
fn png(out: &mut File, frames: &[Frame], width: usize) -> io::Result<()> {
    let mut pixels = Vec::new();
    for frame in frames {
        let row = row(frame, width);
        pixels.push(0);
        pixels.extend(&row);
    }
    let too_large = |_| io::Error::other("too many LEDs or pictures for a PNG");
    let mut header = Vec::new();
    header.extend(u32::try_from(CELL * width).map_err(too_large)?.to_be_bytes());
    header.extend(u32::try_from(frames.len()).map_err(too_large)?.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    out.write_all(b"\x89PNG\r\n\x1a\n")?;
    chunk(out, *b"IHDR", &header)?;
    chunk(out, *b"IDAT", &miniz_oxide::deflate::compress_to_vec_zlib(&pixels, 6))?;
    chunk(out, *b"IEND", &[])
}

fn chunk(out: &mut File, name: [u8; 4], data: &[u8]) -> io::Result<()> {
    let mut bytes = name.to_vec();
    bytes.extend(data);
    let len = u32::try_from(data.len()).map_err(io::Error::other)?;
    out.write_all(&len.to_be_bytes())?;
    out.write_all(&bytes)?;
    out.write_all(&crate::host::crc32(&bytes).to_be_bytes())
}
