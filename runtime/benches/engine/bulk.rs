//! memory.fill, memory.copy and memory.grow on flat memory, in the window, in the page cache, and
//! with more data than the cache holds, where the bus counts.

use super::{AnyHost, Program, instance, psram, time};
use runtime::engine::Instance;
use runtime::memory::{Flat, Memory};

const ROUNDS: usize = 30;
/// Bytes that are filled or copied.
const LEN: u64 = 32 << 10;

const WAT: &str = r#"(module (memory 2)
  (func (export "fill") (param i32)
    (memory.fill (i32.const 0) (i32.const 7) (local.get 0)))
  (func (export "copy") (param i32)
    (memory.copy (i32.const 0x8000) (i32.const 1) (local.get 0)))
  (func (export "grow") (param i32) (drop (memory.grow (local.get 0)))))"#;

/// Microseconds that a call takes.
fn micros<M: Memory>(instance: &mut Instance<M>, name: &str, arg: u64) -> f64 {
    let call = || _ = instance.call(name, &[arg], &mut AnyHost).expect("it runs");
    time(call).as_secs_f64() * 1e6
}

fn row<M: Memory>(name: &str, bytes: &[u8], memory: impl Fn() -> M) {
    let mut one = instance(bytes, memory());
    let mut best = [f64::MAX; 3];
    for _ in 0..ROUNDS {
        best[0] = best[0].min(micros(&mut one, "fill", LEN));
        best[1] = best[1].min(micros(&mut one, "copy", LEN));
        best[2] = best[2].min(micros(&mut instance(bytes, memory()), "grow", 8));
    }
    println!("{name:18} {:9.2} {:9.2} {:9.2}", best[0], best[1], best[2]);
}

pub(crate) fn table(_: &[Program]) {
    let bytes = wat::parse_str(WAT).expect("good wat");
    println!("bulk                fill 32K  copy 32K  grow by 8 pages: us on this machine");
    row("flat", &bytes, || Flat::new(16));
    row("window", &bytes, || psram(80, 2 << 16, 512, 64));
    row("cache", &bytes, || psram(80, 0, 512, 256));
    println!("bulk, cache 4K     commands      read   written   us on the bus at 80 MHz");
    let mut small = instance(&bytes, psram(80, 0, 512, 8));
    let mut before = small.memory().bus().spi().stats();
    for (name, call, len) in [
        ("fill new pages", "fill", LEN),
        ("fill again", "fill", LEN),
        ("copy", "copy", LEN),
        ("grow by 8 pages", "grow", 8),
    ] {
        small.call(call, &[len], &mut AnyHost).expect("it runs");
        let now = small.memory().bus().spi().stats();
        println!(
            "{name:18} {:8} {:9} {:9} {:9}",
            now.commands - before.commands,
            now.read_bytes - before.read_bytes,
            now.written_bytes - before.written_bytes,
            (now.nanoseconds - before.nanoseconds) / 1000
        );
        before = now;
    }
}
