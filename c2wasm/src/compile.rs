//! Sources to module: the stages in order, unit by unit, then the library as far as it is used.

use crate::ast::print_item;
use crate::builtins;
use crate::check::{Checked, Unit, Warnings, codes};
use crate::libc;
use crate::lower::{Context, Globals, Problem, Program, Undefined, UnitSymbols, lower};
use crate::parse::Parser;
use crate::preprocess::preprocess_to_text;
use crate::session::{FrontOptions, Session, Standard};
use alloc::{
    borrow::Cow,
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};
use wasm_common::backend::{self, Backend, Layout};
use wasm_common::diag::{Diagnostic, Diagnostics, Severity};
use wasm_common::ir;
use wasm_common::map::Set;
use wasm_common::source::{FileId, Files, NoFiles, SourceMap, Span};
use wasm_common::text::{find, format, text};

/// A source file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its name, as messages show it; `#include "..."` looks beside it.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What to make of the sources.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language, include folders, macros.
    pub front: FrontOptions,
    /// Which warnings are reported, and which count as errors.
    pub warnings: Warnings,
    /// Optimisation, window, memory.
    pub backend: backend::Options,
    /// `-shared`: every function with external linkage is exported, and no entry is needed.
    pub shared: bool,
}

/// A compiled program.
#[derive(Clone, Debug)]
pub struct Output {
    /// The module.
    pub wasm: Vec<u8>,
    /// Where everything lies in linear memory.
    pub layout: Layout,
    /// The IR, if [`backend::Options::keep_ir`] asked for it.
    pub program: Option<ir::Program>,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that the warnings point into.
    pub sources: SourceMap,
}

/// Text made from a source, and what there is to say about it.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Warnings and errors.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that they point into.
    pub sources: SourceMap,
}

/// Why there is no module.
#[derive(Clone, Debug)]
pub struct Failure {
    /// At least one error.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that they point into.
    pub sources: SourceMap,
}

