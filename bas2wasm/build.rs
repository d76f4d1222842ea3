//! Packs the procedures of the library, each by itself, and a list of their names.

use std::path::PathBuf;
use std::{env, fs};

#[path = "../wasm-common/src/packed/pack.rs"]
mod pack;

const LIBRARY: &str = "src/library.bas";
const END: &str = "\nEND SUB\n";

fn main() {
    let library = fs::read_to_string(LIBRARY).expect(LIBRARY);
    let code: Vec<&str> = library
        .lines()
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
    fs::write(out.join("pairs"), &archive.pairs).expect("OUT_DIR can be written");
    fs::write(out.join("library.rs"), archive.constants(&texts)).expect("OUT_DIR can be written");
    println!("cargo:rerun-if-changed={LIBRARY}");
    println!("cargo:rerun-if-changed=../wasm-common/src/packed/pack.rs");
}

/// The name in the first line of a procedure, `SUB name parameters`.
fn name(body: &str) -> &str {
    let head = body.lines().next().unwrap_or_default();
    let name = head.strip_prefix("SUB ").and_then(|rest| rest.split_whitespace().next());
    name.unwrap_or_else(|| panic!("{LIBRARY}: no procedure begins with `{head}`"))
}
