//! Function bodies to code, in one pass that also validates (WebAssembly core, 3.4 and appendix
//! "Validation Algorithm").
//!
//! The operand stack exists only here: an entry says where its value is ([`Place`]), so that
//! `local.get`, constants and sums cost no instruction until something needs them. What always
//! holds:
//!
//! - An entry's *own slot* is fixed by the widths of the entries below it. A [`Place::Temp`] is in
//!   its own slot.
//! - Only the topmost [`LAZY`] entries may name locals, so an assignment looks at no more of them.
//! - At the start of a block no entry names a local, and results arrive in own slots, so all ways
//!   into a label agree.
//! - Nothing is emitted for code that cannot be reached; it is validated all the same.
//!
//! `stack` has the entries and emission, `control` blocks and jumps, `branch` the forms of conditional
//! branches, `call` calls, `numeric` arithmetic and comparisons, `access` loads, stores and bulk
//! operations.

mod access;
mod branch;
mod call;
mod control;
mod numeric;
mod stack;

use super::Limits;
use super::code::{Ins, MAX_WEIGHT, Op};
use super::module::{FuncType, Function, Global, Module, ValType};
use super::positions::Recorder;
use super::reader::{Fault, Reader, Result};
use alloc::{format, vec::Vec};
use control::{Block, Fixup};
use stack::{Arg, Entry, Place};

/// Topmost entries of the stack that may name locals.
const LAZY: usize = 16;
/// Most slots in a frame: what 16 bits can address.
const MAX_FRAME: u32 = 0xFFFF;
/// Instructions (the module's) in a row after which the code asks whether to go on.
const CHECK_EVERY: u32 = 2048;
/// Scratch slots of a function whose frame has slots past 255: three of two slots each.
const SCRATCH: u32 = 6;

#[derive(Clone, Copy, Debug)]
struct Local {
    ty: ValType,
    slot: u16,
}

/// What a function's code needs beyond the usual, which shows only in translating it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Form {
    /// Slots past 255, and scratch slots to reach them through.
    far: bool,
    /// Conditional branches over more than 16 bits can tell: each goes around a `Br`.
    long: bool,
}

/// What a body may refer to.
struct Env<'a> {
    types: &'a [FuncType],
    same: &'a [u32],
    functions: &'a [Function],
    imported: u32,
    globals: &'a [Global],
    table: bool,
    memory: bool,
    data_count: Option<u32>,
    elements: usize,
    limits: &'a Limits,
}

/// Translates bodies; keeps its buffers from one to the next.
#[derive(Default)]
pub(super) struct Translator {
    locals: Vec<Local>,
    stack: Vec<Entry>,
    blocks: Vec<Block>,
    fixups: Vec<Fixup>,
}

impl Translator {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Translates the body of function `index` and enters it into `module`.
    pub(super) fn function(
        &mut self,
        module: &mut Module,
        index: u32,
        body: Reader<'_>,
        data_count: Option<u32>,
    ) -> Result<()> {
        let (start, noted) = (module.code.len(), module.positions.len());
        let mut form = Form::default();
        let frame = loop {
            match self.attempt(module, index, body, data_count, form)? {
                Ok(frame) => break frame,
                Err(needed) if needed == form => {
                    return body.fault("the function needs too many slots");
                }
                Err(needed) => form = needed,
            }
            module.code.truncate(start);
            module.positions.truncate(noted);
        };
        pair(&mut module.code[start..]);
        let function = &mut module.functions[index as usize];
        function.entry = start as u32;
        function.frame = frame;
        function.positions = noted as u32;
        function.body = body.offset() as u32;
        Ok(())
    }

