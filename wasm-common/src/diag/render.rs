//! Diagnostics as text: `file:line:col: error: message [code]`, a picture, or JSON.

use super::Diagnostic;
use crate::source::SourceMap;
use alloc::{format, string::String};

/// One line, as editors and small screens like it; labels and help follow as notes.
pub fn short(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let (line, column) = sources.line_col(diagnostic.span);
    let name = &sources.file(diagnostic.span.file).name;
    format!(
        "{name}:{line}:{column}: {}: {} [{}]",
        diagnostic.severity, diagnostic.message, diagnostic.code
    )
}
