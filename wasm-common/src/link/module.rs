//! The module's sections.
//!
//! In: everything decided. Out: bytes. Sections are wasm-encoder's; function bodies are ours.

use super::{
    layout::{self, Layout},
    lines,
    patch::{Numbers, unsigned},
    reach::Reachable,
    segments::Segments,
};
use crate::map::Map;
use crate::{
    abi::names,
    ir::{GlobalSymbol, SigId, Symbol, SymbolKind, SymbolTable, Type},
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};
use wasm_encoder::{
    ConstExpr, CustomSection, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection,
    MemoryType, Module, NameMap, NameSection, RefType, Section, SectionId, TableSection, TableType,
    TypeSection, ValType,
};

/// What goes into the module.
pub(crate) struct Parts<'a> {
    pub(crate) symbols: &'a SymbolTable,
    pub(crate) reachable: &'a Reachable,
    /// One symbol for each import.
    pub(crate) imports: &'a [Symbol],
    pub(crate) numbers: &'a Numbers,
    /// Signatures in the order of their numbers.
    pub(crate) types: &'a [SigId],
    /// Signature of each function, imports first.
    pub(crate) sigs: &'a Map<Symbol, SigId>,
    pub(crate) layout: &'a Layout,
    /// First address of the shadow stack, if there is one.
    pub(crate) stack: Option<u32>,
    pub(crate) segments: &'a Segments,
    pub(crate) names: bool,
    /// Whether `__line` is there.
    pub(crate) lines: bool,
}

/// Globals that the linker adds behind those of the program, in this order, and under which name
/// they are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extra {
    /// The shadow stack pointer.
    StackPointer,
    /// `__line`.
    Line,
    /// `_heap_ptr`.
    HeapPtr,
    /// `_pool_start`.
    PoolStart,
    /// `_pool_end`.
    PoolEnd,
}

impl Extra {
    /// Those that a module has.
    pub(crate) fn list(stack: bool, lines: bool, pages: u32) -> Vec<Self> {
        let all = [
            (Self::StackPointer, stack),
            (Self::Line, lines),
            (Self::HeapPtr, true),
            (Self::PoolStart, pages > 1),
            (Self::PoolEnd, pages > 1),
        ];
        all.into_iter().filter_map(|(extra, wanted)| wanted.then_some(extra)).collect()
    }

    fn export(self) -> Option<&'static str> {
        match self {
            Self::StackPointer => None,
            Self::Line => Some(names::LINE),
            Self::HeapPtr => Some(names::HEAP_PTR),
            Self::PoolStart => Some(names::POOL_START),
            Self::PoolEnd => Some(names::POOL_END),
        }
    }

    fn mutable(self) -> bool {
        matches!(self, Self::StackPointer | Self::Line | Self::HeapPtr)
    }
}

/// The code section, and room for the `behind` bytes after it. Each body goes as soon as it is
/// in the module: both at once would be the most memory that a compilation takes.
fn write_code(code: Vec<Box<[u8]>>, behind: usize, module: &mut Vec<u8>) {
    let mut count = Vec::new();
    unsigned(&mut count, code.len() as u64);
    let with_lengths = code.iter().map(|body| body.len() + length(body.len()));
    let size = count.len() + with_lengths.sum::<usize>();
    module.reserve_exact(1 + length(size) + size + behind);
    module.push(SectionId::Code.into());
    unsigned(module, size as u64);
    module.extend_from_slice(&count);
    for body in code {
        unsigned(module, body.len() as u64);
        module.extend_from_slice(&body);
    }
}

/// Bytes that `number` takes in LEB128.
fn length(number: usize) -> usize {
    let mut bytes = Vec::new();
    unsigned(&mut bytes, number as u64);
    bytes.len()
}

fn val_type(ty: Type) -> ValType {
    match ty {
        Type::I32 => ValType::I32,
        Type::I64 => ValType::I64,
        Type::F32 => ValType::F32,
        Type::F64 => ValType::F64,
    }
}

