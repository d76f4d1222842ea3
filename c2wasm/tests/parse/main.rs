//! Programs and broken programs through the parser.

use c2wasm::ast::{Item, print_item};
use c2wasm::names::Names;
use c2wasm::parse::Parser;
use c2wasm::session::{FrontOptions, Session, Standard};
use std::collections::BTreeMap;
use wasm_common::diag::Diagnostics;
use wasm_common::source::{Files, NoFiles, SourceMap};

/// What came out of a source.
struct Parsed {
    items: Vec<Item>,
    /// The items as C.
    printed: String,
    /// `line:column: message` each.
    errors: Vec<String>,
}

fn parse_as(source: &str, standard: &str) -> Parsed {
    parse_files(source, standard, &mut NoFiles)
}

/// With files to include.
fn parse_with(source: &str, files: &[(&str, &str)]) -> Parsed {
    let bytes = |text: &str| text.as_bytes().to_vec();
    let mut files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, text)| (name.to_string(), bytes(text))).collect();
    parse_files(source, "gnu17", &mut files)
}

/// The items of a source without errors, with the names of a table.
fn parse_with_names(source: &str, names: &mut Names) -> Vec<Item> {
    let mut sources = SourceMap::new();
    let main = sources.add("t.c", source.to_string());
    let mut diagnostics = Diagnostics::new();
    let mut files = NoFiles;
    let mut session = Session::new(&mut sources, &mut files, &mut diagnostics);
    session.names = std::mem::take(names);
    let mut parser = Parser::new(main, &FrontOptions::default(), &mut session);
    let items = std::iter::from_fn(|| parser.next_item(&mut session)).collect();
    *names = session.names;
    assert!(!diagnostics.has_errors(), "{source}");
    items
}

fn parse_files(source: &str, standard: &str, files: &mut dyn Files) -> Parsed {
    let mut sources = SourceMap::new();
    let main = sources.add("t.c", source.to_string());
    let mut diagnostics = Diagnostics::new();
    let mut session = Session::new(&mut sources, files, &mut diagnostics);
    let standard = Standard::from_name(standard).expect("a standard");
    let options = FrontOptions { standard, ..FrontOptions::default() };
    let mut parser = Parser::new(main, &options, &mut session);
    let mut items = Vec::new();
    let mut printed = String::new();
    while let Some(item) = parser.next_item(&mut session) {
        printed += &print_item(&item, &session.names);
        items.push(item);
    }
    let errors = diagnostics
        .iter()
        .map(|d| {
            let (line, column) = sources.line_col(d.span);
            format!("{line}:{column}: {}", d.message)
        })
        .collect();
    Parsed { items, printed, errors }
}

fn parse(source: &str) -> Parsed {
    parse_as(source, "gnu17")
}

/// Parses without errors, and what it prints parses to the same tree.
#[track_caller]
fn round_trip_as(source: &str, standard: &str) {
    let first = parse_as(source, standard);
    assert_eq!(first.errors, Vec::<String>::new(), "{source}");
    let second = parse_as(&first.printed, standard);
    assert_eq!(second.errors, Vec::<String>::new(), "printed:\n{}", first.printed);
    assert_eq!(second.printed, first.printed, "of\n{source}");
}

#[track_caller]
fn round_trip(source: &str) {
    round_trip_as(source, "gnu17");
}

#[track_caller]
fn errors(source: &str, expected: &[&str]) {
    assert_eq!(parse(source).errors, expected, "{source}");
}

mod accepted;
mod junk;
mod property;
mod refused;
