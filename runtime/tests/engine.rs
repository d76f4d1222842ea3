//! What the engine promises beyond the specification: counts, fuel, interruption, traps that say
//! where, limits that hold.

use runtime::engine::{
    Dispatch, Host, HostError, Instance, Limits, LinkError, Module, Trap, TrapKind,
};
use runtime::memory::{Counting, Flat, Geometry, GuestMemory, Memory, SimChip, SpiChip, Windowed};

/// Imports `env.stop` (asks for a stop), `env.fail` (refuses) and `env.peek` (a word of memory).
#[derive(Default)]
struct TestHost {
    polls: u64,
    /// Stops at this poll.
    stop_at: Option<u64>,
}

impl Host for TestHost {
    fn resolve(&self, module: &str, name: &str, params: &[u8], results: &[u8]) -> Option<u32> {
        match (module, name, params, results) {
            ("env", "stop", [], []) => Some(0),
            ("env", "fail", [], []) => Some(1),
            ("env", "peek", [0x7F], [0x7F]) => Some(2),
            _ => None,
        }
    }

    fn signature(&self, _: &str, name: &str) -> Option<(Vec<u8>, Vec<u8>)> {
        (name == "peek").then(|| (vec![0x7F], vec![0x7F]))
    }

    fn call(
        &mut self,
        number: u32,
        args: &[u64],
        memory: &mut dyn GuestMemory,
    ) -> Result<u64, HostError> {
        match number {
            0 => Err(HostError::Stopped),
            1 => Err(HostError::Trap("the import refuses".into())),
            _ => Ok(memory.read_u32(args[0] as u32).unwrap_or_default().into()),
        }
    }

    fn poll(&mut self) -> Result<(), HostError> {
        self.polls += 1;
        if self.stop_at == Some(self.polls) { Err(HostError::Stopped) } else { Ok(()) }
    }
}

fn module(wat: &str) -> Module {
    let bytes = wat::parse_str(wat).expect("good wat");
    Module::new(&bytes, &Limits::default()).expect("a valid module")
}

fn instance(wat: &str) -> Instance<Flat> {
    Instance::new(module(wat), Flat::new(16), &mut TestHost::default()).expect("it links")
}

fn call(wat: &str, args: &[u64]) -> (Result<Vec<u64>, Trap>, u64) {
    let mut instance = instance(wat);
    let result = instance.call("f", args, &mut TestHost::default());
    (result, instance.instructions())
}

const SUM: &str = r#"(module
  (memory 1)
  (func (export "f") (param i32) (result i32)
    (local $i i32) (local $sum i32)
    (loop $again                                              ;; 12 an iteration
      (local.set $sum (i32.add (local.get $sum) (local.get $i)))
      (i32.store (i32.const 5000) (local.get $sum))
      (br_if $again
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get 0))))
    (i32.load (i32.const 5000))))"#;

#[test]
fn counts_are_of_the_modules_instructions() {
    let (result, count) = call(SUM, &[10]);
    assert_eq!(result, Ok(vec![45]));
    assert_eq!(count, 10 * 14 + 2);
    // Both ways of an if, a branch table, a call, an indirect call, an early return.
    let wat = r#"(module
      (table funcref (elem $inc $inc))
      (func $inc (param i32) (result i32)
        (if (i32.eqz (local.get 0)) (then (return (i32.const 100))))    ;; 3 [+ 2]
        (i32.add (local.get 0) (i32.const 1)))                          ;; 3
      (func (export "f") (param i32) (result i32)
        (block $b (block $a (br_table $a $b (local.get 0))))            ;; 2
        (if (result i32) (local.get 0)                                  ;; 2
          (then (call $inc (local.get 0)))                              ;; 2 + 6
          (else (call_indirect (param i32) (result i32)                 ;; 3 + 5
            (local.get 0) (i32.const 1))))))"#;
    assert_eq!(call(wat, &[5]), (Ok(vec![6]), 2 + 2 + 2 + 6));
    assert_eq!(call(wat, &[0]), (Ok(vec![100]), 2 + 2 + 3 + 5));
}

