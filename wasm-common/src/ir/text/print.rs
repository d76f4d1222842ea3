//! Programs and functions to text.

use crate::ir::{
    Block, Const, DataObject, FuncSymbol, Function, GlobalSymbol, Inst, Loc, Program, Signature,
    Symbol, SymbolData, SymbolKind, SymbolTable, Target, Terminator, Type, Value,
};
use core::fmt::{self, Display, Formatter, Write};

impl Display for Program {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for sig in self.symbols.sigs() {
            writeln!(f, "sig {sig}")?;
        }
        for (_, data) in self.symbols.iter() {
            symbol_line(f, data, &self.symbols)?;
        }
        for func in &self.functions {
            write!(f, "\n{}", func.display(&self.symbols))?;
        }
        Ok(())
    }
}

impl Display for Signature {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('(')?;
        list(f, &self.params, |f, ty| write!(f, "{ty}"))?;
        f.write_char(')')?;
        self.result.map_or(Ok(()), |ty| write!(f, " -> {ty}"))
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

impl Display for Block {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "b{}", self.0)
    }
}

impl Function {
    /// The function as text; `symbols` is its program's table.
    pub fn display<'a>(&'a self, symbols: &'a SymbolTable) -> impl Display + 'a {
        FunctionText { func: self, symbols }
    }
}

fn list<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    mut write_item: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write_item(f, item)?;
    }
    Ok(())
}

/// A symbol's name behind `%`, quoted when it is not a plain word.
struct Name<'a>(&'a str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if !self.0.is_empty() && self.0.bytes().all(super::lex::is_word) {
            write!(f, "%{}", self.0)
        } else {
            write!(f, "%{:?}", self.0)
        }
    }
}

fn symbol_line(f: &mut Formatter<'_>, data: &SymbolData, symbols: &SymbolTable) -> fmt::Result {
    let keyword = match data.kind {
        SymbolKind::Func(_) => "declare",
        SymbolKind::Data(_) => "data",
        SymbolKind::Global(_) => "global",
        SymbolKind::HeapBase => "heap_base",
    };
    write!(f, "{keyword} {}", Name(&data.name))?;
    if let Some(export) = &data.export {
        write!(f, " export {export:?}")?;
    }
    match &data.kind {
        SymbolKind::Func(func) => declaration(f, func, symbols)?,
        SymbolKind::Data(object) => data_object(f, object, symbols)?,
        SymbolKind::Global(global) => global_symbol(f, global)?,
        SymbolKind::HeapBase => {}
    }
    f.write_char('\n')
}

fn declaration(f: &mut Formatter<'_>, func: &FuncSymbol, symbols: &SymbolTable) -> fmt::Result {
    if let Some(import) = &func.import {
        write!(f, " import {:?} {:?}", import.module, import.field)?;
    }
    if func.attrs.noinline {
        f.write_str(" noinline")?;
    }
    if func.attrs.always_inline {
        f.write_str(" inline")?;
    }
    if func.attrs.lineless {
        f.write_str(" lineless")?;
    }
    write!(f, " {}", symbols.sig(func.sig))
}

fn data_object(f: &mut Formatter<'_>, data: &DataObject, symbols: &SymbolTable) -> fmt::Result {
    write!(f, " size {} align {}", data.size, data.align)?;
    if data.readonly {
        f.write_str(" readonly")?;
    }
    if !data.bytes.is_empty() {
        f.write_str(" bytes ")?;
        data.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
    }
    for reloc in &data.relocs {
        let name = Name(symbols.name(reloc.target));
        write!(f, " reloc {} {name}{:+}", reloc.offset, reloc.addend)?;
    }
    Ok(())
}

fn global_symbol(f: &mut Formatter<'_>, global: &GlobalSymbol) -> fmt::Result {
    write!(f, ": {} = {}", global.ty, Const::from_bits(global.ty, global.init))?;
    if global.mutable { f.write_str(" mut") } else { Ok(()) }
}

impl Display for Const {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::I32(v) => write!(f, "{v}"),
            Self::I64(v) => write!(f, "{v}"),
            Self::F32(bits) if f32::from_bits(bits).is_nan() => write!(f, "nan:{bits:#x}"),
            Self::F64(bits) if f64::from_bits(bits).is_nan() => write!(f, "nan:{bits:#x}"),
            Self::F32(bits) => write!(f, "{:?}", f32::from_bits(bits)),
            Self::F64(bits) => write!(f, "{:?}", f64::from_bits(bits)),
        }
    }
}

struct FunctionText<'a> {
    func: &'a Function,
    symbols: &'a SymbolTable,
}

impl Display for FunctionText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "func {} {{", self.name(self.func.symbol))?;
        for (index, slot) in self.func.slots.iter().enumerate() {
            writeln!(f, "  slot s{index} size {} align {}", slot.size, slot.align)?;
        }
        for block in self.func.block_ids() {
            self.block(f, block)?;
        }
        f.write_str("}\n")
    }
}

