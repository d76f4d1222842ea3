//! Unrolling of innermost loops that count.
//!
//! A loop with few rounds whose number is known becomes straight code. Another small loop gets a
//! second version that makes several rounds between tests, for as long as that many are left; the
//! loop itself does the rest:
//!
//! ```text
//! before: if at least 4 rounds are left: main, else: loop
//! main:   body; body; body; body; if at least 4 are left: main, else: if one is left: loop, else: out
//! loop:   body; if one is left: loop, else: out
//! ```

use super::address::{self, Term};
use super::copies::{self, Copy};
use super::induction::{self, Counter, Test};
use super::loops::{Entered, homes};
use super::maker::Maker;
use crate::ir::{
    BinOp, Block, Const, Function, Inst, SymbolTable, Target, Terminator, Value, simplify,
};
use alloc::vec::Vec;

/// Operations that a main loop may have.
const MOST_IN_MAIN: usize = 48;
/// Operations that a loop without tests may have.
const MOST_STRAIGHT: usize = 96;
/// Rounds of a loop without tests.
const MOST_ROUNDS: u64 = 32;
/// How often the main loop must be able to run.
const WORTH_IT: usize = 4;
/// A function does not grow past this many values.
const MOST_IN_FUNCTION: usize = 8000;

/// Unrolls what is small enough.
pub fn run(func: &mut Function, symbols: &SymbolTable) {
    let Some(entered) = Entered::new(func) else { return };
    let home = homes(func);
    let mut copies = Vec::new();
    for index in 0..entered.loops.list.len() {
        let Some(size) = size(func, &entered, index) else { continue };
        if func.num_values() > MOST_IN_FUNCTION {
            break;
        }
        let outside = |value: Value| {
            home.get(value.0 as usize).is_none_or(|&home| !entered.loops.contains(index, home))
        };
        let Some(test) = induction::test(func, &entered, index, outside) else { continue };
        let most = most_rounds(func, symbols, &entered, index, &test);
        if let Some(plan) = plan(func, &test, size, most) {
            copies.extend(unroll(func, &entered, index, &test, plan));
        }
    }
    if !copies.is_empty() {
        copies::join(func, &copies);
    }
}

/// How many operations the loop has; `None` if it is not to be unrolled.
fn size(func: &Function, entered: &Entered, index: usize) -> Option<usize> {
    let blocks = &entered.loops.list[index].blocks;
    let inner = entered.loops.list.iter().any(|other| other.parent == Some(index));
    if inner || blocks.len() > 8 {
        return None;
    }
    let mut size = blocks.len() - 1;
    for &value in blocks.iter().flat_map(|&block| &func.block(block).insts) {
        match func.inst(value) {
            Inst::Call { .. } | Inst::CallIndirect { .. } => return None,
            inst if inst.is_constant() => {}
            _ => size += 1,
        }
    }
    Some(size)
}

/// What to make of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// So many rounds and no test.
    Straight(usize),
    /// So many rounds a test, of a known number of which they are a part.
    Exact(usize),
    /// So many rounds a test, and the loop for the rest.
    Main(usize),
}

/// How many rounds there can be, as far as the sizes of objects say: what a round accesses lies by
/// a fixed distance behind what the round before accessed, and within the same object.
fn most_rounds(
    func: &Function,
    symbols: &SymbolTable,
    entered: &Entered,
    index: usize,
    test: &Test,
) -> Option<u32> {
    let Counter { param, next, step, .. } = test.counter;
    let blocks = entered.loops.list[index].blocks.iter();
    let certain = blocks.filter(|&&block| entered.is_certain(func, index, block));
    let accesses = certain.flat_map(|&block| &func.block(block).insts);
    let rounds = accesses.filter_map(|&value| {
        let (Inst::Load { addr, .. } | Inst::Store { addr, .. }) = *func.inst(value) else {
            return None;
        };
        let (terms, _) = address::linear(func, addr, |_| false)?;
        let size = terms.iter().find_map(|&(term, _)| term.size(func, symbols))?;
        let counts =
            |&&(term, _): &&(Term, i32)| term == Term::Value(param) || term == Term::Value(next);
        let distance: i32 = terms.iter().filter(counts).map(|&(_, factor)| factor).sum();
        size.checked_div(distance.wrapping_mul(step).unsigned_abs())
    });
    rounds.min()
}

