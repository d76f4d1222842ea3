//! Functions that only call another one with the arguments in another form: for calls without a
//! prototype that guessed wrong.

use super::Program;
use alloc::vec::Vec;
use wasm_common::ir::{FunctionBuilder, Signature, Symbol, Type, UnOp, Value};

/// Defines `symbol`, of signature `given`, as a call of `target`, of signature `wanted`. Arguments
/// that are missing are 0.
pub(super) fn define(
    program: &mut Program,
    symbol: Symbol,
    given: &Signature,
    target: Symbol,
    wanted: &Signature,
) {
    let mut builder = FunctionBuilder::new(symbol, given.clone());
    let params: Vec<Value> = builder.params().to_vec();
    let mut args = Vec::with_capacity(wanted.params.len());
    for (index, &ty) in wanted.params.iter().enumerate() {
        args.push(match params.get(index) {
            Some(&value) => convert(&mut builder, value, given.params[index], ty),
            None => zero(&mut builder, ty),
        });
    }
    let result = builder.call(target, wanted.result, &args);
    let result = given.result.map(|ty| match (result, wanted.result) {
        (Some(value), Some(from)) => convert(&mut builder, value, from, ty),
        _ => zero(&mut builder, ty),
    });
    builder.ret(result);
    program.define(builder.finish());
}

/// Defines `symbol` as a trap.
pub(super) fn define_trap(program: &mut Program, symbol: Symbol, sig: Signature) {
    let mut builder = FunctionBuilder::new(symbol, sig);
    builder.unreachable();
    program.define(builder.finish());
}

/// Zero of a type.
pub(super) fn zero(builder: &mut FunctionBuilder, ty: Type) -> Value {
    match ty {
        Type::I32 => builder.i32_const(0),
        Type::I64 => builder.i64_const(0),
        Type::F32 => builder.f32_const(0.0),
        Type::F64 => builder.f64_const(0.0),
    }
}

/// `value` in another type, integers as signed.
pub(super) fn convert(builder: &mut FunctionBuilder, value: Value, from: Type, to: Type) -> Value {
    let op = match (from, to) {
        (Type::I32, Type::I64) => UnOp::I64ExtendI32S,
        (Type::I64, Type::I32) => UnOp::I32WrapI64,
        (Type::F32, Type::F64) => UnOp::F64PromoteF32,
        (Type::F64, Type::F32) => UnOp::F32DemoteF64,
        (Type::I32, Type::F32) => UnOp::F32ConvertI32S,
        (Type::I32, Type::F64) => UnOp::F64ConvertI32S,
        (Type::I64, Type::F32) => UnOp::F32ConvertI64S,
        (Type::I64, Type::F64) => UnOp::F64ConvertI64S,
        (Type::F32, Type::I32) => UnOp::I32TruncSatF32S,
        (Type::F64, Type::I32) => UnOp::I32TruncSatF64S,
        (Type::F32, Type::I64) => UnOp::I64TruncSatF32S,
        (Type::F64, Type::I64) => UnOp::I64TruncSatF64S,
        _ => return value,
    };
    builder.unary(op, value)
}
