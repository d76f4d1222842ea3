//! Expressions (C11 6.5).
//!
//! Binary operators are climbed by precedence and joined into one flat node a precedence. Prefix
//! operators, assignment and `?:` recurse and count their depth; all else decides by its first
//! token. What is rare is `inline(never)`, or its locals would lie in the frames that recurse. So are
//! the parts behind an operand: they get it where the caller's result stands, so that a frame through
//! which an expression only passes has no room for one. A pair of parentheses takes half the stack.
//! chumsky's `pratt` stood here first: it tries the operator of each of ten precedences
//! after each operand and moves the left operand through all of them, which doubled the parser's
//! instructions, and its recursion for right operands cannot be counted.

use super::binary_operator;
use super::declarator::{starts_type, type_name};
use super::initializer::{designators_of_offsetof, init_list};
use super::literal::{self, Number};
use super::statement::block;
use super::syntax::{
    Expected, Input, Parsed, SyntaxError, eat, expect, here, identifier, nested, peek, peek_at,
    report, span_from, token, unexpected,
};
use crate::ast::{
    BinaryOp, BinaryTail, Encoding, Expr, ExprKind, Generic, GenericArm, IntLit, Step, StringLit,
    UnaryOp,
};
use crate::codes;
use crate::lex::{Kind, Token};
use crate::session::Edition;
use alloc::{boxed::Box, vec, vec::Vec};
use chumsky::{IterParser, Parser, prelude::custom};
use wasm_common::source::Span;
use wasm_common::text::text;

/// An expression, with commas.
pub(super) fn expression(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let mut whole = assignment(input);
    if whole.is_ok() && peek(input).kind == Kind::Comma {
        comma(input, start, &mut whole);
    }
    whole
}

/// The expressions behind the first of several.
#[inline(never)]
fn comma(input: &mut Input<'_, '_>, start: usize, whole: &mut Parsed<Expr>) {
    grow(whole, |first| {
        let mut all = vec![first];
        while eat(input, Kind::Comma) {
            all.push(assignment(input)?);
        }
        Ok(Expr::new(ExprKind::Comma(all), span_from(input, start)))
    });
}

/// Puts what `make` makes of an expression into its place.
fn grow(whole: &mut Parsed<Expr>, make: impl FnOnce(Expr) -> Parsed<Expr>) {
    let taken = Err(SyntaxError::new(0, Expected::Reported));
    match core::mem::replace(whole, taken) {
        Ok(expr) => *whole = make(expr),
        error => *whole = error,
    }
}

/// An expression without commas.
pub(super) fn assignment(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let mut whole = conditional(input);
    let operator = peek(input);
    if whole.is_ok()
        && let Some(op) = assignment_operator(operator.kind)
    {
        input.skip();
        match nested(input, assignment).map(Box::new) {
            Ok(value) => assign(input, start, (op, operator.span), value, &mut whole),
            Err(error) => whole = Err(error),
        }
    }
    whole
}

/// The operator of a compound assignment; `Some(None)` for `=`.
fn assignment_operator(kind: Kind) -> Option<Option<BinaryOp>> {
    Some(match kind {
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
        _ => return None,
    })
}

#[inline(never)]
fn assign(
    input: &mut Input<'_, '_>,
    start: usize,
    (op, op_span): (Option<BinaryOp>, Span),
    value: Box<Expr>,
    whole: &mut Parsed<Expr>,
) {
    grow(whole, |target| {
        let kind = ExprKind::Assign { op, op_span, target: Box::new(target), value };
        Ok(Expr::new(kind, span_from(input, start)))
    });
}

/// A conditional expression; constant expressions are these too (C11 6.6).
pub(super) fn conditional(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let mut whole = binary(input, 1);
    if whole.is_ok() && eat(input, Kind::Question) {
        choice(input, start, &mut whole);
    }
    whole
}

/// What stands behind `?`.
#[inline(never)]
fn choice(input: &mut Input<'_, '_>, start: usize, whole: &mut Parsed<Expr>) {
    grow(whole, |condition| {
        let condition = Box::new(condition);
        let then = match peek(input).kind {
            Kind::Colon => None,
            _ => Some(Box::new(nested(input, expression)?)),
        };
        expect(input, Kind::Colon)?;
        let otherwise = Box::new(nested(input, conditional)?);
        let kind = ExprKind::Conditional { condition, then, otherwise };
        Ok(Expr::new(kind, span_from(input, start)))
    });
}

/// Operands and binary operators that bind at least as tightly as `least`. It recurses once a
/// precedence at most.
fn binary(input: &mut Input<'_, '_>, least: u8) -> Parsed<Expr> {
    let mut whole = unary(input);
    while whole.is_ok() {
        let token = peek(input);
        let op = binary_operator(token.kind).filter(|op| op.precedence() >= least);
        let Some(op) = op else { break };
        input.skip();
        operand(input, op, token.span, &mut whole);
    }
    whole
}

/// The right operand of a binary operator.
#[inline(never)]
fn operand(input: &mut Input<'_, '_>, op: BinaryOp, op_span: Span, whole: &mut Parsed<Expr>) {
    match binary(input, op.precedence() + 1) {
        Ok(operand) => join(whole, BinaryTail { op, op_span, operand }),
        Err(error) => *whole = Err(error),
    }
}

