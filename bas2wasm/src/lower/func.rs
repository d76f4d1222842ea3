//! One procedure: entry, statements, exit.

use super::Lower;
use crate::tree::{
    ArrayId, Body, Label, ParamKind, Place, Proc, ProcId, Program, Shape, Storage, Ty, VarId,
};
use alloc::vec::Vec;
use wasm_common::abi::names;
use wasm_common::ir::{
    Block, Function, FunctionBuilder, LoadOp, Loc, NaryOp, Slot, StoreOp, Symbol, Type, Value,
    Variable,
};
use wasm_common::map::{Map, Set};

/// The wasm type of a parameter.
pub(super) fn param_type(program: &Program, param: ParamKind) -> Type {
    match param {
        ParamKind::Value(var) | ParamKind::Dynamic { value: var, .. } => {
            program.vars[var.0 as usize].ty.wasm()
        }
        ParamKind::Ref(_) | ParamKind::Array(_) => Type::I32,
    }
}

/// Lowers procedure `index`.
pub(super) fn lower_proc(lower: &mut Lower<'_>, index: usize, body: &Body) -> Function {
    let program = lower.program;
    let proc = &program.procs[index];
    let symbol = lower.procs[index];
    let sig = lower.backend.symbols.func_sig(symbol).cloned().unwrap_or_default();
    let mut b = FunctionBuilder::new(symbol, sig);
    let labels = (0..proc.labels).map(|_| b.create_block()).collect();
    let exit = b.create_block();
    let result = proc.result.map(|ty| b.declare(ty.wasm()));
    let mut fun = Fun {
        lower,
        b,
        proc,
        body,
        index,
        locals: Map::new(),
        slots: Map::new(),
        pointers: Map::new(),
        saved: Vec::new(),
        labels,
        passed: Set::new(),
        exit,
        result,
        temps: Vec::new(),
        string_slots: Vec::new(),
        returns: Vec::new(),
        return_dispatch: None,
        gosub_base: None,
        loc: Loc::NONE,
        number: 0,
        errors: super::fail::Handlers::default(),
    };
    fun.entry();
    for stmt in body.stmts() {
        fun.stmt(&stmt);
    }
    fun.end_statement();
    fun.leave();
    fun.finish()
}

/// A procedure being lowered.
pub(super) struct Fun<'l, 'a> {
    pub(super) lower: &'l mut Lower<'a>,
    pub(super) b: FunctionBuilder,
    pub(super) proc: &'a Proc,
    pub(super) body: &'l Body,
    pub(super) index: usize,
    pub(super) locals: Map<VarId, Variable>,
    pub(super) slots: Map<VarId, Slot>,
    /// Local variables that point to arrays.
    pub(super) pointers: Map<ArrayId, Variable>,
    /// Outer variables, and the locals that keep their values while this runs.
    saved: Vec<(VarId, Variable)>,
    pub(super) labels: Vec<Block>,
    /// Labels that have been passed: a jump to one goes back.
    pub(super) passed: Set<Label>,
    exit: Block,
    result: Option<Variable>,
    /// Strings that this statement has made and nobody has taken.
    pub(super) temps: Vec<Value>,
    /// Frame slots that hold strings made for parameters by reference.
    pub(super) string_slots: Vec<Slot>,
    /// Where RETURN may go: behind each GOSUB.
    pub(super) returns: Vec<Block>,
    pub(super) return_dispatch: Option<Block>,
    pub(super) gosub_base: Option<Variable>,
    /// Where the statement stands that is being lowered, and its BASIC line.
    pub(super) loc: Loc,
    pub(super) number: u32,
    pub(super) errors: super::fail::Handlers,
}

