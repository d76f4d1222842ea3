//! One logical line: statements between colons.

use super::cursor::{Cursor, Extra, Input, Parsed};
use super::fault::{Fault, What};
use crate::ast::{BinaryOp, Expr, ExprKind, Name, ProcKind, Stmt, StmtKind};
use crate::codes;
use crate::dialect::Dialect;
use crate::lex::{Keyword, Tok, Token};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use chumsky::prelude::*;
use wasm_common::diag::{Diagnostic, Diagnostics};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// Brackets and prefix operators inside one another; each costs a stack frame.
const MAX_DEPTH: usize = 64;
/// Operators in one statement: `1 + 1 + ...` makes a tree this deep.
const MAX_OPERATORS: usize = 400;

/// The statements of a line. `in_type`: inside TYPE ... END TYPE.
pub(super) fn parse_line(
    tokens: &[Tok],
    dialect: &Dialect,
    in_type: bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Stmt> {
    if let Some(diagnostic) = too_deep(tokens) {
        diagnostics.push(diagnostic);
        return recovered(tokens);
    }
    let (mut stmts, fault) = attempt(tokens, dialect, in_type, Vec::new());
    if let Some(fault) = fault {
        diagnostics.push(report(&fault, tokens));
        if stmts.iter().any(|stmt| matches!(stmt.kind, StmtKind::LineIf(_))) {
            close_ifs(&mut stmts);
        } else {
            stmts.extend(recovered(&tokens[statement_start(tokens, fault.at)..]));
        }
    }
    stmts
}

/// Parses a line, or what is left of one behind `stmts`; what stopped it.
pub(super) fn attempt(
    tokens: &[Tok],
    dialect: &Dialect,
    in_type: bool,
    stmts: Vec<Stmt>,
) -> (Vec<Stmt>, Option<Fault>) {
    let given = core::cell::Cell::new(stmts);
    let parser = custom::<_, Input<'_>, _, Extra>(|input| {
        let stmts = given.take();
        let begins = stmts.is_empty();
        let mut cursor = Cursor { input, tokens, dialect, in_type, stmts };
        let outcome = if begins { cursor.line() } else { cursor.rest() };
        let stmts = cursor.stmts;
        if outcome.is_err() {
            while input.next_ref().is_some() {}
        }
        Ok((stmts, outcome.err()))
    });
    parser.parse(tokens).into_output().unwrap_or_default()
}

/// Closes the IFs of a line with statements behind them.
pub(super) fn close_ifs(stmts: &mut Vec<Stmt>) {
    let open = stmts.iter().filter(|s| matches!(s.kind, StmtKind::LineIf(_))).count();
    let closed = stmts.iter().filter(|s| matches!(s.kind, StmtKind::LineEnd)).count();
    let Some(span) = stmts.first().map(|stmt| stmt.span) else { return };
    stmts.extend((closed..open).map(|_| Stmt { kind: StmtKind::LineEnd, span }));
}

/// The first token of the statement that token `at` belongs to.
pub(super) fn statement_start(tokens: &[Tok], at: usize) -> usize {
    let before = &tokens[..at.min(tokens.len())];
    let colon = before.iter().rposition(|tok| tok.token == Token::Colon);
    colon.map_or(
        usize::from(matches!(tokens.first(), Some(Tok { token: Token::Int(..), .. }))),
        |n| n + 1,
    )
}

/// The block statement that a wrong line would have been, so that the blocks still match.
fn recovered(tokens: &[Tok]) -> Vec<Stmt> {
    let Some(first) = tokens.first() else { return Vec::new() };
    let span = first.span;
    let error = || Expr::new(ExprKind::Error, span);
    let keyword = match &first.token {
        Token::Keyword(keyword) => *keyword,
        _ => return Vec::new(),
    };
    let name = Name { text: String::from("?"), suffix: None, span };
    let kind = match keyword {
        Keyword::If if tokens.last().is_none_or(|t| t.token == Token::Keyword(Keyword::Then)) => {
            StmtKind::If(error())
        }
        Keyword::ElseIf => StmtKind::ElseIf(error()),
        Keyword::For => StmtKind::For { var: error(), from: error(), to: error(), step: None },
        Keyword::Next => StmtKind::Next(Vec::new()),
        Keyword::While => StmtKind::While(error()),
        Keyword::Do => StmtKind::Do(None),
        Keyword::Loop => StmtKind::Loop(None),
        Keyword::Select => StmtKind::Select(error()),
        Keyword::Case => StmtKind::CaseElse,
        Keyword::Sub | Keyword::Function => StmtKind::Proc {
            kind: if keyword == Keyword::Sub { ProcKind::Sub } else { ProcKind::Function },
            forward: false,
            name,
            params: Vec::new(),
            ty: None,
            is_static: false,
        },
        _ => return Vec::new(),
    };
    Vec::from([Stmt { kind, span }])
}

