//! Argument substitution, `#` and `##` (C11 6.10.3.1 to 6.10.3.3).
//!
//! In: a macro's body and its arguments. Out: the tokens that are rescanned.

use super::macros::Macro;
use crate::codes;
use crate::lex::{Flags, Kind, Token, lex_text};
use crate::names::Name;
use crate::session::Session;
use alloc::{string::String, vec::Vec};
use wasm_common::source::Span;
use wasm_common::text::format;

/// One argument.
#[derive(Debug, Default)]
pub(super) struct Argument {
    /// As written.
    pub(super) raw: Vec<Token>,
    /// Fully expanded; `None` if that changes nothing or nobody asks.
    pub(super) expanded: Option<Vec<Token>>,
    /// Not even a comma was there for it.
    pub(super) absent: bool,
}

impl Argument {
    fn expanded(&self) -> &[Token] {
        self.expanded.as_deref().unwrap_or(&self.raw)
    }
}

/// One use of a macro.
pub(super) struct Use<'m> {
    pub(super) definition: &'m Macro,
    pub(super) args: &'m [Argument],
    /// Where the user wrote it.
    pub(super) site: Span,
}

impl Use<'_> {
    /// The body with the arguments in their places; all of the body's tokens lie at the site.
    pub(super) fn substitute(&self, session: &mut Session<'_>) -> Vec<Token> {
        let mut out = Vec::with_capacity(self.definition.body.len());
        self.part(&self.definition.body, &mut out, session);
        out.retain(|t| t.kind != Kind::Placemarker);
        out
    }

    /// Substitutes in `body`, the whole body or the inside of a `__VA_OPT__`.
    fn part(&self, body: &[Token], out: &mut Vec<Token>, session: &mut Session<'_>) {
        let mut at = 0;
        let mut pasting = false;
        let is_function = !self.args.is_empty();
        while let Some(token) = body.get(at) {
            let start = out.len();
            let operand_at = at;
            let mut flags = token.flags;
            if token.kind == Kind::Hash && is_function {
                at += 1;
                let quoted = self.stringized(body, &mut at, session);
                out.push(quoted);
            } else if let Some(inside) = self.va_opt(body, at, session) {
                at = inside.end + 1;
                if self.has_variable_arguments() {
                    self.part(&body[inside], out, session);
                }
                if out.len() == start {
                    out.push(self.placemarker());
                }
            } else if let Some(index) = self.definition.parameter(token) {
                at += 1;
                let before_paste = body.get(at).is_some_and(|t| t.kind == Kind::HashHash);
                if pasting && self.swallows_comma(index, out) {
                    pasting = false;
                    out.extend_from_slice(self.args[index].expanded());
                } else if pasting || before_paste {
                    out.extend_from_slice(&self.args[index].raw);
                } else {
                    out.extend_from_slice(self.args[index].expanded());
                }
                if out.len() == start && (pasting || before_paste) {
                    out.push(self.placemarker());
                }
            } else {
                at += 1;
                out.push(Token { span: self.site, ..*token });
                flags = token.flags;
            }
            debug_assert!(at > operand_at);
            if let Some(first) = out.get_mut(start) {
                let keep = Flags::SPACE.with(Flags::LINE_START);
                first.flags = first.flags.without(keep).with(space_of(flags));
            }
            if pasting && out.len() > start {
                self.paste(start, out, session);
            }
            pasting = false;
            while body.get(at).is_some_and(|t| t.kind == Kind::HashHash) {
                pasting = true;
                at += 1;
            }
        }
    }

    /// GNU's `, ## __VA_ARGS__`: the comma goes if no variable argument is given, and nothing
    /// is pasted if one is.
    fn swallows_comma(&self, index: usize, out: &mut Vec<Token>) -> bool {
        let comma = out.last().is_some_and(|t| t.kind == Kind::Comma);
        if !comma || !self.definition.is_variadic(index) {
            return false;
        }
        if self.args[index].absent {
            out.pop();
        }
        true
    }

    /// Whether the variadic argument has any tokens after expansion.
    fn has_variable_arguments(&self) -> bool {
        self.args.last().is_some_and(|last| !last.expanded().is_empty())
    }

    /// The inside of a `__VA_OPT__(...)` at `at`, as a range of `body`.
    fn va_opt(
        &self,
        body: &[Token],
        at: usize,
        session: &Session<'_>,
    ) -> Option<core::ops::Range<usize>> {
        let last = self.args.len().checked_sub(1)?;
        let word = body[at].kind == Kind::Ident && body[at].text(&session.names) == "__VA_OPT__";
        if !word || !self.definition.is_variadic(last) || body.get(at + 1)?.kind != Kind::LParen {
            return None;
        }
        let mut depth = 0;
        for (end, token) in body.iter().enumerate().skip(at + 1) {
            match token.kind {
                Kind::LParen => depth += 1,
                Kind::RParen => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(at + 2..end);
            }
        }
        None
    }

    /// `#` before the operand at `at`, which is moved past it.
    fn stringized(&self, body: &[Token], at: &mut usize, session: &mut Session<'_>) -> Token {
        let tokens = if let Some(inside) = self.va_opt(body, *at, session) {
            *at = inside.end + 1;
            let mut tokens = Vec::new();
            if self.has_variable_arguments() {
                self.part(&body[inside], &mut tokens, session);
            }
            tokens
        } else {
            let index = body.get(*at).and_then(|t| self.definition.parameter(t));
            *at += 1;
            index.map(|i| self.args[i].raw.clone()).unwrap_or_default()
        };
        let name = session.names.intern(&stringize(&tokens, session));
        Token { kind: Kind::String, flags: Flags::NONE, name, span: self.site }
    }

    fn placemarker(&self) -> Token {
        Token { kind: Kind::Placemarker, flags: Flags::NONE, name: Name::EMPTY, span: self.site }
    }

    /// Makes one token of those before and at `right`.
    fn paste(&self, right: usize, out: &mut Vec<Token>, session: &mut Session<'_>) {
        let Some(left) = right.checked_sub(1) else { return };
        let (a, b) = (out[left], out[right]);
        let joined = if a.kind == Kind::Placemarker {
            Token { flags: a.flags, ..b }
        } else if b.kind == Kind::Placemarker {
            a
        } else {
            let text = format!("{}{}", a.text(&session.names), b.text(&session.names));
            match lex_text(&text, self.site, &mut session.names)[..] {
                [one] if !text.starts_with("/*") => Token { flags: a.flags, ..one },
                _ => {
                    let text = format!(
                        "`{}` and `{}` do not make one token",
                        a.text(&session.names),
                        b.text(&session.names)
                    );
                    session.report(codes::BAD_PASTE.error(self.site, text));
                    return;
                }
            }
        };
        out[left] = joined;
        out.remove(right);
    }
}

/// White space of any kind becomes a space.
fn space_of(flags: Flags) -> Flags {
    let spaced = flags.has(Flags::SPACE.with(Flags::LINE_START));
    if spaced { Flags::SPACE } else { Flags::NONE }
}

/// The string literal with the spelling of `tokens` (C11 6.10.3.2).
fn stringize(tokens: &[Token], session: &Session<'_>) -> String {
    let mut text = String::from("\"");
    for (index, token) in tokens.iter().filter(|t| t.kind != Kind::Placemarker).enumerate() {
        if index > 0 && token.spaced() {
            text.push(' ');
        }
        let literal = matches!(token.kind, Kind::String | Kind::Char | Kind::OpenLiteral);
        for c in token.text(&session.names).chars() {
            if literal && matches!(c, '"' | '\\') {
                text.push('\\');
            }
            text.push(c);
        }
    }
    // A lone backslash is a token of its own and would take the closing quote with it.
    let backslashes = text.bytes().rev().take_while(|&b| b == b'\\').count();
    if backslashes % 2 == 1 {
        text.pop();
    }
    text.push('"');
    text
}
