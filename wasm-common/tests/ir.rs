//! Laws of the IR: what the builder makes is valid, and text gives back what was printed.

mod support;

use proptest::prelude::*;
use support::{random, run, verify_all};
use wasm_common::ir::text::parse;
use wasm_common::ir::{BinOp, FunctionBuilder, LoadOp, Program, Signature, StoreOp, Type};

/// The text of the function that `build` makes, without its first and last line.
fn built(params: &[Type], build: impl FnOnce(&mut FunctionBuilder)) -> String {
    let mut program = Program::default();
    let sig = Signature::new(params, Some(Type::I32));
    let symbol = program.symbols.add_func("f", sig.clone(), None);
    let mut builder = FunctionBuilder::new(symbol, sig);
    build(&mut builder);
    program.functions.push(builder.finish());
    verify_all(&program);
    let text = program.functions[0].display(&program.symbols).to_string();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines[1..lines.len() - 1].join("\n")
}

#[test]
fn a_variable_that_a_loop_leaves_alone_gets_no_parameter() {
    let text = built(&[Type::I32, Type::I32], |b| {
        let (x, n) = (b.declare(Type::I32), b.declare(Type::I32));
        let params = b.params().to_vec();
        b.def(x, params[0]);
        b.def(n, params[1]);
        let (head, body, out) = (b.create_block(), b.create_block(), b.create_block());
        b.jump(head);
        b.switch_to(head);
        let cond = b.get(n);
        b.branch(cond, body, out);
        b.seal(body);
        b.switch_to(body);
        let (old, step) = (b.get(n), b.get(x));
        let new = b.binary(BinOp::I32Sub, old, step);
        b.def(n, new);
        b.jump(head);
        b.seal(head);
        b.seal(out);
        b.switch_to(out);
        let x = b.get(x);
        b.ret(Some(x));
    });
    assert_eq!(
        text,
        "b0(v0: i32, v1: i32):\njump b1(v1)\nb1(v2: i32):\nbranch v2, b2, b3\n\
         b2:\nv3: i32 = i32.sub v2, v0\njump b1(v3)\nb3:\nreturn v0"
    );
}

#[test]
fn what_is_read_before_it_is_written_is_zero_and_dead_code_is_dropped() {
    let text = built(&[], |b| {
        let x = b.declare(Type::I32);
        let value = b.get(x);
        b.ret(Some(value));
        assert!(b.is_terminated());
        let addr = b.i32_const(16);
        b.store(StoreOp::I32Store, addr, value, 0);
        assert!(b.is_terminated());
        let lost = b.create_block();
        b.jump(lost);
        b.seal(lost);
        b.switch_to(lost);
        assert!(b.is_terminated());
        b.get(x);
        b.unreachable();
    });
    assert_eq!(text, "b0:\nv0: i32 = i32.const 0\nreturn v0");
}

#[test]
fn operations_are_folded_and_numbered() {
    let text = built(&[Type::I32], |b| {
        let x = b.params()[0];
        let (one, two) = (b.i32_const(1), b.i32_const(2));
        let a = b.binary(BinOp::I32Add, one, x);
        let c = b.binary(BinOp::I32Add, a, two);
        let d = b.binary(BinOp::I32Add, two, a);
        let e = b.binary(BinOp::I32Sub, c, d);
        let f = b.binary(BinOp::I32Or, e, c);
        let g = b.load(LoadOp::I32Load, f, 70_000);
        b.ret(Some(g));
    });
    let sums: Vec<&str> = text.lines().filter(|line| line.contains("add")).collect();
    // x + 3 once, its difference with itself nothing, and the offset in one sum with it.
    assert_eq!(sums[1..], ["v5: i32 = i32.add v0, v4", "v9: i32 = i32.add v0, v8"]);
}

#[test]
fn a_long_function_is_built_without_recursion_in_bounded_time() {
    built(&[Type::I32], |b| {
        let vars: Vec<_> = (0..20).map(|_| b.declare(Type::I32)).collect();
        let cond = b.params()[0];
        for step in 0..20_000 {
            let (then, join) = (b.create_block(), b.create_block());
            b.branch(cond, then, join);
            b.seal(then);
            b.switch_to(then);
            let value = b.i32_const(step);
            b.def(vars[step as usize % 20], value);
            b.jump(join);
            b.seal(join);
            b.switch_to(join);
        }
        let mut sum = cond;
        for var in vars {
            let value = b.get(var);
            sum = b.binary(BinOp::I32Xor, sum, value);
        }
        b.ret(Some(sum));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn printing_and_parsing_is_a_fixed_point(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let program = random::program(&bytes);
        verify_all(&program);
        let text = program.to_string();
        let parsed = parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert_eq!(parsed.to_string(), text);
        let args = [3, 1 << 40, u64::from(1.5f32.to_bits()), 2.5f64.to_bits()];
        prop_assert_eq!(
            run(&parsed, random::MAIN, &args, 100_000).0,
            run(&program, random::MAIN, &args, 100_000).0
        );
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "(func|declare|data|sig|v[0-9]|b[0-9]|[a-z%@(){}:,=+\\[\\] 0-9\"\\\\\n-]){0,60}") {
        let _ = parse(&text);
    }
}
