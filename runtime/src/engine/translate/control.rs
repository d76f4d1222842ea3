//! Blocks and branches.
//!
//! A branch to a label that is yet to come has a [`Fixup`] in the label's chain, and gets its
//! distance and weight when the label is placed.

use super::super::code::{Ins, Op};
use super::super::module::ValType;
use super::super::reader::Result;
use super::branch::Branch;
use super::stack::{Arg, Entry, Place};
use super::{Body, Env};
use alloc::format;

/// End of a chain.
const NONE: u32 = u32::MAX;

/// Weight from which on a loop asks at its start whether to go on: a branch back counts only from
/// there, and may not let too much pass.
const FAR_LOOP: u32 = 4096;

/// A branch whose label is yet to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fixup {
    /// Its index.
    code: u32,
    /// Instructions of the module before its end.
    weight: u32,
    /// The next fixup of the same label.
    next: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Function,
    Block,
    Loop,
    If,
    Else,
}

#[derive(Clone, Copy, Debug)]
enum BlockType {
    Empty,
    Value(ValType),
    /// By type index.
    Function(u32),
}

/// An open block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    kind: Kind,
    ty: BlockType,
    /// Entries below its parameters.
    pub(super) height: usize,
    /// Own slot of its first parameter or result.
    base: u32,
    /// Whether its start can be reached.
    live: bool,
    /// Whether the code here cannot be reached because of an instruction in this very block.
    pub(super) unreachable: bool,
    /// A loop's first instruction, and the weight before it.
    start: (u32, u32),
    /// The chain of branches to its end.
    chain: u32,
    /// The chain of the branch that an `if` takes when its condition is 0.
    otherwise: u32,
}

impl Block {
    pub(super) fn function(ty: u32, base: u32) -> Self {
        Self {
            kind: Kind::Function,
            ty: BlockType::Function(ty),
            height: 0,
            base,
            live: true,
            unreachable: false,
            start: (0, 0),
            chain: NONE,
            otherwise: NONE,
        }
    }
}

impl<'a> Env<'a> {
    fn params(&self, ty: BlockType) -> &'a [ValType] {
        match ty {
            BlockType::Function(index) => &self.types[index as usize].params,
            _ => &[],
        }
    }

    fn results(&self, ty: BlockType) -> &'a [ValType] {
        match ty {
            BlockType::Empty => &[],
            BlockType::Value(ValType::I32) => &[ValType::I32],
            BlockType::Value(ValType::I64) => &[ValType::I64],
            BlockType::Value(ValType::F32) => &[ValType::F32],
            BlockType::Value(ValType::F64) => &[ValType::F64],
            BlockType::Function(index) => &self.types[index as usize].results,
        }
    }

    /// What a branch to a block must leave on the stack.
    fn label(&self, block: &Block) -> &'a [ValType] {
        if block.kind == Kind::Loop { self.params(block.ty) } else { self.results(block.ty) }
    }
}

