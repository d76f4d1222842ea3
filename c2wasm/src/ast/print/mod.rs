//! The tree as C: what `--emit ast` shows, and what parses back to the same tree.
//!
//! In: one item and the names. Out: its text, one statement a line. Parentheses are written where
//! the tree has them, and where it was built without them but needs them.

mod decl;
mod expr;
mod stmt;

use super::Item;
use crate::names::{Name, Names};
use alloc::string::String;

/// `item` as C, with a newline at the end.
pub fn print_item(item: &Item, names: &Names) -> String {
    let mut printer = Printer { names, out: String::new(), indent: 0 };
    match item {
        Item::Function(function) => printer.function(function),
        Item::Declaration(declaration) => printer.declaration(declaration),
        Item::StaticAssert(assertion) => printer.static_assert(assertion),
        Item::Asm(asm) => printer.asm(asm),
    }
    printer.out.push('\n');
    printer.out
}

/// The text so far.
struct Printer<'n> {
    names: &'n Names,
    out: String,
    indent: usize,
}

impl Printer<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn name(&mut self, name: Name) {
        self.out.push_str(self.names.text(name));
    }

    /// A line break, and blanks up to the indentation.
    fn line(&mut self) {
        self.out.push('\n');
        self.out.extend(core::iter::repeat_n("    ", self.indent));
    }

    /// `print` for each of `all`, with ", " between.
    fn list<T>(&mut self, all: &[T], mut print: impl FnMut(&mut Self, &T)) {
        for (index, one) in all.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            print(self, one);
        }
    }
}
