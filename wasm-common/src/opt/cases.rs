//! Switch lowering: a chain of tests of one value for equality becomes a table, a bit test or a tree.
//!
//! ```text
//! b0: branch x == 1, t1, b1            b0: switch x - 1, [t1, t2, d, t4], d
//! b1: branch x == 2, t2, b2      =>
//! b2: branch x == 4, t4, d
//! ```
//!
//! Cases that fill a third of their span become a table. Where all lead to one place and lie within
//! 32 numbers, a mask says which they are. Others are halved by a comparison until they are few.

use super::edges;
use super::maker::Maker;
use crate::ir::{
    BinOp, Block, Const, Function, Inst, SymbolTable, Target, Terminator, UnOp, Value, simplify,
};
use crate::map::Map;
use alloc::vec::Vec;

/// Fewer tests stay as they are.
const FEW: usize = 4;
/// A table has at most so many entries for each case.
const SPARSE: u32 = 3;
/// Tests of a chain; what follows them is another chain.
const MOST_CASES: usize = 1024;

/// Replaces chains.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let counts = edges::counts(func);
    let uses = edges::use_counts(func);
    let mut taken = alloc::vec![false; func.blocks.len()];
    for block in func.block_ids() {
        if counts[block.0 as usize] == 0 || taken[block.0 as usize] {
            continue;
        }
        let Some(chain) = Chain::from(func, &counts, &uses, block) else { continue };
        for &inner in &chain.blocks {
            taken[inner.0 as usize] = true;
        }
        chain.replace(func, block);
    }
}

/// A test for equality with a constant.
struct Test {
    value: Value,
    constant: i32,
    equal: Target,
    other: Target,
}

impl Test {
    fn at(func: &Function, block: Block) -> Option<Self> {
        let Terminator::Branch { cond, then, els } = func.block(block).term else { return None };
        let (value, constant, negated) = match *func.inst(cond) {
            Inst::Binary(op @ (BinOp::I32Eq | BinOp::I32Ne), value, c) => {
                let Const::I32(c) = simplify::constant(func, c)? else { return None };
                (value, c, op == BinOp::I32Ne)
            }
            Inst::Unary(UnOp::I32Eqz, value) => (value, 0, false),
            _ => (cond, 0, true),
        };
        let (equal, other) = if negated { (els, then) } else { (then, els) };
        Some(Self { value, constant, equal, other })
    }
}

/// Tests of one value, one after the other.
struct Chain {
    value: Value,
    /// Where each constant leads; of equal ones the first counts.
    cases: Map<i32, Target>,
    default: Target,
    /// The blocks behind the first, which only test.
    blocks: Vec<Block>,
}

impl Chain {
    fn from(func: &Function, counts: &[u32], uses: &[u32], first: Block) -> Option<Self> {
        let test = Test::at(func, first)?;
        let cases = Map::from([(test.constant, test.equal)]);
        let mut chain = Self { value: test.value, cases, default: test.other, blocks: Vec::new() };
        while chain.cases.len() < MOST_CASES {
            let next = chain.default.block;
            let data = func.block(next);
            if counts[next.0 as usize] != 1 || !data.params.is_empty() || next == first {
                break;
            }
            let Some(test) = Test::at(func, next).filter(|test| test.value == chain.value) else {
                break;
            };
            let only_tests = data.insts.iter().all(|&value| {
                let is_cond = data.term.operand() == Some(value) && uses[value.0 as usize] == 1;
                is_cond || func.inst(value).is_constant()
            });
            if !only_tests {
                break;
            }
            chain.cases.entry(test.constant).or_insert(test.equal);
            chain.default = test.other;
            chain.blocks.push(next);
        }
        (chain.cases.len() >= FEW).then_some(chain)
    }

    /// Decides at the end of `first` what the chain decided.
    fn replace(&self, func: &mut Function, first: Block) {
        // Their constants may be used anywhere behind them.
        for &block in &self.blocks {
            let insts = core::mem::take(&mut func.block_mut(block).insts);
            let constants = insts.iter().filter(|&&v| func.inst(v).is_constant());
            let constants: Vec<Value> = constants.copied().collect();
            func.block_mut(first).insts.extend(constants);
            func.block_mut(block).term = Terminator::Unreachable;
        }
        let cases: Vec<(i32, Target)> =
            self.cases.iter().map(|(&c, &target)| (c, target)).collect();
        let mut work = alloc::vec![(first, &cases[..])];
        while let Some((block, cases)) = work.pop() {
            if !self.decide(func, block, cases) {
                let (low, high) = cases.split_at(cases.len() / 2);
                let (less, more) = (func.add_block(), func.add_block());
                let mut maker = Maker { func, block };
                let middle = maker.constant(high[0].0);
                let cond = maker.binary(BinOp::I32LtS, self.value, middle);
                let (then, els) = (plain(func, less), plain(func, more));
                end(func, block, Terminator::Branch { cond, then, els });
                for (side, cases) in [(less, low), (more, high)] {
                    func.block_mut(side).loc = func.block(block).loc;
                    work.push((side, cases));
                }
            }
        }
    }

