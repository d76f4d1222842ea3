//! Checks that a function keeps the IR's rules.
//!
//! In: a function and the symbols that it names. Out: the first rule that it breaks. For tests and
//! debug builds: what a front end or a pass makes must always pass.

use super::{
    Block, Cfg, Dominators, Function, Inst, NaryOp, Signature, Symbol, SymbolKind, SymbolTable,
    Target, Terminator, Type, Value,
};
use alloc::{format, string::String, vec, vec::Vec};
use core::fmt;

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The function.
    pub symbol: Symbol,
    /// The block, as far as one is concerned.
    pub block: Block,
    /// Which value, and what is wrong.
    pub message: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {}, b{}: {}", self.symbol.0, self.block.0, self.message)
    }
}

impl core::error::Error for VerifyError {}

/// Checks `func`.
///
/// # Errors
/// The first broken rule.
pub fn verify(func: &Function, symbols: &SymbolTable) -> Result<(), VerifyError> {
    targets_exist(func)?;
    let cfg = Cfg::new(func);
    let mut verifier = Verifier {
        func,
        symbols,
        dominators: Dominators::new(func, &cfg),
        cfg,
        place: vec![None; func.num_values()],
        block: Function::ENTRY,
    };
    verifier.run().map_err(|message| VerifyError {
        symbol: func.symbol,
        block: verifier.block,
        message,
    })
}

/// What everything else takes for granted.
fn targets_exist(func: &Function) -> Result<(), VerifyError> {
    let error = |block, message: String| VerifyError { symbol: func.symbol, block, message };
    if func.blocks.is_empty() {
        return Err(error(Function::ENTRY, "there is no entry block".into()));
    }
    for block in func.block_ids() {
        let missing = |target: &&Target| target.block.0 as usize >= func.blocks.len();
        if let Some(target) = func.block(block).term.targets().find(missing) {
            return Err(error(block, format!("there is no b{}", target.block.0)));
        }
    }
    Ok(())
}

struct Verifier<'a> {
    func: &'a Function,
    symbols: &'a SymbolTable,
    cfg: Cfg,
    dominators: Dominators,
    /// Where each value is defined: block, and its place there (0 for parameters).
    place: Vec<Option<(Block, u32)>>,
    /// What is being checked.
    block: Block,
}

type Check = Result<(), String>;

