//! The engine's unsafe parts (`engine/exec`, `memory/cache`, `memory/counting`) under Miri, in short
//! runs of every kind of access:
//!
//! ```text
//! cd tests/miri && cargo +nightly miri run
//! ```
//!
//! Needs `rustup component add --toolchain nightly miri rust-src`. Both dispatches run: Miri keeps its
//! frames in the heap, so it matters little that the threaded one's calls stay calls here.

use runtime::engine::{Dispatch, Host, HostError, Instance, Limits, Module, Trap};
use runtime::memory::{
    Counting, Flat, Geometry, GuestMemory, Memory, Policy, SimChip, SpiChip, Windowed,
};

/// Imports: 0 adds a word of memory and writes it back, 1 refuses.
struct TestHost;

impl Host for TestHost {
    fn resolve(&self, _: &str, name: &str, _: &[u8], _: &[u8]) -> Option<u32> {
        ["bump", "fail"].iter().position(|known| *known == name).map(|index| index as u32)
    }

    fn call(
        &mut self,
        number: u32,
        args: &[u64],
        memory: &mut dyn GuestMemory,
    ) -> Result<u64, HostError> {
        let refused = || HostError::Trap("refused".into());
        let addr = args.first().copied().ok_or_else(refused)? as u32;
        let word = memory.read_u32(addr).map_err(|_| refused())?;
        memory.write_u32(addr, word + 1).map_err(|_| refused())?;
        if number == 0 { Ok(u64::from(word)) } else { Err(refused()) }
    }
}

/// Accesses of all widths at edges, bulk operations, growth, host and indirect calls, several
/// results, traps.
const ALL: &str = r#"(module
  (import "env" "bump" (func $bump (param i32) (result i32)))
  (memory (export "memory") 1 3)
  (data (i32.const 90) "0123456789abcdefghijklmnopqrstuvwxyz")
  (data $passive "passive")
  (table 4 funcref)
  (elem (i32.const 1) $twice $bump)
  (elem $more func $twice)
  (global $g (mut i64) (i64.const 5))
  (type $unary (func (param i32) (result i32)))
  (func $twice (type $unary) (i32.mul (local.get 0) (i32.const 2)))
  (func $pair (param i32) (result i64 i32)
    (i64.extend_i32_s (local.get 0)) (i32.add (local.get 0) (i32.const 1)))
  (func $deep (export "deep") (param i32) (result i32)
    (i32.add (call $deep (local.get 0)) (i32.const 1)))
  (func $access (param $at i32) (result i64)
    (i64.store (local.get $at) (i64.add (i64.load offset=1 (local.get $at)) (global.get $g)))
    (i32.store16 offset=3 (local.get $at) (i32.load16_s (local.get $at)))
    (i32.store8 (i32.add (local.get $at) (i32.const 9)) (i32.load8_s offset=5 (local.get $at)))
    (f64.store (local.get $at) (f64.abs (f64.load (local.get $at))))
    (f32.store (local.get $at) (f32.add (f32.load offset=2 (local.get $at)) (f32.const 1.5)))
    (global.set $g (i64.load (local.get $at)))
    (i64.xor (i64.load32_u offset=7 (local.get $at)) (global.get $g)))
  (func (export "run") (param $n i32) (result i64) (local $at i32) (local $sum i64)
    (local.set $at (i32.const 20))
    (loop $l
      (local.set $sum (i64.add (i64.rotl (local.get $sum) (i64.const 5))
        (call $access (local.get $at))))
      (br_if $l (i32.lt_u (local.tee $at (i32.add (local.get $at) (local.get $n)))
        (i32.const 260))))
    (memory.init $passive (i32.const 65530) (i32.const 1) (i32.const 6))
    (memory.copy (i32.const 300) (i32.const 64) (i32.const 150))
    (memory.copy (i32.const 310) (i32.const 300) (i32.const 150))
    (memory.fill (i32.const 460) (i32.const 7) (i32.const 100))
    (drop (memory.grow (i32.const 1)))
    (drop (memory.grow (i32.const 9)))
    (table.init $more (i32.const 0) (i32.const 0) (i32.const 1))
    (table.copy (i32.const 3) (i32.const 0) (i32.const 1))
    (drop (call_indirect (type $unary) (i32.const 96) (i32.const 2)))
    (call $pair (call_indirect (type $unary) (i32.const 21) (i32.const 3)))
    (local.set $at)
    (local.set $sum (i64.add (local.get $sum)))
    (i64.add (local.get $sum) (i64.load (i32.add (local.get $at) (i32.const 60)))))
  (func (export "outside") (result i32) (i32.load offset=4 (i32.const -4)))
  (func (export "null") (result i32) (call_indirect (type $unary) (i32.const 0) (i32.const 9))))"#;

