//! Statements (C11 6.8). The first token decides what follows, so nothing is tried twice.

use super::attribute::attributes;
use super::declaration::{asm, declaration, static_assert};
use super::declarator::starts_type;
use super::expression::{conditional, expression};
use super::recovery::recover;
use super::specifiers::unknown_type;
use super::syntax::semicolon;
use super::syntax::{
    Expected, Input, Parsed, SyntaxError, eat, expect, here, identifier, nested, peek, peek_at,
    report, span_from, unexpected,
};
use crate::ast::{Block, Expr, For, ForInit, If, Label, LabelKind, Stmt, StmtKind};
use crate::codes;
use crate::lex::{Flags, Kind};
use alloc::{boxed::Box, vec, vec::Vec};
use wasm_common::text::text;
use wasm_common::{frugal, source::Span};

/// `{ ... }` with a scope of its own.
pub(super) fn block(input: &mut Input<'_, '_>) -> Parsed<Block> {
    let scope = input.state().typedefs.open();
    let block = block_in_scope(input);
    input.state().typedefs.close(scope);
    block
}

/// `{ ... }` in the scope that is open: a function's body sees its parameters.
pub(super) fn block_in_scope(input: &mut Input<'_, '_>) -> Parsed<Block> {
    let start = here(input);
    let open = expect(input, Kind::LBrace)?;
    let mut stmts = Vec::new();
    loop {
        match peek(input).kind {
            Kind::RBrace => break,
            Kind::Eof => return unclosed(input, open.span),
            _ => {}
        }
        let before = input.save();
        match nested(input, statement) {
            Ok(stmt) => frugal::push(&mut stmts, stmt),
            Err(error) => {
                recover(input, before, error)?;
            }
        }
    }
    input.skip();
    Ok(Block { stmts, span: span_from(input, start) })
}

#[inline(never)]
fn unclosed(input: &mut Input<'_, '_>, open: Span) -> Parsed<Block> {
    let text = text!("expected `}` before the end of the file");
    let message = codes::UNBALANCED.error(peek(input).span, text);
    report(input, message.label(open, text!("this `{` is not closed")));
    unexpected(input, Expected::Reported)
}

/// A statement or declaration. Those with parts are scopes of their own (C11 6.8.4, 6.8.5).
pub(super) fn statement(input: &mut Input<'_, '_>) -> Parsed<Stmt> {
    use Kind::{Do, If, Switch, While};
    if !matches!(peek(input).kind, If | Switch | While | Do) {
        return statement_in_scope(input);
    }
    let scope = input.state().typedefs.open();
    let statement = statement_in_scope(input);
    input.state().typedefs.close(scope);
    statement
}

fn statement_in_scope(input: &mut Input<'_, '_>) -> Parsed<Stmt> {
    let start = here(input);
    let labels = labels(input)?;
    if !labels.is_empty() {
        return labeled(input, start, labels);
    }
    let kind = unlabeled(input)?;
    Ok(Stmt { kind, span: span_from(input, start) })
}

/// What stands behind labels.
#[inline(never)]
fn labeled(input: &mut Input<'_, '_>, start: usize, labels: Vec<Label>) -> Parsed<Stmt> {
    let body = here(input);
    // A label may end its block (C23, GNU).
    let kind = match peek(input).kind {
        Kind::RBrace => StmtKind::Empty,
        _ => unlabeled(input)?,
    };
    let body = Box::new(Stmt { kind, span: span_from(input, body) });
    let kind = StmtKind::Labeled { labels, body };
    Ok(Stmt { kind, span: span_from(input, start) })
}

/// Any number of labels.
#[inline(never)]
fn labels(input: &mut Input<'_, '_>) -> Parsed<Vec<Label>> {
    let mut labels = Vec::new();
    loop {
        skip_label_attributes(input)?;
        let start = here(input);
        let kind = match peek(input).kind {
            Kind::Case => {
                input.skip();
                let first = nested(input, conditional)?;
                let last = match eat(input, Kind::Ellipsis) {
                    true => Some(nested(input, conditional)?),
                    false => None,
                };
                expect(input, Kind::Colon)?;
                LabelKind::Case(first, last)
            }
            Kind::Default => {
                input.skip();
                expect(input, Kind::Colon)?;
                LabelKind::Default
            }
            Kind::Ident if peek_at(input, 1).kind == Kind::Colon => {
                let name = identifier(input)?;
                input.skip();
                let attributes = match peek(input).kind {
                    Kind::Attribute => attributes(input)?,
                    _ => Vec::new(),
                };
                LabelKind::Name(name, attributes)
            }
            _ => return Ok(labels),
        };
        let span = span_from(input, start);
        frugal::push(&mut labels, Label { kind, span });
    }
}

