//! Suites that cross crates.

pub mod basic;
pub mod generate;
