//! `#include`: finding files (C11 6.10.2) and the stack of open ones.
//!
//! A name in quotes is looked for beside the including file, then as one in angles: in the
//! folders of `-I`, then among the built-in headers.

use super::{INCLUDE_COUNT, INCLUDE_DEPTH, Preprocessor, Reading};
use crate::codes;
use crate::include;
use crate::lex::{FileLexer, Kind, Token};
use crate::session::{Edition, Session};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use wasm_common::source::{self, FileId, Span};
use wasm_common::text::{format, replaced, text};

/// What stands after `#include`.
struct Target {
    path: String,
    quoted: bool,
    span: Span,
}

/// A file that was found.
struct Found {
    file: FileId,
    /// The folder of the search path, plus one; 0 beside the including file.
    found_in: usize,
}

impl Preprocessor {
    /// `#include`, `#include_next` and `#import` with the rest of their line.
    pub(super) fn include(
        &mut self,
        directive: &str,
        line: Vec<Token>,
        word: Span,
        session: &mut Session<'_>,
    ) {
        let direct = line.first().is_some_and(|t| matches!(t.kind, Kind::String | Kind::Lt));
        let line = if direct { line } else { self.expand_list(line, session) };
        let Some(target) = read_target(&line, session) else {
            let span = line.first().map_or(word, |t| t.span);
            let text = text!("expected a file name as \"name.h\" or <name.h>");
            session.report(codes::BAD_DIRECTIVE.error(span, text));
            return;
        };
        self.includes += 1;
        if self.files.len() >= INCLUDE_DEPTH || self.includes > INCLUDE_COUNT {
            self.too_many_includes(&target, session);
            return;
        }
        match self.find(&target, directive == "include_next", session) {
            Some(found) => {
                if directive == "import" && !self.once.contains(&found.file) {
                    self.once.push(found.file);
                } else if self.once.contains(&found.file) {
                    return;
                }
                self.open(found.file, found.found_in, Some(target.span), session);
            }
            None => {
                let text = format!("cannot find include file `{}`", target.path);
                let help = match include::nearest(&target.path) {
                    Some(near) => format!("did you mean <{near}>?"),
                    None => "name its folder with -I".to_string(),
                };
                session.report(codes::INCLUDE_NOT_FOUND.error(target.span, text).help(help));
                // Most of what follows would be unknown.
                self.stop();
            }
        }
    }

    fn too_many_includes(&mut self, target: &Target, session: &mut Session<'_>) {
        let text = format!("including `{}` nests too deeply or too often", target.path);
        let file = self.files.last().map(|r| r.lexer.file());
        let first = self.files.iter().find(|r| Some(r.lexer.file()) == file);
        let diagnostic = codes::INCLUDE_DEPTH.error(target.span, text);
        let diagnostic = match first.and_then(|r| r.site) {
            Some(site) => diagnostic.label(site, text!("this file was first included here")),
            None => diagnostic,
        };
        let help =
            text!("put `#pragma once` or an include guard into files that include each other");
        session.report(diagnostic.help(help));
        self.stop();
    }

    /// Whether `__has_include` with these tokens holds.
    pub(super) fn can_include(
        &mut self,
        operand: &[Token],
        next: bool,
        session: &mut Session<'_>,
    ) -> bool {
        read_target(operand, session)
            .is_some_and(|target| self.find(&target, next, session).is_some())
    }

    /// Starts reading `file`.
    pub(super) fn open(
        &mut self,
        file: FileId,
        found_in: usize,
        site: Option<Span>,
        session: &mut Session<'_>,
    ) {
        let standard = self.options.standard;
        let trigraphs = !standard.gnu && standard.edition < Edition::C23;
        session.sources.bring_back(file);
        if !session.sources.fits(file) {
            let message = text!("the file is too large, or one file too many");
            session.report(codes::FILE_TOO_LARGE.error(site.unwrap_or_default(), message));
            return;
        }
        let name = &session.sources.file(file).name;
        let folder = name.rfind('/').map_or("", |slash| &name[..=slash]).to_string();
        let lexer = FileLexer::new(file, session.sources, trigraphs);
        self.files.push(Reading {
            lexer,
            conditionals: Vec::new(),
            folder,
            found_in,
            line_offset: 0,
            presumed: None,
            site,
        });
    }

    /// Ends the innermost file.
    pub(super) fn close_file(&mut self, session: &mut Session<'_>) {
        self.check_conditionals(session);
        if let Some(closed) = self.files.pop() {
            session.sources.put_away(closed.lexer.file());
        }
    }

    fn find(&mut self, target: &Target, next: bool, session: &mut Session<'_>) -> Option<Found> {
        let (folder, found_in) = match self.files.last() {
            Some(reading) => (reading.folder.clone(), reading.found_in),
            None => (String::new(), 0),
        };
        if target.path.starts_with('/') {
            return self.read(&target.path, session).map(|file| Found { file, found_in: 0 });
        }
        if target.quoted
            && !next
            && let Some(file) = self.read(&format!("{folder}{}", target.path), session)
        {
            return Some(Found { file, found_in: 0 });
        }
        let first = if next { found_in } else { 0 };
        for at in first..self.options.include_paths.len() {
            let folder = &self.options.include_paths[at];
            let slash = if folder.is_empty() || folder.ends_with('/') { "" } else { "/" };
            let path = format!("{folder}{slash}{}", target.path);
            if let Some(file) = self.read(&path, session) {
                return Some(Found { file, found_in: at + 1 });
            }
        }
        let name = format!("<{}>", target.path);
        let file = match self.known.get(&name) {
            Some(&Some(file)) => file,
            _ => {
                let text = include::header(&target.path)?;
                session.sources.add_built_in(name.clone(), text, include::make)
            }
        };
        self.known.insert(name, Some(file));
        Some(Found { file, found_in: self.options.include_paths.len() + 1 })
    }

    /// The file at `path`, read at most once.
    fn read(&mut self, path: &str, session: &mut Session<'_>) -> Option<FileId> {
        let path = normalized(path);
        if let Some(&known) = self.known.get(&path) {
            return known;
        }
        let already = session.sources.files().iter().position(|f| f.name == path);
        let file = match already {
            Some(index) => Some(FileId(index as u16)),
            None => session
                .files
                .read(&path)
                .filter(|_| session.sources.files().len() < 0xffff)
                .map(|bytes| session.sources.add(path.clone(), source::decode(bytes))),
        };
        self.known.insert(path, file);
        file
    }
}

/// `a/./b` and `./a` without their dots.
fn normalized(path: &str) -> String {
    let mut text = replaced(path, "/./", "/");
    while let Some(rest) = text.strip_prefix("./") {
        text = rest.to_string();
    }
    text
}

/// The name between quotes or angles, with the text in between as it stands in the source.
fn read_target(line: &[Token], session: &Session<'_>) -> Option<Target> {
    let first = line.first()?;
    if first.kind == Kind::String {
        let text = first.text(&session.names);
        let path = text.strip_prefix('"')?.strip_suffix('"')?.to_string();
        return (!path.is_empty()).then_some(Target { path, quoted: true, span: first.span });
    }
    let close = line.iter().position(|t| t.kind == Kind::Gt)?;
    if first.kind != Kind::Lt || close == 1 {
        return None;
    }
    let mut path = String::new();
    for (index, token) in line[1..close].iter().enumerate() {
        if index > 0 && token.spaced() {
            path.push(' ');
        }
        path.push_str(token.text(&session.names));
    }
    Some(Target { path, quoted: false, span: first.span.to(line[close].span) })
}
