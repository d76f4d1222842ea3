//! Tokens to syntax tree, one top-level item at a time.
//!
//! In: preprocessed tokens. Out: [`Item`]s; syntax errors go to the session, and parsing goes on
//! with the next statement, member or item.
//!
//! ```text
//! mod          the stream of items          keywords      words that are keywords
//! split        where an item ends           syntax        input, state, error, single tokens
//! item         functions, declarations      specifiers    base types
//! declaration  declarators' surroundings    declarator    pointers, arrays, functions
//! initializer  { .a = 1 }                   attribute     __attribute__, [[...]]
//! statement    statements and blocks        expression    expressions (chumsky's pratt)
//! literal      values of constants          scope         which names are typedefs
//! recovery     what to skip after an error  pragma     #pragma pack
//! ```
//!
//! The grammar is functions over chumsky's input, joined with its combinators where C has lists
//! and alternatives. What C decides by its first token, a `match` decides; alternatives tried in
//! turn cost twice as much. It makes the typedef table, scopes and depth counting plain code, too.

mod attribute;
mod declaration;
mod declarator;
mod expression;
mod initializer;
mod item;
mod keywords;
pub mod literal;
mod pragma;
mod recovery;
mod scope;
mod specifiers;
mod split;
mod statement;
mod syntax;

use crate::ast::{BinaryOp, Item};
use crate::check::Mutes;
use crate::codes;
use crate::lex::{Flags, Kind, Token, is_letter, lex_text};
use crate::names::Name;
use crate::preprocess::{Preprocessor, take_prototype};
use crate::session::{FrontOptions, Session};
use alloc::{collections::VecDeque, string::String, vec::Vec};
use chumsky::{Parser as _, prelude::custom};
use keywords::Keywords;
use pragma::Pack;
use scope::Typedefs;
use split::Splitter;
use syntax::{Input, Parsed, State, SyntaxError, here, peek};
use wasm_common::text::{format, text};
use wasm_common::{
    diag::Severity,
    source::{FileId, Span},
};

/// Reads one translation unit: lexer, preprocessor and grammar in one stream.
pub struct Parser {
    preprocessor: Preprocessor,
    options: FrontOptions,
    keywords: Keywords,
    typedefs: Typedefs,
    /// Tokens read but not used, to be read again.
    pending: VecDeque<Token>,
    /// The tokens of the current item, and an end.
    tokens: Vec<Token>,
    /// Prototypes of functions that the current item is the first to name: they come before it.
    wanted: VecDeque<Vec<Token>>,
    /// Whether the current item is still to be parsed.
    collected: bool,
    pack: Pack,
    mutes: Mutes,
    /// A statement stood outside of functions: its brothers are skipped without a word.
    lost: bool,
    /// Where the item's tokens themselves were wrong: a syntax error on such a line is no news.
    suspects: Vec<Span>,
}

impl Parser {
    /// A parser for the file `main` of `session.sources`. Options' macros and the predefined ones
    /// are defined; bad `-D` texts are reported.
    pub fn new(main: FileId, options: &FrontOptions, session: &mut Session<'_>) -> Self {
        let keywords = Keywords::new(options.standard, &mut session.names);
        let mut preprocessor = Preprocessor::new(main, options, session);
        preprocessor.lines_wait = true;
        Self {
            keywords,
            preprocessor,
            options: options.clone(),
            typedefs: Typedefs::default(),
            pending: VecDeque::new(),
            tokens: Vec::new(),
            wanted: VecDeque::new(),
            collected: false,
            pack: Pack::default(),
            mutes: Mutes::default(),
            lost: false,
            suspects: Vec::new(),
        }
    }

    /// What the unit's pragmas say of warnings.
    pub fn into_mutes(self) -> Mutes {
        self.mutes
    }

