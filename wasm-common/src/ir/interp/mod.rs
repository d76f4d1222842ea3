//! The reference interpreter: runs the IR as it stands, slowly and plainly.
//!
//! In: a program, a [`Layout`] that says where everything lies, a [`Host`] for imports. Out: results,
//! memory, globals, or a trap. It is the oracle: a pass or the emitter that changes what it says has
//! broken the program.
//!
//! What always holds: no native recursion, and every run ends by fuel, depth or result.

mod layout;

use super::{
    ArithmeticTrap, Const, Function, Inst, LoadOp, NaryOp, Program, SigId, StoreOp, Symbol,
    SymbolKind, Target, Terminator, Type, Value, fold,
};
use alloc::{string::String, vec, vec::Vec};
use core::fmt;
pub use layout::Layout;

/// Why a run ended early: WebAssembly's traps, and the limits of this interpreter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trap {
    /// `unreachable` was executed.
    Unreachable,
    /// A load, store, copy or fill outside memory.
    MemoryOutOfBounds,
    /// Integer division or remainder by zero.
    IntegerDivideByZero,
    /// A quotient or a converted float that its type cannot hold.
    IntegerOverflow,
    /// A NaN converted to an integer.
    InvalidConversionToInteger,
    /// An indirect call past the end of the table.
    TableOutOfBounds,
    /// An indirect call of an empty table entry.
    IndirectCallToNull,
    /// An indirect call of a function with another signature.
    BadSignature,
    /// Too many calls, or a shadow stack that is full.
    StackOverflow,
    /// The fuel is used up.
    OutOfFuel,
    /// The host refused.
    Host(String),
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreachable => "unreachable executed",
            Self::MemoryOutOfBounds => "memory access out of bounds",
            Self::IntegerDivideByZero => "integer divide by zero",
            Self::IntegerOverflow => "integer overflow",
            Self::InvalidConversionToInteger => "invalid conversion to integer",
            Self::TableOutOfBounds => "undefined element",
            Self::IndirectCallToNull => "uninitialized element",
            Self::BadSignature => "indirect call type mismatch",
            Self::StackOverflow => "stack overflow",
            Self::OutOfFuel => "out of fuel",
            Self::Host(message) => message,
        })
    }
}

impl core::error::Error for Trap {}

impl From<ArithmeticTrap> for Trap {
    fn from(trap: ArithmeticTrap) -> Self {
        match trap {
            ArithmeticTrap::DivideByZero => Self::IntegerDivideByZero,
            ArithmeticTrap::IntegerOverflow => Self::IntegerOverflow,
            ArithmeticTrap::InvalidConversion => Self::InvalidConversionToInteger,
        }
    }
}

/// What imports do.
pub trait Host {
    /// Calls an import. Values are bits, zero-extended; the result of a function without one is
    /// ignored.
    ///
    /// # Errors
    /// A trap, which ends the run.
    fn call(
        &mut self,
        module: &str,
        field: &str,
        args: &[u64],
        memory: &mut Vec<u8>,
    ) -> Result<u64, Trap>;
}

/// A host without imports.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHost;

impl Host for NoHost {
    fn call(&mut self, _: &str, field: &str, _: &[u64], _: &mut Vec<u8>) -> Result<u64, Trap> {
        Err(Trap::Host(alloc::format!("no host for {field}")))
    }
}

/// How deep calls may nest.
const MAX_DEPTH: usize = 10_000;
/// How many pages memory may grow to.
const MAX_PAGES: u64 = 256;
const PAGE: u64 = 65_536;

/// A program that runs.
#[derive(Debug)]
pub struct Interpreter<'p> {
    program: &'p Program,
    layout: Layout,
    /// The definition of each symbol, for functions.
    defined: Vec<Option<&'p Function>>,
    globals: Vec<u64>,
    stack_pointer: u32,
    /// Linear memory.
    pub memory: Vec<u8>,
    /// Instructions that may still be executed.
    pub fuel: u64,
    /// Instructions executed so far, terminators included.
    pub executed: u64,
}

/// A call in progress.
struct Frame<'p> {
    func: &'p Function,
    values: Vec<u64>,
    block: u32,
    at: usize,
    /// Address of each slot.
    slots: Vec<u32>,
    /// The shadow stack pointer to go back to.
    stack_pointer: u32,
    /// The caller's instruction that waits for the result.
    result: Value,
}

