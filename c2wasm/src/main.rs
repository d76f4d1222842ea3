//! The program `c2wasm`: files in, a module out.

mod cli;
mod gcc;
mod help;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(cli::Arguments::parse_from(cli::arguments()))
}
