//! Conditional branches: which operation compares and branches at once, and which does the opposite.

use super::super::code::Op;
use super::stack::Arg;

/// A branch in the making.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch {
    pub(super) op: Op,
    pub(super) a: Arg,
    pub(super) b: Arg,
    pub(super) c: Arg,
}

impl Branch {
    pub(super) const ALWAYS: Self = Self { op: Op::Br, a: Arg::None, b: Arg::None, c: Arg::None };

    /// The branch taken exactly when this one is not.
    pub(super) fn inverted(self) -> Self {
        let Self { a, b, c, .. } = self;
        let (op, swap) = match self.op {
            Op::BrZ => (Op::BrNz, false),
            Op::BrNz => (Op::BrZ, false),
            Op::BrEq => (Op::BrNe, false),
            Op::BrNe => (Op::BrEq, false),
            Op::BrLtS => (Op::BrLeS, true),
            Op::BrLtU => (Op::BrLeU, true),
            Op::BrLeS => (Op::BrLtS, true),
            Op::BrLeU => (Op::BrLtU, true),
            Op::BrEqI => (Op::BrNeI, false),
            Op::BrNeI => (Op::BrEqI, false),
            Op::BrLtSI => (Op::BrGeSI, false),
            Op::BrLtUI => (Op::BrGeUI, false),
            Op::BrGeSI => (Op::BrLtSI, false),
            Op::BrGeUI => (Op::BrLtUI, false),
            Op::BrEq64 => (Op::BrNe64, false),
            Op::BrNe64 => (Op::BrEq64, false),
            Op::BrLtS64 => (Op::BrLeS64, true),
            Op::BrLtU64 => (Op::BrLeU64, true),
            Op::BrLeS64 => (Op::BrLtS64, true),
            Op::BrLeU64 => (Op::BrLtU64, true),
            Op::BrFEq => (Op::BrFNe, false),
            Op::BrFNe => (Op::BrFEq, false),
            Op::BrFLt => (Op::BrFNlt, false),
            Op::BrFLe => (Op::BrFNle, false),
            Op::BrFNlt => (Op::BrFLt, false),
            Op::BrFNle => (Op::BrFLe, false),
            Op::BrDEq => (Op::BrDNe, false),
            Op::BrDNe => (Op::BrDEq, false),
            Op::BrDLt => (Op::BrDNlt, false),
            Op::BrDLe => (Op::BrDNle, false),
            Op::BrDNlt => (Op::BrDLt, false),
            Op::BrDNle => (Op::BrDLe, false),
            other => (other, false),
        };
        if swap { Self { op, a: b, b: a, c } } else { Self { op, a, b, c } }
    }

    /// For a comparison of two slots.
    pub(super) fn of_comparison(op: Op) -> Option<Op> {
        Some(match op {
            Op::Eq => Op::BrEq,
            Op::Ne => Op::BrNe,
            Op::LtS => Op::BrLtS,
            Op::LtU => Op::BrLtU,
            Op::LeS => Op::BrLeS,
            Op::LeU => Op::BrLeU,
            Op::Eq64 => Op::BrEq64,
            Op::Ne64 => Op::BrNe64,
            Op::LtS64 => Op::BrLtS64,
            Op::LtU64 => Op::BrLtU64,
            Op::LeS64 => Op::BrLeS64,
            Op::LeU64 => Op::BrLeU64,
            Op::FEq => Op::BrFEq,
            Op::FNe => Op::BrFNe,
            Op::FLt => Op::BrFLt,
            Op::FLe => Op::BrFLe,
            Op::DEq => Op::BrDEq,
            Op::DNe => Op::BrDNe,
            Op::DLt => Op::BrDLt,
            Op::DLe => Op::BrDLe,
            _ => return None,
        })
    }

    /// For a comparison with an immediate.
    pub(super) fn of_immediate(op: Op) -> Option<Op> {
        Some(match op {
            Op::EqI => Op::BrEqI,
            Op::NeI => Op::BrNeI,
            Op::LtSI => Op::BrLtSI,
            Op::LtUI => Op::BrLtUI,
            Op::GeSI => Op::BrGeSI,
            Op::GeUI => Op::BrGeUI,
            _ => return None,
        })
    }
}
