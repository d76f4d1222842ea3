//! `switch`: tables where the values are dense, a search tree of them where they are not.

use super::function::Lowering;
use crate::check::tree::{Case, Switch};
use crate::types::Ty;
use alloc::vec::Vec;
use wasm_common::ir::{BinOp, Block, Type, UnOp, Value};

/// Fewest cases for which a table is made.
const LEAST_TABLE: usize = 4;
/// Most entries of a table.
const MOST_ENTRIES: u64 = 4096;

impl Lowering<'_> {
    pub(super) fn switch(&mut self, switch: &Switch) {
        self.set_span(self.tree.span(switch.value));
        let ty = self.types().represented(self.ty(switch.value));
        let value = self.value(switch.value);
        let end = self.builder.create_block();
        let default = switch.default.map_or(end, |label| self.label_block(label));
        self.search(value, ty, &switch.cases, default);
        let dead = self.builder.create_block();
        self.builder.seal(dead);
        self.builder.switch_to(dead);
        self.with_exits(Some(end), None, |this| this.stmt(&switch.body));
        self.builder.jump(end);
        self.builder.seal(end);
        self.builder.switch_to(end);
        // All jumps to the labels of this switch are made, but for those from outside by goto,
        // which go to labels of their own.
        for label in switch.cases.iter().map(|case| case.label).chain(switch.default) {
            let block = self.label_block(label);
            self.builder.seal(block);
        }
    }

    /// Ends the block: goes where `value` belongs among `cases`, which are sorted.
    fn search(&mut self, value: Value, ty: Ty, cases: &[Case], default: Block) {
        if self.is_dense(cases) {
            return self.table(value, ty, cases, default);
        }
        if cases.len() <= 3 {
            return self.test_each(value, ty, cases, default);
        }
        let (low, high) = cases.split_at(cases.len() / 2);
        let (below, above) = (self.builder.create_block(), self.builder.create_block());
        let middle = self.case_constant(high[0].first, ty);
        let test = self.operate(crate::ast::BinaryOp::Lt, value, middle, ty);
        self.builder.branch(test, below, above);
        for (block, half) in [(below, low), (above, high)] {
            self.builder.seal(block);
            self.builder.switch_to(block);
            self.search(value, ty, half, default);
        }
    }

    fn is_dense(&self, cases: &[Case]) -> bool {
        let (Some(first), Some(last)) = (cases.first(), cases.last()) else { return false };
        let span = last.last.wrapping_sub(first.first);
        cases.len() >= LEAST_TABLE && span < MOST_ENTRIES && span < cases.len() as u64 * 4 + 8
    }

    fn case_constant(&mut self, value: u64, ty: Ty) -> Value {
        match super::types::ir_type(self.types(), ty) {
            Type::I64 => self.builder.i64_const(value as i64),
            _ => self.builder.i32_const(value as i32),
        }
    }

    fn table(&mut self, value: Value, ty: Ty, cases: &[Case], default: Block) {
        let first = cases[0].first;
        let span = cases[cases.len() - 1].last.wrapping_sub(first) + 1;
        let mut targets: Vec<Block> = alloc::vec![default; span as usize];
        for case in cases {
            let block = self.label_block(case.label);
            let from = case.first.wrapping_sub(first) as usize;
            let to = case.last.wrapping_sub(first) as usize;
            targets[from..=to].fill(block);
        }
        let least = self.case_constant(first, ty);
        let mut index = self.operate(crate::ast::BinaryOp::Sub, value, least, ty);
        if super::types::ir_type(self.types(), ty) == Type::I64 {
            // What does not fit in 32 bits is outside of the table.
            let limit = self.builder.i64_const(span as i64);
            let inside = self.builder.binary(BinOp::I64LtU, index, limit);
            let narrow = self.builder.unary(UnOp::I32WrapI64, index);
            let outside = self.builder.i32_const(-1);
            index = self.builder.select(narrow, outside, inside);
        }
        self.builder.switch(index, &targets, default);
    }

    fn test_each(&mut self, value: Value, ty: Ty, cases: &[Case], default: Block) {
        for case in cases {
            let block = self.label_block(case.label);
            let next = self.builder.create_block();
            let low = self.case_constant(case.first, ty);
            let test = if case.first == case.last {
                self.operate(crate::ast::BinaryOp::Eq, value, low, ty)
            } else {
                self.in_range(value, low, case, ty)
            };
            self.builder.branch(test, block, next);
            self.builder.seal(next);
            self.builder.switch_to(next);
        }
        self.builder.jump(default);
    }

    /// Whether `first <= value <= last`, as one unsigned comparison.
    fn in_range(&mut self, value: Value, low: Value, case: &Case, ty: Ty) -> Value {
        let distance = self.operate(crate::ast::BinaryOp::Sub, value, low, ty);
        let span = self.case_constant(case.last.wrapping_sub(case.first), ty);
        let le = match super::types::ir_type(self.types(), ty) {
            Type::I64 => BinOp::I64LeU,
            _ => BinOp::I32LeU,
        };
        self.builder.binary(le, distance, span)
    }
}
