//! Instructions to bytes, with holes where the linker's numbers go.
//!
//! In: tidy code. Out: a [`Body`]: bytes without those instructions and immediates that depend on
//! the link, and between them [`Hole`]s that say what to put there. The linker writes each number in
//! its shortest form, so that nothing has to be padded.
//!
//! All bodies wait for the link, so they are packed: a list of numbers in LEB128. A part begins with
//! a number: of a hole's kind, with its operands behind it; [`MARK`], with the difference of the
//! source line to the one before; or [`RUN`] and more, which is that many bytes of code.

use super::{
    access::Summary,
    address::Base,
    op::{Code, Label, Op},
};
use crate::frugal;
use crate::ir::{Loc, NaryOp, SigId, Symbol, Type};
use alloc::{vec, vec::Vec};

/// An encoded function.
#[derive(Debug)]
pub(crate) struct Body {
    /// Its name.
    pub(crate) symbol: Symbol,
    /// Its signature.
    pub(crate) sig: SigId,
    /// Locals that it declares: how many of each type.
    pub(crate) locals: Vec<(u32, Type)>,
    /// How many locals there are with its parameters. The linker adds one for the frame's address,
    /// and one for `alloca`, if they are needed.
    pub(crate) local_count: u32,
    /// Its code, packed.
    pub(crate) code: Packed,
    /// Bytes of stack slots.
    pub(crate) frame: u32,
    /// Whether it takes bytes from the shadow stack at run time.
    pub(crate) allocates: bool,
    /// What it accesses and calls.
    pub(crate) summary: Summary,
}

impl Body {
    /// Gives back what its parts grew too much: all bodies are kept until the link.
    pub(crate) fn shrink(&mut self) {
        self.locals.shrink_to_fit();
        self.code.0.shrink_to_fit();
    }
}

/// Code with holes, packed.
#[derive(Debug, Default)]
pub(crate) struct Packed(Vec<u8>);

/// A part of a function's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Code as it is.
    Bytes(&'a [u8]),
    /// What the linker knows.
    Hole(Hole),
    /// From here on the code is of this source line.
    Mark(Loc),
}

/// The number of a change of the source line, behind those of the holes.
const MARK: u64 = 15;
/// The number of an empty run of code; each byte makes it one more.
const RUN: u64 = 16;

