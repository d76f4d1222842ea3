//! Numeric expressions, conditions, calls.

use super::func::Fun;
use crate::ast::BinaryOp;
use crate::tree::{Arg, Arith, Expr, Intrinsic, Kind, Number, ParamKind, Place, ProcId, Ty};
use alloc::vec::Vec;
use wasm_common::abi::args::Packing;
use wasm_common::abi::imports::ValType;
use wasm_common::abi::memory_map;
use wasm_common::ir::{BinOp, LoadOp, StoreOp, Type, UnOp, Value};

impl Fun<'_, '_> {
    /// Lowers a number (or the address of a record).
    pub(super) fn value(&mut self, expr: &Expr) -> Value {
        match &expr.kind {
            Kind::Number(number) => self.number(*number, expr.ty),
            Kind::Load(place) => self.read(place),
            Kind::Convert { value, round } => {
                let from = value.ty;
                let value = self.value(value);
                self.convert(value, from, expr.ty, *round)
            }
            Kind::Neg(value) => self.negate(value, expr.ty),
            Kind::Not(value) => {
                let value = self.value(value);
                self.invert(value, expr.ty)
            }
            Kind::Arith(op, a, b) => {
                let values = self.operands(&[a, b]);
                self.arith(*op, expr.ty, values[0], values[1], b)
            }
            Kind::Compare(..) => {
                let truth = self.truth(expr);
                let zero = self.b.i32_const(0);
                self.b.binary(BinOp::I32Sub, zero, truth)
            }
            Kind::Call(proc, args) => self.call(*proc, args),
            Kind::Host(import, args) => {
                let args: Vec<&Expr> = args.iter().collect();
                let values = self.operands(&args);
                let (symbol, result) = self.lower.import(import);
                match self.b.call(symbol, result, &values) {
                    Some(value) => value,
                    None => self.b.i32_const(0),
                }
            }
            Kind::Op(op, args) => self.intrinsic(*op, args),
            Kind::AddressOf(place) => {
                let (addr, offset) = self.address(place);
                self.offset(addr, offset)
            }
            Kind::Bound { array, dimension, upper } => self.bound(*array, dimension, *upper),
            Kind::Text(_) | Kind::Concat(..) => unreachable!("a string is no number"),
        }
    }

    fn number(&mut self, number: Number, ty: Ty) -> Value {
        match (ty.wasm(), number) {
            (Type::I64, Number::Int(value)) => self.b.i64_const(value),
            (Type::F32, Number::Float(value)) => self.b.f32_const(value as f32),
            (Type::F64, Number::Float(value)) => self.b.f64_const(value),
            (Type::F32, Number::Int(value)) => self.b.f32_const(value as f32),
            (Type::F64, Number::Int(value)) => self.b.f64_const(value as f64),
            (_, Number::Int(value)) => self.b.i32_const(value as i32),
            (_, Number::Float(value)) => self.b.i32_const(value as i32),
        }
    }

    fn negate(&mut self, value: &Expr, ty: Ty) -> Value {
        let value = self.value(value);
        match ty.wasm() {
            Type::F32 => self.b.unary(UnOp::F32Neg, value),
            Type::F64 => self.b.unary(UnOp::F64Neg, value),
            Type::I64 => {
                let zero = self.b.i64_const(0);
                self.b.binary(BinOp::I64Sub, zero, value)
            }
            Type::I32 => {
                let zero = self.b.i32_const(0);
                self.b.binary(BinOp::I32Sub, zero, value)
            }
        }
    }

    fn invert(&mut self, value: Value, ty: Ty) -> Value {
        if ty.wasm() == Type::I64 {
            let ones = self.b.i64_const(-1);
            return self.b.binary(BinOp::I64Xor, value, ones);
        }
        let ones = self.b.i32_const(-1);
        self.b.binary(BinOp::I32Xor, value, ones)
    }

