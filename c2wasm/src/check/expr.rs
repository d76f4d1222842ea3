//! Expressions: dispatch, names, and what turns a place into a value (C11 6.3.2, 6.5.1).

use super::scope::What;
use super::tree::{Base, ExprId, ExprKind, LocalId, StmtKind};
use super::{Checker, codes};
use crate::ast::{self, Expr, Generic};
use crate::names::Name;
use crate::types::{QTy, Ty, TypeKind};
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// A place or a value.
    pub(super) fn expr(&mut self, expr: &Expr) -> ExprId {
        let span = expr.span;
        if self.is_pedantic() {
            self.pedantic_expr(expr);
        }
        match &expr.kind {
            ast::ExprKind::Ident(name) => self.name(*name, span),
            ast::ExprKind::Int(literal) => self.int_literal(*literal, span),
            ast::ExprKind::Float(literal) => self.float_literal(*literal, span),
            ast::ExprKind::Char(literal) => self.char_literal(*literal, span),
            ast::ExprKind::String(literal) => self.string_literal(literal, span),
            ast::ExprKind::Bool(value) => self.int(i64::from(*value), Ty::BOOL, span),
            ast::ExprKind::Nullptr => self.int(0, Ty::NULLPTR, span),
            ast::ExprKind::Paren(inner) => self.expr(inner),
            ast::ExprKind::Index(base, index) => self.index(base, index, span),
            ast::ExprKind::Call(callee, args) => self.call(callee, args, span),
            ast::ExprKind::Member { base, arrow, name } => self.member(base, *arrow, *name, span),
            ast::ExprKind::Postfix(step, operand) => self.postfix(*step, operand, span),
            ast::ExprKind::Unary(op, operand) => self.unary(*op, operand, span),
            ast::ExprKind::Binary { first, rest } => self.binary_run(first, rest, span),
            ast::ExprKind::Assign { op, op_span, target, value } => {
                self.assignment(*op, *op_span, target, value, span)
            }
            ast::ExprKind::Conditional { condition, then, otherwise } => {
                self.conditional(condition, then.as_deref(), otherwise, span)
            }
            ast::ExprKind::Comma(list) => self.comma(list, span),
            ast::ExprKind::Cast(ty, operand) => self.cast(ty, operand, span),
            ast::ExprKind::CompoundLiteral(ty, list) => self.compound_literal(ty, list, span),
            ast::ExprKind::SizeofExpr(operand) => self.sizeof_expr(operand, span),
            ast::ExprKind::SizeofType(ty) => self.sizeof_type(ty, span),
            ast::ExprKind::AlignofExpr(operand) => self.alignof_expr(operand, span),
            ast::ExprKind::AlignofType(ty) => self.alignof_type(ty, span),
            ast::ExprKind::Generic(generic) => self.generic(generic, span),
            ast::ExprKind::Statement(block) => self.statement_expr(block, span),
            ast::ExprKind::LabelAddress(label) => self.label_address(*label, span),
            ast::ExprKind::VaArg(list, ty) => self.va_arg(list, ty, span),
            ast::ExprKind::Offsetof(ty, path) => self.offset_of(ty, path, span),
            ast::ExprKind::TypesCompatible(a, b) => {
                let (a, b) = (self.type_name(a), self.type_name(b));
                let same = self.types().compatible(a.ty, b.ty);
                self.int(i64::from(same), Ty::INT, span)
            }
        }
    }

    /// The value of an expression: arrays and functions become pointers, places are read.
    pub(super) fn value(&mut self, expr: &Expr) -> ExprId {
        let id = self.expr(expr);
        if self.types().as_array(self.tree.ty(id)).is_some()
            && let Some(bad) = self.refuse_register(id, expr.span)
        {
            return bad;
        }
        self.rvalue(id)
    }

    /// A scalar value that decides something; `=` without extra parentheses is suspicious.
    pub(super) fn condition(&mut self, expr: &Expr) -> ExprId {
        if matches!(expr.kind, ast::ExprKind::Assign { op: None, .. }) {
            let warning =
                codes::PARENTHESES.warning(expr.span, text!("assignment used as a condition"));
            if self.warns(&codes::PARENTHESES) {
                self.report(warning.help(text!(
                    "write `==` to compare, or put it in a second pair of parentheses"
                )));
            }
        }
        let id = self.value(expr);
        self.scalar(id)
    }

    /// `id`, which must be a scalar.
    pub(super) fn scalar(&mut self, id: ExprId) -> ExprId {
        let ty = self.tree.ty(id);
        if self.tree.is_error(id) || self.types().is_scalar(ty) {
            return id;
        }
        let span = self.tree.span(id);
        let message = format!("a scalar is needed here, not {}", self.show(ty));
        self.bad(&codes::BAD_OPERAND, span, message)
    }

    /// Whether a node is a place.
    pub(super) fn is_place(&self, id: ExprId) -> bool {
        matches!(
            self.tree.kind(id),
            ExprKind::Local(_)
                | ExprKind::Entity(_)
                | ExprKind::String(_)
                | ExprKind::Deref(_)
                | ExprKind::Member { .. }
                | ExprKind::Literal(..)
        )
    }

    /// The value of a place (C11 6.3.2.1); a value stays.
    pub(super) fn rvalue(&mut self, id: ExprId) -> ExprId {
        if !self.is_place(id) {
            return id;
        }
        let qty = self.tree.expr(id).ty;
        let span = self.tree.span(id);
        match *self.types().kind(qty.ty) {
            TypeKind::Array(element, _) => {
                self.mark_used(id);
                let pointer = self.unit.types.pointer(element);
                self.address(id, pointer, span)
            }
            TypeKind::Function(_) => {
                let pointer = self.unit.types.pointer(qty.ty);
                self.address(id, pointer, span)
            }
            TypeKind::Void => {
                // `*p` of a `void *`: allowed where the value is not used.
                self.add(ExprKind::Convert(id), Ty::VOID, span)
            }
            _ if !self.types().is_complete(qty.ty) => {
                let message = format!("{} is incomplete", self.show(qty.ty));
                self.bad(&codes::INCOMPLETE, span, message)
            }
            _ => {
                if self.in_static
                    && let Some(value) = self.static_value(id)
                {
                    return self.add(value, qty.ty, span);
                }
                self.mark_used(id);
                self.add(ExprKind::Load(id), qty.ty, span)
            }
        }
    }

    /// What GNU takes for a constant in the initializer of a static object: the value of a `const`
    /// one, a character of a string literal.
    fn static_value(&self, place: ExprId) -> Option<ExprKind> {
        match self.tree.kind(place) {
            ExprKind::Entity(id) => {
                let &bits = self.unit.constants.get(id)?;
                let float = self.types().is_float(self.tree.ty(place));
                Some(if float {
                    ExprKind::Float(f64::from_bits(bits))
                } else {
                    ExprKind::Int(bits)
                })
            }
            _ => self.element_of_string(place).map(ExprKind::Int),
        }
    }

    /// The character that a place is, if it is one of a string literal: `"abc"[1]`.
    fn element_of_string(&self, place: ExprId) -> Option<u64> {
        let &ExprKind::Deref(pointer) = self.tree.kind(place) else { return None };
        let &ExprKind::Symbol(Base::String(id), at) = self.tree.kind(pointer) else { return None };
        let ty = self.tree.ty(place);
        let text = &self.tree.strings[id.0 as usize];
        let (width, at) = (text.encoding.width(), usize::try_from(at).ok()?);
        if self.types().size(ty) != Some(width as u32) || !self.types().is_integer(ty) {
            return None;
        }
        let mut bytes = [0; 8];
        bytes[..width].copy_from_slice(text.bytes.get(at..at + width)?);
        Some(self.types().wrap(ty, u64::from_le_bytes(bytes)))
    }

    /// Notes that the local at the root of a place is looked at.
    pub(super) fn mark_used(&mut self, id: ExprId) {
        if let Some(local) = self.local_of(id) {
            self.tree.local_mut(local).used = true;
        }
    }

    /// The local at the root of a place.
    pub(super) fn local_of(&self, mut id: ExprId) -> Option<LocalId> {
        loop {
            match *self.tree.kind(id) {
                ExprKind::Member { base, .. } => id = base,
                ExprKind::Local(local) => return Some(local),
                _ => return None,
            }
        }
    }

    fn name(&mut self, name: Name, span: Span) -> ExprId {
        let Some(meaning) = self.unit.scopes.find(name) else {
            return self.special_name(name, span);
        };
        match meaning.what {
            What::Local(local) => {
                let ty = self.tree.local(local).ty;
                self.add(ExprKind::Local(local), ty, span)
            }
            What::Entity(entity) => self.entity_place(entity, span),
            What::Constant(value, ty) => self.add(ExprKind::Int(value), ty, span),
            What::Poisoned => self.error_node(span),
            What::Typedef(..) => {
                let message = format!("`{}` is a type, not a value", self.text(name));
                self.bad(&codes::BAD_OPERAND, span, message)
            }
        }
    }

    /// The place of a static object or function.
    pub(super) fn entity_place(&mut self, id: super::EntityId, span: Span) -> ExprId {
        let evaluated = self.unevaluated == 0;
        self.warn_deprecated(id, span);
        let entity = self.unit.entity_mut(id);
        entity.used = true;
        if evaluated {
            entity.first_use.get_or_insert(span);
        }
        let ty = entity.ty;
        self.add(ExprKind::Entity(id), ty, span)
    }

    /// A name without declaration: `__func__`, a builtin, or a mistake.
    fn special_name(&mut self, name: Name, span: Span) -> ExprId {
        let known = self.unit.names;
        if [known.func, known.function, known.pretty_function].contains(&name) {
            return self.function_name(span);
        }
        if let Some(entity) = self.builtin_function(name, span) {
            return self.entity_place(entity, span);
        }
        self.undeclared(name, span)
    }

    /// `_Generic` (6.5.1.1).
    fn generic(&mut self, generic: &Generic, span: Span) -> ExprId {
        self.unevaluated += 1;
        let control = self.value(&generic.control);
        self.unevaluated -= 1;
        let wanted = self.tree.ty(control);
        let mut seen: Vec<Ty> = Vec::new();
        let (mut chosen, mut default) = (None, None);
        for arm in &generic.arms {
            let Some(name) = &arm.ty else {
                if default.replace(&arm.value).is_some() {
                    self.error(
                        &codes::NO_GENERIC,
                        arm.value.span,
                        text!("`default` stands here twice"),
                    );
                }
                continue;
            };
            let ty: QTy = self.type_name(name);
            if !self.check_object_type(ty.ty, "the association's type", name.span) {
                continue;
            }
            if seen.iter().any(|&other| self.types().compatible(other, ty.ty)) && ty.quals.0 == 0 {
                let message = format!("two associations for {}", self.show(ty));
                self.error(&codes::NO_GENERIC, name.span, message);
            }
            seen.push(ty.ty);
            if ty.quals.0 == 0 && self.types().compatible(ty.ty, wanted) {
                chosen = chosen.or(Some(&arm.value));
            }
        }
        match chosen.or(default) {
            _ if self.tree.is_error(control) => control,
            Some(value) => self.expr(value),
            None => {
                let message = format!("no association fits {}", self.show(wanted));
                self.bad(&codes::NO_GENERIC, span, message)
            }
        }
    }

    /// GNU's `({ ... })`.
    fn statement_expr(&mut self, block: &ast::Block, span: Span) -> ExprId {
        if self.state.is_none() {
            return self.bad(
                &codes::MISPLACED,
                span,
                text!("a statement expression needs a function around it"),
            );
        }
        let (mut stmt, value) = self.block_with_value(block);
        let Some(value) = value else {
            return self.add(
                ExprKind::Statement(alloc::boxed::Box::new(stmt), None),
                Ty::VOID,
                span,
            );
        };
        let value = self.rvalue(value);
        let ty = self.tree.ty(value);
        if self.tree.is_error(value) {
            return value;
        }
        if matches!(&stmt.kind, StmtKind::Block(stmts, _) if stmts.is_empty()) {
            stmt.kind = StmtKind::Empty;
        }
        self.add(ExprKind::Statement(alloc::boxed::Box::new(stmt), Some(value)), ty, span)
    }

    /// `a, b, c`
    fn comma(&mut self, list: &[Expr], span: Span) -> ExprId {
        let mut nodes = Vec::with_capacity(list.len());
        for (i, expr) in list.iter().enumerate() {
            let id = self.value(expr);
            if self.tree.is_error(id) {
                return id;
            }
            if i + 1 < list.len() {
                self.warn_unused_value(id);
            }
            nodes.push(id);
        }
        self.sequence(nodes, span)
    }

    /// The value of the last of `nodes`, after the others.
    pub(super) fn sequence(&mut self, nodes: Vec<ExprId>, span: Span) -> ExprId {
        match nodes[..] {
            [only] => only,
            [.., last] => {
                let ty = self.tree.ty(last);
                self.add(ExprKind::Comma(nodes), ty, span)
            }
            [] => self.error_node(span),
        }
    }

    /// A pointer to a static object, for messages about addresses.
    pub(super) fn symbol_base(&self, id: ExprId) -> Option<Base> {
        match *self.tree.kind(id) {
            ExprKind::Symbol(base, _) => Some(base),
            _ => None,
        }
    }
}
