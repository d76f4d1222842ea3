//! Holes filled: a function's final bytes.
//!
//! In: a [`Body`] and the numbers that the link decided. Out: the body as it stands in the code
//! section, and the lines of its instructions.

use super::lines::{FunctionLines, Line};
pub(crate) use crate::codegen::body::{signed, unsigned};
use crate::map::Map;
use crate::{
    codegen::body::{Body, Hole, Part},
    ir::{SigId, Symbol, Type},
};
use alloc::vec::Vec;

/// The numbers that code refers to.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) funcs: Map<Symbol, u32>,
    pub(crate) types: Map<SigId, u32>,
    pub(crate) globals: Map<Symbol, u32>,
    pub(crate) table: Map<Symbol, u32>,
    pub(crate) addresses: Map<Symbol, u32>,
    /// Index of `__line`.
    pub(crate) line: u32,
    /// Index of the shadow stack pointer.
    pub(crate) stack_pointer: u32,
    /// End of the shadow stack.
    pub(crate) stack_end: u32,
}

const GET: u8 = 0x20;
const SET: u8 = 0x21;
const TEE: u8 = 0x22;
const GLOBAL_GET: u8 = 0x23;
const GLOBAL_SET: u8 = 0x24;
const I32_CONST: u8 = 0x41;
const ADD: u8 = 0x6A;
const SUB: u8 = 0x6B;
const AND: u8 = 0x71;
const LT_U: u8 = 0x49;
const GT_U: u8 = 0x4B;
/// `if unreachable end`.
const TRAP_IF: [u8; 4] = [0x04, 0x40, 0x00, 0x0B];

/// Makes the final bytes of `body`, whose frame is at the address `frame` or on the shadow stack.
/// The lines are those of the function with that index.
pub(crate) fn fill(
    body: &Body,
    numbers: &Numbers,
    frame: Option<u32>,
    index: u32,
) -> (Vec<u8>, FunctionLines) {
    let mut filler = Filler { body, numbers, frame, bytes: Vec::new() };
    filler.locals();
    let start = filler.bytes.len() as u32;
    let mut lines = FunctionLines { function: index, entries: Vec::new() };
    for part in body.code.parts() {
        match part {
            Part::Bytes(bytes) => filler.bytes.extend_from_slice(bytes),
            Part::Hole(hole) => filler.hole(hole),
            Part::Mark(loc) => lines.add(filler.bytes.len() as u32, loc),
        }
    }
    // What comes before the first line that matters belongs to it: the prologue, which may trap.
    if let Some(first) = lines.entries.first_mut() {
        first.0 = start;
    }
    (filler.bytes, lines)
}

impl FunctionLines {
    fn add(&mut self, at: u32, loc: crate::ir::Loc) {
        let line = Line { file: loc.file(), line: loc.line() };
        match self.entries.last_mut() {
            Some(last) if last.0 == at => last.1 = line,
            Some(last) if last.1 == line => {}
            _ => self.entries.push((at, line)),
        }
    }
}

struct Filler<'a> {
    body: &'a Body,
    numbers: &'a Numbers,
    frame: Option<u32>,
    bytes: Vec<u8>,
}

