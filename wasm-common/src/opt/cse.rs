//! Common subexpressions over the dominator tree, loads and stores forwarded, algebra again.
//!
//! In a walk down the dominator tree, what was computed above is known below. What was read or
//! written stays known until something may have written there; where ways meet, until anything on
//! any way from the dominator may have. A branch makes its condition known on either side.

use super::alias::{Aliases, Classes, Read, Write};
use crate::ir::{
    Block, Cfg, Const, Dominators, Function, Inst, LoadOp, Loc, NaryOp, Number, Replacements,
    Simple, StoreOp, SymbolTable, Terminator, UnOp, Value, simplify,
};
use crate::map::Map;
use alloc::{vec, vec::Vec};

/// How many reads are remembered at once; the oldest is forgotten.
const MOST_READS: usize = 40;
/// How many blocks are looked at to find what may have been written where ways meet.
const MOST_BLOCKS: usize = 150;

/// Replaces what is known already.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let cfg = Cfg::new(func);
    let dominators = Dominators::new(func, &cfg);
    let aliases = Aliases::new(func, &cfg);
    // For what branches say: a list that grows is there twice, so it grows while there is nothing else.
    let branches = func.blocks.iter().filter(|b| matches!(b.term, Terminator::Branch { .. }));
    func.reserve(0, 4 * branches.count());
    let writes = func.block_ids().map(|block| block_writes(func, &aliases, block)).collect();
    let mut pass = Pass {
        cfg: &cfg,
        dominators: &dominators,
        aliases,
        writes,
        replaced: Replacements::new(),
        numbers: Map::new(),
        scopes: Vec::new(),
        visited: vec![u32::MAX; func.blocks.len()],
    };
    for &block in dominators.preorder() {
        pass.enter(func, block);
        pass.block(func, block);
    }
    pass.replaced.apply(func);
}

fn block_writes(func: &Function, aliases: &Aliases, block: Block) -> Classes {
    let writes = func.block(block).insts.iter().filter_map(|&v| aliases.write(func, func.inst(v)));
    writes.fold(Classes::NONE, |all, write| all.with(aliases.write_classes(&write)))
}

/// A value that memory or a global is known to hold.
#[derive(Clone, Copy, Debug)]
struct Known {
    read: Read,
    /// The load that would find it; `None` for globals.
    op: Option<LoadOp>,
    value: Value,
}

/// What is known at the end of a block that dominates the current one.
struct Scope {
    block: Block,
    /// Numbers that it added, with what they were before.
    added: Vec<(Number, Option<Value>)>,
    known: Vec<Known>,
}

struct Pass<'a> {
    cfg: &'a Cfg,
    dominators: &'a Dominators,
    aliases: Aliases,
    /// What each block writes.
    writes: Vec<Classes>,
    replaced: Replacements,
    numbers: Map<Number, Value>,
    scopes: Vec<Scope>,
    /// For the search for writes: the block for which each was last visited.
    visited: Vec<u32>,
}

