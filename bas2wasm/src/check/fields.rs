//! FIELD, and GET and PUT of records that it lays out.
//!
//! GW-BASIC's FIELD makes strings windows into a record's buffer. Here they are ordinary strings of
//! the right length, which LSET and RSET keep: GET cuts the record into them, PUT joins them. Which
//! FIELD a channel has is known when the program runs, so each GET and PUT asks.

use super::operators::compare;
use super::stmt::load_var;
use super::{Checked, Checker};
use crate::ast::{BinaryOp, Expr as AstExpr, StmtKind};
use crate::codes;
use crate::tree::{Arith, Expr, Kind, Op, Place, Ty, VarId};
use alloc::rc::Rc;
use alloc::vec::Vec;
use wasm_common::text::text;

/// The FIELD statements of a program, in the order of the text.
#[derive(Default)]
pub(super) struct Fields {
    found: Option<Rc<[Layout]>>,
}

/// A FIELD statement: the variables that keep its widths, and its targets.
struct Layout {
    parts: Vec<(VarId, AstExpr)>,
}

impl Checker<'_> {
    /// All FIELD statements; their widths are variables that every procedure sees.
    fn field_layouts(&mut self) -> Rc<[Layout]> {
        if let Some(found) = &self.fields.found {
            return found.clone();
        }
        let mut found = Vec::new();
        for info in self.outline.procs.clone().iter().filter(|p| !p.library) {
            for stmt in &info.declarations {
                let StmtKind::Layout(_, parts) = &stmt.kind else { continue };
                let parts = parts.iter();
                let parts = parts.map(|(_, target)| (self.hidden_global(Ty::I32), target.clone()));
                found.push(Layout { parts: parts.collect() });
            }
        }
        self.fields.found.insert(found.into()).clone()
    }

    pub(super) fn has_fields(&mut self) -> bool {
        !self.field_layouts().is_empty()
    }

    /// FIELD: keeps the widths, fills the strings with blanks, and says that it is the channel's.
    pub(super) fn layout(
        &mut self,
        channel: &AstExpr,
        parts: &[(AstExpr, AstExpr)],
    ) -> Checked<()> {
        let layouts = self.field_layouts();
        let first = parts.first().map(|(_, target)| target.span);
        let is_this =
            |layout: &Layout| layout.parts.first().map(|(_, target)| target.span) == first;
        let number = layouts.iter().position(is_this)?;
        let mut total = Expr::i32(0);
        for ((width, target), &(kept, _)) in parts.iter().zip(&layouts[number].parts) {
            let width = self.typed(width, Ty::I32)?;
            self.push(Op::Store(Place::Var(kept), width));
            let place = self.place(target)?;
            if self.place_type(&place) != Ty::Str {
                self.error(codes::TYPE_MISMATCH, target.span, text!("FIELD names strings"));
                return None;
            }
            let width = || load_var(kept, Ty::I32);
            let kind = Kind::Host("basic_str_space", alloc::vec![width()]);
            self.push(Op::Store(place, Expr::new(Ty::Str, kind)));
            total = super::operators::arith(Arith::Add, Ty::I32, total, width());
        }
        let channel = self.typed(channel, Ty::I32)?;
        let args = alloc::vec![channel, Expr::i32(number as i64 + 1), total];
        self.run_library("LIB_FIELD", args)
    }

    /// GET and PUT without a variable.
    pub(super) fn transfer_fields(
        &mut self,
        put: bool,
        channel: &AstExpr,
        record: Option<&AstExpr>,
    ) -> Checked<()> {
        let channel_value = self.typed(channel, Ty::I32)?;
        let channel = self.hidden(Ty::I32);
        self.push(Op::Store(Place::Var(channel), channel_value));
        let record = self.record(record)?;
        let text = self.hidden(Ty::Str);
        let start = if put {
            Expr::text("")
        } else {
            let args = alloc::vec![load_var(channel, Ty::I32), record.clone(), Expr::i32(-1)];
            self.library_call("LIB_GETTEXT$", args)?
        };
        self.push(Op::Store(Place::Var(text), start));
        for (number, layout) in self.field_layouts().iter().enumerate() {
            let args = alloc::vec![load_var(channel, Ty::I32), Expr::i32(1), Expr::i32(-1)];
            let active = self.library_call("LIB_KEPT", args)?;
            let cond = compare(BinaryOp::Eq, active, Expr::i32(number as i64 + 1));
            let (then, els) = (self.func.label(), self.func.label());
            self.push(Op::Branch { cond, then, els });
            self.label_here(then);
            if put {
                self.join(layout, text)?;
            } else {
                self.cut(layout, text)?;
            }
            self.label_here(els);
        }
        if put {
            let text = load_var(text, Ty::Str);
            let args = alloc::vec![load_var(channel, Ty::I32), record, text, Expr::i32(-1)];
            self.run_library("LIB_PUTTEXT", args)?;
        }
        Some(())
    }

    /// The record as one text: each string in its width.
    fn join(&mut self, layout: &Layout, text: VarId) -> Checked<()> {
        for &(width, ref target) in &layout.parts {
            let place = self.place(target)?;
            let value = self.load(place);
            let part =
                self.library_call("LIB_FIT$", alloc::vec![value, load_var(width, Ty::I32)])?;
            let whole = Kind::Concat(load_var(text, Ty::Str), part);
            self.push(Op::Store(Place::Var(text), Expr::new(Ty::Str, whole)));
        }
        Some(())
    }

    fn cut(&mut self, layout: &Layout, text: VarId) -> Checked<()> {
        let mut start = Expr::i32(1);
        for &(width, ref target) in &layout.parts {
            let place = self.place(target)?;
            let width = || load_var(width, Ty::I32);
            let args = alloc::vec![load_var(text, Ty::Str), start.clone(), width()];
            let part = Expr::new(Ty::Str, Kind::Host("basic_str_mid", args));
            self.push(Op::Store(place, part));
            start = super::operators::arith(Arith::Add, Ty::I32, start, width());
        }
        Some(())
    }
}
