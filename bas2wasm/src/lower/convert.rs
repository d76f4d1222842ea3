//! Number to number. A float that no integer can hold is error 6, never a wrong number.

use super::func::Fun;
use crate::ast::NumType;
use crate::dialect::Rounding;
use crate::tree::Ty;
use wasm_common::ir::{BinOp, Type, UnOp, Value};

impl Fun<'_, '_> {
    /// Converts.
    pub(super) fn convert(&mut self, value: Value, from: Ty, to: Ty, round: Rounding) -> Value {
        let (source, target) = (from.wasm(), to.wasm());
        let value = match (source, target) {
            (Type::I32, Type::I32) | (Type::I64, Type::I64) => value,
            (Type::F32, Type::F32) | (Type::F64, Type::F64) => value,
            (Type::I32, Type::I64) => self.b.unary(UnOp::I64ExtendI32S, value),
            (Type::I64, Type::I32) => self.b.unary(UnOp::I32WrapI64, value),
            (Type::I32, Type::F32) => self.b.unary(UnOp::F32ConvertI32S, value),
            (Type::I32, Type::F64) => self.b.unary(UnOp::F64ConvertI32S, value),
            (Type::I64, Type::F32) => self.b.unary(UnOp::F32ConvertI64S, value),
            (Type::I64, Type::F64) => self.b.unary(UnOp::F64ConvertI64S, value),
            (Type::F32, Type::F64) => self.b.unary(UnOp::F64PromoteF32, value),
            (Type::F64, Type::F32) => {
                let single = self.b.unary(UnOp::F32DemoteF64, value);
                self.finite(Type::F32, single)
            }
            (Type::F32, Type::I32 | Type::I64) => self.single_to_int(value, target, round),
            (Type::F64, Type::I32 | Type::I64) => self.double_to_int(value, target, round),
        };
        if to == Ty::Num(NumType::I16) && from != to {
            self.check_short(value);
        }
        value
    }

    /// A float as the nearest i32, without an error: what is too large is the largest there is, for
    /// what checks its own range.
    pub(super) fn saturate(&mut self, value: Value, from: Ty) -> Value {
        let round = self.program().rounding;
        if from == Ty::F32 {
            let whole = self.single_to_whole(value, round);
            return self.b.unary(UnOp::I32TruncSatF32S, whole);
        }
        let whole = self.double_to_whole(value, round);
        self.b.unary(UnOp::I32TruncSatF64S, whole)
    }

    /// What truncates to the integer that the dialect makes of the float.
    fn single_to_whole(&mut self, value: Value, round: Rounding) -> Value {
        match round {
            Rounding::Truncate => value,
            Rounding::Even => self.b.unary(UnOp::F32Nearest, value),
            Rounding::Away => {
                let half = self.b.f32_const(0.5);
                let half = self.b.binary(BinOp::F32Copysign, half, value);
                self.b.binary(BinOp::F32Add, value, half)
            }
            Rounding::Up => {
                let half = self.b.f32_const(0.5);
                let sum = self.b.binary(BinOp::F32Add, value, half);
                self.b.unary(UnOp::F32Floor, sum)
            }
        }
    }

    /// As `single_to_whole`.
    fn double_to_whole(&mut self, value: Value, round: Rounding) -> Value {
        match round {
            Rounding::Truncate => value,
            Rounding::Even => self.b.unary(UnOp::F64Nearest, value),
            Rounding::Away => {
                let half = self.b.f64_const(0.5);
                let half = self.b.binary(BinOp::F64Copysign, half, value);
                self.b.binary(BinOp::F64Add, value, half)
            }
            Rounding::Up => {
                let half = self.b.f64_const(0.5);
                let sum = self.b.binary(BinOp::F64Add, value, half);
                self.b.unary(UnOp::F64Floor, sum)
            }
        }
    }

    fn single_to_int(&mut self, value: Value, target: Type, round: Rounding) -> Value {
        let whole = self.single_to_whole(value, round);
        let (low, high, op) = match target {
            Type::I64 => (-9.223_373e18, 9.223_372e18_f32, UnOp::I64TruncF32S),
            _ => (-2_147_483_904.0, 2_147_483_648.0, UnOp::I32TruncF32S),
        };
        let high = if target == Type::I64 { 9_223_372_036_854_775_808.0 } else { high };
        let (low, high) = (self.b.f32_const(low), self.b.f32_const(high));
        let above = self.b.binary(BinOp::F32Gt, whole, low);
        let below = self.b.binary(BinOp::F32Lt, whole, high);
        let fits = self.b.binary(BinOp::I32And, above, below);
        self.check_number(fits, 6, value, Type::F32);
        self.b.unary(op, whole)
    }

    fn double_to_int(&mut self, value: Value, target: Type, round: Rounding) -> Value {
        let whole = self.double_to_whole(value, round);
        let (low, high, op) = match target {
            Type::I64 => {
                (-9_223_372_036_854_777_856.0, 9_223_372_036_854_775_808.0, UnOp::I64TruncF64S)
            }
            _ => (-2_147_483_649.0, 2_147_483_648.0, UnOp::I32TruncF64S),
        };
        let (low, high) = (self.b.f64_const(low), self.b.f64_const(high));
        let above = self.b.binary(BinOp::F64Gt, whole, low);
        let below = self.b.binary(BinOp::F64Lt, whole, high);
        let fits = self.b.binary(BinOp::I32And, above, below);
        self.check_number(fits, 6, value, Type::F64);
        self.b.unary(op, whole)
    }

    /// Error 6 unless the number fits 16 bits.
    pub(super) fn check_short(&mut self, value: Value) {
        let same = self.b.unary(UnOp::I32Extend16S, value);
        let fits = self.b.binary(BinOp::I32Eq, same, value);
        self.check_number(fits, 6, value, Type::I32);
    }
}
