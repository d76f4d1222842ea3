//! Programs at random: whatever runs them, and however they were compiled, they do the same.
//!
//! `GENERATED=20000` sets the number of programs of each kind, at random seeds; without it a few
//! fixed ones run. A program that fails is made small and written to `target/generated`; what it
//! shows belongs into `tests/cases/found`, under a name that says what was wrong.

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tests::basic::{self, eval::End};
use tests::compile::{LEVELS, Language, OptLevel, Options, Problem, compile, link};
use tests::generate::{c, ir, tape::Tapes};
use tests::machine::{Fault, Machine, Run, World, windowed};
use tests::oracle;
use wasm_common::backend::Output;
use wasm_common::ir::{text, verify};

/// How many programs of each kind, and whether they are the same in each run.
fn budget(fixed: u32) -> (u32, bool) {
    match std::env::var("GENERATED").ok().and_then(|number| number.parse().ok()) {
        Some(number) => (number, false),
        None => (fixed, true),
    }
}

/// Runs `check` on many tapes; on failure shows the smallest program that fails.
fn many(
    kind: &str,
    fixed: u32,
    longest: usize,
    source: impl Fn(&[u32]) -> String,
    check: impl Fn(&[u32]) -> Result<(), String>,
) {
    let (cases, repeatable) = budget(fixed);
    let config =
        Config { cases, max_shrink_iters: 3000, failure_persistence: None, ..Config::default() };
    let mut runner = if repeatable {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    } else {
        TestRunner::new(config)
    };
    let caught = |words: &[u32]| {
        let quiet = std::panic::AssertUnwindSafe(|| check(words));
        std::panic::catch_unwind(quiet).unwrap_or_else(|panic| Err(panic_text(&*panic)))
    };
    let result = runner.run(&Tapes(longest), |words| caught(&words).map_err(TestCaseError::fail));
    if let Err(TestError::Fail(why, words)) = result {
        let program = source(&words);
        let path = format!("{}/../target/generated", env!("CARGO_MANIFEST_DIR"));
        let _ = std::fs::create_dir_all(&path);
        let _ = std::fs::write(format!("{path}/failure.{kind}"), &program);
        panic!("{why}\n\n{program}");
    }
    println!("{cases} programs of {kind} agree");
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    format!("panic: {}", text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?"))
}

/// A window and a cache that the program itself decides, so that they shrink with it.
fn some_window(words: &[u32]) -> Machine {
    let word = words.iter().fold(7u32, |sum, word| sum.wrapping_mul(31).wrapping_add(*word));
    let windows = [0, 16, 61, 64, 255, 1021, 4095, 4096];
    windowed(windows[word as usize % 8], 32 << (word >> 8 & 3), 1 + (word >> 12 & 3))
}

fn same(what: &str, run: &Run, reference: &Run) -> Result<(), String> {
    if run.agrees(reference) {
        return Ok(());
    }
    Err(format!("{what}:\n{run}\n\nreference:\n{reference}"))
}

/// Runs one module on everything, against `reference`.
fn everywhere(
    level: OptLevel,
    image: &Output,
    words: &[u32],
    reference: &Run,
) -> Result<(), String> {
    let world = World::default();
    for machine in [Machine::Flat, Machine::Interpreter, Machine::Wasmi, some_window(words)] {
        if !machine.suits(&image.wasm) {
            continue;
        }
        same(&format!("{level:?} on {machine}"), &machine.run(image, &world), reference)?;
    }
    Ok(())
}

#[test]
fn ir_means_the_same_however_it_is_run() {
    let check = |words: &[u32]| {
        let program = ir::program(words);
        for function in &program.functions {
            verify(function, &program.symbols).map_err(|error| error.to_string())?;
        }
        let plain =
            Output { wasm: Vec::new(), layout: Default::default(), program: Some(program.clone()) };
        let reference = Machine::Interpreter.run(&plain, &World::default());
        if reference.end.is_err() {
            return Err(format!("the interpreter stops: {reference}"));
        }
        for level in LEVELS {
            everywhere(level, &link(&program, level)?, words, &reference)?;
        }
        Ok(())
    };
    many("ir", 80, 600, |words| ir::program(words).to_string(), check);
}

#[test]
fn ir_text_parses_back() {
    let check = |words: &[u32]| {
        let program = ir::program(words);
        let printed = program.to_string();
        let parsed = text::parse(&printed).map_err(|error| error.to_string())?;
        if parsed.to_string() == printed {
            Ok(())
        } else {
            Err(format!("printed again:\n{parsed}"))
        }
    };
    many("ir", 200, 600, |words| ir::program(words).to_string(), check);
}

fn compiled(language: Language, source: &str, level: OptLevel) -> Result<Output, String> {
    compile(language, "generated", source, level, &Options::default())
        .map_err(|problems| format!("{level:?} refuses:\n{}", listed(&problems)))
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

#[test]
fn c_means_the_same_however_it_is_compiled() {
    let source = |words: &[u32]| c::program(words, c::Style::default());
    let check = |words: &[u32]| {
        let source = source(words);
        let mut reference = None;
        if oracle::has_gcc() {
            let (output, status) = oracle::gcc(&source, "-O1")?;
            reference =
                Some(Run { output, end: Ok(status), line: None, instructions: None, live: 0 });
        }
        for level in LEVELS {
            let image = compiled(Language::C, &source, level)?;
            let first = || Machine::Interpreter.run(&image, &World::default());
            let reference = reference.get_or_insert_with(first);
            everywhere(level, &image, words, reference)?;
        }
        Ok(())
    };
    many("c", 40, 1500, source, check);
}

#[test]
fn basic_means_what_the_rules_say() {
    let source = |words: &[u32]| basic::text::write(&mut basic::generate::program(words));
    let check = |words: &[u32]| {
        let mut program = basic::generate::program(words);
        let source = basic::text::write(&mut program);
        let (output, end) = basic::eval::run(&program);
        let line = match end {
            End::Beyond => return Ok(()),
            End::Done => None,
            End::Error(line) => Some(line),
        };
        for level in LEVELS {
            let image = match (
                compile(Language::Basic, "generated", &source, level, &Options::default()),
                line,
            ) {
                (Ok(image), _) => image,
                // What surely goes wrong may be refused at once.
                (Err(problems), Some(line))
                    if problems.iter().all(|problem| problem.line == line) =>
                {
                    continue;
                }
                (Err(problems), _) => {
                    return Err(format!("{level:?} refuses:\n{}", listed(&problems)));
                }
            };
            let first = Machine::Flat.run(&image, &World::default());
            match line {
                None => {
                    let reference = Run { output: output.clone(), end: Ok(0), ..first.clone() };
                    everywhere(level, &image, words, &reference)?;
                }
                Some(line) => {
                    stops(&first, &output, line)?;
                    everywhere(level, &image, words, &first)?;
                }
            }
        }
        Ok(())
    };
    many("bas", 60, 1200, source, check);
}

/// Checks that a run printed all of `output` and then stopped in `line`.
fn stops(run: &Run, output: &str, line: u32) -> Result<(), String> {
    let own = !matches!(run.end, Ok(_) | Err(Fault::Load(_) | Fault::Fuel));
    if own && run.line == Some(line) && run.output.starts_with(output) {
        return Ok(());
    }
    Err(format!("an error in line {line} expected, after:\n{output}\nfound:\n{run}"))
}
