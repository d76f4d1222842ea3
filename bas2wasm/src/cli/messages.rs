//! Diagnostics to stderr.

use super::MessageFormat;
use std::io::{self, IsTerminal, Write};
use wasm_common::diag::picture::Painter;
use wasm_common::diag::{Diagnostics, render};
use wasm_common::source::SourceMap;

/// Shows diagnostics as the user wants them.
pub(crate) struct Messages {
    format: MessageFormat,
    color: bool,
}

impl Messages {
    /// Coloured only on a terminal, and not if `NO_COLOR` is set.
    pub(crate) fn new(format: MessageFormat) -> Self {
        let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { format, color }
    }

    /// Shows them all.
    pub(crate) fn show(&self, diagnostics: &Diagnostics, sources: &SourceMap) {
        let mut out = io::stderr().lock();
        let mut painter = Painter::new(sources, self.color);
        for diagnostic in diagnostics.iter() {
            let text = match self.format {
                MessageFormat::Human => painter.picture(diagnostic),
                MessageFormat::Short => render::lines(diagnostic, sources),
                MessageFormat::Json => render::json(diagnostic, sources),
            };
            // Nobody is left to tell when stderr is closed.
            let _ = writeln!(out, "{}", text.trim_end());
        }
    }
}
