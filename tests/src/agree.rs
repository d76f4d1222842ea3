//! Whether a generated program means the same however it is compiled and wherever it runs.
//!
//! In: a [tape](crate::generate::tape) of choices. Out: nothing, or what differs. The reference is
//! gcc for C, the evaluator of [`crate::basic::eval`] for BASIC and the IR interpreter for IR; it
//! is held against every level on the engine with flat and with windowed memory, the IR
//! interpreter and wasmi.

use crate::basic::{self, eval::End};
use crate::compile::{LEVELS, Language, OptLevel, Options, Problem, compile, link};
use crate::generate::tape::{TapeTree, seeded};
use crate::generate::{c, ir};
use crate::machine::{Fault, Machine, Run, World, windowed};
use crate::oracle;
use proptest::strategy::ValueTree;
use wasm_common::backend::Output;
use wasm_common::ir::{Program, verify};

/// A generator and how its programs are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// C, against gcc where the machine has it.
    C,
    /// BASIC, against the evaluator.
    Basic,
    /// IR, against its interpreter.
    Ir,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::C, Self::Basic, Self::Ir];

    /// The ending of its files, which is its name too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::C => "c",
            Self::Basic => "bas",
            Self::Ir => "ir",
        }
    }

    /// Words of the longest tape that is worth while.
    #[must_use]
    pub fn longest(self) -> usize {
        match self {
            Self::C => 1500,
            Self::Basic => 1200,
            Self::Ir => 600,
        }
    }

    /// The program of a tape.
    #[must_use]
    pub fn source(self, words: &[u32]) -> String {
        match self {
            Self::C => c::program(words, c::Style::default()),
            Self::Basic => basic::text::write(&mut basic::generate::program(words)),
            Self::Ir => ir::program(words).to_string(),
        }
    }

    /// Compiles and runs the program of a tape in every way; a panic is a difference too.
    ///
    /// # Errors
    /// What differs, with both sides.
    pub fn check(self, words: &[u32]) -> Result<(), String> {
        let quiet = std::panic::AssertUnwindSafe(|| match self {
            Self::C => c_program(words, None),
            Self::Basic => basic_program(words),
            Self::Ir => ir_program(words),
        });
        std::panic::catch_unwind(quiet).unwrap_or_else(|panic| Err(panic_text(&*panic)))
    }

    /// As [`check`](Self::check), of a C program whose output and status are known already.
    ///
    /// # Errors
    /// What differs, with both sides.
    pub fn check_against(words: &[u32], known: (String, i32)) -> Result<(), String> {
        let quiet = std::panic::AssertUnwindSafe(|| c_program(words, Some(known)));
        std::panic::catch_unwind(quiet).unwrap_or_else(|panic| Err(panic_text(&*panic)))
    }

    /// The tape of a seed.
    #[must_use]
    pub fn tape(self, seed: u64) -> Vec<u32> {
        seeded(seed, self.longest())
    }

    /// A tape that fails as `words` does and is as simple as `tries` attempts make it.
    #[must_use]
    pub fn shrunk(self, words: &[u32], tries: usize) -> Vec<u32> {
        let mut tree = TapeTree::new(words.to_vec());
        let mut best = words.to_vec();
        let mut more = tree.simplify();
        for _ in 0..tries {
            if !more {
                break;
            }
            let shown = tree.current();
            more = if self.check(&shown).is_err() {
                best = shown;
                tree.simplify()
            } else {
                tree.complicate()
            };
        }
        best
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    format!("panic: {}", text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?"))
}

/// A window and a cache that the program itself decides, so that they shrink with it.
fn some_window(words: &[u32]) -> Machine {
    let word = words.iter().fold(7u32, |sum, word| sum.wrapping_mul(31).wrapping_add(*word));
    let windows = [0, 16, 61, 64, 255, 1021, 4095, 4096];
    windowed(windows[word as usize % 8], 32 << (word >> 8 & 3), 1 + (word >> 12 & 3))
}

fn same(what: &str, run: &Run, reference: &Run) -> Result<(), String> {
    if run.agrees(reference) {
        return Ok(());
    }
    Err(format!("{what}:\n{run}\n\nreference:\n{reference}"))
}

/// Runs one module on everything, against `reference`.
fn everywhere(
    level: OptLevel,
    image: &Output,
    words: &[u32],
    reference: &Run,
) -> Result<(), String> {
    let world = World::default();
    for machine in [Machine::Flat, Machine::Interpreter, Machine::Wasmi, some_window(words)] {
        if !machine.suits(&image.wasm) {
            continue;
        }
        same(&format!("{level:?} on {machine}"), &machine.run(image, &world), reference)?;
    }
    Ok(())
}

fn ir_program(words: &[u32]) -> Result<(), String> {
    let program = ir::program(words);
    for function in &program.functions {
        verify(function, &program.symbols).map_err(|error| error.to_string())?;
    }
    let plain =
        Output { wasm: Vec::new(), layout: Default::default(), program: Some(program.clone()) };
    let reference = Machine::Interpreter.run(&plain, &World::default());
    if reference.end.is_err() {
        return Err(format!("the interpreter stops: {reference}"));
    }
    for level in LEVELS {
        everywhere(level, &link(&program, level)?, words, &reference)?;
    }
    Ok(())
}

/// One source at one level after the other, O0 first. The whole way is gone at O0 and at one level
/// that the tape decides; the others start from O0's IR, which spares most of the time.
struct Levels<'s> {
    language: Language,
    source: &'s str,
    whole: OptLevel,
    ir: Option<Program>,
}

