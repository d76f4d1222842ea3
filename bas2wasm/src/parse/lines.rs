//! The statements of a file, a few lines at a time, and again.
//!
//! No tree of a whole program is ever made: its text says the same in less room. Who needs the
//! statements of a procedure has them parsed again, by where they stand ([`Run`]).

use super::late::parse_late;
use super::line::parse_line;
use crate::ast::{Stmt, StmtKind};
use crate::dialect::{Dialect, DialectName, LIBRARY};
use crate::lex::{Lexer, Tok, Token};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::source::{FileId, SourceMap, Span};

/// Tokens that are held at once: what parsing costs in memory beside the statements.
const MAX_BATCH: usize = 16;

/// Where a statement stands: all that is needed to parse it again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    file: FileId,
    /// Of the file; `None` for the library's.
    dialect: Option<DialectName>,
    /// Whether its line stands between TYPE and END TYPE.
    in_type: bool,
    /// Whether what does not parse is an error of the run.
    late: bool,
    /// The byte at which its line begins.
    line: u32,
    /// Which statement of the line it is.
    index: u32,
}

/// Statements that follow one another in a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    first: Place,
    /// The byte at which the line of the last one begins.
    last_line: u32,
    count: u32,
}

impl Run {
    /// One statement.
    pub(crate) fn new(first: Place) -> Self {
        Self { first, last_line: first.line, count: 1 }
    }

    /// Takes in the statement behind the last one; whether it can, for it must be in the same file.
    pub(crate) fn extend(&mut self, next: Place) -> bool {
        let same = next.file == self.first.file && next.line >= self.last_line;
        if same {
            self.last_line = next.line;
            self.count += 1;
        }
        same
    }
}

/// The statements of `run`. What is wrong with them has been said when they were first parsed.
pub(crate) fn again(sources: &SourceMap, run: Run) -> impl Iterator<Item = Stmt> {
    let mut lines = Lines::from(run.first, run.last_line);
    let batches = core::iter::from_fn(move || lines.next(sources, &mut Diagnostics::new()));
    let stmts = batches.flat_map(|batch| batch.stmts).map(|(stmt, _)| stmt);
    stmts.skip(run.first.index as usize).take(run.count as usize)
}

/// Statements and where they stand, and the file that is included behind them.
pub(super) struct Batch {
    pub(super) stmts: Vec<(Stmt, Place)>,
    pub(super) include: Option<Include>,
}

/// The lines of a file that have not been parsed yet.
pub(super) struct Lines {
    next: Place,
    flags: Dialect,
    /// Lines that begin behind this byte are not read.
    last_line: u32,
}

/// The name of a file that is included, and where it stands.
type Include = (String, Span);

/// A line's place, and its tokens.
type Line = (Place, Vec<Tok>);

impl Lines {
    /// All lines of a file.
    pub(super) fn of(file: FileId, dialect: Option<DialectName>, late: bool) -> Self {
        Self::from(Place { file, dialect, in_type: false, late, line: 0, index: 0 }, u32::MAX)
    }

    fn from(next: Place, last_line: u32) -> Self {
        Self { next, flags: next.dialect.map_or(LIBRARY, DialectName::flags), last_line }
    }

    /// The statements of the next lines, up to an include; `None` at the end.
    #[inline(never)]
    pub(super) fn next(
        &mut self,
        sources: &SourceMap,
        diagnostics: &mut Diagnostics,
    ) -> Option<Batch> {
        let (lines, include) = self.tokens(sources, diagnostics)?;
        let mut stmts = Vec::new();
        for &(mut place, ref tokens) in &lines {
            place.in_type = self.next.in_type;
            let parsed = match place.late {
                true => parse_late(tokens, &self.flags, diagnostics),
                false => parse_line(tokens, &self.flags, place.in_type, diagnostics),
            };
            stmts.reserve_exact(parsed.len());
            for (stmt, index) in parsed.into_iter().zip(0..) {
                match stmt.kind {
                    StmtKind::Type(_) => self.next.in_type = true,
                    StmtKind::EndType => self.next.in_type = false,
                    _ => {}
                }
                stmts.push((stmt, Place { index, ..place }));
            }
        }
        Some(Batch { stmts, include })
    }

    /// The tokens of the next lines.
    #[inline(never)]
    fn tokens(
        &mut self,
        sources: &SourceMap,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Vec<Line>, Option<Include>)> {
        let file = self.next.file;
        let mut lexer = Lexer::new(&sources.file(file).text, file, self.next.line as usize);
        let (mut lines, mut count) = (Vec::new(), 0);
        while count < MAX_BATCH && self.next.line <= self.last_line && !diagnostics.is_full() {
            let place = self.next;
            let Some(mut line) = lexer.line(&self.flags, diagnostics) else { break };
            self.next.line = lexer.at() as u32;
            if let Some(include) = included(&line) {
                return Some((lines, Some(include)));
            }
            line.retain(|tok| !matches!(tok.token, Token::Meta(..)));
            count += line.len();
            if !line.is_empty() {
                lines.push((place, line));
            }
        }
        (!lines.is_empty()).then_some((lines, None))
    }
}

/// The file that a line includes.
fn included(tokens: &[Tok]) -> Option<Include> {
    match tokens {
        [Tok { token: Token::Meta(word, path), span }, ..] if word == "INCLUDE" => {
            Some((path.clone(), *span))
        }
        [
            Tok { token: Token::Name(word, None), span },
            Tok { token: Token::Str(path), span: end },
        ] if word == "INCLUDE" => Some((path.clone(), span.to(*end))),
        _ => None,
    }
}
