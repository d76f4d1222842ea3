//! Operations: stores, jumps, loops, GOSUB, DATA.

use super::expr::comparison;
use super::func::Fun;
use crate::ast::{BinaryOp, NumType};
use crate::tree::{Expr, Label, Loop, Op, Place, Resume, Stmt, Ty};
use alloc::vec::Vec;
use wasm_common::ir::{BinOp, Block, LoadOp, StoreOp, Type, UnOp, Value};

impl Fun<'_, '_> {
    pub(super) fn stmt(&mut self, stmt: &Stmt) {
        (self.loc, self.number) = (stmt.loc, stmt.number);
        self.b.set_loc(stmt.loc);
        if stmt.first {
            self.end_statement();
            self.begin_statement();
        }
        self.op(&stmt.op);
        self.free_temps();
    }

    fn op(&mut self, op: &Op) {
        if self.lower.yields && self.goes_back(op) {
            self.ask_to_stop();
        }
        match op {
            Op::Label(label) => {
                self.passed.insert(*label);
                let block = self.label(*label);
                self.b.jump(block);
                self.b.switch_to(block);
            }
            Op::Jump(label) => {
                let block = self.label(*label);
                self.b.jump(block);
            }
            Op::Branch { cond, then, els } => {
                let truth = self.truth(cond);
                self.free_temps();
                let (then, els) = (self.label(*then), self.label(*els));
                self.b.branch(truth, then, els);
            }
            Op::Switch { index, targets } => self.switch(index, targets),
            Op::Store(place, value) => self.write(place, value),
            Op::Eval(value) => self.discard(value),
            Op::ForStart(start) => {
                let crate::tree::ForStart { info, from, to, step } = &**start;
                self.for_start(info, from, to, step.as_ref());
            }
            Op::ForNext(info) => self.for_next(info),
            Op::ForNextAny(group) => self.for_next_any(&self.proc.loops[*group as usize]),
            Op::Gosub(label) => {
                let target = self.label(*label);
                let back = self.push_return();
                self.b.jump(target);
                self.b.switch_to(back);
            }
            Op::OnGosub { index, targets } => self.on_gosub(index, targets),
            Op::GosubReturn(label) => self.gosub_return(*label),
            Op::Return(Some(value)) => {
                let value = if value.ty.is_text() { self.moved(value) } else { self.value(value) };
                self.return_value(Some(value));
            }
            Op::Return(None) => self.leave(),
            Op::Exit => self.end_program(),
            Op::ClearAll => self.clear_all(),
            Op::Clear(array) => self.clear_array(*array),
            Op::Dim { array, bounds, preserve } => self.dim(*array, bounds, *preserve),
            Op::DimOnce(array) => {
                let base = self.pointer(*array);
                let free = self.b.unary(UnOp::I32Eqz, base);
                self.check(free, 10);
            }
            Op::Erase(array) => {
                if self.program().bare_messages {
                    let base = self.pointer(*array);
                    self.check(base, 5);
                }
                self.free_array(*array);
            }
            Op::Printf(format, args) => self.printf(format, args),
            Op::Swap(a, b) => self.swap(a, b),
            Op::Read(place) => self.read_data(place),
            Op::Restore(index) => {
                let symbol = self.lower.data_pointer();
                let table = self.lower.data_table();
                let at = self.b.symbol_addr(table, (*index * super::support::DATUM) as i32);
                self.b.global_set(symbol, at);
            }
            Op::OnError(label) => self.on_error(*label),
            Op::Resume(what) => self.resume(*what),
            Op::ResumeNextAt(label) => self.resume_next_at(*label),
            Op::CopyRecord(to, from, size) => self.copy_record(to, from, *size),
        }
    }

    /// Whether an operation may jump to what stands before it.
    fn goes_back(&self, op: &Op) -> bool {
        let passed = |label: &Label| self.passed.contains(label);
        match op {
            Op::Jump(label) | Op::Gosub(label) => passed(label),
            Op::Branch { then, els, .. } => passed(then) || passed(els),
            Op::Switch { targets, .. } | Op::OnGosub { targets, .. } => targets.iter().any(passed),
            Op::ForNext(_) | Op::ForNextAny(_) => true,
            _ => false,
        }
    }

    /// Ends the program if the host wants that.
    fn ask_to_stop(&mut self) {
        let (symbol, result) = self.lower.import("should_stop");
        let stop = self.b.call(symbol, result, &[]).expect("an answer");
        let (end, on) = (self.b.create_block(), self.b.create_block());
        self.b.branch(stop, end, on);
        self.b.switch_to(end);
        self.end_program();
        self.b.switch_to(on);
    }

