//! The code that modules are translated to: 8 bytes an instruction, three addresses in the
//! function's own frame of 32-bit slots.
//!
//! An i64 or f64 takes two neighbouring slots, the low half first. Parameters come first in the
//! frame, then (in functions with more than 256 slots) scratch slots, locals, operands. In the
//! comments `a`, `b`, `c` are the slots the fields name and `imm` is the immediate; `[x]` is memory.
//!
//! Executed WebAssembly instructions are counted by their places: each instruction here knows, or
//! has in `positions`, how many of its function come before it in the module, and what jumps
//! carries the difference. Going straight on costs nothing.

use core::mem::offset_of;

/// One instruction.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(8))]
pub(super) struct Ins {
    pub(super) op: Op,
    pub(super) a: u8,
    pub(super) b: u8,
    pub(super) c: u8,
    pub(super) imm: u32,
}

/// Bytes in an instruction.
pub(super) const INS: usize = size_of::<Ins>();
const _: () = assert!(INS == 8 && size_of::<Op>() == 1);
// The executor reads `b` and `c` as one number.
const _: () = assert!(offset_of!(Ins, b) == 2 && offset_of!(Ins, c) == 3);

/// WebAssembly instructions in a function at most: what 24 bits with a sign can tell apart.
pub(super) const MAX_WEIGHT: u32 = (1 << 23) - 1;

impl Ins {
    pub(super) const fn new(op: Op, a: u8, b: u8, c: u8, imm: u32) -> Self {
        Self { op, a, b, c, imm }
    }

    /// `Br` by `distance` instructions, over `weight` of the module's.
    pub(super) fn jump(distance: i32, weight: i32) -> Self {
        let [a, b, c, _] = weight.to_le_bytes();
        Self::new(Op::Br, a, b, c, distance as u32)
    }

    /// The weight of a `Br`: the 24 bits of a, b and c, with sign.
    #[inline(always)]
    pub(super) const fn weight(self) -> i32 {
        i32::from_le_bytes([0, self.a, self.b, self.c]) >> 8
    }

    /// The immediate of a conditional branch: distance and weight, if they fit.
    pub(super) fn short_jump(distance: i32, weight: i32) -> Option<u32> {
        let (distance, weight) = (i16::try_from(distance).ok()?, i16::try_from(weight).ok()?);
        Some(u32::from(distance as u16) | u32::from(weight as u16) << 16)
    }

    /// The distance and weight that such an immediate holds.
    #[inline(always)]
    pub(super) const fn short(imm: u32) -> (i32, i32) {
        (imm as i16 as i32, imm as i32 >> 16)
    }
}

