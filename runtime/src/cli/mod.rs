//! The program `wasmcu`.
//!
//! The running program's output alone goes to standard output; messages, reports and the LED strip
//! go to standard error. Exit codes: the program's own, 1 after a trap or an error in a file,
//! 2 for wrong usage.

mod inspect;
mod json;
mod load;
mod options;
mod report;
mod run;
mod shell;
mod stop;

use clap::Parser;
use options::{Cli, Command, Imports};
use std::io::{self, Write};
use std::process::ExitCode;
use wasm_common::abi::{c_header, reference};

/// Runs `wasmcu` with the process's arguments.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Inspect(options) => inspect::inspect(&options),
        Command::Imports(options) => imports(&options),
        Command::Shell(options) => shell::shell(&options),
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
    let text = if options.header { c_header::text() } else { reference::markdown() };
    // A reader that went away wants no more.
    let _ = io::stdout().write_all(text.as_bytes());
    Ok(0)
}

/// Exit code after a trap or an error in a file.
const FAILED: u8 = 1;

/// An exit code, or a message for standard error.
type Done = Result<u8, String>;
