//! The cursor over a line's tokens that the statement productions share.

use super::fault::Fault;
use crate::ast::{BinaryOp, Expr, ExprKind, Name, Stmt, StmtKind, Suffix, Target};
use crate::dialect::Dialect;
use crate::lex::{Keyword, Tok, Token};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use chumsky::extra;
use chumsky::input::InputRef;
use wasm_common::source::Span;
use wasm_common::text::format;

pub(super) type Input<'src> = &'src [Tok];
pub(super) type Extra = extra::Err<Fault>;
pub(super) type Parsed<T> = Result<T, Fault>;

/// A logical line being parsed: chumsky's input, and the statements made so far.
pub(super) struct Cursor<'p, 'src: 'parse, 'parse> {
    pub(super) input: &'p mut InputRef<'src, 'parse, Input<'src>, Extra>,
    pub(super) tokens: &'src [Tok],
    pub(super) dialect: &'p Dialect,
    /// The block that encloses this line, where that changes what a line means.
    pub(super) in_type: bool,
    pub(super) stmts: Vec<Stmt>,
}

impl<'src> Cursor<'_, 'src, '_> {
    /// Index of the next token.
    pub(super) fn at(&self) -> usize {
        *self.input.cursor().inner()
    }

    /// The token `ahead` of the next.
    pub(super) fn look(&self, ahead: usize) -> Option<&'src Token> {
        self.tokens.get(self.at() + ahead).map(|tok| &tok.token)
    }

    pub(super) fn peek(&self) -> Option<&'src Token> {
        self.look(0)
    }

    pub(super) fn bump(&mut self) {
        self.input.skip();
    }

    /// Where the next token stands; behind the last one at the end of the line.
    pub(super) fn span(&self) -> Span {
        match self.tokens.get(self.at()) {
            Some(tok) => tok.span,
            None => self
                .tokens
                .last()
                .map_or(Span::default(), |tok| tok.span.with_start(tok.span.end())),
        }
    }

    /// Where the last token taken stands.
    pub(super) fn last_span(&self) -> Span {
        self.tokens[self.at().saturating_sub(1)].span
    }

    pub(super) fn push(&mut self, kind: StmtKind, start: Span) {
        let span = start.to(self.last_span());
        self.stmts.push(Stmt { kind, span });
    }

    pub(super) fn is(&self, token: &Token) -> bool {
        self.peek() == Some(token)
    }

    pub(super) fn is_keyword(&self, keyword: Keyword) -> bool {
        self.peek() == Some(&Token::Keyword(keyword))
    }

    /// Whether the next token is this word, which is no keyword.
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Name(text, None)) if text == word)
    }

    pub(super) fn take(&mut self, token: &Token) -> bool {
        let found = self.is(token);
        if found {
            self.bump();
        }
        found
    }

    pub(super) fn take_keyword(&mut self, keyword: Keyword) -> bool {
        self.take(&Token::Keyword(keyword))
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.bump();
        }
        found
    }

    pub(super) fn take_operator(&mut self, op: BinaryOp) -> bool {
        self.take(&Token::Operator(op))
    }

    pub(super) fn expect(&mut self, token: &Token, what: &'static str) -> Parsed<()> {
        if self.take(token) { Ok(()) } else { Err(Fault::expected(self.at(), what)) }
    }

    pub(super) fn expect_keyword(&mut self, keyword: Keyword) -> Parsed<()> {
        self.expect(&Token::Keyword(keyword), keyword.as_str())
    }

    pub(super) fn expect_word(&mut self, word: &'static str) -> Parsed<()> {
        if self.take_word(word) { Ok(()) } else { Err(Fault::expected(self.at(), word)) }
    }

    /// Whether a statement ends here.
    pub(super) fn at_end(&self) -> bool {
        matches!(self.peek(), None | Some(Token::Colon | Token::Keyword(Keyword::Else)))
    }

    /// Expressions between commas, at least one.
    pub(super) fn exprs(&mut self) -> Parsed<Vec<Expr>> {
        let mut list = Vec::from([self.expr()?]);
        while self.take(&Token::Comma) {
            list.push(self.expr()?);
        }
        Ok(list)
    }

    pub(super) fn name(&mut self) -> Parsed<Name> {
        let span = self.span();
        match self.peek() {
            Some(Token::Name(text, suffix)) => {
                self.bump();
                Ok(Name { text: text.clone(), suffix: *suffix, span })
            }
            Some(Token::Keyword(keyword)) => Err(Fault::message(
                self.at(),
                format!("`{}` is a keyword and cannot be a name", keyword.as_str()),
                None,
            )),
            _ => Err(Fault::expected(self.at(), "a name")),
        }
    }

    /// A variable, an element or a field: what can be assigned to.
    pub(super) fn place(&mut self) -> Parsed<Expr> {
        let at = self.at();
        if !matches!(self.peek(), Some(Token::Name(..))) {
            return Err(Fault::expected(at, "a variable"));
        }
        let base = self.element()?;
        self.fields(base)
    }

    /// A name and its subscripts, without the operators that an expression would go on with.
    fn element(&mut self) -> Parsed<Expr> {
        let name = self.name()?;
        let start = name.span;
        if !self.take(&Token::Open) {
            return Ok(Expr::new(ExprKind::Name(name), start));
        }
        let args = if self.is(&Token::Close) { Vec::new() } else { self.exprs()? };
        self.expect(&Token::Close, "`)`")?;
        Ok(Expr::new(ExprKind::Call(name, args), start.to(self.last_span())))
    }

    pub(super) fn places(&mut self) -> Parsed<Vec<Expr>> {
        let mut list = Vec::from([self.place()?]);
        while self.take(&Token::Comma) {
            list.push(self.place()?);
        }
        Ok(list)
    }

    /// A line number or a label.
    pub(super) fn target(&mut self) -> Parsed<Target> {
        let span = self.span();
        let text = match self.peek() {
            Some(Token::Int(number, None)) if *number >= 0 => number.to_string(),
            Some(Token::Name(text, _)) => text.clone(),
            _ => return Err(Fault::expected(self.at(), "a line number or a label")),
        };
        self.bump();
        Ok(Target { text, span })
    }

    /// A string literal, if one is next.
    pub(super) fn take_string(&mut self) -> Option<String> {
        let Some(Token::Str(text)) = self.peek() else { return None };
        self.bump();
        Some(text.clone())
    }

    /// Whether the statement at the cursor assigns: a name, perhaps subscripts and fields, `=`.
    pub(super) fn is_assignment(&self) -> bool {
        let mut ahead = 1;
        loop {
            match self.look(ahead) {
                Some(Token::Open) => {
                    let mut depth = 0usize;
                    loop {
                        match self.look(ahead) {
                            Some(Token::Open) => depth += 1,
                            Some(Token::Close) => depth -= 1,
                            None => return false,
                            _ => {}
                        }
                        ahead += 1;
                        if depth == 0 {
                            break;
                        }
                    }
                }
                Some(Token::Dot) => ahead += 2,
                Some(Token::Operator(BinaryOp::Eq)) => return true,
                _ => return false,
            }
        }
    }

    /// Whether the next token is a name with `$`.
    pub(super) fn is_dollar(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Name(text, Some(Suffix::Dollar))) if text == word)
    }
}
