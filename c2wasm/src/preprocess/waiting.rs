//! Lines of the compiler's own headers that wait until a name needs them: prototypes and macros.
//!
//! Headers declare hundreds of functions and macros, of which a program uses a few: reading all
//! would take most of the time and memory of a small compilation. In: the lines of such a header.
//! Out: the names that they declare, each with the place of its line. A macro is defined when its
//! name first comes up; a prototype is read before the item that names its function first. An inline
//! function on a line is as good as a prototype.
//!
//! What always holds: a line that waits is one whole definition of a macro, or one whole prototype
//! or function in which no macro is used. Nothing that came up before waits.

use super::Preprocessor;
use crate::lex::{FileLexer, Token};
use crate::names::{Name, Names};
use crate::session::Session;
use alloc::vec::Vec;
use wasm_common::{
    frugal::hash,
    map::{Map, Set},
    source::{FileId, SourceMap},
};

/// Where a line starts: in the first 64 KiB of its file.
type Place = (FileId, u16);

/// Lines by the hashes of the names that they declare: the names are not interned. No two names of
/// our headers have one hash; a program's may.
#[derive(Debug, Default)]
struct Lines(Map<u32, Place>);

impl Lines {
    /// Takes the line that declares `name`, which `declared` finds in a line.
    fn take(
        &mut self,
        name: &str,
        declared: fn(&str) -> Option<&str>,
        sources: &SourceMap,
    ) -> Option<Place> {
        let hash = hash(name);
        let (file, start) = *self.0.get(&hash)?;
        let line = sources.file(file).line_from(start.into());
        (declared(line.trim_end()) == Some(name)).then(|| self.0.remove(&hash))?
    }
}

/// The prototypes that wait.
#[derive(Debug, Default)]
pub struct Prototypes {
    lines: Lines,
    /// Those whose names came up: the next item that has the name takes it.
    met: Map<Name, Place>,
    /// How many names were looked for among the lines.
    asked: usize,
}

impl Prototypes {
    /// Moves the prototypes of names that came up since the last call.
    fn meet(&mut self, names: &Names, sources: &SourceMap) {
        while self.asked < names.len() {
            let name = names.name_at(self.asked);
            self.asked += 1;
            if let Some(place) = self.lines.take(names.text(name), declared_function, sources) {
                self.met.insert(name, place);
            }
        }
    }

    /// Lets the prototype of a function wait at `place`, unless one waits already. Its name is
    /// `known` if that came up before.
    fn add(&mut self, hash: u32, known: Option<Name>, place: Place) {
        match known {
            Some(name) => self.met.entry(name).or_insert(place),
            None => self.lines.0.entry(hash).or_insert(place),
        };
    }

    /// Gives the name of each function whose prototype waits.
    pub fn each_name(&self, sources: &SourceMap, mut give: impl FnMut(&str)) {
        let places = || self.lines.0.values().chain(self.met.values()).copied();
        let files: Set<FileId> = places().map(|(file, _)| file).collect();
        for file in files {
            let text = sources.file(file).whole_text();
            for (_, start) in places().filter(|place| place.0 == file) {
                let rest = text.get(usize::from(start)..).unwrap_or_default();
                rest.lines().next().and_then(declared_function).into_iter().for_each(&mut give);
            }
        }
    }
}

/// The tokens of the prototype of `name`, if it waits; from now on it does not.
pub fn take_prototype(name: Name, session: &mut Session<'_>) -> Option<Vec<Token>> {
    session.prototypes.meet(&session.names, session.sources);
    let (file, start) = session.prototypes.met.remove(&name)?;
    Some(FileLexer::line_at(file, start.into(), session.sources, &mut session.names))
}

/// The definitions of macros that wait.
#[derive(Debug, Default)]
pub(super) struct Definitions(Lines);

impl Definitions {
    /// Where the definition of `name` is, if it waits; from now on it does not.
    pub(super) fn take(&mut self, name: &str, sources: &SourceMap) -> Option<(FileId, u32)> {
        let (file, start) = self.0.take(name, defined_macro, sources)?;
        Some((file, start.into()))
    }
}

