//! What a program prints when it stops with an error.
//!
//! In: the error's number, what more is known of it, and the line. Out: routines that store the
//! number in the exported global and print. They return: the caller traps, so that the trap is in
//! its own line. GW-BASIC's programs print what GW-BASIC prints, `Subscript out of range in 30`, and
//! what more there is goes to the error stream.

use super::Lower;
use super::support::builder;
use wasm_common::abi::args::Packing;
use wasm_common::abi::imports::ValType;
use wasm_common::abi::{memory_map, names};
use wasm_common::ir::{BinOp, FunctionBuilder, StoreOp, Symbol, Value};

/// Messages by error number: GW-BASIC's, which QuickBASIC kept; above 100 what only ECMA-55 tells apart.
const MESSAGES: [(i32, &str); 40] = [
    (1, "NEXT without FOR"),
    (2, "Syntax error"),
    (3, "RETURN without GOSUB"),
    (4, "Out of DATA"),
    (5, "Illegal function call"),
    (6, "Overflow"),
    (7, "Out of memory"),
    (8, "Undefined line number"),
    (9, "Subscript out of range"),
    (10, "Duplicate Definition"),
    (11, "Division by zero"),
    (13, "Type mismatch"),
    (14, "Out of string space"),
    (15, "String too long"),
    (18, "Undefined user function"),
    (19, "No RESUME"),
    (20, "RESUME without error"),
    (22, "Missing operand"),
    (26, "FOR without NEXT"),
    (29, "WHILE without WEND"),
    (30, "WEND without WHILE"),
    (50, "FIELD overflow"),
    (51, "Internal error"),
    (52, "Bad file number"),
    (53, "File not found"),
    (54, "Bad file mode"),
    (55, "File already open"),
    (57, "Device I/O error"),
    (58, "File already exists"),
    (61, "Disk full"),
    (62, "Input past end"),
    (63, "Bad record number"),
    (64, "Bad file name"),
    (67, "Too many files"),
    (70, "Permission Denied"),
    (76, "Path not found"),
    (101, "ON out of range"),
    (102, "Negative number to a power that is not whole"),
    (103, "Square root of a negative number"),
    (104, "Logarithm of a number that is not positive"),
];

/// What the number behind a message says.
const NUMBERS: [(i32, &str); 5] =
    [(4, "after %g items"), (5, "%g"), (6, "%g"), (7, "%g bytes"), (11, "%g / 0")];

/// Bytes of a message on its way to the error stream.
const BUFFER: i32 = 160;

/// The line, and the file's name.
const PLACE: &str = "in line %d of %s\n";

fn message(code: i32) -> &'static str {
    MESSAGES.iter().find(|m| m.0 == code).map_or("Unprintable error", |m| m.1)
}

/// The text of the error that `code` is, of those that can happen.
fn message_of(lower: &mut Lower<'_>, b: &mut FunctionBuilder, code: Value) -> Value {
    let texts = MESSAGES.iter().map(|&(number, text)| (number, text.into()));
    let all = lower.support.any_error;
    let known = lower.support.errors.clone();
    let texts = texts.filter(|(number, _)| all || known.contains(number)).collect();
    choose(lower, b, code, texts, "Unprintable error")
}

/// The text that belongs to `code`.
fn choose(
    lower: &mut Lower<'_>,
    b: &mut FunctionBuilder,
    code: Value,
    texts: alloc::vec::Vec<(i32, alloc::string::String)>,
    other: &str,
) -> Value {
    let other = lower.literal(other);
    let mut chosen = b.symbol_addr(other, 0);
    for (number, text) in texts {
        let text = lower.literal(&text);
        let text = b.symbol_addr(text, 0);
        let number = b.i32_const(number);
        let same = b.binary(BinOp::I32Eq, code, number);
        chosen = b.select(text, chosen, same);
    }
    chosen
}

/// Notes the error, and prints GW-BASIC's line where that is wanted.
fn begin(lower: &mut Lower<'_>, b: &mut FunctionBuilder, code: Value, line: Value) {
    let err = lower.exported(names::ERR, 0);
    b.global_set(err, code);
    if lower.program.wraps {
        fresh_line(lower, b);
    }
    if lower.program.bare_messages {
        let text = message_of(lower, b, code);
        let format = lower.literal("%s in %d\n");
        let format = b.symbol_addr(format, 0);
        let block = store(b, &[(text, ValType::I32), (line, ValType::I32)]);
        let (printf, result) = lower.import("host_printf");
        b.call(printf, result, &[format, block]);
    }
}

/// Ends the line of output that has been begun.
fn fresh_line(lower: &mut Lower<'_>, b: &mut FunctionBuilder) {
    let (column, result) = lower.import("console_column");
    let column = b.call(column, result, &[]).expect("a column");
    let (fresh, go) = (b.create_block(), b.create_block());
    b.branch(column, fresh, go);
    b.switch_to(fresh);
    let end = lower.literal("\n");
    let (end, one) = (b.symbol_addr(end, 0), b.i32_const(1));
    let (print, _) = lower.import("print_str");
    b.call(print, None, &[end, one]);
    b.jump(go);
    b.switch_to(go);
}

