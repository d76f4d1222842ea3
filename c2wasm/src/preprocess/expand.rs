//! Uses of macros: finding arguments, starting an expansion (C11 6.10.3, 6.10.3.4).

use super::macros::{Builtin, Macro, MacroKind};
use super::substitute::{Argument, Use};
use super::{EXPANSION_LIMIT, Preprocessor, TOTAL_EXPANSION_LIMIT};
use crate::codes;
use crate::lex::{Flags, Kind, Token};
use crate::names::Name;
use crate::session::Session;
use alloc::{rc::Rc, string::String, vec, vec::Vec};
use wasm_common::text::{format, replaced, text};

impl Preprocessor {
    /// Begins the expansion of `token`, which names `definition`; false if it is no use of it
    /// (a function-like macro's name without parenthesis).
    pub(super) fn expand(
        &mut self,
        token: Token,
        definition: Rc<Macro>,
        session: &mut Session<'_>,
    ) -> bool {
        let args = match &definition.kind {
            MacroKind::Builtin(builtin) => return self.expand_builtin(token, *builtin, session),
            MacroKind::Object => Vec::new(),
            MacroKind::Function { params, variadic } => {
                if !self.open_parenthesis(session) {
                    return false;
                }
                let (count, variadic) = (params.len(), *variadic);
                match self.arguments(token, count, variadic, session) {
                    Some(args) => args,
                    // The use is dropped, as the message said.
                    None => return true,
                }
            }
        };
        if self.contexts.iter().all(|context| context.definition.is_none()) {
            session.expansions.record(token.span, token.name, definition.definition);
        }
        let args = self.expand_arguments(token, &definition, args, session);
        let one = Use { definition: &definition, args: &args, site: token.span };
        let mut tokens = one.substitute(session);
        if !self.count(tokens.len(), token, session) {
            return true;
        }
        if let Some(first) = tokens.first_mut() {
            let keep = Flags::SPACE.with(Flags::LINE_START);
            first.flags = first.flags.without(keep);
        }
        definition.disabled.set(true);
        self.push_context(tokens, Some(definition), false);
        let pragmas = core::mem::take(&mut self.put_aside);
        if !pragmas.is_empty() {
            self.push_context(pragmas, None, false);
        }
        true
    }

    /// Counts tokens made; false, with an error, beyond the limits.
    fn count(&mut self, made: usize, token: Token, session: &mut Session<'_>) -> bool {
        self.expanded += made + 1;
        self.expanded_in_all += made + 1;
        if self.expanded <= EXPANSION_LIMIT && self.expanded_in_all <= TOTAL_EXPANSION_LIMIT {
            return true;
        }
        if self.stopped {
            return false;
        }
        let name = token.text(&session.names);
        let text =
            format!("the expansion of macro `{name}` makes more than {EXPANSION_LIMIT} tokens");
        let help = text!("macros whose bodies use other macros more than once multiply");
        session.report(codes::EXPANSION_LIMIT.error(token.span, text).help(help));
        self.stop();
        false
    }

    /// Whether `(` comes next; then it is read. Otherwise nothing is.
    fn open_parenthesis(&mut self, session: &mut Session<'_>) -> bool {
        let keep_file = core::mem::replace(&mut self.keep_file, true);
        let token = self.pull(session);
        self.keep_file = keep_file;
        if token.kind != Kind::LParen {
            let at_barrier = self.contexts.last().is_some_and(|c| c.barrier);
            if !(token.kind == Kind::Eof && (at_barrier || self.contexts.is_empty())) {
                self.push_context(vec![token], None, false);
            }
            return false;
        }
        true
    }

