//! Directives: what stands after `#` at the start of a line (C11 6.10).
//!
//! In: the line's tokens, taken from the innermost file. Out: effects on macros, conditionals
//! and the stack of files; `#pragma` may give a token.

use super::Preprocessor;
use crate::codes;
use crate::lex::{Flags, Kind, Token};
use crate::session::Session;
use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};
use wasm_common::diag::nearest::nearest;
use wasm_common::source::Span;
use wasm_common::text::{format, replaced, text};

/// An open `#if`.
pub(super) struct Conditional {
    /// The directive.
    opened: Span,
    /// One of its groups was taken, so later ones are not.
    taken: bool,
    /// `#else` was met.
    else_at: Option<Span>,
}

impl Preprocessor {
    /// Carries out the directive after `hash`.
    pub(super) fn directive(&mut self, hash: Token, session: &mut Session<'_>) {
        let keep_file = core::mem::replace(&mut self.keep_file, true);
        let carried = core::mem::take(&mut self.carried);
        let word = self.line_token(session);
        if let Some(word) = word {
            self.carry_out(hash, word, session);
        }
        self.carried = carried;
        self.keep_file = keep_file;
    }

    fn carry_out(&mut self, hash: Token, word: Token, session: &mut Session<'_>) {
        let name = word.text(&session.names).to_string();
        let span = hash.span.to(word.span);
        match name.as_str() {
            "define" => {
                let line = self.line(session);
                self.macros.define(&line, word.span, false, session);
            }
            "undef" => self.undef(word, session),
            "include" | "include_next" | "import" => {
                let line = self.line(session);
                self.include(&name, line, word.span, session);
            }
            "if" => {
                let line = self.line(session);
                let taken = self.condition(line, word.span, session);
                self.open_conditional(span, taken, session);
            }
            "ifdef" | "ifndef" => {
                let defined = self.one_name(word, session).map(|n| self.is_defined(n, session));
                let taken = defined.is_some_and(|defined| defined == (name == "ifdef"));
                self.open_conditional(span, taken, session);
            }
            "elif" | "elifdef" | "elifndef" | "else" | "endif" => {
                // Only met at the end of a group that was taken.
                self.line_end(&name, session);
                self.after_group(&name, span, session);
            }
            "line" => self.line_directive(word, session),
            "error" | "warning" => {
                let line = self.line(session);
                let name_of_all = self.spelled(&line, session);
                let text = session.names.text(name_of_all).to_string();
                session.report(match name.as_str() {
                    "error" => codes::USER_ERROR.error(span, format!("#error {text}")),
                    _ => codes::USER_WARNING.warning(span, format!("#warning {text}")),
                });
            }
            "pragma" => {
                let mut line = self.line(session);
                if let Some(token) = self.pragma(&mut line, span, session) {
                    self.push_context(vec![token], None, false);
                }
            }
            "ident" | "sccs" => drop(self.line(session)),
            "assert" | "unassert" => {
                self.line(session);
                let text = format!("`#{name}` is ignored");
                session.report(codes::BAD_DIRECTIVE.warning(span, text));
            }
            _ if word.kind == Kind::Number => self.line_marker(word, session),
            _ => {
                self.line(session);
                let text = format!("unknown directive `#{name}`");
                let diagnostic = codes::BAD_DIRECTIVE.error(span, text);
                session.report(match nearest(&name, DIRECTIVES.into_iter()) {
                    Some(near) => diagnostic.help(format!("did you mean `#{near}`?")),
                    None => diagnostic,
                });
            }
        }
    }

    /// The next token of the directive's line.
    fn line_token(&mut self, session: &mut Session<'_>) -> Option<Token> {
        let reading = self.files.last_mut().filter(|reading| !reading.lexer.is_at_line_end())?;
        let token = reading.lexer.peek(session.sources, &mut session.names);
        if token.flags.has(Flags::LINE_START) || token.kind == Kind::Eof {
            return None;
        }
        if token.kind == Kind::OpenComment {
            return None;
        }
        Some(reading.lexer.next(session.sources, &mut session.names))
    }

    /// The rest of the directive's line.
    pub(super) fn line(&mut self, session: &mut Session<'_>) -> Vec<Token> {
        let mut tokens = Vec::new();
        while let Some(token) = self.line_token(session) {
            tokens.push(token);
        }
        self.macros.meet(self.options.standard, session);
        tokens
    }

    /// Warns of tokens after a directive that takes none.
    fn line_end(&mut self, name: &str, session: &mut Session<'_>) {
        let line = self.line(session);
        if let (Some(first), "else" | "endif") = (line.first(), name) {
            let text = format!("extra tokens after `#{name}`");
            session.report(codes::EXTRA_TOKENS.warning(first.span, text));
        }
    }

