//! What cannot be seen from outside: the guard of the native stack.

use super::{Dispatch, Host, HostError, Instance, Limits, Module};
use crate::memory::{Flat, GuestMemory};

#[derive(Default)]
struct NoHost {
    polls: u64,
}

impl Host for NoHost {
    fn resolve(&self, _: &str, _: &str, _: &[u8], _: &[u8]) -> Option<u32> {
        None
    }

    fn call(&mut self, _: u32, _: &[u64], _: &mut dyn GuestMemory) -> Result<u64, HostError> {
        Ok(0)
    }

    fn poll(&mut self) -> Result<(), HostError> {
        self.polls += 1;
        Ok(())
    }
}

/// Loops, calls, several results, memory: places where a run looks whether to go on.
const PROGRAM: &str = r#"(module (memory 1)
  (func $fib (param i32) (result i32)
    (if (i32.lt_u (local.get 0) (i32.const 2)) (then (return (local.get 0))))
    (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
      (call $fib (i32.sub (local.get 0) (i32.const 2)))))
  (func $three (param i32) (result i32 i64 i32)
    (local.get 0) (i64.extend_i32_u (local.get 0)) (i32.add (local.get 0) (i32.const 1)))
  (func (export "f") (param i32) (result i64) (local $sum i64) (local $a i32) (local $b i64)
    (loop $l
      (call $three (local.get 0))
      (local.set $a)
      (local.set $b)
      (local.set $a (i32.add (local.get $a)))
      (i32.store (i32.const 8) (local.get $a))
      (local.set $sum (i64.add (local.get $sum) (local.get $b)))
      (local.set $sum (i64.add (local.get $sum) (i64.load (i32.const 8))))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (i64.add (local.get $sum) (i64.extend_i32_u (call $fib (i32.const 20))))))"#;

/// Result, instructions, polls, and what dispatched.
fn run(native_room: Option<usize>) -> (Vec<u64>, u64, u64, Dispatch) {
    let bytes = wat::parse_str(PROGRAM).expect("good wat");
    let module = Module::new(&bytes, &Limits::default()).expect("a valid module");
    let mut host = NoHost::default();
    let mut instance = Instance::new(module, Flat::new(1), &mut host).expect("it links");
    match native_room {
        Some(room) => instance.state.native_room = room,
        None => instance.use_loop(),
    }
    let result = instance.call("f", &[5000], &mut host).expect("it runs");
    (result, instance.instructions(), host.polls, instance.dispatch())
}

#[test]
fn a_run_that_leaves_its_native_calls_goes_on_where_it_was() {
    let looped = run(None);
    let (result, instructions, polls, dispatch) = run(Some(1 << 20));
    assert_eq!((dispatch, looped.3), (Dispatch::Threaded, Dispatch::Loop));
    assert_eq!((&result, instructions, polls), (&looped.0, looped.1, looped.2));
    // Without any room it leaves at every look.
    let (again, instructions, polls, _) = run(Some(0));
    assert_eq!((again, instructions, polls), (result, looped.1, looped.2));
    assert!(polls > 50);
}
