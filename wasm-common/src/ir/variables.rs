//! Variables to values: Braun et al., "Simple and Efficient Construction of Static Single
//! Assignment Form", 2013, with work lists in place of its recursion.
//!
//! A parameter is "filled" when the values from all predecessors are known, which is when its block
//! is sealed. A filled parameter whose values are all the same (or itself) is trivial and is
//! replaced by that value.

use super::{Block, Cfg, Const, Function, Inst, Lists, Loc, Replacements, Terminator, Type, Value};
use crate::{frugal, map::Map};
use alloc::{boxed::Box, vec::Vec};

/// A variable of the source: assigned any number of times, read as the value that reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable(u32);

/// A block parameter that stands for a variable.
#[derive(Debug)]
struct Param {
    value: Value,
    var: Variable,
    block: Block,
    /// One value for each predecessor, once filled.
    operands: Option<Box<[Value]>>,
    /// Parameters that have it among their operands.
    users: Vec<usize>,
    /// The operands before `seen` are the parameter itself or what the operand `same` is: replacing
    /// values keeps that so, and no operand is looked at twice.
    seen: u32,
    same: u32,
}

impl Param {
    /// Its value from a predecessor; it is filled.
    fn operand(&self, edge: u32) -> Value {
        self.operands.as_deref().unwrap_or_default()[edge as usize]
    }
}

/// Of so many blocks on the way to a definition one notes it.
const NOTED: usize = 8;

/// The flow of one block as far as it is known.
#[derive(Debug, Default)]
struct Flow {
    preds: Vec<Block>,
    /// Where the edges to the targets of its terminator begin among all.
    edges: u32,
    sealed: bool,
}

/// The state of all variables in all blocks: for the builder, which makes both as it goes, and for
/// passes that make variables of a function that is there (see [`Variables::of`]).
#[derive(Debug, Default)]
pub struct Variables {
    types: Vec<Type>,
    defs: Map<(Variable, Block), Value>,
    flow: Vec<Flow>,
    /// For each target of each terminator, in order, which predecessor of the target its block is.
    edges: Vec<u32>,
    params: Vec<Param>,
    /// Parameters that wait until their block is sealed.
    unfilled: Map<Block, Vec<usize>>,
    param_of: Map<Value, usize>,
    pub(super) replaced: Replacements,
    /// Zeros for what is read before it is written; they go to the front of the entry block.
    zeros: Map<Type, Value>,
}

impl Variables {
    /// No variables yet, in a function whose blocks all have their terminators.
    pub fn of(func: &Function) -> Self {
        let mut variables = Self::default();
        for _ in 0..func.blocks.len() {
            variables.add_block();
        }
        for block in func.block_ids() {
            let targets = func.block(block).term.targets().map(|target| target.block);
            variables.add_edges(block, targets);
        }
        variables
    }

    /// Adds a variable.
    pub fn declare(&mut self, ty: Type) -> Variable {
        self.types.push(ty);
        Variable(self.types.len() as u32 - 1)
    }

    /// Adds a block: the next of the function.
    pub fn add_block(&mut self) {
        frugal::push(&mut self.flow, Flow::default());
    }

    /// Assigns `value` to `var`, after what `block` did before.
    pub fn def(&mut self, var: Variable, block: Block, value: Value) {
        self.defs.insert((var, block), value);
    }

    /// Whether nothing will ever jump to `block`.
    pub fn is_dead(&self, block: Block) -> bool {
        let flow = self.flow(block);
        block != Function::ENTRY && flow.sealed && flow.preds.is_empty()
    }

    /// Notes that `from` ends with targets `to`.
    pub fn add_edges(&mut self, from: Block, to: impl Iterator<Item = Block>) {
        self.flow_mut(from).edges = self.edges.len() as u32;
        for block in to {
            let flow = self.flow_mut(block);
            debug_assert!(!flow.sealed, "a jump to a sealed block");
            let edge = flow.preds.len() as u32;
            if edge == 0 {
                // Most blocks have one.
                flow.preds.reserve_exact(1);
            }
            flow.preds.push(from);
            frugal::push(&mut self.edges, edge);
        }
    }

