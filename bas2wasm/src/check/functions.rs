//! DEF FN as GW-BASIC has it: a function is there when its DEF has been executed, and the DEF that
//! was executed last counts.
//!
//! A function with one DEF that surely comes before every use ([`sure`](super::sure)) is called like
//! any other. The others have a variable that says which of their DEFs was the last; a use before all
//! of them is error 18.

use super::stmt::load_var;
use super::sure::Sure;
use super::{Checked, Checker};
use crate::ast::{self, Name};
use crate::codes;
use crate::tree::{Expr, Op, Place, ProcId, Ty, VarId};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::map::Map;
use wasm_common::source::Span;
use wasm_common::text::format;

/// The functions that are looked for while the program runs, by name.
#[derive(Default)]
pub(super) struct Functions(Map<String, Function>);

struct Function {
    /// Its DEFs, in the order of the text.
    procs: Vec<ProcId>,
    /// The number of the last one, from 1; 0 before all of them.
    last: VarId,
}

/// Definitions of one function: each call has a call of each.
const MAX_DEFINITIONS: usize = 64;

impl Checker<'_> {
    /// Finds the functions that must be looked for.
    pub(super) fn functions(&mut self, sure: &Sure) {
        let mut found: Map<String, Vec<ProcId>> = Map::new();
        for (at, info) in self.outline.procs.iter().enumerate() {
            if info.expr.is_some() {
                found.entry(info.name.to_string()).or_default().push(ProcId(at as u32));
            }
        }
        for (name, procs) in found.iter() {
            let first = self.outline.procs[procs[0].0 as usize].name.clone();
            if procs.len() > MAX_DEFINITIONS {
                let message = format!("`{name}` is defined more than {MAX_DEFINITIONS} times");
                self.error(codes::DUPLICATE, first.span, message);
                continue;
            }
            if procs.len() > 1 || !sure.first.contains(&self.canonical(&first)) {
                let last = self.hidden_global(Ty::I32);
                self.functions.0.insert(name.clone(), Function { procs: procs.clone(), last });
            }
        }
    }

    /// DEF FN where it stands.
    pub(super) fn define(&mut self, name: &Name) {
        let Some(function) = self.functions.0.get(&name.to_string()) else { return };
        let own = |proc: &ProcId| self.outline.procs[proc.0 as usize].name.span == name.span;
        let number = function.procs.iter().position(own).map_or(0, |at| at + 1);
        let place = Place::Var(function.last);
        self.push(Op::Store(place, Expr::i32(number as i64)));
    }

    /// A call of a function that must be looked for; `None` if `proc` is none.
    pub(super) fn call_defined(
        &mut self,
        proc: ProcId,
        args: &[ast::Expr],
        span: Span,
    ) -> Option<Checked<Expr>> {
        let name = self.outline.procs[proc.0 as usize].name.to_string();
        let Function { procs, last } = self.functions.0.get(&name)?;
        let (procs, last) = (procs.clone(), load_var(*last, Ty::I32));
        Some(self.choose(&procs, last, args, span))
    }

    fn choose(
        &mut self,
        procs: &[ProcId],
        last: Expr,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Expr> {
        let check = self.library_call("LIB_DEFINED", alloc::vec![last.clone()])?;
        self.push(Op::Eval(check));
        if let [only] = procs {
            return self.call_any(*only, args, span);
        }
        let ty = self.out.procs[procs[0].0 as usize].result?;
        let value = self.hidden(ty);
        let done = self.func.label();
        let targets: Vec<_> = procs.iter().map(|_| self.func.label()).collect();
        self.push(Op::Switch { index: last, targets: targets.clone() });
        self.push(Op::Jump(done));
        for (proc, target) in procs.iter().zip(targets) {
            self.label_here(target);
            // Arguments that do not fit are an error of this definition alone.
            let outer = self.func.late.take();
            let call = self.call_any(*proc, args, span);
            let wrong = core::mem::replace(&mut self.func.late, outer);
            match (call, wrong) {
                (Some(call), None) => self.push(Op::Store(Place::Var(value), call)),
                (_, Some(code)) => self.raise(code),
                (None, None) => return None,
            }
            self.push(Op::Jump(done));
        }
        self.label_here(done);
        Some(load_var(value, ty))
    }
}
