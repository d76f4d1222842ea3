//! C types as IR types, and signatures of functions.

use crate::types::{FuncType, Ty, Types};
use alloc::vec::Vec;
use wasm_common::ir::{LoadOp, Signature, StoreOp, Type};

/// The IR type of a scalar; records and everything else travel as addresses.
pub(super) fn ir_type(types: &Types, ty: Ty) -> Type {
    match ty {
        Ty::FLOAT => Type::F32,
        _ if types.is_float(ty) => Type::F64,
        _ if types.is_integer(ty) && types.size(ty) == Some(8) => Type::I64,
        _ => Type::I32,
    }
}

/// What a function returns as a value.
pub(super) fn result_type(types: &Types, result: Ty) -> Option<Type> {
    (types.is_scalar(result)).then(|| ir_type(types, result))
}

/// Whether a function returns through an address that it is given.
pub(super) fn returns_in_memory(types: &Types, result: Ty) -> bool {
    result != Ty::VOID && !types.is_scalar(result)
}

/// The signature of a function with these parameters.
pub(super) fn signature(types: &Types, func: &FuncType, params: &[Ty]) -> Signature {
    let mut list: Vec<Type> = Vec::with_capacity(params.len() + 2);
    if returns_in_memory(types, func.result) {
        list.push(Type::I32);
    }
    list.extend(params.iter().map(|&param| ir_type(types, param)));
    if func.variadic {
        list.push(Type::I32);
    }
    Signature { params: list, result: result_type(types, func.result) }
}

/// The load of a scalar.
pub(super) fn load_op(types: &Types, ty: Ty) -> LoadOp {
    match (ir_type(types, ty), types.size(ty), types.is_signed(ty)) {
        (Type::F32, ..) => LoadOp::F32Load,
        (Type::F64, ..) => LoadOp::F64Load,
        (Type::I64, ..) => LoadOp::I64Load,
        (_, Some(1), true) => LoadOp::I32Load8S,
        (_, Some(1), false) => LoadOp::I32Load8U,
        (_, Some(2), true) => LoadOp::I32Load16S,
        (_, Some(2), false) => LoadOp::I32Load16U,
        _ => LoadOp::I32Load,
    }
}

/// The store of a scalar.
pub(super) fn store_op(types: &Types, ty: Ty) -> StoreOp {
    match (ir_type(types, ty), types.size(ty)) {
        (Type::F32, _) => StoreOp::F32Store,
        (Type::F64, _) => StoreOp::F64Store,
        (Type::I64, _) => StoreOp::I64Store,
        (_, Some(1)) => StoreOp::I32Store8,
        (_, Some(2)) => StoreOp::I32Store16,
        _ => StoreOp::I32Store,
    }
}
