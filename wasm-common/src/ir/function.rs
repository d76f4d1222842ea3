//! Functions: blocks, instructions, stack slots.

use super::{Args, Inst, Signature, Symbol, Type, Value};
use crate::frugal;
use alloc::vec::Vec;

/// A basic block of a [`Function`]; block 0 is the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block(pub u32);

/// A piece of the function's frame on the shadow stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u32);

/// A source line: file in the upper 10 bits, line (from 1) in the lower 22; 0 is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Loc(pub u32);

impl Loc {
    /// No line.
    pub const NONE: Self = Self(0);

    /// `line` of file number `file`; numbers that do not fit are cut.
    pub fn new(file: u32, line: u32) -> Self {
        Self((file & 0x3FF) << 22 | (line & 0x3F_FFFF))
    }

    /// This line, or `other` if it is none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::NONE { other } else { self }
    }

    /// Number of the file.
    pub fn file(self) -> u32 {
        self.0 >> 22
    }

    /// Line, from 1.
    pub fn line(self) -> u32 {
        self.0 & 0x3F_FFFF
    }
}

/// A stack slot's extent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SlotData {
    /// Bytes.
    pub size: u32,
    /// A power of two, at most 16.
    pub align: u32,
}

/// Where control goes, and the values for the block's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The block.
    pub block: Block,
    /// One value for each of its parameters.
    pub args: Args,
}

/// How a block ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Terminator {
    /// Goes on.
    Jump(Target),
    /// `then` if `cond` (i32) is not zero, else `els`.
    Branch {
        /// i32.
        cond: Value,
        /// If not zero.
        then: Target,
        /// If zero.
        els: Target,
    },
    /// `targets[index]`, or `default` when there is none (unsigned compare).
    Switch {
        /// i32.
        index: Value,
        /// By index.
        targets: Vec<Target>,
        /// Past the end.
        default: Target,
    },
    /// Leaves the function.
    Return(Option<Value>),
    /// Traps.
    Unreachable,
}

/// A basic block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockData {
    /// Its parameters: [`Inst::Param`] values.
    pub params: Vec<Value>,
    /// Its instructions in order.
    pub insts: Vec<Value>,
    /// How it ends.
    pub term: Terminator,
    /// Line of the terminator.
    pub loc: Loc,
}

/// A function in SSA form.
///
/// Invariants (checked by the verifier): each instruction is listed in exactly one block; each use
/// is dominated by its definition; targets give as many arguments, of the same types, as their
/// block has parameters; nothing jumps to the entry block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name in the symbol table.
    pub symbol: Symbol,
    /// Parameters (those of block 0) and result.
    pub sig: Signature,
    /// Its blocks; unreachable ones may remain until a pass drops them.
    pub blocks: Vec<BlockData>,
    /// Its frame on the shadow stack.
    pub slots: Vec<SlotData>,
    insts: Vec<Inst>,
    types: Vec<Option<Type>>,
    locs: Vec<Loc>,
    /// Runs of operands, each behind its length.
    pool: Vec<Value>,
}

impl Function {
    /// The entry block.
    pub const ENTRY: Block = Block(0);

    /// A function with an empty entry block, whose parameters are those of `sig`.
    pub fn new(symbol: Symbol, sig: Signature) -> Self {
        let mut function = Self::empty(symbol, sig);
        let entry = function.add_block();
        for index in 0..function.sig.params.len() {
            function.add_param(entry, function.sig.params[index]);
        }
        function
    }

    /// Not even an entry block.
    pub(super) fn empty(symbol: Symbol, sig: Signature) -> Self {
        Self {
            symbol,
            sig,
            blocks: Vec::new(),
            slots: Vec::new(),
            insts: Vec::new(),
            types: Vec::new(),
            locs: Vec::new(),
            pool: Vec::new(),
        }
    }

    /// Makes room for so many blocks and values.
    pub(crate) fn reserve(&mut self, blocks: usize, values: usize) {
        self.blocks.reserve_exact(blocks);
        self.insts.reserve_exact(values);
        self.types.reserve_exact(values);
        self.locs.reserve_exact(values);
    }

    /// A function without blocks, with room for so many, whose values are to be those of `order`, for
    /// which [`Self::next_inst`] gives the instructions. Types and places go over now, so that a device
    /// need not hold them twice beside both functions' instructions.
    pub(super) fn take_values(&mut self, order: &[Value], blocks: usize) -> Self {
        let mut new = Self::empty(self.symbol, self.sig.clone());
        new.slots = core::mem::take(&mut self.slots);
        new.types = order.iter().map(|&old| self.ty(old)).collect();
        self.types = Vec::new();
        new.locs = order.iter().map(|&old| self.loc(old)).collect();
        self.locs = Vec::new();
        new.insts.reserve_exact(order.len());
        new.blocks.reserve_exact(blocks);
        new
    }

