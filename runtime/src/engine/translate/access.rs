//! Loads, stores, bulk operations. Sums in addresses become part of the access.

use super::super::code::{Bulk, Op};
use super::super::module::ValType;
use super::super::reader::Result;
use super::Body;
use super::stack::{Arg, Entry, Place};

/// How an access finds its address; see `Op`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Wrapping,
    Offset,
    Sum,
    Absolute,
}

/// What a load or store moves.
#[derive(Clone, Copy, Debug)]
enum Width {
    W8,
    W16,
    W32,
    W64,
}

impl Body<'_> {
    fn needs_memory(&self) -> Result<()> {
        if self.env.memory { Ok(()) } else { self.fault("unknown memory 0") }
    }

    /// Alignment and offset of an access of `width`.
    fn memarg(&mut self, width: Width) -> Result<u32> {
        let align = self.reader.u32()?;
        if align >= 32 {
            return self.fault("malformed memop flags");
        }
        let offset = self.reader.u32()?;
        self.needs_memory()?;
        if align > width as u32 {
            return self.fault("alignment must not be larger than natural");
        }
        Ok(offset)
    }

    pub(super) fn load(&mut self, opcode: u8) -> Result<()> {
        use ValType::{F32, F64, I32, I64};
        use Width::{W8, W16, W32, W64};
        let (ty, width, signed) = match opcode {
            0x28 => (I32, W32, false),
            0x29 => (I64, W64, false),
            0x2A => (F32, W32, false),
            0x2B => (F64, W64, false),
            0x2C => (I32, W8, true),
            0x2D => (I32, W8, false),
            0x2E => (I32, W16, true),
            0x2F => (I32, W16, false),
            0x30 => (I64, W8, true),
            0x31 => (I64, W8, false),
            0x32 => (I64, W16, true),
            0x33 => (I64, W16, false),
            0x34 => (I64, W32, true),
            _ => (I64, W32, false),
        };
        let offset = self.memarg(width)?;
        let addr = self.pop(Some(I32))?;
        let absolute = matches!((width, signed), (W32, _) | (W8, false));
        let (mode, b, c, imm) = self.address(addr, offset, absolute);
        let result = self.push_temp(ty)?;
        self.note();
        let op = load_op(mode, width, signed);
        let Arg::Set(slot, _) = result else { return Ok(()) };
        match (ty, width) {
            (I64, W8 | W16 | W32) => {
                // The narrow load, then the extension in place.
                let extend = if signed { Op::ExtendS } else { Op::ExtendU };
                self.emit(op, Arg::Set(slot, false), b, c, imm);
                self.emit(extend, result, Arg::Get(slot, false), Arg::None, 0);
            }
            _ => self.emit(op, result, b, c, imm),
        }
        Ok(())
    }

    pub(super) fn store(&mut self, opcode: u8) -> Result<()> {
        use ValType::{F32, F64, I32, I64};
        use Width::{W8, W16, W32, W64};
        let (ty, width) = match opcode {
            0x36 => (I32, W32),
            0x37 => (I64, W64),
            0x38 => (F32, W32),
            0x39 => (F64, W64),
            0x3A => (I32, W8),
            0x3B => (I32, W16),
            0x3C => (I64, W8),
            0x3D => (I64, W16),
            _ => (I64, W32),
        };
        let offset = self.memarg(width)?;
        let value = self.pop(Some(ty))?;
        let addr = self.pop(Some(I32))?;
        if let Some(op) = immediate_store(width)
            && let Place::Const(bits) = value.place
            && let Ok(byte) = i8::try_from(bits as i32)
            && let Some((b, imm)) = self.wrapping(addr, offset)
        {
            self.note();
            self.emit(op, Arg::Raw(byte as u8), b, Arg::None, imm);
            return Ok(());
        }
        let value = self.operand(value);
        let absolute = matches!(width, W32 | W8);
        let (mode, b, c, imm) = self.address(addr, offset, absolute);
        self.note();
        // A narrow store of an i64 stores from its low slot.
        let value = match value {
            Arg::Get(slot, _) => Arg::Get(slot, matches!(width, W64)),
            other => other,
        };
        self.emit(store_op(mode, width), value, b, c, imm);
        Ok(())
    }

    /// The slot and constant of an address that needs no more.
    fn wrapping(&mut self, addr: Entry, offset: u32) -> Option<(Arg, u32)> {
        match addr.place {
            _ if offset != 0 => None,
            Place::Plus(slot, constant) => Some((Arg::Get(slot, false), constant)),
            Place::Local(slot) => Some((Arg::Get(slot, false), 0)),
            Place::Temp => Some((Arg::Get(addr.slot, false), 0)),
            _ => None,
        }
    }

    /// The best mode for a popped address, with its fields b, c and imm.
    fn address(&mut self, addr: Entry, offset: u32, absolute: bool) -> (Mode, Arg, Arg, u32) {
        if let Some((b, imm)) = self.wrapping(addr, offset) {
            return (Mode::Wrapping, b, Arg::None, imm);
        }
        match addr.place {
            Place::Sum(one, other) => {
                (Mode::Sum, Arg::Get(one, false), Arg::Get(other, false), offset)
            }
            Place::Const(bits) if absolute && (bits as u32).checked_add(offset).is_some() => {
                (Mode::Absolute, Arg::None, Arg::None, bits as u32 + offset)
            }
            _ => {
                if addr.place == Place::Temp
                    && let Some(sum) = self.take_last(addr.slot)
                {
                    if sum.op == Op::Add {
                        let slot = |number: u8| Arg::Get(u16::from(number), false);
                        return (Mode::Sum, slot(sum.b), slot(sum.c), offset);
                    }
                    self.code.push(sum);
                }
                (Mode::Offset, self.operand(addr), Arg::None, offset)
            }
        }
    }

    pub(super) fn memory_size(&mut self) -> Result<()> {
        self.zero_byte()?;
        self.needs_memory()?;
        let result = self.push_temp(ValType::I32)?;
        self.emit(Op::MemorySize, result, Arg::None, Arg::None, 0);
        Ok(())
    }

    pub(super) fn memory_grow(&mut self) -> Result<()> {
        self.zero_byte()?;
        self.needs_memory()?;
        let delta = self.pop(Some(ValType::I32))?;
        let delta = self.operand(delta);
        let result = self.push_temp(ValType::I32)?;
        self.note();
        self.emit(Op::MemoryGrow, result, delta, Arg::None, 0);
        Ok(())
    }

    fn zero_byte(&mut self) -> Result<()> {
        match self.reader.byte()? {
            0 => Ok(()),
            _ => self.fault("zero byte expected"),
        }
    }

    pub(super) fn bulk(&mut self, sub: u32) -> Result<()> {
        match sub {
            8 => {
                let index = self.data_index()?;
                self.zero_byte()?;
                self.needs_memory()?;
                self.bulk_op(Op::Bulk, Bulk::MemoryInit as u32 | index << 8)
            }
            9 => {
                let index = self.data_index()?;
                self.emit_bulk(Bulk::DataDrop as u32 | index << 8);
                Ok(())
            }
            10 => {
                self.zero_byte()?;
                self.zero_byte()?;
                self.needs_memory()?;
                self.bulk_op(Op::MemoryCopy, 0)
            }
            11 => {
                self.zero_byte()?;
                self.needs_memory()?;
                self.bulk_op(Op::MemoryFill, 0)
            }
            12 => {
                let index = self.element_index()?;
                self.needs_table()?;
                self.bulk_op(Op::Bulk, Bulk::TableInit as u32 | index << 8)
            }
            13 => {
                let index = self.element_index()?;
                self.emit_bulk(Bulk::ElemDrop as u32 | index << 8);
                Ok(())
            }
            _ => {
                self.needs_table()?;
                self.needs_table()?;
                self.bulk_op(Op::Bulk, Bulk::TableCopy as u32)
            }
        }
    }

    /// Destination, source or value, length.
    fn bulk_op(&mut self, op: Op, imm: u32) -> Result<()> {
        let len = self.pop(Some(ValType::I32))?;
        let source = self.pop(Some(ValType::I32))?;
        let destination = self.pop(Some(ValType::I32))?;
        let c = self.operand(len);
        let b = self.operand(source);
        let a = self.operand(destination);
        self.note();
        self.emit(op, a, b, c, imm);
        Ok(())
    }

    fn emit_bulk(&mut self, imm: u32) {
        self.emit(Op::Bulk, Arg::None, Arg::None, Arg::None, imm);
    }

    fn needs_table(&mut self) -> Result<()> {
        let index = self.reader.u32()?;
        if index == 0 && self.env.table {
            return Ok(());
        }
        self.unknown("table", index)
    }

    fn data_index(&mut self) -> Result<u32> {
        let index = self.reader.u32()?;
        match self.env.data_count {
            None => self.fault("data count section required"),
            Some(count) if index >= count => self.unknown("data segment", index),
            Some(_) if index >> 24 != 0 => self.fault("too many data segments"),
            Some(_) => Ok(index),
        }
    }

    fn element_index(&mut self) -> Result<u32> {
        let index = self.reader.u32()?;
        if index as usize >= self.env.elements.min(1 << 24) {
            return self.unknown("elem segment", index);
        }
        Ok(index)
    }
}

