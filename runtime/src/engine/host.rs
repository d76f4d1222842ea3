//! What the engine needs of whoever implements the imports.

use crate::memory::GuestMemory;
use alloc::{string::String, vec::Vec};

/// Why an import did not return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostError {
    /// The program is at fault: the run ends with a trap that shows this text.
    Trap(String),
    /// Somebody asked for the run to stop; not a fault.
    Stopped,
}

/// The imports of a module. The engine resolves each once, at load, and calls it by number.
pub trait Host {
    /// The number of the function import `module.name` when the host has it with exactly this
    /// signature; value types are wasm's bytes (0x7F i32, 0x7E i64, 0x7D f32, 0x7C f64).
    fn resolve(&self, module: &str, name: &str, params: &[u8], results: &[u8]) -> Option<u32>;

    /// The signature (parameters, results) the host has under that name, for the link error's
    /// message.
    fn signature(&self, module: &str, name: &str) -> Option<(Vec<u8>, Vec<u8>)> {
        let _ = (module, name);
        None
    }

    /// The value of the immutable global import `module.name` of that type, as raw bits.
    fn global(&self, module: &str, name: &str, value_type: u8) -> Option<u64> {
        let _ = (module, name, value_type);
        None
    }

    /// The source line of the import call that comes next, from the module's `__line`; not called for
    /// a module without one.
    fn line(&mut self, line: u32) {
        let _ = line;
    }

    /// Calls import `number`. Each argument is the raw bits, zero-extended; so is the result (0
    /// when there is none).
    ///
    /// # Errors
    /// When the import traps, or a stop was asked for while it waited.
    fn call(
        &mut self,
        number: u32,
        args: &[u64],
        memory: &mut dyn GuestMemory,
    ) -> Result<u64, HostError>;

    /// Whether the run goes on. Called at loops and calls, at least once in every 10,000
    /// instructions: the place to look at a stop flag, a clock or a serial port.
    ///
    /// # Errors
    /// When the run shall end: `Stopped` when somebody asked for it.
    fn poll(&mut self) -> Result<(), HostError> {
        Ok(())
    }
}

/// The host of a module that imports nothing: it has no import.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHost;

impl Host for NoHost {
    fn resolve(&self, _: &str, _: &str, _: &[u8], _: &[u8]) -> Option<u32> {
        None
    }

    fn call(&mut self, _: u32, _: &[u64], _: &mut dyn GuestMemory) -> Result<u64, HostError> {
        Err(HostError::Trap("no imports here".into()))
    }
}
