//! Declarators, parameters and type names (C11 6.7.6, 6.7.7).
//!
//! C writes a type inside out; the tree holds its steps from the name outwards.

use super::attribute::attributes;
use super::expression::assignment;
use super::specifiers::{qualifiers, specifiers, starts_specifiers};
use super::syntax::{
    Expected, Input, Parsed, eat, expect, here, nested, peek, peek_at, report, span_from,
    unexpected,
};
use crate::ast::{
    ArraySize, Basic, Declarator, Derived, Ident, Param, Params, Quals, Specifiers, Storage,
    TypeName, TypeSpec,
};
use crate::codes;
use crate::lex::{Kind, Token};
use crate::session::Edition;
use alloc::{boxed::Box, vec::Vec};
use wasm_common::frugal;
use wasm_common::text::format;

/// Whether a declarator has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// Variables, functions, members.
    Named,
    /// Type names.
    Abstract,
    /// Parameters, bit-fields.
    Either,
}

/// Whether `token` begins a type name (or specifiers).
pub(super) fn starts_type(token: Token, input: &mut Input<'_, '_>) -> bool {
    match token.kind {
        Kind::Ident => input.state().typedefs.contains(token.name),
        kind => starts_specifiers(kind),
    }
}

/// A type without a name.
pub(super) fn type_name(input: &mut Input<'_, '_>) -> Parsed<TypeName> {
    let start = here(input);
    let specs = specifiers(input)?;
    if matches!(specs.ty, TypeSpec::Implicit) && specs.quals == Quals::NONE {
        return unexpected(input, Expected::Type);
    }
    let declarator = declarator(input, Naming::Abstract)?;
    Ok(TypeName { specs, declarator, span: span_from(input, start) })
}

/// A declarator: pointers, then a name or parentheses, then arrays and functions.
pub(super) fn declarator(input: &mut Input<'_, '_>, naming: Naming) -> Parsed<Declarator> {
    let start = here(input);
    let mut pointers = Vec::new();
    while eat(input, Kind::Star) {
        let mut quals = Quals::NONE;
        let mut attributes = Vec::new();
        qualifiers(input, &mut quals, &mut attributes)?;
        frugal::push(&mut pointers, Derived::Pointer { quals, attributes });
    }
    let mut derived = Vec::new();
    let mut name = None;
    let next = peek(input);
    if next.kind == Kind::Ident && naming != Naming::Abstract {
        input.skip();
        name = Some(Ident { name: next.name, span: next.span });
    } else if next.kind == Kind::LParen && opens_declarator(input, naming) {
        input.skip();
        let inner = nested(input, |input| {
            attributes(input)?;
            declarator(input, naming)
        })?;
        expect(input, Kind::RParen)?;
        name = inner.name;
        derived = inner.derived;
    } else if naming == Naming::Named {
        return unexpected(input, Expected::Declarator);
    }
    suffixes(input, &mut derived)?;
    pointers.reverse();
    derived.append(&mut pointers);
    if derived.len() > MAX_DERIVED {
        let span = span_from(input, start);
        let text = format!("a type of more than {MAX_DERIVED} pointers, arrays and functions");
        report(input, codes::NESTING.error(span, text));
        derived.clear();
    }
    Ok(Declarator { name, derived, span: span_from(input, start) })
}

/// Steps of one type; the checker's types are that deep.
const MAX_DERIVED: usize = 256;

/// Whether the `(` that comes next encloses a declarator, not parameters.
fn opens_declarator(input: &mut Input<'_, '_>, naming: Naming) -> bool {
    let ahead = after_attributes(input, 1);
    let inside = peek_at(input, ahead);
    match inside.kind {
        _ if naming == Naming::Named => true,
        Kind::Star | Kind::LParen => true,
        Kind::LBracket => peek_at(input, 2).kind != Kind::LBracket,
        Kind::Ident => naming == Naming::Either && !starts_type(inside, input),
        _ => false,
    }
}

/// How far ahead the first token is, from `ahead` on, that is in no `__attribute__`.
fn after_attributes(input: &mut Input<'_, '_>, mut ahead: usize) -> usize {
    while peek_at(input, ahead).kind == Kind::Attribute {
        let mut depth = 0_usize;
        loop {
            ahead += 1;
            match peek_at(input, ahead).kind {
                Kind::LParen => depth += 1,
                Kind::RParen => depth = depth.saturating_sub(1),
                Kind::Eof => return ahead,
                _ => {}
            }
            if depth == 0 {
                ahead += 1;
                break;
            }
        }
    }
    ahead
}