impl Preprocessor {
    /// Steps over the lines that can wait and come next in the innermost file, if it is a header
    /// that the compiler has built in.
    pub(super) fn put_off_lines(&mut self, session: &mut Session<'_>) {
        let Some(reading) = self.files.last_mut().filter(|_| self.lines_wait) else { return };
        while let Some((start, line)) = reading.lexer.next_line(session.sources) {
            let end = start + line.len();
            let Ok(start) = u16::try_from(start) else { return };
            let place = (reading.lexer.file(), start);
            let waits = if let Some(name) = defined_macro(line) {
                let hash = hash(name);
                let new = session.names.lookup_hashed(name, hash).is_none();
                if new {
                    self.macros.waiting.0.0.entry(hash).or_insert(place);
                }
                new
            } else if let Some(function) = declared_function(line) {
                let hash = hash(function);
                let known = session.names.lookup_hashed(function, hash);
                self.macros.meet(self.options.standard, session);
                let free = match known {
                    Some(name) => self.macros.get(name).is_none(),
                    None => !self.macros.waiting.0.0.contains_key(&hash),
                };
                if free {
                    session.prototypes.add(hash, known, place);
                }
                free
            } else {
                false
            };
            if !waits {
                return;
            }
            reading.lexer.skip_line(end, session.sources);
        }
    }
}

/// The macro that `line` defines.
fn defined_macro(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("#define ")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The function that `line` declares, if it is a prototype or a whole inline function. What has a
/// string in it was written with a macro.
fn declared_function(line: &str) -> Option<&str> {
    if !line.starts_with(|c: char| c.is_ascii_alphabetic()) || line.starts_with("typedef ") {
        return None;
    }
    let prototype = line.ends_with(");") && !line.bytes().any(|byte| matches!(byte, b'{' | b'"'));
    let whole = prototype || line.ends_with('}') && line.starts_with("static inline ");
    let head = &line[..line.bytes().position(|byte| byte == b'(').filter(|_| whole)?];
    let name = head.bytes().rposition(|byte| matches!(byte, b' ' | b'*'))? + 1;
    (name < head.len()).then(|| &head[name..])
}

#[cfg(test)]
mod tests {
    use super::{declared_function, defined_macro};
    use crate::builtins::{LibraryFunction, functions};
    use crate::{include, texts};
    use alloc::vec::Vec;
    use wasm_common::{frugal::hash, map::Set};

    #[test]
    fn prototypes_are_told_from_other_lines() {
        assert_eq!(declared_function("char *strdup(const char *text);"), Some("strdup"));
        assert_eq!(declared_function("void abort(void) __attribute__((noreturn));"), Some("abort"));
        let whole = "static inline int f(int x) { return g(x); }";
        assert_eq!(declared_function(whole), Some("f"));
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
    fn names_of_headers_have_hashes_of_their_own() {
        let headers = texts::headers().iter().copied();
        let texts: Vec<_> = headers.map(|header| include::header(header).unwrap()).collect();
        let lines = || texts.iter().flat_map(|text| text.lines());
        for declared in [declared_function, defined_macro] {
            let names: Set<&str> = lines().filter_map(declared).collect();
            let hashes: Set<u32> = names.iter().map(|name| hash(name)).collect();
            assert_eq!(hashes.len(), names.len());
        }
        assert!(texts.iter().all(|text| text.len() < 1 << 16), "every line can wait");
    }

    #[test]
    fn no_macro_is_used_in_a_line_that_waits() {
        let headers = texts::headers().iter().copied();
        let texts: Vec<_> = headers.map(|header| include::header(header).unwrap()).collect();
        let lines = || texts.iter().flat_map(|text| text.lines());
        let mut macros: Set<&str> = lines().filter_map(defined_macro).collect();
        // As an attribute it is not expanded, and need not be.
        macros.remove("noreturn");
        for line in lines().filter(|line| declared_function(line).is_some()) {
            let mut words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            assert_eq!(words.find(|word| macros.contains(word)), None, "{line}");
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
