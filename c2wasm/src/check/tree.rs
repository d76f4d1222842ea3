//! The typed tree of one function or initializer: what the checker makes and the lowering reads.
//!
//! What always holds:
//! - Every conversion is a node. Operands of an arithmetic operator have its type; the value of
//!   an assignment has the type of its target.
//! - Places and values are told apart: a value is read from a place by [`ExprKind::Load`] only,
//!   and its address taken by [`ExprKind::Address`] only.
//! - Constants are folded as they are made: an integer constant expression is an
//!   [`ExprKind::Int`], an address constant an [`ExprKind::Symbol`].
//! - Compound assignment, `++` and GNU's `?:` are spelled out with temporaries.
//! - Nodes live in one arena and are named by number, so no tree is ever dropped recursively; a
//!   run of a thousand `+` leans to the left.

use crate::ast::{BinaryOp, Encoding};
use crate::names::Name;
use crate::types::{BitField, QTy, Ty};
use alloc::{boxed::Box, vec::Vec};
use wasm_common::{frugal::Chunks, source::Span};

/// A node in a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExprId(pub u32);

/// A local variable or temporary of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalId(pub u32);

/// A label of a function; those of `case` too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub u32);

/// An object or function with a place in the program, by number in the unit's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A string literal of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StringId(pub u32);

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it does.
    pub kind: ExprKind,
    /// Its type; quals matter on places only.
    pub ty: QTy,
    /// Where.
    pub span: Span,
}

/// What a symbolic address is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// An object or function.
    Entity(EntityId),
    /// A string literal.
    String(StringId),
}

/// The kinds of expression.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Reported already.
    Error,

    // Places.
    /// A local variable.
    Local(LocalId),
    /// A static object or a function.
    Entity(EntityId),
    /// A string literal, an array.
    String(StringId),
    /// What a pointer points to.
    Deref(ExprId),
    /// A member of a record: of a place, or of a record value, which lies in memory too.
    Member {
        /// The record.
        base: ExprId,
        /// Bytes from its start.
        offset: u32,
        /// The bits, for a bit-field.
        bits: Option<BitField>,
    },
    /// A compound literal: a local that is initialized each time it is reached.
    Literal(LocalId, Box<Init>),

    // Constants.
    /// An integer or pointer, extended to 64 bits as its type says.
    Int(u64),
    /// A floating constant.
    Float(f64),
    /// The address of something static, plus bytes: a pointer.
    Symbol(Base, i32),

    // Values.
    /// The value in a place. For a record: the place itself.
    Load(ExprId),
    /// The address of a place.
    Address(ExprId),
    /// To the node's type from another scalar type, or to `void`.
    Convert(ExprId),
    /// `-`, on an arithmetic operand of the node's type.
    Neg(ExprId),
    /// `~`
    BitNot(ExprId),
    /// `!`, on any scalar; an `int`.
    Not(ExprId),
    /// Arithmetic: both operands have the node's type, but the right one of a shift, an `int`.
    /// Comparison: both operands have one type, the node is an `int`.
    Binary(BinaryOp, ExprId, ExprId),
    /// A pointer plus bytes.
    Offset(ExprId, ExprId),
    /// The difference of two pointers divided by a number of bytes.
    Difference(ExprId, ExprId, u32),
    /// `&&` if the flag is set, else `||`, of two or more scalars; an `int`.
    Logical(bool, Vec<ExprId>),
    /// `c ? a : b`
    Conditional(ExprId, ExprId, ExprId),
    /// `a, b, c`: the value of the last.
    Comma(Vec<ExprId>),
    /// `place = value`; records are copied.
    Assign(ExprId, ExprId),
    /// A call.
    Call(Box<Call>),
    /// An operation of its own.
    Builtin(Builtin, Vec<ExprId>),
    /// `({ ... })`: statements, and an expression after them that is its value.
    Statement(Box<Stmt>, Option<ExprId>),
}

/// A function call.
#[derive(Clone, Debug)]
pub struct Call {
    /// What is called: an [`ExprKind::Symbol`], or any pointer to a function.
    pub callee: ExprId,
    /// The function's type.
    pub func: Ty,
    /// Converted arguments.
    pub args: Vec<ExprId>,
    /// How many of them are for named parameters; the others go into the variable list. `None`
    /// when the callee has no prototype.
    pub named: Option<u32>,
}

/// Operations that are no C operator. Operand types are fixed by `Builtin::parse`'s table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the builtin or instruction of its name")]
pub enum Builtin {
    Clz,
    Ctz,
    Popcount,
    Parity,
    Ffs,
    Clrsb,
    Bswap16,
    Bswap,
    RotateLeft,
    RotateRight,
    Sqrt,
    Floor,
    Ceil,
    Trunc,
    Nearest,
    Abs,
    Fabs,
    CopySign,
    SignBit,
    IsNan,
    IsInf,
    IsFinite,
    IsNormal,
    IsUnordered,
    MemoryCopy,
    MemoryFill,
    MemorySize,
    MemoryGrow,
    Alloca,
    Trap,
    /// Ends the program with a status.
    Exit,
    /// The address of the caller's variable arguments.
    VaStart,
    /// `(a, b, address of result)`: overflow is the value.
    AddOverflow,
    SubOverflow,
    MulOverflow,
    HeapBase,
    FrameAddress,
    /// Nothing.
    Fence,
}

/// What an object starts as: everything not listed is zero.
#[derive(Clone, Debug, Default)]
pub struct Init {
    /// In order of evaluation; later ones overwrite earlier ones.
    pub items: Vec<InitItem>,
    /// Whether the items leave no byte of the object unset.
    pub covers: bool,
    /// Whether designators were used: a later item may lie on an earlier one.
    pub designated: bool,
}

