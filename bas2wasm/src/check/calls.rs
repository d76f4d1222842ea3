//! Procedures and builtins: their signatures, and calls of them.

use super::names::Key;
use super::{Checked, Checker};
use crate::ast::{self, ExprKind, Name, ProcKind};
use crate::builtins::{self, Builtin};
use crate::codes;
use crate::tree::{
    Arg, Array, ArrayId, Expr, Kind, ParamKind, Place, ProcId, Shape, Storage, Ty, Users, VarId,
};
use alloc::string::ToString;
use alloc::vec::Vec;
use wasm_common::abi::imports::{self, ValType};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_> {
    pub(super) fn builtin(&self, name: &str) -> Option<Builtin> {
        builtins::find(name, self.func.library)
    }

    /// The procedure that `name` means: with its suffix, or without where it was defined so.
    pub(super) fn find_proc(&mut self, name: &Name) -> Option<ProcId> {
        let text = name.to_string();
        let found = self.outline.by_name.get(&text).or_else(|| {
            let bare = self.outline.by_name.get(&name.text)?;
            (!self.dialect().inferred && name.suffix.is_some()).then_some(bare)
        });
        let found = found.or_else(|| self.with_default_suffix(name));
        let id = *found?;
        let info = &self.outline.procs[id as usize];
        // The library's names are not the program's.
        (info.library == self.func.library).then_some(ProcId(id))
    }

    /// `F` where `FUNCTION F!` is defined and F is a single.
    fn with_default_suffix(&self, name: &Name) -> Option<&u32> {
        if name.suffix.is_some() || self.dialect().inferred {
            return None;
        }
        let suffix = self.canonical(name).suffix?;
        self.outline.by_name.get(&format!("{}{suffix}", name.text))
    }

    /// Decides parameters and result of a procedure; its body comes later.
    pub(super) fn signature(&mut self, proc: ProcId) {
        let info = self.info(proc);
        self.func = super::Func::new(proc, self.dialect_of(info.library), info.library);
        let mut params = Vec::with_capacity(info.params.len());
        for param in &info.params {
            let ty = param.ty.as_ref().map(|ty| self.named_type(ty));
            let declared = ty.is_some();
            let ty = ty.flatten().unwrap_or_else(|| self.name_type(&param.name));
            let mut key = self.canonical(&param.name);
            if declared {
                key.suffix = None;
            }
            params.push(if param.array {
                let array = Array {
                    name: param.name.to_string(),
                    elem: ty,
                    rank: 0,
                    shape: Shape::Parameter,
                    lower: None,
                    users: Users::Owner(proc),
                    implicit: false,
                };
                let id = self.add_array(Some(proc), key, array);
                ParamKind::Array(id)
            } else {
                let assigned = info.uses[params.len()].assigned;
                self.parameter(proc, param, key, ty, assigned)
            });
        }
        let returns = info.kind == ProcKind::Function || self.dialect().inferred || info.library;
        let mut result = None;
        if returns && proc.0 != 0 {
            let ty = info.ty.as_ref().and_then(|ty| self.named_type(ty));
            let ty = ty.unwrap_or_else(|| self.name_type(&info.name));
            let key = self.canonical(&info.name);
            let var = self.add_var(Some(proc), key, ty);
            self.out.procs[proc.0 as usize].result_var = Some(var);
            result = Some(ty);
        }
        let callers_line = info.expr.is_some() && self.dialect().bare_messages;
        let done = &mut self.out.procs[proc.0 as usize];
        done.params = params;
        done.result = result;
        done.callers_line |= callers_line;
    }

    fn dialect_of(&self, library: bool) -> crate::dialect::Dialect {
        if library { crate::dialect::LIBRARY } else { self.program_dialect }
    }

    fn parameter(
        &mut self,
        proc: ProcId,
        param: &ast::Param,
        key: Key,
        ty: Ty,
        assigned: bool,
    ) -> ParamKind {
        if self.outline.shadows.contains(&(proc.0, key.clone())) {
            let outer = match self.names.vars.get(&(None, key.clone())) {
                Some(&outer) => outer,
                None => self.add_var(None, key.clone(), ty),
            };
            self.warn_shadow(&param.name);
            self.out.vars[outer.0 as usize].users.add_many();
            let ty = self.out.vars[outer.0 as usize].ty;
            let value = self.add_var(Some(proc), Key { text: format!("{}'", key.text), ..key }, ty);
            return ParamKind::Dynamic { value, outer };
        }
        let by_reference = match (ty, param.by_value) {
            (Ty::Record(_) | Ty::Fixed(_), _) => true,
            (_, Some(by_value)) => !by_value,
            _ => self.dialect().by_reference && assigned,
        };
        let var = self.add_var(Some(proc), key, ty);
        if by_reference {
            self.out.vars[var.0 as usize].storage = Storage::Reference;
            ParamKind::Ref(var)
        } else {
            ParamKind::Value(var)
        }
    }

    /// The variable behind the function's own name, where it is assigned.
    pub(super) fn result_var(&self, name: &Name) -> Option<VarId> {
        let info = &self.outline.procs[self.func.proc.0 as usize];
        let same = info.name.text == name.text
            && (info.name.suffix == name.suffix
                || self.canonical(name) == self.canonical(&info.name));
        if same { self.out.procs[self.func.proc.0 as usize].result_var } else { None }
    }

    /// A call of a procedure, as a value.
    pub(super) fn call_proc(
        &mut self,
        proc: ProcId,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Expr> {
        if let Some(call) = self.call_defined(proc, args, span) {
            return call;
        }
        let ty = self.out.procs[proc.0 as usize].result;
        let call = self.call_any(proc, args, span)?;
        if ty.is_none() {
            let name = &self.outline.procs[proc.0 as usize].name;
            let message = format!("`{name}` is a SUB and has no value");
            self.error_help(codes::TYPE_MISMATCH, span, message, text!("make it a FUNCTION"));
            return None;
        }
        Some(call)
    }

    /// A call of a procedure that may have no value.
    pub(super) fn call_any(
        &mut self,
        proc: ProcId,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Expr> {
        let params = self.out.procs[proc.0 as usize].params.clone();
        if params.len() != args.len() {
            let name = self.outline.procs[proc.0 as usize].name.clone();
            let message = format!("`{name}` takes {} arguments, not {}", params.len(), args.len());
            if self.dialect().late_errors && self.outline.traps_errors {
                self.error(codes::ARGUMENT_COUNT, span, message);
            } else {
                let error = codes::ARGUMENT_COUNT.error(span, message);
                self.diagnostics.push(error.label(name.span, text!("it is defined here")));
            }
            return None;
        }
        self.warn_by_value(proc, &params, args);
        let mut list = Vec::with_capacity(args.len());
        for (param, arg) in params.iter().zip(args) {
            list.push(self.argument(*param, arg)?);
        }
        let ty = self.out.procs[proc.0 as usize].result.unwrap_or(Ty::I32);
        Some(Expr::new(ty, Kind::Call(proc, list)))
    }

    /// A procedure that assigns to its parameter changes only its own copy.
    fn warn_by_value(&mut self, proc: ProcId, params: &[ParamKind], args: &[ast::Expr]) {
        if !self.dialect().inferred || self.func.library {
            return;
        }
        let info = self.info(proc);
        for (((param, uses), kind), arg) in info.params.iter().zip(&info.uses).zip(params).zip(args)
        {
            let ExprKind::Name(name) = &arg.kind else { continue };
            let variable = self.find_var(name).is_some();
            if variable && matches!(kind, ParamKind::Value(_)) && uses.stored {
                let message = format!(
                    "`{}` assigns to its parameter `{}`; `{name}` keeps its value",
                    info.name, param.name
                );
                self.warn(codes::BY_VALUE, arg.span, message, text!("BYREF makes it change"));
            }
        }
    }

    pub(super) fn warn_shadow(&mut self, name: &Name) {
        let message =
            format!("the SUBs that this one calls see its `{name}` instead of the outer one");
        self.warn(codes::SHADOWED, name.span, message, text!("give it another name"));
    }

    fn argument(&mut self, param: ParamKind, arg: &ast::Expr) -> Checked<Arg> {
        Some(match param {
            ParamKind::Value(var) | ParamKind::Dynamic { value: var, .. } => {
                let ty = self.out.vars[var.0 as usize].ty;
                Arg::Value(self.typed(arg, ty)?)
            }
            ParamKind::Array(array) => Arg::Array(self.array_argument(arg, Some(array))?),
            ParamKind::Ref(var) => {
                let ty = self.out.vars[var.0 as usize].ty;
                if let Some(place) = self.referable(arg, ty)? {
                    self.take_address(&place);
                    return Some(Arg::Ref(place));
                }
                Arg::Value(self.typed(arg, ty)?)
            }
        })
    }

    /// The place that `arg` names, when a reference to it has the type `ty`.
    fn referable(&mut self, arg: &ast::Expr, ty: Ty) -> Checked<Option<Place>> {
        let place = match &arg.kind {
            ExprKind::Name(name) => {
                let dotted = name.text.contains('.');
                if self.find_const(name).is_some()
                    || (!dotted && self.find_var(name).is_none() && self.find_proc(name).is_some())
                    || (!dotted
                        && self.find_var(name).is_none()
                        && self.builtin(&name.to_string()).is_some())
                {
                    return Some(None);
                }
                self.place(arg)?
            }
            ExprKind::Call(name, _) if self.find_array(name).is_some() => self.place(arg)?,
            ExprKind::Field(..) => self.place(arg)?,
            _ => return Some(None),
        };
        if self.place_type(&place) == ty {
            return Some(Some(place));
        }
        if matches!(ty, Ty::Record(_)) {
            self.error(
                codes::TYPE_MISMATCH,
                arg.span,
                text!("this is not a record of the parameter's type"),
            );
            return None;
        }
        Some(None)
    }

    /// Notes that the address of a place is taken.
    pub(super) fn take_address(&mut self, place: &Place) {
        match place {
            Place::Var(var) => {
                let var = &mut self.out.vars[var.0 as usize];
                var.storage = match var.storage {
                    Storage::Local => Storage::Frame,
                    Storage::Global => Storage::Memory,
                    other => other,
                };
            }
            Place::Field(base, ..) => self.take_address(base),
            Place::Element(..) => {}
        }
    }

    /// A whole array: `A` or `A()`.
    pub(super) fn array_argument(
        &mut self,
        arg: &ast::Expr,
        param: Option<ArrayId>,
    ) -> Checked<ArrayId> {
        let name = match &arg.kind {
            ExprKind::Name(name) => name,
            ExprKind::Call(name, args) if args.is_empty() => name,
            _ => {
                self.error(
                    codes::TYPE_MISMATCH,
                    arg.span,
                    text!("this must be the name of an array"),
                );
                return None;
            }
        };
        let Some(array) = self.find_array(name) else {
            let message = format!("there is no array `{name}`");
            let help = format!("`DIM {name}(...)` makes it");
            self.error_help(codes::UNDEFINED, name.span, message, help);
            return None;
        };
        let elem = self.out.arrays[array.0 as usize].elem;
        if let Some(param) = param {
            let wanted = self.out.arrays[param.0 as usize].elem;
            if wanted != elem {
                self.error(
                    codes::TYPE_MISMATCH,
                    arg.span,
                    text!("the array's elements have another type"),
                );
                return None;
            }
        }
        Some(array)
    }

    /// A call of a procedure of the library with checked arguments.
    pub(super) fn library_call(&mut self, name: &str, args: Vec<Expr>) -> Checked<Expr> {
        let proc = self.library.proc(name, &mut self.out.procs);
        let ty = self.out.procs[proc.0 as usize].result.unwrap_or(Ty::I32);
        let args = args.into_iter().map(Arg::Value).collect();
        Some(Expr::new(ty, Kind::Call(proc, args)))
    }

    /// In the library a name that is nothing else is a host import.
    pub(super) fn call_import(&mut self, name: &Name, args: &[ast::Expr]) -> Checked<Expr> {
        let lower = name.text.to_ascii_lowercase();
        let import = imports::by_name(&lower)
            .unwrap_or_else(|| unreachable!("the library calls `{lower}`, which is no import"));
        let mut values = Vec::with_capacity(args.len());
        for (arg, ty) in args.iter().zip(import.params()) {
            let value = self.expr(arg)?;
            let ty = if value.ty.is_text() { Ty::Str } else { val_type(ty) };
            values.push(self.convert(value, ty, arg.span)?);
        }
        debug_assert_eq!(values.len(), import.params().len(), "{lower}");
        let text = name.suffix == Some(ast::Suffix::Dollar);
        let ty = if text { Ty::Str } else { import.result().map_or(Ty::I32, val_type) };
        Some(Expr::new(ty, Kind::Host(import.name, values)))
    }
}

fn val_type(ty: ValType) -> Ty {
    match ty {
        ValType::I32 => Ty::I32,
        ValType::I64 => Ty::I64,
        ValType::F32 => Ty::F32,
        ValType::F64 => Ty::F64,
    }
}
