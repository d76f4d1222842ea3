//! The tree to the typed program.
//!
//! In: the [`Outline`]; statements are parsed again as they are needed. Out: [`Program`]: names
//! resolved, types decided over the whole unit, conversions written down, blocks turned into labels
//! and jumps; and diagnostics, several a run, none that follows from another.
//!
//! Order: [`outline`] finds procedures, labels and DATA; [`infer`] decides the types of names
//! without suffix; then each procedure is checked statement by statement, and at the end it is
//! known where each variable can live ([`storage`]).

mod arrays;
mod blocks;
mod builtin;
mod calls;
mod expr;
mod fields;
mod files;
mod functions;
mod infer;
mod letters;
mod library;
mod loops;
mod names;
mod operators;
mod outline;
mod output;
mod pairs;
mod singles;
mod stmt;
mod storage;
mod strict;
mod sure;
mod warn;

use crate::ast;
use crate::codes::{self, Code};
use crate::dialect::{Dialect, LIBRARY};
use crate::tree::{self, ArrayId, Label, Op, Place, Proc, ProcId, Program, Ty, VarId};
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use names::Names;
pub(crate) use outline::Outline;
use outline::ProcInfo;
use wasm_common::diag::Diagnostics;
use wasm_common::ir::Loc;
use wasm_common::map::{Map, Set};
use wasm_common::source::{SourceMap, Span};
use wasm_common::text::text;

/// A result that is `None` when an error has been reported.
pub(crate) type Checked<T> = Option<T>;

/// Its name among the sources; no include can have it.
pub(crate) const LIBRARY_NAME: &str = "<library>";

/// Checks a program. `None` when there are errors.
#[inline(never)]
pub(crate) fn check(
    outline: Outline,
    dialect: Dialect,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Program> {
    let (out, names, library) = checked(sources, diagnostics, dialect, outline);
    if diagnostics.has_errors() {
        return None;
    }
    let mut program = library::check(out, names, library, dialect, sources, diagnostics);
    storage::decide(&mut program);
    program.vars.shrink_to_fit();
    program.arrays.shrink_to_fit();
    program.procs.shrink_to_fit();
    Some(program)
}

/// A program, and what checking its library needs.
#[inline(never)]
fn checked(
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
    dialect: Dialect,
    outline: Outline,
) -> (Program, Names, library::Library) {
    let mut checker = Checker::new(sources, diagnostics, dialect, outline);
    checker.run();
    let Checker { out, names, library, .. } = *checker;
    (out, names, library)
}

/// The state of a check.
struct Checker<'a> {
    sources: &'a SourceMap,
    diagnostics: &'a mut Diagnostics,
    /// Of the program; the library has its own.
    program_dialect: Dialect,
    outline: Outline,
    names: Names,
    out: Program,
    library: library::Library,
    /// What OPTION BASE says, so far.
    base: i32,
    explicit: bool,
    /// Where the last `/` that truncates stands.
    int_division: Option<Span>,
    fields: fields::Fields,
    functions: functions::Functions,
    /// OPTION BASEs that come too late, and say so when the program gets there.
    late_bases: Vec<Span>,
    /// Variables that say that a static array has been dimensioned, where a DIM may come again.
    dimensioned: Map<ArrayId, VarId>,
    func: Func,
}

/// The state of the procedure that is being checked.
struct Func {
    proc: ProcId,
    dialect: Dialect,
    library: bool,
    body: tree::Body,
    labels: u32,
    targets: Map<String, Label>,
    blocks: Vec<blocks::Block>,
    loops: loops::Loops,
    loc: Loc,
    number: u32,
    span: Span,
    /// Nothing of the source's statement has been pushed yet.
    fresh: bool,
    /// LOCALs that nothing has been assigned to so far in the text.
    unset_locals: Set<tree::VarId>,
    /// What PRINT USING keeps: its format, and how far it is.
    using: Option<(tree::VarId, tree::VarId)>,
    /// The error that the statement is at run time, because it is none now.
    late: Option<i64>,
    /// Where RESUME NEXT goes from the single-line IFs whose first statement this is or was.
    skips: Vec<Label>,
    /// That statement is done.
    past_first: bool,
}

impl<'a> Checker<'a> {
    /// On the heap: parsing and checking a procedure goes deep.
    #[inline(never)]
    fn new(
        sources: &'a SourceMap,
        diagnostics: &'a mut Diagnostics,
        dialect: Dialect,
        mut outline: Outline,
    ) -> Box<Self> {
        let base = dialect.base;
        let func = Func::new(ProcId(0), dialect, false);
        let out = Program {
            checked_floats: dialect.checked_floats,
            bare_messages: dialect.bare_messages,
            wraps: dialect.wraps,
            infinity: dialect.infinity,
            rounding: dialect.rounding,
            traps_errors: outline.traps_errors,
            data: core::mem::take(&mut outline.data),
            ..Program::default()
        };
        let names = Names::default();
        Box::new(Self {
            sources,
            diagnostics,
            program_dialect: dialect,
            outline,
            names,
            out,
            library: library::Library::new(dialect.mbf),
            base,
            explicit: false,
            int_division: None,
            fields: fields::Fields::default(),
            functions: functions::Functions::default(),
            late_bases: Vec::new(),
            dimensioned: Map::new(),
            func,
        })
    }

