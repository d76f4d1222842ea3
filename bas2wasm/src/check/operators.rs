//! Operators and conversions: which type they work in, and constants worked out.

use super::{Checked, Checker};
use crate::ast::{self, BinaryOp, NumType, UnaryOp};
use crate::codes;
use crate::dialect::Rounding;
use crate::tree::{Arith, Expr, Intrinsic, Kind, Number, Ty};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// The wider of two numeric types.
pub(super) fn wider(a: NumType, b: NumType) -> NumType {
    a.max(b)
}

fn is_long(num: NumType) -> bool {
    matches!(num, NumType::I32 | NumType::I64)
}

fn is_int(num: NumType) -> bool {
    matches!(num, NumType::I16 | NumType::I32 | NumType::I64)
}

impl Expr {
    pub(super) fn int(ty: Ty, value: i64) -> Self {
        Self::new(ty, Kind::Number(Number::Int(value)))
    }

    pub(super) fn i32(value: i64) -> Self {
        Self::int(Ty::I32, value)
    }

    pub(super) fn float(ty: Ty, value: f64) -> Self {
        let value = if ty == Ty::F32 { f64::from(value as f32) } else { value };
        Self::new(ty, Kind::Number(Number::Float(value)))
    }

    pub(super) fn text(text: &str) -> Self {
        Self::new(Ty::Str, Kind::Text(text.into()))
    }

