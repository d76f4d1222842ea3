//! The C type system on the wasm32 data model.
//!
//! In: the pieces of types as the checker reads them. Out: [`Ty`], four bytes that compare as
//! integers: two types are the same type exactly when their numbers are equal. Records and
//! enumerations are their own type at each definition (C11 6.2.3, 6.7.2.3).
//!
//! What always holds: a [`Ty`] is never qualified, its quals travel in [`QTy`]; arrays carry the
//! quals on their element (C11 6.7.3p9); parameters of function types are adjusted and unqualified.

mod arith;
mod compat;
mod display;
mod layout;
mod record;

pub use display::Describe;
pub use layout::{MAX_OBJECT, align_to};
pub use record::{BitField, Field, FieldPath, Layout, Record, RecordBuilder};

use crate::ast::{Basic, Quals};
use crate::names::Name;
use alloc::vec::Vec;
use core::cmp::Ordering;
use wasm_common::map::Map;
use wasm_common::source::Span;

/// An unqualified type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ty(u32);

/// A type with its qualifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QTy {
    /// The type.
    pub ty: Ty,
    /// Its qualifiers.
    pub quals: Quals,
}

impl QTy {
    /// `ty` with `quals`.
    pub fn new(ty: Ty, quals: Quals) -> Self {
        Self { ty, quals }
    }

    /// With more qualifiers.
    #[must_use]
    pub fn with(self, quals: Quals) -> Self {
        Self { ty: self.ty, quals: self.quals | quals }
    }

    /// Whether it is `const`.
    pub fn is_const(self) -> bool {
        self.quals.has(Quals::CONST)
    }

    /// Whether it is `volatile`.
    pub fn is_volatile(self) -> bool {
        self.quals.has(Quals::VOLATILE)
    }
}

impl From<Ty> for QTy {
    fn from(ty: Ty) -> Self {
        Self { ty, quals: Quals::NONE }
    }
}

impl PartialOrd for QTy {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for QTy {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.ty, self.quals.0).cmp(&(other.ty, other.quals.0))
    }
}

/// Number of a struct or union in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// Number of an enumeration in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u32);

/// How long an array is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// This many elements.
    Known(u32),
    /// `[]`: incomplete.
    Unknown,
    /// Known at run time: the local variable of this number holds the array's size in bytes.
    Variable(u32),
    /// `[*]` in a prototype.
    Star,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the arithmetic types are what they are called")]
pub enum TypeKind {
    Void,
    Bool,
    Char,
    SChar,
    UChar,
    Short,
    UShort,
    Int,
    UInt,
    Long,
    ULong,
    LongLong,
    ULongLong,
    Float,
    Double,
    LongDouble,
    /// C23's `nullptr_t`.
    Nullptr,
    /// What is wrong and was reported: nothing of this type is complained about.
    Error,
    /// `enum`
    Enum(EnumId),
    /// `struct` or `union`
    Record(RecordId),
    /// To this.
    Pointer(QTy),
    /// Of these.
    Array(QTy, Length),
    /// A function.
    Function(FuncType),
}

/// The type of a function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FuncType {
    /// What it returns.
    pub result: Ty,
    /// Its parameters; empty when there is no prototype.
    pub params: Vec<Ty>,
    /// Ends with `...`.
    pub variadic: bool,
    /// Whether the parameters are known.
    pub prototype: bool,
}

/// An enumeration.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The tag.
    pub tag: Option<Name>,
    /// Its constants, if a warning needs them.
    pub constants: Vec<(Name, u64)>,
    /// The type that represents it.
    pub underlying: Ty,
    /// Whether its constants are known.
    pub complete: bool,
    /// Whether its declaration names `underlying` (C23).
    pub fixed: bool,
    /// Where it was defined or first mentioned.
    pub span: Span,
}

/// All types of a translation unit.
#[derive(Clone, Debug)]
pub struct Types {
    kinds: Vec<TypeKind>,
    /// Of each kind, see [`Types::depth`].
    depths: Vec<u16>,
    known: Map<TypeKind, Ty>,
    records: Vec<Record>,
    enums: Vec<Enum>,
}

