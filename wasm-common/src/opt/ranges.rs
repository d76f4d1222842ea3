//! Range analysis: comparisons whose outcome follows from what their operands can be.
//!
//! What an i32 can be follows from the operation that makes it, from the first value, step and bound
//! of a counted loop, and from the branches on the way. So the bounds check of an array goes when a
//! loop runs over it with known ends. Divisions of what is not negative become unsigned.

use super::induction::{self, Test};
use super::loops::{Entered, homes};
use crate::ir::{
    BinOp, Block, Cfg, Const, Dominators, Function, Inst, LoadOp, NaryOp, SymbolTable, Target,
    Terminator, Type, UnOp, Value, simplify,
};
use crate::map::Map;
use alloc::vec::Vec;

/// How deep the making of a value is looked into.
const DEPTH: u32 = 5;

/// All numbers from the first to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range(i64, i64);

impl Range {
    const ALL: Self = Self(i32::MIN as i64, i32::MAX as i64);

    /// What an operation gives that computes numbers in `self` and then wraps them.
    fn wrapped(self) -> Self {
        if self.0 >= Self::ALL.0 && self.1 <= Self::ALL.1 { self } else { Self::ALL }
    }

    /// The part within `other`; `self` if there is none, as the code then is not reached.
    fn within(self, other: Self) -> Self {
        let both = Self(self.0.max(other.0), self.1.min(other.1));
        if both.0 <= both.1 { both } else { self }
    }

    fn is_negative_nowhere(self) -> bool {
        self.0 >= 0
    }
}

/// What a block made known, with what was known before: to be undone when it is left.
type Changes = Vec<(Value, Option<Range>)>;

/// Decides comparisons.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let Rounds { counters, stepped } = Rounds::of(func);
    let cfg = Cfg::new(func);
    let dominators = Dominators::new(func, &cfg);
    let mut pass = Pass { counters, stepped, refined: Map::new() };
    let mut scopes: Vec<(Block, Changes)> = Vec::new();
    for &block in dominators.preorder() {
        while let Some((open, _)) = scopes.last()
            && !dominators.dominates(*open, block)
        {
            pass.forget(scopes.pop().map_or(Vec::new(), |(_, changes)| changes));
        }
        let changes = match *cfg.preds(block) {
            [pred] => pass.learn(func, pred, block),
            _ => Vec::new(),
        };
        scopes.push((block, changes));
        for index in 0..func.block(block).insts.len() {
            let value = func.block(block).insts[index];
            if let Some(inst) = pass.decided(func, value) {
                *func.inst_mut(value) = inst;
            }
        }
    }
}

/// What is known of loops, by parameter of the header.
#[derive(Default)]
struct Rounds {
    /// The tests of counted loops.
    counters: Map<Value, Test>,
    /// What grows by a value up to a bound.
    stepped: Map<Value, Stepped>,
}

/// A parameter that grows by `step`, which is the same in every round, while the sum is not above
/// `bound`.
#[derive(Clone, Copy)]
struct Stepped {
    first: Value,
    step: Value,
    bound: Value,
}

impl Rounds {
    fn of(func: &mut Function) -> Self {
        let mut rounds = Self::default();
        let Some(entered) = Entered::new(func) else { return rounds };
        let home = homes(func);
        for index in 0..entered.loops.list.len() {
            let outside = |value: Value| !entered.loops.contains(index, home[value.0 as usize]);
            if let Some(test) = induction::test(func, &entered, index, outside) {
                rounds.counters.insert(test.counter.param, test);
            }
            rounds.add_stepped(func, &entered, index, outside);
        }
        rounds
    }

    fn add_stepped(
        &mut self,
        func: &Function,
        entered: &Entered,
        index: usize,
        outside: impl Fn(Value) -> bool,
    ) {
        let this = &entered.loops.list[index];
        let &[latch] = &*this.latches else { return };
        let is_back = |target: &&Target| target.block == this.header;
        let Terminator::Branch { cond, then, .. } = &func.block(latch).term else { return };
        let Some(first) = func.block(entered.preheaders[index]).term.targets().find(is_back) else {
            return;
        };
        if then.block != this.header {
            return;
        }
        let (first, next) = (func.args(first.args), func.args(then.args));
        for (at, &param) in func.block(this.header).params.iter().enumerate() {
            let Inst::Binary(BinOp::I32Add, a, b) = *func.inst(next[at]) else { continue };
            let step = if a == param { b } else { a };
            let bound =
                conjuncts(func, *cond).into_iter().find_map(|test| match *func.inst(test) {
                    Inst::Binary(BinOp::I32LeS, tested, bound) if tested == next[at] => Some(bound),
                    _ => None,
                });
            let known = |value: Value| outside(value) || simplify::constant(func, value).is_some();
            if let Some(bound) = bound.filter(|&bound| known(bound))
                && (a == param || b == param)
                && known(step)
            {
                self.stepped.insert(param, Stepped { first: first[at], step, bound });
            }
        }
    }
}