    /// The next item, `None` at the end of the file or when `session.diagnostics` is full. Syntax
    /// errors are reported and skipped; an item with errors inside comes as far as it was
    /// understood, so the checker still sees its declarations.
    pub fn next_item(&mut self, session: &mut Session<'_>) -> Option<Item> {
        while !session.diagnostics.is_full() {
            self.collected = self.collected || self.collect(session);
            let item = match self.wanted.pop_front() {
                Some(prototype) => self.prototype(prototype, session),
                None if self.collected => {
                    self.collected = false;
                    self.parse(session)
                }
                None => return None,
            };
            if item.is_some() {
                return item;
            }
        }
        None
    }

    /// Parses a prototype that waited.
    fn prototype(&mut self, mut tokens: Vec<Token>, session: &mut Session<'_>) -> Option<Item> {
        for token in tokens.iter_mut().filter(|token| token.kind == Kind::Ident) {
            token.kind = self.keywords.kind(token.name);
        }
        tokens.extend(tokens.last().map(|&last| end_behind(last)));
        let item = core::mem::replace(&mut self.tokens, tokens);
        let prototype = self.grammar(session);
        self.tokens = item;
        prototype
    }

    /// Reads the tokens of the next item; false at the end of the file.
    fn collect(&mut self, session: &mut Session<'_>) -> bool {
        let before = session.diagnostics.iter().count();
        let any = self.collect_tokens(session);
        let new = session.diagnostics.iter().skip(before);
        self.suspects.clear();
        self.suspects.extend(new.filter(|d| d.severity == Severity::Error).map(|d| d.span));
        any
    }

    #[inline(never)]
    fn collect_tokens(&mut self, session: &mut Session<'_>) -> bool {
        session.expansions.clear();
        self.tokens.clear();
        let mut splitter = Splitter::default();
        loop {
            let token = self.next_token(session);
            if token.kind == Kind::Eof {
                self.tokens.push(token);
                return self.tokens.len() > 1 && !self.preprocessor.stopped();
            }
            if token.kind == Kind::RBrace && !splitter.in_braces() {
                if !self.lost {
                    session.report(codes::UNBALANCED.error(token.span, text!("`}` without `{`")));
                }
                continue;
            }
            if token.kind == Kind::Semi && self.tokens.is_empty() {
                continue;
            }
            self.tokens.push(token);
            if token.kind == Kind::Ident {
                self.want(token.name, session);
            }
            if splitter.takes(token.kind) {
                self.tokens.push(end_behind(token));
                return true;
            }
        }
    }

    /// If the prototype of `name` waits, it is to come before the current item, behind those that it
    /// needs itself: an inline function names others. Recursion ends, as nothing waits twice.
    fn want(&mut self, name: Name, session: &mut Session<'_>) {
        if let Some(line) = take_prototype(name, session) {
            for token in line.iter().filter(|token| token.kind == Kind::Ident) {
                self.want(token.name, session);
            }
            self.wanted.push_back(line);
        }
    }

    /// The next token for the grammar: keywords told from names, junk reported.
    fn next_token(&mut self, session: &mut Session<'_>) -> Token {
        if let Some(token) = self.pending.pop_front() {
            return token;
        }
        loop {
            let mut token = self.preprocessor.next(session);
            match token.kind {
                Kind::Ident => {
                    token.kind = self.keywords.kind(token.name);
                    if self.pack.now > 0 && matches!(token.kind, Kind::Struct | Kind::Union) {
                        self.pack_attribute(token, session);
                    }
                }
                Kind::Other => {
                    session.report(bad_character(token, session));
                    continue;
                }
                Kind::OpenLiteral => token = self.close_literal(token, session),
                Kind::Pragma => {
                    self.pragma(token, session);
                    continue;
                }
                _ => {}
            }
            return token;
        }
    }

