//! Counters of loops, and the tests that end them.

use super::loops::Entered;
use crate::ir::{BinOp, Block, Const, Function, Inst, Terminator, Type, UnOp, Value, simplify};

/// A header parameter that grows by a constant each time round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counter {
    pub param: Value,
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
    (base == param && step != 0).then_some(Counter { param, next, step, first })
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
    let known = bound.is_none_or(|bound| is_outside(bound) || func.inst(bound).is_constant());
    known.then_some(Test { op, counter, tests_next: counter.next == value, bound, latch })
}

/// The number of rounds, where first value and bound are known; `None` too where the counter may
/// wrap before the end, which unrolled rounds and other counters' ends would not follow.
pub(super) fn known_rounds(func: &Function, test: &Test) -> Option<u64> {
    use BinOp::*;
    let constant = |value| match simplify::constant(func, value)? {
        Const::I32(value) => Some(value),
        _ => None,
    };
    let first = constant(test.counter.first)?;
    let bound = test.bound.map_or(Some(0), constant)?;
    // What is tested after round one.
    let tested = if test.tests_next { first.wrapping_add(test.counter.step) } else { first };
    let is_unsigned = matches!(test.op, I32LtU | I32LeU | I32GtU | I32GeU);
    let number = |n: i32| if is_unsigned { i64::from(n as u32) } else { n.into() };
    let (tested, bound, step) = (number(tested), number(bound), i64::from(test.counter.step));
    let distance = match (test.op, step > 0) {
        (I32LtS | I32LtU, true) => bound - tested,
        (I32LeS | I32LeU, true) => bound - tested + 1,
        (I32GtS | I32GtU, false) => tested - bound,
        (I32GeS | I32GeU, false) => tested - bound + 1,
        (I32Ne, _) if (bound - tested) % step == 0 && (bound - tested) / step >= 0 => {
            return Some(((bound - tested) / step) as u64 + 1);
        }
        _ => return None,
    };
    // The value that ends the loop and the one behind it are numbers of the same kind.
    let lowest = if is_unsigned { 0 } else { i64::from(i32::MIN) };
    let fits = (lowest..=i32::MAX.into()).contains(&(bound + 2 * step));
    let more = if distance > 0 { (distance + step.abs() - 1) / step.abs() } else { 0 };
    fits.then_some(more as u64 + 1)
}

/// `cond`, or its negation, as a comparison of i32; zero has no value on the right.
pub(super) fn comparison(
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
