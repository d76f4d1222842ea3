//! Steps to instructions, block by block.
//!
//! In: the plan of a function and its locals. Out: the straight-line part of each block, on
//! demand; the order of the blocks and the branches between them are made in `structure`.

use super::{
    address::Addresses,
    flow::{Flow, Node},
    lines::{Hazard, LineState, Lines},
    locals::Locals,
    op::{Code, Op},
    plan::{Plan, Step},
};
use crate::ir::{Function, Inst, Loc, Terminator, Value};
use crate::map::Map;
use alloc::vec::Vec;

/// What is known of a function whose code is being made, and the code so far.
pub(crate) struct Emitter<'a> {
    pub(crate) function: &'a Function,
    pub(crate) flow: &'a Flow,
    pub(crate) plan: &'a Plan,
    pub(crate) locals: &'a Locals,
    pub(crate) addresses: &'a Addresses,
    pub(crate) lines: &'a Lines<'a>,
    /// The line of the code so far.
    pub(crate) marked: Loc,
    pub(crate) code: Code,
    /// Whether something may have to be given back on return.
    pub(crate) has_frame: bool,
}

impl Emitter<'_> {
    /// The code of a block up to its terminator, whose operand then is on the stack.
    pub(crate) fn body(&mut self, node: Node) {
        let steps = self.plan.steps(node);
        let first_arg = steps.iter().position(|step| matches!(step, Step::Arg(_)));
        let last_mention = first_arg.map_or_else(Map::new, |_| self.last_mentions(steps));
        let mut line = self.lines.entry(node);
        let mut waiting = Vec::new();
        for (at, &step) in steps.iter().enumerate() {
            match step {
                Step::Get(value) => self.code.push(Op::Get(self.locals.of(value))),
                Step::Tee(value) => self.code.push(Op::Tee(self.locals.of(value))),
                Step::Set(value) => self.code.push(Op::Set(self.locals.of(value))),
                Step::Drop => self.code.push(Op::Drop),
                Step::FrameIndex => self.code.push(Op::FrameIndex),
                Step::Make(value) => self.make(value),
                Step::Do(value) => {
                    let hazard = self.lines.hazard(value);
                    self.mark(hazard, self.function.loc(value), &mut line);
                    self.execute(value);
                }
                Step::Arg(param) => {
                    let local = self.locals.of(param);
                    if self.is_in_place(steps, at, param) {
                        // Pushed as `local.get` or `local.tee` of the very local.
                        self.code.push(Op::Set(local));
                    } else if last_mention.get(&local).is_some_and(|&last| last > at) {
                        waiting.push(local);
                    } else {
                        self.code.push(Op::Set(local));
                    }
                }
            }
        }
        while let Some(local) = waiting.pop() {
            self.code.push(Op::Set(local));
        }
        if let Terminator::Unreachable = self.terminator(node) {
            let loc = self.function.block(self.flow.block(node)).loc;
            self.mark(Hazard::Trap, loc, &mut line);
        }
    }

    /// Makes the line known, before an instruction on it by which it can be seen.
    fn mark(&mut self, hazard: Hazard, loc: Loc, line: &mut LineState) {
        if hazard == Hazard::None {
            return;
        }
        if let Some(store) = self.lines.store(hazard, loc, line) {
            self.code.push(Op::Line(store));
        }
        if self.lines.any() && loc != Loc::NONE && loc != self.marked {
            self.marked = loc;
            self.code.push(Op::Mark(loc));
        }
    }

    /// The last step that reads or writes each local.
    fn last_mentions(&self, steps: &[Step]) -> Map<u32, usize> {
        let mut last = Map::new();
        for (at, step) in steps.iter().enumerate() {
            if let Step::Get(value) | Step::Tee(value) | Step::Set(value) = *step {
                last.insert(self.locals.of(value), at);
            }
        }
        last
    }

    pub(crate) fn terminator(&self, node: Node) -> &Terminator {
        &self.function.block(self.flow.block(node)).term
    }

    /// Whether a block is nothing but a jump, once the moves are gone.
    pub(crate) fn is_empty(&self, node: Node) -> bool {
        let steps = self.plan.steps(node);
        let gone = |(at, step): (usize, &Step)| match *step {
            Step::Get(_) => matches!(steps.get(at + 1), Some(Step::Arg(_))),
            Step::Arg(param) => self.is_in_place(steps, at, param),
            _ => false,
        };
        matches!(self.terminator(node), Terminator::Jump(_)) && steps.iter().enumerate().all(gone)
    }

    /// Whether the code of a block may run just as well where control then goes to `other`: it has
    /// no effect, and writes no local that is needed there.
    pub(crate) fn is_harmless(&self, node: Node, other: Node) -> bool {
        let steps = self.plan.steps(node);
        steps.iter().enumerate().all(|(at, step)| match *step {
            // Already there.
            Step::Arg(param) if self.is_in_place(steps, at, param) => true,
            Step::Tee(value) | Step::Set(value) | Step::Arg(value) => {
                !self.locals.is_live(self.locals.of(value), other)
            }
            Step::Do(value) => self.function.inst(value).is_pure(),
            _ => true,
        })
    }

    /// Whether the argument that ends before `at` is already in the local of `param`.
    fn is_in_place(&self, steps: &[Step], at: usize, param: Value) -> bool {
        match at.checked_sub(1).map(|before| steps[before]) {
            Some(Step::Get(arg) | Step::Tee(arg)) => self.locals.of(arg) == self.locals.of(param),
            _ => false,
        }
    }

    fn make(&mut self, value: Value) {
        self.code.push(match *self.function.inst(value) {
            Inst::I32Const(number) => Op::I32(number),
            Inst::I64Const(bits) => Op::I64(bits.bits()),
            Inst::F32Const(bits) => Op::F32(bits),
            Inst::F64Const(bits) => Op::F64(bits.bits()),
            Inst::SymbolAddr { symbol, addend } => Op::SymbolAddr(symbol, addend),
            Inst::FuncAddr(symbol) => Op::FuncAddr(symbol),
            Inst::SlotAddr { slot, addend } => {
                let place = self.addresses.slots[slot.0 as usize];
                Op::FrameAddr(place.wrapping_add_signed(addend))
            }
            _ => unreachable!("only constants and addresses are made"),
        });
    }

    fn execute(&mut self, value: Value) {
        let op = match *self.function.inst(value) {
            Inst::Unary(op, _) => Op::Unary(op),
            Inst::Binary(op, ..) => Op::Binary(op),
            Inst::Load { op, offset, .. } | Inst::VolatileLoad { op, offset, .. } => {
                self.memory(value, op as u8, op.width(), offset)
            }
            Inst::Store { op, offset, .. } | Inst::VolatileStore { op, offset, .. } => {
                self.memory(value, op as u8, op.width(), offset)
            }
            Inst::GlobalGet(symbol) => Op::GlobalGet(symbol),
            Inst::GlobalSet(symbol, _) => Op::GlobalSet(symbol),
            Inst::Call { func, .. } => Op::Call(func),
            Inst::CallIndirect { sig, .. } => Op::CallIndirect(sig),
            Inst::Nary(op, _) => Op::Nary(op),
            _ => unreachable!("constants, addresses and parameters are not executed"),
        };
        self.code.push(op);
    }

    fn memory(&self, value: Value, code: u8, width: u32, offset: u16) -> Op {
        let (base, offset) = self.addresses.part(value, offset);
        Op::Memory { code, align: width.trailing_zeros() as u8, base, offset }
    }
}
