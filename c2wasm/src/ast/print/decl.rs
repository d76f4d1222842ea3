//! Declarations and types as C.

use super::Printer;
use crate::ast::{
    AlignAs, ArraySize, Attribute, Declaration, Declarator, Derived, Designator, EnumSpec,
    FunctionDef, InitList, Initializer, Member, Params, Quals, RecordSpec, Specifiers,
    StaticAssert, Storage, TypeName, TypeSpec,
};
use alloc::{format, string::String};

impl Printer<'_> {
    pub(super) fn function(&mut self, function: &FunctionDef) {
        self.specifiers(&function.specs);
        self.attributes(&function.attributes);
        self.declarator(&function.declarator);
        for param in &function.kr_params {
            self.put(" ");
            self.declaration(param);
        }
        self.put(" ");
        self.block(&function.body);
    }

    pub(super) fn declaration(&mut self, declaration: &Declaration) {
        self.specifiers(&declaration.specs);
        self.list(&declaration.declarators, |printer, one| {
            printer.declarator(&one.declarator);
            if let Some(name) = &one.asm_name {
                printer.put(" __asm__(");
                printer.string(name);
                printer.put(")");
            }
            printer.put(" ");
            printer.attributes(&one.attributes);
            if let Some(init) = &one.init {
                printer.put("= ");
                printer.initializer(init);
            }
        });
        while self.out.ends_with(' ') {
            self.out.pop();
        }
        self.put(";");
    }

    pub(super) fn static_assert(&mut self, assertion: &StaticAssert) {
        self.put("_Static_assert(");
        self.constant(&assertion.condition);
        if let Some(message) = &assertion.message {
            self.put(", ");
            self.string(message);
        }
        self.put(");");
    }

    /// Specifiers, each with a blank behind it.
    pub(super) fn specifiers(&mut self, specs: &Specifiers) {
        for (_, word) in Storage::ALL.into_iter().filter(|one| specs.storage.has(one.0)) {
            self.put(word);
            self.put(" ");
        }
        self.attributes(&specs.attributes);
        for align in &specs.align {
            self.put("_Alignas(");
            match align {
                AlignAs::Type(ty) => self.type_name(ty),
                AlignAs::Expr(expr) => self.constant(expr),
            }
            self.put(") ");
        }
        self.quals(specs.quals);
        self.type_spec(&specs.ty);
    }

    fn quals(&mut self, quals: Quals) {
        for (_, word) in Quals::ALL.into_iter().filter(|one| quals.has(one.0)) {
            self.put(word);
            self.put(" ");
        }
    }

    fn type_spec(&mut self, ty: &TypeSpec) {
        match ty {
            TypeSpec::Implicit => return,
            TypeSpec::Basic(basic) => self.put(basic.spelling()),
            TypeSpec::Record(record) => self.record(record),
            TypeSpec::Enum(spec) => self.enumeration(spec),
            TypeSpec::Typedef(name) => self.name(name.name),
            TypeSpec::TypeofExpr { expr, unqual } => {
                self.put(if *unqual { "typeof_unqual(" } else { "__typeof__(" });
                self.expr(expr);
                self.put(")");
            }
            TypeSpec::TypeofType { ty, unqual } => {
                self.put(if *unqual { "typeof_unqual(" } else { "__typeof__(" });
                self.type_name(ty);
                self.put(")");
            }
            TypeSpec::VaList => self.put("__builtin_va_list"),
            TypeSpec::Auto => self.put("__auto_type"),
        }
        self.put(" ");
    }

    fn record(&mut self, record: &RecordSpec) {
        self.put(if record.is_union { "union " } else { "struct " });
        self.attributes(&record.attributes);
        if let Some(tag) = record.tag {
            self.name(tag.name);
        }
        let Some(members) = &record.members else { return };
        self.put(" {");
        self.indent += 1;
        for member in members {
            self.line();
            self.member(member);
        }
        self.indent -= 1;
        self.line();
        self.put("}");
    }

    fn member(&mut self, member: &Member) {
        let declaration = match member {
            Member::StaticAssert(assertion) => return self.static_assert(assertion),
            Member::Field(declaration) => declaration,
        };
        self.specifiers(&declaration.specs);
        self.list(&declaration.fields, |printer, field| {
            printer.declarator(&field.declarator);
            if let Some(bits) = &field.bits {
                printer.put(" : ");
                printer.constant(bits);
            }
            if !field.attributes.is_empty() {
                printer.put(" ");
                printer.attributes(&field.attributes);
            }
        });
        self.put(";");
    }

    fn enumeration(&mut self, spec: &EnumSpec) {
        self.put("enum ");
        self.attributes(&spec.attributes);
        if let Some(tag) = spec.tag {
            self.name(tag.name);
        }
        if let Some(ty) = &spec.underlying {
            self.put(" : ");
            self.type_name(ty);
        }
        let Some(enumerators) = &spec.enumerators else { return };
        self.put(" { ");
        self.list(enumerators, |printer, one| {
            printer.name(one.name.name);
            if !one.attributes.is_empty() {
                printer.put(" ");
                printer.attributes(&one.attributes);
            }
            if let Some(value) = &one.value {
                printer.put(" = ");
                printer.constant(value);
            }
        });
        self.put(" }");
    }

    pub(super) fn type_name(&mut self, ty: &TypeName) {
        self.specifiers(&ty.specs);
        self.declarator(&ty.declarator);
        while self.out.ends_with(' ') {
            self.out.pop();
        }
    }

    /// A declarator, built from the name outwards: a pointer around an array or a function needs
    /// parentheses.
    pub(super) fn declarator(&mut self, declarator: &Declarator) {
        let mut text = String::new();
        if let Some(name) = declarator.name {
            text.push_str(self.names.text(name.name));
        }
        let mut after_pointer = false;
        for derived in &declarator.derived {
            let mut part = Printer { names: self.names, out: String::new(), indent: self.indent };
            match derived {
                Derived::Pointer { quals, attributes } => {
                    part.put("*");
                    part.quals(*quals);
                    part.attributes(attributes);
                    text.insert_str(0, &part.out);
                    after_pointer = true;
                    continue;
                }
                Derived::Array { size, quals, is_static } => {
                    part.array(size, *quals, *is_static);
                }
                Derived::Function(params) => part.params(params),
            }
            if after_pointer {
                text = format!("({text})");
            }
            text.push_str(&part.out);
            after_pointer = false;
        }
        self.put(&text);
    }

    fn array(&mut self, size: &ArraySize, quals: Quals, is_static: bool) {
        self.put(if is_static { "[static " } else { "[" });
        self.quals(quals);
        match size {
            ArraySize::Unknown => {}
            ArraySize::Star => self.put("*"),
            ArraySize::Expr(expr) => self.assignment(expr),
        }
        self.put("]");
    }

    fn params(&mut self, params: &Params) {
        self.put("(");
        match params {
            Params::Unspecified => {}
            Params::Names(names) => self.list(names, |printer, one| printer.name(one.name)),
            Params::Prototype { params, variadic } => {
                self.list(params, |printer, param| {
                    printer.specifiers(&param.specs);
                    printer.declarator(&param.declarator);
                    while printer.out.ends_with(' ') {
                        printer.out.pop();
                    }
                    if !param.attributes.is_empty() {
                        printer.put(" ");
                        printer.attributes(&param.attributes);
                    }
                });
                match (params.is_empty(), variadic) {
                    (true, true) => self.put("..."),
                    (true, false) => self.put("void"),
                    (false, true) => self.put(", ..."),
                    (false, false) => {}
                }
            }
        }
        self.put(")");
    }

    /// Attributes, each with a blank behind it.
    pub(super) fn attributes(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            self.put(if attribute.standard { "[[" } else { "__attribute__((" });
            self.name(attribute.name.name);
            if !attribute.args.is_empty() {
                self.put("(");
                self.list(&attribute.args, Self::assignment);
                self.put(")");
            }
            self.put(if attribute.standard { "]] " } else { ")) " });
        }
    }

    fn initializer(&mut self, init: &Initializer) {
        match init {
            Initializer::Expr(expr) => self.assignment(expr),
            Initializer::List(list) => self.init_list(list),
        }
    }

    pub(super) fn init_list(&mut self, list: &InitList) {
        self.put("{ ");
        self.list(&list.items, |printer, item| {
            printer.designators(&item.designators);
            if !item.designators.is_empty() {
                printer.put(" = ");
            }
            printer.initializer(&item.init);
        });
        self.put(" }");
    }

    pub(super) fn designators(&mut self, designators: &[Designator]) {
        for designator in designators {
            match designator {
                Designator::Field(name) => {
                    self.put(".");
                    self.name(name.name);
                }
                Designator::Index(index) => {
                    self.put("[");
                    self.constant(index);
                    self.put("]");
                }
                Designator::Range(first, last) => {
                    self.put("[");
                    self.constant(first);
                    self.put(" ... ");
                    self.constant(last);
                    self.put("]");
                }
            }
        }
    }
}
