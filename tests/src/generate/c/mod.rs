//! Typed C programs without undefined behaviour, in the dialect of c2wasm (signed overflow wraps;
//! so gcc needs `-fwrapv`, and `-fsanitize=undefined` without its overflow checks finds nothing).
//!
//! How they stay defined: shift counts are masked; divisors are made positive and not 0; indices
//! are masked by the power-of-two length of their array; floats become integers through helpers
//! that look at the range; locals are initialised; expressions call only functions that touch
//! nothing else, so the order of evaluation cannot be seen. How they end: functions call only
//! earlier ones, and every loop counts down one global, `fuel`.

mod expr;
mod stmt;
mod types;

use super::tape::Tape;
use std::fmt::Write as _;
use types::Ty;

/// Ways of writing the same program; its output must be the same in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// All names are others.
    pub renamed: bool,
    /// The functions stand in the opposite order.
    pub reversed: bool,
    /// There is code that never runs: statements and functions.
    pub dead_code: bool,
}

/// The program that `words` describe.
#[must_use]
pub fn program(words: &[u32], style: Style) -> String {
    Generator::new(words, style).program()
}

/// The same tokens with other white space and comments between them. `text` has no comments.
#[must_use]
pub fn reformatted(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with('#') {
            writeln!(out, "{line}").expect("a string");
            continue;
        }
        let mut quoted = None;
        let mut previous = ' ';
        for c in line.chars() {
            match quoted {
                Some(quote) if c == quote && previous != '\\' => quoted = None,
                None if c == '"' || c == '\'' => quoted = Some(c),
                _ => {}
            }
            match c {
                ' ' if quoted.is_none() => out.push_str("\n\t/* * */ "),
                ';' | '{' | ')' if quoted.is_none() => {
                    write!(out, "{c}\\\n // {c}\n").expect("a string")
                }
                _ => out.push(c),
            }
            previous = c;
        }
        out.push('\n');
    }
    out
}

/// An object that expressions read and statements write.
#[derive(Clone, Debug)]
struct Var {
    /// How C writes it, `.field` and `[0]` included for the parts of aggregates.
    name: String,
    ty: Ty,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Scalar,
    /// Readable only: a loop counter or `const`.
    Fixed,
    /// An array of a power of two elements.
    Array(usize),
    /// A pointer at some element of an array; see `Generator::bases`.
    Pointer,
}

/// A function that later ones may call.
#[derive(Clone, Debug)]
struct Callee {
    name: String,
    params: Vec<Ty>,
    result: Ty,
    /// It touches nothing but its parameters and locals, so expressions may call it.
    pure: bool,
    /// It calls itself as often as its first argument says, which must be small.
    recursive: bool,
}

/// A struct or union type.
#[derive(Clone, Debug)]
struct Record {
    name: String,
    /// Scalar members with their types; those of bit-fields already promoted.
    fields: Vec<(String, Ty)>,
    /// A function that takes one and an `int`, and returns one.
    twist: String,
}

struct Generator<'a> {
    tape: Tape<'a>,
    style: Style,
    names: usize,
    records: Vec<Record>,
    globals: Vec<Var>,
    /// Objects of record types: name and record.
    objects: Vec<(String, usize)>,
    /// Pointers by name, with the arrays that they point into.
    bases: Vec<(String, Var)>,
    callees: Vec<Callee>,
    /// What the function being written can see besides: its locals, inner scopes last.
    locals: Vec<Var>,
    /// Whether it may see globals.
    pure: bool,
    /// Statements that the function may still have.
    budget: usize,
    /// Loops around the present statement.
    loops: usize,
}

const HELPERS: &str = r#"#include <stdio.h>
#include <string.h>
int fuel = 3000;
static int to_int(double x) { return x > -2147483649.0 && x < 2147483648.0 ? (int)x : 77; }
static unsigned to_unsigned(double x) { return x > -1.0 && x < 4294967296.0 ? (unsigned)x : 78; }
static long long to_wide(double x) { return x >= -9e18 && x <= 9e18 ? (long long)x : 79; }
static void show(const char *name, double x) {
    if (x != x) printf("%s nan\n", name);
    else printf("%s %.9g\n", name, x);
}
"#;

