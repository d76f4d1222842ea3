//! Statements: one arm each, the longer ones elsewhere.

use super::{Checked, Checker};
use crate::ast::{self, Exit, Expr as AstExpr, ExprKind, Name, StmtKind, Target};
use crate::codes;
use crate::tree::{Arg, Expr, Kind, Label, Op, Place, Resume, Ty};
use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;
use wasm_common::text::{format, text};

impl Checker<'_> {
    pub(super) fn stmt(&mut self, stmt: &ast::Stmt) {
        if self.func.past_first {
            for label in core::mem::take(&mut self.func.skips) {
                self.label_here(label);
            }
        }
        self.func.past_first = !matches!(stmt.kind, StmtKind::LineIf(_));
        // `None` means that an error has been reported; the next statement is another matter.
        let _: Checked<()> = self.simple(&stmt.kind);
        if let Some(code) = self.func.late.take() {
            self.raise(code);
        }
    }

    fn simple(&mut self, kind: &StmtKind) -> Checked<()> {
        match kind {
            StmtKind::Line(number) => {
                self.func.number = *number;
                self.place_label(&number.to_string());
            }
            StmtKind::Label(name) => self.label_or_call(name)?,
            StmtKind::Let(target, value) => self.assign(target, value)?,
            StmtKind::MidAssign { target, start, count, value } => {
                self.mid_assign(target, start, count.as_ref(), value)?;
            }
            StmtKind::Set { right, target, value } => self.set(*right, target, value)?,
            StmtKind::Show(value) => self.show(value)?,
            StmtKind::Prints(value) => {
                let value = self.typed(value, Ty::Str)?;
                self.put_line(value);
            }
            StmtKind::Format(format, args) => self.format(format, args)?,
            StmtKind::Print { channel, using, items } => {
                self.print(channel.as_ref(), using.as_ref(), items)?;
            }
            StmtKind::Write { channel, items } => self.write(channel.as_ref(), items)?,
            StmtKind::Input { prompt, question, stay, targets } => {
                self.input(prompt.as_deref(), *question, *stay, targets)?;
            }
            StmtKind::InputFile(channel, targets) => self.input_file(channel, targets)?,
            StmtKind::LineInput { channel, prompt, stay, target } => {
                self.line_input(channel.as_ref(), prompt.as_deref(), *stay, target)?;
            }
            StmtKind::If(cond) => self.if_block(cond, false),
            StmtKind::LineIf(cond) => self.if_block(cond, true),
            StmtKind::ElseIf(cond) => self.else_if(cond)?,
            StmtKind::Else | StmtKind::LineElse => self.else_block()?,
            StmtKind::EndIf => self.end_if(false),
            StmtKind::LineEnd => self.end_if(true),
            StmtKind::For { var, from, to, step } => self.for_loop(var, from, to, step.as_ref()),
            StmtKind::Next(vars) => self.next(vars),
            StmtKind::While(cond) => self.while_loop(cond),
            StmtKind::Wend => self.wend(),
            StmtKind::Do(cond) => self.do_loop(cond.as_ref()),
            StmtKind::Loop(cond) => self.loop_end(cond.as_ref()),
            StmtKind::Exit(Exit::Sub | Exit::Function) => self.leave()?,
            StmtKind::Exit(what) => self.exit(*what, true),
            StmtKind::Continue(what) => self.exit(*what, false),
            StmtKind::Select(value) => self.select(value),
            StmtKind::Case(items) => self.case(Some(items)),
            StmtKind::CaseElse => self.case(None),
            StmtKind::EndSelect => self.end_select(),
            _ => return self.jump(kind),
        }
        Some(())
    }

    fn jump(&mut self, kind: &StmtKind) -> Checked<()> {
        match kind {
            StmtKind::Goto(target) => {
                let label = self.target(target)?;
                self.push(Op::Jump(label));
            }
            StmtKind::Gosub(target) => {
                let label = self.target(target)?;
                self.out.uses_gosub = true;
                self.push(Op::Gosub(label));
            }
            StmtKind::On { index, gosub, targets, wrong } => {
                self.on(index, *gosub, targets, *wrong)?;
            }
            StmtKind::Return(value) => self.return_statement(value.as_ref())?,
            StmtKind::OnError(target) => {
                let label = match target {
                    Some(target) if self.is_missing(target) => return self.missing(target),
                    Some(target) => Some(self.target(target)?),
                    None => None,
                };
                self.push(Op::OnError(label));
            }
            StmtKind::Resume(what) => {
                let what = match what {
                    ast::Resume::Again => Resume::Again,
                    ast::Resume::Next => Resume::Next,
                    ast::Resume::At(target) => Resume::At(self.target(target)?),
                };
                if !self.out.traps_errors && self.dialect().late_errors {
                    self.raise(20);
                    return Some(());
                }
                if !self.out.traps_errors {
                    let span = self.func.span;
                    self.error(
                        codes::MISPLACED,
                        span,
                        text!("RESUME in a program without ON ERROR"),
                    );
                    return None;
                }
                self.push(Op::Resume(what));
            }
            StmtKind::Error(code) => {
                let code = if self.dialect().str_blank {
                    let value = self.typed(code, Ty::I16)?;
                    let value = self.convert(value, Ty::I32, code.span)?;
                    match value.kind {
                        Kind::Number(crate::tree::Number::Int(1..=255)) => value,
                        _ => self.library_call("LIB_ERRORNUMBER", alloc::vec![value])?,
                    }
                } else {
                    self.typed(code, Ty::I32)?
                };
                let kind = Kind::Op(crate::tree::Intrinsic::Raise, alloc::vec![code]);
                self.push(Op::Eval(Expr::new(Ty::I32, kind)));
            }
            StmtKind::Stop if self.dialect().bare_messages => {
                let call = self.library_call("LIB_STOPPED", Vec::new())?;
                self.push(Op::Eval(call));
                self.push(Op::Exit);
            }
            StmtKind::Wrong { code, .. } => self.raise(i64::from(*code)),
            StmtKind::End | StmtKind::Stop | StmtKind::Bye => self.push(Op::Exit),
            StmtKind::Break if self.func.proc.0 != 0 => self.push(Op::Return(None)),
            StmtKind::Break => self.push(Op::Exit),
            _ => return self.declaration(kind),
        }
        Some(())
    }

    fn declaration(&mut self, kind: &StmtKind) -> Checked<()> {
        match kind {
            StmtKind::Call { name, args, explicit: _ } => self.call_statement(name, args)?,
            StmtKind::Dim { kind, items } => self.dim(*kind, items),
            StmtKind::Const(items) if self.func.proc.0 != 0 => {
                let scope = Some(self.func.proc);
                self.const_items(items, scope);
            }
            StmtKind::DefFn { name, .. } => self.define(name),
            StmtKind::Erase(names) => self.erase(names),
            StmtKind::OptionBase(_) if self.late_bases.contains(&self.func.span) => self.raise(10),
            StmtKind::OptionBase(base) => self.base = *base,
            StmtKind::OptionExplicit => self.explicit = true,
            StmtKind::Read(targets) => {
                for target in targets {
                    let place = self.place(target)?;
                    self.push(Op::Read(place));
                }
            }
            StmtKind::Restore(target) => self.restore(target.as_ref())?,
            StmtKind::Swap(a, b) => self.swap(a, b)?,
            StmtKind::Randomize(seed) => {
                let seed = self.seed(seed.as_ref())?;
                let kind = Kind::Host("basic_randomize", alloc::vec![seed]);
                self.push(Op::Eval(Expr::new(Ty::I32, kind)));
            }
            StmtKind::Clear if self.dialect().implicit_arrays && !self.dialect().strict => {
                self.run_library("LIB_CLOSEALL", Vec::new())?;
                self.push(Op::ClearAll);
                self.push(Op::Restore(0));
            }
            StmtKind::EndProc(_) => {
                let span = self.func.span;
                self.error(codes::BLOCK, span, text!("END of a procedure that did not begin"));
            }
            StmtKind::Clear => self.ignored("CLEAR"),
            StmtKind::Ignored(word) => self.ignored(word),
            StmtKind::Open { .. }
            | StmtKind::Close(_)
            | StmtKind::Transfer { .. }
            | StmtKind::Layout(..)
            | StmtKind::Seek(..)
            | StmtKind::Kill(_)
            | StmtKind::Rename(..)
            | StmtKind::Mkdir(_)
            | StmtKind::Rmdir(_) => self.file_statement(kind)?,
            _ => {}
        }
        Some(())
    }

    /// What RANDOMIZE begins with. GW-BASIC asks where nothing is said, and takes the bytes of what is
    /// no integer.
    fn seed(&mut self, seed: Option<&AstExpr>) -> Checked<Expr> {
        let asks = self.dialect().mbf;
        let Some(seed) = seed else {
            let lib = if asks { "LIB_ASKSEED#" } else { "LIB_SEED#" };
            return self.library_call(lib, Vec::new());
        };
        let value = self.expr(seed)?;
        if !asks || value.ty == Ty::I16 {
            return self.convert(value, Ty::F64, seed.span);
        }
        let value = self.convert(value, Ty::F32, seed.span)?;
        self.library_call("LIB_FOLDED#", alloc::vec![value])
    }

    fn ignored(&mut self, word: &str) {
        let span = self.func.span;
        let message = format!("`{word}` does nothing on this device");
        self.warn(codes::IGNORED, span, message, text!("leave it out"));
    }

    fn place_label(&mut self, name: &str) {
        if let Some(&label) = self.func.targets.get(name) {
            self.label_here(label);
        }
    }

    /// `PING:` is a label, unless there is a SUB of that name.
    fn label_or_call(&mut self, name: &str) -> Checked<()> {
        let span = self.func.span;
        let called = Name { text: name.to_string(), suffix: None, span };
        if let Some(proc) = self.find_proc(&called) {
            let call = self.call_any(proc, &[], span)?;
            self.push(Op::Eval(call));
        } else {
            self.place_label(name);
        }
        Some(())
    }

    pub(super) fn target(&mut self, target: &Target) -> Checked<Label> {
        let found = self.func.targets.get(&target.text).copied();
        if found.is_some() {
            return found;
        }
        self.say_missing(target)?;
        Some(self.missing_line(if target.text.is_empty() { 2 } else { 8 }))
    }

    fn is_missing(&self, target: &Target) -> bool {
        !self.func.targets.contains_key(&target.text)
    }

    /// A line that does not exist, for a statement that needs it whether it goes there or not.
    fn missing(&mut self, target: &Target) -> Checked<()> {
        self.say_missing(target)?;
        self.raise(8);
        Some(())
    }

    /// An error now, or a warning of one.
    fn say_missing(&mut self, target: &Target) -> Checked<()> {
        let message = format!("there is no line or label `{}` here", target.text);
        if !self.dialect().late_errors {
            self.error(codes::NO_SUCH_LABEL, target.span, message);
            return None;
        }
        let help = text!("the program stops when it goes there");
        self.warn(codes::LATE_ERROR, target.span, message, help);
        Some(())
    }

    /// A label at which it is an error to arrive.
    fn missing_line(&mut self, code: i64) -> Label {
        let (missing, on) = (self.func.label(), self.func.label());
        self.push(Op::Jump(on));
        self.label_here(missing);
        self.raise(code);
        self.label_here(on);
        missing
    }

    /// An error that happens when the program gets here.
    pub(super) fn raise(&mut self, code: i64) {
        let kind = Kind::Op(crate::tree::Intrinsic::Raise, alloc::vec![Expr::i32(code)]);
        self.push(Op::Eval(Expr::new(Ty::I32, kind)));
    }

    /// Stores a value, converted to the type of its place.
    pub(super) fn store(
        &mut self,
        place: Place,
        value: Expr,
        span: wasm_common::source::Span,
    ) -> Checked<()> {
        let ty = self.place_type(&place);
        if let Ty::Record(_) = ty
            && let (Kind::Load(from), true) = (&value.kind, value.ty == ty)
        {
            let size = self.size_of(ty);
            self.push(Op::CopyRecord(place, (**from).clone(), size));
            return Some(());
        }
        let value = self.convert(value, ty, span)?;
        self.push(Op::Store(place, value));
        Some(())
    }

    fn assign(&mut self, target: &AstExpr, value: &AstExpr) -> Checked<()> {
        let value_checked = self.expr(value);
        let place = self.place(target)?;
        let checked = value_checked?;
        self.warn_narrowing(target, &place, &checked);
        self.store(place, checked, value.span)
    }

    /// A float that lands in a variable whose first assignment was an integer.
    fn warn_narrowing(&mut self, target: &AstExpr, place: &Place, value: &Expr) {
        let ExprKind::Name(name) = &target.kind else { return };
        let to_int = matches!(self.place_type(place), Ty::I32 | Ty::I64);
        let from_float = matches!(value.ty, Ty::F32 | Ty::F64);
        if self.dialect().inferred && name.suffix.is_none() && to_int && from_float {
            let message = format!("`{name}` is an integer, and this loses the fraction");
            let help = format!("`{name}#` is a float; INT(...) says that you mean it");
            self.warn(codes::NARROWING, target.span, message, help);
        }
    }

    fn mid_assign(
        &mut self,
        target: &AstExpr,
        start: &AstExpr,
        count: Option<&AstExpr>,
        value: &AstExpr,
    ) -> Checked<()> {
        let short = if self.dialect().mbf { Ty::I16 } else { Ty::I32 };
        let start = self.typed(start, short)?;
        let count = match count {
            Some(count) => self.typed(count, short)?,
            None => Expr::i32(if self.dialect().mbf { 255 } else { 32767 }),
        };
        let value = self.typed(value, Ty::Str)?;
        let operands = [start, count, value];
        // What comes before a call must not see what the call changes.
        let calls = operands.iter().any(|operand| self.calls_program(operand));
        let [start, count, value] =
            operands.map(|operand| if calls { self.settled(operand) } else { operand });
        let place = self.place(target)?;
        let old = self.load(place.clone());
        let old = self.convert(old, Ty::Str, target.span)?;
        let args = alloc::vec![old, start, count, value];
        let new = if self.dialect().str_blank {
            self.library_call("LIB_MIDSET$", args)?
        } else {
            Expr::new(Ty::Str, Kind::Host("basic_str_mid_assign", args))
        };
        self.store(place, new, target.span)
    }

    /// A value that is worked out now.
    fn settled(&mut self, value: Expr) -> Expr {
        let ty = value.ty;
        let var = self.hidden(ty);
        self.push(Op::Store(Place::Var(var), value));
        load_var(var, ty)
    }

    /// Whether an expression calls a procedure of the program.
    fn calls_program(&self, expr: &Expr) -> bool {
        let any = |list: &[Expr]| list.iter().any(|e| self.calls_program(e));
        match &expr.kind {
            Kind::Call(proc, args) => {
                !self.out.procs[proc.0 as usize].library
                    || args.iter().any(|arg| match arg {
                        Arg::Value(value) => self.calls_program(value),
                        Arg::Ref(_) | Arg::Array(_) => false,
                    })
            }
            Kind::Load(place) => match &**place {
                Place::Element(_, indices) => any(indices),
                _ => false,
            },
            Kind::Convert { value, .. } | Kind::Neg(value) | Kind::Not(value) => {
                self.calls_program(value)
            }
            Kind::Arith(_, a, b) | Kind::Compare(_, a, b) | Kind::Concat(a, b) => {
                self.calls_program(a) || self.calls_program(b)
            }
            Kind::Host(_, args) | Kind::Op(_, args) => any(args),
            _ => false,
        }
    }

    /// LSET and RSET keep the length of the target.
    fn set(&mut self, right: bool, target: &AstExpr, value: &AstExpr) -> Checked<()> {
        let value = self.expr(value)?;
        if let (Ty::Record(_), Kind::Load(from)) = (value.ty, &value.kind) {
            let place = self.place(target)?;
            let ty = self.place_type(&place);
            if matches!(ty, Ty::Record(_)) {
                // The bytes that both have.
                let size = self.size_of(ty).min(self.size_of(value.ty));
                self.push(Op::CopyRecord(place, (**from).clone(), size));
                return Some(());
            }
        }
        let value = self.convert(value, Ty::Str, target.span)?;
        let value = if self.calls_program(&value) { self.settled(value) } else { value };
        let place = self.place(target)?;
        let old = self.load(place.clone());
        let old = self.convert(old, Ty::Str, target.span)?;
        let lib = if right { "LIB_RSET$" } else { "LIB_LSET$" };
        let new = self.library_call(lib, alloc::vec![old, value])?;
        self.store(place, new, target.span)
    }

    fn on(&mut self, index: &AstExpr, gosub: bool, targets: &[Target], wrong: bool) -> Checked<()> {
        let byte = self.dialect().mbf && self.outline.traps_errors;
        let index = if byte { self.count(index)? } else { self.position(index)? };
        let index = if self.dialect().strict || wrong {
            let (count, code) = (targets.len() as i64, if wrong { 2 } else { 101 });
            let args = alloc::vec![index, Expr::i32(count), Expr::i32(code)];
            self.library_call("LIB_ONRANGE", args)?
        } else if self.dialect().str_blank && !byte {
            self.library_call("LIB_ONINDEX", alloc::vec![index])?
        } else {
            index
        };
        let labels: Option<Vec<Label>> = targets.iter().map(|t| self.target(t)).collect();
        let labels = labels?;
        if !gosub {
            self.push(Op::Switch { index, targets: labels });
            return Some(());
        }
        self.out.uses_gosub = true;
        let index = if targets.iter().any(|target| self.is_missing(target)) {
            self.only_known(index, targets, &labels)
        } else {
            index
        };
        self.push(Op::OnGosub { index, targets: labels });
        Some(())
    }

    /// A line that does not exist is an error before GOSUB has noted where to come back to.
    fn only_known(&mut self, index: Expr, targets: &[Target], labels: &[Label]) -> Expr {
        let (var, known) = (self.hidden(Ty::I32), self.func.label());
        self.push(Op::Store(Place::Var(var), index));
        let pairs = targets.iter().zip(labels);
        let first = pairs.map(|(target, &at)| if self.is_missing(target) { at } else { known });
        let (index, targets) = (load_var(var, Ty::I32), first.collect());
        self.push(Op::Switch { index, targets });
        self.label_here(known);
        load_var(var, Ty::I32)
    }

    /// RETURN from a procedure with or without a value, or from a GOSUB.
    fn return_statement(&mut self, value: Option<&AstExpr>) -> Checked<()> {
        let proc = self.func.proc;
        let gosubs = self.info(proc).gosubs;
        if proc.0 == 0 || (gosubs && value.is_none()) {
            if proc.0 != 0 && self.dialect().inferred {
                let span = self.func.span;
                let message = text!("RETURN in a SUB that contains GOSUB could mean either");
                self.error_help(
                    codes::MISPLACED,
                    span,
                    message,
                    text!("leave the SUB by EXIT SUB"),
                );
                return None;
            }
            let label = match value {
                None => None,
                Some(value) => {
                    let text = match &value.kind {
                        ExprKind::Int(line, None) => line.to_string(),
                        ExprKind::Name(name) => name.text.clone(),
                        _ => {
                            let message = text!("RETURN with a value outside a procedure");
                            self.error(codes::MISPLACED, value.span, message);
                            return None;
                        }
                    };
                    Some(self.target(&Target { text, span: value.span })?)
                }
            };
            self.push(Op::GosubReturn(label));
            return Some(());
        }
        let value = match (value, self.out.procs[proc.0 as usize].result) {
            (Some(value), Some(ty)) => Some(self.typed(value, ty)?),
            (Some(value), None) => {
                self.error(codes::TYPE_MISMATCH, value.span, text!("a SUB returns no value"));
                return None;
            }
            (None, _) => None,
        };
        self.push(Op::Return(value));
        Some(())
    }

    fn leave(&mut self) -> Checked<()> {
        if self.func.proc.0 == 0 {
            let span = self.func.span;
            self.error(codes::MISPLACED, span, text!("EXIT SUB outside a procedure"));
            return None;
        }
        self.push(Op::Return(None));
        Some(())
    }

    fn call_statement(&mut self, name: &Name, args: &[AstExpr]) -> Checked<()> {
        let span = self.func.span;
        if let Some(proc) = self.find_proc(name) {
            let call = self.call_any(proc, args, span)?;
            self.push(Op::Eval(call));
            return Some(());
        }
        if let Some(builtin) = self.builtin(&name.to_string()) {
            let call = self.call_builtin(&builtin, name, args, span)?;
            self.push(Op::Eval(call));
            return Some(());
        }
        if self.func.library {
            let call = self.call_import(name, args)?;
            self.push(Op::Eval(call));
            return Some(());
        }
        self.undefined(name, false);
        None
    }

    fn restore(&mut self, target: Option<&Target>) -> Checked<()> {
        let index = match target {
            None => 0,
            Some(target) => match self.outline.data_at.get(&target.text) {
                Some(&index) => index,
                None => return self.missing(target),
            },
        };
        self.push(Op::Restore(index));
        Some(())
    }

    fn swap(&mut self, a: &AstExpr, b: &AstExpr) -> Checked<()> {
        let (x, y) = (self.place(a)?, self.place(b)?);
        let (from, to) = (self.place_type(&x), self.place_type(&y));
        if from != to {
            let span = a.span.to(b.span);
            let help = text!("give both the same suffix");
            self.error_help(codes::TYPE_MISMATCH, span, "SWAP of two different types", help);
            return None;
        }
        self.push(Op::Swap(x, y));
        Some(())
    }

    /// The body of a DEF FN.
    pub(super) fn def_fn(&mut self, body: &AstExpr) {
        let Some(ty) = self.out.procs[self.func.proc.0 as usize].result else { return };
        if let Some(value) = self.typed(body, ty) {
            self.push(Op::Return(Some(value)));
        }
    }
}

/// A load of a variable.
pub(super) fn load_var(var: crate::tree::VarId, ty: Ty) -> Expr {
    Expr::new(ty, Kind::Load(Box::new(Place::Var(var))))
}