impl<'s> Levels<'s> {
    fn new(language: Language, source: &'s str, words: &[u32]) -> Self {
        Self { language, source, whole: LEVELS[words.len() % LEVELS.len()], ir: None }
    }

    fn at(&mut self, level: OptLevel) -> Result<Output, Vec<Problem>> {
        if let Some(ir) = self.ir.as_ref().filter(|_| level != self.whole) {
            let problem = |message| vec![Problem { line: 0, column: 0, message }];
            return link(ir, level).map_err(problem);
        }
        let made = compile(self.language, "generated", self.source, level, &Options::default())?;
        if level == OptLevel::O0 {
            self.ir.clone_from(&made.program);
        }
        Ok(made)
    }
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

fn c_program(words: &[u32], known: Option<(String, i32)>) -> Result<(), String> {
    let source = Kind::C.source(words);
    let known = match known {
        None if oracle::has_gcc() => Some(oracle::gcc(&source, "-O1")?),
        known => known,
    };
    let mut reference = known.map(|(output, status)| Run {
        output,
        end: Ok(status),
        line: None,
        instructions: None,
        live: 0,
    });
    let mut levels = Levels::new(Language::C, &source, words);
    for level in LEVELS {
        let image = levels
            .at(level)
            .map_err(|problems| format!("{level:?} refuses:\n{}", listed(&problems)))?;
        let first = || Machine::Interpreter.run(&image, &World::default());
        let reference = reference.get_or_insert_with(first);
        everywhere(level, &image, words, reference)?;
    }
    Ok(())
}

fn basic_program(words: &[u32]) -> Result<(), String> {
    let mut program = basic::generate::program(words);
    let source = basic::text::write(&mut program);
    let (output, end) = basic::eval::run(&program);
    let line = match end {
        End::Beyond => return Ok(()),
        End::Done => None,
        End::Error(line) => Some(line),
    };
    let mut levels = Levels::new(Language::Basic, &source, words);
    for level in LEVELS {
        let image = match (levels.at(level), line) {
            (Ok(image), _) => image,
            // What surely goes wrong may be refused at once; a constant that fits no integer is,
            // wherever it stands.
            (Err(problems), line)
                if problems.iter().all(|problem| {
                    Some(problem.line) == line || problem.message.contains("does not fit this")
                }) =>
            {
                continue;
            }
            (Err(problems), _) => return Err(format!("{level:?} refuses:\n{}", listed(&problems))),
        };
        let first = Machine::Flat.run(&image, &World::default());
        match line {
            None => {
                let reference = Run { output: output.clone(), end: Ok(0), ..first.clone() };
                everywhere(level, &image, words, &reference)?;
            }
            Some(line) => {
                stops(&first, &output, line)?;
                everywhere(level, &image, words, &first)?;
            }
        }
    }
    Ok(())
}

/// Checks that a run printed all of `output` and then stopped in `line`.
fn stops(run: &Run, output: &str, line: u32) -> Result<(), String> {
    let own = !matches!(run.end, Ok(_) | Err(Fault::Load(_) | Fault::Fuel));
    if own && run.line == Some(line) && run.output.starts_with(output) {
        return Ok(());
    }
    Err(format!("an error in line {line} expected, after:\n{output}\nfound:\n{run}"))
}
