//! Writes a program down, and notes in it which line each statement came to stand on.

use super::ast::{Case, Expr, Kind, Op, Place, Program, Stmt};
use std::fmt::Write as _;

/// How BASIC spells an operator, and how tightly it binds in conez (rows 11 to 14 of the table in
/// spec/basic.md: `* / \ MOD` on one level, AND OR XOR on one level, unary operators tightest).
fn operator(op: Op) -> (&'static str, u8) {
    match op {
        Op::Mul => ("*", 8),
        Op::Div => ("/", 8),
        Op::IntDiv => ("\\", 8),
        Op::Mod => ("MOD", 8),
        Op::Add => ("+", 7),
        Op::Sub => ("-", 7),
        Op::Eq => ("=", 6),
        Op::Ne => ("<>", 6),
        Op::Lt => ("<", 6),
        Op::Gt => (">", 6),
        Op::Le => ("<=", 6),
        Op::Ge => (">=", 6),
        Op::And => ("AND", 5),
        Op::Or => ("OR", 5),
        Op::Xor => ("XOR", 5),
    }
}

const UNARY: u8 = 10;

/// The program's text.
pub fn write(program: &mut Program) -> String {
    let mut writer = Writer { text: String::new(), line: 1, depth: 0 };
    writer.program(program);
    writer.text
}

/// The same program: other case, other white space, comments at the ends of lines.
#[must_use]
pub fn reformatted(text: &str) -> String {
    let mut out = String::from("' a comment\n\n");
    for (number, line) in text.lines().enumerate() {
        let mut quoted = false;
        for c in line.chars() {
            quoted ^= c == '"';
            match c {
                ' ' if !quoted => out.push_str("  "),
                c if !quoted && number % 2 == 1 => out.push(c.to_ascii_lowercase()),
                c => out.push(c),
            }
        }
        // What starts a comment ends a label's line or DATA only in some BASICs.
        let plain = line.contains('=') && !line.trim_start().starts_with("DATA");
        out.push_str(if plain { "   ' and another\n" } else { "\n" });
    }
    out
}

/// The same program with other names for its variables, arrays and SUBs.
#[must_use]
pub fn renamed(program: &mut Program) -> String {
    let setup = program.setup.iter().filter_map(|stmt| match &stmt.kind {
        Kind::Let(Place::Var(name), _) => Some(name.clone()),
        _ => None,
    });
    let arrays = program.arrays.iter().map(|(name, _)| name.clone());
    let subs = program.subs.iter().map(|sub| sub.name.clone());
    let names: Vec<String> = setup.chain(arrays).chain(subs).collect();
    let in_name = |c: char| c.is_ascii_alphanumeric() || "_$#&%!".contains(c);
    let mut out = String::new();
    for line in write(program).lines() {
        for (number, part) in line.split('"').enumerate() {
            // Every other part is in quotes.
            let code = number % 2 == 0;
            out.push_str(if number > 0 { "\"" } else { "" });
            let mut rest = part;
            while let Some(c) = rest.chars().next() {
                let len = match in_name(c) {
                    true => rest.find(|c| !in_name(c)).unwrap_or(rest.len()),
                    false => c.len_utf8(),
                };
                let (word, after) = rest.split_at(len);
                if code && names.iter().any(|name| name == word) {
                    out.push_str("OTHER_");
                }
                out.push_str(word);
                rest = after;
            }
        }
        out.push('\n');
    }
    out
}

/// The same program, with statements and a SUB that never run.
#[must_use]
pub fn with_dead_code(text: &str) -> String {
    let dead = " : IF A <> A THEN ERROR 5\n";
    let first = text.find("\nA = ").map_or(0, |at| at + 1);
    let end = text[first..].find('\n').map_or(text.len(), |len| first + len);
    let (before, after) = (&text[..end], &text[end..]);
    let sub = "SUB NEVER_CALLED P\n  LOCAL Q\n  Q = P \\ (P - P + 1)\n  > Q\nEND SUB\n";
    [before, dead, after.trim_start_matches('\n'), sub].concat()
}

struct Writer {
    text: String,
    line: u32,
    depth: usize,
}

impl Writer {
    fn program(&mut self, program: &mut Program) {
        for (name, bounds) in &program.arrays {
            let bounds: Vec<String> = bounds.iter().map(ToString::to_string).collect();
            self.put(&format!("DIM {name}({})", bounds.join(", ")));
        }
        for stmt in &mut program.setup {
            self.stmt(stmt);
        }
        for sub in &mut program.subs {
            let params = sub.params.join(", ");
            self.put(format!("SUB {} {params}", sub.name).trim_end());
            self.block(&mut sub.body);
            self.put("END SUB");
        }
        let items: Vec<String> = program.data.iter().map(|item| expr(item, 0)).collect();
        if !items.is_empty() {
            self.put(&format!("DATA {}", items.join(", ")));
        }
        for stmt in &mut program.body {
            self.stmt(stmt);
        }
        self.put("END");
        for (label, body) in &mut program.routines {
            self.put(&format!("{label}:"));
            self.block(body);
            self.put("RETURN");
        }
    }

    fn put(&mut self, line: &str) {
        writeln!(self.text, "{:1$}{line}", "", 2 * self.depth).expect("a string");
        self.line += 1;
    }

    fn block(&mut self, body: &mut [Stmt]) {
        self.depth += 1;
        for stmt in body {
            self.stmt(stmt);
        }
        self.depth -= 1;
    }

