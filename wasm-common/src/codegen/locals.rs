//! Values to locals.
//!
//! In: the plan, and when each value is alive. Out: a local for each value that needs one. First
//! block parameters are joined with the values that are passed to them, the most frequent edges
//! first, so that the moves vanish; then each group takes the first local of its type that is free
//! all the time it lives. Parameters of the function keep their locals.

use super::{
    flow::{Flow, Node},
    live::{Live, Ranges},
    plan::{Plan, Step},
};
use crate::ir::{Function, Type, Value};
use crate::map::Map;
use alloc::{collections::BinaryHeap, vec, vec::Vec};
use core::cmp::Reverse;

/// The locals of a function.
pub(crate) struct Locals {
    /// By value.
    local: Vec<u32>,
    /// Locals beyond the parameters: how many of each type, in the order of their numbers.
    pub(crate) declared: Vec<(u32, Type)>,
    /// By local: when it holds something.
    taken: Vec<Ranges>,
    starts: Vec<u32>,
}

const NO_LOCAL: u32 = u32::MAX;
const TYPES: [Type; 4] = [Type::I32, Type::I64, Type::F32, Type::F64];

impl Locals {
    /// Gives each value that the plan keeps a local.
    pub(crate) fn assign(function: &Function, flow: &Flow, plan: &Plan, live: Live) -> Self {
        let mut groups =
            Groups { up: (0..live.ranges.len() as u32).collect(), ranges: live.ranges };
        for (_, param, arg) in moves(function, flow, plan) {
            groups.join(param, arg);
        }
        let mut locals = Coloring::new(function, groups).finish();
        locals.starts = live.starts;
        locals
    }

    /// Whether `local` holds something that is needed when `node` is entered.
    pub(crate) fn is_live(&self, local: u32, node: Node) -> bool {
        self.taken[local as usize].has(self.starts[node as usize])
    }

    /// The local of a value.
    pub(crate) fn of(&self, value: Value) -> u32 {
        self.local[value.0 as usize]
    }

    /// How many there are, parameters among them.
    pub(crate) fn count(&self, function: &Function) -> u32 {
        let declared: u32 = self.declared.iter().map(|&(count, _)| count).sum();
        function.sig.params.len() as u32 + declared
    }
}

/// The moves at the ends of blocks from a local to a block parameter, the most frequent first.
fn moves(function: &Function, flow: &Flow, plan: &Plan) -> Vec<(Reverse<u32>, Value, Value)> {
    let mut moves = Vec::new();
    for node in flow.nodes() {
        for pair in plan.steps(node).windows(2) {
            if let [Step::Get(arg) | Step::Tee(arg), Step::Arg(param)] = *pair {
                moves.push((Reverse(flow.depth(node)), moves.len(), param, arg));
            }
        }
    }
    // What is equally frequent goes by place.
    moves.sort_unstable_by_key(|&(depth, place, ..)| (depth, place));
    debug_assert!(moves.iter().all(|&(.., param, arg)| function.ty(param) == function.ty(arg)));
    moves.into_iter().map(|(depth, _, param, arg)| (depth, param, arg)).collect()
}

/// Values that share a local, as a forest; the ranges of a group are at its root.
struct Groups {
    up: Vec<u32>,
    ranges: Vec<Ranges>,
}

impl Groups {
    fn root(&mut self, value: Value) -> u32 {
        let mut at = value.0;
        while self.up[at as usize] != at {
            let up = self.up[self.up[at as usize] as usize];
            self.up[at as usize] = up;
            at = up;
        }
        at
    }

    fn join(&mut self, a: Value, b: Value) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b || self.ranges[a as usize].overlaps(&self.ranges[b as usize]) {
            return;
        }
        let (root, child) = (a.min(b), a.max(b));
        let ranges = core::mem::take(&mut self.ranges[child as usize]);
        self.ranges[root as usize].join(&ranges);
        self.up[child as usize] = root;
    }
}

/// Locals being handed out, group by group in the order in which they start to live.
struct Coloring<'a> {
    function: &'a Function,
    groups: Groups,
    /// The local of each group, by root; those beyond the parameters count by type.
    color: Vec<u32>,
    pools: Map<Type, Pool>,
}

/// The locals of one type.
#[derive(Default)]
struct Pool {
    /// When each is taken, and its number.
    taken: Vec<(Ranges, u32)>,
    /// Each by the time after which it is free for good.
    free_after: BinaryHeap<Reverse<(u32, usize)>>,
    declared: u32,
}