/// What holds where `cond` does: itself, or both sides of an `and` of truth values.
fn conjuncts(func: &Function, cond: Value) -> Vec<Value> {
    match *func.inst(cond) {
        Inst::Binary(BinOp::I32And, a, b)
            if simplify::is_bool(func, a) && simplify::is_bool(func, b) =>
        {
            alloc::vec![a, b]
        }
        _ => alloc::vec![cond],
    }
}

/// Which numbers cannot be negative, wherever they are computed.
pub(crate) struct Signs(Pass);

impl Signs {
    /// Looks at the loops of `func`; gives them blocks of their own to enter by.
    pub(crate) fn of(func: &mut Function) -> Self {
        let Rounds { counters, stepped } = Rounds::of(func);
        Self(Pass { counters, stepped, refined: Map::new() })
    }

    /// Whether the i32 `value` is never negative.
    pub(crate) fn is_negative_nowhere(&self, func: &Function, value: Value) -> bool {
        self.0.range(func, value, DEPTH).is_negative_nowhere()
    }
}

struct Pass {
    counters: Map<Value, Test>,
    stepped: Map<Value, Stepped>,
    /// What branches on the way to the current block say.
    refined: Map<Value, Range>,
}

impl Pass {
    fn forget(&mut self, changes: Changes) {
        for (value, old) in changes.into_iter().rev() {
            self.refined.swap(value, old);
        }
    }

    /// What the branch at the end of `pred` says about values in `block`.
    fn learn(&mut self, func: &Function, pred: Block, block: Block) -> Changes {
        let mut changes = Vec::new();
        let Terminator::Branch { cond, then, els } = func.block(pred).term else { return changes };
        if then.block == els.block {
            return changes;
        }
        let truth = then.block == block;
        let tests = if truth { conjuncts(func, cond) } else { alloc::vec![cond] };
        for test in tests {
            self.learn_test(func, test, truth, &mut changes);
        }
        changes
    }

    /// What the outcome of a test says about its operands.
    fn learn_test(&mut self, func: &Function, test: Value, truth: bool, changes: &mut Changes) {
        let Inst::Binary(op, a, b) = *func.inst(test) else {
            if !truth {
                self.refine(func, test, Range(0, 0), changes);
            }
            return;
        };
        if op.operands()[0] != Type::I32 || !op.is_compare() {
            return;
        }
        let Some(op) = (if truth { Some(op) } else { op.inverse() }) else { return };
        let (ra, rb) = (self.range(func, a, DEPTH), self.range(func, b, DEPTH));
        self.refine(func, a, allowed(op, ra, rb), changes);
        if let Some(op) = op.swapped() {
            self.refine(func, b, allowed(op, rb, ra), changes);
        }
    }

    fn refine(&mut self, func: &Function, value: Value, to: Range, changes: &mut Changes) {
        if simplify::constant(func, value).is_some() {
            return;
        }
        let range = self.range(func, value, DEPTH).within(to);
        changes.push((value, self.refined.swap(value, Some(range))));
    }

    /// What `value` can be here.
    fn range(&self, func: &Function, value: Value, depth: u32) -> Range {
        let made = match depth.checked_sub(1) {
            Some(depth) => self.made(func, value, depth),
            None => Range::ALL,
        };
        self.refined.get(&value).map_or(made, |&refined| made.within(refined))
    }

