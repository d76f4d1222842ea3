//! Declarations of objects, functions and typedefs (C11 6.2.2, 6.7, 6.9.2).

use super::entity::{Attributes, Definition, Entity, EntityKind, Linkage};
use super::scope::{Meaning, What};
use super::specifiers::Specs;
use super::storage::OF_FUNCTION;
use super::tree::{EntityId, ExprId, ExprKind, Stmt, StmtKind};
use super::{Checker, ObjectDef, codes};
use crate::ast::{Declaration, Ident, InitDeclarator, Initializer, Storage, StringLit, TypeSpec};
use crate::names::Name;
use crate::types::{Length, QTy, Ty, TypeKind};
use alloc::{string::ToString, vec::Vec};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// One declared name with everything that was said about it.
pub(super) struct Declared<'a> {
    pub(super) name: Ident,
    pub(super) ty: QTy,
    pub(super) storage: Storage,
    pub(super) attributes: Attributes,
    pub(super) asm_name: Option<&'a StringLit>,
    pub(super) init: Option<&'a Initializer>,
    auto: bool,
}

impl Declared<'_> {
    /// What a function definition declares.
    pub(super) fn function(name: Ident, ty: QTy, storage: Storage, attributes: Attributes) -> Self {
        Self { name, ty, storage, attributes, asm_name: None, init: None, auto: false }
    }
}

impl Checker<'_, '_> {
    /// A declaration outside of functions.
    pub(super) fn file_declaration(&mut self, declaration: &Declaration) {
        if self.attribute_declaration(declaration) {
            return;
        }
        let specs = self.specifiers(&declaration.specs);
        if specs.storage.has(Storage::AUTO) || specs.storage.has(Storage::REGISTER) {
            let message = text!("`auto` and `register` have no meaning outside of functions");
            self.error(&codes::BAD_STORAGE, declaration.specs.span, message);
        }
        self.warn_empty(declaration, &specs);
        if self.is_pedantic() {
            self.pedantic_declaration(declaration);
        }
        for item in &declaration.declarators {
            let Some(declared) = self.declared(&specs, item) else { continue };
            if specs.storage.has(Storage::TYPEDEF) {
                self.declare_typedef(&declared);
            } else if self.types().as_function(declared.ty.ty).is_some() {
                self.declare_function(&declared);
            } else {
                self.file_object(declared);
            }
        }
    }

    /// A declaration among statements: appends what it does at run time to `out`.
    pub(super) fn local_declaration(&mut self, declaration: &Declaration, out: &mut Vec<Stmt>) {
        self.forward_tag(declaration);
        let specs = self.specifiers(&declaration.specs);
        self.warn_empty(declaration, &specs);
        if self.is_pedantic() {
            self.pedantic_declaration(declaration);
        }
        for item in &declaration.declarators {
            let Some(declared) = self.declared(&specs, item) else { continue };
            self.flush_pending(out);
            if specs.storage.has(Storage::TYPEDEF) {
                self.declare_typedef(&declared);
            } else if self.types().as_function(declared.ty.ty).is_some() {
                let allowed = Storage(OF_FUNCTION.0 & !Storage::STATIC.0 | Storage::AUTO.0);
                let span = declared.name.span;
                self.check_storage(specs.storage, allowed, "a function in a block", span);
                self.declare_function(&declared);
            } else if specs.storage.has(Storage::EXTERN) {
                self.block_extern(&declared);
            } else if specs.storage.has(Storage::STATIC) {
                self.static_local(declared);
            } else {
                self.local_object(declared, out);
            }
        }
        self.flush_pending(out);
    }

    /// Evaluations that types need, as statements.
    pub(super) fn flush_pending(&mut self, out: &mut Vec<Stmt>) {
        for id in core::mem::take(&mut self.pending) {
            let span = self.tree.span(id);
            out.push(Stmt { kind: StmtKind::Expr(id), span });
        }
    }