pub(super) fn report(fault: &Fault, tokens: &[Tok]) -> Diagnostic {
    let found = tokens.get(fault.at);
    let end = tokens.last().map_or(Span::default(), |tok| tok.span.with_start(tok.span.end()));
    let span = found.map_or(end, |tok| tok.span);
    match &fault.what {
        What::Expected(what) => {
            let found = match found.map(|tok| &tok.token) {
                None => String::from(text!("the end of the line")),
                Some(Token::Str(_)) => String::from("a string"),
                Some(token) => format!("`{token}`"),
            };
            let what = match what.chars().next() {
                Some(c) if c.is_ascii_uppercase() => format!("`{what}`"),
                _ => what.to_string(),
            };
            codes::SYNTAX.error(span, format!("expected {what}, found {found}"))
        }
        What::Message(text, help) => {
            let mut diagnostic = codes::SYNTAX.error(span, text.clone());
            diagnostic.help = help.clone();
            diagnostic
        }
    }
}

/// Counts what would nest before anything recurses over it.
pub(super) fn too_deep(tokens: &[Tok]) -> Option<Diagnostic> {
    let (mut depth, mut signs, mut operators) = (0usize, 0usize, 0usize);
    for tok in tokens {
        let sign = matches!(
            tok.token,
            Token::Operator(BinaryOp::Add | BinaryOp::Sub) | Token::Keyword(Keyword::Not)
        );
        signs = if sign { signs + 1 } else { 0 };
        match tok.token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Colon => operators = 0,
            Token::Operator(_) | Token::Keyword(_) | Token::Dot => operators += 1,
            _ => {}
        }
        let message = if depth > MAX_DEPTH || signs > MAX_DEPTH {
            format!("nested deeper than {MAX_DEPTH} levels")
        } else if operators > MAX_OPERATORS {
            format!("more than {MAX_OPERATORS} operators in one statement")
        } else {
            continue;
        };
        let help = text!("split the expression with a variable");
        return Some(codes::TOO_DEEP.error(tok.span, message).help(help));
    }
    None
}

