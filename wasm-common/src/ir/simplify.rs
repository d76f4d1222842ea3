//! Algebra on single instructions: folding and identities.
//!
//! In: an instruction whose operands are in a function. Out: something simpler that computes the
//! same, or `None`. Nothing is added to the function here: what comes back is a description, so that
//! whoever asked can number it.
//!
//! What always holds: integers wrap, floats keep every bit of IEEE 754, a trap is neither lost nor
//! invented, and repeating [`simplify`] ends, since every rule lessens operations, operands that are
//! not constants, or the distance to one canonical form (constants right and last, `x == 0` as `eqz`).

use super::{
    BinOp, Const, Function, Inst, LoadOp, NaryOp, StoreOp, Type, UnOp, Value, fold,
    rotation::rotation,
};

/// What replaces an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simple {
    /// A value that is there already.
    Value(Value),
    /// A constant.
    Const(Const),
    /// Another instruction on values that are there already.
    Inst(Inst),
    /// A binary operation with a constant on the right.
    WithConst(BinOp, Value, Const),
    /// Two of them: the second works on the result of the first. Only better where the result of
    /// the first is there already.
    Chain([(BinOp, Const); 2], Value),
}

/// Something simpler than `inst`, one step on. Operands must be resolved (not replaced by others).
pub fn simplify(func: &Function, inst: &Inst) -> Option<Simple> {
    match *inst {
        Inst::Unary(op, a) => unary(func, op, a),
        Inst::Binary(op, a, b) => binary(func, op, a, b),
        Inst::Nary(NaryOp::Select, args) => {
            let [a, b, cond] = *func.args(args) else { return None };
            select(func, a, b, cond).map(Simple::Value)
        }
        _ => None,
    }
}

/// The value of a select whose outcome is known.
pub fn select(func: &Function, a: Value, b: Value, cond: Value) -> Option<Value> {
    if a == b {
        return Some(a);
    }
    constant(func, cond).map(|c| if c.bits() != 0 { a } else { b })
}

/// The constant that `value` is.
pub fn constant(func: &Function, value: Value) -> Option<Const> {
    Const::of_inst(func.inst(value))
}

/// Whether `value` is 0 or 1.
pub fn is_bool(func: &Function, value: Value) -> bool {
    match func.inst(value) {
        Inst::Unary(op, _) => matches!(op, UnOp::I32Eqz | UnOp::I64Eqz),
        Inst::Binary(op, ..) => op.is_compare(),
        Inst::I32Const(c) => matches!(c, 0 | 1),
        _ => false,
    }
}

/// A condition as a test of another value: `(value, negated)`, through `eqz`, `!= 0` and the like.
pub fn condition(func: &Function, mut cond: Value) -> (Value, bool) {
    let mut negated = false;
    loop {
        match *func.inst(cond) {
            Inst::Unary(UnOp::I32Eqz, a) => (cond, negated) = (a, !negated),
            Inst::Binary(BinOp::I32Ne, a, b) if constant(func, b) == Some(Const::I32(0)) => {
                cond = a;
            }
            _ => return (cond, negated),
        }
    }
}

/// The value whose low bits are those of `value`, as far as `op` stores them.
pub fn stored(func: &Function, op: StoreOp, mut value: Value) -> Value {
    let kept = match op {
        StoreOp::I32Store8 | StoreOp::I64Store8 => 0xFF,
        StoreOp::I32Store16 | StoreOp::I64Store16 => 0xFFFF,
        StoreOp::I64Store32 => 0xFFFF_FFFF,
        _ => return value,
    };
    loop {
        value = match *func.inst(value) {
            Inst::Binary(BinOp::I32And | BinOp::I64And, x, mask) => {
                match constant(func, mask).map(Const::bits) {
                    Some(mask) if mask & kept == kept => x,
                    _ => return value,
                }
            }
            Inst::Unary(
                extend @ (UnOp::I32Extend8S
                | UnOp::I32Extend16S
                | UnOp::I64Extend8S
                | UnOp::I64Extend16S
                | UnOp::I64Extend32S),
                x,
            ) if low_bits(extend) & kept == kept => x,
            _ => return value,
        };
    }
}

