//! Statements.

use super::{Attribute, Declaration, Expr, Ident, StaticAssert, StringLit};
use alloc::{boxed::Box, vec::Vec};
use wasm_common::source::Span;

/// A statement, or a declaration among statements.
#[derive(Clone, Debug, PartialEq)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// With the semicolon.
    pub span: Span,
}

/// `{ ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// In order.
    pub stmts: Vec<Stmt>,
    /// With the braces.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Clone, Debug, PartialEq)]
pub enum StmtKind {
    /// `;`
    Empty,
    /// `e;`
    Expr(Expr),
    /// A declaration.
    Declaration(Box<Declaration>),
    /// `_Static_assert(...);`
    StaticAssert(Box<StaticAssert>),
    /// `{ ... }`
    Block(Block),
    /// Labels and what they stand before.
    Labeled {
        /// One or more, in order: `case 1: case 2: again:` is one run.
        labels: Vec<Label>,
        /// Empty when a label ends its block (C23, GNU).
        body: Box<Stmt>,
    },
    /// `if`, with its `else if`s.
    If(Box<If>),
    /// `switch (e) body`
    Switch(Expr, Box<Stmt>),
    /// `while (e) body`
    While(Expr, Box<Stmt>),
    /// `do body while (e);`
    DoWhile(Box<Stmt>, Expr),
    /// `for (init; condition; step) body`
    For(Box<For>),
    /// `goto name;`
    Goto(Ident),
    /// GNU's `goto *e;`
    GotoComputed(Expr),
    /// `break;`
    Break,
    /// `continue;`
    Continue,
    /// `return e;`
    Return(Option<Expr>),
    /// `asm(...);`
    Asm(Box<Asm>),
    /// GNU's `__label__ a, b;`
    LocalLabels(Vec<Ident>),
    /// `[[fallthrough]];` and `__attribute__((fallthrough));`
    Attributes(Vec<Attribute>),
}

/// What stands before a colon.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Which.
    pub kind: LabelKind,
    /// With the colon.
    pub span: Span,
}

/// The kinds of label.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelKind {
    /// `name:`
    Name(Ident, Vec<Attribute>),
    /// `case e:`, GNU's `case first ... last:`
    Case(Expr, Option<Expr>),
    /// `default:`
    Default,
}

/// `if (a) x else if (b) y else z`
#[derive(Clone, Debug, PartialEq)]
pub struct If {
    /// Conditions with their branches; at least one. Flat, so long chains are not deep.
    pub arms: Vec<(Expr, Stmt)>,
    /// The last `else`.
    pub otherwise: Option<Stmt>,
}

/// `for`
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// The first clause.
    pub init: ForInit,
    /// True when absent.
    pub condition: Option<Expr>,
    /// After each round.
    pub step: Option<Expr>,
    /// The body.
    pub body: Stmt,
}

/// The first clause of a `for`.
#[derive(Clone, Debug, PartialEq)]
pub enum ForInit {
    /// Nothing.
    None,
    /// An expression.
    Expr(Expr),
    /// A declaration, whose scope is the loop.
    Declaration(Box<Declaration>),
}

/// `asm`; only an empty template has a meaning here, as a barrier and a copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Asm {
    /// `volatile`
    pub volatile: bool,
    /// The instructions.
    pub template: StringLit,
    /// After the first colon.
    pub outputs: Vec<AsmOperand>,
    /// After the second colon.
    pub inputs: Vec<AsmOperand>,
    /// After the third colon.
    pub clobbers: Vec<StringLit>,
    /// After the fourth colon (`asm goto`).
    pub labels: Vec<Ident>,
    /// The whole.
    pub span: Span,
}

/// `[name] "constraint" (e)`
#[derive(Clone, Debug, PartialEq)]
pub struct AsmOperand {
    /// Symbolic name.
    pub name: Option<Ident>,
    /// Such as `=r`, `+m` or `0`.
    pub constraint: StringLit,
    /// The operand.
    pub expr: Expr,
}
