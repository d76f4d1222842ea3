//! Our engine, over each of its memories.

use super::{Callable, Fault, Geometry, Run, World, drive};
use runtime::engine::{Extern, Instance, Limits, Module, TrapKind};
use runtime::host::Device;
use runtime::memory::{BusError, Flat, Memory, PsramBus, SimChip, SpiChip, Windowed};

/// Pages that a test program may have.
const PAGES: u32 = 64;

pub(super) fn flat(wasm: &[u8], world: &World) -> Run {
    run(wasm, world, Flat::new(PAGES))
}

pub(super) fn windowed(wasm: &[u8], world: &World, geometry: Geometry) -> Run {
    run(wasm, world, Windowed::new(Plain(vec![0xA5; PAGES as usize * 65_536]), geometry))
}

pub(super) fn chip(wasm: &[u8], world: &World) -> Run {
    match SpiChip::new(SimChip::new(40), 40) {
        Ok(chip) => run(wasm, world, Windowed::new(chip, Geometry::default())),
        Err(error) => Run::refused(error),
    }
}

/// PSRAM that is just bytes, full of junk at first.
#[derive(Debug)]
struct Plain(Vec<u8>);

impl PsramBus for Plain {
    fn capacity(&self) -> u32 {
        self.0.len() as u32
    }

    fn read(&mut self, addr: u32, into: &mut [u8]) -> Result<(), BusError> {
        let bytes = self.0.get(addr as usize..).and_then(|rest| rest.get(..into.len()));
        into.copy_from_slice(bytes.ok_or(BusError::Address(addr))?);
        Ok(())
    }

    fn write(&mut self, addr: u32, from: &[u8]) -> Result<(), BusError> {
        let bytes = self.0.get_mut(addr as usize..).and_then(|rest| rest.get_mut(..from.len()));
        bytes.ok_or(BusError::Address(addr))?.copy_from_slice(from);
        Ok(())
    }
}

struct Engine<'d, 'b, M: Memory> {
    instance: Instance<M>,
    device: &'d mut Device<'b>,
    line: Option<u32>,
}

impl<M: Memory> Callable for Engine<'_, '_, M> {
    fn has(&self, export: &str) -> bool {
        self.instance.module().exports().any(|(name, _)| name == export)
    }

    fn call(&mut self, export: &str) -> Result<i32, Fault> {
        let types = self.instance.module().exports().find_map(|(name, kind)| match kind {
            Extern::Function(_, ty) if name == export => Some(ty),
            _ => None,
        });
        let arguments = vec![0; types.map_or(0, |ty| ty.params.len())];
        match self.instance.call(export, &arguments, self.device) {
            Ok(results) => Ok(results.first().map_or(0, |&bits| bits as i32)),
            Err(trap) => {
                self.line = trap.line();
                Err(fault(trap.kind))
            }
        }
    }

    fn global(&self, export: &str) -> Option<u32> {
        self.instance.global(export).map(|bits| bits as u32)
    }
}

fn run<M: Memory>(wasm: &[u8], world: &World, memory: M) -> Run {
    let mut board = world.board();
    let mut device = Device::new(&mut board);
    let module = match Module::new(wasm, &Limits::default()) {
        Ok(module) => module,
        Err(error) => return Run::refused(error),
    };
    let instance = match Instance::new(module, memory, &mut device) {
        Ok(instance) => instance,
        Err(error) => return Run::refused(error),
    };
    let mut engine = Engine { instance, device: &mut device, line: None };
    let size = engine.instance.memory().size();
    let global = |name: &str| engine.instance.global(name).map(|bits| bits as u32);
    engine.device.lay_out(global, size);
    engine.instance.set_fuel(Some(world.fuel));
    let end = drive(&mut engine, world.loops);
    let (line, instructions) = (engine.line, engine.instance.instructions());
    let live = device.heap_stats().live_blocks as usize;
    device.finish();
    let output = String::from_utf8_lossy(&board.output).into_owned();
    Run { output, end, line, instructions: Some(instructions), live }
}

fn fault(kind: TrapKind) -> Fault {
    match kind {
        TrapKind::Unreachable => Fault::Unreachable,
        TrapKind::MemoryOutOfBounds => Fault::Memory,
        TrapKind::DivisionByZero => Fault::Divide,
        TrapKind::IntegerOverflow => Fault::Overflow,
        TrapKind::InvalidConversion => Fault::Conversion,
        TrapKind::TableOutOfBounds
        | TrapKind::UndefinedElement
        | TrapKind::UninitializedElement
        | TrapKind::IndirectCallTypeMismatch => Fault::Table,
        TrapKind::StackExhausted => Fault::Stack,
        TrapKind::OutOfFuel => Fault::Fuel,
        other => Fault::Host(other.to_string()),
    }
}
