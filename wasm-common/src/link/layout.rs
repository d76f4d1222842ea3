//! Where everything lies in linear memory.

use crate::ir::Symbol;
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;

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
    addresses: BTreeMap<Symbol, u32>,
}

impl Layout {
    /// Address of a data symbol; `None` if nothing reaches it.
    pub fn address(&self, symbol: Symbol) -> Option<u32> {
        self.addresses.get(&symbol).copied()
    }

    /// Addresses of all data symbols that the module holds.
    pub fn addresses(&self) -> &BTreeMap<Symbol, u32> {
        &self.addresses
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
        writeln!(f, "{:>8} heap starts", self.heap_start)
    }
}
