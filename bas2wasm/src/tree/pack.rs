//! The typed tree as bytes: about four a node, where a node in memory takes forty or more.
//!
//! In and out: the nodes of [`tree`](crate::tree). A number takes as many bytes as it needs, a
//! variant one, a text its length and itself. Only [`Body`](super::Body) packs and unpacks, so that
//! what is unpacked was packed here: there is no other input, and nothing to check.

use super::{
    Arg, Arith, ArrayId, Expr, ForStart, Intrinsic, Kind, Label, Loop, Number, Op, Place, ProcId,
    Resume, Ty, VarId,
};
use crate::ast::{BinaryOp, NumType};
use crate::dialect::Rounding;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::abi::imports;
use wasm_common::frugal;

/// What can be packed.
pub(super) trait Pack: Sized {
    /// Appends the bytes of `self`.
    fn pack(&self, to: &mut Vec<u8>);
    /// Takes what `pack` appended.
    fn unpack(from: &mut &[u8]) -> Self;
}

fn byte(from: &mut &[u8]) -> u8 {
    let (&first, rest) = from.split_first().expect("packed");
    *from = rest;
    first
}

impl Pack for u64 {
    fn pack(&self, to: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            frugal::push(to, rest as u8 | 0x80);
            rest >>= 7;
        }
        frugal::push(to, rest as u8);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = byte(from);
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }
}

impl Pack for i64 {
    fn pack(&self, to: &mut Vec<u8>) {
        ((self << 1) ^ (self >> 63)).cast_unsigned().pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let bits = u64::unpack(from);
        (bits >> 1).cast_signed() ^ -(bits & 1).cast_signed()
    }
}

impl Pack for u32 {
    fn pack(&self, to: &mut Vec<u8>) {
        u64::from(*self).pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        u64::unpack(from) as u32
    }
}

impl Pack for f64 {
    fn pack(&self, to: &mut Vec<u8>) {
        self.to_le_bytes().into_iter().for_each(|byte| frugal::push(to, byte));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        let (bytes, rest) = from.split_first_chunk().expect("packed");
        *from = rest;
        Self::from_le_bytes(*bytes)
    }
}

impl Pack for bool {
    fn pack(&self, to: &mut Vec<u8>) {
        frugal::push(to, u8::from(*self));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        byte(from) != 0
    }
}

fn text<'a>(from: &mut &'a [u8]) -> &'a str {
    let length = u32::unpack(from) as usize;
    let (bytes, rest) = from.split_at(length);
    *from = rest;
    core::str::from_utf8(bytes).expect("packed")
}

impl Pack for String {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.len() as u32).pack(to);
        self.bytes().for_each(|byte| frugal::push(to, byte));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        text(from).into()
    }
}

/// The name of an import, of which the table of imports has the text.
impl Pack for &'static str {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.len() as u32).pack(to);
        self.bytes().for_each(|byte| frugal::push(to, byte));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        imports::by_name(text(from)).expect("packed").name
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        (**self).pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        Self::new(T::unpack(from))
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        self.is_some().pack(to);
        self.iter().for_each(|item| item.pack(to));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, to: &mut Vec<u8>) {
        (self.len() as u32).pack(to);
        self.iter().for_each(|item| item.pack(to));
    }

    fn unpack(from: &mut &[u8]) -> Self {
        (0..u32::unpack(from)).map(|_| T::unpack(from)).collect()
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, to: &mut Vec<u8>) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}

impl Pack for Expr {
    fn pack(&self, to: &mut Vec<u8>) {
        self.ty.pack(to);
        self.kind.pack(to);
    }

    fn unpack(from: &mut &[u8]) -> Self {
        Self::new(Ty::unpack(from), Kind::unpack(from))
    }
}

/// Structs: their fields in order.
macro_rules! packed_struct {
    ($($name:ident { $($field:tt),* })*) => { $(
        impl Pack for $name {
            fn pack(&self, to: &mut Vec<u8>) {
                $(self.$field.pack(to);)*
            }

            fn unpack(from: &mut &[u8]) -> Self {
                Self { $($field: Pack::unpack(from)),* }
            }
        }
    )* };
}

/// Enums: the number of the variant, and what is in it in order.
macro_rules! packed_enum {
    ($name:ident { $($tag:literal $variant:ident $(($($item:ident),*))? $({$($field:ident),*})?,)* }) => {
        impl Pack for $name {
            fn pack(&self, to: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($item),*))? $({$($field),*})? => {
                        frugal::push(to, $tag);
                        $($($item.pack(to);)*)?
                        $($($field.pack(to);)*)?
                    })*
                }
            }

            fn unpack(from: &mut &[u8]) -> Self {
                match byte(from) {
                    $($tag => {
                        $($(let $item = Pack::unpack(from);)*)?
                        $($(let $field = Pack::unpack(from);)*)?
                        Self::$variant $(($($item),*))? $({$($field),*})?
                    })*
                    tag => unreachable!("packed {tag}"),
                }
            }
        }
    };
}

