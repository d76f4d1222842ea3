//! `switch` and its labels (C11 6.8.1, 6.8.4.2).

use super::regions::RegionId;
use super::tree::{Case, LabelId, StmtKind, Switch};
use super::{Checker, codes};
use crate::ast::{self, Expr};
use crate::types::{Ty, TypeKind};
use alloc::{boxed::Box, vec::Vec};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

#[derive(Debug)]
pub(super) struct SwitchState {
    ty: Ty,
    cases: Vec<Case>,
    default: Option<LabelId>,
    /// Loops around it: `continue` inside belongs to them.
    pub(super) loops: u32,
    region: RegionId,
}

impl Checker<'_, '_> {
    pub(super) fn switch(&mut self, value: &Expr, body: &ast::Stmt) -> StmtKind {
        let id = self.value(value);
        let ty = self.tree.ty(id);
        let declared = ty;
        let id = if self.types().is_integer(ty) || self.tree.is_error(id) {
            self.promote(id)
        } else {
            let message = format!("`switch` needs an integer, not {}", self.show(ty));
            self.bad(&codes::BAD_OPERAND, value.span, message)
        };
        let ty = self.types().represented(self.tree.ty(id));
        let loops = core::mem::take(&mut self.jumps().loops);
        let region = self.jumps().regions.current;
        self.jumps().switches.push(SwitchState {
            ty,
            cases: Vec::new(),
            default: None,
            loops,
            region,
        });
        let body = self.scoped(body);
        let Some(state) = self.jumps().switches.pop() else { return StmtKind::Empty };
        self.jumps().loops = loops;
        let cases = self.distinct_cases(state.cases, ty);
        if state.default.is_none() {
            self.warn_missing_cases(declared, &cases, value.span);
        }
        StmtKind::Switch(Box::new(Switch { value: id, cases, default: state.default, body }))
    }

    /// Warns when constants of the enumeration `ty` have no case.
    fn warn_missing_cases(&mut self, ty: Ty, cases: &[Case], span: Span) {
        let TypeKind::Enum(id) = *self.types().kind(ty) else { return };
        let covered = |value: u64| cases.iter().any(|c| c.first <= value && value <= c.last);
        let constants = self.types().enumeration(id).constants.iter();
        let mut missing = constants.filter(|constant| !covered(constant.1));
        let Some(first) = missing.next() else { return };
        let (name, others) = (self.text(first.0), missing.count());
        let message = match others {
            0 => format!("`{name}` has no case"),
            _ => format!("`{name}` and {others} more have no case"),
        };
        self.warn(&codes::SWITCH, span, message);
    }

    /// The cases by value; those that overlap are reported.
    fn distinct_cases(&mut self, mut cases: Vec<Case>, ty: Ty) -> Vec<Case> {
        let signed = self.types().is_signed(ty);
        // Unsigned numbers in the order of the values.
        let key = |value: u64| if signed { value ^ 1 << 63 } else { value };
        cases.sort_unstable_by_key(|case| (key(case.first), case.span.start()));
        let mut kept: Vec<Case> = Vec::with_capacity(cases.len());
        for case in cases {
            match kept.last() {
                Some(before) if key(case.first) <= key(before.last) => {
                    let value = case.first;
                    let shown =
                        if signed { format!("{}", value as i64) } else { format!("{value}") };
                    let message = format!("value {shown} has a label already");
                    self.twice(&codes::DUPLICATE_CASE, case.span, message, before.span);
                }
                _ => kept.push(case),
            }
        }
        kept
    }

    pub(super) fn case(
        &mut self,
        first: &Expr,
        last: Option<&Expr>,
        span: Span,
    ) -> Option<LabelId> {
        let Some((ty, region)) = self.jumps().switches.last().map(|s| (s.ty, s.region)) else {
            self.error(&codes::MISPLACED, span, text!("`case` stands outside of `switch`"));
            return None;
        };
        self.check_case_region(region, span);
        let (low, _) = self.case_value(first, ty)?;
        let high = match last {
            Some(last) => self.case_value(last, ty)?.0,
            None => low,
        };
        let signed = self.types().is_signed(ty);
        let empty = if signed { (low as i64) > (high as i64) } else { low > high };
        let label = self.tree.add_label();
        if empty {
            self.warn(&codes::TAUTOLOGY, span, text!("the range of this `case` is empty"));
            return Some(label);
        }
        let case = Case { first: low, last: high, label, span };
        if let Some(switch) = self.jumps().switches.last_mut() {
            switch.cases.push(case);
        }
        Some(label)
    }

    fn case_value(&mut self, expr: &Expr, ty: Ty) -> Option<(u64, Ty)> {
        let id = self.value(expr);
        let (value, from) = self.constant_of(id, "a `case` value")?;
        let wrapped = self.types().wrap(ty, value);
        if wrapped != value && self.types().bits(from) > self.types().bits(ty) {
            let message = format!("the value does not fit in {}", self.show(ty));
            self.warn(&codes::CONSTANT_CONVERSION, expr.span, message);
        }
        Some((wrapped, ty))
    }

    pub(super) fn default_label(&mut self, span: Span) -> Option<LabelId> {
        let label = self.tree.add_label();
        let Some(switch) = self.jumps().switches.last_mut() else {
            self.error(&codes::MISPLACED, span, text!("`default` stands outside of `switch`"));
            return None;
        };
        if switch.default.is_some() {
            self.error(
                &codes::DUPLICATE_CASE,
                span,
                text!("this `switch` has a `default` already"),
            );
            return None;
        }
        switch.default = Some(label);
        let region = switch.region;
        self.check_case_region(region, span);
        Some(label)
    }
}
