//! Calls of builtins: arguments by the letters of the table, and those builtins whose type depends on
//! their arguments or on the dialect.

use super::{Checked, Checker};
use crate::ast::{self, ExprKind, Name, NumType, walk};
use crate::builtins::{self, Builtin, How, Special};
use crate::codes;
use crate::dialect::Rounding;
use crate::tree::{Arg, ArrayId, Expr, Intrinsic, Kind, Number, Op, Ty};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_common::abi::imports;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

impl Checker<'_> {
    pub(super) fn call_builtin(
        &mut self,
        builtin: &Builtin,
        name: &Name,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Expr> {
        let (must, may, result) = builtin.signature();
        let all = must.len() + may.len();
        if args.len() < must.len() || args.len() > all {
            if all > 1 && self.outline.traps_errors && self.dialect().late_errors {
                self.given(builtin, args)?;
            }
            let count =
                if may.is_empty() { format!("{all}") } else { format!("{} to {all}", must.len()) };
            let message = format!("`{name}` takes {count} arguments, not {}", args.len());
            self.error(codes::ARGUMENT_COUNT, span, message);
            return None;
        }
        if let How::Special(special) = builtin.how {
            let value = self.special(special, builtin, args, span)?;
            let whole = matches!(
                special,
                Special::Len
                    | Special::Asc
                    | Special::Instr
                    | Special::Sgn
                    | Special::Cint
                    | Special::Fre
            );
            return Some(if whole { self.short(value) } else { value });
        }
        let mut values = Vec::with_capacity(all);
        for (letter, arg) in must.bytes().chain(may.bytes()).zip(args) {
            values.push(match letter {
                b'v' | b'a' => Arg::Array(self.i32_array(arg)?),
                b'n' => Arg::Value(self.numeric(arg)?),
                b'c' => Arg::Value(self.count(arg)?),
                _ => Arg::Value(self.typed(arg, letter_type(letter))?),
            });
        }
        let ty = letter_type(result);
        Some(match builtin.how {
            How::Host(import) => Expr::new(ty, Kind::Host(import, plain(values))),
            How::Op(op) => Expr::new(ty, Kind::Op(op, plain(values))),
            How::Lib(lib) => {
                // Optional arguments that are left out are 0.
                while values.len() < all {
                    values.push(Arg::Value(Expr::i32(0)));
                }
                let call = self.library_call(lib, Vec::new())?;
                let Kind::Call(proc, _) = call.kind else { return Some(call) };
                Expr::new(call.ty, Kind::Call(proc, values))
            }
            How::Special(_) => unreachable!("handled above"),
        })
    }

    /// GW-BASIC looks at each argument before it finds that there are too few or too many.
    fn given(&mut self, builtin: &Builtin, args: &[ast::Expr]) -> Checked<()> {
        let (must, may, _) = builtin.signature();
        for (letter, arg) in must.bytes().chain(may.bytes()).zip(args) {
            let instr = builtin.how == How::Special(Special::Instr);
            let start = instr && self.expr(arg)?.ty.num().is_some();
            if letter != b's' || start {
                let mut count = self.count(arg)?;
                if start {
                    // It counts from 1.
                    let text = || Expr::text("");
                    count = self.library_call("LIB_INSTR", alloc::vec![count, text(), text()])?;
                }
                self.push(Op::Eval(count));
            }
        }
        Some(())
    }

    fn i32_array(&mut self, arg: &ast::Expr) -> Checked<ArrayId> {
        let array = self.array_argument(arg, None)?;
        if self.out.arrays[array.0 as usize].elem != Ty::I32 {
            self.error(
                codes::TYPE_MISMATCH,
                arg.span,
                text!("this must be an array of 32-bit integers"),
            );
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

    /// A number of characters, or the code of one: in GW-BASIC a byte, in QuickBASIC not negative.
    pub(super) fn count(&mut self, arg: &ast::Expr) -> Checked<Expr> {
        let mbf = self.dialect().mbf;
        let value = self.typed(arg, if mbf { Ty::I16 } else { Ty::I32 })?;
        let value = self.convert(value, Ty::I32, arg.span)?;
        let (most, lib) = if mbf { (255, "LIB_ONINDEX") } else { (i64::MAX, "LIB_UPPER") };
        let fits = matches!(value.kind, Kind::Number(Number::Int(n)) if (0..=most).contains(&n));
        if fits || !self.dialect().str_blank {
            return Some(value);
        }
        self.library_call(lib, alloc::vec![value])
    }

    /// As `count`, for a procedure that looks itself whether an i32 is too small.
    fn byte(&mut self, arg: &ast::Expr) -> Checked<Expr> {
        if self.dialect().mbf { self.count(arg) } else { self.typed(arg, Ty::I32) }
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
                let kind = Kind::Bound { array, dimension, upper };
                Some(Expr::new(Ty::I32, kind))
            }
            Special::Truncated => {
                let import = builtins::truncated_import(builtin.name)?;
                let value = Expr::new(Ty::F32, Kind::Host(import, Vec::new()));
                Some(Expr::new(Ty::I32, Kind::Convert { value, round: Rounding::Truncate }))
            }
            Special::Rnd => {
                self.out.gw_random = self.program_dialect.lenient_math;
                let arg = match args.first() {
                    Some(arg) => self.typed(arg, Ty::F32)?,
                    None => Expr::float(Ty::F32, 1.0),
                };
                Some(Expr::new(Ty::F32, Kind::Host("basic_rnd", alloc::vec![arg])))
            }
            Special::Len
            | Special::Asc
            | Special::Val
            | Special::Mid
            | Special::Instr
            | Special::StringOf
            | Special::Str => self.text_special(special, args, span),
            Special::Hex => {
                let value = self.numeric(&args[0])?;
                let short = self.dialect().percent == NumType::I16;
                let value = self.convert(value, Ty::I32, args[0].span)?;
                // A negative INTEGER has 16 bits.
                let value = if short {
                    self.library_call("LIB_UNSIGNED", alloc::vec![value])?
                } else {
                    value
                };
                let hex = builtin.name == "HEX$";
                let import = if hex { "basic_str_hex" } else { "basic_str_oct" };
                Some(Expr::new(Ty::Str, Kind::Host(import, alloc::vec![value])))
            }
            // Of strings or of numbers.
            Special::Fre => {
                self.expr(&args[0])?;
                Some(Expr::i32(28672))
            }
            Special::Setting => {
                let dialect = &self.program_dialect;
                let flag = match builtin.name {
                    "LENIENT" => dialect.lenient_math,
                    "BARE" => dialect.bare_messages,
                    "STRICT" => dialect.strict,
                    "CONEZ" => dialect.inferred,
                    _ => return Some(Expr::float(Ty::F64, dialect.infinity)),
                };
                Some(Expr::i32(i64::from(flag)))
            }
            Special::Chr => {
                let value = self.byte(&args[0])?;
                let value = if self.dialect().str_blank && !self.dialect().mbf {
                    self.library_call("LIB_ONINDEX", alloc::vec![value])?
                } else {
                    value
                };
                Some(Expr::new(Ty::Str, Kind::Host("basic_str_chr", alloc::vec![value])))
            }
            _ => self.math_special(special, builtin, args, span),
        }
    }

    fn text_special(&mut self, special: Special, args: &[ast::Expr], span: Span) -> Checked<Expr> {
        let host = |import, ty, args| Expr::new(ty, Kind::Host(import, args));
        match special {
            Special::Len => {
                let value = self.expr(&args[0])?;
                // QuickBASIC has the size of any variable.
                let sized = self.dialect().str_blank && !self.dialect().late_errors;
                if matches!(value.ty, Ty::Record(_)) || (sized && value.ty.num().is_some()) {
                    return Some(Expr::i32(self.size_of(value.ty).into()));
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
                    let message = text!("`VAL` gives an integer, and this text has a point");
                    self.warn(codes::VAL_TRUNCATES, span, message, text!("`VAL#` gives a float"));
                }
                Some(host("basic_str_to_int", Ty::I32, alloc::vec![value]))
            }
            Special::Mid => {
                let text = self.typed(&args[0], Ty::Str)?;
                let start = self.byte(&args[1])?;
                let count = match args.get(2) {
                    Some(arg) => self.byte(arg)?,
                    None => Expr::i32(32767),
                };
                if self.dialect().str_blank {
                    return self.library_call("LIB_MID$", alloc::vec![text, start, count]);
                }
                Some(host("basic_str_mid", Ty::Str, alloc::vec![text, start, count]))
            }
            Special::Instr => self.instr(args),
            Special::StringOf => {
                let count = self.count(&args[0])?;
                let what = self.expr(&args[1])?;
                let code = if !what.ty.is_text() {
                    self.count(&args[1])?
                } else if self.dialect().mbf {
                    return self.library_call("LIB_STRINGOF$", alloc::vec![count, what]);
                } else {
                    host("basic_str_asc", Ty::I32, alloc::vec![what])
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
        if args.len() == 2 && first.ty.num().is_some() {
            self.typed(&args[1], Ty::Str)?;
            self.error(
                codes::ARGUMENT_COUNT,
                args[1].span,
                text!("INSTR of a number takes two texts"),
            );
            return None;
        }
        let (start, text, part) = if args.len() == 3 && !first.ty.is_text() {
            let start = self.count(&args[0])?;
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
        if self.dialect().mbf || (args.len() == 3 && self.dialect().str_blank) {
            return self.library_call("LIB_INSTR", alloc::vec![start, text, part]);
        }
        let args = alloc::vec![text, part, start];
        Some(Expr::new(Ty::I32, Kind::Host("basic_str_instr", args)))
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
                return Some(Expr::new(Ty::Str, Kind::Op(Intrinsic::Sprintf, args)));
            }
            _ => ("basic_str_from_int", Ty::I32),
        };
        let span = self.func.span;
        let value = self.convert(value, ty, span)?;
        Some(Expr::new(Ty::Str, Kind::Host(import, alloc::vec![value])))
    }

    /// The text that PRINT shows for a number, without the blank behind it.
    pub(super) fn number_text(&mut self, value: Expr) -> Checked<Expr> {
        let span = self.func.span;
        let six = self.program_dialect.digits == crate::dialect::Digits::Six;
        let (lib, ty) = match value.ty.num()? {
            NumType::I64 => ("LIB_TEXT64$", Ty::I64),
            NumType::F32 | NumType::F64 if six => ("LIB_TEXT6$", Ty::F64),
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
        let value = if self.outline.traps_errors && matches!(special, Special::Abs | Special::Int) {
            // GW-BASIC gives a string back.
            let value = self.expr(&args[0])?;
            if value.ty == Ty::Str && self.dialect().late_errors {
                return Some(value);
            }
            value
        } else {
            self.numeric(&args[0])?
        };
        let num = value.ty.num()?;
        let is_float = matches!(num, NumType::F32 | NumType::F64);
        let convert = |value, ty, round| Expr::new(ty, Kind::Convert { value, round });
        let op = |op, ty, value| Expr::new(ty, Kind::Op(op, alloc::vec![value]));
        let nearest = match self.dialect().rounding {
            away @ (Rounding::Away | Rounding::Up) => away,
            Rounding::Truncate | Rounding::Even => Rounding::Even,
        };
        // GW-BASIC's functions are of singles, unless it is started with /D.
        let double = (num == NumType::F64 || self.dialect().default_type == NumType::F64)
            && !self.dialect().mbf;
        let float = if double { Ty::F64 } else { Ty::F32 };
        match special {
            Special::Abs | Special::Sgn => {
                let ty = if num == NumType::I16 { Ty::I32 } else { value.ty };
                let value = self.convert(value, ty, span)?;
                if special == Special::Abs && num == NumType::I16 {
                    let size = op(Intrinsic::Abs, ty, value);
                    Some(self.short(size))
                } else if special == Special::Abs {
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
                    let message =
                        text!("`INT` truncates toward zero here; elsewhere it rounds down");
                    self.warn(codes::INT_TRUNCATES, span, message, text!("write FIX or FLOOR"));
                }
                self.convert(value, Ty::I32, span)
            }
            Special::Fix if !is_float => Some(value),
            Special::Fix => Some(op(Intrinsic::Trunc, value.ty, value)),
            Special::Cint => {
                let ty = Ty::Num(self.dialect().percent);
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
        if matches!(builtin.name, "LOG" | "EXP" | "TAN") && self.dialect().checked_floats {
            let lib = format!("LIB_{}{}", builtin.name, if float == Ty::F64 { '#' } else { '!' });
            return self.library_call(&lib, alloc::vec![value]);
        }
        let base = match builtin.name {
            "ATN" => String::from("atan"),
            name => name.to_ascii_lowercase(),
        };
        let name = if float == Ty::F64 { base } else { format!("{base}f") };
        let import = imports::by_name(&name)?;
        Some(Expr::new(float, Kind::Host(import.name, alloc::vec![value])))
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

/// Whether the text of an argument shows that it is never negative.
fn may_be_negative(expr: &ast::Expr) -> bool {
    let mut unsure = false;
    walk::deep(expr, &mut |part| match &part.kind {
        ExprKind::Unary(..) | ExprKind::Binary(ast::BinaryOp::Sub, ..) => unsure = true,
        _ => {}
    });
    unsure
}
