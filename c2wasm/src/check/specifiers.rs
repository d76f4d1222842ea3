//! Declaration specifiers and type names (C11 6.7, 6.7.7).

use super::entity::Attributes;
use super::scope::What;
use super::tree::{ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::{self, AlignAs, Derived, Quals, Specifiers, Storage, TypeName, TypeSpec};
use crate::types::{QTy, Ty};
use alloc::string::ToString;
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// What a declaration's specifiers say.
#[derive(Clone, Debug)]
pub(super) struct Specs {
    /// The base type.
    pub(super) ty: QTy,
    /// Storage classes and function specifiers.
    pub(super) storage: Storage,
    /// Attributes, alignment among them.
    pub(super) attributes: Attributes,
    /// The alignment of the typedef that names the type, if that has its own.
    pub(super) typedef_align: u32,
    /// The strictest `_Alignas`.
    pub(super) alignas: Option<u32>,
    /// The type is that of the initializer.
    pub(super) auto: bool,
}

impl Checker<'_, '_> {
    pub(super) fn specifiers(&mut self, specs: &Specifiers) -> Specs {
        if self.is_pedantic() {
            self.pedantic_specifiers(specs);
        }
        let mut attributes = Attributes::default();
        self.read_attributes(&specs.attributes, &mut attributes);
        let (base, typedef_align) = self.base_type(specs);
        if specs.quals.has(Quals::RESTRICT) {
            let element = self.types().as_array(base.ty).map_or(base, |(element, _)| element);
            self.check_restrict(self.types().pointee(element.ty), specs.quals, specs.span);
        }
        let mut base = self.unit.types.qualify(base, specs.quals);
        if let Some(bytes) = attributes.mode.take() {
            base = QTy::new(self.of_mode(base.ty, bytes), base.quals);
        }
        self.refuse_vector(&mut attributes);
        let alignas = specs.align.iter().filter_map(|align| self.align_as(align)).max();
        attributes.align = attributes.align.max(alignas.unwrap_or(0));
        attributes.noreturn |= specs.storage.has(Storage::NORETURN);
        let auto = matches!(specs.ty, TypeSpec::Auto);
        Specs { ty: base, storage: specs.storage, attributes, typedef_align, alignas, auto }
    }

    /// Vectors would need types and operators of their own.
    pub(super) fn refuse_vector(&mut self, attributes: &mut Attributes) {
        if let Some(span) = attributes.vector.take() {
            self.error(&codes::UNSUPPORTED, *span, text!("vector types are not supported"));
        }
    }

    /// The integer or floating type of `bytes` bytes that stands for `ty`.
    pub(super) fn of_mode(&self, ty: Ty, bytes: u8) -> Ty {
        let types = self.types();
        match (types.is_float(ty), types.is_signed(ty), bytes) {
            (true, _, 4) => Ty::FLOAT,
            (true, ..) => Ty::DOUBLE,
            (_, true, 1) => Ty::SCHAR,
            (_, false, 1) => Ty::UCHAR,
            (_, true, 2) => Ty::SHORT,
            (_, false, 2) => Ty::USHORT,
            (_, true, 8) => Ty::LLONG,
            (_, false, 8) => Ty::ULLONG,
            (_, true, _) => Ty::INT,
            (_, false, _) => Ty::UINT,
        }
    }

    fn align_as(&mut self, align: &AlignAs) -> Option<u32> {
        match align {
            AlignAs::Type(name) => {
                let (ty, own) = self.type_name_aligned(name);
                if !self.check_object_type(ty.ty, "the type of `_Alignas`,", name.span) {
                    return None;
                }
                Some(self.types().align(ty.ty).max(own))
            }
            AlignAs::Expr(expr) => {
                let (value, _) = self.integer_constant(expr, "an alignment")?;
                self.check_alignment(value, expr.span)
            }
        }
    }

    /// The base type, and the alignment that a typedef adds.
    fn base_type(&mut self, specs: &Specifiers) -> (QTy, u32) {
        let ty = match &specs.ty {
            TypeSpec::Implicit => {
                self.implicit_int(specs.span);
                Ty::INT.into()
            }
            TypeSpec::Basic(basic) => Ty::basic(*basic).into(),
            TypeSpec::Record(record) => self.record_specifier(record).into(),
            TypeSpec::Enum(spec) => self.enum_specifier(spec).into(),
            TypeSpec::Typedef(ident) => return self.typedef(*ident),
            TypeSpec::TypeofExpr { expr, unqual } => {
                let (id, before) = self.unevaluated_expr(expr);
                if matches!(self.tree.kind(id), ExprKind::Member { bits: Some(_), .. }) {
                    self.error(
                        &codes::BAD_OPERAND,
                        expr.span,
                        text!("a bit-field's type has no name"),
                    );
                }
                self.pending.extend(before);
                let ty = self.tree.expr(id).ty;
                self.unless(*unqual, ty)
            }
            TypeSpec::TypeofType { ty, unqual } => {
                let ty = self.type_name(ty);
                self.unless(*unqual, ty)
            }
            TypeSpec::VaList => self.unit.types.pointer(Ty::VOID).into(),
            TypeSpec::Auto => Ty::INT.into(),
        };
        (ty, 0)
    }

    fn unless(&self, unqual: bool, ty: QTy) -> QTy {
        if unqual { ty.ty.into() } else { ty }
    }

    pub(super) fn implicit_int(&mut self, span: Span) {
        let message = text!("a type is missing: `int` is meant");
        if self.is_old_c() {
            self.warn(&codes::IMPLICIT_INT, span, message);
        } else {
            self.error(&codes::IMPLICIT_INT, span, message);
        }
    }

    fn typedef(&mut self, ident: ast::Ident) -> (QTy, u32) {
        match self.unit.scopes.find(ident.name).map(|m| m.what) {
            Some(What::Typedef(ty, align)) => (ty, align),
            Some(What::Poisoned) => (Ty::ERROR.into(), 0),
            _ => {
                let text = self.text(ident.name).to_string();
                let message = format!("`{text}` is not a type");
                self.error(&codes::UNDECLARED, ident.span, message);
                self.unit.scopes.declare(ident.name, What::Poisoned, ident.span);
                (Ty::ERROR.into(), 0)
            }
        }
    }

    /// A type without a name.
    pub(super) fn type_name(&mut self, name: &TypeName) -> QTy {
        let ty = self.type_name_aligned(name).0;
        if !name.specs.align.is_empty() {
            let message =
                text!("`_Alignas` stands only on objects and members that have an address");
            self.error(&codes::BAD_ATTRIBUTE, name.span, message);
        }
        ty
    }

    /// A type without a name, and what must be evaluated before it is used: lengths of arrays.
    pub(super) fn type_name_apart(&mut self, name: &TypeName) -> (QTy, Vec<ExprId>) {
        let outer = core::mem::take(&mut self.pending);
        let ty = self.type_name(name);
        (ty, core::mem::replace(&mut self.pending, outer))
    }

    /// A type without a name, and its alignment.
    pub(super) fn type_name_aligned(&mut self, name: &TypeName) -> (QTy, u32) {
        let specs = self.specifiers(&name.specs);
        self.check_storage(specs.storage, Storage::NONE, "a type name", name.span);
        let ty = self.declared_type(specs.ty, &name.declarator);
        let mut attributes = specs.attributes.clone();
        self.typedef_alignment(&specs, &name.declarator.derived, &mut attributes);
        let own = if name.declarator.derived.is_empty() { attributes.align } else { 0 };
        let natural = if attributes.packed { 1 } else { self.types().align(ty.ty) };
        (ty, natural.max(own))
    }

    /// Adds the alignment of a typedef to that of an object of its type, or of an array of such:
    /// it may be less than the type's own.
    pub(super) fn typedef_alignment(
        &self,
        specs: &Specs,
        derived: &[Derived],
        to: &mut Attributes,
    ) {
        if specs.typedef_align != 0 && derived.iter().all(|d| matches!(d, Derived::Array { .. })) {
            to.align = to.align.max(specs.typedef_align);
            to.packed |= specs.typedef_align < self.types().align(specs.ty.ty);
        }
    }
}
