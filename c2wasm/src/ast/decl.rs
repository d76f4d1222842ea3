//! Declarations, types as written, declarators, initializers and attributes.

use super::{Expr, Ident, StringLit};
use alloc::{boxed::Box, vec::Vec};
use core::ops::{BitOr, BitOrAssign};
use wasm_common::source::Span;

/// `specifiers declarator = init, ...;`
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    /// What all declarators share.
    pub specs: Specifiers,
    /// What is declared; empty for `struct s { ... };`.
    pub declarators: Vec<InitDeclarator>,
    /// With the semicolon.
    pub span: Span,
}

/// One declared name of a [`Declaration`].
#[derive(Clone, Debug, PartialEq)]
pub struct InitDeclarator {
    /// Name and derivations.
    pub declarator: Declarator,
    /// `asm("name")` after the declarator.
    pub asm_name: Option<StringLit>,
    /// Attributes after the declarator.
    pub attributes: Vec<Attribute>,
    /// What stands after `=`.
    pub init: Option<Initializer>,
}

/// `_Static_assert(condition, "message")`
#[derive(Clone, Debug, PartialEq)]
pub struct StaticAssert {
    /// Must be a constant other than 0.
    pub condition: Expr,
    /// What to say if it is not; C23 lets it out.
    pub message: Option<StringLit>,
    /// The whole.
    pub span: Span,
}

/// Everything before the declarators.
#[derive(Clone, Debug, PartialEq)]
pub struct Specifiers {
    /// Storage classes and function specifiers.
    pub storage: Storage,
    /// Qualifiers of the base type.
    pub quals: Quals,
    /// The base type.
    pub ty: TypeSpec,
    /// `_Alignas(...)`, in order.
    pub align: Vec<AlignAs>,
    /// Attributes before, between and after the specifiers.
    pub attributes: Vec<Attribute>,
    /// The specifiers; empty, before the declarator, when there are none (implicit int).
    pub span: Span,
}

/// A set of storage-class and function specifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Storage(pub u16);

impl Storage {
    /// None.
    pub const NONE: Self = Self(0);
    /// `typedef`
    pub const TYPEDEF: Self = Self(1);
    /// `extern`
    pub const EXTERN: Self = Self(2);
    /// `static`
    pub const STATIC: Self = Self(4);
    /// `auto`
    pub const AUTO: Self = Self(8);
    /// `register`
    pub const REGISTER: Self = Self(16);
    /// `_Thread_local`, `__thread`
    pub const THREAD_LOCAL: Self = Self(32);
    /// `inline`
    pub const INLINE: Self = Self(64);
    /// `_Noreturn`
    pub const NORETURN: Self = Self(128);
    /// `constexpr` of C23
    pub const CONSTEXPR: Self = Self(256);

    /// Every specifier with its keyword.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::TYPEDEF, "typedef"),
        (Self::EXTERN, "extern"),
        (Self::STATIC, "static"),
        (Self::AUTO, "auto"),
        (Self::REGISTER, "register"),
        (Self::THREAD_LOCAL, "_Thread_local"),
        (Self::INLINE, "inline"),
        (Self::NORETURN, "_Noreturn"),
        (Self::CONSTEXPR, "constexpr"),
    ];

    /// Whether every specifier of `other` is in here.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOrAssign for Storage {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A set of type qualifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Quals(pub u8);

impl Quals {
    /// None.
    pub const NONE: Self = Self(0);
    /// `const`
    pub const CONST: Self = Self(1);
    /// `volatile`
    pub const VOLATILE: Self = Self(2);
    /// `restrict`
    pub const RESTRICT: Self = Self(4);

    /// Every qualifier with its keyword.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::CONST, "const"), (Self::VOLATILE, "volatile"), (Self::RESTRICT, "__restrict")];

