//! `#if` conditions (C11 6.10.1): integer constant expressions in intmax_t and uintmax_t.
//!
//! In: the tokens of the line. Out: whether the group is taken; a malformed condition is
//! reported and counts as false.

use super::Preprocessor;
use crate::ast::BinaryOp;
use crate::codes;
use crate::lex::{Kind, Token};
use crate::parse::{binary_operator, literal};
use crate::session::{Edition, Session};
use alloc::{string::String, vec::Vec};
use wasm_common::text::{format, text};
use wasm_common::{diag::Diagnostic, source::Span};

/// Operators that take a name in parentheses or without.
const OPERATORS: [&str; 6] = [
    "__has_include",
    "__has_include_next",
    "__has_attribute",
    "__has_c_attribute",
    "__has_builtin",
    "__has_embed",
];

/// Whether `name` is an operator of `#if` that `#ifdef` must find defined.
pub(super) fn is_operator(name: &str) -> bool {
    OPERATORS[..5].contains(&name)
}

/// Attributes that mean something here.
const ATTRIBUTES: &str = "\
    packed aligned noreturn unused used noinline always_inline const pure format \
    deprecated fallthrough maybe_unused nodiscard import_module import_name export_name \
    weak malloc nonnull warn_unused_result cold hot section";

impl Preprocessor {
    /// Whether the condition holds.
    pub(super) fn condition(
        &mut self,
        line: Vec<Token>,
        directive: Span,
        session: &mut Session<'_>,
    ) -> bool {
        let tokens = self.expand_condition(line, session);
        let max_depth = self.options.max_nesting;
        let end = tokens.last().map_or(directive, |t| t.span);
        let knows_true = self.options.standard.edition >= Edition::C23;
        let mut evaluator =
            Evaluator { tokens: &tokens, at: 0, end, depth: 0, max_depth, knows_true, session };
        let value = if tokens.is_empty() {
            Err(codes::BAD_CONDITION.error(directive, text!("`#if` without a condition")))
        } else {
            evaluator.comma(true).and_then(|value| match evaluator.tokens.get(evaluator.at) {
                None => Ok(value),
                Some(extra) => Err(evaluator.unexpected(extra, "an operator")),
            })
        };
        match value {
            Ok(value) => value.bits != 0,
            Err(diagnostic) => {
                session.report(diagnostic);
                false
            }
        }
    }

    /// Expands macros, except the operands of `defined` and its kin, whose values are put in.
    fn expand_condition(&mut self, line: Vec<Token>, session: &mut Session<'_>) -> Vec<Token> {
        self.push_context(line, None, true);
        let depth = self.contexts.len();
        let mut tokens = Vec::new();
        loop {
            let token = self.next(session);
            if token.kind == Kind::Eof {
                break;
            }
            let value = match token.text(&session.names) {
                "defined" => u32::from(self.defined_operator(token, session)),
                name if OPERATORS.contains(&name) => self.has_operator(token, session),
                _ => {
                    tokens.push(token);
                    continue;
                }
            };
            let name = session.names.intern(&format!("{value}"));
            tokens.push(Token { kind: Kind::Number, name, ..token });
        }
        while self.contexts.len() >= depth {
            self.leave_context();
        }
        tokens
    }

    /// `defined X` or `defined(X)`.
    fn defined_operator(&mut self, operator: Token, session: &mut Session<'_>) -> bool {
        let mut name = self.pull(session);
        let parenthesised = name.kind == Kind::LParen;
        if parenthesised {
            name = self.pull(session);
        }
        if name.kind != Kind::Ident {
            let text = text!("expected a macro name after `defined`");
            session.report(codes::BAD_CONDITION.error(operator.span, text));
            return false;
        }
        if parenthesised && self.pull(session).kind != Kind::RParen {
            let text = text!("expected `)` after the macro name");
            session.report(codes::BAD_CONDITION.error(name.span, text));
        }
        self.is_defined(name, session)
    }