    /// One translation; the frame's size, or the form that the function needs.
    fn attempt(
        &mut self,
        module: &mut Module,
        index: u32,
        mut reader: Reader<'_>,
        data_count: Option<u32>,
        form: Form,
    ) -> Result<core::result::Result<u32, Form>> {
        self.fixups.clear();
        self.locals.clear();
        self.stack.clear();
        self.blocks.clear();
        let Module { types, same, functions, code, positions, .. } = module;
        let ty = functions[index as usize].ty;
        let recorder = Recorder::new(positions, code.len(), reader.offset());
        let start = code.len();
        let params = &types[ty as usize].params;
        let frame = locals(&mut self.locals, params, &mut reader, &module.limits, form.far)?;
        let mut body = Body {
            reader,
            env: Env {
                types,
                same,
                functions,
                imported: module.imported,
                globals: &module.globals,
                table: module.table.is_some(),
                memory: module.memory.is_some(),
                data_count,
                elements: module.elements.len(),
                limits: &module.limits,
            },
            at: reader.offset(),
            code,
            positions,
            recorder,
            locals: &mut self.locals,
            stack: &mut self.stack,
            blocks: &mut self.blocks,
            fixups: &mut self.fixups,
            weight: 0,
            live: true,
            top: frame.operands,
            frame: frame.operands,
            fusable: None,
            barrier: start,
            checked: 0,
            scratch: frame.scratch as u8,
            form,
            needed: form,
        };
        body.zero_locals(frame.zero_from, frame.operands);
        body.blocks.push(Block::function(ty, frame.operands));
        body.instructions()?;
        let (needed, slots, weight) = (body.needed, body.frame, body.weight);
        if needed != form || (form.far && frame.scratch > 255 - SCRATCH) {
            return Ok(Err(needed));
        }
        module.max_weight = module.max_weight.max(weight);
        Ok(Ok(slots))
    }
}

/// Makes pairs of neighbouring instructions, wherever there is one: pairs may overlap, as a jump to
/// the second of a pair finds it as it was.
fn pair(code: &mut [Ins]) {
    // Second words are of operations that pair with none.
    for at in 1..code.len() {
        if let Some(pair) = code[at - 1].op.paired(code[at].op) {
            code[at - 1].op = pair;
        }
    }
}

/// How a frame is laid out.
struct Frame {
    /// First scratch slot, if the function has some.
    scratch: u32,
    /// First slot of the locals that start as zero.
    zero_from: u32,
    /// First slot of the operand stack.
    operands: u32,
}

/// Reads the local declarations and gives every local its slot.
fn locals(
    locals: &mut Vec<Local>,
    params: &[ValType],
    reader: &mut Reader<'_>,
    limits: &Limits,
    far: bool,
) -> Result<Frame> {
    let mut slot = 0;
    let mut add = |locals: &mut Vec<Local>, ty: ValType| {
        locals.push(Local { ty, slot: slot as u16 });
        slot += ty.slots();
        slot
    };
    let mut next = 0;
    for &ty in params {
        next = add(locals, ty);
    }
    let scratch = next;
    if far {
        for _ in 0..SCRATCH {
            add(locals, ValType::I32);
            locals.pop();
        }
        next += SCRATCH;
    }
    let zero_from = next;
    for _ in 0..reader.u32()? {
        let start = reader.offset();
        let count = reader.u32()?;
        let ty = reader.val_type()?;
        let total = locals.len() as u64 + u64::from(count);
        if total > u64::from(u32::MAX) {
            return Err(Fault::new("too many locals", start));
        }
        let limit = limits.locals.min(MAX_FRAME / 2 - SCRATCH);
        if total > u64::from(limit) {
            return Err(Fault::new(format!("too many locals: {total}, limit {limit}"), start));
        }
        for _ in 0..count {
            next = add(locals, ty);
        }
    }
    Ok(Frame { scratch, zero_from, operands: next })
}

