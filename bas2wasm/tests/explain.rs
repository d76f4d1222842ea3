//! The examples of `--explain` show what they explain.

use bas2wasm::{Options, codes, compile};
use wasm_common::source::NoFiles;

/// Kinds that no small program shows.
const WITHOUT_EXAMPLE: [&str; 6] = ["B0104", "B0106", "B0108", "B0109", "B0112", "B0215"];

/// The codes of all that is said about a program.
fn said(text: &str) -> Vec<&'static str> {
    let diagnostics = match compile(text, &Options::default(), &mut NoFiles) {
        Ok(output) => output.diagnostics,
        Err(failure) => failure.diagnostics,
    };
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn examples_show_what_they_explain() {
    let mut wrong = Vec::new();
    for page in codes::ALL {
        let (code, Some((bad, good))) = (page.kind.code, page.example) else { continue };
        let (bad, good) = (said(bad), said(good));
        if !bad.contains(&code) {
            wrong.push(format!("{code}: the example shows {bad:?}"));
        }
        if good.contains(&code) || good.iter().any(|other| *other < "B03") {
            wrong.push(format!("{code}: the correction shows {good:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_an_example_that_can_have_one() {
    let without: Vec<&str> = codes::ALL
        .iter()
        .filter(|page| page.example.is_none())
        .map(|page| page.kind.code)
        .collect();
    assert_eq!(without, WITHOUT_EXAMPLE);
}
