//! Sums of a loop's counter and of what does not change in the loop.

use super::super::address::{self, Term, Terms};
use super::super::maker::Maker;
use crate::ir::{BinOp, Const, Function, Inst, Value, simplify};

/// `factor * counter + rest + disp`, wrapping.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    /// Not 0.
    pub factor: i32,
    /// Terms without the counter, with their factors.
    pub rest: Terms,
    pub disp: i32,
}

impl Sum {
    /// `value` as such a sum.
    pub(super) fn of(
        func: &Function,
        value: Value,
        counter: Value,
        is_outside: impl Fn(Value) -> bool,
    ) -> Option<Self> {
        let Inst::Binary(op, ..) = *func.inst(value) else { return None };
        if !matches!(op, BinOp::I32Add | BinOp::I32Sub | BinOp::I32Mul | BinOp::I32Shl) {
            return None;
        }
        let (mut rest, disp) = address::linear(func, value, |v| v == counter)?;
        let at = rest.iter().position(|&(term, _)| term == Term::Value(counter))?;
        let (_, factor) = rest.remove(at);
        let is_known = |&(term, _): &(Term, i32)| match term {
            Term::Value(value) => is_outside(value),
            Term::Symbol(_) | Term::Slot(_) => true,
        };
        rest.iter().all(is_known).then_some(Self { factor, rest, disp })
    }

    /// Computes the sum for a counter that is `counter + more`; no value is zero.
    pub(super) fn at(&self, maker: &mut Maker<'_>, counter: Option<Value>, more: i32) -> Value {
        let mut disp = self.disp.wrapping_add(self.factor.wrapping_mul(more));
        let constant = |value| simplify::constant(maker.func, value);
        let counter = match counter.map(|value| (value, constant(value))) {
            Some((_, Some(Const::I32(c)))) => {
                disp = disp.wrapping_add(self.factor.wrapping_mul(c));
                None
            }
            Some((value, _)) => Some((Term::Value(value), self.factor)),
            None => None,
        };
        let mut sum = None;
        for (term, factor) in counter.into_iter().chain(self.rest.iter().copied()) {
            // An object's address has room for the constant.
            let addend = if factor == 1 { core::mem::take(&mut disp) } else { 0 };
            let base = match term {
                Term::Symbol(symbol) => maker.append(Inst::SymbolAddr { symbol, addend }),
                Term::Slot(slot) => maker.append(Inst::SlotAddr { slot, addend }),
                Term::Value(value) => {
                    disp = disp.wrapping_add(addend);
                    value
                }
            };
            sum = Some(add(maker, sum, base, factor));
        }
        match sum {
            None => maker.constant(disp),
            Some(sum) if disp == 0 => sum,
            Some(sum) => {
                let disp = maker.constant(disp);
                maker.binary(BinOp::I32Add, sum, disp)
            }
        }
    }
}

/// `sum + base * factor`.
fn add(maker: &mut Maker<'_>, sum: Option<Value>, base: Value, factor: i32) -> Value {
    let scaled = match factor.unsigned_abs() {
        1 => base,
        by if by.is_power_of_two() => {
            let by = maker.constant(by.trailing_zeros() as i32);
            maker.binary(BinOp::I32Shl, base, by)
        }
        by => {
            let by = maker.constant(by as i32);
            maker.binary(BinOp::I32Mul, base, by)
        }
    };
    match sum {
        None if factor > 0 => scaled,
        Some(sum) if factor > 0 => maker.binary(BinOp::I32Add, sum, scaled),
        sum => {
            let sum = sum.unwrap_or_else(|| maker.constant(0));
            maker.binary(BinOp::I32Sub, sum, scaled)
        }
    }
}
