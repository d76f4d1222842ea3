//! The allocator.

use super::{Calls, give};

pub(super) const CALLS: Calls = &[
    ("malloc", |d, a, m| give(d.heap.alloc(m, a.i32(0).max(1) as u32))),
    ("calloc", |d, a, m| {
        let size = elements(a.i32(0), a.i32(1));
        give(size.map_or(0, |size| d.heap.alloc(m, size)))
    }),
    ("free", |d, a, _| {
        d.heap.free(a.u32(0));
        give(())
    }),
    ("realloc", |d, a, m| give(d.heap.realloc(m, a.u32(0), a.u32(1)))),
];

/// Bytes of so many elements; `None` where there are none, or more than an int counts.
fn elements(count: i32, size: i32) -> Option<u32> {
    let some = count > 0 && size > 0;
    count.checked_mul(size).filter(|_| some).map(i32::cast_unsigned)
}
