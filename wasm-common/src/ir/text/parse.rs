//! Text to programs.

use super::lex::Cursor;
use crate::ir::{
    Args, BinOp, Block, Const, DataObject, DataReloc, FuncAttrs, FuncSymbol, Function,
    GlobalSymbol, ImportName, Inst, LoadOp, Loc, NaryOp, Program, SigId, Signature, Slot, StoreOp,
    Symbol, SymbolKind, Target, Terminator, Type, UnOp, Value,
};
use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

/// Why a text is not a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// From 1.
    pub line: u32,
    /// From 1, in bytes.
    pub column: u32,
    /// What was expected.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl core::error::Error for ParseError {}

/// Parses a program. That it keeps the IR's rules is for [`verify`](crate::ir::verify()) to say.
///
/// # Errors
/// The first line that is wrong.
pub fn parse(text: &str) -> Result<Program, ParseError> {
    let mut parser =
        Parser { lines: text.lines().enumerate(), program: Program::default(), relocs: Vec::new() };
    while let Some(mut line) = parser.line() {
        parser.item(&mut line)?;
        end(&line)?;
    }
    parser.resolve_relocs()?;
    Ok(parser.program)
}

struct Parser<'a> {
    lines: core::iter::Enumerate<core::str::Lines<'a>>,
    program: Program,
    /// Relocations may name symbols that come later: object, relocation, name, line.
    relocs: Vec<(Symbol, DataReloc, String, u32)>,
}

fn end(line: &Cursor<'_>) -> Result<(), ParseError> {
    if line.at_end() { Ok(()) } else { Err(line.error("expected the end of the line")) }
}

fn ty(line: &mut Cursor<'_>) -> Result<Type, ParseError> {
    let error = line.error("expected a type: i32, i64, f32 or f64");
    Ok(match line.word()? {
        "i32" => Type::I32,
        "i64" => Type::I64,
        "f32" => Type::F32,
        "f64" => Type::F64,
        _ => return Err(error),
    })
}

fn constant(line: &mut Cursor<'_>, ty: Type) -> Result<Const, ParseError> {
    let error = line.error(format!("expected an {ty} constant"));
    let text = line.until_space();
    let nan = text.strip_prefix("nan:0x").and_then(|hex| u64::from_str_radix(hex, 16).ok());
    let value = match (ty, nan) {
        (Type::I32, _) => text.parse().ok().map(Const::I32),
        (Type::I64, _) => text.parse().ok().map(Const::I64),
        (Type::F32 | Type::F64, Some(bits)) => Some(Const::from_bits(ty, bits)),
        (Type::F32, None) => text.parse::<f32>().ok().map(Const::from),
        (Type::F64, None) => text.parse::<f64>().ok().map(Const::from),
    };
    value.ok_or(error)
}

/// Items between parentheses, with commas between them; none at all without parentheses.
fn list<'a, T>(
    line: &mut Cursor<'a>,
    open: &str,
    close: &str,
    mut item: impl FnMut(&mut Cursor<'a>) -> Result<T, ParseError>,
) -> Result<Vec<T>, ParseError> {
    let mut items = Vec::new();
    if !line.eat(open) || line.eat(close) {
        return Ok(items);
    }
    loop {
        items.push(item(line)?);
        if line.eat(close) {
            return Ok(items);
        }
        line.expect(",")?;
    }
}

fn signature(line: &mut Cursor<'_>) -> Result<Signature, ParseError> {
    let params = list(line, "(", ")", ty)?;
    let result = if line.eat("->") { Some(ty(line)?) } else { None };
    Ok(Signature { params, result })
}

fn value(line: &mut Cursor<'_>) -> Result<Value, ParseError> {
    line.indexed('v', "a value").map(Value)
}

fn block(line: &mut Cursor<'_>) -> Result<Block, ParseError> {
    line.indexed('b', "a block").map(Block)
}

fn slot(line: &mut Cursor<'_>) -> Result<Slot, ParseError> {
    line.indexed('s', "a slot").map(Slot)
}

fn location(line: &mut Cursor<'_>) -> Result<Loc, ParseError> {
    if !line.eat("@") {
        return Ok(Loc::NONE);
    }
    let file = line.number()?;
    line.expect(":")?;
    Ok(Loc::new(file, line.number()?))
}