impl<'p> Interpreter<'p> {
    /// Puts `program` into memory as `layout` says.
    pub fn new(program: &'p Program, layout: Layout) -> Self {
        let mut defined = vec![None; program.symbols.len()];
        for func in &program.functions {
            defined[func.symbol.0 as usize] = Some(func);
        }
        let globals = program
            .symbols
            .iter()
            .map(|(_, data)| match &data.kind {
                SymbolKind::Global(global) => global.init,
                _ => 0,
            })
            .collect();
        let memory = layout.image(&program.symbols);
        let stack_pointer = layout.stack_top;
        Self {
            program,
            layout,
            defined,
            globals,
            stack_pointer,
            memory,
            fuel: 1 << 32,
            executed: 0,
        }
    }

    /// The bits of a wasm global.
    pub fn global(&self, symbol: Symbol) -> u64 {
        self.globals[symbol.0 as usize]
    }

    /// Changes a wasm global.
    pub fn set_global(&mut self, symbol: Symbol, bits: u64) {
        self.globals[symbol.0 as usize] = bits;
    }

    /// The address of a data symbol, in this layout.
    pub fn address(&self, symbol: Symbol) -> u32 {
        self.layout.address(symbol)
    }

    /// Calls the function with this name; `None` if it has no result.
    ///
    /// # Errors
    /// A trap.
    pub fn run(
        &mut self,
        name: &str,
        args: &[u64],
        host: &mut dyn Host,
    ) -> Result<Option<u64>, Trap> {
        let symbol = self.program.symbols.find(name);
        let Some(func) = symbol.and_then(|symbol| self.defined[symbol.0 as usize]) else {
            return Err(Trap::Host(alloc::format!("there is no function {name}")));
        };
        let mut frames = Vec::new();
        let result = self.enter(func, args, Value(0), &mut frames);
        let result = result.and_then(|()| self.execute(&mut frames, host));
        if let Some(first) = frames.first() {
            self.stack_pointer = first.stack_pointer;
        }
        result
    }

    fn enter(
        &mut self,
        func: &'p Function,
        args: &[u64],
        result: Value,
        frames: &mut Vec<Frame<'p>>,
    ) -> Result<(), Trap> {
        if frames.len() >= MAX_DEPTH {
            return Err(Trap::StackOverflow);
        }
        let stack_pointer = self.stack_pointer;
        let mut slots = Vec::new();
        for slot in &func.slots {
            slots.push(self.take_stack(slot.size, slot.align)?);
        }
        let mut values = vec![0; func.num_values()];
        for (param, &arg) in func.block(Function::ENTRY).params.iter().zip(args) {
            values[param.0 as usize] = arg;
        }
        frames.push(Frame { func, values, block: 0, at: 0, slots, stack_pointer, result });
        Ok(())
    }

    fn take_stack(&mut self, size: u32, align: u32) -> Result<u32, Trap> {
        let address = self.stack_pointer.checked_sub(size).map(|at| at & !(align.max(1) - 1));
        match address {
            Some(address) if address >= self.layout.stack_end => {
                self.stack_pointer = address;
                Ok(address)
            }
            _ => Err(Trap::StackOverflow),
        }
    }

    fn execute(
        &mut self,
        frames: &mut Vec<Frame<'p>>,
        host: &mut dyn Host,
    ) -> Result<Option<u64>, Trap> {
        loop {
            let Some(frame) = frames.last_mut() else { return Ok(None) };
            self.fuel = self.fuel.checked_sub(1).ok_or(Trap::OutOfFuel)?;
            self.executed += 1;
            let func = frame.func;
            let data = &func.blocks[frame.block as usize];
            let Some(&value) = data.insts.get(frame.at) else {
                if let Some(result) = self.terminate(&data.term, frames)? {
                    return Ok(result);
                }
                continue;
            };
            frame.at += 1;
            match *func.inst(value) {
                Inst::Call { func: callee, args } => {
                    let args = frame.bits_of(func.args(args));
                    self.call(callee, &args, value, frames, host)?;
                }
                Inst::CallIndirect { sig, args } => {
                    let args = frame.bits_of(func.args(args));
                    let callee = self.resolve(args[0] as u32, sig)?;
                    self.call(callee, &args[1..], value, frames, host)?;
                }
                ref inst => {
                    let bits = self.inst(inst, frame)?;
                    frame.values[value.0 as usize] = bits;
                }
            }
        }
    }

