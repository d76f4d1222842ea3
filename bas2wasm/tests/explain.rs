//! The examples of `--explain` show what they explain.

use bas2wasm::{Options, codes, compile};
use wasm_common::source::NoFiles;

/// Kinds that no small program shows.
const WITHOUT_EXAMPLE: [&str; 5] = ["B0104", "B0106", "B0108", "B0109", "B0215"];

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
    for code in codes::ALL {
        let Some((bad, good)) = code.example else { continue };
        let (bad, good) = (said(bad), said(good));
        if !bad.contains(&code.code) {
            wrong.push(format!("{}: the example shows {bad:?}", code.code));
        }
        if good.contains(&code.code) || good.iter().any(|other| *other < "B03") {
            wrong.push(format!("{}: the correction shows {good:?}", code.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_an_example_that_can_have_one() {
    let without: Vec<&str> =
        codes::ALL.iter().filter(|code| code.example.is_none()).map(|code| code.code).collect();
    assert_eq!(without, WITHOUT_EXAMPLE);
}
