//! What the control-flow graph of a function looks like: order, dominators, loops.
//!
//! In: a [`Function`]. Out: a [`Flow`], whose nodes are the reachable blocks, numbered in reverse
//! postorder. Loops are found in time that is nearly in proportion to the graph, without recursion.

use crate::ir::{Block, Cfg, Dominators, Function};
use alloc::{vec, vec::Vec};

/// A reachable block by its place in reverse postorder.
pub(crate) type Node = u32;

/// No node.
pub(crate) const NONE: Node = Node::MAX;

/// Order, edges, dominators and loops of a function's reachable blocks.
pub(crate) struct Flow {
    /// The blocks; the entry is node 0.
    pub(crate) blocks: Vec<Block>,
    number: Vec<Node>,
    succs: Edges,
    preds: Edges,
    dominators: Dominators,
    header: Vec<Node>,
    outer: Vec<Node>,
    depth: Vec<u32>,
}

/// Lists of nodes, one for each node, in one allocation.
struct Edges {
    start: Vec<u32>,
    list: Vec<Node>,
}

impl Edges {
    fn of(&self, node: Node) -> &[Node] {
        let node = node as usize;
        &self.list[self.start[node] as usize..self.start[node + 1] as usize]
    }

    fn reversed(&self) -> Self {
        let nodes = self.start.len() - 1;
        let mut start = vec![0; nodes + 1];
        for &to in &self.list {
            start[to as usize + 1] += 1;
        }
        for node in 0..nodes {
            start[node + 1] += start[node];
        }
        let mut next = start.clone();
        let mut list = vec![NONE; self.list.len()];
        for from in 0..nodes as Node {
            for &to in self.of(from) {
                list[next[to as usize] as usize] = from;
                next[to as usize] += 1;
            }
        }
        Self { start, list }
    }
}

impl Flow {
    /// Looks at `function`.
    pub(crate) fn new(function: &Function) -> Self {
        let cfg = Cfg::new(function);
        let dominators = Dominators::new(function, &cfg);
        let blocks = cfg.order().to_vec();
        let number: Vec<Node> =
            function.block_ids().map(|block| cfg.position(block).unwrap_or(NONE)).collect();
        let mut succs = Edges { start: vec![0], list: Vec::new() };
        for &block in &blocks {
            let targets = function.block(block).term.targets();
            succs.list.extend(targets.map(|target| number[target.block.0 as usize]));
            succs.start.push(succs.list.len() as u32);
        }
        let preds = succs.reversed();
        let (header, outer) = (vec![NONE; blocks.len()], vec![NONE; blocks.len()]);
        let depth = vec![0; blocks.len()];
        let mut flow = Self { blocks, number, succs, preds, dominators, header, outer, depth };
        flow.find_loops();
        flow
    }

    /// How many reachable blocks there are.
    pub(crate) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// All nodes in reverse postorder.
    pub(crate) fn nodes(&self) -> impl DoubleEndedIterator<Item = Node> + use<> {
        0..self.blocks.len() as Node
    }

    /// The block of a node.
    pub(crate) fn block(&self, node: Node) -> Block {
        self.blocks[node as usize]
    }

    /// The node of a block; [`NONE`] if it cannot be reached.
    pub(crate) fn node(&self, block: Block) -> Node {
        self.number[block.0 as usize]
    }

    /// Where control comes from, once for each edge.
    pub(crate) fn preds(&self, node: Node) -> &[Node] {
        self.preds.of(node)
    }

    /// Where control goes, once for each edge.
    pub(crate) fn succs(&self, node: Node) -> &[Node] {
        self.succs.of(node)
    }

    /// The immediate dominator; [`NONE`] for the entry.
    pub(crate) fn idom(&self, node: Node) -> Node {
        self.dominators.idom(self.block(node)).map_or(NONE, |block| self.node(block))
    }

    /// Whether every path to `b` leads through `a`; true if they are the same.
    pub(crate) fn dominates(&self, a: Node, b: Node) -> bool {
        self.dominators.dominates(self.block(a), self.block(b))
    }

    /// How many nodes `node` dominates, itself among them.
    pub(crate) fn dominated(&self, node: Node) -> u32 {
        self.dominators.size(self.block(node))
    }

    /// Header of the innermost loop around `node` (itself, for a header); [`NONE`] outside.
    pub(crate) fn header(&self, node: Node) -> Node {
        self.header[node as usize]
    }

    /// Whether `node` is the header of a loop.
    pub(crate) fn is_header(&self, node: Node) -> bool {
        self.header(node) == node
    }

    /// Header of the loop around the loop of `header`; [`NONE`] if it is outermost.
    pub(crate) fn outer(&self, header: Node) -> Node {
        self.outer[header as usize]
    }

