//! Characters to preprocessing tokens (C11 6.4), some at a time.
//!
//! In: a file of the source map. Out: [`Token`]s with the spans of the file, trigraphs and line
//! splices seen through. Nothing is an error here: what is no token comes out as [`Kind::Other`],
//! [`Kind::OpenLiteral`] or [`Kind::OpenComment`], since skipped groups may contain anything; who
//! uses such a token reports it.

mod identifier;
mod scan;
mod splice;
mod token;

pub(crate) use identifier::is_letter;
pub use token::{Flags, Kind, Token};

use crate::names::{Name, Names};
use alloc::{string::String, vec::Vec};
use scan::Scan;
use splice::Spliced;
use wasm_common::source::{FileId, SourceMap, Span};

/// Tokens made per refill: enough to forget what a refill costs, little to keep.
const BATCH: usize = 128;

/// Reads the tokens of one file.
#[derive(Clone, Debug)]
pub struct FileLexer {
    file: FileId,
    spliced: Option<Spliced>,
    /// Where the next batch begins, in the spliced text.
    position: usize,
    /// Flags for the first token of the next batch.
    flags: Flags,
    batch: Vec<Token>,
    next: usize,
    /// Whether a batch ends with its line: in the headers that are built in.
    by_line: bool,
}

impl FileLexer {
    /// A lexer at the start of `file`.
    pub fn new(file: FileId, sources: &SourceMap, trigraphs: bool) -> Self {
        let text = &sources.file(file).text;
        let spliced = Spliced::new(text, trigraphs);
        let position = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let by_line = spliced.is_none() && sources.file(file).is_header();
        Self { spliced, by_line, ..Self::at(file, position) }
    }

    fn at(file: FileId, position: usize) -> Self {
        let (flags, batch) = (Flags::LINE_START, Vec::new());
        Self { file, spliced: None, position, flags, batch, next: 0, by_line: true }
    }

    /// The tokens of the line that starts at byte `start` of a header that is built in.
    pub fn line_at(file: FileId, start: u32, sources: &SourceMap, names: &mut Names) -> Vec<Token> {
        let mut lexer = Self::at(file, start as usize);
        lexer.read(&sources.file(file).line_from(start), None, names);
        lexer.batch
    }