    /// The instruction of the next value whose type is known already.
    pub(super) fn next_inst(&mut self, inst: Inst) -> Value {
        self.insts.push(inst);
        Value(self.insts.len() as u32 - 1)
    }

    /// Adds a block that ends in `Unreachable`.
    pub fn add_block(&mut self) -> Block {
        let (params, insts, term) = (Vec::new(), Vec::new(), Terminator::Unreachable);
        frugal::push(&mut self.blocks, BlockData { params, insts, term, loc: Loc::NONE });
        Block(self.blocks.len() as u32 - 1)
    }

    /// Adds a parameter to `block`.
    pub fn add_param(&mut self, block: Block, ty: Type) -> Value {
        let index = self.block(block).params.len() as u16;
        let value = self.add_inst(Inst::Param { block, index }, Some(ty), Loc::NONE);
        self.block_mut(block).params.push(value);
        value
    }

    /// Adds an instruction that is in no block yet.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn add_inst(&mut self, inst: Inst, ty: Option<Type>, loc: Loc) -> Value {
        frugal::push(&mut self.insts, inst);
        frugal::push(&mut self.types, ty);
        frugal::push(&mut self.locs, loc);
        Value(self.insts.len() as u32 - 1)
    }

    /// Adds an instruction at the end of `block`.
    pub fn append(&mut self, block: Block, inst: Inst, ty: Option<Type>, loc: Loc) -> Value {
        let value = self.add_inst(inst, ty, loc);
        let insts = &mut self.block_mut(block).insts;
        if insts.is_empty() {
            // Many blocks have no more.
            insts.reserve_exact(2);
        }
        insts.push(value);
        value
    }

    /// Puts operands into the pool.
    pub fn make_args(&mut self, values: &[Value]) -> Args {
        let args = Args(self.pool.len() as u32);
        if self.pool.capacity() - self.pool.len() <= values.len() {
            self.pool.reserve_exact(self.pool.len() / 4 + values.len() + 16);
        }
        self.pool.push(Value(values.len() as u32));
        self.pool.extend_from_slice(values);
        args
    }

    /// The operands of `args`.
    pub fn args(&self, args: Args) -> &[Value] {
        let (len, rest) = self.pool[args.0 as usize..].split_first().expect("made by make_args");
        &rest[..len.0 as usize]
    }

    /// The operands of `args`, to be changed in place.
    pub fn args_mut(&mut self, args: Args) -> &mut [Value] {
        let (len, rest) =
            self.pool[args.0 as usize..].split_first_mut().expect("made by make_args");
        &mut rest[..len.0 as usize]
    }

    /// Adds a stack slot.
    pub fn add_slot(&mut self, size: u32, align: u32) -> Slot {
        self.slots.push(SlotData { size, align });
        Slot(self.slots.len() as u32 - 1)
    }

    /// What `value` computes. Here and below: on a device a call takes less room than an index and
    /// its check.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn inst(&self, value: Value) -> &Inst {
        &self.insts[value.0 as usize]
    }

    /// What `value` computes, to be changed in place; its type stays.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn inst_mut(&mut self, value: Value) -> &mut Inst {
        &mut self.insts[value.0 as usize]
    }

    /// Its type; `None` for instructions without a value.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn ty(&self, value: Value) -> Option<Type> {
        self.types[value.0 as usize]
    }

    /// Its source line.
    pub fn loc(&self, value: Value) -> Loc {
        self.locs[value.0 as usize]
    }

    /// How many instructions were ever made: one more than the largest [`Value`].
    pub fn num_values(&self) -> usize {
        self.insts.len()
    }

    /// A block.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn block(&self, block: Block) -> &BlockData {
        &self.blocks[block.0 as usize]
    }

    /// A block, to be changed.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn block_mut(&mut self, block: Block) -> &mut BlockData {
        &mut self.blocks[block.0 as usize]
    }

    /// All blocks by number.
    pub fn block_ids(&self) -> impl Iterator<Item = Block> + Clone + use<> {
        (0..self.blocks.len() as u32).map(Block)
    }

    /// The values that `inst` uses, in order.
    pub fn operands(&self, inst: &Inst) -> Operands<'_> {
        match *inst {
            Inst::Unary(_, a) | Inst::GlobalSet(_, a) => Operands::few(&[a]),
            Inst::Load { addr, .. } | Inst::VolatileLoad { addr, .. } => Operands::few(&[addr]),
            Inst::Binary(_, a, b) => Operands::few(&[a, b]),
            Inst::Store { addr, value, .. } | Inst::VolatileStore { addr, value, .. } => {
                Operands::few(&[addr, value])
            }
            Inst::Call { args, .. } | Inst::CallIndirect { args, .. } | Inst::Nary(_, args) => {
                Operands::Many(self.args(args).iter())
            }
            _ => Operands::few(&[]),
        }
    }

    /// Applies `map` to every operand of the instruction `value`.
    pub fn map_operands(&mut self, value: Value, mut map: impl FnMut(Value) -> Value) {
        let args = match &mut self.insts[value.0 as usize] {
            Inst::Unary(_, a) | Inst::GlobalSet(_, a) => return *a = map(*a),
            Inst::Load { addr, .. } | Inst::VolatileLoad { addr, .. } => return *addr = map(*addr),
            Inst::Binary(_, a, b) => {
                *a = map(*a);
                *b = map(*b);
                return;
            }
            Inst::Store { addr, value, .. } | Inst::VolatileStore { addr, value, .. } => {
                *addr = map(*addr);
                *value = map(*value);
                return;
            }
            Inst::Call { args, .. } | Inst::CallIndirect { args, .. } | Inst::Nary(_, args) => {
                *args
            }
            _ => return,
        };
        for operand in self.args_mut(args) {
            *operand = map(*operand);
        }
    }
}