    /// The one name after `#ifdef` and such.
    fn one_name(&mut self, word: Token, session: &mut Session<'_>) -> Option<Token> {
        let line = self.line(session);
        match line.first() {
            Some(name) if name.kind == Kind::Ident => {
                if let Some(extra) = line.get(1) {
                    let text = text!("extra tokens after the macro name");
                    session.report(codes::EXTRA_TOKENS.warning(extra.span, text));
                }
                Some(*name)
            }
            other => {
                let span = other.map_or(word.span, |t| t.span);
                let text = format!("expected a macro name after `#{}`", word.text(&session.names));
                session.report(codes::BAD_DIRECTIVE.error(span, text));
                None
            }
        }
    }

    fn undef(&mut self, word: Token, session: &mut Session<'_>) {
        if let Some(name) = self.one_name(word, session) {
            self.macros.undefine(name.name);
        }
    }

    /// Whether `name` is a macro, or one of the operators of `#if`.
    pub(super) fn is_defined(&self, name: Token, session: &Session<'_>) -> bool {
        let operator = || super::condition::is_operator(name.text(&session.names));
        self.macros.get(name.name).is_some() || operator()
    }

    /// Begins an `#if`; skips its first group unless `taken`.
    fn open_conditional(&mut self, opened: Span, taken: bool, session: &mut Session<'_>) {
        if let Some(reading) = self.files.last_mut() {
            reading.conditionals.push(Conditional { opened, taken, else_at: None });
            if !taken {
                self.skip_groups(session);
            }
        }
    }

    /// `#elif`, `#else` or `#endif` at the end of a group that was read.
    fn after_group(&mut self, name: &str, span: Span, session: &mut Session<'_>) {
        let Some(conditional) = self.files.last_mut().and_then(|r| r.conditionals.last_mut())
        else {
            let text = format!("`#{name}` without `#if`");
            session.report(codes::UNBALANCED_CONDITIONAL.error(span, text));
            return;
        };
        if name == "endif" {
            self.files.last_mut().map(|r| r.conditionals.pop());
            return;
        }
        conditional.taken = true;
        note_else(conditional, name, span, session);
        self.skip_groups(session);
    }

    /// Skips groups of the innermost conditional up to one that is taken or past `#endif`.
    fn skip_groups(&mut self, session: &mut Session<'_>) {
        let mut depth = 0;
        while let Some(reading) = self.files.last_mut() {
            reading.lexer.skip_to_directive(session.sources);
            let hash = reading.lexer.peek(session.sources, &mut session.names);
            if hash.kind == Kind::Eof {
                return;
            }
            reading.lexer.next(session.sources, &mut session.names);
            let Some(word) = self.line_token(session) else { continue };
            let name = word.text(&session.names).to_string();
            match name.as_str() {
                "if" | "ifdef" | "ifndef" => depth += 1,
                "endif" if depth > 0 => depth -= 1,
                "endif" => {
                    self.line_end("endif", session);
                    self.files.last_mut().map(|r| r.conditionals.pop());
                    return;
                }
                "else" | "elif" | "elifdef" | "elifndef"
                    if depth == 0 && self.takes_group(&name, word, session) =>
                {
                    return;
                }
                _ => {}
            }
        }
    }

    /// Whether the group after this `#elif` or `#else` of the innermost conditional is taken.
    fn takes_group(&mut self, name: &str, word: Token, session: &mut Session<'_>) -> bool {
        let Some(conditional) = self.files.last_mut().and_then(|r| r.conditionals.last_mut())
        else {
            return true;
        };
        note_else(conditional, name, word.span, session);
        if conditional.taken {
            return false;
        }
        let takes = match name {
            "else" => {
                self.line_end("else", session);
                true
            }
            "elif" => {
                let line = self.line(session);
                self.condition(line, word.span, session)
            }
            _ => {
                let defined = self.one_name(word, session).map(|n| self.is_defined(n, session));
                defined.is_some_and(|defined| defined == (name == "elifdef"))
            }
        };
        if let Some(conditional) = self.files.last_mut().and_then(|r| r.conditionals.last_mut()) {
            conditional.taken = takes;
        }
        takes
    }

    /// Reports the `#if`s that are open at the end of the innermost file.
    pub(super) fn check_conditionals(&mut self, session: &mut Session<'_>) {
        let Some(reading) = self.files.last_mut() else { return };
        for conditional in core::mem::take(&mut reading.conditionals) {
            let text = text!("conditional without `#endif`");
            session.report(codes::UNBALANCED_CONDITIONAL.error(conditional.opened, text));
        }
    }

