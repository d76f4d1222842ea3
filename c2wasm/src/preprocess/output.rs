//! Preprocessed tokens as text (`-E`), such that any C compiler reads the same tokens.
//!
//! In: a token stream. Out: text with GNU line markers (`# 12 "file.c"`), so that messages of
//! who compiles it still name the user's lines.

use super::Preprocessor;
use crate::lex::{Flags, Kind, Token, lex_text};
use crate::session::{FrontOptions, Session};
use alloc::string::String;
use wasm_common::source::{FileId, Span};
use wasm_common::text::format;

/// Newlines printed rather than a line marker.
const MAX_GAP: u32 = 8;

/// The text of file `main` after preprocessing; `markers` is false for `-P`.
pub fn preprocess_to_text(
    main: FileId,
    options: &FrontOptions,
    markers: bool,
    session: &mut Session<'_>,
) -> String {
    let mut preprocessor = Preprocessor::new(main, options, session);
    let mut printer = Printer { markers, ..Printer::default() };
    loop {
        let token = preprocessor.next(session);
        if token.kind == Kind::Eof {
            break;
        }
        printer.token(token, session);
    }
    if !printer.text.is_empty() && !printer.text.ends_with('\n') {
        printer.text.push('\n');
    }
    printer.text
}

#[derive(Default)]
struct Printer {
    text: String,
    markers: bool,
    /// File and line where `text` ends.
    place: Option<(FileId, u32)>,
    last: Option<Token>,
}

impl Printer {
    fn token(&mut self, token: Token, session: &mut Session<'_>) {
        let new_line = token.flags.has(Flags::LINE_START);
        if new_line || self.place.is_none() {
            self.go_to(token.span, session);
        } else if token.spaced() || self.would_paste(token, session) {
            self.text.push(' ');
        }
        if token.kind == Kind::Pragma {
            self.text.push_str("#pragma ");
        }
        self.text.push_str(session.names.text(token.name));
        if token.name == crate::names::Name::EMPTY {
            self.text.push_str(token.kind.spelling());
        }
        if token.kind == Kind::Pragma {
            self.text.push('\n');
            self.place = None;
        }
        self.last = Some(token);
    }

    /// Ends the line and makes the next one that of `span`.
    fn go_to(&mut self, span: Span, session: &Session<'_>) {
        let line = session.sources.line_col(span).0;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
            self.place = self.place.map(|(file, line)| (file, line + 1));
        }
        match self.place {
            _ if !self.markers => {}
            Some((file, now)) if file == span.file() && (now..=now + MAX_GAP).contains(&line) => {
                (now..line).for_each(|_| self.text.push('\n'));
            }
            _ => {
                let name = &session.sources.file(span.file()).name;
                let name = name.replace('\\', "\\\\").replace('"', "\\\"");
                self.text += &format!("# {line} \"{name}\"\n");
            }
        }
        self.place = Some((span.file(), line));
    }

    /// Whether the last token and this one would be read as something else without a space.
    fn would_paste(&self, token: Token, session: &mut Session<'_>) -> bool {
        let Some(last) = self.last else { return false };
        let (a, b) = (last.text(&session.names), token.text(&session.names));
        let wordy = |kind| matches!(kind, Kind::Ident | Kind::Number | Kind::Char | Kind::String);
        let (Some(end), Some(start)) = (a.chars().next_back(), b.chars().next()) else {
            return false;
        };
        if wordy(last.kind) || wordy(token.kind) {
            let number = last.kind == Kind::Number && matches!(start, '+' | '-' | '.');
            let dot = token.kind == Kind::Number && matches!(end, '.' | '\\');
            return number || dot || wordy(last.kind) && wordy(token.kind);
        }
        if end == '.' && start == '.' {
            return true;
        }
        let text = format!("{a}{b}");
        lex_text(&text, token.span, &mut session.names)
            .first()
            .is_none_or(|first| first.kind != last.kind || first.name != last.name)
    }
}
