//! Arrays: found before anything is checked, so that a SUB may use what the main program
//! dimensions; and DIM, REDIM, ERASE as statements.

use super::names::{Key, Scope};
use super::stmt::load_var;
use super::sure::Sure;
use super::{Checked, Checker, ProcInfo};
use crate::ast::{self, Bound, DimItem, DimKind, ExprKind, Name, StmtKind, walk};
use crate::codes;
use crate::dialect::{Dialect, LIBRARY};
use crate::tree::{
    ANY_RANK, Array, ArrayId, Expr, Kind, Number, Op, Place, ProcId, Shape, Ty, Users, VarId,
};
use alloc::string::ToString;
use alloc::vec::Vec;
use wasm_common::abi::memory_map;
use wasm_common::frugal;
use wasm_common::map::Map;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// What static arrays may take together: the low heap, less room for strings and the stack.
const STATIC_BUDGET: u32 = memory_map::POOL_START - 4096;
/// What one array may take at all.
const LARGEST: i64 = memory_map::POOL_END as i64 - 64;
/// Dimensions of an array.
const MAX_RANK: usize = 8;

/// An array as the declarations have it.
struct Found {
    name: Name,
    ty: Ty,
    rank: usize,
    /// Bounds, when they are constants.
    fixed: Option<Vec<(i32, i32)>>,
    lower: Option<i32>,
    declarations: usize,
}

