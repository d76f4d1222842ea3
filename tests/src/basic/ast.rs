//! The syntax tree of the subset that programs at random use.

/// A type, as a name's suffix says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ty {
    /// No suffix: i32. (A name without suffix takes the type of its first assignment; programs
    /// assign an integer first.)
    Int,
    /// `&`: i64.
    Long,
    /// `#`: f32.
    Single,
    /// `$`.
    Text,
}

impl Ty {
    /// The type that the suffix of `name` says.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name.as_bytes().last() {
            Some(b'&') => Self::Long,
            Some(b'#') => Self::Single,
            Some(b'$') => Self::Text,
            _ => Self::Int,
        }
    }

    /// Its suffix.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Int => "",
            Self::Long => "&",
            Self::Single => "#",
            Self::Text => "$",
        }
    }
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "BASIC's own names")]
pub enum Op {
    Add,
    Sub,
    Mul,
    Div,
    IntDiv,
    Mod,
    Eq,
    Ne,
    Lt,
    Gt,
    Le,
    Ge,
    And,
    Or,
    Xor,
}

/// An expression.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A literal that is not negative.
    Int(i32),
    /// A literal beyond 32 bits.
    Long(i64),
    /// A literal with a decimal point; a multiple of 1/8.
    Single(f32),
    /// A literal of letters, digits and blanks.
    Text(String),
    /// A variable.
    Var(String),
    /// An array element.
    Element(String, Vec<Expr>),
    /// `UBOUND(array)`.
    Upper(String),
    /// `-x`.
    Neg(Box<Expr>),
    /// `NOT x`.
    Not(Box<Expr>),
    /// `a op b`.
    Binary(Op, Box<Expr>, Box<Expr>),
    /// A call of a SUB for its value, or of a builtin.
    Call(String, Vec<Expr>),
}

/// What can be assigned to.
#[derive(Clone, Debug)]
pub enum Place {
    /// A variable.
    Var(String),
    /// An array element.
    Element(String, Vec<Expr>),
}

impl Place {
    /// Its type.
    #[must_use]
    pub fn ty(&self) -> Ty {
        match self {
            Self::Var(name) | Self::Element(name, _) => Ty::of(name),
        }
    }
}

/// A case of SELECT.
#[derive(Clone, Debug)]
pub enum Case {
    /// Equal to this.
    Is(Expr),
    /// Between these.
    Range(Expr, Expr),
    /// `IS op x`.
    Compare(Op, Expr),
}

/// A statement and the line that it starts on.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// From 1; set when the program is written down.
    pub line: u32,
    /// The line of what ends it, if anything on that line is evaluated.
    pub end_line: u32,
    /// What it does.
    pub kind: Kind,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `place = value`.
    Let(Place, Expr),
    /// `> value`.
    Show(Expr),
    /// `FORMAT "..."`: pieces of text with an argument between each two.
    Format(Vec<String>, Vec<Expr>),
    /// `PRINT` of integers and texts, each followed by `;`, `,` or the end.
    Print(Vec<(Expr, char)>),
    /// Conditions with their lines, and the rest.
    If(Vec<(u32, Expr, Vec<Stmt>)>, Vec<Stmt>),
    /// `IF c THEN statement ELSE statement` on one line.
    IfLine(Expr, Box<Stmt>, Option<Box<Stmt>>),
    /// Variable, from, to, step.
    For(String, Expr, Expr, Option<Expr>, Vec<Stmt>),
    /// `WHILE c ... WEND`.
    While(Expr, Vec<Stmt>),
    /// `DO [WHILE|UNTIL c] ... LOOP [WHILE|UNTIL c]`: at the top, is it UNTIL, the condition.
    Do(bool, bool, Expr, Vec<Stmt>),
    /// `EXIT FOR` or `EXIT DO`.
    Exit(&'static str),
    /// `SELECT CASE`.
    Select(Expr, Vec<(Vec<Case>, Vec<Stmt>)>, Vec<Stmt>),
    /// `NAME args`.
    CallSub(String, Vec<Expr>),
    /// `RETURN value`.
    Return(Expr),
    /// `LOCAL name`.
    Local(String),
    /// `SWAP a, b`.
    Swap(Place, Place),
    /// `MID$(name, start, count) = value`.
    MidAssign(String, Expr, Expr, Expr),
    /// `READ place`.
    Read(Place),
    /// `RESTORE`.
    Restore,
    /// `GOSUB label`.
    Gosub(String),
}

/// A SUB with parameters.
#[derive(Clone, Debug)]
pub struct Sub {
    /// With the suffix of its value.
    pub name: String,
    /// Parameters.
    pub params: Vec<String>,
    /// Body.
    pub body: Vec<Stmt>,
}

/// A program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// `DATA` items.
    pub data: Vec<Expr>,
    /// Arrays with their upper bounds.
    pub arrays: Vec<(String, Vec<i32>)>,
    /// The first assignment of every variable, which decides its type; before all else.
    pub setup: Vec<Stmt>,
    /// SUBs.
    pub subs: Vec<Sub>,
    /// Statements of the program itself.
    pub body: Vec<Stmt>,
    /// Routines for GOSUB, by label.
    pub routines: Vec<(String, Vec<Stmt>)>,
}
