//! Instructions that turned out to do nothing.
//!
//! In: the code of a whole function. Out: the same without branches to where control goes anyway,
//! with conditions turned around where that saves a branch, without empty arms and without labels
//! that nobody uses.

use super::op::{Code, Label, Op};
use crate::ir::UnOp;
use alloc::{vec, vec::Vec};

/// The end of the function, as a label.
const EXIT: Label = Label(u32::MAX);

/// Ends in a row that are looked through for a label.
const LOOK: usize = 64;

/// Tidies `code`. `returns_plainly`: a return leaves nothing on the stack and gives back no frame,
/// so that the end of the function does just as well.
pub(crate) fn tidy(code: &mut Code, returns_plainly: bool) {
    drop_branches(code, returns_plainly);
    drop_labels(code);
    drop_empty_arms(code);
    if let Some(Op::Return) = code.ops.last() {
        code.ops.pop();
    }
}

/// Labels that control reaches by going on, as a list that shares its tails.
struct Falls {
    cells: Vec<(Label, u32)>,
    list: u32,
}

const NIL: u32 = u32::MAX;

impl Falls {
    fn push(&mut self, label: Label) {
        self.cells.push((label, self.list));
        self.list = self.cells.len() as u32 - 1;
    }

    fn has(&self, label: Label) -> bool {
        let mut at = self.list;
        for _ in 0..LOOK {
            match self.cells.get(at as usize) {
                Some(&(reached, _)) if reached == label => return true,
                Some(&(_, next)) => at = next,
                None => return false,
            }
        }
        false
    }
}

/// Walks the code from its end, so that it is known where control goes on after each instruction.
fn drop_branches(code: &mut Code, returns_plainly: bool) {
    let mut falls = Falls { cells: Vec::new(), list: NIL };
    if returns_plainly {
        falls.push(EXIT);
    }
    let mut ends = Vec::new();
    let mut kept = vec![true; code.ops.len()];
    for at in (0..code.ops.len()).rev() {
        match code.ops[at] {
            Op::End(label) => {
                ends.push(falls.list);
                // The end of a loop is not where its label leads.
                if let Some(label) = label.filter(|label| label.is_block()) {
                    falls.push(label);
                }
            }
            Op::Else => falls.list = *ends.last().expect("an arm is inside its if"),
            Op::Block(_) | Op::Loop(_) => {
                ends.pop();
            }
            Op::If => {
                ends.pop();
                falls.list = NIL;
            }
            Op::Mark(_) => {}
            Op::Br(label) => {
                kept[at] = branch(code, at, label, &falls);
                if kept[at] {
                    falls.list = NIL;
                    falls.push(label);
                }
            }
            Op::Return if returns_plainly => {
                kept[at] = !falls.has(EXIT);
                if kept[at] {
                    falls.list = NIL;
                    falls.push(EXIT);
                }
            }
            _ => falls.list = NIL,
        }
    }
    let mut kept = kept.into_iter();
    code.ops.retain(|_| kept.next() == Some(true));
}

/// Whether the branch at `at` is needed. One behind a conditional branch to where control goes on
/// anyway becomes the conditional one.
fn branch(code: &mut Code, at: usize, label: Label, falls: &Falls) -> bool {
    if falls.has(label) {
        return false;
    }
    if let Some(Op::BrIf(other)) = at.checked_sub(1).map(|before| code.ops[before])
        && falls.has(other)
    {
        code.ops[at - 1] = Op::Unary(UnOp::I32Eqz);
        code.ops[at] = Op::BrIf(label);
    }
    true
}

/// Writes the code anew: negated conditions merge with what they negate, and arms without code go.
fn drop_empty_arms(code: &mut Code) {
    let ops = core::mem::take(&mut code.ops);
    code.ops.reserve(ops.len());
    for op in ops {
        match (op, code.ops.last()) {
            (Op::Else, Some(Op::If)) => {
                code.ops.pop();
                code.negate();
                code.ops.push(Op::If);
            }
            (Op::End(None), Some(Op::Else)) => {
                code.ops.pop();
                code.ops.push(op);
            }
            (Op::End(None), Some(Op::If)) => {
                code.ops.pop();
                code.push(Op::Drop);
            }
            (Op::Unary(UnOp::I32Eqz), Some(Op::Unary(UnOp::I32Eqz))) => code.ops.push(op),
            (Op::BrIf(_), Some(Op::Unary(UnOp::I32Eqz))) => {
                merge_negations(code);
                code.ops.push(op);
            }
            _ => code.push(op),
        }
    }
}

/// Two negations before a branch cancel out: it only asks for zero or not.
fn merge_negations(code: &mut Code) {
    if let [.., Op::Unary(UnOp::I32Eqz), Op::Unary(UnOp::I32Eqz)] = code.ops[..] {
        code.ops.truncate(code.ops.len() - 2);
    }
}

fn drop_labels(code: &mut Code) {
    let mut used = Vec::new();
    for op in &code.ops {
        if let Op::Br(label) | Op::BrIf(label) = *op {
            used.push(label);
        }
    }
    used.extend(code.tables.iter().flatten());
    used.sort_unstable();
    used.dedup();
    code.ops.retain(|op| match op {
        Op::Block(label) | Op::Loop(label) | Op::End(Some(label)) => {
            used.binary_search(label).is_ok()
        }
        _ => true,
    });
}
