//! IR programs with any control flow, irreducible too, that end and never trap.
//!
//! How they stay defined: addresses are masked into their object; divisors are odd and small; only
//! conversions that cannot trap are used; a float that becomes an integer or bytes, or lends its sign,
//! is never a NaN, whose sign and payload WebAssembly leaves open. How they end: every block takes one
//! from the function's fuel, and calls go only to earlier functions.

use super::tape::Tape;
use wasm_common::ir::{
    BinOp, Block, DataObject, DataReloc, Function, FunctionBuilder, GlobalSymbol, ImportName,
    LoadOp, Loc, NaryOp, Program, Signature, Slot, StoreOp, Symbol, SymbolKind, SymbolTable, Type,
    UnOp, Value, Variable,
};

/// Bytes of each data object, and of each stack slot.
const SIZE: u32 = 64;
/// Blocks that one call may enter.
const FUEL: i32 = 40;

/// The program that `words` describe. It exports `main`, of no parameters, which prints through
/// `env.print_i64` and `env.print_f64` and returns an i32.
#[must_use]
pub fn program(words: &[u32]) -> Program {
    let mut tape = Tape::new(words);
    let mut symbols = SymbolTable::new();
    let mut shared = Shared::new(&mut symbols, &mut tape);
    let mut functions = Vec::new();
    for number in 0..tape.below(4) {
        let sig = signature(&mut tape);
        let symbol = symbols.add_func(&format!("f{number}"), sig.clone(), None);
        functions.push(Maker::new(&mut tape, &shared, &mut symbols, symbol, &sig).function());
        shared.callees.push((symbol, sig));
        shared.point_at(&mut symbols, symbol);
    }
    let sig = Signature::new(&[], Some(Type::I32));
    let main = symbols.add_func("main", sig.clone(), None);
    symbols.get_mut(main).export = Some("main".into());
    functions.push(Maker::new(&mut tape, &shared, &mut symbols, main, &sig).function());
    Program { symbols, functions }
}

fn ty(tape: &mut Tape<'_>) -> Type {
    tape.pick(&[Type::I32, Type::I64, Type::F64, Type::F32])
}

fn signature(tape: &mut Tape<'_>) -> Signature {
    let params: Vec<Type> = (0..tape.below(4)).map(|_| ty(tape)).collect();
    let result = if tape.once_in(4) { None } else { Some(ty(tape)) };
    Signature::new(&params, result)
}

/// What all functions see.
struct Shared {
    /// Of bytes that only integer loads and stores touch.
    ints: Vec<Symbol>,
    /// Of bytes that only float loads and stores touch.
    floats: Symbol,
    /// Holds the table indices of functions.
    pointers: Symbol,
    globals: Vec<(Symbol, Type)>,
    print_i64: Symbol,
    print_f64: Symbol,
    callees: Vec<(Symbol, Signature)>,
}

impl Shared {
    fn new(symbols: &mut SymbolTable, tape: &mut Tape<'_>) -> Self {
        let mut import = |field: &str, param| {
            let name = ImportName { module: "env".into(), field: field.into() };
            symbols.add_func(field, Signature::new(&[param], None), Some(name))
        };
        let (print_i64, print_f64) =
            (import("print_i64", Type::I64), import("print_f64", Type::F64));
        let mut data = |name: &str, size, bytes| {
            let object = DataObject { size, align: 8, bytes, ..DataObject::default() };
            symbols.add(name, SymbolKind::Data(object))
        };
        let ints = (0..=tape.below(3))
            .map(|number| {
                let bytes = (0..tape.below(SIZE as usize)).map(|_| tape.word() as u8).collect();
                data(&format!("ints{number}"), SIZE, bytes)
            })
            .collect();
        let (floats, pointers) =
            (data("floats", SIZE, Vec::new()), data("pointers", 16, Vec::new()));
        let globals = (0..tape.below(4))
            .map(|number| {
                let ty = ty(tape);
                let init = if ty.is_int() { u64::from(tape.word()) } else { 0 };
                let global = GlobalSymbol { ty, init, mutable: true };
                (symbols.add(&format!("g{number}"), SymbolKind::Global(global)), ty)
            })
            .collect();
        Self { ints, floats, pointers, globals, print_i64, print_f64, callees: Vec::new() }
    }

