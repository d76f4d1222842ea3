//! Parameters of a block that are always equal become one: two counters that start and grow alike.
//!
//! Two are equal if every edge brings them equal arguments, where "equal" may assume that they were
//! equal before: by induction over the jumps to the block.

use crate::ir::{Args, Function, Inst, Replacements, SymbolTable, Value};

/// How deep two arguments are compared.
const DEPTH: u32 = 4;
/// Parameters of a block that are compared with one another.
const MOST_PARAMS: usize = 24;

/// Merges such parameters; those that are left without use are for `dce`.
pub fn run(func: &mut Function, _symbols: &SymbolTable) {
    let incoming = func.incoming();
    let mut replaced = Replacements::new();
    for (data, edges) in func.blocks.iter().zip(incoming.iter()).skip(1) {
        let params = &data.params[..data.params.len().min(MOST_PARAMS)];
        for (at, &twin) in params.iter().enumerate().skip(1) {
            let earlier = params[..at].iter().enumerate();
            let mut left = earlier.filter(|&(_, &param)| replaced.peek(param) == param);
            let equal = |&(other, &param): &(usize, &Value)| {
                func.ty(param) == func.ty(twin)
                    && edges.iter().all(|&args| Pair { func, param, twin }.agree(args, other, at))
            };
            if let Some((_, &param)) = left.find(equal) {
                replaced.set(twin, param);
            }
        }
    }
    replaced.apply(func);
}

/// Two parameters that are taken for equal.
struct Pair<'a> {
    func: &'a Function,
    param: Value,
    twin: Value,
}

impl Pair<'_> {
    /// Whether an edge brings both the same.
    fn agree(&self, args: Args, param: usize, twin: usize) -> bool {
        let args = self.func.args(args);
        self.equal(args[param], args[twin], DEPTH)
    }

    fn equal(&self, a: Value, b: Value, depth: u32) -> bool {
        if a == b || [(a, b), (b, a)].contains(&(self.param, self.twin)) {
            return true;
        }
        let Some(depth) = depth.checked_sub(1) else { return false };
        match (*self.func.inst(a), *self.func.inst(b)) {
            (Inst::Unary(op, x), Inst::Unary(other, y)) => {
                op == other && !op.can_trap() && self.equal(x, y, depth)
            }
            (Inst::Binary(op, x, y), Inst::Binary(other, v, w)) => {
                op == other && !op.can_trap() && self.equal(x, v, depth) && self.equal(y, w, depth)
            }
            (Inst::Param { .. }, _) => false,
            (x, y) => x == y && x.is_constant(),
        }
    }
}
