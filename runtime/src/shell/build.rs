//! Source to module, with the compilers that this device carries.

use super::Session;
use alloc::{format, string::String, vec::Vec};

#[cfg(not(feature = "compilers"))]
impl Session<'_> {
    /// There is no compiler in this device.
    pub(super) fn build(&mut self, name: &str, _source: Vec<u8>) -> Result<Vec<u8>, String> {
        Err(format!("{name}: not a module, and this device has no compilers"))
    }
}

#[cfg(feature = "compilers")]
impl Session<'_> {
    /// Compiles a file by its name's ending; the compilers' messages are printed, each with the
    /// line and a caret under the place.
    pub(super) fn build(&mut self, name: &str, source: Vec<u8>) -> Result<Vec<u8>, String> {
        use crate::compile::{Settings, compile};
        use wasm_common::backend::OptLevel;
        let path = self.resolve(name);
        // Passes whose time grows with the size alone: a device has no time for more.
        let settings = Settings { opt: OptLevel::O1, ..Settings::default() };
        self.shell.machine.watch();
        let made = compile(&path, source, &settings, self)?;
        self.shell.last_build = self.shell.machine.watched().map(|ram| (path, ram));
        for diagnostic in &made.diagnostics {
            let text = with_caret(diagnostic, &made.sources);
            self.print(&text);
        }
        let module = made.module.map(|(wasm, _)| wasm);
        module.ok_or_else(|| format!("{name}: not compiled"))
    }
}

/// Included files, from the device's file system; their paths begin at its root.
#[cfg(feature = "compilers")]
impl wasm_common::source::Files for Session<'_> {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        self.read_all(&super::path::resolve("/", path)).ok()
    }
}

/// `file:line:column: error: text`, the line, and a caret under the column.
#[cfg(feature = "compilers")]
fn with_caret(
    diagnostic: &wasm_common::diag::Diagnostic,
    sources: &wasm_common::source::SourceMap,
) -> String {
    use wasm_common::diag::render;
    /// Characters of the line shown at most; a place beyond them gets no caret.
    const WIDTH: usize = 76;
    let (line, column) = sources.line_col(diagnostic.span);
    let text = sources.file(diagnostic.span.file()).line(line);
    let shown: String = text.chars().take(WIDTH).map(|c| if c == '\t' { ' ' } else { c }).collect();
    let message = render::lines(diagnostic, sources);
    let (first, rest) = message.split_once('\n').unwrap_or((&message, ""));
    let blanks = column.saturating_sub(1) as usize;
    let caret = if blanks < WIDTH { format!("  {}^\n", " ".repeat(blanks)) } else { String::new() };
    let end = if rest.is_empty() || rest.ends_with('\n') { "" } else { "\n" };
    format!("{first}\n  {shown}\n{caret}{rest}{end}")
}
