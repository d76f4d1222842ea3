//! Addresses folded into the constant part of loads and stores.
//!
//! In: a function. Out: the same with simpler address operands, and for each load and store what
//! its constant part holds now: a number, the address of an object, or a place in the frame.
//!
//! WebAssembly adds the constant part without wrapping, so a sum may be split only where it cannot
//! wrap: the variable part is known to be small, or the access is to an element of an object whose
//! index then is not negative. As an access lies within its object, that is so when the constant
//! part is less than what the variable part is a multiple of; and once one access to a sum has shown
//! it, for all others to the same sum that come later.

use super::numbers::Numbers;
use crate::ir::{BinOp, Function, Inst, Symbol, Value};
use crate::map::{Map, Set};
use crate::opt::alias::is_of_addresses;
use alloc::{vec, vec::Vec};

/// What is added to the number in a memory operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Base {
    /// Nothing.
    #[default]
    Zero,
    /// The address of an object.
    Symbol(Symbol),
    /// The address of the frame.
    Frame,
}

/// The constant parts of the loads and stores that have more than the IR's 16 bits.
#[derive(Default)]
pub(crate) struct Addresses {
    parts: Map<Value, (Base, i32)>,
    /// Where each slot lies in the frame.
    pub(crate) slots: Vec<u32>,
    /// Bytes in the frame, a multiple of 16.
    pub(crate) frame: u32,
}

impl Addresses {
    /// Folds what can be folded in `function`.
    pub(crate) fn fold(function: &mut Function, numbers: &Numbers) -> Self {
        let (slots, frame) = lay_out_slots(function);
        let mut addresses = Self { parts: Map::new(), slots, frame };
        let accesses: Vec<Value> = function.blocks.iter().flat_map(|b| &b.insts).copied().collect();
        let frame = frame_address(function, &addresses);
        let sums = Sums::count(function, &accesses);
        let shown = Shown::find(function, numbers);
        for access in accesses {
            addresses.fold_slot(function, access, frame);
            addresses.fold_sum(function, access, &Known { sums: &sums, shown: &shown, numbers });
        }
        addresses
    }

    /// What is added to the number in the memory operand of `access`.
    pub(crate) fn base(&self, access: Value) -> Base {
        self.parts.get(&access).map_or(Base::Zero, |part| part.0)
    }

    /// The constant part of `access`, whose own offset is `offset`.
    pub(crate) fn part(&self, access: Value, offset: u16) -> (Base, i32) {
        self.parts.get(&access).copied().unwrap_or((Base::Zero, offset.into()))
    }

    /// A slot's address becomes the frame's address and a constant.
    fn fold_slot(&mut self, function: &mut Function, access: Value, frame: Option<Value>) {
        let Some((addr, offset)) = address_of(function, access) else { return };
        let (Inst::SlotAddr { slot, addend }, Some(frame)) = (*function.inst(addr), frame) else {
            return;
        };
        let place = i64::from(self.slots[slot.0 as usize]) + i64::from(addend) + i64::from(offset);
        if (0..=i64::from(i32::MAX)).contains(&place) {
            set_address(function, access, frame);
            self.parts.insert(access, (Base::Zero, place as i32));
        }
    }

    /// `x + constant` becomes `x` if all uses of the sum can be folded and the sum cannot wrap.
    fn fold_sum(&mut self, function: &mut Function, access: Value, known: &Known<'_>) {
        let Known { sums, shown, numbers } = *known;
        let Some((sum, offset)) = address_of(function, access) else { return };
        if sums.other_uses[sum.0 as usize] {
            return;
        }
        let Some((index, constant)) = split(function, sum) else { return };
        let Some((base, addend)) = self.constant(function, constant) else { return };
        let total = i64::from(addend) + i64::from(offset);
        let element =
            shown.covers(access) || is_element(function, numbers, index, constant, offset);
        // An object lies at 16 or above, so that this much may be taken off its address.
        let least = if base == Base::Zero { 0 } else { -16 };
        let small = (least..=0xFFFF).contains(&total) && numbers.is_not_negative(function, index);
        if element || small {
            set_address(function, access, index);
            self.parts.insert(access, (base, total as i32));
        }
    }

    /// The constant operand of a sum as base and number.
    fn constant(&self, function: &Function, value: Value) -> Option<(Base, i32)> {
        match *function.inst(value) {
            Inst::I32Const(number) => Some((Base::Zero, number)),
            Inst::SymbolAddr { symbol, addend } => Some((Base::Symbol(symbol), addend)),
            Inst::SlotAddr { slot, addend } => {
                let place = i32::try_from(self.slots[slot.0 as usize]).ok()?;
                Some((Base::Frame, place.checked_add(addend)?))
            }
            _ => None,
        }
    }
}

