//! The four dialects: a struct of flags, consulted by the lexer, the parser, the checker and the
//! choice of library routines, and nowhere else.
//!
//! Everything that differs between BASICs is a field here; no stage asks for a dialect by name.

use crate::ast::{BinaryOp, NumType};

/// A dialect's name, as `--dialect` and `OPTION DIALECT` spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DialectName {
    /// ConeZ BASIC, the default.
    #[default]
    Conez,
    /// QuickBASIC 4.5.
    Qb,
    /// GW-BASIC.
    Gw,
    /// ECMA-55 Minimal BASIC.
    Ansi,
}

impl DialectName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Conez, Self::Qb, Self::Gw, Self::Ansi];

    /// Its spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Conez => "conez",
            Self::Qb => "qb",
            Self::Gw => "gw",
            Self::Ansi => "ansi",
        }
    }

    /// The dialect spelled so, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.as_str().eq_ignore_ascii_case(text))
    }

    /// Its flags.
    pub fn flags(self) -> Dialect {
        match self {
            Self::Conez => CONEZ,
            Self::Qb => QB,
            Self::Gw => GW,
            Self::Ansi => ANSI,
        }
    }
}

/// How a binary operator binds: a higher `level` binds tighter.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The operator.
    pub op: BinaryOp,
    /// Its level.
    pub level: u16,
    /// Whether `a op b op c` is `a op (b op c)`.
    pub right: bool,
}

/// How the operators of a dialect bind.
#[derive(Clone, Copy, Debug)]
pub struct Precedence {
    /// Every binary operator.
    pub binary: &'static [Binding],
    /// Level of unary minus and plus.
    pub sign: u16,
    /// Level of NOT.
    pub not: u16,
}

/// What `PRINT` and `STR$` do with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// Seven significant digits for singles, sixteen for doubles (QuickBASIC, GW-BASIC).
    Seven,
    /// Six significant digits (ECMA-55 14.4).
    Six,
}

/// How a float becomes an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Toward zero (ConeZ).
    #[default]
    Truncate,
    /// To the nearest, halves to even (QuickBASIC).
    Even,
    /// To the nearest, halves away from zero (GW-BASIC).
    Away,
    /// To the nearest, halves up: `INT(X + .5)` (ECMA-55 7.4).
    Up,
}

/// The flags.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// Its name, for messages.
    pub name: DialectName,

    /// Lexer: `\n`, `\t`, `\\`, `\"` in strings.
    pub escapes: bool,
    /// Lexer: `""` in a string is a quote.
    pub doubled_quotes: bool,
    /// Lexer: a string may end with its line.
    pub open_strings: bool,
    /// Lexer: keywords may touch names and numbers (`FORI=1TO9`).
    pub crunched: bool,

    /// Parser: the operators.
    pub precedence: Precedence,

    /// Checker: type of a name without suffix.
    pub default_type: NumType,
    /// Checker: a name without suffix takes the type of its first assignment.
    pub inferred: bool,
    /// Checker: `/` of two integers truncates.
    pub integer_division: bool,
    /// Checker: float to integer.
    pub rounding: Rounding,
    /// Checker: a sum or product of two 16-bit integers is a float, as where an overflow makes one.
    pub ints_float: bool,
    /// Checker: `INT` is floor and keeps the type; otherwise it truncates to an i32.
    pub int_is_floor: bool,
    /// Checker: SUBs see the caller's variables by reference.
    pub by_reference: bool,
    /// Checker: SUBs see all variables of the program.
    pub global_scope: bool,
    /// Checker: lower bound without OPTION BASE.
    pub base: i32,
    /// Checker: an array that is used without DIM has the upper bound 10.
    pub implicit_arrays: bool,
    /// Checker: after ERASE there is no such array; otherwise one of constant bounds is cleared.
    pub erase_frees: bool,
    /// Checker: type of the suffix `#`.
    pub hash: NumType,
    /// Checker: type of the suffix `&`.
    pub ampersand: NumType,
    /// Checker: type of the suffix `%`.
    pub percent: NumType,
    /// Checker: `VAL` and numeric functions give floats; otherwise `VAL` gives an i32.
    pub float_val: bool,
    /// Checker: FOR and NEXT find each other while the program runs.
    pub dynamic_loops: bool,
    /// Checker: a line that does not exist, or a text where a number is needed, is an error of the
    /// run: when it gets there.
    pub late_errors: bool,
    /// Checker: a name that is read but never set is an error.
    pub unset_is_error: bool,

    /// Library: `STR$(5)` is `" 5"`.
    pub str_blank: bool,
    /// Library: PRINT starts a new line rather than pass column 80.
    pub wraps: bool,
    /// Library: digits of PRINT.
    pub digits: Digits,
    /// Checker and library: singles are rounded as GW-BASIC's are, in PRINT, literals, products,
    /// quotients and differences.
    pub mbf: bool,
    /// Library: a float divided by zero is reported (and goes on with the largest number in
    /// `lenient_math`).
    pub checked_floats: bool,
    /// Library: division by zero and overflow print a message and go on.
    pub lenient_math: bool,
    /// Library: the number that takes the place of one too large.
    pub infinity: f64,
    /// Library: messages look like GW-BASIC's, `Overflow in 30`; what more there is to say goes to
    /// the error stream.
    pub bare_messages: bool,
    /// Checker and library: what ECMA-55 forbids is an error, and what it calls an exception is
    /// reported.
    pub strict: bool,
}

