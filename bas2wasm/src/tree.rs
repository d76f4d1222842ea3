//! The typed program: what the checker makes and lowering reads.
//!
//! Every name is resolved, every conversion is written down, every block has become labels and
//! jumps. What is left are expression trees, and straight lists of operations.
//!
//! Invariant: the operands of an operation have exactly the types that it wants; nothing below
//! this needs to know which dialect the program is in, except through flags that are stored here.

mod body;
mod owned;
mod pack;

pub(crate) use body::Body;
pub(crate) use owned::Owned;

use crate::ast::{BinaryOp, NumType};
use crate::dialect::Rounding;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};
use wasm_common::ir::{Loc, Type};

/// The type of a value or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ty {
    Num(NumType),
    /// A pointer to bytes that end in NUL.
    Str,
    /// `STRING * n`: n bytes in place, blank-padded. Only in records and memory.
    Fixed(u32),
    /// A TYPE, by its number. Only in memory.
    Record(u32),
}

impl Ty {
    pub(crate) const I16: Self = Self::Num(NumType::I16);
    pub(crate) const I32: Self = Self::Num(NumType::I32);
    pub(crate) const I64: Self = Self::Num(NumType::I64);
    pub(crate) const F32: Self = Self::Num(NumType::F32);
    pub(crate) const F64: Self = Self::Num(NumType::F64);

    /// The wasm type that carries it; addresses for what lives in memory.
    pub(crate) fn wasm(self) -> Type {
        match self {
            Self::Num(NumType::I64) => Type::I64,
            Self::Num(NumType::F32) => Type::F32,
            Self::Num(NumType::F64) => Type::F64,
            _ => Type::I32,
        }
    }

    pub(crate) fn num(self) -> Option<NumType> {
        match self {
            Self::Num(num) => Some(num),
            _ => None,
        }
    }

    /// Whether a value of it is a string.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Str | Self::Fixed(_))
    }
}

/// A number that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Int(i64),
    Float(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct VarId(pub(crate) u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ArrayId(pub(crate) u32);
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ProcId(pub(crate) u32);
/// A place in one procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Label(pub(crate) u32);

/// Where a variable lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    /// In one procedure only, and in no memory.
    Local,
    /// A wasm global.
    Global,
    /// Static memory: its address is taken, or it is a record.
    Memory,
    /// The procedure's frame: its address is taken.
    Frame,
    /// A parameter by reference: the local holds an address.
    Reference,
}

#[derive(Clone, Debug)]
pub(crate) struct Var {
    pub(crate) name: Box<str>,
    pub(crate) ty: Ty,
    pub(crate) storage: Storage,
    pub(crate) users: Users,
}

/// Who uses a variable or an array: its owner, which alone sees it; or of the procedures, which all
/// see it, none, one or many, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Users {
    Owner(ProcId),
    None,
    One(ProcId),
    Many,
}

impl Users {
    /// Nobody so far, of those that see a scope.
    pub(crate) fn of(scope: Option<ProcId>) -> Self {
        scope.map_or(Self::None, Self::Owner)
    }

    pub(crate) fn owner(self) -> Option<ProcId> {
        if let Self::Owner(proc) = self { Some(proc) } else { None }
    }

    /// One that all procedures see, and only the main program uses.
    pub(crate) fn only_main(self) -> bool {
        matches!(self, Self::None | Self::One(ProcId(0)))
    }

    pub(crate) fn add(&mut self, proc: ProcId) {
        *self = match *self {
            Self::None => Self::One(proc),
            Self::One(one) if one != proc => Self::Many,
            same => same,
        };
    }

    /// As if it were used by many.
    pub(crate) fn add_many(&mut self) {
        if self.owner().is_none() {
            *self = Self::Many;
        }
    }
}

