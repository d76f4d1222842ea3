//! One interface to both compilers.

use bas2wasm::dialect::DialectName;
use c2wasm::session::Standard;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use wasm_common::backend::{self, Backend, Output, Profile};
use wasm_common::diag::{Diagnostic, Severity};
use wasm_common::ir::{self, Program};
pub use wasm_common::opt::OptLevel;
use wasm_common::source::SourceMap;

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
    /// `--profile`.
    pub profile: Option<Profile>,
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
    let mut backend = Backend::new(backend_options(opt));
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
    match language {
        Language::C => c(name, source, level, options),
        Language::Basic => basic(name, source, level, options),
        Language::Ir => {
            let problem = |message| vec![Problem { line: 0, column: 0, message }];
            let program = ir::text::parse(source).map_err(|error| problem(error.to_string()))?;
            link(&program, level).map_err(problem)
        }
    }
}

fn backend_options(opt: OptLevel) -> backend::Options {
    backend::Options { opt, keep_ir: true, ..backend::Options::default() }
}

/// The file itself, which it may include.
fn itself(name: &str, source: &str) -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([(name.to_string(), source.as_bytes().to_vec())])
}

fn c(name: &str, text: &str, level: OptLevel, options: &Options) -> Result<Output, Vec<Problem>> {
    let mut settings = c2wasm::Options { backend: backend_options(level), ..Default::default() };
    settings.backend.profile = options.profile.clone();
    if let Some(standard) = &options.std {
        settings.front.standard = Standard::from_name(standard).expect("a standard");
    }
    match c2wasm::compile(&[c2wasm::Source { name, text }], &settings, &mut itself(name, text)) {
        Ok(c2wasm::Output { wasm, layout, program, .. }) => Ok(Output { wasm, layout, program }),
        Err(failure) => Err(problems(failure.diagnostics.iter(), &failure.sources)),
    }
}

fn basic(
    name: &str,
    text: &str,
    level: OptLevel,
    options: &Options,
) -> Result<Output, Vec<Problem>> {
    let profile = options.profile.clone();
    let settings = bas2wasm::Options {
        name: name.into(),
        dialect: options
            .dialect
            .as_deref()
            .map(|name| DialectName::parse(name).expect("a dialect")),
        backend: backend::Options { profile, ..backend_options(level) },
        ..Default::default()
    };
    match bas2wasm::compile(text, &settings, &mut itself(name, text)) {
        Ok(bas2wasm::Output { wasm, layout, program, .. }) => Ok(Output { wasm, layout, program }),
        Err(failure) => Err(problems(failure.diagnostics.iter(), &failure.sources)),
    }
}

/// The errors among `diagnostics`.
fn problems<'d>(
    diagnostics: impl Iterator<Item = &'d Diagnostic>,
    sources: &SourceMap,
) -> Vec<Problem> {
    let errors = diagnostics.filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors
        .map(|error| {
            let (line, column) = sources.line_col(error.span);
            Problem { line, column, message: error.message.clone() }
        })
        .collect()
}
