//! Struct and union specifiers (C11 6.7.2.1, 6.7.2.3).

use super::entity::Attributes;
use super::{Checker, codes};
use crate::ast::{Declaration, FieldDecl, Ident, Member, RecordSpec, Storage, TypeSpec};
use crate::names::Name;
use crate::types::{Field, Length, QTy, RecordBuilder, RecordId, Ty, TypeKind};
use alloc::string::ToString;
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    pub(super) fn record_specifier(&mut self, spec: &RecordSpec) -> Ty {
        let ty = self.record_type(spec);
        let (Some(members), Some(id)) = (&spec.members, self.types().as_record(ty)) else {
            return ty;
        };
        if self.types().record(id).layout.is_some() {
            let before = self.types().record(id).span;
            let message = format!("{} is defined twice", self.show(ty));
            self.twice(&codes::REDEFINED, spec.span, message, before);
            return ty;
        }
        if self.defining.contains(&id) {
            let message = format!("{} is defined inside itself", self.show(ty));
            self.error(&codes::REDEFINED, spec.span, message);
            return Ty::INT;
        }
        self.defining.push(id);
        self.define_record(id, spec, members);
        self.defining.pop();
        ty
    }

    /// The type that the tag means here; a new one if it means none (6.7.2.3).
    fn record_type(&mut self, spec: &RecordSpec) -> Ty {
        let Some(tag) = spec.tag else {
            return self.unit.types.new_record(spec.is_union, None, spec.span);
        };
        match self.known_tag(tag, spec.members.is_some(), Some(spec.is_union)) {
            Some(known) => known,
            None => self.new_tag(spec, tag),
        }
    }

    /// The type that `tag` means here, if it means any; a definition is of this scope. It must be a
    /// struct or union, as `is_union` says, or else an enumeration.
    pub(super) fn known_tag(
        &mut self,
        tag: Ident,
        defines: bool,
        is_union: Option<bool>,
    ) -> Option<Ty> {
        let known = match defines {
            true => self.unit.scopes.find_tag_here(tag.name),
            false => self.unit.scopes.find_tag(tag.name),
        };
        let ty = known?.ty;
        let found = self.types().as_record(ty).map(|id| self.types().record(id).is_union);
        if found == is_union {
            return Some(ty);
        }
        let message = format!("the tag `{}` means {} here", self.text(tag.name), self.show(ty));
        self.error(&codes::REDECLARED, tag.span, message);
        Some(Ty::ERROR)
    }

    fn new_tag(&mut self, spec: &RecordSpec, tag: Ident) -> Ty {
        let ty = self.unit.types.new_record(spec.is_union, Some(tag.name), tag.span);
        self.unit.scopes.declare_tag(tag.name, ty);
        ty
    }

    /// `struct tag;` means a record of this scope, whatever the tag means outside (6.7.2.3p7).
    pub(super) fn forward_tag(&mut self, declaration: &Declaration) {
        if declaration.declarators.is_empty()
            && let TypeSpec::Record(spec) = &declaration.specs.ty
            && let (Some(tag), None) = (spec.tag, &spec.members)
            && self.unit.scopes.find_tag_here(tag.name).is_none()
        {
            self.new_tag(spec, tag);
        }
    }

    fn define_record(&mut self, id: RecordId, spec: &RecordSpec, members: &[Member]) {
        let mut attributes = Attributes::default();
        self.read_attributes(&spec.attributes, &mut attributes);
        let pack = if attributes.packed { 1 } else { attributes.pack };
        let mut builder = RecordBuilder::new(spec.is_union, pack);
        for (i, member) in members.iter().enumerate() {
            match member {
                Member::Field(decl) => {
                    let last = !spec.is_union && i + 1 == members.len();
                    self.fields(decl, &mut builder, last);
                }
                Member::StaticAssert(assertion) => self.static_assert(assertion),
            }
        }
        self.check_twice(builder.fields());
        let layout = builder.finish(attributes.align).unwrap_or_else(|_| {
            self.error(
                &codes::TOO_LARGE,
                spec.span,
                text!("the record is larger than any object can be"),
            );
            crate::types::Layout { size: 1, align: 1, ..Default::default() }
        });
        let record = self.unit.types.record_mut(id);
        record.layout = Some(layout);
        record.span = spec.tag.map_or(spec.span, |tag| tag.span);
    }

    fn fields(&mut self, decl: &FieldDecl, builder: &mut RecordBuilder, last: bool) {
        let specs = self.specifiers(&decl.specs);
        self.check_storage(specs.storage, Storage::NONE, "a member", decl.specs.span);
        if decl.fields.is_empty() {
            self.anonymous(decl, &specs, builder);
            return;
        }
        for field in &decl.fields {
            let mut attributes = specs.attributes.clone();
            self.typedef_alignment(&specs, &field.declarator.derived, &mut attributes);
            self.read_attributes(&field.attributes, &mut attributes);
            self.refuse_vector(&mut attributes);
            let mut ty = self.declared_type(specs.ty, &field.declarator);
            if let Some(bytes) = attributes.mode {
                ty = QTy::new(self.of_mode(ty.ty, bytes), ty.quals);
            }
            let name = field.declarator.name.map(|n| n.name);
            let span = field.declarator.name.map_or(decl.span, |n| n.span);
            self.check_brackets(&field.declarator.derived, span);
            self.check_alignas(&specs, ty, field.bits.is_none(), span);
            let entry = Field { name, ty, offset: 0, bits: None, span };
            match &field.bits {
                Some(width) => {
                    if let Some(width) = self.bit_field_width(ty.ty, name, width) {
                        let packed = attributes.packed;
                        builder.add_bits(&self.unit.types, entry, width, attributes.align, packed);
                    }
                }
                None => {
                    if self.check_field_type(ty, span, last && !builder.fields().is_empty()) {
                        builder.add(&self.unit.types, entry, attributes.align, attributes.packed);
                    }
                }
            }
        }
    }

    /// `struct { ... };` inside a record: its members count as the outer's (6.7.2.1p13).
    fn anonymous(
        &mut self,
        decl: &FieldDecl,
        specs: &super::specifiers::Specs,
        builder: &mut RecordBuilder,
    ) {
        let ty = specs.ty;
        if !self.types().is_record(ty.ty) {
            return;
        }
        let tagged =
            self.types().as_record(ty.ty).is_some_and(|id| self.types().record(id).tag.is_some());
        let complete = self.types().is_complete(ty.ty);
        if tagged || !complete {
            // `struct tag { ... };` declares the type only.
            return;
        }
        let field = Field { name: None, ty, offset: 0, bits: None, span: decl.span };
        let mut attributes = specs.attributes.clone();
        self.typedef_alignment(specs, &[], &mut attributes);
        builder.add(&self.unit.types, field, attributes.align, attributes.packed);
    }

    /// Each member has a name of its own (6.7.2.1p2), those of records without a name among them.
    fn check_twice(&mut self, fields: &[Field]) {
        let mut names = Vec::new();
        self.member_names(fields, &mut names);
        // In the order of the source, among those of one name.
        // A stable sort would keep its buffer on the stack.
        names.sort_unstable_by_key(|&(name, span)| (name, span.start()));
        for pair in names.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let text = self.text(pair[1].0).to_string();
            let message = format!("two members are called `{text}`");
            self.twice(&codes::REDEFINED, pair[1].1, message, pair[0].1);
        }
    }

    fn member_names(&self, fields: &[Field], names: &mut Vec<(Name, Span)>) {
        for field in fields {
            match field.name {
                Some(name) => names.push((name, field.span)),
                None => self.member_names(self.types().fields(field.ty.ty), names),
            }
        }
    }

    /// Whether a member can have this type.
    fn check_field_type(&mut self, ty: QTy, span: Span, last: bool) -> bool {
        let types = self.types();
        let problem = match types.kind(ty.ty) {
            TypeKind::Function(_) => {
                text!("a member cannot be a function; use a pointer to it").into()
            }
            TypeKind::Array(_, Length::Unknown) if last => return true,
            TypeKind::Array(_, Length::Unknown) => {
                text!("an array without length can only be the last of several members of a struct")
                    .into()
            }
            TypeKind::Array(_, Length::Variable(_) | Length::Star) => {
                text!("a member's size must be constant").into()
            }
            _ if types.size(ty.ty).is_none() => {
                format!("a member cannot be of type {}: it is incomplete", self.show(ty))
            }
            _ => return true,
        };
        self.error(&codes::INCOMPLETE, span, problem);
        false
    }

    fn bit_field_width(
        &mut self,
        ty: Ty,
        name: Option<Name>,
        width: &crate::ast::Expr,
    ) -> Option<u8> {
        if ty == Ty::ERROR {
            return None;
        }
        if !self.types().is_integer(ty) {
            let message = format!("a bit-field must be an integer, not {}", self.show(ty));
            self.error(&codes::BAD_BITFIELD, width.span, message);
            return None;
        }
        let (value, _) = self.integer_constant(width, "a bit-field's width")?;
        let bits = self.types().bits(ty);
        if value > u64::from(bits) {
            let message = format!("{} has {bits} bits, not {}", self.show(ty), value as i64);
            self.error(&codes::BAD_BITFIELD, width.span, message);
            return None;
        }
        if value == 0 && name.is_some() {
            self.error(
                &codes::BAD_BITFIELD,
                width.span,
                text!("a bit-field of no bits cannot have a name"),
            );
            return None;
        }
        Some(value as u8)
    }
}
