//! `printf`: a format and an argument block in guest memory, to any sink.
//!
//! The pieces come from [`wasm_common::abi::format`], the offsets of arguments from
//! [`wasm_common::abi::args`], as the compilers see them. Output has any length; strings are
//! passed on in chunks.

use super::{digits, guest};
use crate::engine::HostError;
use crate::memory::{GuestMemory, OutOfBounds};
use wasm_common::abi::args::Packing;
use wasm_common::abi::format::{Conversion, Count, Length, MAX_COUNT, Piece, pieces};
use wasm_common::abi::imports::ValType;

/// Takes the output. Memory comes with each call, since the sink may write into it.
pub(super) trait Sink {
    /// The next bytes.
    ///
    /// # Errors
    /// When the run shall end.
    fn put(&mut self, bytes: &[u8], memory: &mut dyn GuestMemory) -> Result<(), HostError>;
}

/// Formats the block at `args` by the format at `format`. The bytes produced, or `None` when
/// format, block or a string is not inside memory; output stops there.
///
/// # Errors
/// What the sink says.
pub(super) fn print(
    memory: &mut dyn GuestMemory,
    format: u32,
    args: u32,
    sink: &mut dyn Sink,
) -> Result<Option<u32>, HostError> {
    let Ok(format) = guest::text(memory, format) else { return Ok(None) };
    let mut printer = Printer { memory, block: args, packing: Packing::new(), len: 0, sink };
    for piece in pieces(&format) {
        let done = match piece {
            Piece::Literal(text) | Piece::Bad(text) => printer.put(text),
            Piece::Percent => printer.put(b"%"),
            Piece::Conversion(conversion) => printer.conversion(&conversion),
        };
        match done {
            Ok(()) => {}
            Err(Fault::Guest) => return Ok(None),
            Err(Fault::Host(error)) => return Err(error),
        }
    }
    Ok(Some(printer.len))
}

enum Fault {
    Guest,
    Host(HostError),
}

impl From<OutOfBounds> for Fault {
    fn from(_: OutOfBounds) -> Self {
        Self::Guest
    }
}

struct Printer<'a> {
    memory: &'a mut dyn GuestMemory,
    block: u32,
    packing: Packing,
    len: u32,
    sink: &'a mut dyn Sink,
}

/// A conversion with its stars replaced by their arguments.
struct Field {
    left: bool,
    width: usize,
    precision: Option<usize>,
}

impl Printer<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.len = self.len.saturating_add(bytes.len() as u32);
        self.sink.put(bytes, self.memory).map_err(Fault::Host)
    }

    fn pad(&mut self, byte: u8, count: usize) -> Result<(), Fault> {
        let run = [byte; guest::CHUNK];
        let mut left = count;
        while left > 0 {
            let part = left.min(run.len());
            self.put(&run[..part])?;
            left -= part;
        }
        Ok(())
    }

    /// The next argument's bits.
    fn argument(&mut self, ty: ValType) -> Result<u64, Fault> {
        let place = self.packing.place(ty);
        let address = self.block.checked_add(place).ok_or(Fault::Guest)?;
        let low = self.memory.read_u32(address)?;
        if ty == ValType::I32 {
            return Ok(low.into());
        }
        let high = self.memory.read_u32(address.checked_add(4).ok_or(Fault::Guest)?)?;
        Ok(u64::from(high) << 32 | u64::from(low))
    }

    fn count(&mut self, count: Option<Count>) -> Result<Option<i32>, Fault> {
        Ok(match count {
            None => None,
            Some(Count::Fixed(n)) => Some(n as i32),
            Some(Count::Argument) => Some(self.argument(ValType::I32)? as i32),
        })
    }

    fn conversion(&mut self, c: &Conversion) -> Result<(), Fault> {
        let width = self.count(c.width)?.unwrap_or(0);
        let precision = self.count(c.precision)?;
        let bounded = |n: u32| n.min(MAX_COUNT) as usize;
        let field = Field {
            left: c.flags.left || width < 0,
            width: bounded(width.unsigned_abs()),
            precision: precision.and_then(|p| u32::try_from(p).ok()).map(bounded),
        };
        let bits = self.argument(c.value())?;
        match c.letter {
            b's' => self.string(bits as u32, &field, c.length == Length::Long),
            b'c' if c.length == Length::Long => {
                let mut buffer = [0; 4];
                let text = guest::character(bits as u32).encode_utf8(&mut buffer);
                self.text(&field, b"", 0, text.as_bytes())
            }
            b'c' => self.text(&field, b"", 0, &[bits as u8]),
            b'n' => self.store_count(bits as u32, c.length),
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'a' | b'A' => {
                self.float(c, &field, f64::from_bits(bits))
            }
            _ => self.integer(c, &field, bits),
        }
    }

    /// Sign or prefix, zeros, digits; filled with blanks to the width.
    fn text(
        &mut self,
        field: &Field,
        prefix: &[u8],
        zeros: usize,
        body: &[u8],
    ) -> Result<(), Fault> {
        let fill = field.width.saturating_sub(prefix.len() + zeros + body.len());
        if !field.left {
            self.pad(b' ', fill)?;
        }
        self.put(prefix)?;
        self.pad(b'0', zeros)?;
        self.put(body)?;
        if field.left { self.pad(b' ', fill) } else { Ok(()) }
    }

    fn integer(&mut self, c: &Conversion, field: &Field, bits: u64) -> Result<(), Fault> {
        let number = digits::Integer::new(c.letter, c.length, bits);
        let body = number.text(field.precision, c.flags.alternate);
        let prefix = number.prefix(&c.flags);
        let digits_missing = field.precision.map_or(0, |p| p.saturating_sub(body.len()));
        let zeros = match field.precision {
            None if c.flags.zero && !field.left => {
                field.width.saturating_sub(prefix.len() + body.len())
            }
            _ => digits_missing,
        };
        self.text(field, prefix.as_bytes(), zeros, body.as_bytes())
    }

    fn float(&mut self, c: &Conversion, field: &Field, value: f64) -> Result<(), Fault> {
        let (prefix, body) = digits::float(c.letter, &c.flags, field.precision, value);
        let zeros = if c.flags.zero && !field.left && value.is_finite() {
            field.width.saturating_sub(prefix.len() + body.len())
        } else {
            0
        };
        self.text(field, prefix.as_bytes(), zeros, body.as_bytes())
    }

    /// `%s`; of `wchar_t`s if `wide`, which print as UTF-8.
    fn string(&mut self, address: u32, field: &Field, wide: bool) -> Result<(), Fault> {
        if address == 0 {
            let text = &b"(null)"[..field.precision.unwrap_or(6).min(6)];
            return self.text(field, b"", 0, text);
        }
        let limit = field.precision.map_or(u32::MAX, |p| p as u32);
        let text = match wide {
            true => guest::wide_text(self.memory, address, limit as usize)?,
            false => guest::text_up_to(self.memory, address, limit)?,
        };
        self.text(field, b"", 0, &text)
    }

    fn store_count(&mut self, address: u32, length: Length) -> Result<(), Fault> {
        let bytes = u64::from(self.len).to_le_bytes();
        Ok(self.memory.write(address, &bytes[..digits::size_of(length)])?)
    }
}
