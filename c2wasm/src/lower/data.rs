//! Static objects: constant items to bytes and relocations.

use super::program::{Claim, UnitSymbols};
use super::{Context, Program};
use crate::check::ObjectDef;
use crate::check::tree::{Base, ExprKind, Init, InitItem, Tree};
use crate::types::{BitField, Ty, Types};
use alloc::vec::Vec;
use core::ops::Range;
use wasm_common::ir::{DataReloc, Symbol, SymbolKind};

/// Defines a static object.
pub(super) fn define(
    object: &ObjectDef,
    tree: &Tree,
    context: Context<'_>,
    program: &mut Program,
    symbols: &mut UnitSymbols,
) {
    let entity = context.unit.entity(object.entity);
    let symbol = program.symbol(object.entity, None, context, symbols);
    if program.claim(object.entity, context, entity.span) == Claim::Refused {
        return;
    }
    if let SymbolKind::Global(_) = program.backend.symbols.get(symbol).kind {
        return define_global(object, symbol, tree, context, program);
    }
    let types = &context.unit.types;
    let mut bytes = image(object.size, &object.init, tree, types);
    let mut relocs: Vec<DataReloc> = Vec::new();
    let mut end = 0;
    for item in &object.init.items {
        // A later item replaces earlier ones; most lie behind all of them.
        let place = extent(item, types);
        if place.start < end {
            relocs.retain(|r| r.offset + 4 <= place.start || r.offset >= place.end);
        }
        end = end.max(place.end);
        if let &ExprKind::Symbol(base, addend) = tree.kind(item.value) {
            let is_absent = |id| program.globals.is_absent(context.unit.entity(id), context);
            if matches!(base, Base::Entity(id) if is_absent(id)) {
                continue;
            }
            let target = base_symbol(base, tree, context, program, symbols);
            relocs.push(DataReloc { offset: item.offset, target, addend });
        }
    }
    relocs.sort_unstable_by_key(|reloc| reloc.offset);
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    if let SymbolKind::Data(data) = &mut program.backend.symbols.get_mut(symbol).kind {
        let element = types.as_array(entity.ty.ty).map_or(entity.ty, |(element, _)| element);
        data.size = object.size;
        data.align = types.align(entity.ty.ty).max(entity.attributes.align);
        data.bytes = bytes;
        data.relocs = relocs;
        data.readonly = element.is_const() && !element.is_volatile();
    }
}

/// Gives a wasm global its first value, which cannot be an address.
fn define_global(
    object: &ObjectDef,
    symbol: Symbol,
    tree: &Tree,
    context: Context<'_>,
    program: &mut Program,
) {
    let Some(item) = object.init.items.last() else { return };
    match scalar_bits(item, tree) {
        Some(bits) => {
            if let SymbolKind::Global(global) = &mut program.backend.symbols.get_mut(symbol).kind {
                global.init = if global.ty.size() == 4 { bits & 0xFFFF_FFFF } else { bits };
            }
        }
        None => program.globals.refuse(context.unit.entity(object.entity), context),
    }
}

/// What an address is relative to.
pub(super) fn base_symbol(
    base: Base,
    tree: &Tree,
    context: Context<'_>,
    program: &mut Program,
    symbols: &mut UnitSymbols,
) -> Symbol {
    match base {
        Base::Entity(id) => {
            let symbol = program.symbol(id, None, context, symbols);
            if let SymbolKind::Global(_) = program.backend.symbols.get(symbol).kind {
                program.globals.refuse(context.unit.entity(id), context);
            }
            symbol
        }
        Base::String(id) => {
            let text = &tree.strings[id.0 as usize];
            program.string(&text.bytes, text.encoding.width() as u32)
        }
    }
}

/// The bytes of an object; addresses in it are 0.
pub(super) fn image(size: u32, init: &Init, tree: &Tree, types: &Types) -> Vec<u8> {
    let end = init.items.iter().map(|item| extent(item, types).end).max();
    let mut bytes = alloc::vec![0; end.unwrap_or(0).min(size) as usize];
    for item in &init.items {
        put(&mut bytes, item, tree, types);
    }
    bytes
}

/// The bytes of an object that an item is in; a bit-field may share the first and the last of them.
fn extent(item: &InitItem, types: &Types) -> Range<u32> {
    let (start, end) = match item.bits {
        Some(bits) => (u32::from(bits.shift) / 8, u32::from(bits.shift + bits.width).div_ceil(8)),
        None => (0, types.size(item.ty.ty).unwrap_or(0)),
    };
    item.offset + start..item.offset + end
}

fn put(bytes: &mut [u8], item: &InitItem, tree: &Tree, types: &Types) {
    let value = match *tree.kind(item.value) {
        ExprKind::String(id) => {
            let text = &tree.strings[id.0 as usize].bytes;
            let room = types.size(item.ty.ty).unwrap_or(0) as usize;
            let at = item.offset as usize;
            let place = &mut bytes[at..at + room];
            place.fill(0);
            let length = text.len().min(room);
            place[..length].copy_from_slice(&text[..length]);
            return;
        }
        ExprKind::Symbol(..) => 0,
        ExprKind::Int(_) if !types.is_scalar(item.ty.ty) => {
            let size = types.size(item.ty.ty).unwrap_or(0) as usize;
            bytes[item.offset as usize..][..size].fill(0);
            return;
        }
        _ => match scalar_bits(item, tree) {
            Some(bits) => bits,
            None => return,
        },
    };
    match item.bits {
        Some(field) => put_bits(bytes, item.offset, field, value),
        None => {
            let size = types.size(item.ty.ty).unwrap_or(4) as usize;
            let at = item.offset as usize;
            bytes[at..at + size].copy_from_slice(&value.to_le_bytes()[..size]);
        }
    }
}

/// The bits of a constant as they lie in memory.
pub(super) fn scalar_bits(item: &InitItem, tree: &Tree) -> Option<u64> {
    match *tree.kind(item.value) {
        ExprKind::Int(value) => Some(value),
        ExprKind::Float(value) if item.ty.ty == Ty::FLOAT => {
            Some(u64::from((value as f32).to_bits()))
        }
        ExprKind::Float(value) => Some(value.to_bits()),
        _ => None,
    }
}

fn put_bits(bytes: &mut [u8], offset: u32, field: BitField, value: u64) {
    for bit in 0..u32::from(field.width) {
        let at = offset * 8 + u32::from(field.shift) + bit;
        let mask = 1u8 << (at % 8);
        let byte = &mut bytes[at as usize / 8];
        *byte = (*byte & !mask) | if value >> bit & 1 != 0 { mask } else { 0 };
    }
}