    fn arith(&mut self, op: Arith, ty: Ty, a: Value, b: Value, divisor: &Expr) -> Value {
        let wasm = ty.wasm();
        let pick = |i32, i64, f32, f64| match wasm {
            Type::I32 => i32,
            Type::I64 => i64,
            Type::F32 => f32,
            Type::F64 => f64,
        };
        use BinOp::*;
        let op = match op {
            Arith::Add => pick(I32Add, I64Add, F32Add, F64Add),
            Arith::Sub => pick(I32Sub, I64Sub, F32Sub, F64Sub),
            Arith::Mul => pick(I32Mul, I64Mul, F32Mul, F64Mul),
            Arith::Div => {
                if let Some(value) = self.lenient_division(wasm, a, b, divisor) {
                    return value;
                }
                self.check_float_divisor(a, b, divisor, wasm);
                pick(I32DivS, I64DivS, F32Div, F64Div)
            }
            Arith::IntDiv | Arith::Mod => return self.divide(op, wasm, a, b, divisor),
            Arith::And => pick(I32And, I64And, I32And, I64And),
            Arith::Or => pick(I32Or, I64Or, I32Or, I64Or),
            Arith::Xor => pick(I32Xor, I64Xor, I32Xor, I64Xor),
            Arith::Eqv => {
                let different = self.b.binary(pick(I32Xor, I64Xor, I32Xor, I64Xor), a, b);
                return self.invert(different, ty);
            }
            Arith::Imp => {
                let not = self.invert(a, ty);
                return self.b.binary(pick(I32Or, I64Or, I32Or, I64Or), not, b);
            }
        };
        let value = self.b.binary(op, a, b);
        self.finite(wasm, value)
    }

    /// A float that has become infinite, where a program is told so and goes on.
    pub(super) fn finite(&mut self, wasm: Type, value: Value) -> Value {
        let (Some(procs), false) = (self.program().lenient, self.proc.library) else {
            return value;
        };
        let (proc, sane) = match wasm {
            Type::F32 => {
                let limit = self.b.f32_const((self.program().infinity as f32).next_down());
                let size = self.b.unary(UnOp::F32Abs, value);
                (procs[2], self.b.binary(BinOp::F32Le, size, limit))
            }
            Type::F64 => {
                let limit = self.b.f64_const(self.program().infinity);
                let size = self.b.unary(UnOp::F64Abs, value);
                (procs[3], self.b.binary(BinOp::F64Le, size, limit))
            }
            Type::I32 | Type::I64 => return value,
        };
        self.replaced(wasm, sane, value, proc, value)
    }

    /// `value` if `sane`, else what `proc` makes of `arg`.
    fn replaced(
        &mut self,
        wasm: Type,
        sane: Value,
        value: Value,
        proc: ProcId,
        arg: Value,
    ) -> Value {
        let result = self.b.declare(wasm);
        self.b.def(result, value);
        let (bad, done) = (self.b.create_block(), self.b.create_block());
        self.b.branch(sane, done, bad);
        self.b.switch_to(bad);
        self.leave_line();
        let symbol = self.lower.procs[proc.0 as usize];
        if let Some(other) = self.b.call(symbol, Some(wasm), &[arg]) {
            self.b.def(result, other);
        }
        self.propagate();
        self.b.jump(done);
        self.b.switch_to(done);
        self.b.get(result)
    }

    /// Division where a program goes on after a division by zero.
    fn lenient_division(
        &mut self,
        wasm: Type,
        a: Value,
        b: Value,
        divisor: &Expr,
    ) -> Option<Value> {
        let procs = self.program().lenient.filter(|_| !self.proc.library)?;
        let op = if wasm == Type::F32 { BinOp::F32Div } else { BinOp::F64Div };
        if matches!(divisor.kind, Kind::Number(Number::Float(value)) if value != 0.0) {
            return None;
        }
        let sane = self.not_zero(b, wasm);
        let quotient = self.b.binary(op, a, b);
        let proc = procs[usize::from(wasm == Type::F64)];
        let value = self.replaced(wasm, sane, quotient, proc, a);
        Some(self.finite(wasm, value))
    }

    fn check_float_divisor(&mut self, a: Value, b: Value, divisor: &Expr, wasm: Type) {
        let known = matches!(divisor.kind, Kind::Number(Number::Float(value)) if value != 0.0);
        if known || !self.program().checked_floats || self.proc.library {
            return;
        }
        let truth = self.not_zero(b, wasm);
        self.check_number(truth, 11, a, wasm);
    }

