//! A module with its memory, globals, table and stack, ready to be called.

use super::exec::{self, Dispatch, State, Stopped};
use super::module::{ExportKind, Extern, FuncType, Init, Mode, NULL, ValType};
use super::positions::Position;
use super::{Frame, Host, LinkError, Module, Trap, TrapKind};
use crate::memory::{Memory, PAGE};
use alloc::{format, string::ToString, vec, vec::Vec};

/// A running module. All of its stack is allocated when it is made; running allocates nothing.
#[derive(Debug)]
pub struct Instance<M: Memory> {
    module: Module,
    memory: M,
    pub(super) state: State,
}

impl<M: Memory> Instance<M> {
    /// Resolves the imports, grows `memory` to the module's initial pages, copies the segments and
    /// runs the start function. `memory` must be empty, unless the module imports its memory: then
    /// it is `memory`, with what it holds.
    ///
    /// # Errors
    /// If an import is missing, `memory` cannot hold the initial pages, or starting traps.
    pub fn new(module: Module, mut memory: M, host: &mut dyn Host) -> Result<Self, LinkError> {
        let mut state = State::new(&module);
        link(&module, &mut state, host)?;
        let (pages, _) = module.memory.unwrap_or_default();
        if memory.size() / PAGE < pages && !memory.grow_to(pages) {
            let message =
                format!("this memory cannot hold the {pages} pages that the module needs");
            return Err(LinkError::Resources(message));
        }
        let (elements, _) = module.table.unwrap_or_default();
        state.table = vec![NULL; elements as usize];
        // SAFETY: the state is complete.
        #[cfg(threaded_dispatch)]
        if !unsafe { exec::is_flat(&module, &mut state, &mut memory, host) } {
            state.dispatch = Dispatch::Loop;
        }
        let mut instance = Self { module, memory, state };
        instance.segments().map_err(|stop| {
            let kind = instance.state.kind(stop, &mut instance.memory);
            LinkError::Start(Trap::bare(kind))
        })?;
        if let Some(start) = instance.module.start {
            instance.run(start, &[], host).map_err(LinkError::Start)?;
        }
        Ok(instance)
    }

    /// Copies the active segments, in order (4.5.4).
    fn segments(&mut self) -> Result<(), exec::Stop> {
        let Self { module, memory, state } = self;
        for (nth, segment) in module.elements.iter().enumerate() {
            match segment.mode {
                Mode::Passive => continue,
                Mode::Declared => {}
                Mode::Active(to) => {
                    let to = value(&state.globals, to) as u32;
                    let len = segment.items.len() as u32;
                    exec::init_table(&mut state.table, &segment.items, to, 0, len)?;
                }
            }
            state.dropped_elements[nth] = true;
        }
        for (nth, segment) in module.data.iter().enumerate() {
            if let Mode::Active(to) = segment.mode {
                let to = value(&state.globals, to) as u32;
                exec::init_memory(memory, &segment.items, to, 0, segment.items.len() as u32)?;
                state.dropped_data[nth] = true;
            }
        }
        // What was copied is not needed again.
        for segment in &mut module.data {
            if !matches!(segment.mode, Mode::Passive) {
                segment.items = Vec::new();
            }
        }
        Ok(())
    }

    /// Calls an exported function. Arguments and results are raw bits, zero-extended.
    ///
    /// # Errors
    /// If it traps, or no such function takes that many arguments (`TrapKind::BadCall`).
    pub fn call(
        &mut self,
        export: &str,
        args: &[u64],
        host: &mut dyn Host,
    ) -> Result<Vec<u64>, Trap> {
        let bad = |message| Trap::bare(TrapKind::BadCall(message));
        let Some(index) = self.module.export(ExportKind::Function, export) else {
            return Err(bad(format!("the module exports no function `{export}`")));
        };
        let params = self.module.function_type(index).params.len();
        if params != args.len() {
            return Err(bad(format!("`{export}` takes {params} arguments, not {}", args.len())));
        }
        self.run(index, args, host)?;
        Ok(self.results(index))
    }

    /// Runs function `index`, whose results are then in the first slots of the stack.
    fn run(&mut self, index: u32, args: &[u64], host: &mut dyn Host) -> Result<(), Trap> {
        let Self { module, memory, state } = self;
        let params = &module.function_type(index).params;
        let slots: u32 = params.iter().map(|ty| ty.slots()).sum();
        if slots as usize > state.stack.len() {
            return Err(Trap::bare(TrapKind::StackExhausted));
        }
        let mut at = 0;
        for (ty, &bits) in params.iter().zip(args) {
            state.stack[at] = bits as u32;
            if ty.is_64() {
                state.stack[at + 1] = (bits >> 32) as u32;
            }
            at += ty.slots() as usize;
        }
        // SAFETY: `new` made the state for this module, and neither changes otherwise.
        match unsafe { exec::run(module, state, memory, host, index) } {
            Ok(()) => Ok(()),
            Err(stopped) => Err(self.trap(&stopped)),
        }
    }

    fn results(&self, index: u32) -> Vec<u64> {
        let mut at = 0;
        let results = self.module.function_type(index).results.iter();
        let value = |ty: &ValType| {
            let low = u64::from(self.state.stack[at]);
            let high = if ty.is_64() { u64::from(self.state.stack[at + 1]) } else { 0 };
            at += ty.slots() as usize;
            high << 32 | low
        };
        results.map(value).collect()
    }

