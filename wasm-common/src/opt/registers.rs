//! Memory and globals that a loop uses as registers become values in it: `c[i][j] += x` in a loop
//! over something else, a counter in a static variable.
//!
//! The place is read once before the loop and written once on every way out. That needs a loop
//! without calls, a place that does not change in it, that nothing else in it may touch, and that
//! may be accessed whatever happens: it lies within an object, or every first iteration accesses it.
//! What a trap leaves in such places is what they held before the loop.

use super::alias::{Aliases, Read, Write};
use super::loops::{Entered, homes};
use crate::ir::{
    Block, Cfg, Function, Inst, LoadOp, NaryOp, Replacements, StoreOp, SymbolTable, Target,
    Terminator, Type, Value, Variable, Variables,
};
use crate::map::Map;
use alloc::{vec, vec::Vec};

/// More accesses than this in a loop are not compared with each other.
const MOST_ACCESSES: usize = 120;
/// How many places a loop may keep.
const MOST_PLACES: usize = 8;

/// Keeps such places in values.
pub fn run(func: &mut Function, symbols: &SymbolTable) {
    let Some(entered) = Entered::new(func) else { return };
    let mut search = Search {
        symbols,
        entered: &entered,
        aliases: Aliases::new(func, &entered.cfg),
        homes: homes(func),
        taken: vec![false; func.num_values()],
        found: Vec::new(),
    };
    // From the outside in: what an outer loop keeps, inner ones need not.
    for index in (0..entered.loops.list.len()).rev() {
        search.look_at(func, index);
    }
    let found = search.found;
    if !found.is_empty() {
        keep(func, &entered, &found);
    }
}

/// One access to memory or a global.
struct Access {
    value: Value,
    block: Block,
    read: Read,
    writes: bool,
    /// The whole of a value of this type; `None` for anything else.
    ty: Option<Type>,
}

/// A place that a loop keeps in a value.
struct Kept {
    in_loop: usize,
    /// How it is accessed: a load, a store, or a global's get or set.
    example: Value,
    ty: Type,
    /// All accesses to it in the loop.
    accesses: Vec<Value>,
}

struct Search<'a> {
    symbols: &'a SymbolTable,
    entered: &'a Entered,
    aliases: Aliases,
    homes: Vec<Block>,
    /// Accesses that a loop further out has dealt with.
    taken: Vec<bool>,
    found: Vec<Kept>,
}

