//! What a standard does not have: `-Wpedantic`. Most of it looks at the syntax alone, so that
//! without the option nothing but a flag is read.

use super::{Checker, codes};
use crate::ast::{
    Basic, Declaration, Designator, Expr, ExprKind, Initializer, Label, LabelKind, Member,
    RecordSpec, Specifiers, Stmt, StmtKind, Storage, TypeSpec, UnaryOp,
};
use crate::session::Edition;
use wasm_common::source::Span;
use wasm_common::text::format;

impl Checker<'_, '_> {
    /// Whether extensions are to be warned of. A device has no option to ask for it, and no code.
    #[inline]
    pub(super) fn is_pedantic(&self) -> bool {
        cfg!(feature = "std") && self.unit.pedantic
    }

    /// Warns of what came with the edition `since`, if that is later, or of what is in none.
    pub(super) fn extension(&mut self, since: Option<Edition>, span: Span, what: &str) {
        let edition = self.edition();
        if !self.is_pedantic() || since.is_some_and(|s| s <= edition) || self.is_system(span) {
            return;
        }
        let standard = match (since, edition) {
            (None, _) => "standard C",
            (_, Edition::C89) => "C89",
            (_, Edition::C99) => "C99",
            (_, Edition::C11) => "C11",
            _ => "C17",
        };
        self.warn(&codes::PEDANTIC, span, format!("{standard} has no {what}"));
    }

    pub(super) fn pedantic_expr(&mut self, expr: &Expr) {
        let (since, what) = match &expr.kind {
            ExprKind::Statement(_) => (None, "statement expressions"),
            ExprKind::Conditional { then: None, .. } => (None, "`?:` without a middle"),
            ExprKind::LabelAddress(_) => (None, "addresses of labels"),
            ExprKind::Unary(UnaryOp::Real | UnaryOp::Imag, _) => (None, "`__real__`"),
            ExprKind::Generic(_) => (Some(Edition::C11), "`_Generic`"),
            ExprKind::CompoundLiteral(_, list) => {
                self.extension(Some(Edition::C99), expr.span, "compound literals");
                return self.pedantic_list(&list.items, list.span);
            }
            _ => return,
        };
        self.extension(since, expr.span, what);
    }

    pub(super) fn pedantic_statements(&mut self, stmts: &[Stmt]) {
        let is_declaration =
            |stmt: &Stmt| matches!(stmt.kind, StmtKind::Declaration(_) | StmtKind::StaticAssert(_));
        for pair in stmts.windows(2) {
            if is_declaration(&pair[1]) && !is_declaration(&pair[0]) {
                let what = "declarations behind statements";
                self.extension(Some(Edition::C99), pair[1].span, what);
            }
        }
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::GotoComputed(_) => self.extension(None, stmt.span, "computed `goto`"),
                StmtKind::Labeled { body, .. } if is_declaration(body) => {
                    self.extension(Some(Edition::C23), body.span, "labels of declarations");
                }
                _ => {}
            }
        }
    }

    pub(super) fn pedantic_label(&mut self, label: &Label) {
        if let LabelKind::Case(_, Some(_)) = label.kind {
            self.extension(None, label.span, "ranges of cases");
        }
    }

    pub(super) fn pedantic_declaration(&mut self, declaration: &Declaration) {
        for init in declaration.declarators.iter().filter_map(|d| d.init.as_ref()) {
            self.pedantic_initializer(init);
        }
    }

    fn pedantic_initializer(&mut self, init: &Initializer) {
        if let Initializer::List(list) = init {
            self.pedantic_list(&list.items, list.span);
        }
    }

    fn pedantic_list(&mut self, items: &[crate::ast::InitItem], span: Span) {
        if items.is_empty() {
            self.extension(Some(Edition::C23), span, "empty initializers");
        }
        for item in items {
            match item.designators.first() {
                Some(Designator::Range(first, _)) => {
                    self.extension(None, first.span, "ranges of elements");
                }
                Some(Designator::Index(Expr { span, .. })) => {
                    self.extension(Some(Edition::C99), *span, "designators");
                }
                Some(Designator::Field(name)) => {
                    self.extension(Some(Edition::C99), name.span, "designators");
                }
                None => {}
            }
            self.pedantic_initializer(&item.init);
        }
    }

    pub(super) fn pedantic_specifiers(&mut self, specs: &Specifiers) {
        let span = specs.span;
        match &specs.ty {
            TypeSpec::Basic(Basic::LongLong | Basic::ULongLong) => {
                self.extension(Some(Edition::C99), span, "`long long`");
            }
            TypeSpec::Basic(Basic::Bool) => self.extension(Some(Edition::C99), span, "`_Bool`"),
            TypeSpec::Record(record) => self.pedantic_record(record),
            TypeSpec::Auto => self.extension(Some(Edition::C23), span, "types of initializers"),
            _ => {}
        }
        if !specs.align.is_empty() {
            self.extension(Some(Edition::C11), span, "`_Alignas`");
        }
        if specs.storage.has(Storage::NORETURN) {
            self.extension(Some(Edition::C11), span, "`_Noreturn`");
        }
    }

    fn pedantic_record(&mut self, record: &RecordSpec) {
        let Some(members) = &record.members else { return };
        if members.is_empty() {
            self.extension(None, record.span, "records without members");
        }
        for member in members {
            if let Member::Field(field) = member
                && field.fields.is_empty()
            {
                self.extension(Some(Edition::C11), field.span, "members without a name");
            }
        }
    }
}
