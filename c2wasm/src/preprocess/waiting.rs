//! Lines of the compiler's own headers that wait until a name needs them: prototypes and macros.
//!
//! Headers declare hundreds of functions and macros, of which a program uses a few: reading all
//! would take most of the time and memory of a small compilation. In: the lines of such a header.
//! Out: the names that they declare, each with the place of its line. A macro is defined when its
//! name first comes up; a prototype is read before the item that names its function first.
//!
//! What always holds: a line that waits is one whole definition, or one whole prototype in which no
//! macro is used. Nothing that came up before waits.

use super::Preprocessor;
use crate::lex::{FileLexer, Token};
use crate::names::{Name, hash};
use crate::session::Session;
use alloc::vec::Vec;
use wasm_common::{
    map::Map,
    source::{FileId, SourceMap},
};

/// Where a line starts.
type Place = (FileId, u32);

/// The prototypes that wait, by the function that they declare.
#[derive(Debug, Default)]
pub struct Prototypes {
    lines: Map<Name, Place>,
}

impl Prototypes {
    /// The functions whose prototypes wait.
    pub fn names(&self) -> impl Iterator<Item = Name> {
        self.lines.keys().copied()
    }
}

/// The tokens of the prototype of `name`, if it waits; from now on it does not.
pub fn take_prototype(name: Name, session: &mut Session<'_>) -> Option<Vec<Token>> {
    let (file, start) = session.prototypes.lines.remove(&name)?;
    Some(FileLexer::line_at(file, start, session.sources, &mut session.names))
}

/// The definitions of macros that wait. Their names are not interned: what stands here for one is
/// its hash.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    lines: Map<u32, Place>,
}

impl Definitions {
    /// Whether the line at `place`, which defines `name`, now waits: unless another name with this
    /// hash does.
    fn add(&mut self, name: &str, place: Place, sources: &SourceMap) -> bool {
        let known = *self.lines.entry(hash(name)).or_insert(place);
        defined_macro(line_at(known, sources)) == Some(name)
    }

    /// The tokens of the definition of `name` behind `#define`, if it waits; from now on it does
    /// not.
    pub(super) fn take(&mut self, name: &str, sources: &SourceMap) -> Option<Place> {
        let place = *self.lines.get(&hash(name))?;
        (defined_macro(line_at(place, sources)) == Some(name)).then(|| {
            self.lines.remove(&hash(name));
            place
        })
    }
}

fn line_at((file, start): Place, sources: &SourceMap) -> &str {
    let text = sources.file(file).text.get(start as usize..).unwrap_or_default();
    text.lines().next().unwrap_or_default()
}

impl Preprocessor {
    /// Steps over the lines that can wait and come next in the innermost file, if it is a header
    /// that the compiler has built in.
    pub(super) fn put_off_lines(&mut self, session: &mut Session<'_>) {
        let Some(reading) = self.files.last_mut().filter(|_| self.lines_wait) else { return };
        while let Some((start, line)) = reading.lexer.next_line(session.sources) {
            let place = (reading.lexer.file(), start);
            let waits = if let Some(name) = defined_macro(line) {
                session.names.lookup(name).is_none()
                    && self.macros.waiting.add(name, place, session.sources)
            } else if let Some(function) = declared_function(line) {
                let name = session.names.intern(function);
                self.macros.meet(self.options.standard, session);
                let free = self.macros.get(name).is_none();
                if free {
                    session.prototypes.lines.entry(name).or_insert(place);
                }
                free
            } else {
                false
            };
            if !waits {
                return;
            }
            reading.lexer.skip_line(session.sources);
        }
    }
}

/// The macro that `line` defines.
fn defined_macro(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("#define ")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The function that `line` declares, if it is a prototype. What has a string in it was written
/// with a macro.
fn declared_function(line: &str) -> Option<&str> {
    let whole = line.ends_with(");") && !line.contains(['{', '"']);
    let (head, _) = line.split_once('(').filter(|_| whole)?;
    let name = head.rfind([' ', '*'])? + 1;
    let typed = line.starts_with(|c: char| c.is_ascii_alphabetic());
    (typed && !line.starts_with("typedef ") && name < head.len()).then(|| &head[name..])
}

#[cfg(test)]
mod tests {
    use super::{declared_function, defined_macro};
    use crate::builtins::{LibraryFunction, functions};
    use crate::include;

    #[test]
    fn prototypes_are_told_from_other_lines() {
        assert_eq!(declared_function("char *strdup(const char *text);"), Some("strdup"));
        assert_eq!(declared_function("void abort(void) __attribute__((noreturn));"), Some("abort"));
        for other in [
            "typedef int (*f)(void);",
            "    return f(x);",
            "static inline int f(int x) { return g(x);",
            "int printf(const char *format, ...) __formatter(\"printf\");",
            "extern FILE *stdin;",
            "__attribute__((noreturn));",
            "#define f(x) g(x);",
        ] {
            assert_eq!(declared_function(other), None, "{other}");
        }
    }

    #[test]
    fn definitions_are_found_by_their_name() {
        assert_eq!(defined_macro("#define EOF (-1)"), Some("EOF"));
        assert_eq!(defined_macro("#define alloca(size) __builtin_alloca(size)"), Some("alloca"));
        assert_eq!(defined_macro("#define CONEZ_API_H"), Some("CONEZ_API_H"));
        assert_eq!(defined_macro("#undef EOF"), None);
    }

    #[test]
    fn most_library_functions_wait() {
        let waits = |function: &LibraryFunction| {
            let text = include::header(function.header).expect("a header");
            text.lines().any(|line| declared_function(line) == Some(function.name))
        };
        assert!(functions().filter(waits).count() * 10 > functions().count() * 9);
    }
}
