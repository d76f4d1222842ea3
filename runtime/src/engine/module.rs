//! A loaded module: validated, translated, and what can be asked about it.

use super::{Limits, Line, LoadError};
use alloc::{string::String, vec::Vec};

/// A value type; the discriminant is wasm's byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ValType {
    /// 32-bit integer.
    I32 = 0x7F,
    /// 64-bit integer.
    I64 = 0x7E,
    /// 32-bit float.
    F32 = 0x7D,
    /// 64-bit float.
    F64 = 0x7C,
}

/// A function's signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FuncType {
    /// Parameter types.
    pub params: Vec<ValType>,
    /// Result types.
    pub results: Vec<ValType>,
}

/// What an import or export is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extern {
    /// A function, by index, with its type.
    Function(u32, FuncType),
    /// The table.
    Table,
    /// The linear memory: pages at first, pages at most.
    Memory(u32, Option<u32>),
    /// A global, by index: type, mutable.
    Global(u32, ValType, bool),
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Module name.
    pub module: String,
    /// Field name.
    pub name: String,
    /// What is imported.
    pub kind: Extern,
}

/// A module that has passed validation and is ready to instantiate.
#[derive(Clone, Debug)]
pub struct Module {}

impl Module {
    /// Decodes, validates and translates a binary module.
    ///
    /// # Errors
    /// If it is malformed, invalid, or beyond `limits`.
    pub fn new(_bytes: &[u8], _limits: &Limits) -> Result<Self, LoadError> {
        todo!()
    }

    /// The imports, in the module's order.
    #[must_use]
    pub fn imports(&self) -> &[Import] {
        todo!()
    }

    /// The exports, in the module's order.
    pub fn exports(&self) -> impl Iterator<Item = (&str, Extern)> {
        core::iter::empty()
    }

    /// Pages of linear memory at first and at most; `None` when the module has no memory.
    #[must_use]
    pub fn memory(&self) -> Option<(u32, Option<u32>)> {
        todo!()
    }

    /// The content of the first custom section of that name, if it was kept.
    #[must_use]
    pub fn custom(&self, _name: &str) -> Option<&[u8]> {
        todo!()
    }

    /// The name of function `index` (imports count) from the name section, else an export's.
    #[must_use]
    pub fn function_name(&self, _index: u32) -> Option<&str> {
        todo!()
    }

    /// The source line of the instruction `offset` bytes into the module, which lies in function
    /// `index`, from the line table.
    #[must_use]
    pub fn line(&self, _index: u32, _offset: u32) -> Option<Line> {
        todo!()
    }

    /// Functions, imported ones included.
    #[must_use]
    pub fn function_count(&self) -> u32 {
        todo!()
    }

    /// Bytes of translated code, for reports.
    #[must_use]
    pub fn code_memory(&self) -> usize {
        todo!()
    }
}
