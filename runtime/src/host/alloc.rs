//! The allocator.

use super::{Calls, give};

pub(super) const CALLS: Calls = &[
    ("malloc", |d, a, m| give(d.heap.alloc(m, a.u32(0)))),
    ("calloc", |d, a, m| match a.u32(0).checked_mul(a.u32(1)) {
        Some(size) => give(d.heap.alloc(m, size)),
        None => give(0u32),
    }),
    ("free", |d, a, _| {
        d.heap.free(a.u32(0));
        give(())
    }),
    ("realloc", |d, a, m| give(d.heap.realloc(m, a.u32(0), a.u32(1)))),
];
