//! Addresses that differ by a constant share one value: `a[i]`, `a[i + 1]` and `a[i].x` become one
//! address with offsets.
//!
//! WebAssembly adds an offset without wrapping. An address that was used for an access lies within
//! memory, so that adding to it cannot wrap; what dominates an access has been accessed. And as no
//! object lies below address 16, a sum with at most 16 that is accessed did not wrap either.

use crate::ir::{
    BinOp, Block, Cfg, Const, Dominators, Function, Inst, Slot, Symbol, SymbolKind, SymbolTable,
    Value, simplify,
};
use crate::map::Map;
use alloc::vec::Vec;

/// How deep a sum is looked into.
const MOST_STEPS: usize = 12;

/// What an address is a sum of, apart from a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    Symbol(Symbol),
    Slot(Slot),
    Value(Value),
}

impl Term {
    /// Bytes of the object that it is the address of.
    pub(super) fn size(self, func: &Function, symbols: &SymbolTable) -> Option<u32> {
        match self {
            Self::Symbol(symbol) => match &symbols.get(symbol).kind {
                SymbolKind::Data(object) => Some(object.size),
                _ => None,
            },
            Self::Slot(slot) => Some(func.slots[slot.0 as usize].size),
            Self::Value(_) => None,
        }
    }
}

/// Terms with their factors, in order: the same for the same sum.
pub(super) type Terms = Vec<(Term, i32)>;

/// An address that was accessed.
#[derive(Clone, Copy, Debug)]
struct Known {
    addr: Value,
    /// Its constant part.
    disp: i32,
}

/// What a block changed, to be undone when it is left.
type Changes = Vec<(Terms, Option<Known>)>;

/// Shares addresses.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let cfg = Cfg::new(func);
    let dominators = Dominators::new(func, &cfg);
    let other_uses = other_uses(func);
    let mut known: Map<Terms, Known> = Map::new();
    let mut scopes: Vec<(Block, Changes)> = Vec::new();
    for &block in dominators.preorder() {
        while let Some((open, _)) = scopes.last()
            && !dominators.dominates(*open, block)
        {
            let (_, changes) = scopes.pop().unwrap_or((block, Changes::new()));
            for (terms, old) in changes.into_iter().rev() {
                known.swap(terms, old);
            }
        }
        let mut changes = Changes::new();
        for index in 0..func.block(block).insts.len() {
            let value = func.block(block).insts[index];
            share(func, value, &other_uses, &mut known, &mut changes);
        }
        scopes.push((block, changes));
    }
}

/// Which values are used as something else than an address: those are computed anyway.
fn other_uses(func: &Function) -> Vec<bool> {
    let mut other = alloc::vec![false; func.num_values()];
    for data in &func.blocks {
        for &value in &data.insts {
            let skip = usize::from(access(func, value).is_some());
            for operand in func.operands(func.inst(value)).skip(skip) {
                other[operand.0 as usize] = true;
            }
        }
        let args = data.term.targets().flat_map(|target| func.args(target.args));
        for value in args.copied().chain(data.term.operand()) {
            other[value.0 as usize] = true;
        }
    }
    other
}

fn share(
    func: &mut Function,
    value: Value,
    other_uses: &[bool],
    known: &mut Map<Terms, Known>,
    changes: &mut Changes,
) {
    let Some((addr, offset)) = access(func, value) else { return };
    let Some((terms, disp)) = linear(func, addr, |_| false) else { return };
    let found = known.get(&terms).copied();
    let only_an_address = !other_uses[addr.0 as usize];
    if let Some(base) = found.filter(|_| only_an_address) {
        let distance = i64::from(disp) - i64::from(base.disp) + i64::from(offset);
        if let Ok(distance) = u16::try_from(distance) {
            set_access(func, value, base.addr, distance);
            return;
        }
    }
    let new = match nearby(func, addr, offset).filter(|_| only_an_address) {
        Some((addr, distance)) => {
            set_access(func, value, addr, distance);
            Known { addr, disp: disp.wrapping_sub(i32::from(distance) - i32::from(offset)) }
        }
        None => Known { addr, disp },
    };
    // The lowest address serves most others.
    if found.is_none_or(|found| new.disp < found.disp) {
        changes.push((terms.clone(), found));
        known.insert(terms, new);
    }
}

