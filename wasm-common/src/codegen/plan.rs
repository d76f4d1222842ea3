//! Expression trees: what stays on the operand stack, what goes through a local, and when each
//! instruction happens.
//!
//! In: a function whose edges are split, with its [`Flow`]. Out: for each block a flat list of
//! [`Step`]s, in order. A value that is used once, where nothing in between forbids it, is computed
//! at its use and never sees a local; one that is used several times is computed at the first of
//! its uses and teed. Each block is walked from its end, and each tree from its last operand, so
//! that whatever comes later is known; a tree is a loop over a stack, not a recursion.

use super::{
    address::{Addresses, Base},
    effects::{Effects, Tally},
    flow::{Flow, NONE, Node},
};
use crate::frugal;
use crate::ir::{Function, Inst, SymbolTable, Terminator, Value};
use alloc::{vec, vec::Vec};

/// A step of a block's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Pushes a value's local.
    Get(Value),
    /// Pushes a constant or an address.
    Make(Value),
    /// Executes an instruction, whose operands are on the stack.
    Do(Value),
    /// Adds the frame's address to the index on the stack, unless the memory operand can hold it.
    FrameIndex,
    /// Copies the top of the stack to a value's local.
    Tee(Value),
    /// Moves the top of the stack to a value's local.
    Set(Value),
    /// Forgets the top of the stack.
    Drop,
    /// The top of the stack is for this block parameter; all of a block's are at its end.
    Arg(Value),
}

/// The steps of all blocks.
pub(crate) struct Plan {
    steps: Vec<Step>,
    blocks: Vec<(u32, u32)>,
}

impl Plan {
    /// Plans `function`.
    pub(crate) fn new(
        function: &Function,
        flow: &Flow,
        symbols: &SymbolTable,
        addresses: &Addresses,
    ) -> Self {
        let mut planner = Planner::new(function, flow, symbols, addresses);
        let mut blocks = vec![(0, 0); flow.len()];
        // A definition comes before its uses in reverse postorder: uses are planned first.
        for node in flow.nodes().rev() {
            let start = planner.steps.len() as u32;
            planner.block(node);
            blocks[node as usize] = (start, planner.steps.len() as u32);
        }
        let mut steps = planner.steps;
        steps.shrink_to_fit();
        for &(start, end) in &blocks {
            steps[start as usize..end as usize].reverse();
        }
        Self { steps, blocks }
    }

    /// How many steps there are.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The steps of a block, without its terminator.
    pub(crate) fn steps(&self, node: Node) -> &[Step] {
        let (start, end) = self.blocks[node as usize];
        &self.steps[start as usize..end as usize]
    }
}

#[derive(Clone, Copy)]
enum Work {
    /// A value is needed by something whose place was in that block.
    Need(Value, Node),
    Step(Step),
}

struct Planner<'a> {
    function: &'a Function,
    flow: &'a Flow,
    addresses: &'a Addresses,
    effects: Effects<'a>,
    /// Where each value is defined: block and place in it.
    home: Vec<Node>,
    place: Vec<u32>,
    /// How often each value is used, and how often in its own block by what is not planned yet.
    uses: Vec<u32>,
    left: Vec<u32>,
    /// Whether the value is already part of a tree.
    planned: Vec<bool>,
    tally: Tally,
    work: Vec<Work>,
    /// The last step of the last block comes first.
    steps: Vec<Step>,
}

impl<'a> Planner<'a> {
    fn new(
        function: &'a Function,
        flow: &'a Flow,
        symbols: &'a SymbolTable,
        addresses: &'a Addresses,
    ) -> Self {
        let count = function.num_values();
        let mut planner = Self {
            function,
            flow,
            addresses,
            effects: Effects { function, symbols },
            home: vec![NONE; count],
            place: vec![0; count],
            uses: vec![0; count],
            left: vec![0; count],
            planned: vec![false; count],
            tally: Tally::default(),
            work: Vec::new(),
            steps: Vec::new(),
        };
        for node in flow.nodes() {
            let block = function.block(flow.block(node));
            block.params.iter().for_each(|param| planner.home[param.0 as usize] = node);
            for (place, &value) in block.insts.iter().enumerate() {
                planner.home[value.0 as usize] = node;
                planner.place[value.0 as usize] = place as u32;
            }
        }
        planner.count_uses();
        planner
    }

    /// Counts uses by what is needed: effects, terminators, and what they use.
    fn count_uses(&mut self) {
        let mut work: Vec<(Value, Node)> = Vec::new();
        for node in self.flow.nodes() {
            let block = self.function.block(self.flow.block(node));
            work.extend(block.term.operand().map(|value| (value, node)));
            for &value in &block.insts {
                let inst = self.function.inst(value);
                if inst.has_effect() {
                    work.extend(self.function.operands(inst).map(|operand| (operand, node)));
                }
            }
        }
        while let Some((value, node)) = work.pop() {
            let at = value.0 as usize;
            self.uses[at] += 1;
            self.left[at] += u32::from(self.home[at] == node);
            if self.uses[at] > 1 {
                continue;
            }
            match *self.function.inst(value) {
                Inst::Param { index, .. } => {
                    for &pred in self.flow.preds(self.home[at]) {
                        let block = self.function.block(self.flow.block(pred));
                        if let Terminator::Jump(target) = &block.term {
                            let args = self.function.args(target.args);
                            work.push((args[usize::from(index)], pred));
                        }
                    }
                }
                ref inst if inst.has_effect() => {}
                ref inst => {
                    let home = self.home[at];
                    work.extend(self.function.operands(inst).map(|operand| (operand, home)));
                }
            }
        }
    }