fn limits() -> Limits {
    Limits { stack_slots: 1024, call_depth: 64, ..Limits::default() }
}

type Seen = (Vec<Result<Vec<u64>, Trap>>, u64, Vec<u8>);

/// What can be seen of a run.
fn run<M: Memory>(bytes: &[u8], calls: &[(&str, &[u64])], memory: M, dispatch: Dispatch) -> Seen {
    let module = Module::new(bytes, &limits()).expect("a valid module");
    let mut instance = Instance::new(module, memory, &mut TestHost).expect("it links");
    match dispatch {
        Dispatch::Loop => instance.use_loop(),
        Dispatch::Threaded => assert_eq!(instance.dispatch(), dispatch, "built without it"),
    }
    let call = |(name, args): &(&str, &[u64])| instance.call(name, args, &mut TestHost);
    let outcomes = calls.iter().map(call).collect();
    let mut bytes = vec![0; instance.memory().size().min(2048) as usize];
    instance.memory_mut().read(0, &mut bytes).expect("inside");
    (outcomes, instance.instructions(), bytes)
}

fn windowed(window: u32, page_size: u32, pages: u32, policy: Policy) -> Windowed<SpiChip<SimChip>> {
    let chip = SpiChip::new(SimChip::new(80), 80).expect("a good chip");
    let geometry = Geometry { window, page_size, pages };
    Windowed::new(chip, geometry).with_policy(policy).with_read_ahead(policy == Policy::Lru)
}

/// The same on every memory, in both dispatches.
fn everywhere(name: &str, bytes: &[u8], calls: &[(&str, &[u64])]) {
    let flat = run(bytes, calls, Flat::new(3), Dispatch::Loop);
    for dispatch in [Dispatch::Loop, Dispatch::Threaded] {
        let mut given = vec![0xEE; 3 << 16];
        let over = Flat::over(&mut given);
        assert!(run(bytes, calls, over, dispatch) == flat, "{name}: {dispatch:?}, given buffer");
        let counting = Counting::new(Flat::new(3), 512);
        assert!(run(bytes, calls, counting, dispatch) == flat, "{name}: {dispatch:?}, counting");
        for (window, page_size, pages, policy) in
            [(0, 512, 4, Policy::Clock), (100, 32, 1, Policy::Clock), (70, 64, 3, Policy::Lru)]
        {
            let memory = windowed(window, page_size, pages, policy);
            let seen = run(bytes, calls, memory, dispatch);
            assert!(seen == flat, "{name}: {dispatch:?}, window {window}, {pages} pages");
        }
    }
    println!("{name}: {} instructions, on every memory, in both dispatches", flat.1);
}

fn main() {
    let all = wat::parse_str(ALL).expect("good wat");
    everywhere(
        "all",
        &all,
        &[("run", &[11]), ("outside", &[]), ("null", &[]), ("deep", &[1]), ("run", &[29])],
    );
    macro_rules! program {
        ($name:literal, $n:literal) => {
            let bytes = include_bytes!(concat!(
                "../../../runtime/benches/engine/programs/",
                $name,
                ".wasm"
            ));
            everywhere($name, bytes, &[("run", &[$n])]);
        };
    }
    program!("fib", 6);
    program!("vm", 1);
}
