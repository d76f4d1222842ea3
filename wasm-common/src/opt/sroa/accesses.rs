//! Which slots can be taken apart, and into which pieces.

use crate::ir::{Function, Inst, NaryOp, Slot, Type, Value, simplify};
use crate::map::Map;
use alloc::vec::Vec;

/// More pieces than this are not copied one by one.
const MOST_PIECES: usize = 8;

/// A slot, as its uses show it.
#[derive(Clone, Debug, Default)]
pub(super) struct SlotUses {
    /// Address taken, or accesses that overlap.
    bad: bool,
    size: u32,
    /// By offset: width in bytes, and the type of the value.
    pub(super) pieces: Map<u32, (u32, Type)>,
}

impl SlotUses {
    /// Whether the slot can be taken apart.
    pub(super) fn is_good(&self) -> bool {
        !self.bad
    }

    /// The pieces within `len` bytes from `offset`.
    pub(super) fn within(&self, offset: u32, len: u32) -> impl Iterator<Item = (u32, u32, Type)> {
        let range = self.pieces.range(offset..offset.saturating_add(len));
        range.map(|(&at, &(width, ty))| (at, width, ty))
    }

    fn add(&mut self, offset: u32, width: u32, ty: Type) -> bool {
        if offset.checked_add(width).is_none_or(|end| end > self.size) {
            self.bad = true;
            return false;
        }
        let Some(&(old_width, old_ty)) = self.pieces.get(&offset) else {
            return self.pieces.insert(offset, (width, ty));
        };
        // Another type only where a reinterpretation joins them: both as wide as the piece.
        let joined = old_ty == ty || (old_ty.size() == width && ty.size() == width);
        self.bad |= old_width != width || !joined;
        false
    }

    /// Makes pieces of the bytes from `start` that belong to none. Few pieces suffice for what
    /// may be taken apart at all.
    fn cover(&mut self, start: u32, len: u32) {
        let Some(end) = start.checked_add(len).filter(|&end| end <= self.size) else { return };
        let mut at = start;
        for _ in 0..=2 * MOST_PIECES {
            if at >= end {
                return;
            }
            let next = self.pieces.range(at..end).next();
            let gap_end = next.map_or(end, |(&next, _)| next);
            if at == gap_end {
                at += self.pieces[&at].0;
                continue;
            }
            let fits = |width: &u32| at.is_multiple_of(*width) && at + width <= gap_end;
            let width = [8, 4, 2].into_iter().find(fits).unwrap_or(1);
            self.add(at, width, if width == 8 { Type::I64 } else { Type::I32 });
            at += width;
        }
        self.bad = true;
    }

    fn check_overlaps(&mut self) {
        let mut end = 0;
        for (&offset, &(width, _)) in &self.pieces {
            self.bad |= offset < end;
            end = offset + width;
        }
    }

    /// A fill or copy of these bytes must not cut a piece.
    fn check_range(&mut self, offset: u32, len: u32) {
        let Some(end) = offset.checked_add(len).filter(|&end| end <= self.size) else {
            self.bad = true;
            return;
        };
        let cuts = |(&at, &(width, _)): (&u32, &(u32, Type))| {
            let inside = at >= offset && at + width <= end;
            let outside = at + width <= offset || at >= end;
            !inside && !outside
        };
        self.bad |= self.pieces.iter().any(cuts);
    }
}

/// A place in a slot: the slot, and the offset in it.
pub(super) type SlotPlace = (Slot, u32);

/// The slot that `addr + offset` is a constant place of.
pub(super) fn slot_place(func: &Function, addr: Value, offset: u16) -> Option<SlotPlace> {
    match *func.inst(addr) {
        // A negative place is out of every slot's range.
        Inst::SlotAddr { slot, addend } => {
            Some((slot, (addend as u32).wrapping_add(offset.into())))
        }
        _ => None,
    }
}

/// A copy or fill with a constant length.
pub(super) struct Block {
    pub(super) to: Option<SlotPlace>,
    pub(super) from: Option<SlotPlace>,
    pub(super) len: u32,
}

/// `inst` as a copy or fill that slots may take part in.
pub(super) fn block_operation(func: &Function, inst: &Inst) -> Option<Block> {
    let Inst::Nary(op @ (NaryOp::MemoryCopy | NaryOp::MemoryFill), args) = *inst else {
        return None;
    };
    let [to, from, len] = *func.args(args) else { return None };
    let len = simplify::constant(func, len)?.bits() as u32;
    let to = slot_place(func, to, 0);
    let from = match op {
        NaryOp::MemoryCopy => slot_place(func, from, 0),
        // The byte that is filled in must be known.
        _ => {
            simplify::constant(func, from)?;
            None
        }
    };
    Some(Block { to, from, len })
}

