//! Instructions that a Cortex-M4F executes for one iteration of each program of `cargo bench -p
//! runtime`: our engine on flat memory, with all data in the window, with no window and all data
//! cached; and wasmi, built with the same settings, in the same run.
//!
//! Under QEMU's `-icount shift=6` each instruction takes 64 ns, so that the board's timer counts
//! them, to the digit. The table is printed on standard output by semihosting.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::boxed::Box;
// Its critical section is the allocator's.
use cortex_m as _;
use cortex_m_rt::{ExceptionFrame, entry, exception};
use embedded_alloc::LlffHeap;
use runtime::engine::{Instance, Limits, Module, NoHost};
use runtime::memory::{Flat, Geometry, Memory, SimChip, SpiChip, Windowed};
use semihosting::{println, process};

#[global_allocator]
static HEAP: LlffHeap = LlffHeap::empty();

macro_rules! programs {
    ($($name:literal $n:literal)*) => {
        [$(($name, include_bytes!(concat!("../../../../../runtime/benches/engine/programs/", $name, ".wasm")), $n)),*]
    };
}

/// Name, module, argument of `run`.
const PROGRAMS: &[(&str, &[u8], u64)] =
    &programs!["fft" 1 "mix" 1 "sieve" 1 "write" 1 "read" 1 "fib" 12 "vm" 10];

/// The board's CMSDK timer 0 (Arm DDI 0479, 4.1), at 25 MHz.
mod timer {
    const BASE: usize = 0x4000_0000;

    /// Lets it count down from its largest value.
    pub(super) fn start() {
        // SAFETY: the registers of a timer that nothing else uses.
        unsafe {
            ((BASE + 8) as *mut u32).write_volatile(u32::MAX);
            ((BASE + 4) as *mut u32).write_volatile(u32::MAX);
            (BASE as *mut u32).write_volatile(1);
        }
    }

    fn ticks() -> u32 {
        // SAFETY: reading has no effect.
        !unsafe { ((BASE + 4) as *const u32).read_volatile() }
    }

    /// Instructions that `f` takes: an instruction of 64 ns is 1.6 ticks of 40 ns.
    pub(super) fn instructions(f: impl FnOnce()) -> u64 {
        let start = ticks();
        f();
        u64::from(ticks().wrapping_sub(start)) * 5 / 8
    }
}

/// Something that runs a program.
trait Engine {
    fn run(&mut self, n: u64) -> u64;
}

struct Ours<M: Memory>(Instance<M>);

impl<M: Memory> Ours<M> {
    fn new(bytes: &[u8], memory: M) -> Box<Self> {
        let limits = Limits { stack_slots: 4096, call_depth: 256, ..Limits::default() };
        let module = Module::new(bytes, &limits).expect("a valid module");
        Box::new(Self(Instance::new(module, memory, &mut NoHost).expect("it links")))
    }
}

impl<M: Memory> Engine for Ours<M> {
    fn run(&mut self, n: u64) -> u64 {
        self.0.call("run", &[n], &mut NoHost).expect("it runs")[0]
    }
}

struct Wasmi(wasmi::Store<()>, wasmi::TypedFunc<i32, i32>);

impl Wasmi {
    fn new(bytes: &[u8]) -> Box<Self> {
        let engine = wasmi::Engine::default();
        let module = wasmi::Module::new(&engine, bytes).expect("wasmi loads it");
        let mut store = wasmi::Store::new(&engine, ());
        let linker = wasmi::Linker::new(&engine);
        let instance = linker.instantiate_and_start(&mut store, &module).expect("it links");
        let run = instance.get_typed_func(&store, "run").expect("an export");
        Box::new(Self(store, run))
    }
}

impl Engine for Wasmi {
    fn run(&mut self, n: u64) -> u64 {
        u64::from(self.1.call(&mut self.0, n as i32).expect("it runs") as u32)
    }
}

fn windowed(window: u32, pages: u32) -> Windowed<SpiChip<SimChip>> {
    let chip = SpiChip::new(SimChip::new(40), 40).expect("a good chip");
    Windowed::new(chip, Geometry { window, page_size: 512, pages })
}

fn measure(name: &str, bytes: &[u8], n: u64) {
    let make: [fn(&[u8]) -> Box<dyn Engine>; 4] = [
        |bytes| Wasmi::new(bytes),
        |bytes| Ours::new(bytes, Flat::new(2)),
        |bytes| Ours::new(bytes, windowed(2 << 16, 16)),
        |bytes| Ours::new(bytes, windowed(0, 128)),
    ];
    let mut expected = None;
    let [wasmi, flat, window, cache] = make.map(|make| {
        let mut engine = make(bytes);
        // The first call brings code and pages where they will be.
        let result = engine.run(n);
        assert_eq!(*expected.get_or_insert(result), result, "{name}");
        timer::instructions(|| assert_eq!(engine.run(n), result, "{name}"))
    });
    let percent = |part: u64, whole: u64| part * 100 / whole;
    println!(
        "{name:6} {wasmi:9} {flat:9} {window:9} {cache:9} {:8} % {:9} % {:9} %",
        percent(flat, wasmi),
        percent(window, flat),
        percent(cache, flat),
    );
}

#[entry]
fn main() -> ! {
    // SAFETY: called once, before the first allocation, with the board's PSRAM, which nothing else
    // uses (Arm DAI 0386, table 2).
    unsafe { HEAP.init(0x2100_0000, 16 << 20) };
    timer::start();
    println!("           wasmi      flat    window     cache  flat/wasmi window/flat cache/flat");
    for &(name, bytes, n) in PROGRAMS {
        measure(name, bytes, n);
    }
    process::exit(0)
}

/// What a panic is in this build: an undefined instruction.
// SAFETY: nothing goes on after it.
#[exception]
unsafe fn HardFault(frame: &ExceptionFrame) -> ! {
    println!("count: fault at {:#x}", frame.pc());
    process::exit(101)
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    println!("count: {info}");
    process::exit(101)
}
