//! The tree as BASIC text, one statement a line, that parses back to the same tree.
//!
//! Every statement starts a line of its own, except those of a single-line IF, whose lines must
//! not be broken.

use super::*;
use alloc::string::String;
use core::fmt::{self, Write};

/// The program as text.
pub fn print(program: &Program, escapes: bool) -> String {
    let mut printer = Printer { out: String::new(), escapes, line_ifs: 0, fresh: true };
    for stmt in &program.stmts {
        printer.stmt(&stmt.kind).expect("a String takes everything");
    }
    printer.out
}

struct Printer {
    out: String,
    escapes: bool,
    /// Single-line IFs that are open.
    line_ifs: u32,
    /// Whether nothing separates the next statement from what is before it.
    fresh: bool,
}

impl Write for Printer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.out.push_str(text);
        Ok(())
    }
}

impl Printer {
    /// Puts the statement on its line: after a colon inside a single-line IF.
    fn stmt(&mut self, kind: &StmtKind) -> fmt::Result {
        match kind {
            StmtKind::LineEnd => {
                self.line_ifs = self.line_ifs.saturating_sub(1);
                if self.line_ifs == 0 {
                    self.out.push('\n');
                    self.fresh = true;
                }
                return Ok(());
            }
            StmtKind::LineElse => {
                self.out.push_str(" ELSE ");
                self.fresh = true;
                return Ok(());
            }
            StmtKind::Line(number) => {
                if !self.out.is_empty() && !self.out.ends_with('\n') {
                    self.out.push('\n');
                }
                self.fresh = true;
                return write!(self, "{number} ");
            }
            _ => {}
        }
        if !self.fresh {
            self.out.push_str(" : ");
        }
        self.fresh = false;
        self.body(kind)?;
        if matches!(kind, StmtKind::LineIf(_)) {
            self.line_ifs += 1;
            self.fresh = true;
        } else if self.line_ifs == 0 {
            self.out.push('\n');
            self.fresh = true;
        }
        Ok(())
    }

    fn body(&mut self, kind: &StmtKind) -> fmt::Result {
        match kind {
            StmtKind::Line(_) | StmtKind::LineElse | StmtKind::LineEnd => Ok(()),
            StmtKind::Label(name) => write!(self, "{name}:"),
            StmtKind::Let(target, value) => {
                self.out.push_str("LET ");
                self.expr(target)?;
                self.out.push_str(" = ");
                self.expr(value)
            }
            StmtKind::MidAssign { target, start, count, value } => {
                self.out.push_str("MID$(");
                self.expr(target)?;
                self.out.push_str(", ");
                self.expr(start)?;
                self.opt(", ", count.as_ref())?;
                self.out.push_str(") = ");
                self.expr(value)
            }
            StmtKind::Set { right, target, value } => {
                self.out.push_str(if *right { "RSET " } else { "LSET " });
                self.expr(target)?;
                self.out.push_str(" = ");
                self.expr(value)
            }
            StmtKind::Show(value) => self.word("> ", value),
            StmtKind::Prints(value) => self.word("PRINTS ", value),
            StmtKind::Format(format, args) => {
                self.word("FORMAT ", format)?;
                args.iter().try_for_each(|arg| self.word(", ", arg))
            }
            StmtKind::Print { channel, using, items } => {
                self.out.push_str("PRINT ");
                self.channel(channel.as_ref(), ", ")?;
                if let Some(using) = using {
                    self.word("USING ", using)?;
                    self.out.push_str("; ");
                }
                items.iter().try_for_each(|item| self.item(item))
            }
            StmtKind::Write { channel, items } => {
                self.out.push_str("WRITE ");
                self.channel(channel.as_ref(), ", ")?;
                self.list(items)
            }
            StmtKind::Input { prompt, question, stay, targets } => {
                self.out.push_str("INPUT ");
                if *stay {
                    self.out.push_str("; ");
                }
                if let Some(prompt) = prompt {
                    self.quoted(prompt);
                    self.out.push_str(if *question { "; " } else { ", " });
                }
                self.list(targets)
            }
            StmtKind::InputFile(channel, targets) => {
                self.word("INPUT #", channel)?;
                self.out.push_str(", ");
                self.list(targets)
            }
            StmtKind::LineInput { channel, prompt, stay, target } => {
                self.out.push_str("LINE INPUT ");
                self.channel(channel.as_ref(), ", ")?;
                self.out.push_str(if *stay { "; " } else { "" });
                if let Some(prompt) = prompt {
                    self.quoted(prompt);
                    self.out.push_str("; ");
                }
                self.expr(target)
            }
            _ => self.control(kind),
        }
    }

