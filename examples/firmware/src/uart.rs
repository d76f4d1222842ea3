//! The CMSDK UART of the MPS2 board (Arm DDI 0479, chapter 4.3).

use core::ptr;

const BASE: usize = 0x4000_4000;
const DATA: *mut u32 = BASE as *mut u32;
const STATE: *mut u32 = (BASE + 0x04) as *mut u32;
const CTRL: *mut u32 = (BASE + 0x08) as *mut u32;
const INTSTATUS: *mut u32 = (BASE + 0x0C) as *mut u32;
const BAUDDIV: *mut u32 = (BASE + 0x10) as *mut u32;

const TX_FULL: u32 = 1 << 0;
const RX_FULL: u32 = 1 << 1;
const TX_ENABLE: u32 = 1 << 0;
const RX_ENABLE: u32 = 1 << 1;
const RX_INTERRUPT: u32 = 1 << 3;

/// Number of its receive interrupt.
pub const RECEIVE_IRQ: u16 = 0;

/// The right to send.
pub struct Uart(());

impl Uart {
    /// Switches the port on, with its receive interrupt. To be called once.
    pub fn new() -> Self {
        // SAFETY: the addresses are the board's UART registers; nothing else writes these two.
        unsafe {
            ptr::write_volatile(BAUDDIV, 16);
            ptr::write_volatile(CTRL, TX_ENABLE | RX_ENABLE | RX_INTERRUPT);
        }
        Self(())
    }

    /// Sends a byte, waiting for room.
    pub fn write(&mut self, byte: u8) {
        // SAFETY: as in `new`; `&mut self` makes this the one sender.
        unsafe {
            while ptr::read_volatile(STATE) & TX_FULL != 0 {}
            ptr::write_volatile(DATA, u32::from(byte));
        }
    }
}

/// Takes the byte received, if there is one. For the interrupt handler alone.
pub fn receive() -> Option<u8> {
    // SAFETY: reading the register takes the byte; only the handler reads it.
    unsafe { (ptr::read_volatile(STATE) & RX_FULL != 0).then(|| ptr::read_volatile(DATA) as u8) }
}

/// Tells the port that its receive interrupt was served.
pub fn acknowledge() {
    // SAFETY: writing a one clears that bit and changes nothing else.
    unsafe { ptr::write_volatile(INTSTATUS, 1 << 1) }
}
