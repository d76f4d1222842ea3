//! The preprocessor.

mod expansions;

pub use expansions::Expansions;
