//! Files to one program: included files are spliced in, and each may name its dialect.

use super::expr::grammar;
use super::line::parse_line;
use crate::ast::{Program, StmtKind};
use crate::codes::{self, Code};
use crate::dialect::{Dialect, DialectName};
use crate::lex::{Lexer, Tok, Token};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::frugal;
use wasm_common::source::{FileId, Files, SourceMap, Span};

/// Files inside one another.
const MAX_INCLUDES: usize = 16;
/// Statements of a program, so that includes that include cannot multiply without end.
const MAX_STATEMENTS: usize = 1 << 20;

/// Parses the file `id` and what it includes. The dialect is the one that the file names, or
/// `wanted`, or GW-BASIC for a file with line numbers, or ConeZ.
pub fn parse(
    sources: &mut SourceMap,
    id: FileId,
    wanted: Option<DialectName>,
    files: &mut dyn Files,
    diagnostics: &mut Diagnostics,
) -> (Program, Dialect) {
    let text = sources.file(id).text.clone();
    let dialect = choose(&text, id, wanted, diagnostics).flags();
    let mut reader =
        Reader { sources, files, diagnostics, program: Program::default(), open: Vec::new() };
    reader.file(&text, id, dialect);
    (reader.program, dialect)
}

/// Parses the compiler's own library.
pub(crate) fn parse_library(
    sources: &mut SourceMap,
    id: FileId,
    diagnostics: &mut Diagnostics,
) -> Program {
    let text = sources.file(id).text.clone();
    let files = &mut wasm_common::source::NoFiles;
    let mut reader =
        Reader { sources, files, diagnostics, program: Program::default(), open: Vec::new() };
    reader.file(&text, id, crate::dialect::LIBRARY);
    reader.program
}

/// The dialect of a file, and a note when the user did not ask for it.
fn choose(
    text: &str,
    id: FileId,
    wanted: Option<DialectName>,
    diagnostics: &mut Diagnostics,
) -> DialectName {
    let note = |diagnostics: &mut Diagnostics, span, message: String| {
        let about = codes::DIALECT_NOTE;
        let mut note = about.warning(span, message);
        note.severity = wasm_common::diag::Severity::Note;
        diagnostics.push(note);
    };
    if let Some((word, span)) = named(text, id) {
        let Some(name) = DialectName::parse(&word) else {
            let message = format!("there is no dialect `{word}`");
            let help = "the dialects are conez, qb, gw and ansi";
            diagnostics.push(codes::NO_SUCH_DIALECT.error(span, message).help(help));
            return wanted.unwrap_or_default();
        };
        if wanted.is_some_and(|wanted| wanted != name) {
            let message = format!("the file says that it is {}, and it wins", name.as_str());
            note(diagnostics, span, message);
        }
        return name;
    }
    if let Some(name) = wanted {
        return name;
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let numbered = |line: &str| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
    if lines.next().is_some_and(numbered) {
        return DialectName::Gw;
    }
    if let Some((word, at)) = looks_like_quickbasic(text) {
        let span = Span::new(id, at, at + word.len());
        note(
            diagnostics,
            span,
            format!("`{word}` looks like QuickBASIC; `--dialect qb` compiles it as such"),
        );
    }
    DialectName::Conez
}

/// `'$DIALECT: 'QB'` or `OPTION DIALECT QB` before the first other statement.
fn named(text: &str, id: FileId) -> Option<(String, Span)> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(200) {
        let trimmed = line.trim();
        let upper = trimmed.to_ascii_uppercase();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let span = Span::new(id, start, start + trimmed.len());
        if let Some(comment) = trimmed.strip_prefix('\'') {
            let command = comment.trim_start().to_ascii_uppercase();
            if let Some(value) = command.strip_prefix("$DIALECT:") {
                let word = value.trim().trim_matches(|c| c == '\'' || c == '"');
                return Some((word.to_string(), span));
            }
        } else if let Some(word) = upper.strip_prefix("OPTION DIALECT ") {
            return Some((word.trim().to_string(), span));
        } else if !trimmed.is_empty() && !upper.starts_with("REM") {
            return None;
        }
    }
    None
}

