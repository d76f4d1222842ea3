//! Which accesses to memory can meet.
//!
//! An address is a root (an object, or a value that may point anywhere), perhaps an index, and a
//! constant. Accesses stay within the object that their address was made from, so
//! different objects never meet; a slot whose address stays in the function is met by nothing else.

use crate::ir::{
    BinOp, Cfg, Function, Inst, NaryOp, Slot, Symbol, SymbolKind, SymbolTable, Value, simplify,
};
use alloc::{vec, vec::Vec};

/// What an address starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// A data symbol.
    Symbol(Symbol),
    /// A stack slot.
    Slot(Slot),
    /// Whatever this value points to.
    Value(Value),
}

/// An address, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub root: Root,
    /// What else it is made from: the value that is added to the root or, of more than two summands,
    /// their sum with the root.
    pub index: Option<Value>,
    /// Added too, wrapping.
    pub disp: i32,
}

impl Address {
    /// The address `value + offset`.
    pub(super) fn new(func: &Function, mut value: Value, offset: u16) -> Self {
        let mut disp = i32::from(offset);
        if let Some((inner, n)) = plus_constant(func, value) {
            disp = disp.wrapping_add(n);
            value = inner;
        }
        if let Some((root, n)) = object(func, value) {
            return Self { root, index: None, disp: disp.wrapping_add(n) };
        }
        if let Inst::Binary(BinOp::I32Add, a, b) = *func.inst(value) {
            for (base, index) in [(a, b), (b, a)] {
                let Some((root, n)) = object(func, base) else { continue };
                disp = disp.wrapping_add(n);
                let (index, n) = plus_constant(func, index).unwrap_or((index, 0));
                return Self { root, index: Some(index), disp: disp.wrapping_add(n) };
            }
        }
        match root_of_sum(func, value, DEPTH) {
            Some(root) => Self { root, index: Some(value), disp },
            None => Self { root: Root::Value(value), index: None, disp },
        }
    }
}

/// How many sums within sums an address is followed through; an array of as many dimensions less
/// one is known.
const DEPTH: u32 = 4;

/// The object whose address is the only one among the summands of `value`.
fn root_of_sum(func: &Function, value: Value, depth: u32) -> Option<Root> {
    match *func.inst(value) {
        Inst::Binary(BinOp::I32Add, a, b) if depth > 0 => {
            let root = |value| root_of_sum(func, value, depth - 1);
            let (number, root) = match (root(a), root(b)) {
                (Some(root), None) => (b, root),
                (None, Some(root)) => (a, root),
                _ => return None,
            };
            (!is_of_addresses(func, number)).then_some(root)
        }
        _ => object(func, value).map(|(root, _)| root),
    }
}

/// Whether addresses went into a number by sums and differences. Then it is no index: what it is added
/// to an address for may be another object, as in `(uintptr_t)&a + (b - (uintptr_t)&a)`.
pub(crate) fn is_of_addresses(func: &Function, number: Value) -> bool {
    fn is(func: &Function, number: Value, depth: u32) -> bool {
        match *func.inst(number) {
            Inst::SymbolAddr { .. } | Inst::SlotAddr { .. } => true,
            Inst::Binary(BinOp::I32Add | BinOp::I32Sub, a, b) if depth > 0 => {
                is(func, a, depth - 1) || is(func, b, depth - 1)
            }
            _ => false,
        }
    }
    is(func, number, DEPTH)
}

/// `value` as another value plus a constant.
pub(super) fn plus_constant(func: &Function, value: Value) -> Option<(Value, i32)> {
    let Inst::Binary(BinOp::I32Add, inner, c) = *func.inst(value) else { return None };
    let c = simplify::constant(func, c)?;
    Some((inner, c.bits() as i32))
}

fn object(func: &Function, value: Value) -> Option<(Root, i32)> {
    match *func.inst(value) {
        Inst::SymbolAddr { symbol, addend } => Some((Root::Symbol(symbol), addend)),
        Inst::SlotAddr { slot, addend } => Some((Root::Slot(slot), addend)),
        _ => None,
    }
}

/// A range of memory that is accessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub address: Address,
    /// Bytes; `None` if that is not known.
    pub width: Option<u32>,
}

impl Place {
    /// `width` bytes at `value + offset`.
    pub(super) fn new(func: &Function, value: Value, offset: u16, width: u32) -> Self {
        Self { address: Address::new(func, value, offset), width: Some(width) }
    }