    /// The arguments up to `)`, as written; an error and `None` if they do not fit.
    fn arguments(
        &mut self,
        macro_name: Token,
        count: usize,
        variadic: bool,
        session: &mut Session<'_>,
    ) -> Option<Vec<Argument>> {
        let keep_file = core::mem::replace(&mut self.keep_file, true);
        let read = self.read_arguments(if variadic { count } else { usize::MAX }, session);
        self.keep_file = keep_file;
        let Some(mut args) = read else {
            let name = macro_name.text(&session.names);
            let text = format!("expected `)` to end the arguments of macro `{name}`");
            session.report(codes::MACRO_ARGUMENTS.error(macro_name.span, text));
            return None;
        };
        let only_empty = args.len() == 1 && args[0].raw.is_empty();
        if count == 0 && only_empty {
            return Some(Vec::new());
        }
        if variadic && args.len() + 1 == count {
            args.push(Argument { absent: true, ..Argument::default() });
        }
        if args.len() == count {
            // Strict C keeps the comma of `, ## __VA_ARGS__` if there is no other parameter.
            args[0].absent |= only_empty && self.options.standard.gnu;
            return Some(args);
        }
        let given = if only_empty { 0 } else { args.len() };
        let least = if variadic { "at least " } else { "" };
        let needed = if variadic { count - 1 } else { count };
        let name = macro_name.text(&session.names);
        let text = format!("macro `{name}` takes {least}{needed} arguments; {given} given");
        let diagnostic = codes::MACRO_ARGUMENTS.error(macro_name.span, text);
        let defined = self.macros.get(macro_name.name).and_then(|m| m.definition);
        session.report(match defined {
            Some(span) => diagnostic.label(span, text!("it is defined here")),
            None => diagnostic,
        });
        None
    }

    /// What stands between commas up to `)`; in argument number `last` commas do not count.
    /// `None` if the end comes first. Pragmas among them are put aside.
    fn read_arguments(&mut self, last: usize, session: &mut Session<'_>) -> Option<Vec<Argument>> {
        let mut args = vec![Argument::default()];
        let mut depth = 0;
        loop {
            let mut token = self.pull(session);
            match token.kind {
                Kind::Eof => return None,
                Kind::Pragma => {
                    self.put_aside.push(token);
                    continue;
                }
                Kind::RParen if depth == 0 => return Some(args),
                Kind::Comma if depth == 0 && args.len() != last => {
                    args.push(Argument::default());
                    continue;
                }
                Kind::LParen => depth += 1,
                Kind::RParen => depth -= 1,
                Kind::Ident if self.macros.get(token.name).is_some_and(|m| m.disabled.get()) => {
                    token.flags = token.flags.with(Flags::PAINTED);
                }
                _ => {}
            }
            if token.flags.has(Flags::LINE_START) {
                token.flags = token.flags.without(Flags::LINE_START).with(Flags::SPACE);
            }
            args.last_mut()?.raw.push(token);
        }
    }

    /// Expands each argument that is substituted and has something to expand.
    fn expand_arguments(
        &mut self,
        macro_name: Token,
        definition: &Macro,
        mut args: Vec<Argument>,
        session: &mut Session<'_>,
    ) -> Vec<Argument> {
        self.macros.meet(self.options.standard, session);
        for (index, arg) in args.iter_mut().enumerate() {
            let changes = |t: &Token| {
                t.kind == Kind::Ident
                    && !t.flags.has(Flags::PAINTED)
                    && self.macros.get(t.name).is_some()
            };
            if arg.raw.iter().any(changes) && definition.expands(index) {
                arg.expanded = self.expand_argument(macro_name, &arg.raw, session);
            }
        }
        args
    }

    /// `raw` fully expanded as if it were all there is; `None` beyond the limits: each level of
    /// nested uses copies what is inside, which counts as made.
    fn expand_argument(
        &mut self,
        macro_name: Token,
        raw: &[Token],
        session: &mut Session<'_>,
    ) -> Option<Vec<Token>> {
        if !self.count(raw.len(), macro_name, session) {
            return None;
        }
        if self.argument_depth >= self.options.max_nesting {
            let text = format!("macro arguments nest more than {} deep", self.argument_depth);
            session.report(codes::NESTING.error(raw[0].span, text));
            self.stop();
            return None;
        }
        self.argument_depth += 1;
        let expanded = self.expand_list(raw.to_vec(), session);
        self.argument_depth -= 1;
        Some(expanded)
    }

