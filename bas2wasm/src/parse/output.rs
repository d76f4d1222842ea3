//! Statements that move data: PRINT and its kin, INPUT, files, DATA, SWAP.

use super::cursor::{Cursor, Parsed};
use super::fault::Fault;
use crate::ast::{BinaryOp, DataItem, Mode, PrintItem, StmtKind};
use crate::lex::{Keyword, Token};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// Statements of screens, speakers and debuggers: parsed, and nothing is made of them.
const IGNORED: [&str; 19] = [
    "CLS", "BEEP", "LOCATE", "COLOR", "SCREEN", "WIDTH", "KEY", "SOUND", "PLAY", "TRON", "TROFF",
    "PSET", "PRESET", "PAINT", "CIRCLE", "VIEW", "WINDOW", "PALETTE", "POKE",
];

/// The items of a DATA statement, from the raw text behind the word; or what is wrong with them.
/// `open`: a string may end with its line.
pub(super) fn data_items(text: &str, open: bool) -> Result<Vec<DataItem>, String> {
    let mut items = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(inside) = rest.strip_prefix('"') {
            let (text, behind) = match inside.split_once('"') {
                Some(parts) => parts,
                None if open => (inside, ""),
                None => return Err(format!("`\"{inside}` has no closing quote")),
            };
            items.push(DataItem { text: String::from(text), quoted: true });
            rest = behind.trim();
            if !rest.is_empty() && !rest.starts_with(',') {
                return Err(format!("`{rest}` behind the closing quote of `\"{text}\"`"));
            }
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            items.push(DataItem { text: rest[..end].trim_end().to_string(), quoted: false });
            rest = &rest[end..];
        }
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None => return Ok(items),
        }
    }
}

