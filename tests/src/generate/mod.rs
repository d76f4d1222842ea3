//! Programs at random: each generator turns a [`tape`] of choices into a program that ends, that
//! has one right answer, and that prints enough of its state to show any other.

pub mod c;
pub mod ir;
pub mod tape;