    /// The next line and where it starts, if nothing of it was read and it is known what a line
    /// is: in the headers that are built in.
    pub fn next_line<'s>(&self, sources: &'s SourceMap) -> Option<(usize, &'s str)> {
        let start = match self.batch.get(self.next) {
            _ if !self.by_line => return None,
            Some(first) if self.next == 0 => first.span.start() as usize,
            Some(_) => return None,
            None => self.position,
        };
        let text = sources.file(self.file).text.get(start..)?;
        let end = text.bytes().position(|byte| byte == b'\n');
        (!text.is_empty()).then(|| (start, &text[..end.unwrap_or(text.len())]))
    }

    /// Whether the line that was read is known to end here, so that nobody need look at the next.
    pub fn is_at_line_end(&self) -> bool {
        self.by_line && self.next > 0 && self.next == self.batch.len()
    }

    /// Goes past the line that [`Self::next_line`] gave, which ends at byte `end`.
    pub fn skip_line(&mut self, end: usize, sources: &SourceMap) {
        self.batch.clear();
        self.next = 0;
        self.position = sources.file(self.file).text.len().min(end + 1);
    }

    /// Behind the last token that was read.
    pub fn here(&self) -> Option<Span> {
        let last = self.batch.get(self.next.checked_sub(1)?)?;
        Some(last.span.with_start(last.span.end()))
    }

    /// The file.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The next token, [`Kind::Eof`] at the end and ever after.
    pub fn next(&mut self, sources: &SourceMap, names: &mut Names) -> Token {
        let token = self.peek(sources, names);
        self.next += 1;
        token
    }

    /// The token that [`Self::next`] will give.
    pub fn peek(&mut self, sources: &SourceMap, names: &mut Names) -> Token {
        if self.next >= self.batch.len() {
            self.refill(sources, names);
        }
        self.batch[self.next]
    }

    /// Goes to the next `#` that begins a line, or the end, without making tokens.
    pub fn skip_to_directive(&mut self, sources: &SourceMap) {
        let rest = self.batch.get(self.next..).unwrap_or_default();
        let directive = |t: &Token| {
            t.kind == Kind::Eof || t.kind == Kind::Hash && t.flags.has(Flags::LINE_START)
        };
        if let Some(ahead) = rest.iter().position(directive) {
            self.next += ahead;
            return;
        }
        self.batch.clear();
        self.next = 0;
        let text = self.spliced.as_ref().map_or(&*sources.file(self.file).text, |s| &s.text);
        let mut at_line_start = self.flags.has(Flags::LINE_START);
        let mut end = 0;
        for (kind, range) in Scan::new(&text[self.position..]) {
            match kind {
                Kind::Newline => at_line_start = true,
                Kind::Blank => {}
                Kind::Hash if at_line_start => break,
                _ => at_line_start = false,
            }
            end = range.end;
        }
        self.position += end;
        self.flags = if at_line_start { Flags::LINE_START } else { Flags::NONE };
    }

    /// Makes the next batch.
    fn refill(&mut self, sources: &SourceMap, names: &mut Names) {
        let spliced = self.spliced.take();
        let text = spliced.as_ref().map_or(&*sources.file(self.file).text, |s| &s.text);
        self.read(&text[self.position..], spliced.as_ref(), names);
        self.spliced = spliced;
    }

    /// Makes a batch of `rest`, the text behind the last batch's.
    fn read(&mut self, rest: &str, spliced: Option<&Spliced>, names: &mut Names) {
        self.batch.clear();
        self.next = 0;
        let mut scan = Scan::new(rest);
        while self.by_line || self.batch.len() < BATCH {
            let Some((kind, range)) = scan.next() else {
                let end = self.position + rest.len();
                let span = place(self.file, spliced, end, end);
                let flags = Flags::LINE_START;
                self.batch.push(Token { kind: Kind::Eof, flags, name: Name::EMPTY, span });
                break;
            };
            match kind {
                Kind::Blank => self.flags = self.flags.with(Flags::SPACE),
                Kind::Newline => {
                    self.flags = Flags::LINE_START;
                    if self.by_line && !self.batch.is_empty() {
                        break;
                    }
                }
                kind => {
                    let slice = &rest[range.clone()];
                    let (start, end) = (self.position + range.start, self.position + range.end);
                    let span = place(self.file, spliced, start, end);
                    let (kind, name) = classify(kind, slice, names);
                    self.batch.push(Token { kind, flags: self.flags, name, span });
                    self.flags = Flags::NONE;
                }
            }
        }
        self.position += scan.end();
    }
}

/// The place of a range of the spliced text in the file.
fn place(file: FileId, spliced: Option<&Spliced>, start: usize, end: usize) -> Span {
    match spliced {
        None => Span::new(file, start, end),
        Some(spliced) => {
            let last = spliced.source_offset(end.max(1) - 1);
            let first = spliced.source_offset(start);
            Span::new(file, first, (last + 1).max(first))
        }
    }
}

/// The final kind of a token, and its name if the kind does not say how it is spelled.
fn classify(kind: Kind, text: &str, names: &mut Names) -> (Kind, Name) {
    match kind {
        Kind::Other if text.chars().all(is_identifier_character) => match universal(text) {
            Some(plain) => (Kind::Ident, names.intern(&plain)),
            None => (kind, names.intern(text)),
        },
        Kind::OpenComment => (kind, Name::EMPTY),
        // Digraphs are longer than what they stand for.
        _ if kind > Kind::TypeName && kind.spelling().len() == text.len() => (kind, Name::EMPTY),
        _ => (kind, names.intern(text)),
    }
}