    fn number(&self) -> Option<Number> {
        match self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl Checker<'_> {
    /// Converts a number to a numeric type, as the dialect does; strings only to strings.
    pub(super) fn convert(&mut self, value: Expr, to: Ty, span: Span) -> Checked<Expr> {
        if value.ty == to || (value.ty.is_text() && to.is_text()) {
            return Some(value);
        }
        let (Some(from), Some(num)) = (value.ty.num(), to.num()) else {
            self.mismatch(value.ty, to, span);
            return None;
        };
        if !is_int(num) && is_int(from) && self.int_division == Some(span) {
            self.int_division = None;
            let message = text!("`/` of two integers truncates, and a float takes the result");
            self.warn(
                codes::INTEGER_DIVISION,
                span,
                message,
                text!("write `\\`, or make one a float"),
            );
        }
        let round = self.dialect().rounding;
        if let Some(number) = value.number() {
            // A float that does not fit is an error of the run, if it ever gets there.
            if !overflows(number, num) {
                return self.convert_constant(number, num, round, span);
            }
        }
        // A conversion to 16 bits is kept, for it may fail.
        let converted = matches!(value.kind, Kind::Convert { .. });
        if num == NumType::I32 && from == NumType::I16 && !converted {
            return Some(value.with_type(to));
        }
        Some(Expr::new(to, Kind::Convert { value, round }))
    }

    fn mismatch(&mut self, from: Ty, to: Ty, span: Span) {
        let (message, help) = match (from.is_text(), to.is_text()) {
            (false, true) => ("a number where a string is needed", "convert it: `STR$(...)`"),
            (true, false) => ("a string where a number is needed", "convert it: `VAL(...)`"),
            _ => ("a record where a value is needed", "name one of its fields"),
        };
        self.error_help(codes::TYPE_MISMATCH, span, message, help);
    }

    fn convert_constant(
        &mut self,
        number: Number,
        to: NumType,
        round: Rounding,
        span: Span,
    ) -> Checked<Expr> {
        let ty = Ty::Num(to);
        let float = match number {
            Number::Int(value) if is_int(to) => return self.fit(value, to, span),
            Number::Int(value) => value as f64,
            Number::Float(value) => value,
        };
        if !is_int(to) {
            return Some(Expr::float(ty, float));
        }
        let whole = match round {
            Rounding::Truncate => trunc(float),
            Rounding::Even => nearest(float),
            Rounding::Away => trunc(float + if float < 0.0 { -0.5 } else { 0.5 }),
            Rounding::Up => floor(float + 0.5),
        };
        if !(-9.223_372_036_854_776e18..9.223_372_036_854_776e18).contains(&whole) {
            self.overflow(span);
            return None;
        }
        let value = whole as i64;
        let range = match to {
            NumType::I16 => i64::from(i16::MIN)..=i64::from(i16::MAX),
            NumType::I32 => i64::from(i32::MIN)..=i64::from(i32::MAX),
            _ => i64::MIN..=i64::MAX,
        };
        if !range.contains(&value) {
            self.overflow(span);
            return None;
        }
        Some(Expr::int(ty, value))
    }

    /// An integer constant in a narrower type: 32 bits wrap, 16 bits do not.
    fn fit(&mut self, value: i64, to: NumType, span: Span) -> Checked<Expr> {
        match to {
            NumType::I16 if i16::try_from(value).is_err() => {
                self.overflow(span);
                None
            }
            NumType::I32 => Some(Expr::int(Ty::I32, i64::from(value as i32))),
            _ => Some(Expr::int(Ty::Num(to), value)),
        }
    }

    fn overflow(&mut self, span: Span) {
        self.error(codes::OVERFLOW, span, text!("the number does not fit this integer type"));
    }

    pub(super) fn unary(&mut self, op: UnaryOp, operand: &ast::Expr) -> Checked<Expr> {
        let value = self.expr(operand)?;
        let Some(num) = value.ty.num() else {
            self.mismatch(value.ty, Ty::I32, operand.span);
            return None;
        };
        match op {
            UnaryOp::Plus => Some(value),
            UnaryOp::Neg => Some(self.negate(value, num)),
            UnaryOp::Not => {
                let value = self.integer_operand(value, operand.span)?;
                let ty = value.ty;
                let not = match value.number() {
                    Some(Number::Int(bits)) => Expr::int(ty, !bits),
                    _ => Expr::new(ty, Kind::Not(value)),
                };
                Some(if is_long(num) { not } else { self.short(not) })
            }
        }
    }

    fn negate(&mut self, value: Expr, num: NumType) -> Expr {
        match value.number() {
            Some(Number::Float(number)) => Expr::float(value.ty, -number),
            Some(Number::Int(number)) => {
                let negative = number.wrapping_neg();
                let fits = i32::try_from(negative).is_ok();
                // `-2147483648` is an i64 before its sign, and stays one.
                let ty = if num == NumType::I16 && fits && i16::try_from(negative).is_err() {
                    Ty::I32
                } else {
                    value.ty
                };
                let negative =
                    if num == NumType::I32 { i64::from(negative as i32) } else { negative };
                Expr::int(ty, negative)
            }
            None => {
                // -(-32768) needs more than 16 bits.
                let ty = if num == NumType::I16 { self.wide_int() } else { value.ty };
                let value = self.retype(value, ty).with_type(ty);
                Expr::new(ty, Kind::Neg(value))
            }
        }
    }

    /// The type in which sums of 16-bit integers are made.
    fn wide_int(&self) -> Ty {
        let dialect = self.dialect();
        if dialect.ints_float { Ty::Num(dialect.default_type) } else { Ty::I32 }
    }

    fn retype(&mut self, value: Expr, ty: Ty) -> Expr {
        let span = self.func.span;
        self.convert(value, ty, span).unwrap_or(Expr::i32(0))
    }

    /// What the language makes of whole numbers: where all integers have 16 bits, one of those.
    pub(super) fn short(&self, value: Expr) -> Expr {
        let small = self.dialect().ints_float && value.ty == Ty::I32;
        if small { value.with_type(Ty::I16) } else { value }
    }

    /// An operand of AND and its kin: an i32, or an i64 if it is one.
    fn integer_operand(&mut self, value: Expr, span: Span) -> Checked<Expr> {
        match value.ty {
            Ty::I32 | Ty::I64 => Some(value),
            Ty::F32 | Ty::F64 if self.dialect().mbf => {
                let short = self.convert(value, Ty::I16, span)?;
                self.convert(short, Ty::I32, span)
            }
            _ => self.convert(value, Ty::I32, span),
        }
    }

    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Checked<Expr> {
        let (a, b) = (self.expr(left), self.expr(right));
        let (a, b) = (a?, b?);
        if a.ty.is_text() && b.ty.is_text() {
            return self.strings(op, a, b, span);
        }
        if a.ty.is_text() != b.ty.is_text() {
            let (from, at) = if a.ty.is_text() { (b.ty, right.span) } else { (a.ty, left.span) };
            self.mismatch(from, Ty::Str, at);
            return None;
        }
        let (Some(x), Some(y)) = (a.ty.num(), b.ty.num()) else {
            self.mismatch(a.ty, Ty::I32, left.span);
            return None;
        };
        if op.is_logical() {
            let (a, b) =
                (self.integer_operand(a, left.span)?, self.integer_operand(b, right.span)?);
            let ty = if a.ty == Ty::I64 || b.ty == Ty::I64 { Ty::I64 } else { Ty::I32 };
            let (a, b) = (self.convert(a, ty, span)?, self.convert(b, ty, span)?);
            let bits = arith(logic(op), ty, a, b);
            return Some(if is_long(x) || is_long(y) { bits } else { self.short(bits) });
        }
        if op.is_comparison() {
            let (a, b) = (self.like(a, y), self.like(b, x));
            let (x, y) = (a.ty.num()?, b.ty.num()?);
            let ty = Ty::Num(wider(wider(x, y), NumType::I32));
            let (a, b) = (self.convert(a, ty, span)?, self.convert(b, ty, span)?);
            let truth = compare(op, a, b);
            return Some(self.short(truth));
        }
        match op {
            BinaryOp::Pow => self.power(a, b, x, y, span),
            BinaryOp::IntDiv | BinaryOp::Mod => {
                if self.dialect().mbf {
                    return self.whole_division(op, a, b, span);
                }
                let wide = [x, y].contains(&NumType::I64);
                let ty = if wide { Ty::I64 } else { Ty::I32 };
                let (a, b) = (self.convert(a, ty, left.span)?, self.convert(b, ty, right.span)?);
                let op = if op == BinaryOp::Mod { Arith::Mod } else { Arith::IntDiv };
                Some(arith(op, ty, a, b))
            }
            BinaryOp::Div => self.divide(a, b, wider(x, y), span),
            _ => {
                let mut num = wider(x, y);
                if num == NumType::I16 {
                    num = self.wide_int().num().unwrap_or(num);
                }
                let ty = Ty::Num(num);
                let (a, b) = (self.convert(a, ty, left.span)?, self.convert(b, ty, right.span)?);
                let (op, lib) = match op {
                    BinaryOp::Add => (Arith::Add, "LIB_ADD!"),
                    BinaryOp::Sub => (Arith::Sub, "LIB_SUB!"),
                    _ => (Arith::Mul, "LIB_MUL!"),
                };
                if self.rounds_its_own_way(ty, x, y) {
                    return self.library_call(lib, alloc::vec![a, b]);
                }
                Some(arith(op, ty, a, b))
            }
        }
    }

    /// Whether a result of two operands is a single that is not rounded as IEEE's are.
    fn rounds_its_own_way(&self, ty: Ty, x: NumType, y: NumType) -> bool {
        // What integers make is exact.
        self.dialect().mbf && ty == Ty::F32 && [x, y].contains(&NumType::F32)
    }

    fn divide(&mut self, a: Expr, b: Expr, num: NumType, span: Span) -> Checked<Expr> {
        if is_int(num) && self.dialect().integer_division {
            self.int_division = Some(span);
            let ty = Ty::Num(wider(num, NumType::I32));
            let (a, b) = (self.convert(a, ty, span)?, self.convert(b, ty, span)?);
            return Some(arith(Arith::IntDiv, ty, a, b));
        }
        let ty = match num {
            NumType::F64 | NumType::I32 | NumType::I64 if !self.dialect().integer_division => {
                Ty::F64
            }
            NumType::F64 => Ty::F64,
            _ if self.dialect().default_type == NumType::F64 => Ty::F64,
            _ => Ty::F32,
        };
        let (a, b) = (self.convert(a, ty, span)?, self.convert(b, ty, span)?);
        if self.dialect().mbf && ty == Ty::F32 {
            return self.library_call("LIB_DIV!", alloc::vec![a, b]);
        }
        Some(arith(Arith::Div, ty, a, b))
    }

    /// A constant that is compared with a single: GW-BASIC takes 98765400000 for a double, which no
    /// single equals, though seven digits are all that it has. Here, as in Minimal BASIC, one may.
    fn like(&self, value: Expr, other: NumType) -> Expr {
        let single = self.dialect().mbf && other == NumType::F32 && value.ty == Ty::F64;
        let Some(Number::Float(whole)) = value.number().filter(|_| single) else { return value };
        let mut digits = whole.abs();
        while digits >= 1e7 && digits % 10.0 == 0.0 {
            digits /= 10.0;
        }
        let seven = digits < 1e7 && digits % 1.0 == 0.0;
        if !seven {
            return value;
        }
        let nearest = super::singles::literal(whole.abs());
        Expr::float(Ty::F32, if whole < 0.0 { -nearest } else { nearest })
    }

    /// `\` and MOD of GW-BASIC: of 16-bit integers, and the largest single where one is divided by zero.
    fn whole_division(&mut self, op: BinaryOp, a: Expr, b: Expr, span: Span) -> Checked<Expr> {
        let (a, b) = (self.convert(a, Ty::I16, span)?, self.convert(b, Ty::I16, span)?);
        let (a, b) = (self.convert(a, Ty::I32, span)?, self.convert(b, Ty::I32, span)?);
        // -32768 \ -1 is all that does not fit.
        let known = matches!(b.kind, Kind::Number(Number::Int(b)) if !(-1..=0).contains(&b));
        let (lib, arithmetic) = match op {
            BinaryOp::Mod => ("LIB_MOD!", Arith::Mod),
            _ => ("LIB_INTDIV!", Arith::IntDiv),
        };
        if !known {
            return self.library_call(lib, alloc::vec![a, b]);
        }
        Some(arith(arithmetic, Ty::I32, a, b).with_type(Ty::I16))
    }

    fn power(&mut self, a: Expr, b: Expr, x: NumType, y: NumType, span: Span) -> Checked<Expr> {
        // GW-BASIC's functions are of singles, unless it is started with /D.
        let mbf = self.dialect().mbf;
        let double = !mbf && [x, y, self.dialect().default_type].contains(&NumType::F64);
        if mbf && y == NumType::I16 {
            let a = self.convert(a, Ty::F32, span)?;
            return self.library_call("LIB_IPOW!", alloc::vec![a, b]);
        }
        let (ty, import) = if double { (Ty::F64, "pow") } else { (Ty::F32, "powf") };
        let (a, b) = (self.convert(a, ty, span)?, self.convert(b, ty, span)?);
        if self.program_dialect.checked_floats && !self.func.library {
            let lib = if double { "LIB_POW#" } else { "LIB_POW!" };
            return self.library_call(lib, alloc::vec![a, b]);
        }
        Some(Expr::new(ty, Kind::Host(import, alloc::vec![a, b])))
    }

    fn strings(&mut self, op: BinaryOp, a: Expr, b: Expr, span: Span) -> Checked<Expr> {
        if op.is_comparison() {
            let truth = compare(op, a, b);
            return Some(self.short(truth));
        }
        if op != BinaryOp::Add {
            let message = format!("`{}` does not work on strings", op.as_str());
            self.error(codes::TYPE_MISMATCH, span, message);
            return None;
        }
        if let (Kind::Text(x), Kind::Text(y)) = (&a.kind, &b.kind) {
            return Some(Expr::text(&format!("{x}{y}")));
        }
        // GW-BASIC's strings have 255 characters.
        if self.dialect().mbf && !self.func.library {
            return self.library_call("LIB_JOIN$", alloc::vec![a, b]);
        }
        Some(Expr::new(Ty::Str, Kind::Concat(a, b)))
    }

    /// A condition: any number; not zero is true.
    pub(super) fn condition(&mut self, expr: &ast::Expr) -> Checked<Expr> {
        let value = self.expr(expr)?;
        if value.ty.num().is_some() {
            return Some(value);
        }
        self.error_help(
            codes::TYPE_MISMATCH,
            expr.span,
            text!("a string is neither true nor false"),
            text!("compare it: `A$ <> \"\"`"),
        );
        None
    }

    /// A value of exactly this type.
    pub(super) fn typed(&mut self, expr: &ast::Expr, ty: Ty) -> Checked<Expr> {
        let value = self.expr(expr)?;
        self.convert(value, ty, expr.span)
    }

    /// A subscript, a column of TAB, the choice of ON. Where a program goes on with the largest number
    /// after an overflow, it is what uses the number that reports it (ECMA-55 7.5, 12.5, 14.4).
    pub(super) fn position(&mut self, expr: &ast::Expr) -> Checked<Expr> {
        let value = self.expr(expr)?;
        let small = value.number().is_some_and(|number| !overflows(number, NumType::I32));
        if !self.dialect().lenient_math || small || !matches!(value.ty, Ty::F32 | Ty::F64) {
            return self.convert(value, Ty::I32, expr.span);
        }
        Some(Expr::new(Ty::I32, Kind::Op(Intrinsic::Position, alloc::vec![value])))
    }
}

/// Whether a type may not hold a number.
fn overflows(number: Number, to: NumType) -> bool {
    let Number::Float(value) = number else { return false };
    let limit = match to {
        NumType::I16 => 32767.5,
        NumType::I32 => 2_147_483_647.5,
        NumType::I64 => 9.223_372_036_854_775e18,
        // GW-BASIC's singles end here.
        NumType::F32 => 1.701_411_8e38,
        _ => return false,
    };
    value.abs() >= limit
}

fn logic(op: BinaryOp) -> Arith {
    match op {
        BinaryOp::And => Arith::And,
        BinaryOp::Or => Arith::Or,
        BinaryOp::Xor => Arith::Xor,
        BinaryOp::Eqv => Arith::Eqv,
        _ => Arith::Imp,
    }
}

pub(super) fn compare(op: BinaryOp, a: Expr, b: Expr) -> Expr {
    Expr::new(Ty::I32, Kind::Compare(op, a, b))
}

/// The operation, or its result when both operands are known. Integers wrap.
pub(super) fn arith(op: Arith, ty: Ty, a: Expr, b: Expr) -> Expr {
    let folded = match (a.number(), b.number()) {
        (Some(Number::Int(x)), Some(Number::Int(y))) => fold_ints(op, x, y).map(|value| {
            Expr::int(ty, if ty == Ty::I64 { value } else { i64::from(value as i32) })
        }),
        (Some(Number::Float(x)), Some(Number::Float(y))) => {
            fold_floats(op, x, y).map(|value| Expr::float(ty, value)).filter(
                |folded| matches!(folded.kind, Kind::Number(Number::Float(v)) if v.is_finite()),
            )
        }
        _ => None,
    };
    folded.unwrap_or_else(|| Expr::new(ty, Kind::Arith(op, a, b)))
}

fn fold_ints(op: Arith, x: i64, y: i64) -> Option<i64> {
    Some(match op {
        Arith::Add => x.wrapping_add(y),
        Arith::Sub => x.wrapping_sub(y),
        Arith::Mul => x.wrapping_mul(y),
        // Faults stay for the run, which names the line.
        Arith::IntDiv if y != 0 && y != -1 => x / y,
        Arith::Mod if y != 0 && y != -1 => x % y,
        Arith::And => x & y,
        Arith::Or => x | y,
        Arith::Xor => x ^ y,
        Arith::Eqv => !(x ^ y),
        Arith::Imp => !x | y,
        _ => return None,
    })
}

fn fold_floats(op: Arith, x: f64, y: f64) -> Option<f64> {
    let value = match op {
        Arith::Add => x + y,
        Arith::Sub => x - y,
        Arith::Mul => x * y,
        Arith::Div if y != 0.0 => x / y,
        _ => return None,
    };
    value.is_finite().then_some(value)
}

fn trunc(value: f64) -> f64 {
    // Beyond 2^53 every float is whole.
    if value.abs() < 9.0e15 { (value as i64) as f64 } else { value }
}

fn floor(value: f64) -> f64 {
    let whole = trunc(value);
    if whole > value { whole - 1.0 } else { whole }
}

/// To the nearest integer, halves to even.
fn nearest(value: f64) -> f64 {
    if value.is_nan() || value.abs() >= 4.5e15 {
        return value;
    }
    let whole = trunc(value);
    let rest = value - whole;
    let up = if value < 0.0 { -1.0 } else { 1.0 };
    if rest.abs() > 0.5 || (rest.abs() == 0.5 && (whole as i64) % 2 != 0) {
        whole + up
    } else {
        whole
    }
}