impl<'a> Fun<'_, 'a> {
    pub(super) fn is_main(&self) -> bool {
        self.index == 0
    }

    /// Which procedure it is.
    pub(super) fn me(&self) -> ProcId {
        ProcId(self.index as u32)
    }

    pub(super) fn program(&self) -> &'a Program {
        self.lower.program
    }

    pub(super) fn label(&self, label: Label) -> Block {
        self.labels[label.0 as usize]
    }

    pub(super) fn var_type(&self, var: VarId) -> Ty {
        self.program().vars[var.0 as usize].ty
    }

    /// Parameters into their variables, strings to the empty one, frames cleared.
    fn entry(&mut self) {
        let program = self.program();
        let empty = self.lower.literal("");
        if self.is_main() && program.gw_random {
            let (kind, _) = self.lower.import("basic_rnd_kind");
            let one = self.b.i32_const(1);
            self.b.call(kind, None, &[one]);
        }
        if self.is_main() {
            self.empty_globals(empty);
        }
        for id in program.vars_of(self.me()) {
            let var = &program.vars[id.0 as usize];
            match var.storage {
                Storage::Local => {
                    let variable = self.b.declare(var.ty.wasm());
                    self.locals.insert(id, variable);
                    if var.ty == Ty::Str {
                        let value = self.b.symbol_addr(empty, 0);
                        self.b.def(variable, value);
                    }
                }
                Storage::Frame => self.frame_variable(id, var.ty),
                Storage::Reference => {
                    let variable = self.b.declare(Type::I32);
                    self.locals.insert(id, variable);
                }
                Storage::Global | Storage::Memory => {}
            }
        }
        for id in program.arrays_of(self.me()) {
            if !matches!(program.arrays[id.0 as usize].shape, Shape::Fixed(_)) {
                let variable = self.b.declare(Type::I32);
                let zero = self.b.i32_const(0);
                self.b.def(variable, zero);
                self.pointers.insert(id, variable);
            }
        }
        self.parameters();
        self.open_gosubs();
        self.open_handlers();
    }

    /// Strings of the program begin empty.
    fn empty_globals(&mut self, empty: Symbol) {
        for (id, var) in (0..).map(VarId).zip(&self.program().vars) {
            if var.storage == Storage::Global && var.ty == Ty::Str {
                let value = self.b.symbol_addr(empty, 0);
                self.b.global_set(self.lower.vars[&id], value);
            }
        }
    }

    fn frame_variable(&mut self, id: VarId, ty: Ty) {
        let size = self.lower.size_of(ty).max(4);
        let slot = self.b.add_slot(size, if size >= 8 { 8 } else { 4 });
        self.slots.insert(id, slot);
        let addr = self.b.slot_addr(slot, 0);
        let (zero, len) = (self.b.i32_const(0), self.b.i32_const(size as i32));
        self.b.nary(NaryOp::MemoryFill, &[addr, zero, len]);
        if ty == Ty::Str {
            let empty = self.empty();
            self.b.store(StoreOp::I32Store, addr, empty, 0);
        }
    }

    fn parameters(&mut self) {
        let values = self.b.params().to_vec();
        for (param, value) in self.proc.params.iter().zip(values) {
            match *param {
                ParamKind::Value(var) => self.set_var(var, value),
                ParamKind::Ref(var) => {
                    let variable = self.locals[&var];
                    self.b.def(variable, value);
                }
                ParamKind::Array(array) => {
                    let variable = self.pointers[&array];
                    self.b.def(variable, value);
                }
                ParamKind::Dynamic { outer, .. } => {
                    self.save(outer);
                    self.set_var(outer, value);
                }
            }
        }
        for &var in &self.proc.saved {
            self.save(var);
            if self.var_type(var) == Ty::Str {
                let empty = self.empty();
                self.set_var(var, empty);
            }
        }
    }

    /// Keeps the value of an outer variable until the procedure ends.
    fn save(&mut self, var: VarId) {
        let old = self.get_var(var);
        let kept = self.b.declare(self.var_type(var).wasm());
        self.b.def(kept, old);
        self.saved.push((var, kept));
    }

    /// A variable's own bits, without ownership.
    pub(super) fn set_var(&mut self, var: VarId, value: Value) {
        match self.program().vars[var.0 as usize].storage {
            Storage::Local => self.b.def(self.locals[&var], value),
            Storage::Global => {
                let symbol = self.lower.vars[&var];
                self.b.global_set(symbol, value);
            }
            Storage::Memory | Storage::Frame | Storage::Reference => {
                let (addr, offset) = self.address(&Place::Var(var));
                self.store_bits(addr, offset, self.var_type(var), value);
            }
        }
    }

    pub(super) fn get_var(&mut self, var: VarId) -> Value {
        let info = &self.program().vars[var.0 as usize];
        match info.storage {
            Storage::Local => self.b.get(self.locals[&var]),
            Storage::Global => {
                let symbol = self.lower.vars[&var];
                self.b.global_get(symbol, info.ty.wasm())
            }
            _ => {
                let (addr, offset) = self.address(&Place::Var(var));
                self.load_bits(addr, offset, info.ty)
            }
        }
    }

    /// Gives the program or the procedure its result and goes to the exit.
    pub(super) fn return_value(&mut self, value: Option<Value>) {
        if let (Some(variable), Some(value)) = (self.result, value) {
            self.b.def(variable, value);
        }
        self.free_temps();
        self.b.jump(self.exit);
    }

    /// `RETURN` without a value, or the end: what the function's name was assigned.
    pub(super) fn leave(&mut self) {
        let value = self.proc.result_var.map(|var| self.take_var(var));
        self.return_value(value);
    }

    /// The value of a variable that is not needed any more; a string is moved out.
    pub(super) fn take_var(&mut self, var: VarId) -> Value {
        let value = self.get_var(var);
        if self.var_type(var) == Ty::Str {
            let empty = self.empty();
            self.set_var(var, empty);
        }
        value
    }

    pub(super) fn free_temps(&mut self) {
        for value in core::mem::take(&mut self.temps) {
            self.free(value);
        }
        for slot in core::mem::take(&mut self.string_slots) {
            let addr = self.b.slot_addr(slot, 0);
            let value = self.b.load(LoadOp::I32Load, addr, 0);
            self.free(value);
        }
    }

    pub(super) fn free(&mut self, value: Value) {
        let (symbol, _) = self.lower.import("basic_str_free");
        self.b.call(symbol, None, &[value]);
    }

    /// Ends the program, from wherever it is.
    pub(super) fn end_program(&mut self) {
        if self.is_main() {
            self.free_temps();
            self.b.jump(self.exit);
            return;
        }
        let symbol = self.lower.exported(names::EXIT, -1);
        let zero = self.b.i32_const(0);
        self.b.global_set(symbol, zero);
        self.b.unreachable();
    }

    fn finish(mut self) -> Function {
        self.close_gosubs();
        self.close_handlers();
        self.b.switch_to(self.exit);
        self.b.set_loc(Default::default());
        self.cleanup();
        let value = self.result.map(|variable| self.b.get(variable));
        self.b.ret(value);
        self.b.finish()
    }

    /// Frees what the procedure owns and puts outer variables back.
    fn cleanup(&mut self) {
        if self.is_main() {
            return;
        }
        let program = self.program();
        for id in program.vars_of(self.me()) {
            let var = &program.vars[id.0 as usize];
            let kept = matches!(var.storage, Storage::Local | Storage::Frame);
            if kept && var.ty == Ty::Str && self.owns(id) {
                let value = self.get_var(id);
                self.free(value);
            }
        }
        for id in program.arrays_of(self.me()) {
            if program.arrays[id.0 as usize].shape == Shape::Dynamic {
                self.free_array(id);
            }
        }
        for (var, kept) in core::mem::take(&mut self.saved).into_iter().rev() {
            if self.var_type(var) == Ty::Str {
                let inner = self.get_var(var);
                self.free(inner);
            }
            let old = self.b.get(kept);
            self.set_var(var, old);
        }
        self.reset_gosubs();
    }

    /// Whether a local string is the procedure's to free: borrowed parameters are not.
    fn owns(&self, var: VarId) -> bool {
        let param = self.proc.params.iter().position(|p| *p == ParamKind::Value(var));
        param.is_none_or(|at| !borrows(self.program(), self.index, at))
    }
}

/// Whether a procedure only looks at its string parameter `at`, so that callers need not copy: those
/// of the library, which cannot touch the program's variables, unless they assign to it.
pub(super) fn borrows(program: &Program, proc: usize, at: usize) -> bool {
    let proc = &program.procs[proc];
    let ParamKind::Value(var) = proc.params[at] else { return false };
    proc.library && !proc.changed.contains(&var)
}
