//! The preprocessor: translation phases 3, 4 and part of 6 (C11 5.1.1.2, 6.10).
//!
//! In: files. Out: [`Preprocessor::next`], one token at a time; only the macros, the stack of
//! open files and what is being expanded are kept.
//!
//! ```text
//! mod          the stream: contexts over files, conditionals and directives in between
//! directive    what each # line does          include      where files are found
//! condition    #if expressions                predefined   macros that exist from the start
//! macros       definitions and their table    expand       uses of macros and their arguments
//! substitute   arguments, # and ##            output       tokens as text for -E
//! expansions   uses remembered for diagnostics
//! waiting      lines of headers that wait until they are needed
//! ```
//!
//! What always holds: a macro's name is painted (never expanded again) when it is met while the
//! macro is being rescanned; time and memory per use of a macro, and over all uses, are limited
//! ([`EXPANSION_LIMIT`]); after an error that has no sensible continuation the stream ends.

mod condition;
mod directive;
mod expand;
mod expansions;
mod include;
mod macros;
mod output;
mod predefined;
mod substitute;
mod waiting;

pub use expansions::Expansions;
pub use output::preprocess_to_text;
pub use waiting::{Prototypes, take_prototype};

use crate::codes;
use crate::lex::{FileLexer, Flags, Kind, Token};
use crate::session::{FrontOptions, Session};
use alloc::{rc::Rc, string::String, vec::Vec};
use directive::Conditional;
use macros::{Macro, MacroTable};
use wasm_common::map::Map;
use wasm_common::source::{FileId, Span};
use wasm_common::text::text;

/// Tokens that one outermost use of a macro may make.
pub const EXPANSION_LIMIT: usize = 1 << 20;

/// Tokens that all macros of a translation unit may make.
const TOTAL_EXPANSION_LIMIT: usize = 1 << 24;

/// Files open at a time.
const INCLUDE_DEPTH: usize = 200;

/// Files opened in all, repetitions counted.
const INCLUDE_COUNT: usize = 20_000;

/// A file being read.
struct Reading {
    lexer: FileLexer,
    /// Open `#if`s of this file, outermost first.
    conditionals: Vec<Conditional>,
    /// Folder of the file, with the slash.
    folder: String,
    /// For `#include_next`: which folder of the search path it was found in, plus one.
    found_in: usize,
    /// What `#line` adds to line numbers.
    line_offset: i64,
    /// The file name that `#line` gave.
    presumed: Option<String>,
    /// Where it was included.
    site: Option<Span>,
}

/// Tokens to be read before the file goes on.
struct Context {
    tokens: Vec<Token>,
    next: usize,
    /// The macro whose expansion this is; enabled again at its end.
    definition: Option<Rc<Macro>>,
    /// Ends the stream instead of falling through to what lies below.
    barrier: bool,
}

/// The stream of preprocessed tokens of one translation unit.
pub struct Preprocessor {
    options: FrontOptions,
    macros: MacroTable,
    files: Vec<Reading>,
    contexts: Vec<Context>,
    /// Text of open and closed files by the path they were found at.
    known: Map<String, Option<FileId>>,
    /// Files with `#pragma once`.
    once: Vec<FileId>,
    includes: usize,
    counter: u32,
    /// Tokens made by macros since the last token outside of them, and in all.
    expanded: usize,
    expanded_in_all: usize,
    /// Depth of argument expansion, bounded by the nesting limit.
    argument_depth: u32,
    /// Reading a directive or arguments: the end of a file is not stepped over.
    keep_file: bool,
    /// Pragmas met among arguments: they come before the expansion.
    put_aside: Vec<Token>,
    /// White space of an expansion to nothing, for the next token.
    carried: Flags,
    /// An error has ended the stream.
    stopped: bool,
    /// Whether lines of headers wait: prototypes are then left out of the stream.
    pub lines_wait: bool,
}