/// Arrays and functions after a name.
fn suffixes(input: &mut Input<'_, '_>, derived: &mut Vec<Derived>) -> Parsed<()> {
    loop {
        match peek(input).kind {
            Kind::LBracket if peek_at(input, 1).kind != Kind::LBracket => {
                input.skip();
                let array = nested(input, array)?;
                frugal::push(derived, array);
            }
            // `[[...]]` of the name or of a step; the last one belongs to the declarator's user.
            Kind::LBracket => {
                let before = input.save();
                attributes(input)?;
                if !matches!(peek(input).kind, Kind::LBracket | Kind::LParen) {
                    input.rewind(before);
                    return Ok(());
                }
            }
            Kind::LParen => {
                input.skip();
                let parameters = nested(input, parameters)?;
                frugal::push(derived, Derived::Function(parameters));
            }
            _ => return Ok(()),
        }
    }
}

/// An array's length up to `]`.
fn array(input: &mut Input<'_, '_>) -> Parsed<Derived> {
    let mut quals = Quals::NONE;
    let mut is_static = eat(input, Kind::Static);
    qualifiers(input, &mut quals, &mut Vec::new())?;
    is_static |= eat(input, Kind::Static);
    let star = peek(input).kind == Kind::Star && peek_at(input, 1).kind == Kind::RBracket;
    let size = if star {
        input.skip();
        ArraySize::Star
    } else if peek(input).kind == Kind::RBracket {
        ArraySize::Unknown
    } else {
        ArraySize::Expr(Box::new(assignment(input)?))
    };
    expect(input, Kind::RBracket)?;
    Ok(Derived::Array { size, quals, is_static })
}

/// Parameters up to `)`. Their names hide typedefs up to there.
fn parameters(input: &mut Input<'_, '_>) -> Parsed<Params> {
    let scope = input.state().typedefs.open();
    let params = parameter_list(input);
    input.state().typedefs.close(scope);
    params
}

fn parameter_list(input: &mut Input<'_, '_>) -> Parsed<Params> {
    let first = peek(input);
    let old = input.state().standard.edition < Edition::C23;
    if eat(input, Kind::RParen) {
        let none = Params::Prototype { params: Vec::new(), variadic: false };
        return Ok(if old { Params::Unspecified } else { none });
    }
    let after = peek_at(input, 1).kind;
    let name_only = matches!(after, Kind::Comma | Kind::RParen);
    if first.kind == Kind::Ident && name_only && !starts_type(first, input) {
        return names(input);
    }
    let mut params = Vec::new();
    let mut variadic = false;
    loop {
        if eat(input, Kind::Ellipsis) {
            variadic = true;
            break;
        }
        let parameter = parameter(input)?;
        frugal::push(&mut params, parameter);
        if !eat(input, Kind::Comma) {
            break;
        }
    }
    expect(input, Kind::RParen)?;
    if let [only] = &params[..]
        && is_void(only)
        && !variadic
    {
        params.clear();
    }
    Ok(Params::Prototype { params, variadic })
}

/// Whether a parameter is the `void` of `(void)`.
fn is_void(param: &Param) -> bool {
    matches!(param.specs.ty, TypeSpec::Basic(Basic::Void))
        && param.specs.quals == Quals::NONE
        && param.declarator.name.is_none()
        && param.declarator.derived.is_empty()
}

/// The names of a K&R definition.
fn names(input: &mut Input<'_, '_>) -> Parsed<Params> {
    let mut names = Vec::new();
    loop {
        let token = peek(input);
        if token.kind != Kind::Ident {
            return unexpected(input, Expected::Parameter);
        }
        input.skip();
        names.push(Ident { name: token.name, span: token.span });
        if !eat(input, Kind::Comma) {
            break;
        }
    }
    expect(input, Kind::RParen)?;
    Ok(Params::Names(names))
}

fn parameter(input: &mut Input<'_, '_>) -> Parsed<Param> {
    let start = here(input);
    let specs: Specifiers = nested(input, specifiers)?;
    if matches!(specs.ty, TypeSpec::Implicit)
        && specs.quals == Quals::NONE
        && specs.storage == Storage::NONE
    {
        return unexpected(input, Expected::Parameter);
    }
    let declarator = nested(input, |input| declarator(input, Naming::Either))?;
    let attributes = attributes(input)?;
    if let Some(name) = declarator.name {
        input.state().typedefs.declare(name.name, false);
    }
    Ok(Param { specs, declarator, attributes, span: span_from(input, start) })
}
