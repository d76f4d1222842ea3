//! Suites that cross crates.

pub mod agree;
pub mod basic;
pub mod case;
pub mod compile;
pub mod fuzz;
pub mod generate;
pub mod heap;
pub mod machine;
pub mod oracle;
pub mod placement;
