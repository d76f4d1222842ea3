//! The shape of a function's graph: predecessors, order, dominators.
//!
//! What always holds: only what the entry reaches takes part; all else has no predecessors, no
//! place in the order and no dominator.

use super::{Block, Function, Lists};
use alloc::{vec, vec::Vec};

/// Predecessors and reverse postorder of a function, as it was when this was made.
#[derive(Clone, Debug)]
pub struct Cfg {
    preds: Lists<Block>,
    order: Vec<Block>,
    position: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Cfg {
    /// The graph of `func`.
    pub fn new(func: &Function) -> Self {
        let order = reverse_postorder(func);
        let mut position = vec![NOWHERE; func.blocks.len()];
        for (at, &block) in order.iter().enumerate() {
            position[block.0 as usize] = at as u32;
        }
        let edges = order.iter().flat_map(|&block| {
            let targets = func.block(block).term.targets();
            targets.map(move |target| (target.block.0 as usize, block))
        });
        let preds = Lists::new(func.blocks.len(), edges);
        Self { preds, order, position }
    }

    /// The blocks with a target `block`, once for each such target.
    pub fn preds(&self, block: Block) -> &[Block] {
        self.preds.of(block.0 as usize)
    }

    /// Reachable blocks, each before its successors but for back edges; the entry first.
    pub fn order(&self) -> &[Block] {
        &self.order
    }

    /// Where `block` stands in the order; `None` if it is unreachable.
    pub fn position(&self, block: Block) -> Option<u32> {
        Some(self.position[block.0 as usize]).filter(|&at| at != NOWHERE)
    }

    /// Whether the entry reaches it.
    pub fn is_reachable(&self, block: Block) -> bool {
        self.position(block).is_some()
    }
}

fn reverse_postorder(func: &Function) -> Vec<Block> {
    let mut seen = vec![false; func.blocks.len()];
    let mut order = Vec::new();
    seen[0] = true;
    // Blocks on the way from the entry, each with how many of its targets were not followed yet.
    let open = |block: Block| (block, func.block(block).term.targets().count());
    let mut stack = vec![open(Function::ENTRY)];
    while let Some((block, left)) = stack.last_mut() {
        if *left == 0 {
            order.push(*block);
            stack.pop();
            continue;
        }
        // From the last to the first, so that `then` comes before `els` in the result.
        *left -= 1;
        let next = func.block(*block).term.target(*left).block;
        if !core::mem::replace(&mut seen[next.0 as usize], true) {
            stack.push(open(next));
        }
    }
    order.reverse();
    order
}

/// The dominator tree (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm").
#[derive(Clone, Debug)]
pub struct Dominators {
    /// Immediate dominator by block; the block itself for the entry and for what is unreachable.
    idom: Vec<Block>,
    /// Entry and exit times of a walk over the tree: ancestors enclose their descendants.
    times: Vec<(u32, u32)>,
    /// Blocks in the order of that walk.
    preorder: Vec<Block>,
}

impl Dominators {
    /// The tree of `func`, whose graph is `cfg`.
    pub fn new(func: &Function, cfg: &Cfg) -> Self {
        let mut idom: Vec<Block> = func.block_ids().collect();
        let mut known = vec![false; func.blocks.len()];
        known[0] = true;
        let mut changed = true;
        while changed {
            changed = false;
            for &block in &cfg.order()[1..] {
                let mut best: Option<Block> = None;
                for &pred in cfg.preds(block).iter().filter(|pred| known[pred.0 as usize]) {
                    best = Some(best.map_or(pred, |best| meet(cfg, &idom, best, pred)));
                }
                let best = best.expect("a reachable block has a predecessor before it");
                known[block.0 as usize] = true;
                changed |= idom[block.0 as usize] != best;
                idom[block.0 as usize] = best;
            }
        }
        let (times, preorder) = walk(cfg, &idom);
        Self { idom, times, preorder }
    }

    /// The closest other block that is on every way to `block`.
    pub fn idom(&self, block: Block) -> Option<Block> {
        let idom = self.idom[block.0 as usize];
        (idom != block).then_some(idom)
    }

    /// Whether every way to `b` passes `a`; a block dominates itself.
    pub fn dominates(&self, a: Block, b: Block) -> bool {
        let (a, b) = (self.times[a.0 as usize], self.times[b.0 as usize]);
        a.0 <= b.0 && b.1 <= a.1
    }

    /// Whether `block` is the last child of its dominator, in the order of [`Self::preorder`].
    pub fn is_last_child(&self, block: Block) -> bool {
        let idom = self.idom[block.0 as usize];
        self.times[block.0 as usize].1 == self.times[idom.0 as usize].1
    }

    /// Reachable blocks, each right after its dominator and that one's earlier children.
    pub fn preorder(&self) -> &[Block] {
        &self.preorder
    }

    /// How many blocks of the preorder, from `block` on, `block` dominates.
    pub fn size(&self, block: Block) -> u32 {
        let (from, to) = self.times[block.0 as usize];
        to - from
    }
}

fn meet(cfg: &Cfg, idom: &[Block], mut a: Block, mut b: Block) -> Block {
    while a != b {
        let (at_a, at_b) = (cfg.position[a.0 as usize], cfg.position[b.0 as usize]);
        if at_a > at_b {
            a = idom[a.0 as usize];
        } else {
            b = idom[b.0 as usize];
        }
    }
    a
}

fn walk(cfg: &Cfg, idom: &[Block]) -> (Vec<(u32, u32)>, Vec<Block>) {
    // Against the order, so that popping from the stack restores it.
    let inner = cfg.order()[1..].iter().rev();
    let children =
        Lists::new(idom.len(), inner.map(|&block| (idom[block.0 as usize].0 as usize, block)));
    let mut times = vec![(NOWHERE, 0); idom.len()];
    let mut preorder = Vec::with_capacity(cfg.order().len());
    let mut stack = vec![(Function::ENTRY, false)];
    while let Some((block, done)) = stack.pop() {
        if done {
            times[block.0 as usize].1 = preorder.len() as u32;
            continue;
        }
        times[block.0 as usize].0 = preorder.len() as u32;
        preorder.push(block);
        stack.push((block, true));
        stack.extend(children.of(block.0 as usize).iter().map(|&child| (child, false)));
    }
    (times, preorder)
}
