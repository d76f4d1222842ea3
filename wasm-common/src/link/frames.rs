//! Where the frames of functions lie.
//!
//! In: who calls whom. Out: for each function whether it can be active twice. One that cannot has
//! a frame at a fixed address, behind those of all its callers: no stack pointer, and nothing to
//! overflow. Functions that may never be active together share bytes. Only recursive functions
//! have their frames on the shadow stack.

use crate::map::Map;
use crate::{
    codegen::body::{Body, Hole},
    ir::{SigId, Symbol},
};
use alloc::{vec, vec::Vec};

/// The frames of all functions.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    /// By body: where the frame starts in the region of fixed frames, or `None` if it is on the
    /// shadow stack.
    pub(crate) place: Vec<Option<u32>>,
    /// Bytes in the region of fixed frames.
    pub(crate) size: u64,
    /// Whether something needs the shadow stack.
    pub(crate) needs_stack: bool,
    /// Bodies, each before those that it calls (in any order within a recursion).
    pub(crate) callers_first: Vec<u32>,
    /// Whether a body takes part in a recursion.
    pub(crate) recursive: Vec<bool>,
}

/// The call graph: a node for each body, and one for each signature that is called indirectly.
struct Calls {
    callees: Vec<Vec<u32>>,
}

impl Calls {
    fn new(bodies: &[&Body], index: &Map<Symbol, u32>, table: &[Symbol]) -> Self {
        let mut callees: Vec<Vec<u32>> = vec![Vec::new(); bodies.len()];
        let mut by_sig: Map<SigId, u32> = Map::new();
        for (caller, body) in bodies.iter().enumerate() {
            for hole in body.code.holes() {
                match hole {
                    Hole::Func(symbol) => callees[caller].extend(index.get(&symbol)),
                    Hole::Type(sig) => {
                        let node = *by_sig.entry(sig).or_insert_with(|| {
                            callees.push(Vec::new());
                            callees.len() as u32 - 1
                        });
                        callees[caller].push(node);
                    }
                    _ => {}
                }
            }
        }
        for target in table.iter().filter_map(|symbol| index.get(symbol)) {
            if let Some(&node) = by_sig.get(&bodies[*target as usize].sig) {
                callees[node as usize].push(*target);
            }
        }
        for list in &mut callees {
            list.sort_unstable();
            list.dedup();
        }
        Self { callees }
    }

    /// Strongly connected components, callees first (Tarjan 1972, the recursion in a stack).
    fn components(&self) -> Vec<Vec<u32>> {
        const UNSEEN: u32 = u32::MAX;
        let count = self.callees.len();
        let (mut index, mut low) = (vec![UNSEEN; count], vec![UNSEEN; count]);
        let mut is_open = vec![false; count];
        let (mut found, mut open, mut seen) = (Vec::new(), Vec::new(), 0);
        let mut visits: Vec<(u32, usize)> = Vec::new();
        for start in 0..count as u32 {
            let mut next = (index[start as usize] == UNSEEN).then_some(start);
            loop {
                if let Some(node) = next.take() {
                    (index[node as usize], low[node as usize]) = (seen, seen);
                    seen += 1;
                    is_open[node as usize] = true;
                    open.push(node);
                    visits.push((node, 0));
                }
                let Some((node, done)) = visits.last_mut() else { break };
                let at = *node as usize;
                if let Some(&callee) = self.callees[at].get(*done) {
                    *done += 1;
                    if index[callee as usize] == UNSEEN {
                        next = Some(callee);
                    } else if is_open[callee as usize] {
                        low[at] = low[at].min(index[callee as usize]);
                    }
                    continue;
                }
                if low[at] == index[at] {
                    let first = open.iter().rposition(|&node| node as usize == at);
                    let component = open.split_off(first.expect("is open"));
                    component.iter().for_each(|&node| is_open[node as usize] = false);
                    found.push(component);
                }
                visits.pop();
                if let Some(&(up, _)) = visits.last() {
                    low[up as usize] = low[up as usize].min(low[at]);
                }
            }
        }
        found
    }
}

impl Frames {
    /// Places the frames of `bodies`; `index` finds them by name, `table` lists the functions that
    /// indirect calls may reach.
    pub(crate) fn place(bodies: &[&Body], index: &Map<Symbol, u32>, table: &[Symbol]) -> Self {
        let calls = Calls::new(bodies, index, table);
        let mut frames = Self {
            place: vec![None; bodies.len()],
            recursive: vec![false; bodies.len()],
            needs_stack: bodies.iter().any(|body| body.allocates),
            ..Self::default()
        };
        // Bytes that the callers of each node have taken.
        let mut above = vec![0u64; calls.callees.len()];
        for component in calls.components().into_iter().rev() {
            let recursive =
                component.len() > 1 || calls.callees[component[0] as usize].contains(&component[0]);
            let start = component.iter().map(|&node| above[node as usize]).max().unwrap_or(0);
            let mut end = start;
            for &node in component.iter().filter(|&&node| (node as usize) < bodies.len()) {
                let size = bodies[node as usize].frame;
                frames.callers_first.push(node);
                frames.recursive[node as usize] = recursive;
                if !recursive {
                    frames.place[node as usize] = Some(u32::try_from(start).unwrap_or(u32::MAX));
                    end += u64::from(size);
                } else if size > 0 {
                    frames.needs_stack = true;
                }
            }
            frames.size = frames.size.max(end);
            for callee in component.iter().flat_map(|&node| &calls.callees[node as usize]) {
                above[*callee as usize] = above[*callee as usize].max(end);
            }
        }
        frames
    }
}
