//! One function: its locals, its parameters, its end.

use super::program::{Claim, UnitSymbols, function_signature, passed_types};
use super::types::{ir_type, returns_in_memory, signature};
use super::{Context, Program, adapter};
use crate::check::FunctionDef;
use crate::check::tree::{EntityId, Expr, ExprId, ExprKind, LabelId, LocalId, StmtKind, Tree};
use crate::types::{Ty, Types};
use alloc::vec::Vec;
use wasm_common::ir::{
    Block, Function, FunctionBuilder, Loc, NaryOp, Signature, Slot, Symbol, Type, Value, Variable,
};
use wasm_common::map::Map;
use wasm_common::source::Span;

/// What the stack pointer is a multiple of.
pub(super) const STACK_ALIGN: u32 = 16;

/// Where a local lives.
#[derive(Clone, Copy, Debug)]
pub(super) enum Storage {
    /// In an SSA variable.
    Variable(Variable),
    /// In the frame.
    Slot(Slot),
    /// In the frame, from the first multiple of this on: more than the stack pointer's.
    Aligned(Slot, u32),
    /// Where the variable points: a record parameter, an array of variable length.
    Pointer(Variable),
}

/// What `break`, `continue` and the end of a block do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exits {
    pub(super) on_break: Option<Block>,
    pub(super) on_continue: Option<Block>,
    /// Marks of the stack pointer that hold there.
    pub(super) scopes: usize,
}

/// A variable that remembers the stack pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    variable: Variable,
    /// Calls of `alloca` met before it.
    allocas: u32,
}

/// The lowering of one function.
pub(super) struct Lowering<'a> {
    pub(super) builder: FunctionBuilder,
    pub(super) tree: &'a Tree,
    pub(super) context: Context<'a>,
    pub(super) program: &'a mut Program,
    pub(super) symbols: &'a mut UnitSymbols,
    pub(super) locals: Vec<Option<Storage>>,
    pub(super) labels: Map<LabelId, Block>,
    pub(super) exits: Vec<Exits>,
    /// The stack pointer on entry, and after each array of variable length that is in scope.
    pub(super) stack: Vec<Mark>,
    /// How many calls of `alloca` were met.
    pub(super) allocas: u32,
    /// Where a record result goes.
    pub(super) result_address: Option<Value>,
    /// The variable arguments.
    pub(super) variadic: Option<Value>,
    pub(super) result: Ty,
    /// Room for variable arguments, by size.
    pub(super) argument_slots: Map<u32, Slot>,
    last_span: Option<(Span, Loc)>,
}

/// The IR of a function, if its definition counts.
pub(super) fn lower(
    def: &FunctionDef,
    tree: &Tree,
    context: Context<'_>,
    program: &mut Program,
    symbols: &mut UnitSymbols,
) -> Option<Function> {
    let claim = claim(def, context, program, symbols);
    if claim == Claim::Refused {
        return None;
    }
    let entity = context.unit.entity(def.entity);
    let types = &context.unit.types;
    let sig = function_signature(types, entity).unwrap_or_else(|| {
        types.as_function(entity.ty.ty).map(|func| signature(types, func, &[])).unwrap_or_default()
    });
    let symbol = defined_symbol(def.entity, &sig, claim, context, program, symbols);
    if entity.attributes.constructor {
        program.constructors.push(symbol);
    }
    if entity.attributes.destructor {
        program.destructors.push(symbol);
    }
    let mut lowering = Lowering {
        builder: FunctionBuilder::new(symbol, sig),
        tree,
        context,
        program,
        symbols,
        locals: alloc::vec![None; tree.locals.len()],
        labels: Map::new(),
        exits: Vec::new(),
        stack: Vec::new(),
        allocas: 0,
        result_address: None,
        variadic: None,
        result: def.result,
        argument_slots: Map::new(),
        last_span: None,
    };
    lowering.set_span(entity.span);
    lowering.parameters(def);
    lowering.prepare_stack(def);
    lowering.stmt(&def.body);
    lowering.set_span(def.end);
    lowering.end(def.result);
    Some(lowering.builder.finish())
}

/// Whether this is the definition that counts.
fn claim(
    def: &FunctionDef,
    context: Context<'_>,
    program: &mut Program,
    symbols: &mut UnitSymbols,
) -> Claim {
    let span = context.unit.entity(def.entity).span;
    program.symbol(def.entity, None, context, symbols);
    program.claim(def.entity, context, span)
}

/// The symbol to define. If calls assumed another signature, theirs becomes an adapter.
fn defined_symbol(
    id: EntityId,
    sig: &Signature,
    claim: Claim,
    context: Context<'_>,
    program: &mut Program,
    symbols: &mut UnitSymbols,
) -> Symbol {
    let symbol = program.symbol(id, Some(sig), context, symbols);
    let given = program.backend.symbols.func_sig(symbol).cloned().unwrap_or_default();
    if given == *sig && claim == Claim::First {
        return symbol;
    }
    let name = program.backend.symbols.name(symbol).into();
    let name: alloc::string::String = name;
    let real = program.backend.symbols.add_func(&name, sig.clone(), None);
    let export = program.backend.symbols.get_mut(symbol).export.take();
    program.backend.symbols.get_mut(real).export = export;
    // A weak or inline definition keeps its symbol, and its callers keep it.
    if claim == Claim::First {
        adapter::define(program, symbol, &given, real, sig);
    }
    program.replace(id, real, context, symbols);
    real
}