impl Packed {
    /// The parts in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let (mut rest, mut loc) = (&self.0[..], 0u32);
        core::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let from = &mut rest;
            Some(match read(from) {
                0 => Part::Hole(Hole::Func(Symbol(read(from) as u32))),
                1 => Part::Hole(Hole::Type(SigId(read(from) as u32))),
                2 => Part::Hole(Hole::Global(Symbol(read(from) as u32))),
                3 => Part::Hole(Hole::Line),
                4 => Part::Hole(Hole::SymbolAddr(Symbol(read(from) as u32), read_i32(from))),
                5 => Part::Hole(Hole::FuncAddr(Symbol(read(from) as u32))),
                6 => Part::Hole(Hole::FrameAddr(read(from) as u32)),
                7 => Part::Hole(Hole::FrameIndex),
                8 => Part::Hole(Hole::Offset(Symbol(read(from) as u32), read_i32(from))),
                9 => Part::Hole(Hole::FrameOffset(read_i32(from))),
                10 => Part::Hole(Hole::Prologue),
                11 => Part::Hole(Hole::Epilogue),
                12 => Part::Hole(Hole::StackAlloc),
                13 => Part::Hole(Hole::StackSave),
                14 => Part::Hole(Hole::StackRestore),
                MARK => {
                    loc = loc.wrapping_add_signed(read_i32(from));
                    Part::Mark(Loc(loc))
                }
                run => {
                    let (bytes, after) = from.split_at((run - RUN) as usize);
                    *from = after;
                    Part::Bytes(bytes)
                }
            })
        })
    }

    /// The holes in order.
    pub(crate) fn holes(&self) -> impl Iterator<Item = Hole> {
        self.parts().filter_map(|part| match part {
            Part::Hole(hole) => Some(hole),
            _ => None,
        })
    }

    fn hole(&mut self, hole: Hole) {
        let to = &mut self.0;
        let (kind, symbol, addend) = match hole {
            Hole::Func(symbol) => (0, Some(symbol.0), None),
            Hole::Type(sig) => (1, Some(sig.0), None),
            Hole::Global(symbol) => (2, Some(symbol.0), None),
            Hole::Line => (3, None, None),
            Hole::SymbolAddr(symbol, addend) => (4, Some(symbol.0), Some(addend)),
            Hole::FuncAddr(symbol) => (5, Some(symbol.0), None),
            Hole::FrameAddr(place) => (6, Some(place), None),
            Hole::FrameIndex => (7, None, None),
            Hole::Offset(symbol, addend) => (8, Some(symbol.0), Some(addend)),
            Hole::FrameOffset(place) => (9, None, Some(place)),
            Hole::Prologue => (10, None, None),
            Hole::Epilogue => (11, None, None),
            Hole::StackAlloc => (12, None, None),
            Hole::StackSave => (13, None, None),
            Hole::StackRestore => (14, None, None),
        };
        unsigned(to, kind);
        symbol.into_iter().for_each(|symbol| unsigned(to, symbol.into()));
        addend.into_iter().for_each(|addend| signed(to, addend.into()));
    }

    fn mark(&mut self, loc: Loc, last: Loc) {
        unsigned(&mut self.0, MARK);
        signed(&mut self.0, loc.0.wrapping_sub(last.0).cast_signed().into());
    }

    fn run(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            unsigned(&mut self.0, RUN + bytes.len() as u64);
            bytes.iter().for_each(|&byte| frugal::push(&mut self.0, byte));
        }
    }
}

/// Takes a number that [`unsigned`] wrote.
pub(super) fn read(from: &mut &[u8]) -> u64 {
    let (mut number, mut shift) = (0, 0);
    while let Some((&byte, rest)) = from.split_first() {
        *from = rest;
        number |= u64::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    number
}

/// Takes a number that [`signed`] wrote.
fn read_i32(from: &mut &[u8]) -> i32 {
    let before = from.len();
    let bits = read(from);
    let unused = 64 - 7 * (before - from.len());
    ((bits << unused).cast_signed() >> unused) as i32
}

/// What goes into a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hole {
    /// A function's index.
    Func(Symbol),
    /// A type's index.
    Type(SigId),
    /// A global's index.
    Global(Symbol),
    /// The index of `__line`.
    Line,
    /// An instruction that pushes an address.
    SymbolAddr(Symbol, i32),
    /// An instruction that pushes a table index.
    FuncAddr(Symbol),
    /// An instruction that pushes the frame's address plus a constant.
    FrameAddr(u32),
    /// Adds the frame's address to the top of the stack, unless it is known.
    FrameIndex,
    /// The constant part of a memory operand.
    Offset(Symbol, i32),
    /// The same: in the frame if its address is known, else only the number.
    FrameOffset(i32),
    /// Makes the frame.
    Prologue,
    /// Gives it back.
    Epilogue,
    /// Takes from the shadow stack.
    StackAlloc,
    /// Reads the shadow stack pointer.
    StackSave,
    /// Writes it.
    StackRestore,
}

/// Appends a number in LEB128, unsigned.
pub(crate) fn unsigned(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        frugal::push(bytes, number as u8 | 0x80);
        number >>= 7;
    }
    frugal::push(bytes, number as u8);
}

/// Appends a number in LEB128, signed.
pub(crate) fn signed(bytes: &mut Vec<u8>, mut number: i64) {
    while !(-0x40..0x40).contains(&number) {
        frugal::push(bytes, number as u8 | 0x80);
        number >>= 7;
    }
    frugal::push(bytes, number as u8 & 0x7F);
}

