//! Every pass, alone: cases as files, and the law that a program does the same afterwards.
//!
//! A case is `passes/PASS/NAME.ir`, a program in the text form; beside it, `NAME.out` is what the
//! pass makes of it (`BLESS=1 cargo test` writes these). Lines `; run: f(1, 2)` in a case are calls
//! that must do the same before and after.

mod support;

use proptest::prelude::*;
use std::path::{Path, PathBuf};
use support::{calls, random, run, verify_all};
use wasm_common::ir::Program;
use wasm_common::ir::text::parse;
use wasm_common::opt::{OptLevel, PASSES, Pass, inline, optimize_all};

fn apply(program: &Program, pass: Pass) -> Program {
    let mut after = program.clone();
    for func in &mut after.functions {
        pass(func, &after.symbols);
        func.compact();
    }
    verify_all(&after);
    after
}

/// The pass that looks at all functions at once.
fn inline_all(program: &Program) -> Program {
    let mut after = program.clone();
    inline::run(&mut after.functions, &after.symbols, OptLevel::O2, |func| func.compact());
    verify_all(&after);
    after
}

fn cases(pass: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/passes").join(pass);
    let Ok(entries) = folder.read_dir() else { panic!("{pass}: no cases in {folder:?}") };
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "ir"))
        .collect();
    cases.sort();
    cases
}

fn check(path: &Path, change: impl Fn(&Program) -> Program) {
    let text = std::fs::read_to_string(path).expect("a readable case");
    let before = parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    verify_all(&before);
    let after = change(&before);
    for (name, args) in calls(&text) {
        let (expected, found) =
            (run(&before, &name, &args, 10_000), run(&after, &name, &args, 10_000));
        assert_eq!(found.0, expected.0, "{}: {name}{args:?}", path.display());
    }
    let functions: Vec<String> =
        after.functions.iter().map(|func| func.display(&after.symbols).to_string()).collect();
    let found = functions.join("\n");
    let golden = path.with_extension("out");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&golden, &found).expect("a writable case");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(found, expected, "{}", path.display());
}

#[test]
fn passes_do_what_their_cases_say() {
    for &(name, pass) in PASSES {
        let cases = cases(name);
        assert!(!cases.is_empty(), "{name} has no case");
        for path in cases {
            check(&path, |before| apply(before, pass));
        }
    }
    cases("inline").iter().for_each(|path| check(path, inline_all));
}

/// The list is what the tests here go by: no pass may be missing from it.
#[test]
fn every_pass_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/opt");
    let mut found = Vec::new();
    for entry in folder.read_dir().expect("the passes") {
        let path = entry.expect("a readable folder").path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if text.contains("\npub fn run(func: &mut Function") {
            found.push(path.file_stem().expect("a name").to_string_lossy().into_owned());
        }
    }
    found.sort();
    assert_eq!(found, PASSES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

/// Arguments for the main function of a random program.
fn arguments() -> impl Strategy<Value = [u64; 4]> {
    let float = prop_oneof![Just(0.0f64), Just(-0.0), Just(1.5), Just(f64::INFINITY), -1e3..1e3];
    let int = prop_oneof![-3i64..70, any::<i64>()];
    (int.clone(), int, float.clone(), float).prop_map(|(a, b, c, d)| {
        [u64::from(a as u32), b as u64, u64::from((c as f32).to_bits()), d.to_bits()]
    })
}

fn same_result(bytes: &[u8], args: [u64; 4], change: impl Fn(&Program) -> Program) {
    const FUEL: u64 = 50_000;
    let before = random::program(bytes);
    let (expected, executed) = run(&before, random::MAIN, &args, FUEL);
    if executed >= FUEL {
        return;
    }
    let after = change(&before);
    let (found, _) = run(&after, random::MAIN, &args, 4 * FUEL);
    assert!(found == expected, "{found:?}\n not\n{expected:?}\n{before}\nafter:\n{after}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_pass_changes_no_result(
        bytes in prop::collection::vec(any::<u8>(), 0..800),
        args in arguments(),
    ) {
        for &(_, pass) in PASSES {
            same_result(&bytes, args, |before| apply(before, pass));
        }
        same_result(&bytes, args, inline_all);
    }

    #[test]
    fn no_level_changes_a_result(
        bytes in prop::collection::vec(any::<u8>(), 0..1500),
        args in arguments(),
    ) {
        for level in [OptLevel::O1, OptLevel::O2, OptLevel::Os] {
            same_result(&bytes, args, |before| {
                let mut after = before.clone();
                optimize_all(&mut after.functions, &after.symbols, level);
                verify_all(&after);
                after
            });
        }
    }
}
