//! Scalars with static storage as wasm globals: those whose address is never taken.
//!
//! Whether it ever is, is only known at the end. So it is assumed that it is not; a program in
//! which that turns out wrong is compiled once more, with what was learnt. A look at the source's
//! text tells most of it beforehand: names that stand behind a `&`.

use super::Context;
use super::program::program_name;
use super::types::ir_type;
use crate::check::{Entity, EntityKind, Linkage};
use alloc::string::{String, ToString};
use wasm_common::ir::Type;
use wasm_common::map::Set;
use wasm_common::text::format;

/// Which scalars may be wasm globals.
#[derive(Clone, Debug, Default)]
pub struct Globals {
    /// Names that stand behind a `&`, objects whose address turned out to be needed, and weak names
    /// that turned out to be absent.
    in_memory: Set<String>,
    /// Objects made globals whose address is needed; weak names that are absent.
    refused: Set<String>,
    /// Whether the program is one unit, so that all uses of its external objects are seen.
    single_unit: bool,
    /// Number of the current unit.
    pub unit: u32,
}

impl Globals {
    /// Nothing known yet of a program that is one unit, or several.
    pub fn new(single_unit: bool) -> Self {
        Self { single_unit, ..Self::default() }
    }

    /// Whether other units may use the external objects and functions of this one.
    pub(super) fn has_other_units(&self) -> bool {
        !self.single_unit
    }

    /// Adds the names behind each `&` of a source.
    pub fn scan(&mut self, source: &str) {
        for piece in source.split('&').skip(1) {
            let rest = piece.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '(');
            let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
            if end > 0 && !rest.starts_with(|c: char| c.is_ascii_digit()) {
                self.in_memory.insert(rest[..end].to_string());
            }
        }
    }

    /// Notes that nobody defines a weak name.
    pub(super) fn note_absent(&mut self, name: &str) {
        let key = absent(name);
        if !self.in_memory.contains(&key) {
            self.refused.insert(key);
        }
    }

    /// Whether a round before this found that nobody defines it: its address is null.
    pub(super) fn is_absent(&self, entity: &Entity, context: Context<'_>) -> bool {
        entity.attributes.weak && self.in_memory.contains(&absent(&program_name(entity, context)))
    }

    /// What to try next if an assumption was wrong.
    pub fn again(self) -> Option<Self> {
        if self.refused.is_empty() {
            return None;
        }
        let mut in_memory = self.in_memory;
        in_memory.extend(self.refused);
        Some(Self { in_memory, refused: Set::new(), unit: 0, ..self })
    }

    /// The type of the global that an object can be.
    pub(super) fn global_type(
        &self,
        entity: &Entity,
        context: Context<'_>,
        in_library: bool,
    ) -> Option<Type> {
        let types = &context.unit.types;
        let plain = entity.kind == EntityKind::Object
            && types.is_scalar(entity.ty.ty)
            && !entity.ty.is_volatile()
            && entity.attributes.align == 0
            && entity.attributes.export().is_none()
            && entity.asm_name.is_none();
        let seen = match entity.linkage {
            Linkage::External => self.single_unit && !in_library && !entity.builtin,
            Linkage::Internal | Linkage::None => true,
        };
        let name = context.names.text(entity.name);
        let taken =
            || self.in_memory.contains(name) || self.in_memory.contains(&self.key(entity, context));
        (plain && seen && !taken()).then(|| ir_type(types, entity.ty.ty))
    }

    /// Notes that an object cannot be a global.
    pub(super) fn refuse(&mut self, entity: &Entity, context: Context<'_>) {
        let key = self.key(entity, context);
        self.refused.insert(key);
    }

    /// A name for an object that is the same each time the program is compiled. No identifier
    /// looks like it, but for the external ones, whose name it is.
    fn key(&self, entity: &Entity, context: Context<'_>) -> String {
        let name = program_name(entity, context);
        match entity.linkage {
            Linkage::External => name,
            Linkage::Internal => format!("{}:{name}", self.unit),
            Linkage::None => format!("{}:{name}:{}", self.unit, entity.span.start()),
        }
    }
}

/// A name for the absence of an external name, which no object has.
fn absent(name: &str) -> String {
    format!("{name}?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_an_ampersand_are_found() {
        let mut globals = Globals::default();
        globals.scan("a && b; c & d; f(&e, &(g), & h[1], x&0x1F)");
        let names: alloc::vec::Vec<&str> = globals.in_memory.iter().map(String::as_str).collect();
        assert_eq!(names, ["b", "d", "e", "g", "h"]);
    }
}