    fn resolve(&self, index: u32, sig: SigId) -> Result<Symbol, Trap> {
        let entry = self.layout.table.get(index as usize).ok_or(Trap::TableOutOfBounds)?;
        let symbol = entry.ok_or(Trap::IndirectCallToNull)?;
        let found = self.program.symbols.func_sig(symbol);
        if found == Some(self.program.symbols.sig(sig)) {
            Ok(symbol)
        } else {
            Err(Trap::BadSignature)
        }
    }

    fn call(
        &mut self,
        callee: Symbol,
        args: &[u64],
        result: Value,
        frames: &mut Vec<Frame<'p>>,
        host: &mut dyn Host,
    ) -> Result<(), Trap> {
        if let Some(func) = self.defined[callee.0 as usize] {
            return self.enter(func, args, result, frames);
        }
        let data = self.program.symbols.get(callee);
        let SymbolKind::Func(func) = &data.kind else { return Err(Trap::IndirectCallToNull) };
        let Some(import) = &func.import else {
            return Err(Trap::Host(alloc::format!("{} is not defined", data.name)));
        };
        let bits = host.call(&import.module, &import.field, args, &mut self.memory)?;
        if let Some(frame) = frames.last_mut() {
            frame.values[result.0 as usize] = bits;
        }
        Ok(())
    }

    /// Runs a terminator; the result when the last frame returned.
    fn terminate(
        &mut self,
        term: &Terminator,
        frames: &mut Vec<Frame<'p>>,
    ) -> Result<Option<Option<u64>>, Trap> {
        let Some(frame) = frames.last_mut() else { return Ok(Some(None)) };
        match term {
            Terminator::Jump(target) => frame.go(target),
            Terminator::Branch { cond, then, els } => {
                frame.go(if frame.i32(*cond) != 0 { then } else { els });
            }
            Terminator::Switch { index, targets, default } => {
                let target = targets.get(frame.i32(*index) as u32 as usize).unwrap_or(default);
                frame.go(target);
            }
            Terminator::Unreachable => return Err(Trap::Unreachable),
            Terminator::Return(value) => {
                let bits = value.map(|value| frame.bits(value));
                let place = frame.result;
                self.stack_pointer = frame.stack_pointer;
                frames.pop();
                let Some(caller) = frames.last_mut() else { return Ok(Some(bits)) };
                caller.values[place.0 as usize] = bits.unwrap_or(0);
            }
        }
        Ok(None)
    }

    fn inst(&mut self, inst: &Inst, frame: &Frame<'p>) -> Result<u64, Trap> {
        Ok(match *inst {
            Inst::I32Const(_) | Inst::I64Const(_) | Inst::F32Const(_) | Inst::F64Const(_) => {
                Const::of_inst(inst).map_or(0, Const::bits)
            }
            Inst::Unary(op, a) => fold::eval_unary(op, frame.constant(a, op.operands()[0]))?.bits(),
            Inst::Binary(op, a, b) => {
                let ty = op.operands()[0];
                fold::eval_binary(op, frame.constant(a, ty), frame.constant(b, ty))?.bits()
            }
            Inst::Load { op, offset, addr } | Inst::VolatileLoad { op, offset, addr } => {
                self.load(op, frame.i32(addr), offset)?
            }
            Inst::Store { op, offset, addr, value }
            | Inst::VolatileStore { op, offset, addr, value } => {
                self.store(op, frame.i32(addr), offset, frame.bits(value))?;
                0
            }
            Inst::SymbolAddr { symbol, addend } => {
                u64::from(self.layout.address(symbol).wrapping_add_signed(addend))
            }
            Inst::FuncAddr(symbol) => u64::from(self.layout.table_index(symbol)),
            Inst::SlotAddr { slot, addend } => {
                u64::from(frame.slots[slot.0 as usize].wrapping_add_signed(addend))
            }
            Inst::GlobalGet(symbol) => self.globals[symbol.0 as usize],
            Inst::GlobalSet(symbol, value) => {
                self.globals[symbol.0 as usize] = frame.bits(value);
                0
            }
            Inst::Nary(op, args) => self.nary(op, &frame.bits_of(frame.func.args(args)))?,
            Inst::Param { .. } | Inst::Call { .. } | Inst::CallIndirect { .. } => 0,
        })
    }

