//! The cue timeline.

use super::{Calls, give};

pub(super) const CALLS: Calls = &[
    ("cue_playing", |d, _, _| give(d.board.cue_ms().is_some())),
    ("cue_elapsed", |d, _, _| give(d.board.cue_ms().unwrap_or(0) as i64)),
];
