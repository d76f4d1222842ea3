//! Files to one list of statements: included files are spliced in, and each may name its dialect.

use super::lines::{Lines, Place};
use super::{late, order};
use crate::ast::{Program, Stmt};
use crate::codes::{self, Code};
use crate::dialect::{Dialect, DialectName};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::frugal;
use wasm_common::source::{FileId, Files, SourceMap, Span};
use wasm_common::text::{format, text};

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
    let dialect = choose(sources, id, wanted, diagnostics);
    let mut program = Program::default();
    read(sources, id, Some(dialect), files, diagnostics, &mut |stmt, _| {
        frugal::push(&mut program.stmts, stmt);
    });
    (program, dialect.flags())
}

/// Parses the file `id`, which is in `dialect` (`None`: the library's), and what it includes, and
/// hands each statement to `visit`.
pub(crate) fn read(
    sources: &mut SourceMap,
    id: FileId,
    dialect: Option<DialectName>,
    files: &mut dyn Files,
    diagnostics: &mut Diagnostics,
    visit: &mut dyn FnMut(Stmt, Place),
) {
    Reader { sources, files, diagnostics, visit, count: 0, open: Vec::new() }.file(id, dialect);
}

/// The dialect of a file, and a note when the user did not ask for it.
pub(crate) fn choose(
    sources: &SourceMap,
    id: FileId,
    wanted: Option<DialectName>,
    diagnostics: &mut Diagnostics,
) -> DialectName {
    let text = &*sources.file(id).text;
    let note = |diagnostics: &mut Diagnostics, span, message: String| {
        let about = codes::DIALECT_NOTE;
        let mut note = about.warning(span, message);
        note.severity = wasm_common::diag::Severity::Note;
        diagnostics.push(note);
    };
    if let Some((word, span)) = named(text, id) {
        let Some(name) = DialectName::parse(&word) else {
            let message = format!("there is no dialect `{word}`");
            let help = text!("the dialects are conez, qb, gw and ansi");
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

/// `'$DIALECT: 'QB'`, in a REM too, or `OPTION DIALECT QB` before the first other statement.
fn named(text: &str, id: FileId) -> Option<(String, Span)> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(200) {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let span = Span::new(id, start, start + trimmed.len());
        let upper = trimmed.to_ascii_uppercase();
        let statement = upper.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let comment = statement.strip_prefix('\'').or_else(|| statement.strip_prefix("REM"));
        if let Some(comment) = comment {
            if let Some(value) = comment.trim_start().strip_prefix("$DIALECT:") {
                let word = value.trim().trim_matches(|c| c == '\'' || c == '"');
                return Some((word.to_string(), span));
            }
        } else if let Some(word) = statement.strip_prefix("OPTION DIALECT ") {
            return Some((word.trim().to_string(), span));
        } else if !statement.is_empty() {
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

struct Reader<'a> {
    sources: &'a mut SourceMap,
    files: &'a mut dyn Files,
    diagnostics: &'a mut Diagnostics,
    visit: &'a mut dyn FnMut(Stmt, Place),
    /// Statements so far.
    count: usize,
    /// The files that are being read, outermost first.
    open: Vec<FileId>,
}

impl Reader<'_> {
    fn file(&mut self, id: FileId, dialect: Option<DialectName>) {
        if self.sources.file(id).text.as_bytes().iter().take(4096).any(|&b| b == 0) {
            let message = text!("this is not text: it contains a zero byte");
            self.diagnostics.push(codes::NOT_TEXT.error(Span::new(id, 0, 1), message));
            return;
        }
        if !self.sources.fits(id) {
            let message = text!("the file is too large, or one file too many");
            self.diagnostics.push(codes::FILE_TOO_LARGE.error(Span::default(), message));
            return;
        }
        self.open.push(id);
        let numbered = dialect.is_some_and(|dialect| dialect.flags().crunched);
        if numbered && let Some(sorted) = order::in_order(&self.sources.file(id).text) {
            self.sources.replace_text(id, sorted);
            let message = text!("the lines are not in the order of their numbers");
            let help =
                text!("they are taken in that order, and of several with one number the last");
            let warning = codes::LINE_ORDER.warning(Span::new(id, 0, 0), message);
            self.diagnostics.push(warning.help(help));
        }
        let text = &*self.sources.file(id).text;
        let late = dialect.is_some_and(|dialect| late::is_late(text, &dialect.flags()));
        let mut lines = Lines::of(id, dialect, late);
        while self.count <= MAX_STATEMENTS
            && let Some(batch) = lines.next(self.sources, self.diagnostics)
        {
            for (stmt, place) in batch.stmts {
                self.count += 1;
                (self.visit)(stmt, place);
            }
            if let Some((path, span)) = batch.include {
                self.include(&path, span, dialect);
            }
        }
        self.open.pop();
    }

    fn include(&mut self, path: &str, span: Span, dialect: Option<DialectName>) {
        let error = |code: Code, message: String| code.error(span, message);
        if self.open.len() >= MAX_INCLUDES {
            let message = format!("files include one another deeper than {MAX_INCLUDES}");
            self.diagnostics.push(error(codes::INCLUDE_CYCLE, message));
            return;
        }
        let Some(bytes) = self.files.read(path) else {
            self.diagnostics.push(
                error(codes::NO_SUCH_FILE, format!("there is no file `{path}`"))
                    .help(text!("paths are looked up beside the program and in each -I folder")),
            );
            return;
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let id = self.sources.add(path, text);
        if self.open.contains(&id) {
            self.diagnostics.push(error(codes::INCLUDE_CYCLE, format!("`{path}` includes itself")));
            return;
        }
        let named = named(&self.sources.file(id).text, id);
        self.file(id, named.and_then(|(word, _)| DialectName::parse(&word)).or(dialect));
    }
}