    /// Integer division and remainder: error 11 for zero, 6 for the quotient that does not fit.
    fn divide(&mut self, op: Arith, wasm: Type, a: Value, b: Value, divisor: &Expr) -> Value {
        let wide = wasm == Type::I64;
        let known = match divisor.kind {
            Kind::Number(Number::Int(value)) => Some(value),
            _ => None,
        };
        if known.is_none_or(|value| value == 0) {
            let truth = self.not_zero(b, wasm);
            self.check_number(truth, 11, a, wasm);
        }
        if op == Arith::Mod {
            return self.b.binary(if wide { BinOp::I64RemS } else { BinOp::I32RemS }, a, b);
        }
        if known.is_none_or(|value| value == -1) {
            // Smallest / -1: both at once is the only way that this sum of differences is 0.
            let fits = if wide {
                let (least, minus) = (self.b.i64_const(i64::MIN), self.b.i64_const(-1));
                let (x, y) = (
                    self.b.binary(BinOp::I64Xor, a, least),
                    self.b.binary(BinOp::I64Xor, b, minus),
                );
                let any = self.b.binary(BinOp::I64Or, x, y);
                let zero = self.b.i64_const(0);
                self.b.binary(BinOp::I64Ne, any, zero)
            } else {
                let (least, minus) = (self.b.i32_const(i32::MIN), self.b.i32_const(-1));
                let (x, y) = (
                    self.b.binary(BinOp::I32Xor, a, least),
                    self.b.binary(BinOp::I32Xor, b, minus),
                );
                self.b.binary(BinOp::I32Or, x, y)
            };
            self.check_number(fits, 6, a, wasm);
        }
        self.b.binary(if wide { BinOp::I64DivS } else { BinOp::I32DivS }, a, b)
    }

    fn not_zero(&mut self, value: Value, wasm: Type) -> Value {
        match wasm {
            Type::I32 => value,
            Type::I64 => {
                let zero = self.b.i64_const(0);
                self.b.binary(BinOp::I64Ne, value, zero)
            }
            Type::F32 => {
                let zero = self.b.f32_const(0.0);
                self.b.binary(BinOp::F32Ne, value, zero)
            }
            Type::F64 => {
                let zero = self.b.f64_const(0.0);
                self.b.binary(BinOp::F64Ne, value, zero)
            }
        }
    }

    /// A condition: an i32 that is not zero when it holds; comparisons give 0 or 1.
    pub(super) fn truth(&mut self, expr: &Expr) -> Value {
        match &expr.kind {
            Kind::Compare(op, a, b) => self.compare(*op, a, b),
            // Of two comparisons, which are 0 or 1 here and 0 or -1 there.
            Kind::Arith(op @ (Arith::And | Arith::Or), a, b) if is_boolean(a) && is_boolean(b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                self.b.binary(if *op == Arith::And { BinOp::I32And } else { BinOp::I32Or }, a, b)
            }
            Kind::Not(inner) if is_boolean(inner) => {
                let inner = self.truth(inner);
                self.b.unary(UnOp::I32Eqz, inner)
            }
            _ => {
                let value = self.value(expr);
                self.not_zero(value, expr.ty.wasm())
            }
        }
    }

    fn compare(&mut self, op: BinaryOp, a: &Expr, b: &Expr) -> Value {
        let values = self.operands(&[a, b]);
        if a.ty.is_text() {
            let (symbol, result) = self.lower.import("basic_str_cmp");
            let order = self.b.call(symbol, result, &values).expect("an order");
            let zero = self.b.i32_const(0);
            return self.b.binary(comparison(op, Type::I32), order, zero);
        }
        self.b.binary(comparison(op, a.ty.wasm()), values[0], values[1])
    }

