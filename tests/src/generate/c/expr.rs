//! Expressions, each with the type that C gives it.

use super::types::Ty;
use super::{Generator, Shape, Var};

const ARITHMETIC: &[&str] = &["+", "-", "*"];
const BITWISE: &[&str] = &["&", "|", "^"];
const COMPARE: &[&str] = &["==", "<", "!=", ">", "<=", ">="];

impl Generator<'_> {
    /// An expression that can be assigned to a `ty` without leaving its range by way of a float.
    pub(super) fn converted(&mut self, ty: Ty, depth: usize) -> String {
        let (text, found) = self.expr(depth);
        if ty.is_float() || ty == Ty::Bool || !found.is_float() {
            return text;
        }
        match ty {
            Ty::I64 | Ty::U64 => format!("to_wide({text})"),
            Ty::U32 => format!("to_unsigned({text})"),
            _ => format!("to_int({text})"),
        }
    }

    /// An integer expression.
    fn int(&mut self, depth: usize) -> (String, Ty) {
        let (text, ty) = self.expr(depth);
        if ty.is_float() { (format!("to_int({text})"), Ty::I32) } else { (text, ty) }
    }

    /// Any expression, in parentheses where it needs them.
    pub(super) fn expr(&mut self, depth: usize) -> (String, Ty) {
        if depth == 0 || self.tape.is_empty() {
            return self.leaf();
        }
        let below = depth - 1;
        match self.tape.below(14) {
            0 | 1 => self.leaf(),
            2 | 3 => {
                let ((a, left), (b, right)) = (self.expr(below), self.expr(below));
                (format!("({a} {} {b})", self.tape.pick(ARITHMETIC)), left.with(right))
            }
            4 => {
                let ((a, left), (b, right)) = (self.int(below), self.int(below));
                (format!("({a} {} {b})", self.tape.pick(BITWISE)), left.with(right))
            }
            5 => {
                let ((a, _), (b, _)) = (self.expr(below), self.expr(below));
                (format!("({a} {} {b})", self.tape.pick(COMPARE)), Ty::I32)
            }
            6 => {
                let ((a, left), (b, _)) = (self.int(below), self.int(below));
                let (op, mask) = (self.tape.pick(&[">>", "<<"]), left.shift_mask());
                (format!("({a} {op} ({b} & {mask}))"), left.promoted())
            }
            7 => self.division(below),
            8 => {
                let ((a, _), (b, _)) = (self.expr(below), self.expr(below));
                (format!("({a} {} {b})", self.tape.pick(&["&&", "||"])), Ty::I32)
            }
            9 => self.unary(below),
            10 => {
                let ((c, _), (a, left), (b, right)) =
                    (self.expr(below), self.expr(below), self.expr(below));
                (format!("({c} ? {a} : {b})"), left.with(right))
            }
            11 => {
                let ty = self.tape.pick(Ty::ALL);
                let text = self.converted(ty, below);
                (format!("(({}){text})", ty.name()), ty)
            }
            12 => self.element(below),
            _ => self.pure_call(below),
        }
    }

    /// By a constant that is not 0 or -1, or by something made positive.
    fn division(&mut self, depth: usize) -> (String, Ty) {
        let op = self.tape.pick(&["/", "%"]);
        let (a, left) = self.int(depth);
        if self.tape.once_in(2) {
            let (b, right) = self.int(depth);
            let mask = self.tape.pick(&[7, 0, 1, 63, 1023]);
            return (format!("({a} {op} (({b} & {mask}) + 1))"), left.with(right));
        }
        let by = self.tape.pick(&[
            "2",
            "3",
            "7",
            "10",
            "16",
            "-3",
            "100",
            "-8",
            "641u",
            "1000000007",
            "65536",
        ]);
        let right = if by.ends_with('u') { Ty::U32 } else { Ty::I32 };
        (format!("({a} {op} {by})"), left.with(right))
    }

    fn unary(&mut self, depth: usize) -> (String, Ty) {
        match self.tape.below(3) {
            0 => {
                let (a, ty) = self.expr(depth);
                (format!("(-{a})"), ty.promoted())
            }
            1 => {
                let (a, ty) = self.int(depth);
                (format!("(~{a})"), ty.promoted())
            }
            _ => (format!("(!{})", self.expr(depth).0), Ty::I32),
        }
    }

    /// The variables in sight that `wanted` accepts.
    pub(super) fn vars(&self, wanted: impl Fn(&Var) -> bool) -> Vec<Var> {
        let globals = if self.pure { &[][..] } else { &self.globals[..] };
        self.locals.iter().chain(globals).filter(|var| wanted(var)).cloned().collect()
    }

    /// A literal or a variable.
    fn leaf(&mut self) -> (String, Ty) {
        let scalars = self.vars(|var| !matches!(var.shape, Shape::Array(_)));
        if scalars.is_empty() || self.tape.once_in(3) {
            let ty = self.tape.pick(Ty::ALL);
            let literal = ty.literal(&mut self.tape);
            let ty = match ty {
                Ty::U8 | Ty::I8 | Ty::I16 | Ty::U16 | Ty::Bool => Ty::I32,
                other => other,
            };
            return (format!("({literal})"), ty);
        }
        let var = &scalars[self.tape.below(scalars.len())];
        match var.shape {
            Shape::Pointer => (format!("(*{})", var.name), var.ty),
            _ => (var.name.clone(), var.ty),
        }
    }

    /// An element of an array.
    fn element(&mut self, depth: usize) -> (String, Ty) {
        let arrays = self.vars(|var| matches!(var.shape, Shape::Array(_)));
        if arrays.is_empty() {
            return self.leaf();
        }
        let var = arrays[self.tape.below(arrays.len())].clone();
        if !var.ty.is_float() && var.ty != Ty::Bool && self.tape.once_in(4) {
            return (self.byte(&var, depth), Ty::I32);
        }
        (self.indexed(&var, depth), var.ty)
    }

    /// A byte of an array of integers, which have no other representations than their values'.
    pub(super) fn byte(&mut self, array: &Var, depth: usize) -> String {
        let (index, _) = self.int(depth);
        let (name, ty) = (&array.name, self.tape.pick(&["unsigned char", "char", "signed char"]));
        format!("(({ty} *){name})[(unsigned)({index}) % sizeof {name}]")
    }

    /// `array[index]` with an index in range.
    pub(super) fn indexed(&mut self, array: &Var, depth: usize) -> String {
        let Shape::Array(len) = array.shape else { unreachable!("only arrays are indexed") };
        let (index, _) = self.int(depth);
        match self.tape.below(3) {
            0 => format!("{}[{index} & {}]", array.name, len - 1),
            1 => format!("(*({} + ({index} & {})))", array.name, len - 1),
            _ => format!("{}[(unsigned)({index}) % {len}u]", array.name),
        }
    }

    /// A call of a function that touches nothing else.
    fn pure_call(&mut self, depth: usize) -> (String, Ty) {
        let callees: Vec<_> = self.callees.iter().filter(|callee| callee.pure).cloned().collect();
        if callees.is_empty() || self.loops > 1 {
            return self.leaf();
        }
        let callee = &callees[self.tape.below(callees.len())];
        (self.call(callee, depth), callee.result)
    }

    /// A call with arguments that fit the parameters.
    pub(super) fn call(&mut self, callee: &super::Callee, depth: usize) -> String {
        let mut args: Vec<String> =
            callee.params.iter().map(|&ty| self.converted(ty, depth)).collect();
        if callee.recursive {
            args[0] = format!("({}) & 7", args[0]);
        }
        format!("{}({})", callee.name, args.join(", "))
    }
}
