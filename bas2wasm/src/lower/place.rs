//! Places: their addresses, reading and writing them.

use super::func::Fun;
use crate::ast::NumType;
use crate::tree::{ANY_RANK, ArrayId, Expr, Kind, Number, Place, Shape, Storage, Ty};
use wasm_common::ir::{BinOp, LoadOp, StoreOp, Value};

impl Fun<'_, '_> {
    /// The type of what is at a place.
    pub(super) fn place_type(&self, place: &Place) -> Ty {
        match place {
            Place::Var(var) => self.var_type(*var),
            Place::Element(array, _) => self.program().arrays[array.0 as usize].elem,
            Place::Field(_, _, ty) => *ty,
        }
    }

    /// The address of a place in memory, and a constant to add.
    pub(super) fn address(&mut self, place: &Place) -> (Value, u32) {
        match place {
            Place::Var(var) => match self.program().vars[var.0 as usize].storage {
                Storage::Memory => {
                    let symbol = self.lower.vars[var];
                    (self.b.symbol_addr(symbol, 0), 0)
                }
                Storage::Frame => (self.b.slot_addr(self.slots[var], 0), 0),
                Storage::Reference => (self.b.get(self.locals[var]), 0),
                Storage::Local | Storage::Global => {
                    unreachable!("the address of a variable that lives in no memory")
                }
            },
            Place::Element(array, indices) => self.element(*array, indices),
            Place::Field(base, offset, _) => {
                let (addr, start) = self.address(base);
                (addr, start + offset)
            }
        }
    }

    /// Reads bits of a type that is no string in place.
    pub(super) fn load_bits(&mut self, addr: Value, offset: u32, ty: Ty) -> Value {
        let op = match ty {
            Ty::Num(NumType::I16) => LoadOp::I32Load16S,
            Ty::Num(NumType::I64) => LoadOp::I64Load,
            Ty::Num(NumType::F32) => LoadOp::F32Load,
            Ty::Num(NumType::F64) => LoadOp::F64Load,
            _ => LoadOp::I32Load,
        };
        self.b.load(op, addr, offset)
    }

    pub(super) fn store_bits(&mut self, addr: Value, offset: u32, ty: Ty, value: Value) {
        let op = match ty {
            Ty::Num(NumType::I16) => StoreOp::I32Store16,
            Ty::Num(NumType::I64) => StoreOp::I64Store,
            Ty::Num(NumType::F32) => StoreOp::F32Store,
            Ty::Num(NumType::F64) => StoreOp::F64Store,
            _ => StoreOp::I32Store,
        };
        self.b.store(op, addr, value, offset);
    }

    /// The number at a place, or the string, which stays the place's.
    pub(super) fn read(&mut self, place: &Place) -> Value {
        if let Place::Var(var) = place {
            return self.get_var(*var);
        }
        let ty = self.place_type(place);
        let (addr, offset) = self.address(place);
        let value = self.load_bits(addr, offset, ty);
        if ty != Ty::Str {
            return value;
        }
        // Elements and fields start as 0.
        let empty = self.empty();
        self.b.select(value, empty, value)
    }

    /// Stores a value; a string becomes the place's own, and its old one is freed.
    pub(super) fn write(&mut self, place: &Place, value: &Expr) {
        match self.place_type(place) {
            Ty::Str => {
                let new = self.owned(value);
                if let Place::Var(var) = place {
                    let old = self.get_var(*var);
                    self.set_var(*var, new);
                    return self.free(old);
                }
                let (addr, offset) = self.address(place);
                let old = self.b.load(LoadOp::I32Load, addr, offset);
                self.b.store(StoreOp::I32Store, addr, new, offset);
                self.free(old);
            }
            Ty::Fixed(length) => {
                let text = self.held(value);
                let (addr, offset) = self.address(place);
                let addr = self.offset(addr, offset);
                let length = self.b.i32_const(length as i32);
                let symbol = self.lower.fixed_store();
                self.b.call(symbol, None, &[addr, length, text]);
            }
            ty => {
                let value = self.value(value);
                if let Place::Var(var) = place {
                    return self.set_var(*var, value);
                }
                let (addr, offset) = self.address(place);
                self.store_bits(addr, offset, ty, value);
            }
        }
    }

