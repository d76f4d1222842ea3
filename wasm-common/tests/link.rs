//! What the linker promises: the layout, lines at calls and traps, a stack that never overflows into
//! data, and errors.

mod support;

use proptest::prelude::*;
use support::wasm::{LEVELS, compile, compile_with, run_wasm, wat};
use support::{random, run};
use wasm_common::abi::memory_map::{PAGE, POOL_SIZE};
use wasm_common::backend::{Backend, LinkError, OptLevel, Options, Profile};
use wasm_common::ir::interp::Trap;
use wasm_common::ir::text::parse;
use wasm_common::ir::{Const, Inst, Program, Symbol};
use wasm_common::link::{layout, lines};
use wasmparser::{Operator, Payload};

fn program(text: &str) -> Program {
    parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn custom(wasm: &[u8], name: &str) -> Vec<u8> {
    let sections = wasmparser::Parser::new(0).parse_all(wasm).filter_map(|payload| match payload {
        Ok(Payload::CustomSection(section)) if section.name() == name => {
            Some(section.data().to_vec())
        }
        _ => None,
    });
    sections.last().expect("has the section")
}

/// Offsets in its body, and operators, of the only function.
fn operators(wasm: &[u8]) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload.expect("is valid") {
            let start = body.range().start;
            let mut reader = body.get_operators_reader().expect("is valid");
            while !reader.eof() {
                let (operator, at) = reader.read_with_offset().expect("is valid");
                let name = match operator {
                    Operator::Call { .. } => "call",
                    Operator::I32Load { .. } => "load",
                    Operator::I32DivS => "div",
                    _ => continue,
                };
                found.push(((at - start) as u32, name.to_string()));
            }
        }
    }
    found
}

const LINES: &str = "sig (i32) -> i32\ndeclare %f (i32) -> i32
declare %out import \"env\" \"out\" (i32) -> i32
func %f {
b0(v0: i32):
  v1: i32 = i32.load v0  @0:10
  v2: i32 = i32.div_s v1, v0  @0:11
  v3: i32 = call %out(v2)  @1:3
  v4: i32 = i32.load v3+4  @0:12
  return v4
}
";

#[test]
fn the_line_table_knows_each_place_that_may_trap() {
    let program = program(LINES);
    let options = Options {
        file_names: vec!["main.c".into(), "part.h".into()],
        opt: OptLevel::O0,
        ..Options::default()
    };
    let output = compile_with(&program, "f", options);
    let section = custom(&output.wasm, lines::SECTION);
    let table = lines::LineTable::new(&section);
    let found: Vec<_> = operators(&output.wasm)
        .into_iter()
        .map(|(at, name)| {
            let line = table.line(1, at).expect("has a line");
            (name, table.file(line.file).expect("has a name").to_string(), line.line)
        })
        .collect();
    let expected = [("load", 0, 10), ("div", 0, 11), ("call", 1, 3), ("load", 0, 12)];
    let files = ["main.c", "part.h"];
    let expected =
        expected.map(|(name, file, line)| (name.to_string(), files[file].to_string(), line));
    assert_eq!(found, expected, "{}", wat(&output.wasm));
}

#[test]
fn the_hottest_data_comes_first_and_constants_last() {
    let text = "sig (i32) -> i32\ndeclare %f (i32) -> i32
data %text size 6 align 1 readonly bytes 68656c6c6f00
data %large size 9000 align 4
data %idle size 8 align 8
data %hot size 16 align 4
func %f {
b0(v0: i32):
  v1: i32 = symbol %text+0
  v2: i32 = call %g(v1)
  v3: i32 = symbol %large+0
  i32.store v3, v2
  v5: i32 = symbol %idle+0
  v6: i32 = call %g(v5)
  jump b1(v0)
b1(v8: i32):
  v9: i32 = symbol %hot+0
  i32.store v9, v8
  v11: i32 = i32.const -1
  v12: i32 = i32.add v8, v11
  branch v12, b1(v12), b2
b2:
  return v6
}
";
    let declare = "declare %g import \"env\" \"g\" (i32) -> i32\ndata %text";
    let program = program(&text.replace("data %text", declare));
    let output = compile(&program, "f", OptLevel::O2);
    let names: Vec<&str> = output.layout.objects.iter().map(|object| &object.name[..]).collect();
    assert_eq!(names, ["hot", "large", "idle", "text"], "{}", output.layout);
    let heap = output.layout.heap_start;
    assert!(heap.is_multiple_of(4) && heap >= 16 + 16 + 9000 + 8 + 6);
    let section = custom(&output.wasm, layout::SECTION);
    let named: Vec<_> = layout::objects(&section).map(|o| (o.name, o.address, o.size)).collect();
    let placed = output.layout.objects.iter().map(|o| (&o.name[..], o.address, o.size));
    assert_eq!(named, placed.collect::<Vec<_>>());

    let profile = Profile::parse("10 0 text\n0 1 idle\n").expect("is a profile");
    let options = Options { profile: Some(profile), ..Options::default() };
    let output = compile_with(&program, "f", options);
    let names: Vec<&str> = output.layout.objects.iter().map(|object| &object.name[..]).collect();
    assert_eq!(names, ["text", "idle", "large", "hot"], "{}", output.layout);
    assert_eq!(output.layout.expected_in_window(), Some(100.0));
}

