//! Names: variables, arrays, constants, and where they can be seen.

use super::{Checked, Checker};
use crate::ast::{self, Name, NumType, Suffix, TypeName};
use crate::codes;
use crate::parse::STATEMENT_WORDS;
use crate::tree::{ArrayId, Expr, Kind, Number, ProcId, Record, Storage, Ty, Users, Var, VarId};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::diag::nearest::nearest;
use wasm_common::frugal;
use wasm_common::map::{Map, Set};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// Names for which a better one is looked for.
const MAX_SUGGESTIONS: u32 = 50;

/// What makes two names the same: their text and suffix. Where a name without suffix has a type of
/// its own (`A` is `A!`), that suffix stands for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) suffix: Option<Suffix>,
}

impl From<&Name> for Key {
    fn from(name: &Name) -> Self {
        Self { text: name.text.clone(), suffix: name.suffix }
    }
}

/// A place in the program where names belong: a procedure, or everywhere.
pub(super) type Scope = Option<ProcId>;

#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) vars: Map<(Scope, Key), VarId>,
    pub(super) arrays: Map<(Scope, Key), ArrayId>,
    pub(super) consts: Map<(Scope, Key), Expr>,
    pub(super) records: Map<String, u32>,
    /// Types of names without suffix, as inferred.
    pub(super) inferred: Map<(Scope, String), Ty>,
    /// Names that SHARED or DIM SHARED makes visible in procedures.
    pub(super) shared: Set<Key>,
    /// Per procedure: names that its SHARED statements name.
    pub(super) shared_in: Set<(u32, Key)>,
    /// Names of more than 14 characters, by their first 14.
    long: Map<String, String>,
    hidden: u32,
    suggestions: u32,
}

