//! Passes over one function, and how much of them to run.
//!
//! Each pass is a file with one function `run(func, symbols)` that needs nothing from the others
//! and leaves a function that the verifier accepts and that does the same. [`PASSES`] names them,
//! for tests and for people who want to look at one alone.

pub mod address;
pub(crate) mod alias;
pub mod cases;
mod copies;
pub mod cse;
pub mod dce;
mod edges;
pub mod flow;
pub mod idiom;
mod induction;
pub mod inline;
pub mod licm;
mod loops;
mod maker;
pub mod params;
pub mod ranges;
pub mod registers;
pub mod rotate;
pub mod select;
pub mod sroa;
pub mod stores;
pub mod strength;
pub mod tail;
pub mod twins;
pub mod unroll;

use crate::ir::{Function, SymbolTable};

/// How much work goes into the code. Above `O1` all functions are kept until the program is whole;
/// without the feature `o2` those levels are `O1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum OptLevel {
    /// None: fast to compile, every variable where a debugger expects it.
    O0,
    /// What makes most programs faster, and takes time in proportion to the program; functions are
    /// forgotten one by one. A device has no more than this on board.
    O1,
    /// Everything that makes it faster.
    #[default]
    O2,
    /// What makes it faster, unless that makes it larger.
    Os,
}

impl OptLevel {
    /// Whether functions wait until the program is whole.
    pub(crate) fn waits(self) -> bool {
        self.is_thorough()
    }

    /// Whether passes run that few programs gain from. The examples execute 0.2 % more instructions
    /// without them, and the compilers take 10 KiB less flash.
    fn is_thorough(self) -> bool {
        cfg!(feature = "o2") && matches!(self, Self::O2 | Self::Os)
    }

    /// Whether code may become larger to be faster.
    fn enlarges(self) -> bool {
        cfg!(feature = "o2") && self == Self::O2
    }
}

/// A pass: changes a function, with a look at the symbols that it names.
pub type Pass = fn(&mut Function, &SymbolTable);

/// Every pass by its name.
pub const PASSES: &[(&str, Pass)] = &[
    ("address", address::run),
    ("cases", cases::run),
    ("cse", cse::run),
    ("dce", dce::run),
    ("flow", flow::run),
    ("idiom", idiom::run),
    ("licm", licm::run),
    ("params", params::run),
    ("ranges", ranges::run),
    ("registers", registers::run),
    ("rotate", rotate::run),
    ("select", select::run),
    ("sroa", sroa::run),
    ("stores", stores::run),
    ("strength", strength::run),
    ("tail", tail::run),
    ("twins", twins::run),
    ("unroll", unroll::run),
];

/// Improves one function as far as `level` asks, and compacts it.
pub fn optimize(func: &mut Function, symbols: &SymbolTable, level: OptLevel) {
    if level == OptLevel::O0 {
        return;
    }
    straighten(func, symbols, level);
    improve_loops(func, symbols, level);
    func.compact();
}

/// Improves all functions of a program, together where `level` asks for that.
pub fn optimize_all(functions: &mut [Function], symbols: &SymbolTable, level: OptLevel) {
    if level.waits() {
        combine(functions, symbols, level);
        functions.iter_mut().for_each(|func| complete(func, symbols, level));
    } else {
        functions.iter_mut().for_each(|func| optimize(func, symbols, level));
    }
}

/// The first half of [`optimize_all`] at `O2` and `Os`: what needs to see all functions.
pub(crate) fn combine(functions: &mut [Function], symbols: &SymbolTable, level: OptLevel) {
    inline::run(functions, symbols, level, |func| {
        straighten(func, symbols, level);
        func.compact();
    });
}

/// The second half, one function at a time: what makes them large, so that the caller can encode
/// one and forget it before the next.
pub(crate) fn complete(func: &mut Function, symbols: &SymbolTable, level: OptLevel) {
    improve_loops(func, symbols, level);
    func.compact();
}

/// What makes a function simple, whatever comes next.
fn straighten(func: &mut Function, symbols: &SymbolTable, level: OptLevel) {
    let simple = &[flow::run, sroa::run, params::run, cse::run, dce::run, flow::run, tail::run];
    apply(func, symbols, simple);
    if level.is_thorough() {
        apply(func, symbols, &[cases::run, select::run]);
    }
    apply(func, symbols, &[flow::run, dce::run]);
}

/// What makes loops fast.
fn improve_loops(func: &mut Function, symbols: &SymbolTable, level: OptLevel) {
    apply(func, symbols, &[rotate::run, params::run]);
    if level.is_thorough() {
        apply(func, symbols, &[twins::run]);
    }
    let invariant = &[cse::run, ranges::run, cse::run, ranges::run, flow::run, licm::run];
    apply(func, symbols, invariant);
    if level.is_thorough() {
        apply(func, symbols, &[registers::run]);
    }
    apply(func, symbols, &[flow::run, params::run, dce::run]);
    if level.is_thorough() {
        apply(func, symbols, &[idiom::run, flow::run]);
    }
    if level.enlarges() {
        apply(func, symbols, &[unroll::run, flow::run, params::run, cse::run, dce::run, flow::run]);
    }
    apply(func, symbols, &[strength::run, cse::run, stores::run, address::run, dce::run]);
}

fn apply(func: &mut Function, symbols: &SymbolTable, passes: &[Pass]) {
    for pass in passes {
        pass(func, symbols);
    }
}
