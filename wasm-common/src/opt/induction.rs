//! Counters of loops, and the tests that end them.

use super::loops::{Entered, is_constant};
use crate::ir::{BinOp, Block, Const, Function, Inst, Terminator, Type, UnOp, Value, simplify};

/// A header parameter that grows by a constant each time round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counter {
    pub param: Value,
    /// Which parameter of the header.
    #[expect(dead_code, reason = "for strength reduction")]
    pub index: usize,
    /// What it is in the next round: `param + step`.
    pub next: Value,
    /// Not 0.
    pub step: i32,
    /// What it is in the first round.
    pub first: Value,
}

/// How a loop goes on: while `op(value, bound)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Test {
    pub op: BinOp,
    pub counter: Counter,
    /// Whether the counter's next value is tested, or this one.
    pub tests_next: bool,
    /// The same in every round; `None` is zero.
    pub bound: Option<Value>,
    /// The loop's only way back, which makes the test.
    pub latch: Block,
}

/// The counter that is the header's parameter number `index`; 32-bit ones only.
pub(super) fn counter(
    func: &Function,
    entered: &Entered,
    in_loop: usize,
    index: usize,
) -> Option<Counter> {
    let this = &entered.loops.list[in_loop];
    let &[latch] = &*this.latches else { return None };
    let param = *func.block(this.header).params.get(index)?;
    let argument = |from: Block| {
        let mut targets = func.block(from).term.targets();
        let target = targets.find(|target| target.block == this.header)?;
        func.args(target.args).get(index).copied()
    };
    let (first, next) = (argument(entered.preheaders[in_loop])?, argument(latch)?);
    let Inst::Binary(BinOp::I32Add, base, step) = *func.inst(next) else { return None };
    let Const::I32(step) = simplify::constant(func, step)? else { return None };
    (base == param && step != 0).then_some(Counter { param, index, next, step, first })
}

/// The test at the end of a loop, if that is where it is and what it is. `is_outside` says whether
/// a value is defined outside the loop.
pub(super) fn test(
    func: &Function,
    entered: &Entered,
    in_loop: usize,
    is_outside: impl Fn(Value) -> bool,
) -> Option<Test> {
    let this = &entered.loops.list[in_loop];
    let &[latch] = &*this.latches else { return None };
    let Terminator::Branch { cond, then, els } = func.block(latch).term else { return None };
    let negated = match (then.block == this.header, els.block == this.header) {
        (true, false) => false,
        (false, true) => true,
        _ => return None,
    };
    let (mut op, mut value, mut bound) = comparison(func, cond, negated)?;
    if is_outside(value) {
        (op, value, bound) = (op.swapped()?, bound?, Some(value));
    }
    let params = 0..func.block(this.header).params.len();
    let mut counters = params.filter_map(|index| counter(func, entered, in_loop, index));
    let counter = counters.find(|counter| counter.next == value || counter.param == value)?;
    let known = bound.is_none_or(|bound| is_outside(bound) || is_constant(func.inst(bound)));
    known.then_some(Test { op, counter, tests_next: counter.next == value, bound, latch })
}

/// `cond`, or its negation, as a comparison of i32; zero has no value on the right.
fn comparison(
    func: &Function,
    cond: Value,
    negated: bool,
) -> Option<(BinOp, Value, Option<Value>)> {
    let (op, a, b) = match *func.inst(cond) {
        Inst::Binary(op, a, b) if op.is_compare() => {
            if op.operands()[0] != Type::I32 {
                return None;
            }
            (op, a, Some(b))
        }
        Inst::Unary(UnOp::I32Eqz, a) => (BinOp::I32Eq, a, None),
        _ => (BinOp::I32Ne, cond, None),
    };
    let op = if negated { op.inverse()? } else { op };
    Some((op, a, b))
}
