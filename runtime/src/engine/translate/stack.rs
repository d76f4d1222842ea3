//! The symbolic operand stack, and emission of instructions on its entries.

use super::super::code::{Ins, Op};
use super::super::module::ValType;
use super::super::reader::Result;
use super::{Body, CHECK_EVERY, LAZY, MAX_FRAME};
use alloc::format;

/// Where the value of an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In its own slot.
    Temp,
    /// In a local's slot.
    Local(u16),
    /// Nowhere: a constant, as raw bits.
    Const(u64),
    /// i32: a slot (a local's or its own) plus a constant.
    Plus(u16, u32),
    /// i32: a slot (a local's or its own) plus a local's.
    Sum(u16, u16),
}

/// An operand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// `None` in unreachable code, where any type would do.
    pub(super) ty: Option<ValType>,
    /// Its own slot.
    pub(super) slot: u16,
    pub(super) place: Place,
}

impl Entry {
    fn is_64(self) -> bool {
        self.ty.is_some_and(ValType::is_64)
    }

    fn names(self, slot: u16) -> bool {
        match self.place {
            Place::Temp | Place::Const(_) => false,
            Place::Local(local) | Place::Plus(local, _) => local == slot,
            Place::Sum(one, other) => one == slot || other == slot,
        }
    }
}

/// An operand field of an instruction.
#[derive(Clone, Copy, Debug)]
pub(super) enum Arg {
    None,
    /// A number that is not a slot.
    Raw(u8),
    /// A slot to read, and whether it and the next hold 64 bits.
    Get(u16, bool),
    /// A slot to write, and whether it and the next hold 64 bits.
    Set(u16, bool),
}