    /// The value of a RETURN: a local string is moved out instead of copied.
    fn moved(&mut self, value: &Expr) -> Value {
        if let crate::tree::Kind::Load(place) = &value.kind
            && let Place::Var(var) = **place
        {
            let mine = self.locals.contains_key(&var)
                && self.program().vars[var.0 as usize].storage == crate::tree::Storage::Local;
            let borrowed = self.proc.params.iter().enumerate().any(|(at, param)| {
                *param == crate::tree::ParamKind::Value(var)
                    && super::func::borrows(self.program(), self.index, at)
            });
            if mine && !borrowed {
                return self.take_var(var);
            }
        }
        self.owned(value)
    }

    /// A call for its effect.
    fn discard(&mut self, value: &Expr) {
        if value.ty.is_text() {
            self.held(value);
        } else {
            self.value(value);
        }
    }

    fn switch(&mut self, index: &Expr, targets: &[Label]) {
        let index = self.value(index);
        let one = self.b.i32_const(1);
        let index = self.b.binary(BinOp::I32Sub, index, one);
        self.free_temps();
        let targets: Vec<Block> = targets.iter().map(|l| self.label(*l)).collect();
        let on = self.b.create_block();
        self.b.switch(index, &targets, on);
        self.b.switch_to(on);
    }

    fn printf(&mut self, format: &str, args: &[Expr]) {
        let exprs: Vec<&Expr> = args.iter().collect();
        let values = self.operands(&exprs);
        let typed: Vec<(Value, Type)> =
            values.into_iter().zip(args).map(|(value, arg)| (value, arg.ty.wasm())).collect();
        let block = self.store_args(&typed);
        let format = self.lower.literal(format);
        let format = self.b.symbol_addr(format, 0);
        let (symbol, result) = self.lower.import("host_printf");
        self.b.call(symbol, result, &[format, block]);
    }

    /// Exchanges the bits: strings change owners without a copy.
    fn swap(&mut self, a: &Place, b: &Place) {
        if let ty @ (Ty::Fixed(_) | Ty::Record(_)) = self.place_type(a) {
            return self.swap_bytes(a, b, ty);
        }
        let ends = [self.end(a), self.end(b)];
        let values = [self.get_end(a, ends[0]), self.get_end(b, ends[1])];
        self.set_end(a, ends[0], values[1]);
        self.set_end(b, ends[1], values[0]);
    }

    fn end(&mut self, place: &Place) -> Option<(Value, u32)> {
        match place {
            Place::Var(_) => None,
            _ => Some(self.address(place)),
        }
    }

    fn get_end(&mut self, place: &Place, end: Option<(Value, u32)>) -> Value {
        match (place, end) {
            (Place::Var(var), _) => self.get_var(*var),
            (_, Some((addr, offset))) => {
                let ty = self.place_type(place);
                let value = self.load_bits(addr, offset, ty);
                if ty == Ty::Str {
                    let empty = self.empty();
                    return self.b.select(value, empty, value);
                }
                value
            }
            _ => unreachable!("an element has an address"),
        }
    }

    fn set_end(&mut self, place: &Place, end: Option<(Value, u32)>, value: Value) {
        match (place, end) {
            (Place::Var(var), _) => self.set_var(*var, value),
            (_, Some((addr, offset))) => {
                let ty = self.place_type(place);
                self.store_bits(addr, offset, ty, value);
            }
            _ => unreachable!("an element has an address"),
        }
    }

    /// Byte by byte through the buffer would do; a slot of the same size is simpler.
    fn swap_bytes(&mut self, a: &Place, b: &Place, ty: Ty) {
        let size = self.lower.size_of(ty);
        let slot = self.b.add_slot(size.max(4), 4);
        let ((a, a_at), (b, b_at)) = (self.address(a), self.address(b));
        let (a, b) = (self.offset(a, a_at), self.offset(b, b_at));
        let middle = self.b.slot_addr(slot, 0);
        let size = self.b.i32_const(size as i32);
        for (to, from) in [(middle, a), (a, b), (b, middle)] {
            self.b.nary(wasm_common::ir::NaryOp::MemoryCopy, &[to, from, size]);
        }
    }

