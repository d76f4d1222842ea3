//! The text form of a program: printed for people and tests, and parsed back.
//!
//! ```text
//! sig (i32) -> i32
//! declare %print import "env" "print" (i32)
//! declare %f export "f" (i32) -> i32
//! data %table size 16 align 4 readonly bytes 01000000ff reloc 8 %f+0
//! global %count: i32 = 0 mut
//!
//! func %f {
//!   slot s0 size 8 align 4
//! b0(v0: i32):
//!   v1: i32 = i32.const 1          @1:7
//!   v2: i32 = i32.add v0, v1
//!   i32.store v0+4, v2
//!   branch v2, b1(v2), b2
//! b1(v3: i32):
//!   return v3
//! b2:
//!   unreachable
//! }
//! ```
//!
//! A line is a statement; `;` starts a comment; `@1:7` is file 1, line 7. Symbols come before the
//! functions that name them, in the order of their numbers.
//!
//! What always holds: for a compact function (see [`Function::compact`](super::Function::compact))
//! parsing gives back what was printed, number for number.

mod lex;
mod parse;
mod print;

pub use parse::{ParseError, parse};
