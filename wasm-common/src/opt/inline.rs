//! Inlining: small functions, and those that are called once, become part of their callers.
//!
//! From the leaves of the call graph up, so that what is inlined is as small as it gets. A function
//! that takes part in a recursion through several functions is inlined at most into callers that
//! are not waiting for it; one that calls itself, or takes from the stack, is not inlined at all.

use super::OptLevel;
use crate::ir::{
    Block, Function, Inst, Loc, NaryOp, Replacements, Slot, Symbol, SymbolKind, SymbolTable,
    Target, Terminator, Value,
};
use crate::map::Map;
use alloc::{vec, vec::Vec};

/// A caller does not grow past this many instructions.
const MOST_IN_CALLER: usize = 3000;
/// The largest function that is inlined for having one call.
const MOST_CALLED_ONCE: usize = 600;

/// Inlines calls in all `functions`; `prepare` is run on each as soon as its own calls are done.
pub fn run(
    functions: &mut [Function],
    symbols: &SymbolTable,
    level: OptLevel,
    mut prepare: impl FnMut(&mut Function),
) {
    let graph = CallGraph::new(functions, symbols);
    for &index in &graph.order {
        // Out of the list, so that others can be copied from while it changes.
        let symbol = functions[index].symbol;
        let placeholder = Function::new(symbol, functions[index].sig.clone());
        let mut func = core::mem::replace(&mut functions[index], placeholder);
        let ready = |callee: Symbol| {
            let at = *graph.index.get(&callee)?;
            let earlier = graph.position[at] < graph.position[index];
            (earlier && graph.wants(symbols, &functions[at], level)).then(|| &functions[at])
        };
        inline_calls(&mut func, ready);
        prepare(&mut func);
        functions[index] = func;
    }
}

struct CallGraph {
    /// Functions by symbol.
    index: Map<Symbol, usize>,
    /// Callees before callers, as far as that is possible.
    order: Vec<usize>,
    /// Place in the order.
    position: Vec<usize>,
    /// How many calls, and other uses, each symbol has.
    uses: Vec<u32>,
}

impl CallGraph {
    fn new(functions: &[Function], symbols: &SymbolTable) -> Self {
        let index: Map<Symbol, usize> =
            functions.iter().enumerate().map(|(at, func)| (func.symbol, at)).collect();
        let mut uses = vec![0; symbols.len()];
        let mut callees = Vec::with_capacity(functions.len());
        for func in functions {
            let mut called = Vec::new();
            for &value in func.blocks.iter().flat_map(|data| &data.insts) {
                match *func.inst(value) {
                    Inst::Call { func: callee, .. } => {
                        uses[callee.0 as usize] += 1;
                        called.extend(index.get(&callee).copied());
                    }
                    Inst::FuncAddr(callee) => uses[callee.0 as usize] += 2,
                    _ => {}
                }
            }
            callees.push(called);
        }
        for (symbol, data) in symbols.iter() {
            if data.export.is_some() {
                uses[symbol.0 as usize] += 2;
            }
            if let SymbolKind::Data(object) = &data.kind {
                object.relocs.iter().for_each(|reloc| uses[reloc.target.0 as usize] += 2);
            }
        }
        let order = postorder(callees);
        let mut position = vec![0; functions.len()];
        for (at, &func) in order.iter().enumerate() {
            position[func] = at;
        }
        Self { index, order, position, uses }
    }

    /// Whether calls of `callee` are to be inlined.
    fn wants(&self, symbols: &SymbolTable, callee: &Function, level: OptLevel) -> bool {
        let SymbolKind::Func(data) = &symbols.get(callee.symbol).kind else { return false };
        if data.attrs.noinline || !can_be_inlined(callee) {
            return false;
        }
        let small = match level {
            OptLevel::Os => 3 + callee.sig.params.len(),
            _ => 16,
        };
        let size = size(callee);
        let once = self.uses[callee.symbol.0 as usize] == 1;
        data.attrs.always_inline || size <= small || (once && size <= MOST_CALLED_ONCE)
    }
}

/// Each after what it calls, by depth first search.
fn postorder(mut callees: Vec<Vec<usize>>) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = vec![false; callees.len()];
    for root in 0..callees.len() {
        if core::mem::replace(&mut seen[root], true) {
            continue;
        }
        let mut stack = vec![root];
        while let Some(&at) = stack.last() {
            match callees[at].pop() {
                Some(next) if !core::mem::replace(&mut seen[next], true) => stack.push(next),
                Some(_) => {}
                None => {
                    order.push(at);
                    stack.pop();
                }
            }
        }
    }
    order
}

