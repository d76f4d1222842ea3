//! The program `c2wasm`: files in, a module out.

mod cli;
mod gcc;
mod help;

use std::process::ExitCode;
use wasm_common::cli::Pool;

#[global_allocator]
static POOL: Pool = Pool;

fn main() -> ExitCode {
    cli::main()
}
