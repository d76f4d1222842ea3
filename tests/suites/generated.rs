//! Programs at random: whatever runs them, and however they were compiled, they do the same.
//!
//! A few seeds, the same each time; `cargo run --release -p tests --bin agree` runs as many as
//! wanted. A program that fails is made small and shown; what it shows belongs into
//! `tests/cases/found`, under a name that says what was wrong.

use tests::agree::Kind;
use tests::generate::ir;
use wasm_common::ir::text;

/// Runs the first `cases` seeds; on failure shows the smallest program that fails.
fn many(kind: Kind, cases: u64) {
    for seed in 0..cases {
        let words = kind.tape(seed);
        if kind.check(&words).is_err() {
            let words = kind.shrunk(&words, 3000);
            let why = kind.check(&words).expect_err("what is shrunk fails");
            panic!("seed {seed}: {why}\n\n{}", kind.source(&words));
        }
    }
}

#[test]
fn ir_means_the_same_however_it_is_run() {
    many(Kind::Ir, 80);
}

#[test]
fn c_means_the_same_however_it_is_compiled() {
    many(Kind::C, 40);
}

#[test]
fn basic_means_what_the_rules_say() {
    many(Kind::Basic, 60);
}

#[test]
fn ir_text_parses_back() {
    for seed in 0..200 {
        let printed = ir::program(&Kind::Ir.tape(seed)).to_string();
        let parsed = text::parse(&printed).unwrap_or_else(|error| panic!("{error}\n{printed}"));
        assert_eq!(parsed.to_string(), printed);
    }
}
