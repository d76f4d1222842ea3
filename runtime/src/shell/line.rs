//! One line of input with editing: arrows, Home and End, the usual control keys, history, Tab.
//!
//! In: bytes of a VT100-like terminal, one at a time. Out: the line, and what the terminal must
//! be sent to show it. Pure: no board, no waiting, so that every key sequence can be tested.
//!
//! Invariant: the cursor is on a character boundary, and the terminal shows prompt and line with
//! its cursor at ours after every key; of a line that is wider than the terminal, a part around it.

use super::history::History;
use alloc::{format, string::String, vec::Vec};
use unicode_width::UnicodeWidthChar;

/// Bytes a line can have.
pub(super) const MAX_LINE: usize = 512;

/// What a key led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Go on.
    None,
    /// Return: the line is complete.
    Done,
    /// Ctrl-C: the line is given up.
    Cancelled,
    /// Ctrl-D on an empty line.
    End,
    /// Tab: complete the word before the cursor.
    Complete,
}

/// Where we are in an escape sequence (ECMA-48, 5.4: ESC [ parameters final).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escape {
    None,
    Started,
    /// In the first parameter, which is this so far.
    Sequence(u8),
    /// Behind it.
    Modifiers(u8),
}

/// A line being edited.
#[derive(Debug)]
pub(super) struct Line {
    prompt: String,
    text: String,
    cursor: usize,
    /// Columns of the terminal.
    columns: usize,
    /// Where the part begins that is shown.
    shown: usize,
    /// Whether something did not fit into the line.
    is_cut: bool,
    escape: Escape,
    /// Bytes of a UTF-8 character that is not complete yet.
    partial: Vec<u8>,
    /// Which history entry is shown, counted from the newest; 0 is the line itself.
    recalled: usize,
    saved: String,
}