    /// No more jumps to `block` will come.
    pub fn seal(&mut self, func: &mut Function, block: Block) {
        let flow = self.flow_mut(block);
        if core::mem::replace(&mut flow.sealed, true) {
            return;
        }
        let waiting = self.unfilled.remove(&block).unwrap_or_default();
        self.fill_all(func, waiting);
    }

    /// The value of `var` at the end of `block` as built so far.
    pub fn get(&mut self, func: &mut Function, var: Variable, block: Block) -> Value {
        let mut waiting = Vec::new();
        let value = self.look_up(func, var, block, &mut waiting);
        self.fill_all(func, waiting);
        self.replaced.get(value)
    }

    fn fill_all(&mut self, func: &mut Function, mut waiting: Vec<usize>) {
        let mut next = 0;
        while next < waiting.len() {
            self.fill(func, waiting[next], &mut waiting);
            next += 1;
        }
        self.remove_trivial(func, waiting);
    }

    /// Calls `visit` for every block that is reached, in an order in which definitions come before
    /// uses, and seals each block as soon as all its predecessors were visited; in the end all.
    pub fn visit(
        &mut self,
        func: &mut Function,
        cfg: &Cfg,
        mut visit: impl FnMut(&mut Self, &mut Function, Block),
    ) {
        let mut waiting: Vec<usize> =
            func.block_ids().map(|block| cfg.preds(block).len()).collect();
        self.seal(func, Function::ENTRY);
        for &block in cfg.order() {
            visit(self, func, block);
            let next: Vec<Block> = func.block(block).term.targets().map(|t| t.block).collect();
            for block in next {
                waiting[block.0 as usize] -= 1;
                if waiting[block.0 as usize] == 0 {
                    self.seal(func, block);
                }
            }
        }
        for block in func.block_ids() {
            self.seal(func, block);
        }
    }

    /// Finds the value that reaches the end of `block`; a parameter that it had to make in a sealed
    /// block is put into `waiting`, to be filled.
    fn look_up(
        &mut self,
        func: &mut Function,
        var: Variable,
        mut block: Block,
        waiting: &mut Vec<usize>,
    ) -> Value {
        let first = block;
        let mut passed = 0;
        let value = loop {
            if let Some(&value) = self.defs.get(&(var, block)) {
                break self.replaced.get(value);
            }
            passed += 1;
            let flow = self.flow(block);
            let in_a_dead_cycle = passed > self.flow.len();
            match *flow.preds {
                [] if flow.sealed => break self.zero(func, var),
                [_] if in_a_dead_cycle => break self.zero(func, var),
                [pred] if flow.sealed => block = pred,
                _ => {
                    let (param, value) = self.add_param(func, var, block);
                    if self.flow(block).sealed {
                        waiting.push(param);
                    } else {
                        self.unfilled.entry(block).or_default().push(param);
                    }
                    break value;
                }
            }
        };
        // Noted where it was asked for and where it was found, and now and then between: so no way is
        // gone far twice.
        let mut block = first;
        for step in 1..=passed {
            if step % NOTED == 1 || step == passed {
                self.def(var, block, value);
            }
            block = self.flow(block).preds.first().copied().unwrap_or(block);
        }
        value
    }

    fn add_param(&mut self, func: &mut Function, var: Variable, block: Block) -> (usize, Value) {
        let ty = self.types[var.0 as usize];
        // Its index is known when it is known which parameters stay.
        let value = func.add_inst(Inst::Param { block, index: 0 }, Some(ty), Loc::NONE);
        let index = self.params.len();
        self.param_of.insert(value, index);
        let param =
            Param { value, var, block, operands: None, users: Vec::new(), seen: 0, same: 0 };
        frugal::push(&mut self.params, param);
        (index, value)
    }

    fn fill(&mut self, func: &mut Function, param: usize, waiting: &mut Vec<usize>) {
        let Param { var, block, .. } = self.params[param];
        let preds = self.flow(block).preds.clone();
        let operands: Box<[Value]> =
            preds.into_iter().map(|pred| self.look_up(func, var, pred, waiting)).collect();
        for operand in &operands {
            if let Some(&used) = self.param_of.get(operand) {
                self.params[used].users.push(param);
            }
        }
        self.params[param].operands = Some(operands);
    }