    /// `__has_include(...)` and its kin.
    fn has_operator(&mut self, operator: Token, session: &mut Session<'_>) -> u32 {
        let mut operand = Vec::new();
        let open = self.pull(session);
        let mut depth = u32::from(open.kind == Kind::LParen);
        while depth > 0 {
            let token = self.pull(session);
            match token.kind {
                Kind::LParen => depth += 1,
                Kind::RParen => depth -= 1,
                Kind::Eof => break,
                _ => {}
            }
            operand.push(token);
        }
        if depth > 0 || operand.pop().is_none() || operand.is_empty() {
            let name = operator.text(&session.names);
            let text = format!("expected an operand in parentheses after `{name}`");
            session.report(codes::BAD_CONDITION.error(operator.span, text));
            return 0;
        }
        let word = operand[operand.len() - 1].text(&session.names);
        match operator.text(&session.names) {
            "__has_attribute" => {
                u32::from(ATTRIBUTES.split(' ').any(|known| known == word.trim_matches('_')))
            }
            "__has_c_attribute" => standard_attribute(word.trim_matches('_')),
            "__has_builtin" => u32::from(word.starts_with("__builtin_")),
            "__has_embed" => 0,
            name => {
                let next = name.ends_with("_next");
                let raw = !matches!(operand[0].kind, Kind::String | Kind::Lt);
                let operand = if raw { self.expand_list(operand, session) } else { operand };
                u32::from(self.can_include(&operand, next, session))
            }
        }
    }
}

/// The version of a standard attribute (C23 6.7.12), 0 for others.
fn standard_attribute(name: &str) -> u32 {
    match name {
        "deprecated" | "fallthrough" | "maybe_unused" => 201_904,
        "nodiscard" => 202_003,
        "noreturn" => 202_202,
        _ => 0,
    }
}

/// A value of a condition.
#[derive(Clone, Copy)]
struct Value {
    bits: u64,
    unsigned: bool,
}

impl Value {
    fn of(truth: bool) -> Self {
        Self { bits: u64::from(truth), unsigned: false }
    }
}

/// Evaluates by precedence climbing; `live` is false where an operand is not evaluated, so
/// that division by zero there is no error.
struct Evaluator<'t, 's, 'a> {
    tokens: &'t [Token],
    at: usize,
    end: Span,
    depth: u32,
    max_depth: u32,
    /// Since C23 `true` is 1, and no name like others.
    knows_true: bool,
    session: &'s mut Session<'a>,
}

type Result<T> = core::result::Result<T, Diagnostic>;

impl Evaluator<'_, '_, '_> {
    fn kind(&self) -> Kind {
        self.tokens.get(self.at).map_or(Kind::Eof, |t| t.kind)
    }

    fn unexpected(&self, token: &Token, expected: &str) -> Diagnostic {
        let text = token.text(&self.session.names);
        codes::BAD_CONDITION
            .error(token.span, format!("expected {expected} in `#if`, found `{text}`"))
    }

    /// Operands of commas; the last counts. C11 6.6 allows them where nothing is evaluated, gcc
    /// everywhere.
    fn comma(&mut self, live: bool) -> Result<Value> {
        let mut value = self.conditional(live)?;
        while self.kind() == Kind::Comma {
            self.at += 1;
            value = self.conditional(live)?;
        }
        Ok(value)
    }

    /// `c ? a : b`
    fn conditional(&mut self, live: bool) -> Result<Value> {
        self.deeper()?;
        let condition = self.binary(1, live)?;
        let value = if self.kind() == Kind::Question {
            self.at += 1;
            let truth = condition.bits != 0;
            let then = self.comma(live && truth)?;
            if self.kind() != Kind::Colon {
                return Err(self.missing("`:`"));
            }
            self.at += 1;
            let otherwise = self.conditional(live && !truth)?;
            let unsigned = then.unsigned || otherwise.unsigned;
            Value { bits: if truth { then.bits } else { otherwise.bits }, unsigned }
        } else {
            condition
        };
        self.depth -= 1;
        Ok(value)
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth <= self.max_depth {
            return Ok(());
        }
        let text = format!("the condition nests more than {} deep", self.max_depth);
        Err(codes::NESTING.error(self.end, text))
    }

    fn missing(&self, expected: &str) -> Diagnostic {
        match self.tokens.get(self.at) {
            Some(token) => self.unexpected(token, expected),
            None => {
                let text = format!("expected {expected} at the end of the `#if` condition");
                codes::BAD_CONDITION.error(self.end, text)
            }
        }
    }

    /// Operators of precedence `least` and tighter.
    fn binary(&mut self, least: u8, live: bool) -> Result<Value> {
        let mut left = self.unary(live)?;
        while let Some(op) = binary_operator(self.kind()).filter(|op| op.precedence() >= least) {
            let operator = self.at;
            self.at += 1;
            let decided = match op {
                BinaryOp::LogicalAnd => left.bits == 0,
                BinaryOp::LogicalOr => left.bits != 0,
                _ => false,
            };
            let right = self.binary(op.precedence() + 1, live && !decided)?;
            left = match apply(op, left, right) {
                Some(value) => value,
                None if live => {
                    let span = self.tokens[operator].span;
                    return Err(
                        codes::BAD_CONDITION.error(span, text!("division by zero in `#if`"))
                    );
                }
                None => Value { bits: 0, unsigned: left.unsigned || right.unsigned },
            };
        }
        Ok(left)
    }

    fn unary(&mut self, live: bool) -> Result<Value> {
        let Some(&token) = self.tokens.get(self.at) else { return Err(self.missing("a value")) };
        self.at += 1;
        match token.kind {
            Kind::Minus | Kind::Plus | Kind::Tilde | Kind::Not => {
                self.deeper()?;
                let value = self.unary(live)?;
                self.depth -= 1;
                Ok(match token.kind {
                    Kind::Minus => Value { bits: value.bits.wrapping_neg(), ..value },
                    Kind::Tilde => Value { bits: !value.bits, ..value },
                    Kind::Not => Value::of(value.bits == 0),
                    _ => value,
                })
            }
            Kind::LParen => {
                let value = self.comma(live)?;
                if self.kind() != Kind::RParen {
                    return Err(self.missing("`)`").label(token.span, text!("to match this `(`")));
                }
                self.at += 1;
                Ok(value)
            }
            Kind::Number => self.number(&token),
            Kind::Char => {
                let text = String::from(token.text(&self.session.names));
                let value = literal::character(&text, token.span)?;
                Ok(Value { bits: i64::from(value.value) as u64, unsigned: false })
            }
            Kind::Ident => {
                let text = token.text(&self.session.names);
                if self.kind() == Kind::LParen {
                    let text = format!("function-like macro `{text}` is not defined");
                    return Err(codes::BAD_CONDITION.error(token.span, text));
                }
                Ok(Value::of(self.knows_true && text == "true"))
            }
            _ => {
                self.at -= 1;
                Err(self.unexpected(&token, "a value"))
            }
        }
    }

    fn number(&self, token: &Token) -> Result<Value> {
        let text = token.text(&self.session.names);
        match literal::number(text, token.span)? {
            literal::Number::Int(value) => {
                let large = value.value > i64::MAX as u64;
                Ok(Value { bits: value.value, unsigned: value.unsigned || large })
            }
            literal::Number::Float(_) => {
                let text = text!("floating constants cannot be in `#if`");
                Err(codes::BAD_CONDITION.error(token.span, text))
            }
        }
    }
}

