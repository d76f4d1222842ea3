//! Declarations: their declarators, members, enumerators and static assertions (C11 6.7).

use super::attribute::attributes;
use super::declarator::{Naming, declarator};
use super::expression::{conditional, string};
use super::initializer::initializer;
use super::recovery::recover;
use super::specifiers::{maybe_static_assert, skip_extension, specifiers, type_ends_line};
use super::syntax::{
    Expected, Input, Parsed, eat, expect, here, nested, peek, semicolon, span_from, unexpected,
};
use crate::ast::{
    Asm, AsmOperand, Declaration, Declarator, Enumerator, Expr, Field, FieldDecl, Ident,
    InitDeclarator, Member, Specifiers, StaticAssert, Storage, StringLit,
};
use crate::lex::Kind;
use alloc::vec::Vec;
use wasm_common::frugal;

/// A declaration with its semicolon.
pub(super) fn declaration(input: &mut Input<'_, '_>) -> Parsed<Declaration> {
    let start = here(input);
    let specs = specifiers(input)?;
    if here(input) == start {
        return unexpected(input, Expected::Declaration);
    }
    rest_of_declaration(input, start, specs, None)
}

/// Declarators and `;` after the specifiers; the first declarator may have been read.
pub(super) fn rest_of_declaration(
    input: &mut Input<'_, '_>,
    start: usize,
    specs: Specifiers,
    first: Option<Declarator>,
) -> Parsed<Declaration> {
    let mut declarators = Vec::new();
    let nothing = peek(input).kind == Kind::Semi || type_ends_line(input, &specs);
    if first.is_none() && nothing {
        semicolon(input)?;
        return Ok(Declaration { specs, declarators, span: span_from(input, start) });
    }
    let is_typedef = specs.storage.has(Storage::TYPEDEF);
    if let Some(first) = first {
        declared(input, first, is_typedef, &mut declarators)?;
    } else {
        next_declarator(input, is_typedef, &mut declarators)?;
    }
    loop {
        initialized(input, &mut declarators)?;
        if !eat(input, Kind::Comma) {
            break;
        }
        next_declarator(input, is_typedef, &mut declarators)?;
    }
    semicolon(input)?;
    Ok(Declaration { specs, declarators, span: span_from(input, start) })
}

/// A declarator, which may have attributes before it.
#[inline(never)]
fn next_declarator(
    input: &mut Input<'_, '_>,
    is_typedef: bool,
    out: &mut Vec<InitDeclarator>,
) -> Parsed<()> {
    let declarator = nested(input, |input| {
        let mut leading = attributes(input)?;
        let mut declarator = declarator(input, Naming::Named)?;
        if let (Some(crate::ast::Derived::Pointer { attributes, .. }), false) =
            (declarator.derived.last_mut(), leading.is_empty())
        {
            attributes.append(&mut leading);
        }
        Ok(declarator)
    })?;
    declared(input, declarator, is_typedef, out)
}

/// Makes the declared name a typedef or hides a typedef of that name.
pub(super) fn declare(input: &mut Input<'_, '_>, declarator: &Declarator, is_typedef: bool) {
    if let Some(name) = declarator.name {
        input.state().typedefs.declare(name.name, is_typedef);
    }
}

/// Adds a declarator, with the `asm` and attributes that follow it, and without its initializer.
#[inline(never)]
fn declared(
    input: &mut Input<'_, '_>,
    declarator: Declarator,
    is_typedef: bool,
    out: &mut Vec<InitDeclarator>,
) -> Parsed<()> {
    declare(input, &declarator, is_typedef);
    let (asm_name, attributes) = declarator_tail(input)?;
    frugal::push(out, InitDeclarator { declarator, asm_name, attributes, init: None });
    Ok(())
}

/// The initializer of the last declarator, if it has one: a large part of the program may be in it.
fn initialized(input: &mut Input<'_, '_>, declarators: &mut [InitDeclarator]) -> Parsed<()> {
    if eat(input, Kind::Assign) {
        let init = nested(input, initializer)?;
        if let Some(last) = declarators.last_mut() {
            last.init = Some(init);
        }
    }
    Ok(())
}

/// `asm("name")` and attributes after a declarator.
pub(super) fn declarator_tail(
    input: &mut Input<'_, '_>,
) -> Parsed<(Option<StringLit>, Vec<crate::ast::Attribute>)> {
    let mut all = attributes(input)?;
    let asm_name = if eat(input, Kind::Asm) {
        expect(input, Kind::LParen)?;
        let name = string(input)?;
        expect(input, Kind::RParen)?;
        Some(name)
    } else {
        None
    };
    all.extend(attributes(input)?);
    Ok((asm_name, all))
}

/// `_Static_assert(condition, "message");`
#[inline(never)]
pub(super) fn static_assert(input: &mut Input<'_, '_>) -> Parsed<StaticAssert> {
    let start = here(input);
    input.skip();
    expect(input, Kind::LParen)?;
    let condition: Expr = nested(input, conditional)?;
    let message = match eat(input, Kind::Comma) {
        true => Some(string(input)?),
        false => None,
    };
    expect(input, Kind::RParen)?;
    semicolon(input)?;
    Ok(StaticAssert { condition, message, span: span_from(input, start) })
}

