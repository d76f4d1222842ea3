//! What ECMA-55 forbids and other dialects let pass: the order of lines, END, DIM and DEF before their
//! use, loops that are jumped into, a name with two meanings. Sections are those of ECMA-55.

use crate::ast::{DataItem, Expr, ExprKind, Name, Program, Stmt, StmtKind, walk};
use crate::codes;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::map::{Map, Set};
use wasm_common::source::{SourceMap, Span};
use wasm_common::text::{format, text};

/// The largest line number (section 5.2: four digits).
const LAST_LINE: u32 = 9999;

/// Reports what the standard forbids.
pub(super) fn check(program: &Program, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut report = |span: Span, message: String, help: &str| {
        let error = codes::NOT_STANDARD.error(span, message);
        diagnostics.push(if help.is_empty() { error } else { error.help(help) });
    };
    lines(program, sources, &mut report);
    end(program, &mut report);
    loops(program, &mut report);
    let mut names = Names::default();
    for stmt in &program.stmts {
        names.statement(stmt, &mut report);
    }
}

type Report<'r> = dyn FnMut(Span, String, &str) + 'r;

/// Every line has a number, and they rise (5.4).
fn lines(program: &Program, sources: &SourceMap, report: &mut Report<'_>) {
    let (mut last, mut row) = (0, None);
    for stmt in &program.stmts {
        let here = (stmt.span.file(), sources.line_col(stmt.span).0);
        if let StmtKind::Line(number) = stmt.kind {
            if number == 0 || number > LAST_LINE {
                report(stmt.span, format!("line numbers go from 1 to {LAST_LINE}"), "");
            } else if number < last {
                report(stmt.span, format!("line {number} stands behind line {last}"), "sort them");
            }
            last = number;
        } else if row != Some(here) {
            report(stmt.span, text!("this line has no number").into(), "number every line");
        }
        row = Some(here);
    }
}

/// The last line is END, and no other (5.4).
fn end(program: &Program, report: &mut Report<'_>) {
    let Some((last, before)) = program.stmts.split_last() else { return };
    let mut ends = before.iter().filter(|stmt| matches!(stmt.kind, StmtKind::End)).peekable();
    if ends.peek().is_none() && !matches!(last.kind, StmtKind::End) {
        report(last.span, text!("the program has no END").into(), "the last line is END");
    }
    for stmt in ends {
        report(stmt.span, text!("END before the last line").into(), "STOP ends a program anywhere");
    }
}

/// No jump goes into a FOR-block, and no block has its variable outside it too (13.4).
fn loops(program: &Program, report: &mut Report<'_>) {
    let mut open: Vec<(&Name, usize)> = Vec::new();
    let mut blocks: Vec<(usize, usize)> = Vec::new();
    let mut places = Map::new();
    for (at, stmt) in program.stmts.iter().enumerate() {
        match &stmt.kind {
            StmtKind::Line(number) => _ = places.insert(number.to_string(), at),
            StmtKind::For { var, .. } => {
                let ExprKind::Name(name) = &var.kind else { continue };
                if open.iter().any(|(outer, _)| outer.text == name.text) {
                    report(var.span, format!("a FOR of `{name}` inside a FOR of `{name}`"), "");
                }
                open.push((name, at));
            }
            StmtKind::Next(_) => blocks.extend(open.pop().map(|(_, from)| (from, at))),
            _ => {}
        }
    }
    for (at, stmt) in program.stmts.iter().enumerate() {
        for target in walk::targets(&stmt.kind) {
            let Some(&to) = places.get(&target.text) else { continue };
            let inside = |at: usize, &(from, end): &(usize, usize)| from < at && at <= end;
            if blocks.iter().any(|block| inside(to, block) && !inside(at, block)) {
                let message = format!("this jumps into a FOR-block, to line {}", target.text);
                report(target.span, message, "jump to the line of the FOR");
            }
        }
    }
}

