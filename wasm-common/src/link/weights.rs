//! How often each object is accessed, estimated over the whole program.
//!
//! In: the [`Summary`] of each function. Out: a weight for each data symbol and for the frames. A
//! function runs as often as its callers do times their loops; what it does to a parameter counts
//! for the object that a caller passes.

use super::frames::Frames;
use crate::map::Map;
use crate::{
    codegen::{
        access::{Root, Summary},
        body::Body,
    },
    ir::Symbol,
};
use alloc::{vec, vec::Vec};

/// Largest frequency and weight: far from overflow, and nothing is that hot.
const MAX: u64 = 1 << 40;

/// How much a recursion multiplies.
const RECURSION: u64 = 8;

/// Weights of objects.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// Of static objects.
    pub(crate) symbols: Map<Symbol, u64>,
    /// Of the frame of each body.
    pub(crate) frames: Vec<u64>,
}

impl Weights {
    /// Estimates from the summaries of `bodies`; `entries` gives how often each body is called from
    /// outside.
    pub(crate) fn estimate(
        bodies: &[&Body],
        index: &Map<Symbol, u32>,
        frames: &Frames,
        entries: &[u64],
    ) -> Self {
        let params = params(bodies, index, frames);
        let runs = frequencies(bodies, index, frames, entries);
        let mut weights = Self { frames: vec![0; bodies.len()], ..Self::default() };
        for (at, body) in bodies.iter().enumerate() {
            each_access(&body.summary, index, &params, |root, weight| {
                let weight = weight.saturating_mul(runs[at]).min(MAX);
                let sum = match root {
                    Root::Symbol(symbol) => weights.symbols.entry(symbol).or_default(),
                    Root::Frame => &mut weights.frames[at],
                    Root::Param(_) => return,
                };
                *sum = sum.saturating_add(weight);
            });
        }
        weights
    }
}

/// For each body and parameter: how often what it points to is accessed in a run.
fn params(bodies: &[&Body], index: &Map<Symbol, u32>, frames: &Frames) -> Vec<Vec<u64>> {
    let mut params: Vec<Vec<u64>> = vec![Vec::new(); bodies.len()];
    for &at in frames.callers_first.iter().rev() {
        let mut own: Vec<u64> = Vec::new();
        each_access(&bodies[at as usize].summary, index, &params, |root, weight| {
            if let Root::Param(param) = root {
                let param = usize::from(param);
                own.resize(own.len().max(param + 1), 0);
                own[param] = own[param].saturating_add(weight).min(MAX);
            }
        });
        params[at as usize] = own;
    }
    params
}

/// All that a run of a function accesses itself, and through what it passes on.
fn each_access(
    summary: &Summary,
    index: &Map<Symbol, u32>,
    params: &[Vec<u64>],
    mut each: impl FnMut(Root, u64),
) {
    summary.accesses().for_each(|(root, weight)| each(root, weight));
    for call in summary.calls() {
        let Some(&callee) = index.get(&call.callee) else { continue };
        for (arg, &weight) in call.args().zip(&params[callee as usize]) {
            if let Some(root) = arg {
                each(root, weight.saturating_mul(call.weight).min(MAX));
            }
        }
    }
}

/// How often each body runs.
fn frequencies(
    bodies: &[&Body],
    index: &Map<Symbol, u32>,
    frames: &Frames,
    entries: &[u64],
) -> Vec<u64> {
    let mut runs = entries.to_vec();
    for &at in &frames.callers_first {
        let at = at as usize;
        // Who is only called through the table runs once.
        runs[at] = runs[at].clamp(1, MAX);
        if frames.recursive[at] {
            runs[at] = runs[at].saturating_mul(RECURSION).min(MAX);
        }
        for call in bodies[at].summary.calls() {
            if let Some(&callee) = index.get(&call.callee) {
                let more = runs[at].saturating_mul(call.weight);
                runs[callee as usize] = runs[callee as usize].saturating_add(more).min(MAX);
            }
        }
    }
    runs
}