/// Skips `[[...]]` before a label or a statement that is no declaration (C23 6.8).
fn skip_label_attributes(input: &mut Input<'_, '_>) -> Parsed<()> {
    if peek(input).kind != Kind::LBracket {
        return Ok(());
    }
    let before = input.save();
    attributes(input)?;
    let next = peek(input);
    if next.kind == Kind::Semi || starts_type(next, input) {
        input.rewind(before);
    }
    Ok(())
}

fn unlabeled(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    let token = peek(input);
    match token.kind {
        Kind::LBrace => block(input).map(StmtKind::Block),
        Kind::Semi => {
            input.skip();
            Ok(StmtKind::Empty)
        }
        Kind::If => if_statement(input),
        Kind::Switch | Kind::While => controlled(input, token.kind),
        Kind::Do => do_while(input),
        Kind::For => for_loop(input),
        Kind::Goto => goto(input),
        Kind::Break => simple(input, StmtKind::Break),
        Kind::Continue => simple(input, StmtKind::Continue),
        Kind::Return => return_statement(input),
        Kind::Asm => asm(input).map(|asm| StmtKind::Asm(Box::new(asm))),
        Kind::StaticAssert => static_assert(input).map(|a| StmtKind::StaticAssert(Box::new(a))),
        Kind::Label => local_labels(input),
        Kind::Else => {
            input.skip();
            report(input, codes::SYNTAX.error(token.span, text!("`else` without `if`")));
            unexpected(input, Expected::Reported)
        }
        _ if starts_declaration(input) => declaration_statement(input),
        _ => expression_statement(input),
    }
}

// Each kind has a function of its own, never inlined: a frame of `unlabeled` with the locals of all
// would lie on the stack once for each statement around another.

#[inline(never)]
fn expression_statement(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    let value = expression(input)?;
    semicolon(input)?;
    Ok(StmtKind::Expr(value))
}

#[inline(never)]
fn return_statement(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    input.skip();
    let value = match peek(input).kind {
        Kind::Semi => None,
        _ => Some(expression(input)?),
    };
    semicolon(input)?;
    Ok(StmtKind::Return(value))
}

/// `while` or `switch`.
#[inline(never)]
fn controlled(input: &mut Input<'_, '_>, keyword: Kind) -> Parsed<StmtKind> {
    input.skip();
    let condition = condition(input)?;
    let body = body(input)?;
    Ok(match keyword {
        Kind::While => StmtKind::While(condition, body),
        _ => StmtKind::Switch(condition, body),
    })
}

/// Whether a declaration comes next.
fn starts_declaration(input: &mut Input<'_, '_>) -> bool {
    let token = peek(input);
    let next = peek_at(input, 1);
    match token.kind {
        Kind::Extension => starts_type(next, input) || next.kind == Kind::Extension,
        Kind::Ident => starts_type(token, input) || unknown_type(input),
        Kind::LBracket => next.kind == Kind::LBracket,
        _ => starts_type(token, input),
    }
}

/// A declaration, or attributes alone: `__attribute__((fallthrough));`
#[inline(never)]
fn declaration_statement(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    if matches!(peek(input).kind, Kind::Attribute | Kind::LBracket) {
        let before = input.save();
        let attributes = attributes(input)?;
        if eat(input, Kind::Semi) {
            return Ok(StmtKind::Attributes(attributes));
        }
        let next = peek(input);
        if !starts_type(next, input) {
            return unlabeled(input);
        }
        input.rewind(before);
    }
    let first = peek(input);
    let at = here(input);
    match declaration(input) {
        Ok(declaration) => Ok(StmtKind::Declaration(Box::new(declaration))),
        Err(error) => {
            if function_inside(input, at, error.at as usize, first.flags) {
                return Err(SyntaxError::new(error.at as usize, Expected::Reported));
            }
            Err(error)
        }
    }
}

/// If the declaration at token `at` failed at the `{` of a function's body, it is a nested
/// function (GNU), which is refused; unless it stands at the left margin: then the function
/// around it was not closed, and the next item begins here.
#[inline(never)]
fn function_inside(input: &mut Input<'_, '_>, at: usize, error: usize, flags: Flags) -> bool {
    let tokens = input.full_slice();
    let body = tokens[error].kind == Kind::LBrace && error > at;
    if !body || tokens[error - 1].kind != Kind::RParen {
        return false;
    }
    let margin = flags.has(Flags::LINE_START) && !flags.has(Flags::SPACE);
    let span = tokens[at].span;
    if margin {
        let text = text!("expected `}` to close the function before this one");
        report(input, codes::UNBALANCED.error(span, text));
        input.state().next_item = Some(at);
    } else {
        let message = codes::UNSUPPORTED.error(span, text!("nested functions are not supported"));
        report(input, message.help(text!("move the function out of this one")));
    }
    true
}

