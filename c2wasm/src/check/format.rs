//! Formats of the printf and scanf families against their arguments (C11 7.21.6.1, 7.21.6.2).

use super::tree::{Base, ExprId, ExprKind};
use super::{Checker, codes};
use crate::builtins::{self, Family, FormatUse};
use crate::types::Ty;
use alloc::string::String;
use wasm_common::abi::format::{Conversion, Count, Length, Piece, pieces};
use wasm_common::abi::scan;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// The arguments after a format, being used up.
struct Arguments<'a> {
    left: core::slice::Iter<'a, ExprId>,
    /// The format.
    at: Span,
}

impl Checker<'_, '_> {
    /// Checks a call of a function of the printf or scanf family whose format is a literal.
    pub(super) fn check_format_call(&mut self, function: ExprId, args: &[ExprId]) {
        if !self.warns(&codes::FORMAT) {
            return;
        }
        let Some(entity) = self.called_entity(function) else { return };
        let entity = self.unit.entity(entity);
        let declared = entity.attributes.rare.as_ref().and_then(|rare| rare.format);
        let known = || builtins::format_use(self.text(entity.name));
        let Some(usage) = declared.or_else(known) else { return };
        let FormatUse { family, position, values: Some(first) } = usage else { return };
        let Some(&format) = args.get(position) else { return };
        let &ExprKind::Symbol(Base::String(text), 0) = self.tree.kind(format) else { return };
        let mut bytes = self.tree.strings[text.0 as usize].bytes.clone();
        bytes.pop();
        let at = self.tree.span(format);
        let mut values = Arguments { left: args.get(first..).unwrap_or_default().iter(), at };
        let matched = match family {
            Family::Print => self.print_format(&bytes, &mut values),
            Family::Scan => self.scan_format(&bytes, &mut values),
        };
        let extra = values.left.count();
        if matched && extra > 0 {
            let plural = if extra == 1 { "" } else { "s" };
            let message = format!("{extra} argument{plural} more than the format uses");
            self.warn(&codes::FORMAT, at, message);
        }
    }

    /// Whether the format could be read to its end.
    fn print_format(&mut self, format: &[u8], values: &mut Arguments<'_>) -> bool {
        pieces(format).all(|piece| match piece {
            Piece::Literal(_) | Piece::Percent => true,
            Piece::Bad(text) => self.bad_conversion(text, values.at),
            Piece::Conversion(conversion) => {
                let stars = [conversion.width, conversion.precision];
                let stars = stars.into_iter().filter(|&n| n == Some(Count::Argument)).count();
                (0..stars).all(|_| self.star(&conversion, values))
                    && self.printed(&conversion, format, values)
            }
        })
    }

    fn bad_conversion(&mut self, text: &[u8], at: Span) -> bool {
        let shown = String::from_utf8_lossy(text).into_owned();
        let warning = codes::FORMAT.warning(at, format!("`{shown}` is no conversion"));
        self.report(warning.help(text!("write `%%` for a percent sign")));
        false
    }

    /// The next argument; says so if there is none for the conversion `text`.
    fn next_value(&mut self, text: &str, values: &mut Arguments<'_>) -> Option<ExprId> {
        let value = values.left.next().copied();
        if value.is_none() {
            let message = format!("an argument is missing for `{text}`");
            self.warn(&codes::FORMAT, values.at, message);
        }
        value
    }

    /// The argument for a `*`; false when there is none.
    fn star(&mut self, conversion: &Conversion, values: &mut Arguments<'_>) -> bool {
        let text = format!("*{}", char::from(conversion.letter));
        let Some(value) = self.next_value(&text, values) else { return false };
        let ty = self.tree.ty(value);
        if !self.is_word(ty) {
            let message = format!("`*` in a format needs an `int`, not {}", self.show(ty));
            self.warn(&codes::FORMAT, self.tree.span(value), message);
        }
        true
    }

    /// Matches a conversion of printf; false when the arguments are used up.
    fn printed(&mut self, c: &Conversion, format: &[u8], values: &mut Arguments<'_>) -> bool {
        let text = String::from_utf8_lossy(&format[c.start..c.end]).into_owned();
        let Some(value) = self.next_value(&text, values) else { return false };
        let ty = self.tree.ty(value);
        if !self.print_fits(c, ty) {
            self.mismatch(&text, value, self.print_letters(ty));
        }
        true
    }

