//! The emitted module does what the IR does: programs on the reference interpreter and, compiled at
//! every level, on wasmi.
//!
//! A case is `codegen/NAME.ir`; lines `; run: f(1, 2)` in it are calls that must do the same
//! everywhere. Beside it, `NAME.wat` is the code and layout at level O0, where nothing but the
//! code generator has touched it (`BLESS=1 cargo test` writes these).

mod support;

use proptest::prelude::*;
use std::path::Path;
use support::wasm::{LEVELS, compile, compile_with, run_wasm, wat};
use support::{calls, random, run_at, verify_all};
use wasm_common::backend::{Backend, OptLevel, Options};
use wasm_common::ir::{Program, text::parse};

/// Instructions that the interpreter may execute; what takes more is not compared.
const FUEL: u64 = 200_000;

/// Runs `main` on the interpreter and at every level, and compares.
fn agree(program: &Program, main: &str, args: &[u64]) -> Result<(), TestCaseError> {
    for level in LEVELS {
        let output = compile(program, main, level);
        let layout = output.layout.for_interpreter();
        let (expected, executed) = run_at(program, layout, main, args, FUEL);
        if executed >= FUEL {
            return Ok(());
        }
        let (found, _) = run_wasm(program, &output, main, args);
        prop_assert_eq!(&found, &expected, "{:?}\n{}\n{}", level, program, wat(&output.wasm));
    }
    Ok(())
}

/// The code without custom sections, and the layout.
fn picture(program: &Program, main: &str, emit_lines: bool) -> String {
    let options = Options { opt: OptLevel::O0, emit_lines, ..Options::default() };
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
        let found = picture(&program, &calls[0].0, text.contains(" @0:"));
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