macro_rules! ops {
    ($(#[$meta:meta])* $name:ident { $($op:ident)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[rustfmt::skip]
        pub(super) enum $name { $($op,)* }

        impl $name {
            /// All of them, in order.
            #[allow(dead_code)]
            #[rustfmt::skip]
            pub(super) const ALL: &[Self] = &[$(Self::$op,)*];
        }
    };
}

/// The operations and the pairs, and besides the enum: their numbers as constants, a macro that
/// hands them all to another one, and the way from two operations to their pair.
macro_rules! operations {
    ($(#[$meta:meta])* $name:ident { $($op:ident)* }
     $(#[$pairs:meta])* Pairs { $($pair:ident = $first:ident $second:ident;)* }) => {
        ops! { $(#[$meta])* $name { $($op)* $($pair)* } }

        /// The operations' numbers.
        #[allow(non_upper_case_globals)]
        pub(super) mod op {
            $(pub(in super::super) const $op: u8 = super::$name::$op as u8;)*
        }

        macro_rules! for_each_op {
            ($then:ident) => { $then! { [$($op)*] [$($pair = $first $second;)*] } };
        }
        pub(super) use for_each_op;

        impl $name {
            $(#[$pairs])*
            pub(super) fn paired(self, next: Self) -> Option<Self> {
                static PAIRS: [(u16, $name); [$($name::$pair),*].len()] =
                    sorted([$((both($name::$first, $name::$second), $name::$pair)),*]);
                let found = PAIRS.binary_search_by_key(&both(self, next), |pair| pair.0);
                found.ok().map(|at| PAIRS[at].1)
            }
        }
    };
}

/// Two operations as one number.
const fn both(first: Op, second: Op) -> u16 {
    (first as u16) << 8 | second as u16
}

/// Pairs by their number.
const fn sorted<const N: usize>(mut pairs: [(u16, Op); N]) -> [(u16, Op); N] {
    let mut end = 1;
    while end < N {
        let mut at = end;
        while at > 0 && pairs[at - 1].0 > pairs[at].0 {
            pairs.swap(at - 1, at);
            at -= 1;
        }
        end += 1;
    }
    pairs
}

operations! {
    /// Operations. Names: `I` takes an immediate for its last operand.
    Op {
        // To the next instruction plus `imm`; the weight is in a, b and c.
        Br
        // Branches: distance and weight are the halves of `imm`. `I`: `bc` is an i16.
        BrZ BrNz
        BrEq BrNe BrLtS BrLtU BrLeS BrLeU
        BrEqI BrNeI BrLtSI BrLtUI BrGeSI BrGeUI
        BrEq64 BrNe64 BrLtS64 BrLtU64 BrLeS64 BrLeU64
        BrFEq BrFNe BrFLt BrFLe BrFNlt BrFNle
        BrDEq BrDNe BrDLt BrDLe BrDNlt BrDNle

        // `imm` + 1 `Br`s follow; takes number `a`, or the last.
        BrTable
        Unreachable
        // Asks the host whether to go on, as branches back, calls and returns do; `imm`: weight so far.
        Check
        // Results: none, one in `a`, or from `bc` on as many slots as the next word's `imm` says;
        // `imm`: weight so far.
        Ret Ret32 Ret64 RetN
        // Function `imm`, its frame starting at slot `bc`. A `Result` follows.
        Call
        // Table element `b`; `imm` has the type in the high half and the frame in the low one. A
        // `Result` follows.
        CallIndirect
        // Not executed: a call's single result goes to `a`; `imm`: weight so far.
        Result
        // Import `imm`, its arguments from slot `bc` on, its result to `a`.
        CallHost
        // Ends the run: below the outermost frame.
        Exit

        Copy32 Copy64
        // `imm` low half: from; high half: slots. To `bc`.
        CopyN
        // `imm` slots from `bc` on become 0.
        Zero
        // i64: `imm` sign-extended; `Wide`: the low half; the high one is the next `imm`.
        Const32 Const64 ConstWide
        // Slots past 255: `imm`.
        GetFar32 GetFar64 SetFar32 SetFar64
        // Global `imm`; `I`: global `bc` becomes `imm`.
        GlobalGet32 GlobalGet64 GlobalSet32 GlobalSet64 GlobalSetI
        // a = imm ? b : c
        Select32 Select64

        Add Sub Mul DivS DivU RemS RemU And Or Xor Shl ShrS ShrU Rotl Rotr
        // SubI: imm - b.
        AddI SubI MulI AndI OrI XorI ShlI ShrSI ShrUI RotlI
        // `imm` is neither 0 nor -1.
        DivSI DivUI RemSI RemUI
        Extend8 Extend16
        Eq Ne LtS LtU LeS LeU
        EqI NeI LtSI LtUI GeSI GeUI

        Add64 Sub64 Mul64 And64 Or64 Xor64 Shl64 ShrS64 ShrU64 Rotl64
        AddI64 MulI64 AndI64 OrI64 XorI64 ShlI64 ShrSI64 ShrUI64 RotlI64
        Eq64 Ne64 LtS64 LtU64 LeS64 LeU64
        EqI64 NeI64
        ExtendS ExtendU

        FAdd FSub FMul FDiv FNeg FEq FNe FLt FLe
        DAdd DSub DMul DDiv DNeg DEq DNe DLt DLe
        // The operation is `Rare` number `imm`.
        Rare

        // Loads: a = [b + imm], the sum wrapping (W); not wrapping (O); [b + c wrapping + imm] (X);
        // [imm] (A).
        Load32W Load8SW Load8UW Load16SW Load16UW Load64W
        Load32O Load8SO Load8UO Load16SO Load16UO Load64O
        Load32X Load8SX Load8UX Load16SX Load16UX Load64X
        Load32A Load8UA
        // Stores: [..] = a; `I`: `a` itself, sign-extended.
        Store32W Store8W Store16W Store64W
        Store32O Store8O Store16O Store64O
        Store32X Store8X Store16X Store64X
        Store32A Store8A
        Store32IW Store8IW

        MemorySize MemoryGrow MemoryCopy MemoryFill
        // The operation is `Bulk` number `imm` & 0xFF; the rest of `imm` is an index.
        Bulk
    }
    /// The pair of this operation and the next, which executes both with one dispatch. Only the
    /// first instruction changes: the second stays what it is, for those who jump to it and as the
    /// pair's operands. Chosen by what loops of real programs execute most.
    Pairs {
        AddIAddI = AddI AddI;
        AddIAdd = AddI Add;
        AddIShlI = AddI ShlI;
        AddICopy32 = AddI Copy32;
        AddILoad32W = AddI Load32W;
        AddILoad8UW = AddI Load8UW;
        AddIStore8W = AddI Store8W;
        AddIStore32A = AddI Store32A;
        AddICall = AddI Call;
        AddIBr = AddI Br;
        AddIBrNz = AddI BrNz;
        AddIBrZ = AddI BrZ;
        AddIBrNe = AddI BrNe;
        AddIBrLtS = AddI BrLtS;
        AddIBrNeI = AddI BrNeI;
        AddIBrLtSI = AddI BrLtSI;
        AddIBrLtUI = AddI BrLtUI;
        AddIBrGeUI = AddI BrGeUI;
        AddAddI = Add AddI;
        AddAdd = Add Add;
        AddLoad32W = Add Load32W;
        AddLoad8UW = Add Load8UW;
        AddStore8W = Add Store8W;
        AddBrLtSI = Add BrLtSI;
        AddBrLtUI = Add BrLtUI;
        MulAdd = Mul Add;
        MulShlI = Mul ShlI;
        ShlILoad32W = ShlI Load32W;
        ShlILoad32O = ShlI Load32O;
        ShlIAdd = ShlI Add;
        ShrUIAndI = ShrUI AndI;
        Copy32Copy32 = Copy32 Copy32;
        Copy32Br = Copy32 Br;
        Copy32BrNz = Copy32 BrNz;
        Copy32BrZ = Copy32 BrZ;
        Const32Const32 = Const32 Const32;
        Load32WLoad32W = Load32W Load32W;
        Load32WAddI = Load32W AddI;
        Load32WMul = Load32W Mul;
        Load32WFMul = Load32W FMul;
        Load32AShlI = Load32A ShlI;
        Load8UWAdd = Load8UW Add;
        Load8UWBrNz = Load8UW BrNz;
        Load16SWLoad16SX = Load16SW Load16SX;
        Load16SOLoad16SO = Load16SO Load16SO;
        Store32WAddI = Store32W AddI;
        Store8WAddI = Store8W AddI;
        Store8IWAdd = Store8IW Add;
        Load32WBrNz = Load32W BrNz;
        Load32WStore32W = Load32W Store32W;
        ShlIAddI = ShlI AddI;
        Copy32AddI = Copy32 AddI;
        XorAndI = Xor AndI;
        XorIShrUI = XorI ShrUI;
        AndISelect32 = AndI Select32;
        Select32ShrUI = Select32 ShrUI;
        FMulFMul = FMul FMul;
        FMulFAdd = FMul FAdd;
        FMulFSub = FMul FSub;
        FAddStore32W = FAdd Store32W;
        FSubStore32W = FSub Store32W;
    }
}

ops! {
    /// Operations that are seldom executed or slow in themselves: a = f(b, c).
    Rare {
        DivS64 DivU64 RemS64 RemU64 Rotr64
        Clz Ctz Popcnt
        Clz64 Ctz64 Popcnt64 Extend8S64 Extend16S64 Extend32S64
        FAbs FSqrt FCeil FFloor FTrunc FNearest FMin FMax FCopysign
        DAbs DSqrt DCeil DFloor DTrunc DNearest DMin DMax DCopysign
        // Integer from float: trapping, then saturating.
        I32F32S I32F32U I32F64S I32F64U I64F32S I64F32U I64F64S I64F64U
        SatI32F32S SatI32F32U SatI32F64S SatI32F64U SatI64F32S SatI64F32U SatI64F64S SatI64F64U
        // Float from integer.
        F32I32S F32I32U F32I64S F32I64U F64I32S F64I32U F64I64S F64I64U
        F32F64 F64F32
    }
}

ops! {
    /// Segment and table operations.
    Bulk { MemoryInit DataDrop TableInit ElemDrop TableCopy }
}