impl Body<'_> {
    pub(super) fn unreachable(&mut self) {
        self.note();
        self.emit(Op::Unreachable, Arg::None, Arg::None, Arg::None, 0);
        self.dead();
    }

    /// The rest of the block cannot be reached.
    fn dead(&mut self) {
        if let Some(block) = self.blocks.last_mut() {
            block.unreachable = true;
            let (height, top) = (block.height, block.base);
            self.truncate(height, top);
        }
        self.live = false;
        self.fusable = None;
    }

    fn block_type(&mut self) -> Result<BlockType> {
        let index = self.reader.s33()?;
        let byte = u8::try_from(index & 0x7F).ok();
        match index {
            -64 => Ok(BlockType::Empty),
            -63..0 => match byte.and_then(ValType::from_byte) {
                Some(ty) => Ok(BlockType::Value(ty)),
                None => self.fault("invalid block type"),
            },
            _ => match self.env.same.get(index as usize) {
                Some(&same) => Ok(BlockType::Function(same)),
                None => self.fault(format!("unknown type {index} of a block")),
            },
        }
    }

    fn open(&mut self, kind: Kind, ty: BlockType) -> Result<()> {
        if self.blocks.len() > self.env.limits.nesting as usize {
            return self.fault(format!("blocks nested deeper than {}", self.env.limits.nesting));
        }
        let params = self.env.params(ty);
        self.pop_all(params)?;
        let (height, base) = (self.stack.len(), self.top);
        self.blocks.push(Block {
            kind,
            ty,
            height,
            base,
            live: self.live,
            unreachable: false,
            start: (self.code.len() as u32, self.weight),
            chain: NONE,
            otherwise: NONE,
        });
        self.push_results(params)
    }

    /// Settles what a block finds on the stack: its parameters, and all that names locals.
    fn settle_for(&mut self, ty: BlockType) -> Result<()> {
        let params = self.env.params(ty);
        self.check_top(params)?;
        self.settle_locals();
        self.settle_top(params.len());
        Ok(())
    }

    pub(super) fn block(&mut self) -> Result<()> {
        let ty = self.block_type()?;
        self.settle_for(ty)?;
        self.open(Kind::Block, ty)
    }

    pub(super) fn begin_loop(&mut self) -> Result<()> {
        let ty = self.block_type()?;
        self.settle_for(ty)?;
        self.label_here();
        self.open(Kind::Loop, ty)?;
        if self.live && self.weight > FAR_LOOP {
            self.check();
        }
        Ok(())
    }

    pub(super) fn begin_if(&mut self) -> Result<()> {
        let ty = self.block_type()?;
        let condition = self.pop(Some(ValType::I32))?;
        let branch = self.condition(condition).inverted();
        self.settle_for(ty)?;
        let otherwise = self.branch(branch, NONE);
        self.open(Kind::If, ty)?;
        if let Some(block) = self.blocks.last_mut() {
            block.otherwise = otherwise;
        }
        Ok(())
    }

    pub(super) fn begin_else(&mut self) -> Result<()> {
        let Some(&Block { kind: Kind::If, ty, .. }) = self.blocks.last() else {
            return self.fault("else without if");
        };
        self.leave(ty)?;
        let depth = self.blocks.len() - 1;
        self.branch_to(Branch::ALWAYS, depth);
        let block = &mut self.blocks[depth];
        let (otherwise, height, base, live) =
            (block.otherwise, block.height, block.base, block.live);
        block.kind = Kind::Else;
        block.unreachable = false;
        block.otherwise = NONE;
        self.resolve(otherwise);
        self.live = live;
        self.truncate(height, base);
        self.push_results(self.env.params(ty))
    }

    /// Checks the results at the end of a block or branch of an `if`, and brings them home.
    fn leave(&mut self, ty: BlockType) -> Result<()> {
        let results = self.env.results(ty);
        self.check_top(results)?;
        let block = self.blocks[self.blocks.len() - 1];
        if self.stack.len() - block.height > results.len() {
            return self.fault(format!(
                "type mismatch: values remaining on stack at end of block: expected {}, found {}",
                results.len(),
                self.stack.len() - block.height
            ));
        }
        self.settle_top(results.len());
        Ok(())
    }

    pub(super) fn end(&mut self) -> Result<()> {
        let block = self.blocks[self.blocks.len() - 1];
        if block.kind == Kind::Function {
            return self.end_function(block);
        }
        self.leave(block.ty)?;
        let results = self.env.results(block.ty);
        if block.kind == Kind::If && self.env.params(block.ty) != results {
            return self.fault("type mismatch: an if without else must give what it takes");
        }
        // Blocks whose end nobody jumps to are no obstacle to fusing.
        let jumped = block.chain != NONE || block.otherwise != NONE;
        self.resolve(block.chain);
        self.resolve(block.otherwise);
        self.live |= jumped;
        self.blocks.pop();
        self.truncate(block.height, block.base);
        self.push_results(results)
    }

    fn end_function(&mut self, block: Block) -> Result<()> {
        let results = self.env.results(block.ty);
        self.check_top(results)?;
        if self.stack.len() > results.len() {
            return self.fault(format!(
                "type mismatch: values remaining on stack at end of function: expected {}, found {}",
                results.len(),
                self.stack.len()
            ));
        }
        self.emit_return(results);
        self.blocks.pop();
        Ok(())
    }

    /// Returns with the topmost entries, which stay on the stack.
    fn emit_return(&mut self, results: &[ValType]) {
        if !self.live {
            return;
        }
        self.note();
        match results {
            [] => self.emit(Op::Ret, Arg::None, Arg::None, Arg::None, self.weight),
            [ty] => {
                let entry = self.stack[self.stack.len() - 1];
                let op = if ty.is_64() { Op::Ret64 } else { Op::Ret32 };
                let value = self.operand(entry);
                self.emit(op, value, Arg::None, Arg::None, self.weight);
            }
            _ => {
                self.settle_top(results.len());
                let first = self.stack[self.stack.len() - results.len()].slot;
                let [b, c] = first.to_le_bytes();
                let slots = results.iter().map(|ty| ty.slots()).sum();
                self.emit(Op::RetN, Arg::None, Arg::Raw(b), Arg::Raw(c), self.weight);
                self.code.push(Ins::new(Op::Unreachable, 0, 0, 0, slots));
            }
        }
    }

    /// The block that is `depth` labels out.
    fn target(&mut self) -> Result<usize> {
        let depth = self.reader.u32()?;
        match (self.blocks.len() - 1).checked_sub(depth as usize) {
            Some(index) => Ok(index),
            None => self.unknown("label", depth),
        }
    }

    pub(super) fn br(&mut self) -> Result<()> {
        let target = self.target()?;
        self.check_top(self.env.label(&self.blocks[target]))?;
        self.jump(target);
        self.dead();
        Ok(())
    }

    pub(super) fn ret(&mut self) -> Result<()> {
        let results = self.env.results(self.blocks[0].ty);
        self.check_top(results)?;
        self.emit_return(results);
        self.dead();
        Ok(())
    }

    /// Emits an unconditional branch to `target` with the values it takes.
    fn jump(&mut self, target: usize) {
        if !self.live {
            return;
        }
        let block = self.blocks[target];
        let values = self.env.label(&block);
        if block.kind == Kind::Function {
            return self.emit_return(values);
        }
        self.bring_home(values, block.base);
        self.branch_to(Branch::ALWAYS, target);
    }

    /// Copies the topmost entries to where a label expects them.
    fn bring_home(&mut self, values: &[ValType], base: u32) {
        let Some(first) = self.stack.len().checked_sub(values.len()) else { return };
        match values {
            [] => {}
            [_] => self.copy_to(self.stack[first], base as u16),
            _ => {
                self.settle_top(values.len());
                let slot = self.stack[first].slot;
                let slots: u32 = values.iter().map(|ty| ty.slots()).sum();
                if u32::from(slot) != base {
                    let [b, c] = (base as u16).to_le_bytes();
                    let imm = u32::from(slot) | slots << 16;
                    self.emit(Op::CopyN, Arg::None, Arg::Raw(b), Arg::Raw(c), imm);
                }
            }
        }
    }

    pub(super) fn br_if(&mut self) -> Result<()> {
        let target = self.target()?;
        let condition = self.pop(Some(ValType::I32))?;
        let block = self.blocks[target];
        let values = self.env.label(&block);
        if !self.live {
            self.pop_all(values)?;
            return self.push_results(values);
        }
        self.check_top(values)?;
        let branch = self.condition(condition);
        let first = self.stack.len() - values.len();
        let in_place = values.is_empty() || u32::from(self.stack[first].slot) == block.base;
        if in_place && block.kind != Kind::Function {
            self.settle_top(values.len());
            self.branch_to(branch, target);
        } else {
            // The values settle on both ways, so that the stack is the same after it.
            if values.len() > 1 {
                self.settle_top(values.len());
            }
            let around = self.branch(branch.inverted(), NONE);
            self.jump(target);
            self.resolve(around);
        }
        Ok(())
    }

    pub(super) fn br_table(&mut self) -> Result<()> {
        let count = self.reader.u32()?;
        if count as usize > self.reader.remaining() {
            return self.fault("unexpected end: a branch table longer than the function");
        }
        let index = self.pop(Some(ValType::I32))?;
        let targets = self.reader;
        let mut arity = None;
        for _ in 0..=count {
            let target = self.target()?;
            let values = self.env.label(&self.blocks[target]);
            if *arity.get_or_insert(values.len()) != values.len() {
                return self.fault("type mismatch: labels of a br_table take unlike values");
            }
            self.check_top(values)?;
        }
        if self.live {
            let after = core::mem::replace(&mut self.reader, targets);
            self.emit_table(count, index, arity.unwrap_or_default())?;
            self.reader = after;
        }
        self.dead();
        Ok(())
    }

    /// Emits a branch table: a row of `Br`, to their labels or to code after the table that moves
    /// values or returns.
    fn emit_table(&mut self, count: u32, index: Entry, arity: usize) -> Result<()> {
        self.settle_top(arity);
        let index = self.operand(index);
        self.note();
        self.emit(Op::BrTable, index, Arg::None, Arg::None, count);
        let first = self.code.len();
        self.code.extend(core::iter::repeat_n(Ins::jump(0, 0), count as usize + 1));
        let slot = arity.checked_sub(1).map(|_| self.stack[self.stack.len() - arity].slot);
        let mut to_return = NONE;
        for row in first..=first + count as usize {
            let target = self.target()?;
            let block = self.blocks[target];
            if block.kind == Kind::Function {
                to_return = self.fixup(row, to_return);
            } else if slot.is_none_or(|slot| u32::from(slot) == block.base) {
                self.link(row, target);
            } else {
                let here = self.fixup(row, NONE);
                self.resolve(here);
                self.jump(target);
            }
        }
        if to_return != NONE {
            self.resolve(to_return);
            self.emit_return(self.env.results(self.blocks[0].ty));
        }
        Ok(())
    }

    /// Emits a branch whose label is yet to come; the chain, with it.
    fn branch(&mut self, branch: Branch, chain: u32) -> u32 {
        match self.emit_branch(branch) {
            Some(index) => self.fixup(index, chain),
            None => chain,
        }
    }

    /// Emits a branch to block `target`.
    fn branch_to(&mut self, branch: Branch, target: usize) {
        if let Some(index) = self.emit_branch(branch) {
            self.link(index, target);
        }
    }

    /// Emits a branch; the index of the instruction that needs distance and weight.
    fn emit_branch(&mut self, branch: Branch) -> Option<usize> {
        if !self.live {
            return None;
        }
        self.note();
        if self.form.long && branch.op != Op::Br {
            let Branch { op, a, b, c } = branch.inverted();
            let around = Ins::short_jump(1, 0).unwrap_or_default();
            self.emit(op, a, b, c, around);
            self.code.push(Ins::jump(0, 0));
            self.label_here();
        } else {
            self.emit(branch.op, branch.a, branch.b, branch.c, 0);
        }
        Some(self.code.len() - 1)
    }

    /// A fixup for the branch at `index`, before those of `next`.
    fn fixup(&mut self, index: usize, next: u32) -> u32 {
        self.fixups.push(Fixup { code: index as u32, weight: self.weight, next });
        self.fixups.len() as u32 - 1
    }

    /// Makes the branch at `index` go to block `target`.
    fn link(&mut self, index: usize, target: usize) {
        let block = self.blocks[target];
        if block.kind == Kind::Loop {
            let (start, weight) = block.start;
            self.set_jump(index, start, self.weight as i32 - weight as i32);
        } else {
            self.blocks[target].chain = self.fixup(index, block.chain);
        }
    }

    /// Places a label here for the branches of a chain.
    fn resolve(&mut self, mut chain: u32) {
        if chain == NONE {
            return;
        }
        self.label_here();
        while let Some(&Fixup { code, weight, next }) = self.fixups.get(chain as usize) {
            let here = self.code.len() as u32;
            self.set_jump(code as usize, here, weight as i32 - self.weight as i32);
            chain = next;
        }
    }

    /// Gives the branch at `index` its target, and what it takes from the fuel beyond what its
    /// place says.
    fn set_jump(&mut self, index: usize, target: u32, weight: i32) {
        let distance = target.wrapping_sub(index as u32 + 1) as i32;
        if self.code[index].op == Op::Br {
            self.code[index] = Ins::jump(distance, weight);
        } else if let Some(imm) = Ins::short_jump(distance, weight) {
            self.code[index].imm = imm;
        } else {
            self.needed.long = true;
        }
    }

    fn label_here(&mut self) {
        self.barrier = self.code.len();
        self.fusable = None;
    }

    /// A popped condition as the branch that is taken when it is not 0; what computed it is taken
    /// back if it can be part of the branch.
    fn condition(&mut self, entry: Entry) -> Branch {
        let made = if entry.place == Place::Temp { self.take_last(entry.slot) } else { None };
        if let Some(ins) = made {
            if let Some(branch) = self.fused(ins) {
                return branch;
            }
            self.code.push(ins);
        }
        let a = self.operand(entry);
        Branch { op: Op::BrNz, a, b: Arg::None, c: Arg::None }
    }

    /// The branch that does what a comparison and `BrNz` would.
    fn fused(&mut self, ins: Ins) -> Option<Branch> {
        let slot = |number: u8| Arg::Get(u16::from(number), false);
        if let Some(op) = Branch::of_comparison(ins.op) {
            return Some(Branch { op, a: slot(ins.b), b: slot(ins.c), c: Arg::None });
        }
        if ins.op == Op::EqI && ins.imm == 0 {
            return Some(self.negated(ins));
        }
        let op = Branch::of_immediate(ins.op)?;
        let short = i16::try_from(ins.imm as i32).ok()?;
        let [b, c] = short.to_le_bytes();
        Some(Branch { op, a: slot(ins.b), b: Arg::Raw(b), c: Arg::Raw(c) })
    }

    /// The branch for `eqz`, which has just been taken back; with the float comparison before it,
    /// if that is what it negates.
    fn negated(&mut self, eqz: Ins) -> Branch {
        if let Some(&before) = self.code.last()
            && self.code.len() > self.barrier
            && before.a == eqz.b
            // Not a local, which others may read.
            && u32::from(before.a) >= self.blocks[0].base
            && let Some(op) = Branch::of_comparison(before.op)
        {
            self.code.pop();
            let slot = |number: u8| Arg::Get(u16::from(number), false);
            return Branch { op, a: slot(before.b), b: slot(before.c), c: Arg::None }.inverted();
        }
        Branch { op: Op::BrZ, a: Arg::Get(u16::from(eqz.b), false), b: Arg::None, c: Arg::None }
    }
}
