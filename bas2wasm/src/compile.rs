//! The whole way, in one call.

use crate::ast::{self, NumType};
use crate::check::Outline;
use crate::codes;
use crate::dialect::DialectName;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::backend::{self, Backend, Layout};
use wasm_common::diag::{Diagnostics, Severity};
use wasm_common::ir::Program;
use wasm_common::source::{FileId, Files, SourceMap, Span};
use wasm_common::text::text;

/// What to compile, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The file's name, for messages.
    pub name: String,
    /// The dialect; by default the one that the file names, GW-BASIC for a file whose lines have
    /// numbers, ConeZ otherwise.
    pub dialect: Option<DialectName>,
    /// In ConeZ's dialect, `#` is a double.
    pub float64: bool,
    /// Loops ask the host whether to stop; ours can stop them without.
    pub yields: bool,
    /// Names of warnings that are not wanted; `all` for every one.
    pub no_warnings: Vec<String>,
    /// Warnings are errors.
    pub warnings_are_errors: bool,
    /// Of the back end; its file names are filled in here.
    pub backend: backend::Options,
}

/// A module and what belongs to it.
#[derive(Clone, Debug)]
pub struct Output {
    /// The module.
    pub wasm: Vec<u8>,
    /// Where everything lies in memory.
    pub layout: Layout,
    /// The IR, if the back end was asked to keep it.
    pub program: Option<Program>,
    /// Warnings and notes.
    pub diagnostics: Diagnostics,
    /// The files that they speak of; without texts if there are none.
    pub sources: SourceMap,
}

/// Why there is no module.
#[derive(Clone, Debug)]
pub struct Failure {
    /// At least one error.
    pub diagnostics: Diagnostics,
    /// The files that they speak of.
    pub sources: SourceMap,
}

/// Compiles a program; `files` gives what it includes. A `String` is not copied.
///
/// # Errors
/// When there is anything wrong with the source, or the module does not fit.
pub fn compile(
    source: impl Into<String>,
    options: &Options,
    files: &mut dyn Files,
) -> Result<Output, Failure> {
    let mut sources = SourceMap::new();
    let id = sources.add(options.name.as_str(), source.into());
    program(sources, id, options, files)
}

fn program(
    mut sources: SourceMap,
    id: FileId,
    options: &Options,
    files: &mut dyn Files,
) -> Result<Output, Failure> {
    let mut diagnostics = Diagnostics::new();
    let name = crate::parse::choose(&sources, id, options.dialect, &mut diagnostics);
    let outline = Outline::of_program(&mut sources, id, name, files, &mut diagnostics);
    let mut dialect = name.flags();
    if options.float64 {
        dialect.hash = NumType::F64;
    }
    if outline.is_empty && !diagnostics.has_errors() {
        let message = text!("there is nothing to compile in this file");
        diagnostics.push(codes::EMPTY.error(Span::new(id, 0, 0), message));
    }
    let tree = crate::check::check(outline, dialect, &mut sources, &mut diagnostics);
    let diagnostics = filtered(diagnostics, options);
    let (Some(tree), false) = (tree, diagnostics.has_errors()) else {
        return Err(Failure { diagnostics, sources });
    };
    if diagnostics.iter().next().is_none() {
        // Nobody asks for a text of which nothing is said.
        for file in 0..sources.files().len() as u16 {
            sources.forget_text(FileId(file));
        }
    }
    let mut settings = options.backend.clone();
    let own = sources.files().iter().filter(|file| file.name != crate::check::LIBRARY_NAME);
    settings.file_names = own.map(|file| file.name.clone()).collect();
    let file_names = settings.file_names.clone();
    let mut backend = Backend::new(settings);
    crate::lower::lower(tree, &file_names, options.yields, &mut backend);
    match backend.finish() {
        Ok(output) => {
            let backend::Output { wasm, layout, program } = output;
            Ok(Output { wasm, layout, program, diagnostics, sources })
        }
        Err(error) => Err(link_failure(&error.to_string(), id, diagnostics, sources)),
    }
}

/// The syntax tree of a program as text, as far as it parses.
///
/// # Errors
/// When it does not parse.
pub fn tree_text(
    source: &str,
    options: &Options,
    files: &mut dyn Files,
) -> Result<String, Failure> {
    let mut sources = SourceMap::new();
    let mut diagnostics = Diagnostics::new();
    let id = sources.add(options.name.as_str(), source.to_string());
    let (program, dialect) =
        crate::parse::parse(&mut sources, id, options.dialect, files, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(Failure { diagnostics, sources });
    }
    // What the file said of its dialect is no statement; without it the text would mean another.
    let said = options.dialect.unwrap_or_default() != dialect.name;
    let option = if said {
        alloc::format!("OPTION DIALECT {}\n", dialect.name.as_str())
    } else {
        String::new()
    };
    Ok(option + &ast::print(&program, dialect.escapes))
}

fn link_failure(
    message: &str,
    id: FileId,
    mut diagnostics: Diagnostics,
    sources: SourceMap,
) -> Failure {
    diagnostics.push(codes::LINK.error(Span::new(id, 0, 0), message));
    Failure { diagnostics, sources }
}

/// Leaves out what is not wanted, and makes errors of warnings if that is.
fn filtered(diagnostics: Diagnostics, options: &Options) -> Diagnostics {
    let mut kept = Diagnostics::new();
    for mut diagnostic in diagnostics.into_vec() {
        let unwanted = |name: &String| name == "all" || name == diagnostic.warning;
        if diagnostic.severity != Severity::Error && options.no_warnings.iter().any(unwanted) {
            continue;
        }
        if diagnostic.severity == Severity::Warning && options.warnings_are_errors {
            diagnostic.severity = Severity::Error;
        }
        kept.push(diagnostic);
    }
    kept
}
