//! Function definitions (C11 6.9.1).

use super::declaration::Declared;
use super::declarator::ParamDecl;
use super::entity::{Attributes, Definition, EntityKind, Linkage};
use super::scope::What;
use super::stmt::Jumps;
use super::storage::OF_FUNCTION;
use super::tree::{LocalId, Stmt, StmtKind};
use super::{Checker, FunctionDef, codes};
use crate::ast::{self, ArraySize, Derived, Params, Storage};
use crate::names::Name;
use crate::session::Edition;
use crate::types::{QTy, Ty};
use alloc::{string::ToString, vec::Vec};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// What statements need to know about the function around them.
#[derive(Debug)]
pub(super) struct FunctionState {
    pub(super) name: Name,
    pub(super) result: Ty,
    pub(super) variadic: bool,
    pub(super) noreturn: bool,
    /// Whether the current block declares variable length arrays.
    pub(super) allocates: bool,
    pub(super) jumps: Jumps,
}

impl Checker<'_, '_> {
    pub(super) fn function_definition(&mut self, def: &ast::FunctionDef) {
        let specs = self.specifiers(&def.specs);
        let (Some(name), Some((Derived::Function(params), outer))) =
            (def.declarator.name, def.declarator.derived.split_first())
        else {
            let message = text!("a body needs a function declarator before it");
            self.error(&codes::BAD_TYPE, def.declarator.span, message);
            return;
        };
        self.check_storage(specs.storage, OF_FUNCTION, "a function's definition", def.specs.span);
        self.check_alignas(&specs, specs.ty, false, name.span);
        let mut attributes = specs.attributes.clone();
        self.read_attributes(&def.attributes, &mut attributes);
        self.refuse_vector(&mut attributes);
        let base = match attributes.mode.take() {
            Some(bytes) => QTy::new(self.of_mode(specs.ty.ty, bytes), specs.ty.quals),
            None => specs.ty,
        };
        let result = self.derive(base, outer, def.declarator.span);
        self.unit.scopes.enter();
        self.state = Some(FunctionState {
            name: name.name,
            result: result.ty,
            variadic: matches!(params, Params::Prototype { variadic: true, .. }),
            noreturn: attributes.noreturn,
            allocates: false,
            jumps: Jumps::default(),
        });
        let (list, prototype) = self.definition_params(params, def);
        let prototype = prototype || self.repeats_prototype(name.name, &list);
        let variadic = matches!(params, Params::Prototype { variadic: true, .. });
        let types = match prototype {
            true => list.iter().map(|p| p.ty.ty).collect(),
            false => Vec::new(),
        };
        let ty = self.function_type(result, types, variadic, prototype, def.declarator.span);
        let entity = self.define_function(name, ty, &specs.storage, attributes, &list, prototype);
        self.body(def, entity, list, result.ty);
        self.state = None;
    }

    /// The parameters as locals in the scope just opened, and whether they are a prototype.
    fn definition_params(
        &mut self,
        params: &Params,
        def: &ast::FunctionDef,
    ) -> (Vec<ParamDecl>, bool) {
        match params {
            Params::Prototype { params, variadic } => {
                for param in params {
                    let star = |step: &Derived| {
                        matches!(step, Derived::Array { size: ArraySize::Star, .. })
                    };
                    if param.declarator.derived.iter().any(star) {
                        let message = text!("a definition needs the length, not `[*]`");
                        self.error(&codes::BAD_TYPE, param.span, message);
                    }
                }
                (self.parameters(params, *variadic, def.declarator.span), true)
            }
            Params::Unspecified => (Vec::new(), self.edition() == Edition::C23),
            Params::Names(names) => (self.old_style_params(names, &def.kr_params), false),
        }
    }

