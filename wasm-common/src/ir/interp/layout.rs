//! Where the interpreter finds everything in memory.

use crate::ir::{Symbol, SymbolKind, SymbolTable};
use crate::map::Map;
use alloc::{vec, vec::Vec};

/// Addresses and table indices: the linker's, or [`Layout::simple`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Address of each data symbol.
    pub addresses: Map<Symbol, u32>,
    /// First free byte after static data: the address of heap-base symbols.
    pub heap_base: u32,
    /// Functions by table index; index 0 is empty.
    pub table: Vec<Option<Symbol>>,
    /// Where the shadow stack starts; it grows down.
    pub stack_top: u32,
    /// The lowest address that it may take.
    pub stack_end: u32,
    /// Pages of memory at the start.
    pub pages: u32,
}

const PAGE: u32 = 65_536;
/// More static data than this does not fit; what lies past it cannot be accessed.
const MAX_END: u32 = 256 * PAGE;
/// Bytes of shadow stack in a simple layout.
const STACK: u32 = 16 * 1024;

fn align_up(address: u32, align: u32) -> u32 {
    address.next_multiple_of(align.max(1))
}

impl Layout {
    /// Objects in the order of their numbers from address 16, then the stack, then the heap; every
    /// function has a table index.
    pub fn simple(symbols: &SymbolTable) -> Self {
        let mut layout = Self { table: vec![None], ..Self::default() };
        let mut end = 16;
        for (symbol, data) in symbols.iter() {
            match &data.kind {
                SymbolKind::Data(object) => {
                    end = align_up(end, object.align);
                    layout.addresses.insert(symbol, end);
                    end = end.saturating_add(object.size).min(MAX_END);
                }
                SymbolKind::Func(_) => layout.table.push(Some(symbol)),
                SymbolKind::Global(_) | SymbolKind::HeapBase => {}
            }
        }
        layout.stack_end = align_up(end, 16);
        layout.stack_top = layout.stack_end + STACK;
        layout.heap_base = layout.stack_top;
        layout.pages = layout.heap_base / PAGE + 1;
        layout
    }

    /// The address of a data symbol or of a heap base.
    pub fn address(&self, symbol: Symbol) -> u32 {
        self.addresses.get(&symbol).copied().unwrap_or(self.heap_base)
    }

    /// The table index of a function; 0 if it has none.
    pub fn table_index(&self, func: Symbol) -> u32 {
        self.table.iter().position(|&entry| entry == Some(func)).unwrap_or(0) as u32
    }

    /// Memory as the program finds it.
    pub(super) fn image(&self, symbols: &SymbolTable) -> Vec<u8> {
        let mut memory = vec![0; self.pages as usize * PAGE as usize];
        for (symbol, data) in symbols.iter() {
            let SymbolKind::Data(object) = &data.kind else { continue };
            let Some(&address) = self.addresses.get(&symbol) else { continue };
            put(&mut memory, address, &object.bytes);
            for reloc in &object.relocs {
                let target = match symbols.get(reloc.target).kind {
                    SymbolKind::Func(_) => self.table_index(reloc.target),
                    _ => self.address(reloc.target),
                };
                let bits = target.wrapping_add_signed(reloc.addend).to_le_bytes();
                put(&mut memory, address.saturating_add(reloc.offset), &bits);
            }
        }
        memory
    }
}

/// Writes what fits: a layout may be wrong, and then the program traps.
fn put(memory: &mut [u8], address: u32, bytes: &[u8]) {
    if let Some(place) = memory.get_mut(address as usize..) {
        let len = place.len().min(bytes.len());
        place[..len].copy_from_slice(&bytes[..len]);
    }
}
