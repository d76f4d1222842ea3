//! The line table.
