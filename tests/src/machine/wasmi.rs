//! wasmi, with the device's host imports over its memory.

use super::interpreter::Bytes;
use super::{Callable, Fault, Run, World, drive};
use runtime::engine::{Host as _, HostError};
use runtime::host::Device;
use std::fmt;
use wasmi::{
    Caller, Config, Engine, Error, Extern, ExternType, Instance, Linker, Memory, Module, Store,
    TrapCode, Val, ValType,
};
use wasmparser::{Operator, Parser, Payload};

/// wasmi 2.0.0 takes the wrong condition for a `select` right behind a test for zero of a local: it
/// reads the register that the dropped test would have written (`try_fuse_select`).
pub(super) fn suits(wasm: &[u8]) -> bool {
    let test =
        |op: &Operator<'_>| matches!(op, Operator::I32Eqz | Operator::I32Eq | Operator::I32Ne);
    let mut tested = false;
    for payload in Parser::new(0).parse_all(wasm) {
        let Ok(Payload::CodeSectionEntry(body)) = payload else { continue };
        let Ok(reader) = body.get_operators_reader() else { continue };
        for op in reader.into_iter().flatten() {
            if tested && matches!(op, Operator::Select) {
                return false;
            }
            tested = test(&op);
        }
    }
    true
}

pub(super) fn run(wasm: &[u8], world: &World) -> Run {
    let mut board = world.board();
    let mut config = Config::default();
    config.consume_fuel(true);
    let engine = Engine::new(&config);
    let module = match Module::new(&engine, wasm) {
        Ok(module) => module,
        Err(error) => return Run::refused(error),
    };
    let mut store = Store::new(&engine, Device::new(&mut board));
    store.set_fuel(world.fuel).expect("fuel is on");
    let instance = link(&engine, &module, &mut store);
    let instance = match instance {
        Ok(instance) => instance,
        Err(error) => return Run::refused(error),
    };
    lay_out(&mut store, instance);
    let mut program = Loaded { store, instance, line: None };
    let end = drive(&mut program, world.loops);
    let line = program.line;
    let live = program.store.data().heap_stats().live_blocks as usize;
    program.store.data_mut().finish();
    drop(program);
    let output = String::from_utf8_lossy(&board.output).into_owned();
    Run { output, end, line, instructions: None, live }
}

struct Loaded<'b> {
    store: Store<Device<'b>>,
    instance: Instance,
    line: Option<u32>,
}

impl Callable for Loaded<'_> {
    fn has(&self, export: &str) -> bool {
        self.instance.get_func(&self.store, export).is_some()
    }

    fn call(&mut self, export: &str) -> Result<i32, Fault> {
        let func = self.instance.get_func(&self.store, export).expect("asked for with `has`");
        let zero = |ty: &ValType| value(*ty, 0);
        let arguments: Vec<Val> = func.ty(&self.store).params().iter().map(zero).collect();
        let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
        func.call(&mut self.store, &arguments, &mut results).map_err(|error| {
            self.line = global(&self.store, self.instance, "__line").filter(|&line| line != 0);
            fault(&error)
        })?;
        Ok(results.first().and_then(Val::i32).unwrap_or(0))
    }

    fn global(&self, export: &str) -> Option<u32> {
        global(&self.store, self.instance, export)
    }
}

fn global(store: &Store<Device<'_>>, instance: Instance, name: &str) -> Option<u32> {
    instance.get_global(store, name)?.get(store).i32().map(|value| value as u32)
}

fn memory(store: &Store<Device<'_>>, instance: Instance) -> Option<Memory> {
    instance.get_memory(store, "memory")
}

fn lay_out(store: &mut Store<Device<'_>>, instance: Instance) {
    let size = memory(store, instance).map_or(0, |memory| memory.data_size(&*store) as u32);
    let names = ["_heap_ptr", "_pool_start", "_pool_end"];
    let values = names.map(|name| global(store, instance, name));
    let known =
        |name: &str| names.iter().position(|other| *other == name).and_then(|at| values[at]);
    store.data_mut().lay_out(known, size);
}

