//! Irreducible flow made reducible: a dispatch block for each region with several entries.
//!
//! In: any [`Function`]. Out: one in which each loop has a single entry. A strongly connected
//! region that control enters in several places (GOTO into a loop, Duff's device in some forms)
//! gets a new block that is its only entry: whoever went to an old entry goes there and says which
//! one it meant, in a parameter, and the block switches on it. The entries' own parameters pass
//! through parameters of the dispatch block, which the entries share.

use super::flow::{Flow, NONE};
use crate::ir::{Block, Function, Imm64, Inst, Loc, Target, Terminator, Type, Value};
use crate::map::Map;
use alloc::{vec, vec::Vec};

const UNSEEN: u32 = u32::MAX;

/// Gives each loop of `function` a single entry. Returns its flow then.
pub(crate) fn make_reducible(function: &mut Function) -> Flow {
    let flow = Flow::new(function);
    if flow.is_reducible() {
        return flow;
    }
    for block in function.block_ids() {
        if flow.node(block) == NONE {
            function.block_mut(block).term = Terminator::Unreachable;
        }
    }
    let mut regions = Regions::new(function);
    // Regions still to be looked at: sets of blocks, from which the headers of the regions around
    // were taken. Each round takes at least one block out of every cycle.
    let mut work = vec![flow.blocks];
    while let Some(region) = work.pop() {
        for mut component in regions.components(function, &region) {
            let entries = regions.entries(function, &component);
            if let [header] = entries[..] {
                component.retain(|&block| block != header);
            } else {
                dispatch(function, &component, &entries);
                regions.dispatched(&entries);
            }
            work.push(component);
        }
    }
    Flow::new(function)
}

/// What is known of each block while regions are taken apart; dispatch blocks, which are in no
/// region, are not among them.
struct Regions {
    /// Edges into the block, from anywhere.
    edges_in: Vec<u32>,
    /// Those of them from the region.
    inner: Vec<u32>,
    /// Which region the block was last seen in, by a number that each region gets.
    region: Vec<u32>,
    regions: u32,
    index: Vec<u32>,
    low: Vec<u32>,
    is_open: Vec<bool>,
}

impl Regions {
    fn new(function: &Function) -> Self {
        let count = function.blocks.len();
        let mut edges_in = vec![0; count];
        for target in function.blocks.iter().flat_map(|block| block.term.targets()) {
            edges_in[target.block.0 as usize] += 1;
        }
        let (index, low) = (vec![UNSEEN; count], vec![UNSEEN; count]);
        let (region, is_open) = (vec![0; count], vec![false; count]);
        Self { inner: vec![0; count], edges_in, region, regions: 0, index, low, is_open }
    }

    /// Marks `blocks` as the region that [`Self::has`] asks for.
    fn enter(&mut self, blocks: &[Block]) {
        self.regions += 1;
        for block in blocks {
            self.region[block.0 as usize] = self.regions;
        }
    }

    fn has(&self, block: Block) -> bool {
        self.region.get(block.0 as usize) == Some(&self.regions)
    }

    /// Blocks of `component`, which is strongly connected, that are entered from outside.
    fn entries(&mut self, function: &Function, component: &[Block]) -> Vec<Block> {
        self.enter(component);
        for &block in component {
            self.inner[block.0 as usize] = 0;
        }
        for target in component.iter().flat_map(|&block| function.block(block).term.targets()) {
            if self.has(target.block) {
                self.inner[target.block.0 as usize] += 1;
            }
        }
        let entered = |at: usize| self.edges_in[at] > self.inner[at];
        component.iter().copied().filter(|block| entered(block.0 as usize)).collect()
    }

    /// Now only the dispatch block goes to these.
    fn dispatched(&mut self, entries: &[Block]) {
        for entry in entries {
            self.edges_in[entry.0 as usize] = 1;
        }
    }

    /// Strongly connected components of two blocks or more of the graph on `region` (Tarjan 1972,
    /// with the recursion in a stack).
    fn components(&mut self, function: &Function, region: &[Block]) -> Vec<Vec<Block>> {
        self.enter(region);
        for block in region {
            self.index[block.0 as usize] = UNSEEN;
        }
        let mut search =
            Search { found: Vec::new(), open: Vec::new(), visits: Vec::new(), count: 0 };
        for &start in region {
            if self.index[start.0 as usize] == UNSEEN {
                self.visit(function, start, &mut search);
                while !search.visits.is_empty() {
                    self.step(function, &mut search);
                }
            }
        }
        search.found
    }

    fn visit(&mut self, function: &Function, block: Block, search: &mut Search) {
        let at = block.0 as usize;
        (self.index[at], self.low[at], self.is_open[at]) = (search.count, search.count, true);
        search.count += 1;
        search.open.push(block);
        let targets = function.block(block).term.targets().map(|target| target.block);
        search.visits.push((block, targets.filter(|&to| self.has(to)).collect()));
    }

