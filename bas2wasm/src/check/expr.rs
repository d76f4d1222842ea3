//! Expressions: names become variables, elements, fields, constants or calls.

use super::{Checked, Checker, singles};
use crate::ast::{self, ExprKind, Name, NumType, Suffix};
use crate::builtins::{Builtin, How};
use crate::codes;
use crate::tree::{ANY_RANK, Arith, Expr, Kind, Number, Place, Ty};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use wasm_common::source::Span;
use wasm_common::text::{format, text};

/// Functions of GW-BASIC that are a procedure of the library or a host import, and no variables.
const MICROSOFT_WORDS: [&str; 15] = [
    "LEFT$", "RIGHT$", "SPACE$", "INPUT$", "MKI$", "MKS$", "MKD$", "CVI", "CVS", "CVD", "EOF",
    "LOC", "LOF", "POS", "FRE",
];

/// Functions of Microsoft's that a device has not, and that would else be arrays full of zeros.
const MISSING: [&str; 8] =
    ["CSRLIN", "FILEATTR", "INP", "PEEK", "POINT", "SCREEN", "VARPTR", "VARSEG"];

impl Checker<'_> {
    /// Checks an expression; its depth is bounded by the parser.
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Checked<Expr> {
        match &expr.kind {
            ExprKind::Error => None,
            ExprKind::Int(value, suffix) => self.int_literal(*value, *suffix, expr.span),
            &ExprKind::Float { value, suffix, double } => {
                if value > self.dialect().infinity.min(f64::MAX) && !self.dialect().strict {
                    let message = text!("the number is too large");
                    let help = text!("the largest number takes its place");
                    self.warn(codes::LARGE_CONSTANT, expr.span, message, help);
                }
                Some(self.float_literal(value, suffix, double))
            }
            ExprKind::Str(text) => self.text_literal(text, expr.span),
            ExprKind::Name(name) => self.name_value(name),
            ExprKind::Call(name, args) => self.call_value(name, args, expr.span),
            ExprKind::Field(..) => {
                let place = self.place(expr)?;
                Some(self.load(place))
            }
            ExprKind::Unary(op, operand) => self.unary(*op, operand),
            ExprKind::Binary(op, a, b) => self.binary(*op, a, b, expr.span),
            ExprKind::Paren(inner) => self.expr(inner),
        }
    }

    fn text_literal(&mut self, text: &str, span: Span) -> Checked<Expr> {
        if text.contains('\0') {
            self.error(codes::STRAY_CHARACTER, span, text!("a string cannot hold a zero byte"));
            return None;
        }
        Some(Expr::text(text))
    }

    /// The narrowest type of the dialect that holds the literal.
    fn int_literal(&mut self, value: i64, suffix: Option<Suffix>, span: Span) -> Checked<Expr> {
        if let Some(suffix) = suffix {
            let ty = self.suffix_type(suffix);
            return self.convert(Expr::int(Ty::I64, value), ty, span);
        }
        let dialect = self.dialect();
        let text = self.sources.text(span);
        let hex = text.starts_with('&') || text.starts_with("0x") || text.starts_with("0X");
        let small = dialect.percent == NumType::I16;
        Some(if small && i16::try_from(value).is_ok() {
            Expr::int(Ty::I16, value)
        } else if small && hex && value <= 0xFFFF {
            // &HFFFF is -1.
            Expr::int(Ty::I16, i64::from(value as u16 as i16))
        } else if dialect.ints_float {
            let single = value.unsigned_abs() < 10_000_000 && dialect.default_type == NumType::F32;
            Expr::float(if single { Ty::F32 } else { Ty::F64 }, value as f64)
        } else if i32::try_from(value).is_ok() {
            Expr::int(Ty::I32, value)
        } else if hex && value <= i64::from(u32::MAX) {
            Expr::int(Ty::I32, i64::from(value as u32 as i32))
        } else if small {
            Expr::float(Ty::F64, value as f64)
        } else {
            Expr::int(Ty::I64, value)
        })
    }

    fn float_literal(&mut self, value: f64, suffix: Option<Suffix>, double: bool) -> Expr {
        let ty = match suffix {
            Some(suffix) => match self.suffix_type(suffix) {
                Ty::Num(NumType::F64) => Ty::F64,
                _ => Ty::F32,
            },
            None if double && self.dialect().hash == NumType::F64 => Ty::F64,
            None if self.dialect().default_type == NumType::F64 => Ty::F64,
            None => Ty::F32,
        };
        let dialect = self.dialect();
        if !dialect.lenient_math {
            return Expr::float(ty, value.clamp(-f64::MAX, f64::MAX));
        }
        if value > dialect.infinity && dialect.strict {
            // The run says so when it gets there, and goes on with the largest number.
            let factor = || Expr::float(ty, dialect.infinity);
            return Expr::new(ty, Kind::Arith(Arith::Mul, factor(), factor()));
        }
        // GW-BASIC's exponents end here.
        let tiny = dialect.bare_messages && value < 2.938_735_877_055_719e-39;
        let value = if tiny { 0.0 } else { value.min(dialect.infinity) };
        let rounded = dialect.mbf && ty == Ty::F32;
        Expr::float(ty, if rounded { singles::literal(value).min(singles::LARGEST) } else { value })
    }

    /// A name without arguments.
    fn name_value(&mut self, name: &Name) -> Checked<Expr> {
        if let Some(value) = self.find_const(name) {
            return Some(value);
        }
        if let Some(place) = self.dotted(name)? {
            return Some(self.load(place));
        }
        if let Some(var) = self.find_var(name)
            && !self.is_own_result(name)
        {
            if self.func.unset_locals.remove(&var) {
                let message = format!("LOCAL `{name}` is read before it is assigned");
                self.warn(
                    codes::LOCAL_UNSET,
                    name.span,
                    message,
                    text!("a number begins with the outer value, a string empty: assign it"),
                );
            }
            return Some(self.load(Place::Var(var)));
        }
        if let Some(proc) = self.find_proc(name) {
            return self.call_proc(proc, &[], name.span);
        }
        let text = name.to_string();
        if (!self.outline.assigned.contains(&text) || self.func.library)
            && let Some(builtin) = self.builtin(&text)
            && (builtin.signature().0.is_empty() || self.is_reserved(&builtin))
        {
            return self.call_builtin(&builtin, name, &[], name.span);
        }
        if self.is_missing_function(name) {
            self.undefined(name, true);
            return None;
        }
        // A line that was not understood may be the one that sets it.
        let understood = !self.func.library && !self.diagnostics.has_errors();
        if understood && !self.outline.assigned.contains(&text) && !self.explicit {
            let help = match self.suggestion(&text, false) {
                Some(other) => format!("did you mean `{other}`?"),
                None => String::from("assign it first"),
            };
            let message = format!("`{name}` is read but never set");
            self.warn(codes::UNSET, name.span, message, help);
        }
        let var = self.var(name)?;
        Some(self.load(Place::Var(var)))
    }

    /// Whether the name of a builtin, without its arguments, is no variable: where the language's own
    /// functions are words of the language, not the device's.
    fn is_reserved(&self, builtin: &Builtin) -> bool {
        let microsoft = self.dialect().mbf && MICROSOFT_WORDS.contains(&builtin.name);
        microsoft || (!self.dialect().inferred && matches!(builtin.how, How::Special(_)))
    }

    /// Whether `name` is the function that is being checked, so that reading it calls it.
    fn is_own_result(&self, name: &Name) -> bool {
        let info = &self.outline.procs[self.func.proc.0 as usize];
        self.func.proc.0 != 0 && info.name == *name && info.params.is_empty()
    }

    /// `P.X`, which the lexer takes for one name, as a field of `P`.
    pub(super) fn dotted(&mut self, name: &Name) -> Checked<Option<Place>> {
        let Some((base, fields)) = name.text.split_once('.') else { return Some(None) };
        let base = Name { text: base.to_string(), suffix: None, span: name.span };
        let Some(var) = self.find_var(&base) else { return Some(None) };
        if !matches!(self.out.vars[var.0 as usize].ty, Ty::Record(_)) {
            return Some(None);
        }
        self.fields(Place::Var(var), fields, name.span).map(Some)
    }

    /// A field of a record, and of records in it: `X`, or `P.X`.
    fn fields(&mut self, mut place: Place, fields: &str, span: Span) -> Checked<Place> {
        for field in fields.split('.') {
            place = self.field(place, field, span)?;
        }
        Some(place)
    }

    fn field(&mut self, base: Place, field: &str, span: Span) -> Checked<Place> {
        let Ty::Record(id) = self.place_type(&base) else {
            self.error(codes::TYPE_MISMATCH, span, text!("this is no record and has no fields"));
            return None;
        };
        let record = &self.out.records[id as usize];
        match record.fields.iter().find(|f| f.0 == field) {
            Some(&(_, ty, offset)) => Some(match base {
                Place::Field(outer, start, _) => Place::Field(outer, start + offset, ty),
                base => Place::Field(Box::new(base), offset, ty),
            }),
            None => {
                let names: Vec<&str> = record.fields.iter().map(|f| f.0.as_str()).collect();
                let help = format!("its fields are {}", names.join(", "));
                self.error_help(
                    codes::UNDEFINED,
                    span,
                    format!("there is no field `{field}`"),
                    help,
                );
                None
            }
        }
    }

    /// The type of what is at a place.
    pub(super) fn place_type(&self, place: &Place) -> Ty {
        match place {
            Place::Var(var) => self.out.vars[var.0 as usize].ty,
            Place::Element(array, _) => self.out.arrays[array.0 as usize].elem,
            Place::Field(_, _, ty) => *ty,
        }
    }

    /// The value at a place; fixed strings become strings.
    pub(super) fn load(&mut self, place: Place) -> Expr {
        let ty = match self.place_type(&place) {
            Ty::Fixed(_) => Ty::Str,
            ty => ty,
        };
        Expr::new(ty, Kind::Load(Box::new(place)))
    }

    /// Something that can be assigned to.
    pub(super) fn place(&mut self, expr: &ast::Expr) -> Checked<Place> {
        match &expr.kind {
            ExprKind::Error => None,
            ExprKind::Name(name) => {
                if self.find_const(name).is_some() {
                    let message = format!("`{name}` is a constant");
                    self.error(codes::CONSTANT, name.span, message);
                    return None;
                }
                if let Some(place) = self.dotted(name)? {
                    return Some(place);
                }
                if let Some(var) = self.result_var(name) {
                    return Some(Place::Var(var));
                }
                let var = self.var(name)?;
                self.func.unset_locals.remove(&var);
                Some(Place::Var(var))
            }
            ExprKind::Call(name, args) => self.element(name, args, expr.span),
            ExprKind::Field(base, fields) => {
                let base = self.place(base)?;
                self.fields(base, fields, expr.span)
            }
            _ => {
                self.error(codes::NOT_A_VARIABLE, expr.span, text!("this cannot be assigned to"));
                None
            }
        }
    }

    /// `A(i, j)` as an element; its subscripts are i32.
    pub(super) fn element(
        &mut self,
        name: &Name,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Place> {
        let array = match self.find_array(name) {
            Some(array) => array,
            None if self.dialect().implicit_arrays && !args.is_empty() && !self.explicit => {
                self.implicit_array(name, args.len())
            }
            None => {
                self.undefined(name, true);
                return None;
            }
        };
        self.subscripts(array, args, span)
    }

    fn subscripts(
        &mut self,
        array: crate::tree::ArrayId,
        args: &[ast::Expr],
        span: Span,
    ) -> Checked<Place> {
        let info = &self.out.arrays[array.0 as usize];
        let (rank, name) = (info.rank, info.name.clone());
        let bounds = match &info.shape {
            crate::tree::Shape::Fixed(bounds) => Some(bounds.clone()),
            _ => None,
        };
        if ![0, ANY_RANK, args.len()].contains(&rank) {
            let plural = if rank == 1 { "" } else { "s" };
            let message = format!("`{name}` has {rank} dimension{plural}, not {}", args.len());
            self.error(codes::SUBSCRIPTS, span, message);
            return None;
        }
        if rank == 0 {
            self.out.arrays[array.0 as usize].rank = args.len();
        }
        let mut indices = Vec::with_capacity(args.len());
        for (at, arg) in args.iter().enumerate() {
            let index = self.position(arg)?;
            if let (Kind::Number(Number::Int(value)), Some(bounds)) = (&index.kind, &bounds) {
                let (low, high) = bounds[at];
                if *value < i64::from(low) || *value > i64::from(high) {
                    let message =
                        format!("subscript {value} of `{name}` is outside {low} to {high}");
                    let help = if low == 1 && *value == 0 {
                        "the lower bound is 1; `OPTION BASE 0` in front of the DIM makes it 0"
                    } else {
                        "the run will stop here"
                    };
                    self.warn(codes::BASE, arg.span, message, help);
                }
            }
            indices.push(index);
        }
        Some(Place::Element(array, indices))
    }

    /// A name with arguments: an element, a procedure or a builtin.
    fn call_value(&mut self, name: &Name, args: &[ast::Expr], span: Span) -> Checked<Expr> {
        if self.find_array(name).is_some() {
            let place = self.element(name, args, span)?;
            return Some(self.load(place));
        }
        if let Some(proc) = self.find_proc(name) {
            return self.call_proc(proc, args, span);
        }
        let text = name.to_string();
        if let Some(builtin) = self.builtin(&text) {
            return self.call_builtin(&builtin, name, args, span);
        }
        if self.func.library {
            return self.call_import(name, args);
        }
        let missing = name.text.starts_with("FN") || self.is_missing_function(name);
        if self.dialect().implicit_arrays && !args.is_empty() && !missing {
            let place = self.element(name, args, span)?;
            return Some(self.load(place));
        }
        self.undefined(name, true);
        None
    }

    /// Whether a name that is nothing is no new variable or array either: it is a function's.
    fn is_missing_function(&self, name: &Name) -> bool {
        let word = MISSING.contains(&name.text.as_str()) && self.dialect().implicit_arrays;
        (word || self.outline.declared.contains(&name.text))
            && !self.outline.assigned.contains(&name.to_string())
    }

    pub(super) fn undefined(&mut self, name: &Name, called: bool) {
        if self.dialect().late_errors && name.text.starts_with("FN") {
            let message = format!("there is no DEF of `{name}`");
            let help = text!("the program stops when it gets here");
            self.warn(codes::LATE_ERROR, name.span, message, help);
            self.func.late.get_or_insert(18);
            return;
        }
        let what = if called { "array, function or SUB" } else { "SUB" };
        let message = format!("there is no {what} `{name}`");
        let help = match self.suggestion(&name.to_string(), !called) {
            _ if called && MISSING.contains(&name.text.as_str()) => "the device has none".into(),
            Some(other) => format!("did you mean `{other}`?"),
            None if called => format!("`DIM {name}(...)` makes an array"),
            None => format!("define it: `SUB {name}` ... `END SUB`"),
        };
        self.error_help(codes::UNDEFINED, name.span, message, help);
    }
}
