//! Errors at run time: the check, the message, and ON ERROR.
//!
//! A check is a branch to a block that calls the support routine with the error's number and the
//! line, and traps. Only a program with ON ERROR pays more: there an error stores its number,
//! frees what the statement has made, and goes to the procedure's dispatch block; RESUME comes
//! back through a table of the statements that can fail.

use super::func::Fun;
use crate::tree::{Expr, Kind, Label, Number, Resume};
use alloc::vec::Vec;
use wasm_common::abi::names;
use wasm_common::ir::{BinOp, Block, LoadOp, Type, UnOp, Value};

/// What a procedure of a program with ON ERROR needs.
#[derive(Default)]
pub(super) struct Handlers {
    /// Where an error goes; `None` in programs without ON ERROR.
    dispatch: Option<Block>,
    /// Labels that ON ERROR GOTO names.
    targets: Vec<Label>,
    /// Beginning and end of each statement that can fail.
    points: Vec<(Block, Block)>,
    /// Of the statement being lowered: its beginning, if that is a block already, and whether it
    /// can fail.
    begin: Option<Block>,
    failing: bool,
    /// Where RESUME NEXT goes from there, if not to its end.
    behind: Option<Block>,
    again: Option<Block>,
    next: Option<Block>,
}

impl Fun<'_, '_> {
    /// Goes on if `ok` is not zero; else it is error `code`.
    pub(super) fn check(&mut self, ok: Value, code: i32) {
        if let Some(known) = self.b.constant(ok)
            && known.bits() != 0
        {
            return;
        }
        let (good, bad) = (self.b.create_block(), self.b.create_block());
        self.b.branch(ok, good, bad);
        self.b.switch_to(bad);
        self.lower.note_error(Some(code));
        let code = self.b.i32_const(code);
        self.fail(code);
        self.b.switch_to(good);
    }

    /// Error 9 with the subscript and its bounds.
    pub(super) fn check_subscript(&mut self, inside: Value, index: Value, low: Value, high: Value) {
        if self.program().bare_messages && self.program().traps_errors {
            return self.check_number_of(inside, index);
        }
        self.check_detailed(inside, 9, |this, [_, line, file]| {
            let symbol = this.lower.fail_subscript();
            this.b.call(symbol, None, &[index, low, high, line, file]);
        });
    }

    /// As GW-BASIC tells what is wrong with a subscript: error 5 if it is negative, 6 if it is no 16-bit
    /// integer.
    fn check_number_of(&mut self, inside: Value, index: Value) {
        let (good, bad) = (self.b.create_block(), self.b.create_block());
        self.b.branch(inside, good, bad);
        self.b.switch_to(bad);
        for code in [5, 6, 9] {
            self.lower.note_error(Some(code));
        }
        let code = super::message::subscript_error(&mut self.b, index);
        self.fail(code);
        self.b.switch_to(good);
    }

    /// Error `code` with the number that is at fault.
    pub(super) fn check_number(&mut self, ok: Value, code: i32, number: Value, ty: Type) {
        self.check_detailed(ok, code, |this, [code, line, file]| {
            let number = match ty {
                Type::I32 => this.b.unary(UnOp::F64ConvertI32S, number),
                Type::I64 => this.b.unary(UnOp::F64ConvertI64S, number),
                Type::F32 => this.b.unary(UnOp::F64PromoteF32, number),
                Type::F64 => number,
            };
            // The sign of a NaN is the machine's affair.
            let nan = this.b.f64_const(f64::NAN);
            let sane = this.b.binary(BinOp::F64Eq, number, number);
            let number = this.b.select(number, nan, sane);
            let symbol = this.lower.fail_number();
            this.b.call(symbol, None, &[code, number, line, file]);
        });
    }

