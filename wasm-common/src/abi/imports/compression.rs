//! Gzip and zlib streams.

use super::prelude::*;

pub(super) static IMPORTS: &[Import] = &[
    Import {
        name: "inflate_file",
        group: Group::Compression,
        users: Users::Neither,
        memory: Touch::Read,
        ours: false,
        c: prototype("int inflate_file(const char *src, const char *dst)"),
        doc: told("Decompresses a gzip, zlib or raw deflate file into another: its size, or -1."),
        bad_input: told(
            "path 0, empty, of 128 bytes or more, not starting with `/`, containing `..`, or naming `config.ini` gives -1; corrupt data -1 and output removed",
        ),
    },
    Import {
        name: "deflate_file",
        group: Group::Compression,
        users: Users::Neither,
        memory: Touch::Read,
        ours: false,
        c: prototype("int deflate_file(const char *src, const char *dst)"),
        doc: told("Compresses a file to gzip: its size, or -1."),
        bad_input: told(
            "path 0, empty, of 128 bytes or more, not starting with `/`, containing `..`, or naming `config.ini` gives -1",
        ),
    },
    Import {
        name: "deflate_mem_to_file",
        group: Group::Compression,
        users: Users::Neither,
        memory: Touch::Read,
        ours: false,
        c: prototype("int deflate_mem_to_file(const void *src, int len, const char *dst)"),
        doc: told("Compresses memory to a gzip file: its size, or -1."),
        bad_input: told("len<=0 or out of bounds -1; bad path -1"),
    },
    Import {
        name: "inflate_file_to_mem",
        group: Group::Compression,
        users: Users::Neither,
        memory: Touch::ReadWrite,
        ours: false,
        c: prototype("int inflate_file_to_mem(const char *src, void *dst, int dst_max)"),
        doc: told("Decompresses a file into memory: the bytes, or -1."),
        bad_input: told("bad path, dst_max<=0, out of bounds or overflow -1"),
    },
    Import {
        name: "inflate_mem",
        group: Group::Compression,
        users: Users::Neither,
        memory: Touch::ReadWrite,
        ours: false,
        c: prototype("int inflate_mem(const void *src, int len, void *dst, int dst_max)"),
        doc: told("Decompresses memory to memory (gzip, zlib or raw): the bytes, or -1."),
        bad_input: told("lengths<=0, out of bounds or overflow -1"),
    },
    Import {
        name: "deflate_mem",
        group: Group::Compression,
        users: Users::Neither,
        memory: Touch::ReadWrite,
        ours: false,
        c: prototype("int deflate_mem(const void *src, int len, void *dst, int dst_max)"),
        doc: told("Compresses memory to memory as gzip: the bytes, or -1."),
        bad_input: told("lengths<=0, out of bounds or overflow -1"),
    },
];
