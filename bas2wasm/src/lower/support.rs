//! The routines that no host has, and the objects that they need: made once, when asked for.

use super::{Lower, message};
use crate::tree::Datum;
use alloc::vec::Vec;
use wasm_common::ir::{
    BinOp, DataObject, DataReloc, FunctionBuilder, LoadOp, NaryOp, Signature, Symbol, Type, Value,
};
use wasm_common::map::Set;

/// Bytes of the buffer that numbers are formatted in.
pub(super) const BUFFER: u32 = 64;
/// Bytes of an item of DATA: tag, text, value.
pub(super) const DATUM: u32 = 16;
/// GOSUBs that can be open at once.
pub(super) const GOSUB_DEPTH: u32 = 256;

/// What has been asked for.
#[derive(Default)]
pub(super) struct Support {
    buffer: Option<Symbol>,
    data_table: Option<Symbol>,
    data_pointer: Option<Symbol>,
    gosub_stack: Option<Symbol>,
    gosub_pointer: Option<Symbol>,
    error_line: Option<Symbol>,
    library_line: Option<Symbol>,
    pending: Option<Symbol>,
    handler: Option<Symbol>,
    in_handler: Option<Symbol>,
    resume_point: Option<Symbol>,
    fail: Option<Symbol>,
    fail_subscript: Option<Symbol>,
    fail_number: Option<Symbol>,
    fail_text: Option<Symbol>,
    fixed_load: Option<Symbol>,
    fixed_store: Option<Symbol>,
    free_array: Option<Symbol>,
    free_strings: Option<Symbol>,
    preserve: Option<Symbol>,
    /// Numbers of the errors that can happen; with `any_error`, all of them.
    pub(super) errors: Set<i32>,
    pub(super) any_error: bool,
}

macro_rules! globals {
    ($($name:ident $text:literal;)*) => {
        $(pub(super) fn $name(&mut self) -> Symbol {
            if let Some(symbol) = self.support.$name {
                return symbol;
            }
            let symbol = self.global($text, Type::I32, 0);
            self.support.$name = Some(symbol);
            symbol
        })*
    };
}

macro_rules! routines {
    ($($name:ident $text:literal ($($param:ident),*) $result:expr;)*) => {
        $(pub(super) fn $name(&mut self) -> Symbol {
            if let Some(symbol) = self.support.$name {
                return symbol;
            }
            let sig = Signature::new(&[$(Type::$param),*], $result);
            let symbol = self.backend.symbols.add_func($text, sig, None);
            self.backend.symbols.set_lineless(symbol);
            self.support.$name = Some(symbol);
            symbol
        })*
    };
}

