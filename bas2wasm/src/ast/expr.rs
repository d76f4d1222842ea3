//! Expressions and names.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;
use core::ops::{Deref, DerefMut};
use wasm_common::source::Span;

/// The numeric types that a value can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumType {
    /// 16 bits, kept in 32 and checked when stored (QuickBASIC's INTEGER).
    I16,
    /// 32 bits, wrapping.
    I32,
    /// 64 bits, wrapping.
    I64,
    /// Single.
    F32,
    /// Double.
    F64,
}

/// The character that gives a name its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suffix {
    /// `%`
    Percent,
    /// `&`
    Ampersand,
    /// `&&`
    Long64,
    /// `!`
    Bang,
    /// `#`
    Hash,
    /// `$`
    Dollar,
}

impl fmt::Display for Suffix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Percent => "%",
            Self::Ampersand => "&",
            Self::Long64 => "&&",
            Self::Bang => "!",
            Self::Hash => "#",
            Self::Dollar => "$",
        })
    }
}

/// A name and its suffix; `A`, `A$` and `A#` are three variables.
#[derive(Clone, Debug, Eq)]
pub struct Name {
    /// Upper case, without the suffix.
    pub text: String,
    /// The suffix.
    pub suffix: Option<Suffix>,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// Whether it is a name as Minimal BASIC has them, a letter or a letter and a digit: no builtin is.
    pub(crate) fn is_minimal(&self) -> bool {
        match *self.text.as_bytes() {
            [letter] => letter.is_ascii_alphabetic(),
            [letter, digit] => letter.is_ascii_alphabetic() && digit.is_ascii_digit(),
            _ => false,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.suffix == other.suffix
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        self.suffix.map_or(Ok(()), |suffix| suffix.fmt(f))
    }
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Neg,
    /// `+`
    Plus,
    /// `NOT`
    Not,
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "their spelling is in `as_str`")]
pub enum BinaryOp {
    Pow,
    Mul,
    Div,
    IntDiv,
    Mod,
    Add,
    Sub,
    Eq,
    Ne,
    Lt,
    Gt,
    Le,
    Ge,
    And,
    Or,
    Xor,
    Eqv,
    Imp,
}

impl BinaryOp {
    /// How it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pow => "^",
            Self::Mul => "*",
            Self::Div => "/",
            Self::IntDiv => "\\",
            Self::Mod => "MOD",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Eq => "=",
            Self::Ne => "<>",
            Self::Lt => "<",
            Self::Gt => ">",
            Self::Le => "<=",
            Self::Ge => ">=",
            Self::And => "AND",
            Self::Or => "OR",
            Self::Xor => "XOR",
            Self::Eqv => "EQV",
            Self::Imp => "IMP",
        }
    }

    /// Whether it compares.
    pub fn is_comparison(self) -> bool {
        matches!(self, Self::Eq | Self::Ne | Self::Lt | Self::Gt | Self::Le | Self::Ge)
    }

    /// Whether it works on the bits of integers.
    pub fn is_logical(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Xor | Self::Eqv | Self::Imp)
    }
}

/// An expression. A pointer: expressions are handed from function to function, and statements have several.
#[derive(Clone)]
pub struct Expr(Box<Node>);

/// What an [`Expr`] is, and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

impl Deref for Expr {
    type Target = Node;

    fn deref(&self) -> &Node {
        &self.0
    }
}

impl DerefMut for Expr {
    fn deref_mut(&mut self) -> &mut Node {
        &mut self.0
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Expr {
    /// An expression at `span`.
    #[inline(never)]
    pub fn new(kind: ExprKind, span: Span) -> Self {
        Self(Box::new(Node { kind, span }))
    }

    /// The expression without the parentheses around it.
    pub fn unwrapped(&self) -> &Self {
        let mut expr = self;
        while let ExprKind::Paren(inner) = &expr.kind {
            expr = inner;
        }
        expr
    }
}

/// Kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// An integer; a suffix gives its type.
    Int(i64, Option<Suffix>),
    /// A number with a point or an exponent; `double` when written with `D`.
    Float {
        /// Its value.
        value: f64,
        /// Its suffix.
        suffix: Option<Suffix>,
        /// Whether its digits or a `D` exponent ask for a double.
        double: bool,
    },
    /// A string, escapes already resolved.
    Str(String),
    /// A variable, a constant, or a function without arguments.
    Name(Name),
    /// An array element, a builtin, or a function; `A()` names a whole array.
    Call(Name, Vec<Expr>),
    /// A field of a record: `P(1).X`.
    Field(Expr, String),
    /// One operand.
    Unary(UnaryOp, Expr),
    /// Two operands.
    Binary(BinaryOp, Expr, Expr),
    /// `(a)`: a value, never a reference.
    Paren(Expr),
    /// What could not be parsed; an error has been reported.
    Error,
}