impl Body<'_> {
    pub(super) fn push(&mut self, ty: ValType, place: Place) -> Result<()> {
        self.push_entry(Some(ty), place)
    }

    pub(super) fn push_entry(&mut self, ty: Option<ValType>, place: Place) -> Result<()> {
        let slot = self.top as u16;
        self.top += ty.map_or(1, ValType::slots);
        if self.top > self.frame {
            self.frame = self.top;
            if self.top > MAX_FRAME {
                return self.fault(format!("the function needs more than {MAX_FRAME} slots"));
            }
        }
        self.stack.push(Entry { ty, slot, place });
        if self.stack.len() > LAZY {
            self.settle_local(self.stack.len() - 1 - LAZY);
        }
        Ok(())
    }

    /// Pushes an entry for the result of the instruction that is about to be emitted.
    pub(super) fn push_temp(&mut self, ty: ValType) -> Result<Arg> {
        let slot = self.top as u16;
        self.push(ty, Place::Temp)?;
        Ok(Arg::Set(slot, ty.is_64()))
    }

    /// Pops an entry that must be of type `expected`, if one is given.
    pub(super) fn pop(&mut self, expected: Option<ValType>) -> Result<Entry> {
        let (floor, unreachable) = self.floor();
        if self.stack.len() == floor && unreachable {
            return Ok(Entry { ty: expected, slot: self.top as u16, place: Place::Temp });
        }
        match self.stack.last() {
            Some(&entry) if self.stack.len() > floor => {
                if let (Some(expected), Some(found)) = (expected, entry.ty)
                    && expected != found
                {
                    let message = format!("type mismatch: expected {expected}, found {found}");
                    return self.fault(message);
                }
                self.stack.pop();
                self.top = u32::from(entry.slot);
                Ok(entry)
            }
            _ => match expected {
                Some(ty) => self.fault(format!("type mismatch: expected {ty}, found nothing")),
                None => self.fault("type mismatch: expected a value, found nothing"),
            },
        }
    }

    /// Pops entries of these types, the last from the top.
    pub(super) fn pop_all(&mut self, types: &[ValType]) -> Result<()> {
        for &ty in types.iter().rev() {
            self.pop(Some(ty))?;
        }
        Ok(())
    }

    /// Checks that the top of the stack has these types, and leaves it. In unreachable code
    /// entries may be missing.
    pub(super) fn check_top(&self, types: &[ValType]) -> Result<()> {
        let (floor, unreachable) = self.floor();
        let present = &self.stack[floor..];
        for (nth, &expected) in types.iter().rev().enumerate() {
            match present.iter().rev().nth(nth) {
                Some(&Entry { ty: Some(found), .. }) if found != expected => {
                    let message = format!("type mismatch: expected {expected}, found {found}");
                    return self.fault(message);
                }
                None if !unreachable => {
                    let message = format!("type mismatch: expected {expected}, found nothing");
                    return self.fault(message);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Where the stack of the innermost block starts, and whether it is without end because the
    /// code is unreachable.
    fn floor(&self) -> (usize, bool) {
        self.blocks.last().map_or((0, false), |block| (block.height, block.unreachable))
    }

    /// Pushes entries whose values are in their own slots.
    pub(super) fn push_results(&mut self, types: &[ValType]) -> Result<()> {
        types.iter().try_for_each(|&ty| self.push(ty, Place::Temp))
    }

    pub(super) fn truncate(&mut self, height: usize, top: u32) {
        self.stack.truncate(height);
        self.top = top;
    }

    /// Puts entry `index` into its own slot if it names a local.
    fn settle_local(&mut self, index: usize) {
        if !matches!(self.stack[index].place, Place::Const(_)) {
            self.settle(index);
        }
    }

    /// Puts entry `index` into its own slot.
    pub(super) fn settle(&mut self, index: usize) {
        let entry = self.stack[index];
        // Where nothing is emitted nothing moves: the entry may be needed after the dead code.
        if entry.place != Place::Temp && self.live {
            self.copy_to(entry, entry.slot);
            self.stack[index].place = Place::Temp;
        }
    }

    /// Puts the topmost `count` entries into their own slots.
    pub(super) fn settle_top(&mut self, count: usize) {
        let len = self.stack.len();
        for index in len.saturating_sub(count)..len {
            self.settle(index);
        }
    }

    /// Makes no entry name a local: a label or the start of a block comes next.
    pub(super) fn settle_locals(&mut self) {
        let len = self.stack.len();
        for index in len.saturating_sub(LAZY)..len {
            self.settle_local(index);
        }
    }

    /// Whether an entry names a local's slot.
    pub(super) fn is_named(&self, slot: u16) -> bool {
        self.stack.iter().rev().take(LAZY).any(|entry| entry.names(slot))
    }

    /// Before a local's slot changes: the entries that name it get its value now.
    pub(super) fn keep_old_value(&mut self, slot: u16) {
        let len = self.stack.len();
        for index in len.saturating_sub(LAZY)..len {
            if self.stack[index].names(slot) {
                self.settle(index);
            }
        }
    }

    /// Whether the last instruction made the value in `slot` and may be changed.
    pub(super) fn made_by_last(&self, slot: u16) -> bool {
        self.fusable
            .is_some_and(|last| last + 1 == self.code.len() && u16::from(self.code[last].a) == slot)
    }

    /// Emits what puts an entry's value into `slot`.
    pub(super) fn copy_to(&mut self, entry: Entry, slot: u16) {
        let wide = entry.is_64();
        let to = Arg::Set(slot, wide);
        match entry.place {
            Place::Temp | Place::Local(_) => {
                let from = if let Place::Local(local) = entry.place { local } else { entry.slot };
                if from != slot {
                    let op = if wide { Op::Copy64 } else { Op::Copy32 };
                    self.emit(op, to, Arg::Get(from, wide), Arg::None, 0);
                }
            }
            Place::Const(bits) if wide => self.constant(to, bits),
            Place::Const(bits) => self.emit(Op::Const32, to, Arg::None, Arg::None, bits as u32),
            Place::Plus(from, constant) => {
                self.emit(Op::AddI, to, Arg::Get(from, false), Arg::None, constant);
            }
            Place::Sum(one, other) => {
                self.emit(Op::Add, to, Arg::Get(one, false), Arg::Get(other, false), 0);
            }
        }
    }

    fn constant(&mut self, to: Arg, bits: u64) {
        // Two words, which nothing may come between; a far slot gets them through its halves.
        if let Arg::Set(slot @ 256.., _) = to {
            let high = Arg::Set(slot + 1, false);
            self.emit(Op::Const32, Arg::Set(slot, false), Arg::None, Arg::None, bits as u32);
            return self.emit(Op::Const32, high, Arg::None, Arg::None, (bits >> 32) as u32);
        }
        if let Ok(short) = i32::try_from(bits as i64) {
            return self.emit(Op::Const64, to, Arg::None, Arg::None, short as u32);
        }
        self.emit(Op::ConstWide, to, Arg::None, Arg::None, bits as u32);
        if self.live {
            self.code.push(Ins::new(Op::Unreachable, 0, 0, 0, (bits >> 32) as u32));
            self.fusable = None;
        }
    }

    /// An entry that has been popped, as an operand to read.
    pub(super) fn operand(&mut self, entry: Entry) -> Arg {
        let wide = entry.is_64();
        match entry.place {
            Place::Local(slot) => Arg::Get(slot, wide),
            Place::Temp => Arg::Get(entry.slot, wide),
            _ => {
                self.copy_to(entry, entry.slot);
                Arg::Get(entry.slot, wide)
            }
        }
    }

    /// The slot's number in an operand field; past 255, scratch slot `which` (0, 1 or 2).
    fn near(&mut self, slot: u16, which: u8) -> u8 {
        match u8::try_from(slot) {
            Ok(near) => near,
            Err(_) => {
                self.needed.far = true;
                self.scratch.wrapping_add(2 * which)
            }
        }
    }

    /// A slot to read, fetched into scratch slot `which` when it is past 255.
    pub(super) fn get(&mut self, slot: u16, wide: bool, which: u8) -> u8 {
        let near = self.near(slot, which);
        if slot > 255 {
            let op = if wide { Op::GetFar64 } else { Op::GetFar32 };
            self.code.push(Ins::new(op, near, 0, 0, u32::from(slot)));
        }
        near
    }

    fn field(&mut self, arg: Arg, which: u8) -> u8 {
        match arg {
            Arg::None => 0,
            Arg::Raw(number) => number,
            Arg::Get(slot, wide) => self.get(slot, wide, which),
            Arg::Set(slot, _) => self.near(slot, which),
        }
    }

    /// Emits one instruction, if the code here can be reached.
    pub(super) fn emit(&mut self, op: Op, a: Arg, b: Arg, c: Arg, imm: u32) {
        if !self.live {
            return;
        }
        if self.weight - self.checked > CHECK_EVERY {
            self.check();
        }
        let before = self.code.len();
        let (b, c) = (self.field(b, 1), self.field(c, 2));
        let near = self.field(a, 0);
        // What reads scratch slots must stay where it is.
        let movable = self.code.len() == before;
        self.fusable = None;
        self.code.push(Ins::new(op, near, b, c, imm));
        match a {
            Arg::Set(slot, wide) if slot > 255 => {
                let op = if wide { Op::SetFar64 } else { Op::SetFar32 };
                self.code.push(Ins::new(op, near, 0, 0, u32::from(slot)));
            }
            Arg::Set(..) if movable => self.fusable = Some(self.code.len() - 1),
            _ => {}
        }
    }

    /// Asks here whether to go on.
    pub(super) fn check(&mut self) {
        self.note();
        self.checked = self.weight;
        self.code.push(Ins::new(Op::Check, 0, 0, 0, self.weight));
    }

    /// Takes the last instruction back if it made the value in `slot`, for a better one.
    pub(super) fn take_last(&mut self, slot: u16) -> Option<Ins> {
        if !self.made_by_last(slot) {
            return None;
        }
        self.fusable = None;
        self.code.pop()
    }
}
