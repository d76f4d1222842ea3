//! What the command lines of the programs share: exit codes, options, files, messages.
//!
//! In: names and texts from the user. Out: bytes read and written, diagnostics shown on standard
//! error. Only binaries use this; the libraries do no I/O.

mod pool;
mod start;

pub use pool::Pool;

use crate::backend::{OptLevel, Profile};
use crate::diag::code::{self, Page};
use crate::diag::picture::Painter;
use crate::diag::{Diagnostic, render};
use crate::source::{Files, SourceMap};
use clap::ValueEnum;
use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

/// Exit code when all went well.
pub const DONE: u8 = 0;
/// Exit code when the program at hand is at fault: it does not compile, or cannot be read.
pub const FAILED: u8 = 1;
/// Exit code of wrong usage.
pub const USAGE: u8 = 2;

/// What a compiler writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Emit {
    /// The module
    Wasm,
    /// The module as text
    Wat,
    /// The intermediate representation as it goes to code generation
    Ir,
    /// The syntax tree, printed as source
    Ast,
    /// What lies where in linear memory
    Layout,
}

/// How messages look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Pictures of the source
    #[default]
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
}

/// Whether standard error is a terminal that knows colours and can move its cursor.
pub fn is_screen() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|name| name != "dumb")
}

/// Shows diagnostics as the user wants them.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    format: MessageFormat,
    color: bool,
}

impl Messages {
    /// Coloured only on a terminal that has colours, and not if `NO_COLOR` is set.
    pub fn new(format: MessageFormat) -> Self {
        Self { format, color: is_screen() && std::env::var_os("NO_COLOR").is_none() }
    }

    /// Shows them all.
    pub fn show<'a>(
        &self,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
        sources: &SourceMap,
    ) {
        let mut out = io::stderr().lock();
        let mut painter = Painter::new(sources, self.color);
        for diagnostic in diagnostics {
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

/// Included files: paths as they are, then in each of some folders.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    folders: Vec<PathBuf>,
    tried: Vec<PathBuf>,
}

impl Disk {
    /// Looks beside the program `source`, then in the folders `include`.
    pub fn beside(source: &str, include: &[String]) -> Self {
        let beside = Path::new(source).parent().map(Path::to_path_buf);
        let folders = beside.into_iter().chain(include.iter().map(PathBuf::from)).collect();
        Self { folders, tried: Vec::new() }
    }

    /// The paths that were looked at, whether there was a file or not: what a program depends on.
    pub fn tried(&self) -> &[PathBuf] {
        &self.tried
    }
}

impl Files for Disk {
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        let paths = self.folders.iter().map(|folder| folder.join(path));
        paths.chain([PathBuf::from(path)]).find_map(|path| {
            let bytes = std::fs::read(&path).ok();
            self.tried.push(path);
            bytes
        })
    }
}

/// The level of `-O`: `0`, `1`, `2` or `s`; gcc's `3` and `z` fall on the last two.
///
/// # Errors
/// When there is no such level; a message.
pub fn opt_level(text: &str) -> Result<OptLevel, String> {
    Ok(match text {
        "0" => OptLevel::O0,
        "1" => OptLevel::O1,
        "2" | "3" => OptLevel::O2,
        "s" | "z" => OptLevel::Os,
        _ => return Err(format!("unknown optimisation level `{text}`: 0, 1, 2 or s")),
    })
}

/// The counts that `wasmcu run --profile` wrote.
///
/// # Errors
/// When the file cannot be read or is no profile; a message.
pub fn profile(path: &Path) -> Result<Profile, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
    text.and_then(|text| Profile::parse(&text).map_err(|error| error.to_string()))
        .map_err(|error| format!("cannot use the profile `{}`: {error}", path.display()))
}

/// The bytes of `name`; `-` is standard input.
///
/// # Errors
/// As reading fails.
pub fn read(name: &str) -> io::Result<Vec<u8>> {
    if name != "-" {
        return std::fs::read(name);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a source. Bytes that are no UTF-8 become replacement characters, which a lexer
/// reports wherever they are not in a comment.
///
/// # Errors
/// As reading fails.
pub fn read_source(name: &str) -> io::Result<String> {
    let bytes = read(name)?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// `blink.wasm` for `lights/blink.c`: modules go to the current folder.
pub fn module_name(source: &str) -> String {
    match Path::new(source).file_stem() {
        Some(stem) if source != "-" => format!("{}.wasm", stem.to_string_lossy()),
        _ => "a.wasm".into(),
    }
}

/// Writes to the file `target` for the program `program`; `-` is standard output.
pub fn write(program: &str, target: &str, bytes: &[u8]) -> u8 {
    let result = match target {
        "-" => io::stdout().lock().write_all(bytes),
        path => replace(path, bytes),
    };
    match unless_closed(result) {
        Ok(()) => DONE,
        Err(error) => fail(program, FAILED, &format!("cannot write `{target}`: {error}")),
    }
}

/// What came of writing, where a reader who went away has seen enough.
///
/// # Errors
/// All but that.
pub fn unless_closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Whether output to `target` would replace one of the files that it is made from; a message.
///
/// # Errors
/// When it would.
pub fn spare<'s>(target: &str, sources: impl IntoIterator<Item = &'s str>) -> Result<(), String> {
    let real = |name: &str| std::fs::canonicalize(name).ok();
    let Some(found) = real(target).filter(|_| target != "-") else { return Ok(()) };
    match sources.into_iter().find(|source| real(source).as_ref() == Some(&found)) {
        Some(source) if found.is_file() => {
            Err(format!("`-o {target}` would replace the source `{source}`"))
        }
        _ => Ok(()),
    }
}

/// Makes `bytes` what the file at `path` holds. A file that is there is written over and cut to length:
/// emptied first, as `std::fs::write` does, it costs 0.07 of the 1.1 ms that 100 lines of C take, for
/// ext4 frees its blocks and starts to write the new ones as soon as it is closed.
fn replace(path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    let before = file.metadata()?;
    file.write_all(bytes)?;
    let length = bytes.len() as u64;
    if before.is_file() && before.len() > length { file.set_len(length) } else { Ok(()) }
}

/// `--explain`: the page of the kind that `text` names, or the list of all.
pub fn explain<'c>(program: &str, pages: impl IntoIterator<Item = &'c Page>, text: &str) -> u8 {
    match code::explain(pages, text) {
        Ok(page) => write(program, "-", page.as_bytes()),
        Err(message) => fail(program, USAGE, &message),
    }
}

/// Says on standard error what is wrong, and gives the exit code for it.
pub fn fail(program: &str, code: u8, message: &str) -> u8 {
    eprintln!("{program}: {message}");
    code
}