    /// The error of a READ of a number that finds the item of DATA at `item`. For GW-BASIC it is a
    /// syntax error of the line of that item.
    pub(super) fn check_datum(&mut self, ok: Value, item: Value) {
        let bare = self.program().bare_messages;
        let (good, bad) = (self.b.create_block(), self.b.create_block());
        self.b.branch(ok, good, bad);
        self.b.switch_to(bad);
        let number = if bare { 2 } else { 13 };
        self.lower.note_error(Some(number));
        let code = self.b.i32_const(number);
        let (line, file) = self.origin();
        let line = if bare { self.b.load(LoadOp::I32Load, item, 8) } else { line };
        if self.lower.program.traps_errors {
            self.fail_in(code, line);
        } else {
            let text = self.b.load(LoadOp::I32Load, item, 4);
            let symbol = self.lower.fail_text();
            self.b.call(symbol, None, &[code, text, line, file]);
            self.b.unreachable();
        }
        self.b.switch_to(good);
    }

    /// A check whose error says more than its name, by calling `say` with the number, the line and
    /// the file. Where errors are caught, only the number is of use.
    fn check_detailed(&mut self, ok: Value, code: i32, say: impl FnOnce(&mut Self, [Value; 3])) {
        if self.b.constant(ok).is_some_and(|known| known.bits() != 0) {
            return;
        }
        let (good, bad) = (self.b.create_block(), self.b.create_block());
        self.b.branch(ok, good, bad);
        self.b.switch_to(bad);
        self.lower.note_error(Some(code));
        let code = self.b.i32_const(code);
        if self.lower.program.traps_errors {
            self.fail(code);
        } else {
            let (line, file) = self.origin();
            say(self, [code, line, file]);
            self.b.unreachable();
        }
        self.b.switch_to(good);
    }

    /// ERROR n.
    pub(super) fn raise(&mut self, code: Value) {
        let known = self.b.constant(code).map(|known| known.bits() as i32);
        self.lower.note_error(known);
        let (bad, on) = (self.b.create_block(), self.b.create_block());
        self.b.jump(bad);
        self.b.switch_to(bad);
        self.fail(code);
        self.b.switch_to(on);
    }

    /// RAISE in the library: `number` is what the error is about.
    pub(super) fn raise_with(&mut self, code: &Expr, number: Option<&Expr>) {
        match (&code.kind, number) {
            (Kind::Number(Number::Int(code)), Some(number)) => {
                let (never, number) = (self.b.i32_const(0), self.value(number));
                self.check_number(never, *code as i32, number, Type::F64);
            }
            _ => {
                let code = self.value(code);
                self.raise(code);
            }
        }
    }

    /// Leaves the line for a procedure of the library or a DEF FN, which may fail.
    pub(super) fn leave_line(&mut self) {
        if self.proc.callers_line {
            return;
        }
        let (line, _) = self.place_of_error();
        let symbol = self.lower.library_line();
        self.b.global_set(symbol, line);
    }

    /// The line of the statement as its author knows it, and the name of its file.
    fn place_of_error(&mut self) -> (Value, Value) {
        let line = match self.number {
            0 => self.loc.line(),
            number => number,
        };
        let name = self.lower.file_names.get(self.loc.file() as usize);
        let name = name.cloned().unwrap_or_default();
        let symbol = self.lower.literal(&name);
        (self.b.i32_const(line as i32), self.b.symbol_addr(symbol, 0))
    }

    /// The line and the file that an error names.
    fn origin(&mut self) -> (Value, Value) {
        if !self.proc.callers_line {
            return self.place_of_error();
        }
        // The library has no lines; its caller has left its own.
        let line = self.lower.library_line();
        let line = self.b.global_get(line, Type::I32);
        let name = self.lower.file_names.first().cloned().unwrap_or_default();
        let file = self.lower.literal(&name);
        (line, self.b.symbol_addr(file, 0))
    }

    /// Ends the current block with the error.
    fn fail(&mut self, code: Value) {
        let (line, file) = self.origin();
        if !self.lower.program.traps_errors {
            let symbol = self.lower.fail();
            self.b.call(symbol, None, &[code, line, file]);
            self.b.unreachable();
            return;
        }
        self.fail_in(code, line);
    }

