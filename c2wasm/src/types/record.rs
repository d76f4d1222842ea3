//! Structs and unions: members and their places (C11 6.7.2.1), bit-fields as gcc and clang lay
//! them out on System V targets.

use super::{MAX_OBJECT, QTy, Ty, TypeKind, Types, align_to};
use crate::names::Name;
use alloc::vec::Vec;
use wasm_common::source::Span;

/// A struct or union.
#[derive(Clone, Debug)]
pub struct Record {
    /// Union, not struct.
    pub is_union: bool,
    /// The tag.
    pub tag: Option<Name>,
    /// Members and extent, once they are known.
    pub layout: Option<Layout>,
    /// Where it was defined or first mentioned.
    pub span: Span,
}

impl Record {
    /// Without members yet.
    pub fn new(is_union: bool, tag: Option<Name>, span: Span) -> Self {
        Self { is_union, tag, layout: None, span }
    }
}

/// The members of a record and where they lie.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Named members and anonymous records, in order.
    pub fields: Vec<Field>,
    /// Bytes.
    pub size: u32,
    /// Bytes, a power of two.
    pub align: u32,
    /// Whether the last member is an array without length.
    pub flexible: bool,
    /// See [`Types::depth`].
    pub depth: u16,
}

/// A member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name; absent for an anonymous struct or union.
    pub name: Option<Name>,
    /// Its type.
    pub ty: QTy,
    /// Bytes from the start of the record; for a bit-field, those of its access unit.
    pub offset: u32,
    /// Where its bits lie in the access unit.
    pub bits: Option<BitField>,
    /// Its name, for messages.
    pub span: Span,
}

/// The place of a bit-field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BitField {
    /// Bits.
    pub width: u8,
    /// Bits below it in the access unit.
    pub shift: u8,
    /// Bytes that are read and written together: 1, 2, 4 or 8, or 0 where the bits are reached
    /// byte by byte.
    pub unit: u8,
}

/// The way to a member through anonymous records: their indices, outermost first.
pub type FieldPath = Vec<u32>;

/// Places one member after the other.
#[derive(Clone, Debug)]
pub struct RecordBuilder {
    is_union: bool,
    /// No member is aligned more strictly, unless its own attributes ask for it.
    max_align: u32,
    /// The next free bit.
    bits: u64,
    /// Largest end of any member, in bits: a union's extent.
    end: u64,
    align: u32,
    fields: Vec<Field>,
    flexible: bool,
    depth: u16,
}