impl Preprocessor {
    /// The stream of file `main` and all it includes.
    pub fn new(main: FileId, options: &FrontOptions, session: &mut Session<'_>) -> Self {
        let mut this = Self {
            options: options.clone(),
            macros: MacroTable::new(session),
            files: Vec::new(),
            contexts: Vec::new(),
            known: Map::new(),
            once: Vec::new(),
            includes: 0,
            counter: 0,
            expanded: 0,
            expanded_in_all: 0,
            argument_depth: 0,
            keep_file: false,
            put_aside: Vec::new(),
            carried: Flags::NONE,
            stopped: false,
            lines_wait: false,
        };
        this.open(main, 0, None, session);
        let command_line = predefined::command_line(&options.macros);
        if !command_line.is_empty() {
            let file = session.sources.add("<command line>", command_line);
            this.open(file, 0, None, session);
        }
        this
    }

    /// The next token after expansion; [`Kind::Eof`] at the end and ever after.
    pub fn next(&mut self, session: &mut Session<'_>) -> Token {
        loop {
            let mut token = self.pull(session);
            self.macros.meet(self.options.standard, session);
            if token.kind == Kind::Ident
                && !token.flags.has(Flags::PAINTED)
                && let Some(definition) = self.macros.get(token.name).cloned()
            {
                if definition.disabled.get() {
                    token.flags = token.flags.with(Flags::PAINTED);
                } else if self.expand(token, definition, session) {
                    self.carried = self.carried.with(token.flags);
                    continue;
                }
            }
            if self.carried != Flags::NONE {
                token.flags = token.flags.with(self.carried);
                self.carried = Flags::NONE;
            }
            return token;
        }
    }

    /// Whether an error without sensible continuation has ended the stream.
    pub fn stopped(&self) -> bool {
        self.stopped
    }

    /// The next token before expansion, from the innermost context or the file.
    fn pull(&mut self, session: &mut Session<'_>) -> Token {
        while let Some(top) = self.contexts.last_mut() {
            if let Some(token) = top.tokens.get(top.next) {
                top.next += 1;
                return *token;
            }
            if top.barrier {
                return self.end_token(session);
            }
            self.leave_context();
        }
        self.expanded = 0;
        self.file_token(session)
    }

    fn leave_context(&mut self) {
        if let Some(Context { definition: Some(definition), .. }) = self.contexts.pop() {
            definition.disabled.set(false);
        }
    }

    fn push_context(&mut self, tokens: Vec<Token>, definition: Option<Rc<Macro>>, barrier: bool) {
        self.contexts.push(Context { tokens, next: 0, definition, barrier });
    }

    /// The next token of the files; directives are carried out on the way.
    fn file_token(&mut self, session: &mut Session<'_>) -> Token {
        loop {
            self.put_off_lines(session);
            let Some(reading) = self.files.last_mut().filter(|_| !self.stopped) else {
                return self.end_token(session);
            };
            let token = reading.lexer.next(session.sources, &mut session.names);
            match token.kind {
                Kind::Hash if token.flags.has(Flags::LINE_START) => {
                    self.directive(token, session);
                    // A pragma has left its token.
                    if !self.contexts.is_empty() {
                        return self.pull(session);
                    }
                }
                Kind::OpenComment => {
                    let text = text!("comment is not closed; expected `*/`");
                    session.report(codes::UNTERMINATED_COMMENT.error(token.span, text));
                }
                Kind::Eof if self.files.len() > 1 && !self.keep_file => {
                    self.close_file(session);
                }
                Kind::Eof => {
                    if !self.keep_file {
                        self.check_conditionals(session);
                    }
                    return token;
                }
                _ => return token,
            }
        }
    }

    /// An end of stream where the innermost file now stands.
    fn end_token(&mut self, session: &mut Session<'_>) -> Token {
        let file = self.files.last().map_or(FileId(0), |reading| reading.lexer.file());
        let length = session.sources.file(file).text.len();
        let span = Span::new(file, length, length);
        Token { kind: Kind::Eof, flags: Flags::LINE_START, name: Default::default(), span }
    }

    /// Ends the stream for good.
    fn stop(&mut self) {
        self.stopped = true;
        for context in &mut self.contexts {
            context.next = context.tokens.len();
        }
    }
}
