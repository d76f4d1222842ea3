//! The whole program: names with external linkage over all units, strings, host imports.

use super::Context;
use super::belief::Belief;
use super::globals::Globals;
use super::types::signature;
use crate::check::tree::EntityId;
use crate::check::{Definition, Entity, EntityKind, Linkage};
use crate::libc;
use crate::types::{FuncType, Ty, Types};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use wasm_common::abi::{imports, names};
use wasm_common::backend::Backend;
use wasm_common::ir::{
    DataObject, FuncAttrs, FuncSymbol, Function, GlobalSymbol, ImportName, Inst, Signature, Symbol,
    SymbolKind, Type,
};
use wasm_common::map::{Map, Set};
use wasm_common::source::Span;
use wasm_common::text::format;

/// What is wrong with a program as a whole.
#[derive(Clone, Debug)]
pub enum Problem {
    /// Two units define the name.
    DefinedTwice {
        /// The name.
        name: String,
        /// The definitions.
        first: Span,
        /// See `first`.
        second: Span,
    },
    /// Two units declare the name with other types.
    Disagreement {
        /// The name.
        name: String,
        /// The declarations, with their types as C text.
        first: (Span, String),
        /// See `first`.
        second: (Span, String),
        /// One is a function, the other an object: nothing can be made of that.
        hopeless: bool,
    },
}

/// Whether a definition counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// It is the first.
    First,
    /// It takes the place of a weak or inline one.
    Instead,
    /// Another one counts.
    Refused,
}

/// A name with external linkage.
#[derive(Clone, Debug)]
struct External {
    symbol: Symbol,
    defined: Option<Span>,
    declared: Span,
    /// A place that uses it; its declaration, if the compiler itself does.
    used: Span,
    weak: bool,
    function: bool,
    /// The definition so far is `inline` or weak, and gives way to another.
    gives_way: bool,
    /// What the first unit that says anything says, if there are several.
    belief: Option<Belief>,
}

/// A name that is used but not defined.
#[derive(Clone, Debug)]
pub struct Undefined {
    /// The name.
    pub name: String,
    /// A place that uses it.
    pub used: Span,
    /// Where it is declared.
    pub declared: Span,
}

/// Everything that is linked.
#[derive(Debug)]
pub struct Program {
    /// The back end that takes the functions.
    pub backend: Backend,
    /// What went wrong so far.
    pub problems: Vec<Problem>,
    /// Whether the current unit is one of the library's, whose definitions give way.
    pub in_library: bool,
    /// Whether stdout may become a file: then printf cannot simply be the host's.
    pub redirects: bool,
    externals: Map<String, External>,
    /// Which scalars may be wasm globals.
    pub globals: Globals,
    strings: Map<Vec<u8>, Symbol>,
    /// What each function uses.
    references: Map<Symbol, Vec<Symbol>>,
    /// Functions to call before and after `main`.
    pub(super) constructors: Vec<Symbol>,
    /// See `constructors`.
    pub(super) destructors: Vec<Symbol>,
}

/// The symbols of one unit's entities, as far as they are used.
#[derive(Debug, Default)]
pub struct UnitSymbols {
    symbols: Vec<Option<Symbol>>,
}

impl UnitSymbols {
    fn slot(&mut self, id: EntityId) -> &mut Option<Symbol> {
        let index = id.0 as usize;
        if self.symbols.len() <= index {
            self.symbols.resize(index + 1, None);
        }
        &mut self.symbols[index]
    }
}

impl Program {
    /// An empty program.
    pub fn new(backend: Backend, globals: Globals) -> Self {
        Self {
            backend,
            globals,
            problems: Vec::new(),
            in_library: false,
            redirects: false,
            externals: Map::new(),
            strings: Map::new(),
            references: Map::new(),
            constructors: Vec::new(),
            destructors: Vec::new(),
        }
    }

    /// The symbol of an object or function. `call` is the signature of a call of it, which
    /// decides where the declaration does not.
    pub(super) fn symbol(
        &mut self,
        id: EntityId,
        call: Option<&Signature>,
        context: Context<'_>,
        symbols: &mut UnitSymbols,
    ) -> Symbol {
        if let Some(known) = *symbols.slot(id) {
            return known;
        }
        let entity = context.unit.entity(id);
        if let Some(target) = entity.attributes.alias() {
            return self.alias(target, entity, call, context);
        }
        let name = program_name(entity, context);
        let symbol = match entity.linkage {
            Linkage::External => self.external(&name, entity, call, context),
            _ => {
                let kind = self.kind_of(entity, call, context);
                let name = match entity.inside {
                    Some(inside) => format!("{}.{name}", context.names.text(inside)),
                    None => name,
                };
                self.backend.symbols.add(&name, kind)
            }
        };
        self.set_attributes(symbol, entity);
        *symbols.slot(id) = Some(symbol);
        symbol
    }