    /// Reports a literal that its line does not close, and gives a closed one in its place. What
    /// ends the statement was most likely meant to stand behind the quote: it is read again.
    fn close_literal(&mut self, open: Token, session: &mut Session<'_>) -> Token {
        let text = String::from(open.text(&session.names));
        let is_string = text.contains('"');
        let quote = if is_string { "`\"`" } else { "`'`" };
        let empty = text.ends_with("''");
        let message = match empty {
            true => text!("a character constant has no character").into(),
            false => format!("literal is not closed; expected {quote} on this line"),
        };
        session.report(codes::UNTERMINATED_LITERAL.error(open.span, message));
        let inside = text.trim_end_matches([' ', '\r', ')', ']', '}', ';']);
        self.pending.extend(lex_text(&text[inside.len()..], open.span, &mut session.names));
        let kind = if is_string { Kind::String } else { Kind::Number };
        let name = session.names.intern(if is_string { "\"\"" } else { "0" });
        Token { kind, name, ..open }
    }

    /// Whether the item begins as a statement, or as what may follow one while lost. The first
    /// is reported.
    fn is_statement(&mut self, session: &mut Session<'_>) -> bool {
        let first = self.tokens[0];
        let statement = is_statement_keyword(first.kind) || self.is_expression();
        if statement {
            if !self.lost {
                let text = text!("this statement is outside of functions");
                let message = codes::UNBALANCED.error(first.span, text);
                session.report(message.help(text!("is there a `}` too many before it?")));
            }
            self.lost = true;
        }
        let margin = first.flags.has(Flags::LINE_START) && !first.flags.has(Flags::SPACE);
        self.lost &= !margin || statement;
        self.lost
    }

    /// Whether the item is an expression and a semicolon, which only old C, where a type may be
    /// missing, can take for a declaration.
    fn is_expression(&self) -> bool {
        use Kind::{Attribute, Comma, Ident, LParen, MinusMinus, PlusPlus, Semi, Star};
        let [first, second, .., last, _] = self.tokens[..] else { return false };
        let declares = match first.kind {
            Ident => matches!(second.kind, Ident | Star | Comma | Attribute | Semi),
            Star => !self.tokens.iter().any(|token| token.kind == Kind::Assign),
            LParen | PlusPlus | MinusMinus => false,
            _ => true,
        };
        let typed = first.kind == Ident && self.typedefs.contains(first.name);
        let old = self.options.standard.is_old_c();
        !old && !declares && !typed && last.kind == Semi
    }

    /// Parses the tokens of the item.
    fn parse(&mut self, session: &mut Session<'_>) -> Option<Item> {
        if self.is_statement(session) {
            let names = self.tokens.iter().filter(|t| t.kind == Kind::Ident).map(|t| t.name);
            session.tainted.extend(names);
            return None;
        }
        let item = self.grammar(session);
        self.tokens.clear();
        self.tokens.shrink_to(KEPT_TOKENS);
        item
    }

    /// Parses the tokens, which do not begin as a statement. It goes deep: nothing else is to lie in
    /// the frames below.
    #[inline(never)]
    fn grammar(&mut self, session: &mut Session<'_>) -> Option<Item> {
        let mut state = State {
            names: core::mem::take(&mut session.names),
            typedefs: core::mem::take(&mut self.typedefs),
            standard: self.options.standard,
            messages: Vec::new(),
            tainted: Vec::new(),
            depth: 0,
            max_depth: self.options.max_nesting,
            too_deep: false,
            next_item: None,
            end: 0,
        };
        let tokens = &self.tokens[..];
        let result = custom(whole).parse_with_state(tokens, &mut state).into_output_errors();
        let (item, errors) = result;
        self.finish(state, errors.into_iter().next(), session);
        item
    }

