//! Compiling on a device: the most heap that a whole compilation needs.

use std::fmt::Write;
use tests::compile::OptLevel;
use tests::heap::{self, Counted};
use wasm_common::source::NoFiles;

#[global_allocator]
static HEAP: Counted = Counted;

/// A program of about `lines` lines in small functions, each of which calls two others.
fn c_program(lines: usize) -> String {
    let mut text = String::from(
        "#include <stdio.h>\n#include <stdint.h>\n\nstatic int work0(int a, int b) { return a + b; }\n",
    );
    let functions = lines / 13;
    for i in 1..=functions {
        let (before, other) = (i - 1, i / 2);
        writeln!(
            text,
            "static int table{i}[8] = {{ 1, 2, 3, 4, 5, 6, 7, {i} }};\n\n\
             static int work{i}(int a, int b)\n{{\n    int sum = work{before}(b, a & 3) + work{other}(1, b);\n    \
             for (int k = 0; k < a; k++) {{\n        if ((k ^ b) & 1)\n            \
             sum += table{i}[k & 7] * b;\n        else\n            sum -= k >> 2;\n    }}\n    \
             return sum;\n}}"
        )
        .expect("a string");
    }
    text += "int main(void)\n{\n";
    writeln!(text, "    printf(\"%d\\n\", work{functions}(5, 7));\n    return 0;\n}}")
        .expect("a string");
    text
}

/// Bytes at most in use while the C program `text` is compiled, besides the text.
fn c_peak(text: &str, opt: OptLevel) -> usize {
    let mut options = c2wasm::Options::default();
    options.backend.opt = opt;
    let sources = [c2wasm::Source { name: "t.c", text }];
    let (output, peak) = heap::peak(|| c2wasm::compile(&sources, &options, &mut NoFiles));
    assert!(output.is_ok_and(|output| output.diagnostics.is_empty()));
    peak
}

#[test]
fn a_thousand_lines_of_c_fit_a_device() {
    let text = c_program(1000);
    assert!(text.lines().count() >= 990);
    for opt in [OptLevel::O0, OptLevel::O1] {
        let peak = c_peak(&text, opt);
        println!("{opt:?}: {peak} bytes for {} bytes of source", text.len());
        // Where a word has 64 bits. Both blocks of a `realloc` count.
        assert!(peak < 176 * 1024, "{opt:?}: {peak}");
    }
    // All functions at once; what is inlined grows.
    let whole = c_peak(&text, OptLevel::O2);
    println!("O2: {whole} bytes");
    assert!(whole < 840 * 1024, "O2: {whole}");
    let (small, large) = (c_program(250), c_program(1000));
    let (little, much) = (c_peak(&small, OptLevel::O1), c_peak(&large, OptLevel::O1));
    println!("250 lines: {little} bytes, 1000: {much}");
    assert!(much < little * 5 / 2, "{little} {much}");
}

#[test]
fn three_hundred_lines_of_c_fit_a_device() {
    let text = c_program(300);
    assert!((290..=310).contains(&text.lines().count()));
    let device = format!("#include <conez_api.h>\n{text}");
    // KiB where a word has 64 bits; 96 are what a device has, whose words have 32.
    for (text, most) in [(text, 88), (device, 112)] {
        for opt in [OptLevel::O0, OptLevel::O1] {
            let peak = c_peak(&text, opt);
            println!("{} lines, {opt:?}: {peak} bytes", text.lines().count());
            assert!(peak < most * 1024, "{opt:?}: {peak}");
        }
    }
}

/// A program of about `lines` lines: SUBs with loops, strings and an array, and a main program that
/// calls them.
fn basic_program(lines: usize) -> String {
    let mut text = String::from("' Generated.\nDIM T(20)\nN = 0\nS$ = \"\"\n");
    for i in 1..=lines / 14 {
        writeln!(text, "PAINT{i} {i}, \"n{i}\"").expect("a string");
    }
    for i in 1..=lines / 14 {
        writeln!(
            text,
            "SUB PAINT{i} A, B$\n  LOCAL I\n  FOR I = 1 TO A\n    IF I MOD 2 = 0 THEN\n      \
             T(I MOD 20 + 1) = T(I MOD 20 + 1) + I * {i}\n    ELSE\n      N = N - I \\ 2\n    \
             END IF\n  NEXT\n  S$ = B$ + STR$(N)\n  PRINT S$; N, T({})\nEND SUB\n",
            i % 20 + 1
        )
        .expect("a string");
    }
    text
}

/// Bytes at most in use while the BASIC program `text` is compiled, besides the text.
fn basic_peak(text: &str, opt: OptLevel) -> usize {
    let mut options = bas2wasm::Options::default();
    options.backend.opt = opt;
    options.no_warnings.push("all".into());
    let (output, peak) = heap::peak(|| bas2wasm::compile(text, &options, &mut NoFiles));
    assert!(output.is_ok());
    peak
}

#[test]
fn three_hundred_lines_of_basic_fit_a_device() {
    // KiB where a word has 64 bits; two thirds of it where it has 32.
    for (lines, most) in [(0, 12), (300, 80)] {
        let text = basic_program(lines);
        for opt in [OptLevel::O0, OptLevel::O1] {
            let peak = basic_peak(&text, opt);
            println!("{} lines, {opt:?}: {peak} bytes", text.lines().count());
            assert!(peak < most * 1024, "{lines} lines, {opt:?}: {peak}");
        }
    }
}
