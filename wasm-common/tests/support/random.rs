//! Random programs from a string of bytes: every string is a program that is valid, ends (but for
//! fuel) and accesses memory within bounds. Floats and integers never share memory, so that no NaN's
//! bits can be seen.

use wasm_common::ir::{
    BinOp, Block, Const, DataObject, FunctionBuilder, GlobalSymbol, ImportName, LoadOp, Loc,
    NaryOp, Program, Signature, Slot, StoreOp, Symbol, SymbolKind, Type, UnOp, Value, Variable,
};

/// The function that tests run: (i32, i64, f32, f64) -> i32.
pub const MAIN: &str = "f0";

const TYPES: [Type; 4] = [Type::I32, Type::I64, Type::F32, Type::F64];
const FUNCTIONS: usize = 3;

/// What functions can name.
struct World {
    functions: Vec<Symbol>,
    out: Symbol,
    globals: [Symbol; 4],
    ints: Symbol,
    floats: Symbol,
}

/// The program that `bytes` spell.
pub fn program(bytes: &[u8]) -> Program {
    let mut program = Program::default();
    let world = world(&mut program);
    // Half for the first function, which calls the others; then half of the rest.
    let mut rest = bytes;
    for index in 0..FUNCTIONS {
        let (bytes, after) = rest.split_at(rest.len() / 2);
        let mut source = Source { bytes, at: 0 };
        rest = after;
        let function = Gen::new(&world, &mut source, index).function();
        program.functions.push(function);
    }
    program
}

fn world(program: &mut Program) -> World {
    let symbols = &mut program.symbols;
    let sig = Signature::new(&TYPES, Some(Type::I32));
    let functions =
        (0..FUNCTIONS).map(|i| symbols.add_func(&format!("f{i}"), sig.clone(), None)).collect();
    let import = ImportName { module: "env".into(), field: "out".into() };
    let out = symbols.add_func("out", Signature::new(&[Type::I32], Some(Type::I32)), Some(import));
    let globals = TYPES.map(|ty| {
        let global = GlobalSymbol { ty, init: 0, mutable: true };
        symbols.add(&format!("g_{ty}"), SymbolKind::Global(global))
    });
    let array = |bytes: Vec<u8>| {
        SymbolKind::Data(DataObject { size: 64, align: 8, bytes, ..DataObject::default() })
    };
    let ints = symbols.add("ints", array((1..40).collect()));
    let floats = symbols.add("floats", array(1.5f64.to_le_bytes().to_vec()));
    World { functions, out, globals, ints, floats }
}

struct Source<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Source<'_> {
    /// A number below `n`; 0 when the bytes are used up.
    fn pick(&mut self, n: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % n
    }

    fn is_empty(&self) -> bool {
        self.at >= self.bytes.len()
    }
}

struct Gen<'a, 'b> {
    world: &'a World,
    source: &'a mut Source<'b>,
    index: usize,
    builder: FunctionBuilder,
    /// Three variables of each type.
    variables: Vec<(Type, Variable)>,
    /// Integers at 0..16, floats at 16..32.
    slot: Slot,
    scalar: Slot,
    /// Where break and continue go.
    loops: Vec<(Block, Block)>,
    line: u32,
}

impl<'a, 'b> Gen<'a, 'b> {
    fn new(world: &'a World, source: &'a mut Source<'b>, index: usize) -> Self {
        let sig = Signature::new(&TYPES, Some(Type::I32));
        let mut builder = FunctionBuilder::new(world.functions[index], sig);
        let mut variables = Vec::new();
        let params = builder.params().to_vec();
        for (ty, param) in TYPES.into_iter().zip(params) {
            for copy in 0..3 {
                let variable = builder.declare(ty);
                if copy == 0 {
                    builder.def(variable, param);
                }
                variables.push((ty, variable));
            }
        }
        let slot = builder.add_slot(32, 8);
        let scalar = builder.add_slot(4, 4);
        // What a slot holds at first is open; nothing may depend on it.
        let zero = builder.i64_const(0);
        for at in 0..4 {
            let address = builder.slot_addr(slot, 0);
            builder.store(StoreOp::I64Store, address, zero, at * 8);
        }
        let address = builder.slot_addr(scalar, 0);
        let zero = builder.i32_const(0);
        builder.store(StoreOp::I32Store, address, zero, 0);
        Self { world, source, index, builder, variables, slot, scalar, loops: Vec::new(), line: 1 }
    }

