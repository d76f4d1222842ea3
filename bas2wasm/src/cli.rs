//! The command line of `bas2wasm`.

use crate::help;
use bas2wasm::dialect::DialectName;
use bas2wasm::{Failure, Options, Output, codes, compile, reference, tree_text};
use clap::Parser;
use std::path::PathBuf;
use wasm_common::cli::{self, Disk, Emit, FAILED, MessageFormat, Messages, USAGE};

/// Compiles BASIC to WebAssembly for microcontrollers.
#[derive(Debug, Parser)]
#[command(
    version,
    long_about = help::DESCRIPTION,
    after_help = help::EXAMPLES,
    after_long_help = [help::MANUAL, help::EXAMPLES].concat(),
    args_override_self = true
)]
pub(crate) struct Arguments {
    /// Source file; `-` is stdin
    #[arg(
        required_unless_present_any = ["explain", "reference"],
        value_name = "FILE",
        default_value = "",
        hide_default_value = true
    )]
    source: String,
    /// Where the output goes; `-` is stdout
    #[arg(short, value_name = "FILE")]
    output: Option<String>,
    /// Folder to look for included files in
    #[arg(short = 'I', value_name = "DIR")]
    include: Vec<String>,
    /// conez, qb, gw or ansi; a file may name its own
    #[arg(help_heading = "Code", long, value_name = "DIALECT", value_parser = dialect)]
    dialect: Option<DialectName>,
    /// Optimisation: 0, 1, 2 or s
    #[arg(help_heading = "Code", short = 'O', value_name = "LEVEL", default_value = "2", default_missing_value = "2", num_args = 0..=1)]
    opt: String,
    /// What to write
    #[arg(long, value_enum, default_value_t = Emit::Wasm)]
    emit: Emit,
    /// How messages look
    #[arg(help_heading = "Messages", long, value_enum, default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
    /// Explain the message with this code; without one, list all
    #[arg(help_heading = "Messages", long, value_name = "CODE", num_args = 0..=1, default_missing_value = "", conflicts_with = "source")]
    explain: Option<String>,
    /// Print the language reference, in Markdown
    #[arg(help_heading = "Messages", long, conflicts_with = "source")]
    reference: bool,
    /// Warnings: no-NAME, no-all, error
    #[arg(help_heading = "Messages", short = 'W', value_name = "WARNING")]
    warnings: Vec<String>,
    /// Make `#` a double in the conez dialect
    #[arg(help_heading = "Code", long)]
    float64: bool,
    /// Ask the host in every loop whether to stop, for one that cannot stop a loop otherwise
    #[arg(help_heading = "Code", long = "yield")]
    yields: bool,
    /// Bytes of fast memory from address 0
    #[arg(help_heading = "Code", long, value_name = "BYTES")]
    window: Option<u32>,
    /// Place data by what `wasmcu run --profile FILE` counted
    #[arg(help_heading = "Code", long, value_name = "FILE")]
    profile: Option<PathBuf>,
}

fn dialect(text: &str) -> Result<DialectName, String> {
    DialectName::parse(text).ok_or_else(|| "the dialects are conez, qb, gw and ansi".into())
}

/// Does what the arguments say.
pub(crate) fn main() -> u8 {
    run(&Arguments::parse())
}

fn run(arguments: &Arguments) -> u8 {
    if let Some(code) = &arguments.explain {
        return cli::explain("bas2wasm", codes::ALL, code);
    }
    if arguments.reference {
        return cli::write("bas2wasm", "-", reference::markdown().as_bytes());
    }
    let options = match prepare(arguments) {
        Ok(options) => options,
        Err(message) => return fail(USAGE, &message),
    };
    match cli::read_source(&arguments.source) {
        Ok(text) => compile_text(arguments, &text, &options),
        Err(error) => fail(FAILED, &format!("cannot read `{}`: {error}", arguments.source)),
    }
}

fn prepare(arguments: &Arguments) -> Result<Options, String> {
    let mut options = Options { dialect: arguments.dialect, ..Options::default() };
    options.float64 = arguments.float64;
    options.yields = arguments.yields;
    options.name = match arguments.source.as_str() {
        "-" => "stdin".into(),
        path => path.into(),
    };
    for warning in &arguments.warnings {
        match warning.strip_prefix("no-") {
            Some(name) if name == "all" || codes::warnings().any(|w| w.warning == name) => {
                options.no_warnings.push(name.into());
            }
            None if warning == "error" => options.warnings_are_errors = true,
            None if warning == "all" => {}
            _ => return Err(format!("unknown warning `{warning}`")),
        }
    }
    let source = [arguments.source.as_str()];
    arguments.output.as_deref().map_or(Ok(()), |target| cli::spare(target, source))?;
    options.backend.opt = cli::opt_level(&arguments.opt)?;
    options.backend.keep_ir = arguments.emit == Emit::Ir;
    options.backend.profile = arguments.profile.as_deref().map(cli::profile).transpose()?;
    if let Some(window) = arguments.window {
        options.backend.window = window;
    }
    Ok(options)
}

fn compile_text(arguments: &Arguments, text: &str, options: &Options) -> u8 {
    let messages = Messages::new(arguments.message_format);
    let mut files = Disk::beside(&arguments.source, &arguments.include);
    let failed = |failure: Failure| {
        messages.show(failure.diagnostics.iter(), &failure.sources);
        FAILED
    };
    if arguments.emit == Emit::Ast {
        return match tree_text(text, options, &mut files) {
            Ok(text) => write(arguments, "-", text.as_bytes()),
            Err(failure) => failed(failure),
        };
    }
    match compile(text, options, &mut files) {
        Ok(output) => {
            messages.show(output.diagnostics.iter(), &output.sources);
            write_output(arguments, &output)
        }
        Err(failure) => failed(failure),
    }
}

fn write_output(arguments: &Arguments, output: &Output) -> u8 {
    match arguments.emit {
        Emit::Wasm => write(arguments, &cli::module_name(&arguments.source), &output.wasm),
        Emit::Layout => write(arguments, "-", output.layout.to_string().as_bytes()),
        Emit::Ir => {
            let text = output.program.as_ref().map(ToString::to_string).unwrap_or_default();
            write(arguments, "-", text.as_bytes())
        }
        Emit::Wat | Emit::Ast => match wasmprinter::print_bytes(&output.wasm) {
            Ok(text) => write(arguments, "-", text.as_bytes()),
            Err(error) => fail(FAILED, &format!("cannot print the module: {error}")),
        },
    }
}

/// Writes to `-o`, or to `default`; `-` is stdout.
fn write(arguments: &Arguments, default: &str, bytes: &[u8]) -> u8 {
    cli::write("bas2wasm", arguments.output.as_deref().unwrap_or(default), bytes)
}

fn fail(code: u8, message: &str) -> u8 {
    cli::fail("bas2wasm", code, message)
}
