//! Packs the headers, the library's files and the predefined macros; says how the program is linked.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "../wasm-common/src/packed/pack.rs"]
mod pack;
#[path = "../wasm-common/build/static_link.rs"]
mod static_link;

const PREDEFINED: &str = "src/preprocess/predefined.h";

fn main() {
    pack_texts();
    static_link::link_statically();
    println!("cargo::rerun-if-changed=build.rs");
}

fn pack_texts() {
    let mut rust = String::new();
    let mut texts = Vec::new();
    for (table, folder, extension) in [("HEADERS", "src/include", "h"), ("LIBC", "src/libc", "c")] {
        let files = files(folder, extension);
        let names: Vec<_> = files.iter().map(|file| file.file_name().expect("a file")).collect();
        writeln!(rust, "const {table}: &[&str] = &{names:?};").expect("a String takes all");
        texts.extend(files.iter().map(|file| without_comments(&read(file))));
    }
    let predefined = read(Path::new(PREDEFINED));
    texts.extend(predefined.lines().map(String::from));

    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let archive = pack::pack(&texts);
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("codes"), &archive.codes).expect("OUT_DIR can be written");
    rust += &archive.constants(&texts);
    fs::write(out.join("texts.rs"), rust).expect("OUT_DIR can be written");
    println!("cargo:rerun-if-changed=../wasm-common/src/packed/pack.rs");
}

/// The files of a folder, sorted.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    println!("cargo:rerun-if-changed={folder}");
    let all = fs::read_dir(folder).expect(folder).map(|file| file.expect(folder).path());
    let mut files: Vec<_> =
        all.filter(|file| file.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}

fn read(file: &Path) -> String {
    println!("cargo:rerun-if-changed={}", file.display());
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The lines of `text`, each with its number but without comments, and with one blank of its indent.
/// No string of ours holds the start of a comment.
fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (comment, after) = comment.split_once("*/").expect("a comment ends");
        code += before;
        code.extend(comment.chars().filter(|&c| c == '\n'));
        rest = after;
    }
    code += rest;
    let mut out = String::new();
    for line in code.lines() {
        let line = line.split("//").next().unwrap_or(line).trim_end();
        let indent = if line.starts_with(' ') { " " } else { "" };
        out += &format!("{indent}{}\n", line.trim_start());
    }
    out
}
