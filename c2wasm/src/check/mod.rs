//! Syntax tree to typed tree, one top-level item at a time (C11 clauses 6.5 to 6.9).
//!
//! In: an [`Item`]. Out: [`Checked`]: objects with their first values, and a function's body, as
//! a [`tree::Tree`] in which every type is known and every conversion is a node. What outlives an
//! item (types, file-scope names, entities) is in the [`Unit`].
//!
//! Architecture Invariant: nothing here knows of the IR or of addresses; nothing after here looks
//! at the syntax tree, or reports an error about the language.
//!
//! A wrong expression becomes [`tree::ExprKind::Error`], which everything accepts in silence: one
//! mistake, one message.

mod assign;
mod attributes;
mod builtins;
mod call;
pub mod codes;
mod compound;
mod constant;
mod convert;
mod declaration;
mod declarator;
mod designator;
mod entity;
mod enums;
mod expr;
mod flow;
mod fold;
mod format;
mod function;
mod init;
mod linkage;
mod literal;
mod member;
mod mute;
mod operator;
mod pedantic;
mod records;
mod regions;
mod scope;
mod specifiers;
mod stmt;
mod storage;
mod suggest;
mod switch;
pub mod tree;
mod unary;
mod unevaluated;
mod uninitialized;
pub mod warnings;

pub use entity::{Attributes, Definition, Entity, EntityKind, Linkage};
pub use mute::Mutes;
pub use warnings::Warnings;

use crate::ast::Item;
use crate::codes::Code;
use crate::names::Name;
use crate::session::{Edition, Session, Standard};
use crate::types::{Describe, QTy, RecordId, Ty, Types};
use alloc::{string::String, vec::Vec};
use function::FunctionState;
use scope::Scopes;
use tree::{EntityId, ExprId, ExprKind, Init, LocalId, Stmt, Tree};
use wasm_common::diag::Diagnostic;
use wasm_common::map::Map;
use wasm_common::source::Span;
use wasm_common::text::text;

/// What is known of a translation unit between its items.
#[derive(Debug)]
pub struct Unit {
    /// Its types.
    pub types: Types,
    /// Its objects and functions.
    pub entities: Vec<Entity>,
    scopes: Scopes,
    standard: Standard,
    warnings: Warnings,
    /// Whether extensions are to be warned of.
    pedantic: bool,
    /// Entities with linkage by name, in scope or not.
    linked: Map<Name, EntityId>,
    /// The values of `const` numbers with static storage: bits, as their types have them.
    constants: Map<EntityId, u64>,
    names: KnownNames,
}

/// Names that the checker looks for.
#[derive(Debug, Clone, Copy)]
struct KnownNames {
    func: Name,
    function: Name,
    pretty_function: Name,
    main: Name,
}

/// One checked item.
#[derive(Debug)]
pub struct Checked {
    /// The nodes of everything below.
    pub tree: Tree,
    /// Objects that it defines, static locals too.
    pub objects: Vec<ObjectDef>,
    /// The function that it defines.
    pub function: Option<FunctionDef>,
}

/// An object with its first value, all constants.
#[derive(Debug)]
pub struct ObjectDef {
    /// The object.
    pub entity: EntityId,
    /// Bytes that it takes; more than its type's for a flexible array member.
    pub size: u32,
    /// What it starts as.
    pub init: Init,
}

/// A function's body.
#[derive(Debug)]
pub struct FunctionDef {
    /// The function.
    pub entity: EntityId,
    /// Its parameters.
    pub params: Vec<LocalId>,
    /// What it returns.
    pub result: Ty,
    /// Its body.
    pub body: Stmt,
    /// Where the closing brace is.
    pub end: Span,
}

impl Unit {
    /// A unit that has seen nothing yet.
    pub fn new(standard: Standard, warnings: Warnings, session: &mut Session<'_>) -> Self {
        let names = &mut session.names;
        let names = KnownNames {
            func: names.intern("__func__"),
            function: names.intern("__FUNCTION__"),
            pretty_function: names.intern("__PRETTY_FUNCTION__"),
            main: names.intern("main"),
        };
        Self {
            types: Types::new(),
            entities: Vec::new(),
            scopes: Scopes::default(),
            standard,
            pedantic: warnings.is_on(codes::PEDANTIC.warning),
            warnings,
            linked: Map::new(),
            constants: Map::new(),
            names,
        }
    }