/// Why a member cannot be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl RecordBuilder {
    /// Before the first member. `pack`, if not 0, is the alignment of members at most.
    pub fn new(is_union: bool, pack: u32) -> Self {
        let max_align = if pack == 0 { u32::MAX } else { pack };
        let (fields, flexible, depth) = (Vec::new(), false, 0);
        Self { is_union, max_align, bits: 0, end: 0, align: 1, fields, flexible, depth }
    }

    /// The members so far.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Places a member that is no bit-field. `align`, if not 0, is what its own attributes ask
    /// for; `packed` is its own attribute.
    pub fn add(&mut self, types: &Types, mut field: Field, align: u32, packed: bool) {
        let natural = if packed { 1 } else { types.align(field.ty.ty).min(self.max_align) };
        let align = natural.max(align);
        let offset = if self.is_union { 0 } else { align_to(self.bits.div_ceil(8), align) };
        // A flexible array member takes no bytes.
        let size = u64::from(types.size(field.ty.ty).unwrap_or(0));
        self.flexible |= types.size(field.ty.ty).is_none();
        field.offset = offset.min(MAX_OBJECT) as u32;
        self.depth = self.depth.max(types.depth(field.ty.ty));
        self.fields.push(field);
        self.align = self.align.max(align);
        self.advance((offset + size) * 8);
    }

    /// Places a bit-field of `width` bits; one without a name only takes room, and one of width 0
    /// ends the unit.
    pub fn add_bits(
        &mut self,
        types: &Types,
        mut field: Field,
        width: u8,
        align: u32,
        packed: bool,
    ) {
        let packed = packed || self.max_align == 1;
        let unit_bits = u64::from(types.size(field.ty.ty).unwrap_or(4)) * 8;
        let unit_align = if packed { 1 } else { types.align(field.ty.ty).min(self.max_align) };
        if self.is_union {
            self.bits = 0;
        }
        if width == 0 {
            // Room that it leaves at the end counts.
            return self.advance(align_to(self.bits, types.align(field.ty.ty) * 8));
        }
        if align > 0 {
            self.bits = align_to(self.bits, align * 8);
        }
        let unit_start = self.bits / unit_bits * unit_bits;
        if !packed && self.bits + u64::from(width) > unit_start + unit_bits {
            self.bits = align_to(self.bits, unit_align * 8);
        }
        let start = self.bits;
        if field.name.is_some() {
            let (offset, bits) = access(start, width);
            field.offset = offset.min(MAX_OBJECT) as u32;
            field.bits = Some(bits);
            self.fields.push(field);
            self.align = self.align.max(unit_align).max(align);
        }
        self.advance(start + u64::from(width));
    }

    fn advance(&mut self, bits: u64) {
        self.bits = if self.is_union { 0 } else { bits };
        self.end = self.end.max(bits);
    }

    /// The whole record; `align`, if not 0, is what its attributes ask for.
    ///
    /// # Errors
    /// When it is larger than any object may be.
    pub fn finish(mut self, align: u32) -> Result<Layout, TooLarge> {
        let align = self.align.max(align);
        let size = align_to(self.end.div_ceil(8), align);
        if size > MAX_OBJECT {
            return Err(TooLarge);
        }
        for field in &mut self.fields {
            if let Some(bits) = &mut field.bits
                && u64::from(field.offset) + u64::from(bits.unit) > size
            {
                bits.unit = 0;
            }
        }
        let Self { fields, flexible, depth, .. } = self;
        Ok(Layout { fields, size: size as u32, align, flexible, depth: depth.saturating_add(1) })
    }
}

/// Byte offset and place of the `width` bits from `start` on, in the smallest aligned unit that
/// holds them; packed ones that fit in none are read from their first byte, with one access if
/// they do not span nine.
fn access(start: u64, width: u8) -> (u64, BitField) {
    for unit in [1u8, 2, 4, 8] {
        let unit_bits = u64::from(unit) * 8;
        let first = start / unit_bits * unit_bits;
        if start + u64::from(width) <= first + unit_bits {
            return (first / 8, BitField { width, shift: (start - first) as u8, unit });
        }
    }
    let shift = (start % 8) as u8;
    let unit = match u32::from(shift) + u32::from(width) {
        0..=8 => 1,
        9..=16 => 2,
        17..=32 => 4,
        33..=64 => 8,
        _ => 0,
    };
    (start / 8, BitField { width, shift, unit })
}

impl Types {
    /// The member `name` of the record `ty`, looked for in anonymous members too (6.7.2.1p13).
    pub fn find_field(&self, ty: Ty, name: Name) -> Option<FieldPath> {
        let id = self.as_record(ty)?;
        let fields = &self.record(id).layout.as_ref()?.fields;
        if let Some(index) = fields.iter().position(|f| f.name == Some(name)) {
            return Some(alloc::vec![index as u32]);
        }
        fields.iter().enumerate().filter(|(_, f)| f.name.is_none()).find_map(|(index, field)| {
            let mut path = self.find_field(field.ty.ty, name)?;
            path.insert(0, index as u32);
            Some(path)
        })
    }

    /// The members of the record `ty`; none of an incomplete one.
    pub fn fields(&self, ty: Ty) -> &[Field] {
        match self.kind(ty) {
            TypeKind::Record(id) => self.record(*id).layout.as_ref().map_or(&[], |l| &l.fields),
            _ => &[],
        }
    }

    /// Whether the record `ty`, or one in it, ends in a flexible array member.
    pub fn is_flexible(&self, ty: Ty) -> bool {
        let layout = self.as_record(ty).and_then(|id| self.record(id).layout.as_ref());
        layout.is_some_and(|l| l.flexible)
    }
}
