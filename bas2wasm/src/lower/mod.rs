//! The typed program to IR, one procedure at a time.
//!
//! In: [`Program`]. Out: symbols and functions in the [`Backend`].
//!
//! How things are represented: numbers are wasm values; a string is the address of bytes that end
//! in NUL, never 0 in a variable. Every string expression is *owned* (made for it), *borrowed* (a
//! variable's) or *static* (a literal); a variable owns its string, assignment copies what is
//! borrowed and moves what is owned, and what an expression made is freed at the end of its
//! statement. So no statement leaves anything behind in the pool, however it ends.

mod array;
mod convert;
mod expr;
mod fail;
mod flow;
mod func;
mod message;
mod place;
mod support;
mod text;

use crate::tree::{ArrayId, Body, Program, Shape, Storage, Ty, VarId};
use alloc::string::String;
use alloc::vec::Vec;
use support::Support;
use wasm_common::abi::imports::{self, ValType};
use wasm_common::abi::names;
use wasm_common::backend::Backend;
use wasm_common::ir::{
    DataObject, DataReloc, GlobalSymbol, ImportName, Signature, Symbol, SymbolKind, Type,
};
use wasm_common::map::Map;

/// Lowers a program, and forgets each procedure as soon as that is done.
#[inline(never)]
pub(crate) fn lower(
    mut program: Program,
    file_names: &[String],
    yields: bool,
    backend: &mut Backend,
) {
    let procs = program.procs.iter_mut();
    let bodies: Vec<Body> = procs.map(|proc| core::mem::take(&mut proc.body)).collect();
    let mut lower = Lower::new(&program, file_names, backend);
    lower.yields = yields;
    lower.globals();
    for (index, body) in bodies.into_iter().enumerate() {
        if !body.is_empty() {
            let function = func::lower_proc(&mut lower, index, &body);
            drop(body);
            lower.backend.define(function);
        }
    }
    support::define(&mut lower);
}

/// What is shared by the procedures of a program.
struct Lower<'a> {
    program: &'a Program,
    backend: &'a mut Backend,
    file_names: &'a [String],
    procs: Vec<Symbol>,
    /// Wasm globals and static objects of variables.
    vars: Map<VarId, Symbol>,
    /// Static arrays, and the globals that point to dynamic ones.
    arrays: Map<ArrayId, Symbol>,
    literals: Map<String, Symbol>,
    support: Support,
    /// Jumps back ask the host whether to stop.
    yields: bool,
}

impl<'a> Lower<'a> {
    fn new(program: &'a Program, file_names: &'a [String], backend: &'a mut Backend) -> Self {
        let mut procs = Vec::with_capacity(program.procs.len());
        for (index, proc) in program.procs.iter().enumerate() {
            let params: Vec<Type> =
                proc.params.iter().map(|p| func::param_type(program, *p)).collect();
            let sig = Signature { params, result: proc.result.map(Ty::wasm) };
            let symbol = backend.symbols.add_func(&proc.name, sig, None);
            if proc.library {
                backend.symbols.set_lineless(symbol);
            }
            if index == 0 {
                backend.symbols.get_mut(symbol).export = Some(names::SETUP.into());
            }
            procs.push(symbol);
        }
        Self {
            program,
            backend,
            file_names,
            procs,
            vars: Map::new(),
            arrays: Map::new(),
            literals: Map::new(),
            support: Support::default(),
            yields: false,
        }
    }

    /// Symbols of everything that outlives a call.
    fn globals(&mut self) {
        for (index, var) in self.program.vars.iter().enumerate() {
            let id = VarId(index as u32);
            let symbol = match var.storage {
                Storage::Global => self.global(&var.name, var.ty.wasm(), 0),
                Storage::Memory => self.variable_object(&var.name, var.ty),
                Storage::Local | Storage::Frame | Storage::Reference => continue,
            };
            self.vars.insert(id, symbol);
        }
        for (index, array) in self.program.arrays.iter().enumerate() {
            let id = ArrayId(index as u32);
            let symbol = match &array.shape {
                Shape::Fixed(bounds) => self.array_object(&array.name, bounds, array.elem),
                Shape::Dynamic if array.home().is_none() => self.global(&array.name, Type::I32, 0),
                Shape::Dynamic | Shape::Parameter => continue,
            };
            self.arrays.insert(id, symbol);
        }
    }

