//! Expressions.

use super::{Block, Designator, Ident, InitList, Name, TypeName};
use alloc::{boxed::Box, vec::Vec};
use wasm_common::source::Span;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

impl Expr {
    /// An expression at `span`.
    pub fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The expression inside any parentheses.
    pub fn unparen(&self) -> &Self {
        let mut expr = self;
        while let ExprKind::Paren(inner) = &expr.kind {
            expr = inner;
        }
        expr
    }
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A name that is not a typedef; `__func__` and builtins too.
    Ident(Name),
    /// An integer constant.
    Int(IntLit),
    /// A floating constant.
    Float(FloatLit),
    /// A character constant.
    Char(CharLit),
    /// A string, adjacent ones joined.
    String(StringLit),
    /// `true` and `false` of C23.
    Bool(bool),
    /// `nullptr` of C23.
    Nullptr,
    /// `(e)`: kept, since warnings and string initializers look at it.
    Paren(Box<Expr>),
    /// `a[i]`
    Index(Box<Expr>, Box<Expr>),
    /// `f(args)`
    Call(Box<Expr>, Vec<Expr>),
    /// `a.name` and `a->name`
    Member {
        /// Left of the dot or arrow.
        base: Box<Expr>,
        /// An arrow, not a dot.
        arrow: bool,
        /// The member.
        name: Ident,
    },
    /// `a++`, `a--`
    Postfix(Step, Box<Expr>),
    /// `-a`, `++a`, `*a` and other prefix operators.
    Unary(UnaryOp, Box<Expr>),
    /// A run of binary operators of one precedence, from left to right: `a - b + c` is `a` with
    /// `- b` and `+ c`. Flat, so a sum of 10,000 terms is not 10,000 deep. Never empty.
    Binary {
        /// The leftmost operand.
        first: Box<Expr>,
        /// Operators with their right operands.
        rest: Vec<BinaryTail>,
    },
    /// `a = b`, `a += b`
    Assign {
        /// The operator before `=`, if any.
        op: Option<BinaryOp>,
        /// Where the operator stands.
        op_span: Span,
        /// What is assigned to.
        target: Box<Expr>,
        /// The value.
        value: Box<Expr>,
    },
    /// `c ? a : b`, GNU's `c ?: b`
    Conditional {
        /// Before `?`.
        condition: Box<Expr>,
        /// Between `?` and `:`; absent in `?:`.
        then: Option<Box<Expr>>,
        /// After `:`.
        otherwise: Box<Expr>,
    },
    /// `a, b, c`: two or more.
    Comma(Vec<Expr>),
    /// `(type)e`
    Cast(Box<TypeName>, Box<Expr>),
    /// `(type){ ... }`
    CompoundLiteral(Box<TypeName>, InitList),
    /// `sizeof e`
    SizeofExpr(Box<Expr>),
    /// `sizeof(type)`
    SizeofType(Box<TypeName>),
    /// `_Alignof e` (GNU)
    AlignofExpr(Box<Expr>),
    /// `_Alignof(type)`
    AlignofType(Box<TypeName>),
    /// `_Generic(e, type: a, default: b)`
    Generic(Box<Generic>),
    /// GNU's `({ ... })`; its value is that of the last expression statement.
    Statement(Box<Block>),
    /// GNU's `&&label`
    LabelAddress(Ident),
    /// `__builtin_va_arg(list, type)`
    VaArg(Box<Expr>, Box<TypeName>),
    /// `__builtin_offsetof(type, member.sub[2])`
    Offsetof(Box<TypeName>, Vec<Designator>),
    /// `__builtin_types_compatible_p(a, b)`
    TypesCompatible(Box<TypeName>, Box<TypeName>),
}

/// One operator of a run with its right operand.
#[derive(Clone, Debug, PartialEq)]
pub struct BinaryTail {
    /// The operator.
    pub op: BinaryOp,
    /// Where it stands.
    pub op_span: Span,
    /// Its right operand; the left one is the run before it.
    pub operand: Expr,
}

/// `_Generic`
#[derive(Clone, Debug, PartialEq)]
pub struct Generic {
    /// Whose type selects; not evaluated.
    pub control: Expr,
    /// The associations.
    pub arms: Vec<GenericArm>,
}

/// One association of a [`Generic`].
#[derive(Clone, Debug, PartialEq)]
pub struct GenericArm {
    /// Absent for `default`.
    pub ty: Option<TypeName>,
    /// The value.
    pub value: Expr,
}

/// Up or down by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `++`
    Increment,
    /// `--`
    Decrement,
}