impl<'a> Generator<'a> {
    fn new(words: &'a [u32], style: Style) -> Self {
        Self {
            tape: Tape::new(words),
            style,
            names: 0,
            records: Vec::new(),
            globals: Vec::new(),
            objects: Vec::new(),
            bases: Vec::new(),
            callees: Vec::new(),
            locals: Vec::new(),
            pure: false,
            budget: 0,
            loops: 0,
        }
    }

    fn name(&mut self, kind: &str) -> String {
        self.names += 1;
        if self.style.renamed {
            format!("{kind}_other_name_{}", 9000 - self.names)
        } else {
            format!("{kind}{}", self.names)
        }
    }

    fn program(&mut self) -> String {
        let mut text = String::from(HELPERS);
        for _ in 0..self.tape.below(3) {
            let record = self.record();
            text += &record;
        }
        for _ in 0..=self.tape.below(8) {
            let global = self.global();
            text += &global;
        }
        if self.tape.once_in(3) {
            let recursive = self.recursive();
            text += &recursive;
        }
        let shown = self.globals.clone();
        let mut functions = Vec::new();
        for _ in 0..self.tape.below(5) {
            functions.push(self.function());
        }
        let body = self.main_body();
        for (prototype, _) in &functions {
            writeln!(text, "{prototype};").expect("a string");
        }
        if self.style.dead_code {
            text += "static int never_called(int x) { return x / (x - x + 1) + fuel; }\n";
        }
        if self.style.reversed {
            functions.reverse();
        }
        for (prototype, body) in &functions {
            writeln!(text, "{prototype} {body}").expect("a string");
        }
        text += "int main(void) {\n";
        text += &body;
        text += &self.show_all(&shown);
        text + "return 0;\n}\n"
    }

    /// A struct, union or struct with bit-fields.
    fn record(&mut self) -> String {
        let union = self.tape.once_in(4);
        let name = self.name("R");
        let mut text = format!("{} {name} {{ ", if union { "union" } else { "struct" });
        let mut fields = Vec::new();
        for _ in 0..=self.tape.below(4) {
            let ty = if union { self.tape.pick(Ty::INTS) } else { self.tape.pick(Ty::ALL) };
            let field = self.name("m");
            let width = 1 + self.tape.below(31);
            if matches!(ty, Ty::I32 | Ty::U32) && !union && self.tape.once_in(3) {
                write!(text, "{} {field} : {width}; ", ty.name()).expect("a string");
                // A narrow unsigned bit-field promotes to int (C11 6.3.1.1).
                fields.push((field, Ty::I32));
            } else {
                write!(text, "{} {field}; ", ty.name()).expect("a string");
                fields.push((field, ty));
            }
        }
        let name = format!("{} {name}", if union { "union" } else { "struct" });
        text += "};\n";
        let (twist, field) = (self.name("t"), fields[self.tape.below(fields.len())].0.clone());
        let change = self.tape.pick(&["= x", "+= x", "^= (x & 15)", "-= 1"]);
        let change = if fields.iter().any(|(_, ty)| ty.is_float()) { "= x & 1" } else { change };
        writeln!(
            text,
            "static {name} {twist}({name} a, int x) {{ a.{field} {change}; return a; }}"
        )
        .expect("a string");
        self.records.push(Record { name, fields, twist });
        text
    }

    /// A function that calls itself.
    fn recursive(&mut self) -> String {
        let (ty, name) = (self.tape.pick(Ty::ALL), self.name("r"));
        self.pure = true;
        self.locals.clear();
        for (parameter, ty) in [("n", Ty::I32), ("x", ty)] {
            let name = parameter.into();
            self.locals.push(Var { name, ty, shape: Shape::Fixed });
        }
        let (next, last) = (self.converted(ty, 2), self.converted(ty, 2));
        let twice =
            if self.tape.once_in(3) { format!(" + {name}(n - 2, x)") } else { String::new() };
        let deeper = format!("{name}(n - 1, {next}){twice}");
        let deeper =
            if ty.is_float() { deeper } else { format!("({ty})({deeper})", ty = ty.name()) };
        let params = vec![Ty::I32, ty];
        let ty_name = ty.name();
        self.callees.push(Callee {
            name: name.clone(),
            params,
            result: ty,
            pure: true,
            recursive: true,
        });
        format!(
            "static {ty_name} {name}(int n, {ty_name} x) {{ if (n <= 0) return {last}; return {deeper}; }}\n"
        )
    }