    /// Puts the table index of `func` into the data.
    fn point_at(&self, symbols: &mut SymbolTable, func: Symbol) {
        let SymbolKind::Data(object) = &mut symbols.get_mut(self.pointers).kind else { return };
        let offset = 4 * object.relocs.len() as u32;
        object.relocs.push(DataReloc { offset, target: func, addend: 0 });
    }
}

/// Makes one function.
struct Maker<'a, 't> {
    tape: &'a mut Tape<'t>,
    shared: &'a Shared,
    symbols: &'a mut SymbolTable,
    b: FunctionBuilder,
    result: Option<Type>,
    vars: Vec<(Variable, Type)>,
    fuel: Variable,
    slot: Slot,
    blocks: Vec<Block>,
    exit: Block,
}

impl<'a, 't> Maker<'a, 't> {
    fn new(
        tape: &'a mut Tape<'t>,
        shared: &'a Shared,
        symbols: &'a mut SymbolTable,
        symbol: Symbol,
        sig: &Signature,
    ) -> Self {
        let mut b = FunctionBuilder::new(symbol, sig.clone());
        let params = b.params().to_vec();
        let mut vars = Vec::new();
        for (&value, &ty) in params.iter().zip(&sig.params) {
            let var = b.declare(ty);
            b.def(var, value);
            vars.push((var, ty));
        }
        let fuel = b.declare(Type::I32);
        let full = b.i32_const(FUEL);
        b.def(fuel, full);
        let slot = b.add_slot(SIZE, 8);
        let exit = b.create_block();
        Self {
            tape,
            shared,
            symbols,
            b,
            result: sig.result,
            vars,
            fuel,
            slot,
            blocks: Vec::new(),
            exit,
        }
    }

    fn function(mut self) -> Function {
        self.prologue();
        for _ in 0..=self.tape.below(8) {
            let block = self.b.create_block();
            self.blocks.push(block);
        }
        let first = self.blocks[0];
        self.b.jump(first);
        for number in 0..self.blocks.len() {
            self.block(number);
        }
        self.b.switch_to(self.exit);
        self.epilogue();
        self.b.finish()
    }

    /// Variables with values, a slot with content.
    fn prologue(&mut self) {
        let (slot, zero, size) =
            (self.b.slot_addr(self.slot, 0), self.b.i32_const(0), self.b.i32_const(SIZE as i32));
        self.b.nary(NaryOp::MemoryFill, &[slot, zero, size]);
        for ty in [Type::I32, Type::I64, Type::F64, Type::F32] {
            for _ in 0..=self.tape.below(2) {
                let value = self.literal(ty);
                let var = self.b.declare(ty);
                self.b.def(var, value);
                self.vars.push((var, ty));
            }
        }
    }