/// Without quotes an item has letters, digits, `+`, `-`, `.` and blanks between them, and at least
/// one of these (5.2, 14.2).
fn data(span: Span, items: &[DataItem], report: &mut Report<'_>) {
    for DataItem { text, .. } in items.iter().filter(|item| !item.quoted) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "+-. ".contains(c);
        if text.is_empty() {
            report(
                span,
                "an item of DATA is missing".into(),
                "`\"\"` is a string without characters",
            );
        } else if !text.chars().all(plain) {
            report(span, format!("`{text}` in DATA needs quotes"), "");
        }
    }
}

/// What is known of names so far in the text.
#[derive(Default)]
struct Names {
    arrays: Set<String>,
    scalars: Set<String>,
    dimensioned: Set<String>,
    functions: Set<String>,
    based: bool,
}

impl Names {
    fn statement(&mut self, stmt: &Stmt, report: &mut Report<'_>) {
        match &stmt.kind {
            StmtKind::OptionBase(_) => {
                if self.based || !self.arrays.is_empty() {
                    let message = text!("OPTION BASE comes once, before all arrays");
                    report(stmt.span, message.into(), "");
                }
                self.based = true;
            }
            StmtKind::Dim { items, .. } => {
                for name in items.iter().map(|item| &item.name) {
                    let text = name.to_string();
                    if !self.dimensioned.insert(text.clone()) {
                        report(name.span, format!("`{text}` has two DIMs"), "");
                    } else if self.arrays.contains(&text) {
                        report(name.span, format!("`{text}` is used before its DIM"), "");
                    }
                    self.array(name, report);
                }
            }
            StmtKind::DefFn { name, params, body } => {
                let own: Vec<&str> = params.iter().map(|p| p.name.text.as_str()).collect();
                self.expression(body, &own, report);
                if !self.functions.insert(name.to_string()) {
                    report(name.span, format!("`{name}` is defined twice"), "");
                }
            }
            StmtKind::Data(items) => data(stmt.span, items, report),
            kind => {
                let mut places = Vec::new();
                walk::roots(kind, &mut |root| places.push(root));
                for root in places {
                    self.expression(root, &[], report);
                }
            }
        }
    }

    /// `own`: parameters, which are no variables.
    fn expression(&mut self, root: &Expr, own: &[&str], report: &mut Report<'_>) {
        // A builtin may take a whole array.
        let mut whole: Vec<*const Expr> = Vec::new();
        walk::deep(root, &mut |expr| match &expr.kind {
            ExprKind::Call(name, _) | ExprKind::Name(name) if name.text.starts_with("FN") => {
                let defined = self.functions.contains(&name.to_string());
                if !defined {
                    report(name.span, format!("`{name}` is used before its DEF"), "");
                }
            }
            ExprKind::Call(name, _) if name.is_minimal() => self.array(name, report),
            ExprKind::Call(_, args) => whole.extend(args.iter().map(core::ptr::from_ref)),
            ExprKind::Name(name)
                if self.dimensioned.contains(&name.to_string())
                    && whole.contains(&core::ptr::from_ref(expr)) => {}
            ExprKind::Name(name) if !own.contains(&name.text.as_str()) => {
                if self.arrays.contains(&name.to_string()) {
                    self.two_meanings(name, report);
                }
                self.scalars.insert(name.to_string());
            }
            _ => {}
        });
    }

    fn array(&mut self, name: &Name, report: &mut Report<'_>) {
        if self.scalars.contains(&name.to_string()) {
            self.two_meanings(name, report);
        }
        if self.arrays.insert(name.to_string()) && name.text.len() > 1 {
            report(name.span, format!("`{name}` as an array"), "an array's name is one letter");
        }
    }

    /// One letter is not both an array and a simple variable (7.4).
    fn two_meanings(&self, name: &Name, report: &mut Report<'_>) {
        report(name.span, format!("`{name}` is an array and a simple variable"), "");
    }
}
