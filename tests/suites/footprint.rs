//! What a module and its execution take: no heap while it runs, little code memory.

use runtime::compile::{Settings, compile};
use runtime::engine::{Instance, Limits, Module, NoHost};
use runtime::memory::{Flat, Geometry, Memory, SimChip, SpiChip, Windowed};
use tests::heap::{self, Counted};
use wasm_common::source::NoFiles;

#[global_allocator]
static HEAP: Counted = Counted;

macro_rules! programs {
    ($($name:literal $n:literal)*) => {
        [$(($name, include_bytes!(
            concat!("../../runtime/benches/engine/programs/", $name, ".wasm")).as_slice(), $n),)*]
    };
}

const PROGRAMS: [(&str, &[u8], u64); 7] =
    programs!("fft" 1 "mix" 1 "sieve" 1 "write" 2 "read" 2 "fib" 12 "vm" 5);

fn allocations<M: Memory>(bytes: &[u8], memory: M, n: u64) -> usize {
    let module = Module::new(bytes, &Limits::default()).expect("a valid module");
    let mut instance = Instance::new(module, memory, &mut NoHost).expect("it links");
    let (results, allocations) = heap::allocations(|| instance.call("run", &[n], &mut NoHost));
    assert_eq!(results.expect("it runs").len(), 1);
    allocations
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
            let made = compile(&name, source, &Settings::default(), &mut NoFiles);
            let (module, _) = made.expect("a language").module.expect("the example is right");
            let ratio = ratio(&module);
            assert!(ratio <= 4.0, "{name}: {ratio}");
            most = most.max(ratio);
        }
    }
    println!("{most:.2} bytes of code memory for a byte of wasm at most");
}