    fn for_start(&mut self, info: &Loop, from: &Expr, to: &Expr, step: Option<&Expr>) {
        let ty = self.var_type(info.var);
        let first = self.value(from);
        let limit = self.value(to);
        self.set_var(info.limit, limit);
        let step = match (step, info.step) {
            (Some(step), Some(var)) => {
                let value = self.value(step);
                self.set_var(var, value);
                Some(value)
            }
            _ => None,
        };
        self.set_var(info.var, first);
        if let Some((active, number)) = info.active {
            let number = self.b.i32_const(number as i32);
            self.set_var(active, number);
        }
        self.free_temps();
        let inside = self.goes_on(ty, first, limit, step, info.fixed);
        let (body, done) = (self.label(info.body), self.label(info.done));
        self.b.branch(inside, body, done);
    }

    /// Whether a loop at `value` is not past its limit.
    fn goes_on(
        &mut self,
        ty: Ty,
        value: Value,
        limit: Value,
        step: Option<Value>,
        fixed: i64,
    ) -> Value {
        let wasm = ty.wasm();
        let up = comparison(BinaryOp::Le, wasm);
        let down = comparison(BinaryOp::Ge, wasm);
        match step {
            None => self.b.binary(if fixed < 0 { down } else { up }, value, limit),
            Some(step) => {
                let rising = self.b.binary(up, value, limit);
                let falling = self.b.binary(down, value, limit);
                let zero = self.zero(wasm);
                let negative = self.b.binary(comparison(BinaryOp::Lt, wasm), step, zero);
                self.b.select(falling, rising, negative)
            }
        }
    }

    fn zero(&mut self, wasm: Type) -> Value {
        match wasm {
            Type::I32 => self.b.i32_const(0),
            Type::I64 => self.b.i64_const(0),
            Type::F32 => self.b.f32_const(0.0),
            Type::F64 => self.b.f64_const(0.0),
        }
    }

    fn for_next(&mut self, info: &Loop) {
        let (body, done) = (self.label(info.body), self.label(info.done));
        let inside = self.advance(info);
        self.b.branch(inside, body, done);
    }

    /// Adds the step; whether the loop goes on. The test is made so that a limit at the end of the
    /// type's range ends the loop all the same.
    fn advance(&mut self, info: &Loop) -> Value {
        let ty = self.var_type(info.var);
        let wasm = ty.wasm();
        let value = self.get_var(info.var);
        let limit = self.get_var(info.limit);
        let step = info.step.map(|var| self.get_var(var));
        if !matches!(wasm, Type::I32 | Type::I64) {
            let fixed = match (wasm, step) {
                (_, Some(step)) => step,
                (Type::F32, None) => self.b.f32_const(info.fixed as f32),
                (_, None) => self.b.f64_const(info.fixed as f64),
            };
            let add = if wasm == Type::F32 { BinOp::F32Add } else { BinOp::F64Add };
            let next = self.b.binary(add, value, fixed);
            self.set_var(info.var, next);
            return self.goes_on(ty, next, limit, step, info.fixed);
        }
        let by = match (step, wasm) {
            (Some(step), _) => step,
            (None, Type::I64) => self.b.i64_const(info.fixed),
            (None, _) => self.b.i32_const(info.fixed as i32),
        };
        let add = if wasm == Type::I64 { BinOp::I64Add } else { BinOp::I32Add };
        let next = self.b.binary(add, value, by);
        if ty == Ty::Num(NumType::I16) {
            self.check_short(next);
        }
        self.set_var(info.var, next);
        if let Some(step) = step {
            let rising = self.reaches(true, value, next, limit);
            let falling = self.reaches(false, value, next, limit);
            let zero = self.zero(wasm);
            let negative = self.b.binary(comparison(BinaryOp::Lt, wasm), step, zero);
            return self.b.select(falling, rising, negative);
        }
        if info.fixed.abs() == 1 {
            let before = if info.fixed > 0 { BinaryOp::Lt } else { BinaryOp::Gt };
            return self.b.binary(comparison(before, wasm), value, limit);
        }
        self.reaches(info.fixed >= 0, value, next, limit)
    }

    /// Whether a loop that goes from `value` to `next` is not past its limit then. Past the end of
    /// the type's range, `next` lies on the other side of `value`.
    fn reaches(&mut self, up: bool, value: Value, next: Value, limit: Value) -> Value {
        let wasm = self.b.ty(next).unwrap_or(Type::I32);
        let (inside, sane) =
            if up { (BinaryOp::Le, BinaryOp::Ge) } else { (BinaryOp::Ge, BinaryOp::Le) };
        let inside = self.b.binary(comparison(inside, wasm), next, limit);
        let sane = self.b.binary(comparison(sane, wasm), next, value);
        self.b.binary(BinOp::I32And, inside, sane)
    }