/// A body in translation.
struct Body<'a> {
    reader: Reader<'a>,
    env: Env<'a>,
    /// Offset in the module of the instruction in translation.
    at: usize,
    code: &'a mut Vec<Ins>,
    positions: &'a mut Vec<u8>,
    recorder: Recorder,
    locals: &'a mut Vec<Local>,
    stack: &'a mut Vec<Entry>,
    blocks: &'a mut Vec<Block>,
    /// Branches to labels that are yet to come.
    fixups: &'a mut Vec<Fixup>,
    /// Instructions of the function so far, without `block`, `loop`, `else` and `end`.
    weight: u32,
    /// Whether the code here can be reached.
    live: bool,
    /// The own slot of the next entry.
    top: u32,
    /// Slots used so far.
    frame: u32,
    /// The last instruction, while it may still be changed or taken back: it wrote its result to
    /// `a`, and no label stands after it.
    fusable: Option<usize>,
    /// No instruction before this index may be changed: a label stands there.
    barrier: usize,
    /// The weight where the code last had a `Check`, or started.
    checked: u32,
    /// First of the scratch slots, when there are some.
    scratch: u8,
    form: Form,
    /// What turned out to be needed: when it is more than `form`, this translation is in vain.
    needed: Form,
}

impl Body<'_> {
    /// Until the end of the function.
    fn instructions(&mut self) -> Result<()> {
        while !self.blocks.is_empty() {
            self.at = self.reader.offset();
            let opcode = self.reader.byte()?;
            self.weight += u32::from(self.live && !matches!(opcode, 0x02 | 0x03 | 0x05 | 0x0B));
            self.instruction(opcode)?;
        }
        if !self.reader.is_empty() {
            return self.fault("instructions after the final end");
        }
        if self.weight > MAX_WEIGHT {
            return self.fault(format!("the function has more than {MAX_WEIGHT} instructions"));
        }
        Ok(())
    }

    fn instruction(&mut self, opcode: u8) -> Result<()> {
        match opcode {
            0x00 => self.unreachable(),
            0x01 => {}
            0x02 => self.block()?,
            0x03 => self.begin_loop()?,
            0x04 => self.begin_if()?,
            0x05 => self.begin_else()?,
            0x0B => self.end()?,
            0x0C => self.br()?,
            0x0D => self.br_if()?,
            0x0E => self.br_table()?,
            0x0F => self.ret()?,
            0x10 => self.call()?,
            0x11 => self.call_indirect()?,
            0x1A => {
                self.pop(None)?;
            }
            0x1B => self.select()?,
            0x20 => self.local_get()?,
            0x21 => self.local_set(false)?,
            0x22 => self.local_set(true)?,
            0x23 => self.global_get()?,
            0x24 => self.global_set()?,
            0x28..=0x35 => self.load(opcode)?,
            0x36..=0x3E => self.store(opcode)?,
            0x3F => self.memory_size()?,
            0x40 => self.memory_grow()?,
            0x41 => {
                let value = self.reader.i32()? as u32;
                self.push(ValType::I32, Place::Const(u64::from(value)))?;
            }
            0x42 => {
                let value = self.reader.i64()? as u64;
                self.push(ValType::I64, Place::Const(value))?;
            }
            0x43 => {
                let bits = self.reader.f32_bits()?;
                self.push(ValType::F32, Place::Const(u64::from(bits)))?;
            }
            0x44 => {
                let bits = self.reader.f64_bits()?;
                self.push(ValType::F64, Place::Const(bits))?;
            }
            0x45..=0xC4 => self.numeric(opcode)?,
            0xFC => self.prefixed()?,
            _ => return self.fault(format!("unknown instruction {opcode:#04x} (illegal opcode)")),
        }
        Ok(())
    }

    /// Instructions behind the prefix 0xFC.
    fn prefixed(&mut self) -> Result<()> {
        match self.reader.u32()? {
            sub @ 0..=7 => self.saturate(sub),
            sub @ 8..=14 => self.bulk(sub),
            sub => self.fault(format!("unknown instruction 0xfc {sub} (illegal opcode)")),
        }
    }

    /// An error at the instruction in translation.
    fn fault<T>(&self, message: impl Into<alloc::string::String>) -> Result<T> {
        Err(Fault::new(message, self.at))
    }

    fn unknown<T>(&self, what: &str, index: u32) -> Result<T> {
        Err(Fault::unknown(what, index, self.at))
    }

    /// Marks the next instruction as one that a trap may name.
    fn note(&mut self) {
        if self.live {
            self.recorder.note(self.positions, self.code.len(), self.at, self.weight);
        }
    }

    fn zero_locals(&mut self, from: u32, to: u32) {
        if from < to {
            let [b, c] = (from as u16).to_le_bytes();
            self.emit(Op::Zero, Arg::None, Arg::Raw(b), Arg::Raw(c), to - from);
        }
    }

    fn local(&mut self) -> Result<Local> {
        let index = self.reader.u32()?;
        match self.locals.get(index as usize) {
            Some(&local) => Ok(local),
            None => self.unknown("local", index),
        }
    }

    fn local_get(&mut self) -> Result<()> {
        let local = self.local()?;
        self.push(local.ty, Place::Local(local.slot))
    }

    fn local_set(&mut self, tee: bool) -> Result<()> {
        let local = self.local()?;
        let value = self.pop(Some(local.ty))?;
        if self.live {
            self.assign(local, value);
        }
        match value.place {
            _ if !tee => Ok(()),
            Place::Const(_) => self.push(local.ty, value.place),
            _ => self.push(local.ty, Place::Local(local.slot)),
        }
    }

    /// Gives a local the value of an entry that has been popped.
    fn assign(&mut self, local: Local, value: Entry) {
        match value.place {
            Place::Local(slot) if slot == local.slot => {}
            Place::Temp if local.slot < 256 && self.can_retarget(value.slot, local.slot) => {
                // The entries that still mean the old value get it before the new one is made.
                let producer = self.code.pop();
                self.keep_old_value(local.slot);
                self.code.extend(producer.map(|ins| Ins { a: local.slot as u8, ..ins }));
                self.fusable = None;
            }
            _ => {
                self.keep_old_value(local.slot);
                self.copy_to(value, local.slot);
                self.fusable = None;
            }
        }
    }

    /// Whether the last instruction, which made the value in `slot`, can make it in `local`. Nothing
    /// can be put between a call and its `Result`, so there no entry may want the old value.
    fn can_retarget(&self, slot: u16, local: u16) -> bool {
        let call = self.code.last().is_some_and(|last| last.op == Op::Result);
        self.made_by_last(slot) && !(call && self.is_named(local))
    }

    fn global(&mut self) -> Result<(u32, Global)> {
        let index = self.reader.u32()?;
        match self.env.globals.get(index as usize) {
            Some(&global) => Ok((index, global)),
            None => self.unknown("global", index),
        }
    }

    fn global_get(&mut self) -> Result<()> {
        let (index, global) = self.global()?;
        let op = if global.ty.is_64() { Op::GlobalGet64 } else { Op::GlobalGet32 };
        let result = self.push_temp(global.ty)?;
        self.emit(op, result, Arg::None, Arg::None, index);
        Ok(())
    }

    fn global_set(&mut self) -> Result<()> {
        let (index, global) = self.global()?;
        if !global.mutable {
            return self.fault(format!("global {index} is immutable"));
        }
        let value = self.pop(Some(global.ty))?;
        match value.place {
            Place::Const(bits) if !global.ty.is_64() && index <= 0xFFFF => {
                let [b, c] = (index as u16).to_le_bytes();
                self.emit(Op::GlobalSetI, Arg::None, Arg::Raw(b), Arg::Raw(c), bits as u32);
            }
            _ => {
                let op = if global.ty.is_64() { Op::GlobalSet64 } else { Op::GlobalSet32 };
                let value = self.operand(value);
                self.emit(op, value, Arg::None, Arg::None, index);
            }
        }
        Ok(())
    }
}
