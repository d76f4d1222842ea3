//! Compiling on a device: the peak of a whole compilation is measured by an allocator that counts.

use bas2wasm::{Options, compile};
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

/// A program of about `lines` lines: SUBs with loops, strings and an array, and a main program that
/// calls them.
fn program(lines: usize) -> String {
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

/// Bytes at most in use while `text` is compiled, besides the text.
fn peak(text: &str, opt: OptLevel) -> usize {
    let mut options = Options::default();
    options.backend.opt = opt;
    options.no_warnings.push("all".into());
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let output = compile(text, &options, &mut NoFiles);
    assert!(output.is_ok());
    PEAK.load(Ordering::Relaxed) - before
}

#[test]
fn three_hundred_lines_take_less_than_a_megabyte() {
    for (lines, most) in [(0, 256), (300, 1024)] {
        let text = program(lines);
        for opt in [OptLevel::O0, OptLevel::O1] {
            let peak = peak(&text, opt);
            println!("{} lines, {opt:?}: {peak} bytes", text.lines().count());
            assert!(peak < most * 1024, "{lines} lines, {opt:?}: {peak}");
        }
    }
}
