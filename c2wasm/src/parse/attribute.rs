//! `__attribute__((...))` and `[[...]]` (C23 6.7.12).

use super::declarator::{starts_type, type_name};
use super::expression::assignment;
use super::syntax::{
    Expected, Input, Parsed, eat, expect, here, nested, peek, peek_at, span_from, unexpected,
};
use crate::ast::{Attribute, Expr, ExprKind, Ident};
use crate::lex::Kind;
use alloc::{boxed::Box, string::String, vec::Vec};

/// Any number of attributes, of both kinds.
pub(super) fn attributes(input: &mut Input<'_, '_>) -> Parsed<Vec<Attribute>> {
    let mut all = Vec::new();
    while attribute_group(input, &mut all)? {}
    Ok(all)
}

/// One `__attribute__((...))` or `[[...]]`, if it comes next.
pub(super) fn attribute_group(input: &mut Input<'_, '_>, all: &mut Vec<Attribute>) -> Parsed<bool> {
    match peek(input).kind {
        Kind::Attribute => {
            input.skip();
            expect(input, Kind::LParen)?;
            expect(input, Kind::LParen)?;
            list(input, Kind::RParen, all)?;
        }
        Kind::LBracket if peek_at(input, 1).kind == Kind::LBracket => {
            input.skip();
            input.skip();
            list(input, Kind::RBracket, all)?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Attributes up to two tokens `close`.
fn list(input: &mut Input<'_, '_>, close: Kind, all: &mut Vec<Attribute>) -> Parsed<()> {
    loop {
        while eat(input, Kind::Comma) {}
        if eat(input, close) {
            expect(input, close)?;
            return Ok(());
        }
        all.push(nested(input, |input| attribute(input, close == Kind::RBracket))?);
        if !matches!(peek(input).kind, Kind::Comma) && peek(input).kind != close {
            return unexpected(input, Expected::Token(close));
        }
    }
}

fn attribute(input: &mut Input<'_, '_>, standard: bool) -> Parsed<Attribute> {
    let start = here(input);
    let mut name = word(input)?;
    if eat(input, Kind::ColonColon) {
        name = word(input)?;
    }
    let names = &mut input.state().names;
    let text = names.text(name.name);
    if let Some(plain) = text.strip_prefix("__").and_then(|t| t.strip_suffix("__")) {
        let plain = String::from(plain);
        name.name = names.intern(&plain);
    }
    let mut args = Vec::new();
    if eat(input, Kind::LParen) {
        while peek(input).kind != Kind::RParen {
            args.push(nested(input, argument)?);
            if !eat(input, Kind::Comma) {
                break;
            }
        }
        expect(input, Kind::RParen)?;
    }
    Ok(Attribute { name, args, standard, span: span_from(input, start) })
}

/// An expression; a type becomes `sizeof(type)`, since no attribute here tells them apart.
fn argument(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    let token = peek(input);
    if starts_type(token, input) {
        let ty = type_name(input)?;
        let span = ty.span;
        return Ok(Expr::new(ExprKind::SizeofType(Box::new(ty)), span));
    }
    assignment(input)
}

/// An attribute's name: any word, keywords too.
fn word(input: &mut Input<'_, '_>) -> Parsed<Ident> {
    let token = peek(input);
    if token.kind != Kind::Ident && !Kind::KEYWORDS.contains(&token.kind) {
        return unexpected(input, Expected::Identifier);
    }
    input.skip();
    Ok(Ident { name: token.name, span: token.span })
}