/// Iterator over the operands of an instruction.
#[derive(Clone, Debug)]
pub enum Operands<'a> {
    /// At most two, copied; the second number says how many are left.
    Few([Value; 2], u8, u8),
    /// A run of the pool.
    Many(core::slice::Iter<'a, Value>),
}

impl Operands<'_> {
    fn few(values: &[Value]) -> Self {
        let mut all = [Value(0); 2];
        all[..values.len()].copy_from_slice(values);
        Self::Few(all, 0, values.len() as u8)
    }
}

impl Iterator for Operands<'_> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        match self {
            Self::Few(values, at, len) => {
                let value = *values[..usize::from(*len)].get(usize::from(*at))?;
                *at += 1;
                Some(value)
            }
            Self::Many(values) => values.next().copied(),
        }
    }
}

/// Iterator over the targets of a terminator, to be changed.
#[derive(Debug)]
pub struct TargetsMut<'a> {
    fixed: [Option<&'a mut Target>; 2],
    rest: core::slice::IterMut<'a, Target>,
}

impl<'a> TargetsMut<'a> {
    fn new(
        first: Option<&'a mut Target>,
        second: Option<&'a mut Target>,
        rest: &'a mut [Target],
    ) -> Self {
        Self { fixed: [first, second], rest: rest.iter_mut() }
    }
}

impl<'a> Iterator for TargetsMut<'a> {
    type Item = &'a mut Target;

    fn next(&mut self) -> Option<Self::Item> {
        let fixed = self.fixed.iter_mut().find_map(Option::take);
        fixed.or_else(|| self.rest.next())
    }
}

impl Terminator {
    /// Where control may go.
    pub fn targets(&self) -> impl Iterator<Item = &Target> + Clone {
        (0..).map_while(|index| self.get_target(index))
    }

    /// The target that stands at `index` among [`Self::targets`].
    ///
    /// # Panics
    /// If there is none.
    pub fn target(&self, index: usize) -> &Target {
        self.get_target(index).expect("a target of this number")
    }

    fn get_target(&self, index: usize) -> Option<&Target> {
        match (self, index) {
            (Self::Jump(target), 0)
            | (Self::Branch { then: target, .. }, 0)
            | (Self::Branch { els: target, .. }, 1)
            | (Self::Switch { default: target, .. }, 0) => Some(target),
            (Self::Switch { targets, .. }, _) => targets.get(index - 1),
            _ => None,
        }
    }

    /// Where control may go, to be changed.
    pub fn targets_mut(&mut self) -> TargetsMut<'_> {
        match self {
            Self::Jump(target) => TargetsMut::new(Some(target), None, &mut []),
            Self::Branch { then, els, .. } => TargetsMut::new(Some(then), Some(els), &mut []),
            Self::Switch { targets, default, .. } => TargetsMut::new(Some(default), None, targets),
            Self::Return(_) | Self::Unreachable => TargetsMut::new(None, None, &mut []),
        }
    }

    /// The value that it tests or returns (the targets' arguments are not among them).
    pub fn operand(&self) -> Option<Value> {
        match *self {
            Self::Branch { cond: value, .. } | Self::Switch { index: value, .. } => Some(value),
            Self::Return(value) => value,
            Self::Jump(_) | Self::Unreachable => None,
        }
    }

    /// The value that it tests or returns, to be changed.
    pub fn operand_mut(&mut self) -> Option<&mut Value> {
        match self {
            Self::Branch { cond: value, .. } | Self::Switch { index: value, .. } => Some(value),
            Self::Return(value) => value.as_mut(),
            Self::Jump(_) | Self::Unreachable => None,
        }
    }
}
