//! Enumerations (C11 6.7.2.2, and C23's underlying types).

use super::scope::What;
use super::{Checker, codes};
use crate::ast::{Attribute, EnumSpec, Enumerator};
use crate::types::{EnumId, Ty, TypeKind};
use alloc::{string::ToString, vec::Vec};
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    pub(super) fn enum_specifier(&mut self, spec: &EnumSpec) -> Ty {
        let ty = self.enum_type(spec);
        let &TypeKind::Enum(id) = self.types().kind(ty) else { return ty };
        let underlying = spec.underlying.as_ref().map(|name| self.type_name(name).ty);
        let fixed = underlying.filter(|&ty| {
            let integer = self.types().is_integer(ty);
            if !integer {
                let message = format!("an enumeration is an integer, not {}", self.show(ty));
                self.error(&codes::BAD_TYPE, spec.span, message);
            }
            integer
        });
        if let Some(fixed) = fixed {
            let known = self.unit.types.enumeration_mut(id);
            (known.underlying, known.fixed) = (fixed, true);
        }
        if let Some(enumerators) = &spec.enumerators {
            if self.types().enumeration(id).complete {
                let before = self.types().enumeration(id).span;
                let message = format!("{} is defined twice", self.show(ty));
                self.twice(&codes::REDEFINED, spec.span, message, before);
                return ty;
            }
            let packed = |attribute: &Attribute| self.text(attribute.name.name) == "packed";
            let packed = spec.attributes.iter().any(packed);
            self.enumerators(id, enumerators, fixed, packed);
        }
        ty
    }

    fn enum_type(&mut self, spec: &EnumSpec) -> Ty {
        let Some(tag) = spec.tag else { return self.unit.types.new_enum(None, spec.span) };
        if let Some(known) = self.known_tag(tag, spec.enumerators.is_some(), None) {
            return known;
        }
        let ty = self.unit.types.new_enum(Some(tag.name), tag.span);
        self.unit.scopes.declare_tag(tag.name, ty);
        ty
    }

    fn enumerators(&mut self, id: EnumId, list: &[Enumerator], fixed: Option<Ty>, packed: bool) {
        let (mut next, mut next_ty) = (0i128, fixed.unwrap_or(Ty::INT));
        let (mut low, mut high) = (0i128, 0i128);
        let mut constants = Vec::new();
        let listed = self.warns(&codes::SWITCH);
        for enumerator in list {
            if let Some(expr) = &enumerator.value
                && let Some((value, of)) = self.integer_constant(expr, "an enumeration constant")
            {
                next = if self.types().is_signed(of) {
                    i128::from(value as i64)
                } else {
                    i128::from(value)
                };
                next_ty = self.types().represented(of);
            } else if fixed.is_none() && next == i128::from(i32::MAX) + 1 {
                let message = text!("the constant does not fit in `int`: give it a value");
                self.error(&codes::BAD_TYPE, enumerator.name.span, message);
            }
            (low, high) = (low.min(next), high.max(next));
            let constant = fixed.unwrap_or_else(|| holder(next, next_ty));
            let name = enumerator.name;
            if let Some(before) = self.unit.scopes.find_here(name.name) {
                let text = self.text(name.name).to_string();
                let message = format!("`{text}` is declared twice");
                self.twice(&codes::REDEFINED, name.span, message, before.span);
            }
            let value = self.types().wrap(constant, next as u64);
            self.unit.scopes.declare(name.name, What::Constant(value, constant), name.span);
            if listed {
                constants.push((name.name, value));
            }
            next += 1;
        }
        let span = self.types().enumeration(id).span;
        // One bit is the sign.
        let bits = 64 - (high.max(!low) as u64).leading_zeros() + u32::from(low < 0);
        let bytes = bits.div_ceil(8).clamp(if packed { 1 } else { 4 }, 8).next_power_of_two();
        let like = if low < 0 { Ty::INT } else { Ty::UINT };
        let underlying = fixed.unwrap_or(self.of_mode(like, bytes as u8));
        let entry = self.unit.types.enumeration_mut(id);
        *entry = crate::types::Enum { constants, underlying, complete: true, span, ..*entry };
    }
}

/// The type of a constant: `int` where it fits.
fn holder(value: i128, of: Ty) -> Ty {
    match value {
        v if i32::try_from(v).is_ok() => Ty::INT,
        v if u32::try_from(v).is_ok() => Ty::UINT,
        v if i64::try_from(v).is_ok() && of != Ty::ULLONG => Ty::LLONG,
        _ => Ty::ULLONG,
    }
}