    /// Calls a procedure; strings that it gets are its own, or stay ours until the statement ends.
    pub(super) fn call(&mut self, proc: ProcId, args: &[Arg]) -> Value {
        let callee = &self.program().procs[proc.0 as usize];
        let calls_later = |from: usize, this: &Self| {
            args[from..].iter().any(|arg| matches!(arg, Arg::Value(value) if this.has_call(value)))
        };
        let mut values = Vec::with_capacity(args.len());
        for (at, (arg, param)) in args.iter().zip(&callee.params).enumerate() {
            values.push(match (arg, param) {
                (Arg::Array(array), _) => self.pointer(*array),
                (Arg::Ref(place), _) => {
                    let (addr, offset) = self.address(place);
                    self.offset(addr, offset)
                }
                (Arg::Value(value), ParamKind::Ref(var)) => {
                    let ty = self.var_type(*var);
                    self.temporary(value, ty)
                }
                (Arg::Value(value), _) if value.ty.is_text() => {
                    let borrows = super::func::borrows(self.program(), proc.0 as usize, at);
                    if borrows && !calls_later(at + 1, self) {
                        self.held(value)
                    } else if borrows {
                        let value = self.owned(value);
                        self.temps.push(value);
                        value
                    } else {
                        self.owned(value)
                    }
                }
                (Arg::Value(value), _) => self.value(value),
            });
        }
        if callee.callers_line && self.can_fail(proc) {
            self.leave_line();
        }
        let symbol = self.lower.procs[proc.0 as usize];
        let result = callee.result.map(Ty::wasm);
        let value = self.b.call(symbol, result, &values);
        if !callee.library || self.can_fail(proc) {
            self.propagate();
        }
        value.unwrap_or_else(|| self.b.i32_const(0))
    }

    /// Whether a procedure of the library may raise an error.
    fn can_fail(&self, proc: ProcId) -> bool {
        // Those that neither format nor look anything up are named here by what they call.
        !matches!(self.program().procs[proc.0 as usize].name.as_str(), "LIB_SHOW" | "LIB_WAIT")
    }

    fn has_call(&self, expr: &Expr) -> bool {
        !matches!(expr.kind, Kind::Number(_) | Kind::Text(_) | Kind::Load(_))
    }

    /// A value in memory, for a parameter by reference.
    fn temporary(&mut self, value: &Expr, ty: Ty) -> Value {
        let slot = self.b.add_slot(8, 8);
        let bits = if ty == Ty::Str { self.owned(value) } else { self.value(value) };
        let addr = self.b.slot_addr(slot, 0);
        self.store_bits(addr, 0, ty, bits);
        if ty == Ty::Str {
            self.string_slots.push(slot);
        }
        addr
    }

    /// Puts arguments into the argument block; its address.
    pub(super) fn store_args(&mut self, values: &[(Value, Type)]) -> Value {
        let block = self.b.i32_const(memory_map::POOL_END as i32);
        let mut packing = Packing::new();
        for &(value, ty) in values {
            let (value, ty, val) = match ty {
                Type::F32 => (self.b.unary(UnOp::F64PromoteF32, value), Type::F64, ValType::F64),
                Type::F64 => (value, ty, ValType::F64),
                Type::I64 => (value, ty, ValType::I64),
                Type::I32 => (value, ty, ValType::I32),
            };
            let at = packing.place(val);
            let op = match ty {
                Type::I32 => StoreOp::I32Store,
                Type::I64 => StoreOp::I64Store,
                _ => StoreOp::F64Store,
            };
            self.b.store(op, block, value, at);
        }
        block
    }

