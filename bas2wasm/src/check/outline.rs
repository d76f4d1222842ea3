//! What can be known before any expression is looked at: procedures and where their statements
//! are, labels, DATA.
//!
//! The outline is made while the text is parsed for the first time, and keeps only the statements
//! that declare something: all others are parsed again where they are needed.

use super::letters::Letters;
use super::names::Key;
use super::warn;
use crate::ast::{
    self, DataItem, DimKind, Expr, ExprKind, Name, Param, ProcKind, Stmt, StmtKind, TypeName, walk,
};
use crate::codes;
use crate::dialect::{Dialect, DialectName, LIBRARY};
use crate::parse::{self, Place, Run};
use crate::tree::Datum;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::frugal;
use wasm_common::map::{Map, Set};
use wasm_common::number;
use wasm_common::source::{FileId, Files, NoFiles, SourceMap};
use wasm_common::text::{format, text};

/// A procedure as the source has it.
#[derive(Clone, Debug)]
pub(crate) struct ProcInfo {
    pub(super) name: Name,
    pub(super) kind: ProcKind,
    pub(super) params: Vec<Param>,
    /// What it does to each parameter.
    pub(super) uses: Vec<ParamUse>,
    pub(super) ty: Option<TypeName>,
    pub(super) is_static: bool,
    /// Where its statements stand.
    runs: Vec<Run>,
    /// Those of them that declare something, until all that is declared is known.
    pub(super) declarations: Vec<Stmt>,
    /// The body of a DEF FN.
    pub(super) expr: Option<Expr>,
    pub(super) labels: Vec<String>,
    /// It has GOSUBs.
    pub(super) gosubs: bool,
    pub(super) library: bool,
}

/// What a procedure does to a parameter.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParamUse {
    /// Assigns to it.
    pub(super) stored: bool,
    /// Assigns to it, or hands it on.
    pub(super) assigned: bool,
}

/// The outline of a program or of the library.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The main program first.
    pub(super) procs: Vec<Rc<ProcInfo>>,
    /// By name with suffix.
    pub(super) by_name: Map<String, u32>,
    pub(super) data: Vec<Datum>,
    /// The first datum behind a line number or label.
    pub(super) data_at: Map<String, u32>,
    pub(super) traps_errors: bool,
    /// Types of names without suffix, by their first letters.
    pub(super) letters: Letters,
    /// Procedures that are declared and not defined.
    pub(super) declared: Set<String>,
    /// Names, with suffix, that the program assigns to or declares: they are no builtins there.
    pub(super) assigned: Set<String>,
    /// Parameters and LOCALs, by procedure, that the procedures that it calls see.
    pub(super) shadows: Set<(u32, Key)>,
    /// LOCALs that may be read before they are assigned, by procedure: they begin with the outer
    /// value.
    pub(super) inherits: Set<(u32, Key)>,
    /// Names that some procedure uses which are not its own.
    pub(super) free: Set<Key>,
    /// There are no statements.
    pub(crate) is_empty: bool,
}

impl Outline {
    /// Parses the file `id` and what it includes, and takes it apart.
    #[inline(never)]
    pub(crate) fn of_program(
        sources: &mut SourceMap,
        id: FileId,
        dialect: DialectName,
        files: &mut dyn Files,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut builder = Builder::new(dialect.flags(), false);
        parse::read(sources, id, Some(dialect), files, diagnostics, &mut |stmt, place| {
            builder.stmt(stmt, place);
        });
        builder.finish(sources, diagnostics)
    }

    /// Parses procedures of the library and takes them apart.
    pub(super) fn of_library(
        sources: &mut SourceMap,
        id: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut builder = Builder::new(LIBRARY, true);
        parse::read(sources, id, None, &mut NoFiles, diagnostics, &mut |stmt, place| {
            builder.stmt(stmt, place);
        });
        builder.finish(sources, diagnostics)
    }

    /// Forgets what was declared, but for the FIELDs: they are looked for when they are used.
    pub(super) fn forget_declarations(&mut self) {
        for info in &mut self.procs {
            let Some(info) = Rc::get_mut(info) else { continue };
            info.declarations.retain(|stmt| matches!(stmt.kind, StmtKind::Layout(..)));
            info.declarations.shrink_to_fit();
        }
    }
}