#[test]
fn fuel_ends_at_the_same_place_on_every_memory() {
    fn run<M: Memory>(memory: M, fuel: u64) -> (TrapKind, u64, Option<u64>, u32) {
        let mut host = TestHost::default();
        let mut instance = Instance::new(module(SUM), memory, &mut host).expect("it links");
        instance.set_fuel(Some(fuel));
        let trap = instance.call("f", &[u64::from(u32::MAX)], &mut host).expect_err("no fuel");
        let sum = instance.memory_mut().read_u32(5000).expect("inside");
        (trap.kind, instance.instructions(), instance.fuel(), sum)
    }
    for fuel in [0, 1, 13, 14, 15, 100, 5000, 123_456] {
        let flat = run(Flat::new(1), fuel);
        assert_eq!(flat.0, TrapKind::OutOfFuel);
        // The first branch back after the fuel is gone.
        assert_eq!(flat.1, (fuel / 14 + 1) * 14, "fuel {fuel}");
        assert_eq!(flat.2, Some(0));
        assert_eq!(run(Counting::new(Flat::new(1), 0), fuel), flat);
        for window in [0, 100, 4096, 65536] {
            let geometry = Geometry { window, page_size: 64, pages: 2 };
            let chip = SpiChip::new(SimChip::new(80), 80).expect("a good chip");
            assert_eq!(run(Windowed::new(chip, geometry), fuel), flat);
        }
    }
}

#[test]
fn fuel_that_suffices_is_used_to_the_last() {
    let mut instance = instance(SUM);
    instance.set_fuel(Some(142));
    assert_eq!(instance.call("f", &[10], &mut TestHost::default()), Ok(vec![45]));
    assert_eq!(instance.fuel(), Some(0));
    assert_eq!(instance.instructions(), 142);
}

#[test]
fn loops_without_calls_can_be_stopped() {
    let mut host = TestHost { stop_at: Some(3), ..TestHost::default() };
    let wat = r#"(module (func (export "f") (loop $l (br $l))))"#;
    let mut instance = instance(wat);
    let trap = instance.call("f", &[], &mut host).expect_err("stopped");
    assert_eq!(trap.kind, TrapKind::Stopped);
    assert!(instance.instructions() < 3 * 10_000);
}

#[test]
fn the_host_is_asked_every_10_000_instructions() {
    // A large function: straight stretches, a loop far into it, calls.
    let straight = "(local.set 0 (i32.add (local.get 0) (i32.const 1)))".repeat(6_000);
    let wat = format!(
        r#"(module
          (func $leaf (param i32) (result i32) {straight} (local.get 0))
          (func (export "f") (param i32) (result i32)
            {straight}
            (loop $l
              (local.set 0 (call $leaf (local.get 0)))
              (loop $inner (br_if $inner (i32.lt_u
                (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 300000))))
              (br_if $l (i32.lt_u (local.get 0) (i32.const 400000))))
            {straight}
            (local.get 0)))"#
    );
    let mut host = TestHost::default();
    let mut instance = instance(&wat);
    assert!(instance.call("f", &[0], &mut host).is_ok());
    assert!(instance.instructions() > 1_000_000);
    assert!(host.polls >= instance.instructions() / 10_000, "{} polls", host.polls);
}

#[test]
fn returns_from_deep_recursion_can_be_stopped() {
    let straight = "(local.set 0 (i32.add (local.get 0) (i32.const 1)))".repeat(400);
    let wat = format!(
        r#"(module (func $down (export "f") (param i32) (result i32)
          (if (local.get 0) (then (drop (call $down (i32.sub (local.get 0) (i32.const 1))))))
          {straight}
          (local.get 0)))"#
    );
    let mut host = TestHost::default();
    let mut deep = instance(&wat);
    assert_eq!(deep.call("f", &[4000], &mut host), Ok(vec![4400]));
    assert!(host.polls >= deep.instructions() / 10_000, "{} polls", host.polls);
    // On the way down it takes 36,000 instructions.
    let mut fueled = instance(&wat);
    fueled.set_fuel(Some(50_000));
    let trap = fueled.call("f", &[4000], &mut host).expect_err("not enough");
    assert_eq!(trap.kind, TrapKind::OutOfFuel);
    assert!((50_000..50_000 + 1610).contains(&fueled.instructions()), "{}", fueled.instructions());
}

/// What `build.rs` chose for this target and optimisation holds for what is tested here.
#[cfg(threaded_dispatch)]
#[test]
fn operations_jump_to_each_other() {
    let mut instance = instance(SUM);
    assert_eq!(instance.dispatch(), Dispatch::Threaded);
    instance.use_loop();
    assert_eq!(instance.dispatch(), Dispatch::Loop);
}

