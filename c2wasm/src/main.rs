//! The program `c2wasm`: files in, a module out.

mod cli;
mod gcc;
mod help;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
