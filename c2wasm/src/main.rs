//! The program `c2wasm`: files in, a module out.

#![cfg_attr(c_start, no_main)]

mod cli;
mod gcc;
mod help;

wasm_common::program!(cli::main);
