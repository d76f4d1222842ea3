//! The compilers behind one call: a source file's name says which language it is.
//!
//! In: name, bytes, settings, and where included files come from. Out: a module with the plan of
//! its memory, and messages; nothing is printed here.

use alloc::{format, string::String, vec::Vec};
use wasm_common::backend::{self, Layout, OptLevel};
use wasm_common::diag::Diagnostic;
use wasm_common::source::{Files, SourceMap, decode};

/// What to make.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How much work goes into the code.
    pub opt: OptLevel,
    /// Bytes of fast memory.
    pub window: u32,
    /// Folders where included files may be.
    pub include: Vec<String>,
    /// Macros of C: `NAME` or `NAME=VALUE`.
    pub define: Vec<String>,
    /// Dialect of BASIC, by name; `None` is decided by the file.
    pub dialect: Option<String>,
    /// `#` is a double in ConeZ BASIC.
    pub float64: bool,
    /// BASIC's loops call the host.
    pub yields: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let backend::Options { opt, window, .. } = backend::Options::default();
        Self {
            opt,
            window,
            include: Vec::new(),
            define: Vec::new(),
            dialect: None,
            float64: false,
            yields: false,
        }
    }
}

/// What a compilation gave.
#[derive(Clone, Debug)]
pub struct Made {
    /// The module and where its data lies, unless there were errors.
    pub module: Option<(Vec<u8>, Layout)>,
    /// Errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that they point into.
    pub sources: SourceMap,
}

/// A source language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// C.
    C,
    /// BASIC.
    Basic,
}

impl Language {
    /// By the ending of a file's name.
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match () {
            () if ending.eq_ignore_ascii_case("c") => Some(Self::C),
            () if ending.eq_ignore_ascii_case("bas") => Some(Self::Basic),
            () => None,
        }
    }
}

/// Compiles the file `name` with the content `source`; a vector's is not copied, if it can be
/// helped.
///
/// # Errors
/// When the name ends with neither `.c` nor `.bas`, or a setting names what does not exist. What is
/// wrong with the source is in [`Made::diagnostics`].
pub fn compile(
    name: &str,
    source: impl Into<Vec<u8>>,
    settings: &Settings,
    files: &mut dyn Files,
) -> Result<Made, String> {
    match Language::of(name) {
        Some(Language::C) => Ok(c(name, decode(source.into()), settings, files)),
        Some(Language::Basic) => {
            let text = String::from_utf8(source.into())
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
            basic(name, text, settings, files)
        }
        None => Err(format!("{name}: expected a file named .c, .bas or .wasm")),
    }
}

fn back_end(settings: &Settings) -> backend::Options {
    backend::Options { opt: settings.opt, window: settings.window, ..backend::Options::default() }
}

#[inline(never)]
fn c(name: &str, text: String, settings: &Settings, files: &mut dyn Files) -> Made {
    use c2wasm::session::{FrontOptions, MacroOption};
    let options = c2wasm::Options {
        front: FrontOptions {
            include_paths: settings.include.clone(),
            macros: settings.define.iter().cloned().map(MacroOption::Define).collect(),
            ..FrontOptions::default()
        },
        backend: back_end(settings),
        ..c2wasm::Options::default()
    };
    match c2wasm::compile_owned(Vec::from([(name, text)]), &options, files) {
        Ok(c2wasm::Output { wasm, layout, diagnostics, sources, .. }) => {
            Made { module: Some((wasm, layout)), diagnostics, sources }
        }
        Err(c2wasm::Failure { diagnostics, sources }) => {
            Made { module: None, diagnostics, sources }
        }
    }
}

/// What a BASIC program includes: beside it, then in the folders given.
struct Folders<'a> {
    name: &'a str,
    include: &'a [String],
    files: &'a mut dyn Files,
}

impl Files for Folders<'_> {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        let beside = self.name.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
        let first = self.files.read(&format!("{beside}{path}"));
        first.or_else(|| self.include.iter().find_map(|f| self.files.read(&format!("{f}/{path}"))))
    }
}

#[inline(never)]
fn basic(
    name: &str,
    text: String,
    settings: &Settings,
    files: &mut dyn Files,
) -> Result<Made, String> {
    use bas2wasm::dialect::DialectName;
    let dialect = match &settings.dialect {
        None => None,
        Some(name) => Some(DialectName::parse(name).ok_or_else(|| {
            let known = DialectName::ALL.map(DialectName::as_str).join(", ");
            format!("no dialect `{name}`: there are {known}")
        })?),
    };
    let options = bas2wasm::Options {
        name: name.into(),
        dialect,
        float64: settings.float64,
        yields: settings.yields,
        backend: back_end(settings),
        ..bas2wasm::Options::default()
    };
    let mut files = Folders { name, include: &settings.include, files };
    Ok(match bas2wasm::compile(text, &options, &mut files) {
        Ok(bas2wasm::Output { wasm, layout, diagnostics, sources, .. }) => {
            Made { module: Some((wasm, layout)), diagnostics: diagnostics.into_vec(), sources }
        }
        Err(bas2wasm::Failure { diagnostics, sources }) => {
            Made { module: None, diagnostics: diagnostics.into_vec(), sources }
        }
    })
}
