//! What logos sees: the shapes of tokens, before anybody asks what a word means.

use logos::Logos;

#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\r\x0c]+")]
pub(super) enum Raw {
    #[regex(r"'[^\n]*", allow_greedy = true)]
    Comment,
    #[regex(r"_[ \t]*", at_line_end, priority = 20)]
    Underscore,
    #[regex(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*(&&|[%&!#$])?")]
    Word,
    #[regex(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eEdD][+-]?[0-9]+)?(&&|[%&!#])?")]
    Number,
    #[regex(r"(&[hHoO]|0[xX])[0-9A-Fa-f]+(&&|[%&])?", priority = 10)]
    #[regex(r"&[0-7]+", priority = 10)]
    Radix,
    /// Where a string ends depends on the dialect, so the scanner finds it.
    #[token("\"")]
    Quote,
    #[token("(")]
    #[token("[")]
    Open,
    #[token(")")]
    #[token("]")]
    Close,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token(":")]
    Colon,
    #[token("?")]
    Question,
    #[token("#")]
    Hash,
    #[token(".")]
    Dot,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("\\")]
    Backslash,
    #[token("^")]
    Caret,
    #[token("=")]
    Eq,
    #[regex(r"<[ \t]*>")]
    #[regex(r">[ \t]*<")]
    Ne,
    #[token("<")]
    Lt,
    #[token(">")]
    Gt,
    #[regex(r"<[ \t]*=")]
    #[regex(r"=[ \t]*<")]
    Le,
    #[regex(r">[ \t]*=")]
    #[regex(r"=[ \t]*>")]
    Ge,
}

/// `_` continues a line only at its end.
fn at_line_end(lexer: &mut logos::Lexer<'_, Raw>) -> bool {
    lexer.remainder().is_empty()
}
