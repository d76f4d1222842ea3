//! What every rewriting of a function needs: values that stand for others, and packing.

use super::{Args, Block, Function, Inst, Lists, Loc, NaryOp, Slot, Target, Value};
use crate::frugal;
use alloc::{vec, vec::Vec};

/// Values that are replaced by others, followed to the end.
#[derive(Clone, Debug, Default)]
pub struct Replacements {
    /// By value; itself where it is not replaced. Values past the end are not either.
    to: Vec<Value>,
}

impl Replacements {
    /// No replacements.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on `from` is `to`, which must not lead back to `from`.
    pub fn set(&mut self, from: Value, to: Value) {
        let len = self.to.len();
        if len <= from.0 as usize {
            frugal::lengthen(&mut self.to, from.0 as usize + 1, Value(0));
            (len as u32..from.0).for_each(|value| self.to[value as usize] = Value(value));
        }
        self.to[from.0 as usize] = to;
    }

    /// What stands for `value`. Shortens the way for later calls.
    pub fn get(&mut self, mut value: Value) -> Value {
        loop {
            let next = self.peek(value);
            if next == value {
                return value;
            }
            let after = self.peek(next);
            self.to[value.0 as usize] = after;
            value = after;
        }
    }

    /// What stands for `value`, one step on.
    pub fn peek(&self, value: Value) -> Value {
        self.to.get(value.0 as usize).copied().unwrap_or(value)
    }

    /// Whether nothing is replaced.
    pub fn is_empty(&self) -> bool {
        self.to.is_empty()
    }

    /// Writes the replacements into every operand of every listed instruction and terminator.
    pub fn apply(&mut self, func: &mut Function) {
        if self.is_empty() {
            return;
        }
        for block in func.block_ids() {
            for index in 0..func.block(block).insts.len() {
                let value = func.block(block).insts[index];
                func.map_operands(value, |operand| self.get(operand));
            }
            func.map_terminator(block, |operand| self.get(operand));
        }
    }
}

/// What a pure instruction computes: equal numbers, equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// An instruction whose operands are in it.
    Inst(Inst),
    /// A select, whose operands are elsewhere.
    Select([Value; 3]),
}

impl Number {
    /// The number of `inst`; `None` if it is not pure, or is a parameter.
    pub fn of(func: &Function, inst: &Inst) -> Option<Self> {
        match inst {
            Inst::Param { .. } => None,
            Inst::Nary(NaryOp::Select, args) => {
                let [a, b, cond] = *func.args(*args) else { return None };
                Some(Self::Select([a, b, cond]))
            }
            _ => inst.is_pure().then_some(Self::Inst(*inst)),
        }
    }
}

impl Function {
    /// Applies `map` to the operand of the terminator of `block` and to its targets' arguments.
    pub fn map_terminator(&mut self, block: Block, mut map: impl FnMut(Value) -> Value) {
        let mut term =
            core::mem::replace(&mut self.block_mut(block).term, super::Terminator::Unreachable);
        if let Some(operand) = term.operand_mut() {
            *operand = map(*operand);
        }
        for target in term.targets() {
            for arg in self.args_mut(target.args) {
                *arg = map(*arg);
            }
        }
        self.block_mut(block).term = term;
    }

    /// Like [`Self::map_operands`], for a `map` that adds to the function.
    pub fn rewrite_operands(
        &mut self,
        value: Value,
        map: &mut impl FnMut(Value, &mut Self) -> Value,
    ) {
        let operands: Vec<Value> = self.operands(self.inst(value)).collect();
        let mut mapped = Vec::with_capacity(operands.len());
        for operand in operands {
            mapped.push(map(operand, self));
        }
        let mut mapped = mapped.into_iter();
        self.map_operands(value, |operand| mapped.next().unwrap_or(operand));
    }

    /// Like [`Self::map_terminator`], for a `map` that adds to the function.
    pub fn rewrite_terminator(
        &mut self,
        block: Block,
        map: &mut impl FnMut(Value, &mut Self) -> Value,
    ) {
        let mut values = Vec::new();
        self.map_terminator(block, |value| {
            values.push(value);
            value
        });
        for value in &mut values {
            *value = map(*value, self);
        }
        let mut values = values.into_iter();
        self.map_terminator(block, |value| values.next().unwrap_or(value));
    }

    /// A copy of an instruction of another function, with that one's operands and slot; in no block
    /// yet. If it has no line, it gets `line`.
    pub fn import_inst(&mut self, from: &Self, value: Value, line: Loc) -> Value {
        let mut inst = *from.inst(value);
        if let Inst::Call { args, .. } | Inst::CallIndirect { args, .. } | Inst::Nary(_, args) =
            &mut inst
        {
            *args = self.make_args(from.args(*args));
        }
        self.add_inst(inst, from.ty(value), from.loc(value).or(line))
    }