/// Packs a function's code.
#[derive(Default)]
pub(crate) struct Encoder {
    packed: Packed,
    /// Code behind the last hole or mark.
    bytes: Vec<u8>,
    /// The line of the last mark.
    marked: Loc,
    /// The constructs that are open.
    open: Vec<Option<Label>>,
    /// Where each label is in `open`.
    height: Vec<u32>,
}

const VOID: u8 = 0x40;

impl Encoder {
    /// Encodes `code`, and the `end` behind it.
    pub(crate) fn encode(code: Code, labels: usize) -> Packed {
        let mut encoder = Self { height: vec![0; labels], ..Self::default() };
        for op in &code.ops {
            encoder.op(&code, *op);
        }
        encoder.bytes.push(0x0B);
        encoder.flush();
        encoder.packed
    }

    fn op(&mut self, code: &Code, op: Op) {
        match op {
            Op::Block(label) => self.open(0x02, Some(label)),
            Op::Loop(label) => self.open(0x03, Some(label)),
            Op::If => self.open(0x04, None),
            Op::Else => self.bytes.push(0x05),
            Op::End(_) => {
                self.open.pop();
                self.bytes.push(0x0B);
            }
            Op::Br(label) => self.with(0x0C, self.depth(label)),
            Op::BrIf(label) => self.with(0x0D, self.depth(label)),
            Op::BrTable(table) => self.table(&code.tables[table as usize]),
            Op::Return => self.bytes.push(0x0F),
            Op::Unreachable => self.bytes.push(0x00),
            Op::Drop => self.bytes.push(0x1A),
            Op::Get(local) => self.with(0x20, local),
            Op::Set(local) => self.with(0x21, local),
            Op::Tee(local) => self.with(0x22, local),
            Op::I32(number) => self.i32(number),
            Op::I64(bits) => {
                self.bytes.push(0x42);
                signed(&mut self.bytes, bits as i64);
            }
            Op::F32(bits) => {
                self.bytes.push(0x43);
                self.bytes.extend(bits.to_le_bytes());
            }
            Op::F64(bits) => {
                self.bytes.push(0x44);
                self.bytes.extend(bits.to_le_bytes());
            }
            Op::Unary(op) => match op as u8 {
                saturating @ 0xE0.. => self.bytes.extend([0xFC, saturating - 0xE0]),
                code => self.bytes.push(code),
            },
            Op::Binary(op) => self.bytes.push(op as u8),
            Op::Memory { code, align, base, offset } => self.memory(code, align, base, offset),
            Op::Nary(op) => self.nary(op),
            Op::Call(symbol) => self.hole_after(0x10, Hole::Func(symbol)),
            Op::CallIndirect(sig) => {
                self.hole_after(0x11, Hole::Type(sig));
                self.bytes.push(0);
            }
            Op::GlobalGet(symbol) => self.hole_after(0x23, Hole::Global(symbol)),
            Op::GlobalSet(symbol) => self.hole_after(0x24, Hole::Global(symbol)),
            Op::SymbolAddr(symbol, addend) => self.hole(Hole::SymbolAddr(symbol, addend)),
            Op::FuncAddr(symbol) => self.hole(Hole::FuncAddr(symbol)),
            Op::FrameAddr(place) => self.hole(Hole::FrameAddr(place)),
            Op::FrameIndex => self.hole(Hole::FrameIndex),
            Op::Prologue => self.hole(Hole::Prologue),
            Op::Epilogue => self.hole(Hole::Epilogue),
            Op::Line(line) => {
                self.i32(line as i32);
                self.hole_after(0x24, Hole::Line);
            }
            Op::Mark(loc) => {
                self.flush();
                self.packed.mark(loc, core::mem::replace(&mut self.marked, loc));
            }
        }
    }