/// Prefix operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `~`
    BitNot,
    /// `!`
    Not,
    /// `*`
    Deref,
    /// `&`
    AddressOf,
    /// `++`
    Increment,
    /// `--`
    Decrement,
    /// `__real__`
    Real,
    /// `__imag__`
    Imag,
}

/// Binary operators, without assignment and comma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
    /// `<`
    Lt,
    /// `>`
    Gt,
    /// `<=`
    Le,
    /// `>=`
    Ge,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `&`
    And,
    /// `^`
    Xor,
    /// `|`
    Or,
    /// `&&`
    LogicalAnd,
    /// `||`
    LogicalOr,
}

impl UnaryOp {
    /// As written.
    pub fn spelling(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::BitNot => "~",
            Self::Not => "!",
            Self::Deref => "*",
            Self::AddressOf => "&",
            Self::Increment => "++",
            Self::Decrement => "--",
            Self::Real => "__real__",
            Self::Imag => "__imag__",
        }
    }
}

impl BinaryOp {
    /// As written.
    pub fn spelling(self) -> &'static str {
        match self {
            Self::Mul => "*",
            Self::Div => "/",
            Self::Rem => "%",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Shl => "<<",
            Self::Shr => ">>",
            Self::Lt => "<",
            Self::Gt => ">",
            Self::Le => "<=",
            Self::Ge => ">=",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::And => "&",
            Self::Xor => "^",
            Self::Or => "|",
            Self::LogicalAnd => "&&",
            Self::LogicalOr => "||",
        }
    }

    /// How tightly it binds, from 1 (`||`) to 10 (`*`); a run has one precedence.
    pub fn precedence(self) -> u8 {
        match self {
            Self::Mul | Self::Div | Self::Rem => 10,
            Self::Add | Self::Sub => 9,
            Self::Shl | Self::Shr => 8,
            Self::Lt | Self::Gt | Self::Le | Self::Ge => 7,
            Self::Eq | Self::Ne => 6,
            Self::And => 5,
            Self::Xor => 4,
            Self::Or => 3,
            Self::LogicalAnd => 2,
            Self::LogicalOr => 1,
        }
    }
}

/// An integer constant (C11 6.4.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntLit {
    /// Its value.
    pub value: u64,
    /// Written in decimal: never becomes unsigned by itself.
    pub decimal: bool,
    /// Suffix `u`.
    pub unsigned: bool,
    /// How many `l` in the suffix.
    pub longs: u8,
}

/// A floating constant (C11 6.4.4.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatLit {
    /// Its value; with suffix `f` rounded to single once.
    pub value: f64,
    /// The suffix.
    pub suffix: FloatSuffix,
}

/// The type of a floating constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatSuffix {
    /// `float`
    F,
    /// `double`
    None,
    /// `long double`
    L,
}

/// A character constant (C11 6.4.4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharLit {
    /// Its value; that of a plain one is a sign-extended `char`, or several bytes, first highest.
    pub value: i32,
    /// The prefix.
    pub encoding: Encoding,
    /// It has more than one character.
    pub several: bool,
    /// What follows a backslash though it makes no escape; it stands for itself.
    pub unknown_escape: Option<char>,
}

/// A string literal (C11 6.4.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringLit {
    /// The characters as they lie in memory, little-endian, without the terminating zero.
    pub bytes: Vec<u8>,
    /// The prefix.
    pub encoding: Encoding,
    /// From the first to the last quote.
    pub span: Span,
    /// What follows a backslash though it makes no escape; it stands for itself.
    pub unknown_escape: Option<char>,
}

impl StringLit {
    /// Number of array elements, with the terminating zero.
    pub fn len_with_zero(&self) -> usize {
        self.bytes.len() / self.encoding.width() + 1
    }
}

/// The prefix of a character constant or string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `"..."`: `char`.
    Plain,
    /// `u8"..."`: `char`, UTF-8 (`unsigned char` as a constant in C23).
    Utf8,
    /// `u"..."`: `char16_t`, unsigned short.
    Utf16,
    /// `U"..."`: `char32_t`, unsigned int.
    Utf32,
    /// `L"..."`: `wchar_t`, int.
    Wide,
}

impl Encoding {
    /// Bytes per element.
    pub fn width(self) -> usize {
        match self {
            Self::Plain | Self::Utf8 => 1,
            Self::Utf16 => 2,
            Self::Utf32 | Self::Wide => 4,
        }
    }

    /// The letters before the quote.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Utf8 => "u8",
            Self::Utf16 => "u",
            Self::Utf32 => "U",
            Self::Wide => "L",
        }
    }
}