/// Compiles `sources` into one module. `files` is where `#include` looks.
///
/// # Errors
/// Everything that is wrong with the sources, up to
/// [`MAX_ERRORS`](wasm_common::diag::MAX_ERRORS) messages.
pub fn compile(
    sources: &[Source<'_>],
    options: &Options,
    files: &mut dyn Files,
) -> Result<Output, Failure> {
    let owned = sources.iter().map(|source| (source.name, source.text.to_string()));
    compile_owned(owned.collect(), options, files)
}

/// As [`compile`], for names with texts that nobody else needs: they are not copied.
///
/// # Errors
/// As [`compile`].
pub fn compile_owned(
    sources: Vec<(&str, String)>,
    options: &Options,
    files: &mut dyn Files,
) -> Result<Output, Failure> {
    let mut globals = Globals::new(sources.len() == 1);
    for (_, text) in &sources {
        globals.scan(text);
    }
    let redirects = sources.iter().any(|(_, text)| find(text, "freopen").is_some());
    let mut sources: Vec<(&str, Cow<'static, str>)> =
        sources.into_iter().map(|(name, text)| (name, text.into())).collect();
    loop {
        let mut compilation = Compilation::new(options, globals);
        compilation.program.redirects = redirects;
        let mut mains = Vec::new();
        for (name, text) in &mut sources {
            let main = compilation.sources.add(*name, core::mem::take(text));
            mains.push(main);
            compilation.unit(main, &options.front, &options.warnings, files);
        }
        if compilation.diagnostics.has_errors() {
            return Err(compilation.fail());
        }
        compilation.export();
        compilation.link_library();
        match core::mem::take(&mut compilation.program.globals).again() {
            // Each round refuses at least one object more, so this ends.
            Some(next) => globals = next,
            None => return compilation.finish(),
        }
        for (source, main) in sources.iter_mut().zip(mains) {
            source.1 = compilation.sources.take_text(main);
        }
    }
}

/// The source after preprocessing: `-E`. `markers` is false for `-P`.
pub fn preprocess_only(
    source: Source<'_>,
    options: &FrontOptions,
    markers: bool,
    files: &mut dyn Files,
) -> Text {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let main = sources.add(source.name, source.text.to_string());
    let mut session = Session::new(&mut sources, files, &mut diagnostics);
    let text = preprocess_to_text(main, options, markers, &mut session);
    Text { text, diagnostics: diagnostics.into_vec(), sources }
}

/// The syntax tree as text: `--emit ast`.
pub fn syntax_tree(source: Source<'_>, options: &FrontOptions, files: &mut dyn Files) -> Text {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let main = sources.add(source.name, source.text.to_string());
    let mut session = Session::new(&mut sources, files, &mut diagnostics);
    let mut parser = Parser::new(main, options, &mut session);
    let mut text = String::new();
    while let Some(item) = parser.next_item(&mut session) {
        text += &print_item(&item, &session.names);
    }
    Text { text, diagnostics: diagnostics.into_vec(), sources }
}

struct Compilation<'o> {
    options: &'o Options,
    sources: SourceMap,
    diagnostics: Diagnostics,
    program: Program,
}

impl<'o> Compilation<'o> {
    /// On the heap, as a parser and a unit: what uses them goes deep.
    #[inline(never)]
    fn new(options: &'o Options, globals: Globals) -> Box<Self> {
        Box::new(Self {
            options,
            sources: SourceMap::new(),
            diagnostics: Diagnostics::new(),
            program: Program::new(Backend::new(options.backend.clone()), globals),
        })
    }

    /// One translation unit, item by item.
    #[inline(never)]
    fn unit(
        &mut self,
        main: FileId,
        front: &FrontOptions,
        warnings: &Warnings,
        files: &mut dyn Files,
    ) {
        self.program.globals.unit += 1;
        let before = self.diagnostics.iter().count();
        let mut session = Session::new(&mut self.sources, files, &mut self.diagnostics);
        let mut parser = parser(main, front, &mut session);
        let mut unit = unit(front.standard, warnings.clone(), &mut session);
        let mut symbols = UnitSymbols::default();
        loop {
            // Each stage forgets what the one before it made: only the IR meets the back end.
            let (checked, is_end) = checked(&mut parser, &mut unit, &mut session);
            // What is wrong is still checked to the end, but no longer lowered.
            if !session.diagnostics.has_errors() {
                let context =
                    Context { unit: &unit, names: &session.names, sources: session.sources };
                lower(*checked, context, &mut self.program, &mut symbols);
            }
            if is_end {
                break;
            }
        }
        let mutes = parser.into_mutes();
        self.diagnostics.revise(before, |diagnostic| mutes.judge(diagnostic));
        for problem in core::mem::take(&mut self.program.problems) {
            self.between_files(problem);
        }
    }

    /// Says what is wrong between files.
    fn between_files(&mut self, problem: Problem) {
        let diagnostic = match problem {
            Problem::DefinedTwice { name, first, second } => {
                let message = format!("`{name}` is defined in two files");
                codes::REDEFINED.error(second, message).label(first, text!("first defined here"))
            }
            Problem::Disagreement { name, first, second, hopeless } => {
                let message =
                    format!("`{name}` is `{}` here, but `{}` in another file", second.1, first.1);
                let diagnostic = match hopeless {
                    true => codes::FILES_DISAGREE.error(second.0, message),
                    false => codes::FILES_DISAGREE.warning(second.0, message),
                };
                let help = text!("declare it in a header that both files include");
                diagnostic.label(first.0, text!("the other declaration")).help(help)
            }
        };
        self.diagnostics.push(diagnostic);
    }

    /// Decides what the device can call.
    #[inline(never)]
    fn export(&mut self) {
        if self.options.shared {
            let names: Vec<String> =
                self.program.defined_functions().map(|(n, _)| n.to_string()).collect();
            for name in names {
                self.program.export(&name);
            }
        } else if !self.program.export_entry() {
            let span = Span::new(FileId(0), 0, 0);
            let error = codes::UNDEFINED.error(span, text!("the program has no entry"));
            let help = text!(
                "define `main`, or `setup` and `loop`, or mark exports with `__attribute__((export_name(\"...\")))`"
            );
            self.diagnostics.push(error.help(help));
        }
    }

    /// Compiles the library's files that define what is missing, until nothing is; what they do
    /// not define is looked for among the host imports.
    #[inline(never)]
    fn link_library(&mut self) {
        let mut compiled: Set<&str> = Set::new();
        while !self.diagnostics.has_errors() {
            let missing = self.program.undefined();
            let mut progress = false;
            for undefined in &missing {
                let name = &undefined.name;
                let file = libc::file_of(name, self.program.redirects)
                    .filter(|file| !compiled.contains(file));
                if let Some(file) = file {
                    compiled.insert(file);
                    self.library_file(file);
                    progress = true;
                } else if self.program.is_defined(name)
                    || self.program.resolve_import(name)
                    || self.program.resolve_weak(name)
                {
                    progress = true;
                } else {
                    self.undefined(undefined);
                }
            }
            if !progress {
                return;
            }
        }
    }

    #[inline(never)]
    fn library_file(&mut self, file: &'static str) {
        let Some(text) = libc::text(file) else { return };
        self.program.globals.scan(&text);
        let main = self.sources.add(format!("<libc/{file}>"), text);
        self.program.in_library = true;
        self.unit(main, &FrontOptions::default(), &Warnings::none(), &mut NoFiles);
        self.program.in_library = false;
        self.sources.forget_text(main);
    }

    fn undefined(&mut self, undefined: &Undefined) {
        let Undefined { name, used, declared } = undefined;
        let mut error = codes::UNDEFINED.error(*used, format!("`{name}` is used but not defined"));
        if used != declared {
            error = error.label(*declared, text!("declared here"));
        }
        let help = match builtins::header_of(name) {
            Some(_) => "the library declares it, but does not have it",
            None => "define it, or give the file that does to the compiler as well",
        };
        self.diagnostics.push(error.help(help));
    }

    #[inline(never)]
    fn finish(mut self: Box<Self>) -> Result<Output, Failure> {
        if self.has_errors() {
            return Err(self.fail());
        }
        let names = self.sources.files().iter().map(|file| file.name.clone());
        *self.program.backend.file_names_mut() = names.collect();
        match self.program.backend.finish() {
            Ok(backend::Output { wasm, layout, program }) => {
                let warnings = &self.options.warnings;
                let diagnostics = report(self.diagnostics, warnings, &mut self.sources);
                Ok(Output { wasm, layout, program, diagnostics, sources: self.sources })
            }
            Err(error) => {
                let span = Span::new(FileId(0), 0, 0);
                self.diagnostics.push(codes::UNDEFINED.error(span, error.to_string()));
                let warnings = &self.options.warnings;
                let diagnostics = report(self.diagnostics, warnings, &mut self.sources);
                Err(Failure { diagnostics, sources: self.sources })
            }
        }
    }

    fn has_errors(&self) -> bool {
        let warnings = &self.options.warnings;
        self.diagnostics.has_errors()
            || self
                .diagnostics
                .iter()
                .any(|d| warnings.is_on(d.warning) && counts_as_error(d, warnings))
    }

    #[inline(never)]
    fn fail(mut self: Box<Self>) -> Failure {
        let diagnostics = report(self.diagnostics, &self.options.warnings, &mut self.sources);
        Failure { diagnostics, sources: self.sources }
    }
}

#[inline(never)]
fn parser(main: FileId, front: &FrontOptions, session: &mut Session<'_>) -> Box<Parser> {
    Box::new(Parser::new(main, front, session))
}

#[inline(never)]
fn unit(standard: Standard, warnings: Warnings, session: &mut Session<'_>) -> Box<Unit> {
    Box::new(Unit::new(standard, warnings, session))
}

/// The next item, checked; or what is left at the end, and that it is the end.
#[inline(never)]
fn checked(
    parser: &mut Parser,
    unit: &mut Unit,
    session: &mut Session<'_>,
) -> (Box<Checked>, bool) {
    match parser.next_item(session) {
        Some(item) => (Box::new(unit.check(&item, session)), false),
        None => (Box::new(unit.end(session)), true),
    }
}

fn counts_as_error(diagnostic: &Diagnostic, warnings: &Warnings) -> bool {
    diagnostic.severity == Severity::Warning && warnings.is_error(diagnostic.warning)
}

/// The diagnostics that the options ask for, as they ask for them. The files that they show have
/// their texts.
fn report(
    diagnostics: Diagnostics,
    warnings: &Warnings,
    sources: &mut SourceMap,
) -> Vec<Diagnostic> {
    let mut list = diagnostics.into_vec();
    list.retain(|d| d.severity != Severity::Warning || warnings.is_on(d.warning));
    for diagnostic in &mut list {
        if counts_as_error(diagnostic, warnings) {
            diagnostic.severity = Severity::Error;
        }
        let labels = diagnostic.labels.iter().map(|label| label.span);
        labels.chain([diagnostic.span]).for_each(|span| sources.bring_back(span.file()));
    }
    list
}
