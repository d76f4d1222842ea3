//! What a program needs: everything that can be reached from its exports.
//!
//! In: the symbol table and the bodies. Out: the functions, imports, globals, data and table
//! entries of the module, in the order of their symbols, so that it does not depend on who asked
//! first.

use super::LinkError;
use crate::map::{Map, Set};
use crate::{
    codegen::body::{Body, Hole},
    ir::{SigId, Symbol, SymbolKind, SymbolTable},
};
use alloc::{boxed::Box, string::ToString, vec::Vec};

/// The symbols that the module holds.
#[derive(Debug, Default)]
pub(crate) struct Reachable {
    pub(crate) imports: Set<Symbol>,
    pub(crate) funcs: Set<Symbol>,
    pub(crate) globals: Set<Symbol>,
    pub(crate) data: Set<Symbol>,
    /// Functions whose address is taken.
    pub(crate) table: Set<Symbol>,
    /// Signatures of indirect calls.
    pub(crate) indirect: Set<SigId>,
    /// Whether something asks for the end of static data.
    pub(crate) heap_base: Set<Symbol>,
}

impl Reachable {
    /// Follows all references from the exports.
    ///
    /// # Errors
    /// When a function is neither defined nor imported.
    pub(crate) fn find(
        symbols: &SymbolTable,
        bodies: &Map<Symbol, Box<Body>>,
    ) -> Result<Self, LinkError> {
        let mut search = Search {
            symbols,
            bodies,
            found: Self::default(),
            work: Vec::new(),
            undefined: Set::new(),
        };
        for (symbol, data) in symbols.iter() {
            if data.export.is_some() {
                search.symbol(symbol);
            }
        }
        while let Some(symbol) = search.work.pop() {
            search.references(symbol);
        }
        if search.undefined.is_empty() {
            return Ok(search.found);
        }
        let names = search.undefined.iter().map(|&symbol| symbols.name(symbol).to_string());
        Err(LinkError::Undefined(names.collect()))
    }
}

struct Search<'a> {
    symbols: &'a SymbolTable,
    bodies: &'a Map<Symbol, Box<Body>>,
    found: Reachable,
    work: Vec<Symbol>,
    undefined: Set<Symbol>,
}

impl Search<'_> {
    fn symbol(&mut self, symbol: Symbol) {
        let is_new = match &self.symbols.get(symbol).kind {
            SymbolKind::Func(_) if self.bodies.contains_key(&symbol) => {
                self.found.funcs.insert(symbol)
            }
            SymbolKind::Func(func) if func.import.is_some() => {
                self.found.imports.insert(symbol);
                false
            }
            SymbolKind::Func(_) => {
                self.undefined.insert(symbol);
                false
            }
            SymbolKind::Data(_) => self.found.data.insert(symbol),
            SymbolKind::Global(_) => {
                self.found.globals.insert(symbol);
                false
            }
            SymbolKind::HeapBase => {
                self.found.heap_base.insert(symbol);
                false
            }
        };
        if is_new {
            self.work.push(symbol);
        }
    }

    fn address(&mut self, symbol: Symbol) {
        if let SymbolKind::Func(_) = self.symbols.get(symbol).kind {
            self.found.table.insert(symbol);
        }
        self.symbol(symbol);
    }

    fn references(&mut self, symbol: Symbol) {
        let symbols = self.symbols;
        if let SymbolKind::Data(data) = &symbols.get(symbol).kind {
            return data.relocs.iter().for_each(|reloc| self.address(reloc.target));
        }
        let bodies = self.bodies;
        let Some(body) = bodies.get(&symbol) else { return };
        for hole in body.code.holes() {
            match hole {
                Hole::Func(symbol) | Hole::Global(symbol) => self.symbol(symbol),
                Hole::SymbolAddr(symbol, _) | Hole::FuncAddr(symbol) => self.address(symbol),
                Hole::Offset(symbol, _) => self.symbol(symbol),
                Hole::Type(sig) => {
                    self.found.indirect.insert(sig);
                }
                _ => {}
            }
        }
    }
}