impl Cursor<'_, '_, '_> {
    /// A line number or label, then statements.
    fn line(&mut self) -> Parsed<()> {
        let span = self.span();
        match (self.peek(), self.look(1)) {
            (Some(&Token::Int(number, None)), _) => {
                let number = u32::try_from(number).map_err(|_| {
                    Fault::message(self.at(), text!("line number out of range"), None)
                })?;
                self.bump();
                self.push(StmtKind::Line(number), span);
            }
            (Some(Token::Name(text, None)), Some(Token::Colon))
                if self.tokens[1].span.start() == span.end() && !is_statement_word(text) =>
            {
                let label = text.clone();
                self.bump();
                self.bump();
                self.push(StmtKind::Label(label), span);
            }
            _ => {}
        }
        self.rest()
    }

    /// The statements of a line, to its end.
    fn rest(&mut self) -> Parsed<()> {
        self.statements()?;
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.too_much()),
        }
    }

    /// Nothing more in this statement.
    pub(super) fn expect_end(&self) -> Parsed<()> {
        if self.at_end() { Ok(()) } else { Err(self.too_much()) }
    }

    fn too_much(&self) -> Fault {
        Fault::expected(self.at(), "the end of the statement")
    }

    /// Statements between colons, up to the end of the line or an ELSE. Each kind of statement has a
    /// function that is never inlined: a frame with the locals of all would lie on the stack once
    /// for each IF around another.
    #[inline(never)]
    pub(super) fn statements(&mut self) -> Parsed<()> {
        loop {
            while self.take(&Token::Colon) {}
            if self.peek().is_none() || self.ends_line_if() {
                return Ok(());
            }
            self.statement()?;
            if !self.is(&Token::Colon)
                && !matches!(self.stmts.last(), Some(Stmt { kind: StmtKind::LineEnd, .. }))
            {
                return Ok(());
            }
        }
    }

    /// ELSE after a statement of a single-line IF.
    fn ends_line_if(&self) -> bool {
        let open = |open, stmt: &Stmt| match stmt.kind {
            StmtKind::LineIf(_) => open + 1,
            StmtKind::LineEnd => open - 1,
            _ => open,
        };
        self.is_keyword(Keyword::Else) && self.stmts.iter().fold(0i32, open) > 0
    }

    #[inline(never)]
    pub(super) fn statement(&mut self) -> Parsed<()> {
        let start = self.span();
        let Some(token) = self.peek() else { return Ok(()) };
        if self.in_type {
            return self.type_member(start);
        }
        match token {
            // Others may stand in it, and so it does without the frame of all keywords.
            Token::Keyword(Keyword::If) => {
                self.bump();
                self.if_statement(start)
            }
            Token::Keyword(keyword) => self.keyword_statement(*keyword, start),
            Token::Name(text, suffix) => {
                // `RETURN (A) = B` gives back a comparison, and is no element of an array.
                let takes_value = matches!(text.as_str(), "RETURN" | "PRINT" | "LPRINT")
                    && self.look(1) == Some(&Token::Open);
                if self.is_assignment() && !takes_value && !(suffix.is_some() && text == "MID") {
                    return self.assignment(start);
                }
                if let Some(done) = self.word_statement(text, *suffix, start) {
                    return done;
                }
                self.call(start)
            }
            Token::Question => {
                self.bump();
                self.print(start)
            }
            Token::Operator(BinaryOp::Gt) => {
                self.bump();
                let value = self.expr()?;
                self.push(StmtKind::Show(value), start);
                Ok(())
            }
            Token::Data(text) => {
                let items = super::output::data_items(text, self.dialect.open_strings);
                let items = items.map_err(|wrong| Fault::message(self.at(), wrong, None))?;
                self.bump();
                self.push(StmtKind::Data(items), start);
                Ok(())
            }
            _ => Err(Fault::expected(self.at(), "a statement")),
        }
    }

    #[inline(never)]
    pub(super) fn assignment(&mut self, start: Span) -> Parsed<()> {
        let target = self.place()?;
        self.expect(&Token::Operator(BinaryOp::Eq), "`=`")?;
        let value = self.expr()?;
        self.push(StmtKind::Let(target, value), start);
        Ok(())
    }

    /// `NAME`, `NAME a, b` or `NAME(a, b)`.
    #[inline(never)]
    fn call(&mut self, start: Span) -> Parsed<()> {
        let name = self.name()?;
        let mut args = Vec::new();
        if self.at_end() {
            // No arguments.
        } else if self.is(&Token::Open) && self.closes_at_end() {
            self.bump();
            if !self.is(&Token::Close) {
                args = self.exprs()?;
            }
            self.expect(&Token::Close, "`)`")?;
        } else if self.can_start_expr() {
            args = self.exprs()?;
        } else {
            return Err(Fault::expected(self.at(), "`=` or the arguments of a call"));
        }
        self.push(StmtKind::Call { name, args, explicit: false }, start);
        Ok(())
    }

    fn can_start_expr(&self) -> bool {
        match self.peek() {
            Some(Token::Operator(op)) => matches!(op, BinaryOp::Sub | BinaryOp::Add),
            Some(Token::Keyword(keyword)) => *keyword == Keyword::Not,
            Some(token) => {
                !matches!(token, Token::Close | Token::Comma | Token::Semicolon | Token::Dot)
            }
            None => false,
        }
    }

    /// Whether the bracket at the cursor closes where the statement ends.
    fn closes_at_end(&self) -> bool {
        let mut depth = 0usize;
        for ahead in 0.. {
            match self.look(ahead) {
                Some(Token::Open) => depth += 1,
                Some(Token::Close) => depth = depth.saturating_sub(1),
                None => return false,
                _ => {}
            }
            if depth == 0 {
                let after = self.look(ahead + 1);
                return matches!(after, None | Some(Token::Colon | Token::Keyword(Keyword::Else)));
            }
        }
        false
    }
}

/// Words that are a whole statement, so that `CLS:` is no label.
pub(crate) const STATEMENT_WORDS: [&str; 14] = [
    "PRINT",
    "RETURN",
    "STOP",
    "BYE",
    "BREAK",
    "CLS",
    "BEEP",
    "CLOSE",
    "RESTORE",
    "RANDOMIZE",
    "RESUME",
    "INPUT",
    "SYSTEM",
    "LPRINT",
];

/// Whether a word is one of them.
pub(super) fn is_statement_word(text: &str) -> bool {
    STATEMENT_WORDS.contains(&text)
}
