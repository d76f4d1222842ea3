//! Times lexer, preprocessor and parser on a file: `cargo run --release --example parse_speed -- FILE`.
use c2wasm::lex::{FileLexer, Kind};
use c2wasm::names::Names;
use c2wasm::parse::Parser;
use c2wasm::preprocess::Preprocessor;
use c2wasm::session::{FrontOptions, Session};
use std::time::Instant;
use wasm_common::diag::Diagnostics;
use wasm_common::source::{NoFiles, SourceMap};

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let text = String::from_utf8_lossy(&std::fs::read(&path).expect("readable")).into_owned();
    let rounds = std::env::args().nth(2).map_or(3, |n| n.parse().expect("a number"));
    for _ in 0..rounds {
        let mut sources = SourceMap::new();
        let main = sources.add(&path, text.clone());
        let mut names = Names::new();
        let start = Instant::now();
        let mut lexer = FileLexer::new(main, &sources, false);
        let mut tokens = 0;
        while lexer.next(&sources, &mut names).kind != Kind::Eof {
            tokens += 1;
        }
        let lexed = start.elapsed();
        let mut diagnostics = Diagnostics::new();
        let mut files = NoFiles;
        let mut session = Session::new(&mut sources, &mut files, &mut diagnostics);
        let options = FrontOptions::default();
        let start = Instant::now();
        let mut preprocessor = Preprocessor::new(main, &options, &mut session);
        let opened = start.elapsed();
        while preprocessor.next(&mut session).kind != Kind::Eof {}
        let preprocessed = start.elapsed();
        let start = Instant::now();
        let mut parser = Parser::new(main, &options, &mut session);
        let mut items = 0;
        while parser.next_item(&mut session).is_some() {
            items += 1;
        }
        let parsed = start.elapsed();
        println!(
            "{tokens} tokens lexed {lexed:?}; opened {opened:?}, preprocessed {preprocessed:?}; with parsing {parsed:?}, {items} items, errors {}",
            diagnostics.has_errors()
        );
    }
}
