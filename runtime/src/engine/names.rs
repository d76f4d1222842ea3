//! The `name` custom section (WebAssembly core, appendix, "Name Section"), read when asked.

use super::reader::{Reader, Result};

/// Id of the subsection with function names.
const FUNCTIONS: u8 = 1;

/// The name of function `index`, if the section has one and is well formed up to there.
pub(super) fn function(section: &[u8], index: u32) -> Option<&str> {
    find(Reader::new(section, 0), index).ok().flatten()
}

fn find(mut section: Reader<'_>, wanted: u32) -> Result<Option<&str>> {
    while !section.is_empty() {
        let id = section.byte()?;
        let len = section.u32()? as usize;
        let mut part = section.sub(len)?;
        if id != FUNCTIONS {
            continue;
        }
        for _ in 0..part.u32()? {
            let (index, name) = (part.u32()?, part.name()?);
            if index == wanted {
                return Ok(Some(name));
            }
        }
    }
    Ok(None)
}
