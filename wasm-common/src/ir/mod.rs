//! The intermediate representation: what both front ends make and all passes work on.
//!
//! A [`Program`] is a table of symbols and the functions defined so far. A [`Function`] is a graph
//! of basic blocks in SSA form; values that meet at a block are its parameters. Operations are
//! WebAssembly's own, one to one, so that nothing is lost or invented on the way out.
//!
//! Architecture Invariant: the IR knows nothing of C or BASIC, and a function can be read,
//! checked, optimised and emitted without looking at any other.

mod builder;
mod cfg;
pub mod fold;
mod function;
mod inst;
pub mod interp;
mod lists;
mod ops;
mod rewrite;
mod rotation;
pub mod simplify;
mod symbols;
pub mod text;
mod types;
mod variables;
mod verify;

pub use builder::FunctionBuilder;
pub use cfg::{Cfg, Dominators};
pub use fold::{ArithmeticTrap, Const};
pub use function::{
    Block, BlockData, Function, Loc, Operands, Slot, SlotData, Target, TargetsMut, Terminator,
};
pub use inst::{Args, Imm64, Inst, NaryOp, Value};
pub use lists::Lists;
pub use ops::{BinOp, LoadOp, StoreOp, UnOp};
pub use rewrite::{Number, Replacements};
pub use simplify::Simple;
pub use symbols::{
    DataObject, DataReloc, FuncAttrs, FuncSymbol, GlobalSymbol, ImportName, Symbol, SymbolData,
    SymbolKind, SymbolTable,
};
pub use types::{SigId, Signature, Type};
pub use variables::{Variable, Variables};
pub use verify::{VerifyError, verify};

use alloc::vec::Vec;

/// Everything that is linked together: symbols, and the IR of the functions among them.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Names, kinds, data.
    pub symbols: SymbolTable,
    /// Defined functions, in the order of their definition.
    pub functions: Vec<Function>,
}