impl Filler<'_> {
    /// Whether the function keeps its frame's address, or the stack pointer to go back to, in a
    /// local of its own.
    fn has_frame_local(&self) -> bool {
        self.body.allocates || (self.frame.is_none() && self.body.frame > 0)
    }

    fn locals(&mut self) {
        let mut runs = self.body.locals.clone();
        let more = u32::from(self.has_frame_local()) + u32::from(self.body.allocates);
        if more > 0 {
            runs.push((more, Type::I32));
        }
        unsigned(&mut self.bytes, runs.len() as u64);
        for (count, ty) in runs {
            unsigned(&mut self.bytes, count.into());
            self.bytes.push(ty.byte());
        }
    }

    fn hole(&mut self, hole: Hole) {
        let numbers = self.numbers;
        match hole {
            Hole::Func(symbol) => self.index(numbers.funcs[&symbol]),
            Hole::Type(sig) => self.index(numbers.types[&sig]),
            Hole::Global(symbol) => self.index(numbers.globals[&symbol]),
            Hole::Line => self.index(numbers.line),
            Hole::SymbolAddr(symbol, addend) => {
                self.constant(numbers.addresses[&symbol].wrapping_add_signed(addend));
            }
            Hole::FuncAddr(symbol) => self.constant(numbers.table[&symbol]),
            Hole::FrameAddr(place) => match self.frame {
                Some(frame) => self.constant(frame.wrapping_add(place)),
                None => {
                    self.frame_local(GET);
                    if place != 0 {
                        self.constant(place);
                        self.bytes.push(ADD);
                    }
                }
            },
            Hole::FrameIndex => {
                if self.frame.is_none() {
                    self.frame_local(GET);
                    self.bytes.push(ADD);
                }
            }
            Hole::Offset(symbol, addend) => {
                self.index(numbers.addresses[&symbol].wrapping_add_signed(addend));
            }
            Hole::FrameOffset(place) => {
                self.index(self.frame.unwrap_or(0).wrapping_add_signed(place));
            }
            Hole::Prologue => self.prologue(),
            Hole::Epilogue => {
                if self.has_frame_local() {
                    self.frame_local(GET);
                    self.stack_pointer(GLOBAL_SET);
                }
            }
            Hole::StackAlloc => self.stack_alloc(),
            Hole::StackSave => self.stack_pointer(GLOBAL_GET),
            Hole::StackRestore => self.stack_pointer(GLOBAL_SET),
        }
    }

    fn index(&mut self, index: u32) {
        unsigned(&mut self.bytes, index.into());
    }

    fn constant(&mut self, number: u32) {
        self.bytes.push(I32_CONST);
        signed(&mut self.bytes, (number as i32).into());
    }

    fn with(&mut self, code: u8, index: u32) {
        self.bytes.push(code);
        self.index(index);
    }

    fn frame_local(&mut self, code: u8) {
        self.with(code, self.body.local_count);
    }

    fn stack_pointer(&mut self, code: u8) {
        self.with(code, self.numbers.stack_pointer);
    }

    /// The shadow stack grows up, so that its busy end is the one that the layout can put into the
    /// window, and so that the old pointer is the frame's address.
    fn prologue(&mut self) {
        if !self.has_frame_local() {
            return;
        }
        let size = if self.frame.is_none() { self.body.frame } else { 0 };
        self.stack_pointer(GLOBAL_GET);
        if size == 0 {
            return self.frame_local(SET);
        }
        self.frame_local(TEE);
        self.constant(self.numbers.stack_end.saturating_sub(size));
        self.bytes.push(GT_U);
        self.bytes.extend(TRAP_IF);
        self.frame_local(GET);
        self.constant(size);
        self.bytes.push(ADD);
        self.stack_pointer(GLOBAL_SET);
    }

    /// The size is on the stack; traps unless that much is left. Both ends of the stack and the
    /// pointer are multiples of 16, so that rounding up cannot pass the end.
    fn stack_alloc(&mut self) {
        let size = self.body.local_count + 1;
        self.with(SET, size);
        self.constant(self.numbers.stack_end);
        self.stack_pointer(GLOBAL_GET);
        self.bytes.push(SUB);
        self.with(GET, size);
        self.bytes.push(LT_U);
        self.bytes.extend(TRAP_IF);
        self.stack_pointer(GLOBAL_GET);
        self.stack_pointer(GLOBAL_GET);
        self.with(GET, size);
        self.constant(15);
        self.bytes.push(ADD);
        self.constant(-16i32 as u32);
        self.bytes.extend([AND, ADD]);
        self.stack_pointer(GLOBAL_SET);
    }
}