    /// Instructions, and a jump to anywhere.
    fn block(&mut self, number: usize) {
        self.b.switch_to(self.blocks[number]);
        self.b.set_loc(Loc::new(0, number as u32 + 1));
        let (fuel, one, zero) = (self.b.get(self.fuel), self.b.i32_const(1), self.b.i32_const(0));
        let less = self.b.binary(BinOp::I32Sub, fuel, one);
        self.b.def(self.fuel, less);
        let empty = self.b.binary(BinOp::I32LeS, less, zero);
        let (body, exit) = (self.b.create_block(), self.exit);
        self.b.branch(empty, exit, body);
        self.b.seal(body);
        self.b.switch_to(body);
        for _ in 0..self.tape.below(6) {
            self.step();
        }
        match self.tape.below(5) {
            0 => {
                let to = self.target();
                self.b.jump(to);
            }
            1 | 2 => {
                let cond = self.value(Type::I32, 2);
                let (then, els) = (self.target(), self.target());
                self.b.branch(cond, then, els);
            }
            3 => {
                let index = self.value(Type::I32, 1);
                let mask = self.b.i32_const(7);
                let index = self.b.binary(BinOp::I32And, index, mask);
                let targets: Vec<Block> = (0..self.tape.below(6)).map(|_| self.target()).collect();
                let default = self.target();
                self.b.switch(index, &targets, default);
            }
            _ => {
                let value = self.result.map(|ty| self.value(ty, 2));
                self.b.ret(value);
            }
        }
    }

    /// Any block; the exit when the tape has run out.
    fn target(&mut self) -> Block {
        let at = self.tape.below(self.blocks.len() + 1);
        if at == 0 { self.exit } else { self.blocks[at - 1] }
    }

    /// Prints everything and returns.
    fn epilogue(&mut self) {
        for (var, ty) in self.vars.clone() {
            let value = self.b.get(var);
            self.print(value, ty);
        }
        for (symbol, ty) in self.shared.globals.clone() {
            let value = self.b.global_get(symbol, ty);
            self.print(value, ty);
        }
        for &object in &self.shared.ints {
            for offset in (0..SIZE).step_by(8) {
                let addr = self.b.symbol_addr(object, 0);
                let value = self.b.load(LoadOp::I64Load, addr, offset);
                self.print(value, Type::I64);
            }
        }
        let value = self.result.map(|ty| self.value(ty, 1));
        self.b.ret(value);
    }

    fn print(&mut self, value: Value, ty: Type) {
        let (callee, value) = match ty {
            Type::I64 => (self.shared.print_i64, value),
            Type::I32 => (self.shared.print_i64, self.b.unary(UnOp::I64ExtendI32S, value)),
            Type::F64 => (self.shared.print_f64, self.number(value, Type::F64)),
            Type::F32 => {
                let wide = self.b.unary(UnOp::F64PromoteF32, value);
                (self.shared.print_f64, self.number(wide, Type::F64))
            }
        };
        self.b.call(callee, None, &[value]);
    }

    /// `value`, or 1 in the place of a NaN.
    fn number(&mut self, value: Value, ty: Type) -> Value {
        let (op, one) = match ty {
            Type::F32 => (BinOp::F32Eq, self.b.f32_const(1.0)),
            _ => (BinOp::F64Eq, self.b.f64_const(1.0)),
        };
        let same = self.b.binary(op, value, value);
        self.b.select(value, one, same)
    }

    fn literal(&mut self, ty: Type) -> Value {
        match ty {
            Type::I32 => {
                let ints = [
                    0,
                    1,
                    -1,
                    2,
                    7,
                    31,
                    32,
                    255,
                    256,
                    -128,
                    65_535,
                    i32::MAX,
                    i32::MIN,
                    0x1234_5678,
                ];
                self.b.i32_const(self.tape.pick(&ints))
            }
            Type::I64 => {
                let ints =
                    [0, 1, -1, 8, 63, 64, 1 << 32, -(1 << 33), i64::MAX, i64::MIN, 0xFFFF_FFFF];
                self.b.i64_const(self.tape.pick(&ints))
            }
            Type::F32 => {
                let floats =
                    [0.0, 1.0, -1.5, 0.5, 1e10, -0.0, 3e38, f32::INFINITY, f32::NAN, 1e-40];
                self.b.f32_const(self.tape.pick(&floats))
            }
            Type::F64 => {
                let floats =
                    [0.0, 1.0, -1.5, 0.5, 1e10, -0.0, 1e308, f64::INFINITY, f64::NAN, 5e-324, 2e9];
                self.b.f64_const(self.tape.pick(&floats))
            }
        }
    }