fn unary(func: &Function, op: UnOp, a: Value) -> Option<Simple> {
    use UnOp::*;
    if let Some(value) = constant(func, a).and_then(|a| fold::unary(op, a)) {
        return Some(Simple::Const(value));
    }
    let inner = *func.inst(a);
    match op {
        I32Eqz => match inner {
            Inst::Binary(cmp, x, y) => Some(Simple::Inst(Inst::Binary(cmp.inverse()?, x, y))),
            // Two negations: the test of a test.
            Inst::Unary(I32Eqz, x) if is_bool(func, x) => Some(Simple::Value(x)),
            _ => None,
        },
        F32Neg | F64Neg | F32Abs | F64Abs | I32WrapI64 | I32Extend8S | I32Extend16S
        | I64Extend8S | I64Extend16S | I64Extend32S | I64ReinterpretF64 | I32ReinterpretF32
        | F32ReinterpretI32 | F64ReinterpretI64 | F32DemoteF64 | I64ExtendI32U | I64ExtendI32S => {
            unary_of(func, op, inner, a)
        }
        _ => None,
    }
}

/// A unary operation on the result of another operation.
fn unary_of(func: &Function, op: UnOp, inner: Inst, a: Value) -> Option<Simple> {
    use UnOp::*;
    match (op, inner) {
        (F32Neg, Inst::Unary(F32Neg, x))
        | (F64Neg, Inst::Unary(F64Neg, x))
        | (I32WrapI64, Inst::Unary(I64ExtendI32S | I64ExtendI32U, x))
        | (I64ReinterpretF64, Inst::Unary(F64ReinterpretI64, x))
        | (I32ReinterpretF32, Inst::Unary(F32ReinterpretI32, x))
        | (F32ReinterpretI32, Inst::Unary(I32ReinterpretF32, x))
        | (F64ReinterpretI64, Inst::Unary(I64ReinterpretF64, x))
        | (F32DemoteF64, Inst::Unary(F64PromoteF32, x)) => Some(Simple::Value(x)),
        (F32Abs, Inst::Unary(F32Neg | F32Abs, x)) => Some(Simple::Inst(Inst::Unary(F32Abs, x))),
        (F64Abs, Inst::Unary(F64Neg | F64Abs, x)) => Some(Simple::Inst(Inst::Unary(F64Abs, x))),
        // Already extended from so few bits.
        (I32Extend8S, Inst::Unary(I32Extend8S, _))
        | (I32Extend16S, Inst::Unary(I32Extend8S | I32Extend16S, _))
        | (I64Extend8S, Inst::Unary(I64Extend8S, _))
        | (I64Extend16S, Inst::Unary(I64Extend8S | I64Extend16S, _))
        | (I64Extend32S, Inst::Unary(I64Extend8S | I64Extend16S | I64Extend32S, _)) => {
            Some(Simple::Value(a))
        }
        (I64Extend32S, Inst::Unary(I64ExtendI32S | I64ExtendI32U, x)) => {
            Some(Simple::Inst(Inst::Unary(I64ExtendI32S, x)))
        }
        // The sign bit of what was zero-extended is clear.
        (I64ExtendI32S, _) if is_non_negative(&inner, func) => {
            Some(Simple::Inst(Inst::Unary(I64ExtendI32U, a)))
        }
        (
            I32Extend8S | I32Extend16S | I64Extend8S | I64Extend16S | I64Extend32S,
            Inst::Load { op: load, .. },
        ) => extends_load(op, load).then_some(Simple::Value(a)),
        // Bits that the extension does not look at.
        (
            I32Extend8S | I32Extend16S | I64Extend8S | I64Extend16S | I64Extend32S,
            Inst::Binary(BinOp::I32And | BinOp::I64And, x, mask),
        ) => {
            let mask = constant(func, mask)?.bits();
            let low = low_bits(op);
            (mask & low == low).then_some(Simple::Inst(Inst::Unary(op, x)))
        }
        _ => None,
    }
}

