//! Expressions (C11 6.5).
//!
//! Binary operators are climbed by precedence and joined into one flat node a precedence. Prefix
//! operators, assignment and `?:` recurse and count their depth; all else decides by its first
//! token. What is rare is `inline(never)`, or its locals would lie in the frames that recurse.
//! chumsky's `pratt` stood here first: it tries the operator of each of ten precedences
//! after each operand and moves the left operand through all of them, which doubled the parser's
//! instructions, and its recursion for right operands cannot be counted.

use super::binary_operator;
use super::declarator::{starts_type, type_name};
use super::initializer::{designators_of_offsetof, init_list};
use super::literal::{self, Number};
use super::statement::block;
use super::syntax::{
    Expected, Input, Parsed, eat, expect, here, identifier, nested, peek, peek_at, report,
    span_from, token, unexpected,
};
use crate::ast::{
    BinaryOp, BinaryTail, Encoding, Expr, ExprKind, Generic, GenericArm, IntLit, Step, StringLit,
    UnaryOp,
};
use crate::lex::{Kind, Token};
use alloc::{boxed::Box, vec, vec::Vec};
use chumsky::{IterParser, Parser, prelude::custom};
use wasm_common::source::Span;

/// An expression, with commas.
pub(super) fn expression(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let first = assignment(input)?;
    if peek(input).kind != Kind::Comma {
        return Ok(first);
    }
    let mut all = vec![first];
    while eat(input, Kind::Comma) {
        all.push(assignment(input)?);
    }
    Ok(Expr::new(ExprKind::Comma(all), span_from(input, start)))
}

/// An expression without commas.
pub(super) fn assignment(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let target = conditional(input)?;
    let operator = peek(input);
    let op = match operator.kind {
        Kind::Assign => None,
        Kind::StarAssign => Some(BinaryOp::Mul),
        Kind::SlashAssign => Some(BinaryOp::Div),
        Kind::PercentAssign => Some(BinaryOp::Rem),
        Kind::PlusAssign => Some(BinaryOp::Add),
        Kind::MinusAssign => Some(BinaryOp::Sub),
        Kind::ShlAssign => Some(BinaryOp::Shl),
        Kind::ShrAssign => Some(BinaryOp::Shr),
        Kind::AmpAssign => Some(BinaryOp::And),
        Kind::CaretAssign => Some(BinaryOp::Xor),
        Kind::PipeAssign => Some(BinaryOp::Or),
        _ => return Ok(target),
    };
    input.skip();
    let value = Box::new(nested(input, assignment)?);
    let (target, op_span) = (Box::new(target), operator.span);
    let kind = ExprKind::Assign { op, op_span, target, value };
    Ok(Expr::new(kind, span_from(input, start)))
}

/// A conditional expression; constant expressions are these too (C11 6.6).
pub(super) fn conditional(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let condition = binary(input, 1)?;
    if !eat(input, Kind::Question) {
        return Ok(condition);
    }
    let then = match peek(input).kind {
        Kind::Colon => None,
        _ => Some(Box::new(nested(input, expression)?)),
    };
    expect(input, Kind::Colon)?;
    let otherwise = Box::new(nested(input, conditional)?);
    let condition = Box::new(condition);
    Ok(Expr::new(ExprKind::Conditional { condition, then, otherwise }, span_from(input, start)))
}

/// Operands and binary operators that bind at least as tightly as `least`. It recurses once a
/// precedence at most.
fn binary(input: &mut Input<'_, '_>, least: u8) -> Parsed<Expr> {
    let mut left = unary(input)?;
    loop {
        let token = peek(input);
        let Some(op) = binary_operator(token.kind).filter(|op| op.precedence() >= least) else {
            return Ok(left);
        };
        input.skip();
        let operand = binary(input, op.precedence() + 1)?;
        left = join(left, BinaryTail { op, op_span: token.span, operand });
    }
}

/// Adds an operand to a run of its precedence, or begins a run.
fn join(left: Expr, tail: BinaryTail) -> Expr {
    let span = left.span.to(tail.operand.span);
    match left.kind {
        ExprKind::Binary { first, mut rest } if rest[0].op.precedence() == tail.op.precedence() => {
            rest.push(tail);
            Expr::new(ExprKind::Binary { first, rest }, span)
        }
        kind => {
            let first = Box::new(Expr::new(kind, left.span));
            Expr::new(ExprKind::Binary { first, rest: vec![tail] }, span)
        }
    }
}

