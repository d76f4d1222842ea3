//! Objects to module.
//!
//! In: the symbol table and the encoded functions. Out: a module that holds what can be reached
//! from its exports, and the [`Layout`] of its data. The same input gives the same bytes.
//!
//! ```text
//! reach             what the module holds
//! frames, weights   which frames are fixed, how often what is accessed
//! profile           how often what was accessed, measured
//! plan, layout      who gets which address
//! patch, segments   final code and data
//! module, lines     sections
//! ```

mod error;
mod frames;
pub mod layout;
pub mod lines;
mod module;
mod patch;
mod plan;
pub mod profile;
mod reach;
mod reader;
mod segments;
mod weights;

pub use error::LinkError;
pub use layout::{Layout, PlacedObject};

use crate::map::Map;
use crate::{
    abi::names,
    backend::Options,
    codegen::body::Body,
    ir::{SigId, Symbol, SymbolKind, SymbolTable},
};
use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use frames::Frames;
use layout::STACK;
use module::{Extra, Parts};
use patch::Numbers;
use plan::{Bounds, Item};
use reach::Reachable;
use segments::Segments;
use weights::Weights;

/// Bytes of shadow stack for recursive functions and `alloca`, unless the user asks for more.
/// Frames of functions that cannot be active twice are static objects and need none.
pub const SHADOW_STACK: u32 = 8192;

/// Alignment of frames and of the shadow stack.
const STACK_ALIGN: u32 = 16;
/// More locals or bytes of code than that no engine takes in one function.
const MAX_LOCALS: u32 = 50_000;
const MAX_BODY: usize = 7_654_321;

/// Makes the module.
///
/// # Errors
/// See [`LinkError`].
pub(crate) fn link(
    symbols: &SymbolTable,
    mut bodies: Map<Symbol, Box<Body>>,
    options: &Options,
) -> Result<(Vec<u8>, Layout), LinkError> {
    let reachable = Reachable::find(symbols, &bodies)?;
    let used: Vec<&Body> = reachable.funcs.iter().map(|symbol| &*bodies[symbol]).collect();
    let index: Map<Symbol, u32> = reachable.funcs.iter().copied().zip(0..).collect();
    let table: Vec<Symbol> = reachable.table.iter().copied().collect();
    let frames = Frames::place(&used, &index, &table);
    let entries: Vec<u64> = reachable.funcs.iter().map(|&f| entry_weight(symbols, f)).collect();
    let weights = Weights::estimate(&used, &index, &frames, &entries);
    let placed = place(symbols, &reachable, &frames, &weights, options)?;
    let Placed { mut layout, frame_base, stack } = placed;
    layout.table.clone_from(&table);

    let (sigs, types) = signatures(symbols, &reachable, &used);
    let (imports, import_numbers) = merge_imports(symbols, &reachable);
    let mut numbers = number(&reachable, import_numbers, &types, &layout);
    let extras = Extra::list(stack.is_some(), options.emit_lines, layout.pages);
    let first = numbers.globals.len() as u32;
    let extra = |which| extras.iter().position(|&e| e == which).map_or(0, |at| first + at as u32);
    (numbers.line, numbers.stack_pointer) = (extra(Extra::Line), extra(Extra::StackPointer));
    numbers.stack_end = stack.map_or(0, |(start, size)| start + size);

    // What is packed goes as the final code comes.
    drop(used);
    bodies.retain(|symbol, _| reachable.funcs.contains(symbol));
    let mut code = Vec::with_capacity(frames.place.len());
    let mut lines = lines::Encoder::default();
    for (body, place) in bodies.into_values().zip(&frames.place) {
        let frame = place.map(|place| frame_base + place);
        let (bytes, function) = patch::fill(&body, &numbers, frame, numbers.funcs[&body.symbol]);
        if body.local_count >= MAX_LOCALS - 2 || bytes.len() > MAX_BODY {
            return Err(LinkError::TooLarge(symbols.name(body.symbol).to_string()));
        }
        drop(body);
        code.push(bytes.into_boxed_slice());
        lines.add(&function);
    }
    let mut segments = Segments::default();
    for object in &layout.objects {
        if let Some(symbol) = object.symbol
            && let SymbolKind::Data(data) = &symbols.get(symbol).kind
        {
            segments.add(object.address, data, &numbers);
        }
    }
    let parts = Parts {
        symbols,
        reachable: &reachable,
        imports: &imports,
        numbers: &numbers,
        types: &types,
        sigs: &sigs,
        layout: &layout,
        stack: stack.map(|(start, _)| start),
        segments: &segments,
        names: options.emit_names,
        lines: options.emit_lines,
    };
    let lines = options.emit_lines.then(|| lines.finish(&options.file_names));
    Ok((parts.encode(code, lines), layout))
}

/// How often the host calls a function: `loop` over and over, other exports once.
fn entry_weight(symbols: &SymbolTable, func: Symbol) -> u64 {
    match symbols.get(func).export.as_deref() {
        Some(names::LOOP) => 64,
        Some(_) => 1,
        None => 0,
    }
}

/// The layout, and what the linker itself takes of memory.
struct Placed {
    layout: Layout,
    frame_base: u32,
    /// Start and size of the shadow stack.
    stack: Option<(u32, u32)>,
}

