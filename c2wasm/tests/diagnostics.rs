//! Every diagnostic of the checker as a user sees it.
//!
//! Each file of `tests/diagnostics` is compiled with all warnings; what is said about it, one line
//! a message, is its snapshot. Its first line may name a standard: `// std: gnu89`.

use c2wasm::check::{Warnings, codes};
use c2wasm::session::Standard;
use c2wasm::{Options, Source, compile};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_common::diag::render::lines;
use wasm_common::source::NoFiles;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let entries = fs::read_dir(folder).expect("the folder is part of the project");
    let mut list: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    list.retain(|path| path.extension().is_some_and(|e| e == "c"));
    list.sort();
    list
}

/// What the compiler says about a file.
fn messages(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a test is readable");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut options = Options::default();
    for warning in ["all", "extra", "shadow", "pedantic", "missing-prototypes", "strict-prototypes"]
    {
        options.warnings.option(warning).expect("the warning exists");
    }
    if let Some(standard) = text.lines().next().and_then(|line| line.strip_prefix("// std: ")) {
        options.front.standard = Standard::from_name(standard).expect("the standard exists");
    }
    let source = Source { name: &name, text: &text };
    let (diagnostics, sources) = match compile(&[source], &options, &mut NoFiles) {
        Ok(output) => (output.diagnostics, output.sources),
        Err(failure) => (failure.diagnostics, failure.sources),
    };
    diagnostics.iter().map(|d| lines(d, &sources).trim_end().to_string() + "\n").collect()
}

#[test]
fn messages_are_as_they_were_reviewed() {
    for path in cases() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        insta::with_settings!({ snapshot_path => "diagnostics", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, messages(&path));
        });
    }
}

#[test]
fn every_code_is_shown() {
    let all: String = cases().iter().map(|path| messages(path)).collect();
    let missing: Vec<&str> =
        codes::ALL.iter().map(|page| page.kind.code).filter(|code| !all.contains(code)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn a_warning_can_be_an_error() {
    let source = Source { name: "w.c", text: "int main(void) { int x = 1 << 40; return x; }" };
    let mut options = Options::default();
    assert!(compile(&[source], &options, &mut NoFiles).is_ok());
    options.warnings.option("error=shift-count").expect("the warning exists");
    assert!(compile(&[source], &options, &mut NoFiles).is_err());
    options.warnings = Warnings::none();
    let quiet = compile(&[source], &options, &mut NoFiles).expect("only a warning");
    assert!(quiet.diagnostics.is_empty());
}

#[test]
fn two_files_must_not_define_the_same_name() {
    let a =
        Source { name: "a.c", text: "int twice(int x) { return x; } int main(void) { return 0; }" };
    let b = Source { name: "b.c", text: "int twice(int x) { return x + x; }" };
    let failure = compile(&[a, b], &Options::default(), &mut NoFiles).expect_err("defined twice");
    assert_eq!(failure.diagnostics[0].message, "`twice` is defined in two files");
}
