//! Symbols: every name that is resolved at link time.

use super::{SigId, Signature, Type};
use crate::frugal::{self, hash};
use crate::map::Map;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// Index of a symbol in a [`SymbolTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// Module and field of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportName {
    /// `env` for the device's own.
    pub module: String,
    /// The name there.
    pub field: String,
}

/// What a front end asks for a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct FuncAttrs {
    /// Never inlined.
    pub noinline: bool,
    /// Inlined where at all possible.
    pub always_inline: bool,
    /// Its code has no source lines: library code, during which the caller's line is the right one.
    pub lineless: bool,
}

/// A function, defined or imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FuncSymbol {
    /// Parameters and result.
    pub sig: SigId,
    /// Where it comes from, for an import. Otherwise it must be defined before the link.
    pub import: Option<ImportName>,
    /// Wishes.
    pub attrs: FuncAttrs,
}

/// A place in a data object that holds an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataReloc {
    /// Byte offset of the four bytes in the object.
    pub offset: u32,
    /// A data symbol (its address) or a function (its table index).
    pub target: Symbol,
    /// Added to the address.
    pub addend: i32,
}

/// A static object.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DataObject {
    /// Bytes that it takes in memory.
    pub size: u32,
    /// A power of two.
    pub align: u32,
    /// Its first bytes; the rest is zero.
    pub bytes: Vec<u8>,
    /// Addresses in it, by offset.
    pub relocs: Vec<DataReloc>,
    /// Never written: a string or a constant, placed behind what is.
    pub readonly: bool,
}

/// A WebAssembly global: a scalar whose address is never taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlobalSymbol {
    /// Its type.
    pub ty: Type,
    /// Its first value, as bits.
    pub init: u64,
    /// Whether it can change.
    pub mutable: bool,
}

/// What a symbol names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A function.
    Func(FuncSymbol),
    /// A static object.
    Data(DataObject),
    /// A wasm global.
    Global(GlobalSymbol),
    /// An address that the linker decides: `__heap_base`, first free byte after static data.
    HeapBase,
}

/// A symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolData {
    /// Unique in the table; local objects carry a suffix that the front end makes.
    pub name: String,
    /// What it names.
    pub kind: SymbolKind,
    /// The name under which it is exported.
    pub export: Option<String>,
}

/// All symbols and signatures of a program.
#[derive(Clone, Debug, Default)]
pub struct SymbolTable {
    symbols: Vec<SymbolData>,
    /// By the hashes of their names.
    by_name: Map<(u32, Symbol), ()>,
    sigs: Vec<Signature>,
    sig_ids: Map<Signature, SigId>,
}

impl SymbolTable {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a symbol. A name that is taken gets a suffix (`.1`, `.2`, ...).
    pub fn add(&mut self, name: &str, kind: SymbolKind) -> Symbol {
        let symbol = Symbol(self.symbols.len() as u32);
        let name = self.unique(name, symbol);
        self.by_name.insert((hash(&name), symbol), ());
        frugal::push(&mut self.symbols, SymbolData { name, kind, export: None });
        symbol
    }

    fn unique(&self, name: &str, symbol: Symbol) -> String {
        if self.find(name).is_none() {
            return name.to_string();
        }
        // The symbol's own number is unique; a name that looks like this already is not made by us.
        let mut suffix = symbol.0;
        loop {
            let candidate = alloc::format!("{name}.{suffix}");
            if self.find(&candidate).is_none() {
                // Formatting leaves room behind it.
                return candidate.as_str().into();
            }
            suffix += 1;
        }
    }

    /// Adds a function that will be defined, or is imported.
    pub fn add_func(&mut self, name: &str, sig: Signature, import: Option<ImportName>) -> Symbol {
        let sig = self.sig_id(sig);
        self.add(name, SymbolKind::Func(FuncSymbol { sig, import, attrs: FuncAttrs::default() }))
    }

    /// Says that the code of a function has no source lines; see [`FuncAttrs::lineless`].
    pub fn set_lineless(&mut self, func: Symbol) {
        if let SymbolKind::Func(func) = &mut self.get_mut(func).kind {
            func.attrs.lineless = true;
        }
    }

    /// The symbol with this name.
    pub fn find(&self, name: &str) -> Option<Symbol> {
        let hash = hash(name);
        let same = self.by_name.range((hash, Symbol(0))..=(hash, Symbol(u32::MAX)));
        same.map(|entry| entry.0.1).find(|&symbol| self.name(symbol) == name)
    }

    /// A symbol.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn get(&self, symbol: Symbol) -> &SymbolData {
        &self.symbols[symbol.0 as usize]
    }

    /// A symbol, to be changed; its name stays.
    pub fn get_mut(&mut self, symbol: Symbol) -> &mut SymbolData {
        &mut self.symbols[symbol.0 as usize]
    }

    /// Its name.
    pub fn name(&self, symbol: Symbol) -> &str {
        &self.get(symbol).name
    }

    /// The signature of a function symbol.
    pub fn func_sig(&self, symbol: Symbol) -> Option<&Signature> {
        match &self.get(symbol).kind {
            SymbolKind::Func(func) => Some(self.sig(func.sig)),
            _ => None,
        }
    }

    /// The number of a signature.
    pub fn sig_id(&mut self, sig: Signature) -> SigId {
        if let Some(&id) = self.sig_ids.get(&sig) {
            return id;
        }
        let id = SigId(self.sigs.len() as u32);
        self.sig_ids.insert(sig.clone(), id);
        self.sigs.push(sig);
        id
    }

    /// A signature by its number.
    pub fn sig(&self, id: SigId) -> &Signature {
        &self.sigs[id.0 as usize]
    }

    /// All signatures, by number.
    pub fn sigs(&self) -> &[Signature] {
        &self.sigs
    }

    /// All symbols in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (Symbol, &SymbolData)> {
        self.symbols.iter().enumerate().map(|(index, data)| (Symbol(index as u32), data))
    }

    /// How many symbols there are.
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }
}
