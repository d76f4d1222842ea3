//! What each procedure owns.

use super::ProcId;
use alloc::vec::Vec;

/// Numbers, one procedure's behind another's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owned {
    ids: Vec<u32>,
    /// By procedure: where in `ids` its own end.
    ends: Vec<u32>,
}

impl Owned {
    /// Of the numbers below `count`, by what `owner` says of each.
    pub(crate) fn new(procs: usize, count: usize, owner: &dyn Fn(u32) -> Option<ProcId>) -> Self {
        let owned = || (0..count as u32).filter_map(|id| Some((id, owner(id)?.0 as usize)));
        let mut ends = alloc::vec![0; procs];
        owned().for_each(|(_, proc)| ends[proc] += 1);
        let mut all = 0;
        for end in &mut ends {
            all += core::mem::replace(end, all);
        }
        // Where the next of each procedure goes; in the end, where the next procedure's begin.
        let mut ids = alloc::vec![0; all as usize];
        for (id, proc) in owned() {
            ids[ends[proc] as usize] = id;
            ends[proc] += 1;
        }
        Self { ids, ends }
    }

    /// In ascending order.
    pub(crate) fn of(&self, proc: ProcId) -> &[u32] {
        let at = proc.0 as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start as usize..self.ends[at] as usize]
    }
}
