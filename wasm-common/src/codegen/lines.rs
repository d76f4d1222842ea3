//! Where the source line must be known, and where storing it can be left out.
//!
//! In: the plan of a function. Out: what makes an instruction's line visible ([`Hazard`]), and the
//! line that `__line` is known to hold at the start of each block, found by forward data flow. A loop
//! in which all that matters is on one line stores it once, before the first round.

use super::{
    flow::{Flow, NONE, Node},
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
    /// By node: the line that is stored before the loop that it heads.
    before_loop: Vec<Option<u32>>,
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
        let (entry, before_loop) = (Vec::new(), vec![None; flow.len()]);
        let mut lines = Self { function, symbols, level, entry, before_loop };
        if level != LineLevel::Never {
            let effects: Vec<Effect> =
                flow.nodes().map(|node| lines.effect(flow, plan, node)).collect();
            lines.before_loop = loops_of_one_line(flow, &effects);
            lines.entry = lines.known_lines(flow, &effects);
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

    /// The line to store before the loop that `header` heads.
    pub(crate) fn before_loop(&self, header: Node) -> Option<u32> {
        self.before_loop[header as usize]
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
    fn known_lines(&self, flow: &Flow, effects: &[Effect]) -> Vec<LineState> {
        let mut entry = vec![LineState::Unvisited; flow.len()];
        entry[0] = LineState::Unknown;
        for _ in 0..SWEEPS {
            let mut changed = false;
            for node in flow.nodes().skip(1) {
                let after = |&pred: &Node| match effects[pred as usize].after {
                    LineState::Unvisited => entry[pred as usize],
                    state => state,
                };
                let preds = flow.preds(node).iter();
                let state = match self.before_loop[node as usize] {
                    Some(line) => LineState::Line(line),
                    None => preds.map(after).fold(LineState::Unvisited, LineState::meet),
                };
                changed |= core::mem::replace(&mut entry[node as usize], state) != state;
            }
            if !changed {
                return entry;
            }
        }
        vec![LineState::Unknown; flow.len()]
    }

    /// What a block does to the line.
    fn effect(&self, flow: &Flow, plan: &Plan, node: Node) -> Effect {
        let mut effect = Effect { needs: LineState::Unvisited, after: LineState::Unvisited };
        let mut see = |hazard, loc| {
            let stored = self.store(hazard, loc, &mut effect.after);
            let needs = match (hazard, stored) {
                (Hazard::Call | Hazard::Indirect, _) => LineState::Unknown,
                (_, Some(line)) => LineState::Line(line),
                _ => return,
            };
            effect.needs = effect.needs.meet(needs);
        };
        for step in plan.steps(node) {
            if let Step::Do(value) = *step {
                see(self.hazard(value), self.function.loc(value));
            }
        }
        let block = self.function.block(flow.block(node));
        if let Terminator::Unreachable = block.term {
            see(Hazard::Trap, block.loc);
        }
        effect
    }
}

/// What a block does to the line; `Unvisited` stands for nothing.
#[derive(Clone, Copy)]
struct Effect {
    /// The line that it needs, if it is one.
    needs: LineState,
    /// What is known after it.
    after: LineState,
}

/// For each header the line that its loop needs, if that is one, and needed in every round; not
/// for loops inside such a loop.
fn loops_of_one_line(flow: &Flow, effects: &[Effect]) -> Vec<Option<u32>> {
    let mut needs = vec![LineState::Unvisited; flow.len()];
    let mut every_round = vec![false; flow.len()];
    for node in flow.nodes().rev() {
        let own = effects[node as usize].needs;
        let header = flow.header(node);
        if header != NONE {
            needs[header as usize] = needs[header as usize].meet(own);
            let mut rounds = flow.preds(header).iter().filter(|&&pred| pred >= header);
            every_round[header as usize] |=
                own != LineState::Unvisited && rounds.all(|&round| flow.dominates(node, round));
        }
        // A loop is complete when its header comes up.
        if header == node && flow.outer(node) != NONE {
            let outer = flow.outer(node) as usize;
            needs[outer] = needs[outer].meet(needs[node as usize]);
        }
    }
    let mut lines: Vec<Option<u32>> = vec![None; flow.len()];
    let mut inside = vec![false; flow.len()];
    for node in flow.nodes().filter(|&node| flow.is_header(node)) {
        let outer = flow.outer(node);
        let covered = outer != NONE && inside[outer as usize];
        if let LineState::Line(line) = needs[node as usize]
            && every_round[node as usize]
            && !covered
        {
            lines[node as usize] = Some(line);
        }
        inside[node as usize] = covered || lines[node as usize].is_some();
    }
    lines
}