#[test]
fn traps_say_where() {
    let wat = r#"(module
      (import "env" "fail" (func $fail))
      (global $line (export "__line") (mut i32) (i32.const 0))
      (func $deep (param i32)
        (global.set $line (i32.const 42))
        (if (local.get 0) (then unreachable) (else (call $fail))))
      (func $middle (param i32) (call $deep (local.get 0)))
      (func (export "f") (param i32) (call $middle (local.get 0))))"#;
    let trap = call(wat, &[1]).0.expect_err("it traps");
    let names: Vec<_> = trap.chain.iter().map(|frame| frame.name.as_deref()).collect();
    assert_eq!(names, [Some("deep"), Some("middle"), Some("f")]);
    assert_eq!(
        (trap.kind.clone(), trap.line(), trap.omitted),
        (TrapKind::Unreachable, Some(42), 0)
    );
    // The offset is the instruction's.
    let bytes = wat::parse_str(wat).expect("good wat");
    assert_eq!(bytes[trap.chain[0].offset.expect("known") as usize], 0x00);
    assert_eq!(bytes[trap.chain[1].offset.expect("known") as usize], 0x10);
    let trap = call(wat, &[0]).0.expect_err("it traps");
    assert_eq!(trap.kind, TrapKind::Host("the import refuses".into()));
    assert_eq!(trap.chain.len(), 3);
    assert!(trap.to_string().starts_with("the import refuses\n  in deep (offset "));
}

#[test]
fn endless_recursion_is_a_trap() {
    let wat = r#"(module (func $f (export "f") (param i64) (result i64)
      (i64.add (call $f (local.get 0)) (i64.const 1))))"#;
    let trap = call(wat, &[1]).0.expect_err("it traps");
    assert_eq!(trap.kind, TrapKind::StackExhausted);
    assert_eq!(trap.chain.len(), 2 * Trap::CHAIN);
    assert!(trap.omitted > 1000);
}

#[test]
fn frames_past_256_slots() {
    // Sum of 300 i64 locals and as many operands, each its index.
    let locals = "i64 ".repeat(300);
    let sets: String =
        (0..300_u64).map(|i| format!("(local.set {} (i64.const {}))", i + 1, i << 33)).collect();
    let gets: String = (0..300).map(|i| format!("(local.get {})", i + 1)).collect();
    let adds = "i64.add ".repeat(299);
    let wat = format!(
        r#"(module (func (export "f") (param i32) (result i64) (local {locals})
          {sets} {gets} {adds} (local.set 299 (i64.add (i64.extend_i32_u (local.get 0))))
          (local.tee 298 (local.get 299))))"#
    );
    let expected = (0..300_u64).map(|i| i << 33).sum::<u64>() + 7;
    assert_eq!(call(&wat, &[7]).0, Ok(vec![expected]));
}

#[test]
fn branches_too_far_for_16_bits() {
    let straight = "(local.set 1 (i32.add (i32.mul (local.get 1) (i32.const 3)) (local.get 0)))";
    let wat = format!(
        r#"(module (func (export "f") (param i32) (result i32) (local i32)
          (loop $l
            (if (i32.and (local.get 0) (i32.const 1)) (then {} ) (else {}))
            (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
          (local.get 1)))"#,
        straight.repeat(40_000),
        straight.repeat(35_000),
    );
    let mut expected = 0_u32;
    for n in (1..=3_u32).rev() {
        for _ in 0..if n % 2 == 1 { 40_000 } else { 35_000 } {
            expected = expected.wrapping_mul(3).wrapping_add(n);
        }
    }
    let (result, count) = call(&wat, &[3]);
    assert_eq!(result, Ok(vec![expected.into()]));
    assert_eq!(count, 3 * (4 + 5) + (2 * 40_000 + 35_000) * 6 + 1);
}

#[test]
fn accesses_at_the_edges_of_window_and_pages() {
    let wat = r#"(module (memory 1)
      (func (export "f") (param $addr i32) (param $value i64) (result i64)
        (i64.store (local.get $addr) (local.get $value))
        (i64.add (i64.load32_u offset=2 (local.get $addr))
          (i64.shl (i64.load8_s (i32.add (local.get $addr) (i32.const 7))) (i64.const 32)))))"#;
    let geometry = Geometry { window: 100, page_size: 32, pages: 1 };
    let chip = SpiChip::new(SimChip::new(80), 80).expect("a good chip");
    let mut host = TestHost::default();
    let mut ours =
        Instance::new(module(wat), Windowed::new(chip, geometry), &mut host).expect("links");
    let mut flat = instance(wat);
    for addr in (80..140).chain(65_525..65_540).chain([u64::from(u32::MAX)]) {
        let args = [addr, 0x8877_6655_4433_2211_u64.wrapping_mul(addr | 1)];
        let (a, b) = (ours.call("f", &args, &mut host), flat.call("f", &args, &mut host));
        assert_eq!(a, b, "at {addr}");
    }
}

