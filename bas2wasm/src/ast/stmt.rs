//! Statements.

use super::{Expr, Name, NumType};
use alloc::{string::String, vec::Vec};
use wasm_common::source::Span;

/// A whole program: the statements of a file and of what it includes, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// The statements.
    pub stmts: Vec<Stmt>,
}

/// A statement and where it stands.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// Where.
    pub span: Span,
}

impl PartialEq for Stmt {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// Where a jump goes: a line number or a label.
#[derive(Clone, Debug, Eq)]
pub struct Target {
    /// Digits, or a label in upper case.
    pub text: String,
    /// Where it is named.
    pub span: Span,
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// What is between the items of PRINT.
#[derive(Clone, Debug, PartialEq)]
pub enum PrintItem {
    /// A value.
    Value(Expr),
    /// `;`
    Semicolon,
    /// `,`: the next zone.
    Comma,
    /// `TAB(n)`
    Tab(Expr),
    /// `SPC(n)`
    Spc(Expr),
}

/// One test of a CASE.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseItem {
    /// `CASE a`
    Value(Expr),
    /// `CASE a TO b`
    Range(Expr, Expr),
    /// `CASE IS < a`
    Is(super::BinaryOp, Expr),
}

/// What EXIT and CONTINUE name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the keyword")]
pub enum Exit {
    For,
    While,
    Do,
    Select,
    Sub,
    Function,
}

impl Exit {
    /// The keyword.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::For => "FOR",
            Self::While => "WHILE",
            Self::Do => "DO",
            Self::Select => "SELECT",
            Self::Sub => "SUB",
            Self::Function => "FUNCTION",
        }
    }
}

/// SUB or FUNCTION. In ConeZ they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the keyword")]
pub enum ProcKind {
    Sub,
    Function,
}

/// A type named after AS.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeName {
    /// A number.
    Num(NumType),
    /// STRING
    Str,
    /// `STRING * n`
    Fixed(Expr),
    /// A TYPE.
    Record(Name),
}

/// A parameter of a procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// `A()`: a whole array.
    pub array: bool,
    /// The type after AS.
    pub ty: Option<TypeName>,
    /// BYVAL (true) or BYREF (false), if written.
    pub by_value: Option<bool>,
}

/// A dimension: `upper` or `lower TO upper`.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// Before TO.
    pub lower: Option<Expr>,
    /// After TO, or alone.
    pub upper: Expr,
}

/// One variable of a DIM and its kin.
#[derive(Clone, Debug, PartialEq)]
pub struct DimItem {
    /// Its name.
    pub name: Name,
    /// The dimensions; `Some` of an empty list for `A()`.
    pub bounds: Option<Vec<Bound>>,
    /// The type after AS.
    pub ty: Option<TypeName>,
    /// The first value.
    pub init: Option<Expr>,
}

/// Which declaration it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DimKind {
    /// `DIM`
    Dim,
    /// `DIM SHARED`
    DimShared,
    /// `REDIM`
    Redim,
    /// `REDIM PRESERVE`
    Preserve,
    /// `LOCAL`
    Local,
    /// `STATIC`
    Static,
    /// `SHARED` inside a procedure
    Shared,
}

/// An item of DATA.
#[derive(Clone, Debug, PartialEq)]
pub struct DataItem {
    /// Its text, without the quotes.
    pub text: String,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the keyword")]
pub enum Mode {
    Input,
    Output,
    Append,
    Random,
    Binary,
}

/// Where RESUME goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Resume {
    /// The statement that failed.
    Again,
    /// The one after it.
    Next,
    /// A line.
    At(Target),
}

