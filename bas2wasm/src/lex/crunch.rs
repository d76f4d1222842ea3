//! Words in which keywords touch names and numbers: `FORI=1TO9`, `IFA=BTHEN120`, `PRINTX`.
//!
//! GW-BASIC listings from paper are full of them, and so are names that contain keywords (`TOTAL`,
//! `SCORE`, `FORCE`). So a word is taken apart only where the line makes no sense otherwise: at the
//! start of a statement that is no assignment; in an IF without THEN; in a FOR without TO.

use super::token::{Keyword, Tok, Token};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::text::find;

/// Words that may start a statement, longest first where one begins another.
const STARTS: [&str; 24] = [
    "RANDOMIZE",
    "RESTORE",
    "RETURN",
    "GOSUB",
    "INPUT",
    "PRINT",
    "WHILE",
    "CLOSE",
    "LPRINT",
    "ERASE",
    "GOTO",
    "NEXT",
    "READ",
    "SWAP",
    "DATA",
    "STOP",
    "THEN",
    "ELSE",
    "FOR",
    "DIM",
    "LET",
    "DEF",
    "IF",
    "ON",
];

/// Words that begin like others and are statements of their own.
const WHOLE: [&str; 8] =
    ["DEFINT", "DEFSNG", "DEFDBL", "DEFSTR", "DEFLNG", "FORMAT", "PRINTS", "IF"];

/// Words that may stand in the middle of a statement.
const MIDDLES: [&str; 9] = ["THEN", "GOTO", "GOSUB", "ELSE", "STEP", "TO", "AND", "OR", "MOD"];

/// Takes the words of a line apart.
pub(super) fn split(tokens: &mut Vec<Tok>) {
    let mut at = usize::from(matches!(tokens.first(), Some(Tok { token: Token::Int(..), .. })));
    while at < tokens.len() {
        statement(tokens, at);
        let branch = |tok: &Tok| is(tok, Keyword::Then) || is(tok, Keyword::Else);
        let ends = |&next: &usize| {
            tokens[next].token == Token::Colon || next > at && branch(&tokens[next])
        };
        let Some(end) = (at..tokens.len()).find(ends) else { return };
        at = end + 1;
    }
}

fn is(tok: &Tok, keyword: Keyword) -> bool {
    tok.token == Token::Keyword(keyword)
}

/// The statement that begins at `at`.
fn statement(tokens: &mut Vec<Tok>, at: usize) {
    let end =
        tokens[at..].iter().position(|t| t.token == Token::Colon).map_or(tokens.len(), |n| at + n);
    if let Token::Name(word, _) = &tokens[at].token {
        let word = word.clone();
        let start = STARTS.iter().find(|start| word.starts_with(**start) && word != **start);
        let start = start.filter(|_| !WHOLE.contains(&word.as_str()));
        if let Some(start) = start {
            let range = &tokens[at + 1..end];
            let sensible = match *start {
                "IF" => {
                    range.iter().any(|t| is(t, Keyword::Then) || is(t, Keyword::Goto))
                        || range.iter().any(|t| hides(t, "THEN") || hides(t, "GOTO"))
                }
                "FOR" => {
                    range.first().is_some_and(|next| next.token != Token::Open)
                        && range.windows(2).any(|pair| is_to(&pair[0], &pair[1]))
                }
                _ => false,
            };
            let digits = word[start.len()..].bytes().all(|b| b.is_ascii_digit());
            if sensible || digits || !is_assignment(range) {
                break_word(tokens, at, start.len());
            }
        }
    }
    let (wanted, first): (&[&str], _) = match tokens[at].token {
        Token::Keyword(Keyword::If) => (&["THEN", "GOTO", "GOSUB", "ELSE", "AND", "OR"], at + 1),
        // The variable stands before them.
        Token::Keyword(Keyword::For) => (&["TO", "STEP"], at + 2),
        Token::Name(ref word, None) if word == "ON" => (&["GOTO", "GOSUB"], at + 1),
        _ => return numbers_only(tokens, at + 1),
    };
    let glued = tokens
        .get(at + 1)
        .is_some_and(|next| matches!(next.token, Token::Name(..)) && touch(&tokens[at], next));
    middles(tokens, first, wanted, glued);
}

/// `=` after a name, or after a name and its subscripts.
fn is_assignment(rest: &[Tok]) -> bool {
    let equals = Token::Operator(crate::ast::BinaryOp::Eq);
    match rest.first().map(|tok| &tok.token) {
        Some(Token::Open) => {
            let mut depth = 0;
            for (at, tok) in rest.iter().enumerate() {
                match tok.token {
                    Token::Open => depth += 1,
                    Token::Close => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    return rest.get(at + 1).is_some_and(|tok| tok.token == equals);
                }
            }
            false
        }
        Some(token) => *token == equals,
        None => false,
    }
}

/// Whether the word holds `keyword` between two other parts, or at its start or end.
fn hides(tok: &Tok, keyword: &str) -> bool {
    matches!(&tok.token, Token::Name(word, None) if word.len() > keyword.len() && find(word, keyword).is_some())
}

