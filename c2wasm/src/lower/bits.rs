//! Bit-fields: the unit that holds one is read and written as a whole; one that no unit of its
//! record holds, byte by byte.

use super::function::Lowering;
use super::place::Memory;
use super::types::ir_type;
use crate::types::{BitField, Ty};
use wasm_common::ir::{BinOp, LoadOp, StoreOp, Type, UnOp, Value};

impl Lowering<'_> {
    /// The unit that holds the bits, zero-extended, and its type.
    fn load_unit(&mut self, memory: Memory, bits: BitField) -> (Value, Type) {
        let (op, ty) = match bits.unit {
            1 => (LoadOp::I32Load8U, Type::I32),
            2 => (LoadOp::I32Load16U, Type::I32),
            4 => (LoadOp::I32Load, Type::I32),
            _ => (LoadOp::I64Load, Type::I64),
        };
        (self.load(op, memory), ty)
    }

    pub(super) fn load_bits(&mut self, memory: Memory, bits: BitField, ty: Ty) -> Value {
        let signed = self.types().is_signed(ty);
        let (field, from) = if bits.unit == 0 {
            let (field, from) = self.load_bytes(memory, bits);
            (self.low_bits(field, from, bits, signed), from)
        } else {
            let (unit, from) = self.load_unit(memory, bits);
            (self.extract(unit, from, bits, signed), from)
        };
        self.fit(field, from, ty)
    }

    /// The bits from the bottom on, with others above them.
    fn load_bytes(&mut self, memory: Memory, bits: BitField) -> (Value, Type) {
        let ty = bytes_type(bits);
        let or = if ty == Type::I64 { BinOp::I64Or } else { BinOp::I32Or };
        let mut sum = None;
        for part in parts(bits) {
            let at = Memory { offset: memory.offset + part.byte, ..memory };
            let byte = self.load(LoadOp::I32Load8U, at);
            let byte = self.resize(byte, Type::I32, ty, false);
            let down = self.shift(byte, ty, part.shift, BinOp::I32ShrU, BinOp::I64ShrU);
            let moved = self.shift(down, ty, part.from, BinOp::I32Shl, BinOp::I64Shl);
            sum = Some(match sum {
                Some(sum) => self.builder.binary(or, sum, moved),
                None => moved,
            });
        }
        (sum.unwrap_or_else(|| self.builder.i32_const(0)), ty)
    }

    fn store_bytes(&mut self, memory: Memory, bits: BitField, value: Value, ty: Type) {
        for part in parts(bits) {
            let down = self.shift(value, ty, part.from, BinOp::I32ShrU, BinOp::I64ShrU);
            let down = self.resize(down, ty, Type::I32, false);
            let at = Memory { offset: memory.offset + part.byte, ..memory };
            let bits = BitField { width: part.width, shift: part.shift as u8, unit: 1 };
            self.store_unit(at, bits, down, Type::I32);
        }
    }

    /// The bits of a unit, extended: shifted up to the top, then down.
    fn extract(&mut self, unit: Value, unit_ty: Type, bits: BitField, signed: bool) -> Value {
        let total = unit_ty.size() * 8;
        let (width, shift) = (u32::from(bits.width), u32::from(bits.shift));
        if !signed && shift == 0 && width == u32::from(bits.unit) * 8 {
            return unit;
        }
        let up = self.shift(unit, unit_ty, total - width - shift, BinOp::I32Shl, BinOp::I64Shl);
        let (narrow, wide) = match signed {
            true => (BinOp::I32ShrS, BinOp::I64ShrS),
            false => (BinOp::I32ShrU, BinOp::I64ShrU),
        };
        self.shift(up, unit_ty, total - width, narrow, wide)
    }

    fn shift(&mut self, value: Value, ty: Type, count: u32, narrow: BinOp, wide: BinOp) -> Value {
        if count == 0 {
            return value;
        }
        if ty == Type::I64 {
            let count = self.builder.i64_const(i64::from(count));
            return self.builder.binary(wide, value, count);
        }
        let count = self.builder.i32_const(count as i32);
        self.builder.binary(narrow, value, count)
    }

    /// An integer in the other width.
    fn resize(&mut self, value: Value, from: Type, to: Type, signed: bool) -> Value {
        match (from, to) {
            (Type::I64, Type::I32) => self.builder.unary(UnOp::I32WrapI64, value),
            (Type::I32, Type::I64) if signed => self.builder.unary(UnOp::I64ExtendI32S, value),
            (Type::I32, Type::I64) => self.builder.unary(UnOp::I64ExtendI32U, value),
            _ => value,
        }
    }

    fn fit(&mut self, field: Value, from: Type, ty: Ty) -> Value {
        let to = ir_type(self.types(), ty);
        self.resize(field, from, to, self.types().is_signed(ty))
    }

    pub(super) fn store_bits(
        &mut self,
        memory: Memory,
        bits: BitField,
        ty: Ty,
        value: Value,
    ) -> Value {
        let from = ir_type(self.types(), ty);
        let unit_ty = match bits.unit {
            0 => bytes_type(bits),
            8 => Type::I64,
            _ => Type::I32,
        };
        let wide = self.resize(value, from, unit_ty, self.types().is_signed(ty));
        match bits.unit {
            0 => self.store_bytes(memory, bits, wide, unit_ty),
            _ => self.store_unit(memory, bits, wide, unit_ty),
        }
        // The value of the assignment is what the field can hold.
        let field = self.low_bits(wide, unit_ty, bits, self.types().is_signed(ty));
        self.resize(field, unit_ty, from, self.types().is_signed(ty))
    }

    /// Puts the low bits of `value` into their unit.
    fn store_unit(&mut self, memory: Memory, bits: BitField, value: Value, ty: Type) {
        let (width, shift) = (u32::from(bits.width), u32::from(bits.shift));
        let whole = shift == 0 && width == u32::from(bits.unit) * 8;
        let new = if whole {
            value
        } else {
            let mask = (u64::MAX >> (64 - width)) << shift;
            let (old, _) = self.load_unit(memory, bits);
            let old = self.and(old, ty, !mask);
            let moved = self.shift(value, ty, shift, BinOp::I32Shl, BinOp::I64Shl);
            let moved = self.and(moved, ty, mask);
            let or = if ty == Type::I64 { BinOp::I64Or } else { BinOp::I32Or };
            self.builder.binary(or, old, moved)
        };
        let op = match bits.unit {
            1 => StoreOp::I32Store8,
            2 => StoreOp::I32Store16,
            4 => StoreOp::I32Store,
            _ => StoreOp::I64Store,
        };
        self.store(op, memory, new);
    }

    fn low_bits(&mut self, value: Value, ty: Type, bits: BitField, signed: bool) -> Value {
        let total = ty.size() * 8;
        let spare = total - u32::from(bits.width);
        let up = self.shift(value, ty, spare, BinOp::I32Shl, BinOp::I64Shl);
        match signed {
            true => self.shift(up, ty, spare, BinOp::I32ShrS, BinOp::I64ShrS),
            false => self.shift(up, ty, spare, BinOp::I32ShrU, BinOp::I64ShrU),
        }
    }

    fn and(&mut self, value: Value, ty: Type, mask: u64) -> Value {
        if ty == Type::I64 {
            let mask = self.builder.i64_const(mask as i64);
            return self.builder.binary(BinOp::I64And, value, mask);
        }
        let mask = self.builder.i32_const(mask as u32 as i32);
        self.builder.binary(BinOp::I32And, value, mask)
    }
}

/// The type in which the bytes of a field come together.
fn bytes_type(bits: BitField) -> Type {
    if bits.width > 32 { Type::I64 } else { Type::I32 }
}

/// What one byte holds of a bit-field.
struct Part {
    /// Which byte, from the field's first.
    byte: u32,
    /// Where it lies in the byte.
    shift: u32,
    width: u8,
    /// The field's bit that comes first.
    from: u32,
}

fn parts(bits: BitField) -> impl Iterator<Item = Part> {
    let (first, end) = (u32::from(bits.shift), u32::from(bits.shift + bits.width));
    (first / 8..end.div_ceil(8)).map(move |byte| {
        let low = (byte * 8).max(first);
        let high = (byte * 8 + 8).min(end);
        Part { byte, shift: low % 8, width: (high - low) as u8, from: low - first }
    })
}