impl Pass<'_> {
    fn enter(&mut self, func: &mut Function, block: Block) {
        while let Some(scope) = self.scopes.last()
            && !self.dominators.dominates(scope.block, block)
        {
            for (number, old) in scope.added.iter().rev() {
                self.numbers.swap(*number, *old);
            }
            self.scopes.pop();
        }
        // Long chains of dominators would keep many copies of what nobody asks for again.
        let last = self.dominators.is_last_child(block);
        let mut known = match self.scopes.last_mut() {
            Some(scope) if last => core::mem::take(&mut scope.known),
            Some(scope) => scope.known.clone(),
            None => Vec::new(),
        };
        let from = self.dominators.idom(block);
        let straight = matches!(*self.cfg.preds(block), [pred] if Some(pred) == from);
        if !straight && !known.is_empty() {
            let classes = self.writes_between(block);
            known.retain(|known| !self.aliases.may_clobber(classes, &known.read));
        }
        self.scopes.push(Scope { block, added: Vec::new(), known });
        if let (true, Some(pred)) = (straight, from) {
            self.learn(func, pred, block);
        }
    }

    /// What may be written on some way from the dominator of `block` to it.
    fn writes_between(&mut self, block: Block) -> Classes {
        let Some(top) = self.dominators.idom(block) else { return Classes::ALL };
        let mut classes = Classes::NONE;
        let mut work: Vec<Block> = self.cfg.preds(block).to_vec();
        let mut count = 0;
        while let Some(at) = work.pop() {
            if at == top || core::mem::replace(&mut self.visited[at.0 as usize], block.0) == block.0
            {
                continue;
            }
            count += 1;
            if count > MOST_BLOCKS {
                return Classes::ALL;
            }
            classes = classes.with(self.writes[at.0 as usize]);
            work.extend_from_slice(self.cfg.preds(at));
        }
        classes
    }

    /// What the branch at the end of `pred` says in `block`.
    fn learn(&mut self, func: &mut Function, pred: Block, block: Block) {
        let Terminator::Branch { cond, then, els } = func.block(pred).term else { return };
        if then.block == els.block {
            return;
        }
        let cond = self.replaced.get(cond);
        let truth = then.block == block;
        if !truth || simplify::is_bool(func, cond) {
            self.fact(func, block, Number::Inst(*func.inst(cond)), truth);
            if let Inst::Binary(op, a, b) = *func.inst(cond)
                && let Some(inverse) = op.inverse()
            {
                self.fact(func, block, Number::Inst(Inst::Binary(inverse, a, b)), !truth);
            }
        }
        self.fact(func, block, Number::Inst(Inst::Unary(UnOp::I32Eqz, cond)), !truth);
    }

    fn fact(&mut self, func: &mut Function, block: Block, number: Number, truth: bool) {
        let pure = matches!(number, Number::Inst(Inst::Binary(..) | Inst::Unary(..)));
        let held = self.numbers.get(&number);
        let known = held.is_some_and(|&value| simplify::constant(func, value).is_some());
        if pure && !known {
            let constant = Const::from(truth);
            let value = func.add_inst(constant.inst(), Some(constant.ty()), Loc::NONE);
            func.block_mut(block).insts.insert(0, value);
            self.remember(number, value);
        }
    }

    fn remember(&mut self, number: Number, value: Value) {
        let old = self.numbers.swap(number, Some(value));
        if let Some(scope) = self.scopes.last_mut() {
            scope.added.push((number, old));
        }
    }

    fn known(&mut self) -> &mut Vec<Known> {
        let index = self.scopes.len() - 1;
        &mut self.scopes[index].known
    }

    fn block(&mut self, func: &mut Function, block: Block) {
        let insts = core::mem::take(&mut func.block_mut(block).insts);
        let mut kept = Vec::with_capacity(insts.len());
        for value in insts {
            func.map_operands(value, |operand| self.replaced.get(operand));
            if self.inst(func, value, &mut kept) {
                kept.push(value);
            }
        }
        func.block_mut(block).insts = kept;
        func.map_terminator(block, |operand| self.replaced.get(operand));
    }

    /// Handles one instruction; whether it stays. New constants go to `kept`.
    fn inst(&mut self, func: &mut Function, value: Value, kept: &mut Vec<Value>) -> bool {
        if let Some(same) = self.simplified(func, value, kept) {
            self.replaced.set(value, same);
            return false;
        }
        let inst = *func.inst(value);
        if let Some(number) = Number::of(func, &inst) {
            if let Some(&same) = self.numbers.get(&number) {
                self.replaced.set(value, same);
                return false;
            }
            self.remember(number, value);
            return true;
        }
        self.memory(func, value, &inst)
    }

    /// Turns a select around whose condition is a negation; its value, if its outcome is known.
    fn select(&self, func: &mut Function, value: Value) -> Option<Value> {
        let Inst::Nary(NaryOp::Select, args) = *func.inst(value) else { return None };
        let [a, b, cond] = *func.args(args) else { return None };
        let (cond, negated) = simplify::condition(func, cond);
        let (a, b) = if negated { (b, a) } else { (a, b) };
        func.args_mut(args).copy_from_slice(&[a, b, cond]);
        simplify::select(func, a, b, cond)
    }

    /// Simplifies `value` in place, or finds the value that it is.
    fn simplified(
        &mut self,
        func: &mut Function,
        value: Value,
        kept: &mut Vec<Value>,
    ) -> Option<Value> {
        if let Some(same) = self.select(func, value) {
            return Some(self.replaced.get(same));
        }
        loop {
            let simpler = match simplify::simplify(func, func.inst(value))? {
                Simple::Value(same) => return Some(self.replaced.get(same)),
                Simple::Const(constant) => constant.inst(),
                Simple::Inst(inst) => inst,
                Simple::WithConst(op, a, c) => Inst::Binary(op, a, self.constant(func, c, kept)),
                Simple::Chain([(first, c), (second, d)], a) => {
                    let c = self.constant(func, c, kept);
                    let inner = Number::Inst(Inst::Binary(first, a, c));
                    let inner = *self.numbers.get(&inner)?;
                    Inst::Binary(second, inner, self.constant(func, d, kept))
                }
            };
            *func.inst_mut(value) = simpler;
        }
    }

    fn constant(&mut self, func: &mut Function, c: Const, kept: &mut Vec<Value>) -> Value {
        let number = Number::Inst(c.inst());
        if let Some(&value) = self.numbers.get(&number) {
            return value;
        }
        let value = func.add_inst(c.inst(), Some(c.ty()), Loc::NONE);
        kept.push(value);
        self.remember(number, value);
        value
    }

    /// Reads and writes; whether the instruction stays.
    fn memory(&mut self, func: &mut Function, value: Value, inst: &Inst) -> bool {
        if let Some(read) = Read::of(func, inst) {
            let op = if let Inst::Load { op, .. } = *inst { Some(op) } else { None };
            let found = self.known().iter().rev().find(|k| k.read == read && k.op == op);
            if let Some(&Known { value: same, .. }) = found {
                self.replaced.set(value, same);
                return false;
            }
            self.know(Known { read, op, value });
            return true;
        }
        let Some(write) = self.aliases.write(func, inst) else { return true };
        let written = written(inst, &write);
        if let Some(new) = &written
            && self
                .known()
                .iter()
                .any(|k| k.read == new.read && k.op == new.op && k.value == new.value)
        {
            return false;
        }
        let aliases = &self.aliases;
        if let Some(scope) = self.scopes.last_mut() {
            scope.known.retain(|known| !aliases.clobbers(&write, &known.read));
        }
        if let Some(new) = written {
            self.know(new);
        }
        true
    }

    fn know(&mut self, new: Known) {
        let known = self.known();
        if known.len() >= MOST_READS {
            known.remove(0);
        }
        known.push(new);
    }
}

/// What a store or an assignment leaves to be read, where that is the very value.
fn written(inst: &Inst, write: &Write) -> Option<Known> {
    match (*inst, write) {
        (Inst::GlobalSet(symbol, value), _) => {
            Some(Known { read: Read::Global(symbol), op: None, value })
        }
        (Inst::Store { op, value, .. }, Write::Place(place)) => {
            let op = match op {
                StoreOp::I32Store => LoadOp::I32Load,
                StoreOp::I64Store => LoadOp::I64Load,
                StoreOp::F32Store => LoadOp::F32Load,
                StoreOp::F64Store => LoadOp::F64Load,
                _ => return None,
            };
            Some(Known { read: Read::Place(*place), op: Some(op), value })
        }
        _ => None,
    }
}