fn load_op(mode: Mode, width: Width, signed: bool) -> Op {
    use Width::{W8, W16, W32, W64};
    let [wrapping, offset, sum] = match (width, signed) {
        (W32, _) => [Op::Load32W, Op::Load32O, Op::Load32X],
        (W64, _) => [Op::Load64W, Op::Load64O, Op::Load64X],
        (W8, true) => [Op::Load8SW, Op::Load8SO, Op::Load8SX],
        (W8, false) => [Op::Load8UW, Op::Load8UO, Op::Load8UX],
        (W16, true) => [Op::Load16SW, Op::Load16SO, Op::Load16SX],
        (W16, false) => [Op::Load16UW, Op::Load16UO, Op::Load16UX],
    };
    match mode {
        Mode::Wrapping => wrapping,
        Mode::Offset => offset,
        Mode::Sum => sum,
        Mode::Absolute if matches!(width, W32) => Op::Load32A,
        Mode::Absolute => Op::Load8UA,
    }
}

fn store_op(mode: Mode, width: Width) -> Op {
    let [wrapping, offset, sum] = match width {
        Width::W8 => [Op::Store8W, Op::Store8O, Op::Store8X],
        Width::W16 => [Op::Store16W, Op::Store16O, Op::Store16X],
        Width::W32 => [Op::Store32W, Op::Store32O, Op::Store32X],
        Width::W64 => [Op::Store64W, Op::Store64O, Op::Store64X],
    };
    match mode {
        Mode::Wrapping => wrapping,
        Mode::Offset => offset,
        Mode::Sum => sum,
        Mode::Absolute if matches!(width, Width::W32) => Op::Store32A,
        Mode::Absolute => Op::Store8A,
    }
}

fn immediate_store(width: Width) -> Option<Op> {
    match width {
        Width::W8 => Some(Op::Store8IW),
        Width::W32 => Some(Op::Store32IW),
        _ => None,
    }
}