/// `x + c` with a small `c` as `x` and an offset.
fn nearby(func: &Function, addr: Value, offset: u16) -> Option<(Value, u16)> {
    let Inst::Binary(BinOp::I32Add, x, c) = *func.inst(addr) else { return None };
    let Const::I32(c @ 1..=16) = simplify::constant(func, c)? else { return None };
    Some((x, offset.checked_add(c as u16)?))
}

fn access(func: &Function, value: Value) -> Option<(Value, u16)> {
    match *func.inst(value) {
        Inst::Load { addr, offset, .. }
        | Inst::Store { addr, offset, .. }
        | Inst::VolatileLoad { addr, offset, .. }
        | Inst::VolatileStore { addr, offset, .. } => Some((addr, offset)),
        _ => None,
    }
}

fn set_access(func: &mut Function, value: Value, new_addr: Value, new_offset: u16) {
    if let Inst::Load { addr, offset, .. }
    | Inst::Store { addr, offset, .. }
    | Inst::VolatileLoad { addr, offset, .. }
    | Inst::VolatileStore { addr, offset, .. } = func.inst_mut(value)
    {
        *addr = new_addr;
        *offset = new_offset;
    }
}

/// `value` as a sum of terms and a constant, where atoms are not taken apart; `None` for what is just
/// a constant.
pub(super) fn linear(
    func: &Function,
    value: Value,
    is_atom: impl Fn(Value) -> bool,
) -> Option<(Terms, i32)> {
    let mut terms: Map<Term, i32> = Map::new();
    let mut disp = 0i32;
    let mut work = alloc::vec![(value, 1i32)];
    let mut steps = 0;
    while let Some((value, factor)) = work.pop() {
        steps += 1;
        let term = match *func.inst(value) {
            Inst::I32Const(c) => {
                disp = disp.wrapping_add(c.wrapping_mul(factor));
                continue;
            }
            Inst::SymbolAddr { symbol, addend } => {
                disp = disp.wrapping_add(addend.wrapping_mul(factor));
                Term::Symbol(symbol)
            }
            Inst::SlotAddr { slot, addend } => {
                disp = disp.wrapping_add(addend.wrapping_mul(factor));
                Term::Slot(slot)
            }
            Inst::Binary(op, a, b) if steps < MOST_STEPS && !is_atom(value) => {
                match parts(func, op, a, b, factor) {
                    Some(parts) => {
                        work.extend(parts.into_iter().flatten());
                        continue;
                    }
                    None => Term::Value(value),
                }
            }
            _ => Term::Value(value),
        };
        let sum = terms.entry(term).or_insert(0);
        *sum = sum.wrapping_add(factor);
    }
    terms.retain(|_, factor| *factor != 0);
    (!terms.is_empty()).then(|| (terms.into_iter().collect(), disp))
}

/// The operands of a linear operation with their factors.
fn parts(
    func: &Function,
    op: BinOp,
    a: Value,
    b: Value,
    factor: i32,
) -> Option<[Option<(Value, i32)>; 2]> {
    let by = || match simplify::constant(func, b) {
        Some(Const::I32(c)) => Some(c),
        _ => None,
    };
    Some(match op {
        BinOp::I32Add => [Some((a, factor)), Some((b, factor))],
        BinOp::I32Sub => [Some((a, factor)), Some((b, factor.wrapping_neg()))],
        BinOp::I32Mul => [Some((a, factor.wrapping_mul(by()?))), None],
        BinOp::I32Shl => [Some((a, factor.wrapping_shl(by()? as u32))), None],
        _ => return None,
    })
}
