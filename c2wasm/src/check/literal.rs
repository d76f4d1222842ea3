//! Constants and string literals (C11 6.4.4, 6.4.5).

use super::tree::{ExprId, ExprKind, StringId, Text};
use super::{Checker, codes};
use crate::ast::{CharLit, Encoding, FloatLit, FloatSuffix, IntLit, Quals, StringLit};
use crate::session::Edition;
use crate::types::{Length, QTy, Ty};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// The first type of the list in 6.4.4.1p5 that holds the value.
    pub(super) fn int_literal(&mut self, literal: IntLit, span: Span) -> ExprId {
        // gcc keeps to C99's list but under strict C89.
        let old = self.edition() == Edition::C89 && !self.unit.standard.gnu;
        let candidates = [Ty::INT, Ty::UINT, Ty::LONG, Ty::ULONG, Ty::LLONG, Ty::ULLONG];
        let first = usize::from(literal.longs) * 2;
        let fits = |&ty: &Ty| {
            let signed = self.types().is_signed(ty);
            let allowed = match (signed, literal.unsigned) {
                (true, unsigned) => !unsigned,
                (false, true) => true,
                // C89 lets a decimal constant become unsigned long.
                (false, false) => !literal.decimal || (old && ty == Ty::ULONG),
            };
            allowed && literal.value >> (self.types().bits(ty) - u32::from(signed)) == 0
        };
        let fits = |ty: &Ty| *ty == Ty::ULLONG || fits(ty);
        let ty = candidates[first.min(4)..].iter().copied().find(fits).unwrap_or(Ty::ULLONG);
        self.add(ExprKind::Int(literal.value), ty, span)
    }

    pub(super) fn float_literal(&mut self, literal: FloatLit, span: Span) -> ExprId {
        let ty = match literal.suffix {
            FloatSuffix::F => Ty::FLOAT,
            FloatSuffix::None => Ty::DOUBLE,
            FloatSuffix::L => Ty::LDOUBLE,
        };
        self.add(ExprKind::Float(literal.value), ty, span)
    }

    pub(super) fn char_literal(&mut self, literal: CharLit, span: Span) -> ExprId {
        let ty = match literal.encoding {
            Encoding::Plain => Ty::INT,
            Encoding::Utf8 => Ty::UCHAR,
            other => character(other),
        };
        if literal.several && self.warns(&codes::MULTICHAR) {
            let warning =
                codes::MULTICHAR.warning(span, text!("several characters in one constant"));
            self.report(warning.help(text!("a string has double quotes")));
        }
        self.warn_escape(literal.unknown_escape, span);
        self.int(i64::from(literal.value), ty, span)
    }

    fn warn_escape(&mut self, unknown: Option<char>, span: Span) {
        if let Some(c) = unknown
            && self.warns(&codes::UNKNOWN_ESCAPE)
        {
            let warning = codes::UNKNOWN_ESCAPE.warning(span, format!("unknown escape `\\{c}`"));
            self.report(warning.help(format!("write `\\\\{c}` for a backslash")));
        }
    }

    /// A string as a place: an array of characters.
    pub(super) fn string_literal(&mut self, literal: &StringLit, span: Span) -> ExprId {
        self.warn_escape(literal.unknown_escape, span);
        let length = Length::Known(literal.len_with_zero() as u32);
        let ty = self.unit.types.array(character(literal.encoding), length);
        let text = self.add_text(literal);
        self.add(ExprKind::String(text), ty, span)
    }

    fn add_text(&mut self, literal: &StringLit) -> StringId {
        let mut bytes = literal.bytes.clone();
        bytes.resize(bytes.len() + literal.encoding.width(), 0);
        self.tree.strings.push(Text { bytes, encoding: literal.encoding });
        StringId(self.tree.strings.len() as u32 - 1)
    }

    /// `__func__` and its GNU names (6.4.2.2).
    pub(super) fn function_name(&mut self, span: Span) -> ExprId {
        let Some(state) = &self.state else {
            return self.bad(
                &codes::MISPLACED,
                span,
                text!("`__func__` is only known inside a function"),
            );
        };
        let name = self.text(state.name);
        let bytes = name.as_bytes().to_vec();
        let literal = StringLit { bytes, encoding: Encoding::Plain, span, unknown_escape: None };
        let length = Length::Known(literal.len_with_zero() as u32);
        let element = QTy::new(Ty::CHAR, Quals::CONST);
        let ty = self.unit.types.array(element, length);
        let text = self.add_text(&literal);
        self.add(ExprKind::String(text), ty, span)
    }
}

/// The element type of a string.
pub(super) fn character(encoding: Encoding) -> Ty {
    match encoding {
        Encoding::Plain | Encoding::Utf8 => Ty::CHAR,
        Encoding::Utf16 => Ty::USHORT,
        Encoding::Utf32 => Ty::UINT,
        Encoding::Wide => Ty::WCHAR,
    }
}
