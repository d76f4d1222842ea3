//! The library: what the host lacks, in BASIC (`library.bas`; `singles.bas` has what is different in
//! dialects with GW-BASIC's singles). A program gets the procedures that it reaches, and only those
//! are parsed.
//!
//! Always holds: a procedure of the library has its number from the first call on, and its result
//! type is what its name says; parameters and body come when the program itself is checked.

use super::names::Names;
use super::outline::{self, Outline};
use super::{Checker, LIBRARY_NAME};
use crate::dialect::Dialect;
use crate::tree::{Proc, ProcId, Program, Ty};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::diag::Diagnostics;
use wasm_common::frugal;
use wasm_common::map::Map;
use wasm_common::packed::Packed;
use wasm_common::source::SourceMap;
use wasm_common::text::{find, format};

// `ARCHIVE`: all procedures, and behind them a list of their names.
include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// The number of that list.
const NAMES: usize = ARCHIVE.lengths.len() - 1;

/// The procedures that a program uses, by name with suffix; `true` when its body is known.
#[derive(Debug, Default)]
pub(super) struct Library {
    used: Map<String, (ProcId, bool)>,
    /// Singles are GW-BASIC's.
    mbf: bool,
}

impl Library {
    pub(super) fn new(mbf: bool) -> Self {
        Self { mbf, ..Self::default() }
    }

    /// The number of a procedure, which it gets if it has none.
    pub(super) fn proc(&mut self, name: &str, procs: &mut Vec<Proc>) -> ProcId {
        if let Some(&(proc, _)) = self.used.get(name) {
            return proc;
        }
        let proc = ProcId(procs.len() as u32);
        let plain = name.trim_end_matches(['$', '!', '#', '&']);
        let mut made = Proc::new(plain.into(), true);
        made.result = Some(result(name));
        frugal::push(procs, made);
        self.used.insert(name.into(), (proc, false));
        proc
    }

    /// The text of the procedures whose bodies are not known yet, and of all that they name.
    fn missing(&mut self, procs: &mut Vec<Proc>) -> String {
        let (mut text, all) = (String::new(), ARCHIVE.text(NAMES));
        loop {
            let next = self.used.iter_mut().find(|(_, (_, known))| !known);
            let Some((name, (_, known))) = next else { return text };
            *known = true;
            let mut places = all.lines().enumerate().filter(|(_, known)| known == name);
            let place = if self.mbf { places.last() } else { places.next() };
            let Some((number, _)) = place else { unreachable!("the library has {name}") };
            let body = ARCHIVE.text(number);
            text.push_str(&body);
            for name in names(&body) {
                self.proc(name, procs);
            }
        }
    }
}

/// What a procedure returns, by its suffix.
fn result(name: &str) -> Ty {
    match name.as_bytes().last() {
        Some(b'$') => Ty::Str,
        Some(b'!') => Ty::F32,
        Some(b'#') => Ty::F64,
        Some(b'&') => Ty::I64,
        _ => Ty::I32,
    }
}

/// The names of procedures of the library in a text.
fn names(mut text: &str) -> impl Iterator<Item = &str> {
    core::iter::from_fn(move || {
        let rest = &text[find(text, "LIB_")?..];
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let suffix = rest[end..].starts_with(['$', '!', '#', '&']);
        let (name, after) = rest.split_at(end + usize::from(suffix));
        text = after;
        Some(name)
    })
}

/// Checks the bodies of the procedures of the library that a program uses.
pub(super) fn check(
    mut out: Program,
    names: Names,
    mut library: Library,
    dialect: Dialect,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Program {
    let text = library.missing(&mut out.procs);
    let file = sources.add(LIBRARY_NAME, text);
    let mut mistakes = Diagnostics::new();
    let found = Outline::of_library(sources, file, &mut mistakes);
    debug_assert!(!mistakes.has_errors(), "{mistakes:?}");
    // Under the numbers that they have already.
    let procs = alloc::vec![Rc::new(outline::main()); out.procs.len()];
    let mut outline = Outline { procs, ..Outline::default() };
    for info in found.procs.into_iter().skip(1) {
        let name = format!("{}", info.name);
        if let Some(&(proc, _)) = library.used.get(&name) {
            outline.by_name.insert(name, proc.0);
            outline.procs[proc.0 as usize] = info;
        }
    }
    let mut checker = Checker::new(sources, diagnostics, dialect, outline);
    checker.out = out;
    checker.names = names;
    checker.library = library;
    checker.library_bodies();
    checker.out
}

impl Checker<'_> {
    fn library_bodies(&mut self) {
        self.arrays();
        let procs: Vec<ProcId> = self.outline.by_name.values().map(|&at| ProcId(at)).collect();
        for &proc in &procs {
            self.signature(proc);
        }
        for &proc in &procs {
            self.procedure(proc);
        }
    }
}
