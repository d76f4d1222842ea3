//! What a module may ask for. Everything that a module can make the engine allocate has a bound
//! here, and exceeding one is a [`LoadError`](super::LoadError), never an abort.

/// Bounds on a module and on its execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries in each of the type, import, function, export, global, element and data sections.
    pub entries: u32,
    /// Parameters, and results, of a function type (at most 200).
    pub arity: u32,
    /// Locals of one function, parameters included.
    pub locals: u32,
    /// Nested blocks in one function.
    pub nesting: u32,
    /// Bytes of all function bodies.
    pub code_bytes: u32,
    /// Bytes of names, line table and other custom sections that are kept; what does not fit is
    /// dropped without an error.
    pub custom_bytes: u32,
    /// Elements of the table.
    pub table: u32,
    /// Pages of linear memory.
    pub pages: u32,
    /// 32-bit slots of the value stack, for all active calls together. An i64 or f64 takes two.
    pub stack_slots: u32,
    /// Calls active at once.
    pub call_depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 100_000,
            arity: 128,
            locals: 10_000,
            nesting: 20_000,
            code_bytes: 16 << 20,
            custom_bytes: 1 << 20,
            table: 1 << 20,
            pages: 65_536,
            stack_slots: 128 * 1024,
            call_depth: 4_096,
        }
    }
}
