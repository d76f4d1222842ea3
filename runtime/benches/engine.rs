//! `cargo bench -p runtime`: the same modules through our engine (flat memory; windowed with all
//! data in the window; windowed with no window and all data cached) and through wasmi, in one run.
//!
//! Times are the least of several rounds, taken in turns so that a busy machine is unfair to all.
//! Arguments choose programs by name.

use runtime::engine::{Host, HostError, Instance, Limits, Module};
use runtime::memory::{Flat, Geometry, GuestMemory, Memory, SimChip, SpiChip, Windowed};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Name, module, argument of `run`.
const PROGRAMS: [(&str, &[u8], u64); 7] = [
    ("fft", include_bytes!("programs/fft.wasm"), 8),
    ("mix", include_bytes!("programs/mix.wasm"), 12),
    ("sieve", include_bytes!("programs/sieve.wasm"), 20),
    ("write", include_bytes!("programs/write.wasm"), 600),
    ("read", include_bytes!("programs/read.wasm"), 600),
    ("fib", include_bytes!("programs/fib.wasm"), 23),
    ("vm", include_bytes!("programs/vm.wasm"), 130),
];

const ROUNDS: usize = 15;

/// Counts bytes in use and the most there were.
struct Allocations;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATIONS: Allocations = Allocations;

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Allocations {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        PEAK.fetch_max(IN_USE.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
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

/// Something that runs one program.
trait Engine {
    fn run(&mut self, n: u64) -> u64;
}

struct Ours<M: Memory>(Instance<M>);

impl<M: Memory> Ours<M> {
    fn new(bytes: &[u8], memory: M) -> Self {
        let module = Module::new(bytes, &Limits::default()).expect("a valid module");
        Self(Instance::new(module, memory, &mut NoHost).expect("it links"))
    }
}

impl<M: Memory> Engine for Ours<M> {
    fn run(&mut self, n: u64) -> u64 {
        self.0.call("run", &[n], &mut NoHost).expect("it runs")[0]
    }
}

struct Wasmi(wasmi::Store<()>, wasmi::TypedFunc<i32, i32>);

impl Wasmi {
    fn new(bytes: &[u8]) -> Self {
        let engine = wasmi::Engine::default();
        let module = wasmi::Module::new(&engine, bytes).expect("wasmi loads it");
        let mut store = wasmi::Store::new(&engine, ());
        let linker = wasmi::Linker::new(&engine);
        let instance = linker.instantiate_and_start(&mut store, &module).expect("it links");
        let run = instance.get_typed_func(&store, "run").expect("an export");
        Self(store, run)
    }
}

impl Engine for Wasmi {
    fn run(&mut self, n: u64) -> u64 {
        let result = self.1.call(&mut self.0, n as i32).expect("it runs");
        u64::from(result as u32)
    }
}

fn windowed(window: u32, page_size: u32, pages: u32) -> Windowed<SpiChip<SimChip>> {
    let chip = SpiChip::new(SimChip::new(80), 80).expect("a good chip");
    Windowed::new(chip, Geometry { window, page_size, pages })
}

fn time(f: impl FnOnce()) -> Duration {
    let start = Instant::now();
    f();
    start.elapsed()
}

fn speed(name: &str, bytes: &[u8], n: u64) {
    let mut engines: [Box<dyn Engine>; 4] = [
        Box::new(Wasmi::new(bytes)),
        Box::new(Ours::new(bytes, Flat::new(2))),
        Box::new(Ours::new(bytes, windowed(2 << 16, 512, 64))),
        Box::new(Ours::new(bytes, windowed(0, 512, 128))),
    ];
    let expected = engines[0].run(n);
    let mut best = [Duration::MAX; 4];
    for _ in 0..ROUNDS {
        for (engine, best) in engines.iter_mut().zip(&mut best) {
            let taken = time(|| assert_eq!(black_box(engine.run(n)), expected, "{name}"));
            *best = taken.min(*best);
        }
    }
    let ms = best.map(|time| time.as_secs_f64() * 1000.0);
    println!(
        "{name:6} {:9.3} {:9.3} {:9.3} {:9.3}   {:10.2} {:11.2} {:10.2}",
        ms[0],
        ms[1],
        ms[2],
        ms[3],
        ms[1] / ms[0],
        ms[2] / ms[1],
        ms[3] / ms[1],
    );
}

/// Bytes in use at most while `f` runs, beyond those before, and what it took.
fn load<T>(mut f: impl FnMut() -> T) -> (usize, Duration) {
    let before = IN_USE.load(Relaxed);
    PEAK.store(before, Relaxed);
    drop(f());
    let peak = PEAK.load(Relaxed) - before;
    let best = (0..200).map(|_| time(|| drop(black_box(f())))).min();
    (peak, best.unwrap_or_default())
}

fn loading(name: &str, bytes: &[u8]) {
    let ours = load(|| Module::new(bytes, &Limits::default()));
    let wasmi = load(|| {
        let engine = wasmi::Engine::default();
        wasmi::Module::new(&engine, bytes)
    });
    let code = Module::new(bytes, &Limits::default()).expect("a valid module").code_memory();
    let per_byte = |bytes_used: usize| bytes_used as f64 / bytes.len() as f64;
    let rate = |time: Duration| bytes.len() as f64 / time.as_secs_f64() / 1e6;
    println!(
        "{name:6} {:6} {:9.1} {:9.1} {:9.2} {:9.2} {:9.2}",
        bytes.len(),
        rate(ours.1),
        rate(wasmi.1),
        per_byte(code),
        per_byte(ours.0),
        per_byte(wasmi.0),
    );
}

fn main() {
    let wanted: Vec<_> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let is_wanted =
        |name: &str| wanted.is_empty() || wanted.iter().any(|w| name.contains(w.as_str()));
    let programs = || PROGRAMS.iter().filter(|(name, ..)| is_wanted(name));
    println!("           wasmi      flat    window     cache   flat/wasmi window/flat cache/flat");
    println!("              ms        ms        ms        ms");
    for &(name, bytes, n) in programs() {
        speed(name, bytes, n);
    }
    println!("\n        wasm   MB/s      MB/s     code/   peak/ byte of wasm");
    println!("       bytes   ours     wasmi     byte      ours     wasmi");
    for &(name, bytes, _) in programs() {
        loading(name, bytes);
    }
}
