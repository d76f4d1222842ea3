//! What every stage of one compilation shares, and what the user asked for.

use crate::names::{Name, Names};
use crate::preprocess::{Expansions, Prototypes};
use alloc::{string::String, vec::Vec};
use wasm_common::map::Set;
use wasm_common::{
    diag::{Diagnostic, Diagnostics},
    source::{Files, SourceMap},
};

/// The mutable things of a compilation. Stages borrow it call by call, so that the parser, the
/// checker and the lowering take turns on one top-level item.
pub struct Session<'a> {
    /// Every file read so far.
    pub sources: &'a mut SourceMap,
    /// Where `#include` finds files.
    pub files: &'a mut dyn Files,
    /// Messages so far.
    pub diagnostics: &'a mut Diagnostics,
    /// Every spelling so far.
    pub names: Names,
    /// Where macros were expanded in the current top-level item.
    pub expansions: Expansions,
    /// Functions of headers that nothing named yet.
    pub prototypes: Prototypes,
    /// Names in text that was skipped after a syntax error: their declarations may be missing, so
    /// nobody should complain that they are.
    pub tainted: Set<Name>,
}

impl<'a> Session<'a> {
    /// A session without names.
    pub fn new(
        sources: &'a mut SourceMap,
        files: &'a mut dyn Files,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            sources,
            files,
            diagnostics,
            names: Names::new(),
            expansions: Expansions::default(),
            prototypes: Prototypes::default(),
            tainted: Set::new(),
        }
    }

    /// Adds a message; one inside a macro's expansion gets a note that names the macro and shows
    /// its definition. Every stage reports through here.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let noted = self.expansions.annotate(diagnostic, &self.names);
        self.diagnostics.push(noted);
    }
}

/// Which C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Edition {
    /// C89 and C90.
    C89,
    /// C99.
    C99,
    /// C11.
    C11,
    /// C17, C11 with defects corrected.
    #[default]
    C17,
    /// C23.
    C23,
}

/// A language standard: an edition, with GNU's extensions or strictly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standard {
    /// The edition of ISO C.
    pub edition: Edition,
    /// Whether GNU keywords without underscores (`asm`, `typeof`) and predefined macros without
    /// underscores (`unix`) exist.
    pub gnu: bool,
}

impl Default for Standard {
    /// gnu17, as gcc 12.
    fn default() -> Self {
        Self { edition: Edition::C17, gnu: true }
    }
}

impl Standard {
    /// The standard that `-std=name` means: `c11`, `gnu89`, `c2x`, `iso9899:1999`.
    pub fn from_name(name: &str) -> Option<Self> {
        let gnu = name.starts_with("gnu");
        let year = name.strip_prefix("gnu").or_else(|| name.strip_prefix('c'));
        let year = year.or_else(|| name.strip_prefix("iso9899:"))?;
        let edition = match year {
            "89" | "90" | "1990" | "199409" => Edition::C89,
            "99" | "9x" | "1999" => Edition::C99,
            "11" | "1x" | "2011" => Edition::C11,
            "17" | "18" | "2017" | "2018" => Edition::C17,
            "23" | "2x" => Edition::C23,
            _ => return None,
        };
        Some(Self { edition, gnu })
    }

    /// Whether a missing type or declaration is only worth a warning.
    pub fn is_old_c(self) -> bool {
        self.edition == Edition::C89 || (self.gnu && self.edition == Edition::C99)
    }

    /// As `-std=` takes it.
    pub fn name(self) -> &'static str {
        match (self.edition, self.gnu) {
            (Edition::C89, false) => "c89",
            (Edition::C89, true) => "gnu89",
            (Edition::C99, false) => "c99",
            (Edition::C99, true) => "gnu99",
            (Edition::C11, false) => "c11",
            (Edition::C11, true) => "gnu11",
            (Edition::C17, false) => "c17",
            (Edition::C17, true) => "gnu17",
            (Edition::C23, false) => "c23",
            (Edition::C23, true) => "gnu23",
        }
    }
}

/// A directive from the command line, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MacroOption {
    /// `-D NAME`, `-D NAME=BODY` or `-D 'NAME(a)=BODY'`: the text after `-D`.
    Define(String),
    /// `-U NAME`.
    Undefine(String),
    /// `-include FILE`.
    Include(String),
}

/// What the front end is asked to accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontOptions {
    /// The language.
    pub standard: Standard,
    /// Folders of `-I`, in order.
    pub include_paths: Vec<String>,
    /// `-D`, `-U` and `-include`, in order.
    pub macros: Vec<MacroOption>,
    /// How deep parentheses, blocks, declarators and initializers may nest.
    pub max_nesting: u32,
}

/// Nesting accepted unless an option says otherwise; C11 5.2.4.1 asks for 127 blocks and 63
/// parentheses, clang takes 256 brackets.
pub const DEFAULT_NESTING: u32 = 256;

impl Default for FrontOptions {
    fn default() -> Self {
        Self {
            standard: Standard::default(),
            include_paths: Vec::new(),
            macros: Vec::new(),
            max_nesting: DEFAULT_NESTING,
        }
    }
}
