//! One interface to both compilers.

use c2wasm::session::Standard;
use std::fmt;
use std::path::Path;
use wasm_common::backend::{self, Backend, Output};
use wasm_common::diag::{Diagnostic, Severity};
use wasm_common::ir::{self, Program};
pub use wasm_common::opt::OptLevel;
use wasm_common::source::{NoFiles, SourceMap};

/// A source language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// C.
    C,
    /// BASIC.
    Basic,
    /// The text form of the IR.
    Ir,
}

impl Language {
    /// By the file's extension.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "c" => Some(Self::C),
            "bas" => Some(Self::Basic),
            "ir" => Some(Self::Ir),
            _ => None,
        }
    }
}

/// How to compile.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `-std` of C.
    pub std: Option<String>,
    /// `--dialect` of BASIC.
    pub dialect: Option<String>,
}

/// All levels.
pub const LEVELS: [OptLevel; 4] = [OptLevel::O0, OptLevel::O1, OptLevel::O2, OptLevel::Os];

/// An error, where the user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Makes a module of an IR program, with its IR kept.
///
/// # Errors
/// What the linker says.
pub fn link(program: &Program, opt: OptLevel) -> Result<Output, String> {
    let options = backend::Options { opt, keep_ir: true, ..backend::Options::default() };
    let mut backend = Backend::new(options);
    backend.symbols = program.symbols.clone();
    for function in &program.functions {
        backend.define(function.clone());
    }
    backend.finish().map_err(|error| error.to_string())
}

/// Compiles one file, with its IR kept.
///
/// # Errors
/// The errors found, in their order.
pub fn compile(
    language: Language,
    name: &str,
    source: &str,
    level: OptLevel,
    options: &Options,
) -> Result<Output, Vec<Problem>> {
    if language == Language::Ir {
        let problem = |message| vec![Problem { line: 0, column: 0, message }];
        let program = ir::text::parse(source).map_err(|error| problem(error.to_string()))?;
        return link(&program, level).map_err(problem);
    }
    if language == Language::C {
        return compile_c(name, source, level, options);
    }
    let _ = (name, options);
    Err(vec![Problem { line: 0, column: 0, message: "no compiler yet".into() }])
}

fn compile_c(
    name: &str,
    source: &str,
    level: OptLevel,
    options: &Options,
) -> Result<Output, Vec<Problem>> {
    let mut with = c2wasm::Options::default();
    with.backend = backend::Options { opt: level, keep_ir: true, ..with.backend };
    if let Some(standard) = options.std.as_deref().and_then(Standard::from_name) {
        with.front.standard = standard;
    }
    let sources = [c2wasm::Source { name, text: source }];
    match c2wasm::compile(&sources, &with, &mut NoFiles) {
        Ok(output) => {
            let c2wasm::Output { wasm, layout, program, .. } = output;
            Ok(Output { wasm, layout, program })
        }
        Err(failure) => Err(problems(&failure.diagnostics, &failure.sources)),
    }
}

fn problems(diagnostics: &[Diagnostic], sources: &SourceMap) -> Vec<Problem> {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let problem = |d: &Diagnostic| {
        let (line, column) = sources.line_col(d.span);
        Problem { line, column, message: d.message.clone() }
    };
    errors.map(problem).collect()
}
