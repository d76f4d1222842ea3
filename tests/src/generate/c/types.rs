//! The scalar types of C that programs use, and what its conversions make of them.

use crate::generate::tape::Tape;

/// A scalar type. `long` is not among them, because its width differs between oracles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ty {
    I32,
    U32,
    U8,
    I8,
    I16,
    U16,
    I64,
    U64,
    Bool,
    F64,
    F32,
}

use Ty::{Bool, F32, F64, I8, I16, I32, I64, U8, U16, U32, U64};

impl Ty {
    pub(super) const ALL: &[Self] = &[I32, U32, U8, I8, I16, U16, I64, U64, Bool, F64, F32];
    pub(super) const INTS: &[Self] = &[I32, U32, U8, I8, I16, U16, I64, U64];

    /// Its name in C.
    pub(super) fn name(self) -> &'static str {
        match self {
            I32 => "int",
            U32 => "unsigned",
            U8 => "unsigned char",
            I8 => "signed char",
            I16 => "short",
            U16 => "unsigned short",
            I64 => "long long",
            U64 => "unsigned long long",
            Bool => "_Bool",
            F64 => "double",
            F32 => "float",
        }
    }

    pub(super) fn is_float(self) -> bool {
        matches!(self, F64 | F32)
    }

    /// The type after the integer promotions (C11 6.3.1.1).
    pub(super) fn promoted(self) -> Self {
        match self {
            U8 | I8 | I16 | U16 | Bool => I32,
            other => other,
        }
    }

    /// The type that the usual arithmetic conversions give (C11 6.3.1.8).
    pub(super) fn with(self, other: Self) -> Self {
        let (a, b) = (self.promoted(), other.promoted());
        [F64, F32, U64, I64, U32].into_iter().find(|ty| *ty == a || *ty == b).unwrap_or(I32)
    }

    /// Bits of the promoted type, less one: what a shift count is masked with.
    pub(super) fn shift_mask(self) -> u32 {
        if matches!(self, I64 | U64) { 63 } else { 31 }
    }

    /// A literal of this type that is worth testing.
    pub(super) fn literal(self, tape: &mut Tape<'_>) -> String {
        const INTS: &[&str] = &[
            "0",
            "1",
            "2",
            "-1",
            "7",
            "10",
            "100",
            "127",
            "128",
            "-128",
            "255",
            "256",
            "-3",
            "32767",
            "-32768",
            "65535",
            "65536",
            "0x55",
            "1000000",
            "2147483647",
            "(-2147483647 - 1)",
            "-100000",
            "0x7f00ff",
            "'a'",
            "0x10001",
        ];
        const WIDE: &[&str] = &[
            "0",
            "1",
            "-1",
            "4294967295",
            "4294967296",
            "-4294967297",
            "9223372036854775807",
            "(-9223372036854775807 - 1)",
            "1000000007",
            "0x123456789abcdef",
            "-5",
        ];
        const FLOATS: &[&str] =
            &["0.0", "1.0", "0.5", "-1.5", "3.0", "1e10", "-2.5e-3", "1e-30", "16777217.0", "0.1"];
        match self {
            I64 => {
                format!("{}ll", tape.pick(WIDE).trim_end_matches(')')).replace("- 1ll", "- 1ll)")
            }
            U64 => format!("(unsigned long long){}ll", tape.pick(&WIDE[..7])),
            F64 => tape.pick(FLOATS).into(),
            F32 => format!("{}f", tape.pick(FLOATS)),
            U32 => format!(
                "{}u",
                tape.pick(&[
                    "0",
                    "1",
                    "2",
                    "255",
                    "65536",
                    "4294967295",
                    "2147483648",
                    "0xdeadbeef"
                ])
            ),
            Bool => tape.pick(&["0", "1"]).into(),
            _ => tape.pick(INTS).into(),
        }
    }
}