    /// Ends the current block of a program with ON ERROR with an error of this line.
    fn fail_in(&mut self, code: Value, line: Value) {
        let err = self.lower.exported(names::ERR, 0);
        self.b.global_set(err, code);
        let pending = self.lower.error_line();
        self.b.global_set(pending, line);
        let flag = self.lower.pending();
        let one = self.b.i32_const(1);
        self.b.global_set(flag, one);
        self.go_to_dispatch();
    }

    /// Frees what the statement has made so far and goes to the dispatch block.
    fn go_to_dispatch(&mut self) {
        let temps = self.temps.clone();
        for value in temps {
            self.free(value);
        }
        if let Some(dispatch) = self.errors.dispatch {
            self.errors.failing = true;
            let point = self.lower.resume_point();
            let number = self.b.i32_const(self.errors.points.len() as i32);
            self.b.global_set(point, number);
            self.b.jump(dispatch);
        } else {
            self.leave_with_error();
        }
    }

    /// Back to the caller, which sees that an error is pending.
    fn leave_with_error(&mut self) {
        let temps = core::mem::take(&mut self.temps);
        let slots = core::mem::take(&mut self.string_slots);
        self.return_value(None);
        self.temps = temps;
        self.string_slots = slots;
    }

    /// Behind a call of a procedure that may have failed.
    pub(super) fn propagate(&mut self) {
        if !self.lower.program.traps_errors {
            return;
        }
        let flag = self.lower.pending();
        let pending = self.b.global_get(flag, Type::I32);
        let (bad, good) = (self.b.create_block(), self.b.create_block());
        self.b.branch(pending, bad, good);
        self.b.switch_to(bad);
        self.go_to_dispatch();
        self.b.switch_to(good);
    }

    /// Whether an error would go to a handler.
    pub(super) fn catches(&mut self) -> Value {
        if !self.program().traps_errors {
            return self.b.i32_const(0);
        }
        let (handler, active) = (self.lower.handler(), self.lower.in_handler());
        let handler = self.b.global_get(handler, Type::I32);
        let active = self.b.global_get(active, Type::I32);
        let idle = self.b.unary(UnOp::I32Eqz, active);
        let zero = self.b.i32_const(0);
        let set = self.b.binary(BinOp::I32Ne, handler, zero);
        self.b.binary(BinOp::I32And, set, idle)
    }

    pub(super) fn error_number(&mut self) -> Value {
        let err = self.lower.exported(names::ERR, 0);
        self.b.global_get(err, Type::I32)
    }

    pub(super) fn error_line(&mut self) -> Value {
        let symbol = self.lower.error_line();
        self.b.global_get(symbol, Type::I32)
    }

    pub(super) fn open_handlers(&mut self) {
        if self.body.traps_errors {
            self.errors.dispatch = Some(self.b.create_block());
        }
    }

    pub(super) fn begin_statement(&mut self) {
        if self.errors.dispatch.is_some() {
            let begin = self.b.create_block();
            self.b.jump(begin);
            self.b.switch_to(begin);
            self.errors.begin = Some(begin);
            self.errors.failing = false;
        }
    }

    pub(super) fn end_statement(&mut self) {
        let Some(begin) = self.errors.begin.take() else { return };
        if !self.errors.failing {
            self.errors.behind = None;
            return;
        }
        let end = match self.errors.behind.take() {
            Some(end) => end,
            None => {
                let end = self.b.create_block();
                self.b.jump(end);
                self.b.switch_to(end);
                end
            }
        };
        self.errors.points.push((begin, end));
    }

    pub(super) fn resume_next_at(&mut self, label: Label) {
        if self.errors.dispatch.is_some() {
            self.errors.behind = Some(self.label(label));
        }
    }

    pub(super) fn on_error(&mut self, label: Option<Label>) {
        let number = match label {
            None => 0,
            Some(label) => {
                let known = self.errors.targets.iter().position(|&t| t == label);
                let index = known.unwrap_or(self.errors.targets.len());
                if known.is_none() {
                    self.errors.targets.push(label);
                }
                index as i32 + 1
            }
        };
        let handler = self.lower.handler();
        let value = self.b.i32_const(number);
        self.b.global_set(handler, value);
        if label.is_none() {
            self.rethrow();
        }
    }

