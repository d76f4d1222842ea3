//! Packs the procedures of the library, each by itself, and a list of their names; says how the program
//! is linked.

use std::path::PathBuf;
use std::{env, fs};

#[path = "../wasm-common/src/packed/pack.rs"]
mod pack;
#[path = "../wasm-common/build/static_link.rs"]
mod static_link;

/// What is in the second takes the place of what the first has under the same name, in the dialects
/// that want it: the list of names tells them apart by their order.
const LIBRARY: [&str; 2] = ["src/library.bas", "src/singles.bas"];
const END: &str = "\nEND SUB\n";

fn main() {
    static_link::link_statically();
    let parts = LIBRARY.map(|part| fs::read_to_string(part).expect(part));
    let code: Vec<&str> = parts
        .iter()
        .flat_map(|part| part.lines())
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('\''))
        .collect();
    let code = code.join("\n") + "\n";
    let bodies: Vec<&str> = code.split_inclusive(END).collect();
    let names: Vec<&str> = bodies.iter().map(|body| name(body)).collect();
    let names = names.join("\n");
    let texts: Vec<&str> = bodies.into_iter().chain([names.as_str()]).collect();

    let archive = pack::pack(&texts);
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("codes"), &archive.codes).expect("OUT_DIR can be written");
    fs::write(out.join("library.rs"), archive.constants(&texts)).expect("OUT_DIR can be written");
    for part in LIBRARY {
        println!("cargo:rerun-if-changed={part}");
    }
    println!("cargo:rerun-if-changed=../wasm-common/src/packed/pack.rs");
}

/// The name in the first line of a procedure, `SUB name parameters`.
fn name(body: &str) -> &str {
    let head = body.lines().next().unwrap_or_default();
    let name = head.strip_prefix("SUB ").and_then(|rest| rest.split_whitespace().next());
    name.unwrap_or_else(|| panic!("{LIBRARY:?}: no procedure begins with `{head}`"))
}