    fn stmt(&mut self, stmt: &mut Stmt) {
        stmt.line = self.line;
        if let Some(text) = simple(&mut stmt.kind, self.line) {
            return self.put(&text);
        }
        match &mut stmt.kind {
            Kind::If(arms, rest) => {
                for (number, (line, condition, body)) in arms.iter_mut().enumerate() {
                    *line = self.line;
                    let word = if number == 0 { "IF" } else { "ELSEIF" };
                    self.put(&format!("{word} {} THEN", expr(condition, 0)));
                    self.block(body);
                }
                if !rest.is_empty() {
                    self.put("ELSE");
                    self.block(rest);
                }
                self.put("END IF");
            }
            Kind::For(var, from, to, step, body) => {
                let step =
                    step.as_ref().map_or(String::new(), |step| format!(" STEP {}", expr(step, 0)));
                self.put(&format!("FOR {var} = {} TO {}{step}", expr(from, 0), expr(to, 0)));
                self.block(body);
                self.put("NEXT");
            }
            Kind::While(condition, body) => {
                self.put(&format!("WHILE {}", expr(condition, 0)));
                self.block(body);
                self.put("WEND");
            }
            Kind::Do(at_top, until, condition, body) => {
                let test =
                    format!(" {} {}", if *until { "UNTIL" } else { "WHILE" }, expr(condition, 0));
                self.put(&format!("DO{}", if *at_top { &test } else { "" }));
                self.block(body);
                stmt.end_line = self.line;
                self.put(&format!("LOOP{}", if *at_top { "" } else { &test }));
            }
            Kind::Select(subject, arms, rest) => {
                self.put(&format!("SELECT CASE {}", expr(subject, 0)));
                for (cases, body) in arms {
                    let cases: Vec<String> = cases.iter().map(case).collect();
                    self.put(&format!("CASE {}", cases.join(", ")));
                    self.block(body);
                }
                if !rest.is_empty() {
                    self.put("CASE ELSE");
                    self.block(rest);
                }
                self.put("END SELECT");
            }
            _ => unreachable!("the rest is simple"),
        }
    }
}

/// A statement of one line; `None` for the others.
fn simple(kind: &mut Kind, line: u32) -> Option<String> {
    Some(match kind {
        Kind::Let(to, value) => format!("{} = {}", place(to), expr(value, 0)),
        Kind::Show(value) => format!("> {}", expr(value, 0)),
        Kind::Format(pieces, args) => {
            let args: String = args.iter().map(|arg| format!(", {}", expr(arg, 0))).collect();
            format!("FORMAT \"{}\"{args}", pieces.concat())
        }
        Kind::Print(items) => {
            let items: Vec<String> =
                items.iter().map(|(item, end)| format!("{}{}", expr(item, 0), end)).collect();
            format!("PRINT {}", items.join(" ").trim_end())
        }
        Kind::IfLine(condition, then, other) => {
            then.line = line;
            let mut text =
                format!("IF {} THEN {}", expr(condition, 0), simple(&mut then.kind, line)?);
            if let Some(other) = other {
                other.line = line;
                write!(text, " ELSE {}", simple(&mut other.kind, line)?).expect("a string");
            }
            text
        }
        Kind::Exit(what) => format!("EXIT {what}"),
        Kind::CallSub(name, args) => format!("{name} {}", list(args)).trim_end().into(),
        Kind::Return(value) => format!("RETURN {}", expr(value, 0)),
        Kind::Local(name) => format!("LOCAL {name}"),
        Kind::Swap(a, b) => format!("SWAP {}, {}", place(a), place(b)),
        Kind::MidAssign(name, start, count, value) => {
            format!("MID$({name}, {}, {}) = {}", expr(start, 0), expr(count, 0), expr(value, 0))
        }
        Kind::Read(to) => format!("READ {}", place(to)),
        Kind::Restore => "RESTORE".into(),
        Kind::Gosub(label) => format!("GOSUB {label}"),
        Kind::If(..) | Kind::For(..) | Kind::While(..) | Kind::Do(..) | Kind::Select(..) => {
            return None;
        }
    })
}

fn case(case: &Case) -> String {
    match case {
        Case::Is(value) => expr(value, 0),
        Case::Range(low, high) => format!("{} TO {}", expr(low, 0), expr(high, 0)),
        Case::Compare(op, value) => format!("IS {} {}", operator(*op).0, expr(value, 0)),
    }
}

fn list(args: &[Expr]) -> String {
    args.iter().map(|arg| expr(arg, 0)).collect::<Vec<_>>().join(", ")
}

fn place(place: &Place) -> String {
    match place {
        Place::Var(name) => name.clone(),
        Place::Element(name, indices) => format!("{name}({})", list(indices)),
    }
}

/// An expression, in parentheses if it binds less tightly than `level`.
fn expr(value: &Expr, level: u8) -> String {
    let (text, own) = match value {
        Expr::Int(value) => (value.to_string(), u8::MAX),
        Expr::Long(value) => (value.to_string(), u8::MAX),
        Expr::Single(value) => (format!("{value:?}"), u8::MAX),
        Expr::Text(value) => (format!("\"{value}\""), u8::MAX),
        Expr::Var(name) => (name.clone(), u8::MAX),
        Expr::Element(name, args) | Expr::Call(name, args) => {
            let args = if args.is_empty() { String::new() } else { format!("({})", list(args)) };
            (format!("{name}{args}"), u8::MAX)
        }
        Expr::Upper(name) => (format!("UBOUND({name})"), u8::MAX),
        Expr::Neg(a) => (format!("-{}", expr(a, UNARY + 1)), UNARY),
        Expr::Not(a) => (format!("NOT {}", expr(a, UNARY + 1)), UNARY),
        Expr::Binary(op, a, b) => {
            let (name, own) = operator(*op);
            (format!("{} {name} {}", expr(a, own), expr(b, own + 1)), own)
        }
    };
    if own < level { format!("({text})") } else { text }
}