    /// Whether every qualifier of `other` is in here.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Quals {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Quals {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// A base type as written.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeSpec {
    /// No type: `int` in old C, an error since C99.
    Implicit,
    /// An arithmetic type or `void`; the keywords were combined.
    Basic(Basic),
    /// A struct or union.
    Record(Box<RecordSpec>),
    /// An enumeration.
    Enum(Box<EnumSpec>),
    /// A typedef name.
    Typedef(Ident),
    /// `typeof(expression)`; C23's `typeof_unqual` drops qualifiers.
    TypeofExpr {
        /// Not evaluated unless its type is a variable length array.
        expr: Box<Expr>,
        /// `typeof_unqual`.
        unqual: bool,
    },
    /// `typeof(type)`
    TypeofType {
        /// The type.
        ty: Box<TypeName>,
        /// `typeof_unqual`.
        unqual: bool,
    },
    /// `__builtin_va_list`
    VaList,
    /// `__auto_type`, or `auto` without a type in C23: the initializer's type.
    Auto,
}

/// The basic types; `int` and `signed` and `signed int` are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basic {
    /// `void`
    Void,
    /// `_Bool`
    Bool,
    /// `char`
    Char,
    /// `signed char`
    SChar,
    /// `unsigned char`
    UChar,
    /// `short`
    Short,
    /// `unsigned short`
    UShort,
    /// `int`
    Int,
    /// `unsigned`
    UInt,
    /// `long`
    Long,
    /// `unsigned long`
    ULong,
    /// `long long`
    LongLong,
    /// `unsigned long long`
    ULongLong,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `long double`
    LongDouble,
}

impl Basic {
    /// The shortest spelling.
    pub fn spelling(self) -> &'static str {
        match self {
            Self::Void => "void",
            Self::Bool => "_Bool",
            Self::Char => "char",
            Self::SChar => "signed char",
            Self::UChar => "unsigned char",
            Self::Short => "short",
            Self::UShort => "unsigned short",
            Self::Int => "int",
            Self::UInt => "unsigned int",
            Self::Long => "long",
            Self::ULong => "unsigned long",
            Self::LongLong => "long long",
            Self::ULongLong => "unsigned long long",
            Self::Float => "float",
            Self::Double => "double",
            Self::LongDouble => "long double",
        }
    }
}

/// `_Alignas(...)`
#[derive(Clone, Debug, PartialEq)]
pub enum AlignAs {
    /// Aligned as this type.
    Type(Box<TypeName>),
    /// This many bytes.
    Expr(Box<Expr>),
}

/// `struct tag { members }`, with a tag, members or both.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordSpec {
    /// Union, not struct.
    pub is_union: bool,
    /// The tag.
    pub tag: Option<Ident>,
    /// The members if there are braces.
    pub members: Option<Vec<Member>>,
    /// Attributes of the type.
    pub attributes: Vec<Attribute>,
    /// From the keyword to the closing brace or tag.
    pub span: Span,
}

/// A line of a struct.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// Fields.
    Field(FieldDecl),
    /// `_Static_assert`
    StaticAssert(StaticAssert),
}

/// Fields that share their specifiers.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDecl {
    /// The base type.
    pub specs: Specifiers,
    /// The fields; empty for an anonymous struct or union.
    pub fields: Vec<Field>,
    /// With the semicolon.
    pub span: Span,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name and derivations; nameless only for a bit-field.
    pub declarator: Declarator,
    /// Width in bits of a bit-field.
    pub bits: Option<Expr>,
    /// Attributes after the declarator.
    pub attributes: Vec<Attribute>,
}

/// `enum tag : type { a, b = 1 }`
#[derive(Clone, Debug, PartialEq)]
pub struct EnumSpec {
    /// The tag.
    pub tag: Option<Ident>,
    /// C23's underlying type.
    pub underlying: Option<Box<TypeName>>,
    /// The constants if there are braces.
    pub enumerators: Option<Vec<Enumerator>>,
    /// Attributes of the type.
    pub attributes: Vec<Attribute>,
    /// From the keyword to the closing brace or tag.
    pub span: Span,
}

