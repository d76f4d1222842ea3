//! The program `bas2wasm`: a file in, a module out.

#![cfg_attr(c_start, no_main)]

mod cli;
mod help;

wasm_common::program!(cli::main);