fn is_non_negative(inst: &Inst, func: &Function) -> bool {
    match *inst {
        Inst::Load { op, .. } => matches!(op, LoadOp::I32Load8U | LoadOp::I32Load16U),
        Inst::Binary(BinOp::I32And, _, b) => constant(func, b).is_some_and(|c| c.int() >= Some(0)),
        Inst::Binary(BinOp::I32ShrU, _, b) => constant(func, b).is_some_and(|c| c.bits() & 31 != 0),
        Inst::Binary(op, ..) => op.is_compare(),
        Inst::Unary(op, _) => matches!(
            op,
            UnOp::I32Eqz | UnOp::I64Eqz | UnOp::I32Clz | UnOp::I32Ctz | UnOp::I32Popcnt
        ),
        _ => false,
    }
}

fn low_bits(extend: UnOp) -> u64 {
    match extend {
        UnOp::I32Extend8S | UnOp::I64Extend8S => 0xFF,
        UnOp::I32Extend16S | UnOp::I64Extend16S => 0xFFFF,
        _ => 0xFFFF_FFFF,
    }
}

/// Whether `load` already leaves what `extend` would make of it.
fn extends_load(extend: UnOp, load: LoadOp) -> bool {
    use LoadOp::*;
    let bits = 8 * load.width();
    let keeps = match extend {
        UnOp::I32Extend8S | UnOp::I64Extend8S => 8,
        UnOp::I32Extend16S | UnOp::I64Extend16S => 16,
        _ => 32,
    };
    match load {
        I32Load8S | I32Load16S | I64Load8S | I64Load16S | I64Load32S => bits <= keeps,
        I32Load8U | I32Load16U | I64Load8U | I64Load16U | I64Load32U => bits < keeps,
        _ => false,
    }
}

fn binary(func: &Function, op: BinOp, a: Value, b: Value) -> Option<Simple> {
    let (left, right) = (constant(func, a), constant(func, b));
    match (left, right) {
        (Some(x), Some(y)) => return fold::binary(op, x, y).map(Simple::Const),
        (Some(_), None) => return op.swapped().map(|op| Simple::Inst(Inst::Binary(op, b, a))),
        (None, Some(c)) => return with_const(func, op, a, c),
        (None, None) => {}
    }
    if a == b {
        return same_operands(op, a);
    }
    if op.is_commutative() && b < a {
        return Some(Simple::Inst(Inst::Binary(op, b, a)));
    }
    rotation(func, op, a, b).or_else(|| addition(func, op, a, b))
}

/// Negation and constants that hide in the operands of an addition or subtraction.
fn addition(func: &Function, op: BinOp, a: Value, b: Value) -> Option<Simple> {
    use BinOp::*;
    let negated = |v: Value| match *func.inst(v) {
        Inst::Binary(I32Sub | I64Sub, zero, x) => {
            constant(func, zero).is_some_and(|c| c.bits() == 0).then_some(x)
        }
        _ => None,
    };
    let (add, sub) = match op {
        I32Add | I32Sub => (I32Add, I32Sub),
        I64Add | I64Sub => (I64Add, I64Sub),
        _ => return None,
    };
    if op == add {
        if let Some(x) = negated(b) {
            return Some(Simple::Inst(Inst::Binary(sub, a, x)));
        }
        return negated(a).map(|x| Simple::Inst(Inst::Binary(sub, b, x)));
    }
    if let Some(x) = negated(b) {
        return Some(Simple::Inst(Inst::Binary(add, a, x)));
    }
    match (*func.inst(a), *func.inst(b)) {
        // (x + y) - x
        (Inst::Binary(inner, x, y), _) if inner == add && (x == b || y == b) => {
            Some(Simple::Value(if x == b { y } else { x }))
        }
        _ => None,
    }
}

fn same_operands(op: BinOp, a: Value) -> Option<Simple> {
    use BinOp::*;
    match op {
        I32And | I32Or | I64And | I64Or => Some(Simple::Value(a)),
        I32Sub | I32Xor | I32Ne | I32LtS | I32LtU | I32GtS | I32GtU | I64Ne | I64LtS | I64LtU
        | I64GtS | I64GtU => Some(Simple::Const(Const::zero(op.ty()))),
        I64Sub | I64Xor => Some(Simple::Const(Const::I64(0))),
        I32Eq | I32LeS | I32LeU | I32GeS | I32GeU | I64Eq | I64LeS | I64LeU | I64GeS | I64GeU => {
            Some(Simple::Const(Const::I32(1)))
        }
        _ => None,
    }
}

