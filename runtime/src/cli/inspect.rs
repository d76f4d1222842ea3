//! `wasmcu inspect`: what a module asks for and offers, and whether ConeZ's firmware would take
//! it.

use super::json::{array, object, string};
use super::load::{self, Symbol};
use super::options::Inspect;
use super::{Done, run};
use crate::engine::{Extern, FuncType, Limits, Module, ValType};
use std::fmt::Write as _;
use wasm_common::abi::{imports, names};

/// Prints the findings on standard output.
pub(super) fn inspect(options: &Inspect) -> Done {
    let program = load::load(&options.file, &options.compile, options.window, &mut |_| ())?;
    let module = Module::new(&program.wasm, &Limits::default())
        .map_err(|error| format!("{}: invalid module: {error}", options.file.display()))?;
    let findings = Findings {
        bytes: program.wasm.len(),
        imports: module.imports().iter().map(import_line).collect(),
        exports: module.exports().map(|(name, kind)| (name.into(), kind_text(&kind))).collect(),
        symbols: run::symbols(&program, &module),
        window: options.window,
        objections: objections(&module),
    };
    let text = if options.json { findings.json() + "\n" } else { findings.table() };
    super::print(&text)
}

struct Findings {
    bytes: usize,
    imports: Vec<(String, String, &'static str)>,
    exports: Vec<(String, String)>,
    symbols: Vec<Symbol>,
    window: u32,
    /// Why ConeZ's firmware would refuse the module; empty when it would not.
    objections: Vec<String>,
}

/// Name, kind, and whose it is.
fn import_line(import: &crate::engine::Import) -> (String, String, &'static str) {
    let whose = match imports::by_name(&import.name) {
        Some(known) if known.ours => "this device",
        Some(_) => "ConeZ",
        None => "unknown",
    };
    (format!("{}.{}", import.module, import.name), kind_text(&import.kind), whose)
}

fn type_name(ty: ValType) -> &'static str {
    match ty {
        ValType::I32 => "i32",
        ValType::I64 => "i64",
        ValType::F32 => "f32",
        ValType::F64 => "f64",
    }
}

fn signature(ty: &FuncType) -> String {
    let list =
        |types: &[ValType]| types.iter().map(|&t| type_name(t)).collect::<Vec<_>>().join(", ");
    match ty.results.as_slice() {
        [] => format!("({})", list(&ty.params)),
        results => format!("({}) -> {}", list(&ty.params), list(results)),
    }
}

fn kind_text(kind: &Extern) -> String {
    match kind {
        Extern::Function(_, ty) => signature(ty),
        Extern::Table(..) => "table".into(),
        Extern::Memory(pages, None) => format!("memory of {pages} pages"),
        Extern::Memory(pages, Some(most)) => format!("memory of {pages} to {most} pages"),
        Extern::Global(_, ty, true) => format!("mutable global {}", type_name(*ty)),
        Extern::Global(_, ty, false) => format!("global {}", type_name(*ty)),
    }
}

/// What in the module ConeZ's firmware would not link or not find.
fn objections(module: &Module) -> Vec<String> {
    let mut found: Vec<String> = module.imports().iter().filter_map(import_objection).collect();
    let exports: Vec<(&str, Extern)> = module.exports().collect();
    let memory = exports.iter().find(|(name, _)| *name == names::MEMORY);
    if !matches!(memory, Some((_, Extern::Memory(..)))) {
        found.push(format!("exports no memory named `{}`", names::MEMORY));
    }
    let entries = [names::SETUP, names::LOOP, names::START, names::MAIN];
    let enters = |(name, kind): &(&str, Extern)| {
        entries.contains(name) && matches!(kind, Extern::Function(..))
    };
    if !exports.iter().any(enters) {
        found.push(format!("exports none of {}", entries.join(", ")));
    }
    if module.memory().is_some_and(|(pages, _)| pages > 1) {
        found.push("has more than one page of memory".into());
    }
    found
}

fn import_objection(import: &crate::engine::Import) -> Option<String> {
    let name = &import.name;
    let Extern::Function(_, ty) = &import.kind else {
        return Some(format!("imports `{name}`, which is no function"));
    };
    let bytes = |types: &[ValType]| types.iter().map(|&t| t as u8).collect::<Vec<_>>();
    match imports::by_name(name) {
        _ if import.module != names::IMPORT_MODULE => {
            Some(format!("imports `{name}` from `{}`", import.module))
        }
        None => Some(format!("imports `{name}`, which it does not have")),
        Some(known) if known.ours => Some(format!("imports `{name}`, which only this device has")),
        Some(known) if !known.has_signature(&bytes(&ty.params), &bytes(&ty.results)) => {
            Some(format!("imports `{name}` as {}", signature(ty)))
        }
        Some(_) => None,
    }
}

impl Findings {
    fn table(&self) -> String {
        let mut out = String::new();
        // A String takes everything written to it.
        let _ = self.write_table(&mut out);
        out
    }

    fn write_table(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{} bytes", self.bytes)?;
        writeln!(out, "\nimports")?;
        for (name, kind, whose) in &self.imports {
            writeln!(out, "  {name:<28} {kind:<36} {whose}")?;
        }
        writeln!(out, "\nexports")?;
        for (name, kind) in &self.exports {
            writeln!(out, "  {name:<28} {kind}")?;
        }
        if !self.symbols.is_empty() {
            writeln!(out, "\n address     size window symbol")?;
        }
        for symbol in &self.symbols {
            let Symbol { name, address, size } = symbol;
            writeln!(out, " {address:>7} {size:>8} {:<6} {name}", self.place(symbol))?;
        }
        match self.objections.as_slice() {
            [] => writeln!(out, "\nConeZ firmware would run it"),
            list => {
                writeln!(out, "\nConeZ firmware would refuse it, since it")?;
                list.iter().try_for_each(|objection| writeln!(out, "  {objection}"))
            }
        }
    }

    fn place(&self, symbol: &Symbol) -> &'static str {
        let end = u64::from(symbol.address) + u64::from(symbol.size);
        if end <= self.window.into() { "in" } else { "out" }
    }

    fn json(&self) -> String {
        let imports = self.imports.iter().map(|(name, kind, whose)| {
            object(&[("name", string(name)), ("type", string(kind)), ("of", string(whose))])
        });
        let exports = self
            .exports
            .iter()
            .map(|(name, kind)| object(&[("name", string(name)), ("type", string(kind))]));
        let symbols = self.symbols.iter().map(|symbol| {
            object(&[
                ("name", string(&symbol.name)),
                ("address", symbol.address.to_string()),
                ("size", symbol.size.to_string()),
                ("window", string(self.place(symbol))),
            ])
        });
        object(&[
            ("bytes", self.bytes.to_string()),
            ("imports", array(imports)),
            ("exports", array(exports)),
            ("symbols", array(symbols)),
            ("conez", self.objections.is_empty().to_string()),
            ("objections", array(self.objections.iter().map(|o| string(o)))),
        ])
    }
}
