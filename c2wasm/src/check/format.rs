//! Formats of the printf family against their arguments (C11 7.21.6.1).

use super::tree::{Base, ExprId, ExprKind};
use super::{Checker, codes};
use crate::builtins;
use crate::types::Ty;
use alloc::{format, vec::Vec};
use wasm_common::abi::format::{Conversion, Count, Length, Piece, pieces};
use wasm_common::source::Span;

impl Checker<'_, '_> {
    /// Checks a call of a function of the printf family whose format is a literal.
    pub(super) fn check_format_call(&mut self, function: ExprId, args: &[ExprId], span: Span) {
        if !self.warns(&codes::FORMAT) {
            return;
        }
        let Some(entity) = self.called_entity(function) else { return };
        let name = self.unit.entity(entity).name;
        let Some(position) = builtins::format_position(self.text(name)) else { return };
        let (Some(&format), Some(values)) = (args.get(position), args.get(position + 1..)) else {
            return;
        };
        let &ExprKind::Symbol(Base::String(text), 0) = self.tree.kind(format) else { return };
        let mut bytes = self.tree.strings[text.0 as usize].bytes.clone();
        bytes.pop();
        let at = self.tree.span(format);
        let mut values = values.iter();
        for piece in pieces(&bytes) {
            match piece {
                Piece::Literal(_) | Piece::Percent => {}
                Piece::Bad(text) => {
                    let shown = alloc::string::String::from_utf8_lossy(text).into_owned();
                    self.warn(&codes::FORMAT, at, format!("`{shown}` is no conversion"));
                    return;
                }
                Piece::Conversion(conversion) => {
                    if !self.conversion(&conversion, &mut values, at) {
                        return;
                    }
                }
            }
        }
        let extra = values.count();
        if extra > 0 {
            let _ = span;
            self.warn(&codes::FORMAT, at, format!("{extra} more arguments than the format uses"));
        }
    }

    /// Matches one conversion; false when the arguments are used up.
    fn conversion(
        &mut self,
        c: &Conversion,
        values: &mut core::slice::Iter<'_, ExprId>,
        at: Span,
    ) -> bool {
        let stars =
            [c.width, c.precision].into_iter().filter(|&n| n == Some(Count::Argument)).count();
        let wanted: Vec<bool> = core::iter::repeat_n(true, stars).chain([false]).collect();
        for star in wanted {
            let Some(&value) = values.next() else {
                let letter = char::from(c.letter);
                self.warn(&codes::FORMAT, at, format!("an argument is missing for `%{letter}`"));
                return false;
            };
            let ty = self.tree.ty(value);
            let fits = if star { self.is_word(ty) } else { self.value_fits(c, ty) };
            if !fits {
                let what = if star { "`*`" } else { "the conversion" };
                let letter = char::from(c.letter);
                let message = format!(
                    "{what} of `%{letter}` does not fit an argument of type {}",
                    self.show(ty)
                );
                self.warn(&codes::FORMAT, self.tree.span(value), message);
            }
        }
        true
    }

    fn is_word(&self, ty: Ty) -> bool {
        self.types().is_integer(ty) && self.types().bits(ty) <= 32
    }

    fn value_fits(&self, c: &Conversion, ty: Ty) -> bool {
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
}
