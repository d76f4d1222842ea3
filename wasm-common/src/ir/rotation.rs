//! Rotations, which C and BASIC write as two shifts: `x << n | x >> 32 - n`.
//!
//! In: the operands of an `or`, `xor` or `add`. Out: the rotation that it computes. Shifts take
//! their count modulo the width, so that `x << n | x >> 0 - n` is a rotation for every `n`; with
//! `xor` and `add` it is one only where the count is known and not 0, as then no bit meets another.

use super::{BinOp, Const, Function, Inst, Simple, Type, Value, simplify};

/// The rotation that `op(a, b)` is.
pub(super) fn rotation(func: &Function, op: BinOp, a: Value, b: Value) -> Option<Simple> {
    use BinOp::*;
    if !matches!(op, I32Or | I32Xor | I32Add | I64Or | I64Xor | I64Add) {
        return None;
    }
    let (Inst::Binary(left, x, by), Inst::Binary(right, y, back)) = (*func.inst(a), *func.inst(b))
    else {
        return None;
    };
    let (rotate, by, back) = match (left, right) {
        _ if x != y => return None,
        (I32Shl, I32ShrU) => (I32Rotl, by, back),
        (I32ShrU, I32Shl) => (I32Rotl, back, by),
        (I64Shl, I64ShrU) => (I64Rotl, by, back),
        (I64ShrU, I64Shl) => (I64Rotl, back, by),
        _ => return None,
    };
    let ty = rotate.ty();
    let width = 8 * i64::from(ty.size());
    let count = |value| simplify::constant(func, value).and_then(Const::int);
    match (count(by), count(back)) {
        (Some(n), Some(m)) => (n % width != 0 && (n + m) % width == 0)
            .then(|| Simple::WithConst(rotate, x, Const::of_int(ty, n.rem_euclid(width)))),
        _ if !matches!(op, I32Or | I64Or) => None,
        _ if negates(func, back, by, ty) => Some(Simple::Inst(Inst::Binary(rotate, x, by))),
        _ if negates(func, by, back, ty) => {
            let right = if ty == Type::I32 { I32Rotr } else { I64Rotr };
            Some(Simple::Inst(Inst::Binary(right, x, back)))
        }
        _ => None,
    }
}

/// Whether `value` is `c - n` with a multiple `c` of the width, through masks that shifts apply
/// anyway.
fn negates(func: &Function, value: Value, n: Value, ty: Type) -> bool {
    let (sub, and) = match ty {
        Type::I32 => (BinOp::I32Sub, BinOp::I32And),
        _ => (BinOp::I64Sub, BinOp::I64And),
    };
    let low = 8 * i64::from(ty.size()) - 1;
    let unmasked = |value: Value| match *func.inst(value) {
        Inst::Binary(op, x, mask) if op == and => {
            let mask = simplify::constant(func, mask).and_then(Const::int);
            if mask.is_some_and(|mask| mask & low == low) { x } else { value }
        }
        _ => value,
    };
    match *func.inst(unmasked(value)) {
        Inst::Binary(op, c, x) if op == sub && unmasked(x) == unmasked(n) => {
            simplify::constant(func, c).and_then(Const::int).is_some_and(|c| c & low == 0)
        }
        _ => false,
    }
}