impl Search<'_> {
    fn look_at(&mut self, func: &Function, index: usize) {
        let Some(accesses) = self.accesses(func, index) else { return };
        let mut places = 0;
        for (at, access) in accesses.iter().enumerate() {
            let first = accesses[..at].iter().all(|other| other.read != access.read);
            if !first || places == MOST_PLACES || self.taken[access.value.0 as usize] {
                continue;
            }
            if let Some(kept) = self.kept(func, index, &accesses, access) {
                for &value in &kept.accesses {
                    self.taken[value.0 as usize] = true;
                }
                self.found.push(kept);
                places += 1;
            }
        }
    }

    /// All accesses in a loop; `None` if there are calls, or too many.
    fn accesses(&self, func: &Function, index: usize) -> Option<Vec<Access>> {
        let mut accesses = Vec::new();
        for &block in &self.entered.loops.list[index].blocks {
            for &value in &func.block(block).insts {
                let inst = func.inst(value);
                if matches!(inst, Inst::Nary(NaryOp::MemoryCopy | NaryOp::MemoryFill, _)) {
                    return None;
                }
                let volatile = matches!(inst, Inst::VolatileLoad { .. });
                let (read, writes) = match self.aliases.write(func, inst) {
                    Some(Write::Everything) => return None,
                    Some(Write::Place(place)) => (Read::Place(place), true),
                    Some(Write::Global(symbol)) => (Read::Global(symbol), true),
                    None => match Read::of(func, inst) {
                        Some(read) => (read, false),
                        None if volatile => return None,
                        None => continue,
                    },
                };
                if accesses.len() == MOST_ACCESSES {
                    return None;
                }
                accesses.push(Access { value, block, read, writes, ty: whole(func, value) });
            }
        }
        Some(accesses)
    }

    /// What the loop may keep of the place of `access`.
    fn kept(
        &self,
        func: &Function,
        index: usize,
        accesses: &[Access],
        access: &Access,
    ) -> Option<Kept> {
        let ty = access.ty?;
        let (same, others): (Vec<&Access>, Vec<&Access>) =
            accesses.iter().partition(|other| other.read == access.read);
        let conflict = |other: &&Access| match (&other.read, &access.read) {
            (Read::Place(a), Read::Place(b)) => self.aliases.meet(a, b),
            _ => false,
        };
        let certain = || same.iter().any(|a| self.entered.is_certain(func, index, a.block));
        let safe = match access.read {
            Read::Global(_) => true,
            Read::Place(place) => place.is_within_object(func, self.symbols) || certain(),
        };
        let fits = same.iter().any(|other| other.writes)
            && same.iter().all(|other| other.ty == Some(ty))
            && !others.iter().any(conflict)
            && safe;
        // Some access must name the place by what is known before the loop.
        let example = same.iter().find(|other| self.is_invariant(func, index, other.value))?;
        fits.then(|| Kept {
            in_loop: index,
            example: example.value,
            ty,
            accesses: same.iter().map(|other| other.value).collect(),
        })
    }

    fn is_invariant(&self, func: &Function, index: usize, value: Value) -> bool {
        match *func.inst(value) {
            Inst::Load { addr, .. } | Inst::Store { addr, .. } => {
                let home = self.homes[addr.0 as usize];
                func.inst(addr).is_constant() || !self.entered.loops.contains(index, home)
            }
            _ => true,
        }
    }
}

/// The type of the value that an access moves as a whole.
fn whole(func: &Function, value: Value) -> Option<Type> {
    match *func.inst(value) {
        Inst::Load { op, .. } => (op.width() == op.ty().size()).then_some(op.ty()),
        Inst::Store { op, .. } => (op.width() == op.ty().size()).then_some(op.ty()),
        Inst::GlobalGet(_) => func.ty(value),
        Inst::GlobalSet(_, value) => func.ty(value),
        _ => None,
    }
}

fn keep(func: &mut Function, entered: &Entered, found: &[Kept]) {
    let exits = exit_blocks(func, entered, found);
    let cfg = Cfg::new(func);
    let mut variables = Variables::of(func);
    let mut variable_of: Map<Value, Variable> = Map::new();
    let mut kept_variables = Vec::new();
    for kept in found {
        let variable = variables.declare(kept.ty);
        kept_variables.push(variable);
        variable_of.extend(kept.accesses.iter().map(|&access| (access, variable)));
        let before = entered.preheaders[kept.in_loop];
        let value = read_place(func, kept, before);
        variables.def(variable, before, value);
    }
    let mut rewrite = Rewrite { variables, variable_of, replaced: Replacements::new() };
    rewrite.run(func, &cfg);
    let Rewrite { mut variables, mut replaced, .. } = rewrite;
    for (block, stores) in exits {
        for index in stores {
            let value = variables.get(func, kept_variables[index], block);
            write_place(func, &found[index], block, value);
        }
    }
    replaced.apply(func);
    variables.finish(func);
}

