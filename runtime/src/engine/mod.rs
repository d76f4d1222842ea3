//! The engine: decode, validate and translate in one pass; execute.
//!
//! ```text
//! bytes -> Module::new -> Instance::new(module, memory, host) -> instance.call("main", ..)
//! ```

mod code;
mod error;
mod exec;
mod host;
mod instance;
mod limits;
mod lines;
mod listing;
mod module;
mod names;
mod positions;
mod reader;
mod sections;
#[cfg(all(test, threaded_dispatch))]
mod tests;
mod translate;

pub use error::{Frame, Line, LinkError, LoadError, Trap, TrapKind};
pub use exec::Dispatch;
pub use host::{Host, HostError, NoHost};
pub use instance::Instance;
pub use limits::Limits;
pub use module::{Extern, FuncType, Import, Module, ValType};