    /// What there is to say about a stop.
    fn trap(&mut self, stopped: &Stopped) -> Trap {
        let kind = self.state.kind(stopped.stop, &mut self.memory);
        let line_global = self.global(wasm_common::abi::names::LINE);
        let line_global = line_global.map(|line| line as u32).filter(|&line| line != 0);
        let depth = stopped.depth;
        let kept = |nth: &usize| *nth < Trap::CHAIN || *nth + Trap::CHAIN >= depth;
        let chain = (0..depth).filter(kept).filter_map(|nth| {
            let code = match nth {
                0 => stopped.code,
                _ => self.state.return_address(&self.module, depth - nth)?,
            };
            self.frame(code)
        });
        let chain = chain.collect();
        Trap { kind, line_global, chain, omitted: depth.saturating_sub(2 * Trap::CHAIN) }
    }

    /// The function and source position of instruction `code`.
    fn frame(&self, code: u32) -> Option<Frame> {
        let Position { function, offset, .. } = self.module.position(code)?;
        Some(Frame {
            function,
            name: self.module.function_name(function).map(ToString::to_string),
            offset: Some(offset),
            line: self.module.line(function, offset),
        })
    }

    /// The value of an exported global, as raw bits.
    #[must_use]
    pub fn global(&self, export: &str) -> Option<u64> {
        let index = self.module.export(ExportKind::Global, export)?;
        Some(self.state.globals[index as usize])
    }

    /// Sets an exported mutable global; false when there is none.
    pub fn set_global(&mut self, export: &str, bits: u64) -> bool {
        let Some(index) = self.module.export(ExportKind::Global, export) else { return false };
        let global = self.module.globals[index as usize];
        if global.mutable {
            let mask = if global.ty.is_64() { u64::MAX } else { u64::from(u32::MAX) };
            self.state.globals[index as usize] = bits & mask;
        }
        global.mutable
    }

    /// How it gets from one operation to the next.
    #[must_use]
    pub fn dispatch(&self) -> Dispatch {
        self.state.dispatch
    }

    /// Makes it use the loop from now on, even where it could do better: for comparison.
    pub fn use_loop(&mut self) {
        self.state.dispatch = Dispatch::Loop;
    }

    /// The module.
    #[must_use]
    pub fn module(&self) -> &Module {
        &self.module
    }

    /// Linear memory.
    #[must_use]
    pub fn memory(&self) -> &M {
        &self.memory
    }

    /// Linear memory.
    pub fn memory_mut(&mut self) -> &mut M {
        &mut self.memory
    }

    /// Lets the instance execute `instructions` (WebAssembly's) more, over all calls from now on;
    /// `None` takes the limit away. It stops with `OutOfFuel` at the first loop or call after them,
    /// at the same place on every memory and machine.
    pub fn set_fuel(&mut self, instructions: Option<u64>) {
        let executed = self.state.executed;
        self.state.fuel_end = instructions.map(|more| executed.saturating_add(more));
    }

    /// Instructions left of the fuel that was set.
    #[must_use]
    pub fn fuel(&self) -> Option<u64> {
        self.state.fuel_end.map(|end| end.saturating_sub(self.state.executed))
    }

    /// WebAssembly instructions executed so far, over all calls: exact, and the same on every
    /// memory and machine, so that compilers can be compared by it. What the module contains counts,
    /// not what it was translated to; `block`, `loop`, `else` and `end` are free.
    #[must_use]
    pub fn instructions(&self) -> u64 {
        self.state.executed
    }

    /// The globals' raw bits, in the module's order: for comparisons of runs.
    #[must_use]
    pub fn globals(&self) -> &[u64] {
        &self.state.globals
    }
}

/// The value of an initial value, given the globals before it.
fn value(globals: &[u64], init: Init) -> u64 {
    match init {
        Init::Bits(bits) => bits,
        Init::Global(index) => globals[index as usize],
    }
}

/// Resolves imports and gives globals their first values.
fn link(module: &Module, state: &mut State, host: &dyn Host) -> Result<(), LinkError> {
    let mut imported = Vec::new();
    for import in &module.imports {
        let missing = |wanted, offered| LinkError::Import {
            import: format!("{}.{}", import.module, import.name),
            wanted,
            offered,
        };
        match &import.kind {
            Extern::Function(_, ty) => {
                let (params, results) = (bytes(&ty.params), bytes(&ty.results));
                let number = host.resolve(&import.module, &import.name, &params, &results);
                let number = number.filter(|_| results.len() < 2).ok_or_else(|| {
                    let offered = host.signature(&import.module, &import.name);
                    missing(ty.to_string(), offered.map(|types| signature(&types).to_string()))
                })?;
                state.numbers.push(number);
            }
            Extern::Global(_, ty, mutable) => {
                let value = host.global(&import.module, &import.name, *ty as u8);
                let value = value.filter(|_| !mutable).ok_or_else(|| {
                    let kind = if *mutable { "mutable global" } else { "global" };
                    missing(format!("{kind} of type {ty}"), None)
                })?;
                imported.push(value);
            }
            // The memory is the one given; a table starts empty, as if the module had made it.
            Extern::Memory(..) | Extern::Table(..) => {}
        }
    }
    let mut imported = imported.into_iter();
    for global in &module.globals {
        let bits = match global.init {
            Some(init) => value(&state.globals, init),
            None => imported.next().unwrap_or_default(),
        };
        state.globals.push(bits);
    }
    Ok(())
}

fn bytes(types: &[ValType]) -> Vec<u8> {
    types.iter().map(|&ty| ty as u8).collect()
}

/// A signature in wasm's bytes as a type.
fn signature((params, results): &(Vec<u8>, Vec<u8>)) -> FuncType {
    let types = |bytes: &[u8]| bytes.iter().filter_map(|&byte| ValType::from_byte(byte)).collect();
    FuncType { params: types(params), results: types(results) }
}
