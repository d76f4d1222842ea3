//! Arrays: their headers, DIM, REDIM, ERASE.
//!
//! A header in memory is `[lower n] .. [lower 1] [rank] [upper 1] .. [upper n]`, then elements in
//! row-major order. A pointer to an array points at the rank, which is where the device's own array
//! begins; the lower bounds in front of it are ours.

use super::func::Fun;
use crate::ast::NumType;
use crate::tree::{ArrayId, Expr, Kind, Number, Place, Shape, Storage, Ty, Users, VarId};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::ir::{BinOp, LoadOp, NaryOp, StoreOp, Type, UnOp, Value};

impl Fun<'_, '_> {
    /// The pointer to an array: 0 while a dynamic one has no elements.
    pub(super) fn pointer(&mut self, array: ArrayId) -> Value {
        let info = &self.program().arrays[array.0 as usize];
        if let Shape::Fixed(bounds) = &info.shape {
            let symbol = self.lower.arrays[&array];
            return self.b.symbol_addr(symbol, 4 * bounds.len() as i32);
        }
        if let Some(&variable) = self.pointers.get(&array) {
            return self.b.get(variable);
        }
        let symbol = self.lower.arrays[&array];
        self.b.global_get(symbol, Type::I32)
    }

    fn set_pointer(&mut self, array: ArrayId, value: Value) {
        if let Some(&variable) = self.pointers.get(&array) {
            self.b.def(variable, value);
        } else {
            let symbol = self.lower.arrays[&array];
            self.b.global_set(symbol, value);
        }
    }

    /// The pointer to an array of `rank` dimensions that is used: made now if it may be.
    pub(super) fn existing(&mut self, array: ArrayId, rank: usize) -> Value {
        let base = self.pointer(array);
        let info = &self.program().arrays[array.0 as usize];
        if !info.implicit {
            self.check_exists(base);
            return base;
        }
        let bound = |value| Expr::new(Ty::I32, Kind::Number(Number::Int(value)));
        let low = i64::from(info.lower.unwrap_or(0));
        let bounds: Vec<(Expr, Expr)> = (0..rank).map(|_| (bound(low), bound(10))).collect();
        let (make, go) = (self.b.create_block(), self.b.create_block());
        self.b.branch(base, go, make);
        self.b.switch_to(make);
        self.dim(array, &bounds, false);
        self.b.jump(go);
        self.b.switch_to(go);
        self.pointer(array)
    }

    /// Stops the program when an array has no elements.
    pub(super) fn check_exists(&mut self, base: Value) {
        self.check(base, 9);
    }

    pub(super) fn lower_bound(&mut self, array: ArrayId, base: Value, dimension: usize) -> Value {
        if let Some(lower) = self.program().arrays[array.0 as usize].lower {
            return self.b.i32_const(lower);
        }
        let back = self.b.i32_const(4 * (dimension as i32 + 1));
        let at = self.b.binary(BinOp::I32Sub, base, back);
        self.b.load(LoadOp::I32Load, at, 0)
    }

    /// LBOUND and UBOUND.
    pub(super) fn bound(&mut self, array: ArrayId, dimension: &Expr, upper: bool) -> Value {
        let base = self.pointer(array);
        self.check_exists(base);
        let dimension = self.value(dimension);
        let rank = self.b.load(LoadOp::I32Load, base, 0);
        let one = self.b.i32_const(1);
        let zero_based = self.b.binary(BinOp::I32Sub, dimension, one);
        let inside = self.b.binary(BinOp::I32LtU, zero_based, rank);
        self.check_subscript(inside, dimension, one, rank);
        let two = self.b.i32_const(2);
        let bytes = self.b.binary(BinOp::I32Shl, dimension, two);
        let op = if upper { BinOp::I32Add } else { BinOp::I32Sub };
        let at = self.b.binary(op, base, bytes);
        self.b.load(LoadOp::I32Load, at, 0)
    }

    /// DIM or REDIM of a dynamic array: a new block, the old one's elements if they are to be kept.
    pub(super) fn dim(&mut self, array: ArrayId, bounds: &[(Expr, Expr)], preserve: bool) {
        let elem = self.program().arrays[array.0 as usize].elem;
        let size = self.lower.size_of(elem);
        let pairs: Vec<(Value, Value)> =
            bounds.iter().map(|(low, high)| (self.value(low), self.value(high))).collect();
        let bytes = self.array_bytes(&pairs, size);
        if !preserve {
            self.free_array(array);
        }
        let (calloc, _) = self.lower.import("calloc");
        let one = self.b.i32_const(1);
        let block = self.b.call(calloc, Some(Type::I32), &[one, bytes]).expect("calloc's result");
        self.check_number(block, 7, bytes, Type::I32);
        let base = self.offset(block, 4 * pairs.len() as u32);
        for (at, &(low, high)) in pairs.iter().enumerate() {
            let back = self.b.i32_const(4 * (at as i32 + 1));
            let place = self.b.binary(BinOp::I32Sub, base, back);
            self.b.store(StoreOp::I32Store, place, low, 0);
            self.b.store(StoreOp::I32Store, base, high, 4 + 4 * at as u32);
        }
        let rank = self.b.i32_const(pairs.len() as i32);
        self.b.store(StoreOp::I32Store, base, rank, 0);
        if preserve {
            let old = self.pointer(array);
            let size = self.b.i32_const(size as i32);
            let symbol = self.lower.preserve();
            self.b.call(symbol, None, &[old, base, size]);
            self.free_array(array);
        }
        self.set_pointer(array, base);
    }

