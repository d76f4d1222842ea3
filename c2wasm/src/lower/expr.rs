//! Expressions.

use super::function::Lowering;
use super::place::{Memory, Place};
use super::types::ir_type;
use crate::ast::BinaryOp;
use crate::check::EntityKind;
use crate::check::tree::{Base, ExprId, ExprKind};
use crate::types::Ty;
use alloc::vec::Vec;
use wasm_common::ir::{BinOp, Block, SymbolKind, Type, UnOp, Value};

impl Lowering<'_> {
    /// The value of an expression; the address of a record. What has no value gives 0.
    pub(super) fn value(&mut self, id: ExprId) -> Value {
        match self.expr(id) {
            Some(value) => value,
            None => self.zero_of(self.ty(id)),
        }
    }

    fn zero_of(&mut self, ty: Ty) -> Value {
        let ty = ir_type(self.types(), ty);
        super::adapter::zero(&mut self.builder, ty)
    }

    /// Evaluates an expression; its value, if it has one.
    pub(super) fn expr(&mut self, id: ExprId) -> Option<Value> {
        let expr = self.tree.expr(id);
        let ty = expr.ty.ty;
        Some(match expr.kind {
            ExprKind::Error => return None,
            ExprKind::Int(value) => self.int_constant(value, ty),
            ExprKind::Float(value) if ty == Ty::FLOAT => self.builder.f32_const(value as f32),
            ExprKind::Float(value) => self.builder.f64_const(value),
            ExprKind::Symbol(base, addend) => self.symbol_address(base, addend),
            ExprKind::Load(place) => return self.load_expr(place, ty),
            ExprKind::Address(place) => {
                let memory = self.memory(place);
                self.address_of(memory)
            }
            ExprKind::Not(operand) => {
                let value = self.value(operand);
                let test = self.is_not_zero(value);
                self.builder.unary(UnOp::I32Eqz, test)
            }
            ExprKind::Neg(operand) => self.negated(operand, ty),
            ExprKind::BitNot(operand) => self.complement(operand, ty),
            ExprKind::Convert(_) | ExprKind::Binary(..) | ExprKind::Offset(..) => {
                return self.spine(id);
            }
            ExprKind::Difference(a, b, size) => self.difference(a, b, size),
            ExprKind::Logical(..) => self.logical_value(id),
            ExprKind::Conditional(condition, a, b) => return self.conditional(condition, a, b, ty),
            ExprKind::Comma(ref list) => {
                let (&last, rest) = list.split_last()?;
                for &id in rest {
                    self.expr(id);
                }
                return self.expr(last);
            }
            ExprKind::Assign(place, value) => self.assign(place, value, ty),
            ExprKind::Call(ref call) => {
                self.set_span(expr.span);
                return self.call(call);
            }
            ExprKind::Builtin(builtin, ref operands) => {
                self.set_span(expr.span);
                return self.builtin(builtin, operands);
            }
            ExprKind::Statement(ref body, value) => {
                self.stmt(body);
                return value.and_then(|value| self.expr(value));
            }
            ExprKind::Local(_)
            | ExprKind::Entity(_)
            | ExprKind::String(_)
            | ExprKind::Deref(_)
            | ExprKind::Member { .. }
            | ExprKind::Literal(..) => {
                // A place whose value nobody reads.
                self.place(id);
                return None;
            }
        })
    }

    fn int_constant(&mut self, value: u64, ty: Ty) -> Value {
        match ir_type(self.types(), ty) {
            Type::I64 => self.builder.i64_const(value as i64),
            _ => self.builder.i32_const(value as i32),
        }
    }

    fn symbol_address(&mut self, base: Base, addend: i32) -> Value {
        let symbol = match base {
            Base::Entity(id) => {
                let symbol = self.symbol(id, None);
                if self.program.globals.is_absent(self.context.unit.entity(id), self.context) {
                    return self.builder.i32_const(addend);
                }
                if self.context.unit.entity(id).kind == EntityKind::Function {
                    let index = self.builder.func_addr(symbol);
                    return self.offset_by(index, addend as u32);
                }
                if let SymbolKind::Global(_) = self.program.backend.symbols.get(symbol).kind {
                    self.program.globals.refuse(self.context.unit.entity(id), self.context);
                    return self.builder.i32_const(0);
                }
                symbol
            }
            Base::String(text) => self.string_symbol(text),
        };
        self.builder.symbol_addr(symbol, addend)
    }

    fn load_expr(&mut self, place: ExprId, ty: Ty) -> Option<Value> {
        self.set_span(self.tree.span(place));
        let at = self.place(place);
        if self.types().is_scalar(ty) {
            return Some(self.load_place(&at, ty));
        }
        // A record is its address.
        match at {
            Place::Memory(memory) => Some(self.address_of(memory)),
            Place::Variable(_) | Place::Global(_) => None,
        }
    }

    fn negated(&mut self, operand: ExprId, ty: Ty) -> Value {
        let value = self.value(operand);
        match ir_type(self.types(), ty) {
            Type::F32 => self.builder.unary(UnOp::F32Neg, value),
            Type::F64 => self.builder.unary(UnOp::F64Neg, value),
            Type::I64 => {
                let zero = self.builder.i64_const(0);
                self.builder.binary(BinOp::I64Sub, zero, value)
            }
            Type::I32 => {
                let zero = self.builder.i32_const(0);
                self.builder.binary(BinOp::I32Sub, zero, value)
            }
        }
    }

    fn complement(&mut self, operand: ExprId, ty: Ty) -> Value {
        let value = self.value(operand);
        if ir_type(self.types(), ty) == Type::I64 {
            let ones = self.builder.i64_const(-1);
            return self.builder.binary(BinOp::I64Xor, value, ones);
        }
        let ones = self.builder.i32_const(-1);
        self.builder.binary(BinOp::I32Xor, value, ones)
    }

    /// Operators and conversions along the left edge of the tree, innermost first: a sum of ten
    /// thousand terms leans to the left and must not recurse.
    fn spine(&mut self, id: ExprId) -> Option<Value> {
        let mut edge: Vec<ExprId> = Vec::new();
        let mut at = id;
        while let ExprKind::Convert(left)
        | ExprKind::Binary(_, left, _)
        | ExprKind::Offset(left, _) = *self.tree.kind(at)
        {
            edge.push(at);
            at = left;
        }
        let mut value = self.expr(at);
        while let Some(id) = edge.pop() {
            let left = at;
            at = id;
            let expr = self.tree.expr(id);
            let ty = expr.ty.ty;
            if ty == Ty::VOID {
                value = None;
                continue;
            }
            let a = match value {
                Some(value) => value,
                None => self.zero_of(self.ty(left)),
            };
            value = Some(match expr.kind {
                ExprKind::Convert(_) => self.convert_value(a, self.ty(left), ty),
                ExprKind::Offset(_, bytes) => {
                    let bytes = self.value(bytes);
                    self.builder.binary(BinOp::I32Add, a, bytes)
                }
                ExprKind::Binary(op, _, right) => {
                    let operand_ty = self.ty(left);
                    let b = self.value(right);
                    self.set_span(expr.span);
                    self.operate(op, a, b, operand_ty)
                }
                _ => a,
            });
        }
        value
    }

    /// `a op b`, both of type `ty` (the right operand of a shift is an int).
    pub(super) fn operate(&mut self, op: BinaryOp, a: Value, mut b: Value, ty: Ty) -> Value {
        let types = self.types();
        let ir = ir_type(types, ty);
        if matches!(op, BinaryOp::Shl | BinaryOp::Shr) && ir == Type::I64 {
            b = self.builder.unary(UnOp::I64ExtendI32U, b);
        }
        let op = binary_op(op, ir, types.is_signed(ty));
        if op == BinOp::I32Add {
            return self.integer_sum(a, b);
        }
        self.builder.binary(op, a, b)
    }

    /// The sum of two integers. One that is the address of an object is hidden: unlike a pointer's,
    /// such a sum may lead to another object, which the back end does not expect of an address and
    /// a number.
    fn integer_sum(&mut self, a: Value, b: Value) -> Value {
        let (number, address) = if self.builder.is_address(a) { (b, a) } else { (a, b) };
        if !self.builder.is_address(address) || self.builder.is_i32_const(number) {
            return self.builder.binary(BinOp::I32Add, a, b);
        }
        // x - ~y - 1
        let ones = self.builder.i32_const(-1);
        let inverse = self.builder.binary(BinOp::I32Xor, address, ones);
        let more = self.builder.binary(BinOp::I32Sub, number, inverse);
        self.builder.binary(BinOp::I32Add, more, ones)
    }

    fn difference(&mut self, a: ExprId, b: ExprId, size: u32) -> Value {
        let (a, b) = (self.value(a), self.value(b));
        let bytes = self.builder.binary(BinOp::I32Sub, a, b);
        if size == 1 {
            return bytes;
        }
        // The difference is a multiple of the size, so a shift divides it exactly.
        if size.is_power_of_two() {
            let count = self.builder.i32_const(size.trailing_zeros() as i32);
            return self.builder.binary(BinOp::I32ShrS, bytes, count);
        }
        let size = self.builder.i32_const(size as i32);
        self.builder.binary(BinOp::I32DivS, bytes, size)
    }

    fn assign(&mut self, place: ExprId, value: ExprId, ty: Ty) -> Value {
        if !self.types().is_scalar(ty) {
            return self.assign_record(place, value, ty);
        }
        // Nothing between the two may run twice or not at all, whichever comes first.
        let (at, value) = match self.tree.kind(place) {
            ExprKind::Local(_) | ExprKind::Entity(_) => {
                let value = self.value(value);
                (self.place(place), value)
            }
            _ => {
                let at = self.place(place);
                (at, self.value(value))
            }
        };
        self.set_span(self.tree.span(place));
        self.store_place(&at, self.ty(place), value)
    }

    fn assign_record(&mut self, place: ExprId, value: ExprId, ty: Ty) -> Value {
        let to = self.memory(place);
        let from = self.value(value);
        let size = self.types().size(ty).unwrap_or(0);
        self.copy(Memory { bits: None, ..to }, Memory::at(from), size, self.types().align(ty));
        self.address_of(to)
    }

    // Choices.

    fn conditional(&mut self, condition: ExprId, a: ExprId, b: ExprId, ty: Ty) -> Option<Value> {
        let (then, els) = (self.builder.create_block(), self.builder.create_block());
        let end = self.builder.create_block();
        self.condition(condition, then, els);
        let result = (ty != Ty::VOID).then(|| {
            let ir = ir_type(self.types(), ty);
            self.builder.declare(ir)
        });
        for (block, id) in [(then, a), (els, b)] {
            self.builder.seal(block);
            self.builder.switch_to(block);
            match result {
                Some(variable) => {
                    let value = self.value(id);
                    self.builder.def(variable, value);
                }
                None => {
                    self.expr(id);
                }
            }
            self.builder.jump(end);
        }
        self.builder.seal(end);
        self.builder.switch_to(end);
        result.map(|variable| self.builder.get(variable))
    }

    fn logical_value(&mut self, id: ExprId) -> Value {
        let (then, els) = (self.builder.create_block(), self.builder.create_block());
        let end = self.builder.create_block();
        let result = self.builder.declare(Type::I32);
        self.condition(id, then, els);
        for (block, value) in [(then, 1), (els, 0)] {
            self.builder.seal(block);
            self.builder.switch_to(block);
            let value = self.builder.i32_const(value);
            self.builder.def(result, value);
            self.builder.jump(end);
        }
        self.builder.seal(end);
        self.builder.switch_to(end);
        self.builder.get(result)
    }

    /// Ends the block: goes to `then` if the scalar `id` is not 0, else to `els`.
    pub(super) fn condition(&mut self, id: ExprId, then: Block, els: Block) {
        match *self.tree.kind(id) {
            ExprKind::Not(operand) => self.condition(operand, els, then),
            ExprKind::Logical(and, ref operands) => {
                let Some((&last, rest)) = operands.split_last() else { return };
                for &operand in rest {
                    let next = self.builder.create_block();
                    match and {
                        true => self.condition(operand, next, els),
                        false => self.condition(operand, then, next),
                    }
                    self.builder.seal(next);
                    self.builder.switch_to(next);
                }
                self.condition(last, then, els);
            }
            _ => {
                let value = self.value(id);
                let test = match self.builder.ty(value) {
                    Some(Type::I32) => value,
                    _ => self.is_not_zero(value),
                };
                self.builder.branch(test, then, els);
            }
        }
    }
}