/// What is known of an array's bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Bounds that are constants, and never change: a static object.
    Fixed(Vec<(i32, i32)>),
    /// Made at run time; its lower bounds are stored before it.
    Dynamic,
    /// A parameter: what the caller passes.
    Parameter,
}

/// The rank of an array that has one or another, as it was dimensioned last.
pub(crate) const ANY_RANK: usize = usize::MAX;

#[derive(Clone, Debug)]
pub(crate) struct Array {
    pub(crate) name: String,
    pub(crate) elem: Ty,
    /// 0 while it is not known.
    pub(crate) rank: usize,
    pub(crate) shape: Shape,
    /// The lower bound of every dimension, when it is the same and known.
    pub(crate) lower: Option<i32>,
    pub(crate) users: Users,
    /// One made at run time which is not there when it is used has the upper bounds 10.
    pub(crate) implicit: bool,
}

impl Array {
    /// The procedure whose local the pointer to a dynamic array is: the only one that uses it.
    pub(crate) fn home(&self) -> Option<ProcId> {
        let main = self.users.only_main();
        self.users.owner().or(main.then_some(ProcId(0)))
    }
}

/// A TYPE: fields with their offsets.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) fields: Vec<(String, Ty, u32)>,
    pub(crate) size: u32,
}

/// Something with an address or a name that can be read and written.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    Var(VarId),
    Element(ArrayId, Vec<Expr>),
    /// A field at a byte offset in a record.
    Field(Box<Place>, u32, Ty),
}

/// Operations on two numbers of one type, or on the bits of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arith {
    Add,
    Sub,
    Mul,
    /// Of floats.
    Div,
    /// Of integers, truncating.
    IntDiv,
    /// Of integers, sign of the dividend.
    Mod,
    And,
    Or,
    Xor,
    Eqv,
    Imp,
}

/// Operations that are a few instructions each, or need the compiler's own knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intrinsic {
    Sqrt,
    Floor,
    Ceil,
    Trunc,
    Abs,
    Sgn,
    /// `(float)`: the nearest i32, without an error: what is too large is the largest.
    Position,
    /// `(value, low, high)`, i32.
    Clamp,
    /// `(value, from low, from high, to low, to high)`, i32.
    Scale,
    /// `(text)`: the number that it begins with, by the host's `scanf`.
    Scan,
    /// Sign and bits: text for an integer or float by the host's `printf` (format, number).
    Sprintf,
    /// `(float)`: its bits, in an integer of its size.
    Bits,
    /// `(integer)`: the float of its size with these bits.
    FromBits,
    /// `(address)`: the byte there.
    Peek,
    /// `(address, byte)`.
    Poke,
    /// `(string)`: its address as a number.
    Address,
    /// `(address)`: a copy of the text there, owned.
    TextAt,
    /// The address of a 256-byte buffer.
    Buffer,
    /// `(channel)`: the host's handle, error 52 if the channel is closed.
    Handle,
    /// `(channel, handle)`: what the channel is.
    SetHandle,
    /// ERR and ERL.
    Err,
    Erl,
    /// Whether ON ERROR would catch an error now.
    Catches,
    /// The line that called the library.
    Line,
    /// `(code[, number])`: raises the error, which is the number's fault.
    Raise,
    /// The text, or a pointer to an empty one for 0 (owned).
    OrEmpty,
    /// `(string)`: prints its bytes.
    Put,
}

/// A value that is computed. A pointer: values are handed from function to function, and most
/// results may be none.
#[derive(Clone, Debug)]
pub(crate) struct Expr(Box<Node>);

/// What an [`Expr`] is.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) ty: Ty,
    pub(crate) kind: Kind,
}

impl Expr {
    #[inline(never)]
    pub(crate) fn new(ty: Ty, kind: Kind) -> Self {
        Self(Box::new(Node { ty, kind }))
    }

