//! Loops that fill or copy memory become `memory.fill` and `memory.copy`.
//!
//! ```text
//! do a[i] = 0; while (++i < n);   =>   memory.fill &a[first], 0, rounds * size
//! ```
//!
//! One block, one counter that goes up by one, one store that goes up by its width, and nothing that
//! is used afterwards. A copy must be between different objects: where both overlap, the loop and
//! `memory.copy` differ.

use super::address::{Term, linear};
use super::alias::{Address, Root};
use super::induction::{self, Test};
use super::loops::{Entered, homes};
use super::maker::Maker;
use crate::ir::{
    BinOp, Block, Function, Inst, LoadOp, NaryOp, StoreOp, SymbolTable, Target, Terminator, Type,
    Value, simplify,
};
use crate::map::Map;
use alloc::vec::Vec;

/// Replaces such loops.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let Some(entered) = Entered::new(func) else { return };
    let home = homes(func);
    for index in 0..entered.loops.list.len() {
        let Some(found) = find(func, &entered, &home, index) else { continue };
        replace(func, entered.preheaders[index], &found);
    }
}

/// A loop that fills or copies.
struct Found {
    header: Block,
    test: Test,
    /// Where the store goes.
    to: Value,
    to_offset: u16,
    /// Bytes of one store.
    width: u32,
    source: Source,
    /// The way out.
    out: Target,
}

enum Source {
    /// A byte, the low one of an i32.
    Byte(Value),
    /// Address and offset of what is copied.
    Memory(Value, u16),
}

fn find(func: &Function, entered: &Entered, home: &[Block], index: usize) -> Option<Found> {
    let this = &entered.loops.list[index];
    let header = this.header;
    let &[block] = &*this.blocks else { return None };
    let outside = |value: Value| home[value.0 as usize] != block;
    let known = |value: Value| outside(value) || func.inst(value).is_constant();
    let test = induction::test(func, entered, index, outside)?;
    let counts = test.counter.step == 1
        && matches!(test.op, BinOp::I32LtS | BinOp::I32LtU)
        && func.block(header).params.len() == 1;
    let mut targets = func.block(block).term.targets();
    let out = *targets.find(|target| target.block != header)?;
    if !counts || !func.args(out.args).iter().all(|&arg| outside(arg)) {
        return None;
    }
    let (mut store, mut load) = (None, None);
    for &value in &func.block(block).insts {
        match func.inst(value) {
            Inst::Store { .. } if store.is_none() => store = Some(value),
            Inst::Load { .. } if load.is_none() => load = Some(value),
            inst if inst.is_pure() => {}
            _ => return None,
        }
    }
    let Inst::Store { op, offset, addr, value } = *func.inst(store?) else { return None };
    let width = op.width();
    let steps = |addr| steps_by(func, addr, test.counter.param, width, outside);
    if !steps(addr) {
        return None;
    }
    let source = match load.map(|load| (load, *func.inst(load))) {
        None if known(value) => Source::Byte(byte(func, op, value)?),
        Some((load, Inst::Load { op: from, offset: from_offset, addr: from_addr }))
            if load == value
                && same_bytes(from, op)
                && steps(from_addr)
                && apart(func, addr, from_addr) =>
        {
            Source::Memory(from_addr, from_offset)
        }
        _ => return None,
    };
    if used_after(func, block) {
        return None;
    }
    Some(Found { header, test, to: addr, to_offset: offset, width, source, out })
}

/// Whether a value of `block` is used in another block.
fn used_after(func: &Function, block: Block) -> bool {
    let data = func.block(block);
    let mut own = alloc::vec![false; func.num_values()];
    for value in data.params.iter().chain(&data.insts) {
        // Constants will be made before the loop.
        own[value.0 as usize] = !func.inst(*value).is_constant();
    }
    let uses = |other: Block| {
        let data = func.block(other);
        let insts = data.insts.iter().flat_map(|&value| func.operands(func.inst(value)));
        let args = data.term.targets().flat_map(|target| func.args(target.args)).copied();
        insts.chain(args).chain(data.term.operand()).any(|value| own[value.0 as usize])
    };
    func.block_ids().any(|other| other != block && uses(other))
}

