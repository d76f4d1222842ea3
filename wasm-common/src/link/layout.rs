//! Where everything lies in linear memory.

use super::{patch::unsigned, reader::Reader};
use crate::map::Map;
use crate::{
    abi::memory_map,
    ir::{Symbol, interp},
};
use alloc::{string::String, vec::Vec};
use core::fmt;

/// Name of the custom section that says which object lies where: count, then for each object the
/// length of its name, the name in UTF-8, address, size; numbers are unsigned LEB128.
pub const SECTION: &str = "conez.layout";

/// The object that the shadow stack is, which has no name in the program.
pub const STACK: &str = "(stack)";

/// An object as the section [`SECTION`] has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedRange<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its first byte.
    pub address: u32,
    /// Bytes.
    pub size: u32,
}

/// The objects in the contents of the section, which may be anything: ends where it is malformed.
pub fn objects(section: &[u8]) -> impl Iterator<Item = NamedRange<'_>> {
    let mut reader = Reader::new(section);
    let count = reader.unsigned().unwrap_or(0);
    (0..count).map_while(move |_| {
        let name = core::str::from_utf8(reader.name()?).ok()?;
        Some(NamedRange { name, address: reader.unsigned()?, size: reader.unsigned()? })
    })
}

/// A static object, or a region that the linker made, at its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedObject {
    /// The symbol; `None` for what the linker made: function frames, the shadow stack.
    pub symbol: Option<Symbol>,
    /// Its name.
    pub name: String,
    /// Its first byte.
    pub address: u32,
    /// Bytes.
    pub size: u32,
    /// How often it is accessed, estimated.
    pub weight: u64,
}

/// The plan of linear memory. Printed, it is the table of `--emit layout`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Layout {
    /// All objects by address.
    pub objects: Vec<PlacedObject>,
    /// Bytes of memory, from address 0, that are fast.
    pub window: u32,
    /// First byte after static data: what `_heap_ptr` says.
    pub heap_start: u32,
    /// Pages of linear memory.
    pub pages: u32,
    /// Bounds of the string pool.
    pub pool: (u32, u32),
    /// Functions whose address is taken: table index 1 is the first.
    pub table: Vec<Symbol>,
    pub(super) addresses: Map<Symbol, u32>,
}

impl Layout {
    /// Adds an object behind the others.
    pub(super) fn add(&mut self, object: PlacedObject) {
        if let Some(symbol) = object.symbol {
            self.addresses.insert(symbol, object.address);
        }
        self.objects.push(object);
    }

    /// Gives a symbol that is no object its address.
    pub(super) fn set_address(&mut self, symbol: Symbol, address: u32) {
        self.addresses.insert(symbol, address);
    }

    /// The contents of the custom section `conez.layout`.
    pub(super) fn section(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        unsigned(&mut bytes, self.objects.len() as u64);
        for object in &self.objects {
            unsigned(&mut bytes, object.name.len() as u64);
            bytes.extend_from_slice(object.name.as_bytes());
            unsigned(&mut bytes, object.address.into());
            unsigned(&mut bytes, object.size.into());
        }
        bytes
    }

    /// Address of a data symbol; `None` if nothing reaches it.
    pub fn address(&self, symbol: Symbol) -> Option<u32> {
        self.addresses.get(&symbol).copied()
    }

    /// Addresses of all data symbols that the module holds.
    pub fn addresses(&self) -> &Map<Symbol, u32> {
        &self.addresses
    }

    /// Percent of all accesses to objects that the weights let expect in the window; `None` if
    /// nothing has a weight. An object counts with the part of it that is inside.
    pub fn expected_in_window(&self) -> Option<f64> {
        let (mut inside, mut all) = (0.0, 0.0);
        for object in self.objects.iter().filter(|object| object.size > 0) {
            let part = self.window.saturating_sub(object.address).min(object.size);
            let weight = object.weight as f64;
            inside += weight * f64::from(part) / f64::from(object.size);
            all += weight;
        }
        (all > 0.0).then(|| 100.0 * inside / all)
    }

    /// The same plan for the IR interpreter. Its shadow stack, which is not the module's, lies in a
    /// page behind the others.
    pub fn for_interpreter(&self) -> interp::Layout {
        let end = self.pages.saturating_mul(memory_map::PAGE);
        let functions = self.table.iter().copied().map(Some);
        interp::Layout {
            addresses: self.addresses.clone(),
            heap_base: self.heap_start,
            table: core::iter::once(None).chain(functions).collect(),
            stack_top: end.saturating_add(memory_map::PAGE),
            stack_end: end,
            pages: self.pages + 1,
        }
    }

    /// Table index of a function whose address is taken.
    pub fn table_index(&self, symbol: Symbol) -> Option<u32> {
        self.table.iter().position(|&s| s == symbol).map(|index| index as u32 + 1)
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>8} {:>8} {:>10} {:<7} symbol", "address", "size", "weight", "window")?;
        for object in &self.objects {
            let end = u64::from(object.address) + u64::from(object.size);
            let place = if end <= u64::from(self.window) {
                "in"
            } else if object.address < self.window {
                "partly"
            } else {
                "out"
            };
            let PlacedObject { address, size, weight, name, .. } = object;
            writeln!(f, "{address:>8} {size:>8} {weight:>10} {place:<7} {name}")?;
        }
        writeln!(f, "{:>8} heap starts", self.heap_start)?;
        match self.expected_in_window() {
            Some(percent) => writeln!(f, "{percent:>7.2}% of the accesses to these in the window"),
            None => Ok(()),
        }
    }
}