    fn intrinsic(&mut self, op: Intrinsic, args: &[Expr]) -> Value {
        match op {
            Intrinsic::Sqrt => self.float_op(&args[0], UnOp::F32Sqrt, UnOp::F64Sqrt),
            Intrinsic::Floor => self.float_op(&args[0], UnOp::F32Floor, UnOp::F64Floor),
            Intrinsic::Ceil => self.float_op(&args[0], UnOp::F32Ceil, UnOp::F64Ceil),
            Intrinsic::Trunc => self.float_op(&args[0], UnOp::F32Trunc, UnOp::F64Trunc),
            Intrinsic::Bits => {
                self.float_op(&args[0], UnOp::I32ReinterpretF32, UnOp::I64ReinterpretF64)
            }
            Intrinsic::FromBits => {
                let value = self.value(&args[0]);
                let wide = args[0].ty == Ty::I64;
                let op = if wide { UnOp::F64ReinterpretI64 } else { UnOp::F32ReinterpretI32 };
                self.b.unary(op, value)
            }
            Intrinsic::Abs => self.abs(&args[0]),
            Intrinsic::Sgn => self.sgn(&args[0]),
            Intrinsic::Position => {
                let value = self.value(&args[0]);
                self.saturate(value, args[0].ty)
            }
            Intrinsic::Clamp => {
                let v: Vec<Value> = args.iter().map(|arg| self.value(arg)).collect();
                let below = self.b.binary(BinOp::I32LtS, v[0], v[1]);
                let low = self.b.select(v[1], v[0], below);
                let above = self.b.binary(BinOp::I32GtS, low, v[2]);
                self.b.select(v[2], low, above)
            }
            Intrinsic::Scale => self.scale(args),
            Intrinsic::Peek => {
                let at = self.value(&args[0]);
                self.b.load(LoadOp::I32Load8U, at, 0)
            }
            Intrinsic::Poke => {
                let (at, byte) = (self.value(&args[0]), self.value(&args[1]));
                self.b.store(StoreOp::I32Store8, at, byte, 0);
                self.b.i32_const(0)
            }
            Intrinsic::Address => self.held(&args[0]),
            Intrinsic::Buffer => {
                let symbol = self.lower.buffer();
                self.b.symbol_addr(symbol, 0)
            }
            Intrinsic::Scan => self.scan(&args[0]),
            Intrinsic::Put => {
                self.put(&args[0]);
                self.b.i32_const(0)
            }
            Intrinsic::Handle | Intrinsic::SetHandle => self.channel(op, args),
            Intrinsic::Err => self.error_number(),
            Intrinsic::Erl => self.error_line(),
            Intrinsic::Catches => self.catches(),
            Intrinsic::Line => {
                let line = self.lower.library_line();
                self.b.global_get(line, Type::I32)
            }
            Intrinsic::Raise => {
                self.raise_with(&args[0], args.get(1));
                self.b.i32_const(0)
            }
            Intrinsic::Sprintf | Intrinsic::TextAt | Intrinsic::OrEmpty => {
                unreachable!("a string is no number")
            }
        }
    }

    fn scan(&mut self, text: &Expr) -> Value {
        let text = self.held(text);
        let buffer = self.lower.buffer();
        let buffer = self.b.symbol_addr(buffer, 0);
        let zero = self.b.f64_const(0.0);
        self.b.store(StoreOp::F64Store, buffer, zero, 0);
        let block = self.store_args(&[(buffer, Type::I32)]);
        let format = self.lower.literal("%lf");
        let format = self.b.symbol_addr(format, 0);
        let (symbol, result) = self.lower.import("host_sscanf");
        self.b.call(symbol, result, &[text, format, block]);
        self.b.load(LoadOp::F64Load, buffer, 0)
    }

    fn float_op(&mut self, arg: &Expr, single: UnOp, double: UnOp) -> Value {
        let value = self.value(arg);
        self.b.unary(if arg.ty == Ty::F64 { double } else { single }, value)
    }

    fn abs(&mut self, arg: &Expr) -> Value {
        let value = self.value(arg);
        match arg.ty.wasm() {
            Type::F32 => self.b.unary(UnOp::F32Abs, value),
            Type::F64 => self.b.unary(UnOp::F64Abs, value),
            Type::I64 => {
                let zero = self.b.i64_const(0);
                let negative = self.b.binary(BinOp::I64LtS, value, zero);
                let opposite = self.b.binary(BinOp::I64Sub, zero, value);
                self.b.select(opposite, value, negative)
            }
            Type::I32 => {
                let zero = self.b.i32_const(0);
                let negative = self.b.binary(BinOp::I32LtS, value, zero);
                let opposite = self.b.binary(BinOp::I32Sub, zero, value);
                self.b.select(opposite, value, negative)
            }
        }
    }

    fn sgn(&mut self, arg: &Expr) -> Value {
        let value = self.value(arg);
        let ty = arg.ty.wasm();
        let zero = self.number(Number::Int(0), arg.ty);
        let above = self.b.binary(comparison(BinaryOp::Gt, ty), value, zero);
        let below = self.b.binary(comparison(BinaryOp::Lt, ty), value, zero);
        self.b.binary(BinOp::I32Sub, above, below)
    }

