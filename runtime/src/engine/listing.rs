//! Translated code as text: for tests of the translator, and for the curious.

use super::code::Ins;
use super::module::Module;
use alloc::string::String;
use core::fmt::Write;

impl Module {
    /// The translated code of function `index`, an instruction a line: operation, fields a, b, c,
    /// immediate. Empty for an import.
    #[must_use]
    pub fn listing(&self, index: u32) -> String {
        let mut text = String::new();
        let Some(function) = self.functions.get(index as usize) else { return text };
        if index < self.imported {
            return text;
        }
        let next = self.functions.get(index as usize + 1);
        let end = next.map_or(self.code.len(), |next| next.entry as usize);
        for Ins { op, a, b, c, imm } in &self.code[function.entry as usize..end] {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{op:?} {a} {b} {c} {}", *imm as i32);
        }
        text
    }
}
