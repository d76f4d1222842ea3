//! Strength reduction: what a loop computes from its counter by multiplying and adding becomes a
//! parameter that grows by a constant, and the counter goes where only the end of the loop needs it.
//!
//! ```text
//! i = 0                            p = a
//! do { ... load a + i * 4 ...      do { ... load p ...
//!      i += 1                 =>        p += 4
//! } while (i < n)                  } while (p != a + n * 4)
//! ```
//!
//! Every new parameter costs an addition a round, so that it is only made where it saves more. Inner
//! loops come first: what they start from is computed in the loops around them, and is a sum there.

mod end;
mod sum;

use super::address::Terms;
use super::edges;
use super::induction::{self, Counter};
use super::loops::{Entered, homes};
use super::maker::Maker;
use crate::ir::{BinOp, Block, Function, Inst, Loc, SymbolTable, Type, Value};
use crate::map::Map;
use alloc::vec::Vec;
use sum::Sum;

/// Loops with more instructions are left alone: the counter is a small part of what they do.
const MOST_IN_LOOP: usize = 400;

/// Reduces the counters of all loops.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let Some(entered) = Entered::new(func) else { return };
    let mut home = homes(func);
    let uses = edges::use_counts(func);
    for index in 0..entered.loops.list.len() {
        let this = &entered.loops.list[index];
        let size: usize = this.blocks.iter().map(|&block| func.block(block).insts.len()).sum();
        if size > MOST_IN_LOOP {
            continue;
        }
        for param in 0..func.block(this.header).params.len() {
            let Some(counter) = induction::counter(func, &entered, index, param) else { continue };
            let pass = Pass { entered: &entered, home: &home, uses: &uses, index, counter };
            pass.reduce(func);
            home.resize(func.num_values(), entered.preheaders[index]);
            note_homes(func, &mut home, &this.blocks);
        }
    }
}

fn note_homes(func: &Function, home: &mut [Block], blocks: &[Block]) {
    for &block in blocks {
        let data = func.block(block);
        for value in data.params.iter().chain(&data.insts) {
            home[value.0 as usize] = block;
        }
    }
}

/// One counter of one loop.
struct Pass<'a> {
    entered: &'a Entered,
    home: &'a [Block],
    /// How often each value was used when the pass began.
    uses: &'a [u32],
    index: usize,
    counter: Counter,
}

/// Some of the uses that a loop makes of a value.
#[derive(Clone, Copy, Default)]
struct Uses {
    /// By sums that are computed themselves.
    inner: u32,
    /// As the address of an access, perhaps with a constant that the access can hold.
    addresses: u32,
    /// Whether one of these accesses is made in every round.
    certain: bool,
}

/// A value that is a sum of the counter.
struct Member {
    value: Value,
    sum: Sum,
    uses: Uses,
    /// Whether anything but other sums uses it.
    needed: bool,
    /// Whether accesses can do its addition.
    free: bool,
}

impl Member {
    /// Whether it is the counter itself, plus a constant.
    fn is_counter(&self) -> bool {
        self.sum.factor == 1 && self.sum.rest.is_empty()
    }

    /// Whether a parameter may take its place.
    fn is_candidate(&self) -> bool {
        self.needed && !self.free && !self.is_counter()
    }
}

/// Sums that differ by a constant: they come from one parameter, which is the least of them.
struct Group<'a> {
    least: &'a Sum,
    members: Vec<&'a Member>,
}

impl Group<'_> {
    fn distance(&self, member: &Member) -> i32 {
        member.sum.disp.wrapping_sub(self.least.disp)
    }

    /// How many members need no instruction any more.
    fn gone(&self, total: impl Fn(Value) -> u32) -> usize {
        let gone = |member: &&&Member| match self.distance(member) {
            0 => true,
            1..=0xFFFF => member.uses.addresses == total(member.value),
            _ => false,
        };
        self.members.iter().filter(gone).count()
    }
}