/// A value and its place in the object.
#[derive(Clone, Copy, Debug)]
pub struct InitItem {
    /// Bytes from the object's start.
    pub offset: u32,
    /// The bits, for a bit-field.
    pub bits: Option<BitField>,
    /// The member's or element's type.
    pub ty: QTy,
    /// The value, converted; an [`ExprKind::String`] fills an array, an [`ExprKind::Int`] of an
    /// aggregate's item zeroes it.
    pub value: ExprId,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// Nothing.
    Empty,
    /// Nothing either: `[[fallthrough]];`.
    FallThrough,
    /// An expression whose value is not used.
    Expr(ExprId),
    /// One after the other; the flag says that variable length arrays are declared in it, whose
    /// memory is given back at its end.
    Block(Vec<Stmt>, bool),
    /// Gives a local aggregate its first value.
    Init(LocalId, Init),
    /// Takes memory for a variable length array: the local, its size in bytes.
    Allocate(LocalId, ExprId),
    /// Conditions with branches, and the last `else`.
    If(Vec<(ExprId, Stmt)>, Option<Box<Stmt>>),
    /// `switch`
    Switch(Box<Switch>),
    /// `while (condition) body`
    While(ExprId, Box<Stmt>),
    /// `do body while (condition);`
    DoWhile(Box<Stmt>, ExprId),
    /// `for (; condition; step) body`; what stands first was a statement before.
    For(Option<ExprId>, Option<ExprId>, Box<Stmt>),
    /// A place to jump to.
    Label(LabelId),
    /// `goto`
    Goto(LabelId),
    /// `goto *e`: the value is one of the numbers that [`Tree::address_labels`] gave.
    GotoComputed(ExprId),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `return`
    Return(Option<ExprId>),
}

/// A `switch`.
#[derive(Clone, Debug)]
pub struct Switch {
    /// The value, promoted.
    pub value: ExprId,
    /// Values, first and last, and where they go; no two overlap.
    pub cases: Vec<Case>,
    /// `default:`
    pub default: Option<LabelId>,
    /// Holds the labels.
    pub body: Stmt,
}

/// `case first ... last:`
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// First value, extended to 64 bits as the switch's type says.
    pub first: u64,
    /// Last value.
    pub last: u64,
    /// Where it goes.
    pub label: LabelId,
    /// The label.
    pub span: Span,
}

/// A local variable or temporary.
#[derive(Clone, Debug)]
pub struct Local {
    /// Its name; empty for a temporary.
    pub name: Name,
    /// Its type.
    pub ty: QTy,
    /// Alignment if it must be stricter than the type's, else 0.
    pub align: u32,
    /// Declared `register`: nobody may ask for its address.
    pub register: bool,
    /// Whether it must live in memory because its address is taken.
    pub address_taken: bool,
    /// Whether its value is ever looked at.
    pub used: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A string literal.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its characters with the terminating zero.
    pub bytes: Vec<u8>,
    /// Its prefix.
    pub encoding: Encoding,
}

/// The arena of one function or initializer.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    exprs: Chunks<Expr>,
    /// Locals; parameters first, in order.
    pub locals: Vec<Local>,
    /// String literals.
    pub strings: Vec<Text>,
    /// Number of labels.
    pub labels: u32,
    /// Labels whose address is taken; the address is the position plus one.
    pub address_labels: Vec<LabelId>,
}

impl Tree {
    /// Adds a node; one whose type is wrong is wrong itself.
    pub fn add(&mut self, kind: ExprKind, ty: impl Into<QTy>, span: Span) -> ExprId {
        self.push(kind, ty.into(), span)
    }

    fn push(&mut self, kind: ExprKind, ty: QTy, span: Span) -> ExprId {
        let kind = if ty.ty == Ty::ERROR { ExprKind::Error } else { kind };
        self.exprs.push(Expr { kind, ty, span });
        ExprId(self.exprs.len() as u32 - 1)
    }

    /// A node.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    /// All nodes.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        self.exprs.iter()
    }

    /// A node, to be changed.
    pub fn expr_mut(&mut self, id: ExprId) -> &mut Expr {
        &mut self.exprs[id.0 as usize]
    }

    /// Its kind.
    pub fn kind(&self, id: ExprId) -> &ExprKind {
        &self.expr(id).kind
    }

    /// Its type without quals.
    pub fn ty(&self, id: ExprId) -> Ty {
        self.expr(id).ty.ty
    }

    /// Where it stands.
    pub fn span(&self, id: ExprId) -> Span {
        self.expr(id).span
    }

    /// The integer that it is.
    pub fn as_int(&self, id: ExprId) -> Option<u64> {
        match *self.kind(id) {
            ExprKind::Int(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it was reported as wrong.
    pub fn is_error(&self, id: ExprId) -> bool {
        matches!(self.kind(id), ExprKind::Error)
    }

    /// Adds a local.
    pub fn add_local(&mut self, name: Name, ty: QTy, span: Span) -> LocalId {
        let (align, register, address_taken, used) = (0, false, false, ty.ty == Ty::ERROR);
        let local = Local { name, ty, align, register, address_taken, used, span };
        self.locals.push(local);
        LocalId(self.locals.len() as u32 - 1)
    }

    /// A local.
    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.0 as usize]
    }

    /// A local, to be changed.
    pub fn local_mut(&mut self, id: LocalId) -> &mut Local {
        &mut self.locals[id.0 as usize]
    }

    /// A new label.
    pub fn add_label(&mut self) -> LabelId {
        self.labels += 1;
        LabelId(self.labels - 1)
    }

    /// How many nodes there are: with [`Self::truncate`], to forget what was made since.
    pub fn len(&self) -> usize {
        self.exprs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.exprs.is_empty()
    }

    /// Forgets the nodes after the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.exprs.truncate(len);
    }
}
