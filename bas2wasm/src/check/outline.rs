//! What can be known before any expression is looked at: procedures and where their statements
//! are, labels, DATA.

use super::names::Key;
use crate::ast::{self, DataItem, Expr, ExprKind, Name, Param, ProcKind, StmtKind, TypeName, walk};
use crate::codes;
use crate::dialect::Dialect;
use crate::tree::Datum;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::map::{Map, Set};

/// A procedure as the source has it.
#[derive(Clone, Debug)]
pub(super) struct ProcInfo<'a> {
    pub(super) name: Name,
    pub(super) kind: ProcKind,
    pub(super) params: &'a [Param],
    pub(super) ty: Option<&'a TypeName>,
    pub(super) is_static: bool,
    pub(super) stmts: Vec<&'a ast::Stmt>,
    /// The body of a DEF FN.
    pub(super) expr: Option<&'a Expr>,
    pub(super) labels: Vec<String>,
    pub(super) library: bool,
}

/// The outline of a program and of the library.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The main program first.
    pub(super) procs: Vec<ProcInfo<'a>>,
    /// By name with suffix.
    pub(super) by_name: Map<String, u32>,
    pub(super) data: Vec<Datum>,
    /// The first datum behind a line number or label.
    pub(super) data_at: Map<String, u32>,
    pub(super) traps_errors: bool,
    /// Names, with suffix, that the program assigns to or declares: they are no builtins there.
    pub(super) assigned: Set<String>,
    /// Parameters and LOCALs, by procedure, that the procedures that it calls see.
    pub(super) shadows: Set<(u32, Key)>,
    /// LOCALs that may be read before they are assigned, by procedure: they begin with the outer
    /// value.
    pub(super) inherits: Set<(u32, Key)>,
    /// Names that some procedure uses which are not its own.
    pub(super) free: Set<Key>,
}

/// Takes a program apart.
pub(super) fn outline<'a>(
    program: &'a ast::Program,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) -> Outline<'a> {
    let mut out = Outline::default();
    out.procs.push(main());
    Builder { out: &mut out, diagnostics, current: 0, library: false, dialect }.walk(program);
    out
}

/// Takes procedures of the library apart.
pub(super) fn library(program: &ast::Program) -> Outline<'_> {
    let mut out = Outline::default();
    out.procs.push(main());
    let (diagnostics, dialect) = (&mut Diagnostics::new(), crate::dialect::LIBRARY);
    Builder { out: &mut out, diagnostics, current: 0, library: true, dialect }.walk(program);
    out
}

/// The main program, before anything is known of it.
pub(super) fn main<'a>() -> ProcInfo<'a> {
    ProcInfo {
        name: Name { text: String::from("setup"), suffix: None, span: Default::default() },
        kind: ProcKind::Sub,
        params: &[],
        ty: None,
        is_static: false,
        stmts: Vec::new(),
        expr: None,
        labels: Vec::new(),
        library: false,
    }
}

struct Builder<'b, 'a> {
    out: &'b mut Outline<'a>,
    diagnostics: &'b mut Diagnostics,
    current: usize,
    library: bool,
    dialect: Dialect,
}