    /// `#line 12 "file"`, after expansion.
    fn line_directive(&mut self, word: Token, session: &mut Session<'_>) {
        let line = self.line(session);
        let line = self.expand_list(line, session);
        let (number, rest) = match line.split_first() {
            Some((number, rest)) if number.kind == Kind::Number => (*number, rest),
            _ => {
                let text = text!("expected a line number after `#line`");
                session.report(codes::BAD_DIRECTIVE.error(word.span, text));
                return;
            }
        };
        self.set_line(number, rest, session);
        if let Some(extra) = rest.get(1) {
            let text = text!("extra tokens after the file name");
            session.report(codes::EXTRA_TOKENS.warning(extra.span, text));
        }
    }

    /// GNU's `# 12 "file" flags`, as `-E` prints.
    fn line_marker(&mut self, number: Token, session: &mut Session<'_>) {
        let rest = self.line(session);
        self.set_line(number, &rest, session);
    }

    fn set_line(&mut self, number: Token, rest: &[Token], session: &mut Session<'_>) {
        let digits = number.text(&session.names);
        let decimal = digits.bytes().all(|b| b.is_ascii_digit());
        let Some(value) = digits.parse::<u32>().ok().filter(|_| decimal) else {
            let text = text!("line numbers are decimal and below 4294967296");
            session.report(codes::BAD_DIRECTIVE.error(number.span, text));
            return;
        };
        let physical = session.sources.line_col(number.span).0;
        let unquoted = |token: &Token| {
            let text = token.text(&session.names).strip_prefix('"')?;
            text.strip_suffix('"').map(|text| replaced(text, "\\\\", "\\"))
        };
        let name = match rest.first() {
            None => None,
            Some(file) if unquoted(file).is_some() => unquoted(file),
            Some(other) => {
                let text = text!("expected a file name in quotes after the line number");
                session.report(codes::BAD_DIRECTIVE.error(other.span, text));
                return;
            }
        };
        let shift = i64::from(value) - i64::from(physical) - 1;
        let span = number.span;
        session.sources.add_line_directive(span.file(), span.end(), name.as_deref(), shift);
        if let Some(reading) = self.files.last_mut() {
            reading.line_offset = shift;
            if name.is_some() {
                reading.presumed = name;
            }
        }
    }

    /// The line of `span` as `__LINE__` shows it.
    pub(super) fn presumed_line(&self, span: Span, session: &Session<'_>) -> i64 {
        let physical = i64::from(session.sources.line_col(span).0);
        let offset = self.files.iter().rev().find(|r| r.lexer.file() == span.file());
        physical + offset.map_or(0, |r| r.line_offset)
    }

    /// The file's name as `__FILE__` shows it.
    pub(super) fn presumed_file(&self, session: &Session<'_>) -> String {
        let Some(reading) = self.files.last() else { return String::new() };
        let name = || session.sources.file(reading.lexer.file()).name.clone();
        reading.presumed.clone().unwrap_or_else(name)
    }

    /// Carries out a pragma of the preprocessor; others become a token for the parser.
    pub(super) fn pragma(
        &mut self,
        line: &mut [Token],
        site: Span,
        session: &mut Session<'_>,
    ) -> Option<Token> {
        let word = line.first().map_or("", |t| t.text(&session.names));
        match word {
            "once" => {
                let file = self.files.last()?.lexer.file();
                self.once.push(file);
                return None;
            }
            "push_macro" | "pop_macro" => {
                let push = word == "push_macro";
                let string = line.get(2).filter(|t| t.kind == Kind::String)?;
                let text = string.text(&session.names).trim_matches('"').to_string();
                let name = session.names.intern(&text);
                self.macros.meet(self.options.standard, session);
                if push {
                    self.macros.push(name)
                } else {
                    self.macros.pop(name)
                }
                return None;
            }
            _ => {}
        }
        if let Some(first) = line.first_mut() {
            first.flags = Flags::NONE;
        }
        let name = self.spelled(line, session);
        Some(Token { kind: Kind::Pragma, flags: Flags::LINE_START, name, span: site })
    }
}

/// Marks the `#else` of a conditional; complains of a second one and of `#elif` after it.
fn note_else(conditional: &mut Conditional, name: &str, span: Span, session: &mut Session<'_>) {
    if let Some(first) = conditional.else_at {
        let text = format!("`#{name}` after `#else`");
        let diagnostic = codes::UNBALANCED_CONDITIONAL.error(span, text);
        session.report(diagnostic.label(first, text!("the `#else` is here")));
    } else if name == "else" {
        conditional.else_at = Some(span);
    }
}

/// The directives, for suggestions.
const DIRECTIVES: [&str; 14] = [
    "define", "undef", "include", "if", "ifdef", "ifndef", "elif", "else", "endif", "line",
    "error", "warning", "pragma", "elifdef",
];