    pub(super) fn offset(&mut self, addr: Value, offset: u32) -> Value {
        let offset = self.b.i32_const(offset as i32);
        self.b.binary(BinOp::I32Add, addr, offset)
    }

    /// The address of an element: every subscript is checked.
    fn element(&mut self, array: ArrayId, indices: &[Expr]) -> (Value, u32) {
        let info = &self.program().arrays[array.0 as usize];
        let size = self.lower.size_of(info.elem);
        if let Shape::Fixed(bounds) = &info.shape {
            return self.fixed_element(array, bounds, indices, size);
        }
        let base = self.existing(array, indices.len());
        if info.rank == ANY_RANK {
            let rank = self.b.load(LoadOp::I32Load, base, 0);
            let count = self.b.i32_const(indices.len() as i32);
            let same = self.b.binary(BinOp::I32Eq, rank, count);
            self.check(same, 9);
        }
        let mut at: Option<Value> = None;
        for (dimension, index) in indices.iter().enumerate() {
            let index = self.value(index);
            let low = self.lower_bound(array, base, dimension);
            let high = self.b.load(LoadOp::I32Load, base, 4 + 4 * dimension as u32);
            let relative = self.b.binary(BinOp::I32Sub, index, low);
            let last = self.b.binary(BinOp::I32Sub, high, low);
            let inside = self.b.binary(BinOp::I32LeU, relative, last);
            self.check_subscript(inside, index, low, high);
            at = Some(match at {
                None => relative,
                Some(at) => {
                    let one = self.b.i32_const(1);
                    let count = self.b.binary(BinOp::I32Add, last, one);
                    let row = self.b.binary(BinOp::I32Mul, at, count);
                    self.b.binary(BinOp::I32Add, row, relative)
                }
            });
        }
        let at = at.unwrap_or_else(|| self.b.i32_const(0));
        let bytes = self.scaled(at, size);
        (self.b.binary(BinOp::I32Add, base, bytes), 4 + 4 * indices.len() as u32)
    }

    fn fixed_element(
        &mut self,
        array: ArrayId,
        bounds: &[(i32, i32)],
        indices: &[Expr],
        size: u32,
    ) -> (Value, u32) {
        let mut at = self.b.i32_const(0);
        // What the lower bounds take off is constant.
        let mut origin = 0i32;
        for (index, &(low, high)) in indices.iter().zip(bounds) {
            let known = match index.kind {
                Kind::Number(Number::Int(value)) => {
                    i64::from(low) <= value && value <= i64::from(high)
                }
                _ => false,
            };
            let value = self.value(index);
            if !known {
                let low_value = self.b.i32_const(low);
                let last = self.b.i32_const(high.wrapping_sub(low));
                let relative = self.b.binary(BinOp::I32Sub, value, low_value);
                let inside = self.b.binary(BinOp::I32LeU, relative, last);
                let high_value = self.b.i32_const(high);
                self.check_subscript(inside, value, low_value, high_value);
            }
            let count = high.wrapping_sub(low).wrapping_add(1);
            let count_value = self.b.i32_const(count);
            let row = self.b.binary(BinOp::I32Mul, at, count_value);
            at = self.b.binary(BinOp::I32Add, row, value);
            origin = origin.wrapping_mul(count).wrapping_add(low);
        }
        let bytes = self.scaled(at, size);
        let header = 4 * (1 + 2 * bounds.len() as i32);
        let start = header.wrapping_sub(origin.wrapping_mul(size as i32));
        let symbol = self.lower.arrays[&array];
        let base = self.b.symbol_addr(symbol, start);
        (self.b.binary(BinOp::I32Add, base, bytes), 0)
    }

    fn scaled(&mut self, index: Value, size: u32) -> Value {
        if size.is_power_of_two() {
            let shift = self.b.i32_const(size.trailing_zeros() as i32);
            return self.b.binary(BinOp::I32Shl, index, shift);
        }
        let size = self.b.i32_const(size as i32);
        self.b.binary(BinOp::I32Mul, index, size)
    }
}