    /// Whether it lies within the object that its address starts from, whatever happens.
    pub(super) fn is_within_object(&self, func: &Function, symbols: &SymbolTable) -> bool {
        let size = match self.address.root {
            Root::Symbol(symbol) => match &symbols.get(symbol).kind {
                SymbolKind::Data(object) => object.size,
                _ => 0,
            },
            Root::Slot(slot) => func.slots[slot.0 as usize].size,
            Root::Value(_) => 0,
        };
        let start = i64::from(self.address.disp);
        let ends_within = |width| start + i64::from(width) <= i64::from(size);
        self.address.index.is_none() && start >= 0 && self.width.is_some_and(ends_within)
    }
}

/// What is known about a function's memory.
pub(super) struct Aliases {
    /// Slots whose address is only used to access them.
    private: Vec<bool>,
}

impl Aliases {
    pub(super) fn new(func: &Function, cfg: &Cfg) -> Self {
        Self { private: private_slots(func, cfg) }
    }

    /// Whether only accesses through addresses that are made from it reach what is there.
    pub(super) fn is_private(&self, root: Root) -> bool {
        matches!(root, Root::Slot(slot) if self.private[slot.0 as usize])
    }

    /// Whether two places may share a byte.
    pub(super) fn meet(&self, a: &Place, b: &Place) -> bool {
        let (x, y) = (&a.address, &b.address);
        if x.root != y.root {
            let may_point = |root, other| {
                matches!(root, Root::Value(_))
                    && (matches!(other, Root::Value(_)) || !self.is_private(other))
            };
            return may_point(x.root, y.root) || may_point(y.root, x.root);
        }
        let (true, Some(a), Some(b)) = (x.index == y.index, a.width, b.width) else { return true };
        let distance = i64::from(y.disp) - i64::from(x.disp);
        distance < i64::from(a) && -distance < i64::from(b)
    }

    /// What `inst` may write, if it writes memory or globals.
    pub(super) fn write(&self, func: &Function, inst: &Inst) -> Option<Write> {
        use NaryOp::{MemoryCopy, MemoryFill};
        match *inst {
            Inst::Store { op, offset, addr, .. } | Inst::VolatileStore { op, offset, addr, .. } => {
                Some(Write::Place(Place::new(func, addr, offset, op.width())))
            }
            Inst::GlobalSet(symbol, _) => Some(Write::Global(symbol)),
            Inst::Call { .. } | Inst::CallIndirect { .. } => Some(Write::Everything),
            Inst::Nary(MemoryCopy | MemoryFill, args) => {
                let args = func.args(args);
                let len = simplify::constant(func, args[2]).map(|len| len.bits() as u32);
                let address = Address::new(func, args[0], 0);
                Some(Write::Place(Place { address, width: len }))
            }
            _ => None,
        }
    }

    /// Whether `write` may change what `read` reads.
    pub(super) fn clobbers(&self, write: &Write, read: &Read) -> bool {
        match (write, read) {
            (Write::Everything, Read::Place(place)) => !self.is_private(place.address.root),
            (Write::Everything, Read::Global(_)) => true,
            (Write::Place(a), Read::Place(b)) => self.meet(a, b),
            (Write::Global(a), Read::Global(b)) => a == b,
            _ => false,
        }
    }

    /// The classes of things that `write` changes, for summaries of many writes.
    pub(super) fn write_classes(&self, write: &Write) -> Classes {
        match write {
            Write::Everything => Classes::ANYWHERE.with(Classes::CALL),
            Write::Global(symbol) => Classes::symbol(*symbol),
            Write::Place(place) => match place.address.root {
                Root::Value(_) => Classes::ANYWHERE,
                Root::Symbol(symbol) => Classes::symbol(symbol).with(Classes::KNOWN),
                root @ Root::Slot(slot) if self.is_private(root) => Classes::slot(slot),
                Root::Slot(slot) => Classes::slot(slot).with(Classes::KNOWN),
            },
        }
    }

    /// Whether some write of these classes may change what `read` reads.
    pub(super) fn may_clobber(&self, classes: Classes, read: &Read) -> bool {
        classes.meets(match read {
            Read::Global(symbol) => Classes::symbol(*symbol).with(Classes::CALL),
            Read::Place(place) => match place.address.root {
                Root::Value(_) => Classes::ANYWHERE.with(Classes::KNOWN),
                Root::Symbol(symbol) => Classes::symbol(symbol).with(Classes::ANYWHERE),
                root @ Root::Slot(slot) if self.is_private(root) => Classes::slot(slot),
                Root::Slot(slot) => Classes::slot(slot).with(Classes::ANYWHERE),
            },
        })
    }
}