    /// A global scalar, array or record.
    fn global(&mut self) -> String {
        let ty = self.tape.pick(Ty::ALL);
        let name = self.name("g");
        let storage = self.tape.pick(&["", "static "]);
        match self.tape.below(6) {
            3 | 4 => {
                let len = self.tape.pick(&[4, 1, 2, 8, 16]);
                let values: Vec<String> =
                    (0..self.tape.below(len + 1)).map(|_| ty.literal(&mut self.tape)).collect();
                let list = if values.is_empty() { "0".into() } else { values.join(", ") };
                self.globals.push(Var { name: name.clone(), ty, shape: Shape::Array(len) });
                format!("{storage}{} {name}[{len}] = {{{list}}};\n", ty.name())
            }
            2 => {
                let (rows, len) = (1 + self.tape.below(3), self.tape.pick(&[2, 4]));
                let value = ty.literal(&mut self.tape);
                for row in 0..rows {
                    let name = format!("{name}[{row}]");
                    self.globals.push(Var { name, ty, shape: Shape::Array(len) });
                }
                format!("{storage}{} {name}[{rows}][{len}] = {{{{{value}}}}};\n", ty.name())
            }
            5 if !self.records.is_empty() => {
                let record = self.tape.below(self.records.len());
                for (field, ty) in self.records[record].fields.clone() {
                    let name = format!("{name}.{field}");
                    self.globals.push(Var { name, ty, shape: Shape::Scalar });
                }
                self.objects.push((name.clone(), record));
                format!("{storage}{} {name};\n", self.records[record].name)
            }
            _ => {
                let value = ty.literal(&mut self.tape);
                self.globals.push(Var { name: name.clone(), ty, shape: Shape::Scalar });
                format!("{storage}{} {name} = {value};\n", ty.name())
            }
        }
    }

    /// A function: its prototype and its body.
    fn function(&mut self) -> (String, String) {
        self.pure = self.tape.once_in(2);
        let result = self.tape.pick(Ty::ALL);
        let name = self.name("f");
        self.locals.clear();
        let mut params = Vec::new();
        for _ in 0..self.tape.below(4) {
            let param =
                Var { name: self.name("p"), ty: self.tape.pick(Ty::ALL), shape: Shape::Scalar };
            self.locals.push(param.clone());
            params.push(param);
        }
        let list: Vec<String> =
            params.iter().map(|param| format!("{} {}", param.ty.name(), param.name)).collect();
        let list = if list.is_empty() { "void".into() } else { list.join(", ") };
        let mut body = String::from("{\n");
        if self.pure {
            body += "int fuel = 10;\n";
        }
        body += &self.body(8);
        let value = self.converted(result, 2);
        writeln!(body, "return {value};\n}}").expect("a string");
        let types = params.iter().map(|param| param.ty).collect();
        self.callees.push(Callee {
            name: name.clone(),
            params: types,
            result,
            pure: self.pure,
            recursive: false,
        });
        (format!("{} {name}({list})", result.name()), body)
    }

    fn main_body(&mut self) -> String {
        self.pure = false;
        self.locals.clear();
        self.body(16)
    }

    /// Prints all globals, element by element.
    fn show_all(&self, shown: &[Var]) -> String {
        let mut text = String::new();
        for (number, var) in shown.iter().enumerate() {
            let name = &var.name;
            match var.shape {
                Shape::Array(len) => {
                    let item = Var { name: format!("{name}[i]"), ty: var.ty, shape: Shape::Scalar };
                    writeln!(text, "for (int i = 0; i < {len}; i++) {}", show(number, &item))
                }
                _ => writeln!(text, "{}", show(number, var)),
            }
            .expect("a string");
        }
        text
    }
}

/// A statement that prints one scalar under a number.
fn show(number: usize, var: &Var) -> String {
    let name = &var.name;
    match var.ty {
        Ty::F32 | Ty::F64 => format!("show(\"{number}\", {name});"),
        Ty::I64 => format!("printf(\"{number} %lld\\n\", {name});"),
        Ty::U64 => format!("printf(\"{number} %llu\\n\", {name});"),
        Ty::U32 => format!("printf(\"{number} %u\\n\", {name});"),
        _ => format!("printf(\"{number} %d\\n\", {name});"),
    }
}
