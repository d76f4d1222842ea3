//! Sections to [`Module`]: decoding and validation of everything but function bodies, which go to
//! the translator as they come (WebAssembly core, 5.5 and 3.4).
//!
//! Nothing is allocated for a count before the count is held to its limit and to the bytes left.

use super::code::{Ins, Op};
use super::module::{
    Export, ExportKind, Extern, FuncType, Function, Global, Import, Init, Mode, Module, NULL,
    Segment, ValType,
};
use super::reader::{Fault, Reader, Result};
use super::translate::Translator;
use super::{Limits, LoadError, names};
use alloc::{boxed::Box, format, string::ToString, vec::Vec};

const HEADER: [u8; 8] = *b"\0asm\x01\0\0\0";

/// Sections in the order they must come in, with their ids.
const ORDER: [(u8, &str); 12] = [
    (1, "type"),
    (2, "import"),
    (3, "function"),
    (4, "table"),
    (5, "memory"),
    (6, "global"),
    (7, "export"),
    (8, "start"),
    (9, "element"),
    (12, "data count"),
    (10, "code"),
    (11, "data"),
];

/// Decodes, validates and translates a module.
pub(super) fn load(bytes: &[u8], limits: &Limits) -> core::result::Result<Module, LoadError> {
    let mut loader = Loader {
        module: Module { limits: limits.clone(), ..Module::default() },
        declared: Vec::new(),
        data_count: None,
        bodies: false,
    };
    let mut reader = Reader::new(bytes, 0);
    let header = reader.take(bytes.len().min(HEADER.len())).unwrap_or_default();
    if header != HEADER {
        let message = if header.get(..4) == HEADER.get(..4) {
            "unknown binary version: only version 1 modules are supported"
        } else {
            "not a WebAssembly module: magic header not detected"
        };
        return Err(Fault::new(message, 0).in_section(""));
    }
    let mut place = 0;
    while !reader.is_empty() {
        let (name, section) =
            next_section(&mut reader, &mut place).map_err(|fault| fault.in_section(""))?;
        if name == "code" {
            loader.code(section, bytes)?;
        } else {
            loader.section(name, section).map_err(|fault| fault.in_section(name))?;
        }
    }
    loader.finish(reader.offset()).map_err(|fault| fault.in_section("code"))
}

/// The next section's name and content. `place` is how far in [`ORDER`] the module has come.
fn next_section<'a>(
    reader: &mut Reader<'a>,
    place: &mut usize,
) -> Result<(&'static str, Reader<'a>)> {
    let start = reader.offset();
    let id = reader.byte()?;
    let len = reader.u32()? as usize;
    let content = reader.sub(len)?;
    if id == 0 {
        return Ok(("custom", content));
    }
    let Some(found) = ORDER.iter().position(|&(known, _)| known == id) else {
        return Err(Fault::new(format!("malformed section id {id}"), start));
    };
    let name = ORDER[found].1;
    if found < *place {
        let message = format!("the {name} section is out of order or comes twice");
        return Err(Fault::new(message, start));
    }
    *place = found + 1;
    Ok((name, content))
}

/// The custom section `wanted` of a module that may be faulty elsewhere.
fn find_custom<'a>(bytes: &'a [u8], wanted: &str) -> Option<&'a [u8]> {
    let mut reader = Reader::new(bytes.get(HEADER.len()..)?, HEADER.len());
    loop {
        let id = reader.byte().ok()?;
        let len = reader.u32().ok()? as usize;
        let mut content = reader.sub(len).ok()?;
        if id == 0 && content.name().ok()? == wanted {
            return content.take(content.remaining()).ok();
        }
    }
}

struct Loader {
    module: Module,
    /// Type indices of the defined functions; their bodies come later.
    declared: Vec<u32>,
    data_count: Option<u32>,
    /// Whether there was a code section.
    bodies: bool,
}

impl Loader {
    fn section(&mut self, name: &'static str, mut section: Reader<'_>) -> Result<()> {
        let section = &mut section;
        match name {
            "custom" => return self.custom(section),
            "start" => self.start(section)?,
            "data count" => self.data_count = Some(section.u32()?),
            _ => {
                let count = section.count(self.module.limits.entries, "entries")?;
                for nth in 0..count {
                    match name {
                        "type" => self.function_type(section)?,
                        "import" => self.import(section)?,
                        "function" => self.declare(section)?,
                        "table" => self.table(section)?,
                        "memory" => self.memory(section)?,
                        "global" => self.global(section)?,
                        "export" => self.export(section)?,
                        "element" => self.element(section)?,
                        _ => self.data(section)?,
                    }
                    // A count larger than the section must not loop long.
                    if section.is_empty() && nth + 1 < count {
                        return section.fault("unexpected end of section or function");
                    }
                }
                if name == "data" && self.data_count.is_some_and(|declared| declared != count) {
                    return section.fault("data count and data section have inconsistent lengths");
                }
            }
        }
        if section.is_empty() {
            Ok(())
        } else {
            section.fault("section size mismatch: junk follows")
        }
    }

