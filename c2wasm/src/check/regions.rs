//! Where jumps may not lead: into the scope of a name whose type varies (C11 6.8.6.1, 6.8.4.2), or
//! into a statement expression (GNU).
//!
//! Each such scope is a region with a parent. A jump is good exactly when the region of its target
//! is around it.

use super::tree::LabelId;
use super::{Checker, codes};
use alloc::vec::Vec;
use wasm_common::map::Map;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// A region by number; 0 is the function's body.
pub(super) type RegionId = u32;

#[derive(Debug, Clone, Copy)]
struct Region {
    parent: RegionId,
    depth: u32,
    /// What it is the scope of.
    what: &'static str,
    span: Span,
}

/// The regions of one function.
#[derive(Debug, Default)]
pub(super) struct Regions {
    /// Those after the function's body.
    list: Vec<Region>,
    /// The innermost one here.
    pub(super) current: RegionId,
    labels: Map<LabelId, RegionId>,
    jumps: Vec<(LabelId, RegionId, Span)>,
}

impl Regions {
    /// Everything up to the end of the block lies in a new region.
    pub(super) fn enter(&mut self, what: &'static str, span: Span) {
        let parent = self.current;
        self.list.push(Region { parent, depth: self.depth(parent) + 1, what, span });
        self.current = self.list.len() as RegionId;
    }

    pub(super) fn label(&mut self, label: LabelId) {
        if self.current != 0 {
            self.labels.insert(label, self.current);
        }
    }

    pub(super) fn jump(&mut self, label: LabelId, span: Span) {
        self.jumps.push((label, self.current, span));
    }

    fn get(&self, region: RegionId) -> Option<&Region> {
        self.list.get(region.checked_sub(1)? as usize)
    }

    fn depth(&self, region: RegionId) -> u32 {
        self.get(region).map_or(0, |r| r.depth)
    }

    /// The region that a jump from `from` to `to` leads into from outside.
    fn entered(&self, from: RegionId, to: RegionId) -> Option<&Region> {
        let target = self.get(to)?;
        let mut around = from;
        while self.depth(around) > target.depth {
            around = self.get(around)?.parent;
        }
        (around != to).then_some(target)
    }
}

impl Checker<'_, '_> {
    /// Reports a `case` that is deeper than its `switch`.
    pub(super) fn check_case_region(&mut self, switch: RegionId, span: Span) {
        let Some(state) = &self.state else { return };
        let entered = state.jumps.regions.entered(switch, state.jumps.regions.current).copied();
        self.report_entered(entered, "`switch`", span);
    }

    /// Reports the jumps of a function that lead into a region.
    pub(super) fn check_regions(&mut self, regions: &Regions) {
        for &(label, from, span) in &regions.jumps {
            let to = regions.labels.get(&label).copied().unwrap_or(0);
            self.report_entered(regions.entered(from, to).copied(), "`goto`", span);
        }
    }

    fn report_entered(&mut self, entered: Option<Region>, jump: &str, span: Span) {
        let Some(region) = entered else { return };
        let message = format!("{jump} jumps into {}", region.what);
        let error = codes::MISPLACED.error(span, message);
        self.report(error.label(region.span, text!("which begins here")));
    }
}