impl Lower<'_> {
    globals! {
        data_pointer "data pointer";
        gosub_pointer "gosub pointer";
        error_line "error line";
        library_line "library line";
        pending "error pending";
        handler "error handler";
        in_handler "in handler";
        resume_point "resume point";
    }

    routines! {
        fail "basic fail" (I32, I32, I32) None;
        fail_subscript "basic fail subscript" (I32, I32, I32, I32, I32) None;
        fail_number "basic fail number" (I32, F64, I32, I32) None;
        fail_text "basic fail text" (I32, I32, I32, I32) None;
        fixed_load "basic fixed load" (I32, I32) Some(Type::I32);
        fixed_store "basic fixed store" (I32, I32, I32) None;
        free_array "basic free array" (I32, I32) None;
        free_strings "basic free strings" (I32) None;
        preserve "basic preserve" (I32, I32, I32) None;
    }

    /// Notes that an error can happen: its message goes into the module.
    pub(super) fn note_error(&mut self, code: Option<i32>) {
        match code {
            Some(code) => {
                self.support.errors.insert(code);
            }
            None => self.support.any_error = true,
        }
    }

    pub(super) fn buffer(&mut self) -> Symbol {
        if let Some(symbol) = self.support.buffer {
            return symbol;
        }
        let symbol = self.space("number buffer", BUFFER, 8);
        self.support.buffer = Some(symbol);
        symbol
    }

    pub(super) fn gosub_stack(&mut self) -> Symbol {
        if let Some(symbol) = self.support.gosub_stack {
            return symbol;
        }
        let symbol = self.space("gosub stack", GOSUB_DEPTH * 4, 4);
        self.support.gosub_stack = Some(symbol);
        symbol
    }

    /// All DATA: a tag (0 integer, 1 float, 2 text), the text, the value.
    pub(super) fn data_table(&mut self) -> Symbol {
        if let Some(symbol) = self.support.data_table {
            return symbol;
        }
        let mut bytes = Vec::new();
        let mut relocs = Vec::new();
        for (index, datum) in self.program.data.iter().enumerate() {
            let (tag, text, value) = match datum {
                Datum::Int(value, text) => (0u32, text, *value as u64),
                Datum::Float(value, text) => (1, text, value.to_bits()),
                Datum::Text(text, line) => (2, text, u64::from(*line)),
            };
            bytes.extend(tag.to_le_bytes());
            bytes.extend([0; 4]);
            bytes.extend(value.to_le_bytes());
            let target = self.literal(text);
            relocs.push(DataReloc { offset: index as u32 * DATUM + 4, target, addend: 0 });
        }
        let size = (bytes.len() as u32).max(DATUM);
        let object = DataObject { size, align: 8, bytes, relocs, readonly: true };
        let symbol = self.object("DATA", object);
        self.support.data_table = Some(symbol);
        symbol
    }
}

/// Defines the routines that were asked for.
pub(super) fn define(lower: &mut Lower<'_>) {
    // Some ask for others, so those come last.
    let support = &lower.support;
    if let Some(symbol) = support.preserve {
        define_preserve(lower, symbol);
    }
    if let Some(symbol) = lower.support.free_array {
        define_free_array(lower, symbol);
    }
    if let Some(symbol) = lower.support.free_strings {
        define_free_strings(lower, symbol);
    }
    if let Some(symbol) = lower.support.fixed_load {
        define_fixed_load(lower, symbol);
    }
    if let Some(symbol) = lower.support.fixed_store {
        define_fixed_store(lower, symbol);
    }
    if let Some(symbol) = lower.support.fail_subscript {
        message::define_fail_subscript(lower, symbol);
    }
    if let Some(symbol) = lower.support.fail_number {
        message::define_fail_number(lower, symbol);
    }
    if let Some(symbol) = lower.support.fail_text {
        message::define_fail_text(lower, symbol);
    }
    if let Some(symbol) = lower.support.fail {
        message::define_fail(lower, symbol);
    }
}

pub(super) fn builder(lower: &Lower<'_>, symbol: Symbol) -> FunctionBuilder {
    let sig = lower.backend.symbols.func_sig(symbol).cloned().unwrap_or_default();
    FunctionBuilder::new(symbol, sig)
}

/// A counting loop: `body` gets the index, from 0 up to `count`.
fn repeat(b: &mut FunctionBuilder, count: Value, body: impl FnOnce(&mut FunctionBuilder, Value)) {
    let index = b.declare(Type::I32);
    let zero = b.i32_const(0);
    b.def(index, zero);
    let (test, inside, done) = (b.create_block(), b.create_block(), b.create_block());
    b.jump(test);
    b.switch_to(test);
    let at = b.get(index);
    let more = b.binary(BinOp::I32LtS, at, count);
    b.branch(more, inside, done);
    b.switch_to(inside);
    let at = b.get(index);
    body(b, at);
    let one = b.i32_const(1);
    let at = b.get(index);
    let next = b.binary(BinOp::I32Add, at, one);
    b.def(index, next);
    b.jump(test);
    b.switch_to(done);
}

fn scaled(b: &mut FunctionBuilder, index: Value, shift: i32) -> Value {
    let shift = b.i32_const(shift);
    b.binary(BinOp::I32Shl, index, shift)
}