/// The instruction for a C operator on operands of type `ty`.
fn binary_op(op: BinaryOp, ty: Type, signed: bool) -> BinOp {
    use BinaryOp as C;
    let pick = |narrow: [BinOp; 2], wide: [BinOp; 2], single: BinOp, double: BinOp| match ty {
        Type::I32 => narrow[usize::from(!signed)],
        Type::I64 => wide[usize::from(!signed)],
        Type::F32 => single,
        Type::F64 => double,
    };
    let same = |narrow: BinOp, wide: BinOp, single: BinOp, double: BinOp| {
        pick([narrow; 2], [wide; 2], single, double)
    };
    let integer = |narrow: [BinOp; 2], wide: [BinOp; 2]| pick(narrow, wide, narrow[0], wide[0]);
    match op {
        C::Add => same(BinOp::I32Add, BinOp::I64Add, BinOp::F32Add, BinOp::F64Add),
        C::Sub => same(BinOp::I32Sub, BinOp::I64Sub, BinOp::F32Sub, BinOp::F64Sub),
        C::Mul => same(BinOp::I32Mul, BinOp::I64Mul, BinOp::F32Mul, BinOp::F64Mul),
        C::Div => pick(
            [BinOp::I32DivS, BinOp::I32DivU],
            [BinOp::I64DivS, BinOp::I64DivU],
            BinOp::F32Div,
            BinOp::F64Div,
        ),
        C::Rem => integer([BinOp::I32RemS, BinOp::I32RemU], [BinOp::I64RemS, BinOp::I64RemU]),
        C::Shl => integer([BinOp::I32Shl; 2], [BinOp::I64Shl; 2]),
        C::Shr => integer([BinOp::I32ShrS, BinOp::I32ShrU], [BinOp::I64ShrS, BinOp::I64ShrU]),
        C::And => integer([BinOp::I32And; 2], [BinOp::I64And; 2]),
        C::Or | C::LogicalOr => integer([BinOp::I32Or; 2], [BinOp::I64Or; 2]),
        C::Xor => integer([BinOp::I32Xor; 2], [BinOp::I64Xor; 2]),
        C::LogicalAnd => integer([BinOp::I32And; 2], [BinOp::I64And; 2]),
        C::Lt => pick(
            [BinOp::I32LtS, BinOp::I32LtU],
            [BinOp::I64LtS, BinOp::I64LtU],
            BinOp::F32Lt,
            BinOp::F64Lt,
        ),
        C::Gt => pick(
            [BinOp::I32GtS, BinOp::I32GtU],
            [BinOp::I64GtS, BinOp::I64GtU],
            BinOp::F32Gt,
            BinOp::F64Gt,
        ),
        C::Le => pick(
            [BinOp::I32LeS, BinOp::I32LeU],
            [BinOp::I64LeS, BinOp::I64LeU],
            BinOp::F32Le,
            BinOp::F64Le,
        ),
        C::Ge => pick(
            [BinOp::I32GeS, BinOp::I32GeU],
            [BinOp::I64GeS, BinOp::I64GeU],
            BinOp::F32Ge,
            BinOp::F64Ge,
        ),
        C::Eq => same(BinOp::I32Eq, BinOp::I64Eq, BinOp::F32Eq, BinOp::F64Eq),
        C::Ne => same(BinOp::I32Ne, BinOp::I64Ne, BinOp::F32Ne, BinOp::F64Ne),
    }
}
