//! The smallest firmware that holds what the features ask for: what its flash is larger than that of
//! the one without features is what a part costs.
#![no_std]
#![no_main]

extern crate alloc;

use cortex_m_rt::entry;
use embedded_alloc::LlffHeap;
#[cfg(any(feature = "c", feature = "basic"))]
use wasm_common::source::NoFiles;

#[global_allocator]
static HEAP: LlffHeap = LlffHeap::empty();

/// What a part works on, and where its results go: unknown to the optimiser.
fn input() -> &'static [u8] {
    let start: *const u8 = core::hint::black_box(0x2120_0000 as *const u8);
    // SAFETY: the board has PSRAM there, which nothing writes.
    unsafe { core::slice::from_raw_parts(start, core::hint::black_box(1 << 16)) }
}

/// A module loaded, linked and run, on the memory of the board.
#[cfg(feature = "engine")]
fn engine(host: &mut dyn runtime::engine::Host) {
    use runtime::engine::{Instance, Limits, Module};
    use runtime::memory::Flat;
    let Ok(module) = Module::new(input(), &Limits::default()) else { return };
    let Ok(mut instance) = Instance::new(module, Flat::new(1), host) else { return };
    core::hint::black_box(instance.call("run", &[], host).is_ok());
}

#[entry]
fn main() -> ! {
    // SAFETY: called once, before the first allocation, with memory that nothing else uses.
    unsafe { HEAP.init(0x2100_0000, 1 << 20) };
    core::hint::black_box(input().to_vec());
    #[cfg(all(feature = "engine", not(feature = "device")))]
    engine(&mut runtime::engine::NoHost);
    #[cfg(feature = "device")]
    {
        let mut board = runtime::board::Null;
        engine(&mut runtime::host::Device::new(&mut board));
    }
    #[cfg(feature = "c")]
    {
        let text = core::str::from_utf8(input()).unwrap_or_default();
        let source = c2wasm::Source { name: "a.c", text };
        // As if a shell had made them: no option is known beforehand.
        let options = core::hint::black_box(c2wasm::Options::default());
        core::hint::black_box(c2wasm::compile(&[source], &options, &mut NoFiles).is_ok());
    }
    #[cfg(feature = "basic")]
    {
        let text = core::str::from_utf8(input()).unwrap_or_default();
        let options = core::hint::black_box(bas2wasm::Options::default());
        core::hint::black_box(bas2wasm::compile(text, &options, &mut NoFiles).is_ok());
    }
    loop {
        cortex_m::asm::wfi();
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        cortex_m::asm::udf();
    }
}