/// Elements of an array.
fn count_elements(b: &mut FunctionBuilder, base: Value) -> Value {
    let rank = b.load(LoadOp::I32Load, base, 0);
    let total = b.declare(Type::I32);
    let one = b.i32_const(1);
    b.def(total, one);
    repeat(b, rank, |b, at| {
        let count = extent(b, base, at);
        let so_far = b.get(total);
        let product = b.binary(BinOp::I32Mul, so_far, count);
        b.def(total, product);
    });
    b.get(total)
}

/// Elements along dimension `at`, from 0.
fn extent(b: &mut FunctionBuilder, base: Value, at: Value) -> Value {
    let four = b.i32_const(4);
    let bytes = scaled(b, at, 2);
    let bytes = b.binary(BinOp::I32Add, bytes, four);
    let up = b.binary(BinOp::I32Add, base, bytes);
    let down = b.binary(BinOp::I32Sub, base, bytes);
    let (high, low) = (b.load(LoadOp::I32Load, up, 0), b.load(LoadOp::I32Load, down, 0));
    let one = b.i32_const(1);
    let span = b.binary(BinOp::I32Sub, high, low);
    b.binary(BinOp::I32Add, span, one)
}

/// The address of the first element.
fn first_element(b: &mut FunctionBuilder, base: Value) -> Value {
    let rank = b.load(LoadOp::I32Load, base, 0);
    let bytes = scaled(b, rank, 2);
    let four = b.i32_const(4);
    let bytes = b.binary(BinOp::I32Add, bytes, four);
    b.binary(BinOp::I32Add, base, bytes)
}

/// `(base)`: frees every string of an array.
fn define_free_strings(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let base = b.params()[0];
    let count = count_elements(&mut b, base);
    let first = first_element(&mut b, base);
    let (free, _) = lower.import("basic_str_free");
    repeat(&mut b, count, |b, at| {
        let bytes = scaled(b, at, 2);
        let place = b.binary(BinOp::I32Add, first, bytes);
        let value = b.load(LoadOp::I32Load, place, 0);
        b.call(free, None, &[value]);
    });
    b.ret(None);
    lower.backend.define(b.finish());
}

/// `(base, strings)`: frees an array, and its strings if it has any; 0 is no array.
fn define_free_array(lower: &mut Lower<'_>, symbol: Symbol) {
    let strings = lower.free_strings();
    let mut b = builder(lower, symbol);
    let [base, flag] = [b.params()[0], b.params()[1]];
    let [some, text, block, done] = [(); 4].map(|()| b.create_block());
    b.branch(base, some, done);
    b.switch_to(some);
    b.branch(flag, text, block);
    b.switch_to(text);
    b.call(strings, None, &[base]);
    b.jump(block);
    b.switch_to(block);
    let rank = b.load(LoadOp::I32Load, base, 0);
    let bytes = scaled(&mut b, rank, 2);
    let start = b.binary(BinOp::I32Sub, base, bytes);
    let (free, _) = lower.import("free");
    b.call(free, None, &[start]);
    b.jump(done);
    b.switch_to(done);
    b.ret(None);
    lower.backend.define(b.finish());
}

/// `(old, new, size)`: moves the elements that both arrays have, by their subscripts; what is moved
/// is cleared in the old one, so that freeing its strings frees only what was dropped.
fn define_preserve(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let [old, new, size] = [b.params()[0], b.params()[1], b.params()[2]];
    let (some, done) = (b.create_block(), b.create_block());
    b.branch(old, some, done);
    b.switch_to(some);
    let rank = b.load(LoadOp::I32Load, old, 0);
    let count = count_elements(&mut b, old);
    let (from, to) = (first_element(&mut b, old), first_element(&mut b, new));
    repeat(&mut b, count, |b, element| {
        preserve_element(b, [old, new, size, rank, from, to], element)
    });
    b.jump(done);
    b.switch_to(done);
    b.ret(None);
    lower.backend.define(b.finish());
}

