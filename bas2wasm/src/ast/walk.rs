//! Visits every expression of a statement.

use super::{CaseItem, Expr, ExprKind, PrintItem, Resume, StmtKind, Target};

/// Calls `visit` with each expression that `kind` holds directly, in the order of the text.
pub(crate) fn roots<'a>(kind: &'a StmtKind, visit: &mut dyn FnMut(&'a Expr)) {
    use StmtKind as S;
    let mut each = |list: &'a [Expr]| list.iter().for_each(&mut *visit);
    match kind {
        S::Next(list) | S::Read(list) | S::Close(list) => each(list),
        S::Input { targets, .. } => each(targets),
        S::Call { args, .. } => each(args),
        S::Write { channel, items } => {
            channel.iter().for_each(&mut *visit);
            items.iter().for_each(visit);
        }
        S::InputFile(channel, list) => {
            visit(channel);
            list.iter().for_each(visit);
        }
        S::Format(format, args) => {
            visit(format);
            args.iter().for_each(visit);
        }
        S::Let(a, b) | S::Swap(a, b) | S::Seek(a, b) | S::Rename(a, b) => {
            visit(a);
            visit(b);
        }
        S::Set { target, value, .. } => {
            visit(target);
            visit(value);
        }
        S::MidAssign { target, start, count, value } => {
            visit(target);
            visit(start);
            count.iter().for_each(&mut *visit);
            visit(value);
        }
        S::Show(e)
        | S::Prints(e)
        | S::If(e)
        | S::ElseIf(e)
        | S::LineIf(e)
        | S::While(e)
        | S::Select(e)
        | S::Error(e)
        | S::Kill(e)
        | S::Mkdir(e)
        | S::Rmdir(e) => visit(e),
        S::Print { channel, using, items } => {
            channel.iter().chain(using).for_each(&mut *visit);
            for item in items {
                match item {
                    PrintItem::Value(e) | PrintItem::Tab(e) | PrintItem::Spc(e) => visit(e),
                    PrintItem::Semicolon | PrintItem::Comma => {}
                }
            }
        }
        S::LineInput { channel, target, .. } => {
            channel.iter().for_each(&mut *visit);
            visit(target);
        }
        S::For { var, from, to, step } => {
            [var, from, to].into_iter().chain(step).for_each(visit);
        }
        S::Do(test) | S::Loop(test) => test.iter().for_each(|(_, e)| visit(e)),
        S::Case(items) => {
            for item in items {
                match item {
                    CaseItem::Value(e) | CaseItem::Is(_, e) => visit(e),
                    CaseItem::Range(a, b) => {
                        visit(a);
                        visit(b);
                    }
                }
            }
        }
        S::On { index, .. } => visit(index),
        S::Return(value) | S::Randomize(value) => value.iter().for_each(visit),
        S::DefFn { body, .. } => visit(body),
        S::Dim { items, .. } => {
            for item in items {
                for bound in item.bounds.iter().flatten() {
                    bound.lower.iter().for_each(&mut *visit);
                    visit(&bound.upper);
                }
                item.init.iter().for_each(&mut *visit);
            }
        }
        S::Const(items) => items.iter().for_each(|(_, e)| visit(e)),
        S::Open { path, channel, record, .. } => {
            [path, channel].into_iter().chain(record).for_each(visit);
        }
        S::Layout(channel, parts) => {
            visit(channel);
            for (width, target) in parts {
                visit(width);
                visit(target);
            }
        }
        S::Transfer { channel, record, target, .. } => {
            visit(channel);
            record.iter().chain(target).for_each(visit);
        }
        _ => {}
    }
}

/// Calls `visit` with `expr` and everything in it, outside first.
pub(crate) fn deep<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    visit(expr);
    match &expr.kind {
        ExprKind::Call(_, args) => args.iter().for_each(|arg| deep(arg, visit)),
        ExprKind::Field(inner, _) | ExprKind::Unary(_, inner) | ExprKind::Paren(inner) => {
            deep(inner, visit);
        }
        ExprKind::Binary(_, a, b) => {
            deep(a, visit);
            deep(b, visit);
        }
        _ => {}
    }
}

/// The places that a statement assigns to.
pub(crate) fn assigned<'a>(kind: &'a StmtKind, visit: &mut dyn FnMut(&'a Expr)) {
    use StmtKind as S;
    match kind {
        S::Let(target, _)
        | S::Set { target, .. }
        | S::MidAssign { target, .. }
        | S::LineInput { target, .. }
        | S::For { var: target, .. } => visit(target),
        S::Read(list) | S::Input { targets: list, .. } | S::InputFile(_, list) => {
            list.iter().for_each(visit);
        }
        S::Swap(a, b) => {
            visit(a);
            visit(b);
        }
        S::Transfer { target, .. } => target.iter().for_each(visit),
        S::Layout(_, parts) => parts.iter().for_each(|(_, target)| visit(target)),
        _ => {}
    }
}

/// The lines and labels that a statement may jump to.
pub(crate) fn targets(kind: &StmtKind) -> &[Target] {
    match kind {
        StmtKind::Goto(target)
        | StmtKind::Gosub(target)
        | StmtKind::OnError(Some(target))
        | StmtKind::Resume(Resume::At(target)) => core::slice::from_ref(target),
        StmtKind::On { targets, .. } => targets,
        _ => &[],
    }
}
