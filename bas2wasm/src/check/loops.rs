//! FOR and NEXT.
//!
//! A FOR and a NEXT that belong together on paper ([`pairs`](super::pairs)) cost nothing more than
//! elsewhere. Where NEXT finds its FOR only at run time
//! ([`Dialect::dynamic_loops`](crate::dialect::Dialect)), a NEXT that the text does not explain jumps
//! by a variable that says which FOR ran last.

use super::blocks::{Block, BlockKind};
use super::names::Key;
use super::{Checked, Checker};
use crate::ast::{self, ExprKind};
use crate::codes;
use crate::tree::{Expr, ForStart, Kind, Label, Loop, Number, Op, Place, Ty, VarId};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::map::Map;
use wasm_common::text::{format, text};

/// FORs of a procedure with NEXTs that do not match them one to one.
#[derive(Default)]
pub(super) struct Loops {
    /// Variables whose NEXT finds its FOR at run time.
    pub(super) dynamic: Vec<String>,
    /// FORs, counted from 0, that no NEXT belongs to.
    pub(super) endless: Vec<u32>,
    /// WHILEs, counted from 0, that no WEND belongs to, and how many there were so far.
    pub(super) open_whiles: Vec<u32>,
    pub(super) whiles: u32,
    /// FORs, counted from 0, whose NEXT names another variable, and the line of that NEXT.
    pub(super) crossed: Map<u32, u32>,
    /// FORs so far.
    count: u32,
    state: Map<String, DynamicLoops>,
    /// All FORs of each such variable.
    groups: Vec<Vec<Loop>>,
}

impl Loops {
    /// The FORs of each variable whose NEXT finds its FOR at run time.
    pub(super) fn take(&mut self) -> Vec<Vec<Loop>> {
        core::mem::take(&mut self.groups)
    }
}

struct DynamicLoops {
    limit: VarId,
    step: VarId,
    active: VarId,
    /// Which of `groups` they are.
    group: u32,
}