    fn function(mut self) -> wasm_common::ir::Function {
        self.statements(0, 24);
        let result = self.expr(Type::I32, 0);
        self.builder.ret(Some(result));
        self.builder.finish()
    }

    fn statements(&mut self, depth: usize, most: usize) {
        for _ in 0..1 + self.source.pick(most) {
            if self.source.is_empty() {
                break;
            }
            self.line += 1;
            self.builder.set_loc(Loc::new(0, self.line));
            self.statement(depth);
        }
    }

    fn statement(&mut self, depth: usize) {
        let choice = self.source.pick(if depth < 4 { 24 } else { 12 });
        match choice {
            0..=3 => {
                let (ty, variable) = self.variable();
                let value = self.expr(ty, 0);
                self.builder.def(variable, value);
            }
            4 | 5 => self.store_array(),
            6 => self.store_slot(),
            7 => {
                let value = self.expr(Type::I32, 0);
                let result = self.builder.call(self.world.out, Some(Type::I32), &[value]);
                self.maybe_keep(result);
            }
            8 => {
                let at = self.source.pick(4);
                let value = self.expr(TYPES[at], 0);
                self.builder.global_set(self.world.globals[at], value);
            }
            9 => self.call(),
            10 => self.leave(),
            11 => self.memory(),
            12..=15 => self.if_else(depth),
            16 | 17 => self.while_loop(depth),
            18 | 19 => self.do_loop(depth),
            20 => self.for_array(),
            21 => self.switch(depth),
            _ => self.tangle(depth),
        }
    }

    fn variable(&mut self) -> (Type, Variable) {
        let at = self.source.pick(self.variables.len());
        self.variables[at]
    }

    fn maybe_keep(&mut self, result: Option<Value>) {
        if let (Some(result), 1) = (result, self.source.pick(2)) {
            let variable = self.variables[self.source.pick(3)].1;
            self.builder.def(variable, result);
        }
    }

    /// An address within an array, and the constant offset that keeps the access within it.
    fn element(&mut self, array: Symbol, width: u32) -> (Value, u32) {
        let base = self.builder.symbol_addr(array, 0);
        if self.source.pick(2) == 0 {
            return (base, self.source.pick((64 / width) as usize) as u32 * width);
        }
        let index = self.expr(Type::I32, 3);
        let mask = self.builder.i32_const(7);
        let index = self.builder.binary(BinOp::I32And, index, mask);
        let scale = self.builder.i32_const(width as i32);
        let scaled = self.builder.binary(BinOp::I32Mul, index, scale);
        (self.builder.binary(BinOp::I32Add, base, scaled), 0)
    }

    fn store_array(&mut self) {
        use StoreOp::*;
        let ops = [
            I32Store, I32Store8, I32Store16, I64Store, I64Store8, I64Store16, I64Store32, F64Store,
        ];
        let op = ops[self.source.pick(ops.len())];
        let array = if op == F64Store { self.world.floats } else { self.world.ints };
        let (addr, offset) = self.element(array, op.width());
        let value = self.expr(op.operands()[1], 1);
        if self.source.pick(16) == 15 {
            self.builder.volatile_store(op, addr, value, offset);
        } else {
            self.builder.store(op, addr, value, offset);
        }
    }

