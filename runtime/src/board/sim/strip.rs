//! The LED strip as cells of colour in a terminal: one line a channel, drawn over itself.

use crate::board::{CHANNELS, Rgb};
use std::fmt::Write as _;
use std::io::Write;
use std::time::{Duration, Instant};

/// Time between two pictures.
const FRAME: Duration = Duration::from_millis(super::FRAME_MS);

/// What was drawn, and what waits to be.
#[derive(Default)]
pub(super) struct Painter {
    channels: [Vec<Rgb>; CHANNELS as usize],
    lines: usize,
    last: Option<Instant>,
    waiting: bool,
}

impl Painter {
    pub(super) fn show(&mut self, out: &mut dyn Write, channel: u32, pixels: &[Rgb]) {
        if let Some(kept) = self.channels.get_mut((channel as usize).wrapping_sub(1)) {
            pixels.clone_into(kept);
            self.waiting = true;
        }
        if self.last.is_none_or(|last| last.elapsed() >= FRAME) {
            self.draw(out);
        }
    }

    /// Draws what waits; the picture stays where it is.
    pub(super) fn leave(&mut self, out: &mut dyn Write) {
        if self.waiting {
            self.draw(out);
        }
    }

    fn draw(&mut self, out: &mut dyn Write) {
        let mut text = String::new();
        if self.lines > 0 {
            // A String takes everything; so do the writes below.
            let _ = write!(text, "\x1b[{}A", self.lines);
        }
        let shown: Vec<_> = self.channels.iter().filter(|pixels| !pixels.is_empty()).collect();
        for pixels in &shown {
            text.push('\r');
            for Rgb { r, g, b } in *pixels {
                let _ = write!(text, "\x1b[48;2;{r};{g};{b}m ");
            }
            text.push_str("\x1b[0m\x1b[K\n");
        }
        self.lines = shown.len();
        self.last = Some(Instant::now());
        self.waiting = false;
        // A terminal that went away is noticed by the program's own output.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }
}
