//! The host imports: one table, read by both compilers and by the device.
//!
//! One file a group; [`all`] walks them in a fixed order, and an import's number is its place in
//! that order. The 175 imports of the ConeZ firmware come with `ours: false`; what this device
//! adds has `ours: true`, and a module that uses one of those does not link on ConeZ.
//!
//! Invariants, kept by tests: names are unique; an import has at most one result; its C prototype
//! has as many parameters as the signature, of types that pass as the signature says.

mod alloc;
mod compression;
mod console;
mod cue;
mod env;
mod file;
mod format;
mod gpio;
mod gps;
mod imu;
mod led;
mod lut;
mod math;
mod output;
mod prototype;
mod random;
mod string;
mod sun;
mod system;
mod time;

pub use prototype::Prototype;
use prototype::prototype;

mod prelude {
    pub(super) use super::{Group, Import, Touch, Users, prototype, told};
}

/// A wasm value type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValType {
    /// 32-bit integer; addresses too.
    I32,
    /// 64-bit integer.
    I64,
    /// Single.
    F32,
    /// Double.
    F64,
}

impl ValType {
    /// The byte that stands for it in a module (WebAssembly core specification, 5.3.1).
    pub const fn byte(self) -> u8 {
        match self {
            Self::I32 => 0x7F,
            Self::I64 => 0x7E,
            Self::F32 => 0x7D,
            Self::F64 => 0x7C,
        }
    }

    /// Its name in the text format.
    pub const fn name(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }
}

/// What an import is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name is the group's file, whose head says what is in it")]
pub enum Group {
    Led,
    Gpio,
    Gps,
    Imu,
    Env,
    Sun,
    Cue,
    Time,
    System,
    Output,
    Format,
    Lut,
    File,
    Compression,
    Math,
    Alloc,
    String,
    Console,
    Random,
}

impl Group {
    /// All groups, in the order of import numbers.
    pub const ALL: [Self; 19] = [
        Self::Led,
        Self::Gpio,
        Self::Gps,
        Self::Imu,
        Self::Env,
        Self::Sun,
        Self::Cue,
        Self::Time,
        Self::System,
        Self::Output,
        Self::Format,
        Self::Lut,
        Self::File,
        Self::Compression,
        Self::Math,
        Self::Alloc,
        Self::String,
        Self::Console,
        Self::Random,
    ];

    /// Its imports.
    pub const fn imports(self) -> &'static [Import] {
        match self {
            Self::Led => led::IMPORTS,
            Self::Gpio => gpio::IMPORTS,
            Self::Gps => gps::IMPORTS,
            Self::Imu => imu::IMPORTS,
            Self::Env => env::IMPORTS,
            Self::Sun => sun::IMPORTS,
            Self::Cue => cue::IMPORTS,
            Self::Time => time::IMPORTS,
            Self::System => system::IMPORTS,
            Self::Output => output::IMPORTS,
            Self::Format => format::IMPORTS,
            Self::Lut => lut::IMPORTS,
            Self::File => file::IMPORTS,
            Self::Compression => compression::IMPORTS,
            Self::Math => math::IMPORTS,
            Self::Alloc => alloc::IMPORTS,
            Self::String => string::IMPORTS,
            Self::Console => console::IMPORTS,
            Self::Random => random::IMPORTS,
        }
    }

    /// Heading in the header and the reference.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Led => "LEDs",
            Self::Gpio => "Pins",
            Self::Gps => "Position",
            Self::Imu => "Attitude",
            Self::Env => "Environment and power",
            Self::Sun => "Sun",
            Self::Cue => "Cues",
            Self::Time => "Time",
            Self::System => "Parameters, waits, random numbers",
            Self::Output => "Output",
            Self::Format => "Formatting",
            Self::Lut => "Look-up table",
            Self::File => "Files and directories",
            Self::Compression => "Compression",
            Self::Math => "Mathematics",
            Self::Alloc => "Memory",
            Self::String => "BASIC strings",
            Self::Console => "Console",
            Self::Random => "BASIC random numbers",
        }
    }
}