    fn store_slot(&mut self) {
        let (op, slot, offset) = match self.source.pick(6) {
            0 => (StoreOp::I32Store, self.slot, 0),
            1 => (StoreOp::I32Store16, self.slot, 4),
            2 => (StoreOp::I64Store, self.slot, 8),
            3 => (StoreOp::F32Store, self.slot, 16),
            4 => (StoreOp::F64Store, self.slot, 24),
            _ => (StoreOp::I32Store, self.scalar, 0),
        };
        let addr = self.builder.slot_addr(slot, 0);
        let value = self.expr(op.operands()[1], 1);
        self.builder.store(op, addr, value, offset);
    }

    fn call(&mut self) {
        let later = self.index + 1;
        if later >= FUNCTIONS {
            return;
        }
        let callee = self.world.functions[later + self.source.pick(FUNCTIONS - later)];
        let args = TYPES.map(|ty| self.expr(ty, 2));
        let result = self.builder.call(callee, Some(Type::I32), &args);
        self.maybe_keep(result);
    }

    fn leave(&mut self) {
        match (self.source.pick(5), self.loops.last()) {
            (0 | 1, Some(&(out, _))) => self.builder.jump(out),
            (2 | 3, Some(&(_, next))) => self.builder.jump(next),
            (4, _) => {
                let value = self.expr(Type::I32, 2);
                self.builder.ret(Some(value));
            }
            _ => {}
        }
    }

    fn memory(&mut self) {
        let base = self.builder.symbol_addr(self.world.ints, self.source.pick(16) as i32);
        let len = self.builder.i32_const(self.source.pick(16) as i32);
        if self.source.pick(2) == 0 {
            let byte = self.expr(Type::I32, 2);
            self.builder.nary(NaryOp::MemoryFill, &[base, byte, len]);
        } else {
            let from = self.builder.symbol_addr(self.world.ints, self.source.pick(16) as i32);
            self.builder.nary(NaryOp::MemoryCopy, &[base, from, len]);
        }
    }

    fn if_else(&mut self, depth: usize) {
        let cond = self.expr(Type::I32, 0);
        let (then, els, join) = self.blocks();
        self.builder.branch(cond, then, els);
        for (block, empty) in [(then, false), (els, self.source.pick(2) == 0)] {
            self.builder.seal(block);
            self.builder.switch_to(block);
            if !empty {
                self.statements(depth + 1, 4);
            }
            self.builder.jump(join);
        }
        self.builder.seal(join);
        self.builder.switch_to(join);
    }

    fn blocks(&mut self) -> (Block, Block, Block) {
        let builder = &mut self.builder;
        (builder.create_block(), builder.create_block(), builder.create_block())
    }

    /// A variable that counts down from a few, and the test that it has not reached zero.
    fn counter(&mut self) -> Variable {
        let counter = self.builder.declare(Type::I32);
        let times = self.builder.i32_const(self.source.pick(7) as i32);
        self.builder.def(counter, times);
        counter
    }

    fn count_down(&mut self, counter: Variable) -> Value {
        let old = self.builder.get(counter);
        let one = self.builder.i32_const(1);
        let new = self.builder.binary(BinOp::I32Sub, old, one);
        self.builder.def(counter, new);
        let zero = self.builder.i32_const(0);
        self.builder.binary(BinOp::I32GtS, new, zero)
    }

    fn while_loop(&mut self, depth: usize) {
        let counter = self.counter();
        let (head, body, out) = self.blocks();
        self.builder.jump(head);
        self.builder.switch_to(head);
        let go_on = self.count_down(counter);
        self.builder.branch(go_on, body, out);
        self.builder.seal(body);
        self.builder.switch_to(body);
        self.loops.push((out, head));
        self.statements(depth + 1, 5);
        self.loops.pop();
        self.builder.jump(head);
        self.builder.seal(head);
        self.builder.seal(out);
        self.builder.switch_to(out);
    }

