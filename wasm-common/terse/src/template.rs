//! The literal of a `format!` and its arguments, as far as they are of the simplest kind.

use proc_macro::{Span, TokenStream, TokenTree};

/// A text, in which the bytes from 1 on are places of arguments.
pub(crate) struct Template {
    pub(crate) text: String,
    pub(crate) arguments: Vec<TokenStream>,
}

/// Arguments of one text: their bytes end before the line end.
const MOST: usize = 9;

impl Template {
    /// `None` for what the standard `format!` has to do itself.
    pub(crate) fn of(input: &TokenStream) -> Option<Self> {
        let mut tokens = input.clone().into_iter();
        let Some(TokenTree::Literal(literal)) = tokens.next() else { return None };
        let given = arguments(tokens)?;
        let mut template = Self { text: String::new(), arguments: Vec::new() };
        let mut places: Vec<String> = (0..given.len()).map(|number| number.to_string()).collect();
        template.arguments = given;
        template.fill(&unquoted(&literal.to_string())?, &mut places, literal.span())?;
        (places.len() <= MOST).then_some(template)
    }

    /// Takes over the literal; `places` are the names of the arguments.
    fn fill(&mut self, literal: &str, places: &mut Vec<String>, span: Span) -> Option<()> {
        let (mut next, mut rest) = (0, literal);
        while let Some(at) = rest.find(['{', '}']) {
            self.text += &rest[..at];
            let (brace, after) = rest[at..].split_at(1);
            if let Some(after) = after.strip_prefix(brace) {
                self.text += brace;
                rest = after;
                continue;
            }
            let (name, after) = after.split_once('}').filter(|_| brace == "{")?;
            if !name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric()) {
                return None;
            }
            let mut name = String::from(name);
            if name.is_empty() {
                name = next.to_string();
                next += 1;
            }
            let place = match places.iter().position(|place| *place == name) {
                Some(place) => place,
                None if name.starts_with(|c: char| c.is_ascii_digit()) => return None,
                None => {
                    self.arguments.push(crate::variable(&name, span));
                    places.push(name);
                    places.len() - 1
                }
            };
            self.text.push(char::from(place as u8 + 1));
            rest = after;
        }
        self.text += rest;
        Some(())
    }
}

/// What stands between the commas behind the literal.
fn arguments(mut tokens: impl Iterator<Item = TokenTree>) -> Option<Vec<TokenStream>> {
    let comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if *punct == ',');
    let mut all = Vec::new();
    if !tokens.next().is_none_or(|token| comma(&token)) {
        return None;
    }
    let mut argument = TokenStream::new();
    for token in tokens {
        match token {
            // `name = value`
            TokenTree::Punct(punct) if punct == '=' => return None,
            token if comma(&token) => all.push(core::mem::take(&mut argument)),
            token => argument.extend([token]),
        }
    }
    if !argument.is_empty() {
        all.push(argument);
    }
    Some(all)
}

/// What a string literal means.
pub(crate) fn unquoted(literal: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?;
    while let Some((before, after)) = rest.split_once('\\') {
        text += before;
        let escape = after.chars().next()?;
        rest = &after[1..];
        match escape {
            'n' => text.push('\n'),
            '\n' => rest = rest.trim_start(),
            '"' | '\\' | '\'' => text.push(escape),
            _ => return None,
        }
    }
    Some(text + rest)
}