impl Checker<'_> {
    /// The type that a suffix means.
    pub(super) fn suffix_type(&self, suffix: Suffix) -> Ty {
        let dialect = self.dialect();
        match suffix {
            Suffix::Percent => Ty::Num(dialect.percent),
            Suffix::Ampersand => Ty::Num(dialect.ampersand),
            Suffix::Long64 => Ty::I64,
            Suffix::Bang => Ty::F32,
            Suffix::Hash => Ty::Num(dialect.hash),
            Suffix::Dollar => Ty::Str,
        }
    }

    pub(super) fn type_in(&self, name: &Name, proc: ProcId) -> Ty {
        if let Some(suffix) = name.suffix {
            return self.suffix_type(suffix);
        }
        if let Some(num) = self.outline.letters.find(name, self.program_dialect.late_errors) {
            return match num {
                Some(NumType::I16) => Ty::Num(self.dialect().percent),
                Some(num) => Ty::Num(num),
                None => Ty::Str,
            };
        }
        if self.dialect().inferred {
            let local = self.names.inferred.get(&(Some(proc), name.text.clone()));
            let global = || self.names.inferred.get(&(None, name.text.clone()));
            if let Some(ty) = local.or_else(global) {
                return *ty;
            }
        }
        Ty::Num(self.dialect().default_type)
    }

    /// The key under which `name` is known: `A` and `A!` are one variable where `A` is a single.
    pub(super) fn canonical(&self, name: &Name) -> Key {
        let key = Key::from(name);
        if self.dialect().inferred {
            return key;
        }
        let by_type = |ty: Ty| match ty {
            Ty::Num(NumType::I16) => Some(Suffix::Percent),
            Ty::Num(NumType::I32) => Some(Suffix::Ampersand),
            Ty::Num(NumType::I64) => Some(Suffix::Long64),
            Ty::Num(NumType::F32) => Some(Suffix::Bang),
            Ty::Num(NumType::F64) => Some(Suffix::Hash),
            _ => Some(Suffix::Dollar),
        };
        let suffix = by_type(match key.suffix {
            Some(suffix) => self.suffix_type(suffix),
            None => self.name_type(name),
        });
        Key { suffix, ..key }
    }

    /// Keys to try, in order: a declaration with AS has no suffix and wins.
    fn keys(&self, name: &Name) -> Vec<Key> {
        let plain = Key { text: name.text.clone(), suffix: None };
        let canonical = self.canonical(name);
        if canonical == plain { Vec::from([plain]) } else { Vec::from([plain, canonical]) }
    }

    /// The scopes in which a name may be found here, innermost first.
    fn scopes(&self, key: &Key) -> Vec<Scope> {
        let proc = self.func.proc;
        let sees_all = proc == ProcId(0)
            || (self.dialect().global_scope && !self.func.library)
            || self.names.shared.contains(key)
            || self.names.shared_in.contains(&(proc.0, key.clone()))
            || self.is_def_fn();
        if self.func.library {
            Vec::from([Some(proc)])
        } else if sees_all {
            Vec::from([Some(proc), None])
        } else {
            Vec::from([Some(proc)])
        }
    }

    fn is_def_fn(&self) -> bool {
        self.outline.procs[self.func.proc.0 as usize].expr.is_some()
    }

    fn find<T: Copy>(&self, map: &Map<(Scope, Key), T>, name: &Name) -> Option<T> {
        for key in self.keys(name) {
            for scope in self.scopes(&key) {
                if let Some(&found) = map.get(&(scope, key.clone())) {
                    return Some(found);
                }
            }
        }
        None
    }

    pub(super) fn find_var(&mut self, name: &Name) -> Option<VarId> {
        let found = self.find(&self.names.vars, name)?;
        // `X AS LONG` is not what `X$` means.
        let ty = self.out.vars[found.0 as usize].ty;
        if name.suffix.is_some_and(|suffix| {
            !self.dialect().inferred && self.suffix_type(suffix).is_text() != ty.is_text()
        }) {
            return None;
        }
        self.used(found);
        Some(found)
    }

    pub(super) fn find_array(&mut self, name: &Name) -> Option<ArrayId> {
        let found = self.find(&self.names.arrays, name)?;
        let proc = self.func.proc;
        self.out.arrays[found.0 as usize].users.add(proc);
        Some(found)
    }

    /// A constant, as an expression. The library has none, and the program's are not its.
    pub(super) fn find_const(&self, name: &Name) -> Option<Expr> {
        if self.func.library {
            return None;
        }
        for key in self.keys(name) {
            for scope in [Some(self.func.proc), None] {
                if let Some(found) = self.names.consts.get(&(scope, key.clone())) {
                    return Some(found.clone());
                }
            }
        }
        None
    }

    fn used(&mut self, var: VarId) {
        let proc = self.func.proc;
        self.out.vars[var.0 as usize].users.add(proc);
    }

    /// The variable `name`, made on first use.
    pub(super) fn var(&mut self, name: &Name) -> Checked<VarId> {
        if let Some(found) = self.find_var(name) {
            return Some(found);
        }
        if self.explicit && !self.func.library {
            self.error_help(
                codes::UNDEFINED,
                name.span,
                format!("`{name}` is not declared"),
                format!("OPTION EXPLICIT is on: add `DIM {name}`"),
            );
            return None;
        }
        let key = self.canonical(name);
        let scope = *self.scopes(&key).last().expect("a scope");
        self.warn_long(name);
        let ty = self.name_type(name);
        let var = self.add_var(scope, key, ty);
        if scope.is_some() && self.outline.procs[self.func.proc.0 as usize].is_static {
            self.make_static(var);
        }
        Some(var)
    }

    /// ConeZ looks at 14 characters of a name.
    fn warn_long(&mut self, name: &Name) {
        if !self.dialect().inferred || name.text.len() <= 14 {
            return;
        }
        let Some(short) = name.text.get(..14).map(String::from) else { return };
        let other = self.names.long.entry(short).or_insert_with(|| name.text.clone()).clone();
        if other != name.text {
            let message = format!("`{name}` and `{other}` share their first 14 characters");
            self.warn(codes::SAME_14, name.span, message, text!("ConeZ takes them for one name"));
        }
    }

    /// One variable for all calls of its procedure.
    pub(super) fn make_static(&mut self, var: VarId) {
        let info = &mut self.out.vars[var.0 as usize];
        info.storage = match info.ty {
            Ty::Record(_) | Ty::Fixed(_) => Storage::Memory,
            Ty::Num(_) | Ty::Str => Storage::Global,
        };
        info.users = Users::Many;
    }

    /// Adds a variable to a scope.
    pub(super) fn add_var(&mut self, scope: Scope, key: Key, ty: Ty) -> VarId {
        let storage = match (ty, scope) {
            (Ty::Fixed(_) | Ty::Record(_), None) => Storage::Memory,
            (Ty::Fixed(_) | Ty::Record(_), Some(_)) => Storage::Frame,
            (_, None) => Storage::Global,
            (_, Some(_)) => Storage::Local,
        };
        let name = match key.suffix {
            Some(suffix) => format!("{}{suffix}", key.text),
            None => key.text.clone(),
        };
        let id = VarId(self.out.vars.len() as u32);
        frugal::push(
            &mut self.out.vars,
            Var { name: name.into(), ty, storage, users: Users::of(scope) },
        );
        self.names.vars.insert((scope, key), id);
        self.used(id);
        id
    }

    /// A variable of the compiler's own in this procedure.
    pub(super) fn hidden(&mut self, ty: Ty) -> VarId {
        self.names.hidden += 1;
        let text = format!("{}'", self.names.hidden);
        let scope = Some(self.func.proc);
        self.add_var(scope, Key { text, suffix: None }, ty)
    }

    /// As [`hidden`](Self::hidden), for all procedures.
    pub(super) fn hidden_global(&mut self, ty: Ty) -> VarId {
        self.names.hidden += 1;
        let text = format!("{}'", self.names.hidden);
        let var = self.add_var(None, Key { text, suffix: None }, ty);
        self.out.vars[var.0 as usize].users.add_many();
        var
    }

    /// The type after AS.
    pub(super) fn named_type(&mut self, ty: &TypeName) -> Checked<Ty> {
        Some(match ty {
            TypeName::Num(NumType::I16) => Ty::Num(self.dialect().percent),
            TypeName::Num(num) => Ty::Num(*num),
            TypeName::Str => Ty::Str,
            TypeName::Fixed(length) => {
                let span = length.span;
                let length = self.constant_int(length)?;
                match u32::try_from(length) {
                    Ok(length @ 1..=32767) => Ty::Fixed(length),
                    _ => {
                        let message = text!("a fixed string has 1 to 32767 characters");
                        self.error(codes::TYPE_MISMATCH, span, message);
                        return None;
                    }
                }
            }
            TypeName::Record(name) => match self.names.records.get(&name.text) {
                Some(&id) => Ty::Record(id),
                None => {
                    let message = format!("there is no TYPE `{name}`");
                    self.error(codes::UNDEFINED, name.span, message);
                    return None;
                }
            },
        })
    }

    /// Bytes that a value takes in memory.
    pub(super) fn size_of(&self, ty: Ty) -> u32 {
        match ty {
            Ty::Num(NumType::I16) => 2,
            Ty::Num(NumType::I64 | NumType::F64) => 8,
            Ty::Num(_) | Ty::Str => 4,
            Ty::Fixed(length) => length,
            Ty::Record(id) => self.out.records[id as usize].size,
        }
    }

    /// An error: something else has this name.
    fn twice(&mut self, name: &Name) {
        self.error(codes::DUPLICATE, name.span, format!("`{name}` is defined twice"));
    }

    /// TYPE ... END TYPE, all of them, before anything uses them.
    pub(super) fn records(&mut self) {
        let mut open: Option<(String, Span, Record)> = None;
        let mut seen = Set::new();
        for stmt in &self.info(ProcId(0)).declarations {
            match &stmt.kind {
                ast::StmtKind::Type(name) => {
                    if self.names.records.contains_key(&name.text) {
                        self.twice(name);
                    }
                    seen = Set::new();
                    let record = Record { fields: Vec::new(), size: 0 };
                    open = Some((name.text.clone(), name.span, record));
                }
                ast::StmtKind::Field(item) => {
                    let ty = match &item.ty {
                        Some(ty) => self.named_type(ty),
                        None => Some(self.name_type(&item.name)),
                    };
                    let (Some(ty), Some((_, _, record))) = (ty, open.as_mut()) else { continue };
                    let name = item.name.text.clone();
                    if !seen.insert(name.clone()) {
                        self.twice(&item.name);
                    }
                    // Both are no larger than memory.
                    let size = record.size + self.size_of(ty);
                    record.fields.push((name, ty, record.size));
                    record.size = if self.fits(size.into(), item.name.span) { size } else { 0 };
                }
                ast::StmtKind::EndType => match open.take() {
                    Some((name, _, record)) => {
                        self.names.records.insert(name, self.out.records.len() as u32);
                        self.out.records.push(record);
                    }
                    None => {
                        self.at(stmt.span);
                        self.not_open("END TYPE", "TYPE");
                    }
                },
                _ => {}
            }
        }
        if let Some((name, span, _)) = open {
            self.error(codes::BLOCK, span, format!("`TYPE {name}` has no END TYPE"));
        }
    }

    /// CONST of the main program holds everywhere, so it comes first.
    pub(super) fn constants(&mut self) {
        for stmt in &self.info(ProcId(0)).declarations {
            if let ast::StmtKind::Const(items) = &stmt.kind {
                self.const_items(items, None);
            }
        }
    }

    pub(super) fn const_items(&mut self, items: &[(Name, ast::Expr)], scope: Scope) {
        for (name, value) in items {
            let Some(value) = self.constant(value) else { continue };
            let value = match (name.suffix, &value.kind) {
                (Some(suffix), Kind::Number(_)) => {
                    let ty = self.suffix_type(suffix);
                    match self.convert(value, ty, name.span) {
                        Some(value) => value,
                        None => continue,
                    }
                }
                _ => value,
            };
            self.names.consts.insert((scope, name.into()), value.clone());
            if name.suffix.is_some() {
                let key = self.canonical(name);
                self.names.consts.insert((scope, key), value);
            }
        }
    }

    /// A constant expression.
    pub(super) fn constant(&mut self, expr: &ast::Expr) -> Checked<Expr> {
        let value = self.expr(expr)?;
        match value.kind {
            Kind::Number(_) | Kind::Text(_) => Some(value),
            _ => {
                self.error(codes::NOT_CONSTANT, expr.span, text!("this must be a constant"));
                None
            }
        }
    }

    pub(super) fn constant_int(&mut self, expr: &ast::Expr) -> Checked<i64> {
        let value = self.constant(expr)?;
        let value = self.convert(value, Ty::I64, expr.span)?;
        match value.kind {
            Kind::Number(Number::Int(value)) => Some(value),
            _ => None,
        }
    }

    /// The closest of the names known here, for "did you mean"; `statement`: one that begins a statement.
    pub(super) fn suggestion(&mut self, name: &str, statement: bool) -> Option<String> {
        // Each looks at all names.
        self.names.suggestions += 1;
        if self.names.suggestions > MAX_SUGGESTIONS {
            return None;
        }
        let vars = self.out.vars.iter().map(|v| &*v.name);
        let procs = self.outline.procs.iter().filter(|p| !p.library).map(|p| p.name.text.as_str());
        let builtins = crate::builtins::names().map(|name| -> &str { name });
        let words = STATEMENT_WORDS.iter().copied().filter(|_| statement);
        let all = vars.chain(procs).chain(builtins).chain(words);
        fn plain(name: &str) -> &str {
            name.trim_end_matches(['!', '#', '%', '&'])
        }
        let other = |found: &&str| !found.ends_with('\'') && plain(found) != plain(name);
        nearest(name, all.filter(other))
    }
}