/// A program with that many bytes of data.
fn large(size: u32) -> Program {
    program(&format!(
        "sig ()\ndeclare %f ()\ndata %large size {size} align 4 bytes 01
func %f {{\nb0:\n  v0: i32 = symbol %large+0\n  i32.store v0, v0\n  return\n}}\n"
    ))
}

#[test]
fn data_that_passes_the_low_heap_makes_more_pages() {
    let one = compile(&large(0x7FF0), "f", OptLevel::O2);
    assert_eq!((one.layout.pages, one.layout.heap_start), (1, 0x8000));
    assert!(!wat(&one.wasm).contains("_pool_start"));
    let more = compile(&large(0x7FF4), "f", OptLevel::O2);
    let (start, end) = more.layout.pool;
    assert!(more.layout.pages > 1 && more.layout.heap_start < start && end - start == POOL_SIZE);
    assert!(end + 256 + 16 <= more.layout.pages * PAGE);
    assert!(wat(&more.wasm).contains("_pool_start") && wat(&more.wasm).contains("_pool_end"));
}

/// Links with one function exported.
fn link(program: Program, options: Options) -> Result<(), LinkError> {
    let mut backend = Backend::new(options);
    backend.symbols = program.symbols;
    backend.symbols.get_mut(Symbol(0)).export = Some("f".into());
    program.functions.into_iter().for_each(|function| backend.define(function));
    backend.finish().map(|_| ())
}

#[test]
fn memory_that_does_not_suffice_is_an_error() {
    let pages = |pages| Options { pages: Some(pages), ..Options::default() };
    let error = link(large(100_000), pages(1)).expect_err("does not fit");
    assert_eq!(error, LinkError::OutOfMemory { needed: 100_016, available: 0x8000 });
    assert_eq!(link(large(100_000), pages(3)), Ok(()));
    assert!(link(large(u32::MAX), Options::default()).is_err());
}

/// A recursion without end, each frame of which the host sees.
const DEEP: &str = "sig (i32) -> i32\ndeclare %down (i32) -> i32
declare %see import \"env\" \"see\" (i32) -> i32
data %after size 16 align 4 bytes 01020304
func %down {
  slot s0 size 64 align 4
b0(v0: i32):
  v1: i32 = slot s0+0
  i32.store v1+60, v0
  v3: i32 = call %see(v1)
  v4: i32 = i32.const 1
  v5: i32 = i32.add v0, v4
  v6: i32 = call %down(v5)
  v7: i32 = i32.load v1
  v8: i32 = symbol %after+0
  v9: i32 = i32.load v8
  v10: i32 = i32.add v6, v9
  v11: i32 = i32.add v10, v7
  return v11
}
";

#[test]
fn a_stack_that_is_full_traps() {
    for level in LEVELS {
        let program = program(DEEP);
        let options = Options { opt: level, shadow_stack_size: Some(1024), ..Options::default() };
        let output = compile_with(&program, "down", options);
        let (outcome, _) = run_wasm(&program, &output, "down", &[1]);
        assert_eq!(outcome.result, Err(Trap::Unreachable));
        // Each frame lies within the stack, and there were as many as fit.
        let stack = output.layout.objects.iter().find(|object| object.name == "(stack)");
        let stack = stack.expect("there is a stack");
        let within = stack.address..=stack.address + stack.size - 64;
        assert_eq!(outcome.log.len(), 1024 / 64);
        assert!(outcome.log.iter().all(|(_, args)| within.contains(&(args[0] as u32))));
    }
}

#[test]
fn the_same_import_under_two_names_is_one() {
    let text = "sig (i32) -> i32\ndeclare %f (i32) -> i32
declare %a import \"env\" \"out\" (i32) -> i32
declare %b import \"env\" \"out\" (i32) -> i32
func %f {\nb0(v0: i32):\n  v1: i32 = call %a(v0)\n  v2: i32 = call %b(v1)\n  return v2\n}\n";
    let wasm = compile(&program(text), "f", OptLevel::O2).wasm;
    assert_eq!(wat(&wasm).matches("(import").count(), 1);
}

/// Makes every call of `out` pass its own line.
fn pass_lines(program: &mut Program) {
    let out = program.symbols.find("out").expect("is imported");
    for function in &mut program.functions {
        for block in function.block_ids() {
            for at in (0..function.block(block).insts.len()).rev() {
                let value = function.block(block).insts[at];
                let Inst::Call { func, args } = *function.inst(value) else { continue };
                if func == out {
                    let line = function.loc(value).line() as i32;
                    let (inst, ty) = (Inst::I32Const(line), Some(Const::I32(line).ty()));
                    let line = function.add_inst(inst, ty, function.loc(value));
                    function.block_mut(block).insts.insert(at, line);
                    function.args_mut(args)[0] = line;
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_line_is_right_at_every_host_call(bytes in prop::collection::vec(any::<u8>(), 0..900)) {
        let mut program = random::program(&bytes);
        pass_lines(&mut program);
        let args = [3, 1 << 40, u64::from(1.5f32.to_bits()), 2.5f64.to_bits()];
        if run(&program, random::MAIN, &args, 100_000).1 < 100_000 {
            for level in LEVELS {
                let output = compile(&program, random::MAIN, level);
                let (outcome, lines) = run_wasm(&program, &output, random::MAIN, &args);
                let passed: Vec<u32> = outcome.log.iter().map(|(_, args)| args[0] as u32).collect();
                prop_assert_eq!(lines, passed, "{:?}\n{}\n{}", level, program, wat(&output.wasm));
            }
        }
    }
}