    /// NEXT of a variable with several FORs: on to the body of the one that ran last.
    fn for_next_any(&mut self, loops: &[Loop]) {
        let Some(Loop { active: Some((active, _)), .. }) = loops.first() else { return };
        let which = self.get_var(*active);
        self.check(which, 1);
        let inside = self.advance(&loops[0]);
        let (again, done) = (self.b.create_block(), self.b.create_block());
        self.b.branch(inside, again, done);
        self.b.switch_to(again);
        let which = self.get_var(*active);
        let targets: Vec<Block> = loops.iter().map(|l| self.label(l.body)).collect();
        let one = self.b.i32_const(1);
        let index = self.b.binary(BinOp::I32Sub, which, one);
        self.b.switch(index, &targets, done);
        self.b.switch_to(done);
        let zero = self.b.i32_const(0);
        self.set_var(*active, zero);
    }

    /// Puts the number of a new return point on the stack; its block.
    fn push_return(&mut self) -> Block {
        let pointer = self.lower.gosub_pointer();
        let top = self.b.global_get(pointer, Type::I32);
        let limit = self.b.i32_const(super::support::GOSUB_DEPTH as i32);
        let room = self.b.binary(BinOp::I32LtS, top, limit);
        self.check(room, 7);
        let back = self.b.create_block();
        let number = self.b.i32_const(self.returns.len() as i32);
        self.returns.push(back);
        let at = self.gosub_slot(top);
        self.b.store(StoreOp::I32Store, at, number, 0);
        let one = self.b.i32_const(1);
        let next = self.b.binary(BinOp::I32Add, top, one);
        self.b.global_set(pointer, next);
        back
    }

    fn gosub_slot(&mut self, top: Value) -> Value {
        let stack = self.lower.gosub_stack();
        let stack = self.b.symbol_addr(stack, 0);
        let two = self.b.i32_const(2);
        let bytes = self.b.binary(BinOp::I32Shl, top, two);
        self.b.binary(BinOp::I32Add, stack, bytes)
    }

    fn on_gosub(&mut self, index: &Expr, targets: &[Label]) {
        let index = self.value(index);
        let one = self.b.i32_const(1);
        let index = self.b.binary(BinOp::I32Sub, index, one);
        let count = self.b.i32_const(targets.len() as i32);
        let inside = self.b.binary(BinOp::I32LtU, index, count);
        let (go, on) = (self.b.create_block(), self.b.create_block());
        self.b.branch(inside, go, on);
        self.b.switch_to(go);
        let back = self.push_return();
        let targets: Vec<Block> = targets.iter().map(|l| self.label(*l)).collect();
        self.b.switch(index, &targets, on);
        self.b.switch_to(back);
        self.b.jump(on);
        self.b.switch_to(on);
    }

    /// RETURN: back to behind the last GOSUB, or to a line.
    fn gosub_return(&mut self, label: Option<Label>) {
        let pointer = self.lower.gosub_pointer();
        let top = self.b.global_get(pointer, Type::I32);
        let base = match self.gosub_base {
            Some(base) => self.b.get(base),
            None => self.b.i32_const(0),
        };
        let any = self.b.binary(BinOp::I32GtS, top, base);
        self.check(any, 3);
        let one = self.b.i32_const(1);
        let top = self.b.binary(BinOp::I32Sub, top, one);
        self.b.global_set(pointer, top);
        if let Some(label) = label {
            let block = self.label(label);
            return self.b.jump(block);
        }
        let dispatch = match self.return_dispatch {
            Some(block) => block,
            None => {
                let block = self.b.create_block();
                self.return_dispatch = Some(block);
                block
            }
        };
        self.b.jump(dispatch);
    }

    /// A procedure's own GOSUBs return no further than to its beginning.
    pub(super) fn open_gosubs(&mut self) {
        if !self.is_main() && self.body.gosubs {
            let pointer = self.lower.gosub_pointer();
            let top = self.b.global_get(pointer, Type::I32);
            let base = self.b.declare(Type::I32);
            self.b.def(base, top);
            self.gosub_base = Some(base);
        }
    }

