//! Building a function: instructions in the order of the source, variables to SSA on the fly.
//!
//! In: calls in any order that makes sense to a front end. Out: a [`Function`] in which variables
//! have become values and block parameters (`variables.rs`), constants are folded, and what a block
//! computes twice is computed once.
//!
//! What always holds: a block takes instructions until it has its terminator; what a front end adds
//! after that, or to a block that nothing reaches, is built and dropped by
//! [`FunctionBuilder::finish`]. Nothing here recurses.

use super::{
    Args, BinOp, Block, Const, Function, Inst, LoadOp, Loc, NaryOp, Number, SigId, Signature,
    Simple, Slot, StoreOp, Symbol, Target, Terminator, Type, UnOp, Value, Variable, Variables,
    simplify,
};
use crate::map::Map;
use alloc::vec::Vec;

/// Makes one [`Function`].
#[derive(Debug)]
pub struct FunctionBuilder {
    func: Function,
    variables: Variables,
    current: Block,
    loc: Loc,
    /// What the current block has computed.
    numbers: Map<Number, Value>,
    /// Blocks that have their terminator.
    ended: Vec<bool>,
    /// Targets without arguments: what they are is known at the end.
    no_args: Args,
}

impl FunctionBuilder {
    /// Starts a function; the current block is its entry, which nothing may jump to.
    pub fn new(symbol: Symbol, sig: Signature) -> Self {
        let mut func = Function::new(symbol, sig);
        func.reserve(8, 64);
        let no_args = func.make_args(&[]);
        let mut variables = Variables::default();
        variables.add_block();
        variables.seal(&mut func, Function::ENTRY);
        Self {
            func,
            variables,
            current: Function::ENTRY,
            loc: Loc::NONE,
            numbers: Map::new(),
            ended: alloc::vec![false],
            no_args,
        }
    }

    /// The function's parameters.
    pub fn params(&self) -> &[Value] {
        &self.func.block(Function::ENTRY).params
    }

    /// Adds an empty block.
    pub fn create_block(&mut self) -> Block {
        self.variables.add_block();
        self.ended.push(false);
        self.func.add_block()
    }

    /// Instructions now go to `block`.
    pub fn switch_to(&mut self, block: Block) {
        if self.current != block {
            self.current = block;
            self.numbers.clear();
        }
    }

    /// Every jump to `block` has been made. The sooner the better: a loop's head after its back
    /// edge, any other block before it is switched to.
    pub fn seal(&mut self, block: Block) {
        self.variables.seal(&mut self.func, block);
    }

    /// Seals every block that is not.
    pub fn seal_all(&mut self) {
        for block in self.func.block_ids() {
            self.seal(block);
        }
    }

    /// Where instructions go.
    pub fn current(&self) -> Block {
        self.current
    }

    /// Whether control cannot get here: the current block has its terminator, or nothing jumps to it.
    pub fn is_terminated(&self) -> bool {
        self.ended[self.current.0 as usize] || self.variables.is_dead(self.current)
    }

    /// Adds a variable.
    pub fn declare(&mut self, ty: Type) -> Variable {
        self.variables.declare(ty)
    }

    /// Assigns `value` to `var`.
    pub fn def(&mut self, var: Variable, value: Value) {
        self.open();
        self.variables.def(var, self.current, value);
    }

    /// The value of `var`; zero if nothing was assigned on some way here.
    pub fn get(&mut self, var: Variable) -> Value {
        self.open();
        self.variables.get(&mut self.func, var, self.current)
    }

    /// The type of a value; `None` if it has none.
    pub fn ty(&self, value: Value) -> Option<Type> {
        self.func.ty(value)
    }

    /// What `value` is, if that is known.
    pub fn constant(&mut self, value: Value) -> Option<Const> {
        let value = self.variables.replaced.get(value);
        simplify::constant(&self.func, value)
    }

    /// The source line of what follows.
    pub fn set_loc(&mut self, loc: Loc) {
        self.loc = loc;
    }

    /// A constant of any type.
    pub fn constant_value(&mut self, value: Const) -> Value {
        self.pure(value.inst(), value.ty())
    }

    /// A constant.
    pub fn i32_const(&mut self, value: i32) -> Value {
        self.constant_value(value.into())
    }

    /// A constant.
    pub fn i64_const(&mut self, value: i64) -> Value {
        self.constant_value(value.into())
    }

    /// A constant.
    pub fn f32_const(&mut self, value: f32) -> Value {
        self.constant_value(value.into())
    }

    /// A constant.
    pub fn f64_const(&mut self, value: f64) -> Value {
        self.constant_value(value.into())
    }

    /// `op(a)`.
    pub fn unary(&mut self, op: UnOp, a: Value) -> Value {
        let a = self.variables.replaced.get(a);
        self.simplified(Inst::Unary(op, a), op.ty())
    }