    fn set_attributes(&mut self, symbol: Symbol, entity: &Entity) {
        let data = self.backend.symbols.get_mut(symbol);
        if let Some(export) = entity.attributes.export() {
            data.export = Some(export.to_string());
        }
        if let SymbolKind::Func(func) = &mut data.kind {
            func.attrs.lineless |= self.in_library;
            func.attrs.noinline |= entity.attributes.noinline;
            func.attrs.always_inline |= entity.attributes.always_inline;
        }
    }

    fn alias(
        &mut self,
        target: &str,
        entity: &Entity,
        call: Option<&Signature>,
        context: Context<'_>,
    ) -> Symbol {
        if let Some(external) = self.externals.get(target) {
            return external.symbol;
        }
        if let Some(symbol) = self.backend.symbols.find(target) {
            return symbol;
        }
        self.external(target, entity, call, context)
    }

    fn external(
        &mut self,
        name: &str,
        entity: &Entity,
        call: Option<&Signature>,
        context: Context<'_>,
    ) -> Symbol {
        let function = entity.kind == EntityKind::Function;
        let several = self.globals.has_other_units() && !self.in_library;
        let belief = several.then(|| Belief::of(entity, context)).flatten();
        if let Some(external) = self.externals.get_mut(name) {
            external.weak &= entity.attributes.weak;
            let symbol = external.symbol;
            let same_kind = external.function == function;
            self.compare(name, belief, !same_kind);
            if same_kind {
                return symbol;
            }
            let kind = self.kind_of(entity, call, context);
            return self.backend.symbols.add(name, kind);
        }
        let kind = self.kind_of(entity, call, context);
        let symbol = self.backend.symbols.add(name, kind);
        if libc::file_of(name, false).is_some() {
            self.backend.symbols.set_lineless(symbol);
        }
        let external = External {
            symbol,
            defined: None,
            declared: entity.span,
            used: entity.first_use.unwrap_or(entity.span),
            weak: entity.attributes.weak,
            function,
            gives_way: false,
            belief,
        };
        self.externals.insert(name.to_string(), external);
        symbol
    }

    /// Holds what this unit says of a known name against what one before it said.
    fn compare(&mut self, name: &str, belief: Option<Belief>, hopeless: bool) {
        let (Some(external), Some(second)) = (self.externals.get_mut(name), belief) else { return };
        let first = external.belief.get_or_insert_with(|| second.clone());
        if hopeless || !first.agrees(&second) {
            let first = (first.span, first.text.clone());
            let (name, second) = (name.to_string(), (second.span, second.text));
            self.problems.push(Problem::Disagreement { name, first, second, hopeless });
        }
    }

    fn kind_of(
        &mut self,
        entity: &Entity,
        call: Option<&Signature>,
        context: Context<'_>,
    ) -> SymbolKind {
        let types = &context.unit.types;
        if let Some(ty) = self.globals.global_type(entity, context, self.in_library) {
            return SymbolKind::Global(GlobalSymbol { ty, init: 0, mutable: true });
        }
        if entity.kind == EntityKind::Object {
            let size = types.size(entity.ty.ty).unwrap_or(0);
            let align = types.align(entity.ty.ty).max(entity.attributes.align);
            return SymbolKind::Data(DataObject { size, align, ..DataObject::default() });
        }
        let sig = function_signature(types, entity).or(call.cloned()).unwrap_or_else(|| {
            let func = types.as_function(entity.ty.ty);
            func.map_or_else(Signature::default, |func| signature(types, func, &[]))
        });
        let sig = self.backend.symbols.sig_id(sig);
        let import = entity.attributes.rare.as_ref().and_then(|outside| {
            let module = outside.import_module.clone().unwrap_or(names::IMPORT_MODULE.into());
            Some(ImportName { module, field: outside.import_name.clone()? })
        });
        SymbolKind::Func(FuncSymbol { sig, import, attrs: FuncAttrs::default() })
    }

    /// Notes that a unit defines an external name; says whether it may.
    pub(super) fn claim(&mut self, id: EntityId, context: Context<'_>, span: Span) -> Claim {
        let entity = context.unit.entity(id);
        if entity.linkage != Linkage::External {
            return Claim::First;
        }
        let name = program_name(entity, context);
        let Some(external) = self.externals.get_mut(&name) else { return Claim::First };
        let inline = entity.definition == Definition::Inline;
        let before = external.defined;
        match before {
            Some(_) if inline || entity.attributes.weak || self.in_library => {
                return Claim::Refused;
            }
            Some(first) if !external.gives_way => {
                self.problems.push(Problem::DefinedTwice { name, first, second: span });
                return Claim::Refused;
            }
            _ => {}
        }
        external.defined = Some(span);
        external.gives_way = inline || entity.attributes.weak;
        if before.is_some() { Claim::Instead } else { Claim::First }
    }