    /// A value of type `ty`, by an expression at most `depth` deep.
    fn value(&mut self, ty: Type, depth: usize) -> Value {
        if depth == 0 || self.tape.is_empty() {
            return self.leaf(ty);
        }
        let below = depth - 1;
        match self.tape.below(8) {
            0 => self.leaf(ty),
            1..=3 => {
                let ops: Vec<BinOp> =
                    BinOp::ALL.iter().copied().filter(|op| op.ty() == ty).collect();
                let op = ops[self.tape.below(ops.len())];
                let operands = op.operands();
                let (a, mut right) =
                    (self.value(operands[0], below), self.value(operands[1], below));
                if op.can_trap() {
                    right = self.divisor(right, operands[1]);
                } else if matches!(op, BinOp::F32Copysign | BinOp::F64Copysign) {
                    right = self.number(right, operands[1]);
                }
                self.b.binary(op, a, right)
            }
            4 | 5 => {
                let fits = |op: &UnOp| op.ty() == ty && !op.can_trap();
                let ops: Vec<UnOp> = UnOp::ALL.iter().copied().filter(fits).collect();
                let op = ops[self.tape.below(ops.len())];
                let from = op.operands()[0];
                let mut a = self.value(from, below);
                if !from.is_int() && ty.is_int() {
                    a = self.number(a, from);
                }
                self.b.unary(op, a)
            }
            6 => {
                let (a, c, cond) =
                    (self.value(ty, below), self.value(ty, below), self.value(Type::I32, below));
                self.b.select(a, c, cond)
            }
            _ => self.load(ty, below),
        }
    }

    /// Odd and between 1 and 255.
    fn divisor(&mut self, value: Value, ty: Type) -> Value {
        let (and, or, mask, one) = match ty {
            Type::I32 => (BinOp::I32And, BinOp::I32Or, self.b.i32_const(254), self.b.i32_const(1)),
            _ => (BinOp::I64And, BinOp::I64Or, self.b.i64_const(254), self.b.i64_const(1)),
        };
        let low = self.b.binary(and, value, mask);
        self.b.binary(or, low, one)
    }

    fn leaf(&mut self, ty: Type) -> Value {
        let vars: Vec<Variable> =
            self.vars.iter().filter(|(_, other)| *other == ty).map(|(var, _)| *var).collect();
        let globals: Vec<Symbol> = self
            .shared
            .globals
            .iter()
            .filter(|(_, other)| *other == ty)
            .map(|(symbol, _)| *symbol)
            .collect();
        match self.tape.below(4) {
            1 => self.literal(ty),
            2 if !globals.is_empty() => {
                let global = globals[self.tape.below(globals.len())];
                self.b.global_get(global, ty)
            }
            _ if vars.is_empty() => self.literal(ty),
            _ => {
                let var = vars[self.tape.below(vars.len())];
                self.b.get(var)
            }
        }
    }

    /// The address of `width` bytes in an object for `ty`, and a constant offset to add.
    fn place(&mut self, ty: Type, width: u32, depth: usize) -> (Value, u32) {
        let slack = SIZE - width;
        let offset =
            if self.tape.once_in(2) { self.tape.below(slack as usize + 1) as u32 } else { 0 };
        let base = if !ty.is_int() {
            self.b.symbol_addr(self.shared.floats, 0)
        } else if self.tape.once_in(3) {
            self.b.slot_addr(self.slot, 0)
        } else {
            let object = self.shared.ints[self.tape.below(self.shared.ints.len())];
            self.b.symbol_addr(object, 0)
        };
        if depth == 0 || offset != 0 {
            return (base, offset);
        }
        let index = self.value(Type::I32, depth - 1);
        // 32 + 16 + 8: with 8 bytes to read, still inside.
        let mask = self.b.i32_const(self.tape.pick(&[SIZE as i32 - 8, 31, 7, 55]));
        let index = self.b.binary(BinOp::I32And, index, mask);
        (self.b.binary(BinOp::I32Add, base, index), 0)
    }