fn store(b: &mut FunctionBuilder, args: &[(Value, ValType)]) -> Value {
    let block = b.i32_const(memory_map::POOL_END as i32);
    let mut packing = Packing::new();
    for &(value, ty) in args {
        let op = if ty == ValType::F64 { StoreOp::F64Store } else { StoreOp::I32Store };
        b.store(op, block, value, packing.place(ty));
    }
    block
}

/// Prints all that is known, on the error stream if the output has its line already.
fn finish(
    lower: &mut Lower<'_>,
    b: &mut FunctionBuilder,
    format: Value,
    args: &[(Value, ValType)],
) {
    let block = store(b, args);
    if lower.program.bare_messages {
        let buffer = lower.space("message", BUFFER as u32, 1);
        let (buffer, size) = (b.symbol_addr(buffer, 0), b.i32_const(BUFFER));
        let (printf, result) = lower.import("host_snprintf");
        b.call(printf, result, &[buffer, size, format, block]);
        let (len, result) = lower.import("basic_str_len");
        let len = b.call(len, result, &[buffer]).expect("a length");
        let (write, result) = lower.import("console_write");
        let stream = b.i32_const(2);
        b.call(write, result, &[stream, buffer, len]);
    } else {
        let (printf, result) = lower.import("host_printf");
        b.call(printf, result, &[format, block]);
    }
    b.ret(None);
}

/// `(code, line, file)`.
pub(super) fn define_fail(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let [code, line, file] = [b.params()[0], b.params()[1], b.params()[2]];
    begin(lower, &mut b, code, line);
    if lower.program.bare_messages {
        b.ret(None);
    } else {
        let text = message_of(lower, &mut b, code);
        let (placed, bare) = (b.create_block(), b.create_block());
        b.branch(line, placed, bare);
        for (block, format) in [(placed, alloc::format!("%s {PLACE}")), (bare, "%s\n".into())] {
            b.switch_to(block);
            let format = lower.literal(&format);
            let format = b.symbol_addr(format, 0);
            finish(lower, &mut b, format, &[text, line, file].map(|v| (v, ValType::I32)));
        }
    }
    lower.backend.define(b.finish());
}

/// What GW-BASIC says of a subscript: 9, but 5 of a negative one and 6 of one that has no 16 bits.
pub(super) fn subscript_error(b: &mut FunctionBuilder, index: Value) -> Value {
    let [zero, large] = [0, 32767].map(|number| b.i32_const(number));
    let [illegal, overflow, range] = [5, 6, 9].map(|number| b.i32_const(number));
    let negative = b.binary(BinOp::I32LtS, index, zero);
    let large = b.binary(BinOp::I32GtS, index, large);
    let code = b.select(overflow, range, large);
    b.select(illegal, code, negative)
}

/// `(index, low, high, line, file)`.
pub(super) fn define_fail_subscript(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let args = b.params().to_vec();
    let bare = lower.program.bare_messages;
    let code = if bare { subscript_error(&mut b, args[0]) } else { b.i32_const(9) };
    for code in if bare { &[5, 6, 9][..] } else { &[9] } {
        lower.note_error(Some(*code));
    }
    begin(lower, &mut b, code, args[3]);
    let format = alloc::format!("{} (%d; bounds %d to %d) {PLACE}", message(9));
    let format = lower.literal(&format);
    let format = b.symbol_addr(format, 0);
    let args: alloc::vec::Vec<_> = args.into_iter().map(|v| (v, ValType::I32)).collect();
    finish(lower, &mut b, format, &args);
    lower.backend.define(b.finish());
}

/// `(code, number, line, file)`: the number is an f64, and what it means depends on the error.
pub(super) fn define_fail_number(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let [code, number, line, file] = core::array::from_fn(|at| b.params()[at]);
    begin(lower, &mut b, code, line);
    let known = lower.support.errors.clone();
    let texts = NUMBERS.iter().filter(|(code, _)| known.contains(code));
    let texts = texts
        .map(|&(code, what)| (code, alloc::format!("{} ({what}) {PLACE}", message(code))))
        .collect();
    let format = choose(lower, &mut b, code, texts, "");
    let args = [(number, ValType::F64), (line, ValType::I32), (file, ValType::I32)];
    finish(lower, &mut b, format, &args);
    lower.backend.define(b.finish());
}

/// `(code, text, line, file)`: DATA that is no number.
pub(super) fn define_fail_text(lower: &mut Lower<'_>, symbol: Symbol) {
    let mut b = builder(lower, symbol);
    let [code, text, line, file] = core::array::from_fn(|at| b.params()[at]);
    begin(lower, &mut b, code, line);
    let code = if lower.program.bare_messages { 2 } else { 13 };
    let format = alloc::format!("{} (`%s` in DATA is no number) {PLACE}", message(code));
    let format = lower.literal(&format);
    let format = b.symbol_addr(format, 0);
    finish(lower, &mut b, format, &[text, line, file].map(|v| (v, ValType::I32)));
    lower.backend.define(b.finish());
}
