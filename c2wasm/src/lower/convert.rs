//! Conversions between scalars (C11 6.3.1, 6.3.2.3).

use super::function::Lowering;
use super::types::ir_type;
use crate::types::Ty;
use wasm_common::ir::{BinOp, Type, UnOp, Value};

impl Lowering<'_> {
    /// `value` of type `from` as `to`. Floating values that no integer holds saturate.
    pub(super) fn convert_value(&mut self, value: Value, from: Ty, to: Ty) -> Value {
        if from == to {
            return value;
        }
        if to == Ty::BOOL {
            return if from == Ty::BOOL { value } else { self.is_not_zero(value) };
        }
        let types = self.types();
        let (a, b) = (ir_type(types, from), ir_type(types, to));
        let (from_signed, to_signed) = (types.is_signed(from), types.is_signed(to));
        let (a_float, b_float) = (!a.is_int(), !b.is_int());
        if a_float && b_float {
            return super::adapter::convert(&mut self.builder, value, a, b);
        }
        if a_float {
            // Narrow types go through int, which holds all their values.
            let signed = to_signed || types.bits(to) < 32;
            let op = match (a, b, signed) {
                (Type::F32, Type::I32, true) => UnOp::I32TruncSatF32S,
                (Type::F32, Type::I32, false) => UnOp::I32TruncSatF32U,
                (Type::F64, Type::I32, true) => UnOp::I32TruncSatF64S,
                (Type::F64, Type::I32, false) => UnOp::I32TruncSatF64U,
                (Type::F32, _, true) => UnOp::I64TruncSatF32S,
                (Type::F32, _, false) => UnOp::I64TruncSatF32U,
                (_, _, true) => UnOp::I64TruncSatF64S,
                (_, _, false) => UnOp::I64TruncSatF64U,
            };
            let value = self.builder.unary(op, value);
            return self.narrow(value, to);
        }
        if b_float {
            let op = match (a, b, from_signed) {
                (Type::I32, Type::F32, true) => UnOp::F32ConvertI32S,
                (Type::I32, Type::F32, false) => UnOp::F32ConvertI32U,
                (Type::I32, _, true) => UnOp::F64ConvertI32S,
                (Type::I32, _, false) => UnOp::F64ConvertI32U,
                (_, Type::F32, true) => UnOp::F32ConvertI64S,
                (_, Type::F32, false) => UnOp::F32ConvertI64U,
                (_, _, true) => UnOp::F64ConvertI64S,
                (_, _, false) => UnOp::F64ConvertI64U,
            };
            return self.builder.unary(op, value);
        }
        let value = match (a, b) {
            (Type::I32, Type::I64) if from_signed => self.builder.unary(UnOp::I64ExtendI32S, value),
            (Type::I32, Type::I64) => self.builder.unary(UnOp::I64ExtendI32U, value),
            (Type::I64, Type::I32) => self.builder.unary(UnOp::I32WrapI64, value),
            _ => value,
        };
        // A value that the narrow type holds already stays.
        let types = self.types();
        let fits = types.bits(from) < types.bits(to) && (!from_signed || to_signed)
            || (types.bits(from) == types.bits(to) && from_signed == to_signed);
        if fits { value } else { self.narrow(value, to) }
    }

    /// An i32 cut and extended as a narrow type says.
    fn narrow(&mut self, value: Value, to: Ty) -> Value {
        let types = self.types();
        if !types.is_integer(to) {
            return value;
        }
        match (types.bits(to), types.is_signed(to)) {
            (8, true) => self.builder.unary(UnOp::I32Extend8S, value),
            (16, true) => self.builder.unary(UnOp::I32Extend16S, value),
            (bits @ (8 | 16), false) => {
                let mask = self.builder.i32_const((1 << bits) - 1);
                self.builder.binary(BinOp::I32And, value, mask)
            }
            _ => value,
        }
    }

    /// 1 if a scalar is not 0, else 0.
    pub(super) fn is_not_zero(&mut self, value: Value) -> Value {
        match self.builder.ty(value).unwrap_or(Type::I32) {
            Type::I32 => {
                let zero = self.builder.i32_const(0);
                self.builder.binary(BinOp::I32Ne, value, zero)
            }
            Type::I64 => {
                let zero = self.builder.i64_const(0);
                self.builder.binary(BinOp::I64Ne, value, zero)
            }
            Type::F32 => {
                let zero = self.builder.f32_const(0.0);
                self.builder.binary(BinOp::F32Ne, value, zero)
            }
            Type::F64 => {
                let zero = self.builder.f64_const(0.0);
                self.builder.binary(BinOp::F64Ne, value, zero)
            }
        }
    }
}
