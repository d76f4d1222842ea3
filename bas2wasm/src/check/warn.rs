//! Warnings about expressions that other BASICs read in another way.

use crate::ast::{BinaryOp, Expr, ExprKind, Stmt, UnaryOp, walk};
use crate::codes::{self, Code};
use crate::dialect::Dialect;
use alloc::string::String;
use wasm_common::diag::Diagnostics;
use wasm_common::text::{format, text};

/// Warns where the operators of `dialect` bind unlike those of the others.
pub(super) fn expressions(stmt: &Stmt, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    if !dialect.inferred {
        return;
    }
    walk::roots(&stmt.kind, &mut |root| {
        walk::deep(root, &mut |expr| {
            if let Some((warning, message, help)) = other_reading(expr) {
                diagnostics.push(warning.warning(expr.span, message).help(help));
            }
        });
    });
}

fn other_reading(expr: &Expr) -> Option<(Code, String, &'static str)> {
    let ExprKind::Binary(op, a, b) = &expr.kind else { return None };
    let sub = |expr: &Expr| match expr.kind {
        ExprKind::Binary(op, ..) => Some(op),
        _ => None,
    };
    if *op == BinaryOp::Pow {
        if let ExprKind::Unary(UnaryOp::Neg, _) = a.kind {
            let message = String::from(text!("this is the power of the negative number"));
            return Some((codes::POWER_SIGN, message, "write `-(X ^ Y)` or `(-X) ^ Y`"));
        }
        if sub(b) == Some(BinaryOp::Pow) {
            let message =
                String::from(text!("`a ^ b ^ c` is `a ^ (b ^ c)` here, `(a ^ b) ^ c` elsewhere"));
            return Some((codes::POWER_SIGN, message, "use parentheses"));
        }
    }
    if op.is_comparison()
        && let ExprKind::Unary(UnaryOp::Not, _) = a.kind
    {
        let message = format!(
            "`NOT A {0} B` is `(NOT A) {0} B` here, `NOT (A {0} B)` elsewhere",
            op.as_str()
        );
        return Some((codes::NOT_COMPARISON, message, "use parentheses"));
    }
    let left = sub(a)?;
    if op.is_logical() && left.is_logical() && left != *op {
        let message =
            format!("{} and {} bind alike here, from the left", left.as_str(), op.as_str());
        return Some((codes::MIXED_LOGIC, message, "use parentheses"));
    }
    let times = |op| matches!(op, BinaryOp::Mul | BinaryOp::Div);
    let whole = |op| matches!(op, BinaryOp::Mod | BinaryOp::IntDiv);
    if (times(*op) && whole(left)) || (whole(*op) && whole(left) && left != *op) {
        let message =
            format!("`{}` and `{}` bind alike here, from the left", left.as_str(), op.as_str());
        return Some((codes::MIXED_DIVISION, message, "use parentheses"));
    }
    None
}
