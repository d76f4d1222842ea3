//! Builtins that are one instruction, or a few.

use crate::check::tree::Builtin;
use alloc::string::String;

/// A builtin whose operands and result have fixed types.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its name, without `__builtin_`.
    pub name: &'static str,
    /// What it does.
    pub builtin: Builtin,
    /// Types of its operands, in letters.
    pub operands: &'static str,
    /// Type of its result.
    pub result: u8,
    /// Whether the library has a function of this name that does the same.
    pub library: bool,
}

/// What is no text of an [`Operation`], and how long its texts are.
struct Row {
    name: u8,
    operands: u8,
    builtin: Builtin,
    result: u8,
    library: bool,
}

macro_rules! operations {
    ($($name:literal $builtin:ident $operands:literal $result:literal $library:literal;)+) => {
        /// Names and operands, one behind the other.
        const TEXTS: &str = concat!($($name, $operands),+);

        const ROWS: &[Row] = &[$(Row {
            name: $name.len() as u8,
            operands: $operands.len() as u8,
            builtin: Builtin::$builtin,
            result: $result,
            library: $library,
        }),+];
    };
}

operations! {
    "clz" Clz "u" b'i' false;
    "clzl" Clz "m" b'i' false;
    "clzll" Clz "U" b'i' false;
    "ctz" Ctz "u" b'i' false;
    "ctzl" Ctz "m" b'i' false;
    "ctzll" Ctz "U" b'i' false;
    "popcount" Popcount "u" b'i' false;
    "popcountl" Popcount "m" b'i' false;
    "popcountll" Popcount "U" b'i' false;
    "parity" Parity "u" b'i' false;
    "parityl" Parity "m" b'i' false;
    "parityll" Parity "U" b'i' false;
    "ffs" Ffs "i" b'i' true;
    "ffsl" Ffs "l" b'i' true;
    "ffsll" Ffs "L" b'i' true;
    "clrsb" Clrsb "i" b'i' false;
    "clrsbl" Clrsb "l" b'i' false;
    "clrsbll" Clrsb "L" b'i' false;
    "bswap16" Bswap16 "h" b'h' false;
    "bswap32" Bswap "u" b'u' false;
    "bswap64" Bswap "U" b'U' false;
    "rotateleft32" RotateLeft "uu" b'u' false;
    "rotateleft64" RotateLeft "UU" b'U' false;
    "rotateright32" RotateRight "uu" b'u' false;
    "rotateright64" RotateRight "UU" b'U' false;
    "abs" Abs "i" b'i' true;
    "labs" Abs "l" b'l' true;
    "llabs" Abs "L" b'L' true;
    "fabs" Fabs "d" b'd' true;
    "fabsf" Fabs "f" b'f' true;
    "fabsl" Fabs "D" b'D' true;
    "sqrt" Sqrt "d" b'd' true;
    "sqrtf" Sqrt "f" b'f' true;
    "sqrtl" Sqrt "D" b'D' true;
    "floor" Floor "d" b'd' true;
    "floorf" Floor "f" b'f' true;
    "floorl" Floor "D" b'D' true;
    "ceil" Ceil "d" b'd' true;
    "ceilf" Ceil "f" b'f' true;
    "ceill" Ceil "D" b'D' true;
    "trunc" Trunc "d" b'd' true;
    "truncf" Trunc "f" b'f' true;
    "truncl" Trunc "D" b'D' true;
    "rint" Nearest "d" b'd' true;
    "rintf" Nearest "f" b'f' true;
    "nearbyint" Nearest "d" b'd' true;
    "nearbyintf" Nearest "f" b'f' true;
    "copysign" CopySign "dd" b'd' true;
    "copysignf" CopySign "ff" b'f' true;
    "copysignl" CopySign "DD" b'D' true;
    "memcpy" MemoryCopy "pPu" b'p' true;
    "memmove" MemoryCopy "pPu" b'p' true;
    "memset" MemoryFill "piu" b'p' true;
    "alloca" Alloca "u" b'p' true;
    "trap" Trap "" b'v' false;
    "unreachable" Trap "" b'v' false;
    "wasm_memory_size" MemorySize "i" b'u' false;
    "wasm_memory_grow" MemoryGrow "iu" b'u' false;
    "isinff" IsInf "f" b'i' false;
    "isinfl" IsInf "D" b'i' false;
    "isnanf" IsNan "f" b'i' false;
    "isnanl" IsNan "D" b'i' false;
    "finitef" IsFinite "f" b'i' false;
    "finite" IsFinite "d" b'i' false;
    "finitel" IsFinite "D" b'i' false;
    "exit_program" Exit "i" b'v' false;
    "heap_base" HeapBase "" b'p' false;
    "__sync_synchronize" Fence "" b'v' false;
}

impl Operation {
    /// Result and operands, in letters.
    pub fn signature(&self) -> String {
        let mut letters = String::from(char::from(self.result));
        letters.push_str(self.operands);
        letters
    }
}

/// All of them.
pub fn operations() -> impl Iterator<Item = Operation> {
    let mut rest = TEXTS;
    let mut next = move |length: u8| {
        let (text, behind) = rest.split_at(length.into());
        rest = behind;
        text
    };
    ROWS.iter().map(move |&Row { name, operands, builtin, result, library }| {
        let (name, operands) = (next(name), next(operands));
        Operation { name, builtin, operands, result, library }
    })
}

/// The operation called `name`, `__builtin_` left out.
pub fn operation(name: &str) -> Option<Operation> {
    operations().find(|operation| operation.name == name)
}
