//! Operations, one to one with WebAssembly's instructions (core specification 5.4).
//!
//! The discriminant is the opcode byte; for the saturating truncations, which have a two-byte
//! opcode, it is 0xE0 + the second byte. The tables below are the only place that lists them.

use super::Type;
use core::fmt;

macro_rules! ops {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal $text:literal ($($in:ident),+) -> $out:ident;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant = $code,)+
        }

        impl $name {
            /// Every operation of this kind.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name that the WebAssembly text format uses.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// Types of its operands, in order; addresses are i32.
            pub fn operands(self) -> &'static [Type] {
                match self { $(Self::$variant => &[$(Type::$in),+],)+ }
            }

            /// The operation with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }

            /// Type of the value that it computes (of the value stored, for a store).
            pub fn ty(self) -> Type {
                match self { $(Self::$variant => Type::$out,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

ops! {
    /// One operand.
    UnOp {
        I32Eqz = 0x45 "i32.eqz" (I32) -> I32;
        I64Eqz = 0x50 "i64.eqz" (I64) -> I32;
        I32Clz = 0x67 "i32.clz" (I32) -> I32;
        I32Ctz = 0x68 "i32.ctz" (I32) -> I32;
        I32Popcnt = 0x69 "i32.popcnt" (I32) -> I32;
        I64Clz = 0x79 "i64.clz" (I64) -> I64;
        I64Ctz = 0x7A "i64.ctz" (I64) -> I64;
        I64Popcnt = 0x7B "i64.popcnt" (I64) -> I64;
        F32Abs = 0x8B "f32.abs" (F32) -> F32;
        F32Neg = 0x8C "f32.neg" (F32) -> F32;
        F32Ceil = 0x8D "f32.ceil" (F32) -> F32;
        F32Floor = 0x8E "f32.floor" (F32) -> F32;
        F32Trunc = 0x8F "f32.trunc" (F32) -> F32;
        F32Nearest = 0x90 "f32.nearest" (F32) -> F32;
        F32Sqrt = 0x91 "f32.sqrt" (F32) -> F32;
        F64Abs = 0x99 "f64.abs" (F64) -> F64;
        F64Neg = 0x9A "f64.neg" (F64) -> F64;
        F64Ceil = 0x9B "f64.ceil" (F64) -> F64;
        F64Floor = 0x9C "f64.floor" (F64) -> F64;
        F64Trunc = 0x9D "f64.trunc" (F64) -> F64;
        F64Nearest = 0x9E "f64.nearest" (F64) -> F64;
        F64Sqrt = 0x9F "f64.sqrt" (F64) -> F64;
        I32WrapI64 = 0xA7 "i32.wrap_i64" (I64) -> I32;
        I32TruncF32S = 0xA8 "i32.trunc_f32_s" (F32) -> I32;
        I32TruncF32U = 0xA9 "i32.trunc_f32_u" (F32) -> I32;
        I32TruncF64S = 0xAA "i32.trunc_f64_s" (F64) -> I32;
        I32TruncF64U = 0xAB "i32.trunc_f64_u" (F64) -> I32;
        I64ExtendI32S = 0xAC "i64.extend_i32_s" (I32) -> I64;
        I64ExtendI32U = 0xAD "i64.extend_i32_u" (I32) -> I64;
        I64TruncF32S = 0xAE "i64.trunc_f32_s" (F32) -> I64;
        I64TruncF32U = 0xAF "i64.trunc_f32_u" (F32) -> I64;
        I64TruncF64S = 0xB0 "i64.trunc_f64_s" (F64) -> I64;
        I64TruncF64U = 0xB1 "i64.trunc_f64_u" (F64) -> I64;
        F32ConvertI32S = 0xB2 "f32.convert_i32_s" (I32) -> F32;
        F32ConvertI32U = 0xB3 "f32.convert_i32_u" (I32) -> F32;
        F32ConvertI64S = 0xB4 "f32.convert_i64_s" (I64) -> F32;
        F32ConvertI64U = 0xB5 "f32.convert_i64_u" (I64) -> F32;
        F32DemoteF64 = 0xB6 "f32.demote_f64" (F64) -> F32;
        F64ConvertI32S = 0xB7 "f64.convert_i32_s" (I32) -> F64;
        F64ConvertI32U = 0xB8 "f64.convert_i32_u" (I32) -> F64;
        F64ConvertI64S = 0xB9 "f64.convert_i64_s" (I64) -> F64;
        F64ConvertI64U = 0xBA "f64.convert_i64_u" (I64) -> F64;
        F64PromoteF32 = 0xBB "f64.promote_f32" (F32) -> F64;
        I32ReinterpretF32 = 0xBC "i32.reinterpret_f32" (F32) -> I32;
        I64ReinterpretF64 = 0xBD "i64.reinterpret_f64" (F64) -> I64;
        F32ReinterpretI32 = 0xBE "f32.reinterpret_i32" (I32) -> F32;
        F64ReinterpretI64 = 0xBF "f64.reinterpret_i64" (I64) -> F64;
        I32Extend8S = 0xC0 "i32.extend8_s" (I32) -> I32;
        I32Extend16S = 0xC1 "i32.extend16_s" (I32) -> I32;
        I64Extend8S = 0xC2 "i64.extend8_s" (I64) -> I64;
        I64Extend16S = 0xC3 "i64.extend16_s" (I64) -> I64;
        I64Extend32S = 0xC4 "i64.extend32_s" (I64) -> I64;
        I32TruncSatF32S = 0xE0 "i32.trunc_sat_f32_s" (F32) -> I32;
        I32TruncSatF32U = 0xE1 "i32.trunc_sat_f32_u" (F32) -> I32;
        I32TruncSatF64S = 0xE2 "i32.trunc_sat_f64_s" (F64) -> I32;
        I32TruncSatF64U = 0xE3 "i32.trunc_sat_f64_u" (F64) -> I32;
        I64TruncSatF32S = 0xE4 "i64.trunc_sat_f32_s" (F32) -> I64;
        I64TruncSatF32U = 0xE5 "i64.trunc_sat_f32_u" (F32) -> I64;
        I64TruncSatF64S = 0xE6 "i64.trunc_sat_f64_s" (F64) -> I64;
        I64TruncSatF64U = 0xE7 "i64.trunc_sat_f64_u" (F64) -> I64;
    }
}

ops! {
    /// Two operands.
    BinOp {
        I32Eq = 0x46 "i32.eq" (I32, I32) -> I32;
        I32Ne = 0x47 "i32.ne" (I32, I32) -> I32;
        I32LtS = 0x48 "i32.lt_s" (I32, I32) -> I32;
        I32LtU = 0x49 "i32.lt_u" (I32, I32) -> I32;
        I32GtS = 0x4A "i32.gt_s" (I32, I32) -> I32;
        I32GtU = 0x4B "i32.gt_u" (I32, I32) -> I32;
        I32LeS = 0x4C "i32.le_s" (I32, I32) -> I32;
        I32LeU = 0x4D "i32.le_u" (I32, I32) -> I32;
        I32GeS = 0x4E "i32.ge_s" (I32, I32) -> I32;
        I32GeU = 0x4F "i32.ge_u" (I32, I32) -> I32;
        I64Eq = 0x51 "i64.eq" (I64, I64) -> I32;
        I64Ne = 0x52 "i64.ne" (I64, I64) -> I32;
        I64LtS = 0x53 "i64.lt_s" (I64, I64) -> I32;
        I64LtU = 0x54 "i64.lt_u" (I64, I64) -> I32;
        I64GtS = 0x55 "i64.gt_s" (I64, I64) -> I32;
        I64GtU = 0x56 "i64.gt_u" (I64, I64) -> I32;
        I64LeS = 0x57 "i64.le_s" (I64, I64) -> I32;
        I64LeU = 0x58 "i64.le_u" (I64, I64) -> I32;
        I64GeS = 0x59 "i64.ge_s" (I64, I64) -> I32;
        I64GeU = 0x5A "i64.ge_u" (I64, I64) -> I32;
        F32Eq = 0x5B "f32.eq" (F32, F32) -> I32;
        F32Ne = 0x5C "f32.ne" (F32, F32) -> I32;
        F32Lt = 0x5D "f32.lt" (F32, F32) -> I32;
        F32Gt = 0x5E "f32.gt" (F32, F32) -> I32;
        F32Le = 0x5F "f32.le" (F32, F32) -> I32;
        F32Ge = 0x60 "f32.ge" (F32, F32) -> I32;
        F64Eq = 0x61 "f64.eq" (F64, F64) -> I32;
        F64Ne = 0x62 "f64.ne" (F64, F64) -> I32;
        F64Lt = 0x63 "f64.lt" (F64, F64) -> I32;
        F64Gt = 0x64 "f64.gt" (F64, F64) -> I32;
        F64Le = 0x65 "f64.le" (F64, F64) -> I32;
        F64Ge = 0x66 "f64.ge" (F64, F64) -> I32;
        I32Add = 0x6A "i32.add" (I32, I32) -> I32;
        I32Sub = 0x6B "i32.sub" (I32, I32) -> I32;
        I32Mul = 0x6C "i32.mul" (I32, I32) -> I32;
        I32DivS = 0x6D "i32.div_s" (I32, I32) -> I32;
        I32DivU = 0x6E "i32.div_u" (I32, I32) -> I32;
        I32RemS = 0x6F "i32.rem_s" (I32, I32) -> I32;
        I32RemU = 0x70 "i32.rem_u" (I32, I32) -> I32;
        I32And = 0x71 "i32.and" (I32, I32) -> I32;
        I32Or = 0x72 "i32.or" (I32, I32) -> I32;
        I32Xor = 0x73 "i32.xor" (I32, I32) -> I32;
        I32Shl = 0x74 "i32.shl" (I32, I32) -> I32;
        I32ShrS = 0x75 "i32.shr_s" (I32, I32) -> I32;
        I32ShrU = 0x76 "i32.shr_u" (I32, I32) -> I32;
        I32Rotl = 0x77 "i32.rotl" (I32, I32) -> I32;
        I32Rotr = 0x78 "i32.rotr" (I32, I32) -> I32;
        I64Add = 0x7C "i64.add" (I64, I64) -> I64;
        I64Sub = 0x7D "i64.sub" (I64, I64) -> I64;
        I64Mul = 0x7E "i64.mul" (I64, I64) -> I64;
        I64DivS = 0x7F "i64.div_s" (I64, I64) -> I64;
        I64DivU = 0x80 "i64.div_u" (I64, I64) -> I64;
        I64RemS = 0x81 "i64.rem_s" (I64, I64) -> I64;
        I64RemU = 0x82 "i64.rem_u" (I64, I64) -> I64;
        I64And = 0x83 "i64.and" (I64, I64) -> I64;
        I64Or = 0x84 "i64.or" (I64, I64) -> I64;
        I64Xor = 0x85 "i64.xor" (I64, I64) -> I64;
        I64Shl = 0x86 "i64.shl" (I64, I64) -> I64;
        I64ShrS = 0x87 "i64.shr_s" (I64, I64) -> I64;
        I64ShrU = 0x88 "i64.shr_u" (I64, I64) -> I64;
        I64Rotl = 0x89 "i64.rotl" (I64, I64) -> I64;
        I64Rotr = 0x8A "i64.rotr" (I64, I64) -> I64;
        F32Add = 0x92 "f32.add" (F32, F32) -> F32;
        F32Sub = 0x93 "f32.sub" (F32, F32) -> F32;
        F32Mul = 0x94 "f32.mul" (F32, F32) -> F32;
        F32Div = 0x95 "f32.div" (F32, F32) -> F32;
        F32Min = 0x96 "f32.min" (F32, F32) -> F32;
        F32Max = 0x97 "f32.max" (F32, F32) -> F32;
        F32Copysign = 0x98 "f32.copysign" (F32, F32) -> F32;
        F64Add = 0xA0 "f64.add" (F64, F64) -> F64;
        F64Sub = 0xA1 "f64.sub" (F64, F64) -> F64;
        F64Mul = 0xA2 "f64.mul" (F64, F64) -> F64;
        F64Div = 0xA3 "f64.div" (F64, F64) -> F64;
        F64Min = 0xA4 "f64.min" (F64, F64) -> F64;
        F64Max = 0xA5 "f64.max" (F64, F64) -> F64;
        F64Copysign = 0xA6 "f64.copysign" (F64, F64) -> F64;
    }
}

ops! {
    /// A load: value type, width and extension.
    LoadOp {
        I32Load = 0x28 "i32.load" (I32) -> I32;
        I64Load = 0x29 "i64.load" (I32) -> I64;
        F32Load = 0x2A "f32.load" (I32) -> F32;
        F64Load = 0x2B "f64.load" (I32) -> F64;
        I32Load8S = 0x2C "i32.load8_s" (I32) -> I32;
        I32Load8U = 0x2D "i32.load8_u" (I32) -> I32;
        I32Load16S = 0x2E "i32.load16_s" (I32) -> I32;
        I32Load16U = 0x2F "i32.load16_u" (I32) -> I32;
        I64Load8S = 0x30 "i64.load8_s" (I32) -> I64;
        I64Load8U = 0x31 "i64.load8_u" (I32) -> I64;
        I64Load16S = 0x32 "i64.load16_s" (I32) -> I64;
        I64Load16U = 0x33 "i64.load16_u" (I32) -> I64;
        I64Load32S = 0x34 "i64.load32_s" (I32) -> I64;
        I64Load32U = 0x35 "i64.load32_u" (I32) -> I64;
    }
}

ops! {
    /// A store: value type and width.
    StoreOp {
        I32Store = 0x36 "i32.store" (I32, I32) -> I32;
        I64Store = 0x37 "i64.store" (I32, I64) -> I64;
        F32Store = 0x38 "f32.store" (I32, F32) -> F32;
        F64Store = 0x39 "f64.store" (I32, F64) -> F64;
        I32Store8 = 0x3A "i32.store8" (I32, I32) -> I32;
        I32Store16 = 0x3B "i32.store16" (I32, I32) -> I32;
        I64Store8 = 0x3C "i64.store8" (I32, I64) -> I64;
        I64Store16 = 0x3D "i64.store16" (I32, I64) -> I64;
        I64Store32 = 0x3E "i64.store32" (I32, I64) -> I64;
    }
}

impl LoadOp {
    /// Bytes read: 1, 2, 4 or 8.
    pub fn width(self) -> u32 {
        match self {
            Self::I32Load8S | Self::I32Load8U | Self::I64Load8S | Self::I64Load8U => 1,
            Self::I32Load16S | Self::I32Load16U | Self::I64Load16S | Self::I64Load16U => 2,
            Self::I32Load | Self::F32Load | Self::I64Load32S | Self::I64Load32U => 4,
            Self::I64Load | Self::F64Load => 8,
        }
    }
}

impl StoreOp {
    /// Bytes written: 1, 2, 4 or 8.
    pub fn width(self) -> u32 {
        match self {
            Self::I32Store8 | Self::I64Store8 => 1,
            Self::I32Store16 | Self::I64Store16 => 2,
            Self::I32Store | Self::F32Store | Self::I64Store32 => 4,
            Self::I64Store | Self::F64Store => 8,
        }
    }
}

impl BinOp {
    /// Whether the operands may be swapped.
    pub fn is_commutative(self) -> bool {
        use BinOp::*;
        matches!(
            self,
            I32Eq
                | I32Ne
                | I32Add
                | I32Mul
                | I32And
                | I32Or
                | I32Xor
                | I64Eq
                | I64Ne
                | I64Add
                | I64Mul
                | I64And
                | I64Or
                | I64Xor
                | F32Eq
                | F32Ne
                | F32Add
                | F32Mul
                | F32Min
                | F32Max
                | F64Eq
                | F64Ne
                | F64Add
                | F64Mul
                | F64Min
                | F64Max
        )
    }

    /// The operation that gives the same with its operands swapped.
    pub fn swapped(self) -> Option<Self> {
        use BinOp::*;
        Some(match self {
            I32LtS => I32GtS,
            I32LtU => I32GtU,
            I32GtS => I32LtS,
            I32GtU => I32LtU,
            I32LeS => I32GeS,
            I32LeU => I32GeU,
            I32GeS => I32LeS,
            I32GeU => I32LeU,
            I64LtS => I64GtS,
            I64LtU => I64GtU,
            I64GtS => I64LtS,
            I64GtU => I64LtU,
            I64LeS => I64GeS,
            I64LeU => I64GeU,
            I64GeS => I64LeS,
            I64GeU => I64LeU,
            F32Lt => F32Gt,
            F32Gt => F32Lt,
            F32Le => F32Ge,
            F32Ge => F32Le,
            F64Lt => F64Gt,
            F64Gt => F64Lt,
            F64Le => F64Ge,
            F64Ge => F64Le,
            _ if self.is_commutative() => self,
            _ => return None,
        })
    }

    /// The comparison that is true where this one is false. Ordered comparisons of floats have
    /// none: both are false for a NaN.
    pub fn inverse(self) -> Option<Self> {
        use BinOp::*;
        Some(match self {
            I32Eq => I32Ne,
            I32Ne => I32Eq,
            I32LtS => I32GeS,
            I32LtU => I32GeU,
            I32GtS => I32LeS,
            I32GtU => I32LeU,
            I32LeS => I32GtS,
            I32LeU => I32GtU,
            I32GeS => I32LtS,
            I32GeU => I32LtU,
            I64Eq => I64Ne,
            I64Ne => I64Eq,
            I64LtS => I64GeS,
            I64LtU => I64GeU,
            I64GtS => I64LeS,
            I64GtU => I64LeU,
            I64LeS => I64GtS,
            I64LeU => I64GtU,
            I64GeS => I64LtS,
            I64GeU => I64LtU,
            F32Eq => F32Ne,
            F32Ne => F32Eq,
            F64Eq => F64Ne,
            F64Ne => F64Eq,
            _ => return None,
        })
    }

    /// Whether the result is 0 or 1.
    pub fn is_compare(self) -> bool {
        let code = self as u8;
        (Self::I32Eq as u8..=Self::F64Ge as u8).contains(&code)
    }
}