    /// Whether a K&R definition declares its parameters as the prototype before it has them, `float`
    /// as `float`: then that says how they are passed (GNU).
    fn repeats_prototype(&self, name: Name, list: &[ParamDecl]) -> bool {
        let known = self.find_external(name).map(|id| self.unit.entity(id).ty.ty);
        let types = self.types();
        let func = known.and_then(|ty| types.as_function(ty));
        func.is_some_and(|func| {
            func.prototype
                && !func.variadic
                && func.params.len() == list.len()
                && func.params.iter().zip(list).all(|(&a, b)| types.compatible(a, b.ty.ty))
        })
    }

    /// `f(a, b) int a; char *b; { ... }`
    fn old_style_params(
        &mut self,
        names: &[ast::Ident],
        declarations: &[ast::Declaration],
    ) -> Vec<ParamDecl> {
        let mut found: Vec<(Name, QTy, bool)> = Vec::new();
        for declaration in declarations {
            let specs = self.specifiers(&declaration.specs);
            let span = declaration.specs.span;
            self.check_storage(specs.storage, Storage::REGISTER, "a parameter", span);
            for item in &declaration.declarators {
                let Some(name) = item.declarator.name else { continue };
                if item.init.is_some() {
                    let message = text!("a parameter cannot be initialized");
                    self.error(&codes::BAD_INITIALIZER, name.span, message);
                }
                if !names.iter().any(|n| n.name == name.name) {
                    let text = self.text(name.name).to_string();
                    self.error(&codes::BAD_TYPE, name.span, format!("`{text}` is not a parameter"));
                    continue;
                }
                let ty = self.declared_type(specs.ty, &item.declarator);
                let ty = self.adjusted(ty, &item.declarator);
                if found.iter().any(|f| f.0 == name.name) {
                    self.check_redeclared(name.name, name.span);
                }
                let local = self.old_style_local(name, ty);
                found.push((name.name, ty, local));
            }
        }
        names.iter().map(|name| self.old_style_param(*name, &found)).collect()
    }

    /// Declares a parameter as soon as its type is known, for the sizes of those that follow.
    fn old_style_local(&mut self, name: ast::Ident, ty: QTy) -> bool {
        let local = self.tree.add_local(name.name, ty, name.span);
        self.unit.scopes.declare(name.name, What::Local(local), name.span);
        true
    }

    fn old_style_param(&mut self, name: ast::Ident, found: &[(Name, QTy, bool)]) -> ParamDecl {
        let declared = found.iter().find(|f| f.0 == name.name).map(|f| f.1);
        let ty = declared.unwrap_or(Ty::INT.into());
        if declared.is_none() {
            self.old_style_local(name, ty);
        }
        let local = match self.unit.scopes.find_here(name.name).map(|m| m.what) {
            Some(What::Local(local)) => local,
            _ => self.temporary(ty, name.span),
        };
        ParamDecl { name: Some(name.name), ty, span: name.span, local }
    }

    fn define_function(
        &mut self,
        name: ast::Ident,
        ty: Ty,
        storage: &Storage,
        attributes: Attributes,
        params: &[ParamDecl],
        prototype: bool,
    ) -> super::EntityId {
        let linkage = Linkage::of(*storage);
        let known = self.find_external(name.name);
        let was_extern = known.is_some_and(|id| {
            let entity = self.unit.entity(id);
            entity.linkage == Linkage::External && !entity.implicit && !entity.builtin
        });
        if linkage == Linkage::External
            && !was_extern
            && name.name != self.unit.names.main
            && !storage.has(Storage::INLINE)
        {
            let text = self.text(name.name).to_string();
            self.warn(
                &codes::MISSING_PROTOTYPES,
                name.span,
                format!("no prototype before `{text}`"),
            );
        }
        let gnu_inline = attributes.gnu_inline || self.edition() == Edition::C89;
        let definition = match (storage.has(Storage::INLINE), linkage) {
            (true, Linkage::External) if gnu_inline && storage.has(Storage::EXTERN) => {
                Definition::Inline
            }
            (true, Linkage::External) if !gnu_inline && !storage.has(Storage::EXTERN) => {
                Definition::Inline
            }
            _ => Definition::Yes,
        };
        let declared = Declared::function(name, ty.into(), *storage, attributes);
        // The definition belongs to the scope around the parameters.
        let inner = self.unit.scopes.suspend();
        let entity = self.declare_entity(&declared, EntityKind::Function, linkage, definition);
        self.unit.scopes.resume(inner);
        if !prototype {
            // A K&R definition says what is passed: calls after it can be matched.
            let promoted = params.iter().map(|p| self.types().promote_argument(p.ty.ty)).collect();
            self.unit.entity_mut(entity).old_style = Some(promoted);
            let known = self.unit.entity(entity).ty.ty;
            self.check_old_style(entity, known, name.span);
        }
        entity
    }

