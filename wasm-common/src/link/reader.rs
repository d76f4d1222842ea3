//! Reads the custom sections back. Nothing is trusted: whatever does not fit is `None`.

/// A cursor.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the start of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(byte)
    }

    /// An unsigned LEB128 number.
    pub(super) fn unsigned(&mut self) -> Option<u32> {
        let mut number = 0u64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return u32::try_from(number).ok();
            }
        }
        None
    }

    /// A signed LEB128 number.
    pub(super) fn signed(&mut self) -> Option<i64> {
        let mut number = 0i64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                let unused = 57 - shift;
                return Some(number << unused >> unused);
            }
        }
        None
    }

    /// A length, and that many bytes.
    pub(super) fn name(&mut self) -> Option<&'a [u8]> {
        let len = self.unsigned()? as usize;
        let name = self.bytes.get(..len)?;
        self.bytes = &self.bytes[len..];
        Some(name)
    }
}
