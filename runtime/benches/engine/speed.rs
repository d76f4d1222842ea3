//! The same modules through wasmi and through ours: flat memory; windowed with all data in the
//! window; windowed with no window, all data in the page cache. In one run, as ratios.

use super::{Program, instance, psram, time};
use runtime::engine::Instance;
use runtime::memory::{Flat, Memory};
use std::hint::black_box;
use std::time::Duration;

const ROUNDS: usize = 40;

/// Something that runs one program.
trait Engine {
    fn run(&mut self, n: u64) -> u64;
}

impl<M: Memory> Engine for Instance<M> {
    fn run(&mut self, n: u64) -> u64 {
        self.call("run", &[n], &mut super::AnyHost).expect("it runs")[0]
    }
}

struct Wasmi(wasmi::Store<()>, wasmi::TypedFunc<i32, i32>);

impl Wasmi {
    fn new(bytes: &[u8]) -> Self {
        // Its default dispatch is its fastest: tail calls.
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

pub(crate) fn table(programs: &[Program]) {
    println!("speed      wasmi      flat    window     cache   flat/wasmi window/flat cache/flat");
    println!("              ms        ms        ms        ms");
    for &(name, bytes, n) in programs {
        let mut engines: [Box<dyn Engine>; 4] = [
            Box::new(Wasmi::new(bytes)),
            Box::new(instance(bytes, Flat::new(2))),
            Box::new(instance(bytes, psram(80, 2 << 16, 512, 64))),
            Box::new(instance(bytes, psram(80, 0, 512, 128))),
        ];
        let expected = engines[0].run(n);
        let mut best = [Duration::MAX; 4];
        for _ in 0..ROUNDS {
            for (engine, best) in engines.iter_mut().zip(&mut best) {
                let taken = time(|| assert_eq!(black_box(engine.run(n)), expected, "{name}"));
                *best = taken.min(*best);
            }
        }
        let [wasmi, flat, window, cache] = best.map(|time| time.as_secs_f64() * 1000.0);
        println!(
            "{name:6} {wasmi:9.3} {flat:9.3} {window:9.3} {cache:9.3}   {:10.2} {:11.2} {:10.2}",
            flat / wasmi,
            window / flat,
            cache / flat,
        );
    }
}