packed_struct! {
    VarId { 0 }
    ArrayId { 0 }
    ProcId { 0 }
    Label { 0 }
    Loop { var, limit, step, fixed, body, done, active }
    ForStart { info, from, to, step }
}

packed_enum! { NumType { 0 I16, 1 I32, 2 I64, 3 F32, 4 F64, } }

packed_enum! { Ty { 0 Num(num), 1 Str, 2 Fixed(length), 3 Record(id), } }

packed_enum! { Number { 0 Int(value), 1 Float(value), } }

packed_enum! { Place { 0 Var(var), 1 Element(array, indices), 2 Field(place, offset, ty), } }

packed_enum! { Arg { 0 Value(value), 1 Ref(place), 2 Array(array), } }

packed_enum! { Resume { 0 Again, 1 Next, 2 At(label), } }

packed_enum! { Rounding { 0 Truncate, 1 Even, 2 Away, 3 Up, } }

packed_enum! { Arith {
    0 Add, 1 Sub, 2 Mul, 3 Div, 4 IntDiv, 5 Mod, 6 And, 7 Or, 8 Xor, 9 Eqv, 10 Imp,
} }

packed_enum! { BinaryOp {
    0 Pow, 1 Mul, 2 Div, 3 IntDiv, 4 Mod, 5 Add, 6 Sub, 7 Eq, 8 Ne, 9 Lt, 10 Gt, 11 Le, 12 Ge,
    13 And, 14 Or, 15 Xor, 16 Eqv, 17 Imp,
} }

packed_enum! { Intrinsic {
    0 Sqrt, 1 Floor, 2 Ceil, 3 Trunc, 4 Abs, 5 Sgn, 6 Clamp, 7 Scale, 8 Scan, 9 Sprintf, 10 Peek,
    11 Poke, 12 Address, 13 TextAt, 14 Buffer, 15 Handle, 16 SetHandle, 17 Err, 18 Erl, 19 Catches,
    20 Line, 21 Raise, 22 OrEmpty, 23 Put, 24 Position, 25 Bits, 26 FromBits,
} }

packed_enum! { Kind {
    0 Number(number),
    1 Text(text),
    2 Load(place),
    3 Convert { value, round },
    4 Neg(value),
    5 Not(value),
    6 Arith(op, a, b),
    7 Compare(op, a, b),
    8 Concat(a, b),
    9 Call(proc, args),
    10 Host(name, args),
    11 Op(op, args),
    12 AddressOf(place),
    13 Bound { array, dimension, upper },
} }

packed_enum! { Op {
    0 Label(label),
    1 Jump(label),
    2 Branch { cond, then, els },
    3 Switch { index, targets },
    4 Store(place, value),
    5 Eval(value),
    6 ForStart(start),
    7 ForNext(info),
    8 ForNextAny(group),
    9 Gosub(label),
    10 OnGosub { index, targets },
    11 GosubReturn(label),
    12 Return(value),
    13 Exit,
    14 Clear(array),
    15 Dim { array, bounds, preserve },
    16 DimOnce(array),
    17 Erase(array),
    18 Printf(format, args),
    19 Swap(a, b),
    20 Read(place),
    21 Restore(index),
    22 OnError(label),
    23 Resume(what),
    24 CopyRecord(to, from, size),
    25 ClearAll,
    26 ResumeNextAt(label),
} }

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use proptest::prelude::*;

    fn again<T: Pack>(item: &T) -> T {
        let mut bytes = Vec::new();
        item.pack(&mut bytes);
        let mut rest = &bytes[..];
        let same = T::unpack(&mut rest);
        assert!(rest.is_empty());
        same
    }

    #[test]
    fn statements_come_back() {
        let expr = |ty, kind| Expr::new(ty, kind);
        let index = expr(Ty::I32, Kind::Number(Number::Int(-3)));
        let text = expr(Ty::Str, Kind::Text("a\u{e9}".into()));
        let place = Place::Element(ArrayId(7), Vec::from([index, text]));
        let number = expr(Ty::F64, Kind::Number(Number::Float(-0.1)));
        let call = Kind::Host("basic_str_mid", Vec::from([number]));
        let (ty, value) = (Ty::Fixed(300), Expr::new(Ty::Str, call));
        let field = Place::Field(Box::new(place), 9, ty);
        let op = Op::Store(field, value);
        assert_eq!(format!("{:?}", again(&op)), format!("{op:?}"));
    }

    proptest! {
        #[test]
        fn numbers_come_back(a: u64, b: i64, c: u32, bits: u64) {
            prop_assert_eq!((again(&a), again(&b), again(&c)), (a, b, c));
            prop_assert_eq!(again(&f64::from_bits(bits)).to_bits(), bits);
        }
    }
}