    /// What `value` can be wherever it is.
    fn made(&self, func: &Function, value: Value, depth: u32) -> Range {
        let of = |value| self.range(func, value, depth);
        match *func.inst(value) {
            Inst::I32Const(n) => Range(n.into(), n.into()),
            Inst::Load { op, .. } => match op {
                LoadOp::I32Load8U => Range(0, 0xFF),
                LoadOp::I32Load8S => Range(-0x80, 0x7F),
                LoadOp::I32Load16U => Range(0, 0xFFFF),
                LoadOp::I32Load16S => Range(-0x8000, 0x7FFF),
                _ => Range::ALL,
            },
            Inst::Unary(op, _) => match op {
                UnOp::I32Eqz | UnOp::I64Eqz => Range(0, 1),
                UnOp::I32Clz | UnOp::I32Ctz | UnOp::I32Popcnt => Range(0, 32),
                UnOp::I32Extend8S => Range(-0x80, 0x7F),
                UnOp::I32Extend16S => Range(-0x8000, 0x7FFF),
                _ => Range::ALL,
            },
            Inst::Binary(op, ..) if op.is_compare() => Range(0, 1),
            Inst::Binary(op, a, b) => computed(op, of(a), of(b)),
            Inst::Nary(NaryOp::Select, args) => {
                let (a, b) = (of(func.args(args)[0]), of(func.args(args)[1]));
                Range(a.0.min(b.0), a.1.max(b.1))
            }
            Inst::Param { .. } => match self.counters.get(&value) {
                Some(test) => self.counted(func, test, depth),
                None => self.stepped.get(&value).map_or(
                    Range::ALL,
                    |&Stepped { first, step, bound }| {
                        let (first, step, bound) = (of(first), of(step), of(bound));
                        let most = first.1.max(bound.1);
                        // Nothing wraps, so that it only grows.
                        let grows = step.is_negative_nowhere() && most + step.1 <= Range::ALL.1;
                        if grows { Range(first.0, most) } else { Range::ALL }
                    },
                ),
            },
            _ => Range::ALL,
        }
    }

    /// What the counter of a loop can be: the first value, or one that passed the test.
    fn counted(&self, func: &Function, test: &Test, depth: u32) -> Range {
        use BinOp::{I32GeS, I32GtS, I32LeS, I32LtS};
        let step = i64::from(test.counter.step);
        let first = self.range(func, test.counter.first, depth);
        let bound = test.bound.map_or(Range(0, 0), |bound| self.range(func, bound, depth));
        let passed = match (test.op, step > 0) {
            (I32LtS, true) => Range(first.0, bound.1 - 1),
            (I32LeS, true) => Range(first.0, bound.1),
            (I32GtS, false) => Range(bound.0 + 1, first.1),
            (I32GeS, false) => Range(bound.0, first.1),
            // One by one to a bound that is not passed by.
            (BinOp::I32Ne, true) if step == 1 && first.1 < bound.0 => Range(first.0, bound.1 - 1),
            (BinOp::I32Ne, false) if step == -1 && first.0 > bound.1 => Range(bound.0 + 1, first.1),
            _ => return Range::ALL,
        };
        // What passed is the counter of the next round, or one step away from it.
        let passed = match test.tests_next {
            true => passed,
            false => Range(passed.0 + step.min(0), passed.1 + step.max(0)),
        };
        let all = Range(first.0.min(passed.0), first.1.max(passed.1));
        // A step past the end must not wrap, or it would pass the test.
        let past = if test.tests_next { step } else { 0 };
        let last = past + if step > 0 { all.1 } else { all.0 };
        if Range(last, last).wrapped() == Range(last, last) { all } else { Range::ALL }
    }

    /// Whether `sum` adds something to `value` that is not negative, and does not wrap.
    fn is_grown(&self, func: &Function, sum: Value, value: Value) -> bool {
        let Inst::Binary(BinOp::I32Add, a, b) = *func.inst(sum) else { return false };
        let step = if a == value { b } else { a };
        let (old, step) = (self.range(func, value, DEPTH), self.range(func, step, DEPTH));
        (a == value || b == value) && step.is_negative_nowhere() && old.1 + step.1 <= Range::ALL.1
    }

