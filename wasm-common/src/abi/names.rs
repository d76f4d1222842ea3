//! Names of exports that the host looks for.

/// The one linear memory.
pub const MEMORY: &str = "memory";
/// Immutable or mutable i32 global: first free byte after static data, 4-aligned.
pub const HEAP_PTR: &str = "_heap_ptr";
/// Mutable i32 global: the source line, right whenever a host call or a trap can observe it.
pub const LINE: &str = "__line";
/// Immutable i32 globals of modules with more than one page: bounds of the string pool.
pub const POOL_START: &str = "_pool_start";
/// See [`POOL_START`].
pub const POOL_END: &str = "_pool_end";
/// Mutable i32 global of ours, -1 at first. A program that ends itself (C `exit`, BASIC `END`
/// inside a SUB) stores its status here and executes `unreachable`; the host then reports that
/// status and no trap. A host that does not know it sees a trap.
pub const EXIT: &str = "__exit";
/// The status of a program that C's `abort` ended, which shells give for the signal of it.
pub const ABORTED: i32 = 134;
/// Mutable i32 global of ours, 0 at first: number of the BASIC error that made the trap. The
/// message was already printed through `print_str` or `host_printf`.
pub const ERR: &str = "__err";
/// Entry points: called once, then over and over.
pub const SETUP: &str = "setup";
/// See [`SETUP`].
pub const LOOP: &str = "loop";
/// Entry point: called once.
pub const MAIN: &str = "main";
/// Entry point: called once.
pub const START: &str = "_start";
/// Module name of every host import.
pub const IMPORT_MODULE: &str = "env";
