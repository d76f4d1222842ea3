//! The command line of `c2wasm`.

use crate::{gcc, help};
use c2wasm::check::Warnings;
use c2wasm::session::{FrontOptions, MacroOption, Standard};
use c2wasm::{
    Failure, Options, Output, Source, codes, compile, preprocess_only, reference, syntax_tree,
};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser};
use std::path::PathBuf;
use wasm_common::backend;
use wasm_common::cli::{self, Disk, Emit, FAILED, MessageFormat, Messages, USAGE};
use wasm_common::diag::Severity;
use wasm_common::source::{decode, push_bytes};

/// Compiles C to WebAssembly for microcontrollers.
#[derive(Debug, Parser)]
#[command(
    version,
    long_about = help::DESCRIPTION,
    after_help = help::EXAMPLES,
    after_long_help = [help::MANUAL, help::EXAMPLES].concat(),
    args_override_self = true
)]
pub(crate) struct Arguments {
    /// Source files; `-` is stdin
    #[arg(required_unless_present_any = ["explain", "reference"], value_name = "FILE")]
    sources: Vec<String>,
    /// Where the output goes; `-` is stdout
    #[arg(short, value_name = "FILE")]
    output: Option<String>,
    /// Folder to look for includes in
    #[arg(help_heading = "Preprocessor", short = 'I', value_name = "DIR")]
    folders: Vec<String>,
    /// Define a macro: NAME or NAME=BODY
    #[arg(help_heading = "Preprocessor", short = 'D', value_name = "MACRO")]
    define: Vec<String>,
    /// Undefine a macro
    #[arg(help_heading = "Preprocessor", short = 'U', value_name = "NAME")]
    undefine: Vec<String>,
    /// File to include before the first line
    #[arg(help_heading = "Preprocessor", long, value_name = "FILE")]
    include: Vec<String>,
    /// Preprocess only
    #[arg(help_heading = "Preprocessor", short = 'E')]
    preprocess: bool,
    /// Without line markers in the output of -E
    #[arg(help_heading = "Preprocessor", short = 'P', requires = "preprocess")]
    no_markers: bool,
    /// Objects are not made; for a message that says what to do instead
    #[arg(short = 'c', hide = true)]
    objects: bool,
    /// Optimisation: 0, 1, 2 or s
    #[arg(help_heading = "Code", short = 'O', value_name = "LEVEL", default_value = "2")]
    opt: String,
    /// What to write
    #[arg(long, value_enum, default_value_t = Emit::Wasm)]
    emit: Emit,
    /// How messages look
    #[arg(help_heading = "Messages", long, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
    /// Explain the message with this code; without one, list all
    #[arg(
        help_heading = "Messages",
        long,
        value_name = "CODE",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with = "sources"
    )]
    explain: Option<String>,
    /// Print the language reference, in Markdown
    #[arg(help_heading = "Messages", long, conflicts_with = "sources")]
    reference: bool,
    /// Warnings: all, extra, error, NAME, no-NAME, error=NAME
    #[arg(help_heading = "Messages", short = 'W', value_name = "WARNING")]
    warnings: Vec<String>,
    /// No warnings
    #[arg(help_heading = "Messages", short = 'w')]
    no_warnings: bool,
    /// Language: c89 c99 c11 c17 c23, or gnu...
    #[arg(help_heading = "Code", long, value_name = "STANDARD", default_value = "gnu17")]
    std: String,
    /// A library: every external function is exported
    #[arg(help_heading = "Code", long)]
    shared: bool,
    /// Bytes of fast memory from address 0
    #[arg(help_heading = "Code", long, value_name = "BYTES")]
    window: Option<u32>,
    /// Place data by what `wasmcu run --profile FILE` counted
    #[arg(help_heading = "Code", long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Bytes of shadow stack for recursive functions
    #[arg(help_heading = "Code", long, value_name = "BYTES")]
    stack: Option<u32>,
    /// Pages of linear memory
    #[arg(help_heading = "Code", long, value_name = "PAGES")]
    pages: Option<u32>,
}

/// The program's arguments, those of gcc translated.
fn arguments() -> Vec<String> {
    gcc::translated(std::env::args())
}

/// Does what the command line says.
pub(crate) fn main() -> u8 {
    let (arguments, macros) = parse(arguments());
    run(arguments, macros)
}

/// The arguments, and what they say of macros; ends the process where they cannot be.
fn parse(command_line: Vec<String>) -> (Arguments, Vec<MacroOption>) {
    let matches = Arguments::command().get_matches_from(command_line);
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    (arguments, macros(&matches))
}

/// `-D` and `-U` in their order, the files of `--include` behind them, as gcc has it.
fn macros(matches: &ArgMatches) -> Vec<MacroOption> {
    let of = |id, make: fn(String) -> MacroOption| {
        let places = matches.indices_of(id).into_iter().flatten();
        let values = matches.get_many::<String>(id).into_iter().flatten();
        places.zip(values.cloned().map(make)).collect::<Vec<_>>()
    };
    let mut all = of("define", MacroOption::Define);
    all.extend(of("undefine", MacroOption::Undefine));
    all.sort_by_key(|(place, _)| *place);
    all.extend(of("include", MacroOption::Include));
    all.into_iter().map(|(_, option)| option).collect()
}

