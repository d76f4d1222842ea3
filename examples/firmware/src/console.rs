//! The serial port as a console: received bytes wait in a ring that the interrupt fills, and
//! Ctrl-C asks what runs to stop even when it never looks at its input.

use crate::uart::{self, Uart};
use core::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use runtime::board::typing::CTRL_C;

/// Bytes that can wait: what a person types, or a script sends, while a command runs.
const RING: usize = 4096;

static BYTES: [AtomicU8; RING] = [const { AtomicU8::new(0) }; RING];
static HEAD: AtomicUsize = AtomicUsize::new(0);
static TAIL: AtomicUsize = AtomicUsize::new(0);

/// Set by Ctrl-C while a command runs.
pub static STOP: AtomicBool = AtomicBool::new(false);
/// Whether Ctrl-C is meant for a command, and not for the line editor.
pub static RUNNING: AtomicBool = AtomicBool::new(false);

/// The receive interrupt. One writer of `HEAD`, here; one writer of `TAIL`, in [`read`].
pub fn on_receive() {
    // First of all: a byte that comes from here on raises the interrupt again.
    uart::acknowledge();
    while let Some(byte) = uart::receive() {
        if byte == CTRL_C && RUNNING.load(Ordering::Relaxed) {
            STOP.store(true, Ordering::Relaxed);
            continue;
        }
        let head = HEAD.load(Ordering::Relaxed);
        let next = (head + 1) % RING;
        // A full ring loses what comes: the sender is faster than the program reads.
        if next != TAIL.load(Ordering::Acquire) {
            BYTES[head].store(byte, Ordering::Relaxed);
            HEAD.store(next, Ordering::Release);
        }
    }
}

/// The next byte received, if there is one.
pub fn read() -> Option<u8> {
    let tail = TAIL.load(Ordering::Relaxed);
    if tail == HEAD.load(Ordering::Acquire) {
        return None;
    }
    let byte = BYTES[tail].load(Ordering::Relaxed);
    TAIL.store((tail + 1) % RING, Ordering::Release);
    Some(byte)
}

/// Whether Ctrl-C asks to stop, from now on. What was received before one that did is gone.
pub fn let_ctrl_c_stop(on: bool) {
    RUNNING.store(on, Ordering::Relaxed);
    if STOP.swap(false, Ordering::Relaxed) {
        TAIL.store(HEAD.load(Ordering::Acquire), Ordering::Release);
    }
}

/// Sends text: `\n` as the two bytes that a terminal wants.
pub fn write(uart: &mut Uart, bytes: &[u8]) {
    for &byte in bytes {
        if byte == b'\n' {
            uart.write(b'\r');
        }
        uart.write(byte);
    }
}
