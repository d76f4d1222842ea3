//! The command line: options, files, messages.

mod files;
mod messages;

use c2wasm::check::Warnings;
use c2wasm::session::{FrontOptions, MacroOption, Standard};
use c2wasm::{Failure, Options, Output, Source, codes, compile, preprocess_only, syntax_tree};
use clap::{Parser, ValueEnum};
use files::Disk;
use messages::Messages;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wasm_common::backend::{self, OptLevel, Profile};
use wasm_common::diag::code;

/// Exit code of a compilation that failed.
const FAILED: u8 = 1;
/// Exit code of wrong usage.
const USAGE: u8 = 2;

const EXAMPLES: &str = "\
Examples:
  c2wasm blink.c                      blink.wasm
  c2wasm main.c led.c -o program.wasm two files, one module
  c2wasm -O0 --emit wat blink.c       the module as text, to stdout
  c2wasm --emit layout blink.c        what lies where in memory
  c2wasm -E -DDEBUG=1 blink.c         the preprocessed source
  echo 'int main(void) { return 7; }' | c2wasm - -o seven.wasm";

/// Compiles C to WebAssembly for microcontrollers.
#[derive(Debug, Parser)]
#[command(version, about, after_help = EXAMPLES, args_override_self = true)]
pub(crate) struct Arguments {
    /// Source files; `-` is stdin
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    sources: Vec<String>,
    /// Where the output goes; `-` is stdout
    #[arg(short, value_name = "FILE")]
    output: Option<String>,
    /// Folder to look for includes in
    #[arg(short = 'I', value_name = "DIR")]
    include: Vec<String>,
    /// Define a macro: NAME or NAME=BODY
    #[arg(short = 'D', value_name = "MACRO")]
    define: Vec<String>,
    /// Undefine a macro
    #[arg(short = 'U', value_name = "NAME")]
    undefine: Vec<String>,
    /// Preprocess only
    #[arg(short = 'E')]
    preprocess: bool,
    /// Without line markers in the output of -E
    #[arg(short = 'P', requires = "preprocess")]
    no_markers: bool,
    /// Optimisation: 0, 1, 2 or s
    #[arg(short = 'O', value_name = "LEVEL", default_value = "2", default_missing_value = "2", num_args = 0..=1)]
    opt: String,
    /// What to write
    #[arg(long, value_enum, default_value_t = Emit::Wasm)]
    emit: Emit,
    /// How messages look
    #[arg(long, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
    /// Explain the message with this code; without one, list all
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "", conflicts_with = "sources")]
    explain: Option<String>,
    /// Warnings: all, extra, error, NAME, no-NAME, error=NAME
    #[arg(short = 'W', value_name = "WARNING")]
    warnings: Vec<String>,
    /// No warnings
    #[arg(short = 'w')]
    no_warnings: bool,
    /// Language: c89 c99 c11 c17 c23, or gnu...
    #[arg(long, value_name = "STANDARD", default_value = "gnu17")]
    std: String,
    /// A library: every external function is exported
    #[arg(long)]
    shared: bool,
    /// Bytes of fast memory from address 0
    #[arg(long, value_name = "BYTES")]
    window: Option<u32>,
    /// Place data by what `wasmcu run --profile FILE` counted
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Bytes of shadow stack for recursive functions
    #[arg(long, value_name = "BYTES")]
    stack: Option<u32>,
    /// Pages of linear memory
    #[arg(long, value_name = "PAGES")]
    pages: Option<u32>,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Emit {
    /// The module
    Wasm,
    /// The module as text
    Wat,
    /// The intermediate representation as it goes to code generation
    Ir,
    /// The syntax tree
    Ast,
    /// What lies where in linear memory
    Layout,
}

/// How messages look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// Pictures of the source
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
}

/// gcc spells some options with one dash that clap knows with two.
pub(crate) fn arguments() -> impl Iterator<Item = String> {
    std::env::args().map(|argument| match argument.as_str() {
        "-shared" => "--shared".into(),
        text if text.starts_with("-std=") => format!("-{text}"),
        _ => argument,
    })
}

/// Does what the arguments say.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    if let Some(code) = &arguments.explain {
        return explain(code);
    }
    match prepare(&arguments) {
        Ok(options) => Job { arguments: &arguments, options, disk: Disk }.run(),
        Err(message) => {
            eprintln!("c2wasm: {message}");
            ExitCode::from(USAGE)
        }
    }
}

fn explain(code: &str) -> ExitCode {
    match code::explain(codes::all(), code) {
        Ok(text) => {
            // A reader that went away wants no more.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("c2wasm: {message}");
            ExitCode::from(USAGE)
        }
    }
}

