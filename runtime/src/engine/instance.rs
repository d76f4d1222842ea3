//! A module with its memory, globals, table and stack, ready to be called.

use super::{Host, LinkError, Module, Trap};
use crate::memory::Memory;
use alloc::vec::Vec;

/// A running module. All of its stack is allocated when it is made; running allocates nothing.
pub struct Instance<M: Memory> {
    _memory: M,
}

impl<M: Memory> Instance<M> {
    /// Resolves the imports, sizes `memory` to the module's initial pages (zeroed), copies the
    /// segments and runs the start function.
    ///
    /// # Errors
    /// If an import is missing, `memory` cannot hold the initial pages, or starting traps.
    pub fn new(_module: Module, _memory: M, _host: &mut dyn Host) -> Result<Self, LinkError> {
        todo!()
    }

    /// Calls an exported function. Arguments and results are raw bits, zero-extended.
    ///
    /// # Errors
    /// If it traps, or no such function takes that many arguments (`TrapKind::BadCall`).
    pub fn call(
        &mut self,
        _export: &str,
        _args: &[u64],
        _host: &mut dyn Host,
    ) -> Result<Vec<u64>, Trap> {
        todo!()
    }

    /// The value of an exported global, as raw bits.
    #[must_use]
    pub fn global(&self, _export: &str) -> Option<u64> {
        todo!()
    }

    /// Sets an exported mutable global; false when there is none.
    pub fn set_global(&mut self, _export: &str, _bits: u64) -> bool {
        todo!()
    }

    /// The module.
    #[must_use]
    pub fn module(&self) -> &Module {
        todo!()
    }

    /// Linear memory.
    #[must_use]
    pub fn memory(&self) -> &M {
        todo!()
    }

    /// Linear memory.
    pub fn memory_mut(&mut self) -> &mut M {
        todo!()
    }

    /// Lets the instance execute `instructions` (WebAssembly's) more, over all calls from now on; `None` takes
    /// the limit away. It stops with `OutOfFuel` at the first loop or call after them, at the same
    /// place on every memory and machine.
    pub fn set_fuel(&mut self, _instructions: Option<u64>) {
        todo!()
    }

    /// WebAssembly instructions executed so far, over all calls: exact, and the same on every
    /// memory and machine, so that compilers can be compared by it. What the module contains counts,
    /// not what it was translated to; `block`, `loop`, `else` and `end` are free.
    #[must_use]
    pub fn instructions(&self) -> u64 {
        todo!()
    }
}
