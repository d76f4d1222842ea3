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
    let mut all: String = cases().iter().map(|path| messages(path)).collect();
    all += &between_files("long total;", "double total; int main(void) { return total != 0; }");
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

#[test]
fn a_weak_definition_gives_way_whichever_comes_first() {
    let weak = "__attribute__((weak)) int f(void) { return 1; } __attribute__((weak)) int v = 1;
        int main(void) { return f() + v; }";
    let strong = "int f(void) { return 2; } int v = 2;";
    assert_eq!(between_files(weak, strong), "");
    assert_eq!(between_files(strong, weak), "");
}

/// What the compiler says about two files.
fn between_files(a: &str, b: &str) -> String {
    let sources = [Source { name: "a.c", text: a }, Source { name: "b.c", text: b }];
    let (diagnostics, sources) = match compile(&sources, &Options::default(), &mut NoFiles) {
        Ok(output) => (output.diagnostics, output.sources),
        Err(failure) => (failure.diagnostics, failure.sources),
    };
    diagnostics.iter().map(|d| lines(d, &sources)).collect()
}

#[test]
fn files_that_disagree_are_told_so() {
    let caller = "int scale(int, double); int level; int main(void) { return scale(level, 2.0); }";
    let good = "int scale(int x, double y) { return x * y; } extern int level;";
    assert_eq!(between_files(caller, good), "");
    let fewer = "extern int level; int scale(x) int x; { return x + level; }";
    insta::assert_snapshot!(between_files(caller, fewer), @r"
    b.c:1:23: warning: `scale` is `int ()` here, but `int (int, double)` in another file [C0357, -Wlto-type-mismatch]
    a.c:1:5: note: the other declaration
    b.c:1:23: help: declare it in a header that both files include
    ");
    let object = "int scale = 3;";
    insta::assert_snapshot!(between_files(caller, object), @r"
    b.c:1:5: error: `scale` is `int` here, but `int (int, double)` in another file [C0357]
    a.c:1:5: note: the other declaration
    b.c:1:5: help: declare it in a header that both files include
    ");
    let main = "extern const int size, list[]; enum hue { RED }; enum hue hue(); int main(void) { return size + list[1] + hue(); }";
    let alike = "int size = 3; const int list[2] = { 1, 2 }; int hue(void) { return size; }";
    assert_eq!(between_files(main, alike), "");
}
