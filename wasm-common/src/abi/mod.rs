//! The contract between a compiled module and the device that runs it.
//!
//! Both compilers and the runtime read everything about it from here: the memory map, the host
//! imports, the packing of arguments, the names of exports.

pub mod memory_map;
pub mod names;
