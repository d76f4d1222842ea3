//! Compound literals (C11 6.5.2.5), and objects that are initialized from them.

use super::entity::{Definition, Entity, EntityKind};
use super::init::{Output, Part};
use super::tree::{EntityId, ExprId, ExprKind, Init, InitItem};
use super::{Checker, ObjectDef, codes};
use crate::ast::{InitList, TypeName};
use crate::types::{Length, MAX_OBJECT, QTy};
use alloc::boxed::Box;
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::text;

impl Checker<'_, '_> {
    /// `(type){ ... }` (6.5.2.5).
    pub(super) fn compound_literal(
        &mut self,
        name: &TypeName,
        list: &InitList,
        span: Span,
    ) -> ExprId {
        let outer = core::mem::take(&mut self.pending);
        let (ty, align) = self.type_name_aligned(name);
        let before = core::mem::replace(&mut self.pending, outer);
        if self.types().is_variable_length(ty.ty) {
            return self.bad(
                &codes::BAD_INITIALIZER,
                span,
                text!("a compound literal needs a constant size"),
            );
        }
        let mut output = Output::default();
        let Some(length) = self.part_from_list(Part::whole(ty), list, &mut output) else {
            return self.error_node(span);
        };
        let ty = match (self.types().as_array(ty.ty), length) {
            (Some((element, Length::Unknown)), Some(length)) => {
                self.unit.types.array(element, Length::Known(length)).into()
            }
            _ => ty,
        };
        let Some(size) = self.types().size(ty.ty) else { return self.error_node(span) };
        self.evaluate_first(before, &mut output.items);
        let covers = output.filled == u64::from(size);
        let init = Init { items: output.items, covers, designated: output.designated };
        if self.state.is_some() && !self.in_static {
            let local = self.temporary(ty, span);
            self.tree.local_mut(local).used = true;
            self.tree.local_mut(local).align = align;
            return self.add(ExprKind::Literal(local, Box::new(init)), ty, span);
        }
        if !self.all_constant(&init) {
            return self.error_node(span);
        }
        // A flexible array member may reach past the type's size.
        let size = size.max(output.end.min(MAX_OBJECT) as u32);
        let entity = self.anonymous_object(ty, span);
        self.unit.entity_mut(entity).attributes.align = align;
        self.objects.push(ObjectDef { entity, size, init });
        self.add(ExprKind::Entity(entity), ty, span)
    }

    /// Lengths of arrays that a literal's pointers point to are evaluated where the literal is: with
    /// its first value.
    fn evaluate_first(&mut self, mut before: Vec<ExprId>, items: &mut [InitItem]) {
        match items.first_mut() {
            Some(item) => {
                before.push(item.value);
                item.value = self.sequence(before, self.tree.span(item.value));
            }
            None => self.pending.append(&mut before),
        }
    }

    fn anonymous_object(&mut self, ty: QTy, span: Span) -> EntityId {
        let name = self.session.names.intern("literal");
        self.add_entity(Entity {
            definition: Definition::Yes,
            address_taken: true,
            used: true,
            ..Entity::new(name, EntityKind::Object, ty, span)
        })
    }

    /// GNU: an array initialized from a compound literal.
    pub(super) fn copy_array(
        &mut self,
        part: Part,
        value: ExprId,
        out: &mut Output,
    ) -> Option<u32> {
        let (_, length) = self.types().as_array(self.tree.ty(value))?;
        let Length::Known(length) = length else { return None };
        if !self.types().compatible(self.tree.ty(value), part.ty.ty) {
            return None;
        }
        match self.tree.kind(value) {
            ExprKind::Literal(_, init) => {
                let items = init.items.clone();
                self.splice(part, &items, out);
                Some(length)
            }
            &ExprKind::Entity(id) => {
                let items = self.objects.iter().find(|o| o.entity == id)?.init.items.clone();
                self.splice(part, &items, out);
                Some(length)
            }
            _ => None,
        }
    }

    /// In a static initializer, a compound literal's own items take its place.
    pub(super) fn splice_literal(&mut self, part: Part, value: ExprId, out: &mut Output) -> bool {
        let &ExprKind::Load(place) = self.tree.kind(value) else { return false };
        let &ExprKind::Entity(id) = self.tree.kind(place) else { return false };
        if !self.in_static {
            return false;
        }
        let Some(object) = self.objects.iter().find(|o| o.entity == id) else { return false };
        let items = object.init.items.clone();
        self.splice(part, &items, out);
        true
    }

    fn splice(&mut self, part: Part, items: &[InitItem], out: &mut Output) {
        let first = items.first().map_or(Span::default(), |item| self.tree.span(item.value));
        self.reset(part, first, out);
        for item in items {
            let offset = part.offset + item.offset;
            let size = self.types().size(item.ty.ty).unwrap_or(0);
            out.end = out.end.max(u64::from(offset) + u64::from(size));
            out.items.push(InitItem { offset, ..*item });
        }
        out.filled = u64::MAX;
        let size = self.types().size(part.ty.ty).unwrap_or(0);
        out.end = out.end.max(u64::from(part.offset) + u64::from(size));
    }
}
