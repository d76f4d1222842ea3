//! Programs as modules: compiled, validated, run on wasmi.

use super::{Outcome, canonical, contents};
use wasm_common::backend::{Backend, OptLevel, Options, Output};
use wasm_common::ir::interp::Trap;
use wasm_common::ir::{Program, SymbolKind, Type};
use wasmi::{Caller, Config, Engine, Func, Linker, Module, Store, TrapCode, Val};

/// All of them.
pub const LEVELS: [OptLevel; 4] = [OptLevel::O0, OptLevel::O1, OptLevel::O2, OptLevel::Os];

/// What the host saw.
#[derive(Default)]
struct Seen {
    log: Vec<(String, Vec<u64>)>,
    lines: Vec<u32>,
}

/// Compiles `program` with `main` and all its globals exported.
pub fn compile(program: &Program, main: &str, opt: OptLevel) -> Output {
    compile_with(program, main, Options { opt, ..Options::default() })
}

pub fn compile_with(program: &Program, main: &str, options: Options) -> Output {
    let mut backend = Backend::new(options);
    backend.symbols = program.symbols.clone();
    for index in 0..backend.symbols.len() {
        let symbol = wasm_common::ir::Symbol(index as u32);
        let data = backend.symbols.get_mut(symbol);
        if data.name == main || matches!(data.kind, SymbolKind::Global(_)) {
            data.export = Some(data.name.clone());
        }
    }
    program.functions.iter().for_each(|function| backend.define(function.clone()));
    let output = backend.finish().expect("links");
    let valid = wasmparser::Validator::new().validate_all(&output.wasm);
    valid.unwrap_or_else(|error| panic!("{error}\n{program}\n{}", wat(&output.wasm)));
    output
}

fn val(bits: u64, ty: Type) -> Val {
    match ty {
        Type::I32 => Val::I32(bits as i32),
        Type::I64 => Val::I64(bits as i64),
        Type::F32 => Val::F32(f32::from_bits(bits as u32).into()),
        Type::F64 => Val::F64(f64::from_bits(bits).into()),
    }
}

fn bits(val: &Val) -> u64 {
    match val {
        Val::I32(x) => u64::from(*x as u32),
        Val::I64(x) => *x as u64,
        Val::F32(x) => u64::from(x.to_bits()),
        Val::F64(x) => x.to_bits(),
        _ => unreachable!("number types only"),
    }
}

fn trap(error: &wasmi::Error) -> Trap {
    match error.as_trap_code().expect("a trap") {
        TrapCode::UnreachableCodeReached => Trap::Unreachable,
        TrapCode::MemoryOutOfBounds => Trap::MemoryOutOfBounds,
        TrapCode::TableOutOfBounds => Trap::TableOutOfBounds,
        TrapCode::IndirectCallToNull => Trap::IndirectCallToNull,
        TrapCode::IntegerDivisionByZero => Trap::IntegerDivideByZero,
        TrapCode::IntegerOverflow => Trap::IntegerOverflow,
        TrapCode::BadConversionToInteger => Trap::InvalidConversionToInteger,
        TrapCode::StackOverflow => Trap::StackOverflow,
        TrapCode::BadSignature => Trap::BadSignature,
        TrapCode::OutOfFuel => Trap::OutOfFuel,
        code => panic!("{code:?}"),
    }
}

/// Runs the module on wasmi; `data` is what `Outcome` has, object by object in the order of the
/// symbols, wherever the layout put them. The second result is `__line` at each call of an import.
pub fn run_wasm(
    program: &Program,
    output: &Output,
    main: &str,
    args: &[u64],
) -> (Outcome, Vec<u32>) {
    let mut config = Config::default();
    config.consume_fuel(true);
    let engine = Engine::new(&config);
    let module = Module::new(&engine, &output.wasm).expect("is valid");
    let mut store = Store::new(&engine, Seen::default());
    store.set_fuel(50_000_000).expect("has fuel");
    let mut linker = Linker::new(&engine);
    for import in module.imports() {
        let ty = import.ty().func().expect("imports functions").clone();
        let name = import.name().to_string();
        let result = !ty.results().is_empty();
        let func = Func::new(&mut store, ty, move |mut caller: Caller<'_, Seen>, args, results| {
            let args: Vec<u64> = args.iter().map(bits).collect();
            if result {
                let sum = args.iter().fold(7u64, |s, arg| s.wrapping_mul(31).wrapping_add(*arg));
                results[0] = Val::I32((sum & 0xFFFF) as i32);
            }
            let line = caller.get_export("__line").and_then(wasmi::Extern::into_global);
            let line = line.map(|line| bits(&line.get(&caller)) as u32);
            caller.data_mut().lines.extend(line);
            caller.data_mut().log.push((name.clone(), args));
            Ok(())
        });
        linker.define(import.module(), import.name(), func).expect("defines");
    }
    let instance = linker.instantiate_and_start(&mut store, &module).expect("starts");
    let symbol = program.symbols.find(main).expect("has a main function");
    let sig = program.symbols.func_sig(symbol).expect("is a function").clone();
    let args: Vec<Val> = args.iter().zip(&sig.params).map(|(&bits, &ty)| val(bits, ty)).collect();
    let mut results = vec![Val::I32(0); usize::from(sig.result.is_some())];
    let func = instance.get_func(&store, main).expect("is exported");
    let result = func.call(&mut store, &args, &mut results);
    let result = match result {
        Ok(()) => Ok(results.first().zip(sig.result).map(|(v, ty)| canonical(bits(v), ty))),
        Err(error) => Err(trap(&error)),
    };
    let memory = instance.get_memory(&store, "memory").expect("has memory");
    let (mut globals, mut data) = (Vec::new(), Vec::new());
    for (symbol, of) in program.symbols.iter() {
        match &of.kind {
            SymbolKind::Global(global) if result.is_ok() => {
                let value = instance.get_global(&store, &of.name).expect("is exported").get(&store);
                globals.push(canonical(bits(&value), global.ty));
            }
            SymbolKind::Data(object) if result.is_ok() => {
                data.push(output.layout.address(symbol).map(|at| {
                    contents(&of.name, &memory.data(&store)[at as usize..][..object.size as usize])
                }))
            }
            _ => {}
        }
    }
    let Seen { log, lines } = store.into_data();
    (Outcome { result, log, globals, data }, lines)
}

/// A module as text.
pub fn wat(wasm: &[u8]) -> String {
    wasmprinter::print_bytes(wasm).expect("prints")
}