/// A block on every edge out of a loop that keeps something, with what is to be written there.
fn exit_blocks(func: &mut Function, entered: &Entered, found: &[Kept]) -> Vec<(Block, Vec<usize>)> {
    let mut by_loop: Map<usize, Vec<usize>> = Map::new();
    for (index, kept) in found.iter().enumerate() {
        by_loop.entry(kept.in_loop).or_default().push(index);
    }
    // By block and number of its target.
    let mut edges: Map<(Block, usize), Vec<usize>> = Map::new();
    for (&in_loop, indices) in &by_loop {
        for &block in &entered.loops.list[in_loop].blocks {
            for (at, target) in func.block(block).term.targets().enumerate() {
                if !entered.loops.contains(in_loop, target.block) {
                    edges.entry((block, at)).or_default().extend(indices);
                }
            }
        }
    }
    let mut exits = Vec::new();
    for ((block, at), stores) in edges {
        let new = func.add_block();
        let mut target = None;
        let no_args = func.make_args(&[]);
        if let Some(edge) = func.block_mut(block).term.targets_mut().nth(at) {
            target = Some(core::mem::replace(edge, Target { block: new, args: no_args }));
        }
        if let Some(target) = target {
            func.block_mut(new).term = Terminator::Jump(target);
            exits.push((new, stores));
        }
    }
    exits
}

/// Reads the place at the end of `block`.
fn read_place(func: &mut Function, kept: &Kept, block: Block) -> Value {
    let loc = func.loc(kept.example);
    let inst = match *func.inst(kept.example) {
        Inst::Load { offset, addr, .. } | Inst::Store { offset, addr, .. } => {
            Inst::Load { op: load_op(kept.ty), offset, addr: at_hand(func, addr, block) }
        }
        Inst::GlobalGet(symbol) | Inst::GlobalSet(symbol, _) => Inst::GlobalGet(symbol),
        other => other,
    };
    func.append(block, inst, Some(kept.ty), loc)
}

/// Writes the place in `block`.
fn write_place(func: &mut Function, kept: &Kept, block: Block, value: Value) {
    let loc = func.loc(kept.example);
    let inst = match *func.inst(kept.example) {
        Inst::Load { offset, addr, .. } | Inst::Store { offset, addr, .. } => {
            Inst::Store { op: store_op(kept.ty), offset, addr: at_hand(func, addr, block), value }
        }
        Inst::GlobalGet(symbol) | Inst::GlobalSet(symbol, _) => Inst::GlobalSet(symbol, value),
        other => other,
    };
    func.append(block, inst, None, loc);
}

/// `addr` where it reaches; an address that is a constant is made again.
fn at_hand(func: &mut Function, addr: Value, block: Block) -> Value {
    if !func.inst(addr).is_constant() {
        return addr;
    }
    let copy = func.copy_inst(addr, |operand| operand);
    func.block_mut(block).insts.push(copy);
    copy
}

/// Accesses become uses of variables.
struct Rewrite {
    variables: Variables,
    variable_of: Map<Value, Variable>,
    replaced: Replacements,
}

impl Rewrite {
    fn run(&mut self, func: &mut Function, cfg: &Cfg) {
        self.variables.visit(func, cfg, |variables, func, block| {
            let insts = core::mem::take(&mut func.block_mut(block).insts);
            let mut left = Vec::with_capacity(insts.len());
            for value in insts {
                let Some(&variable) = self.variable_of.get(&value) else {
                    left.push(value);
                    continue;
                };
                match *func.inst(value) {
                    Inst::Store { value, .. } | Inst::GlobalSet(_, value) => {
                        variables.def(variable, block, self.replaced.get(value));
                    }
                    _ => {
                        let held = variables.get(func, variable, block);
                        self.replaced.set(value, held);
                    }
                }
            }
            func.block_mut(block).insts = left;
        });
    }
}

fn load_op(ty: Type) -> LoadOp {
    match ty {
        Type::I32 => LoadOp::I32Load,
        Type::I64 => LoadOp::I64Load,
        Type::F32 => LoadOp::F32Load,
        Type::F64 => LoadOp::F64Load,
    }
}

fn store_op(ty: Type) -> StoreOp {
    match ty {
        Type::I32 => StoreOp::I32Store,
        Type::I64 => StoreOp::I64Store,
        Type::F32 => StoreOp::F32Store,
        Type::F64 => StoreOp::F64Store,
    }
}
