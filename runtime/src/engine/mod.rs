//! The engine: decode, validate and translate in one pass; execute.

mod host;

pub use host::{Host, HostError};
