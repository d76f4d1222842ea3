//! When each local value is alive.
//!
//! In: the [`Plan`] of a function. Out: for each value that needs a local the times at which it
//! must be kept, as sorted disjoint [`Ranges`]. Time runs over the steps of all blocks in reverse
//! postorder; a read and the write after it never fall together, so that a value may end where the
//! next one starts.

use super::{
    flow::{Flow, NONE, Node},
    plan::{Plan, Step},
};
use crate::ir::Function;
use alloc::{vec, vec::Vec};

/// Sorted, disjoint, half-open ranges of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// Of ranges in any order, which may overlap.
    fn from_unsorted(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        ranges.dedup_by(|next, last| {
            let touches = next.0 <= last.1;
            if touches {
                last.1 = last.1.max(next.1);
            }
            touches
        });
        Self(ranges)
    }

    /// Adds a range that starts no earlier than those before.
    fn push(&mut self, (start, end): (u32, u32)) {
        match self.0.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => self.0.push((start, end)),
        }
    }

    /// How many they are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The first time; `None` if there is none.
    pub(crate) fn start(&self) -> Option<u32> {
        self.0.first().map(|range| range.0)
    }

    /// The time after the last one.
    pub(crate) fn end(&self) -> u32 {
        self.0.last().map_or(0, |range| range.1)
    }

    /// Whether some time is in both. Takes time in proportion to the shorter one.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let (few, many) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        let mut rest = &many.0[..];
        few.0.iter().any(|&(start, end)| {
            let skipped = rest.partition_point(|range| range.1 <= start);
            rest = &rest[skipped..];
            rest.first().is_some_and(|range| range.0 < end)
        })
    }

    /// Whether `time` is in it.
    pub(crate) fn has(&self, time: u32) -> bool {
        let after = self.0.partition_point(|range| range.0 <= time);
        after > 0 && time < self.0[after - 1].1
    }

    /// Adds the times of `other`, none of which is here yet. Takes time in proportion to `other`
    /// and to what ends after its start, so that joining in the order of time is cheap.
    pub(crate) fn join(&mut self, other: &Self) {
        let Some(start) = other.start() else { return };
        let later = self.0.partition_point(|range| range.1 < start);
        let later = self.0.split_off(later);
        let (mut mine, mut others) = (later.iter().peekable(), other.0.iter().peekable());
        loop {
            let next = match (mine.peek(), others.peek()) {
                (Some(a), Some(b)) if a < b => mine.next(),
                (Some(_), None) => mine.next(),
                (_, Some(_)) => others.next(),
                (None, None) => return,
            };
            next.into_iter().for_each(|&range| self.push(range));
        }
    }
}

/// The live ranges of a function's local values.
pub(crate) struct Live {
    /// By value; empty for values that are no locals.
    pub(crate) ranges: Vec<Ranges>,
    /// By node: when its block starts.
    pub(crate) starts: Vec<u32>,
}

/// Block visits, for each step of the plan, after which values that are still open count as alive
/// everywhere: keeps huge functions from taking time in proportion to blocks times variables.
const VISITS: u64 = 20;

impl Live {
    /// Looks at the plan of `function`.
    pub(crate) fn new(function: &Function, flow: &Flow, plan: &Plan) -> Self {
        let events = Events::collect(function, flow, plan);
        let mut seen = vec![NONE; flow.len()];
        let mut budget = VISITS * (50_000 + u64::from(events.end()));
        let mut ranges = vec![Ranges::default(); function.num_values()];
        for (value, &born) in events.born.iter().enumerate() {
            if let Some(born) = born {
                let reads = events.reads_of(value);
                let id = value as u32;
                ranges[value] = events.ranges(flow, id, born, reads, &mut seen, &mut budget);
            }
        }
        let starts = events.times.iter().map(|time| time.0).collect();
        Self { ranges, starts }
    }
}

/// When values are written and read.
struct Events {
    /// First and last time of each block.
    times: Vec<(u32, u32)>,
    /// Where and when each local value is written.
    born: Vec<Option<(Node, u32)>>,
    /// Where and when it is read, by value.
    reads: Vec<(Node, u32)>,
    first_read: Vec<u32>,
}

impl Events {
    fn collect(function: &Function, flow: &Flow, plan: &Plan) -> Self {
        let mut born = vec![None; function.num_values()];
        let mut times = Vec::with_capacity(flow.len());
        let mut reads = Vec::new();
        let mut now = 0;
        for node in flow.nodes() {
            let start = now;
            for param in &function.block(flow.block(node)).params {
                born[param.0 as usize] = Some((node, start));
            }
            for step in plan.steps(node) {
                now += 1;
                match *step {
                    Step::Get(value) => reads.push((value, node, now)),
                    Step::Set(value) | Step::Tee(value) => {
                        born[value.0 as usize] = Some((node, now));
                    }
                    _ => {}
                }
            }
            now += 1;
            times.push((start, now));
            // What is passed in its local must stay there until all that is passed is in place.
            for pair in plan.steps(node).windows(2) {
                if let [Step::Get(value) | Step::Tee(value), Step::Arg(_)] = *pair {
                    reads.push((value, node, now));
                }
            }
        }
        // A stable sort would keep its buffer on the stack.
        reads.sort_unstable_by_key(|&(value, _, when)| (value, when));
        let mut first_read = vec![0; function.num_values() + 1];
        for (value, ..) in &reads {
            first_read[value.0 as usize + 1] += 1;
        }
        for value in 0..function.num_values() {
            first_read[value + 1] += first_read[value];
        }
        let reads = reads.into_iter().map(|(_, node, time)| (node, time)).collect();
        Self { times, born, reads, first_read }
    }

    /// The last time.
    fn end(&self) -> u32 {
        self.times.last().map_or(0, |time| time.1)
    }

    fn reads_of(&self, value: usize) -> &[(Node, u32)] {
        &self.reads[self.first_read[value] as usize..self.first_read[value + 1] as usize]
    }

    /// Walks from each read back to the write.
    fn ranges(
        &self,
        flow: &Flow,
        id: u32,
        (home, born): (Node, u32),
        reads: &[(Node, u32)],
        seen: &mut [u32],
        budget: &mut u64,
    ) -> Ranges {
        let mut ranges = vec![(born, born + 1)];
        let mut work = Vec::new();
        for &(node, time) in reads {
            if node == home {
                ranges.push((born, time));
            } else {
                ranges.push((self.times[node as usize].0, time));
                work.push(node);
            }
        }
        while let Some(node) = work.pop() {
            // `seen` holds the last value for which a block was live on entry.
            if core::mem::replace(&mut seen[node as usize], id) == id {
                continue;
            }
            *budget = budget.saturating_sub(1);
            if *budget == 0 {
                return Ranges(vec![(0, u32::MAX)]);
            }
            for &pred in flow.preds(node) {
                let (start, end) = self.times[pred as usize];
                ranges.push((if pred == home { born } else { start }, end));
                if pred != home {
                    work.push(pred);
                }
            }
        }
        Ranges::from_unsorted(ranges)
    }
}
