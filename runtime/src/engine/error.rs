//! Everything that can go wrong with a module: at load, at link, while it runs.

use crate::memory::BusError;
use alloc::{string::String, vec::Vec};
use core::fmt;

/// A module that is malformed, invalid, beyond a limit, or needs what this engine has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// What is wrong.
    pub message: String,
    /// Where in the module, in bytes from its start.
    pub offset: usize,
    /// The section being read, by the specification's name; empty for the header.
    pub section: &'static str,
    /// The function whose body is wrong: its index (imports count) and, when known, its name.
    pub function: Option<(u32, Option<String>)>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.function {
            Some((index, Some(name))) => write!(f, "function {index} `{name}`: ")?,
            Some((index, None)) => write!(f, "function {index}: ")?,
            None if !self.section.is_empty() => write!(f, "{} section: ", self.section)?,
            None => {}
        }
        write!(f, "{} (at offset {:#x})", self.message, self.offset)
    }
}

impl core::error::Error for LoadError {}

/// A module that this host cannot run.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkError {
    /// An import that the host does not have, or has with another signature.
    Import {
        /// `module.name`.
        import: String,
        /// What the module expects, as wasm text: `(i32, i32) -> i32`.
        wanted: String,
        /// What the host offers under that name, if it says so.
        offered: Option<String>,
    },
    /// The module needs more than the host gives it (memory, table, stack).
    Resources(String),
    /// A segment outside memory or table, or the start function, trapped.
    Start(Trap),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Import { import, wanted, offered: Some(offered) } => {
                write!(f, "import `{import}`: the module expects {wanted}, the host has {offered}")
            }
            Self::Import { import, wanted, offered: None } => {
                write!(f, "import `{import}` {wanted}: this host has no such import")
            }
            Self::Resources(what) => f.write_str(what),
            Self::Start(trap) => write!(f, "while starting the module: {trap}"),
        }
    }
}

impl core::error::Error for LinkError {}

/// Why a run ended before its function returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrapKind {
    /// The `unreachable` instruction.
    Unreachable,
    /// A load, store or bulk operation outside linear memory.
    MemoryOutOfBounds,
    /// The bus of the PSRAM failed during a memory access.
    MemoryFault(BusError),
    /// A table access outside its table.
    TableOutOfBounds,
    /// `call_indirect` through an index outside the table.
    UndefinedElement,
    /// `call_indirect` through a null element.
    UninitializedElement,
    /// `call_indirect` on a function of another type.
    IndirectCallTypeMismatch,
    /// Integer division or remainder by zero.
    DivisionByZero,
    /// An integer result that does not fit: the quotient of the least integer and -1, or a
    /// float too large for the integer type.
    IntegerOverflow,
    /// NaN converted to an integer.
    InvalidConversion,
    /// Calls nested deeper than the limits allow.
    StackExhausted,
    /// The fuel that was set is used up.
    OutOfFuel,
    /// A stop was asked for (by [`Host::poll`](super::Host::poll) or during an import).
    Stopped,
    /// An import refused; its text.
    Host(String),
    /// The instance has no exported function of that name, or it takes other arguments.
    BadCall(String),
}

impl fmt::Display for TrapKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreachable => "unreachable executed",
            Self::MemoryOutOfBounds => "out of bounds memory access",
            Self::TableOutOfBounds => "out of bounds table access",
            Self::UndefinedElement => "undefined element",
            Self::UninitializedElement => "uninitialized element",
            Self::IndirectCallTypeMismatch => "indirect call type mismatch",
            Self::DivisionByZero => "integer divide by zero",
            Self::IntegerOverflow => "integer overflow",
            Self::InvalidConversion => "invalid conversion to integer",
            Self::StackExhausted => "call stack exhausted",
            Self::OutOfFuel => "out of fuel",
            Self::Stopped => "stopped",
            Self::Host(text) | Self::BadCall(text) => text,
            Self::MemoryFault(error) => return write!(f, "PSRAM: {error}"),
        })
    }
}

/// A function that was active when a run trapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Function index, imports counted.
    pub function: u32,
    /// Its name, from the name section or else an export.
    pub name: Option<String>,
    /// Offset in the module, in bytes, of the instruction it was at.
    pub offset: Option<u32>,
    /// Source position from the module's line table.
    pub line: Option<Line>,
}

/// A source position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Name of the source file; empty when the table has none.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// A run that ended before its function returned.
#[derive(Clone, Debug, PartialEq)]
pub struct Trap {
    /// Why.
    pub kind: TrapKind,
    /// The source line in the module's `__line` global, if it has one that is not 0.
    pub line_global: Option<u32>,
    /// The calls, innermost first; the first is where it trapped. At most
    /// [`Trap::CHAIN`] of each end when there are more.
    pub chain: Vec<Frame>,
    /// Calls left out of the middle of `chain`.
    pub omitted: usize,
}

impl Trap {
    /// Frames kept at either end of a long call chain.
    pub const CHAIN: usize = 16;

    /// A trap outside any function.
    #[must_use]
    pub fn bare(kind: TrapKind) -> Self {
        Self { kind, line_global: None, chain: Vec::new(), omitted: 0 }
    }

    /// The source line it happened at: from the line table, else from `__line`.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        // Support routines have no lines; what called them has.
        let innermost = self.chain.iter().find_map(|frame| frame.line.as_ref());
        innermost.map(|line| line.line).or(self.line_global)
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name}")?,
            None => write!(f, "function {}", self.function)?,
        }
        match (&self.line, self.offset) {
            (Some(Line { file, line }), _) if file.is_empty() => write!(f, " (line {line})"),
            (Some(Line { file, line }), _) => write!(f, " ({file}:{line})"),
            (None, Some(offset)) => write!(f, " (offset {offset:#x})"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for Trap {
    /// One line for what and where, then one for each caller.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        for (depth, frame) in self.chain.iter().enumerate() {
            if depth == Self::CHAIN && self.omitted > 0 {
                write!(f, "\n  ... {} more calls", self.omitted)?;
            }
            let word = if depth == 0 { "in" } else { "called from" };
            write!(f, "\n  {word} {frame}")?;
            if let (0, None, Some(line)) = (depth, &frame.line, self.line_global) {
                write!(f, ", line {line}")?;
            }
        }
        Ok(())
    }
}

impl core::error::Error for Trap {}