    #[inline(never)]
    fn run(&mut self) {
        self.out.procs.reserve_exact(self.outline.procs.len());
        for info in &self.outline.procs {
            self.out.procs.push(Proc::new(info.name.text.clone(), false));
        }
        self.records();
        self.constants();
        self.arrays();
        self.infer();
        self.outline.forget_declarations();
        let procs = (0..self.outline.procs.len()).map(|index| ProcId(index as u32));
        for proc in procs.clone() {
            self.signature(proc);
        }
        for proc in procs {
            self.procedure(proc);
        }
        if self.program_dialect.lenient_math {
            let names = ["LIB_DIVZERO!", "LIB_DIVZERO#", "LIB_INFINITE!", "LIB_INFINITE#"];
            self.out.lenient = Some(names.map(|name| self.library.proc(name, &mut self.out.procs)));
        }
    }

    /// A procedure as the source has it.
    fn info(&self, proc: ProcId) -> Rc<ProcInfo> {
        self.outline.procs[proc.0 as usize].clone()
    }

    /// Checks the body of a procedure.
    fn procedure(&mut self, proc: ProcId) {
        let info = self.info(proc);
        self.begin(proc, &info);
        for stmt in info.stmts(self.sources) {
            if self.diagnostics.is_full() {
                break;
            }
            if !matches!(stmt.kind, ast::StmtKind::Wrong { tail: true, .. }) {
                self.at(stmt.span);
            }
            self.stmt(&stmt);
        }
        self.end(proc, &info);
    }

    #[inline(never)]
    fn begin(&mut self, proc: ProcId, info: &ProcInfo) {
        let dialect = if info.library { LIBRARY } else { self.program_dialect };
        self.func = Func::new(proc, dialect, info.library);
        for name in &info.labels {
            let label = self.func.label();
            self.func.targets.insert(name.clone(), label);
        }
        self.count_loops(info);
    }

    #[inline(never)]
    fn end(&mut self, proc: ProcId, info: &ProcInfo) {
        for label in core::mem::take(&mut self.func.skips) {
            self.label_here(label);
        }
        self.close_blocks();
        if let Some(body) = &info.expr {
            self.at(body.span);
            self.def_fn(body);
            if let Some(code) = self.func.late.take() {
                self.raise(code);
            }
        }
        let mut body = core::mem::take(&mut self.func.body);
        // A body is never empty, so that it is checked once.
        let (op, loc) = (Op::Return(None), Loc::NONE);
        body.push(&tree::Stmt { op, loc, number: 0, first: true });
        let done = &mut self.out.procs[proc.0 as usize];
        done.body = body.finish();
        done.labels = self.func.labels;
        done.loops = self.func.loops.take();
    }

    /// Statements from here on stand at `span`.
    fn at(&mut self, span: Span) {
        self.func.span = span;
        self.func.fresh = true;
        self.func.loc = if self.func.library {
            Loc::NONE
        } else {
            Loc::new(u32::from(span.file().0), self.sources.line_col(span).0)
        };
    }

    fn push(&mut self, op: Op) {
        let (loc, number) = (self.func.loc, self.func.number);
        let first = core::mem::take(&mut self.func.fresh);
        if let (true, &Op::Store(Place::Var(var), _)) = (self.func.library, &op) {
            self.out.procs[self.func.proc.0 as usize].changed.push(var);
        }
        self.func.body.push(&tree::Stmt { op, loc, number, first });
    }

    fn label_here(&mut self, label: Label) {
        self.push(Op::Label(label));
    }

    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) {
        if self.is_late(code) {
            self.warn(
                codes::LATE_ERROR,
                span,
                message,
                text!("the program stops when it gets here"),
            );
        } else {
            self.diagnostics.push(code.error(span, message));
        }
    }

    fn error_help(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.is_late(code) {
            self.warn(codes::LATE_ERROR, span, message, help);
        } else {
            self.diagnostics.push(code.error(span, message).help(help));
        }
    }

    /// Whether an error is one of the run in this dialect; the statement becomes that error.
    fn is_late(&mut self, code: Code) -> bool {
        let number = match code {
            codes::TYPE_MISMATCH => 13,
            codes::SUBSCRIPTS => 9,
            codes::OVERFLOW if self.outline.traps_errors => 6,
            codes::UNDEFINED | codes::ARGUMENT_COUNT | codes::NOT_A_VARIABLE | codes::MISPLACED
                if self.outline.traps_errors =>
            {
                2
            }
            _ => return false,
        };
        if self.func.dialect.late_errors {
            self.func.late.get_or_insert(number);
        }
        self.func.dialect.late_errors
    }

    fn warn(
        &mut self,
        warning: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if !self.func.library {
            let diagnostic = warning.warning(span, message);
            self.diagnostics.push(diagnostic.help(help));
        }
    }

    fn dialect(&self) -> &Dialect {
        &self.func.dialect
    }

    /// The type of a name by its suffix, its first letter, or what was inferred for it.
    fn name_type(&self, name: &ast::Name) -> Ty {
        self.type_in(name, self.func.proc)
    }
}

impl Func {
    fn new(proc: ProcId, dialect: Dialect, library: bool) -> Self {
        Self {
            proc,
            dialect,
            library,
            body: tree::Body::default(),
            labels: 0,
            targets: Map::new(),
            blocks: Vec::new(),
            loops: loops::Loops::default(),
            loc: Loc::NONE,
            number: 0,
            span: Span::default(),
            fresh: false,
            unset_locals: Set::new(),
            using: None,
            late: None,
            skips: Vec::new(),
            past_first: false,
        }
    }

    fn label(&mut self) -> Label {
        self.labels += 1;
        Label(self.labels - 1)
    }
}