/// Prefix operators and what they apply to (C11 6.5.3, 6.5.4).
fn unary(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let token = peek(input);
    let op = match token.kind {
        Kind::Plus => UnaryOp::Plus,
        Kind::Minus => UnaryOp::Minus,
        Kind::Tilde => UnaryOp::BitNot,
        Kind::Not => UnaryOp::Not,
        Kind::Star => UnaryOp::Deref,
        Kind::Amp => UnaryOp::AddressOf,
        Kind::PlusPlus => UnaryOp::Increment,
        Kind::MinusMinus => UnaryOp::Decrement,
        Kind::Real => UnaryOp::Real,
        Kind::Imag => UnaryOp::Imag,
        Kind::AndAnd => {
            input.skip();
            let kind = ExprKind::LabelAddress(identifier(input)?);
            return Ok(Expr::new(kind, span_from(input, start)));
        }
        Kind::Extension => {
            input.skip();
            return nested(input, unary);
        }
        Kind::Sizeof | Kind::Alignof => return size_of(input),
        Kind::LParen if parenthesised_type(input) => return cast(input),
        _ => return postfix(input),
    };
    input.skip();
    let operand = Box::new(nested(input, unary)?);
    Ok(Expr::new(ExprKind::Unary(op, operand), span_from(input, start)))
}

/// Whether `(` and a type come next.
fn parenthesised_type(input: &mut Input<'_, '_>) -> bool {
    let second = peek_at(input, 1);
    peek(input).kind == Kind::LParen && starts_type(second, input)
}

/// `sizeof` and `_Alignof` with a type or an expression.
#[inline(never)]
fn size_of(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let is_size = peek(input).kind == Kind::Sizeof;
    input.skip();
    if parenthesised_type(input) {
        let operand = here(input);
        input.skip();
        let ty = Box::new(nested(input, type_name)?);
        expect(input, Kind::RParen)?;
        if peek(input).kind != Kind::LBrace {
            let kind = if is_size { ExprKind::SizeofType(ty) } else { ExprKind::AlignofType(ty) };
            return Ok(Expr::new(kind, span_from(input, start)));
        }
        let list = nested(input, init_list)?;
        let literal = Expr::new(ExprKind::CompoundLiteral(ty, list), span_from(input, operand));
        let literal = postfix_operators(input, operand, literal)?;
        return Ok(size_of_expression(is_size, literal, span_from(input, start)));
    }
    let operand = nested(input, unary)?;
    Ok(size_of_expression(is_size, operand, span_from(input, start)))
}

fn size_of_expression(is_size: bool, operand: Expr, span: Span) -> Expr {
    let operand = Box::new(operand);
    let kind = if is_size { ExprKind::SizeofExpr(operand) } else { ExprKind::AlignofExpr(operand) };
    Expr::new(kind, span)
}

/// `(type)e` or `(type){ ... }`.
#[inline(never)]
fn cast(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    input.skip();
    let ty = Box::new(nested(input, type_name)?);
    expect(input, Kind::RParen)?;
    if peek(input).kind == Kind::LBrace {
        let list = nested(input, init_list)?;
        let literal = Expr::new(ExprKind::CompoundLiteral(ty, list), span_from(input, start));
        return postfix_operators(input, start, literal);
    }
    let operand = Box::new(nested(input, unary)?);
    Ok(Expr::new(ExprKind::Cast(ty, operand), span_from(input, start)))
}

/// A primary expression and what follows it (C11 6.5.2).
fn postfix(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let base = primary(input)?;
    postfix_operators(input, start, base)
}

/// The postfix operators after `base`, which began at token `start`. Each makes the tree one
/// deeper, so they count as nesting.
fn postfix_operators(input: &mut Input<'_, '_>, start: usize, mut base: Expr) -> Parsed<Expr> {
    let depth = input.state().depth;
    let result = loop {
        match postfix_operator(input, base) {
            Ok((whole, true)) => {
                base = Expr { span: span_from(input, start), ..whole };
                input.state().depth += 1;
            }
            Ok((whole, false)) => break Ok(whole),
            Err(error) => break Err(error),
        }
    };
    input.state().depth = depth;
    result
}

/// One postfix operator after `base`, if there is one.
fn postfix_operator(input: &mut Input<'_, '_>, base: Expr) -> Parsed<(Expr, bool)> {
    let span = base.span;
    let kind = match peek(input).kind {
        Kind::LBracket => {
            input.skip();
            let index = nested(input, expression)?;
            expect(input, Kind::RBracket)?;
            ExprKind::Index(Box::new(base), Box::new(index))
        }
        Kind::LParen => {
            input.skip();
            let args = nested(input, arguments)?;
            ExprKind::Call(Box::new(base), args)
        }
        kind @ (Kind::Dot | Kind::Arrow) => {
            input.skip();
            let name = nested(input, identifier)?;
            ExprKind::Member { base: Box::new(base), arrow: kind == Kind::Arrow, name }
        }
        kind @ (Kind::PlusPlus | Kind::MinusMinus) => {
            nested(input, |input| expect(input, kind))?;
            let up = kind == Kind::PlusPlus;
            let step = if up { Step::Increment } else { Step::Decrement };
            ExprKind::Postfix(step, Box::new(base))
        }
        _ => return Ok((base, false)),
    };
    Ok((Expr::new(kind, span), true))
}

