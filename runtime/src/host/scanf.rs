//! `sscanf`: a text and a format in guest memory, results through a block of pointers.

use super::number::{Syntax, blanks, float, integer};
use super::{digits::size_of, guest};
use crate::memory::{GuestMemory, OutOfBounds};
use alloc::{string::String, vec::Vec};
use wasm_common::abi::args::Packing;
use wasm_common::abi::format::Length;
use wasm_common::abi::imports::ValType;
use wasm_common::abi::scan::{Conversion, Piece, pieces};

/// Items stored, or -1 when the text ended, or something was out of bounds, before the first.
pub(super) fn scan(memory: &mut dyn GuestMemory, text: u32, format: u32, block: u32) -> i32 {
    let (Ok(text), Ok(format)) = (guest::text(memory, text), guest::text(memory, format)) else {
        return -1;
    };
    let mut scanner =
        Scanner { memory, block, packing: Packing::new(), text: &text, at: 0, items: 0 };
    for piece in pieces(&format) {
        match scanner.piece(&piece) {
            Step::On => {}
            Step::Mismatch => return scanner.items,
            Step::End => return if scanner.items > 0 { scanner.items } else { -1 },
        }
    }
    scanner.items
}

enum Step {
    On,
    Mismatch,
    /// The text ended, or a pointer was bad.
    End,
}

impl From<OutOfBounds> for Step {
    fn from(_: OutOfBounds) -> Self {
        Self::End
    }
}

struct Scanner<'a> {
    memory: &'a mut dyn GuestMemory,
    block: u32,
    packing: Packing,
    text: &'a [u8],
    at: usize,
    items: i32,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.text[self.at..]
    }

    fn piece(&mut self, piece: &Piece<'_>) -> Step {
        match piece {
            Piece::Blanks => {
                self.at += blanks(self.rest());
                Step::On
            }
            Piece::Byte(byte) => match self.rest().first() {
                Some(b) if b == byte => {
                    self.at += 1;
                    Step::On
                }
                Some(_) => Step::Mismatch,
                None => Step::End,
            },
            Piece::Bad => Step::Mismatch,
            Piece::Conversion(c) => match self.conversion(c) {
                Ok(step) => step,
                Err(OutOfBounds) => Step::End,
            },
        }
    }

    fn conversion(&mut self, c: &Conversion<'_>) -> Result<Step, OutOfBounds> {
        if !matches!(c.letter, b'c' | b'[' | b'n') {
            self.at += blanks(self.rest());
        }
        if self.rest().is_empty() && c.letter != b'n' {
            return Ok(Step::End);
        }
        let wide = c.length == Length::Long;
        let width = c.width.map_or(usize::MAX, |w| w as usize);
        let field = first(self.rest(), width, wide);
        let len = match c.letter {
            b'n' => {
                self.store(c, &(self.at as u64).to_le_bytes()[..size_of(c.length)])?;
                return Ok(Step::On);
            }
            b'c' => {
                let count = c.width.unwrap_or(1) as usize;
                let field = first(field, count, wide);
                if characters(field, wide) < count {
                    return Ok(Step::End);
                }
                self.store_text(c, field, b"")?;
                field.len()
            }
            b's' | b'[' => {
                let len = field.iter().take_while(|&&b| c.takes(b)).count();
                if len == 0 {
                    return Ok(Step::Mismatch);
                }
                self.store_text(c, &field[..len], b"\0")?;
                len
            }
            b'd' | b'i' | b'u' | b'o' | b'x' | b'X' | b'p' => {
                let base = match c.letter {
                    b'i' => 0,
                    b'o' => 8,
                    b'x' | b'X' | b'p' => 16,
                    _ => 10,
                };
                let Some((value, len)) = integer(field, base, Syntax::C) else {
                    return Ok(Step::Mismatch);
                };
                self.store(c, &value.to_le_bytes()[..size_of(c.length)])?;
                len
            }
            _ => match self.float(c, field)? {
                Some(len) => len,
                None => return Ok(Step::Mismatch),
            },
        };
        self.at += len;
        self.items += i32::from(!c.suppress);
        Ok(Step::On)
    }

    /// `%f` is a float, `%lf` a double; each is rounded once.
    fn float(&mut self, c: &Conversion<'_>, field: &[u8]) -> Result<Option<usize>, OutOfBounds> {
        if matches!(c.length, Length::Long | Length::LongDouble) {
            let Some((value, len)) = float::<f64>(field, Syntax::C) else { return Ok(None) };
            self.store(c, &value.to_le_bytes())?;
            return Ok(Some(len));
        }
        let Some((value, len)) = float::<f32>(field, Syntax::C) else { return Ok(None) };
        self.store(c, &value.to_le_bytes())?;
        Ok(Some(len))
    }

    /// Writes text: bytes, or for `%ls` and kin a `wchar_t` for each character of UTF-8.
    fn store_text(
        &mut self,
        c: &Conversion<'_>,
        text: &[u8],
        end: &[u8],
    ) -> Result<(), OutOfBounds> {
        let text = [text, end].concat();
        if c.length != Length::Long {
            return self.store(c, &text);
        }
        let text = String::from_utf8_lossy(&text);
        let units: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        self.store(c, &units)
    }

    /// Writes through the next pointer, unless the conversion is suppressed.
    fn store(&mut self, c: &Conversion<'_>, bytes: &[u8]) -> Result<(), OutOfBounds> {
        if c.suppress {
            return Ok(());
        }
        let place = self.block.checked_add(self.packing.place(ValType::I32)).ok_or(OutOfBounds)?;
        let pointer = self.memory.read_u32(place)?;
        if pointer == 0 { Err(OutOfBounds) } else { self.memory.write(pointer, bytes) }
    }
}

/// Whether a byte begins a character: any does, but for those that go on in one of UTF-8.
fn begins(byte: u8, wide: bool) -> bool {
    !wide || byte & 0xC0 != 0x80
}

fn characters(text: &[u8], wide: bool) -> usize {
    text.iter().filter(|&&byte| begins(byte, wide)).count()
}

/// The first `count` characters of `text`, or all.
fn first(text: &[u8], count: usize, wide: bool) -> &[u8] {
    let starts = text.iter().enumerate().filter(|&(_, &byte)| begins(byte, wide));
    let end = starts.map(|(at, _)| at).nth(count).unwrap_or(text.len());
    &text[..end]
}
