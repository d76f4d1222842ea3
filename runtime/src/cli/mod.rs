//! The program `wasmcu`.
//!
//! The running program's output alone goes to standard output; messages, reports and the LED strip
//! go to standard error. Exit codes: the program's own, 1 after a trap or an error in a file,
//! 2 for wrong usage.

mod bench;
mod help;
mod inspect;
mod json;
mod load;
mod new;
mod options;
mod report;
mod run;
mod shell;
mod stop;
mod watch;

use clap::Parser;
use options::{Cli, Command, Explain, Imports};
use std::io::{self, Write};
use std::process::ExitCode;
use wasm_common::abi::{c_header, reference};
use wasm_common::cli::unless_closed;
use wasm_common::diag::code;

/// Runs `wasmcu` with the process's arguments.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Watch(options) => watch::watch(&options),
        Command::New(options) => new::new(&options),
        Command::Inspect(options) => inspect::inspect(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Imports(options) => imports(&options),
        Command::Shell(options) => shell::shell(&options),
        Command::Explain(options) => explain(&options),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(message) => {
            eprintln!("wasmcu: error: {message}");
            ExitCode::from(FAILED)
        }
    }
}

/// Prints what the import table says.
fn imports(options: &Imports) -> Done {
    print(&if options.header { c_header::text() } else { reference::markdown() })
}

/// Prints the page of a message of either compiler, or the index of both.
fn explain(options: &Explain) -> Done {
    let all = c2wasm::codes::all().chain(bas2wasm::codes::ALL);
    print(&code::explain(all, options.code.as_deref().unwrap_or_default())?)
}

/// Prints on standard output.
fn print(text: &str) -> Done {
    unless_closed(io::stdout().write_all(text.as_bytes()))
        .map(|()| 0)
        .map_err(|error| format!("output: {error}"))
}

/// Exit code after a trap or an error in a file.
const FAILED: u8 = 1;

/// An exit code, or a message for standard error.
type Done = Result<u8, String>;
