//! Attributes of GNU and C23: what they ask for.

use super::entity::Attributes;
use super::{Checker, codes};
use crate::ast::{Attribute, Expr, ExprKind, TypeSpec};
use crate::builtins::{Family, FormatUse};
use alloc::{
    boxed::Box,
    string::{String, ToString},
};
use wasm_common::text::{format, text};

/// Attributes that are taken and need nothing done.
const ACCEPTED: &str = "\
    access always_inline artificial cold const fallthrough flatten format_arg \
    gnu_inline hot leaf malloc may_alias maybe_unused no_icf no_instrument_function \
    no_reorder noclone noipa nonnull nonstring noreturn nothrow optimize pure \
    reproducible returns_nonnull returns_twice section sentinel unsequenced unused used \
    visibility warning alloc_size alloc_align assume_aligned no_sanitize \
    no_stack_protector no_split_stack null_terminated_string_arg designated_init noplt \
    externally_visible target symver stack_protect tls_model error nocommon common \
    no_caller_saved_registers no_profile_instrument_function no_sanitize_address \
    no_sanitize_undefined _Noreturn __noreturn__ noinit strict_flex_array counted_by \
    weakref mode vector_size no_vararg_stack regparm stdcall cdecl fastcall gcc_struct \
    unavailable";

impl Checker<'_, '_> {
    /// Adds what `list` asks for to `to`.
    pub(super) fn read_attributes(&mut self, list: &[Attribute], to: &mut Attributes) {
        for attribute in list {
            self.read_attribute(attribute, to);
        }
    }

    fn read_attribute(&mut self, attribute: &Attribute, to: &mut Attributes) {
        let name = self.text(attribute.name.name).to_string();
        match name.as_str() {
            "export_name" | "import_module" | "import_name" | "alias" => {
                let text = self.text_argument(attribute);
                let names = to.rare.get_or_insert_default();
                match name.as_str() {
                    "export_name" => names.export = text,
                    "import_module" => names.import_module = text,
                    "import_name" => names.import_name = text,
                    _ => names.alias = text,
                }
            }
            "format" => {
                let usage = self.format_attribute(attribute);
                if usage.is_some() {
                    to.rare.get_or_insert_default().format = usage;
                }
            }
            "pragma_pack" => to.pack = self.alignment(attribute).unwrap_or(0),
            "aligned" => {
                if let Some(align) = self.alignment(attribute) {
                    to.align = to.align.max(align);
                }
            }
            "deprecated" => {
                let reason = match attribute.args[..] {
                    [] => None,
                    _ => self.text_argument(attribute),
                };
                to.rare.get_or_insert_default().deprecated = Some(reason.unwrap_or_default());
            }
            "nodiscard" | "warn_unused_result" => to.nodiscard = true,
            "noinline" => to.noinline = true,
            "always_inline" => to.always_inline = true,
            "noreturn" | "_Noreturn" => to.noreturn = true,
            "weak" => to.weak = true,
            "unused" | "used" | "maybe_unused" => to.unused = true,
            "constructor" => (to.constructor, to.unused) = (true, true),
            "destructor" => (to.destructor, to.unused) = (true, true),
            "packed" => to.packed = true,
            "gnu_inline" => to.gnu_inline = true,
            "transparent_union" => to.transparent_union = true,
            "mode" => to.mode = self.mode(attribute),
            "vector_size" | "vector" => to.vector = Some(Box::new(attribute.span)),
            "cleanup" | "ifunc" => {
                let message = format!("attribute `{name}` is not supported");
                self.error(&codes::UNSUPPORTED, attribute.span, message);
            }
            known if ACCEPTED.split(' ').any(|accepted| accepted == known) => {}
            _ => {
                let message = format!("attribute `{name}` is ignored");
                self.warn(&codes::ATTRIBUTES, attribute.span, message);
            }
        }
    }

    /// `format(printf, m, n)`: argument number `m` is a format; those from `n` on, if it is not 0,
    /// must fit. Other families than printf's and scanf's are taken and not checked.
    fn format_attribute(&mut self, attribute: &Attribute) -> Option<FormatUse> {
        let [family, position, first] = &attribute.args[..] else {
            let message = text!("`format` needs a family and two numbers: format(printf, 1, 2)");
            self.error(&codes::BAD_ATTRIBUTE, attribute.span, message);
            return None;
        };
        let (position, first) = (self.ordinal(position)?, self.ordinal(first)?);
        let ExprKind::Ident(name) = family.kind else { return None };
        let family = self.text(name).trim_matches('_');
        let family = match family.strip_prefix("gnu_").unwrap_or(family) {
            "printf" => Family::Print,
            "scanf" => Family::Scan,
            _ => return None,
        };
        if position == 0 || (first != 0 && first <= position) {
            let message = text!("the format comes before what it prints: format(printf, 1, 2)");
            self.error(&codes::BAD_ATTRIBUTE, attribute.span, message);
            return None;
        }
        Some(FormatUse { family, position: position - 1, values: first.checked_sub(1) })
    }

    /// The number of an argument.
    fn ordinal(&mut self, expr: &Expr) -> Option<usize> {
        let (value, _) = self.integer_constant(expr, "the number of an argument")?;
        usize::try_from(value).ok()
    }

    fn text_argument(&mut self, attribute: &Attribute) -> Option<String> {
        if let [argument] = &attribute.args[..]
            && let ExprKind::String(text) = &argument.unparen().kind
            && let Ok(text) = core::str::from_utf8(&text.bytes)
        {
            return Some(text.to_string());
        }
        let name = self.text(attribute.name.name);
        let message = format!("attribute `{name}` needs a string");
        self.error(&codes::BAD_ATTRIBUTE, attribute.span, message);
        None
    }

    /// `aligned` alone is the largest alignment that is useful: 16.
    fn alignment(&mut self, attribute: &Attribute) -> Option<u32> {
        let Some(argument) = attribute.args.first() else { return Some(16) };
        let (value, _) = self.integer_constant(argument, "an alignment")?;
        self.check_alignment(value, argument.span)
    }

    /// An alignment that was asked for; 0 asks for nothing.
    pub(super) fn check_alignment(
        &mut self,
        value: u64,
        span: wasm_common::source::Span,
    ) -> Option<u32> {
        if value == 0 || (value.is_power_of_two() && value <= 1 << 16) {
            return Some(value as u32);
        }
        self.error(
            &codes::BAD_ATTRIBUTE,
            span,
            text!("an alignment is a power of two, at most 65536"),
        );
        None
    }

    /// `mode(SI)`: bytes of an integer type, 4 and 8 of a floating one too.
    fn mode(&mut self, attribute: &Attribute) -> Option<u8> {
        let word = attribute.args.first().and_then(|arg| match arg.kind {
            ExprKind::Ident(name) => Some(self.text(name).trim_matches('_').to_string()),
            // `typedef int word __attribute__((mode(word)));`
            ExprKind::SizeofType(ref ty) => match ty.specs.ty {
                TypeSpec::Typedef(name) => Some(self.text(name.name).to_string()),
                _ => None,
            },
            _ => None,
        });
        match word.as_deref() {
            Some("QI" | "byte") => Some(1),
            Some("HI") => Some(2),
            Some("SI" | "SF" | "word" | "pointer") => Some(4),
            Some("DI" | "DF") => Some(8),
            _ => {
                self.error(
                    &codes::UNSUPPORTED,
                    attribute.span,
                    text!("this machine mode is not supported"),
                );
                None
            }
        }
    }
}