/// The main program, before anything is known of it.
pub(super) fn main() -> ProcInfo {
    ProcInfo {
        name: Name { text: String::from("setup"), suffix: None, span: Default::default() },
        kind: ProcKind::Sub,
        params: Vec::new(),
        uses: Vec::new(),
        ty: None,
        is_static: false,
        runs: Vec::new(),
        declarations: Vec::new(),
        expr: None,
        labels: Vec::new(),
        gosubs: false,
        library: false,
    }
}

impl ProcInfo {
    /// Its statements, without the body of a DEF FN.
    pub(super) fn stmts<'a>(&self, sources: &'a SourceMap) -> impl Iterator<Item = Stmt> + use<'a> {
        self.runs.clone().into_iter().flat_map(move |run| parse::again(sources, run))
    }

    /// Takes in a statement.
    fn add(&mut self, mut stmt: Stmt, place: Place, follows: bool) {
        for (param, uses) in self.params.iter().zip(&mut self.uses) {
            uses.stored |= stores(&stmt, &param.name);
            uses.assigned |= changes(&stmt, &param.name);
        }
        if follows {
            add(&mut self.runs, place);
        } else {
            frugal::push(&mut self.runs, Run::new(place));
        }
        if let StmtKind::Dim { items, .. } = &mut stmt.kind {
            items.shrink_to_fit();
            items.iter_mut().for_each(|item| {
                item.bounds.iter_mut().for_each(Vec::shrink_to_fit);
            });
        }
        match stmt.kind {
            StmtKind::Gosub(_) | StmtKind::On { gosub: true, .. } => self.gosubs = true,
            StmtKind::Type(_)
            | StmtKind::Field(_)
            | StmtKind::EndType
            | StmtKind::Const(_)
            | StmtKind::OptionBase(_)
            | StmtKind::Dim { .. }
            | StmtKind::Erase(_)
            | StmtKind::Layout(..) => frugal::push(&mut self.declarations, stmt),
            _ => {}
        }
    }
}

/// Adds the statement behind the last one.
fn add(runs: &mut Vec<Run>, place: Place) {
    if !runs.last_mut().is_some_and(|run| run.extend(place)) {
        frugal::push(runs, Run::new(place));
    }
}

/// Whether a statement assigns to a parameter.
fn stores(stmt: &Stmt, param: &Name) -> bool {
    let mut found = false;
    walk::assigned(&stmt.kind, &mut |place| {
        found |= matches!(&place.kind, ExprKind::Name(name) if name == param);
    });
    found
}

/// Whether a statement may change a parameter: assigns it, or hands it on.
fn changes(stmt: &Stmt, param: &Name) -> bool {
    let mut found = false;
    let same = |expr: &Expr| match &expr.kind {
        ExprKind::Name(name) => name.text == param.text,
        _ => false,
    };
    walk::assigned(&stmt.kind, &mut |place| found |= same(place));
    if let StmtKind::Call { args, .. } = &stmt.kind {
        found |= args.iter().any(same);
    }
    if let StmtKind::Dim { kind: DimKind::Redim | DimKind::Preserve, items } = &stmt.kind {
        found |= items.iter().any(|item| item.name.text == param.text);
    }
    walk::roots(&stmt.kind, &mut |root| {
        walk::deep(root, &mut |expr| {
            if let ExprKind::Call(_, args) = &expr.kind {
                found |= args.iter().any(same);
            }
        });
    });
    found
}

struct Builder {
    out: Outline,
    procs: Vec<ProcInfo>,
    /// Names and numbers of parameters of DECLAREs.
    declared: Vec<(Name, usize)>,
    /// What is worth a warning, and what is wrong: both come behind what parsing says.
    warnings: Diagnostics,
    errors: Diagnostics,
    /// Where all statements stand, for the dialect whose rules are about the whole program.
    whole: Vec<Run>,
    current: usize,
    /// The procedure that the last statement belongs to.
    last: Option<usize>,
    library: bool,
    dialect: Dialect,
    /// The number of the last numbered line.
    line: u32,
    /// The last statement was THEN or ELSE.
    branched: bool,
}

