//! Names with linkage: declared, declared again, defined, and what is only known at the end of the
//! unit (C11 6.2.2, 6.2.7, 6.9.2).

use super::declaration::Declared;
use super::entity::{Attributes, Definition, Entity, EntityKind, Linkage};
use super::scope::What;
use super::tree::EntityId;
use super::{Checker, ObjectDef, codes};
use crate::ast::{Ident, Storage};
use crate::names::Name;
use crate::types::{Length, QTy, Ty};
use alloc::string::{String, ToString};
use wasm_common::text::{format, text};
use wasm_common::{frugal, source::Span};

impl Checker<'_, '_> {
    pub(super) fn add_entity(&mut self, entity: Entity) -> EntityId {
        let id = EntityId(self.unit.entities.len() as u32);
        if entity.linkage != Linkage::None {
            self.unit.linked.insert(entity.name, id);
        }
        frugal::push(&mut self.unit.entities, entity);
        id
    }

    /// The entity with linkage that `name` means somewhere in the unit.
    pub(super) fn find_external(&self, name: Name) -> Option<EntityId> {
        self.unit.linked.get(&name).copied()
    }

    /// Declares an object or function with linkage, once more or for the first time.
    pub(super) fn declare_entity(
        &mut self,
        declared: &Declared<'_>,
        kind: EntityKind,
        linkage: Linkage,
        definition: Definition,
    ) -> EntityId {
        let Ident { name, span } = declared.name;
        if let Some(before) = self.unit.scopes.find_here(name)
            && !self.may_be_linked(before.what)
        {
            self.conflict(name, span, before);
        }
        if self.unit.scopes.depth() > 0 {
            self.warn_shadow(name, span);
        }
        let asm_name = declared.asm_name.map(|text| String::from_utf8_lossy(&text.bytes).into());
        let id = match self.find_external(name) {
            Some(known) => {
                self.redeclare(known, declared, kind, linkage, definition);
                known
            }
            None => self.add_entity(Entity {
                linkage,
                definition,
                builtin: self.is_system(span),
                ..Entity::new(name, kind, declared.ty, span)
            }),
        };
        let entity = self.unit.entity_mut(id);
        entity.asm_name = entity.asm_name.take().or(asm_name);
        merge_attributes(&mut entity.attributes, &declared.attributes);
        self.unit.scopes.declare(name, What::Entity(id), span);
        self.check_library_type(id, span);
        id
    }

    /// Whether a name declared as this may be declared again with linkage in the same scope.
    fn may_be_linked(&self, what: What) -> bool {
        match what {
            What::Entity(id) => self.unit.entity(id).linkage != Linkage::None,
            What::Poisoned => true,
            _ => false,
        }
    }

    /// Whether a place is in one of this compiler's own headers.
    pub(super) fn is_system(&self, span: Span) -> bool {
        self.session.sources.file(span.file()).name.starts_with('<')
    }

    fn redeclare(
        &mut self,
        id: EntityId,
        declared: &Declared<'_>,
        kind: EntityKind,
        linkage: Linkage,
        definition: Definition,
    ) {
        let Ident { name, span } = declared.name;
        let entity = self.unit.entity(id);
        let (old_ty, old_definition, before) = (entity.ty, entity.definition, entity.span);
        let (implicit, builtin, old_linkage) = (entity.implicit, entity.builtin, entity.linkage);
        let text = self.text(name).to_string();
        let same_kind = self.unit.entity(id).kind == kind;
        let compatible = same_kind
            && self.types().compatible(old_ty.ty, declared.ty.ty)
            && (kind == EntityKind::Function || old_ty.quals == declared.ty.quals);
        if !compatible {
            // What was only guessed or predefined gives way to what the user says.
            if (implicit || (builtin && definition == Definition::No && self.is_old_c()))
                && same_kind
            {
                self.unit.entity_mut(id).ty = declared.ty;
            } else {
                let message = format!(
                    "`{text}` is declared as {} but was {}",
                    self.show(declared.ty),
                    self.show(old_ty)
                );
                let error = codes::REDECLARED.error(span, message);
                self.report(error.label(before, text!("previous declaration")));
                self.unit.entity_mut(id).ty = declared.ty;
            }
        } else {
            let composite = self.unit.types.composite(old_ty.ty, declared.ty.ty);
            self.check_old_style(id, declared.ty.ty, span);
            self.unit.entity_mut(id).ty = QTy::new(composite, old_ty.quals);
        }
        let plain = kind == EntityKind::Object && !declared.storage.has(Storage::EXTERN);
        let message = match (old_linkage, linkage) {
            (Linkage::External, Linkage::Internal) if !implicit && !builtin => {
                Some("`static` here but was not before")
            }
            (Linkage::Internal, Linkage::External) if plain => {
                Some("not `static` here but was before")
            }
            _ => None,
        };
        if let Some(message) = message {
            let error = codes::REDECLARED.error(span, format!("`{text}` is {message}"));
            self.report(error.label(before, text!("previous declaration")));
        } else if linkage == Linkage::Internal {
            self.unit.entity_mut(id).linkage = Linkage::Internal;
        }
        if old_definition == Definition::Yes && definition == Definition::Yes {
            let message = format!("`{text}` is defined twice");
            self.twice(&codes::REDEFINED, span, message, before);
        }
        let entity = self.unit.entity_mut(id);
        entity.builtin &= definition == Definition::No;
        entity.implicit = false;
        if definition_rank(definition) > definition_rank(old_definition) {
            entity.definition = definition;
            entity.span = span;
        }
    }