impl Pass<'_> {
    fn is_outside(&self, value: Value) -> bool {
        !self.entered.loops.contains(self.index, self.home[value.0 as usize])
    }

    fn blocks(&self) -> &[Block] {
        &self.entered.loops.list[self.index].blocks
    }

    /// How often a value is used; what the pass has made is used once.
    fn total_uses(&self, value: Value) -> u32 {
        self.uses.get(value.0 as usize).copied().unwrap_or(1)
    }

    fn reduce(&self, func: &mut Function) {
        let mut uses = self.address_uses(func);
        let members = self.members(func, &mut uses);
        let groups = groups(&members);
        if groups.is_empty() {
            return;
        }
        let end = self.replaceable(func, &members, &uses).and_then(|end| {
            let late = |group: &Group<'_>| self.comes_round_late(&end, group);
            Some((groups.iter().position(late)?, end))
        });
        let inner = members.iter().filter(|member| !member.needed && !member.free).count();
        let outer: usize = groups.iter().map(|group| group.gone(|v| self.total_uses(v))).sum();
        if inner + outer <= 2 * (groups.len() - usize::from(end.is_some())) {
            return;
        }
        for (at, group) in groups.iter().enumerate() {
            let (param, next) = self.add_param(func, group.least);
            for member in &group.members {
                self.become_param(func, member.value, param, group.distance(member));
            }
            if let Some((chosen, end)) = &end
                && *chosen == at
            {
                self.replace_test(
                    func,
                    end,
                    group.least,
                    if end.test.tests_next { next } else { param },
                );
            }
        }
    }

    /// How often the loop uses each value as an address.
    fn address_uses(&self, func: &Function) -> Map<Value, Uses> {
        let mut uses: Map<Value, Uses> = Map::new();
        for &block in self.blocks() {
            let certain = self.entered.is_certain(func, self.index, block);
            for &value in &func.block(block).insts {
                if let Inst::Load { addr, .. } | Inst::Store { addr, .. } = *func.inst(value) {
                    let uses = uses.entry(addr).or_default();
                    uses.addresses += 1;
                    uses.certain |= certain;
                }
            }
        }
        uses
    }

    /// All sums of the counter in the loop, but for the counter's own next value; adds the uses by
    /// them to `uses`.
    fn members(&self, func: &Function, uses: &mut Map<Value, Uses>) -> Vec<Member> {
        let mut sums = Vec::new();
        for &value in self.blocks().iter().flat_map(|&block| &func.block(block).insts) {
            let sum = Sum::of(func, value, self.counter.param, |value| self.is_outside(value));
            sums.extend(sum.filter(|_| value != self.counter.next).map(|sum| (value, sum)));
        }
        let mut members = Vec::with_capacity(sums.len());
        // What uses a sum comes after it.
        for (value, sum) in sums.into_iter().rev() {
            let own = uses.get(&value).copied().unwrap_or_default();
            let free = self.total_uses(value) == own.addresses && self.is_for_access(func, value);
            for operand in func.operands(func.inst(value)) {
                let uses = uses.entry(operand).or_default();
                if free {
                    uses.addresses += 1;
                    uses.certain |= own.certain;
                } else {
                    uses.inner += 1;
                }
            }
            let needed = self.total_uses(value) > own.inner;
            members.push(Member { value, sum, uses: own, needed, free });
        }
        members
    }

    /// Whether `value` adds something that an access can hold: a constant, or the address of an
    /// object that the rest is an offset into. What lies deeper in an object than an offset's last
    /// bits reach is only left to accesses where several objects share the rest.
    fn is_for_access(&self, func: &Function, value: Value) -> bool {
        let Inst::Binary(BinOp::I32Add, a, b) = *func.inst(value) else { return false };
        [(a, b), (b, a)].into_iter().any(|(rest, constant)| match *func.inst(constant) {
            Inst::I32Const(_) => true,
            Inst::SymbolAddr { addend, .. } | Inst::SlotAddr { addend, .. } => {
                (0..4).contains(&addend) || self.total_uses(rest) > 1
            }
            _ => false,
        })
    }

    /// Adds a parameter that is `sum` in every round; it, and what it is in the next round.
    fn add_param(&self, func: &mut Function, sum: &Sum) -> (Value, Value) {
        let this = &self.entered.loops.list[self.index];
        let (header, latch) = (this.header, this.latches[0]);
        let before = self.entered.preheaders[self.index];
        let first = sum.at(&mut Maker { func, block: before }, Some(self.counter.first), 0);
        let param = func.add_param(header, Type::I32);
        let mut maker = Maker { func, block: latch };
        let step = maker.constant(sum.factor.wrapping_mul(self.counter.step));
        let next = maker.binary(BinOp::I32Add, param, step);
        for (block, arg) in [(before, first), (latch, next)] {
            push_argument(func, block, header, arg);
        }
        (param, next)
    }

    /// Makes `value` the sum of `param` and a constant.
    fn become_param(&self, func: &mut Function, value: Value, param: Value, distance: i32) {
        let header = self.entered.loops.list[self.index].header;
        let distance = func.add_inst(Inst::I32Const(distance), Some(Type::I32), Loc::NONE);
        func.block_mut(header).insts.insert(0, distance);
        *func.inst_mut(value) = Inst::Binary(BinOp::I32Add, param, distance);
    }
}

/// What parameters can be made for.
fn groups(members: &[Member]) -> Vec<Group<'_>> {
    let mut groups: Map<(&Terms, i32), Group<'_>> = Map::new();
    for member in members.iter().filter(|member| member.is_candidate()) {
        let sum = &member.sum;
        let new = || Group { least: sum, members: Vec::new() };
        let group = groups.entry((&sum.rest, sum.factor)).or_insert_with(new);
        group.members.push(member);
        if sum.disp < group.least.disp {
            group.least = sum;
        }
    }
    groups.into_values().collect()
}

/// Adds an argument to the edges from `block` to `to`.
fn push_argument(func: &mut Function, block: Block, to: Block, arg: Value) {
    let mut term = func.block(block).term.clone();
    for target in term.targets_mut().filter(|target| target.block == to) {
        let mut args = func.args(target.args).to_vec();
        args.push(arg);
        target.args = func.make_args(&args);
    }
    func.block_mut(block).term = term;
}