#[test]
fn counting_memory_knows_every_access() {
    let mut host = TestHost::default();
    let memory = Counting::new(Flat::new(1), 8192);
    let mut instance = Instance::new(module(SUM), memory, &mut host).expect("it links");
    instance.call("f", &[10], &mut host).expect("it runs");
    let region = instance.memory().region(5000, 5004);
    assert_eq!((region.loads, region.stores), (1, 10));
    assert_eq!(instance.memory().total(), region);
}

#[test]
fn link_errors_name_both_signatures() {
    let module = module(r#"(module (import "env" "peek" (func (param i64))))"#);
    let error =
        Instance::new(module, Flat::new(1), &mut TestHost::default()).expect_err("unlinkable");
    assert_eq!(
        error.to_string(),
        "import `env.peek`: the module expects (i64) -> (), the host has (i32) -> i32"
    );
    assert!(matches!(error, LinkError::Import { .. }));
}

#[test]
fn load_errors_name_function_and_offset() {
    let bytes = wat::parse_str(r#"(module (func $good) (func $bad (result i32) (i64.const 1)))"#);
    let error = Module::new(&bytes.expect("encodes"), &Limits::default()).expect_err("invalid");
    assert_eq!(error.function, Some((1, Some("bad".into()))));
    assert_eq!(
        error.to_string(),
        "function 1 `bad`: type mismatch: expected i32, found i64 (at offset 0x21)"
    );
}

#[test]
fn limits_are_errors() {
    let check = |wat: &str, limits: Limits, part: &str| {
        let bytes = wat::parse_str(wat).expect("good wat");
        let error = Module::new(&bytes, &limits).expect_err("beyond a limit").to_string();
        assert!(error.contains(part), "{error}");
    };
    let limits = Limits::default();
    check("(module (memory 9))", Limits { pages: 8, ..limits.clone() }, "limit 8");
    check("(module (table 9 funcref))", Limits { table: 8, ..limits.clone() }, "limit 8");
    check("(module (func (local i32 i32)))", Limits { locals: 1, ..limits.clone() }, "limit 1");
    check("(module (func) (func))", Limits { entries: 1, ..limits.clone() }, "limit of 1");
    let arity = Limits { arity: 1, ..limits.clone() };
    check("(module (func (param i32 i32)))", arity, "limit of 1");
    let nested = format!("(module (func {} {}))", "(block ".repeat(20), ")".repeat(20));
    check(&nested, Limits { nesting: 10, ..limits.clone() }, "deeper than 10");
    check("(module (func nop nop nop))", Limits { code_bytes: 4, ..limits }, "limit 4");
}

#[test]
fn limits_on_execution_are_traps_or_refusals() {
    let call = |wat: &str, limits: Limits| {
        let module = Module::new(&wat::parse_str(wat).expect("good wat"), &limits);
        let module = module.expect("a valid module");
        let mut host = TestHost::default();
        let mut instance = Instance::new(module, Flat::new(16), &mut host).expect("it links");
        instance.call("f", &[], &mut host).map_err(|trap| trap.kind)
    };
    let nested = r#"(module (func $g (local i64) nop) (func (export "f") (call $g)))"#;
    let limits = Limits::default();
    assert_eq!(call(nested, limits.clone()), Ok(vec![]));
    let depth = Limits { call_depth: 1, ..limits.clone() };
    assert_eq!(call(nested, depth), Err(TrapKind::StackExhausted));
    let slots = Limits { stack_slots: 1, ..limits.clone() };
    assert_eq!(call(nested, slots), Err(TrapKind::StackExhausted));
    let grow =
        r#"(module (memory 1) (func (export "f") (result i32) (memory.grow (i32.const 2))))"#;
    assert_eq!(call(grow, Limits { pages: 3, ..limits.clone() }), Ok(vec![1]));
    assert_eq!(call(grow, Limits { pages: 2, ..limits }), Ok(vec![u64::from(u32::MAX)]));
}

#[test]
fn imports_see_the_memory() {
    let wat = r#"(module (import "env" "peek" (func $peek (param i32) (result i32))) (memory 1)
      (table funcref (elem $peek))
      (func (export "f") (param i32) (result i32)
        (i32.store (i32.const 64) (local.get 0))
        (i32.add (call $peek (i32.const 64))
          (call_indirect (param i32) (result i32) (i32.const 64) (i32.const 0)))))"#;
    assert_eq!(call(wat, &[21]).0, Ok(vec![42]));
}