    fn range(&self, start: u64, len: u64) -> Result<core::ops::Range<usize>, Trap> {
        if start + len > self.memory.len() as u64 {
            return Err(Trap::MemoryOutOfBounds);
        }
        Ok(start as usize..(start + len) as usize)
    }

    fn load(&self, op: LoadOp, addr: i32, offset: u16) -> Result<u64, Trap> {
        let start = u64::from(addr as u32) + u64::from(offset);
        let range = self.range(start, u64::from(op.width()))?;
        let mut bytes = [0; 8];
        bytes[..range.len()].copy_from_slice(&self.memory[range]);
        let bits = u64::from_le_bytes(bytes);
        Ok(extend(op, bits))
    }

    fn store(&mut self, op: StoreOp, addr: i32, offset: u16, bits: u64) -> Result<(), Trap> {
        let start = u64::from(addr as u32) + u64::from(offset);
        let range = self.range(start, u64::from(op.width()))?;
        let len = range.len();
        self.memory[range].copy_from_slice(&bits.to_le_bytes()[..len]);
        Ok(())
    }

    fn nary(&mut self, op: NaryOp, args: &[u64]) -> Result<u64, Trap> {
        match (op, args) {
            (NaryOp::Select, &[a, b, cond]) => return Ok(if cond as u32 != 0 { a } else { b }),
            (NaryOp::MemoryCopy, &[to, from, len]) => {
                let (from, to) = (self.range(from, len)?, self.range(to, len)?);
                self.memory.copy_within(from, to.start);
            }
            (NaryOp::MemoryFill, &[to, byte, len]) => {
                let range = self.range(to, len)?;
                self.memory[range].fill(byte as u8);
            }
            (NaryOp::MemorySize, &[]) => return Ok(self.memory.len() as u64 / PAGE),
            (NaryOp::MemoryGrow, &[pages]) => {
                let old = self.memory.len() as u64 / PAGE;
                if old + pages > MAX_PAGES {
                    return Ok(u64::from(u32::MAX));
                }
                self.memory.resize(((old + pages) * PAGE) as usize, 0);
                return Ok(old);
            }
            (NaryOp::StackAlloc, &[size]) => {
                return Ok(u64::from(self.take_stack(size as u32, 16)?));
            }
            (NaryOp::StackSave, &[]) => return Ok(u64::from(self.stack_pointer)),
            (NaryOp::StackRestore, &[saved]) => self.stack_pointer = saved as u32,
            _ => return Err(Trap::Host("wrong number of operands".into())),
        }
        Ok(0)
    }
}

fn extend(op: LoadOp, bits: u64) -> u64 {
    use LoadOp::*;
    match op {
        I32Load8S => i64::from(bits as i8) as u64 & 0xFFFF_FFFF,
        I32Load16S => i64::from(bits as i16) as u64 & 0xFFFF_FFFF,
        I64Load8S => i64::from(bits as i8) as u64,
        I64Load16S => i64::from(bits as i16) as u64,
        I64Load32S => i64::from(bits as i32) as u64,
        I32Load | I64Load | F32Load | F64Load | I32Load8U | I32Load16U | I64Load8U | I64Load16U
        | I64Load32U => bits,
    }
}

impl Frame<'_> {
    fn bits(&self, value: Value) -> u64 {
        self.values[value.0 as usize]
    }

    fn i32(&self, value: Value) -> i32 {
        self.bits(value) as i32
    }

    fn constant(&self, value: Value, ty: Type) -> Const {
        Const::from_bits(ty, self.bits(value))
    }

    fn bits_of(&self, values: &[Value]) -> Vec<u64> {
        values.iter().map(|&value| self.bits(value)).collect()
    }

    /// All parameters take their values at once.
    fn go(&mut self, target: &Target) {
        let func = self.func;
        let bits = self.bits_of(func.args(target.args));
        for (param, bits) in func.block(target.block).params.iter().zip(bits) {
            self.values[param.0 as usize] = bits;
        }
        self.block = target.block.0;
        self.at = 0;
    }
}