    /// Ends `block` with all `cases`, if they need not be halved.
    fn decide(&self, func: &mut Function, block: Block, cases: &[(i32, Target)]) -> bool {
        let (low, high) = (cases[0].0, cases[cases.len() - 1].0);
        let span = high.wrapping_sub(low) as u32;
        if cases.len() < FEW {
            self.tests(func, block, cases);
        } else if span / SPARSE < cases.len() as u32 {
            self.table(func, block, cases, span);
        } else if span < 32 && self.lead_to_one(func, cases) {
            self.mask(func, block, cases, span);
        } else {
            return false;
        }
        true
    }

    fn lead_to_one(&self, func: &Function, cases: &[(i32, Target)]) -> bool {
        let (_, first) = cases[0];
        cases.iter().all(|(_, target)| {
            target.block == first.block && func.args(target.args) == func.args(first.args)
        })
    }

    fn tests(&self, func: &mut Function, mut block: Block, cases: &[(i32, Target)]) {
        for (at, &(constant, then)) in cases.iter().enumerate() {
            let mut maker = Maker { func, block };
            let constant = maker.constant(constant);
            let cond = maker.binary(BinOp::I32Eq, self.value, constant);
            let (els, next) = if at + 1 == cases.len() {
                (self.default, block)
            } else {
                let next = func.add_block();
                func.block_mut(next).loc = func.block(block).loc;
                (plain(func, next), next)
            };
            end(func, block, Terminator::Branch { cond, then, els });
            block = next;
        }
    }

    fn table(&self, func: &mut Function, block: Block, cases: &[(i32, Target)], span: u32) {
        // A few entries more cost less than a subtraction.
        let first = if (0..=FEW as i32).contains(&cases[0].0) { 0 } else { cases[0].0 };
        let entries = cases[0].0.wrapping_sub(first) as usize + span as usize + 1;
        let mut targets = alloc::vec![self.default; entries];
        for &(constant, target) in cases {
            targets[constant.wrapping_sub(first) as usize] = target;
        }
        let index = Maker { func, block }.less(self.value, first);
        end(func, block, Terminator::Switch { index, targets, default: self.default });
    }

    /// One comparison for the span, one test for the bit.
    fn mask(&self, func: &mut Function, block: Block, cases: &[(i32, Target)], span: u32) {
        let low = cases[0].0;
        let mask = cases.iter().fold(0u32, |mask, (c, _)| mask | 1 << (c.wrapping_sub(low) & 31));
        let inside = func.add_block();
        func.block_mut(inside).loc = func.block(block).loc;
        let mut maker = Maker { func, block };
        let index = maker.less(self.value, low);
        let span = maker.constant(span as i32);
        let cond = maker.binary(BinOp::I32LeU, index, span);
        let then = plain(func, inside);
        end(func, block, Terminator::Branch { cond, then, els: self.default });
        let mut maker = Maker { func, block: inside };
        let mask = maker.constant(mask as i32);
        let bits = maker.binary(BinOp::I32ShrU, mask, index);
        let one = maker.constant(1);
        let cond = maker.binary(BinOp::I32And, bits, one);
        end(func, inside, Terminator::Branch { cond, then: cases[0].1, els: self.default });
    }
}

impl Maker<'_> {
    /// `value - constant`.
    fn less(&mut self, value: Value, constant: i32) -> Value {
        if constant == 0 {
            return value;
        }
        let constant = self.constant(constant.wrapping_neg());
        self.binary(BinOp::I32Add, value, constant)
    }
}

/// An edge that carries nothing.
fn plain(func: &mut Function, block: Block) -> Target {
    Target { block, args: func.make_args(&[]) }
}

fn end(func: &mut Function, block: Block, term: Terminator) {
    func.block_mut(block).term = term;
}