    /// Keeps what the runtime may want to look at later.
    fn custom(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let name = section.name()?;
        let content = section.take(section.remaining())?;
        let kept: usize = self.module.custom.iter().map(|(_, bytes)| bytes.len()).sum();
        let fits = kept + content.len() <= self.module.limits.custom_bytes as usize;
        let useful = !name.starts_with(".debug") && !name.starts_with("reloc");
        if fits && useful && self.module.custom.len() < 64 {
            self.module.custom.push((name.to_string(), content.to_vec()));
        }
        Ok(())
    }

    fn function_type(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let start = section.offset();
        if section.byte()? != 0x60 {
            return Err(Fault::new("a type must be a function type (0x60)", start));
        }
        let arity = self.module.limits.arity.min(200);
        let list = |section: &mut Reader<'_>, what| {
            let count = section.count(arity, what)?;
            (0..count).map(|_| section.val_type()).collect::<Result<Vec<_>>>()
        };
        let params = list(section, "parameters")?;
        let results = list(section, "results")?;
        let ty = FuncType { params, results };
        // Only the bounded number of distinct early types is searched.
        let known = self.module.types.iter().take(1024).position(|known| *known == ty);
        let index = self.module.types.len() as u32;
        self.module.same.push(known.map_or(index, |known| known as u32));
        self.module.types.push(ty);
        Ok(())
    }

    fn type_index(&self, section: &mut Reader<'_>) -> Result<u32> {
        let start = section.offset();
        let index = section.u32()?;
        match self.module.same.get(index as usize) {
            Some(&same) => Ok(same),
            None => Err(Fault::unknown("type", index, start)),
        }
    }

    fn import(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let (module, name) = (section.name()?.to_string(), section.name()?.to_string());
        let start = section.offset();
        let kind = match section.byte()? {
            0 => {
                let ty = self.type_index(section)?;
                let index = self.module.functions.len() as u32;
                self.stub(ty, index);
                Extern::Function(index, self.module.types[ty as usize].clone())
            }
            1 => {
                self.table(section)?;
                let (min, max) = self.module.table.unwrap_or_default();
                Extern::Table(min, max)
            }
            2 => {
                self.memory(section)?;
                let (min, max) = self.module.memory.unwrap_or_default();
                Extern::Memory(min, max)
            }
            3 => {
                let (ty, mutable) = global_type(section)?;
                self.module.globals.push(Global { ty, mutable, init: None });
                Extern::Global(self.module.globals.len() as u32 - 1, ty, mutable)
            }
            other => return Err(Fault::new(format!("malformed import kind {other}"), start)),
        };
        self.module.imports.push(Import { module, name, kind });
        Ok(())
    }

    /// The entry of an imported function: code that calls the host with its own frame.
    fn stub(&mut self, ty: u32, index: u32) {
        let module = &mut self.module;
        let entry = module.code.len() as u32;
        let FuncType { params, results } = &module.types[ty as usize];
        let slots = |types: &[ValType]| types.iter().map(|ty| ty.slots()).sum::<u32>();
        let frame = slots(params).max(slots(results));
        let ret = match results.as_slice() {
            [] => Op::Ret,
            [ty] if ty.is_64() => Op::Ret64,
            _ => Op::Ret32,
        };
        module.code.push(Ins::new(Op::CallHost, 0, 0, 0, index));
        module.code.push(Ins::new(ret, 0, 0, 0, 0));
        module.functions.push(Function { ty, entry, frame, positions: 0, body: 0 });
        module.imported += 1;
    }

    fn declare(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let ty = self.type_index(section)?;
        self.declared.push(ty);
        let function = Function { ty, entry: 0, frame: 0, positions: 0, body: 0 };
        self.module.functions.push(function);
        Ok(())
    }

    fn table(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let start = section.offset();
        if section.byte()? != 0x70 {
            return Err(Fault::new("a table must be of type funcref", start));
        }
        let (min, max) = limits(section, u32::MAX)?;
        if min > self.module.limits.table {
            let message = format!("a table of {min}, limit {}", self.module.limits.table);
            return Err(Fault::new(message, start));
        }
        if self.module.table.replace((min, max)).is_some() {
            return Err(Fault::new("multiple tables", start));
        }
        Ok(())
    }

    fn memory(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let start = section.offset();
        let (min, max) = limits(section, 0x1_0000).map_err(|mut fault| {
            if fault.message.starts_with("size") {
                fault.message = "memory size must be at most 65536 pages (4GiB)".to_string();
            }
            fault
        })?;
        if min > self.module.limits.pages {
            let message = format!("a memory of {min} pages, limit {}", self.module.limits.pages);
            return Err(Fault::new(message, start));
        }
        if self.module.memory.replace((min, max)).is_some() {
            return Err(Fault::new("multiple memories", start));
        }
        Ok(())
    }

    fn global(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let (ty, mutable) = global_type(section)?;
        let init = Some(self.constant(section, ty)?);
        self.module.globals.push(Global { ty, mutable, init });
        Ok(())
    }

    /// A constant expression of type `ty` (3.3.7.2).
    fn constant(&self, section: &mut Reader<'_>, ty: ValType) -> Result<Init> {
        let start = section.offset();
        let (found, init) = match section.byte()? {
            0x41 => (ValType::I32, Init::Bits(u64::from(section.i32()? as u32))),
            0x42 => (ValType::I64, Init::Bits(section.i64()? as u64)),
            0x43 => (ValType::F32, Init::Bits(u64::from(section.f32_bits()?))),
            0x44 => (ValType::F64, Init::Bits(section.f64_bits()?)),
            0x23 => {
                let index = section.u32()?;
                match self.module.globals.get(index as usize) {
                    Some(Global { ty, mutable: false, init: None }) => (*ty, Init::Global(index)),
                    Some(_) => {
                        let message = "constant expression required: only an immutable imported \
                                       global can be used";
                        return Err(Fault::new(message, start));
                    }
                    None => return Err(Fault::unknown("global", index, start)),
                }
            }
            _ => return Err(Fault::new("constant expression required", start)),
        };
        if section.byte()? != 0x0B {
            return Err(Fault::new("constant expression required: one constant and end", start));
        }
        if found != ty {
            return Err(Fault::new(format!("type mismatch: expected {ty}, found {found}"), start));
        }
        Ok(init)
    }

    fn export(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let start = section.offset();
        let name = section.name()?.to_string();
        let kind = section.byte()?;
        let index = section.u32()?;
        let module = &self.module;
        let (kind, count, what) = match kind {
            0 => (ExportKind::Function, module.functions.len(), "function"),
            1 => (ExportKind::Table, usize::from(module.table.is_some()), "table"),
            2 => (ExportKind::Memory, usize::from(module.memory.is_some()), "memory"),
            3 => (ExportKind::Global, module.globals.len(), "global"),
            other => return Err(Fault::new(format!("malformed export kind {other}"), start)),
        };
        if index as usize >= count {
            return Err(Fault::unknown(what, index, start));
        }
        self.module.exports.push(Export { name, kind, index });
        Ok(())
    }

    fn start(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let at = section.offset();
        let index = self.function_index(section)?;
        let FuncType { params, results } = self.module.function_type(index);
        if !params.is_empty() || !results.is_empty() {
            return Err(Fault::new("the start function must be () -> ()", at));
        }
        self.module.start = Some(index);
        Ok(())
    }

    fn function_index(&self, section: &mut Reader<'_>) -> Result<u32> {
        let start = section.offset();
        let index = section.u32()?;
        if index as usize >= self.module.functions.len() {
            return Err(Fault::unknown("function", index, start));
        }
        Ok(index)
    }

    /// An element segment: bit 0 of the flags, passive or declared; bit 1, an explicit table or
    /// declared; bit 2, expressions instead of indices.
    fn element(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let start = section.offset();
        let flags = section.u32()?;
        if flags > 7 {
            return Err(Fault::new(format!("malformed element segment flags {flags}"), start));
        }
        let mode = match flags & 3 {
            1 => Mode::Passive,
            3 => Mode::Declared,
            explicit => {
                let table = if explicit == 2 { section.u32()? } else { 0 };
                if table != 0 || self.module.table.is_none() {
                    return Err(Fault::unknown("table", table, start));
                }
                Mode::Active(self.constant(section, ValType::I32)?)
            }
        };
        if flags & 3 != 0 {
            let expected = if flags & 4 == 0 { 0x00 } else { 0x70 };
            if section.byte()? != expected {
                return Err(Fault::new("malformed element kind: only functions", start));
            }
        }
        let limit = self.module.limits.table.min(section.remaining() as u32);
        let count = section.count(limit, "elements")?;
        let mut items = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let item = match flags & 4 {
                0 => self.function_index(section)?,
                _ => self.element_expression(section)?,
            };
            items.push(item);
        }
        self.module.elements.push(Segment { mode, items });
        Ok(())
    }

    /// `ref.func x` or `ref.null func`.
    fn element_expression(&self, section: &mut Reader<'_>) -> Result<u32> {
        let start = section.offset();
        let item = match section.byte()? {
            0xD2 => self.function_index(section)?,
            0xD0 if section.byte()? == 0x70 => NULL,
            _ => return Err(Fault::new("constant expression required", start)),
        };
        if section.byte()? != 0x0B {
            return Err(Fault::new("constant expression required: one constant and end", start));
        }
        Ok(item)
    }

    fn data(&mut self, section: &mut Reader<'_>) -> Result<()> {
        let start = section.offset();
        let mode = match section.u32()? {
            1 => Mode::Passive,
            flags @ (0 | 2) => {
                let memory = if flags == 2 { section.u32()? } else { 0 };
                if memory != 0 || self.module.memory.is_none() {
                    return Err(Fault::unknown("memory", memory, start));
                }
                Mode::Active(self.constant(section, ValType::I32)?)
            }
            flags => {
                let message = format!("malformed data segment flags {flags}");
                return Err(Fault::new(message, start));
            }
        };
        let len = section.u32()? as usize;
        let items = section.take(len)?.to_vec();
        self.module.data.push(Segment { mode, items });
        Ok(())
    }

    /// The bodies, translated one after the other.
    fn code(
        &mut self,
        mut section: Reader<'_>,
        bytes: &[u8],
    ) -> core::result::Result<(), LoadError> {
        self.bodies = true;
        let outside = |fault: Box<Fault>| fault.in_section("code");
        if section.remaining() > self.module.limits.code_bytes as usize {
            let message = format!(
                "{} bytes of code, limit {}",
                section.remaining(),
                self.module.limits.code_bytes
            );
            return Err(outside(Fault::new(message, section.offset())));
        }
        let count = section.u32().map_err(outside)?;
        if count as usize != self.declared.len() {
            let message = "function and code section have inconsistent lengths";
            return Err(outside(Fault::new(message, section.offset())));
        }
        self.module.code.reserve(section.remaining() / 5);
        let mut translator = Translator::new();
        for nth in 0..count {
            let index = self.module.imported + nth;
            let body = section.u32().and_then(|len| section.sub(len as usize)).map_err(outside)?;
            let done = translator.function(&mut self.module, index, body, self.data_count);
            done.map_err(|fault| LoadError {
                function: Some((index, function_name(bytes, &self.module, index))),
                ..fault.in_section("code")
            })?;
        }
        if !section.is_empty() {
            let message = "section size mismatch: junk follows";
            return Err(outside(Fault::new(message, section.offset())));
        }
        self.module.code.shrink_to_fit();
        self.module.positions.shrink_to_fit();
        Ok(())
    }

    /// What can be checked only when all sections are there.
    fn finish(self, end: usize) -> Result<Module> {
        if !self.bodies && !self.declared.is_empty() {
            let message = "function and code section have inconsistent lengths";
            return Err(Fault::new(message, end));
        }
        let declared = self.data_count.unwrap_or_default() as usize;
        if self.module.data.is_empty() && declared != 0 {
            let message = "data count and data section have inconsistent lengths";
            return Err(Fault::new(message, end));
        }
        let mut names: Vec<&str> = self.module.exports.iter().map(|e| e.name.as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Fault::new(format!("duplicate export name `{}`", twice[0]), end));
        }
        Ok(self.module)
    }
}

fn function_name(bytes: &[u8], module: &Module, index: u32) -> Option<alloc::string::String> {
    let named = find_custom(bytes, "name").and_then(|names| names::function(names, index));
    named.or_else(|| module.function_name(index)).map(ToString::to_string)
}

fn global_type(section: &mut Reader<'_>) -> Result<(ValType, bool)> {
    let ty = section.val_type()?;
    let start = section.offset();
    match section.byte()? {
        0 => Ok((ty, false)),
        1 => Ok((ty, true)),
        _ => Err(Fault::new("malformed mutability", start)),
    }
}

/// Minimum and maximum of a table or memory.
fn limits(section: &mut Reader<'_>, bound: u32) -> Result<(u32, Option<u32>)> {
    let start = section.offset();
    let flags = section.byte()?;
    if flags > 1 {
        return Err(Fault::new(format!("malformed limits flags {flags}"), start));
    }
    let min = section.u32()?;
    let max = if flags == 1 { Some(section.u32()?) } else { None };
    if min > bound || max.is_some_and(|max| max > bound) {
        return Err(Fault::new("size out of range", start));
    }
    if max.is_some_and(|max| max < min) {
        return Err(Fault::new("size minimum must not be greater than maximum", start));
    }
    Ok((min, max))
}