    fn global(&mut self, name: &str, ty: Type, init: u64) -> Symbol {
        self.backend.symbols.add(name, SymbolKind::Global(GlobalSymbol { ty, init, mutable: true }))
    }

    /// An exported i32 global.
    fn exported(&mut self, name: &str, init: i32) -> Symbol {
        if let Some(symbol) = self.backend.symbols.find(name) {
            return symbol;
        }
        let symbol = self.global(name, Type::I32, u64::from(init as u32));
        self.backend.symbols.get_mut(symbol).export = Some(name.into());
        symbol
    }

    fn object(&mut self, name: &str, object: DataObject) -> Symbol {
        self.backend.symbols.add(name, SymbolKind::Data(object))
    }

    /// Zeroed static memory.
    fn space(&mut self, name: &str, size: u32, align: u32) -> Symbol {
        self.object(name, DataObject { size, align, ..DataObject::default() })
    }

    fn variable_object(&mut self, name: &str, ty: Ty) -> Symbol {
        let size = self.size_of(ty);
        let align = if ty.wasm().size() == 8 { 8 } else { 4 };
        let mut object = DataObject { size, align, ..DataObject::default() };
        if ty == Ty::Str {
            let target = self.literal("");
            object.relocs.push(DataReloc { offset: 0, target, addend: 0 });
        }
        self.object(name, object)
    }

    /// Lower bounds, then what the device knows as an array: rank, upper bounds, elements.
    fn array_object(&mut self, name: &str, bounds: &[(i32, i32)], elem: Ty) -> Symbol {
        let mut words: Vec<i32> = bounds.iter().rev().map(|b| b.0).collect();
        words.push(bounds.len() as i32);
        words.extend(bounds.iter().map(|b| b.1));
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let count: u32 =
            bounds.iter().map(|&(low, high)| (high.wrapping_sub(low) + 1).max(0) as u32).product();
        let size = bytes.len() as u32 + count * self.size_of(elem);
        self.object(name, DataObject { size, align: 4, bytes, ..DataObject::default() })
    }

    /// Bytes of an element or variable.
    fn size_of(&self, ty: Ty) -> u32 {
        match ty {
            Ty::Num(crate::ast::NumType::I16) => 2,
            Ty::Fixed(length) => length,
            Ty::Record(id) => self.program.records[id as usize].size,
            _ => ty.wasm().size(),
        }
    }

    /// A string constant, once for each text.
    fn literal(&mut self, text: &str) -> Symbol {
        if let Some(&symbol) = self.literals.get(text) {
            return symbol;
        }
        let mut bytes = Vec::from(text.as_bytes());
        bytes.push(0);
        let size = bytes.len() as u32;
        let object = DataObject { size, align: 1, bytes, relocs: Vec::new(), readonly: true };
        let symbol = self.object(".str", object);
        self.literals.insert(text.into(), symbol);
        symbol
    }

    /// A host import, and the type of its result.
    fn import(&mut self, name: &str) -> (Symbol, Option<Type>) {
        let import = imports::by_name(name).unwrap_or_else(|| unreachable!("no import `{name}`"));
        let result = import.result().map(ir_type);
        // A procedure of the program may have the import's name, so the symbol has another.
        let symbol_name = alloc::format!("env.{name}");
        let symbol = self.backend.symbols.find(&symbol_name).unwrap_or_else(|| {
            let params: Vec<Type> = import.params().map(ir_type).collect();
            let source = ImportName { module: names::IMPORT_MODULE.into(), field: name.into() };
            self.backend.symbols.add_func(&symbol_name, Signature { params, result }, Some(source))
        });
        (symbol, result)
    }
}

fn ir_type(ty: ValType) -> Type {
    match ty {
        ValType::I32 => Type::I32,
        ValType::I64 => Type::I64,
        ValType::F32 => Type::F32,
        ValType::F64 => Type::F64,
    }
}
