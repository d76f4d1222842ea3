//! The LED strip as cells of colour in a terminal, below the text.
//!
//! Between calls the cursor rests where the text ends, wherever that is, and the strip's rows lie
//! under it. So text needs no more than that the rows go before it comes; they are drawn again below
//! what was written.

use super::FRAME_MS;
use crate::board::{CHANNELS, Rgb};
use std::fmt::Write as _;
use std::io::Write;

/// What was drawn, and what waits to be.
pub(super) struct Painter {
    channels: [Vec<Rgb>; CHANNELS as usize],
    /// Whether there is something to draw that is not on the terminal.
    waiting: bool,
    drawn: bool,
    /// Millisecond of the last picture.
    last: Option<u64>,
    /// Whether the text ends with a line end.
    line_ended: bool,
}

impl Default for Painter {
    /// Nothing shown, nothing written.
    fn default() -> Self {
        let channels = Default::default();
        Self { channels, waiting: false, drawn: false, last: None, line_ended: true }
    }
}

impl Painter {
    /// The pixels of a channel are to be drawn.
    pub(super) fn show(&mut self, channel: u32, pixels: &[Rgb]) {
        if let Some(kept) = self.channels.get_mut((channel as usize).wrapping_sub(1)) {
            pixels.clone_into(kept);
            self.waiting = true;
        }
    }

    /// Whether something waits to be drawn.
    pub(super) fn waiting(&self) -> bool {
        self.waiting
    }

    /// Whether something waits, and the last picture was there long enough at millisecond `now`.
    pub(super) fn due(&self, now: u64) -> bool {
        self.waiting && self.last.is_none_or(|last| now.saturating_sub(last) >= FRAME_MS)
    }

    /// Makes way for text, which is written next.
    pub(super) fn text(&mut self, out: &mut dyn Write, text: &[u8]) {
        if let Some(last) = text.last() {
            self.hide(out);
            self.line_ended = *last == b'\n';
        }
    }

    /// Takes the strip away, until it is drawn again.
    pub(super) fn hide(&mut self, out: &mut dyn Write) {
        if self.drawn {
            send(out, self.erase());
        }
    }

    /// The same after somebody may have typed: the terminal's echo moved the cursor into the strip.
    pub(super) fn typed(&mut self, out: &mut dyn Write) {
        if self.drawn {
            self.erase();
            send(out, "\x1b[J");
        }
    }

    /// Draws the strip at millisecond `now`, on a terminal of that many columns and rows.
    pub(super) fn draw(&mut self, out: &mut dyn Write, now: u64, size: (usize, usize)) {
        let rows = self.rows(size);
        let mut text = String::from(if self.drawn { self.erase() } else { "" });
        if !rows.is_empty() {
            // Index down and cursor up make room and keep the column, also where the terminal
            // scrolls; a saved place would not scroll with it. A String takes every write.
            text.push_str(&"\x1bD".repeat(rows.len()));
            let _ = write!(text, "\x1b[{}A\x1b7", rows.len());
            rows.iter().for_each(|row| text.extend(["\r\n", row.as_str()]));
            text.push_str("\x1b8");
            self.drawn = true;
        }
        self.last = Some(now);
        self.waiting = false;
        send(out, &text);
    }

    /// Leaves the last picture for good, and the cursor below it.
    pub(super) fn leave(&mut self, out: &mut dyn Write, size: (usize, usize)) {
        self.hide(out);
        let rows = self.rows(size);
        let mut text = String::from(if self.line_ended || rows.is_empty() { "" } else { "\r\n" });
        rows.iter().for_each(|row| text.extend([row.as_str(), "\r\n"]));
        send(out, &text);
        *self = Self::default();
    }

    /// What takes the rows below the cursor away. Where no text is before it, the line is cleared
    /// too: a line end that was typed moved it from where it was.
    fn erase(&mut self) -> &'static str {
        self.drawn = false;
        self.waiting = true;
        let here = "\x1b[K\x1b7\x1b[B\r\x1b[J\x1b8";
        if self.line_ended { here } else { &here["\x1b[K".len()..] }
    }

    /// The channels in rows as wide as the terminal; no more than leave a line for the text.
    fn rows(&self, (columns, lines): (usize, usize)) -> Vec<String> {
        let cells = self.channels.iter().flat_map(|pixels| pixels.chunks(columns.max(1)));
        let rows = cells.take(lines.saturating_sub(1)).map(|pixels| {
            let mut row = String::new();
            for Rgb { r, g, b } in pixels {
                let _ = write!(row, "\x1b[48;2;{r};{g};{b}m ");
            }
            row + "\x1b[0m"
        });
        rows.collect()
    }
}

/// Columns and lines, as the terminal says; where it says nothing, what all once had.
pub(super) fn terminal_size() -> (usize, usize) {
    match crossterm::terminal::size() {
        Ok((columns @ 1.., lines @ 1..)) => (columns.into(), lines.into()),
        _ => (80, 24),
    }
}

/// A terminal that went away is noticed by the program's own output.
fn send(out: &mut dyn Write, text: &str) {
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