/// `None` for division by zero.
fn apply(op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    let unsigned = a.unsigned || b.unsigned;
    let (x, y) = (a.bits, b.bits);
    let (sx, sy) = (x as i64, y as i64);
    let less = if unsigned { x < y } else { sx < sy };
    let bits = match op {
        BinaryOp::Mul => x.wrapping_mul(y),
        BinaryOp::Div | BinaryOp::Rem if y == 0 => return None,
        BinaryOp::Div if unsigned => x / y,
        BinaryOp::Div => sx.wrapping_div(sy) as u64,
        BinaryOp::Rem if unsigned => x % y,
        BinaryOp::Rem => sx.wrapping_rem(sy) as u64,
        BinaryOp::Add => x.wrapping_add(y),
        BinaryOp::Sub => x.wrapping_sub(y),
        BinaryOp::Shl | BinaryOp::Shr => {
            // A negative count shifts the other way, as in gcc.
            let negative = !b.unsigned && sy < 0;
            let count = if negative { y.wrapping_neg() } else { y };
            let left = (op == BinaryOp::Shl) != negative;
            let bits = match (left, a.unsigned) {
                (true, _) => x.checked_shl(count.min(64) as u32).unwrap_or(0),
                (false, true) => x.checked_shr(count.min(64) as u32).unwrap_or(0),
                (false, false) => (sx >> count.min(63)) as u64,
            };
            return Some(Value { bits, ..a });
        }
        BinaryOp::Lt => return Some(Value::of(less)),
        BinaryOp::Ge => return Some(Value::of(!less)),
        BinaryOp::Gt => return Some(Value::of(!less && x != y)),
        BinaryOp::Le => return Some(Value::of(less || x == y)),
        BinaryOp::Eq => return Some(Value::of(x == y)),
        BinaryOp::Ne => return Some(Value::of(x != y)),
        BinaryOp::And => x & y,
        BinaryOp::Xor => x ^ y,
        BinaryOp::Or => x | y,
        BinaryOp::LogicalAnd => return Some(Value::of(x != 0 && y != 0)),
        BinaryOp::LogicalOr => return Some(Value::of(x != 0 || y != 0)),
    };
    Some(Value { bits, unsigned })
}
