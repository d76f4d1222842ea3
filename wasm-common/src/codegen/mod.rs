//! Functions to encoded bodies.
//!
//! ```text
//! edges, reducible   only jumps carry arguments; each loop has one entry
//! flow               order, dominators, loops
//! access             how often which object is touched, for the layout
//! address, numbers   constant parts of addresses go into loads and stores
//! plan, effects      which values stay on the operand stack, in what order things happen
//! live, locals       when each other value is alive, and in which local
//! lines              where the source line must be stored
//! emit, structure    instructions; blocks, loops and branches
//! tidy, op           what turned out to do nothing goes
//! body               bytes with holes for the linker
//! ```
//!
//! Architecture Invariant: a function is encoded without looking at any other; all that depends on
//! the rest of the program is a `Hole`.

pub(crate) mod access;
mod address;
pub(crate) mod body;
mod edges;
mod effects;
mod emit;
mod flow;
mod lines;
mod live;
mod locals;
mod numbers;
mod op;
mod plan;
mod reducible;
mod structure;
mod tidy;

pub(crate) use lines::LineLevel;

use crate::ir::{Function, Inst, Loc, NaryOp, SymbolTable};
use crate::opt::OptLevel;
use access::Summary;
use address::Addresses;
use body::{Body, Encoder};
use emit::Emitter;
use flow::Flow;
use lines::Lines;
use live::Live;
use locals::Locals;
use numbers::Numbers;
use op::{Code, Op};
use plan::Plan;

/// Encodes `function`, whose symbol is in the table.
pub(crate) fn encode(
    mut function: Function,
    symbols: &mut SymbolTable,
    level: OptLevel,
    lines: LineLevel,
) -> Body {
    let mut flow = reducible::make_reducible(&mut function);
    let numbers = Numbers::new(&mut function, level);
    if edges::split(&mut function) {
        flow = Flow::new(&function);
    }
    let summary = Summary::new(&function, &flow, symbols);
    let addresses = Addresses::fold(&mut function, &numbers);
    let plan = Plan::new(&function, &flow, symbols, &addresses);
    let live = Live::new(&function, &flow, &plan);
    let locals = Locals::assign(&function, &flow, &plan, live);
    let allocates = allocates(&function);
    let has_frame = addresses.frame > 0 || allocates;
    let mut code = {
        let lines = Lines::new(&function, &flow, symbols, &plan, lines);
        let mut emitter = Emitter {
            function: &function,
            flow: &flow,
            plan: &plan,
            locals: &locals,
            addresses: &addresses,
            lines: &lines,
            marked: Loc::NONE,
            code: Code::with_room(plan.len() + plan.len() / 2),
            has_frame,
        };
        structure::emit(&mut emitter);
        emitter.code
    };
    let (frame, labels) = (addresses.frame, flow.len() * 2);
    let (symbol, local_count) = (function.symbol, locals.count(&function));
    let (sig, locals) = (function.sig.clone(), locals.declared);
    // The rest needs the code alone: what it was made from need not be there at the same time.
    drop((addresses, plan, flow, function, numbers));
    finish(sig.result.is_some(), &mut code, !has_frame);
    let code = Encoder::encode(code, labels);
    let sig = symbols.sig_id(sig);
    let mut body = Body { symbol, sig, locals, local_count, code, frame, allocates, summary };
    body.shrink();
    body
}

/// Tidies the code, and ends it as validation wants it: a result on the stack, or not reachable.
fn finish(has_result: bool, code: &mut Code, no_frame: bool) {
    let returns = matches!(code.ops.last(), Some(Op::Return));
    tidy::tidy(code, no_frame && !has_result);
    if has_result && !returns && !matches!(code.ops.last(), Some(Op::Br(_) | Op::Unreachable)) {
        code.ops.push(Op::Unreachable);
    }
}

fn allocates(function: &Function) -> bool {
    function.blocks.iter().flat_map(|block| &block.insts).any(|&value| {
        use NaryOp::{StackAlloc, StackRestore, StackSave};
        matches!(function.inst(value), Inst::Nary(StackAlloc | StackSave | StackRestore, _))
    })
}
