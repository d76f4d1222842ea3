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

/// The dominator tree, found as Cooper, Harvey and Kennedy do ("A Simple, Fast Dominance Algorithm"),
/// but that blocks meet by jumps (see `Tree`): to climb step by step takes time with the square of
/// a long `a && b && c`, whose every term leaves to one block.
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
        let mut tree = Tree::new(func.blocks.len());
        // Without the edges that lead back, which change nothing where each of them leads to a
        // dominator of its start.
        for (at, &block) in (0..).zip(cfg.order()).skip(1) {
            let before = cfg.preds(block).iter().filter(|pred| cfg.position[pred.0 as usize] < at);
            tree.add(block, tree.meet_all(before));
        }
        if !tree.is_reducible(cfg) {
            let mut before = Vec::new();
            while before != tree.idom {
                let next = tree.refined(cfg);
                before = core::mem::replace(&mut tree, next).idom;
            }
        }
        let idom = tree.idom;
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

/// A dominator tree to which blocks are added, parents first. Each block has besides its parent a
/// jump far up, as E. Myers has it ("An applicative random-access stack", 1983): from any depth a few
/// jumps, with the logarithm of the depth, reach any other.
struct Tree {
    idom: Vec<Block>,
    jump: Vec<Block>,
    depth: Vec<u32>,
}

impl Tree {
    /// The entry alone; other blocks are their own parents until they are added.
    fn new(blocks: usize) -> Self {
        let alone: Vec<Block> = (0..blocks as u32).map(Block).collect();
        Self { idom: alone.clone(), jump: alone, depth: vec![0; blocks] }
    }

    fn add(&mut self, block: Block, parent: Block) {
        let depth = |block: Block| self.depth[block.0 as usize];
        let near = self.jump[parent.0 as usize];
        let far = self.jump[near.0 as usize];
        let even = depth(parent) - depth(near) == depth(near) - depth(far);
        let at = block.0 as usize;
        (self.jump[at], self.depth[at]) = (if even { far } else { parent }, depth(parent) + 1);
        self.idom[at] = parent;
    }

    /// The closest block that dominates both.
    fn meet(&self, mut a: Block, mut b: Block) -> Block {
        let depth = |block: Block| self.depth[block.0 as usize];
        if depth(a) > depth(b) {
            (a, b) = (b, a);
        }
        while depth(b) > depth(a) {
            let jump = self.jump[b.0 as usize];
            b = if depth(jump) >= depth(a) { jump } else { self.idom[b.0 as usize] };
        }
        // Blocks of one depth jump equally far.
        while a != b {
            let (jump_a, jump_b) = (self.jump[a.0 as usize], self.jump[b.0 as usize]);
            (a, b) = match jump_a == jump_b {
                true => (self.idom[a.0 as usize], self.idom[b.0 as usize]),
                false => (jump_a, jump_b),
            };
        }
        a
    }

    fn meet_all<'b>(&self, blocks: impl Iterator<Item = &'b Block>) -> Block {
        blocks.copied().reduce(|a, b| self.meet(a, b)).expect("a block before it leads to each")
    }

    /// Whether each edge against the order leads to a dominator of its start.
    fn is_reducible(&self, cfg: &Cfg) -> bool {
        cfg.order()[1..].iter().all(|&block| {
            let back = cfg
                .preds(block)
                .iter()
                .filter(|pred| cfg.position[pred.0 as usize] >= cfg.position[block.0 as usize]);
            back.copied().all(|pred| self.meet(block, pred) == block)
        })
    }

    /// The tree in which all edges are looked at, by what this one says of their starts.
    fn refined(&self, cfg: &Cfg) -> Self {
        let mut next = Self::new(self.idom.len());
        for &block in &cfg.order()[1..] {
            next.add(block, self.meet_all(cfg.preds(block).iter()));
        }
        next
    }
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
