//! Pragmas that the parser heeds: `#pragma pack`.
//!
//! Each struct under `pack` gets the attribute `pragma_pack(n)`, as tokens behind its keyword, so
//! that the grammar and the checker need not know where the pragma stood.

use super::Parser;
use crate::codes;
use crate::lex::{Flags, Kind, Token, lex_text};
use crate::session::Session;
use alloc::vec::Vec;
use wasm_common::text::{format, text};

/// `#pragma pack` in force and saved.
#[derive(Default)]
pub(super) struct Pack {
    /// 0 for natural alignment.
    pub(super) now: u32,
    pushed: Vec<u32>,
}

impl Parser {
    /// Heeds or warns of a pragma.
    pub(super) fn pragma(&mut self, pragma: Token, session: &mut Session<'_>) {
        let text = alloc::string::String::from(session.names.text(pragma.name));
        let tokens = lex_text(&text, pragma.span, &mut session.names);
        let words: Vec<&str> = tokens.iter().map(|t| t.text(&session.names)).collect();
        match words[..] {
            ["pack", "(", ref inside @ .., ")"] => {
                if !self.pack.set(inside) {
                    let text = text!("malformed `#pragma pack`");
                    session.report(codes::BAD_DIRECTIVE.error(pragma.span, text));
                }
            }
            ["GCC" | "clang", "diagnostic", ref words @ ..] => {
                self.mutes.heed(words, pragma.span);
            }
            ["GCC", "error", ref text @ ..] => {
                session.report(codes::USER_ERROR.error(pragma.span, text.join(" ")));
            }
            ["GCC", "warning", ref text @ ..] => {
                session.report(codes::USER_WARNING.warning(pragma.span, text.join(" ")));
            }
            ["STDC" | "GCC" | "clang" | "region" | "endregion" | "message", ..] | [] => {}
            [word, ..] => {
                let text = format!("unknown pragma `{word}` is ignored");
                session.report(codes::UNKNOWN_PRAGMA.warning(pragma.span, text));
            }
        }
    }

    /// Puts the attribute behind `keyword`.
    pub(super) fn pack_attribute(&mut self, keyword: Token, session: &mut Session<'_>) {
        let text = format!("__attribute__ ((pragma_pack({})))", self.pack.now);
        for mut token in lex_text(&text, keyword.span, &mut session.names) {
            if token.kind == Kind::Ident {
                token.kind = self.keywords.kind(token.name);
            }
            token.flags = Flags::SPACE;
            self.pending.push_back(token);
        }
    }
}

impl Pack {
    /// What stands in the parentheses of `pack(...)`; false if it is malformed.
    fn set(&mut self, words: &[&str]) -> bool {
        let words: Vec<&str> = words.iter().copied().filter(|word| *word != ",").collect();
        let number = |word: &str| word.parse().ok().filter(|n: &u32| n.is_power_of_two());
        match words[..] {
            [] | ["0"] => self.now = 0,
            ["pop", ..] => self.now = self.pushed.pop().unwrap_or(0),
            // A name after `push` is for people.
            ["push", .., last] => {
                self.pushed.push(self.now);
                self.now = number(last).unwrap_or(self.now);
            }
            ["push"] => self.pushed.push(self.now),
            [n] => {
                let Some(value) = number(n) else { return false };
                self.now = value;
            }
            _ => return false,
        }
        true
    }
}