impl Checker<'_> {
    /// The name of a loop variable, with the suffix that it has or that its type is.
    pub(super) fn loop_name(&self, var: &ast::Expr) -> Option<String> {
        let ExprKind::Name(name) = &var.kind else { return None };
        let Key { text, suffix } = self.canonical(name);
        Some(match suffix {
            Some(suffix) => format!("{text}{suffix}"),
            None => text,
        })
    }

    pub(super) fn for_loop(
        &mut self,
        var: &ast::Expr,
        from: &ast::Expr,
        to: &ast::Expr,
        step: Option<&ast::Expr>,
    ) {
        let next = self.func.label();
        let count = self.func.loops.count;
        self.func.loops.count += 1;
        if let Some(line) = self.func.loops.crossed.get(&count).copied() {
            self.crossed(line);
        } else if self.func.loops.endless.contains(&count) {
            self.raise(26);
        }
        let info = self.for_start(var, from, to, step);
        let name = self.loop_name(var).unwrap_or_default();
        self.open(BlockKind::For { info, name, next });
    }

    /// A FOR whose NEXT, on this line, names another variable.
    fn crossed(&mut self, line: u32) {
        let (span, help) = (self.func.span, "the program stops when it gets here");
        let message = format!("the NEXT of this FOR, in line {line}, has another variable");
        self.warn(codes::LATE_ERROR, span, message, help);
        let own = core::mem::replace(&mut self.func.number, line);
        self.raise(1);
        self.func.number = own;
    }

    fn for_start(
        &mut self,
        var: &ast::Expr,
        from: &ast::Expr,
        to: &ast::Expr,
        step: Option<&ast::Expr>,
    ) -> Checked<Loop> {
        let Place::Var(id) = self.place(var)? else {
            self.error(
                codes::NOT_A_VARIABLE,
                var.span,
                text!("the variable of FOR cannot be an element"),
            );
            return None;
        };
        let ty = self.out.vars[id.0 as usize].ty;
        if ty.num().is_none() {
            self.error(codes::TYPE_MISMATCH, var.span, text!("the variable of FOR is a number"));
            return None;
        }
        let (from, to) = (self.typed(from, ty), self.typed(to, ty));
        let step = match step {
            Some(step) => Some(self.typed(step, ty)?),
            None => None,
        };
        let (from, to) = (from?, to?);
        let (body, done) = (self.func.label(), self.func.label());
        let name = self.loop_name(var).unwrap_or_default();
        let dynamic = self.func.loops.dynamic.contains(&name);
        let info = if dynamic {
            self.dynamic_for(&name, id, ty, body, done)
        } else {
            let (kept, fixed) = match step.as_ref().map(|step| &step.kind) {
                None => (None, 1),
                Some(Kind::Number(Number::Int(fixed))) => (None, *fixed),
                Some(_) => (Some(self.hidden(ty)), 0),
            };
            let limit = self.hidden(ty);
            Loop { var: id, limit, step: kept, fixed, body, done, active: None }
        };
        let step = if info.step.is_some() { Some(step.unwrap_or(self.one(ty))) } else { None };
        self.push(Op::ForStart(Box::new(ForStart { info: info.clone(), from, to, step })));
        self.label_here(body);
        Some(info)
    }

    fn one(&self, ty: Ty) -> Expr {
        if matches!(ty, Ty::F32 | Ty::F64) { Expr::float(ty, 1.0) } else { Expr::int(ty, 1) }
    }

    fn dynamic_for(&mut self, name: &str, var: VarId, ty: Ty, body: Label, done: Label) -> Loop {
        if !self.func.loops.state.contains_key(name) {
            let (limit, step, active) = (self.hidden(ty), self.hidden(ty), self.hidden(Ty::I32));
            let group = self.func.loops.groups.len() as u32;
            self.func.loops.groups.push(Vec::new());
            let state = DynamicLoops { limit, step, active, group };
            self.func.loops.state.insert(name.to_string(), state);
        }
        let Loops { state, groups, .. } = &mut self.func.loops;
        let state = &state[name];
        let group = &mut groups[state.group as usize];
        let number = group.len() as u32 + 1;
        let info = Loop {
            var,
            limit: state.limit,
            step: Some(state.step),
            fixed: 0,
            body,
            done,
            active: Some((state.active, number)),
        };
        group.push(info.clone());
        info
    }

    pub(super) fn next(&mut self, vars: &[ast::Expr]) {
        if vars.is_empty() {
            return self.next_of(None);
        }
        for var in vars {
            self.next_of(Some(var));
        }
    }

    fn next_of(&mut self, var: Option<&ast::Expr>) {
        let name = var.and_then(|var| self.loop_name(var));
        let at = self.func.blocks.iter().rposition(|block| match &block.kind {
            BlockKind::For { name: own, .. } => name.as_ref().is_none_or(|name| name == own),
            _ => false,
        });
        let inner = at.and_then(|at| match &self.func.blocks[at].kind {
            BlockKind::For { name, .. } => Some(name.clone()),
            _ => None,
        });
        let own = name.clone().or(inner);
        if let Some(own) = own.filter(|own| self.func.loops.dynamic.contains(own)) {
            return self.dynamic_next(&own, at);
        }
        let last = self.func.blocks.len();
        // GW-BASIC's WHILE may end inside a FOR, and a FOR inside a WHILE.
        let inner_ifs = |from: usize, blocks: &[Block]| {
            blocks[from..].iter().all(|b| match b.kind {
                BlockKind::If { line, .. } => line,
                BlockKind::While { .. } => true,
                _ => false,
            })
        };
        match at {
            Some(at)
                if at + 1 == last
                    || (self.func.dialect.dynamic_loops
                        && inner_ifs(at + 1, &self.func.blocks)) =>
            {
                let block = self.func.blocks.remove(at);
                if let BlockKind::For { info, next, .. } = block.kind {
                    self.label_here(next);
                    if let Some(info) = info {
                        let done = info.done;
                        self.push(Op::ForNext(Box::new(info)));
                        self.label_here(done);
                    }
                }
            }
            Some(_) if self.func.dialect.dynamic_loops => self.next_without_for(),
            Some(_) => self.not_open("NEXT", "FOR"),
            None => match (self.func.blocks.last(), &name) {
                (
                    Some(Block { kind: BlockKind::For { info: Some(info), .. }, span }),
                    Some(name),
                ) => {
                    let other = self.out.vars[info.var.0 as usize].name.clone();
                    let other = other.trim_end_matches(['!', '#']);
                    let (span, at) = (*span, self.func.span);
                    let diagnostic =
                        codes::BLOCK.error(at, format!("`NEXT {name}` closes a FOR of `{other}`"));
                    self.diagnostics.push(diagnostic.label(span, text!("this FOR is still open")));
                    self.func.blocks.pop();
                }
                _ if self.func.dialect.dynamic_loops => self.next_without_for(),
                _ => self.not_open("NEXT", "FOR"),
            },
        }
    }

    /// A NEXT that no FOR comes before is an error when the program gets there.
    fn next_without_for(&mut self) {
        self.raise(1);
    }

    /// A NEXT that jumps to the FOR of its variable that ran last.
    fn dynamic_next(&mut self, name: &str, at: Option<usize>) {
        let Some(group) = self.func.loops.state.get(name).map(|state| state.group) else {
            return self.next_without_for();
        };
        self.push(Op::ForNextAny(group));
        if let Some(at) = at {
            let block = self.func.blocks.remove(at);
            if let BlockKind::For { info, next, .. } = block.kind {
                self.label_here(next);
                if let Some(info) = info {
                    self.label_here(info.done);
                }
            }
        }
    }
}
