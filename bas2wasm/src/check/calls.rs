//! Procedures and builtins: their signatures, and calls of them.

use super::names::Key;
use super::{Checked, Checker};
use crate::ast::{self, DimKind, ExprKind, Name, NumType, ProcKind, StmtKind, walk};
use crate::builtins::{self, Builtin, How, Special};
use crate::codes;
use crate::dialect::Rounding;
use crate::tree::{
    Arg, Array, ArrayId, Expr, Intrinsic, Kind, Number, ParamKind, Place, ProcId, Shape, Storage,
    Ty, Users, VarId,
};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::abi::imports::{self, ValType};
use wasm_common::diag::Diagnostic;
use wasm_common::source::Span;

impl Checker<'_> {
    pub(super) fn builtin(&self, name: &str) -> Option<&'static Builtin> {
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
        let info = self.outline.procs[proc.0 as usize].clone();
        self.func = super::Func::new(proc, self.dialect_of(info.library), info.library);
        let mut params = Vec::with_capacity(info.params.len());
        for param in info.params {
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
                    owner: Some(proc),
                    lower: None,
                    users: Users::None,
                };
                let id = self.add_array(Some(proc), key, array);
                ParamKind::Array(id)
            } else {
                self.parameter(proc, param, key, ty, &info)
            });
        }
        let returns = info.kind == ProcKind::Function || self.dialect().inferred || info.library;
        let mut result = None;
        if returns && proc.0 != 0 {
            let ty = info.ty.and_then(|ty| self.named_type(ty));
            let ty = ty.unwrap_or_else(|| self.name_type(&info.name));
            let key = self.canonical(&info.name);
            let var = self.add_var(Some(proc), key, ty);
            self.out.procs[proc.0 as usize].result_var = Some(var);
            result = Some(ty);
        }
        let done = &mut self.out.procs[proc.0 as usize];
        done.params = params;
        done.result = result;
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
        info: &super::ProcInfo<'_>,
    ) -> ParamKind {
        if self.outline.shadows.contains(&(proc.0, key.clone())) {
            let outer = match self.names.vars.get(&(None, key.clone())) {
                Some(&outer) => outer,
                None => self.add_var(None, key.clone(), ty),
            };
            self.out.vars[outer.0 as usize].users = Users::Many;
            let ty = self.out.vars[outer.0 as usize].ty;
            let value = self.add_var(Some(proc), Key { text: format!("{}'", key.text), ..key }, ty);
            return ParamKind::Dynamic { value, outer };
        }
        let by_reference = match (ty, param.by_value) {
            (Ty::Record(_) | Ty::Fixed(_), _) => true,
            (_, Some(by_value)) => !by_value,
            _ => self.dialect().by_reference && is_assigned(info, &param.name),
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
        let ty = self.out.procs[proc.0 as usize].result;
        let call = self.call_any(proc, args, span)?;
        if ty.is_none() {
            let name = &self.outline.procs[proc.0 as usize].name;
            let message = format!("`{name}` is a SUB and has no value");
            self.error_help(codes::TYPE_MISMATCH, span, message, "make it a FUNCTION");
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
        self.pending.push(proc);
        let params = self.out.procs[proc.0 as usize].params.clone();
        if params.len() != args.len() {
            let name = self.outline.procs[proc.0 as usize].name.clone();
            let message = format!("`{name}` takes {} arguments, not {}", params.len(), args.len());
            self.diagnostics.push(
                Diagnostic::error(codes::ARGUMENT_COUNT, span, message)
                    .label(name.span, "it is defined here"),
            );
            return None;
        }
        let mut list = Vec::with_capacity(args.len());
        for (param, arg) in params.iter().zip(args) {
            list.push(self.argument(*param, arg)?);
        }
        let ty = self.out.procs[proc.0 as usize].result.unwrap_or(Ty::I32);
        Some(Expr { ty, kind: Kind::Call(proc, list) })
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
                "this is not a record of the parameter's type",
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
                self.error(codes::TYPE_MISMATCH, arg.span, "this must be the name of an array");
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
                    "the array's elements have another type",
                );
                return None;
            }
        }
        Some(array)
    }

    /// A call of a procedure of the library with checked arguments.
    pub(super) fn library_call(&mut self, name: &str, args: Vec<Expr>) -> Checked<Expr> {
        let proc = ProcId(
            *self
                .outline
                .by_name
                .get(name)
                .unwrap_or_else(|| unreachable!("the library has {name}")),
        );
        self.pending.push(proc);
        self.out.uses_files |= name == "LIB_OPEN";
        let ty = self.out.procs[proc.0 as usize].result.unwrap_or(Ty::I32);
        let args = args.into_iter().map(Arg::Value).collect();
        Some(Expr { ty, kind: Kind::Call(proc, args) })
    }

    /// In the library a name that is nothing else is a host import.
    pub(super) fn call_import(&mut self, name: &Name, args: &[ast::Expr]) -> Checked<Expr> {
        let lower = name.text.to_ascii_lowercase();
        let import = imports::by_name(&lower)
            .unwrap_or_else(|| unreachable!("the library calls `{lower}`, which is no import"));
        let mut values = Vec::with_capacity(args.len());
        for (arg, ty) in args.iter().zip(import.params) {
            let value = self.expr(arg)?;
            let ty = if value.ty.is_text() { Ty::Str } else { val_type(*ty) };
            values.push(self.convert(value, ty, arg.span)?);
        }
        debug_assert_eq!(values.len(), import.params.len(), "{lower}");
        let text = name.suffix == Some(ast::Suffix::Dollar);
        let ty = if text { Ty::Str } else { import.result.map_or(Ty::I32, val_type) };
        Some(Expr { ty, kind: Kind::Host(import.name, values) })
    }

    pub(super) fn call_builtin(
        &mut self,
        builtin: &'static Builtin,
        name: &Name,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Expr> {
        let (must, may, result) = builtin.signature();
        let all = must.len() + may.len();
        if args.len() < must.len() || args.len() > all {
            let count =
                if may.is_empty() { format!("{all}") } else { format!("{} to {all}", must.len()) };
            let message = format!("`{name}` takes {count} arguments, not {}", args.len());
            self.error(codes::ARGUMENT_COUNT, span, message);
            return None;
        }
        if let How::Special(special) = builtin.how {
            return self.special(special, builtin, args, span);
        }
        let mut values = Vec::with_capacity(all);
        for (letter, arg) in must.bytes().chain(may.bytes()).zip(args) {
            values.push(match letter {
                b'v' | b'a' => Arg::Array(self.i32_array(arg)?),
                b'n' => Arg::Value(self.numeric(arg)?),
                _ => Arg::Value(self.typed(arg, letter_type(letter))?),
            });
        }
        let ty = letter_type(result);
        Some(match builtin.how {
            How::Host(import) => Expr { ty, kind: Kind::Host(import, plain(values)) },
            How::Op(op) => Expr { ty, kind: Kind::Op(op, plain(values)) },
            How::Lib(lib) => {
                // Optional arguments that are left out are 0.
                while values.len() < all {
                    values.push(Arg::Value(Expr::i32(0)));
                }
                let call = self.library_call(lib, Vec::new())?;
                let Kind::Call(proc, _) = call.kind else { return Some(call) };
                Expr { ty: call.ty, kind: Kind::Call(proc, values) }
            }
            How::Special(_) => unreachable!("handled above"),
        })
    }

    fn i32_array(&mut self, arg: &ast::Expr) -> Checked<ArrayId> {
        let array = self.array_argument(arg, None)?;
        if self.out.arrays[array.0 as usize].elem != Ty::I32 {
            self.error(codes::TYPE_MISMATCH, arg.span, "this must be an array of 32-bit integers");
            return None;
        }
        Some(array)
    }

    pub(super) fn numeric(&mut self, arg: &ast::Expr) -> Checked<Expr> {
        let value = self.expr(arg)?;
        if value.ty.num().is_none() {
            return self.convert(value, Ty::I32, arg.span);
        }
        Some(value)
    }

    fn special(
        &mut self,
        special: Special,
        builtin: &Builtin,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Expr> {
        match special {
            Special::Lbound | Special::Ubound => {
                let array = self.array_argument(&args[0], None)?;
                let dimension = match args.get(1) {
                    Some(arg) => self.typed(arg, Ty::I32)?,
                    None => Expr::i32(1),
                };
                let upper = special == Special::Ubound;
                let kind = Kind::Bound { array, dimension: Box::new(dimension), upper };
                Some(Expr { ty: Ty::I32, kind })
            }
            Special::Truncated => {
                let import = builtins::truncated_import(builtin.name)?;
                let value = Expr { ty: Ty::F32, kind: Kind::Host(import, Vec::new()) };
                Some(Expr {
                    ty: Ty::I32,
                    kind: Kind::Convert { value: Box::new(value), round: Rounding::Truncate },
                })
            }
            Special::Rnd => {
                let arg = match args.first() {
                    Some(arg) => self.typed(arg, Ty::F32)?,
                    None => Expr::float(Ty::F32, 1.0),
                };
                Some(Expr { ty: Ty::F32, kind: Kind::Host("basic_rnd", alloc::vec![arg]) })
            }
            Special::Len
            | Special::Asc
            | Special::Val
            | Special::Mid
            | Special::Instr
            | Special::StringOf
            | Special::Str => self.text_special(special, args, span),
            _ => self.math_special(special, builtin, args, span),
        }
    }

    fn text_special(&mut self, special: Special, args: &[ast::Expr], span: Span) -> Checked<Expr> {
        let host = |import, ty, args| Expr { ty, kind: Kind::Host(import, args) };
        match special {
            Special::Len => {
                let value = self.expr(&args[0])?;
                if let Ty::Record(id) = value.ty {
                    return Some(Expr::i32(i64::from(self.out.records[id as usize].size)));
                }
                let value = self.convert(value, Ty::Str, args[0].span)?;
                Some(host("basic_str_len", Ty::I32, alloc::vec![value]))
            }
            Special::Asc => {
                let value = self.typed(&args[0], Ty::Str)?;
                if self.dialect().str_blank {
                    return self.library_call("LIB_ASC", alloc::vec![value]);
                }
                Some(host("basic_str_asc", Ty::I32, alloc::vec![value]))
            }
            Special::Val => {
                let value = self.typed(&args[0], Ty::Str)?;
                if self.dialect().float_val {
                    return self.library_call("LIB_VAL#", alloc::vec![value]);
                }
                if matches!(&value.kind, Kind::Text(text) if text.contains('.')) {
                    let message = "`VAL` gives an integer, and this text has a point";
                    self.warn(codes::VAL_TRUNCATES, span, message, "`VAL#` gives a float");
                }
                Some(host("basic_str_to_int", Ty::I32, alloc::vec![value]))
            }
            Special::Mid => {
                let text = self.typed(&args[0], Ty::Str)?;
                let start = self.typed(&args[1], Ty::I32)?;
                let count = match args.get(2) {
                    Some(arg) => self.typed(arg, Ty::I32)?,
                    None => Expr::i32(32767),
                };
                if self.dialect().str_blank {
                    return self.library_call("LIB_MID$", alloc::vec![text, start, count]);
                }
                Some(host("basic_str_mid", Ty::Str, alloc::vec![text, start, count]))
            }
            Special::Instr => self.instr(args),
            Special::StringOf => {
                let count = self.typed(&args[0], Ty::I32)?;
                let what = self.expr(&args[1])?;
                let code = if what.ty.is_text() {
                    host("basic_str_asc", Ty::I32, alloc::vec![what])
                } else {
                    self.convert(what, Ty::I32, args[1].span)?
                };
                Some(host("basic_str_repeat", Ty::Str, alloc::vec![count, code]))
            }
            _ => {
                let value = self.numeric(&args[0])?;
                self.str_of(value)
            }
        }
    }

    /// INSTR(text, part[, start]) or INSTR(start, text, part).
    fn instr(&mut self, args: &[ast::Expr]) -> Checked<Expr> {
        let first = self.expr(&args[0])?;
        let (start, text, part) = if args.len() == 3 && !first.ty.is_text() {
            let start = self.convert(first, Ty::I32, args[0].span)?;
            (start, self.typed(&args[1], Ty::Str)?, self.typed(&args[2], Ty::Str)?)
        } else {
            let text = self.convert(first, Ty::Str, args[0].span)?;
            let part = self.typed(&args[1], Ty::Str)?;
            let start = match args.get(2) {
                Some(arg) => self.typed(arg, Ty::I32)?,
                None => Expr::i32(1),
            };
            (start, text, part)
        };
        let args = alloc::vec![text, part, start];
        Some(Expr { ty: Ty::I32, kind: Kind::Host("basic_str_instr", args) })
    }

    /// STR$: as the dialect writes numbers.
    pub(super) fn str_of(&mut self, value: Expr) -> Checked<Expr> {
        if self.dialect().str_blank {
            return self.number_text(value);
        }
        let (import, ty) = match value.ty.num()? {
            NumType::I64 => ("basic_str_from_i64", Ty::I64),
            NumType::F32 => ("basic_str_from_float", Ty::F32),
            NumType::F64 => {
                let args = alloc::vec![Expr::text("%g"), value];
                return Some(Expr { ty: Ty::Str, kind: Kind::Op(Intrinsic::Sprintf, args) });
            }
            _ => ("basic_str_from_int", Ty::I32),
        };
        let span = self.func.span;
        let value = self.convert(value, ty, span)?;
        Some(Expr { ty: Ty::Str, kind: Kind::Host(import, alloc::vec![value]) })
    }

    /// The text that PRINT shows for a number, without the blank behind it.
    pub(super) fn number_text(&mut self, value: Expr) -> Checked<Expr> {
        let span = self.func.span;
        let six = self.program_dialect.digits == crate::dialect::Digits::Six;
        let (lib, ty) = match value.ty.num()? {
            NumType::I64 => ("LIB_TEXT64$", Ty::I64),
            NumType::F32 if six => ("LIB_TEXT6$", Ty::F32),
            NumType::F32 => ("LIB_TEXT7$", Ty::F32),
            NumType::F64 => ("LIB_TEXT16$", Ty::F64),
            _ => ("LIB_TEXT32$", Ty::I32),
        };
        let value = self.convert(value, ty, span)?;
        self.library_call(lib, alloc::vec![value])
    }

    fn math_special(
        &mut self,
        special: Special,
        builtin: &Builtin,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Expr> {
        let value = self.numeric(&args[0])?;
        let num = value.ty.num()?;
        let is_float = matches!(num, NumType::F32 | NumType::F64);
        let convert =
            |value, ty, round| Expr { ty, kind: Kind::Convert { value: Box::new(value), round } };
        let op = |op, ty, value| Expr { ty, kind: Kind::Op(op, alloc::vec![value]) };
        let nearest = match self.dialect().rounding {
            Rounding::Away => Rounding::Away,
            Rounding::Truncate | Rounding::Even => Rounding::Even,
        };
        let float = if num == NumType::F64 { Ty::F64 } else { Ty::F32 };
        match special {
            Special::Abs | Special::Sgn => {
                let ty = if num == NumType::I16 { Ty::I32 } else { value.ty };
                let value = self.convert(value, ty, span)?;
                if special == Special::Abs {
                    Some(op(Intrinsic::Abs, ty, value))
                } else {
                    Some(op(Intrinsic::Sgn, Ty::I32, value))
                }
            }
            Special::Int if !is_float => Some(value),
            Special::Int if self.dialect().int_is_floor => {
                Some(op(Intrinsic::Floor, value.ty, value))
            }
            Special::Int => {
                let negative = !matches!(value.kind, Kind::Number(Number::Float(x)) if x >= 0.0);
                if negative && may_be_negative(&args[0]) {
                    let message = "`INT` truncates toward zero here; elsewhere it rounds down";
                    self.warn(codes::INT_TRUNCATES, span, message, "write FIX or FLOOR");
                }
                self.convert(value, Ty::I32, span)
            }
            Special::Fix if !is_float => Some(value),
            Special::Fix => Some(op(Intrinsic::Trunc, value.ty, value)),
            Special::Cint => {
                let ty = Ty::Num(self.dialect().percent);
                if let Kind::Number(_) = value.kind {
                    return self.convert(value, ty, span);
                }
                if is_float {
                    Some(convert(value, ty, nearest))
                } else {
                    self.convert(value, ty, span)
                }
            }
            Special::Clng if is_float => Some(convert(value, Ty::I32, nearest)),
            Special::Clng => self.convert(value, Ty::I32, span),
            Special::Csng => self.convert(value, Ty::F32, span),
            Special::Cdbl => self.convert(value, Ty::F64, span),
            Special::Sqr => {
                let value = self.convert(value, float, span)?;
                if self.dialect().checked_floats {
                    let lib = if float == Ty::F64 { "LIB_SQR#" } else { "LIB_SQR!" };
                    return self.library_call(lib, alloc::vec![value]);
                }
                Some(op(Intrinsic::Sqrt, float, value))
            }
            _ => self.host_math(builtin, value, float, span),
        }
    }

    fn host_math(
        &mut self,
        builtin: &Builtin,
        value: Expr,
        float: Ty,
        span: Span,
    ) -> Checked<Expr> {
        let value = self.convert(value, float, span)?;
        if builtin.name == "LOG" && self.dialect().checked_floats {
            let lib = if float == Ty::F64 { "LIB_LOG#" } else { "LIB_LOG!" };
            return self.library_call(lib, alloc::vec![value]);
        }
        let base = match builtin.name {
            "ATN" => String::from("atan"),
            name => name.to_ascii_lowercase(),
        };
        let name = if float == Ty::F64 { base } else { format!("{base}f") };
        let import = imports::by_name(&name)?;
        Some(Expr { ty: float, kind: Kind::Host(import.name, alloc::vec![value]) })
    }
}

/// Arguments that are all values.
fn plain(args: Vec<Arg>) -> Vec<Expr> {
    args.into_iter()
        .filter_map(|arg| match arg {
            Arg::Value(value) => Some(value),
            Arg::Ref(_) | Arg::Array(_) => None,
        })
        .collect()
}

pub(super) fn letter_type(letter: u8) -> Ty {
    match letter {
        b'l' => Ty::I64,
        b'f' => Ty::F32,
        b'd' => Ty::F64,
        b's' => Ty::Str,
        _ => Ty::I32,
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

/// Whether the text of an argument shows that it is never negative.
fn may_be_negative(expr: &ast::Expr) -> bool {
    let mut unsure = false;
    walk::deep(expr, &mut |part| match &part.kind {
        ExprKind::Unary(..) | ExprKind::Binary(ast::BinaryOp::Sub, ..) => unsure = true,
        _ => {}
    });
    unsure
}

/// Whether a procedure may change its parameter: assigns it, or hands it on.
fn is_assigned(info: &super::ProcInfo<'_>, param: &Name) -> bool {
    let mut found = false;
    let same = |expr: &ast::Expr| match &expr.kind {
        ExprKind::Name(name) => name.text == param.text,
        _ => false,
    };
    for stmt in &info.stmts {
        walk::assigned(&stmt.kind, &mut |place| found |= same(place));
        if let StmtKind::Call { args, .. } = &stmt.kind {
            found |= args.iter().any(same);
        }
        if let StmtKind::Dim { kind: DimKind::Redim | DimKind::Preserve, items } = &stmt.kind {
            found |= items.iter().any(|item| item.name.text == param.text);
        }
        walk::roots(&stmt.kind, &mut |root| {
            walk::deep(root, &mut |expr| {
                if let ExprKind::Call(_, args) = &expr.kind {
                    found |= args.iter().any(same);
                }
            });
        });
    }
    found
}