impl<'a> Builder<'_, 'a> {
    fn walk(&mut self, program: &'a ast::Program) {
        let mut declared: Vec<(&'a Name, usize)> = Vec::new();
        for stmt in &program.stmts {
            match &stmt.kind {
                StmtKind::Proc { forward: true, name, params, .. } => {
                    declared.push((name, params.len()));
                }
                StmtKind::Proc { kind, name, params, ty, is_static, .. } => {
                    self.begin(*kind, name, params, ty.as_ref(), *is_static);
                }
                StmtKind::EndProc(_) if self.current != 0 => self.current = 0,
                StmtKind::DefFn { name, params, body } => self.def_fn(name, params, body),
                _ => self.inner(stmt),
            }
        }
        if self.current != 0 && !self.library {
            let info = &self.out.procs[self.current];
            let word = if info.kind == ProcKind::Sub { "SUB" } else { "FUNCTION" };
            let message = format!("`{word} {}` has no END {word}", info.name);
            self.diagnostics.push(codes::BLOCK.error(info.name.span, message));
        }
        for (name, count) in declared {
            self.declared(name, count);
        }
    }

    /// A DECLARE must have its definition, with as many parameters.
    fn declared(&mut self, name: &Name, count: usize) {
        let found = self.out.by_name.get(&name.to_string()).map(|&i| &self.out.procs[i as usize]);
        let message = match found {
            None => format!("`{name}` is declared but not defined"),
            Some(info) if info.params.len() != count => format!(
                "`{name}` is declared with {count} parameters and defined with {}",
                info.params.len()
            ),
            Some(_) => return,
        };
        self.diagnostics.push(codes::UNDEFINED.error(name.span, message));
    }

    fn begin(
        &mut self,
        kind: ProcKind,
        name: &'a Name,
        params: &'a [Param],
        ty: Option<&'a TypeName>,
        is_static: bool,
    ) {
        if self.current != 0 {
            let outer = &self.out.procs[self.current].name;
            let message = format!("a procedure inside `{outer}`");
            let error = codes::MISPLACED.error(name.span, message);
            self.diagnostics.push(error.help("end the outer one first"));
        }
        let info = ProcInfo { name: name.clone(), kind, params, ty, is_static, ..main() };
        self.add(info);
        self.current = self.out.procs.len() - 1;
    }

    fn add(&mut self, mut info: ProcInfo<'a>) {
        info.library = self.library;
        let text = info.name.to_string();
        if let Some(&first) = self.out.by_name.get(&text) {
            let first = self.out.procs[first as usize].name.span;
            let error =
                codes::DUPLICATE.error(info.name.span, format!("`{text}` is defined twice"));
            self.diagnostics.push(error.label(first, "the first definition is here"));
        }
        self.out.by_name.insert(text, self.out.procs.len() as u32);
        self.out.procs.push(info);
    }

    fn def_fn(&mut self, name: &'a Name, params: &'a [Param], body: &'a Expr) {
        let kind = ProcKind::Function;
        // GW-BASIC lets a program define a function again; the last definition of the text counts.
        if self.dialect.crunched {
            self.out.by_name.remove(&name.to_string());
        }
        self.add(ProcInfo { name: name.clone(), kind, params, expr: Some(body), ..main() });
    }

    fn inner(&mut self, stmt: &'a ast::Stmt) {
        let label = match &stmt.kind {
            StmtKind::Line(number) => Some(number.to_string()),
            StmtKind::Label(name) => Some(name.clone()),
            _ => None,
        };
        if let Some(label) = label {
            self.out.data_at.entry(label.clone()).or_insert(self.out.data.len() as u32);
            let labels = &mut self.out.procs[self.current].labels;
            if labels.contains(&label) && !self.library {
                let message = format!("`{label}` is defined twice");
                self.diagnostics.push(codes::DUPLICATE.error(stmt.span, message));
            }
            labels.push(label);
        }
        match &stmt.kind {
            StmtKind::Data(items) => {
                let strict = self.dialect.strict;
                self.out.data.extend(items.iter().map(|item| datum(item, strict)));
            }
            StmtKind::OnError(Some(_)) => self.out.traps_errors = true,
            _ => {}
        }
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
        self.out.procs[self.current].stmts.push(stmt);
    }
}

/// The type of a DATA item: a number if it reads as one and has no quotes; `strict`: as ECMA-55
/// writes numbers.
fn datum(item: &DataItem, strict: bool) -> Datum {
    let text = item.text.trim();
    let standard = |c: char| c.is_ascii_digit() || "+-.E".contains(c);
    if item.quoted || (strict && !text.chars().all(standard)) {
        return Datum::Text(item.text.clone());
    }
    let hex = text.strip_prefix("&H").or_else(|| text.strip_prefix("&h"));
    if let Some(value) = hex.or_else(|| text.strip_prefix("0x"))
        && let Ok(value) = i64::from_str_radix(value, 16)
    {
        return Datum::Int(value, item.text.clone());
    }
    if let Ok(value) = text.trim_end_matches(['%', '&']).parse() {
        return Datum::Int(value, item.text.clone());
    }
    let plain = text.trim_end_matches(['!', '#']).replace(['d', 'D'], "E");
    let starts = plain.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    match plain.parse() {
        Ok(value) if starts => Datum::Float(value, item.text.clone()),
        _ => Datum::Text(item.text.clone()),
    }
}