    fn do_loop(&mut self, depth: usize) {
        let counter = self.counter();
        let (body, next, out) = self.blocks();
        self.builder.jump(body);
        self.builder.switch_to(body);
        self.loops.push((out, next));
        self.statements(depth + 1, 5);
        self.loops.pop();
        self.builder.jump(next);
        self.builder.seal(next);
        self.builder.switch_to(next);
        let go_on = self.count_down(counter);
        self.builder.branch(go_on, body, out);
        self.builder.seal(body);
        self.builder.seal(out);
        self.builder.switch_to(out);
    }

    /// `for (i = a; i < b; i += c) array[i] = f(array[i])`, the loop that passes look for.
    fn for_array(&mut self) {
        let index = self.builder.declare(Type::I32);
        let first = self.builder.i32_const(self.source.pick(4) as i32);
        self.builder.def(index, first);
        let (head, body, out) = self.blocks();
        self.builder.jump(head);
        self.builder.switch_to(head);
        let i = self.builder.get(index);
        let last = self.builder.i32_const(self.source.pick(15) as i32);
        let op = [BinOp::I32LtS, BinOp::I32LtU, BinOp::I32LeS, BinOp::I32Ne][self.source.pick(3)];
        let go_on = self.builder.binary(op, i, last);
        self.builder.branch(go_on, body, out);
        self.builder.seal(body);
        self.builder.switch_to(body);
        let base = self.builder.symbol_addr(self.world.ints, 0);
        let two = self.builder.i32_const(2);
        let scaled = self.builder.binary(BinOp::I32Shl, i, two);
        let addr = self.builder.binary(BinOp::I32Add, base, scaled);
        let old = self.builder.load(LoadOp::I32Load, addr, 0);
        let with = self.expr(Type::I32, 3);
        let new = match self.source.pick(3) {
            0 => with,
            1 => self.builder.binary(BinOp::I32Add, old, with),
            _ => i,
        };
        self.builder.store(StoreOp::I32Store, addr, new, 0);
        let step = self.builder.i32_const(1 + self.source.pick(2) as i32);
        let next = self.builder.binary(BinOp::I32Add, i, step);
        self.builder.def(index, next);
        self.builder.jump(head);
        self.builder.seal(head);
        self.builder.seal(out);
        self.builder.switch_to(out);
    }

    fn switch(&mut self, depth: usize) {
        let index = self.expr(Type::I32, 1);
        let mask = self.builder.i32_const(7);
        let index = self.builder.binary(BinOp::I32And, index, mask);
        let cases: Vec<Block> =
            (0..1 + self.source.pick(4)).map(|_| self.builder.create_block()).collect();
        let out = self.builder.create_block();
        let targets: Vec<Block> =
            (0..self.source.pick(8)).map(|_| cases[self.source.pick(cases.len())]).collect();
        self.builder.switch(index, &targets, out);
        for (at, &case) in cases.iter().enumerate() {
            self.builder.seal(case);
            self.builder.switch_to(case);
            self.statements(depth + 1, 3);
            // Some fall through.
            let falls = self.source.pick(3) == 0;
            let next = cases.get(at + 1).copied().filter(|_| falls).unwrap_or(out);
            self.builder.jump(next);
        }
        self.builder.seal(out);
        self.builder.switch_to(out);
    }

    /// A loop with two entries.
    fn tangle(&mut self, depth: usize) {
        let counter = self.counter();
        let (a, b, out) = self.blocks();
        let cond = self.expr(Type::I32, 1);
        self.builder.branch(cond, a, b);
        for (block, other) in [(a, b), (b, a)] {
            self.builder.switch_to(block);
            self.statements(depth + 1, 3);
            let go_on = self.count_down(counter);
            self.builder.branch(go_on, other, out);
        }
        self.builder.seal(a);
        self.builder.seal(b);
        self.builder.seal(out);
        self.builder.switch_to(out);
    }