fn run(arguments: Arguments, macros: Vec<MacroOption>) -> u8 {
    if let Some(code) = &arguments.explain {
        return cli::explain("c2wasm", codes::all(), code);
    }
    if arguments.reference {
        return cli::write("c2wasm", "-", reference::markdown().as_bytes());
    }
    match prepare(&arguments, macros) {
        Ok(options) => {
            let messages = Messages::new(arguments.message_format);
            Job { arguments: &arguments, options, disk: Disk::default(), messages }.run()
        }
        Err(message) => fail(USAGE, &message),
    }
}

fn prepare(arguments: &Arguments, mut macros: Vec<MacroOption>) -> Result<Options, String> {
    let standard = Standard::from_name(&arguments.std).ok_or_else(|| {
        format!("unknown standard `{}`; c17 and gnu17 are examples", arguments.std)
    })?;
    let mut warnings = if arguments.no_warnings { Warnings::none() } else { Warnings::default() };
    for text in &arguments.warnings {
        if let Err(name) = warnings.option(text)
            && !text.starts_with("no-")
        {
            eprintln!("c2wasm: warning: -W{name} is not known here, and ignored");
        }
    }
    if arguments.objects {
        let message = "`-c` is not there, for objects are not made: give all sources at once";
        return Err(message.into());
    }
    if arguments.opt != "0" {
        let optimized = MacroOption::Define("__OPTIMIZE__".into());
        macros.splice(..0, [optimized, MacroOption::Undefine("__NO_INLINE__".into())]);
    }
    let front = FrontOptions {
        standard,
        include_paths: arguments.folders.clone(),
        macros,
        ..FrontOptions::default()
    };
    let sources = arguments.sources.iter().map(String::as_str);
    arguments.output.as_deref().map_or(Ok(()), |target| cli::spare(target, sources))?;
    let mut backend = backend::Options {
        opt: cli::opt_level(&arguments.opt)?,
        keep_ir: arguments.emit == Emit::Ir,
        shadow_stack_size: arguments.stack,
        pages: arguments.pages,
        profile: arguments.profile.as_deref().map(cli::profile).transpose()?,
        ..backend::Options::default()
    };
    if let Some(window) = arguments.window {
        backend.window = window;
    }
    Ok(Options { front, warnings, backend, shared: arguments.shared })
}

/// One run.
struct Job<'a> {
    arguments: &'a Arguments,
    options: Options,
    disk: Disk,
    messages: Messages,
}

impl Job<'_> {
    fn run(mut self) -> u8 {
        let mut texts = Vec::new();
        for name in &self.arguments.sources {
            match cli::read(name).map(decode) {
                Ok(text) => texts.push((name.as_str(), text)),
                Err(error) => return fail(FAILED, &format!("cannot read `{name}`: {error}")),
            }
        }
        let sources: Vec<Source<'_>> =
            texts.iter().map(|(name, text)| Source { name, text }).collect();
        if self.arguments.preprocess || self.arguments.emit == Emit::Ast {
            return self.text(&sources);
        }
        match compile(&sources, &self.options, &mut self.disk) {
            Ok(output) => {
                self.messages.show(&output.diagnostics, &output.sources);
                self.write_output(&output)
            }
            Err(Failure { diagnostics, sources }) => {
                self.messages.show(&diagnostics, &sources);
                FAILED
            }
        }
    }

    /// `-E` and `--emit ast`: text for each source.
    fn text(&mut self, sources: &[Source<'_>]) -> u8 {
        let mut failed = false;
        let mut all = String::new();
        for &source in sources {
            let front = &self.options.front;
            let result = match self.arguments.preprocess {
                true => preprocess_only(source, front, !self.arguments.no_markers, &mut self.disk),
                false => syntax_tree(source, front, &mut self.disk),
            };
            self.messages.show(&result.diagnostics, &result.sources);
            failed |= result.diagnostics.iter().any(|d| d.severity == Severity::Error);
            all += &result.text;
        }
        let mut bytes = Vec::new();
        push_bytes(&all, &mut bytes);
        let written = self.write("-", &bytes);
        if failed { FAILED } else { written }
    }

    fn write_output(&self, output: &Output) -> u8 {
        match self.arguments.emit {
            Emit::Wasm => {
                let first = self.arguments.sources.first().map_or("-", String::as_str);
                self.write(&cli::module_name(first), &output.wasm)
            }
            Emit::Layout => self.write("-", output.layout.to_string().as_bytes()),
            Emit::Ir => {
                let text = output.program.as_ref().map(ToString::to_string);
                self.write("-", text.unwrap_or_default().as_bytes())
            }
            Emit::Wat | Emit::Ast => match wasmprinter::print_bytes(&output.wasm) {
                Ok(text) => self.write("-", text.as_bytes()),
                Err(error) => fail(FAILED, &format!("cannot print the module: {error}")),
            },
        }
    }

    /// Writes to `-o`, or to `default`; `-` is stdout.
    fn write(&self, default: &str, bytes: &[u8]) -> u8 {
        cli::write("c2wasm", self.arguments.output.as_deref().unwrap_or(default), bytes)
    }
}

fn fail(code: u8, message: &str) -> u8 {
    cli::fail("c2wasm", code, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_keep_their_order() {
        let line = ["c2wasm", "--include", "h.h", "-DA", "-UA", "-DB=1", "-UB", "-DB=2", "a.c"];
        let (_, macros) = parse(line.map(String::from).into());
        let define = |text: &str| MacroOption::Define(text.into());
        let undefine = |text: &str| MacroOption::Undefine(text.into());
        let include = MacroOption::Include("h.h".into());
        let wanted =
            [define("A"), undefine("A"), define("B=1"), undefine("B"), define("B=2"), include];
        assert_eq!(macros, wanted);
    }
}