    /// Bytes of header and elements; error 9 for bounds the wrong way round, 7 when it is too much.
    fn array_bytes(&mut self, pairs: &[(Value, Value)], size: u32) -> Value {
        let mut total = self.b.i64_const(i64::from(size));
        for &(first, last) in pairs {
            let (low, high) =
                (self.b.unary(UnOp::I64ExtendI32S, first), self.b.unary(UnOp::I64ExtendI32S, last));
            let one = self.b.i64_const(1);
            let span = self.b.binary(BinOp::I64Sub, high, low);
            let count = self.b.binary(BinOp::I64Add, span, one);
            let zero = self.b.i64_const(0);
            let sensible = self.b.binary(BinOp::I64GtS, count, zero);
            self.check_subscript(sensible, last, first, last);
            // Below 2^24 so far, times at most 2^32.
            total = self.b.binary(BinOp::I64Mul, total, count);
            let limit = self.b.i64_const(1 << 24);
            let fits = self.b.binary(BinOp::I64LtS, total, limit);
            self.check_number(fits, 7, total, Type::I64);
        }
        let total = self.b.unary(UnOp::I32WrapI64, total);
        self.offset(total, 4 + 8 * pairs.len() as u32)
    }

    /// ERASE of a dynamic array: its strings, then its block.
    pub(super) fn free_array(&mut self, array: ArrayId) {
        let base = self.pointer(array);
        let text = self.program().arrays[array.0 as usize].elem == Ty::Str;
        let flag = self.b.i32_const(i32::from(text));
        let symbol = self.lower.free_array();
        self.b.call(symbol, None, &[base, flag]);
        let zero = self.b.i32_const(0);
        self.set_pointer(array, zero);
    }

    /// CLEAR.
    pub(super) fn clear_all(&mut self) {
        let me = self.me();
        for (at, var) in self.program().vars.iter().enumerate() {
            let ours = match var.users {
                Users::Owner(proc) | Users::One(proc) => proc == me,
                Users::None => false,
                Users::Many => true,
            };
            let kind = match var.ty {
                Ty::Str => Kind::Text(String::new()),
                Ty::Num(NumType::F32 | NumType::F64) => Kind::Number(Number::Float(0.0)),
                Ty::Num(_) => Kind::Number(Number::Int(0)),
                Ty::Fixed(_) | Ty::Record(_) => continue,
            };
            let zero = Expr::new(var.ty, kind);
            if ours && var.storage != Storage::Reference {
                self.write(&Place::Var(VarId(at as u32)), &zero);
            }
        }
        for (at, array) in self.program().arrays.iter().enumerate() {
            match array.shape {
                Shape::Fixed(_) => self.clear_array(ArrayId(at as u32)),
                Shape::Dynamic if array.users.owner().is_none() => {
                    self.free_array(ArrayId(at as u32));
                }
                _ => {}
            }
        }
        if self.program().uses_gosub {
            let pointer = self.lower.gosub_pointer();
            let none = self.b.i32_const(0);
            self.b.global_set(pointer, none);
        }
    }

    /// Clears a static array: a DIM that runs again, or ERASE.
    pub(super) fn clear_array(&mut self, array: ArrayId) {
        let info = &self.program().arrays[array.0 as usize];
        let Shape::Fixed(bounds) = &info.shape else { return };
        let count: u32 =
            bounds.iter().map(|&(l, h)| (h.wrapping_sub(l) + 1).max(0) as u32).product();
        let bytes = count * self.lower.size_of(info.elem);
        let base = self.pointer(array);
        if info.elem == Ty::Str {
            let symbol = self.lower.free_strings();
            self.b.call(symbol, None, &[base]);
        }
        let start = self.offset(base, 4 + 4 * bounds.len() as u32);
        let (zero, bytes) = (self.b.i32_const(0), self.b.i32_const(bytes as i32));
        self.b.nary(NaryOp::MemoryFill, &[start, zero, bytes]);
    }
}