fn plan(func: &Function, test: &Test, size: usize, most: Option<u32>) -> Option<Plan> {
    // The test and the counter go away in most rounds.
    let round = size.saturating_sub(2).max(1);
    let rounds = induction::known_rounds(func, test);
    if let Some(rounds) = rounds.filter(|&rounds| rounds <= MOST_ROUNDS)
        && rounds as usize * round <= MOST_STRAIGHT
    {
        return Some(Plan::Straight(rounds as usize));
    }
    let factors = [8, 4, 2].into_iter().filter(|factor| factor * round <= MOST_IN_MAIN);
    if let Some(rounds) = rounds {
        let mut exact = factors.clone().filter(|&factor| rounds % factor as u64 == 0);
        // A remainder is worth it when the main loop does much more.
        let best = factors.clone().next()?;
        return match exact.next() {
            Some(factor) if 2 * factor >= best => Some(Plan::Exact(factor)),
            _ if rounds >= 3 * best as u64 => main_plan(test, best),
            _ => None,
        };
    }
    let factor = factors.clone().next()?;
    let worth_it = most.is_none_or(|most| most as usize >= WORTH_IT * factor);
    if worth_it { main_plan(test, factor) } else { None }
}

fn main_plan(test: &Test, factor: usize) -> Option<Plan> {
    shape(test, factor).map(|_| Plan::Main(factor))
}

/// How the main loop tests that enough rounds are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// With the loop's own comparison, against a bound that is nearer.
    Nearer,
    /// `!=` against the end of the last full set of rounds.
    End,
}

fn shape(test: &Test, factor: usize) -> Option<Shape> {
    use BinOp::*;
    let up = test.counter.step > 0;
    // A set of rounds that is longer than any distance never fits.
    i32::try_from(factor).ok()?.checked_mul(test.counter.step)?.checked_abs()?;
    match test.op {
        I32LtS | I32LtU | I32LeS | I32LeU if up => Some(Shape::Nearer),
        I32GtS | I32GtU | I32GeS | I32GeU if !up => Some(Shape::Nearer),
        I32Ne if (test.counter.step.unsigned_abs() as usize * factor).is_power_of_two() => {
            Some(Shape::End)
        }
        _ => None,
    }
}

/// Makes the copies and connects them.
fn unroll(
    func: &mut Function,
    entered: &Entered,
    index: usize,
    test: &Test,
    plan: Plan,
) -> Vec<Copy> {
    let this = &entered.loops.list[index];
    let (Plan::Straight(rounds) | Plan::Exact(rounds) | Plan::Main(rounds)) = plan;
    let copies: Vec<Copy> = (0..rounds).map(|_| Copy::of(func, &this.blocks)).collect();
    let edges: Vec<(Target, Target)> = copies
        .iter()
        .map(|copy| ways(func, copy.block(test.latch), copy.block(this.header)))
        .collect();
    let headers: Vec<Block> = copies.iter().map(|copy| copy.block(this.header)).collect();
    for (at, copy) in copies.iter().enumerate().take(rounds - 1) {
        let (back, _) = edges[at];
        let next = Target { block: headers[at + 1], args: back.args };
        func.block_mut(copy.block(test.latch)).term = Terminator::Jump(next);
    }
    let last = copies[rounds - 1].block(test.latch);
    let (back, out) = edges[rounds - 1];
    let again = Target { block: headers[0], args: back.args };
    let before = entered.preheaders[index];
    match plan {
        Plan::Straight(_) => func.block_mut(last).term = Terminator::Jump(out),
        Plan::Exact(_) => {
            redirect(func, last, back.block, headers[0]);
            // The value before the step would have to be kept for the test.
            if !test.tests_next {
                let next = copies[rounds - 1].value(test.counter.next);
                test_for_end(func, test, last, headers[0], next);
            }
        }
        Plan::Main(_) => {
            let next = copies[rounds - 1].value(test.counter.next);
            let (enough, more) = tests(func, test, rounds, before, last, next);
            // The rest: the copy's own test decides between the loop and the way out.
            let check = func.add_block();
            let mut term = func.block(last).term.clone();
            for target in term.targets_mut().filter(|target| target.block == back.block) {
                target.block = this.header;
            }
            let loc = func.block(last).loc;
            let data = func.block_mut(check);
            data.term = term;
            data.loc = loc;
            let no_args = func.make_args(&[]);
            let check = Target { block: check, args: no_args };
            func.block_mut(last).term = Terminator::Branch { cond: more, then: again, els: check };
            enter(func, before, this.header, headers[0], Some(enough));
            return copies;
        }
    }
    enter(func, before, this.header, headers[0], None);
    copies
}

