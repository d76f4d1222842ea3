//! Where the source line must be known, and where storing it can be left out.
//!
//! In: the plan of a function. Out: what makes an instruction's line visible ([`Hazard`]), and the
//! line that `__line` is known to hold at the start of each block, found by forward data flow.

use super::{
    flow::{Flow, Node},
    plan::{Plan, Step},
};
use crate::ir::{Function, Inst, Loc, NaryOp, SymbolKind, SymbolTable, Terminator, Value};
use alloc::{vec, vec::Vec};

/// How an instruction lets somebody see the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hazard {
    /// Not at all.
    None,
    /// It may leave memory, a trap whose place the line table tells.
    Access,
    /// It calls a function, which stores its own lines.
    Call,
    /// It may trap, or calls the host.
    Trap,
    /// It may call the host or trap, or call a function; library code does without a line.
    Indirect,
}

/// For what `__line` is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LineLevel {
    /// Nothing.
    Never,
    /// Host calls and traps. Accesses out of bounds are left to the line table: they are in every
    /// inner loop.
    Calls,
    /// Everything that may trap.
    Always,
}

/// What `__line` holds at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineState {
    /// No path comes here, as far as is known.
    Unvisited,
    /// A line.
    Line(u32),
    /// Some line.
    Unknown,
}

impl LineState {
    fn meet(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unvisited, state) | (state, Self::Unvisited) => state,
            _ if self == other => self,
            _ => Self::Unknown,
        }
    }
}

/// The lines of a function.
pub(crate) struct Lines<'a> {
    function: &'a Function,
    symbols: &'a SymbolTable,
    level: LineLevel,
    entry: Vec<LineState>,
}

/// Sweeps over the blocks before the search for known lines is given up.
const SWEEPS: usize = 12;

impl<'a> Lines<'a> {
    /// Looks at the plan of `function`.
    pub(crate) fn new(
        function: &'a Function,
        flow: &Flow,
        symbols: &'a SymbolTable,
        plan: &Plan,
        level: LineLevel,
    ) -> Self {
        let mut lines = Self { function, symbols, level, entry: Vec::new() };
        if level != LineLevel::Never {
            lines.entry = lines.known_lines(flow, plan);
        }
        lines
    }

    /// Whether there are any.
    pub(crate) fn any(&self) -> bool {
        self.level != LineLevel::Never
    }

    /// What is known at the start of a block.
    pub(crate) fn entry(&self, node: Node) -> LineState {
        self.entry.get(node as usize).copied().unwrap_or(LineState::Unknown)
    }

    /// How `value` lets somebody see its line.
    pub(crate) fn hazard(&self, value: Value) -> Hazard {
        match *self.function.inst(value) {
            Inst::Load { .. }
            | Inst::Store { .. }
            | Inst::VolatileLoad { .. }
            | Inst::VolatileStore { .. }
            | Inst::Nary(NaryOp::MemoryCopy | NaryOp::MemoryFill | NaryOp::StackAlloc, _) => {
                Hazard::Access
            }
            Inst::Unary(op, _) if op.can_trap() => Hazard::Trap,
            Inst::Binary(op, _, by) if op.can_trap() && !self.divides(by) => Hazard::Trap,
            Inst::CallIndirect { .. } => Hazard::Indirect,
            Inst::Call { func, .. } => match &self.symbols.get(func).kind {
                SymbolKind::Func(func) if func.import.is_some() => Hazard::Trap,
                SymbolKind::Func(func) if func.attrs.lineless => Hazard::Indirect,
                _ => Hazard::Call,
            },
            _ => Hazard::None,
        }
    }

    /// Whether division by `value` never traps.
    fn divides(&self, value: Value) -> bool {
        match *self.function.inst(value) {
            Inst::I32Const(by) => by != 0 && by != -1,
            Inst::I64Const(by) => by.bits() != 0 && by.bits() != u64::MAX,
            _ => false,
        }
    }

    /// The line to store before an instruction, if any; keeps track of the state.
    pub(crate) fn store(&self, hazard: Hazard, loc: Loc, state: &mut LineState) -> Option<u32> {
        let visible = match hazard {
            Hazard::None | Hazard::Call => false,
            Hazard::Access => self.level == LineLevel::Always,
            Hazard::Trap | Hazard::Indirect => self.level != LineLevel::Never,
        };
        let line = LineState::Line(loc.line());
        let store = visible && loc != Loc::NONE && *state != line;
        if store {
            *state = line;
        }
        if matches!(hazard, Hazard::Call | Hazard::Indirect) {
            *state = LineState::Unknown;
        }
        store.then_some(loc.line())
    }

    /// The state at the start of each block: the greatest solution, by sweeps in reverse postorder.
    fn known_lines(&self, flow: &Flow, plan: &Plan) -> Vec<LineState> {
        let effects: Vec<Option<LineState>> =
            flow.nodes().map(|node| self.effect(flow, plan, node)).collect();
        let mut entry = vec![LineState::Unvisited; flow.len()];
        entry[0] = LineState::Unknown;
        for _ in 0..SWEEPS {
            let mut changed = false;
            for node in flow.nodes().skip(1) {
                let after = |&pred: &Node| effects[pred as usize].unwrap_or(entry[pred as usize]);
                let preds = flow.preds(node).iter();
                let state = preds.map(after).fold(LineState::Unvisited, LineState::meet);
                changed |= core::mem::replace(&mut entry[node as usize], state) != state;
            }
            if !changed {
                return entry;
            }
        }
        vec![LineState::Unknown; flow.len()]
    }

    /// The state after a block; `None` if that before it stays.
    fn effect(&self, flow: &Flow, plan: &Plan, node: Node) -> Option<LineState> {
        let mut state = LineState::Unvisited;
        for step in plan.steps(node) {
            if let Step::Do(value) = *step {
                self.store(self.hazard(value), self.function.loc(value), &mut state);
            }
        }
        let block = self.function.block(flow.block(node));
        if let Terminator::Unreachable = block.term {
            self.store(Hazard::Trap, block.loc, &mut state);
        }
        (state != LineState::Unvisited).then_some(state)
    }
}