    fn load(&mut self, ty: Type, depth: usize) -> Value {
        let ops: Vec<LoadOp> = LoadOp::ALL.iter().copied().filter(|op| op.ty() == ty).collect();
        let op = ops[self.tape.below(ops.len())];
        let (addr, offset) = self.place(ty, op.width(), depth);
        if self.tape.once_in(6) {
            return self.b.volatile_load(op, addr, offset);
        }
        self.b.load(op, addr, offset)
    }

    fn store(&mut self) {
        let op = self.tape.pick(StoreOp::ALL);
        let mut value = self.value(op.ty(), 2);
        if !op.ty().is_int() {
            // A NaN's bytes could be read as another number.
            value = self.number(value, op.ty());
        }
        let (addr, offset) = self.place(op.ty(), op.width(), 2);
        if self.tape.once_in(6) {
            self.b.volatile_store(op, addr, value, offset);
        } else {
            self.b.store(op, addr, value, offset);
        }
    }

    /// One effect.
    fn step(&mut self) {
        match self.tape.below(8) {
            0..=2 => {
                let (var, ty) = self.vars[self.tape.below(self.vars.len())];
                let value = self.value(ty, 3);
                self.b.def(var, value);
            }
            3 | 4 => self.store(),
            5 if !self.shared.globals.is_empty() => {
                let (global, ty) = self.shared.globals[self.tape.below(self.shared.globals.len())];
                let value = self.value(ty, 2);
                self.b.global_set(global, value);
            }
            6 if !self.shared.callees.is_empty() => self.call(),
            7 => self.bulk(),
            _ => {
                let ty = ty(self.tape);
                let value = self.value(ty, 2);
                self.print(value, ty);
            }
        }
    }

    /// Calls an earlier function: by name, by its table index, or by an index read from data.
    fn call(&mut self) {
        let at = self.tape.below(self.shared.callees.len());
        let (callee, sig) = self.shared.callees[at].clone();
        let mut args: Vec<Value> = sig.params.iter().map(|&ty| self.value(ty, 2)).collect();
        for (arg, &ty) in args.iter_mut().zip(&sig.params) {
            if !ty.is_int() {
                *arg = self.number(*arg, ty);
            }
        }
        let result = match self.tape.below(3) {
            0 => self.b.call(callee, sig.result, &args),
            kind => {
                let index = if kind == 1 {
                    self.b.func_addr(callee)
                } else {
                    let pointers = self.b.symbol_addr(self.shared.pointers, 0);
                    self.b.load(LoadOp::I32Load, pointers, 4 * at as u32)
                };
                let id = self.symbols.sig_id(sig.clone());
                self.b.call_indirect(id, sig.result, index, &args)
            }
        };
        let (Some(value), Some(ty)) = (result, sig.result) else { return };
        let var = self.vars.iter().find(|(_, other)| *other == ty).map(|(var, _)| *var);
        if let Some(var) = var {
            self.b.def(var, value);
        }
    }

    /// Copies or fills bytes inside the integer objects.
    fn bulk(&mut self) {
        let (to, _) = self.place(Type::I32, SIZE / 2, 0);
        let len = self.value(Type::I32, 1);
        let mask = self.b.i32_const(31);
        let len = self.b.binary(BinOp::I32And, len, mask);
        if self.tape.once_in(2) {
            let (from, _) = self.place(Type::I32, SIZE / 2, 0);
            let eight = self.b.i32_const(8);
            let from = self.b.binary(BinOp::I32Add, from, eight);
            self.b.nary(NaryOp::MemoryCopy, &[to, from, len]);
        } else {
            let byte = self.value(Type::I32, 1);
            self.b.nary(NaryOp::MemoryFill, &[to, byte, len]);
        }
    }
}
