//! What a fuzzer throws bytes at. Each target takes any bytes and must come back: no panic, no
//! abort, no module that is not valid, no run without end.

use crate::compile::{Language, OptLevel, Options, compile, link};
use crate::machine::{Fault, Machine, World, windowed};
use runtime::board::sim::{Setup, Sim};
use runtime::board::{Board, RamDisk, Storage};
use runtime::engine::{Limits, Module};
use runtime::memory::Flat;
use runtime::shell::{self, Ended, Shell};
use wasm_common::abi::files::FileMode;
use wasm_common::ir::{text, verify};

/// Takes any bytes and comes back.
pub type Target = fn(&[u8]);

/// A target by its name, as `tests/fuzz` and the smoke test know it.
pub const TARGETS: &[(&str, Target)] =
    &[("c", c), ("basic", basic), ("wasm", wasm), ("ir", ir), ("shell", shell)];

fn world() -> World {
    World { fuel: 200_000, loops: 1, ..World::default() }
}

fn source(language: Language, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let level = [OptLevel::O0, OptLevel::O2][bytes.len() % 2];
    match compile(language, "fuzz", &text, level, &Options::default()) {
        Ok(image) => compiled(&image.wasm),
        Err(problems) => assert!(!problems.is_empty(), "refused without an error"),
    }
}

/// What a compiler gives must be valid, and any run of it must end.
fn compiled(wasm: &[u8]) {
    wasmparser::validate(wasm).expect("a compiler gave an invalid module");
    let flat = Machine::Flat.run_module(wasm, &world());
    let windowed = windowed(61, 32, 1).run_module(wasm, &world());
    assert!(windowed.agrees(&flat), "flat:\n{flat}\nwindowed:\n{windowed}");
}

/// C source.
pub fn c(bytes: &[u8]) {
    source(Language::C, bytes);
}

/// BASIC source.
pub fn basic(bytes: &[u8]) {
    source(Language::Basic, bytes);
}

/// A wasm module: what the engine takes, wasmparser takes too, and it runs without harm.
pub fn wasm(bytes: &[u8]) {
    let limits = Limits { pages: 64, ..Limits::default() };
    if Module::new(bytes, &limits).is_err() {
        return;
    }
    wasmparser::validate(bytes).expect("the engine took an invalid module");
    let run = Machine::Flat.run_module(bytes, &world());
    if matches!(run.end, Err(Fault::Load(_))) {
        return;
    }
    let other = windowed(61, 32, 1).run_module(bytes, &world());
    assert!(other.agrees(&run), "flat:\n{run}\nwindowed:\n{other}");
}

/// The device's command line: keys, with programs and texts to work on.
pub fn shell(bytes: &[u8]) {
    let mut disk = RamDisk::new(1 << 18);
    for (path, text) in [
        ("/a.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 3; }\n"),
        ("/b.bas", "FOR I = 1 TO 3\n> I\nNEXT\n"),
        ("/text", "one\ntwo\n\nthree"),
    ] {
        let file = disk.open(path, FileMode::Write).expect("there is room");
        disk.write_at(file, 0, text.as_bytes()).expect("there is room");
        disk.close(file);
    }
    let mut board = Sim::new(Setup {
        input: Box::new(std::io::Cursor::new(bytes.to_vec())),
        virtual_time: true,
        storage: Box::new(disk),
        ..Setup::default()
    });
    Shell::new(Box::new(Fuelled)).run(&mut board);
}

/// A machine on which every program ends.
struct Fuelled;

impl shell::Machine for Fuelled {
    fn run(
        &mut self,
        wasm: &[u8],
        board: &mut dyn Board,
        fuel: Option<u64>,
    ) -> Result<Ended, String> {
        let most = world().fuel;
        let fuel = fuel.map_or(most, |fuel| fuel.min(most));
        shell::run_on(wasm, Flat::new(4), board, &Limits::default(), Some(fuel), |_| ())
    }

    fn describe(&self) -> String {
        "fuelled".into()
    }

    fn test_psram(&mut self) -> Result<String, String> {
        Err("there is none".into())
    }
}

/// The text form of the IR: what parses and verifies becomes a valid module.
pub fn ir(bytes: &[u8]) {
    let Ok(program) = text::parse(&String::from_utf8_lossy(bytes)) else { return };
    if program.functions.iter().any(|function| verify(function, &program.symbols).is_err()) {
        return;
    }
    let level = [OptLevel::O0, OptLevel::O2][bytes.len() % 2];
    if let Ok(image) = link(&program, level) {
        wasmparser::validate(&image.wasm).expect("the back end gave an invalid module");
    }
}
