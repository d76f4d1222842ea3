//! Compiles one file and shows what came out: `show FILE O2 ir|wasm|layout`, or runs it: `... run`.

use std::io::Write;
use tests::case::Case;
use tests::compile::{LEVELS, compile};
use tests::machine;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, file, level, what] = args.as_slice() else {
        eprintln!("usage: show FILE O0|O1|O2|Os ir|wasm|layout|run");
        std::process::exit(2);
    };
    let case = Case::read(file.as_ref()).expect("a .c, .bas or .ir file");
    let level = LEVELS.into_iter().find(|known| format!("{known:?}") == *level).expect("a level");
    let image = match compile(case.language, file, &case.source, level, &case.options) {
        Ok(image) => image,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{file}:{problem}"));
            std::process::exit(1);
        }
    };
    match what.as_str() {
        "ir" => println!("{}", image.program.expect("kept")),
        "layout" => println!("{}", image.layout),
        "wasm" => std::io::stdout().write_all(&image.wasm).expect("stdout takes it"),
        _ => {
            for machine in machine::ALL {
                println!("-- {machine}\n{}", machine.run(&image, &case.world));
            }
        }
    }
}