    /// Gives the external name of `id` another symbol, for a definition whose signature is not
    /// the one that calls before it assumed.
    pub(super) fn replace(
        &mut self,
        id: EntityId,
        symbol: Symbol,
        context: Context<'_>,
        symbols: &mut UnitSymbols,
    ) {
        let name = program_name(context.unit.entity(id), context);
        if let Some(external) = self.externals.get_mut(&name) {
            external.symbol = symbol;
        }
        *symbols.slot(id) = Some(symbol);
    }

    /// Takes a finished function.
    pub(super) fn define(&mut self, function: Function) {
        let mut used = Vec::new();
        for block in &function.blocks {
            for &value in &block.insts {
                match *function.inst(value) {
                    Inst::Call { func: symbol, .. }
                    | Inst::FuncAddr(symbol)
                    | Inst::GlobalGet(symbol)
                    | Inst::GlobalSet(symbol, _)
                    | Inst::SymbolAddr { symbol, .. } => used.push(symbol),
                    _ => {}
                }
            }
        }
        used.sort_unstable();
        used.dedup();
        self.references.insert(function.symbol, used);
        self.backend.define(function);
    }

    /// A string in memory; equal ones are one object.
    pub(super) fn string(&mut self, bytes: &[u8], align: u32) -> Symbol {
        if let Some(&known) = self.strings.get(bytes) {
            if let SymbolKind::Data(data) = &mut self.backend.symbols.get_mut(known).kind {
                data.align = data.align.max(align);
            }
            return known;
        }
        let size = bytes.len() as u32;
        let bytes = bytes.to_vec();
        let data = DataObject {
            size,
            align,
            bytes: bytes.clone(),
            readonly: true,
            ..DataObject::default()
        };
        let symbol = self.backend.symbols.add(".str", SymbolKind::Data(data));
        self.strings.insert(bytes, symbol);
        symbol
    }

    /// The host import `name`.
    pub(super) fn import(&mut self, name: &str) -> Option<Symbol> {
        let import = imports::by_name(name)?;
        let key = format!("{}.{name}", names::IMPORT_MODULE);
        if let Some(symbol) = self.backend.symbols.find(&key) {
            return Some(symbol);
        }
        let sig = import_signature(import);
        let at = ImportName { module: names::IMPORT_MODULE.into(), field: name.into() };
        Some(self.backend.symbols.add_func(&key, sig, Some(at)))
    }

    /// The wasm global through which a program gives its exit status.
    pub(super) fn exit_global(&mut self) -> Symbol {
        if let Some(symbol) = self.backend.symbols.find(names::EXIT) {
            return symbol;
        }
        let global = GlobalSymbol { ty: Type::I32, init: u64::from(u32::MAX), mutable: true };
        let symbol = self.backend.symbols.add(names::EXIT, SymbolKind::Global(global));
        self.backend.symbols.get_mut(symbol).export = Some(names::EXIT.into());
        symbol
    }

    /// The address where the heap starts.
    pub(super) fn heap_base(&mut self) -> Symbol {
        let name = "__heap_base";
        let known = self.backend.symbols.find(name);
        known.unwrap_or_else(|| self.backend.symbols.add(name, SymbolKind::HeapBase))
    }

    /// Whether the name is defined by a unit of the program.
    pub fn is_defined(&self, name: &str) -> bool {
        self.externals.get(name).is_some_and(|e| e.defined.is_some())
    }

    /// The symbol of an external name.
    pub fn find(&self, name: &str) -> Option<Symbol> {
        self.externals.get(name).map(|e| e.symbol)
    }

    /// Names of all functions that the program itself defines.
    pub fn defined_functions(&self) -> impl Iterator<Item = (&str, Symbol)> {
        let defined = self.externals.iter().filter(|(_, e)| e.defined.is_some() && e.function);
        defined.map(|(name, e)| (name.as_str(), e.symbol))
    }

    /// Names that can be reached from the exports but are not defined, in order.
    pub fn undefined(&self) -> Vec<Undefined> {
        let reached = self.reachable();
        let missing = |(_, e): &(&String, &External)| {
            e.defined.is_none() && reached.contains(&e.symbol) && !self.is_import(e.symbol)
        };
        let undefined = |(name, e): (&String, &External)| Undefined {
            name: name.clone(),
            used: e.used,
            declared: e.declared,
        };
        self.externals.iter().filter(missing).map(undefined).collect()
    }

    fn is_import(&self, symbol: Symbol) -> bool {
        matches!(&self.backend.symbols.get(symbol).kind, SymbolKind::Func(f) if f.import.is_some())
    }