macro_rules! bindings {
    ($($op:ident $level:literal $right:literal),* $(,)?) => {
        &[$(Binding { op: BinaryOp::$op, level: $level, right: $right }),*]
    };
}

const CONEZ_OPERATORS: Precedence = Precedence {
    binary: bindings![
        Pow 9 true, Mul 8 false, Div 8 false, IntDiv 8 false, Mod 8 false, Add 7 false,
        Sub 7 false, Eq 6 false, Ne 6 false, Lt 6 false, Gt 6 false, Le 6 false, Ge 6 false,
        And 5 false, Or 5 false, Xor 5 false, Eqv 5 false, Imp 5 false,
    ],
    sign: 10,
    not: 10,
};

const MICROSOFT_OPERATORS: Precedence = Precedence {
    binary: bindings![
        Pow 14 false, Mul 12 false, Div 12 false, IntDiv 11 false, Mod 10 false, Add 9 false,
        Sub 9 false, Eq 8 false, Ne 8 false, Lt 8 false, Gt 8 false, Le 8 false, Ge 8 false,
        And 6 false, Or 5 false, Xor 4 false, Eqv 3 false, Imp 2 false,
    ],
    sign: 13,
    not: 7,
};

const CONEZ: Dialect = Dialect {
    name: DialectName::Conez,
    escapes: true,
    doubled_quotes: true,
    open_strings: false,
    crunched: false,
    precedence: CONEZ_OPERATORS,
    default_type: NumType::I32,
    inferred: true,
    integer_division: true,
    rounding: Rounding::Truncate,
    ints_float: false,
    int_is_floor: false,
    by_reference: false,
    global_scope: true,
    base: 1,
    implicit_arrays: false,
    erase_frees: false,
    hash: NumType::F32,
    ampersand: NumType::I64,
    percent: NumType::I32,
    float_val: false,
    dynamic_loops: false,
    late_errors: false,
    unset_is_error: false,
    wraps: false,
    str_blank: false,
    digits: Digits::Seven,
    mbf: false,
    checked_floats: false,
    lenient_math: false,
    infinity: f64::INFINITY,
    bare_messages: false,
    strict: false,
};

const QB: Dialect = Dialect {
    name: DialectName::Qb,
    escapes: false,
    doubled_quotes: true,
    open_strings: true,
    crunched: false,
    precedence: MICROSOFT_OPERATORS,
    default_type: NumType::F32,
    inferred: false,
    integer_division: false,
    rounding: Rounding::Even,
    ints_float: false,
    int_is_floor: true,
    by_reference: true,
    global_scope: false,
    base: 0,
    implicit_arrays: true,
    erase_frees: false,
    hash: NumType::F64,
    ampersand: NumType::I32,
    percent: NumType::I16,
    float_val: true,
    dynamic_loops: false,
    late_errors: false,
    unset_is_error: false,
    wraps: false,
    str_blank: true,
    digits: Digits::Seven,
    mbf: false,
    checked_floats: true,
    lenient_math: false,
    infinity: f64::INFINITY,
    bare_messages: false,
    strict: false,
};

const GW: Dialect = Dialect {
    name: DialectName::Gw,
    crunched: true,
    doubled_quotes: false,
    ints_float: true,
    rounding: Rounding::Away,
    wraps: true,
    dynamic_loops: true,
    late_errors: true,
    erase_frees: true,
    mbf: true,
    global_scope: true,
    by_reference: false,
    lenient_math: true,
    infinity: 1.701_411_834_604_692_4e38,
    bare_messages: true,
    ..QB
};

/// The dialect of our own library: integers, values, locals.
pub(crate) const LIBRARY: Dialect = Dialect {
    inferred: false,
    global_scope: false,
    base: 0,
    hash: NumType::F64,
    precedence: MICROSOFT_OPERATORS,
    ..CONEZ
};

const ANSI: Dialect = Dialect {
    name: DialectName::Ansi,
    crunched: false,
    open_strings: false,
    default_type: NumType::F64,
    rounding: Rounding::Up,
    digits: Digits::Six,
    dynamic_loops: false,
    late_errors: false,
    erase_frees: false,
    mbf: false,
    infinity: f64::MAX,
    bare_messages: false,
    strict: true,
    ..GW
};