/// Which language's compiler of ConeZ knows the import (ours: which of our compilers uses it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Users {
    /// C and BASIC.
    Both,
    /// C alone.
    C,
    /// BASIC alone.
    Basic,
    /// The firmware has it, but no compiler of ConeZ offers it.
    Neither,
}

/// What the import does with linear memory: what a compiler must have stored before the call and
/// reload after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Nothing.
    No,
    /// Reads it.
    Read,
    /// Writes it.
    Write,
    /// Both.
    ReadWrite,
}

/// A text for people, which a device has no flash for: empty without the feature `std`.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    #[cfg(feature = "std")]
    text: &'static str,
}

impl Told {
    /// The text.
    pub const fn text(self) -> &'static str {
        #[cfg(feature = "std")]
        return self.text;
        #[cfg(not(feature = "std"))]
        ""
    }
}

#[cfg_attr(not(feature = "std"), allow(unused_variables))]
const fn told(text: &'static str) -> Told {
    Told {
        #[cfg(feature = "std")]
        text,
    }
}

/// One host import.
#[derive(Clone, Copy, Debug)]
pub struct Import {
    /// Name in module [`super::names::IMPORT_MODULE`].
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// Who uses it.
    pub users: Users,
    /// What it does with linear memory.
    pub memory: Touch,
    /// Not an import of the ConeZ firmware.
    pub ours: bool,
    /// C prototype, which tells its signature.
    pub c: Prototype,
    /// What it does on our device.
    pub doc: Told,
    /// What bad arguments get; empty when there are none to get wrong.
    pub bad_input: Told,
}

impl Import {
    /// Parameter types.
    pub fn params(&self) -> impl ExactSizeIterator<Item = ValType> + Clone {
        self.c.params()
    }

    /// Result type, if it has one.
    pub fn result(&self) -> Option<ValType> {
        self.c.result()
    }

    /// Whether the import has this signature, in wasm's bytes.
    pub fn has_signature(&self, params: &[u8], results: &[u8]) -> bool {
        self.params().map(ValType::byte).eq(params.iter().copied())
            && self.result().map(ValType::byte).iter().eq(results)
    }
}

/// Every import, in the order of their numbers.
pub fn all() -> impl Iterator<Item = &'static Import> {
    Group::ALL.into_iter().flat_map(Group::imports)
}

/// The import of this name.
///
/// A walk over two hundred names, most of which differ in length: under a microsecond, and
/// needed once an import and load.
pub fn by_name(name: &str) -> Option<&'static Import> {
    all().find(|import| import.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_firmware_has_175_and_names_are_unique() {
        assert_eq!(all().filter(|i| !i.ours).count(), 175);
        let names: HashSet<_> = all().map(|i| i.name).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn every_import_stands_in_its_group() {
        for group in Group::ALL {
            assert!(group.imports().iter().all(|i| i.group == group), "{group:?}");
        }
    }

    #[test]
    fn look_up_by_name() {
        let import = by_name("calloc").unwrap();
        assert!(import.has_signature(&[0x7F, 0x7F], &[0x7F]));
        assert!(!import.has_signature(&[0x7F], &[0x7F]));
        assert!(by_name("nothing").is_none());
    }

    /// The wasm type that a C type of a prototype passes as.
    fn passes_as(c: &str) -> ValType {
        let c = c.trim();
        match () {
            () if c.contains('*') => ValType::I32,
            () if c.starts_with("long long") => ValType::I64,
            () if c.starts_with("double") => ValType::F64,
            () if c.starts_with("float") => ValType::F32,
            () if c.starts_with("int") || c.starts_with("unsigned int") => ValType::I32,
            () => panic!("unexpected C type {c}"),
        }
    }

    #[test]
    fn c_prototypes_agree_with_signatures() {
        for import in all() {
            let (head, params) =
                import.c.text().strip_suffix(')').unwrap().split_once('(').unwrap();
            let result = head.strip_suffix(import.name).expect(import.name);
            let result = (result != "void ").then(|| passes_as(result));
            let params: Vec<_> = match params {
                "void" => Vec::new(),
                list => list.split(',').map(passes_as).collect(),
            };
            assert_eq!(params, import.params().collect::<Vec<_>>(), "{}", import.c.text());
            assert_eq!(result, import.result(), "{}", import.c.text());
        }
    }
}
