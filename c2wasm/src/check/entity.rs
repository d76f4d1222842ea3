//! Objects and functions that have a place in the program.

use crate::ast::Storage;
use crate::builtins::FormatUse;
use crate::names::Name;
use crate::types::{QTy, Ty};
use alloc::{boxed::Box, string::String};
use wasm_common::source::Span;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// An object with static storage duration.
    Object,
    /// A function.
    Function,
}

/// Who sees an entity (C11 6.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linkage {
    /// The whole program.
    External,
    /// The translation unit.
    Internal,
    /// A block: a static local.
    None,
}

impl Linkage {
    /// What a storage class at file scope gives.
    pub(super) fn of(storage: Storage) -> Self {
        match storage.has(Storage::STATIC) {
            true => Self::Internal,
            false => Self::External,
        }
    }
}

/// How far an entity is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    /// Declared only.
    No,
    /// An object without initializer at file scope, to be zero if nothing else comes.
    Tentative,
    /// An `inline` function without `extern`: usable here, but not what others see.
    Inline,
    /// In full.
    Yes,
}

/// What few entities' attributes say: names outside of the source, a format.
#[derive(Clone, Debug, Default)]
pub struct RareAttributes {
    /// `export_name("...")`
    pub export: Option<String>,
    /// `import_module("...")`
    pub import_module: Option<String>,
    /// `import_name("...")`
    pub import_name: Option<String>,
    /// `alias("...")`
    pub alias: Option<String>,
    /// `format(printf, 1, 2)`
    pub format: Option<FormatUse>,
    /// `deprecated("...")`: what to use instead, if it says.
    pub deprecated: Option<String>,
}

/// What attributes and function specifiers ask for.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// What few entities have.
    pub rare: Option<Box<RareAttributes>>,
    /// `aligned(n)` and `_Alignas`, 0 if absent.
    pub align: u32,
    /// `noinline`
    pub noinline: bool,
    /// `always_inline`
    pub always_inline: bool,
    /// `_Noreturn`, `noreturn`
    pub noreturn: bool,
    /// `nodiscard`, `warn_unused_result`
    pub nodiscard: bool,
    /// `weak`
    pub weak: bool,
    /// `unused`, `maybe_unused`, `used`, `constructor` and the like: no warning when not used.
    pub unused: bool,
    /// `constructor`
    pub constructor: bool,
    /// `destructor`
    pub destructor: bool,
    /// `packed`
    pub packed: bool,
    /// `#pragma pack(n)`: the strictest alignment of a member, 0 if there is none.
    pub pack: u32,
    /// `gnu_inline`
    pub gnu_inline: bool,
    /// `transparent_union`
    pub transparent_union: bool,
    /// `mode(...)`: bytes of the integer type that replaces the declared one.
    pub mode: Option<u8>,
    /// `vector_size(n)`, which is not supported.
    pub vector: Option<Box<Span>>,
}

impl Attributes {
    /// What `export_name` says.
    pub fn export(&self) -> Option<&str> {
        self.rare.as_ref()?.export.as_deref()
    }

    /// What `alias` says.
    pub fn alias(&self) -> Option<&str> {
        self.rare.as_ref()?.alias.as_deref()
    }
}

/// An object with static storage, or a function.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name in the source.
    pub name: Name,
    /// Its name in the program, where `asm("...")` changes it.
    pub asm_name: Option<Box<str>>,
    /// What it is.
    pub kind: EntityKind,
    /// Its type: the composite of all declarations.
    pub ty: QTy,
    /// Who sees it.
    pub linkage: Linkage,
    /// How far it is defined.
    pub definition: Definition,
    /// What attributes ask for.
    pub attributes: Attributes,
    /// Whether its address is ever taken: it must live in memory.
    pub address_taken: bool,
    /// Whether anything refers to it.
    pub used: bool,
    /// Whether it came to be by being called (C89).
    pub implicit: bool,
    /// Whether a system header or this compiler declared it.
    pub builtin: bool,
    /// The last declaration.
    pub span: Span,
    /// The first place that uses it, if one does.
    pub first_use: Option<Span>,
    /// Its function, for a static local's name.
    pub inside: Option<Name>,
    /// Promoted types of the parameters of a K&R definition.
    pub old_style: Option<Box<[Ty]>>,
}

impl Entity {
    /// A name without linkage that nothing defines or uses yet, and of which no more is known.
    pub fn new(name: Name, kind: EntityKind, ty: QTy, span: Span) -> Self {
        Self {
            name,
            asm_name: None,
            kind,
            ty,
            linkage: Linkage::None,
            definition: Definition::No,
            attributes: Attributes::default(),
            address_taken: false,
            used: false,
            implicit: false,
            builtin: false,
            span,
            first_use: None,
            inside: None,
            old_style: None,
        }
    }
}