    /// What `value` may be computed as instead.
    fn decided(&self, func: &Function, value: Value) -> Option<Inst> {
        let Inst::Binary(op, a, b) = *func.inst(value) else { return None };
        if op.operands()[0] != Type::I32 {
            return None;
        }
        let ranges = || (self.range(func, a, DEPTH), self.range(func, b, DEPTH));
        if op.is_compare() {
            if op == BinOp::I32GeS && self.is_grown(func, a, b) {
                return Some(Inst::I32Const(1));
            }
            let (a, b) = ranges();
            return outcome(op, a, b).map(|outcome| Const::from(outcome).inst());
        }
        let unsigned = match op {
            BinOp::I32DivS => BinOp::I32DivU,
            BinOp::I32RemS => BinOp::I32RemU,
            _ => return None,
        };
        let (a_range, b_range) = ranges();
        let same = a_range.is_negative_nowhere() && b_range.is_negative_nowhere();
        same.then_some(Inst::Binary(unsigned, a, b))
    }
}

/// What an operation can give.
fn computed(op: BinOp, a: Range, b: Range) -> Range {
    let constant = (b.0 == b.1).then_some(b.0);
    match (op, constant) {
        (BinOp::I32Add, _) => Range(a.0 + b.0, a.1 + b.1).wrapped(),
        (BinOp::I32Sub, _) => Range(a.0 - b.1, a.1 - b.0).wrapped(),
        (BinOp::I32Mul, Some(c)) => Range((a.0 * c).min(a.1 * c), (a.0 * c).max(a.1 * c)).wrapped(),
        (BinOp::I32Shl, Some(c @ 0..=31)) => Range(a.0 << c, a.1 << c).wrapped(),
        (BinOp::I32ShrS, Some(c @ 0..=31)) => Range(a.0 >> c, a.1 >> c),
        (BinOp::I32ShrU, Some(c @ 0..=31)) if a.is_negative_nowhere() => Range(a.0 >> c, a.1 >> c),
        (BinOp::I32ShrU, Some(c @ 1..=31)) => Range(0, i64::from(u32::MAX >> c)),
        (BinOp::I32And, _) if b.is_negative_nowhere() => Range(0, b.1),
        (BinOp::I32And, _) if a.is_negative_nowhere() => Range(0, a.1),
        (BinOp::I32DivU | BinOp::I32DivS, Some(c @ 1..)) if a.is_negative_nowhere() => {
            Range(a.0 / c, a.1 / c)
        }
        (BinOp::I32RemU, Some(c @ 1..)) => Range(0, c - 1),
        (BinOp::I32RemS, Some(c @ 1..)) if a.is_negative_nowhere() => Range(0, c - 1),
        (BinOp::I32RemS, Some(c @ 1..)) => Range(1 - c, c - 1),
        _ => Range::ALL,
    }
}

/// What `a` can be where `op(a, b)` holds.
fn allowed(op: BinOp, a: Range, b: Range) -> Range {
    use BinOp::*;
    match op {
        I32Eq => b,
        I32LtS => Range(Range::ALL.0, b.1 - 1),
        I32LeS => Range(Range::ALL.0, b.1),
        I32GtS => Range(b.0 + 1, Range::ALL.1),
        I32GeS => Range(b.0, Range::ALL.1),
        // Below what is not negative there is nothing negative.
        I32LtU if b.is_negative_nowhere() => Range(0, b.1 - 1),
        I32LeU if b.is_negative_nowhere() => Range(0, b.1),
        I32Ne if b.0 == b.1 && a.0 == b.0 => Range(a.0 + 1, a.1),
        I32Ne if b.0 == b.1 && a.1 == b.0 => Range(a.0, a.1 - 1),
        _ => Range::ALL,
    }
}

/// The outcome of a comparison, if there is but one.
fn outcome(op: BinOp, a: Range, b: Range) -> Option<bool> {
    use BinOp::*;
    let below = |a: Range, b: Range| {
        let (always, never) = (a.1 < b.0, a.0 >= b.1);
        (always || never).then_some(always)
    };
    // Where both have the same sign, order is the same for signed and unsigned.
    if matches!(op, I32LtU | I32LeU | I32GtU | I32GeU) {
        let positive = a.is_negative_nowhere() && b.is_negative_nowhere();
        let negative = a.1 < 0 && b.1 < 0;
        if !positive && !negative {
            return None;
        }
    }
    match op {
        I32Eq if a.1 < b.0 || b.1 < a.0 => Some(false),
        I32Ne if a.1 < b.0 || b.1 < a.0 => Some(true),
        I32LtS | I32LtU => below(a, b),
        I32GtS | I32GtU => below(b, a),
        I32GeS | I32GeU => below(a, b).map(|less| !less),
        I32LeS | I32LeU => below(b, a).map(|less| !less),
        _ => None,
    }
}