/// A statement that ConeZ does not have and QuickBASIC programs begin with.
fn looks_like_quickbasic(text: &str) -> Option<(&'static str, usize)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let upper = line.trim_start().to_ascii_uppercase();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        for word in ["DEFINT ", "DEFLNG ", "DEFSNG ", "TYPE ", "PRINT USING "] {
            if upper.starts_with(word) && !upper[word.len()..].trim_start().starts_with('=') {
                return Some((word.trim_end(), start));
            }
        }
        if (upper.starts_with("DECLARE SUB ") || upper.starts_with("DECLARE FUNCTION "))
            && upper.contains('(')
        {
            return Some(("DECLARE", start));
        }
    }
    None
}

/// Tokens that are held at once: what parsing costs in memory beside the tree.
const MAX_BATCH: usize = 1000;

/// Lines, and the file to include behind them.
type Batch = (Vec<Vec<Tok>>, Option<(String, Span)>);

struct Reader<'a> {
    sources: &'a mut SourceMap,
    files: &'a mut dyn Files,
    diagnostics: &'a mut Diagnostics,
    program: Program,
    /// The files that are being read, outermost first.
    open: Vec<FileId>,
}

impl Reader<'_> {
    fn file(&mut self, text: &str, id: FileId, dialect: Dialect) {
        self.open.push(id);
        if text.as_bytes().iter().take(4096).any(|&b| b == 0) {
            let message = "this is not text: it contains a zero byte";
            self.diagnostics.push(codes::NOT_TEXT.error(Span::new(id, 0, 1), message));
            self.open.pop();
            return;
        }
        let mut lexer = Lexer::new(text, id);
        let mut in_type = false;
        while let Some((batch, include)) = self.batch(&mut lexer, &dialect) {
            let exprs = grammar(&dialect);
            for tokens in &batch {
                let stmts = parse_line(tokens, &exprs, &dialect, in_type, self.diagnostics);
                for stmt in &stmts {
                    match stmt.kind {
                        StmtKind::Type(_) => in_type = true,
                        StmtKind::EndType => in_type = false,
                        _ => {}
                    }
                }
                for stmt in stmts {
                    frugal::push(&mut self.program.stmts, stmt);
                }
            }
            if let Some((path, span)) = include {
                self.include(&path, span, dialect);
            }
        }
        self.open.pop();
    }

    /// The tokens of the next lines, up to an include; `None` at the end of the file.
    fn batch(&mut self, lexer: &mut Lexer<'_>, dialect: &Dialect) -> Option<Batch> {
        let mut lines = Vec::new();
        let mut tokens = 0;
        while tokens < MAX_BATCH {
            if self.diagnostics.is_full() || self.program.stmts.len() > MAX_STATEMENTS {
                return None;
            }
            let Some(mut line) = lexer.line(dialect, self.diagnostics) else {
                return (!lines.is_empty()).then_some((lines, None));
            };
            if let Some(include) = included(&line) {
                return Some((lines, Some(include)));
            }
            line.retain(|tok| !matches!(tok.token, Token::Meta(..)));
            tokens += line.len();
            if !line.is_empty() {
                lines.push(line);
            }
        }
        Some((lines, None))
    }

    fn include(&mut self, path: &str, span: Span, dialect: Dialect) {
        let error = |code: Code, message: String| code.error(span, message);
        if self.open.len() >= MAX_INCLUDES {
            let message = format!("files include one another deeper than {MAX_INCLUDES}");
            self.diagnostics.push(error(codes::INCLUDE_CYCLE, message));
            return;
        }
        let Some(bytes) = self.files.read(path) else {
            self.diagnostics.push(
                error(codes::NO_SUCH_FILE, format!("there is no file `{path}`"))
                    .help("paths are looked up beside the program and in each -I folder"),
            );
            return;
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let id = self.sources.add(path, text);
        if self.open.contains(&id) {
            self.diagnostics.push(error(codes::INCLUDE_CYCLE, format!("`{path}` includes itself")));
            return;
        }
        let text = self.sources.file(id).text.clone();
        let dialect = match named(&text, id).and_then(|(word, _)| DialectName::parse(&word)) {
            Some(name) => name.flags(),
            None => dialect,
        };
        self.file(&text, id, dialect);
    }
}

/// The file that a line includes.
fn included(tokens: &[Tok]) -> Option<(String, Span)> {
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
