//! The back end as the front ends see it: functions in, a module out.
//!
//! A front end makes a [`Backend`], adds symbols to its table, hands over each function as soon
//! as it is lowered, and asks for the module at the end. Levels O0 and O1 turn each function into
//! code at once and forget its IR; O2 and Os keep them for decisions across functions.

pub use crate::link::{Layout, LinkError, PlacedObject, profile::Profile};
use crate::map::Map;
pub use crate::opt::OptLevel;
use crate::{
    codegen::{self, LineLevel, body::Body},
    ir::{Function, Program, Symbol, SymbolTable},
    link, opt,
};
use alloc::{boxed::Box, string::String, vec::Vec};

/// What to make, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// How much work goes into the code.
    pub opt: OptLevel,
    /// Bytes of memory, from address 0, that are fast: the layout puts the hottest data there.
    pub window: u32,
    /// Keep the IR of all functions, as it was given to code generation, in [`Output::program`].
    pub keep_ir: bool,
    /// Write the `name` section.
    pub emit_names: bool,
    /// Keep `__line` right and write the line table.
    pub emit_lines: bool,
    /// Bytes of shadow stack for recursive functions and `alloca`; by default
    /// [`SHADOW_STACK`](crate::link::SHADOW_STACK).
    pub shadow_stack_size: Option<u32>,
    /// Pages of linear memory; by default one, or as many as the data needs.
    pub pages: Option<u32>,
    /// Accesses that a run counted: the layout goes by them instead of estimates.
    pub profile: Option<Profile>,
    /// Names of the files that the [`Loc`](crate::ir::Loc)s number.
    pub file_names: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            opt: OptLevel::default(),
            window: crate::abi::memory_map::WINDOW,
            keep_ir: false,
            emit_names: true,
            emit_lines: true,
            shadow_stack_size: None,
            pages: None,
            profile: None,
            file_names: Vec::new(),
        }
    }
}

/// A module, and what was decided for it.
#[derive(Clone, Debug)]
pub struct Output {
    /// The module's bytes: the same for the same input, always.
    pub wasm: Vec<u8>,
    /// Where everything lies in linear memory.
    pub layout: Layout,
    /// The IR, if [`Options::keep_ir`] asked for it.
    pub program: Option<Program>,
}

/// Takes functions and makes a module of them.
#[derive(Debug)]
pub struct Backend {
    /// All symbols: the front end adds them, and reads and changes them until [`Self::finish`].
    pub symbols: SymbolTable,
    options: Options,
    /// Functions that are not encoded yet.
    waiting: Vec<Function>,
    /// The IR of those that are, if it is to be kept.
    kept: Vec<Function>,
    bodies: Map<Symbol, Box<Body>>,
}

impl Backend {
    /// A back end that has seen nothing yet.
    pub fn new(options: Options) -> Self {
        Self {
            symbols: SymbolTable::new(),
            options,
            waiting: Vec::new(),
            kept: Vec::new(),
            bodies: Map::new(),
        }
    }

    /// The options, as given.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Names of the source files, for the line table: to be filled while the front end meets them.
    pub fn file_names_mut(&mut self) -> &mut Vec<String> {
        &mut self.options.file_names
    }

    /// Takes the body of a function. Its symbol, and those that it uses, are in the table.
    pub fn define(&mut self, mut function: Function) {
        if self.options.opt.waits() {
            self.waiting.push(function);
        } else {
            opt::optimize(&mut function, &self.symbols, self.options.opt);
            self.encode(function);
        }
    }

    /// Takes a function that is as good as it gets.
    fn encode(&mut self, function: Function) {
        if self.options.keep_ir {
            self.kept.push(function.clone());
        }
        let lines = match self.options.opt {
            _ if !self.options.emit_lines => LineLevel::Never,
            OptLevel::O0 => LineLevel::Always,
            _ => LineLevel::Calls,
        };
        let body = codegen::encode(function, &mut self.symbols, self.options.opt, lines);
        self.bodies.insert(body.symbol, Box::new(body));
    }

    /// Links everything that can be reached from an export.
    ///
    /// # Errors
    /// When a function is used but neither defined nor imported, or memory does not suffice.
    ///
    /// # Panics
    /// In debug builds with the feature `validate`: if the module is not valid, which is a fault of
    /// the back end.
    pub fn finish(mut self) -> Result<Output, LinkError> {
        if self.options.opt.waits() {
            opt::combine(&mut self.waiting, &self.symbols, self.options.opt);
            for mut function in core::mem::take(&mut self.waiting) {
                opt::complete(&mut function, &self.symbols, self.options.opt);
                self.encode(function);
            }
        }
        let (wasm, layout) = link::link(&self.symbols, self.bodies, &self.options)?;
        validate(&wasm);
        let program = Program { symbols: self.symbols, functions: self.kept };
        Ok(Output { wasm, layout, program: self.options.keep_ir.then_some(program) })
    }
}

/// Checks the module, in debug builds that have the feature.
#[cfg(all(feature = "validate", debug_assertions))]
fn validate(wasm: &[u8]) {
    if let Err(error) = wasmparser::Validator::new().validate_all(wasm) {
        panic!("the module is not valid: {error}");
    }
}

#[cfg(not(all(feature = "validate", debug_assertions)))]
fn validate(_: &[u8]) {}
