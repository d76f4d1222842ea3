//! A file to a module: read, compiled or assembled as its name says.

use super::options::Compile;
use crate::compile::{Language, Settings, compile};
use std::path::{Path, PathBuf};
use wasm_common::cli::{self, Disk, MessageFormat, Messages};
use wasm_common::link::layout::{NamedRange, objects};

/// A module's bytes, and where its data lies if that is known.
pub(super) struct Program {
    pub(super) wasm: Vec<u8>,
    pub(super) symbols: Vec<Symbol>,
}

/// A data object in linear memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    pub(super) name: String,
    pub(super) address: u32,
    pub(super) size: u32,
}

/// Reads and, if need be, compiles `path` (`-` is standard input) for a device with `window` bytes
/// of fast memory. Messages of the compilers go to standard error; `seen` hears of each file that
/// the source includes, before it is read.
pub(super) fn load(
    path: &Path,
    options: &Compile,
    window: u32,
    seen: &mut dyn FnMut(PathBuf),
) -> Result<Program, String> {
    let bytes = cli::read(&path.to_string_lossy())
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let named = options.language.as_ref().filter(|_| path == Path::new("-"));
    let path = &named.map_or(path.to_path_buf(), |language| format!("stdin.{language}").into());
    let wat = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("wat"));
    if wat {
        assemble(path, &bytes)
    } else if bytes.starts_with(b"\0asm") {
        Ok(Program { symbols: Vec::new(), wasm: bytes })
    } else if path.as_os_str() == "-" {
        Err("say which language it is: `-x c`, `-x bas` or `-x wat`".into())
    } else {
        compiled(path, &bytes, options, window, seen)
    }
}

fn compiled(
    path: &Path,
    source: &[u8],
    options: &Compile,
    window: u32,
    seen: &mut dyn FnMut(PathBuf),
) -> Result<Program, String> {
    let settings = Settings {
        opt: options.opt,
        window,
        include: options.include.clone(),
        define: options.define.clone(),
        dialect: options.dialect.clone(),
        float64: options.float64,
        yields: options.yields,
    };
    let name = path.to_string_lossy();
    let mut files = match Language::of(&name) {
        // The preprocessor itself looks beside the file and in the folders.
        Some(Language::C) => Disk::default(),
        _ => Disk::beside(&name, &options.include),
    };
    let made = compile(&name, source, &settings, &mut files);
    files.tried().iter().cloned().for_each(seen);
    let made = made?;
    Messages::new(MessageFormat::Human).show(&made.diagnostics, &made.sources);
    let (wasm, layout) = made.module.ok_or_else(|| format!("{name}: not compiled"))?;
    let symbols = layout.objects.into_iter().map(|object| Symbol {
        name: object.name,
        address: object.address,
        size: object.size,
    });
    Ok(Program { wasm, symbols: symbols.collect() })
}

fn assemble(path: &Path, bytes: &[u8]) -> Result<Program, String> {
    let text =
        std::str::from_utf8(bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    let wasm = wat::parse_str(text).map_err(|mut error| {
        error.set_path(path);
        error.to_string()
    })?;
    Ok(Program { wasm, symbols: Vec::new() })
}

/// The symbols in a module's layout section.
pub(super) fn symbols(section: &[u8]) -> Vec<Symbol> {
    let owned = |NamedRange { name, address, size }: NamedRange<'_>| Symbol {
        name: name.into(),
        address,
        size,
    };
    objects(section).map(owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_section() {
        let section = b"\x02\x01a\x10\x04\x02bc\x80\x20\x80\x01";
        let expected = [
            Symbol { name: "a".into(), address: 16, size: 4 },
            Symbol { name: "bc".into(), address: 4096, size: 128 },
        ];
        assert_eq!(symbols(section), expected);
        for len in 0..section.len() {
            assert!(symbols(&section[..len]).len() < 2);
        }
    }
}