impl Builder {
    fn new(dialect: Dialect, library: bool) -> Self {
        Self {
            out: Outline { is_empty: true, ..Outline::default() },
            procs: Vec::from([main()]),
            declared: Vec::new(),
            warnings: Diagnostics::new(),
            errors: Diagnostics::new(),
            whole: Vec::new(),
            current: 0,
            last: None,
            library,
            dialect,
            line: 0,
            branched: false,
        }
    }

    fn stmt(&mut self, stmt: Stmt, place: Place) {
        self.out.is_empty = false;
        if !self.library {
            warn::expressions(&stmt, &self.dialect, &mut self.warnings);
        }
        if self.dialect.strict {
            add(&mut self.whole, place);
        }
        let last = self.last.take();
        match stmt.kind {
            StmtKind::Proc { forward: true, name, params, .. } => {
                self.declared.push((name, params.len()));
            }
            StmtKind::Proc { kind, name, params, ty, is_static, .. } => {
                self.begin(ProcInfo { name, kind, params, ty, is_static, ..main() });
            }
            StmtKind::EndProc(_) if self.current != 0 => self.current = 0,
            StmtKind::DefFn { ref name, ref params, ref body } => {
                self.def_fn(name.clone(), params.clone(), body.clone());
                // GW-BASIC defines it when it gets there.
                if self.dialect.late_errors {
                    self.last = Some(self.current);
                    self.inner(stmt, place, last == self.last);
                }
            }
            _ => {
                self.last = Some(self.current);
                self.inner(stmt, place, last == self.last);
            }
        }
    }