/// Adds an operand to a run of its precedence, or begins a run.
#[inline(never)]
fn join(whole: &mut Parsed<Expr>, tail: BinaryTail) {
    if let Ok(Expr { kind: ExprKind::Binary { rest, .. }, span }) = whole
        && rest[0].op.precedence() == tail.op.precedence()
    {
        *span = span.to(tail.operand.span);
        rest.push(tail);
        return;
    }
    grow(whole, |left| {
        let span = left.span.to(tail.operand.span);
        Ok(Expr::new(ExprKind::Binary { first: Box::new(left), rest: vec![tail] }, span))
    });
}

/// Prefix operators and what they apply to (C11 6.5.3, 6.5.4).
fn unary(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let op = match peek(input).kind {
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
        Kind::AndAnd => return label_address(input),
        Kind::Extension => {
            input.skip();
            return nested(input, unary);
        }
        Kind::Sizeof | Kind::Alignof => return size_of(input),
        Kind::LParen if parenthesised_type(input) => return cast(input),
        _ => return postfix(input),
    };
    prefixed(input, op)
}

#[inline(never)]
fn prefixed(input: &mut Input<'_, '_>, op: UnaryOp) -> Parsed<Expr> {
    let start = here(input);
    input.skip();
    let operand = Box::new(nested(input, unary)?);
    Ok(Expr::new(ExprKind::Unary(op, operand), span_from(input, start)))
}

/// GNU's `&&label`
#[inline(never)]
fn label_address(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    input.skip();
    let kind = ExprKind::LabelAddress(identifier(input)?);
    Ok(Expr::new(kind, span_from(input, start)))
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
        let mut literal = Ok(literal);
        postfix_operators(input, operand, &mut literal);
        return Ok(size_of_expression(is_size, literal?, span_from(input, start)));
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
        let mut whole = Ok(literal);
        postfix_operators(input, start, &mut whole);
        return whole;
    }
    let operand = Box::new(nested(input, unary)?);
    Ok(Expr::new(ExprKind::Cast(ty, operand), span_from(input, start)))
}

/// A primary expression and what follows it (C11 6.5.2).
fn postfix(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    let mut whole = primary(input);
    postfix_operators(input, start, &mut whole);
    whole
}

/// The postfix operators after `whole`, which began at token `start`. Each makes the tree one
/// deeper, so they count as nesting.
fn postfix_operators(input: &mut Input<'_, '_>, start: usize, whole: &mut Parsed<Expr>) {
    use Kind::{Arrow, Dot, LBracket, LParen, MinusMinus, PlusPlus};
    let depth = input.state().depth;
    while whole.is_ok()
        && let kind @ (LBracket | LParen | Dot | Arrow | PlusPlus | MinusMinus) = peek(input).kind
    {
        postfix_operator(input, kind, start, whole);
        input.state().depth += 1;
    }
    input.state().depth = depth;
}

/// The postfix operator `kind` after `whole`.
#[inline(never)]
fn postfix_operator(input: &mut Input<'_, '_>, kind: Kind, start: usize, whole: &mut Parsed<Expr>) {
    grow(whole, |base| {
        let base = Box::new(base);
        let kind = match kind {
            Kind::LBracket => {
                input.skip();
                let index = Box::new(nested(input, expression)?);
                expect(input, Kind::RBracket)?;
                ExprKind::Index(base, index)
            }
            Kind::LParen => {
                input.skip();
                ExprKind::Call(base, nested(input, arguments)?)
            }
            Kind::Dot | Kind::Arrow => {
                input.skip();
                let name = nested(input, identifier)?;
                ExprKind::Member { base, arrow: kind == Kind::Arrow, name }
            }
            _ => {
                nested(input, |input| expect(input, kind))?;
                let up = kind == Kind::PlusPlus;
                ExprKind::Postfix(if up { Step::Increment } else { Step::Decrement }, base)
            }
        };
        Ok(Expr::new(kind, span_from(input, start)))
    });
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
    let token = peek(input);
    match token.kind {
        Kind::Ident => {
            input.skip();
            Ok(Expr::new(ExprKind::Ident(token.name), token.span))
        }
        Kind::LParen => parenthesised(input),
        _ => constant(input, token),
    }
}

#[inline(never)]
fn constant(input: &mut Input<'_, '_>, token: Token) -> Parsed<Expr> {
    let start = here(input);
    let kind = match token.kind {
        Kind::Number => number(input, token),
        Kind::Char => character(input, token),
        Kind::String => ExprKind::String(string(input)?),
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
#[inline(never)]
fn parenthesised(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let start = here(input);
    input.skip();
    let kind = if peek(input).kind == Kind::LBrace {
        ExprKind::Statement(Box::new(block(input)?))
    } else {
        ExprKind::Paren(Box::new(nested(input, expression)?))
    };
    expect(input, Kind::RParen)?;
    Ok(Expr::new(kind, span_from(input, start)))
}

/// A number; a malformed one is reported and counts as 0.
#[inline(never)]
fn number(input: &mut Input<'_, '_>, token: Token) -> ExprKind {
    input.skip();
    if input.state().standard.edition < Edition::C23
        && token.text(&input.state().names).contains('\'')
    {
        let text = text!("a `'` between digits needs -std=c23");
        report(input, codes::BAD_NUMBER.error(token.span, text));
    }
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
            Ok(StringLit {
                bytes: Vec::new(),
                encoding: Encoding::Plain,
                span,
                unknown_escape: None,
            })
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
