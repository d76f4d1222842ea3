//! Expressions as C.

use super::Printer;
use crate::ast::{
    BinaryTail, CharLit, Encoding, Expr, ExprKind, FloatLit, FloatSuffix, Generic, IntLit, Step,
    StringLit, TypeName, UnaryOp,
};
use alloc::{format, string::String};

/// How tightly an expression binds: operands must bind at least as tightly as their place asks.
mod level {
    pub(super) const COMMA: u8 = 0;
    pub(super) const ASSIGN: u8 = 1;
    pub(super) const CONDITIONAL: u8 = 2;
    /// Binary operators are 2 + their precedence.
    pub(super) const BINARY: u8 = 2;
    pub(super) const UNARY: u8 = 13;
    pub(super) const POSTFIX: u8 = 14;
}

fn level_of(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Comma(_) => level::COMMA,
        ExprKind::Assign { .. } => level::ASSIGN,
        ExprKind::Conditional { .. } => level::CONDITIONAL,
        ExprKind::Binary { rest, .. } => {
            level::BINARY + rest.first().map_or(0, |tail| tail.op.precedence())
        }
        ExprKind::Unary(..)
        | ExprKind::Cast(..)
        | ExprKind::SizeofExpr(_)
        | ExprKind::SizeofType(_)
        | ExprKind::AlignofExpr(_)
        | ExprKind::AlignofType(_)
        | ExprKind::LabelAddress(_) => level::UNARY,
        _ => level::POSTFIX,
    }
}