    /// Reports a prototype that does not fit a K&R definition of the same function (6.7.6.3p15).
    pub(super) fn check_old_style(&mut self, id: super::EntityId, prototype: Ty, span: Span) {
        let entity = self.unit.entity(id);
        let Some(func) = self.types().as_function(prototype).filter(|f| f.prototype) else {
            return;
        };
        let Some(promoted) = entity.old_style.as_deref() else { return };
        let types = self.types();
        let fits = func.params.len() == promoted.len()
            && func.params.iter().zip(promoted).all(|(&a, &b)| types.compatible(a, b));
        if !fits {
            let text = self.text(entity.name).to_string();
            let before = entity.span;
            let message =
                format!("the prototype of `{text}` has other parameters than its definition");
            let error = codes::REDECLARED.error(span, message);
            self.report(error.label(before, text!("the other one")));
        }
    }

    fn body(
        &mut self,
        def: &ast::FunctionDef,
        entity: super::EntityId,
        params: Vec<ParamDecl>,
        result: Ty,
    ) {
        for param in &params {
            if !self.types().is_complete(param.ty.ty) {
                let message =
                    format!("the parameter has type {}, which is incomplete", self.show(param.ty));
                self.error(&codes::INCOMPLETE, param.span, message);
            }
        }
        if result != Ty::VOID && !self.types().is_complete(result) {
            let message = format!("the result has type {}, which is incomplete", self.show(result));
            self.error(&codes::INCOMPLETE, def.declarator.span, message);
        }
        let mut stmts = Vec::new();
        self.flush_pending(&mut stmts);
        let allocates = self.statements(&def.body.stmts, &mut stmts);
        self.finish_jumps();
        let end = def.body.span.with_start(def.body.span.end().saturating_sub(1));
        let body = Stmt { kind: StmtKind::Block(stmts, allocates), span: def.body.span };
        self.check_flow(&body, def, result, end);
        self.check_values(&body, &params);
        self.check_params(&params);
        self.leave_scope();
        let params: Vec<LocalId> = params.iter().map(|p| p.local).collect();
        self.function = Some(FunctionDef { entity, params, result, body, end });
    }

    /// Reports parameters that nobody looked at: they count as used from then on.
    fn check_params(&mut self, params: &[ParamDecl]) {
        for param in params {
            let local = self.tree.local_mut(param.local);
            let unused = !core::mem::replace(&mut local.used, true);
            if let Some(name) = param.name.filter(|_| unused)
                && !self.session.diagnostics.has_errors()
            {
                let text = self.text(name).to_string();
                let message = format!("parameter `{text}` is never used");
                self.warn(&codes::UNUSED_PARAMETER, param.span, message);
            }
        }
    }

    /// Closes a scope; locals that nobody looked at are reported, unless errors may be the reason.
    pub(super) fn leave_scope(&mut self) {
        let mut unused: Vec<LocalId> = Vec::new();
        let tree = &self.tree;
        self.unit.scopes.leave(|_, meaning| {
            if let What::Local(local) = meaning.what
                && !tree.local(local).used
            {
                unused.push(local);
            }
        });
        unused.sort_unstable();
        if self.session.diagnostics.has_errors() {
            return;
        }
        for local in unused {
            let (name, span) = (self.tree.local(local).name, self.tree.local(local).span);
            let text = self.text(name).to_string();
            self.warn(&codes::UNUSED, span, format!("`{text}` is never used"));
        }
    }
}
