//! Suites that cross crates.

pub mod generate;