impl Printer<'_> {
    /// An expression where anything may stand.
    pub(super) fn expr(&mut self, expr: &Expr) {
        self.at_least(expr, level::COMMA);
    }

    /// An expression where a comma would end it.
    pub(super) fn assignment(&mut self, expr: &Expr) {
        self.at_least(expr, level::ASSIGN);
    }

    /// A constant expression.
    pub(super) fn constant(&mut self, expr: &Expr) {
        self.at_least(expr, level::CONDITIONAL);
    }

    fn at_least(&mut self, expr: &Expr, least: u8) {
        if level_of(expr) >= least {
            self.bare(expr);
        } else {
            self.put("(");
            self.bare(expr);
            self.put(")");
        }
    }

    /// What `.a`, `++` or `--` follows: with a number they would be one preprocessing number, `1.a` or
    /// `0xe--` (6.4.8).
    fn apart(&mut self, operand: &Expr) {
        let number = matches!(operand.kind, ExprKind::Int(_) | ExprKind::Float(_));
        self.at_least(operand, level::POSTFIX + u8::from(number));
    }

    fn bare(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Ident(name) => self.name(*name),
            ExprKind::Int(value) => self.int(value),
            ExprKind::Float(value) => self.float(value),
            ExprKind::Char(value) => self.character(value),
            ExprKind::String(value) => self.string(value),
            ExprKind::Bool(value) => self.put(if *value { "true" } else { "false" }),
            ExprKind::Nullptr => self.put("nullptr"),
            ExprKind::Paren(inner) => {
                self.put("(");
                self.expr(inner);
                self.put(")");
            }
            ExprKind::Index(base, index) => {
                self.at_least(base, level::POSTFIX);
                self.put("[");
                self.expr(index);
                self.put("]");
            }
            ExprKind::Call(callee, args) => {
                self.at_least(callee, level::POSTFIX);
                self.put("(");
                self.list(args, Self::assignment);
                self.put(")");
            }
            ExprKind::Member { base, arrow, name } => {
                self.apart(base);
                self.put(if *arrow { "->" } else { "." });
                self.name(name.name);
            }
            ExprKind::Postfix(step, operand) => {
                self.apart(operand);
                self.put(if *step == Step::Increment { "++" } else { "--" });
            }
            ExprKind::Unary(op, operand) => self.unary(*op, operand),
            ExprKind::Binary { first, rest } => self.binary(first, rest),
            ExprKind::Assign { op, target, value, .. } => {
                self.at_least(target, level::CONDITIONAL);
                self.put(&format!(" {}= ", op.map_or("", |op| op.spelling())));
                self.assignment(value);
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                self.at_least(condition, level::CONDITIONAL + 1);
                self.put(" ? ");
                if let Some(then) = then {
                    self.expr(then);
                    self.put(" ");
                }
                self.put(": ");
                self.constant(otherwise);
            }
            ExprKind::Comma(all) => self.list(all, Self::assignment),
            ExprKind::Cast(ty, operand) => {
                self.parenthesised_type(ty);
                self.at_least(operand, level::UNARY);
            }
            ExprKind::CompoundLiteral(ty, list) => {
                self.parenthesised_type(ty);
                self.init_list(list);
            }
            ExprKind::SizeofExpr(operand) => {
                self.put("sizeof ");
                self.operand_of_sizeof(operand);
            }
            ExprKind::AlignofExpr(operand) => {
                self.put("_Alignof ");
                self.operand_of_sizeof(operand);
            }
            ExprKind::SizeofType(ty) => {
                self.put("sizeof");
                self.parenthesised_type(ty);
            }
            ExprKind::AlignofType(ty) => {
                self.put("_Alignof");
                self.parenthesised_type(ty);
            }
            ExprKind::Generic(generic) => self.generic(generic),
            ExprKind::Statement(block) => {
                self.put("(");
                self.block(block);
                self.put(")");
            }
            ExprKind::LabelAddress(label) => {
                self.put("&&");
                self.name(label.name);
            }
            ExprKind::VaArg(list, ty) => {
                self.put("__builtin_va_arg(");
                self.assignment(list);
                self.put(", ");
                self.type_name(ty);
                self.put(")");
            }
            ExprKind::Offsetof(ty, path) => {
                self.put("__builtin_offsetof(");
                self.type_name(ty);
                self.put(", ");
                let start = self.out.len();
                self.designators(path);
                // The first step has no dot.
                self.out.remove(start);
                self.put(")");
            }
            ExprKind::TypesCompatible(a, b) => {
                self.put("__builtin_types_compatible_p(");
                self.type_name(a);
                self.put(", ");
                self.type_name(b);
                self.put(")");
            }
        }
    }

    fn parenthesised_type(&mut self, ty: &TypeName) {
        self.put("(");
        self.type_name(ty);
        self.put(")");
    }

    /// `sizeof (int)x` would be `sizeof(int)`, and then an `x`.
    fn operand_of_sizeof(&mut self, operand: &Expr) {
        let cast = matches!(operand.kind, ExprKind::Cast(..));
        self.at_least(operand, if cast { level::POSTFIX } else { level::UNARY });
    }

    /// A blank keeps `- -a` and `& &&l` from becoming other tokens.
    fn unary(&mut self, op: UnaryOp, operand: &Expr) {
        self.put(op.spelling());
        let start = self.out.len();
        self.at_least(operand, level::UNARY);
        let last = op.spelling().as_bytes()[op.spelling().len() - 1];
        let first = self.out.as_bytes().get(start).copied();
        let word = last == b'_';
        if word || first == Some(last) && matches!(last, b'+' | b'-' | b'&') {
            self.out.insert(start, ' ');
        }
    }

    fn binary(&mut self, first: &Expr, rest: &[BinaryTail]) {
        let own = level::BINARY + rest.first().map_or(0, |tail| tail.op.precedence());
        // The same level on the left would be one run with this.
        self.at_least(first, own + 1);
        for tail in rest {
            self.put(&format!(" {} ", tail.op.spelling()));
            self.at_least(&tail.operand, own + 1);
        }
    }

    fn generic(&mut self, generic: &Generic) {
        self.put("_Generic(");
        self.assignment(&generic.control);
        for arm in &generic.arms {
            self.put(", ");
            match &arm.ty {
                Some(ty) => self.type_name(ty),
                None => self.put("default"),
            }
            self.put(": ");
            self.assignment(&arm.value);
        }
        self.put(")");
    }

    fn int(&mut self, lit: &IntLit) {
        let digits =
            if lit.decimal { format!("{}", lit.value) } else { format!("{:#x}", lit.value) };
        self.put(&digits);
        self.put(if lit.unsigned { "u" } else { "" });
        self.put(["", "l", "ll"][usize::from(lit.longs.min(2))]);
    }

    fn float(&mut self, lit: &FloatLit) {
        let digits =
            if lit.value.is_finite() { format!("{:e}", lit.value) } else { "1e999".into() };
        self.put(&digits);
        self.put(match lit.suffix {
            FloatSuffix::F => "f",
            FloatSuffix::None => "",
            FloatSuffix::L => "l",
        });
    }

    fn character(&mut self, lit: &CharLit) {
        self.put(lit.encoding.prefix());
        let value = lit.value as u32;
        let text = match lit.encoding {
            // Several characters, or one that is sign-extended.
            Encoding::Plain if i32::from(lit.value as i8) != lit.value => {
                let bytes = value.to_be_bytes();
                let used = bytes.iter().skip_while(|&&b| b == 0);
                used.map(|byte| format!("\\{byte:03o}")).collect::<String>()
            }
            Encoding::Plain | Encoding::Utf8 => format!("\\{:03o}", value & 0xff),
            _ => format!("\\x{value:x}"),
        };
        self.put(&format!("'{text}'"));
    }

    pub(super) fn string(&mut self, lit: &StringLit) {
        self.put(lit.encoding.prefix());
        self.put("\"");
        let width = lit.encoding.width();
        for unit in lit.bytes.chunks(width) {
            let value = unit.iter().rev().fold(0_u32, |value, &b| value << 8 | u32::from(b));
            let text = match (value, width) {
                (0x20..=0x7e, _) if !matches!(value as u8, b'"' | b'\\' | b'?') => {
                    String::from(value as u8 as char)
                }
                (_, 1) => format!("\\{value:03o}"),
                // A hexadecimal escape would take further digits: a new string ends it.
                _ => format!("\\x{value:x}\" {}\"", lit.encoding.prefix()),
            };
            self.put(&text);
        }
        self.put("\"");
    }
}