/// An identifier with its universal character names (`\u00e4`) as characters; `None` if one is
/// no letter or digit.
fn universal(text: &str) -> Option<String> {
    let mut parts = text.split('\\');
    let mut plain = String::from(parts.next()?);
    for part in parts {
        let length = if part.starts_with('u') { 5 } else { 9 };
        let code = u32::from_str_radix(part.get(1..length)?, 16).ok()?;
        let c = char::from_u32(code).filter(|&c| is_letter(c))?;
        plain.push(c);
        plain.push_str(&part[length..]);
    }
    Some(plain)
}

/// Letters and digits; `$` as gcc; `\` of universal character names.
fn is_identifier_character(c: char) -> bool {
    is_letter(c) || matches!(c, '$' | '\\')
}

/// The tokens of a text that is in no file: one token of `##`, a body of `-D`. All get `span`.
pub fn lex_text(text: &str, span: Span, names: &mut Names) -> Vec<Token> {
    let mut flags = Flags::NONE;
    let mut tokens = Vec::new();
    for (kind, range) in Scan::new(text) {
        match kind {
            Kind::Blank | Kind::Newline => flags = Flags::SPACE,
            kind => {
                let (kind, name) = classify(kind, &text[range], names);
                tokens.push(Token { kind, flags, name, span });
                flags = Flags::NONE;
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    /// Kinds and texts of a source, flags as `^` (line start) and `_` (space).
    fn lexed(source: &str) -> String {
        let (mut sources, mut names) = (SourceMap::new(), Names::new());
        let file = sources.add("t.c", source.to_string());
        let mut lexer = FileLexer::new(file, &sources, false);
        let mut out = String::new();
        loop {
            let token = lexer.next(&sources, &mut names);
            if token.kind == Kind::Eof {
                return out;
            }
            let flag = |flag, mark| if token.flags.has(flag) { mark } else { "" };
            let (line, space) = (flag(Flags::LINE_START, "^"), flag(Flags::SPACE, "_"));
            let text = token.text(&names);
            out += &format!("{line}{space}{:?}({text}) ", token.kind);
        }
    }

    #[test]
    fn comments_are_blanks() {
        assert_eq!(lexed("a/**/b"), "^Ident(a) _Ident(b) ");
        assert_eq!(lexed("a // b \\\n c\nd"), "^Ident(a) ^Ident(d) ");
        assert_eq!(lexed("a /* b"), "^Ident(a) _OpenComment(/*) ");
    }

    #[test]
    fn numbers_take_what_the_standard_says() {
        assert_eq!(lexed("0xe+1 .5e-3f 1..2"), "^Number(0xe+1) _Number(.5e-3f) _Number(1..2) ");
        assert_eq!(lexed("1'000'0"), "^Number(1'000'0) ");
    }

    #[test]
    fn literals_end_on_their_line() {
        assert_eq!(lexed(r#"L"a\"b" 'c"#), r#"^String(L"a\"b") _OpenLiteral('c) "#);
        assert_eq!(lexed("\"a\nb"), "^OpenLiteral(\"a) ^Ident(b) ");
        assert_eq!(lexed("\"a\\\nb\""), "^String(\"ab\") ");
    }

    #[test]
    fn digraphs_keep_their_spelling() {
        assert_eq!(lexed("%:x <: %:%:"), "^Hash(%:) Ident(x) _LBracket(<:) _HashHash(%:%:) ");
    }

    #[test]
    fn splices_inside_tokens() {
        assert_eq!(lexed("ab\\\ncd +\\\n= 1"), "^Ident(abcd) _PlusAssign(+=) _Number(1) ");
    }

    #[test]
    fn letters_of_any_script_but_no_quotes() {
        assert_eq!(lexed("größe “x"), "^Ident(größe) _Other(“x) ");
        assert_eq!(lexed("a @ `"), "^Ident(a) _Other(@) _Other(`) ");
    }
}