    /// Takes over what the grammar found out; reports what is wrong.
    #[inline(never)]
    fn finish(&mut self, state: State, error: Option<SyntaxError>, session: &mut Session<'_>) {
        let tokens = &self.tokens[..];
        let State { names, typedefs, mut messages, tainted, next_item, end, too_deep, .. } = state;
        (session.names, self.typedefs) = (names, typedefs);
        let last = tokens.len() - 1;
        let last_error = error.filter(|_| !too_deep && next_item.is_none());
        messages.extend(last_error.and_then(|error| error.message(tokens, &session.names)));
        for message in messages {
            let line = |span: Span| (span.file(), session.sources.line_col(span).0);
            let at_end = message.span == tokens[last].span;
            let known = self.suspects.iter().any(|&at| at_end || line(at) == line(message.span));
            if !known || message.code != codes::SYNTAX.code {
                session.report(message);
            }
        }
        session.tainted.extend(tainted);
        if error.is_some() {
            session.tainted.extend(tokens.iter().filter(|t| t.kind == Kind::Ident).map(|t| t.name));
        }
        self.typedefs.settle();
        let again = next_item.or(error.is_none().then_some(end));
        if let Some(again) = again.filter(|&again| 0 < again && again < last) {
            tokens[again..last].iter().rev().for_each(|&token| self.pending.push_front(token));
        }
    }
}

/// Room for tokens that is kept from item to item.
const KEPT_TOKENS: usize = 64;

/// The end of an item whose last token is `last`.
fn end_behind(last: Token) -> Token {
    Token { kind: Kind::Eof, flags: Flags::LINE_START, ..last }
}

/// One item, and where it ended.
fn whole(input: &mut Input<'_, '_>) -> Parsed<Item> {
    let item = item::item(input);
    input.state().end = here(input);
    if item.is_ok() {
        while peek(input).kind != Kind::Eof {
            input.skip();
        }
        input.skip();
    }
    item
}

/// Keywords that begin statements only.
fn is_statement_keyword(kind: Kind) -> bool {
    use Kind::{Break, Case, Continue, Default, Do, Else, For, Goto, If, Return, Switch, While};
    matches!(kind, Break | Case | Continue | Default | Do | Else | For | Goto | If)
        || matches!(kind, Return | Switch | While)
}

/// What to say of a character that starts no token.
fn bad_character(token: Token, session: &Session<'_>) -> wasm_common::diag::Diagnostic {
    let text = token.text(&session.names);
    let first = text.chars().find(|&c| !is_letter(c)).unwrap_or('?');
    let code = u32::from(first);
    let shown = if first.is_control() { '\u{fffd}' } else { first };
    let message = codes::BAD_CHARACTER
        .error(token.span, format!("unexpected character `{shown}` (U+{code:04X})"));
    match first {
        '\u{2018}'..='\u{201f}' => message.help(text!("use the plain quotes ' and \"")),
        '\u{a0}' | '\u{2000}'..='\u{200b}' => message.help(text!("use a plain blank")),
        _ => message,
    }
}

/// The binary operator that a token is, if any.
pub(crate) fn binary_operator(kind: Kind) -> Option<BinaryOp> {
    Some(match kind {
        Kind::Star => BinaryOp::Mul,
        Kind::Slash => BinaryOp::Div,
        Kind::Percent => BinaryOp::Rem,
        Kind::Plus => BinaryOp::Add,
        Kind::Minus => BinaryOp::Sub,
        Kind::Shl => BinaryOp::Shl,
        Kind::Shr => BinaryOp::Shr,
        Kind::Lt => BinaryOp::Lt,
        Kind::Gt => BinaryOp::Gt,
        Kind::Le => BinaryOp::Le,
        Kind::Ge => BinaryOp::Ge,
        Kind::EqEq => BinaryOp::Eq,
        Kind::Ne => BinaryOp::Ne,
        Kind::Amp => BinaryOp::And,
        Kind::Caret => BinaryOp::Xor,
        Kind::Pipe => BinaryOp::Or,
        Kind::AndAnd => BinaryOp::LogicalAnd,
        Kind::OrOr => BinaryOp::LogicalOr,
        _ => return None,
    })
}