impl Cursor<'_, '_, '_> {
    pub(super) fn output_statement(&mut self, word: &str, start: Span) -> Option<Parsed<()>> {
        // In ConeZ it may be a SUB's name.
        let call = self.dialect.inferred
            && self.look(1) == Some(&Token::Open)
            && self.tokens.last().is_some_and(|last| last.token == Token::Close);
        if IGNORED.contains(&word) && !call {
            let wrong = word == "COLOR" && matches!(self.look(1), Some(Token::Int(32.., _)));
            let kind = match wrong && self.dialect.late_errors {
                true => StmtKind::Wrong { code: 5, tail: false },
                false => StmtKind::Ignored(word.to_string()),
            };
            return Some(self.unread(kind, start));
        }
        Some(match word {
            "PRINT" | "LPRINT" => {
                self.bump();
                self.print(start)
            }
            "PRINTS" => self.one(StmtKind::Prints, start),
            "FORMAT" => self.format(start),
            "WRITE" => self.write(start),
            "INPUT" => self.input(start),
            "LINE" => self.line_input(start),
            "READ" => {
                self.bump();
                self.places().map(|targets| self.push(StmtKind::Read(targets), start))
            }
            "RESTORE" => self.restore(start),
            "SWAP" => self.swap(start),
            "LSET" | "RSET" => self.set(word == "RSET", start),
            "RANDOMIZE" => self.randomize(start),
            "OPEN" => self.open(start),
            "CLOSE" => self.close(start),
            "RESET" if !self.dialect.inferred => self.alone(StmtKind::Close(Vec::new()), start),
            "GET" | "PUT" => self.transfer(word == "PUT", start),
            "FIELD" => self.field(start),
            "SEEK" => self.seek(start),
            "KILL" => self.one(StmtKind::Kill, start),
            "MKDIR" => self.one(StmtKind::Mkdir, start),
            "RMDIR" => self.one(StmtKind::Rmdir, start),
            "NAME" => self.rename(start),
            "STOP" => self.alone(StmtKind::Stop, start),
            "CLEAR" => self.unread(StmtKind::Clear, start),
            "BYE" | "SYSTEM" => self.alone(StmtKind::Bye, start),
            "BREAK" => self.alone(StmtKind::Break, start),
            _ => return None,
        })
    }

    fn alone(&mut self, kind: StmtKind, start: Span) -> Parsed<()> {
        self.bump();
        self.push(kind, start);
        Ok(())
    }

    fn one(&mut self, make: fn(crate::ast::Expr) -> StmtKind, start: Span) -> Parsed<()> {
        self.bump();
        let value = self.expr()?;
        self.push(make(value), start);
        Ok(())
    }

    /// A statement whose operands are nothing to us.
    fn unread(&mut self, kind: StmtKind, start: Span) -> Parsed<()> {
        while !self.at_end() {
            self.bump();
        }
        self.push(kind, start);
        Ok(())
    }

    /// `#n,` in front of a list, if it is there.
    fn take_channel(&mut self) -> Parsed<Option<crate::ast::Expr>> {
        if !self.take(&Token::Hash) {
            return Ok(None);
        }
        let channel = self.expr()?;
        if !self.take(&Token::Comma) && !self.at_end() {
            return Err(Fault::expected(self.at(), "`,`"));
        }
        Ok(Some(channel))
    }

    /// Behind PRINT or `?`.
    #[inline(never)]
    pub(super) fn print(&mut self, start: Span) -> Parsed<()> {
        let channel = self.take_channel()?;
        let (mut using, mut items, mut outcome) = (None, Vec::new(), Ok(()));
        while !self.at_end() && outcome.is_ok() {
            if using.is_none() && self.take_word("USING") {
                if !items.is_empty() {
                    // What stands before it is a list of its own.
                    items.push(PrintItem::Semicolon);
                    let (channel, items) = (channel.clone(), core::mem::take(&mut items));
                    self.push(StmtKind::Print { channel, using, items }, start);
                }
                using = Some(self.expr()?);
                if !self.take(&Token::Semicolon) && !self.take(&Token::Comma) {
                    return Err(Fault::expected(self.at(), "`;`"));
                }
                continue;
            }
            // What comes before a wrong item is printed.
            let item = self.print_item();
            outcome = item.map(|item| items.push(item));
        }
        if outcome.is_err() {
            items.push(PrintItem::Semicolon);
        }
        self.push(StmtKind::Print { channel, using, items }, start);
        outcome
    }

    fn print_item(&mut self) -> Parsed<PrintItem> {
        if self.take(&Token::Semicolon) {
            return Ok(PrintItem::Semicolon);
        }
        if self.take(&Token::Comma) {
            return Ok(PrintItem::Comma);
        }
        let tab = self.is_word("TAB");
        if (tab || self.is_word("SPC")) && self.look(1) == Some(&Token::Open) {
            self.bump();
            self.bump();
            let value = self.expr()?;
            self.expect(&Token::Close, "`)`")?;
            return Ok(if tab { PrintItem::Tab(value) } else { PrintItem::Spc(value) });
        }
        Ok(PrintItem::Value(self.expr()?))
    }

    fn format(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let open =
            self.is(&Token::Open) && self.tokens.last().is_some_and(|t| t.token == Token::Close);
        if open {
            self.bump();
        }
        let format = self.expr()?;
        let args = if self.take(&Token::Comma) { self.exprs()? } else { Vec::new() };
        if open {
            self.expect(&Token::Close, "`)`")?;
        }
        self.push(StmtKind::Format(format, args), start);
        Ok(())
    }

    fn write(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let channel = self.take_channel()?;
        let (mut items, mut more) = (Vec::new(), !self.at_end());
        while more {
            items.push(self.expr()?);
            more = self.take(&Token::Comma) || self.take(&Token::Semicolon);
        }
        self.push(StmtKind::Write { channel, items }, start);
        Ok(())
    }

    fn input(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        if let Some(channel) = self.take_channel()? {
            let targets = self.places()?;
            self.push(StmtKind::InputFile(channel, targets), start);
            return Ok(());
        }
        let stay = self.take(&Token::Semicolon);
        let mut question = true;
        let prompt = self.take_string();
        if prompt.is_some() && !self.take(&Token::Semicolon) {
            self.expect(&Token::Comma, "`;` or `,`")?;
            question = false;
        }
        let targets = self.places()?;
        self.push(StmtKind::Input { prompt, question, stay, targets }, start);
        Ok(())
    }

    fn line_input(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        if !self.take_word("INPUT") {
            let at = self.at() - 1;
            return Err(Fault::message(
                at,
                text!("LINE draws on a screen, which the device does not have"),
                None,
            ));
        }
        // `LINE INPUT#1`: the lexer has taken the `#` off.
        let channel = self.take_channel()?;
        let stay = self.take(&Token::Semicolon);
        let prompt = self.take_string();
        if prompt.is_some() && !self.take(&Token::Semicolon) {
            self.expect(&Token::Comma, "`;`")?;
        }
        let target = self.place()?;
        self.push(StmtKind::LineInput { channel, prompt, stay, target }, start);
        Ok(())
    }

    fn restore(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let target = if self.at_end() { None } else { Some(self.target()?) };
        self.push(StmtKind::Restore(target), start);
        Ok(())
    }

    fn swap(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let a = self.place()?;
        self.expect(&Token::Comma, "`,`")?;
        let b = self.place()?;
        self.push(StmtKind::Swap(a, b), start);
        Ok(())
    }

    fn set(&mut self, right: bool, start: Span) -> Parsed<()> {
        self.bump();
        let target = self.place()?;
        self.expect(&Token::Operator(BinaryOp::Eq), "`=`")?;
        let value = self.expr()?;
        self.push(StmtKind::Set { right, target, value }, start);
        Ok(())
    }

    pub(super) fn mid_assign(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        self.expect(&Token::Open, "`(`")?;
        let target = self.place()?;
        self.expect(&Token::Comma, "`,`")?;
        let from = self.expr()?;
        let count = if self.take(&Token::Comma) { Some(self.expr()?) } else { None };
        self.expect(&Token::Close, "`)`")?;
        self.expect(&Token::Operator(BinaryOp::Eq), "`=`")?;
        let value = self.expr()?;
        self.push(StmtKind::MidAssign { target, start: from, count, value }, start);
        Ok(())
    }

    fn randomize(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let seed = if self.at_end() { None } else { Some(self.expr()?) };
        self.push(StmtKind::Randomize(seed), start);
        Ok(())
    }

    /// `OPEN path FOR mode AS #n LEN = r`, or GW-BASIC's `OPEN "I", #1, path`.
    fn open(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let first = self.expr()?;
        if self.take(&Token::Comma) {
            return self.open_old(first, start);
        }
        let mut mode = Mode::Random;
        if self.take_keyword(Keyword::For) {
            mode = self.mode()?;
        }
        if self.take_word("ACCESS") {
            while !self.is_word("AS") && !self.at_end() {
                self.bump();
            }
        }
        self.expect_word("AS")?;
        self.take(&Token::Hash);
        let channel = self.expr()?;
        let mut record = None;
        if self.take_word("LEN") {
            self.expect(&Token::Operator(BinaryOp::Eq), "`=`")?;
            record = Some(self.expr()?);
        }
        self.push(StmtKind::Open { path: first, mode, channel, record }, start);
        Ok(())
    }

    fn open_old(&mut self, mode: crate::ast::Expr, start: Span) -> Parsed<()> {
        let at = self.at();
        let letter = match &mode.kind {
            crate::ast::ExprKind::Str(text) => text.to_ascii_uppercase(),
            _ => String::new(),
        };
        // GW-BASIC looks at the first letter.
        let mode = match letter.get(..1).unwrap_or_default() {
            "I" => Mode::Input,
            "O" => Mode::Output,
            "A" => Mode::Append,
            "R" => Mode::Random,
            _ if self.dialect.late_errors => {
                return self.unread(StmtKind::Wrong { code: 54, tail: false }, start);
            }
            _ => {
                return Err(Fault::message(
                    at,
                    text!("the mode of OPEN is \"I\", \"O\", \"A\" or \"R\""),
                    None,
                ));
            }
        };
        self.take(&Token::Hash);
        let channel = self.expr()?;
        self.expect(&Token::Comma, "`,`")?;
        let path = self.expr()?;
        let record = if self.take(&Token::Comma) { Some(self.expr()?) } else { None };
        self.push(StmtKind::Open { path, mode, channel, record }, start);
        Ok(())
    }

    fn mode(&mut self) -> Parsed<Mode> {
        let at = self.at();
        let name = self.name()?;
        Ok(match name.text.as_str() {
            "INPUT" => Mode::Input,
            "OUTPUT" => Mode::Output,
            "APPEND" => Mode::Append,
            "RANDOM" => Mode::Random,
            "BINARY" => Mode::Binary,
            _ => return Err(Fault::expected(at, "INPUT, OUTPUT, APPEND, RANDOM or BINARY")),
        })
    }

    fn close(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let (mut channels, mut outcome) = (Vec::new(), Ok(()));
        while outcome.is_ok() && (channels.is_empty() && !self.at_end() || self.take(&Token::Comma))
        {
            self.take(&Token::Hash);
            outcome = self.expr().map(|channel| channels.push(channel));
        }
        if outcome.is_ok() || !channels.is_empty() {
            self.push(StmtKind::Close(channels), start);
        }
        outcome
    }

    fn transfer(&mut self, put: bool, start: Span) -> Parsed<()> {
        self.bump();
        self.take(&Token::Hash);
        let channel = self.expr()?;
        let (mut record, mut target) = (None, None);
        if self.take(&Token::Comma) {
            if !self.is(&Token::Comma) {
                record = Some(self.expr()?);
            }
            if self.take(&Token::Comma) {
                target = Some(self.place()?);
            }
        }
        self.push(StmtKind::Transfer { put, channel, record, target }, start);
        Ok(())
    }

    fn field(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        self.take(&Token::Hash);
        let channel = self.expr()?;
        let mut parts = Vec::new();
        while self.take(&Token::Comma) {
            let width = self.expr()?;
            self.expect_word("AS")?;
            parts.push((width, self.place()?));
        }
        self.push(StmtKind::Layout(channel, parts), start);
        Ok(())
    }

    fn seek(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        self.take(&Token::Hash);
        let channel = self.expr()?;
        self.expect(&Token::Comma, "`,`")?;
        let at = self.expr()?;
        self.push(StmtKind::Seek(channel, at), start);
        Ok(())
    }

    fn rename(&mut self, start: Span) -> Parsed<()> {
        self.bump();
        let from = self.expr()?;
        self.expect_word("AS")?;
        let to = self.expr()?;
        self.push(StmtKind::Rename(from, to), start);
        Ok(())
    }
}
