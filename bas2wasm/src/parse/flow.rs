//! Statements that begin with a keyword, and those that steer: IF, loops, jumps, errors.

use super::cursor::{Cursor, Parsed};
use super::fault::Fault;
use super::line::is_statement_word;
use crate::ast::{BinaryOp, CaseItem, Exit, Resume, StmtKind, Target};
use crate::lex::{Keyword, Token};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::source::Span;

impl Cursor<'_, '_, '_> {
    #[inline(never)]
    pub(super) fn keyword_statement(&mut self, keyword: Keyword, start: Span) -> Parsed<()> {
        if keyword == Keyword::Sub || keyword == Keyword::Function {
            return self.procedure(false, start);
        }
        self.bump();
        match keyword {
            Keyword::Let => return self.assignment(start),
            Keyword::ElseIf => return self.else_if(start),
            Keyword::Else => {
                if self.take_keyword(Keyword::If) {
                    return self.else_if(start);
                }
                self.push(StmtKind::Else, start);
                // `ELSE x` of a block: what follows is a statement of its own.
                return self.statements();
            }
            Keyword::For => return self.for_statement(start),
            Keyword::Next => {
                let vars = if self.at_end() { Vec::new() } else { self.places()? };
                self.push(StmtKind::Next(vars), start);
            }
            Keyword::While => {
                let cond = self.condition()?;
                self.push(StmtKind::While(cond), start);
            }
            Keyword::Wend => self.push(StmtKind::Wend, start),
            Keyword::Do => {
                let test = self.loop_test()?;
                self.push(StmtKind::Do(test), start);
            }
            Keyword::Loop => {
                let test = self.loop_test()?;
                self.push(StmtKind::Loop(test), start);
            }
            Keyword::Select => {
                self.expect_keyword(Keyword::Case)?;
                let value = self.expr()?;
                self.push(StmtKind::Select(value), start);
            }
            Keyword::Case => return self.case(start),
            Keyword::End => return self.end(start),
            Keyword::Goto => {
                let target = self.target()?;
                self.push(StmtKind::Goto(target), start);
            }
            Keyword::Gosub => {
                let target = self.target()?;
                self.push(StmtKind::Gosub(target), start);
            }
            Keyword::Dim => return self.dim(start),
            _ => return Err(Fault::expected(self.at() - 1, "a statement")),
        }
        Ok(())
    }

    /// A condition; ConeZ's own scripts contain `IF (A) > 3)` with a bracket too many.
    fn condition(&mut self) -> Parsed<crate::ast::Expr> {
        let cond = self.expr()?;
        if self.dialect.inferred && self.is(&Token::Close) && self.look(1).is_none() {
            self.bump();
        }
        Ok(cond)
    }

    #[inline(never)]
    /// Behind IF.
    pub(super) fn if_statement(&mut self, start: Span) -> Parsed<()> {
        let cond = self.condition()?;
        self.take(&Token::Comma);
        if self.is_keyword(Keyword::Goto) {
            // IF a GOTO 10
        } else if !self.take_keyword(Keyword::Then) {
            if self.peek().is_some() {
                return Err(Fault::expected(self.at(), "THEN"));
            }
            self.push(StmtKind::If(cond), start);
            return Ok(());
        } else if self.peek().is_none() {
            self.push(StmtKind::If(cond), start);
            return Ok(());
        }
        self.push(StmtKind::LineIf(cond), start);
        self.branch()?;
        if self.take_keyword(Keyword::Else) {
            self.push(StmtKind::LineElse, start);
            self.branch()?;
        }
        self.push(StmtKind::LineEnd, start);
        Ok(())
    }

    /// What follows THEN or ELSE on its line: a line number or statements.
    fn branch(&mut self) -> Parsed<()> {
        let start = self.span();
        if matches!(self.peek(), Some(Token::Int(..))) {
            let target = self.target()?;
            self.push(StmtKind::Goto(target), start);
            if !self.take(&Token::Colon) {
                return Ok(());
            }
        }
        self.statements()
    }

    fn else_if(&mut self, start: Span) -> Parsed<()> {
        let cond = self.condition()?;
        self.take_keyword(Keyword::Then);
        self.push(StmtKind::ElseIf(cond), start);
        if self.peek().is_some() { self.statements() } else { Ok(()) }
    }

    fn for_statement(&mut self, start: Span) -> Parsed<()> {
        let var = self.place()?;
        self.expect(&Token::Operator(BinaryOp::Eq), "`=`")?;
        let from = self.expr()?;
        self.expect_keyword(Keyword::To)?;
        let to = self.expr()?;
        let step = if self.take_keyword(Keyword::Step) { Some(self.expr()?) } else { None };
        self.push(StmtKind::For { var, from, to, step }, start);
        Ok(())
    }

    fn loop_test(&mut self) -> Parsed<Option<(bool, crate::ast::Expr)>> {
        let until = self.is_keyword(Keyword::Until);
        if !until && !self.is_keyword(Keyword::While) {
            return Ok(None);
        }
        self.bump();
        Ok(Some((until, self.expr()?)))
    }

    fn case(&mut self, start: Span) -> Parsed<()> {
        if self.take_keyword(Keyword::Else) {
            self.push(StmtKind::CaseElse, start);
            return Ok(());
        }
        let mut items = Vec::new();
        loop {
            items.push(self.case_item()?);
            if !self.take(&Token::Comma) {
                break;
            }
        }
        self.push(StmtKind::Case(items), start);
        Ok(())
    }

    fn case_item(&mut self) -> Parsed<CaseItem> {
        let is = self.take_word("IS");
        if let Some(Token::Operator(op)) = self.peek()
            && op.is_comparison()
        {
            let op = *op;
            self.bump();
            return Ok(CaseItem::Is(op, self.expr()?));
        }
        if is {
            return Err(Fault::expected(self.at(), "a comparison"));
        }
        let value = self.expr()?;
        if self.take_keyword(Keyword::To) {
            return Ok(CaseItem::Range(value, self.expr()?));
        }
        Ok(CaseItem::Value(value))
    }

    /// END, END IF, END SUB, ...
    fn end(&mut self, start: Span) -> Parsed<()> {
        let kind = match self.peek() {
            Some(Token::Keyword(Keyword::If)) => StmtKind::EndIf,
            Some(Token::Keyword(Keyword::Select)) => StmtKind::EndSelect,
            Some(Token::Keyword(Keyword::Sub)) => StmtKind::EndProc(crate::ast::ProcKind::Sub),
            Some(Token::Keyword(Keyword::Function)) => {
                StmtKind::EndProc(crate::ast::ProcKind::Function)
            }
            Some(Token::Keyword(Keyword::For)) => StmtKind::Next(Vec::new()),
            Some(Token::Keyword(Keyword::While)) => StmtKind::Wend,
            Some(Token::Name(word, None)) if word == "TYPE" => StmtKind::EndType,
            _ => {
                self.push(StmtKind::End, start);
                return Ok(());
            }
        };
        self.bump();
        self.push(kind, start);
        Ok(())
    }

    /// Statements of jumping and of errors that begin with a plain word.
    pub(super) fn jump_statement(&mut self, word: &str, start: Span) -> Option<Parsed<()>> {
        Some(match word {
            "GO" if matches!(self.look(1), Some(Token::Keyword(Keyword::To | Keyword::Sub))) => {
                self.bump();
                let sub = self.is_keyword(Keyword::Sub);
                // GW-BASIC knows this word with one blank only.
                if sub && self.dialect.mbf && self.span().start() > start.end() + 1 {
                    return Some(Err(Fault::expected(self.at(), "`GO SUB`")));
                }
                self.bump();
                self.target().map(|target| {
                    let kind = if sub { StmtKind::Gosub(target) } else { StmtKind::Goto(target) };
                    self.push(kind, start);
                })
            }
            "ON" => self.on(start),
            "RETURN" => self.return_statement(start),
            "RESUME" => self.resume(start),
            "ERROR" => {
                self.bump();
                self.expr().and_then(|code| {
                    self.expect_end()?;
                    self.push(StmtKind::Error(code), start);
                    Ok(())
                })
            }
            "EXIT" | "CONTINUE" => self.exit(word == "EXIT", start),
            _ => return None,
        })
    }

    fn on(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        if self.is_word("ERROR") && self.look(1) == Some(&Token::Keyword(Keyword::Goto)) {
            self.bump();
            self.bump();
            let target = self.target()?;
            let target = Some(target).filter(|target| target.text != "0");
            self.push(StmtKind::OnError(target), start);
            return Ok(());
        }
        let index = self.expr()?;
        let go = self.take_word("GO");
        let gosub = match self.peek() {
            Some(Token::Keyword(Keyword::Goto)) if !go => Some(false),
            Some(Token::Keyword(Keyword::Gosub)) if !go => Some(true),
            Some(Token::Keyword(Keyword::To)) if go => Some(false),
            Some(Token::Keyword(Keyword::Sub)) if go => Some(true),
            _ => None,
        };
        let (mut targets, mut outcome) = (Vec::new(), Ok(()));
        if gosub.is_none() {
            outcome = Err(Fault::expected(self.at(), "GOTO or GOSUB"));
        }
        // The index is looked at, and the targets before a wrong one, whatever follows.
        while outcome.is_ok() && (targets.is_empty() || self.is(&Token::Comma)) {
            self.bump();
            outcome = self.on_target().map(|target| targets.push(target));
        }
        let gosub = gosub == Some(true);
        self.push(StmtKind::On { index, gosub, targets, wrong: outcome.is_err() }, start);
        outcome
    }

    /// A target of ON; GW-BASIC does not mind one that is left out until it is chosen.
    fn on_target(&mut self) -> Parsed<Target> {
        let span = self.span();
        match self.peek() {
            None | Some(Token::Colon | Token::Comma) if self.dialect.late_errors => {
                Ok(Target { text: String::new(), span })
            }
            Some(Token::Name(word, None)) if is_statement_word(word) => {
                Err(Fault::expected(self.at(), "a line number or a label"))
            }
            _ => self.target(),
        }
    }

    fn return_statement(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let value = if self.at_end() { None } else { Some(self.expr()?) };
        self.push(StmtKind::Return(value), start);
        Ok(())
    }

    fn resume(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let what = if self.take_keyword(Keyword::Next) {
            Resume::Next
        } else if self.at_end() {
            Resume::Again
        } else {
            let target = self.target()?;
            if target.text == "0" { Resume::Again } else { Resume::At(target) }
        };
        self.push(StmtKind::Resume(what), start);
        Ok(())
    }

    fn exit(&mut self, exit: bool, start: Span) -> Parsed<()> {
        self.bump();
        let what = match self.peek() {
            Some(Token::Keyword(Keyword::For)) => Exit::For,
            Some(Token::Keyword(Keyword::While)) => Exit::While,
            Some(Token::Keyword(Keyword::Do)) => Exit::Do,
            Some(Token::Keyword(Keyword::Select)) if exit => Exit::Select,
            Some(Token::Keyword(Keyword::Sub)) if exit => Exit::Sub,
            Some(Token::Keyword(Keyword::Function)) if exit => Exit::Function,
            _ => return Err(Fault::expected(self.at(), "FOR, WHILE, DO, SELECT, SUB or FUNCTION")),
        };
        self.bump();
        self.push(if exit { StmtKind::Exit(what) } else { StmtKind::Continue(what) }, start);
        Ok(())
    }
}