    /// How many loops are around `node`.
    pub(crate) fn depth(&self, node: Node) -> u32 {
        self.depth[node as usize]
    }

    /// Whether each loop has one entry, the header, so that structured code can express it.
    pub(crate) fn is_reducible(&self) -> bool {
        self.nodes()
            .all(|from| self.succs(from).iter().all(|&to| to > from || self.dominates(to, from)))
    }

    /// Natural loops, inner ones first; inner loops are contracted into their headers, so that
    /// each edge is looked at once for the loop that it belongs to.
    fn find_loops(&mut self) {
        let mut inside: Vec<Node> = self.nodes().collect();
        let mut work = Vec::new();
        for header in self.nodes().rev() {
            let back = self.preds(header).iter();
            work.extend(back.copied().filter(|&from| self.dominates(header, from)));
            if work.is_empty() {
                continue;
            }
            self.header[header as usize] = header;
            while let Some(node) = work.pop() {
                let node = root(&mut inside, node);
                if node == header {
                    continue;
                }
                inside[node as usize] = header;
                if self.is_header(node) {
                    self.outer[node as usize] = header;
                } else {
                    self.header[node as usize] = header;
                }
                work.extend(self.preds(node));
            }
        }
        for node in self.nodes() {
            let header = self.header(node);
            self.depth[node as usize] = match header {
                NONE => 0,
                _ if header != node => self.depth(header),
                _ if self.outer(node) == NONE => 1,
                _ => self.depth(self.outer(node)) + 1,
            };
        }
    }
}

/// The outermost loop found so far that holds `node`, with path compression by halving.
fn root(inside: &mut [Node], mut node: Node) -> Node {
    while inside[node as usize] != node {
        let up = inside[inside[node as usize] as usize];
        inside[node as usize] = up;
        node = up;
    }
    node
}

#[cfg(test)]
mod tests {
    use super::{Flow, NONE, Node};
    use crate::ir::{Args, Block, Function, Signature, Symbol, Target, Terminator, Type};
    use alloc::{vec, vec::Vec};
    use proptest::prelude::*;

    /// A function whose blocks go to the given blocks.
    fn graph(edges: &[Vec<usize>]) -> Function {
        let sig = Signature::new(&[Type::I32], None);
        let mut function = Function::new(Symbol(0), sig);
        let args: Args = function.make_args(&[]);
        for _ in 1..edges.len() {
            function.add_block();
        }
        let index = function.block(Function::ENTRY).params[0];
        for (from, to) in edges.iter().enumerate() {
            let target = |&to: &usize| Target { block: Block(to as u32), args };
            function.blocks[from].term = match to.split_first() {
                None => Terminator::Return(None),
                Some((to, [])) => Terminator::Jump(target(to)),
                Some((default, rest)) => Terminator::Switch {
                    index,
                    targets: rest.iter().map(target).collect(),
                    default: target(default),
                },
            };
        }
        function
    }

    /// The definition: `a` dominates `b` if `b` cannot be reached without `a`.
    fn dominates(flow: &Flow, a: Node, b: Node) -> bool {
        let mut seen = vec![false; flow.len()];
        let mut work = if a == 0 { vec![] } else { vec![0] };
        while let Some(node) = work.pop() {
            if !core::mem::replace(&mut seen[node as usize], true) {
                work.extend(flow.succs(node).iter().filter(|&&to| to != a));
            }
        }
        !seen[b as usize]
    }

    #[test]
    fn loops_nest() {
        let edges = [vec![1], vec![2, 5], vec![3], vec![4, 2], vec![1], vec![]];
        let flow = Flow::new(&graph(&edges));
        let depth = |block| flow.depth(flow.node(Block(block)));
        assert_eq!((0..6).map(depth).collect::<Vec<_>>(), [0, 1, 2, 2, 1, 0]);
        assert!(flow.is_reducible());
        let [inner, outer] = [2, 1].map(|block| flow.node(Block(block)));
        assert_eq!((flow.outer(inner), flow.outer(outer)), (outer, NONE));
    }

    #[test]
    fn two_entries_are_not_reducible() {
        assert!(!Flow::new(&graph(&[vec![1, 2], vec![2], vec![1]])).is_reducible());
    }

    proptest! {
        #[test]
        fn dominators_are_as_defined(
            edges in prop::collection::vec(prop::collection::vec(1usize..12, 0..4), 12),
        ) {
            let flow = Flow::new(&graph(&edges));
            for a in flow.nodes() {
                for b in flow.nodes() {
                    prop_assert_eq!(flow.dominates(a, b), dominates(&flow, a, b));
                }
            }
        }
    }
}