    /// The same value as one of another type.
    pub(crate) fn with_type(mut self, ty: Ty) -> Self {
        self.ty = ty;
        self
    }
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

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Number(Number),
    Text(String),
    Load(Box<Place>),
    /// Number to number.
    Convert {
        value: Expr,
        round: Rounding,
    },
    Neg(Expr),
    Not(Expr),
    Arith(Arith, Expr, Expr),
    /// Two numbers of one type or two strings; -1 or 0.
    Compare(BinaryOp, Expr, Expr),
    Concat(Expr, Expr),
    Call(ProcId, Vec<Arg>),
    /// A host import.
    Host(&'static str, Vec<Expr>),
    Op(Intrinsic, Vec<Expr>),
    /// The address of a place in memory.
    AddressOf(Box<Place>),
    /// LBOUND or UBOUND; dimensions count from 1.
    Bound {
        array: ArrayId,
        dimension: Expr,
        upper: bool,
    },
}

/// An argument of a procedure.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Value(Expr),
    Ref(Place),
    Array(ArrayId),
}

/// What the limit and the step of a FOR are kept in, and where it goes.
#[derive(Clone, Debug)]
pub(crate) struct Loop {
    pub(crate) var: VarId,
    pub(crate) limit: VarId,
    /// `None` when the step is the constant in `fixed`.
    pub(crate) step: Option<VarId>,
    pub(crate) fixed: i64,
    pub(crate) body: Label,
    pub(crate) done: Label,
    /// The variable that says which FOR of `var` ran last, and this one's number.
    pub(crate) active: Option<(VarId, u32)>,
}

/// The beginning of a loop.
#[derive(Clone, Debug)]
pub(crate) struct ForStart {
    pub(crate) info: Loop,
    pub(crate) from: Expr,
    pub(crate) to: Expr,
    pub(crate) step: Option<Expr>,
}

/// Where RESUME goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Resume {
    Again,
    Next,
    At(Label),
}

#[derive(Clone, Debug)]
pub(crate) enum Op {
    Label(Label),
    Jump(Label),
    Branch {
        cond: Expr,
        then: Label,
        els: Label,
    },
    /// `targets[index - 1]`, or on.
    Switch {
        index: Expr,
        targets: Vec<Label>,
    },
    Store(Place, Expr),
    Eval(Expr),
    ForStart(Box<ForStart>),
    ForNext(Box<Loop>),
    /// NEXT that finds its FOR while the program runs: one of these of [`Proc::loops`].
    ForNextAny(u32),
    Gosub(Label),
    OnGosub {
        index: Expr,
        targets: Vec<Label>,
    },
    /// `RETURN`, or `RETURN line`.
    GosubReturn(Option<Label>),
    Return(Option<Expr>),
    /// Ends the program.
    Exit,
    /// CLEAR: variables and arrays are as at the beginning, and no GOSUB is open.
    ClearAll,
    /// Clears a static array that is dimensioned again.
    Clear(ArrayId),
    Dim {
        array: ArrayId,
        bounds: Vec<(Expr, Expr)>,
        preserve: bool,
    },
    /// DIM without REDIM of an array made at run time: error 10 if it exists.
    DimOnce(ArrayId),
    Erase(ArrayId),
    /// FORMAT: a `printf` format and its arguments.
    Printf(String, Vec<Expr>),
    Swap(Place, Place),
    /// `target = MID$`-style replacement: new value from the old one.
    Read(Place),
    Restore(u32),
    OnError(Option<Label>),
    Resume(Resume),
    /// RESUME NEXT from the statement that this belongs to goes there, not behind it.
    ResumeNextAt(Label),
    /// Copies a record.
    CopyRecord(Place, Place, u32),
}

