//! What a module and its execution take: no heap while it runs, little code memory.

use runtime::compile::{Settings, compile};
use runtime::engine::{Host, HostError, Instance, Limits, Module};
use runtime::memory::{Flat, Geometry, GuestMemory, Memory, SimChip, SpiChip, Windowed};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use wasm_common::source::NoFiles;

/// Counts the allocations of each thread.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller's.
        unsafe { System.dealloc(place, layout) }
    }
}

struct NoHost;

impl Host for NoHost {
    fn resolve(&self, _: &str, _: &str, _: &[u8], _: &[u8]) -> Option<u32> {
        None
    }

    fn call(&mut self, _: u32, _: &[u64], _: &mut dyn GuestMemory) -> Result<u64, HostError> {
        Ok(0)
    }
}

macro_rules! programs {
    ($($name:literal $n:literal)*) => {
        [$(($name, include_bytes!(
            concat!("../benches/engine/programs/", $name, ".wasm")).as_slice(), $n),)*]
    };
}

const PROGRAMS: [(&str, &[u8], u64); 7] =
    programs!("fft" 1 "mix" 1 "sieve" 1 "write" 2 "read" 2 "fib" 12 "vm" 5);

fn allocations<M: Memory>(bytes: &[u8], memory: M, n: u64) -> usize {
    let module = Module::new(bytes, &Limits::default()).expect("a valid module");
    let mut instance = Instance::new(module, memory, &mut NoHost).expect("it links");
    let before = ALLOCATIONS.get();
    let results = instance.call("run", &[n], &mut NoHost).expect("it runs");
    assert_eq!(results.len(), 1);
    ALLOCATIONS.get() - before
}

#[test]
fn execution_takes_no_heap() {
    for (name, bytes, n) in PROGRAMS {
        // The one allocation is the vector of results.
        assert_eq!(allocations(bytes, Flat::new(2), n), 1, "{name}");
        for window in [0, 4096] {
            let chip = SpiChip::new(SimChip::new(80), 80).expect("a good chip");
            let geometry = Geometry { window, page_size: 512, pages: 16 };
            // The simulated chip allocates what it stores, at most twice as much each time.
            let chip_allocations = if name == "fft" || name == "sieve" { 16 } else { 0 };
            let found = allocations(bytes, Windowed::new(chip, geometry), n);
            assert!((1..=1 + chip_allocations).contains(&found), "{name}: {found}");
        }
    }
}

/// Code memory for each byte of wasm.
fn ratio(bytes: &[u8]) -> f64 {
    let module = Module::new(bytes, &Limits::default()).expect("a valid module");
    module.code_memory() as f64 / bytes.len() as f64
}

#[test]
fn code_memory_is_at_most_4_bytes_for_each_of_wasm() {
    let mut most: f64 = 0.0;
    for (name, bytes, _) in PROGRAMS {
        let ratio = ratio(bytes);
        assert!(ratio <= 4.0, "{name}: {ratio}");
        most = most.max(ratio);
    }
    for folder in ["../examples/c", "../examples/basic"] {
        for entry in std::fs::read_dir(folder).expect("the examples") {
            let path = entry.expect("an entry").path();
            let name = path.to_string_lossy();
            if !name.ends_with(".c") && !name.ends_with(".bas") {
                continue;
            }
            let source = std::fs::read(&path).expect("readable");
            let made = compile(&name, &source, &Settings::default(), &mut NoFiles);
            let (module, _) = made.expect("a language").module.expect("the example is right");
            let ratio = ratio(&module);
            assert!(ratio <= 4.0, "{name}: {ratio}");
            most = most.max(ratio);
        }
    }
    println!("{most:.2} bytes of code memory for a byte of wasm at most");
}