const FRAMES: &str = "(frames)";

fn place(
    symbols: &SymbolTable,
    reachable: &Reachable,
    frames: &Frames,
    weights: &Weights,
    options: &Options,
) -> Result<Placed, LinkError> {
    let measured = |name: &str, estimate: u64| match &options.profile {
        Some(profile) => profile.accesses(name),
        None => estimate,
    };
    let mut items = Vec::new();
    for &symbol in &reachable.data {
        if let SymbolKind::Data(data) = &symbols.get(symbol).kind {
            let name = symbols.name(symbol);
            let weight = measured(name, weights.symbols.get(&symbol).copied().unwrap_or(0));
            let object = object(Some(symbol), name, data.size, weight);
            items.push(Item {
                object,
                align: data.align,
                readonly: data.readonly,
                stack: false,
                order: items.len(),
            });
        }
    }
    let weight_of = |fixed: bool| {
        let places = frames.place.iter().zip(&weights.frames);
        let chosen = places.filter(|(place, _)| place.is_some() == fixed);
        chosen.fold(0u64, |sum, (_, &weight)| sum.saturating_add(weight))
    };
    let shortage = |needed| LinkError::OutOfMemory { needed, available: u64::from(u32::MAX) };
    if frames.size > 0 {
        let size = u32::try_from(frames.size).map_err(|_| shortage(frames.size))?;
        let object = object(None, FRAMES, size, measured(FRAMES, weight_of(true)));
        items.push(Item {
            object,
            align: STACK_ALIGN,
            readonly: false,
            stack: false,
            order: items.len(),
        });
    }
    if frames.needs_stack {
        let size = options.shadow_stack_size.unwrap_or(SHADOW_STACK).min(u32::MAX - STACK_ALIGN);
        let object = object(
            None,
            STACK,
            size.next_multiple_of(STACK_ALIGN),
            measured(STACK, weight_of(false)),
        );
        items.push(Item {
            object,
            align: STACK_ALIGN,
            readonly: false,
            stack: true,
            order: items.len(),
        });
    }
    let bounds = Bounds { window: options.window, pages: options.pages };
    let mut layout = plan::plan(items, &bounds)
        .map_err(|s| LinkError::OutOfMemory { needed: s.needed, available: s.available })?;
    for &symbol in &reachable.heap_base {
        layout.set_address(symbol, layout.heap_start);
    }
    let find = |name| {
        let made = layout.objects.iter().find(|o| o.symbol.is_none() && o.name == name);
        made.map(|object| (object.address, object.size))
    };
    let (frame_base, stack) = (find(FRAMES).map_or(0, |(address, _)| address), find(STACK));
    Ok(Placed { layout, frame_base, stack })
}

fn object(symbol: Option<Symbol>, name: &str, size: u32, weight: u64) -> PlacedObject {
    PlacedObject { symbol, name: String::from(name), address: 0, size, weight }
}

/// The signature of each function, and all signatures in the order of their first use.
fn signatures(
    symbols: &SymbolTable,
    reachable: &Reachable,
    bodies: &[&Body],
) -> (Map<Symbol, SigId>, Vec<SigId>) {
    let mut sigs = Map::new();
    for &symbol in &reachable.imports {
        if let SymbolKind::Func(func) = &symbols.get(symbol).kind {
            sigs.insert(symbol, func.sig);
        }
    }
    sigs.extend(bodies.iter().map(|body| (body.symbol, body.sig)));
    let mut seen = vec![false; symbols.sigs().len()];
    let calls = reachable.imports.iter().chain(&reachable.funcs).map(|symbol| sigs[symbol]);
    let all = calls.chain(reachable.indirect.iter().copied());
    let first = all.filter(|sig| !core::mem::replace(&mut seen[sig.0 as usize], true));
    let types = first.collect();
    (sigs, types)
}

/// Symbols that import the same thing with the same signature are one import.
fn merge_imports(symbols: &SymbolTable, reachable: &Reachable) -> (Vec<Symbol>, Map<Symbol, u32>) {
    let (mut imports, mut funcs, mut seen) = (Vec::new(), Map::new(), Map::new());
    for &symbol in &reachable.imports {
        let SymbolKind::Func(func) = &symbols.get(symbol).kind else { continue };
        let Some(import) = &func.import else { continue };
        let index = seen.entry((&import.module, &import.field, func.sig)).or_insert_with(|| {
            imports.push(symbol);
            imports.len() as u32 - 1
        });
        funcs.insert(symbol, *index);
    }
    (imports, funcs)
}

fn number(
    reachable: &Reachable,
    imports: Map<Symbol, u32>,
    types: &[SigId],
    layout: &Layout,
) -> Numbers {
    let first = imports.values().max().map_or(0, |last| last + 1);
    let mut funcs = imports;
    funcs.extend(reachable.funcs.iter().copied().zip(first..));
    Numbers {
        funcs,
        types: types.iter().copied().zip(0..).collect(),
        globals: reachable.globals.iter().copied().zip(0..).collect(),
        table: reachable.table.iter().copied().zip(1..).collect(),
        addresses: layout.addresses().clone(),
        ..Numbers::default()
    }
}
