//! Statements as C.

use super::Printer;
use crate::ast::{Asm, AsmOperand, Block, For, ForInit, If, Label, LabelKind, Stmt, StmtKind};

impl Printer<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        self.put("{");
        self.indent += 1;
        for stmt in &block.stmts {
            self.line();
            self.stmt(stmt);
        }
        self.indent -= 1;
        self.line();
        self.put("}");
    }

    /// A statement under another, on its own line.
    fn under(&mut self, stmt: &Stmt) {
        if let StmtKind::Block(block) = &stmt.kind {
            self.put(" ");
            return self.block(block);
        }
        self.indent += 1;
        self.line();
        self.stmt(stmt);
        self.indent -= 1;
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Empty => self.put(";"),
            StmtKind::Expr(expr) => {
                self.expr(expr);
                self.put(";");
            }
            StmtKind::Declaration(declaration) => self.declaration(declaration),
            StmtKind::StaticAssert(assertion) => self.static_assert(assertion),
            StmtKind::Block(block) => self.block(block),
            StmtKind::Labeled { labels, body } => {
                for label in labels {
                    self.label(label);
                    self.line();
                }
                self.stmt(body);
            }
            StmtKind::If(one) => self.if_statement(one),
            StmtKind::Switch(control, body) => {
                self.put("switch (");
                self.expr(control);
                self.put(")");
                self.under(body);
            }
            StmtKind::While(condition, body) => {
                self.put("while (");
                self.expr(condition);
                self.put(")");
                self.under(body);
            }
            StmtKind::DoWhile(body, condition) => {
                self.put("do");
                self.under(body);
                self.line();
                self.put("while (");
                self.expr(condition);
                self.put(");");
            }
            StmtKind::For(one) => self.for_loop(one),
            StmtKind::Goto(label) => {
                self.put("goto ");
                self.name(label.name);
                self.put(";");
            }
            StmtKind::GotoComputed(target) => {
                self.put("goto *");
                self.expr(target);
                self.put(";");
            }
            StmtKind::Break => self.put("break;"),
            StmtKind::Continue => self.put("continue;"),
            StmtKind::Return(None) => self.put("return;"),
            StmtKind::Return(Some(value)) => {
                self.put("return ");
                self.expr(value);
                self.put(";");
            }
            StmtKind::Asm(asm) => self.asm(asm),
            StmtKind::LocalLabels(labels) => {
                self.put("__label__ ");
                self.list(labels, |printer, label| printer.name(label.name));
                self.put(";");
            }
            StmtKind::Attributes(attributes) => {
                self.attributes(attributes);
                self.put(";");
            }
        }
    }

    fn label(&mut self, label: &Label) {
        match &label.kind {
            LabelKind::Name(name, attributes) => {
                self.name(name.name);
                self.put(":");
                if !attributes.is_empty() {
                    self.put(" ");
                    self.attributes(attributes);
                }
            }
            LabelKind::Case(first, last) => {
                self.put("case ");
                self.constant(first);
                if let Some(last) = last {
                    self.put(" ... ");
                    self.constant(last);
                }
                self.put(":");
            }
            LabelKind::Default => self.put("default:"),
        }
    }

    fn if_statement(&mut self, one: &If) {
        for (index, (condition, branch)) in one.arms.iter().enumerate() {
            if index > 0 {
                self.line();
                self.put("else ");
            }
            self.put("if (");
            self.expr(condition);
            self.put(")");
            self.under(branch);
        }
        if let Some(otherwise) = &one.otherwise {
            self.line();
            self.put("else");
            self.under(otherwise);
        }
    }

    fn for_loop(&mut self, one: &For) {
        self.put("for (");
        match &one.init {
            ForInit::None => self.put(";"),
            ForInit::Expr(expr) => {
                self.expr(expr);
                self.put(";");
            }
            ForInit::Declaration(declaration) => self.declaration(declaration),
        }
        if let Some(condition) = &one.condition {
            self.put(" ");
            self.expr(condition);
        }
        self.put(";");
        if let Some(step) = &one.step {
            self.put(" ");
            self.expr(step);
        }
        self.put(")");
        self.under(&one.body);
    }

    pub(super) fn asm(&mut self, asm: &Asm) {
        self.put("__asm__ ");
        self.put(if asm.volatile { "volatile " } else { "" });
        self.put(if asm.labels.is_empty() { "(" } else { "goto (" });
        self.string(&asm.template);
        let sections = [
            !asm.outputs.is_empty(),
            !asm.inputs.is_empty(),
            !asm.clobbers.is_empty(),
            !asm.labels.is_empty(),
        ];
        let used = sections.iter().rposition(|&used| used).map_or(0, |last| last + 1);
        for section in 0..used {
            self.put(" : ");
            match section {
                0 => self.list(&asm.outputs, Self::asm_operand),
                1 => self.list(&asm.inputs, Self::asm_operand),
                2 => self.list(&asm.clobbers, Self::string),
                _ => self.list(&asm.labels, |printer, label| printer.name(label.name)),
            }
        }
        self.put(");");
    }

    fn asm_operand(&mut self, operand: &AsmOperand) {
        if let Some(name) = operand.name {
            self.put("[");
            self.name(name.name);
            self.put("] ");
        }
        self.string(&operand.constraint);
        self.put(" (");
        self.expr(&operand.expr);
        self.put(")");
    }
}
