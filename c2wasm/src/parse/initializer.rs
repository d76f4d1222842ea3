//! Initializers and designators (C11 6.7.9).

use super::expression::{assignment, conditional};
use super::syntax::{
    Input, Parsed, eat, expect, here, identifier, nested, peek, peek_at, span_from, token,
};
use crate::ast::{Designator, Expr, ExprKind, InitItem, InitList, Initializer, IntLit};
use crate::lex::Kind;
use alloc::{vec, vec::Vec};
use chumsky::{IterParser, Parser, prelude::custom};
use wasm_common::frugal;

/// What stands after `=`.
pub(super) fn initializer(input: &mut Input<'_, '_>) -> Parsed<Initializer> {
    match peek(input).kind {
        Kind::LBrace => nested(input, init_list).map(Initializer::List),
        _ => assignment(input).map(Initializer::Expr),
    }
}

/// `{ ... }`; empty braces are C23's and GNU's.
pub(super) fn init_list(input: &mut Input<'_, '_>) -> Parsed<InitList> {
    let start = here(input);
    expect(input, Kind::LBrace)?;
    let mut items = Vec::new();
    while peek(input).kind != Kind::RBrace {
        let item = item(input)?;
        frugal::push(&mut items, item);
        if !eat(input, Kind::Comma) {
            break;
        }
    }
    expect(input, Kind::RBrace)?;
    Ok(InitList { items, span: span_from(input, start) })
}

fn item(input: &mut Input<'_, '_>) -> Parsed<InitItem> {
    let old_style = peek(input).kind == Kind::Ident && peek_at(input, 1).kind == Kind::Colon;
    let designators = if old_style {
        let field = identifier(input)?;
        input.skip();
        vec![Designator::Field(field)]
    } else {
        let designators = input.parse(designators())?;
        // GNU lets the `=` out after `[1]`.
        let index =
            matches!(designators.last(), Some(Designator::Index(_) | Designator::Range(..)));
        if !designators.is_empty() && (!index || peek(input).kind == Kind::Assign) {
            expect(input, Kind::Assign)?;
        }
        designators
    };
    Ok(InitItem { designators, init: initializer(input)? })
}

/// Any number of `.name` and `[index]`.
fn designators<'t>()
-> impl Parser<'t, super::syntax::Tokens<'t>, Vec<Designator>, super::syntax::Extra> + Clone {
    let field = token(Kind::Dot).ignore_then(custom(identifier)).map(Designator::Field);
    let last = token(Kind::Ellipsis).ignore_then(custom(conditional)).or_not();
    let index = custom(conditional).then(last).map(|(first, last)| match last {
        Some(last) => Designator::Range(first, last),
        None => Designator::Index(first),
    });
    let bracketed = index.delimited_by(token(Kind::LBracket), token(Kind::RBracket));
    field.or(bracketed).repeated().collect()
}

/// The member path of `offsetof`: `name.sub[2]`.
pub(super) fn designators_of_offsetof(input: &mut Input<'_, '_>) -> Parsed<Vec<Designator>> {
    let mut path = vec![Designator::Field(identifier(input)?)];
    if eat(input, Kind::Arrow) {
        // An array's first element.
        let zero = IntLit { value: 0, decimal: true, unsigned: false, longs: 0 };
        let span = peek(input).span;
        path.push(Designator::Index(Expr::new(ExprKind::Int(zero), span)));
        path.push(Designator::Field(identifier(input)?));
    }
    path.extend(input.parse(designators())?);
    Ok(path)
}