    fn expr(&mut self, ty: Type, depth: usize) -> Value {
        match self.source.pick(if depth < 4 { 12 } else { 4 }) {
            0 => self.constant(ty),
            1..=3 => {
                let at = TYPES.iter().position(|&t| t == ty).unwrap_or(0) * 3;
                let variable = self.variables[at + self.source.pick(3)].1;
                self.builder.get(variable)
            }
            4..=7 => self.binary(ty, depth),
            8 => self.unary(ty, depth),
            9 => {
                let (a, b) = (self.expr(ty, depth + 1), self.expr(ty, depth + 1));
                let cond = self.expr(Type::I32, depth + 1);
                self.builder.select(a, b, cond)
            }
            10 => self.load(ty),
            _ => {
                let at = TYPES.iter().position(|&t| t == ty).unwrap_or(0);
                self.builder.global_get(self.world.globals[at], ty)
            }
        }
    }

    fn constant(&mut self, ty: Type) -> Value {
        let ints = [0, 1, -1, 2, 3, 4, 7, 8, 10, 16, 31, 100, 255, -128, 65535, i32::MIN, i32::MAX];
        let int = ints[self.source.pick(ints.len())];
        let value = match ty {
            Type::I32 => Const::I32(int),
            Type::I64 => Const::I64(i64::from(int) << (self.source.pick(2) * 32)),
            Type::F32 => (int as f32 * 0.5).into(),
            Type::F64 => (f64::from(int) * 0.25).into(),
        };
        self.builder.constant_value(value)
    }

    fn binary(&mut self, ty: Type, depth: usize) -> Value {
        let ops: Vec<BinOp> = BinOp::ALL
            .iter()
            .copied()
            .filter(|op| op.ty() == ty)
            // The sign of a NaN is open.
            .filter(|op| !matches!(op, BinOp::F32Copysign | BinOp::F64Copysign))
            .collect();
        let op = ops[self.source.pick(ops.len())];
        let [left, right] = *op.operands() else { unreachable!("two operands") };
        let (a, b) = (self.expr(left, depth + 1), self.expr(right, depth + 1));
        self.builder.binary(op, a, b)
    }

    fn unary(&mut self, ty: Type, depth: usize) -> Value {
        use UnOp::*;
        let ops: Vec<UnOp> = UnOp::ALL
            .iter()
            .copied()
            .filter(|op| op.ty() == ty)
            .filter(|op| !matches!(op, I32ReinterpretF32 | I64ReinterpretF64))
            .filter(|op| !matches!(op, F32ReinterpretI32 | F64ReinterpretI64))
            .collect();
        let op = ops[self.source.pick(ops.len())];
        let a = self.expr(op.operands()[0], depth + 1);
        self.builder.unary(op, a)
    }

    fn load(&mut self, ty: Type) -> Value {
        if self.source.pick(2) == 0 || ty == Type::F32 {
            let (op, slot, offset) = match ty {
                Type::I32 => [
                    (LoadOp::I32Load, self.slot, 0),
                    (LoadOp::I32Load16S, self.slot, 4),
                    (LoadOp::I32Load8U, self.slot, 9),
                    (LoadOp::I32Load, self.scalar, 0),
                ][self.source.pick(4)],
                Type::I64 => (LoadOp::I64Load, self.slot, 8),
                Type::F32 => (LoadOp::F32Load, self.slot, 16),
                Type::F64 => (LoadOp::F64Load, self.slot, 24),
            };
            let addr = self.builder.slot_addr(slot, 0);
            return self.builder.load(op, addr, offset);
        }
        let ops: Vec<LoadOp> = LoadOp::ALL.iter().copied().filter(|op| op.ty() == ty).collect();
        let op = ops[self.source.pick(ops.len())];
        let array = if op == LoadOp::F64Load { self.world.floats } else { self.world.ints };
        let (addr, offset) = self.element(array, op.width());
        self.builder.load(op, addr, offset)
    }
}
