//! The emitted module does what the IR does: programs on the reference interpreter and, compiled at
//! every level, on wasmi.
//!
//! A case is `codegen/NAME.ir`; lines `; run: f(1, 2)` in it are calls that must do the same
//! everywhere. Beside it, `NAME.wat` is the code and layout at level O0, where nothing but the
//! code generator has touched it (`BLESS=1 cargo test` writes these).

mod support;

use proptest::prelude::*;
use std::path::Path;
use support::{Outcome, calls, canonical, contents, random, run_at, verify_all};
use wasm_common::backend::{Backend, OptLevel, Options, Output};
use wasm_common::ir::interp::Trap;
use wasm_common::ir::{Program, SymbolKind, Type, text::parse};
use wasmi::{Caller, Config, Engine, Func, Linker, Module, Store, TrapCode, Val};

const LEVELS: [OptLevel; 4] = [OptLevel::O0, OptLevel::O1, OptLevel::O2, OptLevel::Os];

/// Instructions that the interpreter may execute; what takes more is not compared.
const FUEL: u64 = 200_000;

type Log = Vec<(String, Vec<u64>)>;

/// Compiles `program` with `main` and all its globals exported.
fn compile(program: &Program, main: &str, opt: OptLevel) -> Output {
    compile_with(program, main, Options { opt, ..Options::default() })
}

fn compile_with(program: &Program, main: &str, options: Options) -> Output {
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
/// symbols, wherever the layout put them.
fn run_wasm(program: &Program, output: &Output, main: &str, args: &[u64]) -> Outcome {
    let mut config = Config::default();
    config.consume_fuel(true);
    let engine = Engine::new(&config);
    let module = Module::new(&engine, &output.wasm).expect("is valid");
    let mut store = Store::new(&engine, Log::new());
    store.set_fuel(50_000_000).expect("has fuel");
    let mut linker = Linker::new(&engine);
    for import in module.imports() {
        let ty = import.ty().func().expect("imports functions").clone();
        let name = import.name().to_string();
        let result = !ty.results().is_empty();
        let func = Func::new(&mut store, ty, move |mut caller: Caller<'_, Log>, args, results| {
            let args: Vec<u64> = args.iter().map(bits).collect();
            if result {
                let sum = args.iter().fold(7u64, |s, arg| s.wrapping_mul(31).wrapping_add(*arg));
                results[0] = Val::I32((sum & 0xFFFF) as i32);
            }
            caller.data_mut().push((name.clone(), args));
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
    Outcome { result, log: store.into_data(), globals, data }
}

/// Runs `main` on the interpreter and at every level, and compares.
fn agree(program: &Program, main: &str, args: &[u64]) -> Result<(), TestCaseError> {
    for level in LEVELS {
        let output = compile(program, main, level);
        let layout = output.layout.for_interpreter();
        let (expected, executed) = run_at(program, layout, main, args, FUEL);
        if executed >= FUEL {
            return Ok(());
        }
        let found = run_wasm(program, &output, main, args);
        prop_assert_eq!(&found, &expected, "{:?}\n{}\n{}", level, program, wat(&output.wasm));
    }
    Ok(())
}

fn wat(wasm: &[u8]) -> String {
    wasmprinter::print_bytes(wasm).expect("prints")
}

/// The code without custom sections, and the layout.
fn picture(program: &Program, main: &str) -> String {
    let options = Options { opt: OptLevel::O0, emit_lines: false, ..Options::default() };
    let output = compile_with(program, main, options);
    let wat = wat(&output.wasm);
    let lines = wat.lines().filter(|line| !line.contains("(@custom"));
    let lines: Vec<&str> = lines.collect();
    format!("{}\n{}", lines.join("\n"), output.layout)
}

#[test]
fn cases_give_the_expected_code_and_results() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codegen");
    let mut count = 0;
    for entry in folder.read_dir().expect("has cases") {
        let path = entry.expect("a readable folder").path();
        if path.extension().is_none_or(|ext| ext != "ir") {
            continue;
        }
        count += 1;
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let program = parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        verify_all(&program);
        let calls = calls(&text);
        assert!(!calls.is_empty(), "{} runs nothing", path.display());
        for (name, args) in &calls {
            let result = agree(&program, name, args);
            result.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        let found = picture(&program, &calls[0].0);
        let golden = path.with_extension("wat");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&golden, &found).expect("a writable case");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(found, expected, "{}", path.display());
    }
    assert!(count > 0);
}

#[test]
fn the_same_program_gives_the_same_bytes() {
    let bytes: Vec<u8> = (0..600u32).map(|i| ((i * 7919) >> 3) as u8).collect();
    let program = random::program(&bytes);
    let modules = [0; 3].map(|_| compile(&program, random::MAIN, OptLevel::O2).wasm);
    assert!(modules.iter().all(|wasm| *wasm == modules[0]));
}

#[test]
fn a_function_that_is_missing_is_named() {
    let text = "sig ()\ndeclare %f ()\ndeclare %g ()\n\
        func %f {\nb0:\n  call %g()\n  return\n}\n";
    let program = parse(text).expect("parses");
    let mut backend = Backend::new(Options::default());
    backend.symbols = program.symbols;
    let main = backend.symbols.find("f").expect("is there");
    backend.symbols.get_mut(main).export = Some("f".into());
    backend.define(program.functions[0].clone());
    let error = backend.finish().expect_err("does not link");
    assert_eq!(error.to_string(), "undefined function `g`");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_module_does_what_the_ir_does(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
        let program = random::program(&bytes);
        let args = [3, 1 << 40, u64::from(1.5f32.to_bits()), 2.5f64.to_bits()];
        agree(&program, random::MAIN, &args)?;
    }
}