    pub(super) fn close_gosubs(&mut self) {
        let Some(dispatch) = self.return_dispatch else { return };
        self.b.switch_to(dispatch);
        let pointer = self.lower.gosub_pointer();
        let top = self.b.global_get(pointer, Type::I32);
        let at = self.gosub_slot(top);
        let number = self.b.load(LoadOp::I32Load, at, 0);
        let returns = self.returns.clone();
        match returns.split_last() {
            Some((last, rest)) => self.b.switch(number, rest, *last),
            None => self.b.unreachable(),
        }
    }

    pub(super) fn reset_gosubs(&mut self) {
        if let Some(base) = self.gosub_base {
            let pointer = self.lower.gosub_pointer();
            let base = self.b.get(base);
            self.b.global_set(pointer, base);
        }
    }

    /// READ: the next item of DATA, converted to the place's type.
    fn read_data(&mut self, place: &Place) {
        let at = self.next_datum();
        let tag = self.b.load(LoadOp::I32Load, at, 0);
        match self.place_type(place) {
            ty if ty.is_text() => {
                let value = self.b.load(LoadOp::I32Load, at, 4);
                self.write_static(place, value);
            }
            ty => {
                let text = self.b.i32_const(2);
                let number = self.b.binary(BinOp::I32Ne, tag, text);
                self.check_datum(number, at);
                let value = if ty == Ty::I64 {
                    self.integer_datum(at, tag)
                } else {
                    let whole = self.b.load(LoadOp::I64Load, at, 8);
                    let whole = self.b.unary(UnOp::F64ConvertI64S, whole);
                    let float = self.b.load(LoadOp::F64Load, at, 8);
                    let float = self.b.select(float, whole, tag);
                    let float = self.finite(Type::F64, float);
                    self.convert(float, Ty::F64, ty, self.program().rounding)
                };
                if let Place::Var(var) = place {
                    return self.set_var(*var, value);
                }
                let (addr, offset) = self.address(place);
                self.store_bits(addr, offset, ty, value);
            }
        }
    }

    fn integer_datum(&mut self, at: Value, tag: Value) -> Value {
        let (float, whole, done) =
            (self.b.create_block(), self.b.create_block(), self.b.create_block());
        let result = self.b.declare(Type::I64);
        self.b.branch(tag, float, whole);
        self.b.switch_to(whole);
        let value = self.b.load(LoadOp::I64Load, at, 8);
        self.b.def(result, value);
        self.b.jump(done);
        self.b.switch_to(float);
        let value = self.b.load(LoadOp::F64Load, at, 8);
        let value = self.convert(value, Ty::F64, Ty::I64, self.program().rounding);
        self.b.def(result, value);
        self.b.jump(done);
        self.b.switch_to(done);
        self.b.get(result)
    }

    /// Stores a string that nobody has to free.
    fn write_static(&mut self, place: &Place, value: Value) {
        if let Place::Var(var) = place {
            let old = self.get_var(*var);
            self.set_var(*var, value);
            return self.free(old);
        }
        let (addr, offset) = self.address(place);
        if let Ty::Fixed(length) = self.place_type(place) {
            let addr = self.offset(addr, offset);
            let length = self.b.i32_const(length as i32);
            let symbol = self.lower.fixed_store();
            self.b.call(symbol, None, &[addr, length, value]);
            return;
        }
        let old = self.b.load(LoadOp::I32Load, addr, offset);
        self.b.store(StoreOp::I32Store, addr, value, offset);
        self.free(old);
    }

    /// The address of the next item; error 4 behind the last.
    fn next_datum(&mut self) -> Value {
        let pointer = self.lower.data_pointer();
        let table = self.lower.data_table();
        let now = self.b.global_get(pointer, Type::I32);
        // 0 is the beginning.
        let start = self.b.symbol_addr(table, 0);
        let at = self.b.select(now, start, now);
        let count = self.program().data.len() as u32;
        let end = self.b.symbol_addr(table, (count * super::support::DATUM) as i32);
        let more = self.b.binary(BinOp::I32LtU, at, end);
        let items = self.b.i32_const(count as i32);
        self.check_number(more, 4, items, Type::I32);
        let next = self.offset(at, super::support::DATUM);
        self.b.global_set(pointer, next);
        at
    }

    pub(super) fn resume_target(&self, what: Resume) -> Option<Label> {
        match what {
            Resume::At(label) => Some(label),
            Resume::Again | Resume::Next => None,
        }
    }
}
