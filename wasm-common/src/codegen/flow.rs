//! What the control-flow graph of a function looks like: order, dominators, loops.
//!
//! In: a [`Function`]. Out: a [`Flow`], whose nodes are the reachable blocks, numbered in reverse
//! postorder. Everything here takes time in proportion to the graph (nearly), and no recursion.

use crate::ir::{Block, Function};
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
    idom: Vec<Node>,
    /// Where a node's dominator subtree starts in preorder, and how many nodes it has.
    subtree: Vec<(u32, u32)>,
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
        let (blocks, number, parent_edges) = reverse_postorder(function);
        let mut succs = Edges { start: vec![0], list: Vec::new() };
        for &block in &blocks {
            let targets = function.block(block).term.targets();
            succs.list.extend(targets.map(|target| number[target.block.0 as usize]));
            succs.start.push(succs.list.len() as u32);
        }
        let preds = succs.reversed();
        let idom = dominators(&preds, &parent_edges);
        let subtree = subtrees(&idom);
        let none = vec![NONE; blocks.len()];
        let mut flow = Self {
            depth: vec![0; blocks.len()],
            header: none.clone(),
            outer: none,
            blocks,
            number,
            succs,
            preds,
            idom,
            subtree,
        };
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
        self.idom[node as usize]
    }

    /// Whether every path to `b` leads through `a`; true if they are the same.
    pub(crate) fn dominates(&self, a: Node, b: Node) -> bool {
        let (start, size) = self.subtree[a as usize];
        let at = self.subtree[b as usize].0;
        start <= at && at < start + size
    }

    /// How many nodes `node` dominates, itself among them.
    pub(crate) fn dominated(&self, node: Node) -> u32 {
        self.subtree[node as usize].1
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

/// The order, the number of each block in it, and the depth-first tree: its nodes in preorder,
/// each with the place of its parent in that preorder.
fn reverse_postorder(function: &Function) -> (Vec<Block>, Vec<Node>, Vec<(Node, u32)>) {
    let mut number = vec![NONE; function.blocks.len()];
    let mut seen = vec![false; function.blocks.len()];
    let mut tree: Vec<(Block, u32)> = vec![(Function::ENTRY, 0)];
    let mut order = Vec::new();
    let successors = |block: Block| {
        let targets = function.block(block).term.targets();
        targets.map(|target| target.block).collect::<Vec<_>>()
    };
    seen[0] = true;
    // Successors are taken from the end: what is visited last comes first in the order.
    let mut stack = vec![(0, successors(Function::ENTRY))];
    while let Some((place, rest)) = stack.last_mut() {
        let place = *place;
        let Some(block) = rest.pop() else {
            order.push(tree[place as usize].0);
            stack.pop();
            continue;
        };
        if !core::mem::replace(&mut seen[block.0 as usize], true) {
            tree.push((block, place));
            stack.push((tree.len() as u32 - 1, successors(block)));
        }
    }
    order.reverse();
    for (index, block) in order.iter().enumerate() {
        number[block.0 as usize] = index as Node;
    }
    let tree = tree.iter().map(|&(block, up)| (number[block.0 as usize], up)).collect();
    (order, number, tree)
}

/// Immediate dominators by semidominators (Georgiadis 2005, "SEMI-NCA"). All but the result is in
/// preorder numbers of the depth-first `tree`.
fn dominators(preds: &Edges, tree: &[(Node, u32)]) -> Vec<Node> {
    let count = tree.len();
    let mut place = vec![0u32; count];
    for (index, &(node, _)) in tree.iter().enumerate() {
        place[node as usize] = index as u32;
    }
    let mut forest = Forest {
        ancestor: vec![NONE; count],
        label: (0..count as u32).collect(),
        semi: (0..count as u32).collect(),
        path: Vec::new(),
    };
    for v in (1..count).rev() {
        let (node, parent) = tree[v];
        for &pred in preds.of(node) {
            let best = forest.least(place[pred as usize]);
            forest.semi[v] = forest.semi[v].min(forest.semi[best as usize]);
        }
        forest.ancestor[v] = parent;
    }
    let mut idom: Vec<u32> = tree.iter().map(|&(_, parent)| parent).collect();
    let mut result = vec![NONE; count];
    for v in 1..count {
        let mut up = idom[v];
        while up > forest.semi[v] {
            up = idom[up as usize];
        }
        idom[v] = up;
        result[tree[v].0 as usize] = tree[up as usize].0;
    }
    result
}

/// The linked part of the depth-first tree, with compressed paths.
struct Forest {
    ancestor: Vec<u32>,
    label: Vec<u32>,
    semi: Vec<u32>,
    path: Vec<u32>,
}

impl Forest {
    /// The vertex with the least semidominator on the path from `v` up to, not including, the
    /// root of its tree.
    fn least(&mut self, v: u32) -> u32 {
        let mut at = v;
        while self.ancestor[at as usize] != NONE {
            self.path.push(at);
            at = self.ancestor[at as usize];
        }
        let root = at;
        let mut above = NONE;
        while let Some(at) = self.path.pop() {
            if above != NONE {
                let (mine, theirs) = (self.label[at as usize], self.label[above as usize]);
                if self.semi[theirs as usize] < self.semi[mine as usize] {
                    self.label[at as usize] = theirs;
                }
                self.ancestor[at as usize] = root;
            }
            above = at;
        }
        self.label[v as usize]
    }
}

/// Preorder number and size of each dominator subtree. A dominator comes before what it dominates
/// in reverse postorder, so two sweeps do.
fn subtrees(idom: &[Node]) -> Vec<(u32, u32)> {
    let mut subtree = vec![(0, 1); idom.len()];
    for node in (1..idom.len()).rev() {
        let size = subtree[node].1;
        subtree[idom[node] as usize].1 += size;
    }
    let mut next = vec![1; idom.len()];
    for node in 1..idom.len() {
        let up = idom[node] as usize;
        subtree[node].0 = next[up];
        next[up] += subtree[node].1;
        next[node] = subtree[node].0 + 1;
    }
    subtree
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