/// Locals that are tried for a hole before a new one is made.
const PROBES: usize = 24;
/// Ranges up to which a local's holes are filled: each takes time in proportion to what is behind it.
const MAX_HOLES: usize = 256;

impl Pool {
    /// A local that is free during `ranges`, or a new one.
    fn take(&mut self, ranges: Ranges) -> u32 {
        let at = self.free_for_good(&ranges).or_else(|| self.with_a_hole(&ranges));
        let at = at.unwrap_or_else(|| {
            self.taken.push((Ranges::default(), self.declared));
            self.declared += 1;
            self.taken.len() - 1
        });
        self.taken[at].0.join(&ranges);
        self.free_after.push(Reverse((self.taken[at].0.end(), at)));
        self.taken[at].1
    }

    fn free_for_good(&mut self, ranges: &Ranges) -> Option<usize> {
        let start = ranges.start().unwrap_or(0);
        while let Some(&Reverse((end, at))) = self.free_after.peek() {
            if end > start {
                break;
            }
            self.free_after.pop();
            // A local that was taken again since has a later entry.
            if self.taken[at].0.end() == end {
                return Some(at);
            }
        }
        None
    }

    fn with_a_hole(&self, ranges: &Ranges) -> Option<usize> {
        let newest = self.taken.iter().enumerate().rev().take(PROBES);
        let fits = |taken: &Ranges| taken.len() <= MAX_HOLES && !taken.overlaps(ranges);
        newest.into_iter().find(|(_, (taken, _))| fits(taken)).map(|(at, _)| at)
    }
}

impl<'a> Coloring<'a> {
    fn new(function: &'a Function, groups: Groups) -> Self {
        let color = vec![NO_LOCAL; groups.up.len()];
        Self { function, groups, color, pools: Map::new() }
    }

    fn finish(mut self) -> Locals {
        let params = self.function.block(Function::ENTRY).params.len() as u32;
        self.keep_params();
        let mut order: Vec<(u32, Value)> = Vec::new();
        for value in (0..self.color.len() as u32).map(Value) {
            if let Some(start) = self.groups.ranges[value.0 as usize].start()
                && self.color[value.0 as usize] == NO_LOCAL
            {
                order.push((start, value));
            }
        }
        order.sort_unstable();
        for (_, value) in order {
            let ranges = core::mem::take(&mut self.groups.ranges[value.0 as usize]);
            let ty = self.function.ty(value).expect("locals have types");
            let pool = self.pools.entry(ty).or_default();
            self.color[value.0 as usize] = pool.take(ranges);
        }
        self.number(params)
    }

    /// Groups with a parameter of the function take its local.
    fn keep_params(&mut self) {
        for (index, &param) in self.function.block(Function::ENTRY).params.iter().enumerate() {
            let root = self.groups.root(param) as usize;
            let ranges = core::mem::take(&mut self.groups.ranges[root]);
            let pool = self.pools.entry(self.function.sig.params[index]).or_default();
            pool.free_after.push(Reverse((ranges.end(), pool.taken.len())));
            pool.taken.push((ranges, PARAM | index as u32));
            self.color[root] = PARAM | index as u32;
        }
    }

    /// Numbers within a type become numbers in the function.
    fn number(mut self, params: u32) -> Locals {
        let mut declared = Vec::new();
        let mut first = Map::new();
        let mut next = params;
        for ty in TYPES {
            let count = self.pools.get(&ty).map_or(0, |pool| pool.declared);
            first.insert(ty, next);
            if count > 0 {
                declared.push((count, ty));
                next += count;
            }
        }
        let mut taken = vec![Ranges::default(); next as usize];
        for (ty, pool) in self.pools {
            for (ranges, color) in pool.taken {
                let param = color & PARAM != 0;
                let local = if param { color & !PARAM } else { first[&ty] + color };
                taken[local as usize] = ranges;
            }
        }
        let mut local = vec![NO_LOCAL; self.color.len()];
        for value in (0..self.color.len() as u32).map(Value) {
            let color = self.color[self.groups.root(value) as usize];
            local[value.0 as usize] = match (color, self.function.ty(value)) {
                (NO_LOCAL, _) | (_, None) => NO_LOCAL,
                (color, _) if color & PARAM != 0 => color & !PARAM,
                (color, Some(ty)) => first[&ty] + color,
            };
        }
        Locals { local, declared, taken, starts: Vec::new() }
    }
}

/// Marks the number of a parameter.
const PARAM: u32 = 1 << 31;
