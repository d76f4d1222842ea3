//! Characters to tokens, one logical line at a time.
//!
//! In: the text of a file. Out: the tokens of its next logical line (physical lines joined by a
//! `_` at the end). Comments are gone, except for the metacommands in them; the items of DATA stay
//! one raw token. Where the dialect lets keywords touch names ([`Dialect::crunched`]), a second
//! pass ([`crunch`]) takes the words apart.
//!
//! Invariant: the spans of a line's tokens ascend and do not overlap.

mod crunch;
mod raw;
mod token;

pub(crate) use token::{Keyword, Tok, Token};

use crate::ast::Suffix;
use crate::codes;
use crate::dialect::Dialect;
use alloc::{string::String, vec::Vec};
use raw::Raw;
use wasm_common::diag::Diagnostics;
use wasm_common::source::{FileId, Span};
use wasm_common::text::text;

/// Longest logical line, in bytes: what the device can hold, and a bound on the work that one
/// line of junk can make.
const MAX_LINE: usize = 64 * 1024;

/// Words that a channel may follow without a blank.
const CHANNEL_WORDS: [&str; 9] =
    ["PRINT", "INPUT", "CLOSE", "GET", "PUT", "SEEK", "WRITE", "AS", "FIELD"];

/// The lines of one file.
pub(crate) struct Lexer<'a> {
    text: &'a str,
    file: FileId,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// The lines from byte `at` on, where one begins.
    pub(crate) fn new(text: &'a str, file: FileId, at: usize) -> Self {
        Self { text, file, at }
    }

    /// Where the next line begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The tokens of the next logical line; `None` at the end of the file.
    pub(crate) fn line(
        &mut self,
        dialect: &Dialect,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Tok>> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut tokens = Vec::new();
        loop {
            let end = self.text[self.at..].find('\n').map_or(self.text.len(), |n| self.at + n);
            let start = core::mem::replace(&mut self.at, end + 1);
            if end - start > MAX_LINE {
                let span = Span::new(self.file, start, start + 40.min(end - start));
                diagnostics.push(codes::LINE_TOO_LONG.error(
                    span,
                    alloc::format!(
                        "line of {} bytes; the longest may have {MAX_LINE}",
                        end - start
                    ),
                ));
                return Some(Vec::new());
            }
            let mut scan = Scan { file: self.file, dialect, diagnostics, tokens: &mut tokens };
            let continued = scan.physical_line(self.text, start, end);
            let full = tokens.len() > MAX_LINE;
            if !continued || full || self.at >= self.text.len() {
                break;
            }
        }
        if dialect.crunched {
            crunch::split(&mut tokens);
        }
        Some(tokens)
    }
}

struct Scan<'s> {
    file: FileId,
    dialect: &'s Dialect,
    diagnostics: &'s mut Diagnostics,
    tokens: &'s mut Vec<Tok>,
}

