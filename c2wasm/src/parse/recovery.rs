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
    loop {
        let token = peek(input);
        let reached = here(input) >= at;
        match token.kind {
            Kind::Eof => return,
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
