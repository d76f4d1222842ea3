//! Builtin functions: what `__builtin_...` means, and library functions that are instructions.

use super::tree::{Builtin, EntityId, ExprId, ExprKind};
use super::{Checker, codes};
use crate::ast::{BinaryOp, Expr};
use crate::builtins::{self, Operation};
use crate::names::Name;
use crate::session::Edition;
use crate::types::{FuncType, Ty};
use alloc::{string::ToString, vec, vec::Vec};
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_, '_> {
    /// The call of a builtin; `None` when `name` is an ordinary function.
    pub(super) fn builtin_call(&mut self, name: Name, args: &[Expr], span: Span) -> Option<ExprId> {
        let text = self.text(name).to_string();
        let Some(bare) = text.strip_prefix("__builtin_") else {
            return self.library_operation(name, &text, args, span);
        };
        if let Some(special) = self.special_builtin(bare, args, span) {
            return Some(special);
        }
        if let Some(operation) = builtins::operation(bare) {
            return Some(self.operation(&operation, args, span));
        }
        // `__builtin_strlen` is `strlen`: the call goes on with that.
        None
    }

    /// A library function that is an instruction, unless the program has its own.
    fn library_operation(
        &mut self,
        name: Name,
        text: &str,
        args: &[Expr],
        span: Span,
    ) -> Option<ExprId> {
        let operation = builtins::operation(text).filter(|op| op.library)?;
        if let Some(meaning) = self.unit.scopes.find(name) {
            let super::scope::What::Entity(id) = meaning.what else { return None };
            let entity = self.unit.entity(id);
            let foreign = entity.linkage == super::Linkage::External
                && entity.definition == super::Definition::No;
            let fits = self
                .types()
                .callee(entity.ty.ty)
                .is_some_and(|f| !f.prototype || f.params.len() == operation.operands.len());
            if !foreign || !fits {
                return None;
            }
        } else if !self.is_old_c() {
            return None;
        }
        (args.len() == operation.operands.len()).then(|| self.operation(&operation, args, span))
    }

    /// Operands converted as the table says.
    fn operation(&mut self, operation: &Operation, args: &[Expr], span: Span) -> ExprId {
        if args.len() != operation.operands.len() {
            let needed = operation.operands.len();
            let plural = if needed == 1 { "" } else { "s" };
            let message =
                format!("the builtin takes {needed} argument{plural}, not {}", args.len());
            return self.bad(&codes::BAD_BUILTIN, span, message);
        }
        let mut values = Vec::with_capacity(args.len());
        for (arg, code) in args.iter().zip(operation.operands.bytes()) {
            let ty = self.coded_type(code);
            let value = self.value(arg);
            let value = self.assign_convert(value, ty, "passing to", arg.span);
            if self.tree.is_error(value) {
                return value;
            }
            values.push(value);
        }
        let result = self.coded_type(operation.result);
        if let Some(folded) = self.fold_builtin(operation.builtin, &values, result) {
            return self.add(folded, result, span);
        }
        self.add(ExprKind::Builtin(operation.builtin, values), result, span)
    }

    fn fold_builtin(&self, builtin: Builtin, values: &[ExprId], result: Ty) -> Option<ExprKind> {
        let &[value, ..] = values else { return None };
        if let ExprKind::Float(x) = *self.tree.kind(value) {
            return Some(match builtin {
                Builtin::Fabs => ExprKind::Float(f64::from_bits(x.to_bits() & !(1 << 63))),
                Builtin::IsNan => ExprKind::Int(u64::from(x.is_nan())),
                Builtin::IsInf => ExprKind::Int(u64::from(x.is_infinite())),
                Builtin::IsFinite => ExprKind::Int(u64::from(x.is_finite())),
                Builtin::SignBit => ExprKind::Int(u64::from(x.is_sign_negative())),
                _ => return None,
            });
        }
        let x = self.tree.as_int(value)?;
        let bits = self.types().bits(self.tree.ty(value));
        let wide = x << (64 - bits) >> (64 - bits);
        let count = match builtin {
            Builtin::Clz => wide.leading_zeros() - (64 - bits),
            Builtin::Ctz => wide.trailing_zeros().min(bits),
            Builtin::Popcount => wide.count_ones(),
            Builtin::Parity => wide.count_ones() & 1,
            Builtin::Ffs if wide == 0 => 0,
            Builtin::Ffs => wide.trailing_zeros() + 1,
            Builtin::Bswap16 => u32::from((x as u16).swap_bytes()),
            Builtin::Bswap if bits == 32 => (x as u32).swap_bytes(),
            Builtin::Bswap => return Some(ExprKind::Int(x.swap_bytes())),
            Builtin::Abs => {
                let value = (x as i64).wrapping_abs() as u64;
                return Some(ExprKind::Int(self.types().wrap(result, value)));
            }
            _ => return None,
        };
        Some(ExprKind::Int(self.types().wrap(result, u64::from(count))))
    }

    /// Builtins that are not a plain operation on converted operands.
    fn special_builtin(&mut self, name: &str, args: &[Expr], span: Span) -> Option<ExprId> {
        let float = match name.as_bytes().last() {
            Some(b'f') if name != "inf" => Ty::FLOAT,
            Some(b'l') if !name.ends_with("val") => Ty::LDOUBLE,
            _ => Ty::DOUBLE,
        };
        Some(match (name, args) {
            ("constant_p", [value]) => self.constant_p(value, span),
            ("expect", [value, hint]) | ("expect_with_probability", [value, hint, _]) => {
                let value = self.value(value);
                let value = self.assign_convert(value, Ty::LONG, "passing to", span);
                self.value_and_effects(value, hint)
            }
            ("assume_aligned" | "speculation_safe_value", [value]) => self.value(value),
            ("assume_aligned" | "speculation_safe_value", [value, hint, ..]) => {
                let value = self.value(value);
                self.value_and_effects(value, hint)
            }
            ("choose_expr", [condition, a, b]) => {
                let (value, _) = self.integer_constant(condition, "the condition")?;
                self.expr(if value != 0 { a } else { b })
            }
            ("huge_val" | "huge_valf" | "huge_vall" | "inf" | "inff" | "infl", []) => {
                self.add(ExprKind::Float(f64::INFINITY), float, span)
            }
            ("nan" | "nanf" | "nanl" | "nans" | "nansf" | "nansl", [_]) => {
                let float = if matches!(name, "nan" | "nans") { Ty::DOUBLE } else { float };
                self.add(ExprKind::Float(f64::NAN), float, span)
            }
            ("va_start" | "c23_va_start", [list, rest @ ..]) => {
                // The last parameter's name has no use, but must be one.
                rest.iter().for_each(|name| drop(self.unevaluated_expr(name)));
                if rest.is_empty() && name == "va_start" && self.edition() < Edition::C23 {
                    let message = text!("`va_start` needs the last parameter's name before C23");
                    self.error(&codes::BAD_BUILTIN, span, message);
                }
                self.va_start(list, span)
            }
            ("va_copy", [to, from]) => self.va_copy(to, from, span),
            ("va_end", [list]) => {
                let list = self.value(list);
                self.add(ExprKind::Convert(list), Ty::VOID, span)
            }
            ("classify_type", [value]) => self.classify_type(value, span),
            ("object_size" | "dynamic_object_size", [_, kind]) => {
                let (kind, _) = self.integer_constant(kind, "the kind")?;
                self.int(if kind < 2 { -1 } else { 0 }, Ty::SIZE, span)
            }
            ("prefetch", [address, ..]) => {
                let address = self.value(address);
                self.add(ExprKind::Convert(address), Ty::VOID, span)
            }
            ("return_address" | "frame_address", [_]) => {
                let pointer = self.unit.types.pointer(Ty::VOID);
                let builtin = ExprKind::Builtin(Builtin::FrameAddress, Vec::new());
                self.add(builtin, pointer, span)
            }
            ("extract_return_addr" | "frob_return_addr", [value]) => self.value(value),
            (
                "signbit" | "signbitf" | "signbitl" | "isnan" | "isinf" | "isinf_sign" | "isfinite"
                | "isnormal",
                [value],
            ) => self.classify_float(name, value, span),
            (
                "isgreater" | "isgreaterequal" | "isless" | "islessequal" | "islessgreater"
                | "isunordered",
                [a, b],
            ) => self.float_comparison(name, a, b, span),
            ("add_overflow" | "sub_overflow" | "mul_overflow", [a, b, result]) => {
                self.overflow(name, a, b, result, None, span)
            }
            ("alloca_with_align", [size, _]) => {
                let alloca = builtins::operation("alloca")?;
                self.operation(&alloca, core::slice::from_ref(size), span)
            }
            (
                "setjmp" | "longjmp" | "apply" | "apply_args" | "return" | "shuffle" | "complex",
                _,
            ) => {
                let message = format!("`__builtin_{name}` is not supported");
                self.bad(&codes::UNSUPPORTED, span, message)
            }
            _ => return self.typed_overflow(name, args, span),
        })
    }

    /// `__builtin_saddl_overflow` and kin.
    fn typed_overflow(&mut self, name: &str, args: &[Expr], span: Span) -> Option<ExprId> {
        let ([a, b, result], Some(stem)) = (args, name.strip_suffix("_overflow")) else {
            return None;
        };
        let (signed, stem) = match stem.split_at_checked(1)? {
            ("s", rest) => (true, rest),
            ("u", rest) => (false, rest),
            _ => return None,
        };
        let (operation, width) = stem.split_at_checked(3)?;
        let ty = match (width, signed) {
            ("", true) => Ty::INT,
            ("", false) => Ty::UINT,
            ("l", true) => Ty::LONG,
            ("l", false) => Ty::ULONG,
            ("ll", true) => Ty::LLONG,
            ("ll", false) => Ty::ULLONG,
            _ => return None,
        };
        Some(self.overflow(&format!("{operation}_overflow"), a, b, result, Some(ty), span))
    }

    /// The operands are widened to a common 64-bit form by the lowering, so they keep their types.
    fn overflow(
        &mut self,
        name: &str,
        a: &Expr,
        b: &Expr,
        result: &Expr,
        ty: Option<Ty>,
        span: Span,
    ) -> ExprId {
        let (mut a, mut b) = (self.value(a), self.value(b));
        let result = self.value(result);
        if [a, b, result].iter().any(|&id| self.tree.is_error(id)) {
            return self.error_node(span);
        }
        if let Some(ty) = ty {
            (a, b) = (self.convert(a, ty), self.convert(b, ty));
        }
        let target = self.types().pointee(self.tree.ty(result));
        let types = self.types();
        let integers = types.is_integer(self.tree.ty(a)) && types.is_integer(self.tree.ty(b));
        if !integers || !target.is_some_and(|to| types.is_integer(to.ty)) {
            return self.bad(
                &codes::BAD_BUILTIN,
                span,
                text!("the builtin takes two integers and a pointer to one"),
            );
        }
        let builtin = match name {
            "add_overflow" => Builtin::AddOverflow,
            "sub_overflow" => Builtin::SubOverflow,
            _ => Builtin::MulOverflow,
        };
        self.add(ExprKind::Builtin(builtin, vec![a, b, result]), Ty::BOOL, span)
    }

    /// `value`, then what evaluating `hint` does.
    fn value_and_effects(&mut self, value: ExprId, hint: &Expr) -> ExprId {
        let hint = self.value(hint);
        if self.tree.is_error(hint) || !self.has_effects(hint) {
            return value;
        }
        let span = self.tree.span(value);
        let (keep, value) = self.keep(value);
        self.sequence(vec![keep, hint, value], span)
    }

    fn constant_p(&mut self, value: &Expr, span: Span) -> ExprId {
        self.unevaluated += 1;
        let value = self.value(value);
        self.unevaluated -= 1;
        let constant = match self.tree.kind(value) {
            ExprKind::Int(_) | ExprKind::Float(_) => true,
            ExprKind::Symbol(base, _) => matches!(base, super::tree::Base::String(_)),
            _ => false,
        };
        self.int(i64::from(constant), Ty::INT, span)
    }

    fn va_start(&mut self, list: &Expr, span: Span) -> ExprId {
        let variadic = self.state.as_ref().is_some_and(|state| state.variadic);
        if !variadic {
            return self.bad(
                &codes::BAD_BUILTIN,
                span,
                text!("`va_start` needs a function that ends in `...`"),
            );
        }
        let place = self.expr(list);
        if self.tree.is_error(place) {
            return place;
        }
        let ty = self.tree.ty(place);
        if !self.is_place(place) || !self.types().is_pointer(ty) {
            let message = format!("`va_start` needs a `va_list`, not {}", self.show(ty));
            return self.bad(&codes::BAD_BUILTIN, list.span, message);
        }
        let start = self.add(ExprKind::Builtin(Builtin::VaStart, Vec::new()), ty, span);
        let assign = self.add(ExprKind::Assign(place, start), ty, span);
        self.add(ExprKind::Convert(assign), Ty::VOID, span)
    }

    fn va_copy(&mut self, to: &Expr, from: &Expr, span: Span) -> ExprId {
        let place = self.expr(to);
        let from = self.value(from);
        if !self.check_assignable(place, to.span) || self.tree.is_error(from) {
            return self.error_node(span);
        }
        let ty = self.tree.ty(place);
        let from = self.assign_convert(from, ty, "copying to", span);
        let assign = self.add(ExprKind::Assign(place, from), ty, span);
        self.add(ExprKind::Convert(assign), Ty::VOID, span)
    }

    /// gcc's numbers of type classes.
    fn classify_type(&mut self, value: &Expr, span: Span) -> ExprId {
        let (value, _) = self.unevaluated_expr(value);
        let value = self.rvalue(value);
        let ty = self.tree.ty(value);
        let types = self.types();
        let class = match () {
            () if ty == Ty::VOID => 0,
            () if types.is_integer(ty) => 1,
            () if types.is_pointer(ty) => 5,
            () if types.is_float(ty) => 8,
            () => 12,
        };
        self.int(class, Ty::INT, span)
    }

    fn float_operand(&mut self, value: &Expr) -> Option<ExprId> {
        let id = self.value(value);
        if self.tree.is_error(id) || self.types().is_float(self.tree.ty(id)) {
            return Some(id);
        }
        self.error(&codes::BAD_BUILTIN, value.span, text!("a floating-point value is needed here"));
        None
    }

    fn classify_float(&mut self, name: &str, value: &Expr, span: Span) -> ExprId {
        let Some(value) = self.float_operand(value) else { return self.error_node(span) };
        if self.tree.is_error(value) {
            return value;
        }
        let builtin = match name {
            "isnan" => Builtin::IsNan,
            "isinf" | "isinf_sign" => Builtin::IsInf,
            "isfinite" => Builtin::IsFinite,
            "isnormal" => Builtin::IsNormal,
            _ => Builtin::SignBit,
        };
        if let Some(folded) = self.fold_builtin(builtin, &[value], Ty::INT) {
            return self.add(folded, Ty::INT, span);
        }
        self.add(ExprKind::Builtin(builtin, vec![value]), Ty::INT, span)
    }

    fn float_comparison(&mut self, name: &str, a: &Expr, b: &Expr, span: Span) -> ExprId {
        let (a, b) = (self.value(a), self.value(b));
        if self.tree.is_error(a) || self.tree.is_error(b) {
            return self.error_node(span);
        }
        let (a, b) = self.usual_conversions(a, b);
        let op = match name {
            "isgreater" => BinaryOp::Gt,
            "isgreaterequal" => BinaryOp::Ge,
            "isless" => BinaryOp::Lt,
            "islessequal" => BinaryOp::Le,
            _ => {
                let unordered =
                    self.add(ExprKind::Builtin(Builtin::IsUnordered, vec![a, b]), Ty::INT, span);
                if name == "isunordered" {
                    return unordered;
                }
                let ordered = self.logical_not(unordered, span);
                let differ = self.comparison(BinaryOp::Ne, a, b, span);
                return self.arithmetic(BinaryOp::And, ordered, differ, span);
            }
        };
        self.comparison(op, a, b, span)
    }

    /// `__builtin_NAME` as a function to be called or named: the library's `NAME`.
    pub(super) fn builtin_function(&mut self, name: Name, span: Span) -> Option<EntityId> {
        let bare = self.text(name).strip_prefix("__builtin_")?;
        // Behind gcc's powi is no function of that name, which may be a program's own.
        let bare = match bare.strip_prefix("powi") {
            Some(kind) => ["pow", kind].concat(),
            None => bare.to_string(),
        };
        let bare = self.session.names.intern(&bare);
        self.find_external(bare).or_else(|| self.library_function(bare, span))
    }

    /// The library's or the device's function `name`, with the type it has there.
    pub(super) fn library_function(&mut self, name: Name, span: Span) -> Option<EntityId> {
        let text = self.text(name).to_string();
        let ty = self.coded_function(builtins::signature(&text)?);
        let entity = self.external_function(name, ty, span);
        self.unit.entity_mut(entity).builtin = true;
        Some(entity)
    }

    /// The function type that a signature of the builtin tables means.
    pub(super) fn coded_function(&mut self, signature: &str) -> Ty {
        let mut codes = signature.bytes();
        let result = self.coded_type(codes.next().unwrap_or(b'v'));
        let variadic = signature.ends_with('.');
        let params = codes.filter(|&c| c != b'.').map(|code| self.coded_type(code)).collect();
        self.unit.types.function(FuncType { result, params, variadic, prototype: true })
    }

    /// The type that a letter of the builtin tables means; see [`crate::builtins`].
    fn coded_type(&mut self, code: u8) -> Ty {
        let constant = |ty| crate::types::QTy::new(ty, crate::ast::Quals::CONST);
        match code {
            b'i' => Ty::INT,
            b'b' => Ty::BOOL,
            b'h' => Ty::USHORT,
            b'u' => Ty::UINT,
            b'l' => Ty::LONG,
            b'm' => Ty::ULONG,
            b'L' => Ty::LLONG,
            b'U' => Ty::ULLONG,
            b'f' => Ty::FLOAT,
            b'd' => Ty::DOUBLE,
            b'D' => Ty::LDOUBLE,
            b'p' => self.unit.types.pointer(Ty::VOID),
            b'P' => self.unit.types.pointer(constant(Ty::VOID)),
            b's' => self.unit.types.pointer(Ty::CHAR),
            b'S' => self.unit.types.pointer(constant(Ty::CHAR)),
            _ => Ty::VOID,
        }
    }
}
