//! String expressions and who owns their results.

use super::func::Fun;
use crate::tree::{Arg, Expr, Intrinsic, Kind, Place, Ty};
use alloc::vec::Vec;
use wasm_common::ir::{Type, Value};

/// Who frees a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody: it is static.
    Static,
    /// Some variable.
    Borrowed,
    /// Whoever has the value.
    Owned,
}

impl Fun<'_, '_> {
    /// The address of the empty string.
    pub(super) fn empty(&mut self) -> Value {
        let symbol = self.lower.literal("");
        self.b.symbol_addr(symbol, 0)
    }

    /// Lowers a string expression.
    pub(super) fn text(&mut self, expr: &Expr) -> (Value, Owner) {
        match &expr.kind {
            Kind::Text(text) => {
                let symbol = self.lower.literal(text);
                (self.b.symbol_addr(symbol, 0), Owner::Static)
            }
            Kind::Load(place) => match self.place_type(place) {
                Ty::Fixed(length) => {
                    let (addr, offset) = self.address(place);
                    let addr = self.offset(addr, offset);
                    let length = self.b.i32_const(length as i32);
                    let symbol = self.lower.fixed_load();
                    let value = self.b.call(symbol, Some(Type::I32), &[addr, length]);
                    (self.allocated(value), Owner::Owned)
                }
                _ => (self.read(place), Owner::Borrowed),
            },
            Kind::Concat(a, b) => {
                let values = self.operands(&[a, b]);
                (self.host("basic_str_concat", &values), Owner::Owned)
            }
            Kind::Host(import, args) => {
                let args: Vec<&Expr> = args.iter().collect();
                let values = self.operands(&args);
                (self.host(import, &values), Owner::Owned)
            }
            Kind::Call(proc, args) => {
                let value = self.call(*proc, args);
                (value, Owner::Owned)
            }
            Kind::Op(op, args) => (self.text_op(*op, args), Owner::Owned),
            _ => unreachable!("not a string expression"),
        }
    }

    /// Calls a host import that returns a string; error 14 when the pool is full.
    fn host(&mut self, import: &str, values: &[Value]) -> Value {
        let (symbol, result) = self.lower.import(import);
        let value = self.b.call(symbol, result, values);
        if matches!(import, "basic_input_line" | "file_readln_str") {
            // 0 is the end of the input.
            return value.expect("a string import returns a string");
        }
        self.allocated(value)
    }

    fn allocated(&mut self, value: Option<Value>) -> Value {
        let value = value.expect("a string import returns a string");
        self.check(value, 14);
        value
    }

    fn text_op(&mut self, op: Intrinsic, args: &[Expr]) -> Value {
        match op {
            Intrinsic::Sprintf => {
                let format = self.held(&args[0]);
                let number = self.value(&args[1]);
                let buffer = self.lower.buffer();
                let buffer = self.b.symbol_addr(buffer, 0);
                let block = self.store_args(&[(number, Type::F64)]);
                let size = self.b.i32_const(super::support::BUFFER as i32);
                let (symbol, result) = self.lower.import("host_snprintf");
                self.b.call(symbol, result, &[buffer, size, format, block]);
                self.host("basic_str_copy", &[buffer])
            }
            Intrinsic::TextAt => {
                let at = self.value(&args[0]);
                self.host("basic_str_copy", &[at])
            }
            _ => {
                // The host's 0 is the empty string.
                let (value, owner) = self.text(&args[0]);
                debug_assert_eq!(owner, Owner::Owned);
                let empty = self.empty();
                self.b.select(value, empty, value)
            }
        }
    }

    /// A string to look at until the statement ends.
    pub(super) fn held(&mut self, expr: &Expr) -> Value {
        let (value, owner) = self.text(expr);
        if owner == Owner::Owned {
            self.temps.push(value);
        }
        value
    }

    /// A string to keep: what belongs to a variable is copied.
    pub(super) fn owned(&mut self, expr: &Expr) -> Value {
        match self.text(expr) {
            (value, Owner::Borrowed) => self.host("basic_str_copy", &[value]),
            (value, _) => value,
        }
    }

    /// Several operands, left to right. A string of a variable is copied when something behind it
    /// could assign to that variable.
    pub(super) fn operands(&mut self, exprs: &[&Expr]) -> Vec<Value> {
        let mut values = Vec::with_capacity(exprs.len());
        for (index, expr) in exprs.iter().enumerate() {
            if !expr.ty.is_text() {
                values.push(self.value(expr));
                continue;
            }
            let (mut value, mut owner) = self.text(expr);
            if owner == Owner::Borrowed && exprs[index + 1..].iter().any(|e| self.calls_user(e)) {
                value = self.host("basic_str_copy", &[value]);
                owner = Owner::Owned;
            }
            if owner == Owner::Owned {
                self.temps.push(value);
            }
            values.push(value);
        }
        values
    }

    /// Whether an expression calls a procedure of the program.
    fn calls_user(&self, expr: &Expr) -> bool {
        let any = |exprs: &[Expr]| exprs.iter().any(|e| self.calls_user(e));
        match &expr.kind {
            Kind::Number(_) | Kind::Text(_) => false,
            Kind::Load(place) | Kind::AddressOf(place) => self.place_calls(place),
            Kind::Convert { value, .. } | Kind::Neg(value) | Kind::Not(value) => {
                self.calls_user(value)
            }
            Kind::Arith(_, a, b) | Kind::Compare(_, a, b) | Kind::Concat(a, b) => {
                self.calls_user(a) || self.calls_user(b)
            }
            Kind::Call(proc, args) => {
                !self.program().procs[proc.0 as usize].library
                    || args.iter().any(|arg| match arg {
                        Arg::Value(value) => self.calls_user(value),
                        Arg::Ref(place) => self.place_calls(place),
                        Arg::Array(_) => false,
                    })
            }
            Kind::Host(_, args) | Kind::Op(_, args) => any(args),
            Kind::Bound { dimension, .. } => self.calls_user(dimension),
        }
    }

    fn place_calls(&self, place: &Place) -> bool {
        match place {
            Place::Var(_) => false,
            Place::Element(_, indices) => indices.iter().any(|index| self.calls_user(index)),
            Place::Field(base, ..) => self.place_calls(base),
        }
    }
}