/// The types that have fixed numbers.
macro_rules! basic_types {
    ($($name:ident = $number:literal, $kind:ident;)+) => {
        impl Ty {
            $(#[doc = concat!("`", stringify!($kind), "`")] pub const $name: Self = Self($number);)+
        }
        const BASIC: &[TypeKind] = &[$(TypeKind::$kind),+];
    };
}

basic_types! {
    VOID = 0, Void;
    BOOL = 1, Bool;
    CHAR = 2, Char;
    SCHAR = 3, SChar;
    UCHAR = 4, UChar;
    SHORT = 5, Short;
    USHORT = 6, UShort;
    INT = 7, Int;
    UINT = 8, UInt;
    LONG = 9, Long;
    ULONG = 10, ULong;
    LLONG = 11, LongLong;
    ULLONG = 12, ULongLong;
    FLOAT = 13, Float;
    DOUBLE = 14, Double;
    LDOUBLE = 15, LongDouble;
    NULLPTR = 16, Nullptr;
    ERROR = 17, Error;
}

impl Ty {
    /// `size_t`
    pub const SIZE: Self = Self::UINT;
    /// `ptrdiff_t`
    pub const PTRDIFF: Self = Self::INT;
    /// `wchar_t`
    pub const WCHAR: Self = Self::INT;

    /// The type that these keywords name.
    pub fn basic(basic: Basic) -> Self {
        match basic {
            Basic::Void => Self::VOID,
            Basic::Bool => Self::BOOL,
            Basic::Char => Self::CHAR,
            Basic::SChar => Self::SCHAR,
            Basic::UChar => Self::UCHAR,
            Basic::Short => Self::SHORT,
            Basic::UShort => Self::USHORT,
            Basic::Int => Self::INT,
            Basic::UInt => Self::UINT,
            Basic::Long => Self::LONG,
            Basic::ULong => Self::ULONG,
            Basic::LongLong => Self::LLONG,
            Basic::ULongLong => Self::ULLONG,
            Basic::Float => Self::FLOAT,
            Basic::Double => Self::DOUBLE,
            Basic::LongDouble => Self::LDOUBLE,
        }
    }
}

impl Default for Types {
    fn default() -> Self {
        Self::new()
    }
}

impl Types {
    /// The basic types alone.
    pub fn new() -> Self {
        let known = BASIC.iter().enumerate().map(|(i, kind)| (kind.clone(), Ty(i as u32)));
        Self {
            known: known.collect(),
            kinds: BASIC.to_vec(),
            depths: alloc::vec![0; BASIC.len()],
            records: Vec::new(),
            enums: Vec::new(),
        }
    }

    /// What `ty` is.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn kind(&self, ty: Ty) -> &TypeKind {
        &self.kinds[ty.0 as usize]
    }

    fn intern(&mut self, kind: TypeKind) -> Ty {
        if let Some(&known) = self.known.get(&kind) {
            return known;
        }
        let ty = Ty(self.kinds.len() as u32);
        let inner = match &kind {
            TypeKind::Array(element, _) => self.depth(element.ty),
            TypeKind::Pointer(to) => self.depth_outside(&[to.ty]),
            TypeKind::Function(func) => {
                self.depth_outside(&func.params).max(self.depth_outside(&[func.result]))
            }
            _ => 0,
        };
        self.depths.push(inner.saturating_add(1));
        self.kinds.push(kind.clone());
        self.known.insert(kind, ty);
        ty
    }

    /// How many pointers, arrays, functions and records lie in each other: what may be recursion
    /// over a type is bounded by it.
    pub fn depth(&self, ty: Ty) -> u16 {
        match self.as_record(ty) {
            Some(id) => self.record(id).layout.as_ref().map_or(0, |layout| layout.depth),
            None => self.depths[ty.0 as usize],
        }
    }

    /// The largest depth of these; a record that is only pointed to, passed or returned is not
    /// looked into.
    fn depth_outside(&self, types: &[Ty]) -> u16 {
        let depth = |&ty: &Ty| if self.is_record(ty) { 0 } else { self.depth(ty) };
        types.iter().map(depth).max().unwrap_or(0)
    }

    /// Pointer to `to`.
    pub fn pointer(&mut self, to: impl Into<QTy>) -> Ty {
        let to = to.into();
        self.intern(TypeKind::Pointer(to))
    }

    /// Array of `element`.
    pub fn array(&mut self, element: impl Into<QTy>, length: Length) -> Ty {
        let element = element.into();
        self.intern(TypeKind::Array(element, length))
    }

    /// A function type; `params` must be adjusted and unqualified.
    pub fn function(&mut self, func: FuncType) -> Ty {
        self.intern(TypeKind::Function(func))
    }

    /// A new struct or union without members yet.
    pub fn new_record(&mut self, is_union: bool, tag: Option<Name>, span: Span) -> Ty {
        let id = RecordId(self.records.len() as u32);
        self.records.push(Record::new(is_union, tag, span));
        self.intern(TypeKind::Record(id))
    }

    /// A new enumeration without constants yet.
    pub fn new_enum(&mut self, tag: Option<Name>, span: Span) -> Ty {
        let id = EnumId(self.enums.len() as u32);
        let (constants, underlying) = (Vec::new(), Ty::INT);
        let new = Enum { tag, constants, underlying, complete: false, fixed: false, span };
        self.enums.push(new);
        self.intern(TypeKind::Enum(id))
    }

    /// A struct or union.
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0 as usize]
    }

    /// A struct or union, to be completed.
    pub fn record_mut(&mut self, id: RecordId) -> &mut Record {
        &mut self.records[id.0 as usize]
    }

    /// An enumeration.
    pub fn enumeration(&self, id: EnumId) -> &Enum {
        &self.enums[id.0 as usize]
    }

    /// An enumeration, to be completed.
    pub fn enumeration_mut(&mut self, id: EnumId) -> &mut Enum {
        &mut self.enums[id.0 as usize]
    }

    /// The record that `ty` is.
    pub fn as_record(&self, ty: Ty) -> Option<RecordId> {
        match self.kind(ty) {
            TypeKind::Record(id) => Some(*id),
            _ => None,
        }
    }

    /// What `ty` points to.
    pub fn pointee(&self, ty: Ty) -> Option<QTy> {
        match self.kind(ty) {
            TypeKind::Pointer(to) => Some(*to),
            _ => None,
        }
    }

    /// Element and length of the array `ty`.
    pub fn as_array(&self, ty: Ty) -> Option<(QTy, Length)> {
        match self.kind(ty) {
            TypeKind::Array(element, length) => Some((*element, *length)),
            _ => None,
        }
    }

    /// The function type `ty`.
    pub fn as_function(&self, ty: Ty) -> Option<&FuncType> {
        match self.kind(ty) {
            TypeKind::Function(func) => Some(func),
            _ => None,
        }
    }

    /// The function type that `ty` is or points to.
    pub fn callee(&self, ty: Ty) -> Option<&FuncType> {
        let ty = self.pointee(ty).map_or(ty, |to| to.ty);
        self.as_function(ty)
    }

    /// Adds qualifiers; those of an array go to its element.
    pub fn qualify(&mut self, qty: QTy, quals: Quals) -> QTy {
        if quals == Quals::NONE {
            return qty;
        }
        match self.as_array(qty.ty) {
            Some((element, length)) => {
                let element = self.qualify(element, quals);
                self.array(element, length).into()
            }
            None => qty.with(quals),
        }
    }

    /// The type of a parameter declared so (C11 6.7.6.3p7 and p8): arrays and functions become
    /// pointers.
    pub fn adjust_param(&mut self, qty: QTy, quals: Quals) -> QTy {
        match *self.kind(qty.ty) {
            TypeKind::Array(element, _) => QTy::new(self.pointer(element), quals),
            TypeKind::Function(_) => self.pointer(qty).into(),
            _ => qty,
        }
    }
}
