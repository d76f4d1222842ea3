//! The allocator: low heap first, then the string pool.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "malloc",
        group: Group::Alloc,
        users: Users::C,
        memory: Touch::Write,
        ours: false,
        c: prototype("void *malloc(unsigned int size)"),
        doc: told(
            "Allocates a zeroed block, from the low heap first, then from the string pool; 4-aligned, 8-aligned from 8 bytes on. `malloc(0)` gives a unique block.",
        ),
        bad_input: told("a size <= 0 counts as 1; no space gives 0"),
    },
    Import {
        name: "calloc",
        group: Group::Alloc,
        users: Users::Both,
        memory: Touch::Write,
        ours: false,
        c: prototype("void *calloc(unsigned int count, unsigned int size)"),
        doc: told("Allocates a zeroed block of `count * size` bytes."),
        bad_input: told("a count or size <= 0, a product above 2147483647 or no space gives 0"),
    },
    Import {
        name: "free",
        group: Group::Alloc,
        users: Users::Both,
        memory: Touch::No,
        ours: false,
        c: prototype("void free(void *block)"),
        doc: told("Releases a block of either region."),
        bad_input: told("0, foreign pointers and double frees are ignored and counted"),
    },
    Import {
        name: "realloc",
        group: Group::Alloc,
        users: Users::C,
        memory: Touch::ReadWrite,
        ours: false,
        c: prototype("void *realloc(void *block, unsigned int size)"),
        doc: told(
            "Resizes a block, moving it between the regions if need be; the bytes that fit are kept, new bytes are zero.",
        ),
        bad_input: told(
            "a foreign pointer gives 0 and is counted; size 0 frees and gives 0; 0 allocates; on failure 0, the old block stays",
        ),
    },
];
