//! Compiling takes memory for the largest function, not for the file: the peak of a whole
//! compilation is measured by an allocator that counts.

use c2wasm::{Options, Source, compile};
use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_common::backend::OptLevel;
use wasm_common::source::NoFiles;

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: both calls go to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let now = NOW.fetch_add(size, Ordering::Relaxed) + size;
        let now = now - layout.size();
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A program of about `lines` lines in small functions, each of which calls two others.
fn program(lines: usize) -> String {
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

/// Bytes at most in use while `text` is compiled, besides the text.
fn peak(text: &str, opt: OptLevel) -> usize {
    let mut options = Options::default();
    options.backend.opt = opt;
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let output = compile(&[Source { name: "t.c", text }], &options, &mut NoFiles);
    assert!(output.is_ok_and(|output| output.diagnostics.is_empty()));
    PEAK.load(Ordering::Relaxed) - before
}

#[test]
fn a_thousand_lines_fit_a_device() {
    let text = program(1000);
    assert!(text.lines().count() >= 990);
    for opt in [OptLevel::O0, OptLevel::O1] {
        let peak = peak(&text, opt);
        println!("{opt:?}: {peak} bytes for {} bytes of source", text.len());
        // 128 KiB where a word has 32 bits.
        assert!(peak < 256 * 1024, "{opt:?}: {peak}");
    }
    // All functions at once; what is inlined grows.
    let whole = peak(&text, OptLevel::O2);
    println!("O2: {whole} bytes");
    assert!(whole < 1280 * 1024, "O2: {whole}");
    let (small, large) = (program(250), program(1000));
    let (little, much) = (peak(&small, OptLevel::O1), peak(&large, OptLevel::O1));
    println!("250 lines: {little} bytes, 1000: {much}");
    assert!(much < little * 5 / 2, "{little} {much}");
}
