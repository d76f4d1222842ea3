//! What is known of the variable part of an address: what it is a multiple of, whether it can be negative.
//!
//! Both are read off the operations that make a value, to a limited depth, and through the
//! parameters of loops, which grow by steps.

use crate::ir::{Args, BinOp, Function, Inst, Lists, LoadOp, UnOp, Value};
use crate::opt::{OptLevel, ranges::Signs};

/// How deep the making of a value is looked into.
const DEPTH: u32 = 8;

/// Answers for one function.
pub(super) struct Numbers {
    incoming: Lists<Args>,
    /// Not at `O0`, where loops are not looked into.
    signs: Option<Signs>,
}

impl Numbers {
    /// Gives loops blocks of their own to enter by, but for `O0`.
    pub(super) fn new(function: &mut Function, level: OptLevel) -> Self {
        let signs = (level != OptLevel::O0).then(|| Signs::of(function));
        Self { incoming: function.incoming(), signs }
    }

    /// A power of two that the i32 `value` is a multiple of.
    pub(super) fn multiple_of(&self, function: &Function, value: Value) -> u32 {
        self.multiple_of_to(function, value, DEPTH)
    }

    /// Whether the i32 `value` is never negative.
    pub(super) fn is_not_negative(&self, function: &Function, value: Value) -> bool {
        self.upper_bound_to(function, value, DEPTH) <= 0x7FFF_FFFF
            || self.signs.as_ref().is_some_and(|signs| signs.is_negative_nowhere(function, value))
    }

    fn multiple_of_to(&self, function: &Function, value: Value, depth: u32) -> u32 {
        let Some(depth) = depth.checked_sub(1) else { return 1 };
        let of = |value| self.multiple_of_to(function, value, depth);
        // Nothing that is accessed is larger.
        const MOST: u32 = 1 << 30;
        let power = |number: u32| if number == 0 { MOST } else { number & number.wrapping_neg() };
        let multiple = match *function.inst(value) {
            Inst::I32Const(number) => power(number as u32),
            Inst::Binary(BinOp::I32Add | BinOp::I32Sub, a, b) => of(a).min(of(b)),
            Inst::Binary(BinOp::I32Mul, a, b) => of(a).saturating_mul(of(b)),
            Inst::Binary(BinOp::I32And, a, b) => of(a).max(of(b)),
            Inst::Binary(BinOp::I32Shl, a, by) => match *function.inst(by) {
                Inst::I32Const(by) => of(a).saturating_mul(1 << (by & 31).min(30)),
                _ => of(a),
            },
            Inst::Param { block, index } if block != Function::ENTRY => {
                match *self.incoming.of(block.0 as usize) {
                    // A value that grows by steps stays a multiple of what start and step are.
                    [_, _] | [_] => self
                        .incoming
                        .of(block.0 as usize)
                        .iter()
                        .map(|&args| function.args(args)[usize::from(index)])
                        .map(|arg| of(step_of(function, arg, value).unwrap_or(arg)))
                        .min()
                        .unwrap_or(1),
                    _ => 1,
                }
            }
            _ => 1,
        };
        multiple.min(MOST)
    }

    /// A number that the i32 `value`, taken as unsigned, never exceeds.
    fn upper_bound_to(&self, function: &Function, value: Value, depth: u32) -> u64 {
        const ANY: u64 = u32::MAX as u64;
        let Some(depth) = depth.checked_sub(1) else { return ANY };
        let of = |value| self.upper_bound_to(function, value, depth);
        let constant = |value: Value| match *function.inst(value) {
            Inst::I32Const(number) => Some(number as u32),
            _ => None,
        };
        let bound = match *function.inst(value) {
            Inst::I32Const(number) => u64::from(number as u32),
            Inst::Load { op: LoadOp::I32Load8U, .. } => 0xFF,
            Inst::Load { op: LoadOp::I32Load16U, .. } => 0xFFFF,
            Inst::Unary(UnOp::I32Eqz | UnOp::I64Eqz, _) => 1,
            Inst::Binary(op, a, b) => match op {
                BinOp::I32And => of(a).min(of(b)),
                BinOp::I32Or | BinOp::I32Xor => {
                    (of(a) | of(b)).checked_next_power_of_two().map_or(ANY, |b| b * 2 - 1)
                }
                BinOp::I32Add => of(a) + of(b),
                BinOp::I32Mul => of(a).saturating_mul(of(b)),
                BinOp::I32Shl => constant(b).map_or(ANY, |by| of(a) << (by & 31)),
                BinOp::I32ShrU => constant(b).map_or(of(a), |by| of(a) >> (by & 31)),
                BinOp::I32DivU => constant(b).map_or(of(a), |by| of(a) / u64::from(by.max(1))),
                BinOp::I32RemU => of(a).min(of(b).saturating_sub(1)),
                _ if op.is_compare() => 1,
                _ => ANY,
            },
            _ => ANY,
        };
        if bound > ANY { ANY } else { bound }
    }
}

/// By how much `value` is more than `param`, if it is the sum of both.
fn step_of(function: &Function, value: Value, param: Value) -> Option<Value> {
    match *function.inst(value) {
        Inst::Binary(BinOp::I32Add, a, step) if a == param => Some(step),
        _ => None,
    }
}