#[derive(Clone, Debug)]
pub(crate) struct Stmt {
    pub(crate) op: Op,
    pub(crate) loc: Loc,
    /// The BASIC line number, for ERL; 0 without.
    pub(crate) number: u32,
    /// Whether a statement of the source begins here: where RESUME can go.
    pub(crate) first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParamKind {
    /// A number, or a string that the callee owns.
    Value(VarId),
    Ref(VarId),
    Array(ArrayId),
    /// A value that also becomes visible to callees while this one runs: the outer variable.
    Dynamic {
        value: VarId,
        outer: VarId,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Proc {
    pub(crate) name: String,
    pub(crate) params: Vec<ParamKind>,
    pub(crate) result: Option<Ty>,
    /// The variable that holds the value to be returned.
    pub(crate) result_var: Option<VarId>,
    /// Locals that callees see: saved on entry, put back on exit.
    pub(crate) saved: Vec<VarId>,
    pub(crate) body: Body,
    pub(crate) labels: u32,
    /// FORs of one variable whose NEXT finds its FOR while the program runs.
    pub(crate) loops: Vec<Vec<Loop>>,
    /// Parameters that a procedure of the library assigns to.
    pub(crate) changed: Vec<VarId>,
    /// Part of our own library: no line numbers, no checks that a user would see.
    pub(crate) library: bool,
    /// Its errors are errors of the line that calls it, as those of the library are.
    pub(crate) callers_line: bool,
}

impl Proc {
    /// A procedure of which nothing is known yet.
    pub(crate) fn new(name: String, library: bool) -> Self {
        Self {
            name,
            params: Vec::new(),
            result: None,
            result_var: None,
            saved: Vec::new(),
            body: Body::default(),
            labels: 0,
            loops: Vec::new(),
            changed: Vec::new(),
            library,
            callers_line: library,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum {
    Int(i64, String),
    Float(f64, String),
    /// And the number of the line that it stands in.
    Text(String, u32),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) vars: Vec<Var>,
    pub(crate) arrays: Vec<Array>,
    pub(crate) owned_vars: Owned,
    /// The arrays whose pointers are procedures' locals.
    pub(crate) owned_arrays: Owned,
    pub(crate) records: Vec<Record>,
    /// `procs[0]` is the main program. A procedure that is never called has no body.
    pub(crate) procs: Vec<Proc>,
    pub(crate) data: Vec<Datum>,
    /// ON ERROR is used.
    pub(crate) traps_errors: bool,
    /// Division by zero of floats is an error, or reported.
    pub(crate) checked_floats: bool,
    /// Procedures of the library for a single or a double that is divided by zero, and for one that
    /// has become infinite, where a program goes on after either.
    pub(crate) lenient: Option<[ProcId; 4]>,
    /// Errors look like GW-BASIC's.
    pub(crate) bare_messages: bool,
    /// Lines of output have a margin, and messages a line of their own.
    pub(crate) wraps: bool,
    /// The largest number, where a program goes on after an overflow.
    pub(crate) infinity: f64,
    /// How floats become integers.
    pub(crate) rounding: Rounding,
    pub(crate) uses_gosub: bool,
    /// Random numbers are GW-BASIC's.
    pub(crate) gw_random: bool,
}

impl Program {
    /// Notes which variables and arrays each procedure owns.
    pub(crate) fn note_owners(&mut self) {
        let Self { vars, arrays, procs, .. } = self;
        let owner = |id: u32| vars[id as usize].users.owner();
        self.owned_vars = Owned::new(procs.len(), vars.len(), &owner);
        let home = |id: u32| arrays[id as usize].home();
        self.owned_arrays = Owned::new(procs.len(), arrays.len(), &home);
    }

    /// The variables that a procedure owns.
    pub(crate) fn vars_of(&self, proc: ProcId) -> impl Iterator<Item = VarId> {
        self.owned_vars.of(proc).iter().map(|&id| VarId(id))
    }

    /// The arrays whose pointers are a procedure's locals.
    pub(crate) fn arrays_of(&self, proc: ProcId) -> impl Iterator<Item = ArrayId> {
        self.owned_arrays.of(proc).iter().map(|&id| ArrayId(id))
    }
}