fn can_be_inlined(func: &Function) -> bool {
    let mut insts = func.blocks.iter().flat_map(|data| &data.insts).map(|&value| func.inst(value));
    insts.all(|inst| match *inst {
        Inst::Call { func: callee, .. } => callee != func.symbol,
        Inst::Nary(op, _) => {
            !matches!(op, NaryOp::StackAlloc | NaryOp::StackSave | NaryOp::StackRestore)
        }
        _ => true,
    })
}

/// Instructions that do something, and branches.
fn size(func: &Function) -> usize {
    let does_something = |value: &&Value| !func.inst(**value).is_constant();
    let insts = |data: &crate::ir::BlockData| data.insts.iter().filter(does_something).count();
    func.blocks.iter().map(|data| insts(data) + 1).sum::<usize>() - 1
}

/// Inlines the calls in `func` for which `body` knows a function.
fn inline_calls<'a>(func: &mut Function, body: impl Fn(Symbol) -> Option<&'a Function>) {
    let mut replaced = Replacements::new();
    let mut count = func.num_values();
    let mut work: Vec<Block> = func.block_ids().collect();
    while let Some(block) = work.pop() {
        for at in 0..func.block(block).insts.len() {
            let value = func.block(block).insts[at];
            let Inst::Call { func: callee, args } = *func.inst(value) else { continue };
            let Some(callee) = body(callee) else { continue };
            if count + callee.num_values() > MOST_IN_CALLER {
                continue;
            }
            count += callee.num_values();
            let args = func.args(args).to_vec();
            let (loc, rest) = (func.loc(value), split(func, block, at));
            if let Some(ty) = func.ty(value) {
                let result = func.add_param(rest, ty);
                replaced.set(value, result);
            }
            splice(func, block, callee, &args, rest, loc);
            work.push(rest);
            break;
        }
    }
    replaced.apply(func);
}

/// Ends `block` before its instruction number `at`, which goes; what follows it becomes a new block.
fn split(func: &mut Function, block: Block, at: usize) -> Block {
    let rest = func.add_block();
    let data = func.block_mut(block);
    let insts = data.insts.split_off(at + 1);
    data.insts.pop();
    let term = core::mem::replace(&mut data.term, Terminator::Unreachable);
    let loc = data.loc;
    let new = func.block_mut(rest);
    new.insts = insts;
    new.term = term;
    new.loc = loc;
    rest
}

/// Puts a copy of `callee` between the end of `block` and `rest`; what has no line gets `line`.
fn splice(
    func: &mut Function,
    block: Block,
    callee: &Function,
    args: &[Value],
    rest: Block,
    line: Loc,
) {
    let first_block = func.blocks.len() as u32;
    let first_slot = func.slots.len() as u32;
    func.slots.extend_from_slice(&callee.slots);
    let mut values = vec![Value(u32::MAX); callee.num_values()];
    for from in callee.block_ids() {
        let to = func.add_block();
        for &param in &callee.block(from).params {
            if let Some(ty) = callee.ty(param) {
                values[param.0 as usize] = func.add_param(to, ty);
            }
        }
    }
    for from in callee.block_ids() {
        let to = Block(first_block + from.0);
        for &value in &callee.block(from).insts {
            let copy = func.import_inst(callee, value, line);
            if let Inst::SlotAddr { slot, .. } = func.inst_mut(copy) {
                *slot = Slot(first_slot + slot.0);
            }
            values[value.0 as usize] = copy;
            func.block_mut(to).insts.push(copy);
        }
    }
    let map = |value: Value| values[value.0 as usize];
    for from in callee.block_ids() {
        let to = Block(first_block + from.0);
        for at in 0..func.block(to).insts.len() {
            let value = func.block(to).insts[at];
            func.map_operands(value, map);
        }
        let term = copied_terminator(func, callee, from, first_block, rest, map);
        let loc = callee.block(from).loc.or(line);
        let data = func.block_mut(to);
        data.term = term;
        data.loc = loc;
    }
    let args = func.make_args(args);
    func.block_mut(block).term = Terminator::Jump(Target { block: Block(first_block), args });
}

fn copied_terminator(
    func: &mut Function,
    callee: &Function,
    from: Block,
    first_block: u32,
    rest: Block,
    map: impl Fn(Value) -> Value,
) -> Terminator {
    let mut term = callee.block(from).term.clone();
    if let Terminator::Return(value) = term {
        let result: Vec<Value> = value.into_iter().map(map).collect();
        return Terminator::Jump(Target { block: rest, args: func.make_args(&result) });
    }
    if let Some(operand) = term.operand_mut() {
        *operand = map(*operand);
    }
    for target in term.targets_mut() {
        let args: Vec<Value> = callee.args(target.args).iter().map(|&arg| map(arg)).collect();
        *target =
            Target { block: Block(first_block + target.block.0), args: func.make_args(&args) };
    }
    term
}
