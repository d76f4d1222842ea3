//! Expressions: chumsky's Pratt parser over a dialect's table of operators.
//!
//! In: tokens. Out: an [`Expr`], or the token where it stopped making sense. Depth is bounded
//! before parsing ([`super::line`]), so the recursion here is.

use super::fault::Fault;
use crate::ast::{BinaryOp, Expr, ExprKind, Name, UnaryOp};
use crate::dialect::{Dialect, Precedence};
use crate::lex::{Keyword, Tok, Token};
use alloc::boxed::Box;
use alloc::vec::Vec;
use chumsky::input::MapExtra;
use chumsky::pratt::{self, Operator, infix, left, prefix, right};
use chumsky::prelude::*;
use wasm_common::source::Span;

pub(super) type Input<'src> = &'src [Tok];
pub(super) type Extra = extra::Err<Fault>;
pub(super) type ExprParser<'src> = Boxed<'src, 'src, Input<'src>, Expr, Extra>;

/// The grammar of a dialect's expressions. It borrows nothing but is bound to the lifetime of its
/// tokens, so it is built anew for each batch of lines; that takes microseconds.
pub(super) fn grammar<'src>(dialect: &Dialect) -> ExprParser<'src> {
    expression(&dialect.precedence)
}

fn expression<'src>(table: &Precedence) -> ExprParser<'src> {
    let operators = operators(table);
    recursive(move |expr| {
        let atom = choice((literal(), reference(expr.clone()), parenthesised(expr)));
        atom.pratt(operators.clone()).boxed()
    })
    .boxed()
}

/// Every operator, as data, so that a dialect is a table and not a grammar.
fn operators<'src>(table: &Precedence) -> Vec<pratt::Boxed<'src, 'src, Input<'src>, Expr, Extra>> {
    let mut all = Vec::with_capacity(table.binary.len() + 3);
    for &binding in table.binary {
        let side = if binding.right { right } else { left };
        let fold =
            move |a: Expr, (): (), b: Expr, _: &mut MapExtra<'src, '_, Input<'src>, Extra>| {
                let span = a.span.to(b.span);
                Expr::new(ExprKind::Binary(binding.op, Box::new(a), Box::new(b)), span)
            };
        all.push(infix(side(binding.level), operator(binding.op), fold).boxed());
    }
    for (op, level) in
        [(UnaryOp::Neg, table.sign), (UnaryOp::Plus, table.sign), (UnaryOp::Not, table.not)]
    {
        let fold =
            move |start: Span, operand: Expr, _: &mut MapExtra<'src, '_, Input<'src>, Extra>| {
                let span = start.to(operand.span);
                Expr::new(ExprKind::Unary(op, Box::new(operand)), span)
            };
        all.push(prefix(level, sign(op), fold).boxed());
    }
    all
}

fn operator<'src>(op: BinaryOp) -> impl Parser<'src, Input<'src>, (), Extra> + Clone + 'src {
    any_token("an operator").try_map(move |tok: &Tok, span: SimpleSpan| match tok.token {
        Token::Operator(found) if found == op => Ok(()),
        Token::Keyword(keyword) if keyword.operator() == Some(op) => Ok(()),
        _ => Err(Fault::expected(span.start, "an operator")),
    })
}

fn sign<'src>(op: UnaryOp) -> impl Parser<'src, Input<'src>, Span, Extra> + Clone + 'src {
    any_ref().try_map(move |tok: &Tok, span: SimpleSpan| {
        let fits = match op {
            UnaryOp::Neg => tok.token == Token::Operator(BinaryOp::Sub),
            UnaryOp::Plus => tok.token == Token::Operator(BinaryOp::Add),
            UnaryOp::Not => tok.token == Token::Keyword(Keyword::Not),
        };
        if fits { Ok(tok.span) } else { Err(Fault::expected(span.start, "an expression")) }
    })
}

fn literal<'src>() -> impl Parser<'src, Input<'src>, Expr, Extra> + Clone + 'src {
    any_ref().try_map(|tok: &Tok, span: SimpleSpan| {
        let kind = match &tok.token {
            Token::Int(value, suffix) => ExprKind::Int(*value, *suffix),
            &Token::Float { value, suffix, double } => ExprKind::Float { value, suffix, double },
            Token::Str(text) => ExprKind::Str(text.clone()),
            _ => return Err(Fault::expected(span.start, "an expression")),
        };
        Ok(Expr::new(kind, tok.span))
    })
}

/// A name, with arguments or subscripts, and fields behind them.
fn reference<'src>(
    expr: impl Parser<'src, Input<'src>, Expr, Extra> + Clone + 'src,
) -> impl Parser<'src, Input<'src>, Expr, Extra> + Clone + 'src {
    let hash = token(Token::Hash, "`#`").or_not();
    let comma = token(Token::Comma, "`,`");
    let args = hash.ignore_then(expr).separated_by(comma).collect::<Vec<_>>();
    let args = args.then(token(Token::Close, "`)`"));
    let args = token(Token::Open, "`(`").ignore_then(args).or_not();
    let field = token(Token::Dot, "`.`").ignore_then(name());
    let fields = field.repeated().collect::<Vec<_>>();
    name().then(args).then(fields).map(|((name, args), fields)| {
        let start = name.span;
        let base = match args {
            None => Expr::new(ExprKind::Name(name), start),
            Some((args, close)) => Expr::new(ExprKind::Call(name, args), start.to(close)),
        };
        fields.into_iter().fold(base, |base, field: Name| {
            let span = base.span.to(field.span);
            Expr::new(ExprKind::Field(Box::new(base), field.text), span)
        })
    })
}

fn parenthesised<'src>(
    expr: impl Parser<'src, Input<'src>, Expr, Extra> + Clone + 'src,
) -> impl Parser<'src, Input<'src>, Expr, Extra> + Clone + 'src {
    token(Token::Open, "an expression")
        .then(expr)
        .then(token(Token::Close, "`)`"))
        .map(|((open, inner), close)| Expr::new(ExprKind::Paren(Box::new(inner)), open.to(close)))
}

fn name<'src>() -> impl Parser<'src, Input<'src>, Name, Extra> + Clone + 'src {
    any_ref().try_map(|tok: &Tok, span: SimpleSpan| match &tok.token {
        Token::Name(text, suffix) => {
            Ok(Name { text: text.clone(), suffix: *suffix, span: tok.span })
        }
        _ => Err(Fault::expected(span.start, "an expression")),
    })
}

/// At the end of a line, `what` is what is missing.
fn any_token<'src>(
    what: &'static str,
) -> impl Parser<'src, Input<'src>, &'src Tok, Extra> + Clone + 'src {
    any_ref().map_err(move |end: Fault| Fault::expected(end.at, what))
}

fn token<'src>(
    wanted: Token,
    what: &'static str,
) -> impl Parser<'src, Input<'src>, Span, Extra> + Clone + 'src {
    any_token(what).try_map(move |tok: &Tok, span: SimpleSpan| {
        if tok.token == wanted { Ok(tok.span) } else { Err(Fault::expected(span.start, what)) }
    })
}