    fn i32(&mut self, number: i32) {
        self.bytes.push(0x41);
        signed(&mut self.bytes, number.into());
    }

    fn with(&mut self, code: u8, number: u32) {
        self.bytes.push(code);
        unsigned(&mut self.bytes, number.into());
    }

    fn open(&mut self, code: u8, label: Option<Label>) {
        self.bytes.extend([code, VOID]);
        if let Some(label) = label {
            self.height[label.0 as usize] = self.open.len() as u32;
        }
        self.open.push(label);
    }

    fn depth(&self, label: Label) -> u32 {
        let height = self.height[label.0 as usize];
        debug_assert_eq!(self.open.get(height as usize), Some(&Some(label)));
        self.open.len() as u32 - 1 - height
    }

    fn table(&mut self, labels: &[Label]) {
        self.with(0x0E, labels.len() as u32 - 1);
        for &label in labels {
            let depth = self.depth(label);
            unsigned(&mut self.bytes, depth.into());
        }
    }

    fn memory(&mut self, code: u8, align: u8, base: Base, offset: i32) {
        self.bytes.extend([code, align]);
        match base {
            Base::Zero => unsigned(&mut self.bytes, offset as u64),
            Base::Symbol(symbol) => self.hole(Hole::Offset(symbol, offset)),
            Base::Frame => self.hole(Hole::FrameOffset(offset)),
        }
    }

    fn nary(&mut self, op: NaryOp) {
        match op {
            NaryOp::Select => self.bytes.push(0x1B),
            NaryOp::MemoryCopy => self.bytes.extend([0xFC, 10, 0, 0]),
            NaryOp::MemoryFill => self.bytes.extend([0xFC, 11, 0]),
            NaryOp::MemorySize => self.bytes.extend([0x3F, 0]),
            NaryOp::MemoryGrow => self.bytes.extend([0x40, 0]),
            NaryOp::StackAlloc => self.hole(Hole::StackAlloc),
            NaryOp::StackSave => self.hole(Hole::StackSave),
            NaryOp::StackRestore => self.hole(Hole::StackRestore),
        }
    }

    fn flush(&mut self) {
        self.packed.run(&self.bytes);
        self.bytes.clear();
    }

    fn hole(&mut self, hole: Hole) {
        self.flush();
        self.packed.hole(hole);
    }

    fn hole_after(&mut self, code: u8, hole: Hole) {
        self.bytes.push(code);
        self.hole(hole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part() -> impl Strategy<Value = (Hole, Loc, Vec<u8>)> {
        let hole = prop_oneof![
            any::<u32>().prop_map(|n| Hole::Func(Symbol(n))),
            any::<u32>().prop_map(|n| Hole::Type(SigId(n))),
            Just(Hole::Line),
            (any::<u32>(), any::<i32>()).prop_map(|(n, a)| Hole::SymbolAddr(Symbol(n), a)),
            (any::<u32>(), any::<i32>()).prop_map(|(n, a)| Hole::Offset(Symbol(n), a)),
            any::<i32>().prop_map(Hole::FrameOffset),
            any::<u32>().prop_map(Hole::FrameAddr),
            Just(Hole::StackRestore),
        ];
        (hole, any::<u32>().prop_map(Loc), prop::collection::vec(any::<u8>(), 1..300))
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(parts in prop::collection::vec(part(), 0..8)) {
            let (mut packed, mut last) = (Packed::default(), Loc::NONE);
            for (hole, loc, bytes) in &parts {
                packed.hole(*hole);
                packed.mark(*loc, core::mem::replace(&mut last, *loc));
                packed.run(bytes);
            }
            let expected = parts
                .iter()
                .flat_map(|(hole, loc, bytes)| [Part::Hole(*hole), Part::Mark(*loc), Part::Bytes(bytes)]);
            prop_assert!(packed.parts().eq(expected));
        }
    }
}