    fn remove_trivial(&mut self, func: &mut Function, mut work: Vec<usize>) {
        while let Some(index) = work.pop() {
            let value = self.params[index].value;
            if self.params[index].operands.is_none() || self.replaced.get(value) != value {
                continue;
            }
            let Some(same) = self.same_operand(func, index) else { continue };
            self.replaced.set(value, same);
            self.params[index].operands = Some(Box::default());
            let users = core::mem::take(&mut self.params[index].users);
            work.extend_from_slice(&users);
            if let Some(&used) = self.param_of.get(&same) {
                self.params[used].users.extend(users);
            }
        }
    }

    /// The one value that all operands are, apart from the parameter itself.
    fn same_operand(&mut self, func: &mut Function, index: usize) -> Option<Value> {
        let param = &mut self.params[index];
        let operands = param.operands.as_deref().unwrap_or_default();
        let mut what = |operand: &Value| Some(self.replaced.get(*operand));
        let mut same = operands.get(param.same as usize).and_then(&mut what);
        for (operand, at) in operands[param.seen as usize..].iter().zip(param.seen..) {
            let (next, own) = (what(operand), Some(param.value));
            if same == own {
                (same, param.same) = (next, at);
            } else if next != own && next != same {
                param.seen = at;
                return None;
            }
        }
        param.seen = operands.len() as u32;
        let (var, own) = (param.var, param.value);
        Some(same.filter(|&same| same != own).unwrap_or_else(|| self.zero(func, var)))
    }

    fn zero(&mut self, func: &mut Function, var: Variable) -> Value {
        let ty = self.types[var.0 as usize];
        *self
            .zeros
            .entry(ty)
            .or_insert_with(|| func.add_inst(Const::zero(ty).inst(), Some(ty), Loc::NONE))
    }

    /// Writes the parameters that stayed, and their values, into the function, behind those that
    /// its blocks have already. All blocks are sealed.
    pub fn finish(mut self, func: &mut Function) {
        let reachable = func.reachable();
        self.forget_unreachable(func, &reachable);
        let mut staying = Vec::new();
        for (index, param) in self.params.iter().enumerate() {
            let stays = self.replaced.get(param.value) == param.value;
            if stays && reachable[param.block.0 as usize] {
                staying.push((param.block.0 as usize, index));
                let params = &mut func.block_mut(param.block).params;
                params.push(param.value);
                let index = params.len() as u16 - 1;
                *func.inst_mut(param.value) = Inst::Param { block: param.block, index };
            }
        }
        let by_block = Lists::new(self.flow.len(), staying.into_iter());
        for block in func.block_ids() {
            self.write_edges(func, block, &by_block);
        }
        let entry = &mut func.block_mut(Function::ENTRY).insts;
        entry.splice(0..0, self.zeros.into_values());
        self.replaced.apply(func);
    }

    /// What comes from blocks that nothing reaches is no value: it may become anything, so itself.
    fn forget_unreachable(&mut self, func: &mut Function, reachable: &[bool]) {
        let mut work = Vec::new();
        for (index, param) in self.params.iter_mut().enumerate() {
            let preds = &self.flow[param.block.0 as usize].preds;
            for (operand, pred) in
                param.operands.as_deref_mut().unwrap_or_default().iter_mut().zip(preds)
            {
                if !reachable[pred.0 as usize] {
                    *operand = param.value;
                    (param.seen, param.same) = (0, 0);
                    work.push(index);
                }
            }
        }
        work.retain(|&index| reachable[self.params[index].block.0 as usize]);
        self.remove_trivial(func, work);
    }

    fn write_edges(&self, func: &mut Function, block: Block, by_block: &Lists<usize>) {
        let mut term = core::mem::replace(&mut func.block_mut(block).term, Terminator::Unreachable);
        let edges = self.edges.get(self.flow(block).edges as usize..).unwrap_or_default();
        for (target, &edge) in term.targets_mut().zip(edges) {
            let params = by_block.of(target.block.0 as usize);
            if params.is_empty() {
                continue;
            }
            let mut args = func.args(target.args).to_vec();
            args.extend(params.iter().map(|&param| self.params[param].operand(edge)));
            target.args = func.make_args(&args);
        }
        func.block_mut(block).term = term;
    }

    fn flow(&self, block: Block) -> &Flow {
        &self.flow[block.0 as usize]
    }

    fn flow_mut(&mut self, block: Block) -> &mut Flow {
        &mut self.flow[block.0 as usize]
    }
}