    /// ON ERROR GOTO 0 inside a handler is the error again, now for good.
    fn rethrow(&mut self) {
        let active = self.lower.in_handler();
        let inside = self.b.global_get(active, Type::I32);
        let (bad, good) = (self.b.create_block(), self.b.create_block());
        self.b.branch(inside, bad, good);
        self.b.switch_to(bad);
        self.fatal();
        self.b.switch_to(good);
    }

    fn fatal(&mut self) {
        let code = self.error_number();
        let line = self.error_line();
        let name = self.lower.file_names.first().cloned().unwrap_or_default();
        let file = self.lower.literal(&name);
        let file = self.b.symbol_addr(file, 0);
        let symbol = self.lower.fail();
        self.b.call(symbol, None, &[code, line, file]);
        self.b.unreachable();
    }

    pub(super) fn resume(&mut self, what: Resume) {
        let active = self.lower.in_handler();
        let inside = self.b.global_get(active, Type::I32);
        if self.program().bare_messages {
            self.check_resume(inside);
        } else {
            self.check(inside, 20);
        }
        let zero = self.b.i32_const(0);
        self.b.global_set(active, zero);
        if let Some(label) = self.resume_target(what) {
            let block = self.label(label);
            return self.b.jump(block);
        }
        let again = matches!(what, Resume::Again);
        let known = if again { self.errors.again } else { self.errors.next };
        let block = known.unwrap_or_else(|| self.b.create_block());
        if again {
            self.errors.again = Some(block);
        } else {
            self.errors.next = Some(block);
        }
        self.b.jump(block);
    }

    /// GW-BASIC catches no RESUME without error, and forgets the error behind every other.
    fn check_resume(&mut self, inside: Value) {
        let (good, bad) = (self.b.create_block(), self.b.create_block());
        self.b.branch(inside, good, bad);
        self.b.switch_to(bad);
        self.lower.note_error(Some(20));
        let code = self.b.i32_const(20);
        let (line, file) = self.origin();
        let symbol = self.lower.fail();
        self.b.call(symbol, None, &[code, line, file]);
        self.b.unreachable();
        self.b.switch_to(good);
        let err = self.lower.exported(names::ERR, 0);
        let zero = self.b.i32_const(0);
        self.b.global_set(err, zero);
    }

    /// The dispatch block: to the handler, or the end; and the tables of RESUME.
    pub(super) fn close_handlers(&mut self) {
        let Some(dispatch) = self.errors.dispatch else { return };
        self.b.switch_to(dispatch);
        let flag = self.lower.pending();
        let zero = self.b.i32_const(0);
        self.b.global_set(flag, zero);
        let (handler, active) = (self.lower.handler(), self.lower.in_handler());
        let inside = self.b.global_get(active, Type::I32);
        let (fatal, go) = (self.b.create_block(), self.b.create_block());
        self.b.branch(inside, fatal, go);
        self.b.switch_to(go);
        let number = self.b.global_get(handler, Type::I32);
        let one = self.b.i32_const(1);
        let index = self.b.binary(BinOp::I32Sub, number, one);
        let targets: Vec<Block> =
            self.errors.targets.clone().into_iter().map(|l| self.label(l)).collect();
        let enter = self.b.create_block();
        self.b.branch(number, enter, fatal);
        self.b.switch_to(enter);
        self.b.global_set(active, one);
        self.b.switch(index, &targets, fatal);
        self.b.switch_to(fatal);
        self.fatal();
        for (block, last) in [(self.errors.again, false), (self.errors.next, true)] {
            let Some(block) = block else { continue };
            self.b.switch_to(block);
            let point = self.lower.resume_point();
            let number = self.b.global_get(point, Type::I32);
            let points: Vec<Block> =
                self.errors.points.iter().map(|p| if last { p.1 } else { p.0 }).collect();
            match points.split_last() {
                Some((tail, rest)) => self.b.switch(number, rest, *tail),
                None => self.b.unreachable(),
            }
        }
    }
}
