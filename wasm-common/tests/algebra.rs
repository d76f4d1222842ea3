//! The builder's algebra against plain evaluation: every expression over integers, built as it
//! stands and built with folding, gives the same value or the same trap.

mod support;

use proptest::prelude::*;
use support::{run, verify_all};
use wasm_common::ir::{
    BinOp, Const, Function, FunctionBuilder, Inst, Loc, NaryOp, Program, Signature, Terminator,
    Type, UnOp, Value,
};

/// Takes its decisions from bytes; all zero when they are used up.
struct Source<'a>(std::slice::Iter<'a, u8>);

impl Source<'_> {
    fn pick(&mut self, n: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % n
    }
}

/// Two ways to build the same expression.
trait Build {
    fn param(&mut self, ty: Type) -> Value;
    fn constant(&mut self, value: Const) -> Value;
    fn unary(&mut self, op: UnOp, a: Value) -> Value;
    fn binary(&mut self, op: BinOp, a: Value, b: Value) -> Value;
    fn select(&mut self, a: Value, b: Value, cond: Value) -> Value;
}

impl Build for FunctionBuilder {
    fn param(&mut self, ty: Type) -> Value {
        self.params()[usize::from(ty == Type::I64)]
    }
    fn constant(&mut self, value: Const) -> Value {
        self.constant_value(value)
    }
    fn unary(&mut self, op: UnOp, a: Value) -> Value {
        Self::unary(self, op, a)
    }
    fn binary(&mut self, op: BinOp, a: Value, b: Value) -> Value {
        Self::binary(self, op, a, b)
    }
    fn select(&mut self, a: Value, b: Value, cond: Value) -> Value {
        Self::select(self, a, b, cond)
    }
}

/// Appends everything as it is asked for.
struct Plain(Function);

impl Plain {
    fn append(&mut self, inst: Inst, ty: Type) -> Value {
        self.0.append(Function::ENTRY, inst, Some(ty), Loc::NONE)
    }
}

impl Build for Plain {
    fn param(&mut self, ty: Type) -> Value {
        self.0.block(Function::ENTRY).params[usize::from(ty == Type::I64)]
    }
    fn constant(&mut self, value: Const) -> Value {
        self.append(value.inst(), value.ty())
    }
    fn unary(&mut self, op: UnOp, a: Value) -> Value {
        self.append(Inst::Unary(op, a), op.ty())
    }
    fn binary(&mut self, op: BinOp, a: Value, b: Value) -> Value {
        self.append(Inst::Binary(op, a, b), op.ty())
    }
    fn select(&mut self, a: Value, b: Value, cond: Value) -> Value {
        let ty = self.0.ty(a).expect("operands have types");
        let args = self.0.make_args(&[a, b, cond]);
        self.append(Inst::Nary(NaryOp::Select, args), ty)
    }
}

fn is_integer(operands: &[Type], result: Type) -> bool {
    result.is_int() && operands.iter().all(|ty| ty.is_int())
}

fn expr(build: &mut dyn Build, source: &mut Source<'_>, ty: Type, depth: usize) -> Value {
    let ints = [0, 1, -1, 2, 3, 4, 7, 8, 16, 24, 31, 32, 255, 256, 65535, -128, i32::MIN, i32::MAX];
    match source.pick(if depth < 5 { 10 } else { 4 }) {
        0 | 1 => build.param(ty),
        2 | 3 => {
            let int = ints[source.pick(ints.len())];
            build.constant(Const::of_int(ty, i64::from(int) << (source.pick(2) * 16)))
        }
        4 | 5 => {
            let all = UnOp::ALL.iter().copied();
            let ops: Vec<UnOp> =
                all.filter(|op| op.ty() == ty && is_integer(op.operands(), ty)).collect();
            let op = ops[source.pick(ops.len())];
            let a = expr(build, source, op.operands()[0], depth + 1);
            build.unary(op, a)
        }
        6 => {
            let (a, b) = (expr(build, source, ty, depth + 1), expr(build, source, ty, depth + 1));
            let cond = expr(build, source, Type::I32, depth + 1);
            build.select(a, b, cond)
        }
        _ => {
            let all = BinOp::ALL.iter().copied();
            let ops: Vec<BinOp> =
                all.filter(|op| op.ty() == ty && is_integer(op.operands(), ty)).collect();
            let op = ops[source.pick(ops.len())];
            let operand = op.operands()[0];
            let (a, b) =
                (expr(build, source, operand, depth + 1), expr(build, source, operand, depth + 1));
            build.binary(op, a, b)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn folding_changes_no_value(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        a in prop_oneof![-3i32..40, any::<i32>()],
        b in prop_oneof![-3i64..40, any::<i64>()],
    ) {
        let mut program = Program::default();
        let sig = Signature::new(&[Type::I32, Type::I64], Some(Type::I32));
        let plain = program.symbols.add_func("plain", sig.clone(), None);
        let folded = program.symbols.add_func("folded", sig.clone(), None);

        let mut build = Plain(Function::new(plain, sig.clone()));
        let result = expr(&mut build, &mut Source(bytes.iter()), Type::I32, 0);
        build.0.block_mut(Function::ENTRY).term = Terminator::Return(Some(result));
        program.functions.push(build.0);

        let mut build = FunctionBuilder::new(folded, sig);
        let result = expr(&mut build, &mut Source(bytes.iter()), Type::I32, 0);
        build.ret(Some(result));
        program.functions.push(build.finish());

        verify_all(&program);
        let args = [u64::from(a as u32), b as u64];
        let expected = run(&program, "plain", &args, 10_000).0.result;
        let found = run(&program, "folded", &args, 10_000).0.result;
        prop_assert_eq!(found, expected, "{}", program);
    }
}
