//! Declarations: procedures, variables, constants, types, options.

use super::cursor::{Cursor, Parsed};
use super::fault::Fault;
use crate::ast::{
    BinaryOp, Bound, DimItem, DimKind, NumType, Param, ProcKind, Stmt, StmtKind, Suffix, TypeName,
};
use crate::lex::{Keyword, Token};
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::text;

impl Cursor<'_, '_, '_> {
    /// A statement that begins with a plain word; `None` when the word is none of ours.
    #[inline(never)]
    pub(super) fn word_statement(
        &mut self,
        word: &str,
        suffix: Option<Suffix>,
        start: Span,
    ) -> Option<Parsed<()>> {
        if suffix.is_some() {
            return self.is_dollar("MID").then(|| self.mid_assign(start));
        }
        if let Some(done) = self.jump_statement(word, start) {
            return Some(done);
        }
        if let Some(done) = self.output_statement(word, start) {
            return Some(done);
        }
        Some(match word {
            "DECLARE" => {
                self.bump();
                self.procedure(true, start)
            }
            "DEF" => self.def(start),
            "DEFINT" => self.deftype(Some(NumType::I16), start),
            "DEFLNG" => self.deftype(Some(NumType::I32), start),
            "DEFSNG" => self.deftype(Some(NumType::F32), start),
            "DEFDBL" => self.deftype(Some(NumType::F64), start),
            "DEFSTR" => self.deftype(None, start),
            "REDIM" => {
                self.bump();
                let preserve = self.take_word("PRESERVE");
                let shared = self.take_word("SHARED");
                let kind = if preserve { DimKind::Preserve } else { DimKind::Redim };
                let outcome = self.dims(kind, start);
                if shared {
                    self.share_dimensioned(start);
                }
                outcome
            }
            "LOCAL" => self.bumped_dims(DimKind::Local, start),
            "STATIC" => self.bumped_dims(DimKind::Static, start),
            "SHARED" => self.bumped_dims(DimKind::Shared, start),
            "CONST" => self.constants(start),
            "ERASE" => self.erase(start),
            "OPTION" => self.option(start),
            "TYPE" => {
                self.bump();
                self.name().map(|name| self.push(StmtKind::Type(name), start))
            }
            "CALL" => self.call_statement(start),
            _ => return None,
        })
    }

    /// `[DECLARE] SUB name params` with or without parentheses.
    pub(super) fn procedure(&mut self, forward: bool, start: Span) -> Parsed<()> {
        let kind = if self.take_keyword(Keyword::Sub) {
            ProcKind::Sub
        } else if self.take_keyword(Keyword::Function) {
            ProcKind::Function
        } else {
            return Err(Fault::expected(self.at(), "SUB or FUNCTION"));
        };
        let name = self.name()?;
        let mut params = Vec::new();
        if self.take(&Token::Open) {
            if !self.is(&Token::Close) {
                params = self.params()?;
            }
            self.expect(&Token::Close, "`)`")?;
        } else if !self.at_end() && !self.is_word("STATIC") && !self.is_word("AS") {
            params = self.params()?;
        }
        let ty = self.as_type()?;
        let is_static = self.take_word("STATIC");
        self.push(StmtKind::Proc { kind, forward, name, params, ty, is_static }, start);
        Ok(())
    }

    fn params(&mut self) -> Parsed<Vec<Param>> {
        let mut list = Vec::new();
        loop {
            let by_value = if self.take_word("BYVAL") {
                Some(true)
            } else if self.take_word("BYREF") {
                Some(false)
            } else {
                None
            };
            let name = self.name()?;
            let array = self.take(&Token::Open);
            if array {
                self.expect(&Token::Close, "`)`")?;
            }
            let ty = self.as_type()?;
            list.push(Param { name, array, ty, by_value });
            if !self.take(&Token::Comma) {
                return Ok(list);
            }
        }
    }

    fn as_type(&mut self) -> Parsed<Option<TypeName>> {
        if !self.take_word("AS") {
            return Ok(None);
        }
        let at = self.at();
        let name = self.name()?;
        Ok(Some(match name.text.as_str() {
            "INTEGER" => TypeName::Num(NumType::I16),
            "LONG" => TypeName::Num(NumType::I32),
            "INTEGER64" | "_INTEGER64" | "LONGLONG" => TypeName::Num(NumType::I64),
            "SINGLE" => TypeName::Num(NumType::F32),
            "DOUBLE" => TypeName::Num(NumType::F64),
            "STRING" if self.take_operator(BinaryOp::Mul) => TypeName::Fixed(self.expr()?),
            "STRING" => TypeName::Str,
            "ANY" => return Ok(None),
            _ if name.suffix.is_some() => return Err(Fault::expected(at, "a type")),
            _ => TypeName::Record(name),
        }))
    }

    /// `DEF FNA(X) = ...`, or `DEF SEG`, which has no meaning here.
    fn def(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        if self.take_word("SEG") {
            if self.take_operator(BinaryOp::Eq) {
                self.expr()?;
            }
            self.push(StmtKind::Ignored("DEF SEG".into()), start);
            return Ok(());
        }
        let at = self.at();
        let name = self.function_name()?;
        if !name.text.starts_with("FN") {
            let help = "name it FN..., as in `DEF FNA(X) = X * X`";
            return Err(Fault::message(at, text!("a name after DEF begins with FN"), Some(help)));
        }
        let mut params = Vec::new();
        if self.take(&Token::Open) {
            params = self.params()?;
            self.expect(&Token::Close, "`)`")?;
        }
        self.expect(&Token::Operator(BinaryOp::Eq), "`=`")?;
        let body = self.expr()?;
        self.push(StmtKind::DefFn { name, params, body }, start);
        Ok(())
    }

    fn deftype(&mut self, ty: Option<NumType>, start: Span) -> Parsed<()> {
        self.bump();
        let mut ranges = Vec::new();
        loop {
            let from = self.letter()?;
            let to = if self.take_operator(BinaryOp::Sub) { self.letter()? } else { from };
            ranges.push((from, to));
            if !self.take(&Token::Comma) {
                break;
            }
        }
        self.push(StmtKind::DefType(ty, ranges), start);
        Ok(())
    }

    fn letter(&mut self) -> Parsed<u8> {
        match self.peek() {
            Some(Token::Name(text, None))
                if text.len() == 1 && text.as_bytes()[0].is_ascii_uppercase() =>
            {
                let letter = text.as_bytes()[0] - b'A';
                self.bump();
                Ok(letter)
            }
            _ => Err(Fault::expected(self.at(), "a letter")),
        }
    }

    /// Behind DIM.
    pub(super) fn dim(&mut self, start: Span) -> Parsed<()> {
        let shared = self.is_word("SHARED") && matches!(self.look(1), Some(Token::Name(..)));
        if shared {
            self.bump();
        }
        self.dims(if shared { DimKind::DimShared } else { DimKind::Dim }, start)
    }

    fn bumped_dims(&mut self, kind: DimKind, start: Span) -> Parsed<()> {
        self.bump();
        self.dims(kind, start)
    }

    fn dims(&mut self, kind: DimKind, start: Span) -> Parsed<()> {
        let mut items = Vec::from([self.dim_item()?]);
        let mut outcome = Ok(());
        while outcome.is_ok() && self.take(&Token::Comma) {
            outcome = self.dim_item().map(|item| items.push(item));
        }
        self.push(StmtKind::Dim { kind, items }, start);
        outcome
    }

    /// REDIM SHARED: what it dimensions is also as if `DIM SHARED A()` named it.
    fn share_dimensioned(&mut self, start: Span) {
        let Some(Stmt { kind: StmtKind::Dim { items, .. }, .. }) = self.stmts.last() else {
            return;
        };
        let mut items = items.clone();
        items.iter_mut().for_each(|item| item.bounds = Some(Vec::new()));
        self.push(StmtKind::Dim { kind: DimKind::DimShared, items }, start);
    }

    fn dim_item(&mut self) -> Parsed<DimItem> {
        let name = self.name()?;
        let mut bounds = None;
        if self.take(&Token::Open) {
            let mut list = Vec::new();
            while !self.is(&Token::Close) {
                let first = self.expr()?;
                list.push(if self.take_keyword(Keyword::To) {
                    Bound { lower: Some(first), upper: self.expr()? }
                } else {
                    Bound { lower: None, upper: first }
                });
                if !self.take(&Token::Comma) {
                    break;
                }
            }
            self.expect(&Token::Close, "`)`")?;
            bounds = Some(list);
        }
        let ty = self.as_type()?;
        let init = if self.take_operator(BinaryOp::Eq) { Some(self.expr()?) } else { None };
        Ok(DimItem { name, bounds, ty, init })
    }

    fn constants(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let mut items = Vec::new();
        loop {
            let name = self.name()?;
            self.expect(&Token::Operator(BinaryOp::Eq), "`=`")?;
            items.push((name, self.expr()?));
            if !self.take(&Token::Comma) {
                break;
            }
        }
        self.push(StmtKind::Const(items), start);
        Ok(())
    }

    fn erase(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let mut names = Vec::new();
        loop {
            names.push(self.name()?);
            if self.take(&Token::Open) {
                self.expect(&Token::Close, "`)`")?;
            }
            if !self.take(&Token::Comma) {
                break;
            }
        }
        self.push(StmtKind::Erase(names), start);
        Ok(())
    }

    fn option(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        if self.take_word("BASE") {
            let base = match self.peek() {
                Some(Token::Int(base @ (0 | 1), _)) => *base as i32,
                _ => return Err(Fault::expected(self.at(), "0 or 1")),
            };
            self.bump();
            self.push(StmtKind::OptionBase(base), start);
        } else if self.take_word("EXPLICIT") {
            self.push(StmtKind::OptionExplicit, start);
        } else if self.take_word("DIALECT") {
            // Read when the file was opened.
            self.name()?;
        } else {
            return Err(Fault::expected(self.at(), "BASE, EXPLICIT or DIALECT"));
        }
        Ok(())
    }

    /// A line between TYPE and END TYPE.
    #[inline(never)]
    pub(super) fn type_member(&mut self, start: Span) -> Parsed<()> {
        if self.take_keyword(Keyword::End) {
            self.expect_word("TYPE")?;
            self.push(StmtKind::EndType, start);
            return Ok(());
        }
        let item = self.dim_item()?;
        self.push(StmtKind::Field(item), start);
        Ok(())
    }

    /// `CALL NAME` or `CALL NAME(a, b)`.
    fn call_statement(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let name = self.name()?;
        let mut args = Vec::new();
        if self.take(&Token::Open) {
            if !self.is(&Token::Close) {
                args = self.exprs()?;
            }
            self.expect(&Token::Close, "`)`")?;
        }
        self.push(StmtKind::Call { name, args, explicit: true }, start);
        Ok(())
    }
}
