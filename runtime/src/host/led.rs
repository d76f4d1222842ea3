//! LED channels: the host keeps the pixels, the board shows them.

use super::color::{GAMMA, hsv, rainbow};
use super::{Args, Calls, Device, Outcome, give, guest};
use crate::board::{Board, CHANNELS, Rgb};
use crate::engine::HostError;
use crate::memory::GuestMemory;
use ::alloc::{vec, vec::Vec};

pub(super) const CALLS: Calls = &[
    ("led_set_pixel", |d, a, _| set_pixel(d, a, rgb(a, 2))),
    ("led_fill", |d, a, _| fill(d, a, rgb(a, 1))),
    ("led_show", |d, _, _| {
        for (channel, pixels) in (1..).zip(&d.strips.channels) {
            if !pixels.is_empty() {
                d.board.show(channel, pixels);
            }
        }
        give(())
    }),
    ("led_count", |d, a, _| give(count(d.board, a.u32(0)) as u32)),
    ("led_set_pixel_hsv", |d, a, _| set_pixel(d, a, from_hsv(a, 2))),
    ("led_fill_hsv", |d, a, _| fill(d, a, from_hsv(a, 1))),
    ("hsv_to_rgb", |_, a, _| {
        let Rgb { r, g, b } = from_hsv(a, 0);
        give(pack([r, g, b]))
    }),
    ("rgb_to_hsv", |_, a, _| give(pack(hsv(rgb(a, 0))))),
    ("led_gamma8", |_, a, _| give(u32::from(GAMMA[a.i32(0).clamp(0, 255) as usize]))),
    ("led_set_gamma", |d, a, _| {
        d.strips.gamma = a.i32(0) != 0;
        give(())
    }),
    ("led_shift", |d, a, _| {
        let color = d.strips.corrected(rgb(a, 2));
        let pixels = d.strips.channel(d.board, a.u32(0));
        let by = (a.i32(1).unsigned_abs() as usize).min(pixels.len());
        if a.i32(1) >= 0 {
            pixels.rotate_right(by);
            pixels[..by].fill(color);
        } else {
            pixels.rotate_left(by);
            let kept = pixels.len() - by;
            pixels[kept..].fill(color);
        }
        give(())
    }),
    ("led_rotate", |d, a, _| {
        let pixels = d.strips.channel(d.board, a.u32(0));
        if !pixels.is_empty() {
            pixels.rotate_right(i64::from(a.i32(1)).rem_euclid(pixels.len() as i64) as usize);
        }
        give(())
    }),
    ("led_reverse", |d, a, _| {
        d.strips.channel(d.board, a.u32(0)).reverse();
        give(())
    }),
    ("led_set_buffer", set_buffer),
];

/// The pixels of all channels, as they will be shown next.
#[derive(Default)]
pub(super) struct Strips {
    channels: [Vec<Rgb>; CHANNELS as usize],
    gamma: bool,
}

impl Strips {
    /// The pixels of a channel, made at first use; none for a channel that is not there.
    pub(super) fn channel(&mut self, board: &dyn Board, channel: u32) -> &mut [Rgb] {
        let Some(pixels) = self.channels.get_mut((channel as usize).wrapping_sub(1)) else {
            return &mut [];
        };
        if pixels.is_empty() {
            *pixels = vec![Rgb::default(); board.led_count(channel)];
        }
        pixels
    }

    fn corrected(&self, color: Rgb) -> Rgb {
        let level = |c: u8| if self.gamma { GAMMA[usize::from(c)] } else { c };
        Rgb { r: level(color.r), g: level(color.g), b: level(color.b) }
    }
}

fn count(board: &dyn Board, channel: u32) -> usize {
    if (1..=CHANNELS).contains(&channel) { board.led_count(channel) } else { 0 }
}

/// Three arguments from `first` on, modulo 256.
fn rgb(a: Args<'_>, first: usize) -> Rgb {
    let level = |i| a.u32(first + i) as u8;
    Rgb { r: level(0), g: level(1), b: level(2) }
}

fn from_hsv(a: Args<'_>, first: usize) -> Rgb {
    let Rgb { r: h, g: s, b: v } = rgb(a, first);
    rainbow(h, s, v)
}

fn pack([high, middle, low]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, high, middle, low])
}

fn set_pixel(device: &mut Device<'_>, a: Args<'_>, color: Rgb) -> Outcome {
    let color = device.strips.corrected(color);
    let pixels = device.strips.channel(device.board, a.u32(0));
    if let Some(pixel) = pixels.get_mut(a.u32(1) as usize) {
        *pixel = color;
    }
    give(())
}

fn fill(device: &mut Device<'_>, a: Args<'_>, color: Rgb) -> Outcome {
    let color = device.strips.corrected(color);
    device.strips.channel(device.board, a.u32(0)).fill(color);
    give(())
}

fn set_buffer(device: &mut Device<'_>, a: Args<'_>, memory: &mut dyn GuestMemory) -> Outcome {
    let room = device.strips.channel(device.board, a.u32(0)).len();
    let wanted = (a.i32(2).max(0) as usize).min(room);
    // Where nothing is copied, any pointer will do.
    if wanted == 0 {
        return give(());
    }
    let Ok(bytes) = guest::bytes(memory, a.u32(1), 3 * wanted as u32) else {
        return Err(HostError::Trap("led_set_buffer of bytes outside memory".into()));
    };
    let colors: Vec<Rgb> = bytes
        .chunks_exact(3)
        .map(|c| device.strips.corrected(Rgb { r: c[0], g: c[1], b: c[2] }))
        .collect();
    device.strips.channel(device.board, a.u32(0))[..wanted].copy_from_slice(&colors);
    give(())
}
