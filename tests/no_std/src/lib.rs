//! Proof that the libraries need no std: this crate has the panic handler and the allocator that
//! std would bring, so the build fails ("duplicate lang item") as soon as any dependency links std.
#![no_std]

extern crate bas2wasm;
extern crate c2wasm;
extern crate runtime;
extern crate wasm_common;

use core::alloc::{GlobalAlloc, Layout};

struct NoMemory;

// SAFETY: null is the answer that `GlobalAlloc` reserves for a failed allocation.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _layout: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _ptr: *mut u8, _layout: Layout) {}
}

#[global_allocator]
static ALLOCATOR: NoMemory = NoMemory;

#[panic_handler]
fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