    /// Warns when a library function is declared with another type.
    fn check_library_type(&mut self, id: EntityId, span: Span) {
        let entity = self.unit.entity(id);
        if entity.linkage != Linkage::External
            || entity.builtin
            || !self.warns(&codes::BUILTIN_MISMATCH)
        {
            return;
        }
        let (ty, text) = (entity.ty.ty, self.text(entity.name).to_string());
        if let Some(signature) = crate::builtins::signature(&text) {
            let known = self.coded_function(signature);
            if !self.types().compatible(ty, known) && !self.loosely_same(ty, known) {
                let message =
                    format!("`{text}` is a library function of type {}", self.show(known));
                self.warn(&codes::BUILTIN_MISMATCH, span, message);
            }
        }
    }

    /// The same up to what passes alike: `FILE *` and `void *`, `long` and `int`.
    fn loosely_same(&self, a: Ty, b: Ty) -> bool {
        let types = self.types();
        let (Some(f), Some(g)) = (types.as_function(a), types.as_function(b)) else { return false };
        let alike = |a: Ty, b: Ty| {
            let word = |ty| types.is_pointer(ty) || (types.is_integer(ty) && types.bits(ty) <= 32);
            a == b || (word(a) && word(b)) || types.is_record(a) || types.is_record(b)
        };
        alike(f.result, g.result)
            && f.params.len() == g.params.len()
            && f.params.iter().zip(&g.params).all(|(&a, &b)| alike(a, b))
    }

    /// What is only known at the end of the unit.
    pub(super) fn end_of_unit(&mut self) {
        for index in 0..self.unit.entities.len() {
            let id = EntityId(index as u32);
            let entity = self.unit.entity(id).clone();
            if entity.definition == Definition::Tentative {
                self.define_tentative(id, &entity);
            }
            let text = self.text(entity.name).to_string();
            let internal = entity.linkage == Linkage::Internal;
            let function = entity.kind == EntityKind::Function;
            if internal
                && function
                && entity.definition == Definition::No
                && entity.first_use.is_some()
                && entity.attributes.alias().is_none()
            {
                let message = format!("`{text}` is `static` and used, but not defined");
                self.error(&codes::UNDEFINED, entity.span, message);
            }
            let wrong = entity.ty.ty == Ty::ERROR;
            let reported =
                entity.used || wrong || entity.attributes.unused || self.is_system(entity.span);
            let inline = function && entity.attributes.always_inline;
            if internal
                && !reported
                && !inline
                && entity.definition != Definition::No
                && !entity.ty.is_const()
                && entity.attributes.export().is_none()
            {
                self.warn(&codes::UNUSED, entity.span, format!("`{text}` is never used"));
            }
        }
    }

    fn define_tentative(&mut self, id: EntityId, entity: &Entity) {
        let mut ty = entity.ty;
        if let Some((element, Length::Unknown)) = self.types().as_array(ty.ty) {
            // 6.9.2p5: one element.
            ty = self.unit.types.array(element, Length::Known(1)).into();
            self.unit.entity_mut(id).ty = ty;
        }
        let Some(size) = self.types().size(ty.ty) else {
            let text = self.text(entity.name).to_string();
            let message = format!("`{text}` has type {}, which is incomplete", self.show(ty));
            self.error(&codes::INCOMPLETE, entity.span, message);
            return;
        };
        self.unit.entity_mut(id).definition = Definition::Yes;
        self.objects.push(ObjectDef { entity: id, size, init: super::Init::default() });
    }
}

fn definition_rank(definition: Definition) -> u8 {
    match definition {
        Definition::No => 0,
        Definition::Tentative | Definition::Inline => 1,
        Definition::Yes => 2,
    }
}

pub(super) fn merge_attributes(to: &mut Attributes, from: &Attributes) {
    if let Some(from) = from.rare.as_deref() {
        let to = to.rare.get_or_insert_default();
        let later = |to: &mut Option<String>, from: &Option<String>| {
            *to = from.clone().or(to.take());
        };
        later(&mut to.export, &from.export);
        later(&mut to.import_module, &from.import_module);
        later(&mut to.import_name, &from.import_name);
        later(&mut to.alias, &from.alias);
        later(&mut to.deprecated, &from.deprecated);
        to.format = from.format.or(to.format);
    }
    to.align = to.align.max(from.align);
    to.noinline |= from.noinline;
    to.always_inline |= from.always_inline;
    to.noreturn |= from.noreturn;
    to.nodiscard |= from.nodiscard;
    to.weak |= from.weak;
    to.unused |= from.unused;
    to.constructor |= from.constructor;
    to.destructor |= from.destructor;
    to.gnu_inline |= from.gnu_inline;
}
