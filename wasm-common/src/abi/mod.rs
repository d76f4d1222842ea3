//! The contract between a compiled module and the device that runs it.
//!
//! Both compilers and the runtime read everything about it from here: the memory map, the host
//! imports, the packing of arguments, the names of exports. The C header and the reference page
//! are generated from it.

pub mod args;
#[cfg(feature = "std")]
pub mod c_header;
pub mod files;
pub mod format;
pub mod imports;
pub mod memory_map;
pub mod names;
#[cfg(feature = "std")]
pub mod reference;
pub mod scan;
