//! Prints generated programs: `generate c 42` is the C program of seed 42.

use tests::basic;
use tests::generate::{self, tape};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, kind, seed] = args.as_slice() else {
        eprintln!("usage: generate c|basic SEED");
        std::process::exit(2);
    };
    let words = tape::seeded(seed.parse().expect("a number"), 1500);
    match kind.as_str() {
        "c" => print!("{}", generate::c::program(&words, generate::c::Style::default())),
        "basic" => {
            let mut program = basic::generate::program(&words);
            print!("{}", basic::text::write(&mut program));
            let (output, end) = basic::eval::run(&program);
            eprint!("{output}");
            eprintln!("[{end:?}]");
        }
        _ => eprintln!("no generator `{kind}`"),
    }
}