impl Parts<'_> {
    /// The module: what stands before the code, the bodies of the functions in `code`, what
    /// stands behind it, with the line table last.
    pub(crate) fn encode(&self, code: Vec<Box<[u8]>>, lines: Option<Vec<u8>>) -> Vec<u8> {
        let mut behind = Vec::new();
        self.behind_code(&mut behind);
        if let Some(table) = lines {
            let data = Cow::Owned(table);
            CustomSection { name: lines::SECTION.into(), data }.append_to(&mut behind);
        }
        let mut module = Module::HEADER.to_vec();
        self.before_code(&mut module);
        write_code(code, behind.len(), &mut module);
        module.extend_from_slice(&behind);
        module
    }

    fn before_code(&self, module: &mut Vec<u8>) {
        self.types().append_to(module);
        if !self.imports.is_empty() {
            self.imports().append_to(module);
        }
        let mut functions = FunctionSection::new();
        for symbol in &self.reachable.funcs {
            functions.function(self.numbers.types[&self.sigs[symbol]]);
        }
        functions.append_to(module);
        if self.has_table() {
            self.table().append_to(module);
        }
        self.memory().append_to(module);
        self.globals().append_to(module);
        self.exports().append_to(module);
        if !self.reachable.table.is_empty() {
            self.elements().append_to(module);
        }
    }

    fn behind_code(&self, module: &mut Vec<u8>) {
        if !self.segments.list.is_empty() {
            self.data().append_to(module);
        }
        if self.names {
            self.name_section().append_to(module);
            let section = self.layout.section();
            let (name, data) = (layout::SECTION.into(), Cow::Owned(section));
            CustomSection { name, data }.append_to(module);
        }
    }

    fn has_table(&self) -> bool {
        !self.reachable.table.is_empty() || !self.reachable.indirect.is_empty()
    }

    fn extras(&self) -> Vec<Extra> {
        Extra::list(self.stack.is_some(), self.lines, self.layout.pages)
    }

    fn types(&self) -> TypeSection {
        let mut section = TypeSection::new();
        for &sig in self.types {
            let sig = self.symbols.sig(sig);
            section
                .ty()
                .function(sig.params.iter().copied().map(val_type), sig.result.map(val_type));
        }
        section
    }

    fn imports(&self) -> ImportSection {
        let mut section = ImportSection::new();
        for symbol in self.imports {
            if let SymbolKind::Func(func) = &self.symbols.get(*symbol).kind
                && let Some(import) = &func.import
            {
                let ty = EntityType::Function(self.numbers.types[&func.sig]);
                section.import(&import.module, &import.field, ty);
            }
        }
        section
    }

    fn table(&self) -> TableSection {
        let mut section = TableSection::new();
        let size = self.reachable.table.len() as u64 + 1;
        section.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: size,
            maximum: Some(size),
            shared: false,
        });
        section
    }

    fn memory(&self) -> MemorySection {
        let mut section = MemorySection::new();
        section.memory(MemoryType {
            minimum: self.layout.pages.into(),
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        section
    }

    fn globals(&self) -> GlobalSection {
        let mut section = GlobalSection::new();
        for symbol in &self.reachable.globals {
            if let SymbolKind::Global(global) = self.symbols.get(*symbol).kind {
                let GlobalSymbol { ty, init, mutable } = global;
                let init = match ty {
                    Type::I32 => ConstExpr::i32_const(init as i32),
                    Type::I64 => ConstExpr::i64_const(init as i64),
                    Type::F32 => ConstExpr::f32_const(f32::from_bits(init as u32).into()),
                    Type::F64 => ConstExpr::f64_const(f64::from_bits(init).into()),
                };
                let val_type = val_type(ty);
                section.global(GlobalType { val_type, mutable, shared: false }, &init);
            }
        }
        for extra in self.extras() {
            let init = match extra {
                Extra::StackPointer => self.stack.unwrap_or(0),
                Extra::Line => 0,
                Extra::HeapPtr => self.layout.heap_start,
                Extra::PoolStart => self.layout.pool.0,
                Extra::PoolEnd => self.layout.pool.1,
            };
            let ty = GlobalType { val_type: ValType::I32, mutable: extra.mutable(), shared: false };
            section.global(ty, &ConstExpr::i32_const(init as i32));
        }
        section
    }

    fn exports(&self) -> ExportSection {
        let mut section = ExportSection::new();
        section.export(names::MEMORY, ExportKind::Memory, 0);
        for (symbol, data) in self.symbols.iter() {
            let Some(name) = &data.export else { continue };
            if let Some(&index) = self.numbers.funcs.get(&symbol) {
                section.export(name, ExportKind::Func, index);
            } else if let Some(&index) = self.numbers.globals.get(&symbol) {
                section.export(name, ExportKind::Global, index);
            }
        }
        let first = self.numbers.globals.len() as u32;
        for (index, extra) in (first..).zip(self.extras()) {
            if let Some(name) = extra.export() {
                section.export(name, ExportKind::Global, index);
            }
        }
        section
    }

    fn elements(&self) -> ElementSection {
        let mut section = ElementSection::new();
        let functions: Vec<u32> =
            self.reachable.table.iter().map(|symbol| self.numbers.funcs[symbol]).collect();
        section.active(None, &ConstExpr::i32_const(1), Elements::Functions(functions.into()));
        section
    }

    fn data(&self) -> DataSection {
        let mut section = DataSection::new();
        for (address, bytes) in &self.segments.list {
            let offset = ConstExpr::i32_const(*address as i32);
            section.active(0, &offset, bytes.iter().copied());
        }
        section
    }

    fn name_section(&self) -> NameSection {
        let mut functions = NameMap::new();
        for symbol in self.imports.iter().chain(&self.reachable.funcs) {
            functions.append(self.numbers.funcs[symbol], self.symbols.name(*symbol));
        }
        let mut globals = NameMap::new();
        for symbol in &self.reachable.globals {
            globals.append(self.numbers.globals[symbol], self.symbols.name(*symbol));
        }
        let mut section = NameSection::new();
        section.functions(&functions);
        section.globals(&globals);
        section
    }
}
