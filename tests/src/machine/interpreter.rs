//! The reference interpreter of the IR, with the device's host imports over its memory.

use super::{Callable, Fault, Run, World, drive};
use runtime::engine::{Host as _, HostError};
use runtime::host::Device;
use runtime::memory::{GuestMemory, OutOfBounds};
use wasm_common::abi::{imports, names};
use wasm_common::backend::Output;
use wasm_common::ir::{
    Program,
    interp::{Host, Interpreter, Layout, Trap},
};

pub(super) fn run(image: &Output, world: &World) -> Run {
    let Some(program) = &image.program else { return Run::refused("the IR was not kept") };
    let layout = Layout::simple(&program.symbols);
    let heap = layout.heap_base;
    let mut board = world.board();
    let mut imports = Imports { device: Device::new(&mut board) };
    let mut interpreter = Interpreter::new(program, layout);
    interpreter.fuel = world.fuel;
    let size = interpreter.memory.len() as u32;
    imports.device.lay_out(|name| (name == names::HEAP_PTR).then_some(heap), size);
    let end = drive(
        &mut Interpreted { program, interpreter: &mut interpreter, imports: &mut imports },
        world.loops,
    );
    let live = imports.device.heap_stats().live_blocks as usize;
    imports.device.finish();
    drop(imports);
    let output = String::from_utf8_lossy(&board.output).into_owned();
    Run { output, end, line: None, instructions: Some(interpreter.executed), live }
}

struct Interpreted<'r, 'p, 'b> {
    program: &'p Program,
    interpreter: &'r mut Interpreter<'p>,
    imports: &'r mut Imports<'b>,
}

impl Callable for Interpreted<'_, '_, '_> {
    fn has(&self, export: &str) -> bool {
        exported(self.program, export).is_some()
    }

    fn call(&mut self, export: &str) -> Result<i32, Fault> {
        let name = exported(self.program, export).expect("asked for with `has`");
        let symbol = self.program.symbols.find(name).expect("it was found");
        let params = self.program.symbols.func_sig(symbol).map_or(0, |sig| sig.params.len());
        let result = self.interpreter.run(name, &vec![0; params], self.imports);
        result.map(|bits| bits.unwrap_or(0) as i32).map_err(fault)
    }

    fn global(&self, export: &str) -> Option<u32> {
        let symbol = self.program.symbols.find(exported(self.program, export)?)?;
        Some(self.interpreter.global(symbol) as u32)
    }
}

/// The symbol behind an export.
fn exported<'p>(program: &'p Program, export: &str) -> Option<&'p str> {
    let mut symbols = program.symbols.iter();
    symbols.find(|(_, data)| data.export.as_deref() == Some(export)).map(|(_, data)| &*data.name)
}

struct Imports<'b> {
    device: Device<'b>,
}

impl Host for Imports<'_> {
    fn call(
        &mut self,
        module: &str,
        field: &str,
        args: &[u64],
        memory: &mut Vec<u8>,
    ) -> Result<u64, Trap> {
        let missing = || Trap::Host(format!("no import {module}.{field}"));
        let import = imports::by_name(field).ok_or_else(missing)?;
        let params: Vec<u8> = import.params().map(imports::ValType::byte).collect();
        let results: Vec<u8> = import.result().map(imports::ValType::byte).into_iter().collect();
        let number = self.device.resolve(module, field, &params, &results).ok_or_else(missing)?;
        self.device.call(number, args, &mut Bytes(memory)).map_err(|error| match error {
            HostError::Trap(text) => Trap::Host(text),
            HostError::Stopped => Trap::Host("stopped".into()),
        })
    }
}

fn fault(trap: Trap) -> Fault {
    match trap {
        Trap::Unreachable => Fault::Unreachable,
        Trap::MemoryOutOfBounds => Fault::Memory,
        Trap::IntegerDivideByZero => Fault::Divide,
        Trap::IntegerOverflow => Fault::Overflow,
        Trap::InvalidConversionToInteger => Fault::Conversion,
        Trap::TableOutOfBounds | Trap::IndirectCallToNull | Trap::BadSignature => Fault::Table,
        Trap::StackOverflow => Fault::Stack,
        Trap::OutOfFuel => Fault::Fuel,
        Trap::Host(text) => Fault::Host(text),
    }
}

/// Guest memory that is just bytes: the interpreter's, or wasmi's.
pub(super) struct Bytes<'m>(pub(super) &'m mut [u8]);

impl Bytes<'_> {
    fn range(&mut self, addr: u32, len: usize) -> Result<&mut [u8], OutOfBounds> {
        let rest = self.0.get_mut(addr as usize..).ok_or(OutOfBounds)?;
        rest.get_mut(..len).ok_or(OutOfBounds)
    }
}

impl GuestMemory for Bytes<'_> {
    fn size(&self) -> u32 {
        self.0.len() as u32
    }

    fn read(&mut self, addr: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        into.copy_from_slice(self.range(addr, into.len())?);
        Ok(())
    }

    fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        self.range(addr, from.len())?.copy_from_slice(from);
        Ok(())
    }

    fn fill(&mut self, addr: u32, byte: u8, len: u32) -> Result<(), OutOfBounds> {
        self.range(addr, len as usize)?.fill(byte);
        Ok(())
    }

    fn copy(&mut self, dst: u32, src: u32, len: u32) -> Result<(), OutOfBounds> {
        self.range(dst, len as usize)?;
        self.range(src, len as usize)?;
        self.0.copy_within(src as usize..src as usize + len as usize, dst as usize);
        Ok(())
    }
}
