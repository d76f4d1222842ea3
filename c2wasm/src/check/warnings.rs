//! Which warnings are on.

use alloc::string::{String, ToString};
use wasm_common::map::Map;

/// When a warning is on without being asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Always.
    Default,
    /// With `-Wall`.
    All,
    /// With `-Wextra`.
    Extra,
    /// Only by name.
    Named,
}

/// Every warning by name.
pub const NAMES: &[(&str, Level)] = &[
    ("attributes", Level::Default),
    ("builtin-declaration-mismatch", Level::Default),
    ("compare-distinct-pointer-types", Level::Default),
    ("constant-conversion", Level::Default),
    ("cpp", Level::Default),
    ("deprecated-declarations", Level::Default),
    ("discarded-qualifiers", Level::Default),
    ("div-by-zero", Level::Default),
    ("empty-body", Level::Extra),
    ("endif-labels", Level::Default),
    ("excess-initializers", Level::Default),
    ("format", Level::Default),
    ("implicit-fallthrough", Level::Extra),
    ("implicit-function-declaration", Level::Default),
    ("implicit-int", Level::Default),
    ("incompatible-pointer-types", Level::Default),
    ("int-conversion", Level::Default),
    ("lto-type-mismatch", Level::Default),
    ("macro-redefined", Level::Default),
    ("maybe-uninitialized", Level::Extra),
    ("missing-prototypes", Level::Named),
    ("multichar", Level::Default),
    ("overflow", Level::Default),
    ("parentheses", Level::All),
    ("pedantic", Level::Named),
    ("return-mismatch", Level::Default),
    ("return-type", Level::All),
    ("shadow", Level::Named),
    ("shift-count", Level::Default),
    ("sign-compare", Level::Extra),
    ("strict-prototypes", Level::Named),
    ("switch", Level::All),
    ("tautological-compare", Level::All),
    ("uninitialized", Level::All),
    ("unknown-escape-sequence", Level::Default),
    ("unknown-pragmas", Level::All),
    ("unreachable-code", Level::Extra),
    ("unused", Level::All),
    ("unused-parameter", Level::Extra),
    ("unused-result", Level::Default),
    ("unused-value", Level::All),
];

/// What the `-W` options ask for.
#[derive(Clone, Debug)]
pub struct Warnings {
    level: Option<Level>,
    named: Map<String, bool>,
    errors: Map<String, bool>,
    all_errors: bool,
}

impl Default for Warnings {
    fn default() -> Self {
        Self {
            level: Some(Level::Default),
            named: Map::new(),
            errors: Map::new(),
            all_errors: false,
        }
    }
}

impl Warnings {
    /// None at all: `-w`.
    pub fn none() -> Self {
        Self { level: None, ..Self::default() }
    }

    /// Takes what follows `-W`: `all`, `extra`, `error`, `error=NAME`, `no-NAME`, `NAME`.
    ///
    /// # Errors
    /// When there is no such warning; the name.
    pub fn option<'a>(&mut self, text: &'a str) -> Result<(), &'a str> {
        let (name, on) = text.strip_prefix("no-").map_or((text, true), |rest| (rest, false));
        match (name, on) {
            ("all", true) => self.level = self.level.map(|level| level.max(Level::All)),
            ("extra", true) => self.level = self.level.map(|level| level.max(Level::Extra)),
            ("all" | "extra", false) => self.level = self.level.map(|_| Level::Default),
            ("error", _) => self.all_errors = on,
            _ => match name.strip_prefix("error=") {
                Some(name) => {
                    let name = known(name)?.to_string();
                    if on {
                        self.named.insert(name.clone(), true);
                    }
                    self.errors.insert(name, on);
                }
                None => {
                    self.named.insert(known(name)?.to_string(), on);
                }
            },
        }
        Ok(())
    }

    /// Whether the warning `name` is reported.
    pub fn is_on(&self, name: &str) -> bool {
        let Some(level) = self.level else { return false };
        let by_level = || NAMES.iter().find(|n| n.0 == name).is_none_or(|n| n.1 <= level);
        self.named.get(name).copied().unwrap_or_else(by_level)
    }

    /// Whether the warning `name` counts as an error.
    pub fn is_error(&self, name: &str) -> bool {
        self.errors.get(name).copied().unwrap_or(self.all_errors)
    }
}

/// The warning that a pragma's `-Wname` means: the empty name for all of them, `None` for none.
pub(crate) fn pragma_name(name: &str) -> Option<&'static str> {
    if matches!(name, "all" | "extra") {
        return Some("");
    }
    let name = known(name).ok()?;
    NAMES.iter().map(|n| n.0).find(|&n| n == name)
}

/// The warning that `name` means; gcc's and clang's finer names fall on ours.
fn known(name: &str) -> Result<&str, &str> {
    let name = match name {
        "unused-variable" | "unused-function" | "unused-label" | "unused-but-set-variable" => {
            "unused"
        }
        "format-security" | "format-extra-args" => "format",
        "conversion" | "implicit-conversion" => "constant-conversion",
        "incompatible-pointer-types-discards-qualifiers" => "discarded-qualifiers",
        "shift-count-overflow" | "shift-count-negative" => "shift-count",
        "division-by-zero" => "div-by-zero",
        "integer-overflow" => "overflow",
        "fallthrough" => "implicit-fallthrough",
        "deprecated" => "deprecated-declarations",
        "switch-enum" => "switch",
        _ => name,
    };
    if NAMES.iter().any(|n| n.0 == name) { Ok(name) } else { Err(name) }
}