/// Kinds of statement.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each is the statement of that name; fields are its parts")]
pub enum StmtKind {
    /// A line number.
    Line(u32),
    /// `NAME:`
    Label(String),
    Let(Expr, Expr),
    /// `MID$(target, start[, count]) = value`
    MidAssign {
        target: Expr,
        start: Expr,
        count: Option<Expr>,
        value: Expr,
    },
    /// `LSET` (false) or `RSET` (true).
    Set {
        right: bool,
        target: Expr,
        value: Expr,
    },
    /// `> a`
    Show(Expr),
    /// `PRINTS a`
    Prints(Expr),
    Format(Expr, Vec<Expr>),
    Print {
        channel: Option<Expr>,
        using: Option<Expr>,
        items: Vec<PrintItem>,
    },
    Write {
        channel: Option<Expr>,
        items: Vec<Expr>,
    },
    /// `question`: prompt followed by `? `. `stay`: no new line after the entry.
    Input {
        prompt: Option<String>,
        question: bool,
        stay: bool,
        targets: Vec<Expr>,
    },
    InputFile(Expr, Vec<Expr>),
    LineInput {
        channel: Option<Expr>,
        prompt: Option<String>,
        stay: bool,
        target: Expr,
    },

    /// Block IF.
    If(Expr),
    ElseIf(Expr),
    Else,
    EndIf,
    /// IF with its statements on the same line.
    LineIf(Expr),
    LineElse,
    /// The end of that line.
    LineEnd,
    For {
        var: Expr,
        from: Expr,
        to: Expr,
        step: Option<Expr>,
    },
    Next(Vec<Expr>),
    While(Expr),
    Wend,
    /// `true` for UNTIL.
    Do(Option<(bool, Expr)>),
    Loop(Option<(bool, Expr)>),
    Exit(Exit),
    Continue(Exit),
    Select(Expr),
    Case(Vec<CaseItem>),
    CaseElse,
    EndSelect,

    Goto(Target),
    Gosub(Target),
    On {
        index: Expr,
        gosub: bool,
        targets: Vec<Target>,
        /// What follows them is wrong: an error unless one of them is chosen.
        wrong: bool,
    },
    Return(Option<Expr>),
    OnError(Option<Target>),
    Resume(Resume),
    Error(Expr),

    /// `DECLARE` when `forward`.
    Proc {
        kind: ProcKind,
        forward: bool,
        name: Name,
        params: Vec<Param>,
        ty: Option<TypeName>,
        is_static: bool,
    },
    EndProc(ProcKind),
    DefFn {
        name: Name,
        params: Vec<Param>,
        body: Expr,
    },
    /// `NAME a, b`, `NAME(a, b)` or, when `explicit`, `CALL NAME(a, b)`.
    Call {
        name: Name,
        args: Vec<Expr>,
        explicit: bool,
    },

    Dim {
        kind: DimKind,
        items: Vec<DimItem>,
    },
    Const(Vec<(Name, Expr)>),
    Erase(Vec<Name>),
    OptionBase(i32),
    OptionExplicit,
    /// `DEFINT A-Z`: letters from 0; `None` for DEFSTR.
    DefType(Option<NumType>, Vec<(u8, u8)>),
    Type(Name),
    Field(DimItem),
    EndType,

    Data(Vec<DataItem>),
    Read(Vec<Expr>),
    Restore(Option<Target>),
    Swap(Expr, Expr),
    Randomize(Option<Expr>),
    /// What does not parse, where that is an error of the run: its number.
    Wrong {
        code: u8,
        /// Of the statement before it, whose beginning has been executed.
        tail: bool,
    },

    Open {
        path: Expr,
        mode: Mode,
        channel: Expr,
        record: Option<Expr>,
    },
    /// All channels when empty.
    Close(Vec<Expr>),
    /// `GET` (false) or `PUT` (true).
    Transfer {
        put: bool,
        channel: Expr,
        record: Option<Expr>,
        target: Option<Expr>,
    },
    /// `FIELD #n, width AS variable, ...`.
    Layout(Expr, Vec<(Expr, Expr)>),
    Seek(Expr, Expr),
    Kill(Expr),
    Rename(Expr, Expr),
    Mkdir(Expr),
    Rmdir(Expr),

    End,
    Stop,
    /// `CLEAR`, whatever sizes stand behind it.
    Clear,
    Bye,
    Break,
    /// A statement of a screen or a speaker that the device does not have.
    Ignored(String),
}
