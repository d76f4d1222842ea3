//! Types of names without suffix, in the dialect where the first assignment decides.
//!
//! The whole unit is read, in the order of the text, before any code is made; so a name has one
//! type, wherever it is used. What an expression refers to may itself have no type yet: then it
//! counts as i32, and the walk is repeated until nothing changes.
//!
//! Here too: which parameters and LOCALs must be visible to the procedures that theirs calls.

use super::names::{Key, Scope};
use super::operators::wider;
use super::{Checker, outline::ProcInfo};
use crate::ast::{self, BinaryOp, ExprKind, Name, NumType, StmtKind, UnaryOp, walk};
use crate::builtins::{How, Special};
use crate::tree::{ProcId, Ty};
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::map::Set;

/// Walks; types flow one assignment a walk in the worst case, and real programs need two.
const ROUNDS: usize = 6;

impl Checker<'_> {
    pub(super) fn infer(&mut self) {
        if !self.program_dialect.inferred {
            return;
        }
        let procs = self.outline.procs.clone();
        for _ in 0..ROUNDS {
            let before = self.names.inferred.clone();
            let mut seen = Set::new();
            // Assignments inside procedures count after those of the main program.
            for (index, info) in procs.iter().enumerate() {
                self.infer_proc(ProcId(index as u32), info, &mut seen);
            }
            if self.names.inferred == before {
                break;
            }
        }
        self.find_shadows(&procs);
    }

    fn infer_proc(&mut self, proc: ProcId, info: &ProcInfo, seen: &mut Set<(Scope, String)>) {
        let locals = local_names(info);
        let mut found: Vec<(Scope, String, Ty)> = Vec::new();
        for param in info.params.iter().filter(|p| p.name.suffix.is_none()) {
            found.push((Some(proc), param.name.text.clone(), Ty::I32));
        }
        for name in unset_locals(info).filter(|name| name.suffix.is_none()) {
            if let Some(&outer) = self.names.inferred.get(&(None, name.text.clone())) {
                found.push((Some(proc), name.text.clone(), outer));
            }
        }
        for item in found.drain(..) {
            if seen.insert((item.0, item.1.clone())) {
                self.names.inferred.insert((item.0, item.1), item.2);
            }
        }
        for stmt in info.stmts(self.sources) {
            let (name, ty) = match &stmt.kind {
                StmtKind::Let(target, value) => (plain(target), self.type_of(value, proc)),
                StmtKind::For { var, from, step, .. } => {
                    let from = self.type_of(from, proc);
                    let step = step.as_ref().map_or(Ty::I32, |step| self.type_of(step, proc));
                    (plain(var), promoted(from, step))
                }
                StmtKind::Return(Some(value)) if proc.0 != 0 => {
                    (Some(&info.name).filter(|n| n.suffix.is_none()), self.type_of(value, proc))
                }
                _ => continue,
            };
            let Some(name) = name else { continue };
            // A string needs its `$`; the checker says so.
            if ty.is_text() {
                continue;
            }
            let own = name.text == info.name.text && proc.0 != 0;
            let local = own || locals.contains(&name.text);
            let scope = if local { Some(proc) } else { None };
            if seen.insert((scope, name.text.clone())) {
                self.names.inferred.insert((scope, name.text.clone()), ty);
            }
        }
    }

    /// The type of an expression, as far as it can be known before checking.
    fn type_of(&self, expr: &ast::Expr, proc: ProcId) -> Ty {
        match &expr.kind {
            ExprKind::Int(value, None) if i32::try_from(*value).is_err() => Ty::I64,
            ExprKind::Int(_, None) | ExprKind::Error => Ty::I32,
            ExprKind::Float { suffix: None, .. } => Ty::F32,
            ExprKind::Int(_, Some(suffix)) | ExprKind::Float { suffix: Some(suffix), .. } => {
                self.suffix_type(*suffix)
            }
            ExprKind::Str(_) => Ty::Str,
            ExprKind::Paren(inner) => self.type_of(inner, proc),
            ExprKind::Unary(UnaryOp::Not, _) => Ty::I32,
            ExprKind::Unary(_, inner) => self.type_of(inner, proc),
            ExprKind::Field(..) => Ty::I32,
            ExprKind::Name(name) => self.name_type_of(name, &[], proc),
            ExprKind::Call(name, args) => self.name_type_of(name, args, proc),
            ExprKind::Binary(op, a, b) => self.binary_type_of(*op, a, b, proc),
        }
    }

    fn binary_type_of(&self, op: BinaryOp, a: &ast::Expr, b: &ast::Expr, proc: ProcId) -> Ty {
        let (a, b) = (self.type_of(a, proc), self.type_of(b, proc));
        let wide = a == Ty::I64 || b == Ty::I64;
        match op {
            _ if op.is_comparison() => Ty::I32,
            _ if op.is_logical() || op == BinaryOp::IntDiv || op == BinaryOp::Mod => {
                if wide {
                    Ty::I64
                } else {
                    Ty::I32
                }
            }
            BinaryOp::Pow => Ty::F32,
            _ => promoted(a, b),
        }
    }

    fn name_type_of(&self, name: &Name, args: &[ast::Expr], proc: ProcId) -> Ty {
        if let Some(value) = self.find_const(name) {
            return value.ty;
        }
        if name.suffix.is_some() && !name.text.is_empty() {
            if let Some(builtin) = self.builtin(&name.to_string()) {
                return letter_type(builtin.signature().2);
            }
            return self.type_in(name, proc);
        }
        if let Some(&index) = self.outline.by_name.get(&name.text) {
            let key = (Some(ProcId(index)), name.text.clone());
            return self.names.inferred.get(&key).copied().unwrap_or(Ty::I32);
        }
        let is_array = self.find_declared_array(name);
        let assigned = self.outline.assigned.contains(&name.text);
        if let Some(builtin) =
            self.builtin(&name.text).filter(|_| !is_array && (!args.is_empty() || !assigned))
        {
            let argument = args.first().map_or(Ty::I32, |arg| self.type_of(arg, proc));
            return match builtin.how {
                How::Special(Special::Truncated | Special::Int | Special::Val) => Ty::I32,
                How::Special(Special::Abs | Special::Fix) => argument,
                How::Special(Special::Math | Special::Sqr) => Ty::F32,
                _ => letter_type(builtin.signature().2),
            };
        }
        self.type_in(name, proc)
    }

    /// Names of parameters and LOCALs that some procedure further down the calls reads as its own
    /// outer variable: ConeZ shows it the caller's.
    fn find_shadows(&mut self, procs: &[Rc<ProcInfo>]) {
        let uses: Vec<Uses> = procs.iter().map(|info| self.uses(info)).collect();
        let mut taken = Set::new();
        for (index, info) in procs.iter().enumerate() {
            let inherited = self.inherited(info).into_iter().map(|key| (index as u32, key));
            self.outline.inherits.extend(inherited);
            let own = local_keys(info);
            for key in uses[index].free.iter() {
                if !own.contains(key) {
                    self.outline.free.insert(key.clone());
                }
                taken.insert(key.clone());
            }
        }
        for (index, info) in procs.iter().enumerate().skip(1) {
            // The calls are followed only for a name that some procedure takes from outside.
            let own = local_keys(info);
            if !own.iter().any(|name| taken.contains(name)) {
                continue;
            }
            let mut reached = Set::new();
            let mut todo: Vec<u32> = uses[index].calls.iter().copied().collect();
            while let Some(next) = todo.pop() {
                if reached.insert(next) {
                    todo.extend(&uses[next as usize].calls);
                }
            }
            for name in own {
                if reached.iter().any(|&r| uses[r as usize].free.contains(&name)) {
                    self.outline.shadows.insert((index as u32, name));
                }
            }
        }
    }

    /// What a procedure calls, and which names it takes from outside: also those of its LOCALs that
    /// begin with the outer value.
    fn uses(&self, info: &ProcInfo) -> Uses {
        let own: Set<Key> = local_keys(info).into_iter().collect();
        let mut uses = Uses::default();
        let mut name = |name: &Name| {
            if let Some(&proc) = self.outline.by_name.get(&name.to_string())
                && !self.outline.procs[proc as usize].library
            {
                uses.calls.insert(proc);
            }
            let key = Key::from(name);
            if !own.contains(&key) {
                uses.free.insert(key);
            }
        };
        for stmt in info.stmts(self.sources) {
            if let StmtKind::Call { name: callee, .. } = &stmt.kind {
                name(callee);
            }
            walk::roots(&stmt.kind, &mut |root| {
                walk::deep(root, &mut |expr| match &expr.kind {
                    ExprKind::Name(found) | ExprKind::Call(found, _) => name(found),
                    _ => {}
                });
            });
        }
        uses.free.extend(self.inherited(info));
        uses
    }

    /// The numeric LOCALs of a procedure that something other than an assignment may follow.
    fn inherited(&self, info: &ProcInfo) -> Vec<Key> {
        let plain = |item: &&ast::DimItem| {
            let number = item.name.suffix != Some(ast::Suffix::Dollar);
            item.init.is_none() && item.bounds.is_none() && number
        };
        let is_local = |stmt: &ast::Stmt| match &stmt.kind {
            StmtKind::Dim { kind: ast::DimKind::Local, items } => items.iter().any(|i| plain(&i)),
            _ => false,
        };
        if !info.declarations.iter().any(is_local) {
            return Vec::new();
        }
        let stmts: Vec<ast::Stmt> = info.stmts(self.sources).collect();
        let mut keys = Vec::new();
        for (at, stmt) in stmts.iter().enumerate() {
            let StmtKind::Dim { kind: ast::DimKind::Local, items } = &stmt.kind else { continue };
            for name in items.iter().filter(plain).map(|i| &i.name) {
                if !assigned_first(&stmts[at + 1..], name) {
                    keys.push(name.into());
                }
            }
        }
        keys
    }
}

