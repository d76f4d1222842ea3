//! The examples of `--explain` show what they explain.

use c2wasm::{Options, Source, codes, compile};
use wasm_common::source::NoFiles;

/// Kinds that no small program shows.
const WITHOUT_EXAMPLE: [&str; 5] = ["C0006", "C0102", "C0112", "C0202", "C0357"];

/// The codes of all that is said about a program.
fn said(text: &str) -> Vec<&'static str> {
    // A piece of a program is compiled as a library, which needs no `main`.
    let mut options = Options { shared: !text.contains("main(void)"), ..Options::default() };
    for warning in ["all", "extra", "shadow", "pedantic", "missing-prototypes", "strict-prototypes"]
    {
        options.warnings.option(warning).expect("the warning exists");
    }
    let source = Source { name: "example.c", text };
    let diagnostics = match compile(&[source], &options, &mut NoFiles) {
        Ok(output) => output.diagnostics,
        Err(failure) => failure.diagnostics,
    };
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn examples_show_what_they_explain() {
    let mut wrong = Vec::new();
    for page in codes::all() {
        let (code, Some((bad, good))) = (page.kind.code, page.example) else { continue };
        let (bad, good) = (said(bad), said(good));
        if !bad.contains(&code) {
            wrong.push(format!("{code}: the example shows {bad:?}"));
        }
        if good.contains(&code) {
            wrong.push(format!("{code}: the correction shows it too"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_an_example_that_can_have_one() {
    let without: Vec<&str> =
        codes::all().filter(|page| page.example.is_none()).map(|page| page.kind.code).collect();
    assert_eq!(without, WITHOUT_EXAMPLE);
}
