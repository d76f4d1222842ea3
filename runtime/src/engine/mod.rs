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
mod module;
mod names;
mod positions;
mod reader;
mod sections;
mod translate;

pub use error::{Frame, Line, LinkError, LoadError, Trap, TrapKind};
pub use host::{Host, HostError};
pub use instance::Instance;
pub use limits::Limits;
pub use module::{Extern, FuncType, Import, Module, ValType};

#[cfg(test)]
mod dump {
    #[test]
    fn dump() {
        let wat = std::fs::read(std::env::var("WAT").unwrap()).unwrap();
        let m = super::Module::new(&wat::parse_bytes(&wat).unwrap(), &super::Limits::default())
            .unwrap();
        for (i, ins) in m.code.iter().enumerate() {
            println!("{i}: {:?} {} {} {} {}", ins.op, ins.a, ins.b, ins.c, ins.imm as i32);
        }
    }
}
