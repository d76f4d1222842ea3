//! The token stream cut into top-level items, without parsing them.
//!
//! In: tokens one by one. Out: where an item ends. An item ends at a `;` outside of braces, or
//! at the `}` of a function's body; a body is a brace block that is no initializer, no struct and
//! in no parentheses. Between a K&R definition's `)` and its body a `;` ends nothing.

use crate::lex::Kind;

/// What was seen of an item so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Splitter {
    braces: u32,
    parens: u32,
    /// An `=` was met outside of brackets: braces are initializers.
    assigned: bool,
    /// After `struct`, `union` or `enum`: the next brace holds members.
    record: Record,
    /// The open brace at depth one is a function's body.
    body: bool,
    /// The parenthesis that is open at depth one belongs to an attribute or operator.
    operator: bool,
    /// The parenthesis at depth one holds nothing but names so far, and some.
    only_names: bool,
    /// A K&R parameter list was closed, and no declaration of a parameter has begun.
    closed_names: bool,
    /// Between a K&R definition's `)` and its body.
    old_style: bool,
    before: Option<Kind>,
}

/// How far a `struct`, `union` or `enum` is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Record {
    #[default]
    None,
    Keyword,
    /// In `[[...]]`, that many brackets deep.
    Brackets(u8),
    Tag,
}

impl Splitter {
    /// Takes the next token; true if the item ends with it.
    pub(super) fn takes(&mut self, kind: Kind) -> bool {
        let ends = match kind {
            Kind::LBrace => {
                self.open_brace();
                false
            }
            Kind::RBrace => {
                self.braces = self.braces.saturating_sub(1);
                self.braces == 0 && self.body
            }
            Kind::Semi => self.braces == 0 && !self.old_style,
            _ => {
                if self.braces == 0 {
                    self.outside(kind);
                }
                false
            }
        };
        if self.braces == 0 {
            self.before = Some(kind);
        }
        ends
    }

    /// Whether a brace is open.
    pub(super) fn in_braces(&self) -> bool {
        self.braces > 0
    }

    fn open_brace(&mut self) {
        if self.braces == 0 {
            let in_expression =
                self.parens > 0 && matches!(self.before, Some(Kind::LParen | Kind::RParen));
            self.body = self.record == Record::None && !self.assigned && !in_expression;
            self.record = Record::None;
            if self.body {
                self.parens = 0;
            }
        }
        self.braces += 1;
    }

    /// A token outside of braces.
    fn outside(&mut self, kind: Kind) {
        let after_names = core::mem::take(&mut self.closed_names);
        match kind {
            Kind::LParen => {
                if self.parens == 0 {
                    self.operator = self.before.is_some_and(takes_parentheses);
                    self.only_names = false;
                }
                self.parens += 1;
            }
            Kind::RParen => {
                self.parens = self.parens.saturating_sub(1);
                self.closed_names = self.parens == 0 && self.only_names && !self.operator;
            }
            Kind::Ident if self.parens == 1 => {
                let first = self.before == Some(Kind::LParen);
                self.only_names = first || self.only_names && self.before == Some(Kind::Comma);
            }
            Kind::Comma if self.parens == 1 => {}
            Kind::Assign if self.parens == 0 => self.assigned = true,
            _ if self.parens > 0 => self.only_names = false,
            _ if after_names => {
                let specifier = super::specifiers::starts_specifiers(kind);
                self.old_style = kind == Kind::Ident || specifier && kind != Kind::Attribute;
            }
            _ => {}
        }
        // What stands in an attribute's parentheses does not count.
        if self.operator && (self.parens > 0 || kind == Kind::RParen) {
            return;
        }
        self.record = match (self.record, kind) {
            (_, Kind::Struct | Kind::Union | Kind::Enum) => Record::Keyword,
            (Record::Keyword, Kind::Ident) => Record::Tag,
            (Record::Keyword | Record::Tag, Kind::Attribute | Kind::Colon) => self.record,
            (Record::Keyword, Kind::LBracket) => Record::Brackets(1),
            (Record::Brackets(depth), Kind::LBracket) => Record::Brackets(depth.saturating_add(1)),
            (Record::Brackets(1), Kind::RBracket) => Record::Keyword,
            (Record::Brackets(depth), Kind::RBracket) => Record::Brackets(depth - 1),
            (Record::Brackets(_), _) => self.record,
            // An enum's underlying type.
            (Record::Tag, kind) if self.before == Some(Kind::Colon) || is_basic(kind) => {
                self.record
            }
            _ => Record::None,
        };
    }
}

/// Keywords whose parentheses are no parameter list.
fn takes_parentheses(kind: Kind) -> bool {
    use Kind::{Alignas, Asm, Atomic, Attribute, StaticAssert, Typeof, TypeofUnqual};
    matches!(kind, Attribute | Typeof | TypeofUnqual | Alignas | Asm | Atomic | StaticAssert)
}

fn is_basic(kind: Kind) -> bool {
    use Kind::{CharKw, Int, Long, Short, Signed, Unsigned};
    matches!(kind, CharKw | Int | Long | Short | Signed | Unsigned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::lex_text;
    use crate::names::Names;
    use crate::parse::keywords::Keywords;
    use crate::session::Standard;
    use wasm_common::source::Span;

    /// How many items a text has, and whether the last one is complete.
    fn items(text: &str) -> (usize, bool) {
        let mut names = Names::new();
        let keywords = Keywords::new(Standard::default(), &mut names);
        let (mut count, mut splitter, mut complete) = (0, Splitter::default(), true);
        for token in lex_text(text, Span::default(), &mut names) {
            let keyword = token.kind == Kind::Ident;
            let kind = if keyword { keywords.kind(token.name) } else { token.kind };
            complete = splitter.takes(kind);
            if complete {
                count += 1;
                splitter = Splitter::default();
            }
        }
        (count, complete)
    }

    #[test]
    fn one_item_each() {
        for text in [
            "int x;",
            "int a[] = { 1, 2 }, b = { 3 };",
            "struct s { int x; } y;",
            "struct __attribute__((packed)) s { int x; };",
            "enum e : unsigned char { A = 1 };",
            "int f(void) { return 1; }",
            "int f(a, b) int a; char *b; { ; }",
            "f(a) T a; { }",
            "struct s { int a; } f(struct s { int q; } *p) { }",
            "int x = sizeof(struct { int a; });",
            "int *p = (int []){ 1, 2 };",
            "int (*g(int a))(int) { }",
            "typeof(({ 1; })) x;",
            "int f(a) ;",
            "__attribute__((noinline)) int f(int a) { }",
            "int f(int a) __attribute__((noinline));",
            "int f(T), g(T);",
            "_Static_assert(1, \"x\");",
            "struct [[deprecated(\"x\")]] s { int a; };",
        ] {
            assert_eq!(items(text), (1, true), "{text}");
        }
    }

    #[test]
    fn broken_parentheses_do_not_swallow_the_next_function() {
        assert_eq!(items("int f(int a { } int g(void) { }").0, 2);
    }
}