    fn step(&mut self, function: &Function, search: &mut Search) {
        let (block, rest) = search.visits.last_mut().expect("a visit is under way");
        let at = block.0 as usize;
        if let Some(to) = rest.pop() {
            if self.index[to.0 as usize] == UNSEEN {
                self.visit(function, to, search);
            } else if self.is_open[to.0 as usize] {
                self.low[at] = self.low[at].min(self.index[to.0 as usize]);
            }
            return;
        }
        if self.low[at] == self.index[at] {
            let start = search.open.iter().rposition(|open| open.0 as usize == at);
            let component = search.open.split_off(start.expect("is open"));
            component.iter().for_each(|block| self.is_open[block.0 as usize] = false);
            if component.len() > 1 {
                search.found.push(component);
            }
        }
        search.visits.pop();
        if let Some((up, _)) = search.visits.last() {
            self.low[up.0 as usize] = self.low[up.0 as usize].min(self.low[at]);
        }
    }
}

/// A search for components under way.
struct Search {
    found: Vec<Vec<Block>>,
    open: Vec<Block>,
    /// Blocks on the path from the start, each with the successors that are still to be seen.
    visits: Vec<(Block, Vec<Block>)>,
    count: u32,
}

/// Makes one block the only entry of `component`.
fn dispatch(function: &mut Function, component: &[Block], entries: &[Block]) {
    let mut inside = vec![false; function.blocks.len()];
    component.iter().for_each(|block| inside[block.0 as usize] = true);
    let gate = Gate::new(function, entries);
    for from in 0..inside.len() as u32 {
        gate.redirect(function, Block(from), inside[from as usize]);
    }
    let index = function.block(gate.block).params[0];
    let mut targets = Vec::new();
    for (&entry, &which) in &gate.entries {
        let given: Vec<Value> =
            gate.slots[which].iter().map(|&slot| function.block(gate.block).params[slot]).collect();
        targets.push(Target { block: entry, args: function.make_args(&given) });
    }
    let default = targets.pop().expect("there are several entries");
    function.block_mut(gate.block).term = match targets[..] {
        [first] => Terminator::Branch { cond: index, then: default, els: first },
        _ => Terminator::Switch { index, targets, default },
    };
}

/// A dispatch block. Its first parameter says which entry is meant; the others hold that entry's
/// arguments, so that there are as many of each type as the entry with most needs.
struct Gate {
    block: Block,
    types: Vec<Type>,
    /// The entries by number.
    entries: Map<Block, usize>,
    /// For each entry, which parameters of the dispatch block are its own.
    slots: Vec<Vec<usize>>,
}

impl Gate {
    fn new(function: &mut Function, entries: &[Block]) -> Self {
        let mut sorted = entries.to_vec();
        sorted.sort_unstable();
        let mut types = vec![Type::I32];
        let mut of_type: Map<Type, Vec<usize>> = Map::new();
        let mut slots = Vec::new();
        for &entry in &sorted {
            let mut used: Map<Type, usize> = Map::new();
            let mut own = Vec::new();
            for &param in &function.block(entry).params {
                let ty = function.ty(param).expect("parameters have types");
                let (count, places) = (used.entry(ty).or_default(), of_type.entry(ty).or_default());
                if *count == places.len() {
                    places.push(types.len());
                    types.push(ty);
                }
                own.push(places[*count]);
                *count += 1;
            }
            slots.push(own);
        }
        let block = function.add_block();
        types.iter().for_each(|&ty| {
            function.add_param(block, ty);
        });
        Self { block, types, entries: sorted.into_iter().zip(0..).collect(), slots }
    }

    /// Sends the edges from `from` to an entry here. Parameters that are not meant keep their
    /// values where this block dominates (`inside`), and are zero otherwise.
    fn redirect(&self, function: &mut Function, from: Block, inside: bool) {
        let mut term =
            core::mem::replace(&mut function.block_mut(from).term, Terminator::Unreachable);
        for target in term.targets_mut() {
            let Some(&which) = self.entries.get(&target.block) else { continue };
            let mut values = if inside {
                function.block(self.block).params.clone()
            } else {
                self.types.iter().map(|&ty| constant(function, from, ty, 0)).collect()
            };
            values[0] = constant(function, from, Type::I32, which as u32);
            for (at, &slot) in self.slots[which].iter().enumerate() {
                values[slot] = function.args(target.args)[at];
            }
            *target = Target { block: self.block, args: function.make_args(&values) };
        }
        function.block_mut(from).term = term;
    }
}

fn constant(function: &mut Function, block: Block, ty: Type, bits: u32) -> Value {
    let inst = match ty {
        Type::I32 => Inst::I32Const(bits as i32),
        Type::I64 => Inst::I64Const(Imm64::new(bits.into())),
        Type::F32 => Inst::F32Const(bits),
        Type::F64 => Inst::F64Const(Imm64::new(bits.into())),
    };
    function.append(block, inst, Some(ty), Loc::NONE)
}
