//! What all grammar files stand on: the input, the state, the error, and single tokens.
//!
//! The input is the token slice of one top-level item, closed by [`Kind::Eof`]. Grammar functions
//! take chumsky's `InputRef` and give [`Parsed`]; `custom(function)` makes them parsers, and
//! `input.parse(parser)` calls parsers from them.

use super::scope::Typedefs;
use crate::ast::Ident;
use crate::codes;
use crate::lex::{Flags, Kind, Token};
use crate::names::{Name, Names};
use crate::session::Standard;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use chumsky::{
    DefaultExpected, Parser,
    error::{Error, LabelError},
    extra,
    input::{Checkpoint, Cursor, InputRef},
    inspector::Inspector,
    prelude::{SimpleSpan, custom},
    util::MaybeRef,
};
use wasm_common::text::{format, text};
use wasm_common::{diag::Diagnostic, source::Span};

/// The tokens of one item.
pub(super) type Tokens<'t> = &'t [Token];
/// Error and state, as chumsky wants them named.
pub(super) type Extra = extra::Full<SyntaxError, State, ()>;
/// Where a grammar function reads.
pub(super) type Input<'t, 'p> = InputRef<'t, 'p, Tokens<'t>, Extra>;
/// What a grammar function gives.
pub(super) type Parsed<T> = Result<T, SyntaxError>;

/// What the grammar knows besides the tokens. It owns the names and typedefs while an item is
/// parsed: chumsky's state cannot borrow what lives shorter than the tokens.
pub(super) struct State {
    pub(super) names: Names,
    pub(super) typedefs: Typedefs,
    pub(super) standard: Standard,
    /// Messages so far, besides the error that ends the parse.
    pub(super) messages: Vec<Diagnostic>,
    /// Names in what was skipped: their declarations may be missing.
    pub(super) tainted: Vec<Name>,
    pub(super) depth: u32,
    pub(super) max_depth: u32,
    /// The nesting limit was met: everything ends.
    pub(super) too_deep: bool,
    /// The token where a new top-level item seems to begin although this one is not closed.
    pub(super) next_item: Option<usize>,
    /// The token after the item.
    pub(super) end: usize,
}

impl<'t> Inspector<'t, Tokens<'t>> for State {
    type Checkpoint = ();
    fn on_token(&mut self, _: &Token) {}
    fn on_save<'p>(&self, _: &Cursor<'t, 'p, Tokens<'t>>) {}
    fn on_rewind<'p>(&mut self, _: &Checkpoint<'t, 'p, Tokens<'t>, ()>) {}
}

/// What a place asks for, in words or as a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Token(Kind),
    Expression,
    Type,
    Declarator,
    Identifier,
    Member,
    Declaration,
    FunctionBody,
    Parameter,
    /// Said already in [`State::messages`].
    Reported,
}

impl Expected {
    fn describe(self) -> String {
        match self {
            Self::Token(kind) => kind.to_string(),
            Self::Expression => "an expression".into(),
            Self::Type => "a type".into(),
            Self::Declarator => text!("a name to declare").into(),
            Self::Identifier => "an identifier".into(),
            Self::Member => "a member".into(),
            Self::Declaration => "a declaration".into(),
            Self::FunctionBody => text!("a function body").into(),
            Self::Parameter => "a parameter".into(),
            Self::Reported => String::new(),
        }
    }
}

/// A syntax error: where, and up to three things that would have fitted. Small and without
/// allocation, since chumsky makes one at each alternative that does not match.
#[derive(Clone, Copy, Debug)]
pub(super) struct SyntaxError {
    /// Index of the token that does not fit.
    pub(super) at: u32,
    pub(super) expected: [Option<Expected>; 3],
}

impl SyntaxError {
    pub(super) fn new(at: usize, expected: Expected) -> Self {
        Self { at: at as u32, expected: [Some(expected), None, None] }
    }

    pub(super) fn expects(&self, expected: Expected) -> bool {
        self.expected.contains(&Some(expected))
    }