impl Line {
    /// An empty line behind `prompt` on a terminal of so many columns; `out` gets what shows it.
    pub(super) fn new(prompt: &str, columns: usize, out: &mut String) -> Self {
        out.push_str(prompt);
        Self {
            prompt: String::from(prompt),
            text: String::new(),
            cursor: 0,
            columns,
            shown: 0,
            is_cut: false,
            escape: Escape::None,
            partial: Vec::new(),
            recalled: 0,
            saved: String::new(),
        }
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether more was typed than a line can have.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The text before the cursor.
    pub(super) fn before_cursor(&self) -> &str {
        &self.text[..self.cursor]
    }

    /// Takes one byte from the terminal.
    pub(super) fn key(&mut self, byte: u8, history: &History, out: &mut String) -> Event {
        match (self.escape, byte) {
            (Escape::None, 0x1B) => self.escape = Escape::Started,
            (Escape::Started, b'[' | b'O') => self.escape = Escape::Sequence(0),
            (Escape::Sequence(number), b'0'..=b'9') => {
                let number = number.saturating_mul(10).saturating_add(byte - b'0');
                self.escape = Escape::Sequence(number);
            }
            (Escape::Sequence(number) | Escape::Modifiers(number), 0x20..=0x3F) => {
                self.escape = Escape::Modifiers(number);
            }
            (Escape::Sequence(number) | Escape::Modifiers(number), 0x40..=0x7E) => {
                self.escape = Escape::None;
                self.cursor_key(byte, number, history, out);
            }
            // No sequence: a key like any other.
            _ => {
                self.escape = Escape::None;
                return self.plain_key(byte, history, out);
            }
        }
        Event::None
    }

    fn cursor_key(&mut self, last: u8, number: u8, history: &History, out: &mut String) {
        match (last, number) {
            (b'A', _) => self.recall(self.recalled + 1, history, out),
            (b'B', _) => self.recall(self.recalled.wrapping_sub(1), history, out),
            (b'C', _) => self.move_to(self.next(), out),
            (b'D', _) => self.move_to(self.previous(), out),
            (b'H', _) | (b'~', 1 | 7) => self.move_to(0, out),
            (b'F', _) | (b'~', 4 | 8) => self.move_to(self.text.len(), out),
            (b'~', 3) => self.remove(self.cursor, self.next(), out),
            _ => {}
        }
    }

    fn plain_key(&mut self, byte: u8, history: &History, out: &mut String) -> Event {
        match byte {
            b'\r' | b'\n' => {
                out.push('\n');
                return Event::Done;
            }
            b'\t' => return Event::Complete,
            0x03 => {
                out.push_str("^C\n");
                return Event::Cancelled;
            }
            0x04 if self.text.is_empty() => return Event::End,
            0x04 => self.remove(self.cursor, self.next(), out),
            0x08 | 0x7F => self.remove(self.previous(), self.cursor, out),
            0x01 => self.move_to(0, out),
            0x05 => self.move_to(self.text.len(), out),
            0x02 => self.move_to(self.previous(), out),
            0x06 => self.move_to(self.next(), out),
            0x0B => self.remove(self.cursor, self.text.len(), out),
            0x15 => self.remove(0, self.cursor, out),
            0x17 => self.remove(self.word_start(), self.cursor, out),
            0x0C => {
                out.push_str("\x1b[2J\x1b[H");
                self.redraw(out);
            }
            0x10 => self.recall(self.recalled + 1, history, out),
            0x0E => self.recall(self.recalled.wrapping_sub(1), history, out),
            0x20..=0x7E => self.insert(char::from(byte).encode_utf8(&mut [0; 4]), out),
            0x80.. => self.utf8(byte, out),
            _ => {}
        }
        Event::None
    }

    /// Collects the bytes of a character; what is not UTF-8 is dropped.
    fn utf8(&mut self, byte: u8, out: &mut String) {
        if byte >= 0xC0 {
            self.partial.clear();
        }
        self.partial.push(byte);
        if let Ok(text) = core::str::from_utf8(&self.partial) {
            let text = String::from(text);
            self.partial.clear();
            self.insert(&text, out);
        } else if self.partial.len() >= 4 {
            self.partial.clear();
        }
    }

    /// Inserts at the cursor; what does not fit is left out, with a bell.
    pub(super) fn insert(&mut self, text: &str, out: &mut String) {
        if self.text.len() + text.len() > MAX_LINE {
            out.push_str(if self.is_cut { "" } else { "\x07" });
            self.is_cut = true;
            return;
        }
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        let at_end = self.cursor == self.text.len();
        if at_end && columns(&self.text[self.shown..]) <= self.room() {
            out.extend(text.chars().map(shown));
        } else {
            self.redraw(out);
        }
    }

    /// Columns for the line, so that the cursor fits behind its end.
    fn room(&self) -> usize {
        self.columns.saturating_sub(columns(&self.prompt) + 1).max(8)
    }

    /// Shows prompt and line again, as after a list of completions.
    pub(super) fn redraw(&mut self, out: &mut String) {
        let room = self.room();
        if columns(&self.text) <= room {
            self.shown = 0;
        } else if self.cursor < self.shown
            || !self.text.is_char_boundary(self.shown)
            || columns(&self.text[self.shown..self.cursor]) > room
        {
            // By half of the room, so that not every key moves all.
            self.shown = self.cursor - fitting(self.before_cursor().chars().rev(), room / 2);
        }
        let end = self.shown + fitting(self.text[self.shown..].chars(), room);
        let part = self.text[self.shown..end].chars().map(shown);
        out.push('\r');
        out.push_str(&self.prompt);
        out.extend(part);
        out.push_str("\x1b[K");
        match columns(&self.text[self.cursor..end]) {
            0 => {}
            behind => out.push_str(&format!("\x1b[{behind}D")),
        }
    }

    fn move_to(&mut self, cursor: usize, out: &mut String) {
        if cursor != self.cursor {
            self.cursor = cursor;
            self.redraw(out);
        }
    }

    fn remove(&mut self, start: usize, end: usize, out: &mut String) {
        if start < end {
            self.text.replace_range(start..end, "");
            self.cursor = start;
            self.is_cut = false;
            self.redraw(out);
        }
    }

    fn recall(&mut self, age: usize, history: &History, out: &mut String) {
        let Some(text) = (if age == 0 { Some(self.saved.as_str()) } else { history.get(age) })
        else {
            return;
        };
        let text = String::from(text);
        if self.recalled == 0 {
            self.saved = core::mem::take(&mut self.text);
        }
        self.text = text;
        self.is_cut = false;
        self.recalled = age;
        self.cursor = self.text.len();
        self.redraw(out);
    }

    fn next(&self) -> usize {
        self.text[self.cursor..].chars().next().map_or(self.cursor, |c| self.cursor + c.len_utf8())
    }

    fn previous(&self) -> usize {
        self.before_cursor().chars().next_back().map_or(0, |c| self.cursor - c.len_utf8())
    }

    fn word_start(&self) -> usize {
        last_word(self.before_cursor().trim_end())
    }
}

/// A character as the terminal gets it: one that takes the columns that we count.
fn shown(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

fn columns(text: &str) -> usize {
    text.chars().map(column_count).sum()
}

fn column_count(c: char) -> usize {
    shown(c).width().unwrap_or(0)
}

/// Bytes of as many characters as fit into so many columns.
fn fitting(chars: impl Iterator<Item = char>, room: usize) -> usize {
    let mut used = 0;
    let fit = chars.take_while(|&c| {
        used += column_count(c);
        used <= room
    });
    fit.map(char::len_utf8).sum()
}

/// Where the last word of `text` starts; at its end when that is a blank.
fn last_word(text: &str) -> usize {
    text.len() - text.rsplit(char::is_whitespace).next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(keys: &str, history: &History) -> (Line, Event) {
        let mut out = String::new();
        let mut line = Line::new("> ", 20, &mut out);
        let mut event = Event::None;
        for byte in keys.bytes() {
            event = line.key(byte, history, &mut out);
        }
        (line, event)
    }

    fn text(keys: &str) -> String {
        String::from(typed(keys, &History::default()).0.text())
    }

    #[test]
    fn editing_keys() {
        assert_eq!(text("helo\x1b[Dl"), "hello");
        assert_eq!(text("xab\x01\x04"), "ab");
        assert_eq!(text("abc\x7f\x7f"), "a");
        assert_eq!(text("one two\x17"), "one ");
        assert_eq!(text("abc\x02\x0b"), "ab");
        assert_eq!(text("abc\x1b[H\x1b[3~"), "bc");
        assert_eq!(text("gr\u{fc}n\x7f\x7f"), "gr");
        assert_eq!(typed("\x04", &History::default()).1, Event::End);
        assert_eq!(typed("ab\x03", &History::default()).1, Event::Cancelled);
    }

    #[test]
    fn arrows_recall_and_come_back() {
        let mut history = History::default();
        history.add("first");
        history.add("second");
        assert_eq!(typed("new\x1b[A", &history).0.text(), "second");
        assert_eq!(typed("new\x1b[A\x1b[A\x1b[A", &history).0.text(), "first");
        assert_eq!(typed("new\x1b[A\x1b[A\x1b[B\x1b[B", &history).0.text(), "new");
    }

    #[test]
    fn keys_without_meaning_do_nothing() {
        // F3, F11, Ctrl-Delete is Delete, an arrow with modifiers, a lone escape.
        assert_eq!(text("ab\x1b[H\x1b[13~\x1b[23~"), "ab");
        assert_eq!(text("ab\x1b[H\x1b[3;5~"), "b");
        assert_eq!(text("ab\x1b[1;5Dx"), "axb");
        assert_eq!(text("a\x1bb"), "ab");
    }

    #[test]
    fn a_line_that_is_too_long_is_known_to_be() {
        let long = "x".repeat(MAX_LINE + 1);
        assert!(typed(&long, &History::default()).0.is_cut());
        assert!(!typed(&(long + "\x7f"), &History::default()).0.is_cut());
    }

    #[test]
    fn a_wide_line_is_shown_in_part() {
        let mut out = String::new();
        let mut line = Line::new("> ", 20, &mut out);
        let mut press = |keys: &str| {
            out.clear();
            for key in keys.bytes() {
                line.key(key, &History::default(), &mut out);
            }
            out.clone()
        };
        press("abcdefghijklmnopq");
        assert_eq!(press("r"), "\r> klmnopqr\x1b[K");
        assert_eq!(press("\x01"), "\r> abcdefghijklmnopq\x1b[K\x1b[17D");
        press("\x0b");
        assert_eq!(press("\u{65e5}\u{672c}"), "\u{65e5}\u{672c}");
        assert_eq!(press("\x1b[D"), "\r> \u{65e5}\u{672c}\x1b[K\x1b[2D");
    }

    #[test]
    fn a_blank_of_two_bytes_ends_a_word() {
        assert_eq!(text("a\u{a0}b\x17"), "a\u{a0}");
    }

    proptest! {
        #[test]
        fn any_bytes_leave_a_valid_line(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut history = History::default();
            history.add("gr\u{fc}n");
            let mut out = String::new();
            let mut line = Line::new("> ", 20, &mut out);
            for byte in bytes {
                line.key(byte, &history, &mut out);
                prop_assert!(line.text.is_char_boundary(line.cursor));
                prop_assert!(line.text.len() <= MAX_LINE);
                line.redraw(&mut out);
                prop_assert!(line.shown <= line.cursor);
            }
        }
    }
}