/// Lets `last` go on at `header` until the counter's value `next` is what it is at the end.
fn test_for_end(func: &mut Function, test: &Test, last: Block, header: Block, next: Value) {
    let first = simplify::constant(func, test.counter.first);
    let Some((rounds, Const::I32(first))) = induction::known_rounds(func, test).zip(first) else {
        return;
    };
    let end = first.wrapping_add(test.counter.step.wrapping_mul(rounds as i32));
    let Terminator::Branch { then, .. } = func.block(last).term else { return };
    let op = if then.block == header { BinOp::I32Ne } else { BinOp::I32Eq };
    let mut maker = Maker { func, block: last };
    let end = maker.constant(end);
    let tested = maker.binary(op, next, end);
    if let Some(cond) = func.block_mut(last).term.operand_mut() {
        *cond = tested;
    }
}

/// The way back and the way out of a latch.
fn ways(func: &Function, latch: Block, header: Block) -> (Target, Target) {
    match func.block(latch).term {
        Terminator::Branch { then, els, .. } if then.block == header => (then, els),
        Terminator::Branch { then, els, .. } => (els, then),
        _ => unreachable!("a latch that tests"),
    }
}

fn redirect(func: &mut Function, from: Block, old: Block, new: Block) {
    for target in func.block_mut(from).term.targets_mut().filter(|target| target.block == old) {
        target.block = new;
    }
}

/// Lets `before` go to `new` instead of `old`, if `cond` says so.
fn enter(func: &mut Function, before: Block, old: Block, new: Block, cond: Option<Value>) {
    let Terminator::Jump(target) = func.block(before).term else { return };
    debug_assert_eq!(target.block, old);
    let args = func.args(target.args).to_vec();
    let then = Target { block: new, args: func.make_args(&args) };
    func.block_mut(before).term = match cond {
        Some(cond) => Terminator::Branch { cond, then, els: target },
        None => Terminator::Jump(then),
    };
}

/// Whether a full set of rounds is left: at the end of `before`, and at the end of `last`, where
/// the counter's next value is `next`.
fn tests(
    func: &mut Function,
    test: &Test,
    rounds: usize,
    before: Block,
    last: Block,
    next: Value,
) -> (Value, Value) {
    use BinOp::*;
    let step = test.counter.step;
    let set = (rounds as i32).wrapping_mul(step);
    let first = test.counter.first;
    let mut maker = Maker { func, block: before };
    let mut bound = maker.bound(test.bound);
    if !test.tests_next {
        // A bound that wraps makes both tests fail, and the loop does all rounds.
        let step = maker.constant(step);
        bound = maker.binary(I32Add, bound, step);
    }
    if shape(test, rounds) == Some(Shape::Nearer) {
        // Rounds but one still fit before the bound; the first was entered without a test.
        let others = maker.constant(set.wrapping_sub(step));
        let distance = if step > 0 {
            maker.binary(I32Sub, bound, first)
        } else {
            maker.binary(I32Sub, first, bound)
        };
        let least = maker.constant(set.wrapping_sub(step).wrapping_abs());
        let far = match test.op {
            I32LeS | I32LeU | I32GeS | I32GeU => maker.binary(I32GeU, distance, least),
            _ => maker.binary(I32GtU, distance, least),
        };
        let guard = maker.binary(test.op, first, bound);
        let enough = maker.binary(I32And, guard, far);
        let nearer = maker.binary(I32Sub, bound, others);
        let mut maker = Maker { func, block: last };
        return (enough, maker.binary(test.op, next, nearer));
    }
    let distance = if step > 0 {
        maker.binary(I32Sub, bound, first)
    } else {
        maker.binary(I32Sub, first, bound)
    };
    let size = maker.constant(set.abs());
    let enough = maker.binary(I32GeU, distance, size);
    let mask = maker.constant(-set.abs());
    let full = maker.binary(I32And, distance, mask);
    let end = maker.binary(if step > 0 { I32Add } else { I32Sub }, first, full);
    let mut maker = Maker { func, block: last };
    (enough, maker.binary(I32Ne, next, end))
}