impl<'a> Lowering<'a> {
    pub(super) fn types(&self) -> &'a Types {
        &self.context.unit.types
    }

    pub(super) fn ty(&self, id: ExprId) -> Ty {
        self.tree.ty(id)
    }

    /// What follows belongs to the line of `span`.
    pub(super) fn set_span(&mut self, span: Span) {
        // In the library, the line of its caller is the one that people want to see.
        if self.program.in_library {
            return;
        }
        let loc = match self.last_span {
            Some((last, _)) if (last.file(), last.start()) == (span.file(), span.start()) => return,
            Some((last, loc)) if self.context.sources.share_a_line(last, span) => loc,
            _ => {
                let (file, line) = self.context.sources.presumed_line(span);
                Loc::new(u32::from(file.0), line)
            }
        };
        self.last_span = Some((span, loc));
        self.builder.set_loc(loc);
    }

    fn parameters(&mut self, def: &FunctionDef) {
        let values: Vec<Value> = self.builder.params().to_vec();
        let mut values = values.into_iter();
        let types = self.types();
        let entity = self.context.unit.entity(def.entity);
        let func = types.as_function(entity.ty.ty);
        if returns_in_memory(types, def.result) {
            self.result_address = values.next();
        }
        let passed: Option<Vec<Ty>> =
            func.and_then(|f| passed_types(f, Some(entity))).map(<[Ty]>::to_vec);
        for (index, &local) in def.params.iter().enumerate() {
            let Some(value) = values.next() else { break };
            let ty = self.tree.local(local).ty.ty;
            let from = passed.as_ref().and_then(|p| p.get(index)).copied().unwrap_or(ty);
            if !types.is_scalar(ty) {
                let pointer = self.builder.declare(Type::I32);
                self.builder.def(pointer, value);
                self.locals[local.0 as usize] = Some(Storage::Pointer(pointer));
                continue;
            }
            let value = self.convert_value(value, from, ty);
            self.initialize(local, value);
        }
        self.variadic = values.next();
    }

    /// Gives a scalar local its first value.
    fn initialize(&mut self, local: LocalId, value: Value) {
        let place = self.local_place(local);
        self.store_place(&place, self.tree.local(local).ty.ty, value);
    }

    /// The stack pointer is only kept where arrays of variable length come and go.
    fn prepare_stack(&mut self, def: &FunctionDef) {
        let in_expr = |expr: &Expr| match &expr.kind {
            ExprKind::Statement(stmt, _) => holds_allocation(stmt),
            _ => false,
        };
        if holds_allocation(&def.body) || self.tree.exprs().any(in_expr) {
            self.push_stack();
        }
    }

    /// Remembers the stack pointer as it is here.
    pub(super) fn push_stack(&mut self) {
        let variable = self.builder.declare(Type::I32);
        if let Some(saved) = self.builder.nary(NaryOp::StackSave, &[]) {
            self.builder.def(variable, saved);
        }
        self.stack.push(Mark { variable, allocas: self.allocas });
    }

    /// Gives back all but what the first `depth` marks remember; unless `alloca` took memory since
    /// then, which lives to the function's end, and so all that lies below it.
    pub(super) fn restore_stack(&mut self, depth: usize) {
        if let Some(&Mark { variable, allocas }) =
            depth.checked_sub(1).and_then(|last| self.stack.get(last))
            && allocas == self.allocas
        {
            let saved = self.builder.get(variable);
            self.builder.nary(NaryOp::StackRestore, &[saved]);
        }
    }

    /// The end of the body: results that were not given are 0 (`main`'s really are, C11 5.1.2.2.3).
    fn end(&mut self, result: Ty) {
        if self.builder.is_terminated() {
            return;
        }
        let ty = super::types::result_type(self.types(), result);
        let value = ty.map(|ty| adapter::zero(&mut self.builder, ty));
        self.builder.ret(value);
    }

    /// Where a local lives; decided when it is first met.
    pub(super) fn storage(&mut self, id: LocalId) -> Storage {
        if let Some(storage) = self.locals[id.0 as usize] {
            return storage;
        }
        let local = self.tree.local(id);
        let types = self.types();
        let storage = if types.is_variable_length(local.ty.ty) {
            Storage::Pointer(self.builder.declare(Type::I32))
        } else if types.is_scalar(local.ty.ty) && !local.address_taken && !local.ty.is_volatile() {
            Storage::Variable(self.builder.declare(ir_type(types, local.ty.ty)))
        } else {
            let align = types.align(local.ty.ty).max(local.align);
            let size = types.size(local.ty.ty).unwrap_or(0).max(1);
            if align > STACK_ALIGN {
                let slot = self.builder.add_slot(size + align - STACK_ALIGN, STACK_ALIGN);
                Storage::Aligned(slot, align)
            } else {
                Storage::Slot(self.builder.add_slot(size, align))
            }
        };
        self.locals[id.0 as usize] = Some(storage);
        storage
    }

    /// The symbol of an object or function.
    pub(super) fn symbol(&mut self, id: EntityId, call: Option<&Signature>) -> Symbol {
        self.program.symbol(id, call, self.context, self.symbols)
    }
}

fn holds_allocation(stmt: &crate::check::tree::Stmt) -> bool {
    match &stmt.kind {
        StmtKind::Block(stmts, allocates) => *allocates || stmts.iter().any(holds_allocation),
        StmtKind::If(arms, otherwise) => {
            arms.iter().any(|(_, s)| holds_allocation(s))
                || otherwise.as_ref().is_some_and(|s| holds_allocation(s))
        }
        StmtKind::Switch(switch) => holds_allocation(&switch.body),
        StmtKind::While(_, body) | StmtKind::DoWhile(body, _) | StmtKind::For(_, _, body) => {
            holds_allocation(body)
        }
        _ => false,
    }
}