/// `{ members }`
pub(super) fn struct_body(input: &mut Input<'_, '_>) -> Parsed<Vec<Member>> {
    expect(input, Kind::LBrace)?;
    let mut members = Vec::new();
    loop {
        match peek(input).kind {
            Kind::RBrace => break,
            Kind::Semi => {
                input.skip();
                continue;
            }
            Kind::Eof => return unexpected(input, Expected::Token(Kind::RBrace)),
            _ => {}
        }
        let before = input.save();
        match nested(input, member) {
            Ok(member) => frugal::push(&mut members, member),
            Err(error) => recover(input, before, error)?,
        }
    }
    expect(input, Kind::RBrace)?;
    Ok(members)
}

/// One line of a struct.
fn member(input: &mut Input<'_, '_>) -> Parsed<Member> {
    skip_extension(input);
    if let Some(assertion) = maybe_static_assert(input)? {
        return Ok(Member::StaticAssert(assertion));
    }
    let start = here(input);
    let specs = specifiers(input)?;
    if here(input) == start {
        return unexpected(input, Expected::Member);
    }
    let mut fields = Vec::new();
    while !matches!(peek(input).kind, Kind::Semi | Kind::RBrace) {
        let field = field(input)?;
        frugal::push(&mut fields, field);
        if !eat(input, Kind::Comma) {
            break;
        }
    }
    // The last semicolon may be missing, as gcc allows.
    if peek(input).kind != Kind::RBrace {
        semicolon(input)?;
    }
    Ok(Member::Field(FieldDecl { specs, fields, span: span_from(input, start) }))
}

fn field(input: &mut Input<'_, '_>) -> Parsed<Field> {
    let mut all = attributes(input)?;
    let nameless = peek(input).kind == Kind::Colon;
    let naming = if nameless { Naming::Either } else { Naming::Named };
    let declarator = declarator(input, naming)?;
    let bits = match eat(input, Kind::Colon) {
        true => Some(conditional(input)?),
        false => None,
    };
    all.extend(attributes(input)?);
    Ok(Field { declarator, bits, attributes: all })
}

/// `{ enumerators }`
pub(super) fn enum_body(input: &mut Input<'_, '_>) -> Parsed<Vec<Enumerator>> {
    expect(input, Kind::LBrace)?;
    let mut all = Vec::new();
    while all.is_empty() || peek(input).kind != Kind::RBrace {
        let token = peek(input);
        if token.kind != Kind::Ident {
            return unexpected(input, Expected::Identifier);
        }
        input.skip();
        let name = Ident { name: token.name, span: token.span };
        input.state().typedefs.declare(name.name, false);
        let attributes = attributes(input)?;
        let value = match eat(input, Kind::Assign) {
            true => Some(conditional(input)?),
            false => None,
        };
        frugal::push(&mut all, Enumerator { name, attributes, value });
        if !eat(input, Kind::Comma) {
            break;
        }
    }
    expect(input, Kind::RBrace)?;
    Ok(all)
}

/// `asm` with everything GNU lets stand in it; the semicolon too.
#[inline(never)]
pub(super) fn asm(input: &mut Input<'_, '_>) -> Parsed<Asm> {
    let start = here(input);
    input.skip();
    let (mut volatile, mut goto) = (false, false);
    while matches!(peek(input).kind, Kind::Volatile | Kind::Inline | Kind::Goto | Kind::Const) {
        volatile |= peek(input).kind == Kind::Volatile;
        goto |= peek(input).kind == Kind::Goto;
        input.skip();
    }
    expect(input, Kind::LParen)?;
    let template = string(input)?;
    // `::` is one token, as in `asm("" :: "r"(x))`.
    let mut section = 0;
    let (mut outputs, mut inputs) = (Vec::new(), Vec::new());
    let (mut clobbers, mut labels) = (Vec::new(), Vec::new());
    loop {
        match peek(input).kind {
            Kind::Colon => section += 1,
            Kind::ColonColon => section += 2,
            _ => break,
        }
        input.skip();
        while !matches!(peek(input).kind, Kind::Colon | Kind::ColonColon | Kind::RParen) {
            match section {
                1 => outputs.push(asm_operand(input)?),
                2 => inputs.push(asm_operand(input)?),
                3 => clobbers.push(string(input)?),
                _ => labels.push(super::syntax::identifier(input)?),
            }
            if !eat(input, Kind::Comma) {
                break;
            }
        }
    }
    if goto && section < 4 {
        expect(input, Kind::Colon)?;
    }
    expect(input, Kind::RParen)?;
    semicolon(input)?;
    let span = span_from(input, start);
    Ok(Asm { volatile, template, outputs, inputs, clobbers, labels, span })
}

#[inline(never)]
fn asm_operand(input: &mut Input<'_, '_>) -> Parsed<AsmOperand> {
    let name = if eat(input, Kind::LBracket) {
        let name = super::syntax::identifier(input)?;
        expect(input, Kind::RBracket)?;
        Some(name)
    } else {
        None
    };
    let constraint = string(input)?;
    expect(input, Kind::LParen)?;
    let expr = nested(input, super::expression::expression)?;
    expect(input, Kind::RParen)?;
    Ok(AsmOperand { name, constraint, expr })
}
