//! The syntax tree: what the parser makes and the checker reads.
//!
//! BASIC is a language of statements, not of blocks: any line can be jumped to, and in GW-BASIC a
//! NEXT finds its FOR only while the program runs. So a program is one flat list of statements, in
//! the order of the text, and the statements that open and close blocks are members of that list;
//! which of them belong together is the checker's business. The tree is never deeper than an
//! expression.
//!
//! Names are in upper case. Two nodes are equal when they say the same, wherever they stand:
//! positions do not count, and `parse(print(tree)) == tree`.

mod expr;
mod print;
mod stmt;
pub(crate) mod walk;

pub use expr::{BinaryOp, Expr, ExprKind, Name, NumType, Suffix, UnaryOp};
pub use print::print;
pub use stmt::{
    Bound, CaseItem, DataItem, DimItem, DimKind, Exit, Mode, Param, PrintItem, ProcKind, Program,
    Resume, Stmt, StmtKind, Target, TypeName,
};
