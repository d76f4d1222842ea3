//! Parses each file named, prints its messages, and counts: `--example syntax -- [-std=X] FILES`.
use c2wasm::ast::print_item;
use c2wasm::parse::Parser;
use c2wasm::session::{FrontOptions, Session, Standard};
use wasm_common::diag::{Diagnostics, Severity, render};
use wasm_common::source::{Files, SourceMap};

struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(path).ok()
    }
}

/// Messages of one text, and what it prints as.
fn parse(name: &str, text: &str, options: &FrontOptions) -> (Vec<String>, String) {
    let mut sources = SourceMap::new();
    let main = sources.add(name, text);
    let mut diagnostics = Diagnostics::new();
    let mut disk = Disk;
    let mut session = Session::new(&mut sources, &mut disk, &mut diagnostics);
    let mut parser = Parser::new(main, options, &mut session);
    let mut printed = String::new();
    while let Some(item) = parser.next_item(&mut session) {
        printed += &print_item(&item, &session.names);
    }
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    (errors.map(|d| render::short(d, &sources)).collect(), printed)
}

fn main() {
    let mut options = FrontOptions::default();
    let (mut clean, mut refused, mut unstable) = (0, 0, 0);
    for path in std::env::args().skip(1) {
        if let Some(name) = path.strip_prefix("-std=") {
            options.standard = Standard::from_name(name).expect("a standard");
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("readable")).into_owned();
        let (errors, printed) = parse(&path, &text, &options);
        if errors.is_empty() {
            clean += 1;
            let (errors, again) = parse(&path, &printed, &options);
            if again != printed || !errors.is_empty() {
                unstable += 1;
                println!("UNSTABLE {path}: {:?}", errors.first());
            }
        } else {
            refused += 1;
            for error in errors.iter().take(3) {
                println!("{error}");
            }
        }
    }
    println!("{clean} clean, {refused} refused, {unstable} print differently");
}
