//! Milliseconds since boot, from the processor's SysTick.

use core::sync::atomic::{AtomicU32, Ordering};
use cortex_m::peripheral::{SYST, syst::SystClkSource};

/// The board's clock, in Hz (Arm DAI 0386).
const HZ: u32 = 25_000_000;

static MILLISECONDS: AtomicU32 = AtomicU32::new(0);

/// Starts the tick.
pub fn start(syst: &mut SYST) {
    syst.set_clock_source(SystClkSource::Core);
    syst.set_reload(HZ / 1000 - 1);
    syst.clear_current();
    syst.enable_interrupt();
    syst.enable_counter();
}

/// The tick's interrupt.
pub fn on_tick() {
    MILLISECONDS.fetch_add(1, Ordering::Relaxed);
}

/// Milliseconds since [`start`].
pub fn milliseconds() -> u32 {
    MILLISECONDS.load(Ordering::Relaxed)
}