    /// The message, unless it was given already.
    pub(super) fn message(&self, tokens: Tokens<'_>, names: &Names) -> Option<Diagnostic> {
        if self.expects(Expected::Reported) {
            return None;
        }
        let at = (self.at as usize).min(tokens.len() - 1);
        let found = tokens[at];
        let mut wanted: Vec<String> =
            self.expected.iter().flatten().map(|one| one.describe()).collect();
        let last = wanted.pop().unwrap_or_else(|| "something else".into());
        let list =
            if wanted.is_empty() { last } else { format!("{} or {last}", wanted.join(", ")) };
        let semicolon = self.expects(Expected::Token(Kind::Semi));
        let line_end = found.flags.has(Flags::LINE_START) || found.kind == Kind::Eof;
        if let Some(before) = at.checked_sub(1).map(|before| tokens[before])
            && semicolon
            && line_end
        {
            let text = format!("expected {list} after `{}`", before.text(names));
            let end = before.span.end();
            let span = before.span.with_end(end + 1).with_start(end);
            return Some(codes::SYNTAX.error(span, text).help(text!("add `;` here")));
        }
        let text = format!("expected {list}, found {}", describe(found, names));
        let message = codes::SYNTAX.error(found.span, text);
        let open = [Kind::RParen, Kind::RBracket, Kind::RBrace]
            .into_iter()
            .filter(|&close| self.expects(Expected::Token(close)))
            .find_map(|_| open_bracket(&tokens[..at]));
        Some(match open {
            Some(open) if open.span != found.span => {
                message.label(open.span, format!("to close this {}", open.kind))
            }
            _ => message,
        })
    }
}

/// The last bracket that is open after `tokens`.
fn open_bracket(tokens: Tokens<'_>) -> Option<Token> {
    let mut closed = 0_usize;
    tokens.iter().rev().copied().find(|token| match token.kind {
        Kind::RParen | Kind::RBracket | Kind::RBrace => {
            closed += 1;
            false
        }
        Kind::LParen | Kind::LBracket | Kind::LBrace if closed > 0 => {
            closed -= 1;
            false
        }
        kind => matches!(kind, Kind::LParen | Kind::LBracket | Kind::LBrace),
    })
}

/// A token for a message.
pub(super) fn describe(token: Token, names: &Names) -> String {
    match token.kind {
        Kind::Eof => text!("the end of the file").into(),
        Kind::String => "a string".into(),
        Kind::Ident | Kind::Number | Kind::Char => format!("`{}`", token.text(names)),
        kind if Kind::KEYWORDS.contains(&kind) => format!("`{}`", token.text(names)),
        kind => kind.to_string(),
    }
}

impl<'t> Error<'t, Tokens<'t>> for SyntaxError {
    /// The one farther on; of two at one place, what either asks for.
    fn merge(mut self, other: Self) -> Self {
        if self.at != other.at {
            return if self.at > other.at { self } else { other };
        }
        for expected in other.expected.into_iter().flatten() {
            if !self.expects(expected)
                && let Some(free) = self.expected.iter_mut().find(|slot| slot.is_none())
            {
                *free = Some(expected);
            }
        }
        self
    }
}

impl<'t> LabelError<'t, Tokens<'t>, DefaultExpected<'t, Token>> for SyntaxError {
    fn expected_found<E: IntoIterator<Item = DefaultExpected<'t, Token>>>(
        _: E,
        _: Option<MaybeRef<'t, Token>>,
        span: SimpleSpan<usize>,
    ) -> Self {
        Self { at: span.start as u32, expected: [None; 3] }
    }
}

/// Index of the next token.
pub(super) fn here(input: &Input<'_, '_>) -> usize {
    *input.cursor().inner()
}

/// The next token; the last one of the item, [`Kind::Eof`], is never read past.
pub(super) fn peek(input: &mut Input<'_, '_>) -> Token {
    peek_at(input, 0)
}

/// The token `ahead` of the next one.
#[cfg_attr(not(feature = "std"), inline(never))]
pub(super) fn peek_at(input: &mut Input<'_, '_>, ahead: usize) -> Token {
    let tokens = input.full_slice();
    tokens[(here(input) + ahead).min(tokens.len() - 1)]
}

