//! Statements on files: calls of the library with the channel's number.

use super::{Checked, Checker};
use crate::ast::{Expr as AstExpr, Mode, StmtKind};
use crate::codes;
use crate::tree::{Expr, Kind, Op, Ty};
use alloc::boxed::Box;
use alloc::vec::Vec;
use wasm_common::text::text;

impl<'a> Checker<'a> {
    /// Calls a routine of the library for its effect.
    pub(super) fn run_library(&mut self, name: &str, args: Vec<Expr>) -> Checked<()> {
        let call = self.library_call(name, args)?;
        self.push(Op::Eval(call));
        Some(())
    }

    pub(super) fn file_statement(&mut self, kind: &StmtKind) -> Checked<()> {
        match kind {
            StmtKind::Open { path, mode, channel, record } => {
                let path = self.typed(path, Ty::Str)?;
                let channel = self.typed(channel, Ty::I32)?;
                // What else is no file of records.
                let record = match (record, mode) {
                    (_, Mode::Binary) => Expr::i32(1),
                    (Some(record), Mode::Random) => self.typed(record, Ty::I32)?,
                    (None, Mode::Random) => Expr::i32(128),
                    _ => Expr::i32(0),
                };
                let mode = match mode {
                    Mode::Input => 0,
                    Mode::Output => 1,
                    Mode::Append => 2,
                    Mode::Random | Mode::Binary => 3,
                };
                let args = alloc::vec![path, channel, Expr::i32(mode), record];
                self.run_library("LIB_OPEN", args)
            }
            StmtKind::Close(channels) if channels.is_empty() => {
                self.run_library("LIB_CLOSEALL", Vec::new())
            }
            StmtKind::Close(channels) => {
                for channel in channels {
                    let channel = self.typed(channel, Ty::I32)?;
                    self.run_library("LIB_CLOSE", alloc::vec![channel])?;
                }
                Some(())
            }
            StmtKind::Seek(channel, at) => {
                let channel = self.typed(channel, Ty::I32)?;
                let at = self.typed(at, Ty::I32)?;
                self.run_library("LIB_SEEK", alloc::vec![channel, at])
            }
            StmtKind::Kill(path) => self.on_path("LIB_KILL", path),
            StmtKind::Mkdir(path) => self.on_path("LIB_MKDIR", path),
            StmtKind::Rmdir(path) => self.on_path("LIB_RMDIR", path),
            StmtKind::Rename(from, to) => {
                let from = self.typed(from, Ty::Str)?;
                let to = self.typed(to, Ty::Str)?;
                self.run_library("LIB_RENAME", alloc::vec![from, to])
            }
            StmtKind::Layout(channel, parts) => self.layout(channel, parts),
            StmtKind::Transfer { put, channel, record, target } => {
                self.transfer(*put, channel, record.as_ref(), target.as_ref())
            }
            _ => None,
        }
    }

    /// GET and PUT: the bytes of a variable, at a record or where the file is.
    fn transfer(
        &mut self,
        put: bool,
        channel: &AstExpr,
        record: Option<&AstExpr>,
        target: Option<&AstExpr>,
    ) -> Checked<()> {
        let Some(target) = target else {
            // GW-BASIC's records are there without FIELDs.
            if self.has_fields() || self.dialect().mbf {
                return self.transfer_fields(put, channel, record);
            }
            let span = self.func.span;
            let help = text!("name a variable of a TYPE: `GET #1, 2, R`; or say FIELD");
            self.error_help(codes::NOT_IN_DIALECT, span, "GET and PUT need a variable", help);
            return None;
        };
        let place = self.place(target)?;
        let ty = self.place_type(&place);
        let channel = self.typed(channel, Ty::I32)?;
        let record = self.record(record)?;
        if ty == Ty::Str {
            // As many bytes as it has characters.
            let text = self.load(place.clone());
            let size = Expr::new(Ty::I32, Kind::Host("basic_str_len", alloc::vec![text.clone()]));
            if put {
                return self.run_library("LIB_PUTTEXT", alloc::vec![channel, record, text, size]);
            }
            let read = self.library_call("LIB_GETTEXT$", alloc::vec![channel, record, size])?;
            return self.store(place, read, target.span);
        }
        self.take_address(&place);
        let size = Expr::i32(i64::from(self.size_of(ty)));
        let address = Expr::new(Ty::I32, Kind::AddressOf(Box::new(place)));
        let lib = if put { "LIB_PUTREC" } else { "LIB_GETREC" };
        self.run_library(lib, alloc::vec![channel, record, address, size])
    }

    /// The number of a record; the next one where none is named.
    pub(super) fn record(&mut self, record: Option<&AstExpr>) -> Checked<Expr> {
        record.map_or(Some(Expr::i32(i32::MAX.into())), |record| self.typed(record, Ty::I32))
    }

    fn on_path(&mut self, lib: &str, path: &AstExpr) -> Checked<()> {
        let path = self.typed(path, Ty::Str)?;
        self.run_library(lib, alloc::vec![path])
    }

    /// INPUT #: in ConeZ a single variable takes the whole line; elsewhere fields end at commas.
    pub(super) fn input_file(&mut self, channel: &AstExpr, targets: &[AstExpr]) -> Checked<()> {
        let channel = self.typed(channel, Ty::I32)?;
        let var = self.hidden(Ty::I32);
        self.push(Op::Store(crate::tree::Place::Var(var), channel));
        let whole = self.dialect().inferred && targets.len() == 1;
        for target in targets {
            let place = self.place(target)?;
            let text = self.place_type(&place).is_text();
            let channel = super::stmt::load_var(var, Ty::I32);
            let (lib, args) = if whole {
                ("LIB_FREADLN$", alloc::vec![channel])
            } else {
                ("LIB_FFIELD$", alloc::vec![channel, Expr::i32(i64::from(text))])
            };
            self.store_field(lib, args, place)?;
        }
        Some(())
    }
}
