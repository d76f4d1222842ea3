//! PRINT, `>`, FORMAT, WRITE and INPUT: lists become calls, one value after the other.

use super::stmt::load_var;
use super::{Checked, Checker};
use crate::ast::{Expr as AstExpr, ExprKind, NumType, PrintItem};
use crate::codes;
use crate::tree::{Expr, Intrinsic, Kind, Op, Place, Ty, VarId};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::text::{format, text};

/// Where a list is printed.
#[derive(Clone, Copy)]
enum Sink {
    Console,
    /// The variable holds the channel's number.
    File(VarId),
    /// Behind what the variable holds.
    Text(VarId),
}

impl Checker<'_> {
    fn eval(&mut self, value: Expr) {
        self.push(Op::Eval(value));
    }

    fn host(&mut self, import: &'static str, args: Vec<Expr>) {
        self.eval(Expr::new(Ty::I32, Kind::Host(import, args)));
    }

    fn put(&mut self, text: Expr) {
        self.eval(Expr::new(Ty::I32, Kind::Op(Intrinsic::Put, alloc::vec![text])));
    }

    /// Prints a string and a line end.
    pub(super) fn put_line(&mut self, value: Expr) {
        if let Kind::Text(text) = &value.kind {
            let line = Expr::text(&format!("{text}\n"));
            return self.put(line);
        }
        self.push(Op::Printf(String::from("%s\n"), alloc::vec![value]));
    }

    /// `> value`.
    pub(super) fn show(&mut self, value: &AstExpr) -> Checked<()> {
        let value = self.expr(value)?;
        let span = self.func.span;
        match value.ty {
            Ty::Num(NumType::I16 | NumType::I32) => {
                let value = self.convert(value, Ty::I32, span)?;
                self.host("print_i32", alloc::vec![value]);
            }
            Ty::I64 => self.host("print_i64", alloc::vec![value]),
            Ty::F32 => {
                let call = self.library_call("LIB_SHOW!", alloc::vec![value])?;
                self.eval(call);
            }
            Ty::F64 => {
                let call = self.library_call("LIB_SHOW#", alloc::vec![value])?;
                self.eval(call);
            }
            _ => {
                let value = self.convert(value, Ty::Str, span)?;
                self.put_line(value);
            }
        }
        Some(())
    }

    /// FORMAT: placeholders `%`, `&` and `$`; the text becomes a `printf` format.
    pub(super) fn format(&mut self, format: &AstExpr, args: &[AstExpr]) -> Checked<()> {
        let text = self.expr(format)?;
        let Kind::Text(text) = &text.kind else {
            self.error(
                codes::NOT_CONSTANT,
                format.span,
                text!("the text of FORMAT must be a literal"),
            );
            return None;
        };
        let pieces = Placeholders::parse(text, args.len());
        if args.len() > pieces.count {
            let span = args[pieces.count].span;
            let message =
                format!("FORMAT has {} arguments and {} placeholders", args.len(), pieces.count);
            self.error(codes::ARGUMENT_COUNT, span, message);
            return None;
        }
        if pieces.missing > 0 && !args.is_empty() {
            let message =
                format!("{} placeholders have no argument and print themselves", pieces.missing);
            self.warn(
                codes::FORMAT_ARGUMENT,
                format.span,
                message,
                text!("double a sign that is meant as text"),
            );
        }
        let mut out = String::new();
        let mut values = Vec::new();
        for piece in pieces.list {
            match piece {
                Piece::Text('%') => out.push_str("%%"),
                Piece::Text(c) => out.push(c),
                Piece::Hole(kind) => {
                    let arg = &args[values.len()];
                    let (spec, value) = self.placeholder(kind, arg)?;
                    out.push_str(spec);
                    values.push(value);
                }
            }
        }
        out.push('\n');
        if values.is_empty() && !out.contains('%') {
            self.put(Expr::text(&out));
        } else {
            self.push(Op::Printf(out, values));
        }
        Some(())
    }

    /// The conversion follows the argument's type; the sign says int or float.
    fn placeholder(&mut self, kind: char, arg: &AstExpr) -> Checked<(&'static str, Expr)> {
        let value = self.expr(arg)?;
        if kind == '$' || value.ty.is_text() {
            if kind != '$' {
                let help = text!("the placeholder of a string is `$`");
                let message = format!("`{kind}` is for numbers");
                self.error_help(codes::TYPE_MISMATCH, arg.span, message, help);
                return None;
            }
            return Some(("%s", self.convert(value, Ty::Str, arg.span)?));
        }
        match value.ty {
            Ty::I64 => Some(("%lld", value)),
            _ if kind == '%' => Some(("%d", self.convert(value, Ty::I32, arg.span)?)),
            _ => Some(("%g", self.convert(value, Ty::F64, arg.span)?)),
        }
    }

    pub(super) fn print(
        &mut self,
        channel: Option<&AstExpr>,
        using: Option<&AstExpr>,
        items: &[PrintItem],
    ) -> Checked<()> {
        if let (Some(channel), None, [PrintItem::Value(value)]) = (channel, using, items)
            && self.dialect().inferred
        {
            return self.print_line(channel, value);
        }
        let sink = self.sink(channel)?;
        if let Some(using) = using {
            return self.print_using(sink, using, items);
        }
        let mut ended = false;
        let mut literal = String::new();
        for item in items {
            ended = false;
            if let PrintItem::Value(value) = item
                && let ExprKind::Str(text) = &value.kind
            {
                // Where lines have a margin, each text may begin a new one.
                if self.dialect().wraps {
                    self.flush(sink, &mut literal);
                }
                literal.push_str(text);
                continue;
            }
            if !matches!(item, PrintItem::Semicolon) {
                self.flush(sink, &mut literal);
            }
            match item {
                PrintItem::Value(value) => {
                    let text = self.printed(value)?;
                    self.emit(sink, text, "LIB_PUT", "LIB_FPUT");
                }
                PrintItem::Semicolon => ended = true,
                PrintItem::Comma => {
                    ended = true;
                    self.next_zone(sink)?;
                }
                PrintItem::Tab(column) => {
                    let column = self.position(column)?;
                    self.emit(sink, column, "LIB_TAB", "LIB_FTAB");
                }
                PrintItem::Spc(count) => {
                    let count = self.typed(count, Ty::I32)?;
                    if self.dialect().wraps && matches!(sink, Sink::Console) {
                        self.emit(sink, count, "LIB_SPC", "");
                        continue;
                    }
                    let kind = Kind::Host("basic_str_space", alloc::vec![count]);
                    self.emit(sink, Expr::new(Ty::Str, kind), "LIB_PUT", "LIB_FPUT");
                }
            }
        }
        if matches!(items.last(), Some(PrintItem::Tab(_) | PrintItem::Spc(_))) {
            ended = true;
        }
        if !ended {
            literal.push('\n');
        }
        self.flush(sink, &mut literal);
        Some(())
    }

    /// `PRINT #n, value` as ConeZ writes it: a line without blanks around a number.
    fn print_line(&mut self, channel: &AstExpr, value: &AstExpr) -> Checked<()> {
        let channel = self.typed(channel, Ty::I32)?;
        let value = self.expr(value)?;
        let text = if value.ty.is_text() { value } else { self.str_of(value)? };
        let call = self.library_call("LIB_FLINE", alloc::vec![channel, text])?;
        self.eval(call);
        Some(())
    }

    fn sink(&mut self, channel: Option<&AstExpr>) -> Checked<Sink> {
        let Some(channel) = channel else { return Some(Sink::Console) };
        let channel = self.typed(channel, Ty::I32)?;
        let var = self.hidden(Ty::I32);
        self.push(Op::Store(Place::Var(var), channel));
        Some(Sink::File(var))
    }

    fn flush(&mut self, sink: Sink, literal: &mut String) {
        let text = core::mem::take(literal);
        let (line, end) = match text.strip_suffix('\n') {
            Some(line) if self.dialect().wraps && matches!(sink, Sink::Console) => (line, "\n"),
            _ => (text.as_str(), ""),
        };
        if !line.is_empty() {
            self.emit(sink, Expr::text(line), "LIB_PUT", "LIB_FPUT");
        }
        if !end.is_empty()
            && let Some(call) = self.library_call("LIB_EOL", Vec::new())
        {
            self.eval(call);
        }
    }

    /// Calls the library's routine for the console or for a file.
    fn emit(&mut self, sink: Sink, value: Expr, console: &str, file: &str) {
        let call = match sink {
            Sink::Console if console == "LIB_PUT" && self.dialect().wraps => {
                self.library_call("LIB_OUT", alloc::vec![value])
            }
            Sink::Console if console == "LIB_PUT" => return self.put(value),
            Sink::Console => self.library_call(console, alloc::vec![value]),
            Sink::Text(var) => {
                let whole = Kind::Concat(load_var(var, Ty::Str), value);
                return self.push(Op::Store(Place::Var(var), Expr::new(Ty::Str, whole)));
            }
            Sink::File(var) => {
                let channel = load_var(var, Ty::I32);
                self.library_call(file, alloc::vec![channel, value])
            }
        };
        if let Some(call) = call {
            self.eval(call);
        }
    }

    /// On to the next zone.
    fn next_zone(&mut self, sink: Sink) -> Checked<()> {
        let width = Expr::i32(14);
        self.emit(sink, width, "LIB_ZONE", "LIB_FZONE");
        Some(())
    }

    /// What PRINT shows of a value: numbers with a blank behind them.
    fn printed(&mut self, value: &AstExpr) -> Checked<Expr> {
        let value = self.expr(value)?;
        if value.ty.is_text() {
            return Some(value);
        }
        if value.ty.num().is_none() {
            return self.convert(value, Ty::Str, self.func.span);
        }
        let text = self.number_text(value)?;
        let kind = Kind::Concat(text, Expr::text(" "));
        Some(Expr::new(Ty::Str, kind))
    }

    /// PRINT USING: the library walks through the format, one value at a time.
    fn print_using(&mut self, sink: Sink, using: &AstExpr, items: &[PrintItem]) -> Checked<()> {
        let format = self.typed(using, Ty::Str)?;
        // A procedure's PRINT USINGs share them: one ends before the next begins.
        let kept = self.func.using;
        let (text, at) = kept.unwrap_or_else(|| (self.hidden(Ty::Str), self.hidden(Ty::I32)));
        self.func.using = Some((text, at));
        self.push(Op::Store(Place::Var(text), format));
        self.push(Op::Store(Place::Var(at), Expr::i32(1)));
        let values: Vec<&AstExpr> = items
            .iter()
            .filter_map(|item| match item {
                PrintItem::Value(value) => Some(value),
                _ => None,
            })
            .collect();
        for value in values {
            let value = self.expr(value)?;
            let at_now = load_var(at, Ty::I32);
            let call = if value.ty.is_text() {
                self.library_call(
                    "LIB_USING$",
                    alloc::vec![load_var(text, Ty::Str), at_now, value],
                )?
            } else {
                let digits = match value.ty {
                    Ty::F64 | Ty::I64 => 16,
                    Ty::I32 => 10,
                    _ => 7,
                };
                let value = self.convert(value, Ty::F64, using.span)?;
                let text = load_var(text, Ty::Str);
                let args = alloc::vec![text, at_now, value, Expr::i32(digits)];
                self.library_call("LIB_USINGN$", args)?
            };
            self.emit(sink, call, "LIB_PUT", "LIB_FPUT");
            let next = alloc::vec![load_var(text, Ty::Str), load_var(at, Ty::I32)];
            let next = self.library_call("LIB_USINGNEXT", next)?;
            self.push(Op::Store(Place::Var(at), next));
        }
        let rest = alloc::vec![load_var(text, Ty::Str), load_var(at, Ty::I32)];
        let rest = self.library_call("LIB_USINGREST$", rest)?;
        self.emit(sink, rest, "LIB_PUT", "LIB_FPUT");
        if !matches!(items.last(), Some(PrintItem::Semicolon | PrintItem::Comma)) {
            let mut line = String::from("\n");
            self.flush(sink, &mut line);
        }
        Some(())
    }

    /// WRITE: commas between, quotes around strings, no blanks.
    pub(super) fn write(&mut self, channel: Option<&AstExpr>, items: &[AstExpr]) -> Checked<()> {
        let end = self.sink(channel)?;
        // Where long lines go on in the next, it is one item.
        let whole = self.dialect().wraps && matches!(end, Sink::Console);
        let whole = whole.then(|| self.hidden(Ty::Str));
        let sink = whole.map_or(end, Sink::Text);
        if let Some(text) = whole {
            self.push(Op::Store(Place::Var(text), Expr::text("")));
        }
        let mut literal = String::new();
        for (index, item) in items.iter().enumerate() {
            literal.push_str(if index == 0 { "" } else { "," });
            let value = self.expr(item)?;
            if value.ty.is_text() {
                literal.push('"');
                self.flush(sink, &mut literal);
                self.emit(sink, value, "LIB_PUT", "LIB_FPUT");
                literal.push('"');
            } else {
                self.flush(sink, &mut literal);
                let text = self.number_text(value)?;
                let kind = Kind::Host("basic_str_ltrim", alloc::vec![text]);
                self.emit(sink, Expr::new(Ty::Str, kind), "LIB_PUT", "LIB_FPUT");
            }
        }
        if let Some(text) = whole {
            self.flush(sink, &mut literal);
            self.emit(end, load_var(text, Ty::Str), "LIB_PUT", "LIB_FPUT");
            // No second line end behind a full line, as PRINT has it.
            self.put(Expr::text("\n"));
        } else {
            literal.push('\n');
            self.flush(sink, &mut literal);
        }
        Some(())
    }

    /// INPUT from the console: a line is read until it has as many fields as there are targets,
    /// each of the right type.
    pub(super) fn input(
        &mut self,
        prompt: Option<&str>,
        question: bool,
        stay: bool,
        targets: &[AstExpr],
    ) -> Checked<()> {
        let mut text = String::from(prompt.unwrap_or(""));
        if question {
            text.push_str("? ");
        }
        let mut types = String::new();
        let mut places = Vec::new();
        for target in targets {
            let place = self.place(target)?;
            types.push(if self.place_type(&place).is_text() { 's' } else { 'n' });
            places.push(place);
        }
        let args = alloc::vec![Expr::text(&text), Expr::text(&types), Expr::i32(i64::from(stay))];
        let call = self.library_call("LIB_INPUT", args)?;
        self.eval(call);
        for (index, place) in places.into_iter().enumerate() {
            let args = alloc::vec![Expr::i32(index as i64 + 1)];
            self.store_field("LIB_FIELD$", args, place)?;
        }
        Some(())
    }

    /// Stores a field of an entry, as a string or as a number.
    pub(super) fn store_field(&mut self, lib: &str, args: Vec<Expr>, place: Place) -> Checked<()> {
        let span = self.func.span;
        let field = self.library_call(lib, args)?;
        let value = match self.place_type(&place) {
            ty if ty.is_text() => field,
            Ty::Num(NumType::F32 | NumType::F64) => {
                self.library_call("LIB_ENTERED#", alloc::vec![field])?
            }
            _ if self.dialect().float_val => {
                self.library_call("LIB_ENTERED#", alloc::vec![field])?
            }
            _ => Expr::new(Ty::I64, Kind::Host("basic_str_to_i64", alloc::vec![field])),
        };
        self.store(place, value, span)
    }

    pub(super) fn line_input(
        &mut self,
        channel: Option<&AstExpr>,
        prompt: Option<&str>,
        stay: bool,
        target: &AstExpr,
    ) -> Checked<()> {
        let value = match channel {
            Some(channel) => {
                let channel = self.typed(channel, Ty::I32)?;
                self.library_call("LIB_FLINEIN$", alloc::vec![channel])?
            }
            None => {
                if let Some(prompt) = prompt.filter(|p| !p.is_empty()) {
                    self.put(Expr::text(prompt));
                }
                self.library_call("LIB_REPLY$", alloc::vec![Expr::i32(i64::from(stay))])?
            }
        };
        let place = self.place(target)?;
        self.store(place, value, target.span)
    }
}

enum Piece {
    Text(char),
    Hole(char),
}

/// The text of FORMAT, taken apart.
struct Placeholders {
    list: Vec<Piece>,
    /// Signs that can take an argument.
    count: usize,
    /// Signs that have none and print themselves.
    missing: usize,
}

impl Placeholders {
    /// `%%` is a percent sign, unless there are more arguments than that leaves placeholders: then
    /// each sign takes one, and those without an argument print themselves.
    fn parse(text: &str, args: usize) -> Self {
        let escaped = Self::read(text, args, true);
        if escaped.count >= args { escaped } else { Self::read(text, args, false) }
    }

    fn read(text: &str, args: usize, escapes: bool) -> Self {
        let mut out = Self { list: Vec::new(), count: 0, missing: 0 };
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if !matches!(c, '%' | '&' | '$') {
                out.list.push(Piece::Text(c));
            } else if escapes && chars.peek() == Some(&c) {
                chars.next();
                out.list.push(Piece::Text(c));
            } else if out.count < args {
                out.count += 1;
                out.list.push(Piece::Hole(c));
            } else {
                out.missing += 1;
                out.list.push(Piece::Text(c));
            }
        }
        out
    }
}
