//! A cursor over one line of the text form.

use super::ParseError;
use alloc::{format, string::String};
use core::str::FromStr;

/// Whether a byte belongs to a plain word: a name, a keyword, an unsigned number.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'$')
}

/// The rest of a line.
pub(super) struct Cursor<'a> {
    line: &'a str,
    rest: &'a str,
    number: u32,
}

impl<'a> Cursor<'a> {
    /// At the start of line `number` (from 1).
    pub(super) fn new(line: &'a str, number: u32) -> Self {
        let mut cursor = Self { line, rest: line, number };
        cursor.skip_space();
        cursor
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
        if self.rest.starts_with(';') {
            self.rest = "";
        }
    }

    fn advance(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
        self.skip_space();
    }

    /// Whether nothing is left but a comment.
    pub(super) fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The number of the line.
    pub(super) fn line_number(&self) -> u32 {
        self.number
    }

    /// An error here.
    pub(super) fn error(&self, message: impl Into<String>) -> ParseError {
        let column = self.line.len() - self.rest.len() + 1;
        ParseError { line: self.number, column: column as u32, message: message.into() }
    }

    fn expected(&self, what: &str) -> ParseError {
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        match &self.rest[..end] {
            "" => self.error(format!("expected {what}, found the end of the line")),
            found => self.error(format!("expected {what}, found `{found}`")),
        }
    }

    /// Whether a plain word is next.
    pub(super) fn at_word(&self) -> bool {
        self.rest.bytes().next().is_some_and(is_word)
    }

    /// Whether `text` is next.
    pub(super) fn at(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// Skips `text` if it is next; punctuation only.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.at(text);
        if found {
            self.advance(text.len());
        }
        found
    }

    /// Skips the word `word` if it is next.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.peek_word() == word;
        if found {
            self.advance(word.len());
        }
        found
    }

    /// Skips `text`.
    pub(super) fn expect(&mut self, text: &str) -> Result<(), ParseError> {
        if self.eat(text) { Ok(()) } else { Err(self.expected(&format!("`{text}`"))) }
    }

    fn peek_word(&self) -> &'a str {
        let end = self.rest.bytes().position(|byte| !is_word(byte)).unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    /// A plain word.
    pub(super) fn word(&mut self) -> Result<&'a str, ParseError> {
        let word = self.peek_word();
        if word.is_empty() {
            return Err(self.expected("a word"));
        }
        self.advance(word.len());
        Ok(word)
    }

    /// An unsigned number.
    pub(super) fn number<T: FromStr>(&mut self) -> Result<T, ParseError> {
        let Ok(number) = self.peek_word().parse() else { return Err(self.expected("a number")) };
        self.advance(self.peek_word().len());
        Ok(number)
    }

    /// A number behind a letter: `v7`, `b2`, `s0`.
    pub(super) fn indexed(&mut self, letter: char, what: &str) -> Result<u32, ParseError> {
        let number = self.peek_word().strip_prefix(letter).and_then(|digits| digits.parse().ok());
        let Some(number) = number else { return Err(self.expected(what)) };
        self.advance(self.peek_word().len());
        Ok(number)
    }

    /// What stands before the next white space, comma or parenthesis.
    pub(super) fn until_space(&mut self) -> &'a str {
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ')'))
            .unwrap_or(self.rest.len());
        let text = &self.rest[..end];
        self.advance(end);
        text
    }

    /// `+4`, `-4` or nothing.
    pub(super) fn addend(&mut self) -> Result<i32, ParseError> {
        if !self.at("+") && !self.at("-") {
            return Ok(0);
        }
        let text = self.until_space();
        text.parse().map_err(|_| self.error(format!("`{text}` is not an addend")))
    }

    /// A symbol's name behind `%`.
    pub(super) fn name(&mut self) -> Result<String, ParseError> {
        if !self.rest.starts_with('%') {
            return Err(self.expected("a symbol"));
        }
        self.rest = &self.rest[1..];
        if self.at("\"") { self.string() } else { Ok(self.word()?.into()) }
    }

    /// A quoted string, with the escapes of Rust's `{:?}`.
    pub(super) fn string(&mut self) -> Result<String, ParseError> {
        if !self.at("\"") {
            return Err(self.expected("a string"));
        }
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        loop {
            let Some((at, c)) = chars.next() else { return Err(self.error("unclosed string")) };
            match c {
                '"' => {
                    self.advance(at + 1);
                    return Ok(text);
                }
                '\\' => {
                    let c = escape(&mut chars);
                    text.push(c.ok_or_else(|| self.error("unknown escape in string"))?);
                }
                c => text.push(c),
            }
        }
    }
}

fn escape(chars: &mut impl Iterator<Item = (usize, char)>) -> Option<char> {
    Some(match chars.next()?.1 {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        'u' => {
            let digits: String =
                chars.skip(1).map(|(_, c)| c).take_while(|&c| c != '}').take(9).collect();
            char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
        }
        c @ ('"' | '\\' | '\'') => c,
        _ => return None,
    })
}
