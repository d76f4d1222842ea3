//! Statements on files: calls of the library with the channel's number.

use super::{Checked, Checker};
use crate::ast::{Expr as AstExpr, Mode, StmtKind};
use crate::codes;
use crate::tree::{Expr, Op, Ty};
use alloc::vec::Vec;

impl Checker<'_> {
    /// Calls a routine of the library for its effect.
    fn run_library(&mut self, name: &str, args: Vec<Expr>) -> Checked<()> {
        let call = self.library_call(name, args)?;
        self.push(Op::Eval(call));
        Some(())
    }

    pub(super) fn file_statement(&mut self, kind: &StmtKind) -> Checked<()> {
        match kind {
            StmtKind::Open { path, mode, channel, record } => {
                let path = self.typed(path, Ty::Str)?;
                let channel = self.typed(channel, Ty::I32)?;
                let record = match record {
                    Some(record) => self.typed(record, Ty::I32)?,
                    None => Expr::i32(128),
                };
                let mode = match mode {
                    Mode::Input => 0,
                    Mode::Output => 1,
                    Mode::Append => 2,
                    Mode::Random | Mode::Binary => 3,
                };
                // ConeZ's scripts test EOF instead of catching an error.
                let lenient = Expr::i32(i64::from(self.dialect().inferred));
                let args = alloc::vec![path, channel, Expr::i32(mode), record, lenient];
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
            StmtKind::Transfer { .. } => {
                let span = self.func.span;
                self.error(
                    codes::NOT_IN_DIALECT,
                    span,
                    "GET and PUT on records are not supported yet",
                );
                None
            }
            _ => None,
        }
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