/// A binary operation with the constant `c` on its right.
fn with_const(func: &Function, op: BinOp, a: Value, c: Const) -> Option<Simple> {
    let Some(n) = c.int() else { return float_identity(op, a, c) };
    let ty = c.ty();
    integer_identity(op, a, n, ty)
        .or_else(|| comparison(func, op, a, n))
        .or_else(|| address(func, op, a, n))
        .or_else(|| reassociate(func, op, a, n, ty))
        .or_else(|| mask(func, op, a, n))
        .or_else(|| cheaper(op, a, n, ty))
}

/// Adding zero and dividing by one change nothing, but for the payload of a NaN, which is open.
fn float_identity(op: BinOp, a: Value, c: Const) -> Option<Simple> {
    use BinOp::*;
    let neutral = match op {
        F32Add => c == (-0.0f32).into(),
        F64Add => c == (-0.0f64).into(),
        F32Sub => c == 0.0f32.into(),
        F64Sub => c == 0.0f64.into(),
        F32Mul | F32Div => c == 1.0f32.into(),
        F64Mul | F64Div => c == 1.0f64.into(),
        _ => false,
    };
    neutral.then_some(Simple::Value(a))
}

fn integer_identity(op: BinOp, a: Value, n: i64, ty: Type) -> Option<Simple> {
    use BinOp::*;
    let zero = Simple::Const(Const::zero(op.ty()));
    let shift = n & if ty == Type::I32 { 31 } else { 63 };
    match op {
        I32Add | I64Add | I32Sub | I64Sub | I32Or | I64Or | I32Xor | I64Xor if n == 0 => {
            Some(Simple::Value(a))
        }
        I32Shl | I64Shl | I32ShrS | I64ShrS | I32ShrU | I64ShrU | I32Rotl | I64Rotl | I32Rotr
        | I64Rotr => match shift {
            0 => Some(Simple::Value(a)),
            _ if shift != n => Some(Simple::WithConst(op, a, Const::of_int(ty, shift))),
            _ => None,
        },
        I32Mul | I64Mul | I32DivS | I64DivS | I32DivU | I64DivU if n == 1 => Some(Simple::Value(a)),
        I32RemS | I64RemS if n == 1 || n == -1 => Some(zero),
        I32RemU | I64RemU if n == 1 => Some(zero),
        I32Mul | I64Mul | I32And | I64And if n == 0 => Some(zero),
        I32And | I64And if n == -1 => Some(Simple::Value(a)),
        I32Or | I64Or if n == -1 => Some(Simple::Const(Const::of_int(ty, -1))),
        _ => None,
    }
}

/// Comparisons with a constant: outcomes that do not depend on the other side, and `eqz`.
fn comparison(func: &Function, op: BinOp, a: Value, n: i64) -> Option<Simple> {
    use BinOp::*;
    let always = |outcome: bool| Some(Simple::Const(outcome.into()));
    match op {
        I32Eq | I32LeU if n == 0 => Some(Simple::Inst(Inst::Unary(UnOp::I32Eqz, a))),
        I64Eq | I64LeU if n == 0 => Some(Simple::Inst(Inst::Unary(UnOp::I64Eqz, a))),
        I32LtU if n == 1 => Some(Simple::Inst(Inst::Unary(UnOp::I32Eqz, a))),
        I64LtU if n == 1 => Some(Simple::Inst(Inst::Unary(UnOp::I64Eqz, a))),
        I32LtU | I64LtU if n == 0 => always(false),
        I32GeU | I64GeU if n == 0 => always(true),
        I32GtU | I64GtU if n == -1 => always(false),
        I32LeU | I64LeU if n == -1 => always(true),
        I32GtU if n == 0 => Some(Simple::WithConst(I32Ne, a, 0.into())),
        I32GeU if n == 1 => Some(Simple::WithConst(I32Ne, a, 0.into())),
        I32LtS if n == i64::from(i32::MIN) => always(false),
        I32GeS if n == i64::from(i32::MIN) => always(true),
        I32GtS if n == i64::from(i32::MAX) => always(false),
        I32LeS if n == i64::from(i32::MAX) => always(true),
        I32Ne if n == 0 && is_bool(func, a) => Some(Simple::Value(a)),
        I32Eq if n == 1 && is_bool(func, a) => Some(Simple::Value(a)),
        I32Ne if n == 1 && is_bool(func, a) => Some(Simple::Inst(Inst::Unary(UnOp::I32Eqz, a))),
        _ => equality_of(func, op, a, n),
    }
}

