//! `-E` against gcc's: each `tests/preprocess/NAME.c` must give the tokens of `NAME.expected`,
//! which is what `gcc -E -P -std=gnu17 NAME.c` printed.

use c2wasm::lex::{Kind, lex_text};
use c2wasm::names::Names;
use c2wasm::preprocess::preprocess_to_text;
use c2wasm::session::{FrontOptions, Session};
use std::path::Path;
use wasm_common::diag::{Diagnostics, Severity, render};
use wasm_common::source::{Files, SourceMap, Span};

/// The folder of the cases.
struct Folder(&'static Path);

impl Files for Folder {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.0.join(path)).ok()
    }
}

/// The tokens of a text, one a line.
fn tokens(text: &str) -> String {
    let mut names = Names::new();
    let tokens = lex_text(text, Span::default(), &mut names);
    tokens.iter().map(|t| format!("{}\n", t.text(&names))).collect()
}

/// The text after preprocessing, and the errors.
fn preprocessed(name: &str, markers: bool) -> (String, Vec<String>) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/preprocess"));
    let mut files = Folder(folder);
    let mut sources = SourceMap::new();
    let text = String::from_utf8(files.read(name).expect(name)).expect("utf-8");
    let main = sources.add(name, text.to_string());
    let mut diagnostics = Diagnostics::new();
    let mut session = Session::new(&mut sources, &mut files, &mut diagnostics);
    let text = preprocess_to_text(main, &FrontOptions::default(), markers, &mut session);
    let errors = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| render::short(d, &sources))
        .collect();
    (text, errors)
}

fn compare(case: &str) {
    let (text, errors) = preprocessed(&format!("{case}.c"), false);
    assert_eq!(errors, Vec::<String>::new(), "{case}");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/preprocess");
    let expected = std::fs::read_to_string(format!("{folder}/{case}.expected")).expect(case);
    let (ours, theirs) = (tokens(&text), tokens(&expected));
    for (line, (a, b)) in ours.lines().zip(theirs.lines()).enumerate() {
        assert_eq!(a, b, "{case}: token {line} of\n{text}\ngcc says\n{expected}");
    }
    assert_eq!(ours.lines().count(), theirs.lines().count(), "{case}:\n{text}\n{expected}");
}

/// One test a file.
macro_rules! cases {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            compare(stringify!($name));
        }
    )* };
}

cases! {
    standard_examples recursion variadic lazy pragmas paste_stringize conditions lines odds includes
}

/// What `-E` prints means the same when it is preprocessed again, with and without markers.
#[test]
fn output_is_a_fixed_point() {
    for case in ["standard_examples", "odds", "paste_stringize"] {
        let (text, _) = preprocessed(&format!("{case}.c"), true);
        let stripped: String =
            text.lines().filter(|l| !l.starts_with("# ")).map(|l| format!("{l}\n")).collect();
        let (bare, _) = preprocessed(&format!("{case}.c"), false);
        assert_eq!(tokens(&stripped), tokens(&bare), "{case}");
        let lexed = lex_text(&bare, Span::default(), &mut Names::new());
        assert!(lexed.iter().all(|t| t.kind != Kind::OpenLiteral), "{case}");
    }
}
