//! Calls, and `select`.

use super::super::code::Op;
use super::super::module::{FuncType, ValType};
use super::super::reader::Result;
use super::stack::{Arg, Entry};
use super::{Body, MAX_FRAME};

impl Body<'_> {
    pub(super) fn call(&mut self) -> Result<()> {
        let index = self.reader.u32()?;
        let Some(function) = self.env.functions.get(index as usize) else {
            return self.unknown("function", index);
        };
        let ty = &self.env.types[function.ty as usize];
        let base = self.arguments(ty)?;
        let result = self.results(ty)?;
        self.note();
        let [b, c] = (base as u16).to_le_bytes();
        if index < self.env.imported {
            self.emit(Op::CallHost, result, Arg::Raw(b), Arg::Raw(c), index);
        } else {
            self.emit(Op::Call, Arg::None, Arg::Raw(b), Arg::Raw(c), index);
            self.result(result);
        }
        Ok(())
    }

    pub(super) fn call_indirect(&mut self) -> Result<()> {
        let index = self.reader.u32()?;
        let Some(&ty) = self.env.same.get(index as usize) else {
            return self.unknown("type", index);
        };
        if self.reader.byte()? != 0 || !self.env.table {
            return self.fault("unknown table (zero byte expected)");
        }
        if ty > MAX_FRAME {
            return self.fault("indirect calls need types below 65536");
        }
        let callee = self.pop(Some(ValType::I32))?;
        let signature = &self.env.types[ty as usize];
        let base = self.arguments(signature)?;
        let callee = self.operand(callee);
        let result = self.results(signature)?;
        self.note();
        self.emit(Op::CallIndirect, Arg::None, callee, Arg::None, ty << 16 | base);
        self.result(result);
        Ok(())
    }

    /// Pops the arguments, all in their own slots, where the callee's frame starts; that slot.
    fn arguments(&mut self, ty: &FuncType) -> Result<u32> {
        self.check_top(&ty.params)?;
        self.settle_top(ty.params.len().min(self.stack.len()));
        self.pop_all(&ty.params)?;
        Ok(self.top)
    }

    /// Pushes the results, which the callee leaves where its frame starts; a single one may be
    /// sent elsewhere.
    fn results(&mut self, ty: &FuncType) -> Result<Arg> {
        let slot = self.top as u16;
        self.push_results(&ty.results)?;
        Ok(match ty.results.as_slice() {
            [one] => Arg::Set(slot, one.is_64()),
            _ => Arg::None,
        })
    }

    /// The second word of a call.
    fn result(&mut self, result: Arg) {
        // No `Check` may come between the two.
        let checked = core::mem::replace(&mut self.checked, self.weight);
        self.emit(Op::Result, result, Arg::None, Arg::None, self.weight);
        self.checked = checked;
    }

    pub(super) fn select(&mut self) -> Result<()> {
        let condition = self.pop(Some(ValType::I32))?;
        let otherwise = self.pop(None)?;
        let value = self.pop(otherwise.ty)?;
        let ty = value.ty.or(otherwise.ty);
        if !self.live {
            return self.push_entry(ty, super::Place::Temp);
        }
        let Some(ty) = ty else { return self.fault("type mismatch: select of no type") };
        let (a, b) = (self.operand(value), self.operand(otherwise));
        let condition = self.condition_slot(condition);
        let op = if ty.is_64() { Op::Select64 } else { Op::Select32 };
        let result = self.push_temp(ty)?;
        self.emit(op, result, a, b, u32::from(condition));
        Ok(())
    }

    /// A condition in a slot that fits a field; it may be the first scratch slot.
    fn condition_slot(&mut self, condition: Entry) -> u8 {
        match self.operand(condition) {
            Arg::Get(slot, wide) => self.get(slot, wide, 0),
            _ => 0,
        }
    }
}
