//! The program `bas2wasm`: a file in, a module out.

mod cli;
mod help;

use clap::Parser;
use std::process::ExitCode;
use wasm_common::cli::Pool;

#[global_allocator]
static POOL: Pool = Pool;

fn main() -> ExitCode {
    cli::run(&cli::Arguments::parse())
}
