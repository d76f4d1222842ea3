//! Why there is no module.

use alloc::{string::String, vec::Vec};
use core::fmt;

/// Why there is no module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// Functions that are used but neither defined nor imported; their names, in order.
    Undefined(Vec<String>),
    /// Static data and stack do not fit into the pages that were asked for, or into 4 GiB.
    OutOfMemory {
        /// Bytes of memory that they need.
        needed: u64,
        /// Bytes that there are.
        available: u64,
    },
    /// A function with more code or more locals than a module may have; its name.
    TooLarge(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undefined(names) => {
                f.write_str("undefined function ")?;
                for (index, name) in names.iter().enumerate() {
                    write!(f, "{}`{name}`", if index == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            Self::OutOfMemory { needed, available } => {
                write!(f, "static data needs {needed} bytes of memory, there are {available}")
            }
            Self::TooLarge(name) => write!(f, "function `{name}` is too large"),
        }
    }
}

impl core::error::Error for LinkError {}