    /// `op(a, b)`.
    pub fn binary(&mut self, op: BinOp, a: Value, b: Value) -> Value {
        let (a, b) = (self.variables.replaced.get(a), self.variables.replaced.get(b));
        self.simplified(Inst::Binary(op, a, b), op.ty())
    }

    /// `cond != 0 ? a : b`; both are computed.
    pub fn select(&mut self, a: Value, b: Value, cond: Value) -> Value {
        let [a, b, cond] = [a, b, cond].map(|value| self.variables.replaced.get(value));
        let (cond, negated) = simplify::condition(&self.func, cond);
        let (a, b) = if negated { (b, a) } else { (a, b) };
        if let Some(value) = simplify::select(&self.func, a, b, cond) {
            return value;
        }
        if let Some(&value) = self.numbers.get(&Number::Select([a, b, cond])) {
            return value;
        }
        let args = self.func.make_args(&[a, b, cond]);
        let ty = self.func.ty(a);
        let value = self.append(Inst::Nary(NaryOp::Select, args), ty);
        self.numbers.insert(Number::Select([a, b, cond]), value);
        value
    }

    /// Reads memory at `addr + offset`.
    pub fn load(&mut self, op: LoadOp, addr: Value, offset: u32) -> Value {
        let (addr, offset) = self.short_offset(addr, offset);
        self.append(Inst::Load { op, offset, addr }, Some(op.ty()))
    }

    /// Writes `value` to memory at `addr + offset`.
    pub fn store(&mut self, op: StoreOp, addr: Value, value: Value, offset: u32) {
        let (addr, offset) = self.short_offset(addr, offset);
        let value = simplify::stored(&self.func, op, self.variables.replaced.get(value));
        self.append(Inst::Store { op, offset, addr, value }, None);
    }

    /// Reads memory at `addr + offset`, exactly here and once.
    pub fn volatile_load(&mut self, op: LoadOp, addr: Value, offset: u32) -> Value {
        let (addr, offset) = self.short_offset(addr, offset);
        self.append(Inst::VolatileLoad { op, offset, addr }, Some(op.ty()))
    }

    /// Writes `value` to memory at `addr + offset`, exactly here and once.
    pub fn volatile_store(&mut self, op: StoreOp, addr: Value, value: Value, offset: u32) {
        let (addr, offset) = self.short_offset(addr, offset);
        self.append(Inst::VolatileStore { op, offset, addr, value }, None);
    }

    /// An offset that an instruction has room for; what is larger is added to the address.
    fn short_offset(&mut self, addr: Value, offset: u32) -> (Value, u16) {
        if let Ok(offset) = u16::try_from(offset) {
            return (addr, offset);
        }
        let offset = self.i32_const(offset as i32);
        (self.binary(BinOp::I32Add, addr, offset), 0)
    }

    /// The address of a data symbol, plus `addend`.
    pub fn symbol_addr(&mut self, symbol: Symbol, addend: i32) -> Value {
        self.pure(Inst::SymbolAddr { symbol, addend }, Type::I32)
    }

    /// A function as a value: its table index.
    pub fn func_addr(&mut self, symbol: Symbol) -> Value {
        self.pure(Inst::FuncAddr(symbol), Type::I32)
    }

    /// Adds `size` bytes to the frame; `align` is a power of two, at most 16.
    pub fn add_slot(&mut self, size: u32, align: u32) -> Slot {
        self.func.add_slot(size, align)
    }

    /// The address of a stack slot, plus `addend`.
    pub fn slot_addr(&mut self, slot: Slot, addend: i32) -> Value {
        self.pure(Inst::SlotAddr { slot, addend }, Type::I32)
    }

    /// Whether a value is the address of a slot or symbol.
    pub fn is_address(&self, value: Value) -> bool {
        matches!(self.func.inst(value), Inst::SlotAddr { .. } | Inst::SymbolAddr { .. })
    }

    /// Whether a value is an `i32` constant.
    pub fn is_i32_const(&self, value: Value) -> bool {
        matches!(self.func.inst(value), Inst::I32Const(_))
    }

    /// Reads a wasm global of type `ty`.
    pub fn global_get(&mut self, symbol: Symbol, ty: Type) -> Value {
        self.append(Inst::GlobalGet(symbol), Some(ty))
    }

    /// Writes a wasm global.
    pub fn global_set(&mut self, symbol: Symbol, value: Value) {
        self.append(Inst::GlobalSet(symbol, value), None);
    }

    /// Calls a function; the value that it returns, if `result` says that it has one.
    pub fn call(&mut self, func: Symbol, result: Option<Type>, args: &[Value]) -> Option<Value> {
        let args = self.func.make_args(args);
        let value = self.append(Inst::Call { func, args }, result);
        result.map(|_| value)
    }

