//! Tokens, and what their texts say.

use super::raw::Raw;
use crate::ast::{BinaryOp, Suffix};
use crate::dialect::Dialect;
use alloc::string::String;
use core::fmt;
use wasm_common::number;
use wasm_common::source::Span;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tok {
    pub(crate) token: Token,
    pub(crate) span: Span,
}

/// What the parser sees. Only words that end or join expressions, or open and close blocks, are
/// keywords; all others are names, and a statement knows its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Keyword(Keyword),
    Name(String, Option<Suffix>),
    Int(i64, Option<Suffix>),
    Float {
        value: f64,
        suffix: Option<Suffix>,
        double: bool,
    },
    Str(String),
    /// The raw text behind DATA.
    Data(String),
    /// A metacommand of a comment: the word and its value.
    Meta(String, String),
    Operator(BinaryOp),
    Open,
    Close,
    Comma,
    Semicolon,
    Colon,
    Question,
    Hash,
    Dot,
}

macro_rules! keywords {
    ($($variant:ident $text:literal),* $(,)?) => {
        /// Words that cannot be names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Keyword { $($variant),* }

        impl Keyword {
            /// The keyword spelled so, in upper case.
            pub(crate) fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }

            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

keywords! {
    And "AND", Or "OR", Xor "XOR", Eqv "EQV", Imp "IMP", Mod "MOD", Not "NOT",
    If "IF", Then "THEN", Else "ELSE", ElseIf "ELSEIF", For "FOR", To "TO", Step "STEP",
    Next "NEXT", While "WHILE", Wend "WEND", Do "DO", Loop "LOOP", Until "UNTIL",
    Select "SELECT", Case "CASE", Sub "SUB", Function "FUNCTION", End "END", Goto "GOTO",
    Gosub "GOSUB", Dim "DIM", Let "LET", Rem "REM",
}

impl Keyword {
    /// The operator that the keyword is.
    pub(crate) fn operator(self) -> Option<BinaryOp> {
        Some(match self {
            Self::And => BinaryOp::And,
            Self::Or => BinaryOp::Or,
            Self::Xor => BinaryOp::Xor,
            Self::Eqv => BinaryOp::Eqv,
            Self::Imp => BinaryOp::Imp,
            Self::Mod => BinaryOp::Mod,
            _ => return None,
        })
    }
}

impl Token {
    /// The token of a shape that has no text.
    pub(super) fn from_raw(raw: Raw) -> Self {
        Self::Operator(match raw {
            Raw::Open => return Self::Open,
            Raw::Close => return Self::Close,
            Raw::Comma => return Self::Comma,
            Raw::Semicolon => return Self::Semicolon,
            Raw::Colon => return Self::Colon,
            Raw::Question => return Self::Question,
            Raw::Hash => return Self::Hash,
            Raw::Plus => BinaryOp::Add,
            Raw::Minus => BinaryOp::Sub,
            Raw::Star => BinaryOp::Mul,
            Raw::Slash => BinaryOp::Div,
            Raw::Backslash => BinaryOp::IntDiv,
            Raw::Caret => BinaryOp::Pow,
            Raw::Eq => BinaryOp::Eq,
            Raw::Ne => BinaryOp::Ne,
            Raw::Lt => BinaryOp::Lt,
            Raw::Gt => BinaryOp::Gt,
            Raw::Le => BinaryOp::Le,
            Raw::Ge => BinaryOp::Ge,
            _ => return Self::Dot,
        })
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyword(keyword) => f.write_str(keyword.as_str()),
            Self::Name(text, None) => f.write_str(text),
            Self::Name(text, Some(suffix)) => write!(f, "{text}{suffix}"),
            Self::Int(value, _) => write!(f, "{value}"),
            Self::Float { value, .. } => f.write_str(&number::text(*value)),
            Self::Str(_) => f.write_str("string"),
            Self::Data(_) => f.write_str("DATA"),
            Self::Meta(word, _) => write!(f, "${word}"),
            Self::Operator(op) => f.write_str(op.as_str()),
            Self::Open => f.write_str("("),
            Self::Close => f.write_str(")"),
            Self::Comma => f.write_str(","),
            Self::Semicolon => f.write_str(";"),
            Self::Colon => f.write_str(":"),
            Self::Question => f.write_str("?"),
            Self::Hash => f.write_str("#"),
            Self::Dot => f.write_str("."),
        }
    }
}

/// The name or number without its suffix, and the suffix.
pub(super) fn split_suffix(text: &str) -> (&str, Option<Suffix>) {
    if let Some(rest) = text.strip_suffix("&&") {
        return (rest, Some(Suffix::Long64));
    }
    let suffix = match text.as_bytes().last() {
        Some(b'%') => Suffix::Percent,
        Some(b'&') => Suffix::Ampersand,
        Some(b'!') => Suffix::Bang,
        Some(b'#') => Suffix::Hash,
        Some(b'$') => Suffix::Dollar,
        _ => return (text, None),
    };
    (&text[..text.len() - 1], Some(suffix))
}

/// The number that `text` says; `None` when it does not fit.
pub(super) fn number(text: &str) -> Option<Token> {
    let (digits, suffix) = split_suffix(text);
    let lower = digits.to_ascii_lowercase();
    let radix = |prefix: &str, radix| {
        let digits = lower.strip_prefix(prefix)?;
        Some(u64::from_str_radix(digits, radix).ok().map(|v| Token::Int(v as i64, suffix)))
    };
    let prefixed = radix("&h", 16)
        .or_else(|| radix("0x", 16))
        .or_else(|| radix("&o", 8))
        .or_else(|| radix("&", 8));
    if let Some(token) = prefixed {
        return token;
    }
    let float_suffix = matches!(suffix, Some(Suffix::Bang | Suffix::Hash));
    if !float_suffix
        && lower.bytes().all(|b| b.is_ascii_digit())
        && let Ok(value) = lower.parse()
    {
        return Some(Token::Int(value, suffix));
    }
    let mantissa = lower.split(['e', 'd']).next().unwrap_or("");
    let significant = mantissa.bytes().filter(u8::is_ascii_digit).skip_while(|&b| b == b'0');
    let double = lower.contains('d') || significant.count() > 7;
    let value = number::double(&lower.replace('d', "e"))?;
    Some(Token::Float { value, suffix, double })
}

/// Where the string whose text begins at `rest` ends: its quote, or the end of the line.
pub(super) fn string_end(rest: &str, dialect: &Dialect) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if dialect.escapes => at += 1,
            b'"' if dialect.doubled_quotes && bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' => return at,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

/// The text between the quotes, escapes resolved.
pub(super) fn unescape(text: &str, dialect: &Dialect) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if dialect.escapes => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(c @ ('\\' | '"')) => out.push(c),
                Some(c) => {
                    out.push('\\');
                    out.push(c);
                }
                None => out.push('\\'),
            },
            '"' => {
                chars.next();
                out.push('"');
            }
            c => out.push(c),
        }
    }
    out
}
