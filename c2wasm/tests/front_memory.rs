//! The front end keeps one top-level item, not the file: its peak is measured by an allocator
//! that counts.

use c2wasm::parse::Parser;
use c2wasm::session::{FrontOptions, Session};
use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_common::diag::Diagnostics;
use wasm_common::source::{NoFiles, SourceMap};

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

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes at most in use while a file of `functions` small functions is parsed, besides its text.
fn peak(functions: usize) -> usize {
    let mut text = String::from("#include <stdio.h>\n#include <stdint.h>\n");
    for i in 0..functions {
        writeln!(
            text,
            "static int work{}(int a, int b)\n{{\n    int sum = {i}, k;\n    for (k = 0; k < 16; k++) \
             {{\n        sum += a * k + b;\n        if (sum > 100) sum -= b;\n    }}\n    \
             printf(\"%d\\n\", sum);\n    return sum;\n}}",
            i % 100
        )
        .expect("a string");
    }
    text.shrink_to_fit();
    let length = text.len();
    let start = NOW.load(Ordering::Relaxed) - text.capacity();
    PEAK.store(NOW.load(Ordering::Relaxed), Ordering::Relaxed);
    let mut sources = SourceMap::new();
    let main = sources.add("t.c", text);
    let mut diagnostics = Diagnostics::new();
    let mut files = NoFiles;
    let mut session = Session::new(&mut sources, &mut files, &mut diagnostics);
    let mut parser = Parser::new(main, &FrontOptions::default(), &mut session);
    while parser.next_item(&mut session).is_some() {}
    assert!(!diagnostics.has_errors());
    PEAK.load(Ordering::Relaxed) - start - length
}

#[test]
fn peak_does_not_grow_with_the_file() {
    let small = peak(10);
    let large = peak(1000);
    println!("10 functions: {small} bytes, 1000: {large}");
    assert!(small < 128 * 1024, "{small}");
    // Line starts of the source map, four bytes a line in a vector that doubles, and new names.
    assert!(large < small + 11_000 * 8 + 8192, "{small} {large}");
}
