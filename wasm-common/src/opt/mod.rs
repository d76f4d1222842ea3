//! Passes over one function, and how much of them to run.

/// How much work goes into the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum OptLevel {
    /// None: fast to compile, every variable where a debugger expects it.
    O0,
    /// What takes time in proportion to the program; functions are forgotten one by one.
    O1,
    /// Everything that makes it faster.
    #[default]
    O2,
    /// What makes it faster, unless that makes it larger.
    Os,
}
