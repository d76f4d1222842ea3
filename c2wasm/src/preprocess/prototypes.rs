//! Prototypes in the compiler's own headers, which wait until their function is named.
//!
//! Headers declare hundreds of functions, of which a program uses a few: reading all would take
//! most of the time and memory of a small compilation. In: the lines of such a header. Out: the
//! functions that they declare, each with the place of its line; the parser reads it before the
//! item that names the function first.
//!
//! What always holds: a line that waits is one whole prototype, in which no macro is used.

use super::Preprocessor;
use crate::lex::{FileLexer, Token};
use crate::names::Name;
use crate::session::Session;
use alloc::vec::Vec;
use wasm_common::{map::Map, source::FileId};

/// The lines that wait, by the function that they declare.
#[derive(Debug, Default)]
pub struct Prototypes {
    lines: Map<Name, (FileId, u32)>,
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

impl Preprocessor {
    /// Steps over the prototypes that come next in the innermost file, if it is a header that the
    /// compiler has built in.
    pub(super) fn put_off_prototypes(&mut self, session: &mut Session<'_>) {
        let Some(reading) = self.files.last_mut().filter(|_| self.prototypes_wait) else { return };
        while let Some((start, line)) = reading.lexer.next_line(session.sources)
            && let Some(function) = declared_function(line)
        {
            let name = session.names.intern(function);
            if self.macros.get(name).is_some() {
                return;
            }
            let place = (reading.lexer.file(), start);
            session.prototypes.lines.entry(name).or_insert(place);
            reading.lexer.skip_line(session.sources);
        }
    }
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
    use super::declared_function;
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
            "int printf(const char *format, ...) __FORMATTER(\"printf\");",
            "extern FILE *stdin;",
            "__attribute__((noreturn));",
            "#define f(x) g(x);",
        ] {
            assert_eq!(declared_function(other), None, "{other}");
        }
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
