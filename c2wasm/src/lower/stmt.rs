//! Statements: blocks and jumps.

use super::function::{Exits, Lowering, STACK_ALIGN, Storage};
use crate::check::tree::{ExprId, LabelId, LocalId, Stmt, StmtKind};
use alloc::vec::Vec;
use wasm_common::ir::{BinOp, Block, NaryOp};

impl Lowering<'_> {
    pub(super) fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Empty | StmtKind::FallThrough => {}
            StmtKind::Expr(id) => {
                self.set_span(stmt.span);
                self.expr(*id);
            }
            StmtKind::Block(stmts, allocates) => self.block(stmts, *allocates),
            StmtKind::Init(local, init) => {
                self.set_span(stmt.span);
                self.initialize_aggregate(*local, init);
            }
            StmtKind::Allocate(local, size) => self.allocate(*local, *size),
            StmtKind::If(arms, otherwise) => self.if_chain(arms, otherwise.as_deref()),
            StmtKind::Switch(switch) => self.switch(switch),
            StmtKind::While(condition, body) => self.for_loop(Some(*condition), None, body),
            StmtKind::DoWhile(body, condition) => self.do_while(body, *condition),
            StmtKind::For(condition, step, body) => self.for_loop(*condition, *step, body),
            StmtKind::Label(label) => self.label(*label),
            StmtKind::Goto(label) => {
                let target = self.label_block(*label);
                self.leave(target);
            }
            StmtKind::GotoComputed(target) => self.computed_goto(*target),
            StmtKind::Break => self.exit(|exits| exits.on_break),
            StmtKind::Continue => self.exit(|exits| exits.on_continue),
            StmtKind::Return(value) => {
                self.set_span(stmt.span);
                self.return_value(*value);
            }
        }
    }

    /// Jumps; what follows is dead until the next label.
    fn leave(&mut self, target: Block) {
        self.builder.jump(target);
        self.dead_block();
    }

    fn dead_block(&mut self) {
        let dead = self.builder.create_block();
        self.builder.seal(dead);
        self.builder.switch_to(dead);
    }

    /// Goes on in `block`, which everything that jumps to it has been seen of.
    fn enter(&mut self, block: Block) {
        self.builder.seal(block);
        self.builder.switch_to(block);
    }

    fn block(&mut self, stmts: &[Stmt], allocates: bool) {
        let depth = self.stack.len();
        for stmt in stmts {
            self.stmt(stmt);
        }
        if allocates {
            self.stack.truncate(depth);
            self.restore_stack(depth);
        }
    }

    /// Memory for an array of variable length, until its block ends.
    fn allocate(&mut self, local: LocalId, size: ExprId) {
        let size = self.value(size);
        let declared = self.tree.local(local);
        let align = self.types().align(declared.ty.ty).max(declared.align);
        let spare = self.builder.i32_const(align.saturating_sub(STACK_ALIGN) as i32);
        let size = self.builder.binary(BinOp::I32Add, size, spare);
        let address = self.builder.nary(NaryOp::StackAlloc, &[size]);
        if let (Storage::Pointer(variable), Some(address)) = (self.storage(local), address) {
            let address = self.aligned(address, align);
            self.builder.def(variable, address);
        }
        self.push_stack();
    }

    fn if_chain(&mut self, arms: &[(ExprId, Stmt)], otherwise: Option<&Stmt>) {
        let end = self.builder.create_block();
        for (condition, body) in arms {
            let (then, next) = (self.builder.create_block(), self.builder.create_block());
            self.set_span(self.tree.span(*condition));
            self.condition(*condition, then, next);
            self.enter(then);
            self.stmt(body);
            self.builder.jump(end);
            self.enter(next);
        }
        if let Some(otherwise) = otherwise {
            self.stmt(otherwise);
        }
        self.builder.jump(end);
        self.enter(end);
    }

    fn for_loop(&mut self, condition: Option<ExprId>, step: Option<ExprId>, body: &Stmt) {
        let (head, inside) = (self.builder.create_block(), self.builder.create_block());
        let (next, end) = (self.builder.create_block(), self.builder.create_block());
        self.builder.jump(head);
        self.builder.switch_to(head);
        match condition {
            Some(condition) => {
                self.set_span(self.tree.span(condition));
                self.condition(condition, inside, end);
            }
            None => self.builder.jump(inside),
        }
        self.enter(inside);
        self.with_exits(Some(end), Some(next), |this| this.stmt(body));
        self.builder.jump(next);
        self.enter(next);
        if let Some(step) = step {
            self.set_span(self.tree.span(step));
            self.expr(step);
        }
        self.builder.jump(head);
        self.builder.seal(head);
        self.enter(end);
    }

    fn do_while(&mut self, body: &Stmt, condition: ExprId) {
        let (head, next) = (self.builder.create_block(), self.builder.create_block());
        let end = self.builder.create_block();
        self.builder.jump(head);
        self.builder.switch_to(head);
        self.with_exits(Some(end), Some(next), |this| this.stmt(body));
        self.builder.jump(next);
        self.enter(next);
        self.set_span(self.tree.span(condition));
        self.condition(condition, head, end);
        self.builder.seal(head);
        self.enter(end);
    }

    /// Lowers something inside which `break` and `continue` go to these blocks.
    pub(super) fn with_exits(
        &mut self,
        on_break: Option<Block>,
        on_continue: Option<Block>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.exits.push(Exits { on_break, on_continue, scopes: self.stack.len() });
        inside(self);
        self.exits.pop();
    }

    fn exit(&mut self, which: impl Fn(&Exits) -> Option<Block>) {
        let found = self.exits.iter().rev().find_map(|exits| Some((which(exits)?, exits.scopes)));
        if let Some((target, scopes)) = found {
            if scopes < self.stack.len() {
                self.restore_stack(scopes);
            }
            self.leave(target);
        }
    }

    // Labels.

    pub(super) fn label_block(&mut self, label: LabelId) -> Block {
        if let Some(&block) = self.labels.get(&label) {
            return block;
        }
        let block = self.builder.create_block();
        self.labels.insert(label, block);
        block
    }

    /// A label; jumps to it may still come, so its block stays open.
    fn label(&mut self, label: LabelId) {
        let block = self.label_block(label);
        self.builder.jump(block);
        self.builder.switch_to(block);
        // A jump back over arrays of variable length, or out of their blocks, gives their
        // memory back.
        if !self.stack.is_empty() {
            self.restore_stack(self.stack.len());
        }
    }

    /// A jump to one of the labels whose address is taken.
    fn computed_goto(&mut self, target: ExprId) {
        let number = self.value(target);
        let one = self.builder.i32_const(1);
        let index = self.builder.binary(BinOp::I32Sub, number, one);
        let labels = self.tree.address_labels.clone();
        let targets: Vec<Block> = labels.iter().map(|&label| self.label_block(label)).collect();
        let trap = self.builder.create_block();
        self.builder.switch(index, &targets, trap);
        self.enter(trap);
        self.builder.unreachable();
        self.dead_block();
    }

    fn return_value(&mut self, value: Option<ExprId>) {
        let result = self.result;
        let scalar = super::types::result_type(self.types(), result);
        let value = match (value, self.result_address) {
            (Some(id), Some(address)) => {
                let from = self.value(id);
                let size = self.types().size(result).unwrap_or(0);
                let align = self.types().align(result);
                let (to, from) =
                    (super::place::Memory::at(address), super::place::Memory::at(from));
                self.copy(to, from, size, align);
                None
            }
            (Some(id), None) => {
                let value = self.value(id);
                scalar.map(|_| value)
            }
            (None, _) => scalar.map(|ty| super::adapter::zero(&mut self.builder, ty)),
        };
        self.builder.ret(value);
        self.dead_block();
    }
}