/// An error at the next token, or the one chumsky remembers from farther on. It goes through
/// chumsky, which otherwise would take what it remembers from before for the later one.
pub(super) fn unexpected<T>(input: &mut Input<'_, '_>, expected: Expected) -> Parsed<T> {
    let error = SyntaxError::new(here(input), expected);
    input.parse(custom(move |_: &mut Input<'_, '_>| Err(error)))
}

/// Reads a token of this kind if it is next.
pub(super) fn eat(input: &mut Input<'_, '_>, kind: Kind) -> bool {
    let found = peek(input).kind == kind;
    if found {
        input.skip();
    }
    found
}

/// Reads a token of this kind.
pub(super) fn expect(input: &mut Input<'_, '_>, kind: Kind) -> Parsed<Token> {
    input.parse(token(kind))
}

/// Reads a `;`. One that is missing at the end of a line or block is reported and taken as
/// written, so that what stands before it is not lost.
pub(super) fn semicolon(input: &mut Input<'_, '_>) -> Parsed<()> {
    if eat(input, Kind::Semi) {
        return Ok(());
    }
    let found = peek(input);
    // A brace on the next line is a function's body, not the next statement.
    let ends = found.flags.has(Flags::LINE_START) && found.kind != Kind::LBrace
        || found.kind == Kind::RBrace;
    let at = here(input) as u32;
    let error = match expect(input, Kind::Semi) {
        Err(error) if ends && error.at == at => error,
        other => return other.map(|_| ()),
    };
    let tokens = input.full_slice();
    let message = error.message(tokens, &input.state().names);
    input.state().messages.extend(message);
    Ok(())
}

/// The parser of a token of this kind.
pub(super) fn token<'t>(kind: Kind) -> impl Parser<'t, Tokens<'t>, Token, Extra> + Copy {
    custom(move |input: &mut Input<'t, '_>| {
        let token = peek(input);
        if token.kind != kind {
            return Err(SyntaxError::new(here(input), Expected::Token(kind)));
        }
        input.skip();
        Ok(token)
    })
}

/// An identifier that is no typedef name, or may be one too (members, tags, labels).
pub(super) fn identifier(input: &mut Input<'_, '_>) -> Parsed<Ident> {
    let token = peek(input);
    if token.kind != Kind::Ident {
        return unexpected(input, Expected::Identifier);
    }
    input.skip();
    Ok(Ident { name: token.name, span: token.span })
}

/// The place from token `start` to the last one read.
pub(super) fn span_from(input: &mut Input<'_, '_>, start: usize) -> Span {
    let tokens = input.full_slice();
    let end = here(input);
    match end > start {
        true => tokens[start].span.to(tokens[end - 1].span),
        false => tokens[start].span.with_end(tokens[start].span.start()),
    }
}

/// Runs `parse` one nesting level deeper; beyond the limit the whole item is given up.
pub(super) fn nested<'t, 'p, T>(
    input: &mut Input<'t, 'p>,
    parse: impl FnOnce(&mut Input<'t, 'p>) -> Parsed<T>,
) -> Parsed<T> {
    let state = input.state();
    if state.too_deep || state.depth >= state.max_depth {
        return Err(too_deep(input));
    }
    state.depth += 1;
    let result = parse(input);
    input.state().depth -= 1;
    result
}

#[inline(never)]
fn too_deep(input: &mut Input<'_, '_>) -> SyntaxError {
    let (token, at) = (peek(input), here(input));
    let state = input.state();
    if !state.too_deep {
        let text = format!("nested more than {} levels deep", state.max_depth);
        let help = text!("split the expression, or move inner blocks into functions");
        state.messages.push(codes::NESTING.error(token.span, text).help(help));
    }
    state.too_deep = true;
    SyntaxError::new(at, Expected::Reported)
}

/// Adds a message that does not end the parse.
pub(super) fn report(input: &mut Input<'_, '_>, message: Diagnostic) {
    input.state().messages.push(message);
}
