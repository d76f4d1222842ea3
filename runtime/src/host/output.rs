//! Program output.

use super::{Calls, Device, digits, give, guest, printf};
use crate::engine::HostError;
use crate::memory::GuestMemory;
use ::alloc::{format, string::String};

pub(super) const CALLS: Calls = &[
    ("print_i32", |d, a, _| line(d, format!("{}\n", a.i32(0)))),
    ("print_i64", |d, a, _| line(d, format!("{}\n", a.i64(0)))),
    ("print_f32", |d, a, _| line(d, digits::general_text(f64::from(a.f32(0)), 6) + "\n")),
    ("print_f64", |d, a, _| line(d, digits::general_text(a.f64(0), 6) + "\n")),
    ("print_str", |d, a, m| print_str(d, a.u32(0), a.i32(1), m)),
    ("host_printf", |d, a, m| host_printf(d, a.u32(0), a.u32(1), m)),
];

fn line(device: &mut Device<'_>, text: String) -> super::Outcome {
    device.print(text.as_bytes());
    give(())
}

fn print_str(
    device: &mut Device<'_>,
    address: u32,
    len: i32,
    memory: &mut dyn GuestMemory,
) -> super::Outcome {
    let outside = || HostError::Trap("print_str of bytes outside memory".into());
    let len = u32::try_from(len).map_err(|_| outside())?;
    guest::check(memory, address, len).map_err(|_| outside())?;
    let mut chunk = [0; guest::CHUNK];
    let mut done = 0;
    while done < len {
        let part = (len - done).min(guest::CHUNK as u32) as usize;
        memory.read(address + done, &mut chunk[..part]).map_err(|_| outside())?;
        device.print(&chunk[..part]);
        done += part as u32;
    }
    give(())
}

/// Bytes that are formatted before the first is printed, so that a bad argument early in the
/// format prints nothing; what is longer goes out in pieces of this size.
const HELD_BACK: usize = 1024;

struct Printer<'d, 'b> {
    device: &'d mut Device<'b>,
    held: ::alloc::vec::Vec<u8>,
}

impl printf::Sink for Printer<'_, '_> {
    fn put(&mut self, bytes: &[u8], _memory: &mut dyn GuestMemory) -> Result<(), HostError> {
        if self.held.len() + bytes.len() > HELD_BACK {
            self.device.print(&self.held);
            self.held.clear();
            // A format of many long strings takes a while; a stop shall not wait for its end.
            if self.device.board.stop_requested() {
                return Err(HostError::Stopped);
            }
        }
        self.held.extend_from_slice(bytes);
        Ok(())
    }
}

fn host_printf(
    device: &mut Device<'_>,
    format: u32,
    args: u32,
    memory: &mut dyn GuestMemory,
) -> super::Outcome {
    let mut printer = Printer { device, held: ::alloc::vec::Vec::new() };
    match printf::print(memory, format, args, &mut printer)? {
        Some(len) => {
            let Printer { device, held } = printer;
            device.print(&held);
            give(len)
        }
        None => give(0),
    }
}
