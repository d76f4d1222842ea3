//! Top-level items (C11 6.9): functions, declarations.

use super::attribute::attributes;
use super::declaration::{
    asm, declaration, declarator_tail, declare, rest_of_declaration, static_assert,
};
use super::declarator::{Naming, declarator, starts_type};
use super::specifiers::{skip_extension, specifiers, type_ends_line};
use super::statement::block_in_scope;
use super::syntax::{Expected, Input, Parsed, here, nested, peek, span_from, unexpected};
use crate::ast::{
    Declaration, Declarator, Derived, FunctionDef, Item, Params, Specifiers, Storage,
};
use crate::lex::Kind;
use alloc::{boxed::Box, vec::Vec};

/// One item.
pub(super) fn item(input: &mut Input<'_, '_>) -> Parsed<Item> {
    skip_extension(input);
    match peek(input).kind {
        Kind::StaticAssert => {
            return static_assert(input).map(|a| Item::StaticAssert(Box::new(a)));
        }
        Kind::Asm => return asm(input).map(|a| Item::Asm(Box::new(a))),
        _ => {}
    }
    let start = here(input);
    let specs = specifiers(input)?;
    let implicit = here(input) == start;
    if !implicit && (peek(input).kind == Kind::Semi || type_ends_line(input, &specs)) {
        return rest_of_declaration(input, start, specs, None)
            .map(|d| Item::Declaration(Box::new(d)));
    }
    let leading = attributes(input)?;
    let first = match nested(input, |input| declarator(input, Naming::Named)) {
        Err(error) if implicit && error.at as usize == start => {
            return unexpected(input, Expected::Declaration);
        }
        other => other?,
    };
    let params = match first.derived.first() {
        Some(Derived::Function(params)) => Some(params),
        _ => None,
    };
    let is_function = params.is_some();
    let next = peek(input);
    let old_style = matches!(params, Some(Params::Unspecified | Params::Names(_)))
        && next.kind != Kind::Attribute
        && starts_type(next, input);
    if is_function && (next.kind == Kind::LBrace || old_style || body_after_tail(input)) {
        return function(input, start, specs, first, leading).map(|f| Item::Function(Box::new(f)));
    }
    if implicit
        && first.derived.is_empty()
        && next.kind != Kind::Semi
        && next.kind != Kind::Assign
        && next.kind != Kind::Comma
    {
        return unexpected(input, Expected::Token(Kind::Semi));
    }
    let declaration = rest_of_declaration(input, start, specs, Some(first))?;
    Ok(Item::Declaration(Box::new(declaration)))
}

/// Whether attributes and then a body come next.
fn body_after_tail(input: &mut Input<'_, '_>) -> bool {
    if !matches!(peek(input).kind, Kind::Attribute | Kind::Asm) {
        return false;
    }
    let before = input.save();
    let tail = declarator_tail(input);
    let body = tail.is_ok() && peek(input).kind == Kind::LBrace;
    input.rewind(before);
    body
}

/// A function from its declarator on.
#[inline(never)]
fn function(
    input: &mut Input<'_, '_>,
    start: usize,
    specs: Specifiers,
    declarator: Declarator,
    mut attributes: Vec<crate::ast::Attribute>,
) -> Parsed<FunctionDef> {
    declare(input, &declarator, specs.storage.has(Storage::TYPEDEF));
    attributes.extend(declarator_tail(input)?.1);
    let scope = input.state().typedefs.open();
    let result = function_in_scope(input, &declarator);
    input.state().typedefs.close(scope);
    let (kr_params, body) = result?;
    let span = span_from(input, start);
    Ok(FunctionDef { specs, declarator, attributes, kr_params, body, span })
}

fn function_in_scope(
    input: &mut Input<'_, '_>,
    declarator: &Declarator,
) -> Parsed<(Vec<Declaration>, crate::ast::Block)> {
    let mut kr_params = Vec::new();
    while peek(input).kind != Kind::LBrace {
        let next = peek(input);
        if !starts_type(next, input) {
            return unexpected(input, Expected::FunctionBody);
        }
        kr_params.push(nested(input, declaration)?);
    }
    if let Some(Derived::Function(params)) = declarator.derived.first() {
        let names: Vec<_> = match params {
            Params::Unspecified => Vec::new(),
            Params::Names(names) => names.iter().map(|n| n.name).collect(),
            Params::Prototype { params, .. } => {
                params.iter().filter_map(|p| p.declarator.name).map(|n| n.name).collect()
            }
        };
        for name in names {
            input.state().typedefs.declare(name, false);
        }
    }
    Ok((kr_params, block_in_scope(input)?))
}