/// Arguments up to `)`.
fn arguments(input: &mut Input<'_, '_>) -> Parsed<Vec<Expr>> {
    if eat(input, Kind::RParen) {
        return Ok(Vec::new());
    }
    let list = custom(assignment).separated_by(token(Kind::Comma)).at_least(1).collect::<Vec<_>>();
    let mut list = input.parse(list.then_ignore(token(Kind::RParen)))?;
    list.shrink_to_fit();
    Ok(list)
}

/// C11 6.5.1, and the builtins that take types.
fn primary(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let token = peek(input);
    let kind = match token.kind {
        Kind::Ident => {
            input.skip();
            ExprKind::Ident(token.name)
        }
        Kind::Number => number(input, token),
        Kind::Char => character(input, token),
        Kind::String => ExprKind::String(string(input)?),
        Kind::LParen => parenthesised(input)?,
        Kind::True | Kind::False => {
            input.skip();
            ExprKind::Bool(token.kind == Kind::True)
        }
        Kind::Nullptr => {
            input.skip();
            ExprKind::Nullptr
        }
        Kind::Generic => generic(input)?,
        Kind::BuiltinVaArg | Kind::BuiltinOffsetof | Kind::BuiltinTypesCompatible => {
            builtin(input, token.kind)?
        }
        _ => return unexpected(input, Expected::Expression),
    };
    Ok(Expr::new(kind, span_from(input, start)))
}

/// The builtins that take types.
#[inline(never)]
fn builtin(input: &mut Input<'_, '_>, kind: Kind) -> Parsed<ExprKind> {
    input.skip();
    expect(input, Kind::LParen)?;
    let kind = if kind == Kind::BuiltinVaArg {
        let list = Box::new(nested(input, assignment)?);
        expect(input, Kind::Comma)?;
        ExprKind::VaArg(list, Box::new(nested(input, type_name)?))
    } else {
        let ty = Box::new(nested(input, type_name)?);
        expect(input, Kind::Comma)?;
        match kind {
            Kind::BuiltinOffsetof => {
                ExprKind::Offsetof(ty, nested(input, designators_of_offsetof)?)
            }
            _ => ExprKind::TypesCompatible(ty, Box::new(nested(input, type_name)?)),
        }
    };
    expect(input, Kind::RParen)?;
    Ok(kind)
}

/// `(e)` or GNU's `({ ... })`.
fn parenthesised(input: &mut Input<'_, '_>) -> Parsed<ExprKind> {
    input.skip();
    let kind = if peek(input).kind == Kind::LBrace {
        ExprKind::Statement(Box::new(block(input)?))
    } else {
        ExprKind::Paren(Box::new(nested(input, expression)?))
    };
    expect(input, Kind::RParen)?;
    Ok(kind)
}

/// A number; a malformed one is reported and counts as 0.
#[inline(never)]
fn number(input: &mut Input<'_, '_>, token: Token) -> ExprKind {
    input.skip();
    match literal::number(token.text(&input.state().names), token.span) {
        Ok(Number::Int(value)) => ExprKind::Int(value),
        Ok(Number::Float(value)) => ExprKind::Float(value),
        Err(message) => {
            report(input, message);
            ExprKind::Int(IntLit { value: 0, decimal: true, unsigned: false, longs: 0 })
        }
    }
}

/// A character; a malformed one is reported and counts as 0.
#[inline(never)]
fn character(input: &mut Input<'_, '_>, token: Token) -> ExprKind {
    input.skip();
    match literal::character(token.text(&input.state().names), token.span) {
        Ok(value) => ExprKind::Char(value),
        Err(message) => {
            report(input, message);
            ExprKind::Int(IntLit { value: 0, decimal: true, unsigned: false, longs: 0 })
        }
    }
}

/// One or more adjacent strings.
#[inline(never)]
pub(super) fn string(input: &mut Input<'_, '_>) -> Parsed<StringLit> {
    let start = here(input);
    if peek(input).kind != Kind::String {
        return unexpected(input, Expected::Token(Kind::String));
    }
    while eat(input, Kind::String) {}
    let parts = &input.full_slice()[start..here(input)];
    let names = &input.state().names;
    match literal::string(parts.iter().map(|t| (t.text(names), t.span))) {
        Ok(string) => Ok(string),
        Err(message) => {
            report(input, message);
            let span = span_from(input, start);
            Ok(StringLit { bytes: Vec::new(), encoding: Encoding::Plain, span })
        }
    }
}

/// `_Generic` (C11 6.5.1.1).
#[inline(never)]
fn generic(input: &mut Input<'_, '_>) -> Parsed<ExprKind> {
    input.skip();
    expect(input, Kind::LParen)?;
    let control = nested(input, assignment)?;
    let mut arms = Vec::new();
    while eat(input, Kind::Comma) {
        let ty = match peek(input).kind {
            Kind::Default => {
                input.skip();
                None
            }
            _ => Some(nested(input, type_name)?),
        };
        expect(input, Kind::Colon)?;
        arms.push(GenericArm { ty, value: nested(input, assignment)? });
    }
    expect(input, Kind::RParen)?;
    Ok(ExprKind::Generic(Box::new(Generic { control, arms })))
}