/// Whether `name` is assigned before anything reads it or jumps.
fn assigned_first(stmts: &[ast::Stmt], name: &Name) -> bool {
    for stmt in stmts {
        let mut reads = false;
        walk::roots(&stmt.kind, &mut |root| {
            walk::deep(root, &mut |expr| {
                reads |= matches!(&expr.kind, ExprKind::Name(found) if found == name);
            });
        });
        match &stmt.kind {
            StmtKind::Let(target, value) => {
                let mut in_value = false;
                walk::deep(value, &mut |expr| {
                    in_value |= matches!(&expr.kind, ExprKind::Name(found) if found == name);
                });
                if in_value {
                    return false;
                }
                if matches!(&target.kind, ExprKind::Name(found) if found == name) {
                    return true;
                }
            }
            StmtKind::Dim { .. } | StmtKind::Show(_) | StmtKind::Print { .. } if !reads => {}
            _ => return false,
        }
    }
    true
}

#[derive(Default)]
struct Uses {
    calls: Set<u32>,
    free: Set<Key>,
}

fn plain(place: &ast::Expr) -> Option<&Name> {
    match &place.kind {
        ExprKind::Name(name) if name.suffix.is_none() => Some(name),
        _ => None,
    }
}

fn promoted(a: Ty, b: Ty) -> Ty {
    match (a.num(), b.num()) {
        (Some(a), Some(b)) => Ty::Num(wider(wider(a, b), NumType::I32)),
        _ => a,
    }
}

