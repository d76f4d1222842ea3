//! Instructions to bytes, with holes where the linker's numbers go.
//!
//! In: tidy code. Out: a [`Body`]: bytes without those instructions and immediates that depend on
//! the link, and a list of [`Patch`]es that says what to put where. Holes take no bytes, so that the
//! linker writes each number in its shortest form and nothing has to be padded.

use super::{
    access::Summary,
    address::Base,
    op::{Code, Label, Op},
};
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
    /// Code between the holes.
    pub(crate) bytes: Vec<u8>,
    /// The holes, in order.
    pub(crate) patches: Vec<Patch>,
    /// Where the source line changes: place in `bytes` and number of patches before it.
    pub(crate) marks: Vec<Mark>,
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
        self.bytes.shrink_to_fit();
        self.patches.shrink_to_fit();
        self.marks.shrink_to_fit();
        self.summary.accesses.shrink_to_fit();
        self.summary.calls.shrink_to_fit();
    }
}

/// A change of the source line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) at: u32,
    pub(crate) patches: u32,
    pub(crate) loc: Loc,
}

/// A hole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    /// Where, in [`Body::bytes`].
    pub(crate) at: u32,
    /// What goes there.
    pub(crate) hole: Hole,
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
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends a number in LEB128, signed.
pub(crate) fn signed(bytes: &mut Vec<u8>, mut number: i64) {
    while !(-0x40..0x40).contains(&number) {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8 & 0x7F);
}

/// Bytes and holes of a function's code.
#[derive(Default)]
pub(crate) struct Encoder {
    pub(crate) bytes: Vec<u8>,
    pub(crate) patches: Vec<Patch>,
    pub(crate) marks: Vec<Mark>,
    /// The constructs that are open.
    open: Vec<Option<Label>>,
    /// Where each label is in `open`.
    height: Vec<u32>,
}

const VOID: u8 = 0x40;

impl Encoder {
    /// Encodes `code`, and the `end` behind it.
    pub(crate) fn encode(code: &Code, labels: usize) -> Self {
        let bytes = Vec::with_capacity(2 * code.ops.len());
        let mut encoder = Self { bytes, height: vec![0; labels], ..Self::default() };
        for op in &code.ops {
            encoder.op(code, *op);
        }
        encoder.bytes.push(0x0B);
        encoder
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
                let (at, patches) = (self.bytes.len() as u32, self.patches.len() as u32);
                self.marks.push(Mark { at, patches, loc });
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

    fn hole(&mut self, hole: Hole) {
        self.patches.push(Patch { at: self.bytes.len() as u32, hole });
    }

    fn hole_after(&mut self, code: u8, hole: Hole) {
        self.bytes.push(code);
        self.hole(hole);
    }
}