impl FunctionText<'_> {
    fn name(&self, symbol: Symbol) -> Name<'_> {
        Name(self.symbols.name(symbol))
    }

    fn ty(&self, value: Value) -> &'static str {
        match self.func.ty(value) {
            Some(Type::I32) => "i32",
            Some(Type::I64) => "i64",
            Some(Type::F32) => "f32",
            Some(Type::F64) => "f64",
            None => "none",
        }
    }

    fn block(&self, f: &mut Formatter<'_>, block: Block) -> fmt::Result {
        let data = self.func.block(block);
        write!(f, "{block}")?;
        if !data.params.is_empty() {
            f.write_char('(')?;
            list(f, &data.params, |f, &param| write!(f, "{param}: {}", self.ty(param)))?;
            f.write_char(')')?;
        }
        f.write_str(":\n")?;
        for &value in &data.insts {
            f.write_str("  ")?;
            if self.func.ty(value).is_some() {
                write!(f, "{value}: {} = ", self.ty(value))?;
            }
            self.inst(f, self.func.inst(value))?;
            location(f, self.func.loc(value))?;
        }
        f.write_str("  ")?;
        self.terminator(f, &data.term)?;
        location(f, data.loc)
    }

    fn inst(&self, f: &mut Formatter<'_>, inst: &Inst) -> fmt::Result {
        match *inst {
            Inst::Param { block, index } => write!(f, "param {block} {index}"),
            Inst::I32Const(_) | Inst::I64Const(_) | Inst::F32Const(_) | Inst::F64Const(_) => {
                let Some(value) = Const::of_inst(inst) else { return Ok(()) };
                write!(f, "{}.const {value}", value.ty())
            }
            Inst::Unary(op, a) => write!(f, "{op} {a}"),
            Inst::Binary(op, a, b) => write!(f, "{op} {a}, {b}"),
            Inst::Load { op, offset, addr } => write!(f, "{op} {addr}{}", Offset(offset)),
            Inst::Store { op, offset, addr, value } => {
                write!(f, "{op} {addr}{}, {value}", Offset(offset))
            }
            Inst::VolatileLoad { op, offset, addr } => {
                write!(f, "volatile {op} {addr}{}", Offset(offset))
            }
            Inst::VolatileStore { op, offset, addr, value } => {
                write!(f, "volatile {op} {addr}{}, {value}", Offset(offset))
            }
            Inst::SymbolAddr { symbol, addend } => {
                write!(f, "symbol {}{addend:+}", self.name(symbol))
            }
            Inst::FuncAddr(symbol) => write!(f, "func {}", self.name(symbol)),
            Inst::SlotAddr { slot, addend } => write!(f, "slot s{}{addend:+}", slot.0),
            Inst::GlobalGet(symbol) => write!(f, "global.get {}", self.name(symbol)),
            Inst::GlobalSet(symbol, a) => write!(f, "global.set {}, {a}", self.name(symbol)),
            Inst::Call { func, args } => {
                write!(f, "call {}(", self.name(func))?;
                self.values(f, self.func.args(args))?;
                f.write_char(')')
            }
            Inst::CallIndirect { sig, args } => {
                let (index, rest) = self.func.args(args).split_first().ok_or(fmt::Error)?;
                write!(f, "call_indirect {} {index}(", sig.0)?;
                self.values(f, rest)?;
                f.write_char(')')
            }
            Inst::Nary(op, args) => {
                f.write_str(op.name())?;
                if op.arity() > 0 {
                    f.write_char(' ')?;
                }
                self.values(f, self.func.args(args))
            }
        }
    }

    fn values(&self, f: &mut Formatter<'_>, values: &[Value]) -> fmt::Result {
        list(f, values, |f, value| write!(f, "{value}"))
    }

    fn target(&self, f: &mut Formatter<'_>, target: &Target) -> fmt::Result {
        write!(f, "{}", target.block)?;
        let args = self.func.args(target.args);
        if args.is_empty() {
            return Ok(());
        }
        f.write_char('(')?;
        self.values(f, args)?;
        f.write_char(')')
    }

    fn terminator(&self, f: &mut Formatter<'_>, term: &Terminator) -> fmt::Result {
        match term {
            Terminator::Jump(target) => {
                f.write_str("jump ")?;
                self.target(f, target)
            }
            Terminator::Branch { cond, then, els } => {
                write!(f, "branch {cond}, ")?;
                self.target(f, then)?;
                f.write_str(", ")?;
                self.target(f, els)
            }
            Terminator::Switch { index, targets, default } => {
                write!(f, "switch {index}, ")?;
                self.target(f, default)?;
                f.write_str(" [")?;
                list(f, targets, |f, target| self.target(f, target))?;
                f.write_char(']')
            }
            Terminator::Return(None) => f.write_str("return"),
            Terminator::Return(Some(value)) => write!(f, "return {value}"),
            Terminator::Unreachable => f.write_str("unreachable"),
        }
    }
}

/// `+offset`, or nothing for 0.
struct Offset(u16);

impl Display for Offset {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0 == 0 { Ok(()) } else { write!(f, "+{}", self.0) }
    }
}

fn location(f: &mut Formatter<'_>, loc: Loc) -> fmt::Result {
    if loc != Loc::NONE {
        write!(f, "  @{}:{}", loc.file(), loc.line())?;
    }
    f.write_char('\n')
}
