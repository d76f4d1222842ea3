//! The end of a loop, told by a parameter that grows with the counter.
//!
//! A test for "not equal" needs that the counter meets its bound: that the loop is entered only
//! where the counter is not past it. And the parameter must not come round to its end too early:
//! either it leads to an access in every round, and accesses stay within an object, or the number of
//! rounds is known.

use super::super::induction::{self, Test};
use super::super::maker::Maker;
use super::{Group, Member, Pass, Sum, Uses};
use crate::ir::{BinOp, Block, Const, Function, Terminator, Value, simplify};
use crate::map::Map;

/// Blocks above a loop that are searched for the test that guards it.
const MOST_GUARDS: usize = 8;

/// How a loop ends: when what is tested is `bound + more`; no bound is zero.
pub(super) struct End {
    pub test: Test,
    bound: Option<Value>,
    more: i32,
    /// How many rounds there are.
    rounds: Option<u64>,
}

impl Pass<'_> {
    /// The loop's end, if nothing but sums that go, and the test, needs the counter.
    pub(super) fn replaceable(
        &self,
        func: &Function,
        members: &[Member],
        uses: &Map<Value, Uses>,
    ) -> Option<End> {
        let test = induction::test(func, self.entered, self.index, |value| self.is_outside(value))?;
        let counter = self.counter;
        if test.counter.param != counter.param
            || members.iter().any(|member| member.is_counter() && member.needed)
        {
            return None;
        }
        let others = |value: Value, own: u32| {
            let inner = uses.get(&value).map_or(0, |uses| uses.inner);
            self.total_uses(value) > inner + own + 1
        };
        if others(counter.param, u32::from(!test.tests_next))
            || others(counter.next, u32::from(test.tests_next))
        {
            return None;
        }
        self.end(func, test)
    }

    fn end(&self, func: &Function, test: Test) -> Option<End> {
        use BinOp::*;
        if let Some(rounds) = induction::known_rounds(func, &test) {
            let Const::I32(first) = simplify::constant(func, self.counter.first)? else {
                return None;
            };
            let steps = if test.tests_next { rounds } else { rounds - 1 };
            let more = first.wrapping_add(self.counter.step.wrapping_mul(steps as i32));
            return Some(End { test, bound: None, more, rounds: Some(rounds) });
        }
        let end = |more| Some(End { test, bound: test.bound, more, rounds: None });
        match (test.op, self.counter.step) {
            (I32Ne, _) => end(0),
            (I32LtS | I32LtU, 1) | (I32GtS | I32GtU, -1) if self.is_guarded(func, &test) => end(0),
            (I32LeS | I32LeU, 1) if self.is_guarded(func, &test) => end(1),
            (I32GeS | I32GeU, -1) if self.is_guarded(func, &test) => end(-1),
            _ => None,
        }
    }

    /// Whether the loop is only entered where the first value passes the test.
    fn is_guarded(&self, func: &Function, test: &Test) -> bool {
        let Some(bound) = test.bound else { return false };
        let mut block = self.entered.preheaders[self.index];
        for _ in 0..MOST_GUARDS {
            if let [pred] = *self.entered.cfg.preds(block)
                && entry_implies(func, pred, block, test.op, self.counter.first, bound)
            {
                return true;
            }
            match self.entered.dominators.idom(block) {
                Some(above) => block = above,
                None => return false,
            }
        }
        false
    }

    /// Whether a parameter that is the group's sum meets its end only in the last round.
    pub(super) fn comes_round_late(&self, end: &End, group: &Group<'_>) -> bool {
        let step = group.least.factor.wrapping_mul(self.counter.step).unsigned_abs();
        let known = end.rounds.and_then(|rounds| rounds.checked_mul(step.into()));
        step != 0
            && (known.is_some_and(|distance| distance < 1 << 32)
                || group.members.iter().any(|member| member.uses.certain))
    }

    /// Lets `tested`, which is `sum` for what the loop tests, decide.
    pub(super) fn replace_test(&self, func: &mut Function, end: &End, sum: &Sum, tested: Value) {
        let this = &self.entered.loops.list[self.index];
        let before = self.entered.preheaders[self.index];
        let mut maker = Maker { func, block: before };
        let bound = end.bound.map(|bound| maker.bound(Some(bound)));
        let last = sum.at(&mut maker, bound, end.more);
        let latch = end.test.latch;
        let Terminator::Branch { then, .. } = func.block(latch).term else { return };
        let op = if then.block == this.header { BinOp::I32Ne } else { BinOp::I32Eq };
        let differs = Maker { func, block: latch }.binary(op, tested, last);
        if let Some(cond) = func.block_mut(latch).term.operand_mut() {
            *cond = differs;
        }
    }
}

/// Whether the edge from `pred` to `block` is only taken where `op(first, bound)` holds.
fn entry_implies(
    func: &Function,
    pred: Block,
    block: Block,
    op: BinOp,
    first: Value,
    bound: Value,
) -> bool {
    let Terminator::Branch { cond, then, els } = func.block(pred).term else { return false };
    if then.block == els.block {
        return false;
    }
    let Some((held, a, b)) = induction::comparison(func, cond, then.block != block) else {
        return false;
    };
    let constant = |value: Value| simplify::constant(func, value).and_then(Const::int);
    let c = match b {
        None => Some(0),
        Some(b) if held == op && a == first && b == bound => return true,
        Some(b) if held.swapped() == Some(op) && b == first && a == bound => return true,
        Some(b) => constant(b),
    };
    let (other, wanted, limit) = match (constant(first), constant(bound)) {
        (Some(first), None) => (bound, op.swapped(), first),
        (None, Some(bound)) => (first, Some(op), bound),
        _ => return false,
    };
    let limits =
        c.and_then(|c| Limit::new(held, c)).zip(wanted.and_then(|op| Limit::new(op, limit)));
    a == other && limits.is_some_and(|(held, wanted)| held.implies(wanted))
}

/// What a comparison with a constant says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    /// It is larger than the number; signed or not.
    Above(bool, i64),
    /// It is smaller.
    Below(bool, i64),
}

impl Limit {
    fn new(op: BinOp, c: i64) -> Option<Self> {
        use BinOp::*;
        let unsigned = i64::from(c as u32);
        Some(match op {
            I32GtS => Self::Above(true, c),
            I32GeS => Self::Above(true, c - 1),
            I32LtS => Self::Below(true, c),
            I32LeS => Self::Below(true, c + 1),
            I32GtU => Self::Above(false, unsigned),
            I32GeU => Self::Above(false, unsigned - 1),
            I32LtU => Self::Below(false, unsigned),
            I32LeU => Self::Below(false, unsigned + 1),
            I32Ne if c == 0 => Self::Above(false, 0),
            _ => return None,
        })
    }

    fn implies(self, other: Self) -> bool {
        match (self, other) {
            (Self::Above(a, held), Self::Above(b, wanted)) => a == b && held >= wanted,
            (Self::Below(a, held), Self::Below(b, wanted)) => a == b && held <= wanted,
            _ => false,
        }
    }
}