/// Binds every function import to the device's.
fn link<'b>(
    engine: &Engine,
    module: &Module,
    store: &mut Store<Device<'b>>,
) -> Result<Instance, Error> {
    let mut linker = Linker::<Device<'b>>::new(engine);
    linker.allow_shadowing(true);
    for import in module.imports() {
        let ExternType::Func(ty) = import.ty() else {
            return Err(Error::new(format!("import `{}` is no function", import.name())));
        };
        let bytes = |types: &[ValType]| types.iter().copied().map(byte).collect::<Vec<u8>>();
        let (params, results) = (bytes(ty.params()), bytes(ty.results()));
        let number = store.data().resolve(import.module(), import.name(), &params, &results);
        let Some(number) = number else {
            return Err(Error::new(format!("no import `{}`", import.name())));
        };
        let result = ty.results().first().copied();
        let call = move |caller: Caller<'_, Device<'b>>, args: &[Val], out: &mut [Val]| {
            call(caller, number, args, result, out)
        };
        linker.func_new(import.module(), import.name(), ty.clone(), call)?;
    }
    linker.instantiate_and_start(store, module)
}

fn call(
    mut caller: Caller<'_, Device<'_>>,
    number: u32,
    args: &[Val],
    result: Option<ValType>,
    out: &mut [Val],
) -> Result<(), Error> {
    let args: Vec<u64> = args.iter().map(bits).collect();
    let outcome = match caller.get_export("memory") {
        Some(Extern::Memory(memory)) => {
            let (bytes, device) = memory.data_and_store_mut(&mut caller);
            device.call(number, &args, &mut Bytes(bytes))
        }
        _ => caller.data_mut().call(number, &args, &mut Bytes(&mut [])),
    };
    let bits = outcome.map_err(|error| Error::host(Refused(error)))?;
    if let (Some(ty), Some(out)) = (result, out.first_mut()) {
        *out = value(ty, bits);
    }
    Ok(())
}

/// A host import that ended the run.
#[derive(Debug)]
struct Refused(HostError);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            HostError::Trap(text) => f.write_str(text),
            HostError::Stopped => f.write_str("stopped"),
        }
    }
}

impl std::error::Error for Refused {}
impl wasmi::errors::HostError for Refused {}

fn byte(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0x7F,
        ValType::I64 => 0x7E,
        ValType::F32 => 0x7D,
        ValType::F64 => 0x7C,
        _ => 0,
    }
}

fn bits(value: &Val) -> u64 {
    match value {
        Val::I32(value) => u64::from(*value as u32),
        Val::I64(value) => *value as u64,
        Val::F32(value) => u64::from(value.to_bits()),
        Val::F64(value) => value.to_bits(),
        _ => 0,
    }
}

fn value(ty: ValType, bits: u64) -> Val {
    match ty {
        ValType::I64 => Val::I64(bits as i64),
        ValType::F32 => Val::F32(f32::from_bits(bits as u32).into()),
        ValType::F64 => Val::F64(f64::from_bits(bits).into()),
        _ => Val::I32(bits as i32),
    }
}

fn fault(error: &Error) -> Fault {
    if let Some(refused) = error.downcast_ref::<Refused>() {
        return Fault::Host(refused.to_string());
    }
    match error.as_trap_code() {
        Some(TrapCode::UnreachableCodeReached) => Fault::Unreachable,
        Some(TrapCode::MemoryOutOfBounds) => Fault::Memory,
        Some(TrapCode::IntegerDivisionByZero) => Fault::Divide,
        Some(TrapCode::IntegerOverflow) => Fault::Overflow,
        Some(TrapCode::BadConversionToInteger) => Fault::Conversion,
        Some(
            TrapCode::TableOutOfBounds | TrapCode::IndirectCallToNull | TrapCode::BadSignature,
        ) => Fault::Table,
        Some(TrapCode::StackOverflow) => Fault::Stack,
        Some(TrapCode::OutOfFuel) => Fault::Fuel,
        _ => Fault::Host(error.to_string()),
    }
}