fn prepare(arguments: &Arguments) -> Result<Options, String> {
    let standard = Standard::from_name(&arguments.std).ok_or_else(|| {
        format!("unknown standard `{}`; c17 and gnu17 are examples", arguments.std)
    })?;
    let mut warnings = if arguments.no_warnings { Warnings::none() } else { Warnings::default() };
    for text in &arguments.warnings {
        warnings.option(text).map_err(|name| format!("unknown warning `{name}`"))?;
    }
    let defines = arguments.define.iter().cloned().map(MacroOption::Define);
    let undefines = arguments.undefine.iter().cloned().map(MacroOption::Undefine);
    let front = FrontOptions {
        standard,
        include_paths: arguments.include.clone(),
        macros: defines.chain(undefines).collect(),
        ..FrontOptions::default()
    };
    let mut backend = backend::Options {
        opt: opt_level(&arguments.opt)?,
        keep_ir: arguments.emit == Emit::Ir,
        shadow_stack_size: arguments.stack,
        pages: arguments.pages,
        profile: arguments.profile.as_deref().map(profile).transpose()?,
        ..backend::Options::default()
    };
    if let Some(window) = arguments.window {
        backend.window = window;
    }
    Ok(Options { front, warnings, backend, shared: arguments.shared })
}

fn profile(path: &Path) -> Result<Profile, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
    text.and_then(|text| Profile::parse(&text).map_err(|error| error.to_string()))
        .map_err(|error| format!("cannot use the profile `{}`: {error}", path.display()))
}

fn opt_level(text: &str) -> Result<OptLevel, String> {
    Ok(match text {
        "0" => OptLevel::O0,
        "1" => OptLevel::O1,
        "2" | "3" => OptLevel::O2,
        "s" | "z" => OptLevel::Os,
        _ => return Err(format!("unknown optimisation level `{text}`: 0, 1, 2 or s")),
    })
}

/// One run.
struct Job<'a> {
    arguments: &'a Arguments,
    options: Options,
    disk: Disk,
}

impl Job<'_> {
    fn run(mut self) -> ExitCode {
        let mut texts = Vec::new();
        for name in &self.arguments.sources {
            match read_source(name) {
                Ok(text) => texts.push((name.as_str(), text)),
                Err(error) => {
                    eprintln!("c2wasm: cannot read `{name}`: {error}");
                    return ExitCode::from(FAILED);
                }
            }
        }
        let sources: Vec<Source<'_>> =
            texts.iter().map(|(name, text)| Source { name, text }).collect();
        if self.arguments.preprocess || self.arguments.emit == Emit::Ast {
            return self.text(&sources);
        }
        let format = self.arguments.message_format;
        match compile(&sources, &self.options, &mut self.disk) {
            Ok(output) => {
                Messages::new(format).show(&output.diagnostics, &output.sources);
                self.write_output(&output)
            }
            Err(Failure { diagnostics, sources }) => {
                Messages::new(format).show(&diagnostics, &sources);
                ExitCode::from(FAILED)
            }
        }
    }

    /// `-E` and `--emit ast`: text for each source.
    fn text(&mut self, sources: &[Source<'_>]) -> ExitCode {
        let mut failed = false;
        let mut all = String::new();
        for &source in sources {
            let front = &self.options.front;
            let result = match self.arguments.preprocess {
                true => preprocess_only(source, front, !self.arguments.no_markers, &mut self.disk),
                false => syntax_tree(source, front, &mut self.disk),
            };
            let messages = Messages::new(self.arguments.message_format);
            failed |= messages.show(&result.diagnostics, &result.sources);
            all += &result.text;
        }
        let written = self.write("-", all.as_bytes());
        if failed { ExitCode::from(FAILED) } else { written }
    }

    fn write_output(&self, output: &Output) -> ExitCode {
        match self.arguments.emit {
            Emit::Wasm => self.write(&self.module_name(), &output.wasm),
            Emit::Layout => self.write("-", output.layout.to_string().as_bytes()),
            Emit::Ir => {
                let text = output.program.as_ref().map(ToString::to_string);
                self.write("-", text.unwrap_or_default().as_bytes())
            }
            Emit::Wat | Emit::Ast => match wasmprinter::print_bytes(&output.wasm) {
                Ok(text) => self.write("-", text.as_bytes()),
                Err(error) => {
                    eprintln!("c2wasm: cannot print the module: {error}");
                    ExitCode::from(FAILED)
                }
            },
        }
    }

    /// `blink.wasm` for `blink.c`, in the current folder.
    fn module_name(&self) -> String {
        let first = self.arguments.sources.first().map_or("", String::as_str);
        let stem = PathBuf::from(first).file_stem().map(|s| s.to_string_lossy().into_owned());
        match stem {
            Some(stem) if first != "-" => format!("{stem}.wasm"),
            _ => "a.wasm".into(),
        }
    }

    /// Writes to `-o`, or to `default`; `-` is stdout.
    fn write(&self, default: &str, bytes: &[u8]) -> ExitCode {
        let target = self.arguments.output.as_deref().unwrap_or(default);
        let result = match target {
            "-" => io::stdout().lock().write_all(bytes),
            path => std::fs::write(path, bytes),
        };
        match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("c2wasm: cannot write `{target}`: {error}");
                ExitCode::from(FAILED)
            }
        }
    }
}

/// The text of a source; bytes that are no UTF-8 are kept as replacement characters, which the
/// lexer reports where they stand outside of comments.
fn read_source(name: &str) -> io::Result<String> {
    let mut bytes = Vec::new();
    match name {
        "-" => io::stdin().lock().read_to_end(&mut bytes)?,
        path => std::fs::File::open(path)?.read_to_end(&mut bytes)?,
    };
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}