impl Checker<'_> {
    /// Finds every DIM and decides which arrays are static.
    pub(super) fn arrays(&mut self) {
        let mut found: Map<(Scope, Key), Found> = Map::new();
        let mut order = Vec::new();
        let mut erased = Vec::new();
        for index in 0..self.outline.procs.len() {
            let proc = ProcId(index as u32);
            let info = self.info(proc);
            let dialect = if info.library { LIBRARY } else { self.program_dialect };
            if info.library {
                self.base = dialect.base;
            }
            self.func = super::Func::new(proc, dialect, info.library);
            for stmt in &info.declarations {
                match &stmt.kind {
                    StmtKind::OptionBase(base) => {
                        self.option_base(*base, stmt.span, &info);
                    }
                    StmtKind::Dim { kind, items } => {
                        for item in items.iter().filter(|item| item.bounds.is_some()) {
                            self.found_array(proc, *kind, item, &mut found, &mut order);
                        }
                    }
                    StmtKind::Erase(names) if self.program_dialect.erase_frees => {
                        erased.extend(names.iter().map(|name| (proc, name.clone())));
                    }
                    _ => {}
                }
            }
        }
        self.base = self.program_dialect.base;
        self.func = super::Func::new(ProcId(0), self.program_dialect, false);
        for (proc, name) in erased {
            self.found_erased(proc, &name, &mut found, &mut order);
        }
        let sure = self.sure_of(&order);
        let mut budget = STATIC_BUDGET;
        for place in order {
            let array = &found[&place];
            self.declare_array(place, array, &sure, &mut budget);
        }
    }

    /// An array that ERASE does away with is made at run time, whether there is a DIM of it or not.
    fn found_erased(
        &self,
        proc: ProcId,
        name: &Name,
        found: &mut Map<(Scope, Key), Found>,
        order: &mut Vec<(Scope, Key)>,
    ) {
        let key = self.canonical(name);
        let mut known = false;
        for scope in [Some(proc), None] {
            if let Some(array) = found.get_mut(&(scope, key.clone())) {
                array.declarations += 1;
                known = true;
            }
        }
        if !known {
            let (ty, lower) = (self.name_type(name), Some(self.base));
            let name = name.clone();
            let array = Found { name, ty, rank: 0, fixed: None, lower, declarations: 2 };
            order.push((None, key.clone()));
            found.insert((None, key), array);
        }
    }

    /// What is sure of arrays and functions, where that is a matter of the run.
    fn sure_of(&mut self, arrays: &[(Scope, Key)]) -> Sure {
        if !self.program_dialect.late_errors || self.outline.procs.iter().any(|info| info.library) {
            return Sure::default();
        }
        let names = arrays.iter().map(|place| place.1.clone()).collect();
        let sure = self.sure(&self.info(ProcId(0)), names);
        self.functions(&sure);
        sure
    }

    /// OPTION BASE, of QuickBASIC and GW-BASIC, where a second one or an array before it fixes the
    /// base; ConeZ's arrays each have that of the last before them.
    fn option_base(&mut self, base: i32, span: Span, info: &ProcInfo) {
        let dialect = self.func.dialect;
        let once = dialect.implicit_arrays && !dialect.strict;
        let settled = || {
            let before = info.stmts(self.sources).take_while(|stmt| stmt.span != span);
            before.fold(0, |settled, stmt| settles_base(settled, &stmt.kind, &dialect)) > 0
        };
        if once && base != self.base && settled() {
            if self.outline.traps_errors && dialect.late_errors {
                // An error of the run, and the bound stays as it is.
                return self.late_bases.push(span);
            }
            let message = text!("the lower bound of arrays is settled before this");
            let help = text!("one OPTION BASE, before all arrays");
            self.error_help(codes::DUPLICATE, span, message, help);
        }
        self.base = base;
    }

    fn found_array(
        &mut self,
        proc: ProcId,
        kind: DimKind,
        item: &DimItem,
        found: &mut Map<(Scope, Key), Found>,
        order: &mut Vec<(Scope, Key)>,
    ) {
        let local = matches!(kind, DimKind::Local | DimKind::Static);
        let in_main = proc.0 == 0 || (self.program_dialect.global_scope && !local);
        let ty = match &item.ty {
            Some(ty) => self.named_type(ty).unwrap_or(Ty::I32),
            None => self.name_type(&item.name),
        };
        let mut key = self.canonical(&item.name);
        if item.ty.is_some() {
            key.suffix = None;
        }
        if kind == DimKind::DimShared {
            self.names.shared.insert(key.clone());
        }
        let Some(bounds) = &item.bounds else { return };
        // SHARED A() and DIM A() declare nothing of their own.
        if kind == DimKind::Shared {
            self.names.shared_in.insert((proc.0, key));
            return;
        }
        let shared = self.names.shared.contains(&key) && proc.0 != 0;
        let redims_outer = matches!(kind, DimKind::Redim | DimKind::Preserve)
            && (shared || found.contains_key(&(None, key.clone())) && in_main);
        let scope = if in_main || redims_outer { None } else { Some(proc) };
        let fixed: Option<Vec<(i32, i32)>> =
            bounds.iter().map(|bound| self.fixed_bound(bound)).collect();
        let lowers: Option<Vec<i32>> = bounds
            .iter()
            .map(|b| b.lower.as_ref().map_or(Some(self.base), |l| self.quiet_int(l)))
            .collect();
        let lower = lowers.and_then(|l| {
            let first = *l.first()?;
            l.iter().all(|&x| x == first).then_some(first)
        });
        let dynamic = matches!(kind, DimKind::Redim | DimKind::Preserve)
            || (proc.0 != 0 && !self.program_dialect.global_scope && kind != DimKind::Static)
            || bounds.is_empty();
        let place = (scope, key);
        match found.get_mut(&place) {
            Some(array) => {
                array.declarations += 1;
                if !bounds.is_empty() && array.rank != bounds.len() {
                    array.rank = if array.rank == 0 { bounds.len() } else { ANY_RANK };
                }
                if array.lower != lower && !bounds.is_empty() {
                    array.lower = None;
                }
            }
            None => {
                order.push(place.clone());
                let array = Found {
                    name: item.name.clone(),
                    ty,
                    rank: bounds.len(),
                    fixed: fixed.filter(|_| !dynamic),
                    lower,
                    declarations: 1,
                };
                found.insert(place, array);
            }
        }
    }

    /// The bounds of a dimension, if they are constants; says nothing if not.
    fn fixed_bound(&mut self, bound: &Bound) -> Option<(i32, i32)> {
        let lower = match &bound.lower {
            Some(lower) => self.quiet_int(lower)?,
            None => self.base,
        };
        Some((lower, self.quiet_int(&bound.upper)?))
    }

    /// A constant expression of literals and constants.
    fn quiet_int(&mut self, expr: &ast::Expr) -> Option<i32> {
        let mut literal = true;
        ast::walk::deep(expr, &mut |part| match &part.kind {
            ast::ExprKind::Name(name) => literal &= self.find_const(name).is_some(),
            ast::ExprKind::Call(..) | ast::ExprKind::Str(_) | ast::ExprKind::Field(..) => {
                literal = false;
            }
            _ => {}
        });
        if !literal {
            return None;
        }
        let value = self.expr(expr)?;
        match self.convert(value, Ty::I32, expr.span)?.kind {
            Kind::Number(Number::Int(value)) => i32::try_from(value).ok(),
            _ => None,
        }
    }

    fn declare_array(&mut self, place: (Scope, Key), array: &Found, sure: &Sure, budget: &mut u32) {
        let of_library = |proc: ProcId| self.outline.procs[proc.0 as usize].library;
        let late = self.program_dialect.late_errors && !place.0.is_some_and(of_library);
        let first = !late || sure.first.contains(&place.1);
        let size = i64::from(self.size_of(array.ty));
        let mut shape = Shape::Dynamic;
        if let Some(bounds) = &array.fixed {
            let mut bytes = size;
            for &(low, high) in bounds {
                bytes = bytes.saturating_mul((i64::from(high) - i64::from(low) + 1).max(0));
            }
            let upside_down = bounds.iter().find(|(low, high)| high < low);
            if let (Some((low, high)), false) = (upside_down, self.program_dialect.inferred || late)
            {
                let message = format!("an array of {low} to {high} has no elements");
                self.error(codes::SUBSCRIPTS, array.name.span, message);
                return;
            }
            let silent = late && self.outline.traps_errors;
            let fits = silent || self.fits(bytes, array.name.span);
            let short = |(_, high): &(i32, i32)| *high <= i32::from(i16::MAX);
            let sane = !late || (upside_down.is_none() && bounds.iter().all(short));
            if array.declarations == 1 && first && sane && fits && bytes <= i64::from(*budget) {
                *budget -= bytes as u32;
                shape = Shape::Fixed(bounds.clone());
            }
        }
        let info = Array {
            name: array.name.to_string(),
            elem: array.ty,
            rank: array.rank,
            shape,
            lower: array.lower,
            users: Users::of(place.0),
            implicit: late && (!first || array.declarations > 1),
        };
        // Reached again it is an error that a program may want to see; one that traps none goes on,
        // as Minimal BASIC has it, where DIM is no matter of the run.
        let again = late
            && self.outline.traps_errors
            && info.shape != Shape::Dynamic
            && !sure.once.contains(&place.1);
        let id = self.add_array(place.0, place.1, info);
        if again {
            let flag = self.hidden_global(Ty::I32);
            self.dimensioned.insert(id, flag);
        }
    }

    /// Whether memory can hold so many bytes at all; says so if not.
    pub(super) fn fits(&mut self, bytes: i64, span: Span) -> bool {
        if bytes > LARGEST {
            let message = format!("this takes {bytes} bytes; memory has room for {LARGEST}");
            self.error(codes::ARRAY_TOO_LARGE, span, message);
        }
        bytes <= LARGEST
    }

    pub(super) fn add_array(&mut self, scope: Scope, key: Key, array: Array) -> ArrayId {
        let id = ArrayId(self.out.arrays.len() as u32);
        frugal::push(&mut self.out.arrays, array);
        self.names.arrays.insert((scope, key), id);
        id
    }

    /// Whether any array has this name.
    pub(super) fn find_declared_array(&self, name: &Name) -> bool {
        let key = self.canonical(name);
        self.names.arrays.keys().any(|(_, k)| *k == key)
    }

    /// An array that is used without DIM: its upper bounds are 10.
    pub(super) fn implicit_array(&mut self, name: &Name, rank: usize) -> ArrayId {
        let key = self.canonical(name);
        let in_main = self.func.proc.0 == 0 || self.dialect().global_scope;
        let scope = if in_main { None } else { Some(self.func.proc) };
        let elem = self.name_type(name);
        let base = self.base;
        let bounds = alloc::vec![(base, 10); rank.min(MAX_RANK)];
        let array = Array {
            name: name.to_string(),
            elem,
            rank: bounds.len(),
            shape: Shape::Fixed(bounds),
            lower: Some(base),
            users: Users::of(scope),
            implicit: false,
        };
        let id = self.add_array(scope, key, array);
        self.out.arrays[id.0 as usize].users.add(self.func.proc);
        id
    }

    /// DIM, REDIM, LOCAL, STATIC, SHARED where they stand.
    pub(super) fn dim(&mut self, kind: DimKind, items: &[DimItem]) {
        for item in items {
            match (&item.bounds, kind) {
                (_, DimKind::Shared) => self.share(&item.name),
                (Some(bounds), _) => {
                    self.dim_array(kind, item, bounds);
                }
                (None, _) => {
                    self.dim_scalar(kind, item);
                }
            }
        }
    }

    fn share(&mut self, name: &Name) {
        let proc = self.func.proc;
        for key in [self.canonical(name), name.into()] {
            self.names.shared_in.insert((proc.0, key));
        }
    }

    fn dim_array(&mut self, kind: DimKind, item: &DimItem, bounds: &[Bound]) -> Checked<()> {
        if bounds.is_empty() {
            return Some(());
        }
        if let Some(init) = &item.init {
            let help = text!("a FOR loop or SETARRAY fills it");
            self.error_help(codes::NOT_A_VARIABLE, init.span, "a whole array takes no value", help);
        }
        if bounds.len() > MAX_RANK {
            let message = format!("an array has at most {MAX_RANK} dimensions");
            self.error(codes::SUBSCRIPTS, item.name.span, message);
            return None;
        }
        let redim = matches!(kind, DimKind::Redim | DimKind::Preserve);
        if redim && self.find_array(&item.name).is_none() {
            let message = format!("`{}` is no array", item.name);
            self.error(codes::UNDEFINED, item.name.span, message);
            return None;
        }
        let array = self.find_array(&item.name)?;
        if let Shape::Fixed(_) = self.out.arrays[array.0 as usize].shape {
            // Static memory is clear at first; a DIM that runs again clears it again, but not in GW-BASIC.
            if self.dialect().late_errors {
                return self.dim_once(array);
            }
            if kind != DimKind::Static {
                self.push(Op::Clear(array));
            }
            return Some(());
        }
        let mut list = Vec::with_capacity(bounds.len());
        for bound in bounds {
            let lower = match &bound.lower {
                Some(lower) => self.typed(lower, Ty::I32)?,
                None => Expr::i32(i64::from(self.base)),
            };
            list.push((lower, self.upper(&bound.upper)?));
        }
        if kind == DimKind::Dim && !self.dialect().inferred {
            self.push(Op::DimOnce(array));
        }
        self.push(Op::Dim { array, bounds: list, preserve: kind == DimKind::Preserve });
        Some(())
    }

    /// DIM of a static array: error 10 if it comes again, where that is looked for.
    fn dim_once(&mut self, array: ArrayId) -> Checked<()> {
        if let Some(&flag) = self.dimensioned.get(&array) {
            let check = self.library_call("LIB_DIMONCE", alloc::vec![load_var(flag, Ty::I32)])?;
            self.push(Op::Eval(check));
            self.push(Op::Store(Place::Var(flag), Expr::i32(1)));
        }
        Some(())
    }

    /// An upper bound: in GW-BASIC a 16-bit integer, and not negative.
    fn upper(&mut self, bound: &ast::Expr) -> Checked<Expr> {
        if !self.dialect().late_errors {
            return self.typed(bound, Ty::I32);
        }
        let value = self.typed(bound, Ty::I16)?;
        let value = self.convert(value, Ty::I32, bound.span)?;
        match value.kind {
            Kind::Number(Number::Int(0..)) => Some(value),
            _ => self.library_call("LIB_UPPER", alloc::vec![value]),
        }
    }

    fn dim_scalar(&mut self, kind: DimKind, item: &DimItem) -> Checked<()> {
        let name = &item.name;
        let ty = match &item.ty {
            Some(ty) => self.named_type(ty)?,
            None => self.name_type(name),
        };
        let mut key = self.canonical(name);
        if item.ty.is_some() {
            key.suffix = None;
        }
        let proc = self.func.proc;
        if kind == DimKind::DimShared {
            self.names.shared.insert(key.clone());
        }
        let place = (proc.0, Key::from(name));
        let local = kind == DimKind::Local;
        let shadowed = local && self.outline.shadows.contains(&place);
        let inherits = local
            && !shadowed
            && self.outline.inherits.contains(&place)
            && self.outline.free.contains(&place.1);
        let global = kind == DimKind::DimShared
            || (kind == DimKind::Dim && (proc.0 == 0 || self.dialect().global_scope))
            || (kind == DimKind::Static && proc.0 == 0);
        let scope = if global || shadowed { None } else { Some(proc) };
        let var = match self.names.vars.get(&(scope, key.clone())) {
            Some(&var) => var,
            None => self.add_var(scope, key.clone(), ty),
        };
        if shadowed {
            self.warn_shadow(name);
            let saved = &mut self.out.procs[proc.0 as usize].saved;
            if !saved.contains(&var) {
                saved.push(var);
            }
            self.out.vars[var.0 as usize].users.add_many();
        }
        if kind == DimKind::Static && proc.0 != 0 {
            self.make_static(var);
        }
        if local && item.init.is_none() {
            self.func.unset_locals.insert(var);
        }
        if inherits {
            self.inherit(var, &key)?;
        }
        if let Some(init) = &item.init {
            let value = self.typed(init, if ty.is_text() { Ty::Str } else { ty })?;
            self.push(Op::Store(Place::Var(var), value));
        }
        Some(())
    }

    /// A LOCAL begins with the value of the outer variable of its name.
    fn inherit(&mut self, var: VarId, key: &Key) -> Checked<()> {
        let ty = self.out.vars[var.0 as usize].ty;
        let outer = match self.names.vars.get(&(None, key.clone())) {
            Some(&outer) => outer,
            None => self.add_var(None, key.clone(), ty),
        };
        let proc = self.func.proc;
        self.out.vars[outer.0 as usize].users.add(proc);
        let value = load_var(outer, self.out.vars[outer.0 as usize].ty);
        let value = self.convert(value, ty, self.func.span)?;
        self.push(Op::Store(Place::Var(var), value));
        Some(())
    }

    pub(super) fn erase(&mut self, names: &[Name]) {
        for name in names {
            match self.find_array(name) {
                Some(array) => {
                    let fixed = matches!(self.out.arrays[array.0 as usize].shape, Shape::Fixed(_));
                    self.push(if fixed { Op::Clear(array) } else { Op::Erase(array) });
                }
                None => {
                    let message = format!("`{name}` is no array");
                    if self.dialect().late_errors {
                        let help = text!("the program stops when it gets here");
                        self.warn(codes::LATE_ERROR, name.span, message, help);
                        self.raise(5);
                    } else {
                        self.error(codes::UNDEFINED, name.span, message);
                    }
                }
            }
        }
    }
}

/// What settles the lower bound of arrays behind a statement, from what did before it: so many
/// arrays, which ERASE takes away; or more than there are, where nothing but CLEAR does.
fn settles_base(before: usize, kind: &StmtKind, dialect: &Dialect) -> usize {
    const FOR_GOOD: usize = usize::MAX / 2;
    match kind {
        StmtKind::Clear => 0,
        StmtKind::OptionBase(_) => FOR_GOOD,
        StmtKind::Dim { items, .. } => {
            before + items.iter().filter(|item| item.bounds.is_some()).count()
        }
        StmtKind::Erase(names) if dialect.late_errors => before.saturating_sub(names.len()),
        _ => {
            let mut after = before;
            walk::roots(kind, &mut |root| {
                walk::deep(root, &mut |expr| {
                    if matches!(&expr.kind, ExprKind::Call(name, _) if name.is_minimal()) {
                        after = FOR_GOOD;
                    }
                });
            });
            after
        }
    }
}