    fn finish(mut self, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Outline {
        if self.current != 0 && !self.library {
            let info = &self.procs[self.current];
            let word = if info.kind == ProcKind::Sub { "SUB" } else { "FUNCTION" };
            let message = format!("`{word} {}` has no END {word}", info.name);
            self.errors.push(codes::BLOCK.error(info.name.span, message));
        }
        for (name, count) in core::mem::take(&mut self.declared) {
            self.declared(name, count);
        }
        self.warnings.into_vec().into_iter().for_each(|warning| diagnostics.push(warning));
        if self.dialect.strict {
            let runs = self.whole.into_iter();
            let stmts = runs.flat_map(|run| parse::again(sources, run)).collect();
            super::strict::check(&ast::Program { stmts }, sources, diagnostics);
        }
        self.errors.into_vec().into_iter().for_each(|error| diagnostics.push(error));
        self.out.procs = self.procs.into_iter().map(Rc::new).collect();
        self.out
    }

    /// A definition must have as many parameters as its DECLARE says. Only a call needs there to be one.
    fn declared(&mut self, name: Name, count: usize) {
        let by_name = &self.out.by_name;
        let found = by_name.get(&name.to_string()).or_else(|| by_name.get(&name.text));
        let Some(&found) = found else {
            self.out.declared.insert(name.text);
            return;
        };
        let defined = self.procs[found as usize].params.len();
        if defined != count {
            let message =
                format!("`{name}` is declared with {count} parameters and defined with {defined}");
            self.errors.push(codes::UNDEFINED.error(name.span, message));
        }
    }

    fn begin(&mut self, info: ProcInfo) {
        if self.current != 0 {
            let outer = &self.procs[self.current].name;
            let message = format!("a procedure inside `{outer}`");
            let error = codes::MISPLACED.error(info.name.span, message);
            self.errors.push(error.help(text!("end the outer one first")));
        }
        self.add(info);
        self.current = self.procs.len() - 1;
    }

    fn add(&mut self, mut info: ProcInfo) {
        info.library = self.library;
        info.params.shrink_to_fit();
        info.uses = alloc::vec![ParamUse::default(); info.params.len()];
        let text = info.name.to_string();
        if let Some(&first) = self.out.by_name.get(&text) {
            let first = self.procs[first as usize].name.span;
            let error =
                codes::DUPLICATE.error(info.name.span, format!("`{text}` is defined twice"));
            self.errors.push(error.label(first, text!("the first definition is here")));
        }
        self.out.by_name.insert(text, self.procs.len() as u32);
        frugal::push(&mut self.procs, info);
    }

    fn def_fn(&mut self, name: Name, params: Vec<Param>, body: Expr) {
        let kind = ProcKind::Function;
        // GW-BASIC lets a program define a function again; the last definition of the text counts.
        if self.dialect.crunched {
            self.out.by_name.remove(&name.to_string());
        }
        self.add(ProcInfo { name, kind, params, expr: Some(body), ..main() });
    }

    /// `follows`: it stands behind the last one of the same procedure.
    fn inner(&mut self, stmt: Stmt, place: Place, follows: bool) {
        let label = match &stmt.kind {
            StmtKind::Line(number) => Some(number.to_string()),
            StmtKind::Label(name) => Some(name.clone()),
            _ => None,
        };
        if let Some(label) = label {
            let labels = &mut self.procs[self.current].labels;
            // Only one that some procedure has needs to be looked for in this one.
            if self.out.data_at.contains_key(&label) {
                if labels.contains(&label) && !self.library {
                    let message = format!("`{label}` is defined twice");
                    self.errors.push(codes::DUPLICATE.error(stmt.span, message));
                }
            } else {
                self.out.data_at.insert(label.clone(), self.out.data.len() as u32);
            }
            frugal::push(labels, label);
        }
        match &stmt.kind {
            StmtKind::Line(number) => self.line = *number,
            // GW-BASIC looks for DATA behind colons and line numbers only.
            StmtKind::Data(_) if self.branched && self.dialect.late_errors => {}
            StmtKind::Data(items) => {
                let (dialect, line) = (&self.dialect, self.line);
                self.out.data.extend(items.iter().map(|item| datum(item, dialect, line)));
            }
            StmtKind::OnError(Some(_)) => self.out.traps_errors = true,
            StmtKind::DefType(ty, ranges) => self.out.letters.add(stmt.span, *ty, ranges),
            _ => {}
        }
        self.branched = matches!(stmt.kind, StmtKind::LineIf(_) | StmtKind::LineElse);
        if !self.library {
            walk::assigned(&stmt.kind, &mut |place| {
                if let ExprKind::Name(name) = &place.kind {
                    self.out.assigned.insert(name.to_string());
                }
            });
            if let StmtKind::Dim { items, .. } = &stmt.kind {
                self.out.assigned.extend(items.iter().map(|item| item.name.to_string()));
            }
        }
        self.procs[self.current].add(stmt, place, follows);
    }
}

/// The type of a DATA item: a number if it reads as one and has no quotes.
fn datum(item: &DataItem, dialect: &Dialect, line: u32) -> Datum {
    let text = item.text.trim();
    let standard = |c: char| c.is_ascii_digit() || "+-.E".contains(c);
    if item.quoted || (dialect.strict && !text.chars().all(standard)) {
        return Datum::Text(item.text.clone(), line);
    }
    if dialect.mbf && text.is_empty() {
        return Datum::Int(0, String::new());
    }
    let hex = text.strip_prefix("&H").or_else(|| text.strip_prefix("&h"));
    if let Some(value) = hex.or_else(|| text.strip_prefix("0x"))
        && value.bytes().all(|digit| digit.is_ascii_hexdigit())
        && let Ok(value) = i64::from_str_radix(value, 16)
    {
        return Datum::Int(value, item.text.clone());
    }
    let whole = text.strip_suffix("&&").or_else(|| text.strip_suffix(['%', '&']));
    if let Ok(value) = whole.unwrap_or(text).parse() {
        return Datum::Int(value, item.text.clone());
    }
    let plain = text.strip_suffix(['!', '#']).unwrap_or(text).replace(['d', 'D'], "E");
    let size = number::double(plain.strip_prefix(['+', '-']).unwrap_or(&plain));
    let value = size.map(|size| if plain.starts_with('-') { -size } else { size });
    match value {
        Some(value) => {
            let single = dialect.mbf && !text.contains(['d', 'D', '#']);
            let value = if single { super::singles::literal(value) } else { value };
            Datum::Float(value, item.text.clone())
        }
        None => Datum::Text(item.text.clone(), line),
    }
}
