//! Natural loops and how they nest.
//!
//! A loop is a header and all blocks that reach a jump back to it without passing it, where the
//! header dominates them. Cycles with several entries are no loops here, and are left alone.

use crate::ir::{Args, Block, Cfg, Dominators, Function, Target, Terminator, Type, Value};
use alloc::{vec, vec::Vec};

/// A natural loop.
#[derive(Clone, Debug)]
pub(super) struct Loop {
    pub header: Block,
    /// The loop around it.
    pub parent: Option<usize>,
    /// Its blocks in reverse postorder, those of inner loops too; the header first.
    pub blocks: Vec<Block>,
    /// Blocks that jump back to the header.
    pub latches: Vec<Block>,
}

/// All loops of a function; each after the loops within it.
#[derive(Clone, Debug)]
pub(super) struct Loops {
    pub list: Vec<Loop>,
    /// The innermost loop of each block.
    innermost: Vec<Option<usize>>,
}

impl Loops {
    pub(super) fn new(func: &Function, cfg: &Cfg, dominators: &Dominators) -> Self {
        let mut loops = Self { list: Vec::new(), innermost: vec![None; func.blocks.len()] };
        for &header in dominators.preorder().iter().rev() {
            let preds = cfg.preds(header).iter();
            let mut latches: Vec<Block> =
                preds.copied().filter(|&pred| dominators.dominates(header, pred)).collect();
            latches.dedup();
            if !latches.is_empty() {
                loops.add(header, latches, cfg);
            }
        }
        for &block in cfg.order() {
            let mut at = loops.innermost[block.0 as usize];
            while let Some(index) = at {
                loops.list[index].blocks.push(block);
                at = loops.list[index].parent;
            }
        }
        loops
    }

    fn add(&mut self, header: Block, latches: Vec<Block>, cfg: &Cfg) {
        let index = self.list.len();
        let mut work = latches.clone();
        self.list.push(Loop { header, parent: None, blocks: Vec::new(), latches });
        self.innermost[header.0 as usize] = Some(index);
        while let Some(block) = work.pop() {
            match self.outermost(block) {
                None => {
                    self.innermost[block.0 as usize] = Some(index);
                    work.extend_from_slice(cfg.preds(block));
                }
                Some(inner) if inner != index => {
                    self.list[inner].parent = Some(index);
                    let header = self.list[inner].header;
                    work.extend_from_slice(cfg.preds(header));
                }
                Some(_) => {}
            }
        }
    }

    /// The outermost loop so far that `block` is in.
    fn outermost(&self, block: Block) -> Option<usize> {
        let mut at = self.innermost[block.0 as usize]?;
        while let Some(parent) = self.list[at].parent {
            at = parent;
        }
        Some(at)
    }

    /// Whether `block` is in the loop `index`.
    pub(super) fn contains(&self, index: usize, block: Block) -> bool {
        let mut at = self.innermost.get(block.0 as usize).copied().flatten();
        // Inner loops have smaller numbers than those around them.
        while let Some(inner) = at.filter(|&inner| inner < index) {
            at = self.list[inner].parent;
        }
        at == Some(index)
    }
}

/// A function's loops, each with a block that alone enters it, by a jump.
pub(super) struct Entered {
    pub cfg: Cfg,
    pub dominators: Dominators,
    pub loops: Loops,
    /// By loop.
    pub preheaders: Vec<Block>,
}

impl Entered {
    /// Makes the blocks that are missing; `None` if there are no loops.
    pub(super) fn new(func: &mut Function) -> Option<Self> {
        let cfg = Cfg::new(func);
        let loops = Loops::new(func, &cfg, &Dominators::new(func, &cfg));
        if loops.list.is_empty() {
            return None;
        }
        for index in 0..loops.list.len() {
            make_preheader(func, &cfg, &loops, index);
        }
        let cfg = Cfg::new(func);
        let dominators = Dominators::new(func, &cfg);
        let loops = Loops::new(func, &cfg, &dominators);
        let outside = |(index, inner): (usize, &Loop)| {
            let mut preds = cfg.preds(inner.header).iter().copied();
            preds.find(|&pred| !loops.contains(index, pred)).expect("made above")
        };
        let preheaders = loops.list.iter().enumerate().map(outside).collect();
        Some(Self { cfg, dominators, loops, preheaders })
    }

    /// Whether `block` runs in every first iteration of the loop, whatever happens.
    pub(super) fn is_certain(&self, func: &Function, index: usize, block: Block) -> bool {
        let this = &self.loops.list[index];
        let dominates = |at: Block| self.dominators.dominates(block, at);
        block == this.header
            || (this.latches.iter().all(|&latch| dominates(latch))
                && this.blocks.iter().all(|&at| dominates(at) || !self.leaves(func, index, at)))
    }

    /// Whether control may leave the loop at the end of `block`.
    fn leaves(&self, func: &Function, index: usize, block: Block) -> bool {
        let mut targets = func.block(block).term.targets().peekable();
        targets.peek().is_none() || targets.any(|target| !self.loops.contains(index, target.block))
    }
}

/// Puts a block on the edges into a loop, unless there is one.
fn make_preheader(func: &mut Function, cfg: &Cfg, loops: &Loops, index: usize) {
    let header = loops.list[index].header;
    let preds = cfg.preds(header).iter().copied();
    let mut outside: Vec<Block> = preds.filter(|&pred| !loops.contains(index, pred)).collect();
    outside.dedup();
    if let [only] = *outside
        && matches!(func.block(only).term, Terminator::Jump(_))
    {
        return;
    }
    let block = func.add_block();
    func.block_mut(block).loc = func.block(header).loc;
    let edges: Vec<&Target> =
        outside.iter().flat_map(|&pred| func.block(pred).term.targets()).collect();
    let edges: Vec<Args> =
        edges.iter().filter(|edge| edge.block == header).map(|edge| edge.args).collect();
    // What a single edge brings needs no parameters on the way.
    let (passed, args) = match *edges {
        [only] => (Some(func.make_args(&[])), only),
        _ => (None, params_like(func, header, block)),
    };
    func.block_mut(block).term = Terminator::Jump(Target { block: header, args });
    for pred in outside {
        for target in func.block_mut(pred).term.targets_mut() {
            if target.block == header {
                *target = Target { block, args: passed.unwrap_or(target.args) };
            }
        }
    }
}

/// Gives `block` parameters like those of `header`.
fn params_like(func: &mut Function, header: Block, block: Block) -> Args {
    let types: Vec<Type> =
        func.block(header).params.iter().filter_map(|&param| func.ty(param)).collect();
    let params: Vec<Value> = types.into_iter().map(|ty| func.add_param(block, ty)).collect();
    func.make_args(&params)
}

/// The block of each value; the entry for what is in none.
pub(super) fn homes(func: &Function) -> Vec<Block> {
    let mut homes = vec![Function::ENTRY; func.num_values()];
    for block in func.block_ids() {
        let data = func.block(block);
        for value in data.params.iter().chain(&data.insts) {
            homes[value.0 as usize] = block;
        }
    }
    homes
}