    fn block(&mut self, node: Node) {
        let block = self.function.block(self.flow.block(node));
        self.tally.start(block.insts.iter().map(|&value| self.effects.of(value)));
        if matches!(block.term, Terminator::Branch { .. } | Terminator::Switch { .. }) {
            self.late(node);
        }
        self.terminator(node);
        self.trees(node);
        for (place, &value) in block.insts.iter().enumerate().rev() {
            let at = value.0 as usize;
            let inst = self.function.inst(value);
            let used = self.uses[at] > 0;
            if self.planned[at] || inst.is_constant() || !(used || inst.has_effect()) {
                continue;
            }
            match self.function.ty(value) {
                Some(_) if used => self.step(Step::Set(value)),
                Some(_) => self.step(Step::Drop),
                None => {}
            }
            self.tally.anchor(place);
            self.step(Step::Do(value));
            self.operands(value, node);
            self.trees(node);
        }
    }

    /// What is made of locals and only used by later blocks comes last, behind the condition: its
    /// operands often end there, as `i` does in `i + 1`, and can hand on their local.
    fn late(&mut self, node: Node) {
        for &value in self.function.block(self.flow.block(node)).insts.iter().rev() {
            let at = value.0 as usize;
            if self.uses[at] < 2 || self.left[at] > 0 || !self.is_sum_of_locals(value, node) {
                continue;
            }
            self.planned[at] = true;
            self.step(Step::Set(value));
            self.step(Step::Do(value));
            self.operands(value, node);
            self.trees(node);
        }
    }

    /// Whether `value` is pure, and its operands are constants and values that have locals whatever
    /// happens in this block.
    fn is_sum_of_locals(&self, value: Value, node: Node) -> bool {
        let inst = self.function.inst(value);
        let is_local = |operand: Value| match self.function.inst(operand) {
            Inst::Param { .. } => true,
            inst => inst.is_constant() || self.home[operand.0 as usize] != node,
        };
        !inst.is_constant()
            && self.effects.of(value).is_none()
            && self.function.operands(inst).all(is_local)
    }

    fn terminator(&mut self, node: Node) {
        let block = self.function.block(self.flow.block(node));
        self.tally.anchor(block.insts.len());
        if let Terminator::Jump(target) = &block.term {
            let params = &self.function.block(target.block).params;
            for (&param, &arg) in params.iter().zip(self.function.args(target.args)) {
                if self.uses[param.0 as usize] > 0 {
                    self.work.extend([Work::Need(arg, node), Work::Step(Step::Arg(param))]);
                }
            }
        }
        self.work.extend(block.term.operand().map(|value| Work::Need(value, node)));
    }

    /// Asks for the operands of an instruction, in the order in which it wants them on the stack.
    fn operands(&mut self, value: Value, node: Node) {
        let inst = self.function.inst(value);
        if let Inst::CallIndirect { args, .. } = *inst
            && let [index, args @ ..] = self.function.args(args)
        {
            // WebAssembly takes the table index from the top.
            let operands = args.iter().chain([index]);
            return self.work.extend(operands.map(|&operand| Work::Need(operand, node)));
        }
        for (index, operand) in self.function.operands(inst).enumerate() {
            self.work.push(Work::Need(operand, node));
            if index == 0 && self.addresses.base(value) == Base::Frame {
                self.work.push(Work::Step(Step::FrameIndex));
            }
        }
    }

    fn step(&mut self, step: Step) {
        frugal::push(&mut self.steps, step);
    }

    fn trees(&mut self, node: Node) {
        while let Some(work) = self.work.pop() {
            match work {
                Work::Step(step) => self.step(step),
                Work::Need(value, user) => self.need(value, user, node),
            }
        }
    }

    /// Plans a use of `value` in `node` by something that belonged to the block `user`.
    fn need(&mut self, value: Value, user: Node, node: Node) {
        let at = value.0 as usize;
        let inst = self.function.inst(value);
        if inst.is_constant() {
            return self.step(Step::Make(value));
        }
        let home = self.home[at];
        let last = self.left[at] == 1;
        self.left[at] -= u32::from(home == user);
        let movable = match inst {
            Inst::Param { .. } => false,
            _ if self.planned[at] => false,
            // All other uses come later, and so see the local.
            _ if home == node => {
                last && user == node && self.tally.take(self.place[at], self.effects.of(value))
            }
            // A tree may move into a block that runs no more often.
            _ => {
                let deeper = self.flow.depth(node) > self.flow.depth(home);
                self.uses[at] == 1 && !deeper && self.effects.of(value).is_none()
            }
        };
        if !movable {
            return self.step(Step::Get(value));
        }
        self.planned[at] = true;
        if self.uses[at] > 1 {
            self.step(Step::Tee(value));
        }
        self.step(Step::Do(value));
        self.operands(value, home);
    }
}