/// `keyword;`
fn simple(input: &mut Input<'_, '_>, kind: StmtKind) -> Parsed<StmtKind> {
    input.skip();
    semicolon(input)?;
    Ok(kind)
}

/// `(e)` after a keyword.
fn condition(input: &mut Input<'_, '_>) -> Parsed<Expr> {
    expect(input, Kind::LParen)?;
    let condition = nested(input, expression)?;
    expect(input, Kind::RParen)?;
    Ok(condition)
}

/// A statement under another.
fn body(input: &mut Input<'_, '_>) -> Parsed<Box<Stmt>> {
    let scope = input.state().typedefs.open();
    let body = nested(input, statement).map(Box::new);
    input.state().typedefs.close(scope);
    body
}

/// `if`, and all `else if`s in a loop, so that a chain is no deeper than one `if`.
#[inline(never)]
fn if_statement(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    let mut arms = Vec::new();
    let mut otherwise = None;
    loop {
        input.skip();
        if_condition(input, &mut arms)?;
        let body_of_arm = body(input)?;
        if let Some(arm) = arms.last_mut() {
            arm.1 = *body_of_arm;
        }
        if !eat(input, Kind::Else) {
            break;
        }
        if peek(input).kind != Kind::If {
            otherwise = Some(*body(input)?);
            break;
        }
    }
    Ok(StmtKind::If(Box::new(If { arms, otherwise })))
}

/// The condition of an arm, whose body is still empty: nothing of it lies on the stack while the body
/// is parsed.
#[inline(never)]
fn if_condition(input: &mut Input<'_, '_>, arms: &mut Vec<(Expr, Stmt)>) -> Parsed<()> {
    let condition = condition(input)?;
    let body = Stmt { kind: StmtKind::Empty, span: condition.span };
    frugal::push(arms, (condition, body));
    Ok(())
}

#[inline(never)]
fn do_while(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    input.skip();
    let body = body(input)?;
    expect(input, Kind::While)?;
    let condition = condition(input)?;
    semicolon(input)?;
    Ok(StmtKind::DoWhile(body, condition))
}

/// `for`, whose first clause has a scope over all of it.
fn for_loop(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    let scope = input.state().typedefs.open();
    let result = for_in_scope(input);
    input.state().typedefs.close(scope);
    result
}

#[inline(never)]
fn for_in_scope(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    let mut parts = for_head(input)?;
    parts.body = *body(input)?;
    Ok(StmtKind::For(parts))
}

/// `for (...)`, with an empty body.
#[inline(never)]
fn for_head(input: &mut Input<'_, '_>) -> Parsed<Box<For>> {
    input.skip();
    let span = expect(input, Kind::LParen)?.span;
    let init = if eat(input, Kind::Semi) {
        ForInit::None
    } else if starts_declaration(input) {
        ForInit::Declaration(Box::new(nested(input, declaration)?))
    } else {
        let init = nested(input, expression)?;
        expect(input, Kind::Semi)?;
        ForInit::Expr(init)
    };
    let condition = optional(input, Kind::Semi)?;
    let step = optional(input, Kind::RParen)?;
    let body = Stmt { kind: StmtKind::Empty, span };
    Ok(Box::new(For { init, condition, step, body }))
}

/// An expression or nothing, up to `end`.
fn optional(input: &mut Input<'_, '_>, end: Kind) -> Parsed<Option<Expr>> {
    if eat(input, end) {
        return Ok(None);
    }
    let value = nested(input, expression)?;
    expect(input, end)?;
    Ok(Some(value))
}

#[inline(never)]
fn goto(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    input.skip();
    let kind = if eat(input, Kind::Star) {
        StmtKind::GotoComputed(nested(input, expression)?)
    } else {
        StmtKind::Goto(identifier(input)?)
    };
    semicolon(input)?;
    Ok(kind)
}

/// GNU's `__label__ a, b;`
#[inline(never)]
fn local_labels(input: &mut Input<'_, '_>) -> Parsed<StmtKind> {
    input.skip();
    let mut names = vec![identifier(input)?];
    while eat(input, Kind::Comma) {
        names.push(identifier(input)?);
    }
    semicolon(input)?;
    Ok(StmtKind::LocalLabels(names))
}
