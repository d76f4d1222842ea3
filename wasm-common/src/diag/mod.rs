//! Diagnostics: what went wrong, where, and what to do about it.
//!
//! In: spans and texts from any stage. Out: a list that [`render`] turns into a picture of the
//! source, one line per message, or JSON. A stage never prints.

pub mod code;
pub mod nearest;
#[cfg(feature = "std")]
pub mod picture;
pub mod render;

use crate::source::Span;
use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;
use core::ops::{Deref, DerefMut};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A hint about a related place.
    Note,
    /// Compiles, but is likely not what was meant.
    Warning,
    /// No module is made.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there: "previous declaration is here".
    pub message: String,
}

/// One message about the source. A pointer: most results that may be an error are none, and are
/// handed from function to function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic(Box<Message>);

/// What a [`Diagnostic`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How bad it is.
    pub severity: Severity,
    /// Stable code, such as `C0103` or `B0042`; each front end lists its own in one table.
    pub code: &'static str,
    /// Name of the warning as in `-Wno-NAME`; empty for errors.
    pub warning: &'static str,
    /// What is wrong, in lower case without a full stop: "expected `;` after expression".
    pub message: String,
    /// The user's token.
    pub span: Span,
    /// Other places.
    pub labels: Vec<Label>,
    /// What to do: "did you mean `blue`?". Shown as `help:`.
    pub help: Option<String>,
}

impl Deref for Diagnostic {
    type Target = Message;

    fn deref(&self) -> &Message {
        &self.0
    }
}

impl DerefMut for Diagnostic {
    fn deref_mut(&mut self) -> &mut Message {
        &mut self.0
    }
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, "", span, message)
    }

    /// A warning at `span`, switched by `-W<name>`.
    pub fn warning(
        code: &'static str,
        name: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Warning, code, name, span, message)
    }

    fn new(
        severity: Severity,
        code: &'static str,
        warning: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self::boxed(severity, code, warning, span, message.into())
    }

    fn boxed(
        severity: Severity,
        code: &'static str,
        warning: &'static str,
        span: Span,
        message: String,
    ) -> Self {
        let labels = Vec::new();
        Self(Box::new(Message { severity, code, warning, message, span, labels, help: None }))
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// All messages of one compilation, in the order found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    errors: usize,
}

/// Errors after which a compilation gives up, so that junk costs bounded time and memory.
pub const MAX_ERRORS: usize = 50;

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one. Past [`MAX_ERRORS`] errors, and for a second error at the same place (a
    /// cascade), it is dropped.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            let again = |d: &Diagnostic| d.severity == Severity::Error && d.span == diagnostic.span;
            if self.is_full() || self.list.iter().any(again) {
                return;
            }
            self.errors += 1;
        }
        self.list.push(diagnostic);
    }

    /// Whether a stage should stop.
    pub fn is_full(&self) -> bool {
        self.errors >= MAX_ERRORS
    }

    /// Whether there is any error.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Lets `judge` change those from number `from` on; it says which stay.
    pub fn revise(&mut self, from: usize, mut judge: impl FnMut(&mut Diagnostic) -> bool) {
        let mut number = 0;
        self.list.retain_mut(|diagnostic| {
            number += 1;
            number <= from || judge(diagnostic)
        });
        self.errors = self.list.iter().filter(|d| d.severity == Severity::Error).count();
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// All of them, owned, in the order found.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }
}