    fn reachable(&self) -> Set<Symbol> {
        let symbols = &self.backend.symbols;
        let mut reached = Set::new();
        let exported = symbols.iter().filter(|(_, data)| data.export.is_some()).map(|(s, _)| s);
        let mut work: Vec<Symbol> = exported.collect();
        while let Some(symbol) = work.pop() {
            if !reached.insert(symbol) {
                continue;
            }
            work.extend(self.references.get(&symbol).into_iter().flatten());
            if let SymbolKind::Data(data) = &symbols.get(symbol).kind {
                work.extend(data.relocs.iter().map(|reloc| reloc.target));
            }
        }
        reached
    }

    /// Makes the undefined function `name` the host import of that name; a call that assumed
    /// another signature goes through an adapter. False when the device has no such import.
    pub fn resolve_import(&mut self, name: &str) -> bool {
        let (Some(symbol), Some(import)) = (self.find(name), imports::by_name(name)) else {
            return false;
        };
        let wanted = import_signature(import);
        let given = self.backend.symbols.func_sig(symbol).cloned();
        if given.as_ref() == Some(&wanted) {
            if let SymbolKind::Func(func) = &mut self.backend.symbols.get_mut(symbol).kind {
                let at = ImportName { module: names::IMPORT_MODULE.into(), field: name.into() };
                func.import = Some(at);
            }
        } else if let (Some(target), Some(given)) = (self.import(name), given) {
            super::adapter::define(self, symbol, &given, target, &wanted);
        } else {
            return false;
        }
        self.mark_defined(name);
        true
    }

    /// Gives an undefined weak name its value: nothing. Says whether it was one. That its address
    /// is null is for the next round.
    pub fn resolve_weak(&mut self, name: &str) -> bool {
        let weak = self.externals.get(name).filter(|e| e.weak).map(|e| e.symbol);
        let Some(symbol) = weak else { return false };
        self.globals.note_absent(name);
        if let Some(sig) = self.backend.symbols.func_sig(symbol).cloned() {
            super::adapter::define_trap(self, symbol, sig);
        }
        self.mark_defined(name);
        true
    }

    fn mark_defined(&mut self, name: &str) {
        if let Some(external) = self.externals.get_mut(name) {
            external.defined = Some(external.used);
        }
    }

    /// The external function `name`, to be found in the library.
    pub(super) fn require(&mut self, name: &str, sig: Signature) -> Symbol {
        if let Some(symbol) = self.find(name) {
            return symbol;
        }
        let symbol = self.backend.symbols.add_func(name, sig, None);
        let external = External {
            symbol,
            defined: None,
            declared: Span::default(),
            used: Span::default(),
            weak: false,
            function: true,
            gives_way: false,
            belief: None,
        };
        self.externals.insert(name.to_string(), external);
        symbol
    }

    /// Exports the function `name` under its own name.
    pub fn export(&mut self, name: &str) {
        if let Some(symbol) = self.find(name) {
            let data = self.backend.symbols.get_mut(symbol);
            data.export.get_or_insert_with(|| name.to_string());
        }
    }

    /// Whether anything is exported.
    pub fn has_exports(&self) -> bool {
        let functions = |kind: &SymbolKind| matches!(kind, SymbolKind::Func(_));
        self.backend.symbols.iter().any(|(_, data)| data.export.is_some() && functions(&data.kind))
    }
}

/// The name of an entity in the program.
pub(super) fn program_name(entity: &Entity, context: Context<'_>) -> String {
    entity.asm_name.as_deref().unwrap_or_else(|| context.names.text(entity.name)).to_string()
}

/// The signature of a function, if its declarations or definition say it.
pub(super) fn function_signature(types: &Types, entity: &Entity) -> Option<Signature> {
    let func: &FuncType = types.as_function(entity.ty.ty)?;
    match (&entity.old_style, func.prototype) {
        (_, true) => Some(signature(types, func, &func.params)),
        (Some(params), false) => Some(signature(types, func, params)),
        (None, false) => None,
    }
}

/// An import's signature in IR types.
fn import_signature(import: &imports::Import) -> Signature {
    let ty = |ty| match ty {
        imports::ValType::I32 => Type::I32,
        imports::ValType::I64 => Type::I64,
        imports::ValType::F32 => Type::F32,
        imports::ValType::F64 => Type::F64,
    };
    Signature { params: import.params().map(ty).collect(), result: import.result().map(ty) }
}

/// The promoted types of a K&R definition's parameters, or the prototype's.
pub(super) fn passed_types<'a>(func: &'a FuncType, entity: Option<&'a Entity>) -> Option<&'a [Ty]> {
    match (func.prototype, entity.and_then(|e| e.old_style.as_deref())) {
        (true, _) => Some(&func.params),
        (false, old) => old,
    }
}
