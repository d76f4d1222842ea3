//! Linear memory, one page, as the device lays it out.
//!
//! | range | use |
//! |---|---|
//! | 0 .. 15 | never handed out, so that no object has address 0 |
//! | 16 .. data end | static data: hottest first, strings and cold data last |
//! | `_heap_ptr` .. 0x7FFF | low heap |
//! | 0x8000 .. 0xEFFF | string pool |
//! | 0xF000 .. 0xF0FF | argument block |
//! | 0xF100 .. 0xF10F | BASIC file channels |
//! | 0xF110 .. 0xFFFF | free |
//!
//! A module with more than one page says where its pool lies (`_pool_start`, `_pool_end`); the
//! argument block and the channels then follow the pool.

/// Bytes in a WebAssembly page.
pub const PAGE: u32 = 0x1_0000;
/// First address that static data may take.
pub const DATA_START: u32 = 16;
/// Bytes of linear memory, from address 0, that lie in fast RAM unless a board says otherwise.
pub const WINDOW: u32 = 4096;
/// End of the low heap and start of the string pool, one-page form.
pub const POOL_START: u32 = 0x8000;
/// End of the string pool, one-page form.
pub const POOL_END: u32 = 0xF000;
/// Bytes in the string pool: what a module of several pages reserves too.
pub const POOL_SIZE: u32 = POOL_END - POOL_START;
/// Bytes in the argument block of `printf` and `FORMAT`, which starts where the pool ends.
pub const ARG_BLOCK_SIZE: u32 = 256;
/// BASIC file channels: this many i32, -1 when closed, right after the argument block.
pub const CHANNELS: u32 = 4;