/// Whether the token behind `before` is TO, or begins with it where a name makes no sense, or has it
/// between two names of paper listings, which have two characters at most.
fn is_to(before: &Tok, tok: &Tok) -> bool {
    let Token::Name(word, None) = &tok.token else { return is(tok, Keyword::To) };
    let short = |name: &str| (1..=2).contains(&name.len());
    find(word, "TO")
        .map(|at| (&word[..at], &word[at + 2..]))
        .is_some_and(|(a, b)| if a.is_empty() { is_operand(before) } else { short(a) && short(b) })
}

/// Takes apart the words behind `at` that hide one of `wanted`, until it is found. Those that the
/// statement can do without, as SCORE and STEPS hide them, only where it makes no sense otherwise, or
/// is `glued` together anyway.
fn middles(tokens: &mut Vec<Tok>, mut at: usize, wanted: &[&str], glued: bool) {
    let start = at;
    let mut condition = true;
    while at < tokens.len() && tokens[at].token != Token::Colon {
        if let Token::Name(word, _) = &tokens[at].token {
            let have = |keyword: &str| {
                tokens[start..]
                    .iter()
                    .take_while(|t| t.token != Token::Colon)
                    .any(|t| matches!(&t.token, Token::Keyword(k) if k.as_str() == keyword))
            };
            let torn = |n: usize, len: usize| {
                let last = tokens[start..at].last().filter(|last| n == 0 && is_operand(last));
                let next = tokens.get(at + 1).filter(|next| next.token != Token::Close);
                let behind = n + len == word.len() && next.is_some_and(is_operand);
                let touches = last.is_some_and(|last| touch(last, &tokens[at]));
                glued || touches || condition && (last.is_some() || behind)
            };
            let found = wanted.iter().find_map(|keyword| {
                let (n, len) = (find(word, keyword)?, keyword.len());
                let spare = matches!(*keyword, "AND" | "OR" | "STEP" | "ELSE");
                let needed = !spare && !have("THEN") && !have("GOTO");
                let hidden = len < word.len() && !have(keyword) && (needed || torn(n, len));
                hidden.then_some((n, len))
            });
            match found {
                Some((0, len)) => break_word(tokens, at, len),
                Some((n, _)) => break_word(tokens, at, n),
                None => {}
            }
        }
        numbers_at(tokens, at);
        condition &= !is(&tokens[at], Keyword::Then) && !is(&tokens[at], Keyword::Goto);
        at += 1;
    }
}

fn touch(a: &Tok, b: &Tok) -> bool {
    a.span.end() == b.span.start()
}

/// What an operator has on either side: two of them make no sense.
fn is_operand(tok: &Tok) -> bool {
    matches!(
        tok.token,
        Token::Name(..) | Token::Int(..) | Token::Float { .. } | Token::Str(_) | Token::Close
    )
}

/// Keywords with digits behind them: `THEN120`.
fn numbers_only(tokens: &mut Vec<Tok>, mut at: usize) {
    while at < tokens.len() && tokens[at].token != Token::Colon {
        numbers_at(tokens, at);
        at += 1;
    }
}

fn numbers_at(tokens: &mut Vec<Tok>, at: usize) {
    let Token::Name(word, None) = &tokens[at].token else { return };
    let keyword = MIDDLES.iter().find(|k| {
        word.strip_prefix(**k)
            .is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit()))
    });
    if let Some(keyword) = keyword {
        break_word(tokens, at, keyword.len());
    }
}

/// Breaks the word at `at` in two; digits at the start of the second part are a number.
fn break_word(tokens: &mut Vec<Tok>, at: usize, len: usize) {
    let Token::Name(word, suffix) = tokens[at].token.clone() else { return };
    let span = tokens[at].span;
    let middle = span.start() + len as u32;
    let (left, right) = (word[..len].to_string(), &word[len..]);
    tokens[at] = Tok { token: word_token(left), span: span.with_end(middle) };
    let digits = right.bytes().take_while(u8::is_ascii_digit).count();
    let mut next = at + 1;
    let number = right[..digits].parse();
    if let Ok(number) = number {
        let suffix = suffix.filter(|_| digits == right.len());
        let span = span.with_start(middle).with_end(middle + digits as u32);
        tokens.insert(next, Tok { token: Token::Int(number, suffix), span });
        next += 1;
        if digits == right.len() {
            return;
        }
    }
    let rest = right[if number.is_ok() { digits } else { 0 }..].to_string();
    let span = span.with_start(span.start() + (word.len() - rest.len()) as u32);
    let token = if suffix.is_none() { word_token(rest) } else { Token::Name(rest, suffix) };
    tokens.insert(next, Tok { token, span });
}

/// The length of what ends in a keyword in front of a number without a zero: 5 in `PRINT.5`, 7 in
/// `TO1STEP.5`; or in front of `&H` and its kin: 2 in `TO&`, for GW-BASIC has no suffix `&`.
pub(super) fn before_number(word: &str, rest: &str) -> Option<usize> {
    if let Some(before) = word.strip_suffix('&') {
        return rest.starts_with(['H', 'h', 'O', 'o']).then_some(before.len());
    }
    let len = word.find('.')?;
    let number = word[len + 1..].starts_with(|c: char| c.is_ascii_digit());
    let upper = word[..len].to_ascii_uppercase();
    let last = upper.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let keyword = STARTS.iter().chain(&MIDDLES).any(|keyword| *keyword == last);
    (number && keyword).then_some(len)
}

pub(super) fn word_token(text: String) -> Token {
    Keyword::parse(&text).map_or(Token::Name(text, None), Token::Keyword)
}