/// Something that is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Write {
    Place(Place),
    Global(Symbol),
    /// All globals, and all memory but private slots: a call.
    Everything,
}

/// Something that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    Place(Place),
    Global(Symbol),
}

impl Read {
    /// What `inst` reads, if that is all it does.
    pub(super) fn of(func: &Function, inst: &Inst) -> Option<Self> {
        match *inst {
            Inst::Load { op, offset, addr } => {
                Some(Self::Place(Place::new(func, addr, offset, op.width())))
            }
            Inst::GlobalGet(symbol) => Some(Self::Global(symbol)),
            _ => None,
        }
    }
}

/// A set of classes of writes. Many symbols share a class; that only makes it cautious.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

impl Classes {
    pub(super) const NONE: Self = Self(0);
    pub(super) const ALL: Self = Self(u64::MAX);
    /// Through a pointer.
    const ANYWHERE: Self = Self(1);
    /// By a callee, so perhaps to globals.
    const CALL: Self = Self(2);
    /// To an object that a pointer may point to as well.
    const KNOWN: Self = Self(4);

    fn symbol(symbol: Symbol) -> Self {
        Self(1 << (3 + symbol.0 % 40))
    }

    fn slot(slot: Slot) -> Self {
        Self(1 << (43 + slot.0 % 21))
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Slots whose address is used for nothing but accesses to them.
fn private_slots(func: &Function, cfg: &Cfg) -> Vec<bool> {
    let mut private = vec![true; func.slots.len()];
    if private.is_empty() {
        return private;
    }
    // The slot that a value points into. Definitions come before uses in this order, and
    // parameters are never pointers into private slots.
    let mut slots: Vec<Option<Slot>> = vec![None; func.num_values()];
    for &block in cfg.order() {
        let data = func.block(block);
        for &value in &data.insts {
            let inst = func.inst(value);
            match *inst {
                Inst::SlotAddr { slot, .. } => slots[value.0 as usize] = Some(slot),
                Inst::Binary(BinOp::I32Add | BinOp::I32Sub, a, b) => {
                    match (slots[a.0 as usize], slots[b.0 as usize]) {
                        (slot, None) | (None, slot) => slots[value.0 as usize] = slot,
                        (Some(a), Some(b)) => {
                            private[a.0 as usize] = false;
                            private[b.0 as usize] = false;
                        }
                    }
                }
                Inst::Load { addr, .. } | Inst::VolatileLoad { addr, .. } => {
                    accessed(func, &mut private, &slots, addr);
                }
                Inst::Store { addr, value, .. } | Inst::VolatileStore { addr, value, .. } => {
                    accessed(func, &mut private, &slots, addr);
                    escape(&mut private, slots[value.0 as usize]);
                }
                Inst::Nary(NaryOp::MemoryCopy, args) => {
                    accessed(func, &mut private, &slots, func.args(args)[0]);
                    accessed(func, &mut private, &slots, func.args(args)[1]);
                }
                Inst::Nary(NaryOp::MemoryFill, args) => {
                    accessed(func, &mut private, &slots, func.args(args)[0]);
                }
                _ => {
                    for operand in func.operands(inst) {
                        escape(&mut private, slots[operand.0 as usize]);
                    }
                }
            }
        }
        if let Some(operand) = data.term.operand() {
            escape(&mut private, slots[operand.0 as usize]);
        }
        for target in data.term.targets() {
            for &arg in func.args(target.args) {
                escape(&mut private, slots[arg.0 as usize]);
            }
        }
    }
    private
}

/// A slot that is accessed at an address which [`Address::new`] does not lead back to it, such as a
/// difference, is as good as one whose address went elsewhere.
fn accessed(func: &Function, private: &mut [bool], slots: &[Option<Slot>], addr: Value) {
    let slot = slots[addr.0 as usize];
    if slot.is_some_and(|slot| Address::new(func, addr, 0).root != Root::Slot(slot)) {
        escape(private, slot);
    }
}

fn escape(private: &mut [bool], slot: Option<Slot>) {
    if let Some(slot) = slot {
        private[slot.0 as usize] = false;
    }
}
