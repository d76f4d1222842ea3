//! Value types and signatures.

use alloc::vec::Vec;
use core::fmt;

/// A WebAssembly number type (core specification 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Type {
    /// 32-bit integer; also every address.
    I32 = 0x7F,
    /// 64-bit integer.
    I64 = 0x7E,
    /// IEEE 754 binary32.
    F32 = 0x7D,
    /// IEEE 754 binary64.
    F64 = 0x7C,
}

impl Type {
    /// Bytes that a value takes in memory.
    pub fn size(self) -> u32 {
        match self {
            Self::I32 | Self::F32 => 4,
            Self::I64 | Self::F64 => 8,
        }
    }

    /// Whether it is an integer.
    pub fn is_int(self) -> bool {
        matches!(self, Self::I32 | Self::I64)
    }

    /// The byte that stands for it in a module.
    pub fn byte(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
        })
    }
}

/// Parameters and result of a function. Aggregates travel through memory, so one result is enough.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Signature {
    /// Types of the parameters.
    pub params: Vec<Type>,
    /// Type of the result.
    pub result: Option<Type>,
}

impl Signature {
    /// `params -> result`.
    pub fn new(params: &[Type], result: Option<Type>) -> Self {
        Self { params: params.to_vec(), result }
    }
}

/// Index of a signature in the [`SymbolTable`](super::SymbolTable).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SigId(pub u32);