    /// Calls the function whose table index is `index`.
    pub fn call_indirect(
        &mut self,
        sig: SigId,
        result: Option<Type>,
        index: Value,
        args: &[Value],
    ) -> Option<Value> {
        let mut all = alloc::vec![index];
        all.extend_from_slice(args);
        let args = self.func.make_args(&all);
        let value = self.append(Inst::CallIndirect { sig, args }, result);
        result.map(|_| value)
    }

    /// One of the rarer operations, with as many operands as [`NaryOp::arity`] says.
    pub fn nary(&mut self, op: NaryOp, operands: &[Value]) -> Option<Value> {
        if let (NaryOp::Select, &[a, b, cond]) = (op, operands) {
            return Some(self.select(a, b, cond));
        }
        let args = self.func.make_args(operands);
        let result = op.has_result().then_some(Type::I32);
        let value = self.append(Inst::Nary(op, args), result);
        result.map(|_| value)
    }

    /// Ends the block: goes on at `block`.
    pub fn jump(&mut self, block: Block) {
        let target = self.target(block);
        self.end(Terminator::Jump(target));
    }

    /// Ends the block: goes on at `then` if `cond` is not zero, else at `els`.
    pub fn branch(&mut self, cond: Value, then: Block, els: Block) {
        let cond = self.variables.replaced.get(cond);
        let (cond, negated) = simplify::condition(&self.func, cond);
        let (then, els) = if negated { (els, then) } else { (then, els) };
        if then == els {
            return self.jump(then);
        }
        if let Some(known) = simplify::constant(&self.func, cond) {
            return self.jump(if known.bits() != 0 { then } else { els });
        }
        let (then, els) = (self.target(then), self.target(els));
        self.end(Terminator::Branch { cond, then, els });
    }

    /// Ends the block: goes on at `targets[index]`, or at `default` when there is none.
    pub fn switch(&mut self, index: Value, targets: &[Block], default: Block) {
        if let Some(known) = self.constant(index) {
            let target = targets.get(known.bits() as usize).copied().unwrap_or(default);
            return self.jump(target);
        }
        let targets = targets.iter().map(|&block| self.target(block)).collect();
        let default = self.target(default);
        self.end(Terminator::Switch { index, targets, default });
    }

    /// Ends the block: leaves the function.
    pub fn ret(&mut self, value: Option<Value>) {
        self.end(Terminator::Return(value));
    }

    /// Ends the block: traps.
    pub fn unreachable(&mut self) {
        self.end(Terminator::Unreachable);
    }

    /// The finished function: variables gone, unreachable blocks dropped, everything numbered in
    /// order.
    pub fn finish(mut self) -> Function {
        self.seal_all();
        self.variables.finish(&mut self.func);
        self.func.compact();
        self.func
    }

    fn target(&self, block: Block) -> Target {
        Target { block, args: self.no_args }
    }

    fn end(&mut self, term: Terminator) {
        self.open();
        self.ended[self.current.0 as usize] = true;
        // Edges from dead code would only keep values alive.
        if self.variables.is_dead(self.current) {
            return;
        }
        self.variables.add_edges(self.current, term.targets().map(|target| target.block));
        let loc = self.loc;
        let block = self.func.block_mut(self.current);
        block.term = term;
        block.loc = loc;
    }

    /// Makes sure that the current block takes instructions: after its end, they go to a new one
    /// that nothing reaches.
    fn open(&mut self) {
        if self.ended[self.current.0 as usize] {
            let block = self.create_block();
            self.switch_to(block);
            self.seal(block);
        }
    }

    fn append(&mut self, inst: Inst, ty: Option<Type>) -> Value {
        self.open();
        self.func.append(self.current, inst, ty, self.loc)
    }

    /// The value of a pure instruction, computed once in each block.
    fn pure(&mut self, inst: Inst, ty: Type) -> Value {
        self.open();
        if let Some(&value) = self.numbers.get(&Number::Inst(inst)) {
            return value;
        }
        let value = self.append(inst, Some(ty));
        self.numbers.insert(Number::Inst(inst), value);
        value
    }

    fn simplified(&mut self, mut inst: Inst, ty: Type) -> Value {
        loop {
            match simplify::simplify(&self.func, &inst) {
                None => break,
                Some(Simple::Value(value)) => return value,
                Some(Simple::Const(value)) => return self.constant_value(value),
                Some(Simple::Inst(simpler)) => inst = simpler,
                Some(Simple::WithConst(op, a, c)) => {
                    inst = Inst::Binary(op, a, self.constant_value(c));
                }
                Some(Simple::Chain([(first, c), (second, d)], a)) => {
                    let c = self.constant_value(c);
                    let inner = Number::Inst(Inst::Binary(first, a, c));
                    let Some(&inner) = self.numbers.get(&inner) else { break };
                    inst = Inst::Binary(second, inner, self.constant_value(d));
                }
            }
        }
        if inst.is_pure() { self.pure(inst, ty) } else { self.append(inst, Some(ty)) }
    }
}