fn letter_type(letter: u8) -> Ty {
    match letter {
        b'l' => Ty::I64,
        b'f' => Ty::F32,
        b'd' => Ty::F64,
        b's' => Ty::Str,
        _ => Ty::I32,
    }
}

/// What LOCAL declares without a value: a number begins with the outer one of its name, so it is of that
/// type.
fn unset_locals(info: &ProcInfo) -> impl Iterator<Item = &Name> {
    let items = info.declarations.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::Dim { kind: ast::DimKind::Local, items } => Some(items),
        _ => None,
    });
    items.flatten().filter(|i| i.init.is_none() && i.bounds.is_none()).map(|i| &i.name)
}

/// Names of parameters and of what LOCAL and STATIC declare.
fn local_keys(info: &ProcInfo) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut add = |name: &Name| keys.push(name.into());
    info.params.iter().for_each(|param| add(&param.name));
    for stmt in &info.declarations {
        if let StmtKind::Dim { kind: ast::DimKind::Local | ast::DimKind::Static, items } =
            &stmt.kind
        {
            items.iter().for_each(|item| add(&item.name));
        }
    }
    keys
}

fn local_names(info: &ProcInfo) -> Set<String> {
    local_keys(info).into_iter().filter(|k| k.suffix.is_none()).map(|k| k.text).collect()
}
