//! `wasmcu`: compile, run and look into programs for the device, on a desktop.

use std::process::ExitCode;

fn main() -> ExitCode {
    runtime::cli::main()
}
