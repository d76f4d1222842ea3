//! A loaded module: validated, translated, and what can be asked about it.

use super::code::{INS, Ins};
use super::{Limits, Line, LoadError, lines, names, sections};
use alloc::{string::String, vec::Vec};
use core::fmt;

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

impl ValType {
    pub(super) const fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            0x7F => Self::I32,
            0x7E => Self::I64,
            0x7D => Self::F32,
            0x7C => Self::F64,
            _ => return None,
        })
    }

    /// Whether it takes two slots of a frame.
    pub(super) const fn is_64(self) -> bool {
        matches!(self, Self::I64 | Self::F64)
    }

    /// Slots it takes.
    pub(super) const fn slots(self) -> u32 {
        1 + self.is_64() as u32
    }
}

impl fmt::Display for ValType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
        })
    }
}

/// A function's signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FuncType {
    /// Parameter types.
    pub params: Vec<ValType>,
    /// Result types.
    pub results: Vec<ValType>,
}

impl fmt::Display for FuncType {
    /// `(i32, f64) -> i32`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, types: &[ValType]| {
            f.write_str("(")?;
            for (i, ty) in types.iter().enumerate() {
                write!(f, "{}{ty}", if i == 0 { "" } else { ", " })?;
            }
            f.write_str(")")
        };
        list(f, &self.params)?;
        f.write_str(" -> ")?;
        match self.results.as_slice() {
            [one] => write!(f, "{one}"),
            several => list(f, several),
        }
    }
}

/// What an import or export is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extern {
    /// A function, by index, with its type.
    Function(u32, FuncType),
    /// The table: elements at first, elements at most.
    Table(u32, Option<u32>),
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

/// What an export names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExportKind {
    Function,
    Table,
    Memory,
    Global,
}

#[derive(Clone, Debug)]
pub(super) struct Export {
    pub(super) name: String,
    pub(super) kind: ExportKind,
    pub(super) index: u32,
}

/// A function, imported or defined. Imports have an entry too: a stub that calls the host, so
/// that the table can hold them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Function {
    /// Index of its type; equal types have been made one.
    pub(super) ty: u32,
    /// Index of its first instruction.
    pub(super) entry: u32,
    /// Slots that its frame needs, arguments included.
    pub(super) frame: u32,
    /// Where its part of `positions` starts.
    pub(super) positions: u32,
    /// Offset of its body in the module.
    pub(super) body: u32,
}

/// An initial value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Init {
    Bits(u64),
    /// The value of that (imported) global.
    Global(u32),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Global {
    pub(super) ty: ValType,
    pub(super) mutable: bool,
    /// `None` for imports.
    pub(super) init: Option<Init>,
}

/// Where a segment goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode {
    /// Copied when the module starts, to this address or index.
    Active(Init),
    Passive,
    /// Only declares function references.
    Declared,
}

#[derive(Clone, Debug)]
pub(super) struct Segment<T> {
    pub(super) mode: Mode,
    pub(super) items: Vec<T>,
}

/// Stands for a null element of a table.
pub(super) const NULL: u32 = u32::MAX;

/// A module that has passed validation and is ready to instantiate.
#[derive(Clone, Debug, Default)]
pub struct Module {
    pub(super) types: Vec<FuncType>,
    /// For each type, the index of the first type equal to it.
    pub(super) same: Vec<u32>,
    pub(super) imports: Vec<Import>,
    pub(super) functions: Vec<Function>,
    /// Functions that are imported; they come first.
    pub(super) imported: u32,
    pub(super) table: Option<(u32, Option<u32>)>,
    pub(super) memory: Option<(u32, Option<u32>)>,
    pub(super) globals: Vec<Global>,
    pub(super) exports: Vec<Export>,
    pub(super) start: Option<u32>,
    pub(super) elements: Vec<Segment<u32>>,
    pub(super) data: Vec<Segment<u8>>,
    pub(super) code: Vec<Ins>,
    /// For lookups after a trap: see `positions.rs`.
    pub(super) positions: Vec<u8>,
    /// Most instructions (the module's) in one function.
    pub(super) max_weight: u32,
    pub(super) custom: Vec<(String, Vec<u8>)>,
    pub(super) limits: Limits,
}

impl Module {
    /// Decodes, validates and translates a binary module.
    ///
    /// # Errors
    /// If it is malformed, invalid, or beyond `limits`.
    pub fn new(bytes: &[u8], limits: &Limits) -> Result<Self, LoadError> {
        sections::load(bytes, limits)
    }

    /// The imports, in the module's order.
    #[must_use]
    pub fn imports(&self) -> &[Import] {
        &self.imports
    }

    /// The exports, in the module's order.
    pub fn exports(&self) -> impl Iterator<Item = (&str, Extern)> {
        self.exports.iter().map(|export| {
            let index = export.index;
            let kind = match export.kind {
                ExportKind::Function => Extern::Function(index, self.function_type(index).clone()),
                ExportKind::Global => {
                    let Global { ty, mutable, .. } = self.globals[index as usize];
                    Extern::Global(index, ty, mutable)
                }
                ExportKind::Table => {
                    let (min, max) = self.table.unwrap_or_default();
                    Extern::Table(min, max)
                }
                ExportKind::Memory => {
                    let (min, max) = self.memory.unwrap_or_default();
                    Extern::Memory(min, max)
                }
            };
            (export.name.as_str(), kind)
        })
    }

    /// Pages of linear memory at first and at most; `None` when the module has no memory.
    #[must_use]
    pub fn memory(&self) -> Option<(u32, Option<u32>)> {
        self.memory
    }

    /// The content of the first custom section of that name, if it was kept.
    #[must_use]
    pub fn custom(&self, name: &str) -> Option<&[u8]> {
        let (_, bytes) = self.custom.iter().find(|(found, _)| found == name)?;
        Some(bytes)
    }

    /// The name of function `index` (imports count) from the name section, else an export's.
    #[must_use]
    pub fn function_name(&self, index: u32) -> Option<&str> {
        let named = self.custom("name").and_then(|bytes| names::function(bytes, index));
        named.or_else(|| {
            let is_it = |e: &&Export| e.kind == ExportKind::Function && e.index == index;
            self.exports.iter().find(is_it).map(|export| export.name.as_str())
        })
    }

    /// The source line of the instruction `offset` bytes into the module, which lies in function
    /// `index`, from the line table.
    #[must_use]
    pub fn line(&self, index: u32, offset: u32) -> Option<Line> {
        let function = self.functions.get(index as usize)?;
        let offset = offset.checked_sub(function.body)?;
        lines::lookup(self.custom(lines::SECTION)?, index, offset)
    }

    /// Functions, imported ones included.
    #[must_use]
    pub fn function_count(&self) -> u32 {
        self.functions.len() as u32
    }

    /// Bytes that translated code and what belongs to it take.
    #[must_use]
    pub fn code_memory(&self) -> usize {
        self.code.capacity() * INS
            + self.positions.capacity()
            + self.functions.capacity() * size_of::<Function>()
    }

    /// The type of function `index`, which must exist.
    pub(super) fn function_type(&self, index: u32) -> &FuncType {
        &self.types[self.functions[index as usize].ty as usize]
    }

    pub(super) fn export(&self, kind: ExportKind, name: &str) -> Option<u32> {
        let found = self.exports.iter().find(|e| e.kind == kind && e.name == name)?;
        Some(found.index)
    }
}
