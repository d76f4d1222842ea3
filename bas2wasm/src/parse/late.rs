//! Lines of a program that may mean its errors: where GW-BASIC's ON ERROR is used, a statement that
//! does not parse is a warning now and an error when the program gets there, as it is in GW-BASIC.

use super::fault::{Fault, What};
use super::line::{attempt, close_ifs, report, statement_start, too_deep};
use crate::ast::{Stmt, StmtKind};
use crate::codes;
use crate::dialect::Dialect;
use crate::lex::{Tok, Token};
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::source::Span;
use wasm_common::text::find;

/// Whether the errors of a program are its own affair.
#[inline(never)]
pub(super) fn is_late(text: &str, dialect: &Dialect) -> bool {
    let traps = |line: &str| find(&line.to_ascii_uppercase(), "ON ERROR").is_some();
    dialect.late_errors && text.lines().any(traps)
}

/// The statements of a line; what is wrong with one is said when the program gets there, and the
/// next begins at the next colon.
pub(super) fn parse_late(
    tokens: &[Tok],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<Stmt> {
    if let Some(diagnostic) = too_deep(tokens) {
        diagnostics.push(diagnostic);
        return Vec::new();
    }
    let (mut stmts, mut rest) = (Vec::new(), tokens);
    loop {
        let (parsed, fault) = attempt(rest, dialect, false, stmts);
        stmts = parsed;
        let Some(fault) = fault else { break };
        let begin = rest.get(statement_start(rest, fault.at)).map(|tok| tok.span.start());
        let begun = |last: &mut Stmt| Some(last.span.start()) == begin;
        // Words that are no call either.
        stmts.pop_if(|last| matches!(last.kind, StmtKind::Call { .. }) && begun(last));
        let tail = stmts.last_mut().is_some_and(begun);
        let mut warning = report(&fault, rest);
        warning.help.get_or_insert_with(|| "the program stops when it gets here".into());
        let help = warning.help.take().unwrap_or_default();
        diagnostics
            .push(codes::LATE_ERROR.warning(warning.span, warning.message.clone()).help(help));
        let kind = StmtKind::Wrong { code: number(&fault, rest), tail };
        if !matches!(stmts.last(), Some(Stmt { kind: StmtKind::On { wrong: true, .. }, .. }) if tail)
        {
            stmts.push(Stmt { kind, span: place(&fault, rest) });
        }
        let at = fault.at.min(rest.len());
        let Some(colon) = rest[at..].iter().position(|tok| tok.token == Token::Colon) else {
            break;
        };
        rest = &rest[at + colon + 1..];
    }
    close_ifs(&mut stmts);
    stmts
}

/// Syntax error, or Missing operand where the statement ends in front of an expression.
fn number(fault: &Fault, tokens: &[Tok]) -> u8 {
    let ends = tokens.get(fault.at).is_none_or(|tok| tok.token == Token::Colon);
    let missing = matches!(fault.what, What::Expected("an expression"));
    if ends && missing { 22 } else { 2 }
}

/// The token that is wrong, or the last one.
fn place(fault: &Fault, tokens: &[Tok]) -> Span {
    let found = tokens.get(fault.at).or(tokens.last());
    found.map_or(Span::default(), |tok| tok.span)
}