impl<'a> Parser<'a> {
    /// The next line that says something.
    fn line(&mut self) -> Option<Cursor<'a>> {
        self.lines
            .by_ref()
            .map(|(index, text)| Cursor::new(text, index as u32 + 1))
            .find(|line| !line.at_end())
    }

    fn item(&mut self, line: &mut Cursor<'a>) -> Result<(), ParseError> {
        let error = line.error("expected sig, declare, data, global, heap_base or func");
        match line.word()? {
            "sig" => {
                let sig = signature(line)?;
                self.program.symbols.sig_id(sig);
                Ok(())
            }
            "func" => self.function(line),
            keyword @ ("declare" | "data" | "global" | "heap_base") => self.symbol(keyword, line),
            _ => Err(error),
        }
    }

    fn symbol(&mut self, keyword: &str, line: &mut Cursor<'a>) -> Result<(), ParseError> {
        let place = line.error("");
        let name = line.name()?;
        let export = if line.eat_word("export") { Some(line.string()?) } else { None };
        let mut relocs = Vec::new();
        let kind = match keyword {
            "declare" => self.declaration(line)?,
            "data" => data_object(line, &mut relocs)?,
            "global" => global(line)?,
            _ => SymbolKind::HeapBase,
        };
        if self.program.symbols.find(&name).is_some() {
            return Err(ParseError { message: format!("%{name} is there already"), ..place });
        }
        let symbol = self.program.symbols.add(&name, kind);
        self.program.symbols.get_mut(symbol).export = export;
        let number = line.line_number();
        self.relocs.extend(relocs.into_iter().map(|(reloc, name)| (symbol, reloc, name, number)));
        Ok(())
    }

    fn declaration(&mut self, line: &mut Cursor<'a>) -> Result<SymbolKind, ParseError> {
        let import = if line.eat_word("import") {
            Some(ImportName { module: line.string()?, field: line.string()? })
        } else {
            None
        };
        let noinline = line.eat_word("noinline");
        let always_inline = line.eat_word("inline");
        let lineless = line.eat_word("lineless");
        let sig = self.program.symbols.sig_id(signature(line)?);
        let attrs = FuncAttrs { noinline, always_inline, lineless };
        Ok(SymbolKind::Func(FuncSymbol { sig, import, attrs }))
    }

    fn resolve_relocs(&mut self) -> Result<(), ParseError> {
        for (object, mut reloc, name, line) in core::mem::take(&mut self.relocs) {
            let symbols = &mut self.program.symbols;
            let Some(target) = symbols.find(&name) else {
                return Err(ParseError {
                    line,
                    column: 1,
                    message: format!("there is no %{name}"),
                });
            };
            reloc.target = target;
            if let SymbolKind::Data(data) = &mut symbols.get_mut(object).kind {
                data.relocs.push(reloc);
            }
        }
        Ok(())
    }

    fn function(&mut self, line: &mut Cursor<'a>) -> Result<(), ParseError> {
        let error = line.error("expected a declared function");
        let symbol = self.program.symbols.find(&line.name()?);
        let Some((symbol, sig)) =
            symbol.and_then(|s| Some((s, self.program.symbols.func_sig(s)?.clone())))
        else {
            return Err(error);
        };
        line.expect("{")?;
        end(line)?;
        let mut body = Body {
            program: &self.program,
            func: Function::empty(symbol, sig),
            values: BTreeMap::new(),
            lines: Vec::new(),
            blocks: Vec::new(),
        };
        let unclosed = line.error("the function has no closing `}`");
        loop {
            let Some(mut line) = self
                .lines
                .by_ref()
                .map(|(index, text)| Cursor::new(text, index as u32 + 1))
                .find(|line| !line.at_end())
            else {
                return Err(unclosed);
            };
            if line.eat("}") {
                end(&line)?;
                break;
            }
            body.statement(&mut line)?;
            end(&line)?;
        }
        let func = body.finish()?;
        self.program.functions.push(func);
        Ok(())
    }
}

fn data_object(
    line: &mut Cursor<'_>,
    relocs: &mut Vec<(DataReloc, String)>,
) -> Result<SymbolKind, ParseError> {
    let mut data = DataObject { align: 1, ..DataObject::default() };
    while line.at_word() {
        let error = line.error("expected size, align, readonly, bytes or reloc");
        match line.word()? {
            "size" => data.size = line.number()?,
            "align" => data.align = line.number()?,
            "readonly" => data.readonly = true,
            "bytes" => data.bytes = bytes(line)?,
            "reloc" => {
                let offset = line.number()?;
                let name = line.name()?;
                let addend = line.addend()?;
                relocs.push((DataReloc { offset, target: Symbol(0), addend }, name));
            }
            _ => return Err(error),
        }
    }
    Ok(SymbolKind::Data(data))
}

fn bytes(line: &mut Cursor<'_>) -> Result<Vec<u8>, ParseError> {
    let error = line.error("expected bytes in hexadecimal");
    let text = line.word()?;
    if !text.is_ascii() || text.len() % 2 != 0 {
        return Err(error);
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| error.clone()))
        .collect()
}