    /// A copy of an instruction with other operands; in no block yet.
    pub fn copy_inst(&mut self, value: Value, map: impl FnMut(Value) -> Value) -> Value {
        let mut inst = *self.inst(value);
        if let Inst::Call { args, .. } | Inst::CallIndirect { args, .. } | Inst::Nary(_, args) =
            &mut inst
        {
            let operands = self.args(*args).to_vec();
            *args = self.make_args(&operands);
        }
        let copy = self.add_inst(inst, self.ty(value), self.loc(value));
        self.map_operands(copy, map);
        copy
    }

    /// Which blocks the entry reaches, by number.
    pub fn reachable(&self) -> Vec<bool> {
        let mut seen = vec![false; self.blocks.len()];
        seen[Self::ENTRY.0 as usize] = true;
        let mut work = vec![Self::ENTRY];
        while let Some(block) = work.pop() {
            for target in self.block(block).term.targets() {
                if !core::mem::replace(&mut seen[target.block.0 as usize], true) {
                    work.push(target.block);
                }
            }
        }
        seen
    }

    /// For each block, the arguments of every edge to it that can be taken.
    pub fn incoming(&self) -> Lists<Args> {
        let reachable = self.reachable();
        let taken = self.block_ids().filter(|block| reachable[block.0 as usize]);
        let edges = taken.flat_map(|block| self.block(block).term.targets());
        let edges = edges.map(|target| (target.block.0 as usize, target.args));
        Lists::new(self.blocks.len(), edges)
    }

    /// Drops unreachable blocks, slots that nothing names and what is in no block, and numbers the
    /// rest anew: blocks and slots keep their order, values are numbered as they are listed.
    pub fn compact(&mut self) {
        let reachable = self.reachable();
        let mut blocks = vec![Block(u32::MAX); self.blocks.len()];
        let mut old_blocks = Vec::new();
        for block in self.block_ids().filter(|block| reachable[block.0 as usize]) {
            blocks[block.0 as usize] = Block(old_blocks.len() as u32);
            old_blocks.push(block);
        }
        let mut values = vec![Value(u32::MAX); self.num_values()];
        let mut order = Vec::with_capacity(values.len());
        for &block in &old_blocks {
            let data = self.block(block);
            for &value in data.params.iter().chain(&data.insts) {
                values[value.0 as usize] = Value(order.len() as u32);
                order.push(value);
            }
        }
        let mut new = self.renumbered(&old_blocks, &blocks, &order, &values);
        new.drop_unused_slots();
        *self = new;
    }

    /// Drops slots that no instruction names, in a function that lists all its instructions.
    fn drop_unused_slots(&mut self) {
        let mut used = vec![false; self.slots.len()];
        for value in (0..self.num_values() as u32).map(Value) {
            if let Inst::SlotAddr { slot, .. } = self.inst(value) {
                used[slot.0 as usize] = true;
            }
        }
        let mut count = 0;
        let number = |used: &bool| {
            count += u32::from(*used);
            Slot(count - u32::from(*used))
        };
        let slots: Vec<Slot> = used.iter().map(number).collect();
        for value in (0..self.num_values() as u32).map(Value) {
            if let Inst::SlotAddr { slot, .. } = self.inst_mut(value) {
                *slot = slots[slot.0 as usize];
            }
        }
        let mut used = used.into_iter();
        self.slots.retain(|_| used.next().unwrap_or(false));
    }

    /// The function by its new numbers; of the old one, nothing is left that can be used.
    fn renumbered(
        &mut self,
        old_blocks: &[Block],
        blocks: &[Block],
        order: &[Value],
        values: &[Value],
    ) -> Self {
        let mut new = self.take_values(order, old_blocks.len());
        let value = |old: Value| values[old.0 as usize];
        for &old in order {
            let mut inst = *self.inst(old);
            match &mut inst {
                Inst::Param { block, .. } => *block = blocks[block.0 as usize],
                Inst::Call { args, .. } | Inst::CallIndirect { args, .. } | Inst::Nary(_, args) => {
                    *args = new.make_args(self.args(*args));
                }
                _ => {}
            }
            let made = new.next_inst(inst);
            new.map_operands(made, value);
        }
        for &old in old_blocks {
            let data = self.block(old);
            let mut term = data.term.clone();
            for target in term.targets_mut() {
                *target = Target {
                    block: blocks[target.block.0 as usize],
                    args: new.make_args(self.args(target.args)),
                };
            }
            let block = new.add_block();
            let params: Vec<Value> = data.params.iter().copied().map(value).collect();
            for (index, &param) in params.iter().enumerate() {
                *new.inst_mut(param) = Inst::Param { block, index: index as u16 };
            }
            let insts = data.insts.iter().copied().map(value).collect();
            *new.block_mut(block) = super::BlockData { params, insts, term, loc: data.loc };
            new.map_terminator(block, value);
        }
        new
    }
}