    fn control(&mut self, kind: &StmtKind) -> fmt::Result {
        match kind {
            StmtKind::If(cond) | StmtKind::LineIf(cond) => self.then("IF ", cond),
            StmtKind::ElseIf(cond) => self.then("ELSEIF ", cond),
            StmtKind::Else => self.write_str("ELSE"),
            StmtKind::EndIf => self.write_str("END IF"),
            StmtKind::For { var, from, to, step } => {
                self.word("FOR ", var)?;
                self.word(" = ", from)?;
                self.word(" TO ", to)?;
                self.opt(" STEP ", step.as_ref())
            }
            StmtKind::Next(vars) => {
                self.out.push_str("NEXT ");
                self.list(vars)
            }
            StmtKind::While(cond) => self.word("WHILE ", cond),
            StmtKind::Wend => self.write_str("WEND"),
            StmtKind::Do(test) => self.tested("DO", test.as_ref()),
            StmtKind::Loop(test) => self.tested("LOOP", test.as_ref()),
            StmtKind::Exit(what) => write!(self, "EXIT {}", what.as_str()),
            StmtKind::Continue(what) => write!(self, "CONTINUE {}", what.as_str()),
            StmtKind::Select(value) => self.word("SELECT CASE ", value),
            StmtKind::Case(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index == 0 { "CASE " } else { ", " });
                    self.case(item)?;
                }
                Ok(())
            }
            StmtKind::CaseElse => self.write_str("CASE ELSE"),
            StmtKind::EndSelect => self.write_str("END SELECT"),
            StmtKind::Goto(target) => write!(self, "GOTO {}", target.text),
            StmtKind::Gosub(target) => write!(self, "GOSUB {}", target.text),
            StmtKind::On { index, gosub, targets, wrong } => {
                self.word("ON ", index)?;
                self.out.push_str(if *gosub { " GOSUB " } else { " GOTO " });
                for (at, target) in targets.iter().enumerate() {
                    write!(self, "{}{}", if at == 0 { "" } else { ", " }, target.text)?;
                }
                self.write_str(if *wrong { ", PRINT" } else { "" })
            }
            StmtKind::Return(value) => {
                self.out.push_str("RETURN");
                self.opt(" ", value.as_ref())
            }
            StmtKind::OnError(target) => {
                write!(self, "ON ERROR GOTO {}", target.as_ref().map_or("0", |t| &t.text))
            }
            StmtKind::Resume(Resume::Again) => self.write_str("RESUME"),
            StmtKind::Resume(Resume::Next) => self.write_str("RESUME NEXT"),
            StmtKind::Resume(Resume::At(target)) => write!(self, "RESUME {}", target.text),
            StmtKind::Error(code) => self.word("ERROR ", code),
            _ => self.declaration(kind),
        }
    }

    fn declaration(&mut self, kind: &StmtKind) -> fmt::Result {
        match kind {
            StmtKind::Proc { kind, forward, name, params, ty, is_static } => {
                let word = if *kind == ProcKind::Sub { "SUB" } else { "FUNCTION" };
                write!(self, "{}{word} {name} (", if *forward { "DECLARE " } else { "" })?;
                self.params(params)?;
                self.out.push(')');
                self.as_type(ty.as_ref())?;
                self.write_str(if *is_static { " STATIC" } else { "" })
            }
            StmtKind::EndProc(ProcKind::Sub) => self.write_str("END SUB"),
            StmtKind::EndProc(ProcKind::Function) => self.write_str("END FUNCTION"),
            StmtKind::DefFn { name, params, body } => {
                write!(self, "DEF {name}")?;
                if !params.is_empty() {
                    self.out.push('(');
                    self.params(params)?;
                    self.out.push(')');
                }
                self.word(" = ", body)
            }
            StmtKind::Call { name, args, explicit } => {
                write!(self, "{}{name}", if *explicit { "CALL " } else { "" })?;
                if *explicit && !args.is_empty() {
                    self.out.push('(');
                    self.list(args)?;
                    self.out.push(')');
                } else if !args.is_empty() {
                    self.out.push(' ');
                    self.list(args)?;
                }
                Ok(())
            }
            StmtKind::Dim { kind, items } => {
                self.out.push_str(match kind {
                    DimKind::Dim => "DIM ",
                    DimKind::DimShared => "DIM SHARED ",
                    DimKind::Redim => "REDIM ",
                    DimKind::Preserve => "REDIM PRESERVE ",
                    DimKind::Local => "LOCAL ",
                    DimKind::Static => "STATIC ",
                    DimKind::Shared => "SHARED ",
                });
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { ", " });
                    self.dim(item)?;
                }
                Ok(())
            }
            StmtKind::Const(items) => {
                for (index, (name, value)) in items.iter().enumerate() {
                    write!(self, "{}{name} = ", if index == 0 { "CONST " } else { ", " })?;
                    self.expr(value)?;
                }
                Ok(())
            }
            StmtKind::Erase(names) => {
                for (index, name) in names.iter().enumerate() {
                    write!(self, "{}{name}", if index == 0 { "ERASE " } else { ", " })?;
                }
                Ok(())
            }
            StmtKind::OptionBase(base) => write!(self, "OPTION BASE {base}"),
            StmtKind::OptionExplicit => self.write_str("OPTION EXPLICIT"),
            StmtKind::DefType(ty, ranges) => self.deftype(*ty, ranges),
            StmtKind::Type(name) => write!(self, "TYPE {name}"),
            StmtKind::Field(item) => self.dim(item),
            StmtKind::EndType => self.write_str("END TYPE"),
            _ => self.data(kind),
        }
    }

    fn data(&mut self, kind: &StmtKind) -> fmt::Result {
        match kind {
            StmtKind::Data(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index == 0 { "DATA " } else { "," });
                    if item.quoted {
                        write!(self, "\"{}\"", item.text)?;
                    } else {
                        self.out.push_str(&item.text);
                    }
                }
                Ok(())
            }
            StmtKind::Read(targets) => {
                self.out.push_str("READ ");
                self.list(targets)
            }
            StmtKind::Restore(target) => {
                write!(self, "RESTORE {}", target.as_ref().map_or("", |t| &t.text))
            }
            StmtKind::Swap(a, b) => {
                self.word("SWAP ", a)?;
                self.word(", ", b)
            }
            // Something that is wrong in the same way: an operand is missing, or nothing makes sense.
            StmtKind::Wrong { code: 22, .. } => write!(self, "LET WRONG ="),
            StmtKind::Wrong { .. } => write!(self, "="),
            StmtKind::Randomize(seed) => {
                self.out.push_str("RANDOMIZE");
                self.opt(" ", seed.as_ref())
            }
            StmtKind::Open { path, mode, channel, record } => {
                self.word("OPEN ", path)?;
                let mode = match mode {
                    Mode::Input => "INPUT",
                    Mode::Output => "OUTPUT",
                    Mode::Append => "APPEND",
                    Mode::Random => "RANDOM",
                    Mode::Binary => "BINARY",
                };
                write!(self, " FOR {mode} AS #")?;
                self.expr(channel)?;
                self.opt(" LEN = ", record.as_ref())
            }
            StmtKind::Close(channels) => {
                self.out.push_str("CLOSE");
                for (index, channel) in channels.iter().enumerate() {
                    self.word(if index == 0 { " #" } else { ", #" }, channel)?;
                }
                Ok(())
            }
            StmtKind::Transfer { put, channel, record, target } => {
                self.word(if *put { "PUT #" } else { "GET #" }, channel)?;
                if record.is_some() || target.is_some() {
                    self.out.push_str(", ");
                    self.opt("", record.as_ref())?;
                }
                self.opt(", ", target.as_ref())
            }
            StmtKind::Layout(channel, parts) => {
                self.word("FIELD #", channel)?;
                parts.iter().try_for_each(|(width, target)| {
                    self.word(", ", width)?;
                    self.word(" AS ", target)
                })
            }
            StmtKind::Seek(channel, at) => {
                self.word("SEEK #", channel)?;
                self.word(", ", at)
            }
            StmtKind::Kill(path) => self.word("KILL ", path),
            StmtKind::Rename(from, to) => {
                self.word("NAME ", from)?;
                self.word(" AS ", to)
            }
            StmtKind::Mkdir(path) => self.word("MKDIR ", path),
            StmtKind::Rmdir(path) => self.word("RMDIR ", path),
            StmtKind::End => self.write_str("END"),
            StmtKind::Stop => self.write_str("STOP"),
            StmtKind::Clear => self.write_str("CLEAR"),
            StmtKind::Bye => self.write_str("BYE"),
            StmtKind::Break => self.write_str("BREAK"),
            StmtKind::Ignored(word) => self.write_str(word),
            _ => unreachable!("printed by body, control or declaration"),
        }
    }

    fn deftype(&mut self, ty: Option<NumType>, ranges: &[(u8, u8)]) -> fmt::Result {
        self.out.push_str(match ty {
            None => "DEFSTR ",
            Some(NumType::I16) => "DEFINT ",
            Some(NumType::I32 | NumType::I64) => "DEFLNG ",
            Some(NumType::F32) => "DEFSNG ",
            Some(NumType::F64) => "DEFDBL ",
        });
        for (index, &(from, to)) in ranges.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(self, "{comma}{}-{}", char::from(b'A' + from), char::from(b'A' + to))?;
        }
        Ok(())
    }

    fn params(&mut self, params: &[Param]) -> fmt::Result {
        for (index, param) in params.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let by = match param.by_value {
                Some(true) => "BYVAL ",
                Some(false) => "BYREF ",
                None => "",
            };
            write!(self, "{comma}{by}{}{}", param.name, if param.array { "()" } else { "" })?;
            self.as_type(param.ty.as_ref())?;
        }
        Ok(())
    }

    fn dim(&mut self, item: &DimItem) -> fmt::Result {
        write!(self, "{}", item.name)?;
        if let Some(bounds) = &item.bounds {
            self.out.push('(');
            for (index, bound) in bounds.iter().enumerate() {
                self.out.push_str(if index == 0 { "" } else { ", " });
                if let Some(lower) = &bound.lower {
                    self.expr(lower)?;
                    self.out.push_str(" TO ");
                }
                self.expr(&bound.upper)?;
            }
            self.out.push(')');
        }
        self.as_type(item.ty.as_ref())?;
        self.opt(" = ", item.init.as_ref())
    }

    fn as_type(&mut self, ty: Option<&TypeName>) -> fmt::Result {
        let Some(ty) = ty else { return Ok(()) };
        self.out.push_str(" AS ");
        match ty {
            TypeName::Num(NumType::I16) => self.write_str("INTEGER"),
            TypeName::Num(NumType::I32) => self.write_str("LONG"),
            TypeName::Num(NumType::I64) => self.write_str("INTEGER64"),
            TypeName::Num(NumType::F32) => self.write_str("SINGLE"),
            TypeName::Num(NumType::F64) => self.write_str("DOUBLE"),
            TypeName::Str => self.write_str("STRING"),
            TypeName::Fixed(length) => self.word("STRING * ", length),
            TypeName::Record(name) => write!(self, "{name}"),
        }
    }

    fn item(&mut self, item: &PrintItem) -> fmt::Result {
        match item {
            PrintItem::Value(value) => {
                self.expr(value)?;
                self.write_str(" ")
            }
            PrintItem::Semicolon => self.write_str("; "),
            PrintItem::Comma => self.write_str(", "),
            PrintItem::Tab(column) => {
                self.word("TAB(", column)?;
                self.write_str(") ")
            }
            PrintItem::Spc(count) => {
                self.word("SPC(", count)?;
                self.write_str(") ")
            }
        }
    }

    fn case(&mut self, item: &CaseItem) -> fmt::Result {
        match item {
            CaseItem::Value(value) => self.expr(value),
            CaseItem::Range(from, to) => {
                self.expr(from)?;
                self.word(" TO ", to)
            }
            CaseItem::Is(op, value) => {
                write!(self, "IS {} ", op.as_str())?;
                self.expr(value)
            }
        }
    }

    fn tested(&mut self, word: &str, test: Option<&(bool, Expr)>) -> fmt::Result {
        self.out.push_str(word);
        match test {
            Some((true, cond)) => self.word(" UNTIL ", cond),
            Some((false, cond)) => self.word(" WHILE ", cond),
            None => Ok(()),
        }
    }

    fn then(&mut self, word: &str, cond: &Expr) -> fmt::Result {
        self.word(word, cond)?;
        self.write_str(" THEN ")
    }

    fn channel(&mut self, channel: Option<&Expr>, after: &str) -> fmt::Result {
        if let Some(channel) = channel {
            self.word("#", channel)?;
            self.out.push_str(after);
        }
        Ok(())
    }

    fn word(&mut self, word: &str, expr: &Expr) -> fmt::Result {
        self.out.push_str(word);
        self.expr(expr)
    }

    fn opt(&mut self, before: &str, expr: Option<&Expr>) -> fmt::Result {
        expr.map_or(Ok(()), |expr| self.word(before, expr))
    }

    fn list(&mut self, exprs: &[Expr]) -> fmt::Result {
        for (index, expr) in exprs.iter().enumerate() {
            self.word(if index == 0 { "" } else { ", " }, expr)?;
        }
        Ok(())
    }

    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '\n' if self.escapes => self.out.push_str("\\n"),
                '\t' if self.escapes => self.out.push_str("\\t"),
                '\r' if self.escapes => self.out.push_str("\\r"),
                '\\' if self.escapes => self.out.push_str("\\\\"),
                '"' if self.escapes => self.out.push_str("\\\""),
                '"' => self.out.push_str("\"\""),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// The parentheses that the tree needs are in it, so none are added.
    fn expr(&mut self, expr: &Expr) -> fmt::Result {
        match &expr.kind {
            ExprKind::Int(value, suffix) => {
                write!(self, "{value}")?;
                suffix.map_or(Ok(()), |suffix| write!(self, "{suffix}"))
            }
            ExprKind::Float { value, suffix, double } => {
                let letter = if *double && suffix.is_none() { 'D' } else { 'E' };
                // A literal beyond the largest double is infinite, and has no digits of its own.
                let text = match value.is_finite() {
                    true => alloc::format!("{value:E}"),
                    false => String::from("1E999"),
                };
                self.write_str(&text.replace('E', &String::from(letter)))?;
                suffix.map_or(Ok(()), |suffix| write!(self, "{suffix}"))
            }
            ExprKind::Str(text) => {
                self.quoted(text);
                Ok(())
            }
            ExprKind::Name(name) => write!(self, "{name}"),
            ExprKind::Call(name, args) => {
                write!(self, "{name}(")?;
                self.list(args)?;
                self.write_str(")")
            }
            ExprKind::Field(base, field) => {
                self.expr(base)?;
                write!(self, ".{field}")
            }
            ExprKind::Unary(op, operand) => self.word(
                match op {
                    UnaryOp::Neg => "-",
                    UnaryOp::Plus => "+",
                    UnaryOp::Not => "NOT ",
                },
                operand,
            ),
            ExprKind::Binary(op, a, b) => {
                self.expr(a)?;
                write!(self, " {} ", op.as_str())?;
                self.expr(b)
            }
            ExprKind::Paren(inner) => {
                self.word("(", inner)?;
                self.write_str(")")
            }
            ExprKind::Error => self.write_str("?"),
        }
    }
}
