//! Bytes of a module, read front to back. Every error carries the offset it was found at.

use super::{LoadError, ValType};
use alloc::{boxed::Box, string::String};

/// What is wrong, and where; the sections and the translator add which section and function.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) offset: usize,
}

/// With a pointer to the fault, so that what is right comes in registers.
pub(super) type Result<T> = core::result::Result<T, Box<Fault>>;

impl Fault {
    pub(super) fn new(message: impl Into<String>, offset: usize) -> Box<Self> {
        Box::new(Self { message: message.into(), offset })
    }

    /// An index of something that there is not.
    pub(super) fn unknown(what: &str, index: u32, offset: usize) -> Box<Self> {
        Self::new(alloc::format!("unknown {what} {index}"), offset)
    }

    pub(super) fn in_section(self, section: &'static str) -> LoadError {
        LoadError { message: self.message, offset: self.offset, section, function: None }
    }
}

/// A cursor over part of a module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Offset of `bytes` in the module.
    base: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], base: usize) -> Self {
        Self { bytes, at: 0, base }
    }

    /// Offset in the module of the next byte.
    pub(super) fn offset(&self) -> usize {
        self.base + self.at
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub(super) fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn fault<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(Fault::new(message, self.offset()))
    }

    #[inline]
    pub(super) fn byte(&mut self) -> Result<u8> {
        let Some(&byte) = self.bytes.get(self.at) else {
            return self.fault("unexpected end");
        };
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        if len > self.remaining() {
            return self.fault("unexpected end: the length runs past the section");
        }
        let taken = &self.bytes[self.at..self.at + len];
        self.at += len;
        Ok(taken)
    }

    /// The next `len` bytes as a reader of their own.
    pub(super) fn sub(&mut self, len: usize) -> Result<Self> {
        let base = self.offset();
        Ok(Self::new(self.take(len)?, base))
    }

    pub(super) fn u32(&mut self) -> Result<u32> {
        // Nearly all are one byte.
        match self.bytes.get(self.at) {
            Some(&byte) if byte < 0x80 => {
                self.at += 1;
                Ok(u32::from(byte))
            }
            _ => Ok(self.unsigned(32)? as u32),
        }
    }

    pub(super) fn i32(&mut self) -> Result<i32> {
        Ok(self.signed(32)? as i32)
    }

    pub(super) fn i64(&mut self) -> Result<i64> {
        self.signed(64)
    }

    /// A block type's type index.
    pub(super) fn s33(&mut self) -> Result<i64> {
        self.signed(33)
    }

    fn unsigned(&mut self, bits: u32) -> Result<u64> {
        let start = self.offset();
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            let left = bits - shift;
            if left < 8 && byte >> left != 0 {
                let what = if byte >= 0x80 { "is too long" } else { "is too large" };
                return Err(Fault::new(alloc::format!("the integer {what}"), start));
            }
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    fn signed(&mut self, bits: u32) -> Result<i64> {
        let start = self.offset();
        let (mut value, mut shift) = (0_i64, 0);
        loop {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7F).wrapping_shl(shift);
            let left = bits - shift;
            if left < 8 {
                // The unused bits must repeat the sign.
                let unused = ((byte << 1) as i8) >> left;
                if byte >= 0x80 {
                    return Err(Fault::new("the integer is too long", start));
                }
                if unused != 0 && unused != -1 {
                    return Err(Fault::new("the integer is too large", start));
                }
            }
            shift += 7;
            if byte < 0x80 {
                let spare = 64_u32.saturating_sub(shift);
                return Ok((value << spare) >> spare);
            }
        }
    }

    pub(super) fn f32_bits(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().expect("four bytes")))
    }

    pub(super) fn f64_bits(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.take(8)?.try_into().expect("eight bytes")))
    }

    pub(super) fn name(&mut self) -> Result<&'a str> {
        let len = self.u32()? as usize;
        let start = self.offset();
        core::str::from_utf8(self.take(len)?)
            .map_err(|_| Fault::new("a name is not UTF-8 (malformed UTF-8 encoding)", start))
    }

    pub(super) fn val_type(&mut self) -> Result<ValType> {
        let start = self.offset();
        let byte = self.byte()?;
        ValType::from_byte(byte)
            .ok_or_else(|| Fault::new(alloc::format!("{byte:#04x} is no value type"), start))
    }

    /// A count of entries, held to a limit before anything is allocated for it.
    pub(super) fn count(&mut self, limit: u32, what: &str) -> Result<u32> {
        let start = self.offset();
        let count = self.u32()?;
        if count > limit {
            let message = alloc::format!("{count} {what}, more than the limit of {limit}");
            return Err(Fault::new(message, start));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_at_their_edges() {
        let u = |bytes: &[u8]| Reader::new(bytes, 0).u32().ok();
        assert_eq!(u(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]), Some(u32::MAX));
        assert_eq!(u(&[0xFF, 0xFF, 0xFF, 0xFF, 0x1F]), None);
        assert_eq!(u(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x00]), None);
        let s = |bytes: &[u8]| Reader::new(bytes, 0).i32().ok();
        assert_eq!(s(&[0x7F]), Some(-1));
        assert_eq!(s(&[0x80, 0x80, 0x80, 0x80, 0x78]), Some(i32::MIN));
        assert_eq!(s(&[0xFF, 0xFF, 0xFF, 0xFF, 0x07]), Some(i32::MAX));
        assert_eq!(s(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]), None);
        let l = |bytes: &[u8]| Reader::new(bytes, 0).i64().ok();
        let mut least = [0x80; 10];
        least[9] = 0x7F;
        assert_eq!(l(&least), Some(i64::MIN));
        least[9] = 0x7E;
        assert_eq!(l(&least), None);
    }
}
