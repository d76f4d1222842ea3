//! How fast the compilers are: lines of source a second, from text to module, at each level.
//!
//! `cargo bench -p tests --bench compile` prints the table. The sources are the project's own
//! programs and as many generated ones, each compiled alone, as a user does; headers and library
//! are not counted as lines, though they are compiled too.

use std::time::{Duration, Instant};
use tests::agree::Kind;
use tests::case::{self, Expected};
use tests::compile::{LEVELS, Language, OptLevel, Options, compile};

/// Time given to each cell of the table.
const BUDGET: Duration = Duration::from_millis(1500);

/// Programs that compile: text and options.
fn sources(language: Language, folders: &[&str], kind: Kind) -> Vec<(String, Options)> {
    let cases = folders.iter().flat_map(|folder| case::all(&case::root().join(folder)));
    let own = cases
        .filter(|case| case.language == language && !matches!(case.expected, Expected::Reject(_)))
        .map(|case| (case.source, case.options));
    let made = (0..40).map(|seed| (kind.source(&kind.tape(seed)), Options::default()));
    own.chain(made)
        .filter(|(text, options)| compile(language, "a", text, OptLevel::O0, options).is_ok())
        .collect()
}

/// Lines a second: the best of as many passes over all sources as the time allows, so that other
/// work on the machine counts least.
fn speed(language: Language, sources: &[(String, Options)], level: OptLevel) -> f64 {
    let lines: usize = sources.iter().map(|(text, _)| text.lines().count()).sum();
    let mut best = f64::INFINITY;
    let start = Instant::now();
    while start.elapsed() < BUDGET || best.is_infinite() {
        let pass = Instant::now();
        for (text, options) in sources {
            let made = compile(language, "a", text, level, options);
            assert!(std::hint::black_box(made).is_ok(), "it compiled before");
        }
        best = best.min(pass.elapsed().as_secs_f64());
    }
    lines as f64 / best
}

fn main() {
    let c = sources(Language::C, &["examples/c", "tests/cases/c", "tests/quality"], Kind::C);
    let basic = sources(Language::Basic, &["examples/basic", "tests/cases/basic"], Kind::Basic);
    println!("lines of source a second, thousands ({} C, {} BASIC programs)", c.len(), basic.len());
    println!("| | -O0 | -O1 | -O2 | -Os |\n|---|---|---|---|---|");
    for (name, language, sources) in [("C", Language::C, &c), ("BASIC", Language::Basic, &basic)] {
        let cells: Vec<String> = LEVELS
            .iter()
            .map(|&level| format!("{:.1}", speed(language, sources, level) / 1000.0))
            .collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}
