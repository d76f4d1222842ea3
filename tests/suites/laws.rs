//! Laws that need no oracle: what must not change what a program does, and what must come back
//! as it was.

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use tests::basic;
use tests::case::{self, Case, Expected};
use tests::compile::{Language, OptLevel, Options, compile};
use tests::generate::{
    c,
    tape::{Tapes, seeded},
};
use tests::machine::{Machine, Run, World};
use wasm_common::backend::{Output, Profile};
use wasm_common::source::NoFiles;

/// Checks a law on some programs of a generator, always the same.
fn holds(cases: u32, longest: usize, law: impl Fn(&[u32]) -> Result<(), String>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(&Tapes(longest), |words| law(&words).map_err(TestCaseError::fail));
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

fn run(language: Language, source: &str, level: OptLevel) -> Result<Run, String> {
    let image = compile(language, "law", source, level, &Options::default())
        .map_err(|problems| format!("refused: {problems:?}\n{source}"))?;
    Ok(Machine::Flat.run(&image, &World::default()))
}

fn same(language: Language, one: &str, other: &str) -> Result<(), String> {
    let (a, b) = (run(language, one, OptLevel::O2)?, run(language, other, OptLevel::O2)?);
    if a.agrees(&b) { Ok(()) } else { Err(format!("{one}\ngives\n{a}\nbut\n{other}\ngives\n{b}")) }
}

#[test]
fn c_does_not_care_how_it_is_written() {
    holds(15, 1000, |words| {
        let plain = c::program(words, c::Style::default());
        let styles = [
            c::Style { renamed: true, ..c::Style::default() },
            c::Style { reversed: true, ..c::Style::default() },
            c::Style { dead_code: true, ..c::Style::default() },
        ];
        for style in styles {
            same(Language::C, &plain, &c::program(words, style))?;
        }
        same(Language::C, &plain, &c::reformatted(&plain))
    });
}

#[test]
fn basic_does_not_care_how_it_is_written() {
    holds(25, 1000, |words| {
        let mut program = basic::generate::program(words);
        let plain = basic::text::write(&mut program);
        same(Language::Basic, &plain, &basic::text::reformatted(&plain))?;
        same(Language::Basic, &plain, &basic::text::renamed(&mut program))?;
        let longer = basic::text::with_dead_code(&plain);
        assert!(longer.contains("THEN ERROR 5"), "a statement is dead");
        same(Language::Basic, &plain, &longer)?;
        program.subs.reverse();
        let reversed = basic::text::write(&mut program);
        same(Language::Basic, &plain, &reversed)
    });
}

/// A profile that says of each object something else than is true.
fn some_profile(image: &Output, words: &[u32]) -> Profile {
    let mut profile = Profile::default();
    for (number, object) in image.layout.objects.iter().enumerate() {
        let count = words.get(number).copied().unwrap_or(7);
        profile.add(&object.name, count.into(), u64::from(count % 100));
    }
    profile
}

#[test]
fn a_profile_moves_data_and_changes_nothing_else() {
    let mut moved = 0;
    let law = |words: &[u32]| {
        let text = c::program(words, c::Style::default());
        let source = [c2wasm::Source { name: "law.c", text: &text }];
        let mut options = c2wasm::Options::default();
        let compile = |options: &c2wasm::Options| {
            let made = c2wasm::compile(&source, options, &mut NoFiles);
            made.map_err(|failure| format!("{:?}\n{text}", failure.diagnostics))
        };
        let plain = compile(&options)?;
        let image = Output { wasm: plain.wasm, layout: plain.layout, program: plain.program };
        options.backend.profile = Some(some_profile(&image, words));
        let profiled = compile(&options)?;
        let [one, other] = [&image.wasm, &profiled.wasm]
            .map(|wasm| Machine::Flat.run_module(wasm, &World::default()));
        let changed = profiled.layout.objects != image.layout.objects;
        if one.agrees(&other) {
            Ok(changed)
        } else {
            Err(format!("{text}\ngives\n{one}\nand with a profile\n{other}"))
        }
    };
    for seed in 0..25 {
        moved += u32::from(law(&seeded(seed, 1000)).unwrap_or_else(|why| panic!("{why}")));
    }
    assert!(moved > 5, "{moved}: profiles move data");
}

/// What the preprocessor gives, as a program of its own.
fn preprocessed(name: &str, text: &str) -> String {
    let options = c2wasm::session::FrontOptions::default();
    let source = c2wasm::Source { name, text };
    c2wasm::preprocess_only(source, &options, true, &mut NoFiles).text
}

#[test]
fn preprocessing_first_changes_neither_output_nor_lines() {
    let mut seen = 0;
    for case in case::all(&case::root().join("tests/cases/c")) {
        if matches!(case.expected, Expected::Reject(_)) {
            continue;
        }
        let direct = case_run(&case, &case.source);
        let Ok(by_text) =
            std::panic::catch_unwind(|| case_run(&case, &preprocessed(&file(&case), &case.source)))
        else {
            panic!("{}: it does not compile once preprocessed", case.name());
        };
        assert!(by_text.agrees(&direct), "{}:\n{direct}\n{by_text}", case.name());
        assert_eq!(by_text.line, direct.line, "{}", case.name());
        seen += 1;
    }
    assert!(seen > 30, "{seen}: there are cases");
}

fn file(case: &Case) -> String {
    case.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn case_run(case: &Case, source: &str) -> Run {
    let image = compile(case.language, &file(case), source, OptLevel::O1, &case.options);
    let image = image.unwrap_or_else(|problems| panic!("{}: {problems:?}", case.name()));
    Machine::Flat.run(&image, &case.world)
}

fn tree(language: Language, text: &str) -> Option<String> {
    match language {
        Language::C => {
            let source = c2wasm::Source { name: "law", text };
            let options = c2wasm::session::FrontOptions::default();
            let tree = c2wasm::syntax_tree(source, &options, &mut NoFiles);
            tree.diagnostics.is_empty().then_some(tree.text)
        }
        _ => bas2wasm::tree_text(text, &bas2wasm::Options::default(), &mut NoFiles).ok(),
    }
}

/// Printing what was parsed, and parsing that, gives the same print.
fn prints_back(language: Language, text: &str) -> Result<(), String> {
    let Some(once) = tree(language, text) else { return Ok(()) };
    match tree(language, &once) {
        Some(twice) if twice == once => Ok(()),
        Some(twice) => Err(format!("{once}\nprints as\n{twice}")),
        None => Err(format!("what is printed does not parse:\n{once}")),
    }
}

#[test]
fn a_printed_tree_parses_back() {
    holds(25, 1200, |words| prints_back(Language::C, &c::program(words, c::Style::default())));
    holds(40, 1200, |words| {
        prints_back(Language::Basic, &basic::text::write(&mut basic::generate::program(words)))
    });
    for folder in ["tests/cases/c", "tests/cases/basic", "tests/cases/conez-probes", "examples"] {
        for case in case::all(&case::root().join(folder)) {
            if let Err(why) = prints_back(case.language, &case.source) {
                panic!("{}: {why}", case.name());
            }
        }
    }
}