/// Looks at every use of every slot.
pub(super) fn find(func: &Function) -> Vec<SlotUses> {
    let mut slots: Vec<SlotUses> =
        func.slots.iter().map(|slot| SlotUses { size: slot.size, ..SlotUses::default() }).collect();
    if slots.is_empty() {
        return slots;
    }
    let mut operations = Vec::new();
    for block in func.block_ids() {
        let data = func.block(block);
        for &value in &data.insts {
            look_at(func, func.inst(value), &mut slots, &mut operations);
        }
        for target in data.term.targets() {
            for &arg in func.args(target.args) {
                escape(func, arg, &mut slots);
            }
        }
        if let Some(operand) = data.term.operand() {
            escape(func, operand, &mut slots);
        }
    }
    settle(&mut slots, &operations);
    slots
}

fn escape(func: &Function, value: Value, slots: &mut [SlotUses]) {
    if let Inst::SlotAddr { slot, .. } = *func.inst(value) {
        slots[slot.0 as usize].bad = true;
    }
}

fn look_at(func: &Function, inst: &Inst, slots: &mut [SlotUses], operations: &mut Vec<Block>) {
    match *inst {
        Inst::Load { op, offset, addr } => {
            if let Some((slot, offset)) = slot_place(func, addr, offset) {
                slots[slot.0 as usize].add(offset, op.width(), op.ty());
            }
        }
        Inst::Store { op, offset, addr, value } => {
            if let Some((slot, offset)) = slot_place(func, addr, offset) {
                slots[slot.0 as usize].add(offset, op.width(), op.ty());
            }
            escape(func, value, slots);
        }
        _ => match block_operation(func, inst) {
            Some(operation) => operations.push(operation),
            None => func.operands(inst).for_each(|operand| escape(func, operand, slots)),
        },
    }
}

/// Gives both sides of a copy the same pieces, and finds what overlaps.
fn settle(slots: &mut [SlotUses], operations: &[Block]) {
    let settled = mirror_all(slots, operations) && {
        cover_all(slots, operations);
        mirror_all(slots, operations)
    };
    let changed = !settled;
    for slot in slots.iter_mut() {
        slot.check_overlaps();
    }
    for operation in operations {
        for (slot, offset) in [operation.to, operation.from].into_iter().flatten() {
            let slot = &mut slots[slot.0 as usize];
            slot.check_range(offset, operation.len);
            slot.bad |= changed || slot.within(offset, operation.len).count() > MOST_PIECES;
        }
        // A copy within one slot may overlap itself.
        if let (Some((to, _)), Some((from, _))) = (operation.to, operation.from)
            && to == from
        {
            slots[to.0 as usize].bad = true;
        }
    }
}

/// Copies pieces from side to side until all copies agree; false if they do not soon.
fn mirror_all(slots: &mut [SlotUses], operations: &[Block]) -> bool {
    // Chains of copies longer than this are rare: their slots then stay in memory.
    const ROUNDS: usize = 4;
    for _ in 0..ROUNDS {
        let mut changed = false;
        for operation in operations {
            let (Some(to), Some(from)) = (operation.to, operation.from) else { continue };
            changed |= mirror(slots, to, from, operation.len);
            changed |= mirror(slots, from, to, operation.len);
        }
        if !changed {
            return true;
        }
    }
    false
}

/// Bytes that a fill or copy brings into a slot, and that another copy takes out of it, must
/// survive even if no load or store names them: they become pieces too.
fn cover_all(slots: &mut [SlotUses], operations: &[Block]) {
    let into = |slot| operations.iter().any(|op| op.to.is_some_and(|(to, _)| to == slot));
    for operation in operations {
        let Some((slot, start)) = operation.from.filter(|&(slot, _)| into(slot)) else { continue };
        slots[slot.0 as usize].cover(start, operation.len);
    }
}

fn mirror(slots: &mut [SlotUses], to: SlotPlace, from: SlotPlace, len: u32) -> bool {
    let pieces: Vec<_> = slots[from.0.0 as usize].within(from.1, len).collect();
    let mut changed = false;
    for (at, width, ty) in pieces {
        let offset = to.1.wrapping_add(at - from.1);
        changed |= slots[to.0.0 as usize].add(offset, width, ty);
    }
    changed
}
