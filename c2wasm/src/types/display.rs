//! Types as C text, for messages.

use super::{Length, QTy, Ty, TypeKind, Types};
use crate::ast::Quals;
use crate::names::Names;
use alloc::string::String;
use wasm_common::text::format;

/// What it takes to write a type.
#[derive(Clone, Copy)]
pub struct Describe<'a> {
    /// The types.
    pub types: &'a Types,
    /// The tags.
    pub names: &'a Names,
}

/// Derivations after which the rest of a type is cut.
const MAX_DEPTH: u32 = 32;

/// Letters after which the rest of the parameters is cut.
const MAX_PARAMS: usize = 200;

impl Describe<'_> {
    /// `ty` as a C type name: `const char *`, `int (*)(void)`.
    pub fn qty(self, qty: impl Into<QTy>) -> String {
        self.around(qty.into(), String::new(), 0)
    }

    /// `qty` with `inner` where the name would stand.
    fn around(self, qty: QTy, inner: String, depth: u32) -> String {
        if depth > MAX_DEPTH {
            return format!("...{inner}");
        }
        match self.types.kind(qty.ty) {
            TypeKind::Pointer(to) => {
                let quals = quals_text(qty.quals);
                let gap = if quals.is_empty() || inner.is_empty() { "" } else { " " };
                let inner = format!("*{}{gap}{inner}", quals.trim_end());
                let inner = match self.types.kind(to.ty) {
                    TypeKind::Array(..) | TypeKind::Function(_) => format!("({inner})"),
                    _ => inner,
                };
                self.around(*to, inner, depth + 1)
            }
            TypeKind::Array(element, length) => {
                let inner = match length {
                    Length::Known(n) => format!("{inner}[{n}]"),
                    Length::Unknown => format!("{inner}[]"),
                    Length::Variable(_) | Length::Star => format!("{inner}[*]"),
                };
                self.around(*element, inner, depth + 1)
            }
            TypeKind::Function(func) => {
                let mut params = String::new();
                for (i, &param) in func.params.iter().enumerate() {
                    params += if i > 0 { ", " } else { "" };
                    if params.len() > MAX_PARAMS {
                        params += "...";
                        break;
                    }
                    params += &self.around(param.into(), String::new(), depth + 1);
                }
                match (func.variadic, func.prototype, func.params.is_empty()) {
                    (true, ..) => params += ", ...",
                    (_, true, true) => params += "void",
                    _ => {}
                }
                self.around(func.result.into(), format!("{inner}({params})"), depth + 1)
            }
            _ => {
                let gap = if inner.is_empty() || inner.starts_with('[') { "" } else { " " };
                format!("{}{}{gap}{inner}", quals_text(qty.quals), self.base(qty.ty))
            }
        }
    }

    fn base(self, ty: Ty) -> String {
        let tagged = |keyword: &str, tag: Option<crate::names::Name>| match tag {
            Some(tag) => format!("{keyword} {}", self.names.text(tag)),
            None => format!("{keyword} (unnamed)"),
        };
        match self.types.kind(ty) {
            TypeKind::Record(id) => {
                let record = self.types.record(*id);
                tagged(if record.is_union { "union" } else { "struct" }, record.tag)
            }
            TypeKind::Enum(id) => tagged("enum", self.types.enumeration(*id).tag),
            TypeKind::Void => "void".into(),
            TypeKind::Bool => "_Bool".into(),
            TypeKind::Char => "char".into(),
            TypeKind::SChar => "signed char".into(),
            TypeKind::UChar => "unsigned char".into(),
            TypeKind::Short => "short".into(),
            TypeKind::UShort => "unsigned short".into(),
            TypeKind::Int => "int".into(),
            TypeKind::UInt => "unsigned int".into(),
            TypeKind::Long => "long".into(),
            TypeKind::ULong => "unsigned long".into(),
            TypeKind::LongLong => "long long".into(),
            TypeKind::ULongLong => "unsigned long long".into(),
            TypeKind::Float => "float".into(),
            TypeKind::Double => "double".into(),
            TypeKind::LongDouble => "long double".into(),
            TypeKind::Nullptr => "nullptr_t".into(),
            TypeKind::Error
            | TypeKind::Pointer(_)
            | TypeKind::Array(..)
            | TypeKind::Function(_) => String::new(),
        }
    }
}

fn quals_text(quals: Quals) -> String {
    let mut text = String::new();
    for (qual, name) in
        [(Quals::CONST, "const "), (Quals::VOLATILE, "volatile "), (Quals::RESTRICT, "restrict ")]
    {
        if quals.has(qual) {
            text += name;
        }
    }
    text
}