/// Takes the subscripts of an old element apart, from the last, and builds the new offset.
fn preserve_element(b: &mut FunctionBuilder, values: [Value; 6], element: Value) {
    let [old, new, size, rank, from, to] = values;
    let [rest, offset, stride, fits] = [(); 4].map(|()| b.declare(Type::I32));
    let (zero, one) = (b.i32_const(0), b.i32_const(1));
    for (variable, value) in [(rest, element), (offset, zero), (stride, one), (fits, one)] {
        b.def(variable, value);
    }
    repeat(b, rank, |b, at| {
        let last = b.binary(BinOp::I32Sub, rank, one);
        let dimension = b.binary(BinOp::I32Sub, last, at);
        let count = extent(b, old, dimension);
        let now = b.get(rest);
        let index = b.binary(BinOp::I32RemU, now, count);
        let left = b.binary(BinOp::I32DivU, now, count);
        b.def(rest, left);
        let four = b.i32_const(4);
        let bytes = scaled(b, dimension, 2);
        let bytes = b.binary(BinOp::I32Add, bytes, four);
        let old_low = b.binary(BinOp::I32Sub, old, bytes);
        let new_low = b.binary(BinOp::I32Sub, new, bytes);
        let (old_low, new_low) =
            (b.load(LoadOp::I32Load, old_low, 0), b.load(LoadOp::I32Load, new_low, 0));
        let moved = b.binary(BinOp::I32Sub, old_low, new_low);
        let index = b.binary(BinOp::I32Add, index, moved);
        let room = extent(b, new, dimension);
        let inside = b.binary(BinOp::I32LtU, index, room);
        let so_far = b.get(fits);
        let all = b.binary(BinOp::I32And, so_far, inside);
        b.def(fits, all);
        let (sum, step) = (b.get(offset), b.get(stride));
        let part = b.binary(BinOp::I32Mul, index, step);
        let sum = b.binary(BinOp::I32Add, sum, part);
        b.def(offset, sum);
        let step = b.binary(BinOp::I32Mul, step, room);
        b.def(stride, step);
    });
    let (copy, on) = (b.create_block(), b.create_block());
    let all = b.get(fits);
    b.branch(all, copy, on);
    b.switch_to(copy);
    let source = b.binary(BinOp::I32Mul, element, size);
    let source = b.binary(BinOp::I32Add, from, source);
    let target = b.get(offset);
    let target = b.binary(BinOp::I32Mul, target, size);
    let target = b.binary(BinOp::I32Add, to, target);
    b.nary(NaryOp::MemoryCopy, &[target, source, size]);
    b.nary(NaryOp::MemoryFill, &[source, zero, size]);
    b.jump(on);
    b.switch_to(on);
}

/// `(address, length)`: a fixed string as a string of its own.
fn define_fixed_load(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let [address, length] = [b.params()[0], b.params()[1]];
    let (space, result) = lower.import("basic_str_space");
    let text = b.call(space, result, &[length]).expect("a string");
    let (copy, done) = (b.create_block(), b.create_block());
    b.branch(text, copy, done);
    b.switch_to(copy);
    b.nary(NaryOp::MemoryCopy, &[text, address, length]);
    b.jump(done);
    b.switch_to(done);
    b.ret(Some(text));
    lower.backend.define(b.finish());
}

/// `(address, length, text)`: cuts or pads with blanks.
fn define_fixed_store(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let [address, length, text] = [b.params()[0], b.params()[1], b.params()[2]];
    let (len, result) = lower.import("basic_str_len");
    let have = b.call(len, result, &[text]).expect("a length");
    let fewer = b.binary(BinOp::I32LtS, have, length);
    let taken = b.select(have, length, fewer);
    b.nary(NaryOp::MemoryCopy, &[address, text, taken]);
    let end = b.binary(BinOp::I32Add, address, taken);
    let rest = b.binary(BinOp::I32Sub, length, taken);
    let blank = b.i32_const(32);
    b.nary(NaryOp::MemoryFill, &[end, blank, rest]);
    b.ret(None);
    lower.backend.define(b.finish());
}