    /// An object or function.
    #[cfg_attr(not(feature = "std"), inline(never))]
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// An object or function, to be changed.
    pub fn entity_mut(&mut self, id: EntityId) -> &mut Entity {
        &mut self.entities[id.0 as usize]
    }

    /// Checks an item.
    #[inline(never)]
    pub fn check(&mut self, item: &Item, session: &mut Session<'_>) -> Checked {
        let mut checker = Checker::new(self, session);
        checker.item(item);
        checker.finish()
    }

    /// Ends the unit: reports what is only known now, and gives the objects that were declared
    /// without initializer (C11 6.9.2p2) their definition.
    #[inline(never)]
    pub fn end(&mut self, session: &mut Session<'_>) -> Checked {
        let mut checker = Checker::new(self, session);
        checker.end_of_unit();
        checker.finish()
    }
}

/// Checks one item.
struct Checker<'a, 's> {
    unit: &'a mut Unit,
    session: &'a mut Session<'s>,
    tree: Tree,
    objects: Vec<ObjectDef>,
    function: Option<FunctionDef>,
    /// The function whose body is being checked.
    state: Option<FunctionState>,
    /// Evaluations of the sizes of variable length arrays that a declarator mentions.
    pending: Vec<ExprId>,
    /// How many unevaluated operands (`sizeof`, `typeof`) are around the current expression.
    unevaluated: u32,
    /// Whether an initializer of static storage is being checked: its compound literals are static.
    in_static: bool,
    /// Records whose members are being read.
    defining: Vec<RecordId>,
}

impl<'a, 's> Checker<'a, 's> {
    fn new(unit: &'a mut Unit, session: &'a mut Session<'s>) -> Self {
        Self {
            unit,
            session,
            tree: Tree::default(),
            objects: Vec::new(),
            function: None,
            state: None,
            pending: Vec::new(),
            unevaluated: 0,
            in_static: false,
            defining: Vec::new(),
        }
    }

    fn finish(self) -> Checked {
        Checked { tree: self.tree, objects: self.objects, function: self.function }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Function(def) => self.function_definition(def),
            Item::Declaration(declaration) => self.file_declaration(declaration),
            Item::StaticAssert(assertion) => self.static_assert(assertion),
            Item::Asm(asm) => self.check_asm_text(&asm.template, asm.span),
        }
    }

    // Messages.

    fn report(&mut self, diagnostic: Diagnostic) {
        self.session.report(diagnostic);
    }

    fn error(&mut self, code: &Code, span: Span, message: impl Into<String>) {
        self.report(code.error(span, message));
    }

    /// An error about what is there a second time.
    #[inline(never)]
    fn twice(&mut self, code: &Code, span: Span, message: String, before: Span) {
        self.report(code.error(span, message).label(before, text!("first here")));
    }

    /// An error that makes an expression useless.
    fn bad(&mut self, code: &Code, span: Span, message: impl Into<String>) -> ExprId {
        self.error(code, span, message);
        self.error_node(span)
    }

    fn warn(&mut self, code: &Code, span: Span, message: impl Into<String>) {
        if self.warns(code) {
            self.report(code.warning(span, message));
        }
    }

    fn warns(&self, code: &Code) -> bool {
        self.unevaluated == 0 && self.unit.warnings.is_on(code.warning)
    }

    // Shorthands.

    fn types(&self) -> &Types {
        &self.unit.types
    }

    fn text(&self, name: Name) -> &str {
        self.session.names.text(name)
    }

    /// A type in quotes.
    fn show(&self, ty: impl Into<QTy>) -> String {
        let describe = Describe { types: &self.unit.types, names: &self.session.names };
        alloc::format!("`{}`", describe.qty(ty))
    }

    fn add(&mut self, kind: ExprKind, ty: impl Into<QTy>, span: Span) -> ExprId {
        self.tree.add(kind, ty, span)
    }

    fn error_node(&mut self, span: Span) -> ExprId {
        self.add(ExprKind::Error, Ty::INT, span)
    }

    fn int(&mut self, value: i64, ty: Ty, span: Span) -> ExprId {
        let value = self.types().wrap(ty, value as u64);
        self.add(ExprKind::Int(value), ty, span)
    }

    fn edition(&self) -> Edition {
        self.unit.standard.edition
    }

    /// Whether the code is old C, where a missing type or declaration is only worth a warning.
    fn is_old_c(&self) -> bool {
        self.unit.standard.is_old_c()
    }
}