impl Verifier<'_> {
    fn run(&mut self) -> Check {
        let func = self.func;
        for block in func.block_ids() {
            self.block = block;
            self.place_values(block)?;
        }
        let entry = func.block(Function::ENTRY);
        let types: Vec<Type> = entry.params.iter().filter_map(|&p| func.ty(p)).collect();
        if types != func.sig.params {
            return Err("the entry's parameters are not the function's".into());
        }
        for block in func.block_ids() {
            self.block = block;
            for (at, &value) in func.block(block).insts.iter().enumerate() {
                self.check_inst(value, at as u32 + 1)?;
            }
            self.check_terminator(block)?;
        }
        Ok(())
    }

    fn place_values(&mut self, block: Block) -> Check {
        let data = self.func.block(block);
        for (at, &param) in data.params.iter().enumerate() {
            let inst = self.func.inst(param);
            if *inst != (Inst::Param { block, index: at as u16 }) {
                return Err(format!("v{} is listed as parameter {at} but is {inst:?}", param.0));
            }
            self.place_value(param, block, 0)?;
        }
        for (at, &value) in data.insts.iter().enumerate() {
            if matches!(self.func.inst(value), Inst::Param { .. }) {
                return Err(format!("parameter v{} is among the instructions", value.0));
            }
            self.place_value(value, block, at as u32 + 1)?;
        }
        Ok(())
    }

    fn place_value(&mut self, value: Value, block: Block, at: u32) -> Check {
        let Some(place) = self.place.get_mut(value.0 as usize) else {
            return Err(format!("there is no v{}", value.0));
        };
        match place.replace((block, at)) {
            None => Ok(()),
            Some(_) => Err(format!("v{} is listed twice", value.0)),
        }
    }

    fn check_inst(&self, value: Value, at: u32) -> Check {
        let inst = self.func.inst(value);
        for operand in self.func.operands(inst) {
            self.check_use(operand, at)?;
        }
        let (operands, result) = self.types_of(inst)?;
        let found: Vec<Option<Type>> =
            self.func.operands(inst).map(|operand| self.func.ty(operand)).collect();
        if found.len() != operands.len() || found.iter().zip(&operands).any(|(&f, &o)| f != Some(o))
        {
            return Err(format!("v{}: operands are {found:?}, not {operands:?}", value.0));
        }
        if self.func.ty(value) != result {
            return Err(format!("v{} is {:?}, not {result:?}", value.0, self.func.ty(value)));
        }
        Ok(())
    }

    /// Types of the operands and of the result that `inst` must have.
    fn types_of(&self, inst: &Inst) -> Result<(Vec<Type>, Option<Type>), String> {
        let i32 = Some(Type::I32);
        Ok(match *inst {
            Inst::Param { .. } => unreachable!("parameters were checked where they are listed"),
            Inst::I32Const(_) => (vec![], i32),
            Inst::I64Const(_) => (vec![], Some(Type::I64)),
            Inst::F32Const(_) => (vec![], Some(Type::F32)),
            Inst::F64Const(_) => (vec![], Some(Type::F64)),
            Inst::Unary(op, _) => (op.operands().to_vec(), Some(op.ty())),
            Inst::Binary(op, ..) => (op.operands().to_vec(), Some(op.ty())),
            Inst::Load { op, .. } | Inst::VolatileLoad { op, .. } => {
                (vec![Type::I32], Some(op.ty()))
            }
            Inst::Store { op, .. } | Inst::VolatileStore { op, .. } => {
                (op.operands().to_vec(), None)
            }
            Inst::SymbolAddr { symbol, .. } => {
                match self.kind(symbol)? {
                    SymbolKind::Data(_) | SymbolKind::HeapBase => {}
                    _ => return Err(format!("symbol {} has no address", symbol.0)),
                }
                (vec![], i32)
            }
            Inst::FuncAddr(symbol) => {
                self.signature(symbol)?;
                (vec![], i32)
            }
            Inst::SlotAddr { slot, .. } => {
                if slot.0 as usize >= self.func.slots.len() {
                    return Err(format!("there is no slot {}", slot.0));
                }
                (vec![], i32)
            }
            Inst::GlobalGet(symbol) => (vec![], Some(self.global(symbol)?)),
            Inst::GlobalSet(symbol, _) => (vec![self.global(symbol)?], None),
            Inst::Call { func, .. } => {
                let sig = self.signature(func)?;
                (sig.params.clone(), sig.result)
            }
            Inst::CallIndirect { sig, .. } => {
                let sigs = self.symbols.sigs();
                let sig = sigs.get(sig.0 as usize).ok_or("no such signature")?;
                let mut operands = vec![Type::I32];
                operands.extend(&sig.params);
                (operands, sig.result)
            }
            Inst::Nary(NaryOp::Select, args) => {
                let first = self.func.args(args).first().and_then(|&a| self.func.ty(a));
                let ty = first.ok_or("select without operands")?;
                (vec![ty, ty, Type::I32], Some(ty))
            }
            Inst::Nary(op, _) => {
                (vec![Type::I32; op.arity()], op.has_result().then_some(Type::I32))
            }
        })
    }

    fn kind(&self, symbol: Symbol) -> Result<&SymbolKind, String> {
        if symbol.0 as usize >= self.symbols.len() {
            return Err(format!("there is no symbol {}", symbol.0));
        }
        Ok(&self.symbols.get(symbol).kind)
    }

    fn signature(&self, symbol: Symbol) -> Result<&Signature, String> {
        match self.kind(symbol)? {
            SymbolKind::Func(func) => Ok(self.symbols.sig(func.sig)),
            _ => Err(format!("symbol {} is not a function", symbol.0)),
        }
    }

    fn global(&self, symbol: Symbol) -> Result<Type, String> {
        match self.kind(symbol)? {
            SymbolKind::Global(global) => Ok(global.ty),
            _ => Err(format!("symbol {} is not a global", symbol.0)),
        }
    }

    /// Checks that `value` is known at place `at` of the current block.
    fn check_use(&self, value: Value, at: u32) -> Check {
        let Some((block, defined)) = self.place.get(value.0 as usize).copied().flatten() else {
            return Err(format!("v{} is used but not listed in a block", value.0));
        };
        let known = if block == self.block {
            defined < at
        } else {
            !self.cfg.is_reachable(self.block) || self.dominators.dominates(block, self.block)
        };
        if known { Ok(()) } else { Err(format!("v{} does not reach its use", value.0)) }
    }

    fn check_terminator(&self, block: Block) -> Check {
        let term = &self.func.block(block).term;
        if let Some(operand) = term.operand() {
            self.check_use(operand, u32::MAX)?;
        }
        let operand = term.operand().and_then(|operand| self.func.ty(operand));
        let expected = match term {
            Terminator::Branch { .. } | Terminator::Switch { .. } => Some(Type::I32),
            Terminator::Return(_) => self.func.sig.result,
            Terminator::Jump(_) | Terminator::Unreachable => None,
        };
        if operand != expected {
            return Err(format!("the terminator's operand is {operand:?}, not {expected:?}"));
        }
        term.targets().try_for_each(|target| self.check_target(target))
    }

    fn check_target(&self, target: &Target) -> Check {
        let block = target.block;
        if block == Function::ENTRY || block.0 as usize >= self.func.blocks.len() {
            return Err(format!("a jump to b{}", block.0));
        }
        let args = self.func.args(target.args);
        for &arg in args {
            self.check_use(arg, u32::MAX)?;
        }
        let types =
            |values: &[Value]| -> Vec<_> { values.iter().map(|&v| self.func.ty(v)).collect() };
        let (found, expected) = (types(args), types(&self.func.block(block).params));
        if found != expected {
            return Err(format!("b{} gets {found:?}, not {expected:?}", block.0));
        }
        Ok(())
    }
}
