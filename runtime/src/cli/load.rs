//! A file to a module: read, compiled or assembled as its name says.

use super::options::Compile;
use std::fs;
use std::path::Path;

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

/// Reads and, if need be, compiles `path`. Messages of the compilers go to standard error.
pub(super) fn load(path: &Path, options: &Compile) -> Result<Program, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    match extension.as_str() {
        "wasm" => Ok(Program { symbols: Vec::new(), wasm: bytes }),
        "wat" => assemble(path, &bytes),
        _ if bytes.starts_with(b"\0asm") => Ok(Program { symbols: Vec::new(), wasm: bytes }),
        _ => {
            let _ = options;
            Err(format!("{}: expected a file named .c, .bas, .wasm or .wat", path.display()))
        }
    }
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

/// The symbols in the custom section `conez.layout`: a count, then for each the length of its
/// name, the name, address and size; all numbers unsigned LEB128. What is malformed gives what came
/// before it.
pub(super) fn symbols(section: &[u8]) -> Vec<Symbol> {
    let mut rest = section;
    let mut symbols = Vec::new();
    let count = number(&mut rest).unwrap_or(0);
    for _ in 0..count {
        let Some(symbol) = symbol(&mut rest) else { break };
        symbols.push(symbol);
    }
    symbols
}

fn symbol(rest: &mut &[u8]) -> Option<Symbol> {
    let len = number(rest)? as usize;
    let (name, after) = rest.split_at_checked(len)?;
    *rest = after;
    let name = String::from_utf8_lossy(name).into_owned();
    Some(Symbol { name, address: number(rest)?, size: number(rest)? })
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in (0..35).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
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
