//! This device's own RAM: the heap, and how much of it and of the stack is taken.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::RefCell;
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicUsize, Ordering};
use cortex_m::interrupt::{self, Mutex};
use cortex_m::register::msp;
use rlsf::Tlsf;
use runtime::shell::Watched;

/// Blocks by size: finding one takes the same time however many there are, and what grows need not
/// move when there is room behind it.
type Blocks = Tlsf<'static, u32, u32, 24, 16>;

/// The allocator of compilers, engine and shell.
pub struct Heap(Mutex<RefCell<Blocks>>);

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
/// Lowest address that was painted.
static PAINTED: AtomicUsize = AtomicUsize::new(0);

fn taken(bytes: usize) {
    let now = IN_USE.load(Ordering::Relaxed) + bytes;
    IN_USE.store(now, Ordering::Relaxed);
    PEAK.store(PEAK.load(Ordering::Relaxed).max(now), Ordering::Relaxed);
}

fn given_back(bytes: usize) {
    IN_USE.store(IN_USE.load(Ordering::Relaxed) - bytes, Ordering::Relaxed);
}

impl Heap {
    /// A heap without memory.
    pub const fn empty() -> Self {
        Self(Mutex::new(RefCell::new(Blocks::new())))
    }

    /// Gives it its memory.
    ///
    /// # Safety
    /// To be called once, with memory that nothing else uses.
    pub unsafe fn init(&self, start: usize, size: usize) {
        let block = NonNull::slice_from_raw_parts(
            NonNull::new(start as *mut u8).unwrap_or(NonNull::dangling()),
            size,
        );
        // SAFETY: the caller's.
        self.with(|blocks| unsafe { blocks.insert_free_block_ptr(block) });
    }

    fn with<R>(&self, work: impl FnOnce(&mut Blocks) -> R) -> R {
        interrupt::free(|token| work(&mut self.0.borrow(token).borrow_mut()))
    }
}

// SAFETY: `Tlsf` keeps the promises of an allocator; interrupts are off while it works.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = self.with(|blocks| blocks.allocate(layout));
        block.map_or(ptr::null_mut(), |block| {
            taken(layout.size());
            block.as_ptr()
        })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some(block) = NonNull::new(block) {
            // SAFETY: the caller's.
            self.with(|blocks| unsafe { blocks.deallocate(block, layout.align()) });
            given_back(layout.size());
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let Some(old) = NonNull::new(block) else { return ptr::null_mut() };
        let Ok(new) = Layout::from_size_align(size, layout.align()) else { return ptr::null_mut() };
        // SAFETY: the caller's.
        let moved = self.with(|blocks| unsafe { blocks.reallocate(old, new) });
        let Some(moved) = moved else { return ptr::null_mut() };
        // One that moved was there twice for a while.
        if moved == old {
            given_back(layout.size());
            taken(size);
        } else {
            taken(size);
            given_back(layout.size());
        }
        moved.as_ptr()
    }
}

const PAINT: u32 = 0x5AC_DE57;
/// Stack that is looked at. It is far from what else is in RAM.
const DEEPEST: usize = 192 << 10;
/// Left alone below the stack pointer while painting: this function's own.
const OWN: usize = 256;

/// Starts to watch: the heap's peak is what is in use, the unused stack is painted.
pub fn watch() {
    PEAK.store(IN_USE.load(Ordering::Relaxed), Ordering::Relaxed);
    let top = msp::read() as usize - OWN;
    let bottom = top - DEEPEST;
    for address in (bottom..top).step_by(4) {
        // SAFETY: unused stack: an interrupt puts its frame there, but keeps nothing.
        unsafe { (address as *mut u32).write_volatile(PAINT) };
    }
    PAINTED.store(bottom, Ordering::Relaxed);
}

/// What was taken since [`watch`].
pub fn watched() -> Watched {
    unsafe extern "C" {
        static _stack_start: u32;
    }
    let mut deepest = PAINTED.load(Ordering::Relaxed);
    // SAFETY: RAM, up to where something was written at the latest.
    while deepest != 0 && unsafe { (deepest as *const u32).read_volatile() } == PAINT {
        deepest += 4;
    }
    Watched {
        heap: IN_USE.load(Ordering::Relaxed),
        heap_peak: PEAK.load(Ordering::Relaxed),
        stack_peak: (&raw const _stack_start as usize).saturating_sub(deepest),
    }
}
