//! Lines for programs, from keys: what a board's console does whose terminal neither echoes nor
//! edits (a serial port, a terminal in raw mode).

use alloc::vec::Vec;

/// The key that asks a program to stop.
pub const CTRL_C: u8 = 3;

const BACKSPACE: u8 = 0x08;
const DELETE: u8 = 0x7F;

/// Bytes of a line; one that is longer is given in pieces.
const LONGEST: usize = 512;

/// A console's lines, which programs read in what pieces they like.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// The rest of a line that was ended, last byte first.
    rest: Vec<u8>,
}

impl Lines {
    /// Reads from a line, its end (always `\n`) included; the bytes read. A new line is edited until
    /// Return, or until `key` gives `None`; `echo` gets what the terminal shall show.
    pub fn read(
        &mut self,
        into: &mut [u8],
        key: impl FnMut() -> Option<u8>,
        echo: impl FnMut(&[u8]),
    ) -> usize {
        if self.rest.is_empty() {
            self.rest = edit(key, echo);
            self.rest.reverse();
        }
        let len = into.len().min(self.rest.len());
        into[..len].fill_with(|| self.rest.pop().unwrap_or(b'\n'));
        len
    }

    /// Forgets what was not read.
    pub fn clear(&mut self) {
        self.rest.clear();
    }
}

fn edit(mut key: impl FnMut() -> Option<u8>, mut echo: impl FnMut(&[u8])) -> Vec<u8> {
    let mut line = Vec::new();
    while line.len() < LONGEST {
        match key() {
            None => break,
            Some(BACKSPACE | DELETE) => {
                while line.last().is_some_and(|&byte| is_continuation(byte)) {
                    line.pop();
                }
                if line.pop().is_some() {
                    echo(b"\x08 \x08");
                }
            }
            Some(byte) => {
                let byte = if byte == b'\r' { b'\n' } else { byte };
                line.push(byte);
                echo(&[byte]);
                if byte == b'\n' {
                    break;
                }
            }
        }
    }
    line
}

/// Whether `byte` is not the first of a UTF-8 character.
fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Takes the line feed out of the pair that some terminals send for Return.
#[derive(Clone, Copy, Debug, Default)]
pub struct Returns {
    after_return: bool,
}

impl Returns {
    /// Whether `byte` is a key, and not the second half of one.
    pub fn is_key(&mut self, byte: u8) -> bool {
        let second = self.after_return && byte == b'\n';
        self.after_return = byte == b'\r';
        !second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let mut shown = Vec::new();
        let mut keys = keys.iter().copied();
        let line = edit(|| keys.next(), |bytes| shown.extend_from_slice(bytes));
        (line, shown)
    }

    #[test]
    fn a_line_is_echoed_and_can_be_corrected() {
        assert_eq!(typed(b"bob\rrest"), (b"bob\n".to_vec(), b"bob\n".to_vec()));
        assert_eq!(typed("x\u{fc}\x7f\x7f\x7fy\n".as_bytes()).0, b"y\n");
        assert_eq!(typed(b"ab").0, b"ab");
    }

    #[test]
    fn a_line_is_whole_before_a_byte_of_it_is_read() {
        let mut lines = Lines::default();
        let mut keys = b"ax\x7fb\rc\r".iter().copied();
        let mut read = || {
            let mut byte = [0];
            let len = lines.read(&mut byte, || keys.next(), |_| ());
            (len == 1).then_some(byte[0])
        };
        assert_eq!(std::iter::from_fn(&mut read).collect::<Vec<u8>>(), b"ab\nc\n");
    }

    #[test]
    fn return_with_line_feed_is_one_key() {
        let mut returns = Returns::default();
        let keys: Vec<u8> =
            b"a\r\nb\n\n\r\r\n".iter().copied().filter(|&b| returns.is_key(b)).collect();
        assert_eq!(keys, b"a\rb\n\n\r\r");
    }
}