    /// C23's `[[...]];`.
    fn attribute_declaration(&mut self, declaration: &Declaration) -> bool {
        let specs = &declaration.specs;
        let alone = declaration.declarators.is_empty()
            && specs.ty == TypeSpec::Implicit
            && specs.storage == Storage::NONE
            && !specs.attributes.is_empty();
        if alone {
            self.read_attributes(&specs.attributes, &mut Attributes::default());
        }
        alone
    }

    fn warn_empty(&mut self, declaration: &Declaration, specs: &Specs) {
        let tagged = self.types().is_record(specs.ty.ty)
            || matches!(self.types().kind(specs.ty.ty), TypeKind::Enum(_));
        if declaration.declarators.is_empty() && !tagged {
            self.warn(
                &codes::PEDANTIC,
                declaration.span,
                text!("the declaration declares nothing"),
            );
        }
    }

    fn declared<'a>(&mut self, specs: &Specs, item: &'a InitDeclarator) -> Option<Declared<'a>> {
        let name = item.declarator.name?;
        let mut ty = self.declared_type(specs.ty, &item.declarator);
        self.check_brackets(&item.declarator.derived, name.span);
        let mut attributes = specs.attributes.clone();
        self.typedef_alignment(specs, &item.declarator.derived, &mut attributes);
        self.read_attributes(&item.attributes, &mut attributes);
        self.refuse_vector(&mut attributes);
        if let Some(bytes) = attributes.mode.take() {
            ty = QTy::new(self.of_mode(ty.ty, bytes), ty.quals);
        }
        let typedef = specs.storage.has(Storage::TYPEDEF);
        let function = self.types().as_function(ty.ty).is_some();
        self.check_alignas(specs, ty, !typedef && !function, name.span);
        if typedef || !function {
            self.check_object_storage(specs, name.span);
        }
        if self.types().is_variably_modified(ty.ty) {
            self.enter_region("the scope of a name whose type varies", name.span);
        }
        Some(Declared {
            name,
            ty,
            storage: specs.storage,
            attributes,
            asm_name: item.asm_name.as_ref(),
            init: item.init.as_ref(),
            auto: specs.auto,
        })
    }

    fn declare_typedef(&mut self, declared: &Declared<'_>) {
        let Ident { name, span } = declared.name;
        let mut align = declared.attributes.align;
        if declared.init.is_some() {
            self.error(&codes::BAD_INITIALIZER, span, text!("a typedef cannot be initialized"));
        }
        if let Some(before) = self.unit.scopes.find_here(name) {
            let same = match before.what {
                What::Typedef(ty, before) => {
                    align = align.max(before);
                    let vary = self.types().is_variably_modified(ty.ty);
                    let same = ty.ty == declared.ty.ty
                        || (vary && self.types().compatible(ty.ty, declared.ty.ty));
                    same && ty.quals == declared.ty.quals
                }
                What::Poisoned => true,
                _ => false,
            };
            if !same {
                self.conflict(name, span, before);
                return;
            }
        }
        self.unit.scopes.declare(name, What::Typedef(declared.ty, align), span);
    }

    pub(super) fn conflict(&mut self, name: Name, span: Span, before: Meaning) {
        let text = self.text(name).to_string();
        let error = codes::REDECLARED.error(span, format!("`{text}` was declared differently"));
        self.report(error.label(before.span, text!("previous declaration")));
    }

    pub(super) fn declare_function(&mut self, declared: &Declared<'_>) -> EntityId {
        let span = declared.name.span;
        if declared.init.is_some() {
            self.error(&codes::BAD_INITIALIZER, span, text!("a function cannot be initialized"));
        }
        let known = self.types().as_function(declared.ty.ty).is_some_and(|f| f.prototype);
        if !known {
            self.warn(
                &codes::STRICT_PROTOTYPES,
                span,
                text!("`()` says nothing about the parameters"),
            );
        }
        self.declare_entity(
            declared,
            EntityKind::Function,
            Linkage::of(declared.storage),
            Definition::No,
        )
    }

    fn file_object(&mut self, mut declared: Declared<'_>) {
        let span = declared.name.span;
        let definition = match (declared.init, declared.storage.has(Storage::EXTERN)) {
            (Some(_), _) => Definition::Yes,
            (None, true) => Definition::No,
            (None, false) => Definition::Tentative,
        };
        if self.types().is_variably_modified(declared.ty.ty) {
            self.error(
                &codes::NOT_CONSTANT,
                span,
                text!("an object outside of functions needs a constant size"),
            );
            return;
        }
        self.infer_auto(&mut declared);
        let unknown = matches!(self.types().as_array(declared.ty.ty), Some((_, Length::Unknown)));
        let needed = declared.init.is_some() && !unknown;
        let incomplete = match definition {
            Definition::No => false,
            _ => {
                declared.ty.ty == Ty::VOID || (needed && !self.types().is_complete(declared.ty.ty))
            }
        };
        if incomplete {
            self.incomplete_object(&declared);
            return;
        }
        let linkage = Linkage::of(declared.storage);
        let entity = self.declare_entity(&declared, EntityKind::Object, linkage, definition);
        if let Some(init) = declared.init {
            self.define_object(entity, init);
        }
    }

    /// `auto x = e;` and `__auto_type`: the type of the initializer.
    fn infer_auto(&mut self, declared: &mut Declared<'_>) {
        if !declared.auto {
            return;
        }
        let Some(Initializer::Expr(init)) = declared.init else {
            let message = text!("a declaration without a type needs an expression as initializer");
            self.error(&codes::BAD_INITIALIZER, declared.name.span, message);
            return;
        };
        self.unevaluated += 1;
        let value = self.value(init);
        self.unevaluated -= 1;
        self.inferred(declared, value);
    }

    fn inferred(&mut self, declared: &mut Declared<'_>, value: ExprId) {
        let ty = QTy::new(self.tree.ty(value), declared.ty.quals);
        declared.ty = self.bounded(ty, declared.name.span);
    }

    /// Like [`Self::infer_auto`], for a local: its initializer is evaluated once, before its name
    /// is in scope.
    fn infer_local(&mut self, declared: &mut Declared<'_>) -> Option<ExprId> {
        match declared.init {
            Some(Initializer::Expr(init)) if declared.auto => {
                let value = self.value(init);
                self.inferred(declared, value);
                Some(value)
            }
            _ => {
                self.infer_auto(declared);
                None
            }
        }
    }

    /// Gives a static object its first value, and its length if that comes from there.
    fn define_object(&mut self, entity: EntityId, init: &Initializer) {
        // Its type may have been said in full before: `extern int a[3]; int a[] = {1};`.
        let ty = self.unit.entity(entity).ty;
        let outer = core::mem::replace(&mut self.in_static, true);
        let result = self.static_initializer(ty, init);
        self.in_static = outer;
        let Some((init, ty, size)) = result else { return };
        self.unit.entity_mut(entity).ty = ty;
        if let [item] = &init.items[..]
            && ty.is_const()
            && !ty.is_volatile()
            && self.types().is_scalar(ty.ty)
        {
            let bits = match *self.tree.kind(item.value) {
                ExprKind::Int(value) => Some(value),
                ExprKind::Float(value) => Some(value.to_bits()),
                _ => None,
            };
            if let Some(bits) = bits {
                self.unit.constants.insert(entity, bits);
            }
        }
        self.objects.push(ObjectDef { entity, size, init });
    }

    fn incomplete_object(&mut self, declared: &Declared<'_>) {
        let text = self.text(declared.name.name).to_string();
        let message = format!("`{text}` has type {}, which is incomplete", self.show(declared.ty));
        self.error(&codes::INCOMPLETE, declared.name.span, message);
        if self.unit.scopes.find_here(declared.name.name).is_none() {
            self.unit.scopes.declare(declared.name.name, What::Poisoned, declared.name.span);
        }
    }

    fn block_extern(&mut self, declared: &Declared<'_>) {
        if declared.init.is_some() {
            let message = text!("an `extern` declaration in a block cannot be initialized");
            self.error(&codes::BAD_INITIALIZER, declared.name.span, message);
        }
        if self.types().is_variably_modified(declared.ty.ty) {
            let message = text!("an `extern` object needs a constant size");
            self.error(&codes::NOT_CONSTANT, declared.name.span, message);
        }
        self.declare_entity(declared, EntityKind::Object, Linkage::External, Definition::No);
    }

    fn static_local(&mut self, mut declared: Declared<'_>) {
        self.infer_auto(&mut declared);
        let Ident { name, span } = declared.name;
        if self.types().is_variable_length(declared.ty.ty) {
            self.error(&codes::NOT_CONSTANT, span, text!("a static object needs a constant size"));
            self.unit.scopes.declare(name, What::Poisoned, span);
            return;
        }
        self.check_redeclared(name, span);
        let unknown = matches!(self.types().as_array(declared.ty.ty), Some((_, Length::Unknown)));
        let complete = self.types().is_complete(declared.ty.ty);
        let completed = complete || (unknown && declared.init.is_some());
        if !completed {
            self.incomplete_object(&declared);
            return;
        }
        let inside = self.state.as_ref().map(|state| state.name);
        let entity = self.add_entity(Entity {
            definition: Definition::Yes,
            attributes: declared.attributes.clone(),
            used: declared.attributes.unused,
            inside,
            ..Entity::new(name, EntityKind::Object, declared.ty, span)
        });
        self.unit.scopes.declare(name, What::Entity(entity), span);
        match declared.init {
            Some(init) => self.define_object(entity, init),
            None => {
                let size = self.types().size(declared.ty.ty).unwrap_or(0);
                self.objects.push(ObjectDef { entity, size, init: super::Init::default() });
            }
        }
    }

    /// Reports a second declaration in the same block.
    pub(super) fn check_redeclared(&mut self, name: Name, span: Span) {
        if let Some(before) = self.unit.scopes.find_here(name)
            && !matches!(before.what, What::Poisoned)
        {
            let text = self.text(name).to_string();
            let message = format!("`{text}` is declared twice in this block");
            self.twice(&codes::REDECLARED, span, message, before.span);
        }
        self.warn_shadow(name, span);
    }

    pub(super) fn warn_shadow(&mut self, name: Name, span: Span) {
        let Some(outer) = self.unit.scopes.find(name) else { return };
        let object = matches!(outer.what, What::Local(_) | What::Entity(_));
        if object && outer.depth < self.unit.scopes.depth() && self.warns(&codes::SHADOW) {
            let text = self.text(name).to_string();
            let warning =
                codes::SHADOW.warning(span, format!("`{text}` hides an outer declaration"));
            self.report(warning.label(outer.span, text!("this one")));
        }
    }

    fn local_object(&mut self, mut declared: Declared<'_>, out: &mut Vec<Stmt>) {
        let Ident { name, span } = declared.name;
        let known = self.infer_local(&mut declared);
        self.check_redeclared(name, span);
        let unknown = matches!(self.types().as_array(declared.ty.ty), Some((_, Length::Unknown)));
        let complete = self.types().is_complete(declared.ty.ty);
        let completed = complete || (unknown && declared.init.is_some());
        if !completed {
            self.incomplete_object(&declared);
            return;
        }
        let local = self.tree.add_local(name, declared.ty, span);
        self.tree.local_mut(local).align = declared.attributes.align;
        self.tree.local_mut(local).used = declared.attributes.unused;
        self.tree.local_mut(local).register = declared.storage.has(Storage::REGISTER);
        // The name is in scope in its own initializer (6.2.1p7).
        self.unit.scopes.declare(name, What::Local(local), span);
        if self.types().is_variable_length(declared.ty.ty) {
            let size = self.size_of(declared.ty.ty, span);
            out.push(Stmt { kind: StmtKind::Allocate(local, size), span });
            if let Some(state) = &mut self.state {
                state.allocates = true;
            }
            if declared
                .init
                .is_some_and(|i| !matches!(i, Initializer::List(l) if l.items.is_empty()))
            {
                self.error(
                    &codes::BAD_INITIALIZER,
                    span,
                    text!("an array of variable length cannot be initialized"),
                );
            }
            return;
        }
        match (known, declared.init) {
            (Some(value), _) => self.assign_local(local, value, out),
            (None, Some(init)) => self.local_initializer(local, declared.ty, init, out),
            (None, None) => {}
        }
    }
}
