//! Functions and programs of any size compile in time that grows with them.

mod support;

use std::time::{Duration, Instant};
use wasm_common::backend::{Backend, OptLevel, Options};
use wasm_common::ir::{
    BinOp, Block, FunctionBuilder, ImportName, Signature, Symbol, Type, Value, Variable,
};

/// Lines of the source that such a function would have.
const LINES: usize = if cfg!(debug_assertions) { 2_000 } else { 50_000 };

/// A function under construction: (i32) -> i32.
struct Large {
    b: FunctionBuilder,
    vars: Vec<Variable>,
    out: Symbol,
}

impl Large {
    fn constant(&mut self, n: usize) -> Value {
        self.b.i32_const(n as i32)
    }

    fn var(&self, n: usize) -> Variable {
        self.vars[n % self.vars.len()]
    }

    /// `v = v * 31 + n`.
    fn mix(&mut self, n: usize) {
        let var = self.var(n);
        let (old, factor, n) = (self.b.get(var), self.b.i32_const(31), self.constant(n));
        let product = self.b.binary(BinOp::I32Mul, old, factor);
        let sum = self.b.binary(BinOp::I32Add, product, n);
        self.b.def(var, sum);
    }

    fn enter(&mut self, block: Block) {
        self.b.seal(block);
        self.b.switch_to(block);
    }

    /// Tests a variable.
    fn cond(&mut self, n: usize) -> Value {
        let var = self.var(n);
        let (value, mask) = (self.b.get(var), self.b.i32_const(4));
        self.b.binary(BinOp::I32And, value, mask)
    }

    fn call(&mut self, n: usize) {
        let value = self.b.get(self.vars[n % self.vars.len()]);
        self.b.call(self.out, None, &[value]);
    }
}

fn compile(opt: OptLevel, vars: usize, build: impl FnOnce(&mut Large)) -> Duration {
    let start = Instant::now();
    let mut backend = Backend::new(Options { opt, ..Options::default() });
    let sig = Signature::new(&[Type::I32], Some(Type::I32));
    let import = ImportName { module: "env".into(), field: "out".into() };
    let out = backend.symbols.add_func("out", Signature::new(&[Type::I32], None), Some(import));
    let symbol = backend.symbols.add_func("f", sig.clone(), None);
    backend.symbols.get_mut(symbol).export = Some("f".into());
    let mut b = FunctionBuilder::new(symbol, sig);
    let param = b.params()[0];
    let vars: Vec<Variable> = (0..vars).map(|_| b.declare(Type::I32)).collect();
    vars.iter().for_each(|&var| b.def(var, param));
    let mut large = Large { b, vars, out };
    build(&mut large);
    let mut result = large.b.get(large.vars[0]);
    for var in 1..large.vars.len() {
        let value = large.b.get(large.vars[var]);
        result = large.b.binary(BinOp::I32Xor, result, value);
    }
    large.b.ret(Some(result));
    backend.define(large.b.finish());
    let output = backend.finish().expect("links");
    wasmparser::Validator::new().validate_all(&output.wasm).expect("is valid");
    start.elapsed()
}

/// A shape of function, with a size.
type Shape = fn(&mut Large, usize);

fn straight(f: &mut Large, size: usize) {
    (0..size).for_each(|n| f.mix(n));
}

fn diamonds(f: &mut Large, size: usize) {
    for n in 0..size / 4 {
        let (then, els, join) = (f.b.create_block(), f.b.create_block(), f.b.create_block());
        let cond = f.cond(n);
        f.b.branch(cond, then, els);
        f.enter(then);
        f.mix(n + 1);
        f.b.jump(join);
        f.enter(els);
        f.call(n);
        f.b.jump(join);
        f.enter(join);
    }
}

fn loops(f: &mut Large, size: usize) {
    for n in 0..size / 4 {
        let (body, out) = (f.b.create_block(), f.b.create_block());
        f.b.jump(body);
        f.b.switch_to(body);
        f.mix(n);
        f.call(n);
        let cond = f.cond(n);
        f.b.branch(cond, body, out);
        f.b.seal(body);
        f.enter(out);
    }
}

/// `if (a) { if (b) { ... } }`, as deep as there are lines.
fn nest(f: &mut Large, size: usize) {
    let mut joins = Vec::new();
    for n in 0..size / 4 {
        let (then, els) = (f.b.create_block(), f.b.create_block());
        let cond = f.cond(n);
        f.b.branch(cond, then, els);
        joins.push(els);
        f.enter(then);
        f.mix(n);
    }
    for (n, join) in joins.into_iter().enumerate().rev() {
        f.mix(n + 1);
        f.b.jump(join);
        f.enter(join);
    }
}

/// A loop around a switch with as many cases as there are lines.
fn switch(f: &mut Large, size: usize) {
    let (head, join) = (f.b.create_block(), f.b.create_block());
    let cases: Vec<Block> = (0..size / 4).map(|_| f.b.create_block()).collect();
    f.b.jump(head);
    f.b.switch_to(head);
    let index = f.b.get(f.vars[0]);
    f.b.switch(index, &cases, join);
    for (n, &case) in cases.iter().enumerate() {
        f.enter(case);
        f.mix(n);
        f.b.jump(head);
    }
    f.b.seal(head);
    f.enter(join);
}

/// `if (error) goto fail;` after each step.
fn one_way_out(f: &mut Large, size: usize) {
    let fail = f.b.create_block();
    for n in 0..size / 4 {
        let next = f.b.create_block();
        f.mix(n);
        let cond = f.cond(n);
        f.b.branch(cond, fail, next);
        f.enter(next);
    }
    f.b.jump(fail);
    f.enter(fail);
}

/// Blocks that jump to where they like: one region with many entries.
fn tangle(f: &mut Large, size: usize) {
    let blocks: Vec<Block> = (0..size / 8).map(|_| f.b.create_block()).collect();
    let out = f.b.create_block();
    let at = |n: usize| blocks.get(n).copied().unwrap_or(out);
    let cond = f.cond(0);
    f.b.branch(cond, at(0), at(1));
    for (n, &block) in blocks.iter().enumerate() {
        f.b.switch_to(block);
        f.mix(n);
        let cond = f.cond(n);
        f.b.branch(cond, at(n * 7 % blocks.len()), at(n + 1));
    }
    f.b.seal_all();
    f.b.switch_to(out);
}

#[test]
fn time_grows_with_the_size() {
    let shapes: [(&str, Shape); 7] = [
        ("straight", straight),
        ("diamonds", diamonds),
        ("loops", loops),
        ("nest", nest),
        ("switch", switch),
        ("one way out", one_way_out),
        ("tangle", tangle),
    ];
    for (name, shape) in shapes {
        for opt in [OptLevel::O0, OptLevel::O2] {
            for vars in [3, 60] {
                let time = compile(opt, vars, |f| shape(f, LINES));
                println!("{name} {opt:?} {vars}: {time:?}");
                // Far above what it takes; quadratic time would be minutes.
                assert!(time < Duration::from_secs(60), "{name} {opt:?} {vars}: {time:?}");
            }
        }
    }
}
