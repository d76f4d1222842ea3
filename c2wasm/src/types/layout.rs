//! Sizes and alignments (C11 6.2.6, 6.5.3.4) on wasm32.

use super::{Length, Ty, TypeKind, Types};

/// Most bytes that an object may take: what `ptrdiff_t` can count.
pub const MAX_OBJECT: u64 = 0x7FFF_FFFF;

/// `offset` rounded up to a multiple of `align`, a power of two.
pub fn align_to(offset: u64, align: u32) -> u64 {
    offset.next_multiple_of(u64::from(align.max(1)))
}

impl Types {
    /// Bytes of an object of type `ty`; `None` when that is not known at compile time: incomplete
    /// types, functions, variable length arrays.
    pub fn size(&self, ty: Ty) -> Option<u32> {
        Some(match self.kind(ty) {
            TypeKind::Bool | TypeKind::Char | TypeKind::SChar | TypeKind::UChar => 1,
            TypeKind::Error => 1,
            TypeKind::Short | TypeKind::UShort => 2,
            TypeKind::Int | TypeKind::UInt | TypeKind::Long | TypeKind::ULong => 4,
            TypeKind::LongLong | TypeKind::ULongLong => 8,
            TypeKind::Float => 4,
            TypeKind::Double | TypeKind::LongDouble => 8,
            TypeKind::Pointer(_) | TypeKind::Nullptr => 4,
            TypeKind::Enum(id) => {
                let known = self.enumeration(*id);
                return self.size(known.underlying).filter(|_| known.complete || known.fixed);
            }
            TypeKind::Record(id) => return self.record(*id).layout.as_ref().map(|l| l.size),
            TypeKind::Array(element, Length::Known(length)) => {
                return self.size(element.ty)?.checked_mul(*length);
            }
            TypeKind::Void | TypeKind::Array(..) | TypeKind::Function(_) => return None,
        })
    }

    /// Alignment of `ty` in bytes; 1 where it has none.
    pub fn align(&self, ty: Ty) -> u32 {
        match self.kind(ty) {
            TypeKind::Record(id) => self.record(*id).layout.as_ref().map_or(1, |l| l.align),
            TypeKind::Array(element, _) => self.align(element.ty),
            _ => self.size(ty).unwrap_or(1),
        }
    }

    /// Whether objects of this type can exist: its size is known, now or at run time.
    pub fn is_complete(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TypeKind::Array(element, length) => {
                *length != Length::Unknown && self.is_complete(element.ty)
            }
            _ => self.size(ty).is_some(),
        }
    }

    /// Whether its size is only known at run time.
    pub fn is_variable_length(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TypeKind::Array(element, length) => {
                matches!(length, Length::Variable(_) | Length::Star)
                    || self.is_variable_length(element.ty)
            }
            _ => false,
        }
    }

    /// Whether it is an array of unspecified size, or of such arrays.
    pub fn has_star(&self, ty: Ty) -> bool {
        match *self.kind(ty) {
            TypeKind::Array(element, length) => length == Length::Star || self.has_star(element.ty),
            _ => false,
        }
    }

    /// Whether a variable length array takes part in it anywhere (C11 6.7.6p3).
    pub fn is_variably_modified(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TypeKind::Pointer(to) => self.is_variably_modified(to.ty),
            TypeKind::Array(element, length) => {
                matches!(length, Length::Variable(_) | Length::Star)
                    || self.is_variably_modified(element.ty)
            }
            _ => false,
        }
    }
}
