//! Formatting into memory, scanning from it.

use super::number::{Syntax, float};
use super::{Args, Calls, Device, Outcome, give, guest, printf, scanf};
use crate::engine::HostError;
use crate::memory::GuestMemory;

pub(super) const CALLS: Calls = &[
    ("host_snprintf", snprintf),
    ("host_sscanf", |_, a, m| give(scanf::scan(m, a.u32(0), a.u32(1), a.u32(2)))),
    ("host_strtod", strtod),
];

/// Writes as far as there is room, and never past the end of memory.
struct Buffer {
    at: u32,
    /// Bytes left, the NUL's place included.
    room: u32,
}

impl printf::Sink for Buffer {
    fn put(&mut self, bytes: &[u8], memory: &mut dyn GuestMemory) -> Result<(), HostError> {
        let len = bytes.len().min(self.room.saturating_sub(1) as usize);
        if memory.write(self.at, &bytes[..len]).is_err() {
            self.room = 0;
            return Ok(());
        }
        self.at += len as u32;
        self.room -= len as u32;
        Ok(())
    }
}

/// Bytes of the buffer at `address` that are to be written: none if it leaves memory, unless its
/// size is no size at all, as sprintf passes it; that one ends where memory does.
fn room(memory: &dyn GuestMemory, address: u32, size: u32) -> u32 {
    let rest = memory.size().saturating_sub(address);
    match size {
        NO_SIZE.. => rest,
        _ if size <= rest => size,
        _ => 0,
    }
}

/// From here on a size says that there is none: what ConeZ's sprintf passes, and beyond.
const NO_SIZE: u32 = i32::MAX as u32;

fn snprintf(_: &mut Device<'_>, a: Args<'_>, memory: &mut dyn GuestMemory) -> Outcome {
    let mut buffer = Buffer { at: a.u32(0), room: room(memory, a.u32(0), a.u32(1)) };
    let len = printf::print(memory, a.u32(2), a.u32(3), &mut buffer)?;
    if buffer.room > 0 {
        // Room was checked against memory, so the NUL fits.
        let _ = memory.write(buffer.at, &[0]);
    }
    give(len.map_or(-1, |len| len as i32))
}

fn strtod(_: &mut Device<'_>, a: Args<'_>, memory: &mut dyn GuestMemory) -> Outcome {
    let (text, end) = (a.u32(0), a.u32(1));
    let bytes = guest::text(memory, text).unwrap_or_default();
    let (value, len) = float::<f64>(&bytes, Syntax::C).unwrap_or((0.0, 0));
    if end != 0 {
        // A pointer outside memory is not written, as the table says.
        let _ = memory.write_u32(end, text + len as u32);
    }
    give(value)
}
