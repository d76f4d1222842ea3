//! Lines for programs, from keys: what a board's console does whose terminal neither echoes nor
//! edits (a serial port, a terminal in raw mode).

/// The key that asks a program to stop.
pub const CTRL_C: u8 = 3;

const BACKSPACE: u8 = 0x08;
const DELETE: u8 = 0x7F;

/// Reads a line as it is typed into `into`, its end (always `\n`) included; the bytes read. It ends
/// early when `into` is full or `key` gives `None`. `echo` gets what the terminal shall show.
pub fn read_line(
    into: &mut [u8],
    mut key: impl FnMut() -> Option<u8>,
    mut echo: impl FnMut(&[u8]),
) -> usize {
    let mut len = 0;
    while len < into.len() {
        match key() {
            None => break,
            Some(BACKSPACE | DELETE) => {
                let before = len;
                while len > 0 && is_continuation(into[len - 1]) {
                    len -= 1;
                }
                len = len.saturating_sub(1);
                if len < before {
                    echo(b"\x08 \x08");
                }
            }
            Some(byte) => {
                into[len] = if byte == b'\r' { b'\n' } else { byte };
                len += 1;
                echo(&into[len - 1..len]);
                if into[len - 1] == b'\n' {
                    break;
                }
            }
        }
    }
    len
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

    fn typed(keys: &[u8], room: usize) -> (Vec<u8>, Vec<u8>) {
        let (mut into, mut shown) = (vec![0; room], Vec::new());
        let mut keys = keys.iter().copied();
        let len = read_line(&mut into, || keys.next(), |bytes| shown.extend_from_slice(bytes));
        into.truncate(len);
        (into, shown)
    }

    #[test]
    fn a_line_is_echoed_and_can_be_corrected() {
        assert_eq!(typed(b"bob\rrest", 20), (b"bob\n".to_vec(), b"bob\n".to_vec()));
        assert_eq!(typed("x\u{fc}\x7f\x7f\x7fy\n".as_bytes(), 20).0, b"y\n");
        assert_eq!(typed(b"abc", 2).0, b"ab");
        assert_eq!(typed(b"ab", 9).0, b"ab");
    }

    #[test]
    fn return_with_line_feed_is_one_key() {
        let mut returns = Returns::default();
        let keys: Vec<u8> =
            b"a\r\nb\n\n\r\r\n".iter().copied().filter(|&b| returns.is_key(b)).collect();
        assert_eq!(keys, b"a\rb\n\n\r\r");
    }
}