fn global(line: &mut Cursor<'_>) -> Result<SymbolKind, ParseError> {
    line.expect(":")?;
    let ty = ty(line)?;
    line.expect("=")?;
    let init = constant(line, ty)?.bits();
    let mutable = line.eat_word("mut");
    Ok(SymbolKind::Global(GlobalSymbol { ty, init, mutable }))
}

/// The function that is being parsed. Operands are the numbers of the text until the end.
struct Body<'a> {
    program: &'a Program,
    func: Function,
    /// By the text's numbers.
    values: BTreeMap<Value, Value>,
    /// The line of each block's terminator and of each instruction, for what is undefined.
    lines: Vec<(Option<Value>, Block, u32)>,
    /// Blocks that have their terminator.
    blocks: Vec<bool>,
}

impl Body<'_> {
    fn statement(&mut self, line: &mut Cursor<'_>) -> Result<(), ParseError> {
        if self.func.blocks.is_empty() && line.eat_word("slot") {
            return self.slot(line);
        }
        if self.blocks.last() != Some(&false) {
            return self.block_head(line);
        }
        let current = Block(self.func.blocks.len() as u32 - 1);
        if let Some(term) = self.terminator(line)? {
            self.lines.push((None, current, line.line_number()));
            self.blocks[current.0 as usize] = true;
            let loc = location(line)?;
            let data = self.func.block_mut(current);
            data.term = term;
            data.loc = loc;
            return Ok(());
        }
        self.instruction(line, current)
    }

    fn slot(&mut self, line: &mut Cursor<'_>) -> Result<(), ParseError> {
        let error = line.error(format!("expected s{}", self.func.slots.len()));
        if slot(line)?.0 as usize != self.func.slots.len() || !line.eat_word("size") {
            return Err(error);
        }
        let size = line.number()?;
        if !line.eat_word("align") {
            return Err(line.error("expected `align`"));
        }
        self.func.add_slot(size, line.number()?);
        Ok(())
    }

    fn block_head(&mut self, line: &mut Cursor<'_>) -> Result<(), ParseError> {
        let error = line.error(format!("expected block b{}", self.func.blocks.len()));
        if block(line)?.0 as usize != self.func.blocks.len() {
            return Err(error);
        }
        let block = self.func.add_block();
        self.blocks.push(false);
        let params = list(line, "(", ")", |line| {
            let name = value(line)?;
            line.expect(":")?;
            Ok((name, ty(line)?))
        })?;
        for (name, ty) in params {
            let param = self.func.add_param(block, ty);
            self.define(name, param, line)?;
        }
        line.expect(":")
    }

    fn define(&mut self, name: Value, value: Value, line: &Cursor<'_>) -> Result<(), ParseError> {
        match self.values.insert(name, value) {
            None => Ok(()),
            Some(_) => Err(line.error(format!("{name} is defined twice"))),
        }
    }

    fn instruction(&mut self, line: &mut Cursor<'_>, block: Block) -> Result<(), ParseError> {
        let mut result = None;
        if line.at("v") && !line.at("volatile") {
            let name = value(line)?;
            line.expect(":")?;
            result = Some((name, ty(line)?));
            line.expect("=")?;
        }
        let inst = self.operation(line)?;
        let loc = location(line)?;
        let made = self.func.append(block, inst, result.map(|(_, ty)| ty), loc);
        self.lines.push((Some(made), block, line.line_number()));
        if let Some((name, _)) = result {
            self.define(name, made, line)?;
        }
        Ok(())
    }

    fn symbol(&self, line: &mut Cursor<'_>) -> Result<Symbol, ParseError> {
        let error = line.error("expected a symbol that was declared");
        self.program.symbols.find(&line.name()?).ok_or(error)
    }

    fn args(&mut self, line: &mut Cursor<'_>, first: &[Value]) -> Result<Args, ParseError> {
        let mut values = first.to_vec();
        values.extend(list(line, "(", ")", value)?);
        Ok(self.func.make_args(&values))
    }

    fn operation(&mut self, line: &mut Cursor<'_>) -> Result<Inst, ParseError> {
        let error = line.error("expected an operation");
        Ok(match line.word()? {
            "i32.const" => constant(line, Type::I32)?.inst(),
            "i64.const" => constant(line, Type::I64)?.inst(),
            "f32.const" => constant(line, Type::F32)?.inst(),
            "f64.const" => constant(line, Type::F64)?.inst(),
            "symbol" => Inst::SymbolAddr { symbol: self.symbol(line)?, addend: line.addend()? },
            "func" => Inst::FuncAddr(self.symbol(line)?),
            "slot" => Inst::SlotAddr { slot: slot(line)?, addend: line.addend()? },
            "global.get" => Inst::GlobalGet(self.symbol(line)?),
            "global.set" => {
                let symbol = self.symbol(line)?;
                line.expect(",")?;
                Inst::GlobalSet(symbol, value(line)?)
            }
            "call" => {
                let func = self.symbol(line)?;
                Inst::Call { func, args: self.args(line, &[])? }
            }
            "call_indirect" => {
                let sig = SigId(line.number()?);
                let index = value(line)?;
                Inst::CallIndirect { sig, args: self.args(line, &[index])? }
            }
            "volatile" => match self.memory_access(line)? {
                Some(Inst::Load { op, offset, addr }) => Inst::VolatileLoad { op, offset, addr },
                Some(Inst::Store { op, offset, addr, value }) => {
                    Inst::VolatileStore { op, offset, addr, value }
                }
                _ => return Err(error),
            },
            name => return self.named_operation(name, line)?.ok_or(error),
        })
    }

    fn memory_access(&mut self, line: &mut Cursor<'_>) -> Result<Option<Inst>, ParseError> {
        let name = line.word()?;
        let inst = self.named_operation(name, line)?;
        Ok(inst.filter(|inst| matches!(inst, Inst::Load { .. } | Inst::Store { .. })))
    }

    fn named_operation(
        &mut self,
        name: &str,
        line: &mut Cursor<'_>,
    ) -> Result<Option<Inst>, ParseError> {
        if let Some(op) = UnOp::from_name(name) {
            return Ok(Some(Inst::Unary(op, value(line)?)));
        }
        if let Some(op) = BinOp::from_name(name) {
            let a = value(line)?;
            line.expect(",")?;
            return Ok(Some(Inst::Binary(op, a, value(line)?)));
        }
        if let Some(op) = LoadOp::from_name(name) {
            let (addr, offset) = address(line)?;
            return Ok(Some(Inst::Load { op, offset, addr }));
        }
        if let Some(op) = StoreOp::from_name(name) {
            let (addr, offset) = address(line)?;
            line.expect(",")?;
            return Ok(Some(Inst::Store { op, offset, addr, value: value(line)? }));
        }
        let Some(&(op, _)) = NaryOp::ALL.iter().find(|(_, text)| *text == name) else {
            return Ok(None);
        };
        let mut operands = Vec::new();
        for index in 0..op.arity() {
            if index > 0 {
                line.expect(",")?;
            }
            operands.push(value(line)?);
        }
        Ok(Some(Inst::Nary(op, self.func.make_args(&operands))))
    }

    fn target(&mut self, line: &mut Cursor<'_>) -> Result<Target, ParseError> {
        let block = block(line)?;
        Ok(Target { block, args: self.args(line, &[])? })
    }

    /// A terminator, if one is next.
    fn terminator(&mut self, line: &mut Cursor<'_>) -> Result<Option<Terminator>, ParseError> {
        if line.eat_word("jump") {
            return Ok(Some(Terminator::Jump(self.target(line)?)));
        }
        if line.eat_word("branch") {
            let cond = value(line)?;
            line.expect(",")?;
            let then = self.target(line)?;
            line.expect(",")?;
            return Ok(Some(Terminator::Branch { cond, then, els: self.target(line)? }));
        }
        if line.eat_word("switch") {
            let index = value(line)?;
            line.expect(",")?;
            let default = self.target(line)?;
            let targets = list(line, "[", "]", |line| self.target(line))?;
            return Ok(Some(Terminator::Switch { index, targets, default }));
        }
        if line.eat_word("return") {
            let operand = if line.at_word() { Some(value(line)?) } else { None };
            return Ok(Some(Terminator::Return(operand)));
        }
        Ok(line.eat_word("unreachable").then_some(Terminator::Unreachable))
    }

    /// The text's numbers become the function's.
    fn finish(mut self) -> Result<Function, ParseError> {
        let mut undefined = None;
        for (inst, block, line) in core::mem::take(&mut self.lines) {
            let mut rename = |name: Value| {
                let value = self.values.get(&name).copied();
                if value.is_none() {
                    undefined.get_or_insert((line, name.to_string()));
                }
                value.unwrap_or(Value(0))
            };
            match inst {
                Some(inst) => self.func.map_operands(inst, &mut rename),
                None => self.func.map_terminator(block, &mut rename),
            }
        }
        let error = |line, message| ParseError { line, column: 1, message };
        if let Some((line, name)) = undefined {
            return Err(error(line, format!("{name} is not defined")));
        }
        if self.blocks.last() != Some(&true) {
            return Err(error(0, "the last block of a function has no terminator".into()));
        }
        Ok(self.func)
    }
}

/// `v1+4`
fn address(line: &mut Cursor<'_>) -> Result<(Value, u16), ParseError> {
    let addr = value(line)?;
    let offset = line.addend()?;
    u16::try_from(offset)
        .map(|offset| (addr, offset))
        .map_err(|_| line.error(format!("offset {offset} is not in 0..=65535")))
}