    fn mismatch(&mut self, text: &str, value: ExprId, better: Option<&str>) {
        let shown = self.show(self.tree.ty(value));
        let message = format!("`{text}` does not fit an argument of type {shown}");
        let warning = codes::FORMAT.warning(self.tree.span(value), message);
        self.report(match better {
            Some("&") => warning.help(text!("pass its address, with `&`")),
            Some(letters) => warning.help(format!("write `%{letters}`")),
            None => warning,
        });
    }

    fn is_word(&self, ty: Ty) -> bool {
        self.types().is_integer(ty) && self.types().bits(ty) <= 32
    }

    fn print_fits(&self, c: &Conversion, ty: Ty) -> bool {
        let types = self.types();
        match c.letter {
            b'd' | b'i' | b'o' | b'u' | b'x' | b'X' => {
                types.is_integer(ty) && (types.bits(ty) == 64) == (c.length == Length::LongLong)
            }
            b'c' => self.is_word(ty),
            b's' => types.pointee(ty).is_some_and(|to| {
                types.is_character(to.ty) || (to.ty == Ty::WCHAR && c.length == Length::Long)
            }),
            b'p' | b'n' => types.is_pointer(ty),
            _ => types.is_float(ty),
        }
    }

    /// What prints a value of type `ty`.
    fn print_letters(&self, ty: Ty) -> Option<&'static str> {
        let types = self.types();
        if let Some(to) = types.pointee(ty) {
            return Some(if types.is_character(to.ty) { "s" } else { "p" });
        }
        if types.is_float(ty) {
            return Some("f");
        }
        types.is_integer(ty).then(|| match (types.bits(ty), types.is_signed(ty)) {
            (64, true) => "lld",
            (64, false) => "llu",
            (_, true) => "d",
            (_, false) => "u",
        })
    }

    /// Whether the format could be read to its end.
    fn scan_format(&mut self, format: &[u8], values: &mut Arguments<'_>) -> bool {
        scan::pieces(format).all(|piece| match piece {
            scan::Piece::Blanks | scan::Piece::Byte(_) => true,
            scan::Piece::Bad => self.bad_conversion(b"%", values.at),
            scan::Piece::Conversion(c) => c.suppress || self.scanned(&c, format, values),
        })
    }

    /// Matches a conversion of scanf; false when the arguments are used up.
    fn scanned(
        &mut self,
        c: &scan::Conversion<'_>,
        format: &[u8],
        values: &mut Arguments<'_>,
    ) -> bool {
        let text = String::from_utf8_lossy(&format[c.start..c.end]).into_owned();
        let Some(value) = self.next_value(&text, values) else { return false };
        let ty = self.tree.ty(value);
        match self.types().pointee(ty) {
            None => {
                let better = self.types().is_arithmetic(ty).then_some("&");
                self.mismatch(&text, value, better);
            }
            Some(to) if !self.scan_fits(c, to.ty) => {
                self.mismatch(&text, value, self.scan_letters(to.ty));
            }
            Some(_) => {}
        }
        true
    }

    /// Whether a conversion stores a value of type `ty`.
    fn scan_fits(&self, c: &scan::Conversion<'_>, ty: Ty) -> bool {
        let types = self.types();
        let bits = match c.length {
            Length::Char => 8,
            Length::Short => 16,
            Length::LongLong => 64,
            _ => 32,
        };
        match c.letter {
            b's' | b'c' | b'[' if c.length == Length::Long => ty == Ty::WCHAR,
            b's' | b'c' | b'[' => types.is_character(ty),
            b'p' => types.is_pointer(ty),
            b'd' | b'i' | b'o' | b'u' | b'x' | b'X' | b'n' => {
                types.is_integer(ty) && types.bits(ty) == bits
            }
            _ => match c.length {
                Length::Long | Length::LongDouble => ty == Ty::DOUBLE || ty == Ty::LDOUBLE,
                _ => ty == Ty::FLOAT,
            },
        }
    }

    /// What reads a value of type `ty`.
    fn scan_letters(&self, ty: Ty) -> Option<&'static str> {
        let types = self.types();
        if types.is_float(ty) {
            return Some(if ty == Ty::FLOAT { "f" } else { "lf" });
        }
        if types.is_pointer(ty) {
            return Some("p");
        }
        types.is_integer(ty).then(|| match (types.bits(ty), types.is_signed(ty)) {
            _ if ty == Ty::CHAR => "c",
            (64, true) => "lld",
            (64, false) => "llu",
            (32, true) => "d",
            (32, false) => "u",
            (16, true) => "hd",
            (16, false) => "hu",
            (_, true) => "hhd",
            (_, false) => "hhu",
        })
    }
}
