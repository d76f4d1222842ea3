//! Expressions: precedence climbing over a dialect's table of operators, so that a dialect is a table
//! and not a grammar.
//!
//! In: tokens. Out: an [`Expr`], or the token where it stopped making sense. Depth is bounded
//! before parsing ([`super::line`]), so the recursion here is.

use super::cursor::{Cursor, Parsed};
use super::fault::Fault;
use crate::ast::{BinaryOp, Expr, ExprKind, Name, UnaryOp};
use crate::dialect::Binding;
use crate::lex::{Keyword, Token};
use alloc::vec::Vec;

impl Cursor<'_, '_, '_> {
    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        self.operation(0)
    }

    /// An expression whose binary operators have the level `least` or a higher one.
    fn operation(&mut self, least: u16) -> Parsed<Expr> {
        let mut left = self.operand()?;
        while let Some(binding) = self.binding().filter(|binding| binding.level >= least) {
            self.bump();
            let right = self.operation(binding.level + u16::from(!binding.right))?;
            let span = left.span.to(right.span);
            left = Expr::new(ExprKind::Binary(binding.op, left, right), span);
        }
        Ok(left)
    }

    /// The binary operator at the cursor.
    fn binding(&self) -> Option<Binding> {
        let op = match self.peek()? {
            Token::Operator(op) => *op,
            Token::Keyword(keyword) => keyword.operator()?,
            _ => return None,
        };
        self.dialect.precedence.binary.iter().copied().find(|binding| binding.op == op)
    }

    fn operand(&mut self) -> Parsed<Expr> {
        let span = self.span();
        let precedence = &self.dialect.precedence;
        let kind = match self.peek() {
            Some(Token::Operator(BinaryOp::Sub)) => {
                return self.unary(UnaryOp::Neg, precedence.sign);
            }
            Some(Token::Operator(BinaryOp::Add)) => {
                return self.unary(UnaryOp::Plus, precedence.sign);
            }
            Some(Token::Keyword(Keyword::Not)) => return self.unary(UnaryOp::Not, precedence.not),
            Some(Token::Name(..)) => return self.reference(),
            Some(Token::Open) => {
                self.bump();
                let inner = self.expr()?;
                self.expect(&Token::Close, "`)`")?;
                return Ok(Expr::new(ExprKind::Paren(inner), span.to(self.last_span())));
            }
            Some(Token::Int(value, suffix)) => ExprKind::Int(*value, *suffix),
            Some(&Token::Float { value, suffix, double }) => {
                ExprKind::Float { value, suffix, double }
            }
            Some(Token::Str(text)) => ExprKind::Str(text.clone()),
            _ => return Err(Fault::expected(self.at(), "an expression")),
        };
        self.bump();
        Ok(Expr::new(kind, span))
    }

    /// An operator before its operand, which goes as far as operators of `level` bind.
    fn unary(&mut self, op: UnaryOp, level: u16) -> Parsed<Expr> {
        let start = self.span();
        self.bump();
        let operand = self.operation(level)?;
        let span = start.to(operand.span);
        Ok(Expr::new(ExprKind::Unary(op, operand), span))
    }

    /// A name, with arguments or subscripts, and fields behind them.
    fn reference(&mut self) -> Parsed<Expr> {
        let name = self.function_name()?;
        let start = name.span;
        // GW-BASIC's ERR and ERL are no functions: `ERR(1)` is two items of PRINT.
        let alone = self.dialect.mbf && matches!(name.text.as_str(), "ERR" | "ERL");
        let base = if !alone && self.take(&Token::Open) {
            // GW-BASIC's functions take the number of a file without it.
            let hash = !self.dialect.mbf || name.text == "INPUT";
            let args = self.arguments(hash)?;
            self.expect(&Token::Close, "`)`")?;
            Expr::new(ExprKind::Call(name, args), start.to(self.last_span()))
        } else {
            Expr::new(ExprKind::Name(name), start)
        };
        self.fields(base)
    }

    /// A name; `FN A` is `FNA`.
    pub(super) fn function_name(&mut self) -> Parsed<Name> {
        let mut name = self.name()?;
        if name.text == "FN" && matches!(self.peek(), Some(Token::Name(..))) {
            let rest = self.name()?;
            name.text.push_str(&rest.text);
            name.suffix = rest.suffix;
        }
        Ok(name)
    }

    /// What stands between the brackets of a call; with `hash`, a file's number may have a `#`.
    fn arguments(&mut self, hash: bool) -> Parsed<Vec<Expr>> {
        let mut args = Vec::new();
        if !self.is(&Token::Close) {
            loop {
                if hash {
                    self.take(&Token::Hash);
                }
                args.push(self.expr()?);
                if !self.take(&Token::Comma) {
                    break;
                }
            }
        }
        Ok(args)
    }

    /// The fields behind a value.
    pub(super) fn fields(&mut self, mut base: Expr) -> Parsed<Expr> {
        while self.take(&Token::Dot) {
            let field = self.name()?;
            let span = base.span.to(field.span);
            base = Expr::new(ExprKind::Field(base, field.text), span);
        }
        Ok(base)
    }
}