/// One constant of an enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumerator {
    /// Its name.
    pub name: Ident,
    /// Attributes after the name.
    pub attributes: Vec<Attribute>,
    /// `= value`
    pub value: Option<Expr>,
}

/// A name and how its type derives from the base type.
#[derive(Clone, Debug, PartialEq)]
pub struct Declarator {
    /// The name; absent in type names, some parameters and bit-fields.
    pub name: Option<Ident>,
    /// From the name outwards: `int *a[3]` is `[Array(3), Pointer]`, "array of 3 pointers". To
    /// make the type, apply them to the base type from the last to the first.
    pub derived: Vec<Derived>,
    /// The declarator; where it would stand when it is empty.
    pub span: Span,
}

/// One step of a declarator.
#[derive(Clone, Debug, PartialEq)]
pub enum Derived {
    /// `*`
    Pointer {
        /// Qualifiers of the pointer itself.
        quals: Quals,
        /// Attributes behind the `*`.
        attributes: Vec<Attribute>,
    },
    /// `[...]`
    Array {
        /// Number of elements.
        size: ArraySize,
        /// Qualifiers in a parameter's brackets.
        quals: Quals,
        /// `static` in a parameter's brackets.
        is_static: bool,
    },
    /// `(...)`
    Function(Params),
}

/// The length in an array declarator.
#[derive(Clone, Debug, PartialEq)]
pub enum ArraySize {
    /// `[]`
    Unknown,
    /// `[*]`
    Star,
    /// `[n]`
    Expr(Box<Expr>),
}

/// What stands in a function declarator's parentheses.
#[derive(Clone, Debug, PartialEq)]
pub enum Params {
    /// `()`: nothing said (before C23).
    Unspecified,
    /// `(a, b)`: names only, of a K&R definition.
    Names(Vec<Ident>),
    /// A prototype; `(void)` is one without parameters.
    Prototype {
        /// The parameters.
        params: Vec<Param>,
        /// Ends with `...`.
        variadic: bool,
    },
}

/// One parameter of a prototype.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// The base type.
    pub specs: Specifiers,
    /// Name, if any, and derivations.
    pub declarator: Declarator,
    /// Attributes after the declarator.
    pub attributes: Vec<Attribute>,
    /// The whole.
    pub span: Span,
}

/// A type without a name, as in a cast.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeName {
    /// The base type.
    pub specs: Specifiers,
    /// Derivations; the name is absent.
    pub declarator: Declarator,
    /// The whole.
    pub span: Span,
}

/// What stands after `=`.
#[derive(Clone, Debug, PartialEq)]
pub enum Initializer {
    /// An expression; a string for a character array too.
    Expr(Expr),
    /// `{ ... }`
    List(InitList),
}

/// `{ ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct InitList {
    /// In the order written.
    pub items: Vec<InitItem>,
    /// With the braces.
    pub span: Span,
}

/// One element of a brace list.
#[derive(Clone, Debug, PartialEq)]
pub struct InitItem {
    /// `.a[1].b =`; empty for "the next one".
    pub designators: Vec<Designator>,
    /// The value.
    pub init: Initializer,
}

/// One step to a subobject; `offsetof` uses them too.
#[derive(Clone, Debug, PartialEq)]
pub enum Designator {
    /// `.name`, or GNU's old `name:`.
    Field(Ident),
    /// `[n]`
    Index(Expr),
    /// `[first ... last]`
    Range(Expr, Expr),
}

/// One attribute of `__attribute__((...))` or `[[...]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// `packed` for `packed`, `__packed__` and `gnu::packed`.
    pub name: Ident,
    /// What stands in its parentheses; bare words are [`ExprKind::Ident`](super::ExprKind).
    pub args: Vec<Expr>,
    /// Written `[[...]]`.
    pub standard: bool,
    /// The attribute with its arguments.
    pub span: Span,
}
