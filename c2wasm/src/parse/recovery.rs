//! Going on after an error: the next statement, member or declaration.

use super::syntax::{Input, Parsed, SyntaxError, Tokens, here, peek};
use crate::lex::Kind;
use chumsky::input::Checkpoint;

/// Reports `error`, which ended something that began at `before`, and reads on to where the next
/// thing of its kind begins: past a `;`, past a `}` that closes a brace opened inside, or before
/// the `}` that closes what is around. Gives the error back when there is no going on.
///
/// At least one token is read unless a closing brace or the end comes next.
pub(super) fn recover<'t, 'p>(
    input: &mut Input<'t, 'p>,
    before: Checkpoint<'t, 'p, Tokens<'t>, ()>,
    error: SyntaxError,
) -> Parsed<()> {
    let tokens = input.full_slice();
    let state = input.state();
    if state.too_deep || state.next_item.is_some() {
        return Err(error);
    }
    if let Some(message) = error.message(tokens, &state.names) {
        state.messages.push(message);
    }
    let first = *before.cursor().inner();
    input.rewind(before);
    skip_to(input, error.at as usize);
    let skipped = &tokens[first..here(input)];
    let names = skipped.iter().filter(|t| t.kind == Kind::Ident).map(|t| t.name);
    input.state().tainted.extend(names);
    Ok(())
}

/// Reads to token `at`, and from there to the end of the broken thing.
fn skip_to(input: &mut Input<'_, '_>, at: usize) {
    let mut depth = 0_u32;
    // The two semicolons between the parentheses of a `for` end nothing.
    let mut inside_for = match peek(input).kind {
        Kind::For => for_semicolons(input),
        _ => 0,
    };
    loop {
        let token = peek(input);
        let reached = here(input) >= at;
        match token.kind {
            Kind::Eof => return,
            Kind::Semi if inside_for > 0 => inside_for -= 1,
            Kind::RBrace if depth == 0 && reached => return,
            Kind::LBrace => depth += 1,
            Kind::RBrace => {
                depth = depth.saturating_sub(1);
                if depth == 0 && reached {
                    input.skip();
                    return;
                }
            }
            Kind::Semi if depth == 0 && reached => {
                input.skip();
                return;
            }
            _ => {}
        }
        input.skip();
    }
}

/// How many semicolons stand between the parentheses after the `for` that comes next; none if
/// they are not closed before a brace.
fn for_semicolons(input: &mut Input<'_, '_>) -> u32 {
    let (mut depth, mut count) = (0_u32, 0);
    for token in &input.full_slice()[here(input) + 1..] {
        match token.kind {
            Kind::LParen => depth += 1,
            Kind::RParen if depth <= 1 => return count,
            Kind::RParen => depth -= 1,
            Kind::Semi => count += 1,
            Kind::LBrace | Kind::RBrace | Kind::Eof => return 0,
            _ => {}
        }
    }
    0
}