/// A sum as variable and constant operand.
fn split(function: &Function, sum: Value) -> Option<(Value, Value)> {
    let Inst::Binary(BinOp::I32Add, a, b) = *function.inst(sum) else { return None };
    let is_constant = |value| {
        let inst = function.inst(value);
        matches!(inst, Inst::I32Const(_) | Inst::SymbolAddr { .. } | Inst::SlotAddr { .. })
    };
    match (is_constant(a), is_constant(b)) {
        (_, true) => Some((a, b)),
        (true, _) => Some((b, a)),
        _ => None,
    }
}

/// Whether an access to `index + constant + offset` shows that the index is not negative.
fn is_element(
    function: &Function,
    numbers: &Numbers,
    index: Value,
    constant: Value,
    offset: u16,
) -> bool {
    match *function.inst(constant) {
        Inst::SymbolAddr { addend, .. } | Inst::SlotAddr { addend, .. } => {
            let place = i64::from(addend) + i64::from(offset);
            (0..i64::from(numbers.multiple_of(function, index))).contains(&place)
                && !is_of_addresses(function, index)
        }
        _ => false,
    }
}

/// What folding goes by.
struct Known<'a> {
    sums: &'a Sums,
    shown: &'a Shown,
    numbers: &'a Numbers,
}

/// Accesses to sums whose index an access before them has shown not to be negative.
struct Shown {
    /// Accesses in the block that computes the sum, after the first that shows it, and in others.
    covered: Set<Value>,
}

impl Shown {
    fn find(function: &Function, numbers: &Numbers) -> Self {
        let mut blocks = Map::new();
        let mut shown = Set::new();
        let mut accesses = Vec::new();
        for block in function.block_ids() {
            for &value in &function.block(block).insts {
                blocks.insert(value, block);
                let Some((sum, offset)) = address_of(function, value) else { continue };
                let Some((index, constant)) = split(function, sum) else { continue };
                let here = blocks.get(&sum) == Some(&block);
                let before = here && shown.contains(&sum);
                accesses.push((value, sum, block, before));
                if here && is_element(function, numbers, index, constant, offset) {
                    shown.insert(sum);
                }
            }
        }
        let covered = accesses.into_iter().filter(|(_, sum, block, before)| {
            *before || (shown.contains(sum) && blocks.get(sum) != Some(block))
        });
        Self { covered: covered.map(|(access, ..)| access).collect() }
    }

    fn covers(&self, access: Value) -> bool {
        self.covered.contains(&access)
    }
}

/// Which values are used as something else than the address of a load or store.
struct Sums {
    other_uses: Vec<bool>,
}

impl Sums {
    fn count(function: &Function, insts: &[Value]) -> Self {
        let mut other_uses = vec![false; function.num_values()];
        for &value in insts {
            let inst = function.inst(value);
            let skip = usize::from(address_of(function, value).is_some());
            for operand in function.operands(inst).skip(skip) {
                other_uses[operand.0 as usize] = true;
            }
        }
        for block in &function.blocks {
            let args = block.term.targets().flat_map(|target| function.args(target.args));
            for value in args.copied().chain(block.term.operand()) {
                other_uses[value.0 as usize] = true;
            }
        }
        Self { other_uses }
    }
}

fn address_of(function: &Function, access: Value) -> Option<(Value, u16)> {
    match *function.inst(access) {
        Inst::Load { addr, offset, .. }
        | Inst::Store { addr, offset, .. }
        | Inst::VolatileLoad { addr, offset, .. }
        | Inst::VolatileStore { addr, offset, .. } => Some((addr, offset)),
        _ => None,
    }
}

fn set_address(function: &mut Function, access: Value, to: Value) {
    match function.inst_mut(access) {
        Inst::Load { addr, .. }
        | Inst::Store { addr, .. }
        | Inst::VolatileLoad { addr, .. }
        | Inst::VolatileStore { addr, .. } => *addr = to,
        _ => unreachable!("only loads and stores have addresses"),
    }
}

/// Places of the slots, those with the strictest alignment first, and the frame's size.
fn lay_out_slots(function: &Function) -> (Vec<u32>, u32) {
    let mut order: Vec<usize> = (0..function.slots.len()).collect();
    order.sort_unstable_by_key(|&slot| (core::cmp::Reverse(function.slots[slot].align), slot));
    let mut places = vec![0; function.slots.len()];
    let mut end = 0u32;
    for slot in order {
        let data = function.slots[slot];
        places[slot] = end.next_multiple_of(data.align.max(1));
        end = places[slot].saturating_add(data.size).min(1 << 30);
    }
    (places, end.next_multiple_of(16))
}

/// A value that is the frame's address: that of the slot at its start.
fn frame_address(function: &mut Function, addresses: &Addresses) -> Option<Value> {
    let first = addresses.slots.iter().position(|&place| place == 0)?;
    let inst = Inst::SlotAddr { slot: crate::ir::Slot(first as u32), addend: 0 };
    Some(function.append(Function::ENTRY, inst, Some(crate::ir::Type::I32), crate::ir::Loc::NONE))
}