    /// `(value - low) * (to high - to low) / (high - low) + to low`, in 64 bits; error 11 for an
    /// empty range.
    fn scale(&mut self, args: &[Expr]) -> Value {
        let v: Vec<Value> = args
            .iter()
            .map(|arg| {
                let value = self.value(arg);
                self.b.unary(UnOp::I64ExtendI32S, value)
            })
            .collect();
        let range = self.b.binary(BinOp::I64Sub, v[2], v[1]);
        let truth = self.not_zero(range, Type::I64);
        self.check(truth, 11);
        let at = self.b.binary(BinOp::I64Sub, v[0], v[1]);
        let target = self.b.binary(BinOp::I64Sub, v[4], v[3]);
        let product = self.b.binary(BinOp::I64Mul, at, target);
        let quotient = self.b.binary(BinOp::I64DivS, product, range);
        let sum = self.b.binary(BinOp::I64Add, quotient, v[3]);
        self.b.unary(UnOp::I32WrapI64, sum)
    }

    /// The host's handle of a channel, or a new one. The table is where ConeZ keeps it, and has the
    /// handle and one more: what is 0, as everything is at first, is not open.
    fn channel(&mut self, op: Intrinsic, args: &[Expr]) -> Value {
        let number = self.value(&args[0]);
        let one = self.b.i32_const(1);
        let index = self.b.binary(BinOp::I32Sub, number, one);
        let count = self.b.i32_const(memory_map::CHANNELS as i32);
        let inside = self.b.binary(BinOp::I32LtU, index, count);
        self.check(inside, 52);
        let two = self.b.i32_const(2);
        let bytes = self.b.binary(BinOp::I32Shl, index, two);
        let table = memory_map::POOL_END + memory_map::ARG_BLOCK_SIZE;
        if op == Intrinsic::SetHandle {
            let handle = self.value(&args[1]);
            let kept = self.b.binary(BinOp::I32Add, handle, one);
            self.b.store(StoreOp::I32Store, bytes, kept, table);
            return self.b.i32_const(0);
        }
        let kept = self.b.load(LoadOp::I32Load, bytes, table);
        self.b.binary(BinOp::I32Sub, kept, one)
    }

    /// Prints a string as it is.
    pub(super) fn put(&mut self, text: &Expr) {
        let (print, _) = self.lower.import("print_str");
        if let Kind::Text(literal) = &text.kind {
            let symbol = self.lower.literal(literal);
            let at = self.b.symbol_addr(symbol, 0);
            let len = self.b.i32_const(literal.len() as i32);
            self.b.call(print, None, &[at, len]);
            return;
        }
        let value = self.held(text);
        let (len, result) = self.lower.import("basic_str_len");
        let len = self.b.call(len, result, &[value]).expect("a length");
        self.b.call(print, None, &[value, len]);
    }

    /// Whether this is a place whose address is known to be needed.
    pub(super) fn copy_record(&mut self, to: &Place, from: &Place, size: u32) {
        let (from, at) = self.address(from);
        let from = self.offset(from, at);
        let (to, at) = self.address(to);
        let to = self.offset(to, at);
        let size = self.b.i32_const(size as i32);
        self.b.nary(wasm_common::ir::NaryOp::MemoryCopy, &[to, from, size]);
    }
}

/// Whether an expression is a comparison, or made of nothing else.
fn is_boolean(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Compare(..) => true,
        Kind::Arith(Arith::And | Arith::Or, a, b) => is_boolean(a) && is_boolean(b),
        Kind::Not(inner) => is_boolean(inner),
        _ => false,
    }
}

/// The wasm operation of a comparison.
pub(super) fn comparison(op: BinaryOp, ty: Type) -> BinOp {
    use BinOp::*;
    let row = match ty {
        Type::I32 => [I32Eq, I32Ne, I32LtS, I32GtS, I32LeS, I32GeS],
        Type::I64 => [I64Eq, I64Ne, I64LtS, I64GtS, I64LeS, I64GeS],
        Type::F32 => [F32Eq, F32Ne, F32Lt, F32Gt, F32Le, F32Ge],
        Type::F64 => [F64Eq, F64Ne, F64Lt, F64Gt, F64Le, F64Ge],
    };
    row[match op {
        BinaryOp::Eq => 0,
        BinaryOp::Ne => 1,
        BinaryOp::Lt => 2,
        BinaryOp::Gt => 3,
        BinaryOp::Le => 4,
        _ => 5,
    }]
}