    /// `tokens` fully expanded as if they were all there is.
    pub(super) fn expand_list(
        &mut self,
        tokens: Vec<Token>,
        session: &mut Session<'_>,
    ) -> Vec<Token> {
        let carried = core::mem::take(&mut self.carried);
        self.push_context(tokens, None, true);
        let depth = self.contexts.len();
        let mut expanded = Vec::new();
        loop {
            let token = self.next(session);
            if token.kind == Kind::Eof {
                break;
            }
            expanded.push(token);
        }
        while self.contexts.len() >= depth {
            self.leave_context();
        }
        self.carried = carried;
        expanded
    }

    /// Builtins put their tokens in place, or act.
    fn expand_builtin(
        &mut self,
        token: Token,
        builtin: Builtin,
        session: &mut Session<'_>,
    ) -> bool {
        let text = match builtin {
            // Of an argument nothing is carried out before it is in its place.
            Builtin::Pragma if self.argument_depth > 0 => return false,
            Builtin::Pragma => return self.pragma_operator(token, session),
            Builtin::Line => format!("{}", self.presumed_line(token.span, session)),
            Builtin::File => quoted(&self.presumed_file(session)),
            Builtin::BaseFile => {
                let main = self.files.first().map(|f| f.lexer.file()).unwrap_or_default();
                quoted(&session.sources.file(main).name)
            }
            Builtin::Counter => {
                self.counter += 1;
                format!("{}", self.counter - 1)
            }
            Builtin::IncludeLevel => format!("{}", self.files.len().saturating_sub(1)),
        };
        let kind = if text.starts_with('"') { Kind::String } else { Kind::Number };
        let (name, flags) = (session.names.intern(&text), Flags::NONE);
        self.push_context(vec![Token { kind, flags, name, span: token.span }], None, false);
        true
    }

    /// `_Pragma("...")` (C11 6.10.9).
    fn pragma_operator(&mut self, operator: Token, session: &mut Session<'_>) -> bool {
        let complain = |session: &mut Session<'_>| {
            let text = text!("`_Pragma` takes one string in parentheses");
            session.report(codes::BAD_DIRECTIVE.error(operator.span, text));
        };
        if !self.open_parenthesis(session) {
            complain(session);
            return true;
        }
        let Some(mut arguments) = self.arguments(operator, 1, false, session) else { return true };
        // The string may come from a macro.
        let raw = core::mem::take(&mut arguments[0].raw);
        let expands = !raw.is_empty() && raw[0].kind != Kind::String;
        let operand =
            if expands { self.expand_argument(operator, &raw, session) } else { Some(raw) };
        let Some([argument @ Token { kind: Kind::String, .. }]) = operand.as_deref() else {
            complain(session);
            return true;
        };
        let literal = argument.text(&session.names);
        let quoted = literal.trim_start_matches(['L', 'u', 'U', '8']);
        let inner = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or("");
        let text = replaced(&replaced(inner, "\\\"", "\""), "\\\\", "\\");
        let mut line = crate::lex::lex_text(&text, operator.span, &mut session.names);
        // A pragma of a macro stands where the macro is used.
        let used = self.files.last().and_then(|reading| reading.lexer.here());
        if let Some(token) = self.pragma(&mut line, used.unwrap_or(operator.span), session) {
            self.push_context(vec![token], None, false);
        }
        true
    }

    /// The name for `#pragma` tokens and others made from text.
    pub(super) fn spelled(&self, tokens: &[Token], session: &mut Session<'_>) -> Name {
        let mut text = String::new();
        for (index, token) in tokens.iter().enumerate() {
            if index > 0 && token.spaced() {
                text.push(' ');
            }
            text.push_str(token.text(&session.names));
        }
        session.names.intern(&text)
    }
}

/// `text` as a string literal.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
