//! From bytes to the first call, and the memory that a loaded module takes.
//!
//! wasmi translates each function when it is first called, unless asked to do it all at load
//! (`eager`), as ours does. The last two modules are examples, compiled by our own compilers; they
//! want a device, so they are not called.

use super::{AnyHost, Program, allocations, instance, time};
use runtime::compile::{Settings, compile};
use runtime::engine::{Limits, Module};
use runtime::memory::Flat;
use std::hint::black_box;
use wasm_common::source::NoFiles;
use wasmi::CompilationMode::{Eager, LazyTranslation};

const ROUNDS: usize = 200;

fn ours(bytes: &[u8], called: bool) -> u64 {
    let mut ours = instance(bytes, Flat::new(16));
    if called { ours.call("run", &[0], &mut AnyHost).expect("it runs")[0] } else { 0 }
}

fn wasmi_module(bytes: &[u8], mode: wasmi::CompilationMode) -> wasmi::Module {
    let mut config = wasmi::Config::default();
    config.compilation_mode(mode);
    let engine = wasmi::Engine::new(&config);
    wasmi::Module::new(&engine, bytes).expect("wasmi loads it")
}

fn wasmi(bytes: &[u8], mode: wasmi::CompilationMode, called: bool) -> u64 {
    let module = wasmi_module(bytes, mode);
    let mut store = wasmi::Store::new(module.engine(), ());
    let mut linker = wasmi::Linker::new(module.engine());
    for import in module.imports() {
        if let wasmi::ExternType::Func(ty) = import.ty() {
            let nothing = |_: wasmi::Caller<'_, ()>, _: &[wasmi::Val], _: &mut [wasmi::Val]| Ok(());
            linker.func_new(import.module(), import.name(), ty.clone(), nothing).expect("new");
        }
    }
    let instance = linker.instantiate_and_start(&mut store, &module).expect("it links");
    if !called {
        return 0;
    }
    let run = instance.get_typed_func::<i32, i32>(&store, "run").expect("an export");
    u64::from(run.call(&mut store, 0).expect("it runs") as u32)
}

/// Millions of bytes of wasm a second.
fn rate(bytes: &[u8], mut f: impl FnMut() -> u64) -> f64 {
    let best = (0..ROUNDS).map(|_| time(|| _ = black_box(f()))).min();
    bytes.len() as f64 / best.unwrap_or_default().as_secs_f64() / 1e6
}

fn row(name: &str, bytes: &[u8], called: bool) {
    assert_eq!(ours(bytes, called), wasmi(bytes, Eager, called), "{name}");
    let per_byte = |used: usize| used as f64 / bytes.len() as f64;
    let module = || Module::new(bytes, &Limits::default()).expect("a valid module");
    println!(
        "{name:10} {:6} {:8.1} {:8.1} {:8.1} {:12.2} {:8.2} {:8.2}",
        bytes.len(),
        rate(bytes, || ours(bytes, called)),
        rate(bytes, || wasmi(bytes, Eager, called)),
        rate(bytes, || wasmi(bytes, LazyTranslation, called)),
        per_byte(module().code_memory()),
        per_byte(allocations::peak(module)),
        per_byte(allocations::peak(|| wasmi_module(bytes, Eager))),
    );
}

pub(crate) fn table(programs: &[Program]) {
    println!("load         wasm     ours    wasmi    wasmi         code     peak     peak");
    println!("            bytes     MB/s    eager     lazy   bytes/byte     ours    wasmi");
    for &(name, bytes, _) in programs {
        row(name, bytes, true);
    }
    let examples = [
        ("bench.c", include_bytes!("../../../examples/c/bench.c").as_slice()),
        ("words.bas", include_bytes!("../../../examples/basic/words.bas").as_slice()),
    ];
    for (name, source) in examples {
        let made = compile(name, source, &Settings::default(), &mut NoFiles).expect("a language");
        let (module, _) = made.module.expect("the example is right");
        row(name, &module, false);
    }
}
