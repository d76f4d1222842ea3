//! Texts of messages at half their size: `format!` and literals that are packed while the program is
//! compiled for a device. `wasm_common::text` unpacks them, and on desktops takes its place.
//!
//! In: a literal, with arguments as the standard `format!` has them. Out: an expression with the literal
//! as bytes: a character, the number of a run of characters that is frequent ([`vocabulary`]) or, from 1
//! on, the number of an argument.

mod template;
mod vocabulary;

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use template::Template;

/// `format!`, whose text is packed if it is of plain characters and no argument has more than a name.
#[proc_macro]
pub fn format(input: TokenStream) -> TokenStream {
    let packed = Template::of(&input).and_then(|template| packed_format(&template));
    packed.unwrap_or_else(|| call("::wasm_common::text::alloc::format!", input))
}

fn packed_format(template: &Template) -> Option<TokenStream> {
    let mut list = TokenStream::new();
    for argument in &template.arguments {
        list.extend([TokenTree::Punct(Punct::new('&', Spacing::Alone))]);
        let argument = argument.clone();
        list.extend([TokenTree::Group(Group::new(Delimiter::Parenthesis, argument))]);
        list.extend(parsed(","));
    }
    let mut input = literal(&template.text)?;
    input.extend(parsed(","));
    input.extend([TokenTree::Group(Group::new(Delimiter::Bracket, list))]);
    Some(call("::wasm_common::text::unpack", input))
}

/// A literal, as a `wasm_common::text::Text`.
#[proc_macro]
pub fn text(input: TokenStream) -> TokenStream {
    let packed = template::unquoted(&input.to_string()).and_then(|text| literal(&text));
    call("::wasm_common::text::Text", packed.expect("`text!` takes a literal of ASCII"))
}

/// What each code above 127 stands for: two others.
#[proc_macro]
pub fn vocabulary(_: TokenStream) -> TokenStream {
    parsed(&std::format!("{:?}", vocabulary::pairs()))
}

/// The packed bytes of a text.
fn literal(text: &str) -> Option<TokenStream> {
    let bytes = vocabulary::pack(text)?;
    Some(TokenTree::Literal(Literal::byte_string(&bytes)).into())
}

/// A call of `function` or `macro!`.
fn call(name: &str, input: TokenStream) -> TokenStream {
    let mut out = parsed(name);
    out.extend([TokenTree::Group(Group::new(Delimiter::Parenthesis, input))]);
    out
}

fn parsed(rust: &str) -> TokenStream {
    rust.parse().expect("written here")
}

/// The variable of this name where the literal stands.
fn variable(name: &str, span: Span) -> TokenStream {
    TokenTree::Ident(Ident::new(name, span)).into()
}