impl Scan<'_> {
    /// Scans `text[start..end]`; whether it ends in a continuation mark.
    fn physical_line(&mut self, text: &str, start: usize, end: usize) -> bool {
        let line = text[start..end].trim_end_matches('\r');
        // ConeZ's first interpreter took `#` at the start of a line for a comment.
        if self.dialect.escapes && line.trim_start().starts_with('#') && self.tokens.is_empty() {
            return false;
        }
        let mut at = raw::blanks(line);
        while at < line.len() {
            let (raw, length) = raw::shape(&line[at..]);
            let (slice, rest) = line[at..].split_at(length);
            let span = Span::new(self.file, start + at, start + at + length);
            at += length;
            match raw {
                Raw::Word
                    if self.dialect.crunched
                        && let Some(len) = crunch::before_number(slice, rest) =>
                {
                    let token = crunch::word_token(slice[..len].to_ascii_uppercase());
                    let span = span.with_end(span.start() + len as u32);
                    self.tokens.push(Tok { token, span });
                    at -= length - len;
                }
                Raw::Comment => {
                    self.comment(&slice[1..], span);
                    return false;
                }
                Raw::Underscore => return true,
                Raw::Word => {
                    let (token, taken) = self.word(slice, rest, span);
                    let Some(token) = token else { return false };
                    at += taken;
                    let span = span.with_end(span.end() + taken as u32);
                    self.tokens.push(Tok { token, span });
                }
                Raw::Quote => at += self.string(rest, span),
                Raw::Stray => self.stray(slice, span),
                raw => {
                    let token = self.plain(raw, slice, span);
                    self.tokens.push(Tok { token, span });
                }
            }
            at += raw::blanks(&line[at..]);
        }
        false
    }

    /// A word: a comment (`None`), a keyword, DATA with its items, or a name; and how many bytes
    /// of the rest of the line belong to it.
    fn word(&mut self, slice: &str, rest: &str, span: Span) -> (Option<Token>, usize) {
        let (text, suffix) = token::split_suffix(slice);
        let upper = text.to_ascii_uppercase();
        let first = self.at_statement();
        let assigned = rest.trim_start().starts_with('=');
        if suffix.is_none() {
            let remark = upper == "REM"
                || (self.dialect.crunched && first && !assigned && upper.starts_with("REM"));
            if remark && first {
                let comment = &slice[3..];
                self.comment(if comment.is_empty() { rest } else { comment }, span);
                return (None, 0);
            }
            if upper == "DATA" && first && !assigned {
                let items = data_end(rest);
                return (Some(Token::Data(String::from(&rest[..items]))), items);
            }
            if let Some(keyword) = Keyword::parse(&upper) {
                return (Some(Token::Keyword(keyword)), 0);
            }
        }
        // `PRINT#1`: the `#` belongs to the channel.
        if suffix == Some(Suffix::Hash) && CHANNEL_WORDS.contains(&upper.as_str()) {
            let hash = span.with_start(span.end() - 1);
            let token = Keyword::parse(&upper).map_or(Token::Name(upper, None), Token::Keyword);
            self.tokens.push(Tok { token, span: span.with_end(hash.start()) });
            return (Some(Token::Hash), 0);
        }
        (Some(Token::Name(upper, suffix)), 0)
    }

    /// Whether a statement can start here.
    fn at_statement(&self) -> bool {
        match self.tokens.last().map(|tok| &tok.token) {
            None | Some(Token::Colon | Token::Keyword(Keyword::Then | Keyword::Else)) => true,
            Some(Token::Int(..)) => self.tokens.len() == 1,
            _ => false,
        }
    }

    fn plain(&mut self, raw: Raw, slice: &str, span: Span) -> Token {
        if !matches!(raw, Raw::Number | Raw::Radix) {
            return Token::from_raw(raw);
        }
        token::number(slice).unwrap_or_else(|| {
            let message = alloc::format!("`{slice}` is not a number that fits 64 bits");
            self.diagnostics.push(codes::BAD_NUMBER.error(span, message));
            Token::Int(0, None)
        })
    }

    /// The string whose text begins at `rest`; how many bytes of it were taken.
    fn string(&mut self, rest: &str, quote: Span) -> usize {
        let end = token::string_end(rest, self.dialect);
        let text = token::unescape(&rest[..end], self.dialect);
        let closed = end < rest.len();
        let taken = end + usize::from(closed);
        let span = quote.with_end(quote.end() + taken as u32);
        if !closed && !self.dialect.open_strings {
            self.diagnostics.push(
                codes::OPEN_STRING
                    .error(span, text!("this string has no end"))
                    .help(text!("close it with `\"` on the same line")),
            );
        }
        self.tokens.push(Tok { token: Token::Str(text), span });
        taken
    }

    fn stray(&mut self, slice: &str, span: Span) {
        let name = match slice.chars().next() {
            Some(c) if c.is_control() => alloc::format!("character {:#04x}", c as u32),
            Some(c) => alloc::format!("`{c}`"),
            None => return,
        };
        self.diagnostics
            .push(codes::STRAY_CHARACTER.error(span, alloc::format!("{name} means nothing here")));
    }

    /// A comment goes, but for what it stands for.
    fn comment(&mut self, comment: &str, span: Span) {
        // GW-BASIC has no block IF: its THEN may be followed by a comment alone.
        let then = Token::Keyword(Keyword::Then);
        if self.dialect.crunched && self.tokens.last().is_some_and(|last| last.token == then) {
            self.tokens.push(Tok { token: Token::Colon, span });
        }
        self.metacommand(comment, span);
    }

    /// `$INCLUDE: 'file'` and `$DIALECT: 'name'` in a comment.
    fn metacommand(&mut self, comment: &str, span: Span) {
        let Some(command) = comment.trim_start().strip_prefix('$') else { return };
        let Some((word, value)) = command.split_once(':') else { return };
        let value = value.trim().trim_matches(|c| c == '\'' || c == '"');
        let word = word.trim().to_ascii_uppercase();
        if word == "INCLUDE" || word == "DIALECT" {
            self.tokens.push(Tok { token: Token::Meta(word, String::from(value)), span });
        }
    }
}

/// Where the items of DATA end: at a colon outside quotes, or with the line.
fn data_end(rest: &str) -> usize {
    let mut quoted = false;
    rest.bytes()
        .position(|b| {
            quoted ^= b == b'"';
            b == b':' && !quoted
        })
        .unwrap_or(rest.len())
}