/// `x + c == n`, `x ^ c == n` and `x - y == 0` without the arithmetic.
fn equality_of(func: &Function, op: BinOp, a: Value, n: i64) -> Option<Simple> {
    use BinOp::*;
    if !matches!(op, I32Eq | I32Ne | I64Eq | I64Ne) {
        return None;
    }
    let Inst::Binary(inner, x, y) = *func.inst(a) else { return None };
    let c = constant(func, y).and_then(Const::int);
    match (inner, c) {
        (I32Add, Some(c)) => {
            Some(Simple::WithConst(op, x, Const::I32((n as i32).wrapping_sub(c as i32))))
        }
        (I64Add, Some(c)) => Some(Simple::WithConst(op, x, Const::I64(n.wrapping_sub(c)))),
        (I32Sub | I32Xor | I64Sub | I64Xor, None) if n == 0 => {
            Some(Simple::Inst(Inst::Binary(op, x, y)))
        }
        _ => None,
    }
}

/// A constant added to an address goes into it.
fn address(func: &Function, op: BinOp, a: Value, n: i64) -> Option<Simple> {
    let n = match op {
        BinOp::I32Add => n as i32,
        BinOp::I32Sub => (n as i32).wrapping_neg(),
        _ => return None,
    };
    match *func.inst(a) {
        Inst::SymbolAddr { symbol, addend } => {
            Some(Simple::Inst(Inst::SymbolAddr { symbol, addend: addend.wrapping_add(n) }))
        }
        Inst::SlotAddr { slot, addend } => {
            Some(Simple::Inst(Inst::SlotAddr { slot, addend: addend.wrapping_add(n) }))
        }
        _ => None,
    }
}

/// `(x op c1) op c2` as one operation.
fn reassociate(func: &Function, op: BinOp, a: Value, n: i64, ty: Type) -> Option<Simple> {
    use BinOp::*;
    match op {
        // Subtracting a constant is adding its negation, so that sums have one form.
        I32Sub => return Some(Simple::WithConst(I32Add, a, Const::of_int(ty, n.wrapping_neg()))),
        I64Sub => return Some(Simple::WithConst(I64Add, a, Const::of_int(ty, n.wrapping_neg()))),
        _ => {}
    }
    let Inst::Binary(inner, x, y) = *func.inst(a) else { return None };
    let c = constant(func, y)?;
    if let (I32Shl | I32Mul, I32Add) = (op, inner) {
        // Sums last: neighbours in an array then differ by a constant.
        let n = Const::of_int(ty, n);
        let sum = fold::binary(op, c, n)?;
        return Some(Simple::Chain([(op, n), (I32Add, sum)], x));
    }
    match (op, inner) {
        (I32Add, I32Add)
        | (I64Add, I64Add)
        | (I32Mul, I32Mul)
        | (I64Mul, I64Mul)
        | (I32And, I32And)
        | (I64And, I64And)
        | (I32Or, I32Or)
        | (I64Or, I64Or)
        | (I32Xor, I32Xor)
        | (I64Xor, I64Xor) => {
            Some(Simple::WithConst(op, x, fold::binary(op, c, Const::of_int(ty, n))?))
        }
        (I32Shl, I32Shl) | (I32ShrU, I32ShrU) => shifts(op, x, (c.int()? & 31) + n, 32, ty),
        (I64Shl, I64Shl) | (I64ShrU, I64ShrU) => shifts(op, x, (c.int()? & 63) + n, 64, ty),
        (I32ShrS, I32ShrS) => {
            Some(Simple::WithConst(op, x, Const::of_int(ty, ((c.int()? & 31) + n).min(31))))
        }
        (I64ShrS, I64ShrS) => {
            Some(Simple::WithConst(op, x, Const::of_int(ty, ((c.int()? & 63) + n).min(63))))
        }
        (I32ShrS, I32Shl) if c.int() == Some(n) => sign_extension(x, n),
        (I64ShrS, I64Shl) if c.int() == Some(n) => sign_extension_64(x, n),
        (I32ShrU, I32Shl) if c.int() == Some(n) => {
            Some(Simple::WithConst(I32And, x, Const::I32((u32::MAX >> n) as i32)))
        }
        _ => None,
    }
}