/// Whether `addr` goes up by `width` when `counter` goes up by one.
fn steps_by(
    func: &Function,
    addr: Value,
    counter: Value,
    width: u32,
    outside: impl Fn(Value) -> bool,
) -> bool {
    let Some((terms, _)) = linear(func, addr, |_| false) else { return false };
    let mut found = false;
    terms.iter().all(|&(term, factor)| match term {
        Term::Value(value) if value == counter => {
            found = true;
            factor as u32 == width
        }
        Term::Value(value) => outside(value),
        Term::Symbol(_) | Term::Slot(_) => true,
    }) && found
}

/// The byte that each byte of a stored value is.
fn byte(func: &Function, op: StoreOp, value: Value) -> Option<Value> {
    if op == StoreOp::I32Store8 {
        return Some(value);
    }
    let bits = simplify::constant(func, value)?.bits();
    let bytes = &bits.to_le_bytes()[..op.width() as usize];
    // The instruction takes an i32.
    (func.ty(value) == Some(Type::I32) && bytes.iter().all(|&byte| byte == bytes[0]))
        .then_some(value)
}

fn same_bytes(load: LoadOp, store: StoreOp) -> bool {
    load.width() == store.width() && load.ty() == store.operands()[1]
}

/// Whether two addresses lie in different objects.
fn apart(func: &Function, a: Value, b: Value) -> bool {
    let object = |addr| match Address::new(func, addr, 0).root {
        Root::Value(_) => None,
        root => Some(root),
    };
    matches!((object(a), object(b)), (Some(a), Some(b)) if a != b)
}

fn replace(func: &mut Function, before: Block, found: &Found) {
    // The first round's addresses, made again before the loop; what is not needed is dead.
    let mut first = Map::from([(found.test.counter.param, found.test.counter.first)]);
    for value in func.block(found.header).insts.clone() {
        if func.inst(value).is_constant() {
            func.block_mut(before).insts.push(value);
        } else if func.inst(value).is_pure() {
            let copy = func.copy_inst(value, |operand| *first.get(&operand).unwrap_or(&operand));
            func.block_mut(before).insts.push(copy);
            first.insert(value, copy);
        }
    }
    let at_first = |value: Value| *first.get(&value).unwrap_or(&value);
    let mut maker = Maker { func, block: before };
    let start = found.test.counter.first;
    let bound = found.test.bound.map_or_else(|| maker.constant(0), at_first);
    let distance = maker.binary(BinOp::I32Sub, bound, start);
    let one = maker.constant(1);
    let next = maker.binary(BinOp::I32Add, start, one);
    // A test before the step lets the bound itself pass.
    let (tested, distance) = match found.test.tests_next {
        true => (next, distance),
        false => (start, maker.binary(BinOp::I32Add, distance, one)),
    };
    let more = maker.binary(found.test.op, tested, bound);
    // The first round is made without a test.
    let rounds = maker.nary(NaryOp::Select, &[distance, one, more], Some(Type::I32));
    let width = maker.constant(found.width as i32);
    let len = maker.binary(BinOp::I32Mul, rounds, width);
    let to = maker.displaced(at_first(found.to), found.to_offset);
    match found.source {
        Source::Byte(byte) => maker.nary(NaryOp::MemoryFill, &[to, at_first(byte), len], None),
        Source::Memory(from, offset) => {
            let from = maker.displaced(at_first(from), offset);
            maker.nary(NaryOp::MemoryCopy, &[to, from, len], None)
        }
    };
    let args: Vec<Value> = func.args(found.out.args).to_vec();
    let args = func.make_args(&args);
    func.block_mut(before).term = Terminator::Jump(Target { block: found.out.block, args });
    let data = func.block_mut(found.header);
    data.params.clear();
    data.insts.clear();
    data.term = Terminator::Unreachable;
}