fn shifts(op: BinOp, x: Value, sum: i64, width: i64, ty: Type) -> Option<Simple> {
    Some(if sum >= width {
        Simple::Const(Const::zero(ty))
    } else {
        Simple::WithConst(op, x, Const::of_int(ty, sum))
    })
}

fn sign_extension(x: Value, shift: i64) -> Option<Simple> {
    let op = match shift {
        24 => UnOp::I32Extend8S,
        16 => UnOp::I32Extend16S,
        _ => return None,
    };
    Some(Simple::Inst(Inst::Unary(op, x)))
}

fn sign_extension_64(x: Value, shift: i64) -> Option<Simple> {
    let op = match shift {
        56 => UnOp::I64Extend8S,
        48 => UnOp::I64Extend16S,
        32 => UnOp::I64Extend32S,
        _ => return None,
    };
    Some(Simple::Inst(Inst::Unary(op, x)))
}

/// Masks that keep every bit that can be set.
fn mask(func: &Function, op: BinOp, a: Value, n: i64) -> Option<Simple> {
    if !matches!(op, BinOp::I32And | BinOp::I64And) {
        return None;
    }
    let n = if op == BinOp::I32And { i64::from(n as u32) } else { n };
    match *func.inst(a) {
        _ if n & 1 == 1 && is_bool(func, a) => Some(Simple::Value(a)),
        Inst::Load { op: load, .. } => {
            let set = match load {
                LoadOp::I32Load8U | LoadOp::I64Load8U => 0xFF,
                LoadOp::I32Load16U | LoadOp::I64Load16U => 0xFFFF,
                LoadOp::I64Load32U => 0xFFFF_FFFF,
                _ => return None,
            };
            (n & set == set).then_some(Simple::Value(a))
        }
        Inst::Unary(UnOp::I64ExtendI32U, _) => {
            (n & 0xFFFF_FFFF == 0xFFFF_FFFF).then_some(Simple::Value(a))
        }
        Inst::Unary(UnOp::I64ExtendI32S, x) if n == 0xFFFF_FFFF => {
            Some(Simple::Inst(Inst::Unary(UnOp::I64ExtendI32U, x)))
        }
        Inst::Unary(extend @ (UnOp::I32Extend8S | UnOp::I32Extend16S), x) => {
            let low = low_bits(extend) as i64;
            (n & !low == 0).then_some(Simple::WithConst(op, x, Const::of_int(op.ty(), n)))
        }
        Inst::Binary(BinOp::I32ShrU, _, by) => {
            let set = i64::from(u32::MAX >> (constant(func, by)?.bits() & 31));
            (n & set == set).then_some(Simple::Value(a))
        }
        _ => None,
    }
}

/// Multiplication and unsigned division by powers of two.
fn cheaper(op: BinOp, a: Value, n: i64, ty: Type) -> Option<Simple> {
    use BinOp::*;
    let bits = Const::of_int(ty, n).bits();
    if !bits.is_power_of_two() {
        return None;
    }
    let log = Const::of_int(ty, i64::from(bits.trailing_zeros()));
    let (op, c) = match op {
        I32Mul => (I32Shl, log),
        I64Mul => (I64Shl, log),
        I32DivU => (I32ShrU, log),
        I64DivU => (I64ShrU, log),
        I32RemU => (I32And, Const::of_int(ty, n.wrapping_sub(1))),
        I64RemU => (I64And, Const::of_int(ty, n.wrapping_sub(1))),
        _ => return None,
    };
    Some(Simple::WithConst(op, a, c))
}
